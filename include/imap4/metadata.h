/*
 * libimap4 - what servers say about annotations of mailboxes and of the server (RFC 5464).
 */
#ifndef IMAP4_METADATA_H
#define IMAP4_METADATA_H

#include <imap4/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One entry. */
typedef struct imap4_metadata_entry {
    const struct imap4_metadata_entry *next;
    imap4_str entry;    /**< "/private/comment" */
    imap4_str value;    /**< NIL: there is none; may hold any bytes */
    int32_t only_named; /**< 1: the server tells that it changed, not its value */
    int32_t truncated;  /**< 1: the value was longer than limits allow */
} imap4_metadata_entry;

/** METADATA. */
typedef struct imap4_metadata {
    imap4_str name; /**< UTF-8; INBOX in capitals; "": the server itself */
    imap4_str raw;  /**< as on the wire */
    const imap4_metadata_entry *entries;
} imap4_metadata;

#ifdef __cplusplus
}
#endif

#endif
