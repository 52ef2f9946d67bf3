/* Lists of ranges of message numbers: the inside of imap4_uid_set and imap4_seq_set. */
#ifndef IMAP4_WIRE_SET_H
#define IMAP4_WIRE_SET_H

#include "wire/numbers.h"

typedef struct imap4__range {
    uint32_t first;
    uint32_t last; /* IMAP4_SET_STAR: `*` */
} imap4__range;

/*
 * imap4_uid_set and imap4_seq_set are this; the two names exist for the compiler's sake. A set is either made by a
 * program, and then its ranges are an array, ascending and merged; or it came over the wire, and then it has `numbers`.
 * Use the functions below, which know both.
 */
typedef struct imap4__set {
    imap4_allocator mem;      /* unused when the ranges live in an arena */
    imap4__range *ranges;
    size_t count;
    size_t capacity;
    imap4__numbers *numbers;  /* wire sets: the numbers, in the arena of the set. NULL: the ranges above */
} imap4__set;

/* What imap4_uid_set_* and imap4_seq_set_* say in set.h. */
int imap4__set_new(imap4__set **out, const imap4_allocator *allocator);
void imap4__set_free(imap4__set *set);
int imap4__set_add(imap4__set *set, uint32_t first, uint32_t last);
int imap4__set_parse(imap4__set *set, const char *text, size_t len);
size_t imap4__set_ranges(const imap4__set *set);
int imap4__set_next_range(const imap4__set *set, imap4_set_cursor *cursor, uint32_t *first_out, uint32_t *last_out);
uint64_t imap4__set_count(const imap4__set *set);
int imap4__set_next(const imap4__set *set, imap4_set_cursor *cursor, uint32_t *number_out);
int imap4__set_contains(const imap4__set *set, uint32_t number);

/* An empty wire set in an arena, to be filled through `numbers`; NULL: no memory. */
imap4__set *imap4__set_of_wire(imap4__arena *arena);

/* The numbers of a wire set once more, in another arena; NULL: no memory. */
imap4__set *imap4__set_copy(imap4__arena *arena, const imap4__set *set);

/* Another wire set of the same numbers, which are not copied: both live in one arena. NULL: no memory. */
imap4__set *imap4__set_share(imap4__arena *arena, const imap4__set *set);

/* Appends a wire set to a wire set, both in one arena, in their order; nothing is copied, `more` stays as it is. */
void imap4__set_join(imap4__set *set, const imap4__set *more);

/*
 * Arguments of commands (merge.c): the set as ranges, ascending and merged, in the arena; NULL: no memory. Of such a
 * set only may be asked whether it reaches `*`, its largest number, and whether it holds all of first..last.
 */
imap4__set *imap4__set_merged(imap4__arena *arena, const imap4__set *set);
int imap4__set_has_star(const imap4__set *merged);
uint32_t imap4__set_largest(const imap4__set *merged);
int imap4__set_covers(const imap4__set *merged, uint32_t first, uint32_t last);

/* The text of a set, "1:5,7"; IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__set_text(imap4__arena *arena, const imap4__set *set, imap4_str *out);

/* Is any number in both? `*` may be any number. */
int imap4__set_overlaps(const imap4__set *a, const imap4__set *b);

#endif
