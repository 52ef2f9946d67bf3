/* BODY and BODYSTRUCTURE: the tree of parts (RFC 9051 section 7.5.2 and 9, body). */
#ifndef IMAP4_GRAMMAR_BODY_H
#define IMAP4_GRAMMAR_BODY_H

#include "grammar/response.h"

/* Reads the tree from its "(". 1, 0 if there is no parenthesis, or an error. */
int imap4__body_read(imap4__cursor *cur, imap4__response *response, const imap4_body **out);

#endif
