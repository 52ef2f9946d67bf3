/* Whose data is it? A framed response becomes events, state and the ends of requests. */
#ifndef IMAP4_CONN_ROUTE_H
#define IMAP4_CONN_ROUTE_H

#include "conn/request.h"

/* The current response, read and applied as a whole or not at all. IMAP4_OK, IMAP4_ERROR_MEMORY, or IMAP4_ERROR_LIMIT: it
 * must be skipped. */
int imap4__route(imap4_conn *conn);

/* The current response, which was over a limit and of which only the beginning is left. IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__route_skipped(imap4_conn *conn);

/* Keeps what the server announced. IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__route_capabilities(imap4_conn *conn, const imap4_names *names);

/* 1 while a command is in flight whose success changes the layers. */
int imap4__route_layer_due(const imap4_conn *conn);

/* The request in flight that asked for this section of this message, and how; NULL if none. */
imap4__request *imap4__route_section(imap4_conn *conn, uint32_t seq, uint32_t uid, const imap4_section *section,
                                     const imap4__section_spec **spec_out);

/* 1 if several requests in flight asked for this section, and only the UID, which is not known yet, tells whose it is. */
int imap4__route_section_shared(const imap4_conn *conn, uint32_t seq, const imap4_section *section);

/* 1 if the two may not be in flight together because their answers, or their message numbers, could be mixed up. */
int imap4__route_ambiguous(const imap4__request *flying, const imap4__request *next);

#endif
