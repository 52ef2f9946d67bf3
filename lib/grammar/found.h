/* Lists of message numbers where responses and codes hold them (RFC 9051 section 9, sequence-set). */
#ifndef IMAP4_GRAMMAR_FOUND_H
#define IMAP4_GRAMMAR_FOUND_H

#include "grammar/response.h"

/* A reader of several lists in one response. */
typedef struct imap4__found {
    imap4__cursor *cur;
    int kind;          /* imap4__run_kind */
    imap4__set *set;   /* of imap4__found_more: what was found; NULL: nothing */
    const uint8_t *at; /* where the last list began */
    int quotes;        /* 1: so far quotes were closed */
    int lists;         /* 1: so far parentheses were */
} imap4__found;

/* `{cur, kind}` with everything else at its beginning. */
imap4__found imap4__found_begin(imap4__cursor *cur, int kind);

/*
 * Reads the list at the cursor, which may have spaces before it. *bad_out counts what was no number in it. 1, 0 with
 * nothing but spaces consumed, or IMAP4_ERROR_MEMORY.
 */
int imap4__found_set(imap4__found *found, imap4__set **out, uint32_t *bad_out);

typedef enum imap4__found_step {
    IMAP4__FOUND_END = 0,
    IMAP4__FOUND_LIST = 1,
    IMAP4__FOUND_OTHER = 2 /* something that is no list, and no space */
} imap4__found_step;

/* Appends the next list to found->set. An imap4__found_step, or an error. What is no number in the list is damage. */
int imap4__found_more(imap4__found *found, imap4__response *response);

/* Passes over the other thing. The cursor is not at the end. */
void imap4__found_skip(imap4__found *found);

/* The same, and it is damage. */
void imap4__found_pass(imap4__found *found, imap4__response *response);

/* So many things in the list at `at` were no numbers. */
void imap4__found_damage(imap4__response *response, const uint8_t *at, uint32_t bad);

/* The set under its public names; NULL for an empty one. */
const imap4_uid_set *imap4__found_uids(const imap4__set *set);
const imap4_seq_set *imap4__found_numbers(const imap4__set *set);

#endif
