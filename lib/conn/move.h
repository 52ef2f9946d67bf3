/* MOVE: the COPYUIDs it brings, and the single steps where the server cannot do it at once (RFC 6851 section 3.3). */
#ifndef IMAP4_CONN_MOVE_H
#define IMAP4_CONN_MOVE_H

#include "conn/request.h"

#include <imap4/conn.h>

/* 1 if what goes out is MOVE itself: the only command for which an untagged COPYUID counts (CVE-2021-3578). */
int imap4__move_direct(const imap4__request *request);

/* Keeps a COPYUID for the done event; several, which servers that move in batches send, become one. IMAP4_OK or
 * IMAP4_ERROR_MEMORY. */
int imap4__move_copied(imap4__request *request, const imap4_resp_text *text);

/*
 * A step of the fallback succeeded with this answer: prepares the next one. 1 if there is one, 0 if it ends here, or
 * IMAP4_ERROR_MEMORY, and then nothing has changed.
 */
int imap4__move_next(imap4_conn *conn, imap4__request *request, const imap4_resp_text *text);

#endif
