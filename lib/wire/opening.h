/* What the first bytes of a response say about how it is to be framed. */
#ifndef IMAP4_WIRE_OPENING_H
#define IMAP4_WIRE_OPENING_H

#include <imap4/types.h>

#define IMAP4__OPENING_UNDECIDED (-1) /* the bytes end too early to tell */

typedef struct imap4__opening {
    int status; /* 1: a status response, a continuation or a tagged line: one line, without quotes and literals */
    int run;    /* imap4__run_kind of the lists of numbers in it */
} imap4__opening;

/* Reads the beginning of a response, whose first byte is no space. 1, or UNDECIDED. */
int imap4__opening_read(const uint8_t *at, size_t len, imap4__opening *out);

/* Does a line begin like a response of its own: `* `, `+ `, or a tag and OK, NO or BAD? 1, 0, or UNDECIDED. */
int imap4__opening_begins(const uint8_t *at, size_t len);

#endif
