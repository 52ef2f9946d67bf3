/* Names with generic values: what servers say beyond what is known by name. */
#ifndef IMAP4_GRAMMAR_NAMED_H
#define IMAP4_GRAMMAR_NAMED_H

#include "grammar/response.h"

/*
 * Copies the name, reads the value behind it (there may be none) and appends both at *tail, which moves. 1 or an error.
 */
int imap4__named_read(imap4__cursor *cur, imap4__response *response, imap4_str name, const imap4_named_value ***tail);

/* Reads values up to a ")" (which stays) or the end. 1 or an error; what was read before it is in *out. */
int imap4__values_read(imap4__cursor *cur, imap4__response *response, const imap4_value **out);

#endif
