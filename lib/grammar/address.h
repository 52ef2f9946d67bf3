/* Address lists of ENVELOPE (RFC 9051 section 7.5.2 and 9, env-from and the like). */
#ifndef IMAP4_GRAMMAR_ADDRESS_H
#define IMAP4_GRAMMAR_ADDRESS_H

#include "grammar/response.h"

/*
 * Reads an address list, which may be NIL, or missing before a ")". Each group that begins ends, even if the server
 * does not say so. What is no address is left out, with damage. 1 or an error.
 */
int imap4__addresses_read(imap4__cursor *cur, imap4__response *response, const imap4_address **out);

#endif
