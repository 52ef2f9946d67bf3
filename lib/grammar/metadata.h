/* METADATA (RFC 5464 section 4.4). */
#ifndef IMAP4_GRAMMAR_METADATA_H
#define IMAP4_GRAMMAR_METADATA_H

#include "grammar/response.h"

/* Reads what follows the word. 1, 0 if it cannot be read, or an error. */
int imap4__metadata_read(imap4__cursor *cur, imap4__response *response);

#endif
