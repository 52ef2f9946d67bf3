/* The way of the bytes: descriptors, the filters above them, and the engine on top. */
#ifndef IMAP4_NET_STACK_H
#define IMAP4_NET_STACK_H

#include <imap4/conn.h>
#include <imap4/filter.h>

/* TLS and DEFLATE. */
#define IMAP4__STACK_FILTERS 2

typedef struct imap4__stack {
    int in_fd; /* -1: closed */
    int out_fd;
    imap4_filter *filters[IMAP4__STACK_FILTERS]; /* the first is next to the network */
    size_t count;
    uint8_t *early;  /* bytes for the last filter that came before it was there; NULL: none left */
    size_t early_len;
    size_t early_at;
    imap4_allocator mem;
    int blocked;     /* the network took less than it was offered */
    int full;        /* the engine had no room when last asked */
    int write_errno; /* sending has failed; what the peer still has to say can be read all the same. 0: not failed */
    int read_errno;  /* why receiving failed */
    int ending;      /* what ended receiving, when bytes before it went first */
    const imap4_filter *culprit; /* the filter that failed; NULL: not a filter */
} imap4__stack;

void imap4__stack_init(imap4__stack *stack, const imap4_allocator *mem);

/* Says goodbye where that costs no waiting, closes the descriptors and frees the filters. */
void imap4__stack_close(imap4__stack *stack);

/*
 * Puts a filter on top; from then on it belongs to the stack. `early` are bytes that it has to read before those still
 * to come; they are copied. IMAP4_OK, or IMAP4_ERROR_MEMORY with nothing done.
 */
int imap4__stack_push(imap4__stack *stack, imap4_filter *filter, const uint8_t *early, size_t len);

/*
 * Sends what the engine (NULL: nobody) and the filters have, without waiting. 1 if bytes moved, 0 if not, or what a
 * filter failed with. A failure of the network is kept for the reading side.
 */
int imap4__stack_send(imap4__stack *stack, imap4_conn *conn);

/*
 * Receives one helping into the engine, decoded straight into its space. 1 if bytes moved, 0 if none came or fit.
 * IMAP4_ERROR_EOF at an orderly end, IMAP4_ERROR_NETWORK, or what a filter failed with.
 */
int imap4__stack_receive(imap4__stack *stack, imap4_conn *conn);

/* Lets the filter on top shake hands. IMAP4_EVENT when it is ready, 0 if it needs the network, or an error as above. */
int imap4__stack_handshake(imap4__stack *stack);

/* 1 while bytes can be received without the network. */
int imap4__stack_pending(const imap4__stack *stack);

#endif
