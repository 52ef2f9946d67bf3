/* QUOTA and QUOTAROOT (RFC 9208 section 4.2). */
#ifndef IMAP4_GRAMMAR_QUOTA_H
#define IMAP4_GRAMMAR_QUOTA_H

#include "grammar/response.h"

/* Both read what follows the word. 1, 0 if it cannot be read, or an error. */
int imap4__quota_read(imap4__cursor *cur, imap4__response *response);
int imap4__quota_root_read(imap4__cursor *cur, imap4__response *response);

#endif
