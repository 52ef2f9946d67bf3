/* SEARCH and SORT (RFC 3501 section 7.2.5, RFC 5256 section 4, with the mod-sequence of RFC 7162). */
#ifndef IMAP4_GRAMMAR_SEARCH_H
#define IMAP4_GRAMMAR_SEARCH_H

#include "grammar/response.h"

/*
 * Both read what follows the word. Whether the numbers are UIDs is not known here: `uids` and `numbers` of the result
 * are the same set, and whoever knows clears one. 1, or an error.
 */
int imap4__search_read(imap4__cursor *cur, imap4__response *response);
int imap4__sort_read(imap4__cursor *cur, imap4__response *response);

#endif
