/* ACL, LISTRIGHTS and MYRIGHTS (RFC 4314 section 3.6 to 3.8). */
#ifndef IMAP4_GRAMMAR_ACL_H
#define IMAP4_GRAMMAR_ACL_H

#include "grammar/response.h"

/* All read what follows the word. 1, 0 if it cannot be read, or an error. */
int imap4__acl_read(imap4__cursor *cur, imap4__response *response);
int imap4__list_rights_read(imap4__cursor *cur, imap4__response *response);
int imap4__my_rights_read(imap4__cursor *cur, imap4__response *response);

#endif
