/* XAPPLEPUSHSERVICE, Apple's own. */
#ifndef IMAP4_GRAMMAR_PUSH_H
#define IMAP4_GRAMMAR_PUSH_H

#include "grammar/response.h"

/* Reads what follows the word into data.params. 1, 0 if it cannot be read, or an error. */
int imap4__push_read(imap4__cursor *cur, imap4__response *response);

#endif
