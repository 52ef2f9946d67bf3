/* CONVERTED (RFC 5259 section 10). */
#ifndef IMAP4_GRAMMAR_CONVERTED_H
#define IMAP4_GRAMMAR_CONVERTED_H

#include "grammar/response.h"

/*
 * Reads what follows the word; response->number is the message's. 1, 0 if it cannot be read, or an error. Damaged items
 * are left out and counted in the response.
 */
int imap4__converted_read(imap4__cursor *cur, imap4__response *response);

#endif
