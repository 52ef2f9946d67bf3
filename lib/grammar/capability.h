/* Lists of names: CAPABILITY and ENABLED (RFC 9051 section 7.2.2 and 7.2.1). */
#ifndef IMAP4_GRAMMAR_CAPABILITY_H
#define IMAP4_GRAMMAR_CAPABILITY_H

#include "grammar/strs.h"

#include <imap4/event.h>

/* Reads names up to the end, or up to (and without) the byte `stop`, -1 for none. 1 or an error. */
int imap4__names_read(imap4__cursor *cur, int stop, imap4_names **out);

/* Names from what was collected in the arena. 1 or IMAP4_ERROR_MEMORY. */
int imap4__names_make(imap4__cursor *cur, const imap4__strs *list, imap4_names **out);

/* Reads "(" names ")" of astrings. 1, 0 if there is no list, or an error. */
int imap4__names_read_list(imap4__cursor *cur, imap4_names **out);

#endif
