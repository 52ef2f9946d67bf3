/* Flag lists (RFC 9051 section 9, flag-list and flag-perm), and the words of lists that look like them. */
#ifndef IMAP4_GRAMMAR_FLAG_H
#define IMAP4_GRAMMAR_FLAG_H

#include "wire/token.h"

#include <imap4/mailbox.h>

/* Reads "(" flags ")" or NIL. 1, 0 if something else stands there, or an error. */
int imap4__flags_read(imap4__cursor *cur, imap4_flags **out);

/*
 * The next word of a list of flags or attributes, behind whose "(" the cursor stands with *depth 1. Nested lists are
 * flattened. The word may be a slice of the response. 1; 0 behind the closing ")"; or an error.
 */
int imap4__flag_next(imap4__cursor *cur, uint32_t *depth, imap4_str *out);

#endif
