/* UIDBATCHES (RFC 10022). */
#ifndef IMAP4_GRAMMAR_BATCHES_H
#define IMAP4_GRAMMAR_BATCHES_H

#include "grammar/response.h"

/* Reads what follows the word. 1, or an error. */
int imap4__batches_read(imap4__cursor *cur, imap4__response *response);

#endif
