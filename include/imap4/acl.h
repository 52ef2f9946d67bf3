/*
 * libimap4 - what servers say about access rights (RFC 4314, RFC 2086).
 */
#ifndef IMAP4_ACL_H
#define IMAP4_ACL_H

#include <imap4/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Rights of RFC 4314 section 2, as a mask. */
typedef enum imap4_right {
    IMAP4_RIGHT_LOOKUP = 0x1,           /**< l: the mailbox is listed */
    IMAP4_RIGHT_READ = 0x2,             /**< r: it can be selected and its mail read */
    IMAP4_RIGHT_SEEN = 0x4,             /**< s: \Seen is kept */
    IMAP4_RIGHT_WRITE = 0x8,            /**< w: other flags can be changed */
    IMAP4_RIGHT_INSERT = 0x10,          /**< i: mail can be appended and copied to it */
    IMAP4_RIGHT_POST = 0x20,            /**< p: mail can be sent to it */
    IMAP4_RIGHT_CREATE = 0x40,          /**< k: mailboxes can be made below it */
    IMAP4_RIGHT_DELETE_MAILBOX = 0x80,  /**< x */
    IMAP4_RIGHT_DELETE_MESSAGES = 0x100, /**< t: \Deleted can be changed */
    IMAP4_RIGHT_EXPUNGE = 0x200,        /**< e */
    IMAP4_RIGHT_ADMINISTER = 0x400,     /**< a: rights can be changed */
    IMAP4_RIGHT_OLD_CREATE = 0x800,     /**< c: of RFC 2086 */
    IMAP4_RIGHT_OLD_DELETE = 0x1000,    /**< d: of RFC 2086 */
    IMAP4_RIGHT_ANNOTATE = 0x2000       /**< n: RFC 5257 section 4.7 */
} imap4_right;

/** The letter of one right bit, as static text; NULL if unknown or several. */
IMAP4_API const char *imap4_right_name(int right);

/** Some rights. */
typedef struct imap4_rights {
    uint32_t bits; /**< IMAP4_RIGHT_* bits of those that are known */
    uint32_t reserved;
    imap4_str text; /**< as sent, with those that are not */
} imap4_rights;

/** Who has which rights. */
typedef struct imap4_acl_entry {
    const struct imap4_acl_entry *next;
    imap4_str identifier; /**< a user, a group, "anyone"; UTF-8, without the minus sign of negative rights */
    int32_t negative;     /**< 1: these rights are withheld, whatever else gives them */
    int32_t reserved;
    imap4_rights rights;
} imap4_acl_entry;

/** ACL: the access control list of a mailbox. */
typedef struct imap4_acl {
    imap4_str name; /**< UTF-8; INBOX in capitals */
    imap4_str raw;  /**< as on the wire */
    const imap4_acl_entry *entries;
} imap4_acl;

/** LISTRIGHTS: which rights can be given to somebody. */
typedef struct imap4_list_rights {
    imap4_str name;
    imap4_str raw;
    imap4_str identifier;
    imap4_rights required;        /**< always granted */
    const imap4_rights *optional; /**< each is given or withheld as a whole */
    size_t optional_count;
} imap4_list_rights;

/** MYRIGHTS: the rights of the user who is signed in. */
typedef struct imap4_my_rights {
    imap4_str name;
    imap4_str raw;
    imap4_rights rights;
} imap4_my_rights;

#ifdef __cplusplus
}
#endif

#endif
