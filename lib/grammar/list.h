/* LIST, LSUB, XLIST (RFC 9051 section 7.3.1). */
#ifndef IMAP4_GRAMMAR_LIST_H
#define IMAP4_GRAMMAR_LIST_H

#include "grammar/response.h"

/* Reads what follows the word; `kind` is an imap4_list_kind. 1, 0 if it cannot be read, or an error. */
int imap4__list_read(imap4__cursor *cur, int kind, imap4__response *response);

#endif
