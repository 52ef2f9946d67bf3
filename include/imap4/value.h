/*
 * libimap4 - generic values: what the server says beyond what this version knows by name.
 */
#ifndef IMAP4_VALUE_H
#define IMAP4_VALUE_H

#include <imap4/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum imap4_value_kind {
    IMAP4_VALUE_NIL = 1,
    IMAP4_VALUE_ATOM = 2,   /**< text: the atom */
    IMAP4_VALUE_NUMBER = 3, /**< number, and text as it was written */
    IMAP4_VALUE_STRING = 4, /**< text: quoted string or literal, decoded */
    IMAP4_VALUE_LIST = 5    /**< children: what stood between parentheses */
} imap4_value_kind;

/** The name of an imap4_value_kind, as static text; NULL if unknown. */
IMAP4_API const char *imap4_value_kind_name(int kind);

/** One value of a list; the tree is read by following `next` and `children`. Read-only, lives with its event. */
typedef struct imap4_value {
    const struct imap4_value *next;     /**< the next value of the same list, or NULL */
    const struct imap4_value *children; /**< first value inside, or NULL (an empty list, or no list) */
    int32_t kind;                       /**< imap4_value_kind */
    int32_t reserved;
    uint64_t number; /**< saturated at 2^64-1 */
    imap4_str text;
} imap4_value;

/** A name with a value that this version does not know: an unknown FETCH item, STATUS attribute, ... */
typedef struct imap4_named_value {
    const struct imap4_named_value *next;
    imap4_str name;
    const imap4_value *value; /**< NULL if nothing followed the name */
} imap4_named_value;

#ifdef __cplusplus
}
#endif

#endif
