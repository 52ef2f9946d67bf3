/* THREAD (RFC 5256 section 4). */
#ifndef IMAP4_GRAMMAR_THREAD_H
#define IMAP4_GRAMMAR_THREAD_H

#include "grammar/response.h"

/* Reads what follows the word. 1, or an error. */
int imap4__thread_read(imap4__cursor *cur, imap4__response *response);

#endif
