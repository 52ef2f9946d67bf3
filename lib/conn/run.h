/* Long lists of numbers: read as they arrive, into the pending event, and cut out of the buffer. */
#ifndef IMAP4_CONN_RUN_H
#define IMAP4_CONN_RUN_H

#include <imap4/conn.h>

/* One begins at the framer's position. 1, or IMAP4_ERROR_MEMORY. */
int imap4__conn_run_begin(imap4_conn *conn);

/* Some of it. 1: went on, 0: more must come, or IMAP4_ERROR_MEMORY. */
int imap4__conn_run_step(imap4_conn *conn);

/* Its response is thrown away: the framer goes on behind what was read. */
void imap4__conn_run_drop(imap4_conn *conn);

#endif
