/* Lists of ranges of message numbers: the inside of imap4_uid_set and imap4_seq_set. */
#ifndef IMAP4_WIRE_SET_H
#define IMAP4_WIRE_SET_H

#include "base/arena.h"

#include <imap4/set.h>

typedef struct imap4__range {
    uint32_t first;
    uint32_t last; /* IMAP4_SET_STAR: `*` */
} imap4__range;

/* imap4_uid_set and imap4_seq_set are this; the two names exist for the compiler's sake. */
typedef struct imap4__set {
    imap4_allocator mem;  /* unused when the ranges live in an arena */
    imap4__range *ranges;
    size_t count;
    size_t capacity;
    int unordered;        /* 1: wire order, not ascending and merged, so that searching must look at every range */
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

/* A copy whose struct and ranges live in the arena; NULL: no memory. */
imap4__set *imap4__set_copy(imap4__arena *arena, const imap4__set *set);

/* Reads "1:5,7" in wire order into an arena (no merging but of direct neighbours n,n+1 is allowed: order must stay).
 * IMAP4_OK, IMAP4_ERROR_PROTOCOL, IMAP4_ERROR_MEMORY. */
int imap4__set_read(imap4__arena *arena, const char *text, size_t len, imap4__set **out);

/* Appends one number in wire order; consecutive ascending numbers join. For SEARCH. */
int imap4__set_append(imap4__arena *arena, imap4__set *set, uint32_t number);

int imap4__set_overlaps(const imap4__set *a, const imap4__set *b); /* both ascending and merged; `*` overlaps any */

#endif
