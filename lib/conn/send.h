/* Writing the request whose turn it is: bytes, literals, waits (RFC 9051 section 4.3 and 2.2.1). */
#ifndef IMAP4_CONN_SEND_H
#define IMAP4_CONN_SEND_H

#include "conn/request.h"

#include <imap4/conn.h>

/* Begins to write the request: gives it its tag and encodes it. IMAP4_OK; IMAP4_ERROR_MEMORY; or why it cannot be written
 * (IMAP4_ERROR_ARGUMENT), and then nothing was. The request moves from the queue to those in flight. */
int imap4__send_begin(imap4_conn *conn, imap4__request *request);

/* Writes on as far as it goes. IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__send_run(imap4_conn *conn);

/* The server said `+`. IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__send_continue(imap4_conn *conn, imap4_str rest);

/* The server refused what is being written. 1: it stops here; 0: an announced literal must be finished first. */
int imap4__send_refused(imap4_conn *conn);

/* Makes the wanted event if something is wanted and was not yet. IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__send_want(imap4_conn *conn);

#endif
