/* The AUTHENTICATE flow (RFC 9051 section 6.2.2, RFC 4959). */
#ifndef IMAP4_CONN_AUTH_H
#define IMAP4_CONN_AUTH_H

#include "conn/request.h"
#include "wire/emit.h"

/* Writes the mechanism, and the initial response where it may go along. Errors stay in `emit`. */
void imap4__auth_begin(imap4_conn *conn, imap4__request *request, imap4__emit *emit);

/* A challenge: answers it, or gives up with `*`. IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__auth_continue(imap4_conn *conn, imap4__request *request, imap4_str challenge);

#endif
