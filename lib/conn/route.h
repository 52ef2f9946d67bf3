/* Whose data is it? A framed response becomes events, state and the ends of requests. */
#ifndef IMAP4_CONN_ROUTE_H
#define IMAP4_CONN_ROUTE_H

#include "conn/request.h"

/* The current response, read and applied as a whole or not at all. IMAP4_OK, IMAP4_ERROR_MEMORY, or IMAP4_ERROR_LIMIT: it
 * must be skipped. */
int imap4__route(imap4_conn *conn);

/* The current response, which was over a limit and of which only the beginning is left. IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__route_skipped(imap4_conn *conn);

/* 1 while a command is in flight whose success changes the layers. */
int imap4__route_layer_due(const imap4_conn *conn);

#endif
