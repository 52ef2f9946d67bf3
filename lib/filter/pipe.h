/*
 * A queue of bytes in one piece of memory that never moves while somebody looks at it: whoever fills it borrows the
 * room at its end, whoever empties it borrows the bytes at its front.
 */
#ifndef IMAP4_FILTER_PIPE_H
#define IMAP4_FILTER_PIPE_H

#include <imap4/types.h>

typedef struct imap4__pipe {
    uint8_t *data;
    size_t capacity;
    size_t head; /* first byte not yet taken */
    size_t tail; /* behind the last byte */
    size_t room; /* borrowed behind the tail; 0: not borrowed */
    size_t view; /* borrowed from the head on; 0: not borrowed */
} imap4__pipe;

/* IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__pipe_init(imap4__pipe *pipe, const imap4_allocator *mem, size_t capacity);
void imap4__pipe_clear(imap4__pipe *pipe, const imap4_allocator *mem); /* wipes; zeroed is fine */

size_t imap4__pipe_len(const imap4__pipe *pipe);

/* Room to write into, as much as there is. It stays where it is until the commit when `pin` is 1. */
uint8_t *imap4__pipe_space(imap4__pipe *pipe, int pin, size_t *room_out);
void imap4__pipe_commit(imap4__pipe *pipe, size_t len);

/* The bytes waiting, or NULL and 0. With `pin` 1 they stay where they are, and are no more, until the drop. */
const uint8_t *imap4__pipe_show(imap4__pipe *pipe, int pin, size_t *len_out);
void imap4__pipe_drop(imap4__pipe *pipe, size_t len);

#endif
