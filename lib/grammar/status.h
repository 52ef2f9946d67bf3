/* STATUS (RFC 9051 section 7.3.4). */
#ifndef IMAP4_GRAMMAR_STATUS_H
#define IMAP4_GRAMMAR_STATUS_H

#include "grammar/response.h"

/* Reads what follows the word. 1, 0 if it cannot be read, or an error. */
int imap4__status_read(imap4__cursor *cur, imap4__response *response);

#endif
