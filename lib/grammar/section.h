/* Names of sections: BODY[...], BINARY[...], RFC822... (RFC 9051 section 7.5.2 and 9, section). */
#ifndef IMAP4_GRAMMAR_SECTION_H
#define IMAP4_GRAMMAR_SECTION_H

#include "wire/token.h"

#include <imap4/message.h>

/*
 * Passes over the name of a section without building anything. 1, or 0 with nothing consumed if it is none, is cut off,
 * or holds a literal.
 */
int imap4__section_skip(imap4__cursor *cur);

/* Reads a name with a part alone in its brackets, "BINARY.SIZE[1.2]". 1, 0 if it is none, or an error. */
int imap4__section_part_read(imap4__cursor *cur, imap4_str *part);

#endif
