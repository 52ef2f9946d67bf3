/*
 * One framed response becomes one typed thing (RFC 9051 section 7). The only entrance to the grammar for the engine,
 * besides grammar/walk.h.
 */
#ifndef IMAP4_GRAMMAR_RESPONSE_H
#define IMAP4_GRAMMAR_RESPONSE_H

#include "wire/token.h"

#include <imap4/event.h>

typedef enum imap4__response_kind {
    IMAP4__RESPONSE_UNTAGGED = 1,
    IMAP4__RESPONSE_TAGGED = 2,
    IMAP4__RESPONSE_CONTINUE = 3
} imap4__response_kind;

typedef struct imap4__response {
    int kind;        /* imap4__response_kind */
    imap4_str tag;   /* TAGGED: slice of the response, not copied; also of a line that would be, but has no status */
    int event;       /* UNTAGGED: the imap4_event_kind this would be; status responses are IMAP4_EVENT_TEXT */
    uint64_t number; /* EXISTS, RECENT, EXPUNGE; message number of FETCH */
    imap4_event_data data;    /* in the arena, typed by `event`; for TAGGED the resp_text */
    imap4_str rest;           /* CONTINUE: what follows "+ ", as sent, not copied */
    uint32_t damaged;         /* parts that could not be read and were left out (a FETCH item, an address list) */
    const uint8_t *damage_at; /* the first of them */
    const char *damage_what;  /* static text: "FETCH ENVELOPE" */

    /* the grammar's own */
    const char *reading; /* what is being read, for damage_what */
    uint32_t elements;   /* parts, addresses, parameters and items so far, against list_limit */
    int loose;           /* 1: strings are read by the second reading of quote.h */
    uint32_t stray;      /* quotes found where none can be */
    uint64_t again;      /* bytes that were read a second time, against what quote.c allows */
} imap4__response;

/*
 * Reads the response under the cursor, from its first byte.
 *
 * IMAP4_OK; IMAP4_ERROR_MEMORY (nothing is to be used); IMAP4_ERROR_PROTOCOL or IMAP4_ERROR_LIMIT when even the
 * smallest thing around the trouble is the response itself: then `kind`, `tag`, `event` and `number` are set as far as
 * they were understood (a tagged line always has kind, tag and data.text with at least a status, OTHERWISE it is
 * UNTAGGED with event IMAP4_EVENT_DAMAGE) and damage_at, damage_what say where and what. Unknown responses are
 * IMAP4_EVENT_UNKNOWN with a value tree.
 */
int imap4__response_read(imap4__cursor *cur, imap4__response *out);

/* Inside the grammar: something at `at` was left out, as part of what is being read. */
void imap4__response_damage(imap4__response *response, const uint8_t *at);

/* Inside the grammar: one more element that takes memory. IMAP4_OK, or IMAP4_ERROR_LIMIT beyond list_limit. */
int imap4__response_count(imap4__response *response, const imap4__cursor *cur);

#endif
