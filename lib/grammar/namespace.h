/* NAMESPACE (RFC 9051 section 7.3.3, RFC 2342). */
#ifndef IMAP4_GRAMMAR_NAMESPACE_H
#define IMAP4_GRAMMAR_NAMESPACE_H

#include "grammar/response.h"

/* Reads what follows the word. 1, 0 if it cannot be read, or an error. */
int imap4__namespace_read(imap4__cursor *cur, imap4__response *response);

#endif
