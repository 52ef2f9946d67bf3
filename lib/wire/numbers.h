/*
 * Lists of numbers in the order of the wire, compactly: what SEARCH, SORT, ESEARCH, VANISHED and COPYUID say.
 *
 * A list is a chain of blocks of 32-bit words in an arena. A word that is not 0 is one number, and two that follow each
 * other are a range; 0 begins a range of three or more and is followed by its first and last number; `n:*` is 0, n, n;
 * a lone `*` is 0, 2, 1. So no list takes more than four bytes a number, a range costs twelve whatever it holds, and
 * nothing is copied while the list grows.
 */
#ifndef IMAP4_WIRE_NUMBERS_H
#define IMAP4_WIRE_NUMBERS_H

#include "base/arena.h"

#include <imap4/set.h>

struct imap4__numbers_block;

typedef struct imap4__numbers {
    struct imap4__numbers_block *first;
    struct imap4__numbers_block *last;
    uint64_t count;      /* numbers in all; `n:*` counts as two */
    size_t ranges;       /* as a walk gives them */
    size_t bytes;        /* of the blocks */
    int unordered;       /* 1: not ascending, so that searching must look at everything */
    int open;            /* 1: the range below is not in the blocks yet, since the next number may extend it */
    uint32_t open_first;
    uint32_t open_last;
} imap4__numbers;

/*
 * Adds first..last in either order (0: `*`). What begins with n+1 joins an n before it, unless it ends in `*`. IMAP4_OK
 * or IMAP4_ERROR_MEMORY, with nothing added.
 */
int imap4__numbers_add(imap4__numbers *numbers, imap4__arena *arena, uint32_t first, uint32_t last);
/* Nothing more comes. IMAP4_OK or IMAP4_ERROR_MEMORY. Only then may the list be read. */
int imap4__numbers_finish(imap4__numbers *numbers, imap4__arena *arena);

/* Appends a finished list to a finished list, nothing is copied: both live in one arena, and `more` stays readable. */
void imap4__numbers_join(imap4__numbers *numbers, const imap4__numbers *more);

int imap4__numbers_next_range(const imap4__numbers *numbers, imap4_set_cursor *cursor, uint32_t *first_out,
                              uint32_t *last_out);
int imap4__numbers_next(const imap4__numbers *numbers, imap4_set_cursor *cursor, uint32_t *number_out);
int imap4__numbers_contain(const imap4__numbers *numbers, uint32_t number);

/* How many numbers a walk over first..last gives: n:* is n and `*`. */
uint64_t imap4__numbers_between(uint32_t first, uint32_t last);

/*
 * The chain itself, which threads use too: room for `count` more words in one piece (NULL: no memory), and the words at
 * a cursor up to the end of their block (NULL: there are no more).
 */
uint32_t *imap4__numbers_room(struct imap4__numbers_block **first, struct imap4__numbers_block **last, size_t *bytes,
                              imap4__arena *arena, uint32_t count);
const uint32_t *imap4__numbers_words(const struct imap4__numbers_block *first, const struct imap4__numbers_block *last,
                                     imap4_set_cursor *cursor, uint32_t *count_out);

#endif
