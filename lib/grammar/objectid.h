/* Object identifiers, where several come in one list (draft of RFC 8474's successor). */
#ifndef IMAP4_GRAMMAR_OBJECTID_H
#define IMAP4_GRAMMAR_OBJECTID_H

#include "wire/token.h"

#include <imap4/message.h>

/* Reads "(" name SP objectid ... ")". 1, 0 if something else stands there, or an error. */
int imap4__objectid_read(imap4__cursor *cur, const imap4_objectid **out);

/* Reads "(" objectid ")", the bare objectid, or NIL. 1, 0 if something else stands there, or an error. */
int imap4__objectid_read_one(imap4__cursor *cur, imap4_str *out);

#endif
