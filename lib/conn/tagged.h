/* The tagged answer: the end of a request, and what its success changes. */
#ifndef IMAP4_CONN_TAGGED_H
#define IMAP4_CONN_TAGGED_H

#include "conn/request.h"
#include "grammar/response.h"

#include <imap4/conn.h>

/* The request in flight that has this tag; NULL if none. */
imap4__request *imap4__tagged_request(const imap4_conn *conn, imap4_str tag);

/* Applies a tagged response. Takes the event when it succeeds. IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__tagged(imap4_conn *conn, imap4__event *event, const imap4__response *response);

/* The answer that had to wait (for the rest of a literal, for a layer) ends its request now. */
void imap4__tagged_finish(imap4_conn *conn, imap4__request *request);

#endif
