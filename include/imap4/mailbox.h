/*
 * libimap4 - what servers say about mailboxes: LIST, STATUS, NAMESPACE, flags, and the view of the selected one.
 */
#ifndef IMAP4_MAILBOX_H
#define IMAP4_MAILBOX_H

#include <imap4/types.h>
#include <imap4/value.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * System flags (RFC 9051 section 2.3.2), as a mask.
 */
typedef enum imap4_flag {
    IMAP4_FLAG_SEEN = 1,
    IMAP4_FLAG_ANSWERED = 2,
    IMAP4_FLAG_FLAGGED = 4,
    IMAP4_FLAG_DELETED = 8,
    IMAP4_FLAG_DRAFT = 16,
    IMAP4_FLAG_RECENT = 32,  /**< rev1 only; cannot be stored */
    IMAP4_FLAG_WILDCARD = 64 /**< `\*` in PERMANENTFLAGS: new keywords may be made */
} imap4_flag;

/** The name of one flag bit as on the wire ("\\Seen"), as static text; NULL if unknown or several. */
IMAP4_API const char *imap4_flag_name(int flag);

/**
 * A list of flags: frozen, so a program may fill one to store flags. Keywords are all that is not a system flag,
 * unknown flags that begin with a backslash included, as the server spells them. Passed in, a keyword must be an atom
 * (RFC 9051 section 9), with or without a backslash before it; RECENT and WILDCARD cannot be stored.
 */
typedef struct imap4_flags {
    uint32_t system; /**< IMAP4_FLAG_* bits */
    uint32_t keyword_count;
    const imap4_str *keywords;
} imap4_flags;

/**
 * Attributes of a mailbox name (RFC 9051 section 7.3.1, RFC 5258, RFC 6154, RFC 8457), as a mask.
 */
typedef enum imap4_mailbox_attribute {
    IMAP4_MAILBOX_NOINFERIORS = 0x1,
    IMAP4_MAILBOX_NOSELECT = 0x2,
    IMAP4_MAILBOX_MARKED = 0x4,
    IMAP4_MAILBOX_UNMARKED = 0x8,
    IMAP4_MAILBOX_HASCHILDREN = 0x10,
    IMAP4_MAILBOX_HASNOCHILDREN = 0x20,
    IMAP4_MAILBOX_NONEXISTENT = 0x40, /**< implies NOSELECT, which is then set too */
    IMAP4_MAILBOX_SUBSCRIBED = 0x80,
    IMAP4_MAILBOX_REMOTE = 0x100,
    IMAP4_MAILBOX_NOACCESS = 0x200,
    IMAP4_MAILBOX_ALL = 0x1000,
    IMAP4_MAILBOX_ARCHIVE = 0x2000,
    IMAP4_MAILBOX_DRAFTS = 0x4000,
    IMAP4_MAILBOX_FLAGGED = 0x8000,
    IMAP4_MAILBOX_JUNK = 0x10000,
    IMAP4_MAILBOX_SENT = 0x20000,
    IMAP4_MAILBOX_TRASH = 0x40000,
    IMAP4_MAILBOX_IMPORTANT = 0x80000,
    IMAP4_MAILBOX_INBOX = 0x100000, /**< XLIST: this is INBOX, in whatever language its name is */
    IMAP4_MAILBOX_MEMOS = 0x200000,
    IMAP4_MAILBOX_SCHEDULED = 0x400000,
    IMAP4_MAILBOX_SNOOZED = 0x800000
} imap4_mailbox_attribute;

/** The name of one attribute bit as on the wire ("\\HasChildren"), as static text; NULL if unknown or several. */
IMAP4_API const char *imap4_mailbox_attribute_name(int attribute);

/** What is selected below a mailbox that is itself not (RFC 5258 section 3.5, CHILDINFO), as a mask. */
typedef enum imap4_childinfo {
    IMAP4_CHILDINFO_SUBSCRIBED = 1,
    IMAP4_CHILDINFO_SPECIAL_USE = 2,
    IMAP4_CHILDINFO_REMOTE = 4,
    IMAP4_CHILDINFO_OTHER = 8
} imap4_childinfo;

/** The name of one imap4_childinfo bit as on the wire, as static text; NULL for OTHER, unknown or several. */
IMAP4_API const char *imap4_childinfo_name(int childinfo);

/** Which response a mailbox name came in. */
typedef enum imap4_list_kind {
    IMAP4_LIST_LIST = 1,
    IMAP4_LIST_LSUB = 2,
    IMAP4_LIST_XLIST = 3
} imap4_list_kind;

/**
 * One mailbox name (RFC 9051 section 7.3.1, mailbox-list; LSUB: RFC 3501 section 7.2.3).
 *
 * `name` is UTF-8 for people, and INBOX is always spelled in capitals. `raw` is the name exactly as on the wire: it is
 * what identifies the mailbox, since not every server sends valid modified UTF-7. Every call that takes a name takes
 * either (command.h).
 */
typedef struct imap4_mailbox_list {
    int32_t kind;        /**< imap4_list_kind */
    uint32_t attributes; /**< IMAP4_MAILBOX_* bits */
    imap4_str delimiter; /**< one character, as sent; NIL: the hierarchy is flat */
    imap4_str name;
    imap4_str raw;
    const imap4_str *other_attributes; /**< those without a bit, with their backslash */
    size_t other_attribute_count;
    const imap4_named_value *extended; /**< extended data this version does not know; NULL if none */
    uint32_t childinfo;                /**< IMAP4_CHILDINFO_* bits: why it is listed (RFC 5258 section 3.5) */
    uint32_t reserved;
    imap4_str old_name;     /**< OLDNAME (RFC 5465, RFC 9051 section 6.3.9.7), UTF-8; NIL: not said */
    imap4_str raw_old_name; /**< as on the wire */
} imap4_mailbox_list;

/** STATUS attributes (RFC 9051 section 6.3.11; RECENT: RFC 3501), as a mask. */
typedef enum imap4_status_att {
    IMAP4_STATUS_ATT_MESSAGES = 0x1,
    IMAP4_STATUS_ATT_RECENT = 0x2, /**< rev1 only */
    IMAP4_STATUS_ATT_UIDNEXT = 0x4,
    IMAP4_STATUS_ATT_UIDVALIDITY = 0x8,
    IMAP4_STATUS_ATT_UNSEEN = 0x10,
    IMAP4_STATUS_ATT_DELETED = 0x20,      /**< RFC 9051, RFC 9208 */
    IMAP4_STATUS_ATT_SIZE = 0x40,         /**< RFC 9051, RFC 8438 */
    IMAP4_STATUS_ATT_HIGHESTMODSEQ = 0x80,    /**< RFC 7162 */
    IMAP4_STATUS_ATT_DELETED_STORAGE = 0x100, /**< RFC 9208 */
    IMAP4_STATUS_ATT_APPENDLIMIT = 0x200,     /**< RFC 7889 */
    IMAP4_STATUS_ATT_MAILBOXID = 0x400,       /**< RFC 8474 */
    IMAP4_STATUS_ATT_OBJECTID = 0x800         /**< several ids in one item */
} imap4_status_att;

/** The name of one STATUS attribute bit as on the wire, as static text; NULL if unknown or several. */
IMAP4_API const char *imap4_status_att_name(int item);

/** What STATUS says of a mailbox (RFC 9051 section 7.3.4). Only what `present` names was said. */
typedef struct imap4_mailbox_status {
    imap4_str name;   /**< UTF-8; INBOX in capitals */
    imap4_str raw;    /**< as on the wire */
    uint32_t present; /**< IMAP4_STATUS_ATT_* bits */
    uint32_t messages;
    uint32_t recent;
    uint32_t uidnext;
    uint32_t uidvalidity;
    uint32_t unseen;
    uint32_t deleted;
    uint32_t reserved;
    uint64_t size;
    uint64_t highestmodseq;
    const imap4_named_value *other; /**< further attributes; NULL if none */
    uint64_t deleted_storage;
    uint64_t appendlimit; /**< UINT64_MAX: no limit; 0: nothing can be appended */
    imap4_str mailboxid;
    const struct imap4_objectid *objectid; /**< message.h; NULL: not said */
} imap4_mailbox_status;

/** One namespace (RFC 2342, namespace-descr; RFC 9051 section 7.3.3). */
typedef struct imap4_namespace_descr {
    const struct imap4_namespace_descr *next;
    imap4_str prefix;                    /**< UTF-8 */
    imap4_str raw_prefix;                /**< as on the wire */
    imap4_str delimiter;                 /**< one character, as sent; NIL: flat */
    const imap4_named_value *extensions; /**< NULL if none */
    imap4_str translation;               /**< the prefix in the language of the session (RFC 5255), UTF-8; NIL: not said */
} imap4_namespace_descr;

/** The answer to NAMESPACE; a class is NULL when the server has none of it. */
typedef struct imap4_namespaces {
    const imap4_namespace_descr *personal;
    const imap4_namespace_descr *other_users;
    const imap4_namespace_descr *shared;
} imap4_namespaces;

/**
 * The engine's knowledge of the selected mailbox (conn.h: imap4_conn_view()), kept true through every response.
 * A zero means not known, where zero is no legal value.
 */
typedef struct imap4_view {
    uint32_t id; /**< new at each SELECT and EXAMINE; events carry it. 0: nothing is selected */
    int32_t read_only;
    imap4_str name;  /**< UTF-8 */
    imap4_str raw;   /**< as sent */
    uint64_t serial; /**< rises whenever message numbers change */
    uint32_t exists;
    uint32_t recent;      /**< rev1 */
    uint32_t unseen;      /**< number of the first unseen message as of SELECT (rev1); 0: not said */
    uint32_t uidvalidity; /**< 0: UIDs must not be remembered beyond this view */
    uint32_t uidnext;
    int32_t uid_not_sticky;      /**< 1: UIDNOTSTICKY (RFC 4315) */
    uint64_t highestmodseq;      /**< 0: NOMODSEQ or not said */
    imap4_flags flags;           /**< flags in use here */
    imap4_flags permanent_flags; /**< flags that can be changed for good; all of `flags` and WILDCARD when not said */
} imap4_view;

#ifdef __cplusplus
}
#endif

#endif
