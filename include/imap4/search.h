/*
 * libimap4 - search keys (RFC 9051 section 6.4.4; NEW, OLD, RECENT: RFC 3501 section 6.4.4).
 *
 * Keys are written down in the order of the wire. Keys side by side must all hold. NOT takes the one key that follows,
 * OR the two that follow, and a group in parentheses counts as one key:
 *
 *     FROM "ada" OR UNSEEN (FLAGGED SINCE 1-Feb-2026)
 *
 *     imap4_search_keys_text(keys, IMAP4_SEARCH_FROM, "ada", 3);
 *     imap4_search_keys_or(keys);
 *     imap4_search_keys_flag(keys, IMAP4_SEARCH_UNSEEN);
 *     imap4_search_keys_open(keys);
 *     imap4_search_keys_flag(keys, IMAP4_SEARCH_FLAGGED);
 *     imap4_search_keys_date(keys, IMAP4_SEARCH_SINCE, 2026, 2, 1);
 *     imap4_search_keys_close(keys);
 *
 * Each call copies its arguments and returns IMAP4_OK, IMAP4_ERROR_ARGUMENT or IMAP4_ERROR_MEMORY. The first error is
 * remembered and given again by imap4_search(), so a program may check once, there. No keys at all mean ALL.
 */
#ifndef IMAP4_SEARCH_H
#define IMAP4_SEARCH_H

#include <imap4/set.h>
#include <imap4/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct imap4_search_keys imap4_search_keys; /**< opaque */

typedef enum imap4_search_key {
    /* imap4_search_keys_flag() */
    IMAP4_SEARCH_ALL = 1,
    IMAP4_SEARCH_ANSWERED = 2,
    IMAP4_SEARCH_DELETED = 3,
    IMAP4_SEARCH_DRAFT = 4,
    IMAP4_SEARCH_FLAGGED = 5,
    IMAP4_SEARCH_NEW = 6,    /**< rev1 */
    IMAP4_SEARCH_OLD = 7,    /**< rev1 */
    IMAP4_SEARCH_RECENT = 8, /**< rev1 */
    IMAP4_SEARCH_SEEN = 9,
    IMAP4_SEARCH_UNANSWERED = 10,
    IMAP4_SEARCH_UNDELETED = 11,
    IMAP4_SEARCH_UNDRAFT = 12,
    IMAP4_SEARCH_UNFLAGGED = 13,
    IMAP4_SEARCH_UNSEEN = 14,
    /* imap4_search_keys_text(): substring, compared without case by the server */
    IMAP4_SEARCH_BCC = 20,
    IMAP4_SEARCH_BODY = 21,
    IMAP4_SEARCH_CC = 22,
    IMAP4_SEARCH_FROM = 23,
    IMAP4_SEARCH_SUBJECT = 24,
    IMAP4_SEARCH_TEXT = 25,
    IMAP4_SEARCH_TO = 26,
    /* imap4_search_keys_keyword(): a keyword, an atom */
    IMAP4_SEARCH_KEYWORD = 30,
    IMAP4_SEARCH_UNKEYWORD = 31,
    /* imap4_search_keys_date(): BEFORE, ON, SINCE look at the internal date, SENT... at the Date header */
    IMAP4_SEARCH_BEFORE = 40,
    IMAP4_SEARCH_ON = 41,
    IMAP4_SEARCH_SINCE = 42,
    IMAP4_SEARCH_SENTBEFORE = 43,
    IMAP4_SEARCH_SENTON = 44,
    IMAP4_SEARCH_SENTSINCE = 45,
    /* imap4_search_keys_size(): strictly */
    IMAP4_SEARCH_LARGER = 50,
    IMAP4_SEARCH_SMALLER = 51
} imap4_search_key;

/** The name of a key as on the wire, as static text; NULL if unknown. */
IMAP4_API const char *imap4_search_key_name(int key);

/** Makes an empty list of keys. `allocator` may be NULL for malloc. */
IMAP4_API int imap4_search_keys_new(imap4_search_keys **out, const imap4_allocator *allocator);

/** Frees keys. NULL is fine. */
IMAP4_API void imap4_search_keys_free(imap4_search_keys *keys);

/** A key without argument. */
IMAP4_API int imap4_search_keys_flag(imap4_search_keys *keys, int key);

/** BCC, BODY, CC, FROM, SUBJECT, TEXT or TO with the text to look for; UTF-8, no NUL. */
IMAP4_API int imap4_search_keys_text(imap4_search_keys *keys, int key, const char *text, size_t len);

/** HEADER: a field (printable ASCII without colon) that holds the text; an empty text asks if the field is there. */
IMAP4_API int imap4_search_keys_header(imap4_search_keys *keys, const char *field, const char *text, size_t len);

/** KEYWORD or UNKEYWORD. */
IMAP4_API int imap4_search_keys_keyword(imap4_search_keys *keys, int key, const char *keyword);

/** BEFORE, ON, SINCE and their SENT forms: year 1..9999, month 1..12, day 1..31. */
IMAP4_API int imap4_search_keys_date(imap4_search_keys *keys, int key, int year, int month, int day);

/** LARGER or SMALLER, bytes, at most 2^63-1. */
IMAP4_API int imap4_search_keys_size(imap4_search_keys *keys, int key, uint64_t size);

/** UID: messages of the set. */
IMAP4_API int imap4_search_keys_uids(imap4_search_keys *keys, const imap4_uid_set *uids);

/**
 * Messages by sequence number. `serial` is that of the view when the numbers were looked at; the search ends as stale
 * when numbers have changed since (also for imap4_search(), which answers with UIDs).
 */
IMAP4_API int imap4_search_keys_numbers(imap4_search_keys *keys, const imap4_seq_set *numbers, uint64_t serial);

/** NOT: the next key must not hold. */
IMAP4_API int imap4_search_keys_not(imap4_search_keys *keys);

/** OR: at least one of the next two keys must hold. */
IMAP4_API int imap4_search_keys_or(imap4_search_keys *keys);

/** Opens a group; the keys up to the matching close count as one and must all hold. */
IMAP4_API int imap4_search_keys_open(imap4_search_keys *keys);

/** Closes the group. A group needs at least one key. */
IMAP4_API int imap4_search_keys_close(imap4_search_keys *keys);

/**
 * Names the charset of the texts (CHARSET of SEARCH). By default none is named while all texts are ASCII, and UTF-8
 * otherwise. The texts are sent as they are: whoever names another charset has put them into it.
 */
IMAP4_API int imap4_search_keys_charset(imap4_search_keys *keys, const char *charset);

#ifdef __cplusplus
}
#endif

#endif
