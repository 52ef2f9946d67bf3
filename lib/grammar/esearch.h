/* ESEARCH (RFC 4731 section 3.1, RFC 9051 section 7.3.4, with what RFC 5267, 6203, 7162, 7377 and 9394 add). */
#ifndef IMAP4_GRAMMAR_ESEARCH_H
#define IMAP4_GRAMMAR_ESEARCH_H

#include "grammar/response.h"

/*
 * Reads what follows the word. Where the response says UID, only `uids` are set; otherwise `uids` and `numbers` are the
 * same set, and whoever knows clears one. Damaged data are left out and counted in the response. 1, or an error.
 */
int imap4__esearch_read(imap4__cursor *cur, imap4__response *response);

#endif
