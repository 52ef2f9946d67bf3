/* What may go now: the ordering rules of RFC 9051 section 5.5, read from the request table. */
#ifndef IMAP4_CONN_QUEUE_H
#define IMAP4_CONN_QUEUE_H

#include <imap4/conn.h>

/* Sends what may be sent, and ends what never can be. IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__queue_run(imap4_conn *conn);

#endif
