/* Memory that is given back all at once. */
#ifndef IMAP4_BASE_ARENA_H
#define IMAP4_BASE_ARENA_H

#include <imap4/types.h>

struct imap4__arena_block;

typedef struct imap4__arena {
    imap4_allocator mem;
    struct imap4__arena_block *first; /* the newest */
    struct imap4__arena_block *last;  /* the one being filled */
    size_t total;                     /* bytes held from the allocator */
    size_t used;                      /* bytes asked for since the last reset, whatever they cost */
    size_t limit;                     /* beyond this many used there is no memory, and `over` is set; 0: no limit */
    int over;
    size_t usual;                     /* what was used lately: the size of the next first block */
} imap4__arena;

void imap4__arena_init(imap4__arena *arena, const imap4_allocator *mem); /* allocates nothing; NULL: malloc */
void imap4__arena_clear(imap4__arena *arena);                            /* gives everything back */

/*
 * Forgets the contents. Keeps one block of at most `keep` bytes, or sees to it that the next one is large enough, for
 * uses such as those of late. So steady use soon allocates nothing, and one large use does not make small ones costly.
 */
void imap4__arena_reset(imap4__arena *arena, size_t keep);

/* What imap4__arena_reset() learns of the use that ends: `usual`. For an arena that is not to be used again. */
void imap4__arena_learn(imap4__arena *arena, size_t keep);

void *imap4__arena_alloc(imap4__arena *arena, size_t size);  /* aligned for any type; NULL: no memory */
void *imap4__arena_zalloc(imap4__arena *arena, size_t size);
char *imap4__arena_bytes(imap4__arena *arena, size_t size);  /* not aligned */

/* Copies text and puts a NUL behind it. IMAP4_OK or IMAP4_ERROR_MEMORY. Data NULL gives NIL. */
int imap4__arena_str(imap4__arena *arena, const void *data, size_t len, imap4_str *out);

/* All that is in `from` belongs to the other arena now, wherever it is; `from` is empty. Cannot fail. */
void imap4__arena_adopt(imap4__arena *arena, imap4__arena *from);

/* Where an arena stands, to go back there. */
typedef struct imap4__arena_mark {
    struct imap4__arena_block *first;
    struct imap4__arena_block *last;
    size_t head;
    size_t tail;
    size_t used;
} imap4__arena_mark;

imap4__arena_mark imap4__arena_here(const imap4__arena *arena);
void imap4__arena_back(imap4__arena *arena, const imap4__arena_mark *mark); /* forgets what was taken since */

/*
 * A text that arrives piece by piece. Its memory grows with what has come, by realloc, and in the end is what it needs.
 * Other memory may be taken from the arena meanwhile.
 */
typedef struct imap4__arena_text {
    char *data;
    size_t len;
    size_t most;                     /* it cannot become longer */
    size_t room;                     /* bytes that `data` has room for, besides the NUL */
    struct imap4__arena_block *own;  /* the block that it has for itself; NULL: none */
} imap4__arena_text;

/* `now` bytes of at most `most` are about to be added. IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__arena_text_begin(imap4__arena *arena, imap4__arena_text *text, size_t now, size_t most);
/* IMAP4_OK, or IMAP4_ERROR_MEMORY with nothing added. Beyond `most` nothing may be added. */
int imap4__arena_text_add(imap4__arena *arena, imap4__arena_text *text, const void *data, size_t len);
/* What has come, with a NUL behind it. Cannot fail. */
imap4_str imap4__arena_text_end(imap4__arena *arena, imap4__arena_text *text);

#endif
