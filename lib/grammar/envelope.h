/* ENVELOPE (RFC 9051 section 7.5.2). */
#ifndef IMAP4_GRAMMAR_ENVELOPE_H
#define IMAP4_GRAMMAR_ENVELOPE_H

#include "grammar/response.h"

/*
 * Reads "(" fields ")". 1, 0 if there is no parenthesis, or an error. What cannot be read inside is left out, with
 * damage. If only the end of the envelope could be made out, *out stays, with damage too.
 */
int imap4__envelope_read(imap4__cursor *cur, imap4__response *response, const imap4_envelope **out);

#endif
