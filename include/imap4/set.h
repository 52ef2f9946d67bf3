/*
 * libimap4 - sets of messages (RFC 9051 section 9, sequence-set).
 *
 * UIDs and message sequence numbers are both 32-bit numbers and mean different things, so they have two types that the
 * compiler keeps apart. Both are lists of ranges; a range costs the same whether it holds one number or four thousand
 * million, and nothing ever expands it. `*`, the largest number in use, is IMAP4_SET_STAR.
 */
#ifndef IMAP4_SET_H
#define IMAP4_SET_H

#include <imap4/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Stands for `*` as the last of a range. No message has the number 0. */
#define IMAP4_SET_STAR 0u

typedef struct imap4_uid_set imap4_uid_set; /**< opaque: unique identifiers */
typedef struct imap4_seq_set imap4_seq_set; /**< opaque: message sequence numbers */

/**
 * Makes an empty set, or IMAP4_ERROR_MEMORY. `allocator` may be NULL for malloc. Free it with imap4_uid_set_free().
 *
 * Sets that the program makes are kept ascending and merged: adding 5, 3 and 4 gives `3:5`. Sets inside events keep the
 * order of the wire (which for COPYUID carries the meaning, RFC 9051 section 7.1) and are freed with their event.
 */
IMAP4_API int imap4_uid_set_new(imap4_uid_set **out, const imap4_allocator *allocator);
IMAP4_API int imap4_seq_set_new(imap4_seq_set **out, const imap4_allocator *allocator);

/** Frees a set made by imap4_*_set_new(). NULL is fine. */
IMAP4_API void imap4_uid_set_free(imap4_uid_set *set);
IMAP4_API void imap4_seq_set_free(imap4_seq_set *set);

/**
 * Adds first..last, both included, in either order; IMAP4_SET_STAR as `last` means all from `first` on. A `first` of 0
 * is IMAP4_ERROR_ARGUMENT: it is what stands where a number was never learned. IMAP4_ERROR_MEMORY leaves the set as it
 * was.
 */
IMAP4_API int imap4_uid_set_add(imap4_uid_set *set, uint32_t first, uint32_t last);
IMAP4_API int imap4_seq_set_add(imap4_seq_set *set, uint32_t first, uint32_t last);

/** Adds `*` alone: the message with the highest number, whichever that is when the server looks. */
IMAP4_API int imap4_uid_set_add_newest(imap4_uid_set *set);
IMAP4_API int imap4_seq_set_add_newest(imap4_seq_set *set);

/** Adds what a text such as "1:5,7,9:*" names; IMAP4_ERROR_ARGUMENT, and nothing added, if it is not a set, or
 * IMAP4_ERROR_MEMORY. */
IMAP4_API int imap4_uid_set_parse(imap4_uid_set *set, const char *text, size_t len);
IMAP4_API int imap4_seq_set_parse(imap4_seq_set *set, const char *text, size_t len);

/** How many ranges there are. All functions that only read take NULL for an empty set. */
IMAP4_API size_t imap4_uid_set_ranges(const imap4_uid_set *set);
IMAP4_API size_t imap4_seq_set_ranges(const imap4_seq_set *set);

/** Where a walk stands: frozen. Begin with all zero; the set must not change while it is walked. */
typedef struct imap4_set_cursor {
    const void *block;
    uint64_t at;
    uint64_t within;
} imap4_set_cursor;

/**
 * Walks the ranges in order. Start with a zeroed cursor; 1 and both ends of the next range, or 0 at the end.
 * `first <= last`, also where the server wrote it the other way round, which means the same (RFC 9051 section 9); for
 * `n:*` the last is IMAP4_SET_STAR, for a lone `*` both are.
 */
IMAP4_API int imap4_uid_set_next_range(const imap4_uid_set *set, imap4_set_cursor *cursor, uint32_t *first_out,
                                       uint32_t *last_out);
IMAP4_API int imap4_seq_set_next_range(const imap4_seq_set *set, imap4_set_cursor *cursor, uint32_t *first_out,
                                       uint32_t *last_out);

/** How many numbers the ranges hold together. `n:*` counts as two, n and `*`, since nobody knows what is between. */
IMAP4_API uint64_t imap4_uid_set_count(const imap4_uid_set *set);
IMAP4_API uint64_t imap4_seq_set_count(const imap4_seq_set *set);

/** 1 if the number is in the set. `n:*` contains everything from n on; a lone `*` contains nothing that is known. */
IMAP4_API int imap4_uid_set_contains(const imap4_uid_set *set, uint32_t uid);
IMAP4_API int imap4_seq_set_contains(const imap4_seq_set *set, uint32_t number);

/**
 * Walks the numbers one by one, in order. Start with a zeroed cursor; 1 and the next number, or 0 at the end.
 * `*` is returned as IMAP4_SET_STAR, and a range that ends in `*` gives its first number and then IMAP4_SET_STAR.
 */
IMAP4_API int imap4_uid_set_next(const imap4_uid_set *set, imap4_set_cursor *cursor, uint32_t *uid_out);
IMAP4_API int imap4_seq_set_next(const imap4_seq_set *set, imap4_set_cursor *cursor, uint32_t *number_out);

#ifdef __cplusplus
}
#endif

#endif
