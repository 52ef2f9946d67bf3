/* Which server software speaks: guesses from what it says of itself. */
#ifndef IMAP4_GRAMMAR_SERVER_H
#define IMAP4_GRAMMAR_SERVER_H

#include <imap4/mailbox.h>
#include <imap4/message.h>
#include <imap4/server.h>
#include <imap4/types.h>

/* All give an imap4_server, IMAP4_SERVER_UNKNOWN if there is nothing to tell by. */
int imap4__server_of_greeting(imap4_str text);      /* the greeting's text, its response code left out or not */
int imap4__server_of_capability(imap4_str name);    /* one capability */
int imap4__server_of_id(const imap4_param *params); /* the answer to ID; NULL is fine */

#endif
