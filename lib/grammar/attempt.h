/* Items that are read a second time if the first reading left something out. */
#ifndef IMAP4_GRAMMAR_ATTEMPT_H
#define IMAP4_GRAMMAR_ATTEMPT_H

#include "grammar/response.h"

/* Reads an item from its "(". 1 or an error. */
typedef int (*imap4__attempt_reader)(imap4__cursor *cur, imap4__response *response, const void **out);

/*
 * Reads an item by the rules. If that fails or does damage, and there were quotes where none can be, it is read once
 * more with response->loose set, and the reading that does less damage counts. Attempts may be nested. 1 or an error.
 */
int imap4__attempt(imap4__cursor *cur, imap4__response *response, imap4__attempt_reader read, const void **out);

#endif
