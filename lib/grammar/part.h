/* One part of a body structure, without the parts inside it (RFC 9051 section 7.5.2 and 9, body). */
#ifndef IMAP4_GRAMMAR_PART_H
#define IMAP4_GRAMMAR_PART_H

#include "grammar/response.h"

/*
 * Reads a part that does not begin with parts, from behind its "(". 1 when it is complete, closing parenthesis
 * included; 2 when the "(" of the body inside this message follows; or an error.
 */
int imap4__part_read(imap4__cursor *cur, imap4__response *response, imap4_body *body);

/*
 * Reads what follows the parts inside a multipart, or the body inside a message, up to the closing ")". 1 or an error.
 */
int imap4__part_finish(imap4__cursor *cur, imap4__response *response, imap4_body *body);

#endif
