/* ID (RFC 2971). */
#ifndef IMAP4_GRAMMAR_ID_H
#define IMAP4_GRAMMAR_ID_H

#include "grammar/response.h"

/* Reads what follows the word; NIL gives NULL. 1, 0 if it cannot be read, or an error. */
int imap4__id_read(imap4__cursor *cur, imap4__response *response);

#endif
