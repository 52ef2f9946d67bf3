/* Response codes: resp-text-code (RFC 9051 section 7.1 and the extensions that text.h names). */
#ifndef IMAP4_GRAMMAR_CODE_H
#define IMAP4_GRAMMAR_CODE_H

#include "wire/token.h"

#include <imap4/text.h>

/*
 * Reads "[" code "]" into `text`. Codes are advisory: one that is not understood is IMAP4_CODE_OTHER, and one that has
 * no end is text. 1 if a code was read, 0 with nothing consumed, or IMAP4_ERROR_MEMORY.
 */
int imap4__code_read(imap4__cursor *cur, imap4_resp_text *text);

#endif
