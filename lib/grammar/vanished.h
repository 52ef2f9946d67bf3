/* VANISHED (RFC 7162 section 3.2.10). */
#ifndef IMAP4_GRAMMAR_VANISHED_H
#define IMAP4_GRAMMAR_VANISHED_H

#include "grammar/response.h"

/* Reads what follows the word. 1, 0 if it cannot be read, or an error. */
int imap4__vanished_read(imap4__cursor *cur, imap4__response *response);

#endif
