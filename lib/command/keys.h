/* Search keys: the inside of imap4_search_keys (public functions in keys.c). */
#ifndef IMAP4_COMMAND_KEYS_H
#define IMAP4_COMMAND_KEYS_H

#include "base/arena.h"
#include "wire/emit.h"
#include "wire/set.h"

#include <imap4/search.h>

typedef struct imap4__key {
    int key;        /* imap4_search_key, or one of the structure keys below */
    imap4_str text; /* text, keyword */
    imap4_str field;
    uint64_t size;
    int year, month, day;
    const imap4__set *set;
} imap4__key;

enum {
    IMAP4__KEY_HEADER = 1001,
    IMAP4__KEY_UIDS,
    IMAP4__KEY_NUMBERS,
    IMAP4__KEY_NOT,
    IMAP4__KEY_OR,
    IMAP4__KEY_OPEN,
    IMAP4__KEY_CLOSE
};

/* What stands behind a key's name. */
enum {
    IMAP4__FORM_ALONE,
    IMAP4__FORM_TEXT,
    IMAP4__FORM_HEADER,
    IMAP4__FORM_KEYWORD,
    IMAP4__FORM_DATE,
    IMAP4__FORM_SIZE,
    IMAP4__FORM_SET
};

typedef struct imap4__key_row {
    int key;
    int form;
    const char *name;
} imap4__key_row;

const imap4__key_row *imap4__key_row_find(int key); /* NULL if unknown */

/* Keys in wire order; a flat list, so that no nesting needs recursion. */
typedef struct imap4__keys {
    imap4__key *keys;
    size_t count;
    imap4_str charset;  /* NIL: by need */
    int uses_numbers;   /* message numbers occur: `serial` counts */
    uint64_t serial;    /* the lowest one given */
} imap4__keys;

/* A deep copy in the arena, checked: operators have their operands, groups are closed. NULL keys give ALL.
 * IMAP4_OK, IMAP4_ERROR_ARGUMENT, IMAP4_ERROR_MEMORY. */
int imap4__keys_copy(imap4__arena *arena, const imap4_search_keys *keys, imap4__keys **out);

#endif
