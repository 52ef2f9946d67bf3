/* LANGUAGE and COMPARATOR (RFC 5255 section 3.3 and 4.8). */
#ifndef IMAP4_GRAMMAR_LANGUAGE_H
#define IMAP4_GRAMMAR_LANGUAGE_H

#include "grammar/response.h"

/* Both read what follows the word. 1, 0 if it cannot be read, or an error. LANGUAGE gives data.names. */
int imap4__language_read(imap4__cursor *cur, imap4__response *response);
int imap4__comparator_read(imap4__cursor *cur, imap4__response *response);

#endif
