/* Responses that are thrown away, since they are beyond a limit: what is kept of them, and when it is too much. */
#ifndef IMAP4_CONN_SKIP_H
#define IMAP4_CONN_SKIP_H

#include <imap4/conn.h>

/* From here on this response is thrown away, and with it what was gathered of it. */
void imap4__skip(imap4_conn *conn);

/* Goes on with the sample of it, which is the same in whatever pieces it comes. */
void imap4__skip_sample(imap4_conn *conn, size_t until);

/* 1 if more was thrown away of one response than may be: then the connection was given up. */
int imap4__skip_too_much(imap4_conn *conn);

#endif
