/* What the server can do, as last announced, and what follows from it (RFC 9051 section 7.2.2 and appendix E). */
#ifndef IMAP4_CONN_CAPABILITY_H
#define IMAP4_CONN_CAPABILITY_H

#include "base/arena.h"

#include <imap4/conn.h>

/* Capabilities as last announced in this epoch. */
typedef struct imap4__capabilities {
    int known;         /* announced since the last event that made them void */
    int fresh;         /* announced since the sign-in was begun */
    imap4_names names;
    imap4__arena arena;
} imap4__capabilities;

/* Keeps what the server announced, as far as imap4__kept_limit() allows. IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__capabilities_keep(imap4_conn *conn, const imap4_names *names);
void imap4__forget_capabilities(imap4_conn *conn);

/* 1 if the server announced it, or announced something that includes it. */
int imap4__has(const imap4_conn *conn, const char *capability);

/* What follows from what is announced and enabled. */
void imap4__settle_dialect(imap4_conn *conn);

#endif
