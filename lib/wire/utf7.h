/* Modified UTF-7 of mailbox names (RFC 3501 section 5.1.3). */
#ifndef IMAP4_WIRE_UTF7_H
#define IMAP4_WIRE_UTF7_H

#include "base/arena.h"
#include "base/buf.h"

/* Appends the wire form of valid UTF-8; IMAP4_ERROR_ARGUMENT for invalid UTF-8 or NUL. */
int imap4__utf7_encode(imap4__buf *out, const char *text, size_t len);

/* UTF-8 of a wire name. What is not valid modified UTF-7 is given back unchanged. IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__utf7_decode(imap4__arena *arena, const char *wire, size_t len, imap4_str *out);

/* A mailbox name for people: decoded unless `utf8`, INBOX in capitals whatever its case. */
int imap4__mailbox_name(imap4__arena *arena, imap4_str raw, int utf8, imap4_str *out);

#endif
