/*
 * libimap4 - what searching found: SEARCH, SORT and ESEARCH results, threads, UIDs that vanished, batches of UIDs.
 *
 * Numbers arrive as sets that keep the order of the wire. They are read as their bytes come in, take at most four bytes
 * a number, and have a limit of their own (IMAP4_OPTION_NUMBERS_LIMIT).
 */
#ifndef IMAP4_FOUND_H
#define IMAP4_FOUND_H

#include <imap4/set.h>
#include <imap4/types.h>
#include <imap4/value.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Which response a search result came in. Servers answer with either kind, whatever was asked. */
typedef enum imap4_search_kind {
    IMAP4_SEARCH_SEARCH = 1,
    IMAP4_SEARCH_SORT = 2,   /**< RFC 5256: the sets are in sort order */
    IMAP4_SEARCH_ESEARCH = 3 /**< RFC 4731, RFC 9051 section 7.3.4 */
} imap4_search_kind;

/** The name of an imap4_search_kind as on the wire, as static text; NULL if unknown. */
IMAP4_API const char *imap4_search_kind_name(int kind);

/** What a search result holds, as a mask (RFC 4731, 5267, 6203, 7162, 9394). */
typedef enum imap4_search_item {
    IMAP4_FOUND_ALL = 0x1, /**< always, with SEARCH and SORT */
    IMAP4_FOUND_MIN = 0x2,
    IMAP4_FOUND_MAX = 0x4,
    IMAP4_FOUND_COUNT = 0x8,
    IMAP4_FOUND_MODSEQ = 0x10,
    IMAP4_FOUND_RELEVANCY = 0x20,
    IMAP4_FOUND_PARTIAL = 0x40,
    IMAP4_FOUND_ADDTO = 0x80,
    IMAP4_FOUND_REMOVEFROM = 0x100
} imap4_search_item;

/** The name of one imap4_search_item bit as on the wire, as static text; NULL if unknown or several. */
IMAP4_API const char *imap4_search_item_name(int item);

/** A window of a result (RFC 5267, RFC 9394, PARTIAL). */
typedef struct imap4_search_partial {
    int64_t first; /**< 1: the first of the result; -1: the last */
    int64_t last;
    const imap4_uid_set *uids;    /**< NULL: the window is empty, or holds message numbers */
    const imap4_seq_set *numbers; /**< NULL: the window is empty, or holds UIDs */
} imap4_search_partial;

/** A change of a result that is kept up to date (RFC 5267, ADDTO and REMOVEFROM). To be applied in order. */
typedef struct imap4_search_change {
    const struct imap4_search_change *next;
    int32_t item; /**< IMAP4_FOUND_ADDTO or IMAP4_FOUND_REMOVEFROM */
    int32_t reserved;
    uint64_t position;            /**< from 1 on; 0: where mailbox order says */
    const imap4_uid_set *uids;    /**< NULL if the result holds message numbers */
    const imap4_seq_set *numbers; /**< NULL if the result holds UIDs */
} imap4_search_change;

/**
 * A search result. Several may come for one request; together they are the result. Of each pair of sets the one that
 * the command's form says is set, and the other is NULL.
 */
typedef struct imap4_search_data {
    const imap4_uid_set *uids;    /**< ALL: for imap4_search(); NULL otherwise, and when nothing was found */
    const imap4_seq_set *numbers; /**< ALL: for imap4_search_seq(); NULL otherwise, and when nothing was found */
    uint64_t modseq;              /**< highest mod-sequence of the result (RFC 7162); 0: not said */
    int32_t kind;                 /**< imap4_search_kind */
    uint32_t present;             /**< IMAP4_FOUND_* bits */
    int32_t uid;                  /**< 1: the server said UID (ESEARCH) */
    uint32_t min;
    uint32_t max;
    uint32_t uidvalidity; /**< of `mailbox`; 0: not said */
    uint64_t count;
    const uint8_t *relevancy; /**< one score, 1 to 100, for each number of ALL (RFC 6203) */
    size_t relevancy_count;
    const imap4_search_partial *partial;
    const imap4_search_change *changes;
    imap4_str tag;                   /**< of the command that the server answers; NIL: not said */
    imap4_str mailbox;               /**< which mailbox (RFC 7377), UTF-8; NIL: not said */
    imap4_str raw_mailbox;           /**< as on the wire */
    const imap4_named_value *other;  /**< data this version does not know; NULL if none */
} imap4_search_data;

typedef struct imap4_threads imap4_threads; /**< opaque: the trees of a THREAD result */

/** One message of a thread: frozen. */
typedef struct imap4_thread_node {
    uint32_t number; /**< message number or UID, as the command's form says; 0: this parent is missing */
    uint32_t level;  /**< 0: a thread begins; otherwise the parent is the last node before of `level - 1` */
} imap4_thread_node;

/** A THREAD result (RFC 5256). */
typedef struct imap4_thread_data {
    const imap4_threads *threads; /**< NULL: nothing was found */
} imap4_thread_data;

/**
 * Walks the messages, parents before their children, in the order of the wire. Start with a zeroed cursor; 1 and the
 * next one, or 0 at the end. `threads` may be NULL. Needs no stack, however deep the trees are.
 */
IMAP4_API int imap4_threads_next(const imap4_threads *threads, imap4_set_cursor *cursor, imap4_thread_node *node_out);

/** How many nodes a walk gives. */
IMAP4_API size_t imap4_threads_count(const imap4_threads *threads);

/** VANISHED (RFC 7162 section 3.2.10). */
typedef struct imap4_vanished {
    const imap4_uid_set *uids; /**< may name UIDs that never were; ranges may be huge */
    int32_t earlier;           /**< 1: gone before; message numbers do not change. 0: gone now */
    int32_t reserved;
} imap4_vanished;

/** UIDBATCHES (RFC 10022). */
typedef struct imap4_uid_batches {
    imap4_str tag;                /**< NIL: not said */
    const imap4_uid_set *batches; /**< one range for each batch, newest first; NULL: none */
} imap4_uid_batches;

#ifdef __cplusplus
}
#endif

#endif
