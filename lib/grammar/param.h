/* Names with values: body-fld-param (RFC 9051 section 9) and id-params-list (RFC 2971 section 3.3). */
#ifndef IMAP4_GRAMMAR_PARAM_H
#define IMAP4_GRAMMAR_PARAM_H

#include "grammar/response.h"

/*
 * Reads "(" name SP value ... ")" or NIL, which gives NULL. A name without a value is dropped; a value of NIL becomes
 * `missing`. 1, 0 if something else stands there, or an error.
 */
int imap4__params_read(imap4__cursor *cur, imap4__response *response, imap4_str missing, const imap4_param **out);

#endif
