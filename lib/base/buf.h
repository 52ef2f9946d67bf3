/* A byte buffer that grows up to a maximum. */
#ifndef IMAP4_BASE_BUF_H
#define IMAP4_BASE_BUF_H

#include <imap4/types.h>

typedef struct imap4__buf {
    imap4_allocator mem;
    uint8_t *data;
    size_t len;
    size_t capacity;
    size_t max;
    int secret; /* 1: wiped wherever it was when it moves and when it goes */
} imap4__buf;

void imap4__buf_init(imap4__buf *buf, const imap4_allocator *mem, size_t max); /* allocates nothing */
void imap4__buf_clear(imap4__buf *buf);                                        /* frees the bytes; may be used again */
void imap4__buf_wipe(imap4__buf *buf);                                         /* overwrites and frees */

/* IMAP4_OK, IMAP4_ERROR_MEMORY, or IMAP4_ERROR_LIMIT beyond max; on error the buffer is as before. */
int imap4__buf_reserve(imap4__buf *buf, size_t more);
int imap4__buf_add(imap4__buf *buf, const void *data, size_t len);

#endif
