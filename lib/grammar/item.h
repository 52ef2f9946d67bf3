/* Names of FETCH items (RFC 9051 section 7.5.2, msg-att-static and msg-att-dynamic). */
#ifndef IMAP4_GRAMMAR_ITEM_H
#define IMAP4_GRAMMAR_ITEM_H

#include "wire/token.h"

/*
 * A name echoes what a command asked for, so it is no longer than commands are. It bounds the work that brackets
 * without an end can cause.
 */
#define IMAP4__ITEM_NAME_MAX 8192

/*
 * Takes the name of any item, known or not, with what it has in brackets: "FLAGS", "BINARY.SIZE[1.2]<0>". A slice. 1,
 * or 0 with nothing consumed if no name stands there, or its brackets hold a literal.
 */
int imap4__item_name(imap4__cursor *cur, imap4_str *slice_out);

#endif
