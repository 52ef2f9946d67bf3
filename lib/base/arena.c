/*
 * Each block is filled from both ends: aligned memory from the front, text from the back. So neither pays padding for
 * the other, however they alternate.
 */
#include "base/arena.h"

#include "base/mem.h"

#include <stddef.h>
#include <string.h>

#define FIRST_BLOCK 2048u /* most responses fit: one allocation for an event that is kept */
#define LARGEST_BLOCK 65536u
#define ALIGNMENT _Alignof(max_align_t)

typedef struct imap4__arena_block {
    struct imap4__arena_block *next;
    size_t size; /* of the whole block, this header included */
    size_t head; /* offset of the free bytes, a multiple of ALIGNMENT */
    size_t tail; /* offset behind the free bytes */
} block;

#define HEADER ((sizeof(block) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT)

static char *block_bytes(block *b)
{
    return (char *)b;
}

static void block_empty(block *b)
{
    b->next = NULL;
    b->head = HEADER;
    b->tail = b->size;
}

void imap4__arena_init(imap4__arena *arena, const imap4_allocator *mem)
{
    memset(arena, 0, sizeof *arena);
    arena->mem = *imap4__mem_or_default(mem);
}

static void free_all_but(imap4__arena *arena, const block *kept)
{
    block *b = arena->first;
    while (b != NULL) {
        block *next = b->next;
        if (b != kept) {
            arena->total -= b->size;
            imap4__free(&arena->mem, b);
        }
        b = next;
    }
}

void imap4__arena_clear(imap4__arena *arena)
{
    free_all_but(arena, NULL);
    arena->first = NULL;
    arena->last = NULL;
    arena->start_size = 0;
}

static block *largest_within(const imap4__arena *arena, size_t keep)
{
    block *best = NULL;
    for (block *b = arena->first; b != NULL; b = b->next)
        if (b->size <= keep && (best == NULL || b->size > best->size))
            best = b;
    return best;
}

void imap4__arena_reset(imap4__arena *arena, size_t keep)
{
    block *kept = largest_within(arena, keep);
    if (arena->first != arena->last && arena->total <= keep) {
        /* Several blocks were needed: next time one of that size does, and from then on nothing is allocated. */
        arena->start_size = arena->total;
        kept = NULL;
    }
    free_all_but(arena, kept);
    arena->first = kept;
    arena->last = kept;
    if (kept != NULL)
        block_empty(kept);
}

static size_t next_size(const imap4__arena *arena)
{
    if (arena->last == NULL)
        return arena->start_size > FIRST_BLOCK ? arena->start_size : FIRST_BLOCK;
    return arena->last->size < LARGEST_BLOCK / 2 ? arena->last->size * 2 : LARGEST_BLOCK;
}

/* A block with `size` free bytes, or NULL. A big request gets its own and leaves the room in the last one be. */
static block *add_block(imap4__arena *arena, size_t size)
{
    if (size > SIZE_MAX - HEADER)
        return NULL;
    size_t usual = next_size(arena);
    int own = arena->last != NULL && size > usual / 4;
    size_t whole = own || size + HEADER > usual ? size + HEADER : usual;
    if (whole > SIZE_MAX - arena->total)
        return NULL;
    if (arena->limit && whole + arena->total > arena->limit) {
        arena->over = 1;
        return NULL;
    }
    block *b = imap4__alloc(&arena->mem, whole);
    if (b == NULL)
        return NULL;
    b->size = whole;
    block_empty(b);
    arena->total += whole;
    if (own) {
        b->next = arena->first;
        arena->first = b;
        return b;
    }
    if (arena->last != NULL)
        arena->last->next = b;
    else
        arena->first = b;
    arena->last = b;
    return b;
}

static block *room_for(imap4__arena *arena, size_t size)
{
    block *b = arena->last;
    return b != NULL && b->tail - b->head >= size ? b : add_block(arena, size);
}

void *imap4__arena_alloc(imap4__arena *arena, size_t size)
{
    if (size > SIZE_MAX - ALIGNMENT)
        return NULL;
    size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    block *b = room_for(arena, rounded);
    if (b == NULL)
        return NULL;
    void *memory = block_bytes(b) + b->head;
    b->head += rounded;
    return memory;
}

void *imap4__arena_zalloc(imap4__arena *arena, size_t size)
{
    void *memory = imap4__arena_alloc(arena, size);
    if (memory != NULL)
        memset(memory, 0, size);
    return memory;
}

char *imap4__arena_bytes(imap4__arena *arena, size_t size)
{
    block *b = room_for(arena, size);
    if (b == NULL)
        return NULL;
    b->tail -= size;
    return block_bytes(b) + b->tail;
}

int imap4__arena_str(imap4__arena *arena, const void *data, size_t len, imap4_str *out)
{
    if (data == NULL) {
        out->data = NULL;
        out->len = 0;
        return IMAP4_OK;
    }
    char *copy = len < SIZE_MAX ? imap4__arena_bytes(arena, len + 1) : NULL;
    if (copy == NULL)
        return IMAP4_ERROR_MEMORY;
    memcpy(copy, data, len);
    copy[len] = '\0';
    out->data = copy;
    out->len = len;
    return IMAP4_OK;
}
