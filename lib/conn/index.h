/* Requests by number, so that finding one costs the same among a hundred thousand. */
#ifndef IMAP4_CONN_INDEX_H
#define IMAP4_CONN_INDEX_H

#include <imap4/types.h>

struct imap4__request;

typedef struct imap4__index {
    imap4_allocator mem;
    struct imap4__request **slots; /* a power of two of them; numbers ascend, so their low bits spread by themselves */
    size_t size;
    size_t count;
} imap4__index;

void imap4__index_init(imap4__index *index, const imap4_allocator *mem);
void imap4__index_clear(imap4__index *index);

/* IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__index_add(imap4__index *index, struct imap4__request *request);
void imap4__index_remove(imap4__index *index, struct imap4__request *request);
struct imap4__request *imap4__index_find(const imap4__index *index, uint64_t id); /* NULL: not there */

#endif
