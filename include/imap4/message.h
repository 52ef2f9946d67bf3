/*
 * libimap4 - what servers say about messages: the FETCH response and all its items (RFC 9051 section 7.5.2).
 *
 * Everything here lives with its event and is read-only. Header text is as the server sent it: encoded words (RFC 2047)
 * are not decoded, nor are parameters put together (RFC 2231: `filename*` beside `filename`). Bytes of a part come in
 * its transfer encoding (imap4_body::encoding): base64 and quoted-printable are for the program to decode.
 */
#ifndef IMAP4_MESSAGE_H
#define IMAP4_MESSAGE_H

#include <imap4/mailbox.h>
#include <imap4/types.h>
#include <imap4/value.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Items of FETCH that have no argument, as a mask: for asking (command.h) and for what came (imap4_msg_att::present).
 */
typedef enum imap4_fetch_item {
    IMAP4_FETCH_UID = 0x1, /**< UID forms of FETCH always give it */
    IMAP4_FETCH_FLAGS = 0x2,
    IMAP4_FETCH_INTERNALDATE = 0x4,
    IMAP4_FETCH_RFC822_SIZE = 0x8,
    IMAP4_FETCH_ENVELOPE = 0x10,
    IMAP4_FETCH_BODY = 0x20,           /**< structure without extension data */
    IMAP4_FETCH_BODYSTRUCTURE = 0x40,  /**< structure with extension data */
    IMAP4_FETCH_MODSEQ = 0x80,         /**< RFC 7162; only read so far, like all below but the three of rev1 */
    IMAP4_FETCH_RFC822 = 0x100,        /**< rev1: the message; sets \Seen. Arrives as section "" */
    IMAP4_FETCH_RFC822_HEADER = 0x200, /**< rev1: arrives as section "HEADER" */
    IMAP4_FETCH_RFC822_TEXT = 0x400,   /**< rev1: sets \Seen. Arrives as section "TEXT" */
    IMAP4_FETCH_EMAILID = 0x800,       /**< RFC 8474 */
    IMAP4_FETCH_THREADID = 0x1000,     /**< RFC 8474 */
    IMAP4_FETCH_OBJECTID = 0x2000,     /**< several ids in one item (draft of RFC 8474's successor) */
    IMAP4_FETCH_SAVEDATE = 0x4000,     /**< RFC 8514 */
    IMAP4_FETCH_PREVIEW = 0x8000,      /**< RFC 8970; SNIPPET of its drafts too */
    IMAP4_FETCH_ANNOTATION = 0x10000,  /**< RFC 5257 */
    IMAP4_FETCH_BINARY_SIZE = 0x20000, /**< RFC 3516, RFC 9051 */
    IMAP4_FETCH_X_GM_MSGID = 0x40000,  /**< Gmail */
    IMAP4_FETCH_X_GM_THRID = 0x80000,  /**< Gmail */
    IMAP4_FETCH_X_GM_LABELS = 0x100000, /**< Gmail */

    /* The macros of RFC 9051 section 6.4.5. */
    IMAP4_FETCH_FAST = IMAP4_FETCH_FLAGS | IMAP4_FETCH_INTERNALDATE | IMAP4_FETCH_RFC822_SIZE,
    IMAP4_FETCH_ALL = IMAP4_FETCH_FAST | IMAP4_FETCH_ENVELOPE,
    IMAP4_FETCH_FULL = IMAP4_FETCH_ALL | IMAP4_FETCH_BODY
} imap4_fetch_item;

/** The name of one item bit as on the wire, as static text; NULL if unknown or several. */
IMAP4_API const char *imap4_fetch_item_name(int item);

/** An address as ENVELOPE gives it (RFC 9051 section 7.5.2, RFC 5322 groups included). */
typedef enum imap4_address_kind {
    IMAP4_ADDRESS_MAILBOX = 1,
    IMAP4_ADDRESS_GROUP_BEGIN = 2, /**< `mailbox` is the group's name; members follow */
    IMAP4_ADDRESS_GROUP_END = 3    /**< each group has one, even if the server did not say so */
} imap4_address_kind;

/** The name of an imap4_address_kind, as static text; NULL if unknown. */
IMAP4_API const char *imap4_address_kind_name(int kind);

typedef struct imap4_address {
    const struct imap4_address *next;
    int32_t kind; /**< imap4_address_kind */
    int32_t reserved;
    imap4_str name;    /**< display name, may hold encoded words */
    imap4_str adl;     /**< obsolete source route */
    imap4_str mailbox; /**< before the @; empty where the server says that there is none */
    imap4_str host;    /**< behind the @; the same */
} imap4_address;

/** ENVELOPE. Address lists are NULL when the header is absent. */
typedef struct imap4_envelope {
    imap4_str date;
    imap4_str subject;
    const imap4_address *from;
    const imap4_address *sender;
    const imap4_address *reply_to;
    const imap4_address *to;
    const imap4_address *cc;
    const imap4_address *bcc;
    imap4_str in_reply_to;
    imap4_str message_id;
} imap4_envelope;

/** A parameter of a media type or disposition. */
typedef struct imap4_param {
    const struct imap4_param *next;
    imap4_str name;
    imap4_str value;
} imap4_param;

typedef enum imap4_body_kind {
    IMAP4_BODY_BASIC = 1,
    IMAP4_BODY_TEXT = 2,     /**< text of any kind: has lines */
    IMAP4_BODY_MESSAGE = 3,  /**< message/rfc822 or message/global: envelope, one child, lines */
    IMAP4_BODY_MULTIPART = 4 /**< children */
} imap4_body_kind;

/** The name of an imap4_body_kind, as static text; NULL if unknown. */
IMAP4_API const char *imap4_body_kind_name(int kind);

/**
 * One part of a BODY or BODYSTRUCTURE (RFC 9051 section 7.5.2). Walk with `children` and `next`, or flat with
 * imap4_body_next(), which needs no recursion.
 */
typedef struct imap4_body {
    const struct imap4_body *next;     /**< next part of the same multipart */
    const struct imap4_body *children; /**< of a multipart, or the one body of a message */
    const struct imap4_body *parent;
    int32_t kind;         /**< imap4_body_kind */
    int32_t extended;     /**< 1 if extension data came (md5 and what follows) */
    imap4_str part;       /**< number to fetch it by, "2.1"; "" for the whole message's own multipart. The multipart
                               right inside a message part has that part's number: it cannot be fetched alone */
    imap4_str media_type; /**< as sent: "TEXT", "text"; "MULTIPART" is supplied, since it is not sent */
    imap4_str subtype;
    const imap4_param *params;
    imap4_str id; /**< Content-ID with its angle brackets */
    imap4_str description;
    imap4_str encoding;             /**< "BASE64", ... */
    uint64_t size;                  /**< bytes in transfer encoding; servers estimate */
    uint64_t lines;                 /**< text and message parts */
    const imap4_envelope *envelope; /**< message parts; NULL otherwise */
    imap4_str md5;
    imap4_str disposition; /**< "attachment", "inline"; NIL if none */
    const imap4_param *disposition_params;
    const imap4_str *languages;
    size_t language_count;
    imap4_str location;
    const imap4_value *extensions; /**< body-extension beyond the known; NULL if none */
    int32_t cut;                   /**< 1: nested beyond IMAP4_OPTION_NESTING_LIMIT, what is inside is left out */
    int32_t reserved;
} imap4_body;

/** The part after `body` in reading order (its first child first), or NULL at the end of the tree. Lives with its
 * event. */
IMAP4_API const imap4_body *imap4_body_next(const imap4_body *body);

/** The value of a parameter, its name compared without case; NULL if it is not there. Lives with its event. */
IMAP4_API const imap4_str *imap4_param_find(const imap4_param *params, const char *name);

/** Which text of a part a section names (RFC 9051 section 9, section-spec). */
typedef enum imap4_section_text {
    IMAP4_SECTION_ALL = 0,               /**< BODY[] or BODY[1.2]: everything */
    IMAP4_SECTION_HEADER = 1,            /**< header of the message, or of the message inside the part */
    IMAP4_SECTION_HEADER_FIELDS = 2,     /**< only the named fields */
    IMAP4_SECTION_HEADER_FIELDS_NOT = 3, /**< all but the named fields */
    IMAP4_SECTION_TEXT = 4,              /**< the body without the header */
    IMAP4_SECTION_MIME = 5               /**< the part's own MIME header; needs a part number */
} imap4_section_text;

/** The name of an imap4_section_text as on the wire ("" for ALL), as static text; NULL if unknown. */
IMAP4_API const char *imap4_section_text_name(int text);

/**
 * A section of a message that came with FETCH, or that begins in an IMAP4_EVENT_BODY_BEGIN.
 *
 * A section asked for as a stream has `streamed` set, and its bytes were in the body events before: `data` is NIL and
 * `nil` tells whether the server had said NIL.
 */
typedef struct imap4_section {
    const struct imap4_section *next;
    int32_t text; /**< imap4_section_text */
    int32_t nil;  /**< 1: the server said NIL, the part does not exist or cannot be given; some servers give an
                       empty string instead */
    int32_t streamed;
    int32_t truncated;       /**< 1: longer than IMAP4_OPTION_SECTION_LIMIT or than the prefix asked for; `data` is its
                                  beginning */
    int32_t partial;         /**< 1: a piece; `origin` tells where it begins */
    int32_t binary;          /**< 1: BINARY[...], decoded by the server */
    imap4_str part;          /**< "1.2"; "" for the whole message */
    const imap4_str *fields; /**< header field names as the server echoes them */
    size_t field_count;
    uint64_t origin;
    uint64_t size; /**< bytes in all, also of what was streamed or cut */
    imap4_str data;
} imap4_section;

/** Identifiers that never change (RFC 8474 and the OBJECTID item of its successor). NIL: not said. */
typedef struct imap4_objectid {
    imap4_str mailboxid;
    imap4_str accountid;
    imap4_str emailid;
    imap4_str threadid;
} imap4_objectid;

/** An attribute of an annotation, "value.priv" and the like (RFC 5257 section 3.3). */
typedef struct imap4_annotation_att {
    const struct imap4_annotation_att *next;
    imap4_str name;
    imap4_str value; /**< NIL: there is none */
} imap4_annotation_att;

/** An annotation of a message (RFC 5257 section 3.2). */
typedef struct imap4_annotation {
    const struct imap4_annotation *next;
    imap4_str entry; /**< "/comment" */
    const imap4_annotation_att *attributes;
} imap4_annotation;

/** The size of a part with its transfer encoding removed (RFC 3516, BINARY.SIZE). */
typedef struct imap4_binary_size {
    const struct imap4_binary_size *next;
    imap4_str part; /**< "1.2" */
    uint64_t size;
} imap4_binary_size;

/** A label of Gmail: the name of a mailbox, or a system label such as "\\Important". */
typedef struct imap4_gm_label {
    const struct imap4_gm_label *next;
    imap4_str name; /**< UTF-8 */
    imap4_str raw;  /**< as on the wire */
} imap4_gm_label;

/** All that one FETCH response says of a message. Only what `present` names was said. */
typedef struct imap4_msg_att {
    uint32_t seq;     /**< message sequence number as of this event; 0: the server tells only the UID (RFC 9586) */
    uint32_t uid;     /**< 0: not said */
    uint32_t present; /**< IMAP4_FETCH_* bits */
    uint32_t reserved;
    const imap4_flags *flags;       /**< NULL: not said */
    const imap4_date *internaldate; /**< NULL: not said */
    uint64_t rfc822_size;
    uint64_t modseq;                /**< RFC 7162; 0: not said */
    const imap4_envelope *envelope; /**< NULL: not said */
    const imap4_body *body;         /**< BODY or BODYSTRUCTURE; NULL: not said */
    const imap4_section *sections;  /**< in wire order; NULL if none */
    const imap4_named_value *other; /**< items this version does not know; NULL if none */
    imap4_str emailid;
    imap4_str threadid; /**< NIL: the server has none for this message */
    const imap4_objectid *objectid; /**< NULL: not said */
    const imap4_date *savedate;     /**< NULL: not said, or not known */
    imap4_str preview;              /**< NIL: not at hand; UTF-8 */
    const imap4_annotation *annotations;
    const imap4_binary_size *binary_sizes;
    uint64_t gm_msgid;
    uint64_t gm_thrid;
    const imap4_gm_label *gm_labels;
} imap4_msg_att;

#ifdef __cplusplus
}
#endif

#endif
