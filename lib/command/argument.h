/* A program's text in a command: what is let through, and how it is written (RFC 9051 section 9). */
#ifndef IMAP4_COMMAND_ARGUMENT_H
#define IMAP4_COMMAND_ARGUMENT_H

#include "wire/emit.h"

int imap4__valid_atom(imap4_str text);    /* 1*ATOM-CHAR, and not NIL */
int imap4__valid_field(imap4_str text);   /* the name of a header field (RFC 5322 section 2.2) */
int imap4__valid_charset(imap4_str text); /* an atom, or short enough to be quoted by every server */
int imap4__valid_part(imap4_str text);    /* "1.2"; also "" for the whole message */

void imap4__emit_refuse(imap4__emit *emit, int result); /* the first refusal counts */

/* Text that passed one of the tests above: as an atom where it is one, quoted otherwise. */
void imap4__emit_word(imap4__emit *emit, imap4_str text);

#endif
