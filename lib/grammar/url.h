/* URLFETCH and GENURLAUTH (RFC 4467, RFC 5524), JMAPACCESS (RFC 9698). */
#ifndef IMAP4_GRAMMAR_URL_H
#define IMAP4_GRAMMAR_URL_H

#include "grammar/response.h"

/* All read what follows the word. 1, 0 if it cannot be read, or an error. The last two give data.names. */
int imap4__urlfetch_read(imap4__cursor *cur, imap4__response *response);
int imap4__genurlauth_read(imap4__cursor *cur, imap4__response *response);
int imap4__jmapaccess_read(imap4__cursor *cur, imap4__response *response);

#endif
