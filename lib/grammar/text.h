/* Status responses: resp-text with its response code (RFC 9051 section 7.1). */
#ifndef IMAP4_GRAMMAR_TEXT_H
#define IMAP4_GRAMMAR_TEXT_H

#include "wire/token.h"

#include <imap4/event.h>

/* The imap4_status of a word, compared without case; IMAP4_STATUS_NONE if it is none. */
int imap4__status_number(imap4_str word);

/* Reads what follows the status word, up to the end. Never refuses: 1, or IMAP4_ERROR_MEMORY. */
int imap4__resp_text_read(imap4__cursor *cur, int status, imap4_resp_text **out);

#endif
