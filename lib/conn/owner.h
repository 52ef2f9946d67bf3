/* Whose is it? Which request in flight untagged data belongs to, and which requests could be mixed up. */
#ifndef IMAP4_CONN_OWNER_H
#define IMAP4_CONN_OWNER_H

#include "conn/request.h"

/* The first request in flight that owns this kind of data (IMAP4__OWNS_*); NULL if none. */
imap4__request *imap4__owner(const imap4_conn *conn, uint32_t kind);

/* The STATUS that asked for this mailbox. */
imap4__request *imap4__owner_status(const imap4_conn *conn, const imap4_mailbox_status *status);

/* The search that a result answers: told by its tag, or else the first. */
imap4__request *imap4__owner_search(const imap4_conn *conn, const imap4_search_data *search);

/* The FETCH or STORE that asked for something of what a FETCH response says. */
imap4__request *imap4__owner_fetch(const imap4_conn *conn, const imap4_msg_att *message);

/* The request in flight that asked for this section of this message, and how; NULL if none. */
imap4__request *imap4__owner_section(const imap4_conn *conn, uint32_t seq, uint32_t uid, const imap4_section *section,
                                     const imap4__section_spec **spec_out);

/* 1 if it was asked for by one of the names of rev1, or may have been asked for in words that are not ours. */
int imap4__owner_collects(const imap4_conn *conn, uint32_t seq, uint32_t uid, const imap4_section *section);

/* 1 if several requests in flight asked for this section, and only the UID, which is not known yet, tells whose it is. */
int imap4__owner_section_shared(const imap4_conn *conn, uint32_t seq, const imap4_section *section);

/* 1 if the two may not be in flight together because their answers, or their message numbers, could be mixed up. */
int imap4__owner_ambiguous(const imap4__request *flying, const imap4__request *next);

#endif
