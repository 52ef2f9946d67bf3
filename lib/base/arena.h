/* Memory that is given back all at once. */
#ifndef IMAP4_BASE_ARENA_H
#define IMAP4_BASE_ARENA_H

#include <imap4/types.h>

struct imap4__arena_block;

typedef struct imap4__arena {
    imap4_allocator mem;
    struct imap4__arena_block *first;
    struct imap4__arena_block *last;  /* the one being filled */
    size_t total;                     /* bytes held from the allocator */
    size_t limit;                     /* beyond this many there is no memory, and `over` is set; 0: no limit */
    int over;
    size_t start_size;                /* of the next first block; 0: the usual */
} imap4__arena;

void imap4__arena_init(imap4__arena *arena, const imap4_allocator *mem); /* allocates nothing; NULL: malloc */
void imap4__arena_clear(imap4__arena *arena);                            /* gives everything back */

/*
 * Forgets the contents. Keeps one block, the largest that is at most `keep` bytes; or, if all blocks together were,
 * makes the next one as large as all of them. So steady use soon allocates nothing.
 */
void imap4__arena_reset(imap4__arena *arena, size_t keep);

void *imap4__arena_alloc(imap4__arena *arena, size_t size);  /* aligned for any type; NULL: no memory */
void *imap4__arena_zalloc(imap4__arena *arena, size_t size);
char *imap4__arena_bytes(imap4__arena *arena, size_t size);  /* not aligned */

/* Copies text and puts a NUL behind it. IMAP4_OK or IMAP4_ERROR_MEMORY. Data NULL gives NIL. */
int imap4__arena_str(imap4__arena *arena, const void *data, size_t len, imap4_str *out);

#endif
