/* The URLs that imap4_client_open() takes (RFC 5092, without a path; the scheme imaps as everybody uses it). */
#ifndef IMAP4_NET_URL_H
#define IMAP4_NET_URL_H

#include <imap4/types.h>

typedef struct imap4__url {
    int implicit_tls; /* imaps */
    char *host;       /* an IPv6 address without its brackets */
    char port[6];
    char *user;       /* decoded; NULL: none */
} imap4__url;

/* IMAP4_OK, IMAP4_ERROR_ARGUMENT or IMAP4_ERROR_MEMORY; after an error there is nothing to clear. */
int imap4__url_read(imap4__url *url, const imap4_allocator *mem, const char *text);
void imap4__url_clear(imap4__url *url, const imap4_allocator *mem);

#endif
