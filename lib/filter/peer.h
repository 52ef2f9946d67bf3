/* Who the peer has to be, and whether a certificate is made out for it (RFC 9525). */
#ifndef IMAP4_FILTER_PEER_H
#define IMAP4_FILTER_PEER_H

#include <imap4/types.h>

/* The longest DNS name as text (RFC 1035 section 2.3.4). */
#define IMAP4__PEER_MAX 253

typedef struct imap4__peer {
    char host[IMAP4__PEER_MAX + 1]; /* without the dot of the root */
    size_t host_len;
    uint8_t ip[16];
    size_t ip_len; /* 4 or 16 if the host is an address, else 0 */
} imap4__peer;

/* IMAP4_OK, or IMAP4_ERROR_ARGUMENT when the text is no DNS name in ASCII and no address (IPv6 without brackets). */
int imap4__peer_init(imap4__peer *peer, const char *host);

/* 1 if the certificate extensions (DER of the SEQUENCE OF Extension, RFC 5280 section 4.1) name the peer. */
int imap4__peer_matches(const imap4__peer *peer, const uint8_t *extensions, size_t len);

#endif
