/* Names of mailboxes (RFC 9051 section 9, mailbox). */
#ifndef IMAP4_GRAMMAR_MAILBOX_H
#define IMAP4_GRAMMAR_MAILBOX_H

#include "wire/token.h"

/* Reads an astring: as it is on the wire, and as UTF-8. 1, 0 if something else stands there, or an error. */
int imap4__mailbox_read(imap4__cursor *cur, imap4_str *name, imap4_str *raw);

/* The same between parentheses, as in `OLDNAME ("old")`; nothing is set unless all of it was read. */
int imap4__mailbox_read_listed(imap4__cursor *cur, imap4_str *name, imap4_str *raw);

#endif
