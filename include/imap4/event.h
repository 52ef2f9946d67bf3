/*
 * libimap4 - events: everything that the engine has to say.
 *
 * An event and all that is reached from it live in one piece of memory, valid until the next imap4_conn_next() (or
 * imap4_client_next()). imap4_event_keep() makes it the program's own. Body chunks alone point into the input buffer;
 * keeping one copies its bytes.
 */
#ifndef IMAP4_EVENT_H
#define IMAP4_EVENT_H

#include <imap4/acl.h>
#include <imap4/found.h>
#include <imap4/mailbox.h>
#include <imap4/message.h>
#include <imap4/metadata.h>
#include <imap4/quota.h>
#include <imap4/text.h>
#include <imap4/types.h>
#include <imap4/url.h>
#include <imap4/value.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum imap4_event_kind {
    IMAP4_EVENT_GREETING = 1,    /**< data.text: the server's first line */
    IMAP4_EVENT_TEXT = 2,        /**< data.text: untagged OK, NO, BAD or BYE */
    IMAP4_EVENT_CAPABILITY = 3,  /**< data.names: the capabilities now in force */
    IMAP4_EVENT_ENABLED = 4,     /**< data.names: what ENABLE switched on */
    IMAP4_EVENT_ID = 5,          /**< data.params: what the server says of itself (RFC 2971); NULL for NIL */
    IMAP4_EVENT_NAMESPACE = 6,   /**< data.namespaces */
    IMAP4_EVENT_LIST = 7,        /**< data.list: LIST, LSUB or XLIST */
    IMAP4_EVENT_STATUS = 8,      /**< data.status */
    IMAP4_EVENT_FLAGS = 9,       /**< data.flags: flags in use in the selected mailbox */
    IMAP4_EVENT_EXISTS = 10,     /**< data.number: count of messages */
    IMAP4_EVENT_RECENT = 11,     /**< data.number (rev1) */
    IMAP4_EVENT_EXPUNGE = 12,    /**< data.number: this message is gone, later ones move down by one */
    IMAP4_EVENT_FETCH = 13,      /**< data.fetch: FETCH or UIDFETCH */
    IMAP4_EVENT_SEARCH = 14,     /**< data.search: SEARCH, SORT or ESEARCH */
    IMAP4_EVENT_BODY_BEGIN = 15, /**< data.stream: a section asked for as a stream begins */
    IMAP4_EVENT_BODY_CHUNK = 16, /**< data.chunk: its next bytes, in order */
    IMAP4_EVENT_BODY_END = 17,   /**< data.stream: it is complete */
    IMAP4_EVENT_WANTED = 18,     /**< data.wanted: the program's turn; answer with imap4_supply() */
    IMAP4_EVENT_LAYER = 19,      /**< data.layer: TLS or DEFLATE begins here; answer with imap4_conn_layer_done() */
    IMAP4_EVENT_IDLE = 20,       /**< data.number: 1 the server waits with us, 0 it stopped (a command came between) */
    IMAP4_EVENT_VIEW = 21,       /**< data.view: another mailbox is selected, or none */
    IMAP4_EVENT_UNKNOWN = 22,    /**< data.unknown: a response that this version does not know */
    IMAP4_EVENT_DAMAGE = 23,     /**< data.damage: something unparsable; reading went on behind it */
    IMAP4_EVENT_DONE = 24,       /**< data.done: the request has ended; the last event it gets */
    IMAP4_EVENT_THREAD = 25,     /**< data.thread */
    IMAP4_EVENT_VANISHED = 26,   /**< data.vanished: these UIDs are gone */
    IMAP4_EVENT_QUOTA = 27,      /**< data.quota */
    IMAP4_EVENT_QUOTAROOT = 28,  /**< data.quota_root */
    IMAP4_EVENT_ACL = 29,        /**< data.acl */
    IMAP4_EVENT_LISTRIGHTS = 30, /**< data.list_rights */
    IMAP4_EVENT_MYRIGHTS = 31,   /**< data.my_rights */
    IMAP4_EVENT_METADATA = 32,   /**< data.metadata */
    IMAP4_EVENT_LANGUAGE = 33,   /**< data.names: the language in use, or those there are (RFC 5255) */
    IMAP4_EVENT_COMPARATOR = 34, /**< data.comparator */
    IMAP4_EVENT_GENURLAUTH = 35, /**< data.names: authorized URLs, in the order asked for (RFC 4467) */
    IMAP4_EVENT_URLFETCH = 36,   /**< data.url_data */
    IMAP4_EVENT_JMAPACCESS = 37, /**< data.names: one URL (RFC 9698) */
    IMAP4_EVENT_UIDBATCHES = 38, /**< data.uid_batches */
    IMAP4_EVENT_CONVERTED = 39,  /**< data.converted */
    IMAP4_EVENT_PUSH = 40        /**< data.params: XAPPLEPUSHSERVICE, Apple's own */
} imap4_event_kind;

/** The name of an imap4_event_kind, as static text; NULL if unknown. */
IMAP4_API const char *imap4_event_kind_name(int kind);

/** The collation that is in use (RFC 5255 section 4.8, COMPARATOR). */
typedef struct imap4_comparator {
    imap4_str active;
    const imap4_names *matching; /**< others that fit what was asked for; NULL: not said */
} imap4_comparator;

/** Parts of a message that the server converted (RFC 5259 section 6, CONVERTED). */
typedef struct imap4_converted {
    imap4_str tag;                /**< of the command that asked; NIL: not said */
    const imap4_msg_att *message; /**< UID, sections and sizes; whatever else was said is in `other` */
} imap4_converted;

/** A streamed section: which message, which section. */
typedef struct imap4_stream {
    uint32_t seq;
    uint32_t uid;                 /**< 0 if the server had not said it yet; the FETCH event has it */
    const imap4_section *section; /**< `size` is known at the begin */
} imap4_stream;

/** A piece of a streamed section: frozen. The bytes lie in the input buffer and are gone after the next call. */
typedef struct imap4_chunk {
    const uint8_t *data;
    size_t len;
    uint64_t offset; /**< of the first byte within what the server sent for the section */
} imap4_chunk;

/** What the engine wants from the program. */
typedef enum imap4_wanted_kind {
    IMAP4_WANTED_LITERAL = 1, /**< bytes of a message for imap4_append_stream() */
    IMAP4_WANTED_PASSWORD = 2 /**< the whole password at once, for a sign-in that was begun without one */
} imap4_wanted_kind;

/** The name of an imap4_wanted_kind, as static text; NULL if unknown. */
IMAP4_API const char *imap4_wanted_kind_name(int kind);

/** The program's turn: see imap4_supply(). */
typedef struct imap4_wanted {
    int32_t kind; /**< imap4_wanted_kind */
    int32_t reserved;
    uint64_t amount; /**< bytes still to come (LITERAL); 0 if it is the program that knows */
} imap4_wanted;

/** Which layer begins. */
typedef enum imap4_layer_kind {
    IMAP4_LAYER_TLS = 1,    /**< STARTTLS was accepted */
    IMAP4_LAYER_DEFLATE = 2 /**< COMPRESS DEFLATE was accepted (RFC 4978) */
} imap4_layer_kind;

/** The name of an imap4_layer_kind, as static text; NULL if unknown. */
IMAP4_API const char *imap4_layer_kind_name(int kind);

/** A layer begins: see imap4_conn_layer_done(). */
typedef struct imap4_layer {
    int32_t kind; /**< imap4_layer_kind */
    int32_t reserved;
} imap4_layer;

/** A response of unknown kind. */
typedef struct imap4_unknown {
    imap4_str name;  /**< first word */
    uint64_t number; /**< the number before it, if has_number */
    int32_t has_number;
    int32_t reserved;
    const imap4_value *values; /**< what followed; NULL if nothing */
} imap4_unknown;

/** Something unparsable. The request that owns it still completes. */
typedef struct imap4_damage {
    int32_t result; /**< IMAP4_ERROR_PROTOCOL: not understood; IMAP4_ERROR_LIMIT: beyond a limit, skipped */
    int32_t reserved;
    uint64_t offset; /**< position in the bytes received, where it begins */
    uint64_t size;   /**< how long it was */
    imap4_bytes raw; /**< the bytes as they came, but for streams and long lists of numbers, at most the first 64 KiB
                          (less with lower limits); of a response beyond a limit only the beginning, up to its first
                          literal or long list and at most 256 bytes */
    imap4_str what;  /**< what could not be read: "FETCH ENVELOPE", "LIST", ... */
} imap4_damage;

/** How a request ended. */
typedef enum imap4_outcome {
    IMAP4_OUTCOME_ANSWERED = 1,    /**< the server's tagged answer is in `text`; OK, NO or BAD */
    IMAP4_OUTCOME_NOT_SENT = 2,    /**< nothing of it reached the server; `result` says why */
    IMAP4_OUTCOME_UNKNOWN = 3,     /**< it was sent, wholly or in part, and the answer is lost: it may have happened */
    IMAP4_OUTCOME_CANCELLED = 4,   /**< given up by the program before anything was sent, or drained */
    IMAP4_OUTCOME_UNSUPPORTED = 5, /**< nothing was sent: the server lacks `capability` */
    IMAP4_OUTCOME_STALE = 6        /**< nothing was sent: message numbers changed (mailbox.h: serial) */
} imap4_outcome;

/** The name of an imap4_outcome, as static text; NULL if unknown. */
IMAP4_API const char *imap4_outcome_name(int outcome);

/** Steps of a MOVE that the server cannot do at once (RFC 6851 section 3.3). */
typedef enum imap4_move_step {
    IMAP4_MOVE_DIRECT = 0,  /**< the server did it */
    IMAP4_MOVE_NONE = 1,    /**< nothing happened: the copy failed */
    IMAP4_MOVE_COPIED = 2,  /**< copied; the originals are still there as they were */
    IMAP4_MOVE_MARKED = 3,  /**< copied and marked \Deleted, not expunged */
    IMAP4_MOVE_EXPUNGED = 4 /**< complete */
} imap4_move_step;

/** The name of an imap4_move_step, as static text; NULL if unknown. */
IMAP4_API const char *imap4_move_step_name(int step);

/** The end of a request. */
typedef struct imap4_done {
    int32_t outcome; /**< imap4_outcome */
    int32_t result;  /**< IMAP4_OK when answered, else an imap4_result that says why. Answered and still an error: the
                          sign-in was given up by us, and the answer is to that */
    const imap4_resp_text *text; /**< the tagged answer; NULL unless ANSWERED */
    imap4_str capability;        /**< what the server lacks; NIL unless UNSUPPORTED */
    imap4_str command;           /**< "UID FETCH", for messages to people */
    int32_t move_step;           /**< imap4_move_step, for imap4_move() */
    int32_t reserved;
    const imap4_resp_text *copied; /**< the COPYUID of imap4_move(), wherever it came; NULL if none */
} imap4_done;

/** What an event holds; which member counts is said by its kind. */
typedef union imap4_event_data {
    const void *any;
    const imap4_resp_text *text;
    const imap4_names *names;
    const imap4_param *params;
    const imap4_namespaces *namespaces;
    const imap4_mailbox_list *list;
    const imap4_mailbox_status *status;
    const imap4_flags *flags;
    const imap4_msg_att *fetch;
    const imap4_search_data *search;
    const imap4_stream *stream;
    const imap4_chunk *chunk;
    const imap4_wanted *wanted;
    const imap4_layer *layer;
    const imap4_view *view;
    const imap4_unknown *unknown;
    const imap4_damage *damage;
    const imap4_done *done;
    const imap4_thread_data *thread;
    const imap4_vanished *vanished;
    const imap4_quota *quota;
    const imap4_quota_root *quota_root;
    const imap4_acl *acl;
    const imap4_list_rights *list_rights;
    const imap4_my_rights *my_rights;
    const imap4_metadata *metadata;
    const imap4_comparator *comparator;
    const imap4_url_data *url_data;
    const imap4_uid_batches *uid_batches;
    const imap4_converted *converted;
    uint64_t number;
} imap4_event_data;

/** An event. */
typedef struct imap4_event {
    int32_t kind;     /**< imap4_event_kind */
    uint32_t view;    /**< the mailbox view it belongs to (mailbox.h), 0 if none */
    uint64_t request; /**< the request it answers; 0: the server spoke unasked */
    uint64_t cookie;  /**< of that request; 0 if none */
    uint64_t serial;  /**< of the view, after this event */
    imap4_event_data data;
} imap4_event;

/** Frees an event taken with imap4_event_keep(). NULL is fine. The connection may be gone already. */
IMAP4_API void imap4_event_free(imap4_event *event);

/** Memory that a kept event holds, in bytes. */
IMAP4_API size_t imap4_event_size(const imap4_event *event);

#ifdef __cplusplus
}
#endif

#endif
