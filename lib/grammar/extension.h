/* Extension data of a body structure (RFC 9051 section 9, body-ext-1part and body-ext-mpart). */
#ifndef IMAP4_GRAMMAR_EXTENSION_H
#define IMAP4_GRAMMAR_EXTENSION_H

#include "grammar/response.h"

/*
 * Reads disposition, languages, location and what follows, as far as they are there, and the closing ")". 1 or an
 * error.
 */
int imap4__extension_read(imap4__cursor *cur, imap4__response *response, imap4_body *body);

/* Reads body-fld-param. Before a ")" it is missing; what is no list is left out, with damage. 1 or an error. */
int imap4__extension_params(imap4__cursor *cur, imap4__response *response, const imap4_param **out);

/* 1 if a disposition stands there: `("inline" ...`, `("attachment" ...`, or `("x" (...`. Consumes nothing. */
int imap4__extension_is_disposition(const imap4__cursor *cur, imap4__response *response);

#endif
