/* Finding where strings end in a framed response; what token and value share. */
#ifndef IMAP4_WIRE_SCAN_H
#define IMAP4_WIRE_SCAN_H

#include "wire/token.h"

/* A string as it lies in the response. */
typedef struct imap4__span {
    const uint8_t *text;  /* quoted: between the quotes, escapes included; literal: what is there or was gathered */
    size_t len;
    const uint8_t *after; /* behind it, a line end that the server did not count included */
    uint64_t size;        /* literal: as announced */
    int escapes;          /* quoted: there are backslashes */
    int streamed;         /* literal: its content went out as a stream */
    int gathered;         /* literal: `text` lies in the arena already, with a NUL behind it */
} imap4__span;

/* 1, 0 if no string stands at the cursor, or IMAP4_ERROR_PROTOCOL if it has no end. The cursor stays. */
int imap4__scan_string(const imap4__cursor *cur, imap4__span *out);

/* The end of the atom at the cursor; the cursor's own place if there is none. */
const uint8_t *imap4__scan_atom(const imap4__cursor *cur);

/*
 * The run that was read as it arrived and lies at the cursor, or NULL; _run only if it left bytes there, which are not
 * to be read as text. And what lies behind it.
 */
const imap4__hole *imap4__scan_hole(const imap4__cursor *cur);
const imap4__hole *imap4__scan_run(const imap4__cursor *cur);
const uint8_t *imap4__scan_behind(const imap4__cursor *cur, const imap4__hole *run);

/*
 * One step over whatever stands at the cursor, which is not at its end. A quote that nothing closes is a byte like
 * others, and so are all after it: *quotes, 1 at the start, becomes 0. To look for an end at each costs the square.
 */
void imap4__scan_step(imap4__cursor *cur, int *quotes);

#endif
