/* Untagged data: what it means for the connection, and whose it is. */
#ifndef IMAP4_CONN_UNTAGGED_H
#define IMAP4_CONN_UNTAGGED_H

#include "conn/event.h"
#include "conn/request.h"
#include "grammar/response.h"

/* Applies untagged data to the connection's state and labels the event. IMAP4_OK, IMAP4_ERROR_MEMORY. */
int imap4__untagged(imap4_conn *conn, imap4__event *event, const imap4__response *response);

/* The same for a status response only, the greeting included; *owner_out is whose it is. */
int imap4__untagged_text(imap4_conn *conn, imap4_resp_text *text, imap4__request **owner_out);

#endif
