/* ANNOTATION of messages (RFC 5257 section 4.3). */
#ifndef IMAP4_GRAMMAR_ANNOTATION_H
#define IMAP4_GRAMMAR_ANNOTATION_H

#include "grammar/response.h"

/* Reads "(" entries ")", each with its attributes if they are said, or NIL. 1, 0 if it cannot be read, or an error. */
int imap4__annotations_read(imap4__cursor *cur, imap4__response *response, const imap4_annotation **out);

#endif
