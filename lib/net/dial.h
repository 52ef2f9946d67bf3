/* Connecting to a host that has several addresses (RFC 8305): tried one after the other, quickly, and side by side. */
#ifndef IMAP4_NET_DIAL_H
#define IMAP4_NET_DIAL_H

#include <stddef.h>
#include <stdint.h>

#include <imap4/types.h>

/* RFC 8305 section 8: "Connection Attempt Delay". */
#define IMAP4__DIAL_DELAY_MS 250

/* Attempts at the same time; a further one waits for one of these to fail. */
#define IMAP4__DIAL_ATTEMPTS 8

struct addrinfo;

typedef struct imap4__dial {
    struct addrinfo *found; /* what getaddrinfo() gave */
    const struct addrinfo **order;
    size_t count; /* of the order */
    size_t next;  /* of the order, not yet tried */
    int attempts[IMAP4__DIAL_ATTEMPTS]; /* sockets that connect; -1: free */
    uint64_t next_at;
    uint64_t deadline;
    int last_errno;
    uint64_t sockets; /* ever opened: their numbers come again, and epoll must be told */
} imap4__dial;

void imap4__dial_init(imap4__dial *dial);
void imap4__dial_clear(imap4__dial *dial, const imap4_allocator *mem); /* closes what did not win */

/*
 * Finds the addresses, families in turn beginning with the one that the system puts first. Waits as long as
 * getaddrinfo() does. IMAP4_OK, IMAP4_ERROR_MEMORY, or IMAP4_ERROR_RESOLVE with what getaddrinfo() gave in `code_out`
 * (and errno in `last_errno` where it says so).
 */
int imap4__dial_resolve(imap4__dial *dial, const imap4_allocator *mem, const char *host, const char *port,
                        int *code_out);

/* Connecting must have come to an end within `timeout` milliseconds; 0: no limit. */
void imap4__dial_start(imap4__dial *dial, uint64_t now, uint64_t timeout);

/*
 * Goes on without waiting. IMAP4_EVENT: connected, `*fd_out` is the caller's; 0: wait for the attempts to become
 * writable, or for the time of imap4__dial_deadline(); IMAP4_ERROR_CONNECT: no address is left (`last_errno`);
 * IMAP4_ERROR_TIMEOUT.
 */
int imap4__dial_step(imap4__dial *dial, uint64_t now, int *fd_out);
uint64_t imap4__dial_deadline(const imap4__dial *dial);

#endif
