/*
 * libimap4 - what servers say about quotas (RFC 9208, RFC 2087).
 */
#ifndef IMAP4_QUOTA_H
#define IMAP4_QUOTA_H

#include <imap4/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is limited (RFC 9208 section 5). */
typedef enum imap4_quota_kind {
    IMAP4_QUOTA_OTHER = 0,
    IMAP4_QUOTA_STORAGE = 1, /**< in units of 1024 octets */
    IMAP4_QUOTA_MESSAGE = 2,
    IMAP4_QUOTA_MAILBOX = 3,
    IMAP4_QUOTA_ANNOTATION_STORAGE = 4 /**< in units of 1024 octets */
} imap4_quota_kind;

/** The name of an imap4_quota_kind as on the wire, as static text; NULL for OTHER and unknown. */
IMAP4_API const char *imap4_quota_kind_name(int kind);

/** One limited resource. */
typedef struct imap4_quota_resource {
    const struct imap4_quota_resource *next;
    int32_t kind; /**< imap4_quota_kind */
    int32_t reserved;
    imap4_str name; /**< as sent */
    uint64_t usage;
    uint64_t limit;
} imap4_quota_resource;

/** QUOTA: what one quota root limits. What is not limited is not named. */
typedef struct imap4_quota {
    imap4_str root; /**< "" is a root like any other */
    const imap4_quota_resource *resources;
} imap4_quota;

/** QUOTAROOT: which roots limit a mailbox. */
typedef struct imap4_quota_root {
    imap4_str name; /**< UTF-8; INBOX in capitals */
    imap4_str raw;  /**< as on the wire */
    const imap4_str *roots;
    size_t root_count;
} imap4_quota_root;

#ifdef __cplusplus
}
#endif

#endif
