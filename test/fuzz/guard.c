/*
 * An arena for fuzzing, in place of base/arena.c: under AddressSanitizer every piece of memory ends where it ends, with
 * forbidden bytes between it and the next, and all of it is forbidden after a reset. It still is fast, since nothing is
 * allocated in the steady state.
 */
#include "base/arena.h"
#include "base/mem.h"

#include <stddef.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define GUARDED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define GUARDED 1
#endif

#ifdef GUARDED
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#endif

#define BLOCK 65536u
#define GAP 8u
#define ALIGNMENT _Alignof(max_align_t)

typedef struct imap4__arena_block {
    struct imap4__arena_block *next;
    size_t size; /* behind this header */
    size_t used;
    size_t reserved;
} block;

static char *bytes_of(block *b)
{
    return (char *)(b + 1);
}

void imap4__arena_init(imap4__arena *arena, const imap4_allocator *mem)
{
    memset(arena, 0, sizeof *arena);
    arena->mem = *imap4__mem_or_default(mem);
}

static void release(imap4__arena *arena, block *b)
{
    ASAN_UNPOISON_MEMORY_REGION(bytes_of(b), b->size);
    imap4__free(&arena->mem, b);
}

void imap4__arena_clear(imap4__arena *arena)
{
    while (arena->first != NULL) {
        block *b = arena->first;

        arena->first = b->next;
        release(arena, b);
    }
    arena->last = NULL;
    arena->used = 0;
}

/* Gives back the newest blocks, down to this one. */
static void release_to(imap4__arena *arena, const block *b)
{
    while (arena->first != b) {
        block *newest = arena->first;

        arena->first = newest->next;
        release(arena, newest);
    }
    arena->last = arena->first;
}

static void empty(block *b, size_t used)
{
    ASAN_POISON_MEMORY_REGION(bytes_of(b) + used, b->used - used);
    b->used = used;
}

/* Keeps the oldest block, whatever `keep` says. */
void imap4__arena_reset(imap4__arena *arena, size_t keep)
{
    block *oldest = arena->first;

    (void)keep;
    arena->used = 0;
    arena->over = 0;
    if (oldest == NULL)
        return;
    while (oldest->next != NULL)
        oldest = oldest->next;
    release_to(arena, oldest);
    empty(oldest, 0);
}

imap4__arena_mark imap4__arena_here(const imap4__arena *arena)
{
    imap4__arena_mark mark = {arena->first, arena->last, 0, 0, arena->used};

    if (arena->first != NULL)
        mark.head = arena->first->used;
    return mark;
}

void imap4__arena_back(imap4__arena *arena, const imap4__arena_mark *mark)
{
    release_to(arena, mark->first);
    if (arena->first != NULL)
        empty(arena->first, mark->head);
    arena->used = mark->used;
}

static block *add_block(imap4__arena *arena, size_t size)
{
    size_t room = size < BLOCK ? BLOCK : size;
    block *b = imap4__alloc(&arena->mem, sizeof *b + room);

    if (b == NULL)
        return NULL;
    b->next = arena->first;
    b->size = room;
    b->used = 0;
    ASAN_POISON_MEMORY_REGION(bytes_of(b), room);
    arena->first = arena->last = b;
    return b;
}

void *imap4__arena_alloc(imap4__arena *arena, size_t size)
{
    size_t taken = (size + GAP + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    block *b = arena->first;
    char *memory;

    if (size > SIZE_MAX / 4)
        return NULL;
    if (arena->limit && (arena->used > arena->limit || size > arena->limit - arena->used)) {
        arena->over = 1;
        return NULL;
    }
    if (b == NULL || b->size - b->used < taken)
        b = add_block(arena, taken);
    if (b == NULL)
        return NULL;
    memory = bytes_of(b) + b->used;
    b->used += taken;
    arena->used += size;
    ASAN_UNPOISON_MEMORY_REGION(memory, size);
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
    return imap4__arena_alloc(arena, size);
}

int imap4__arena_str(imap4__arena *arena, const void *data, size_t len, imap4_str *out)
{
    char *copy;

    out->data = NULL;
    out->len = 0;
    if (data == NULL)
        return IMAP4_OK;
    copy = len < SIZE_MAX ? imap4__arena_bytes(arena, len + 1) : NULL;
    if (copy == NULL)
        return IMAP4_ERROR_MEMORY;
    memcpy(copy, data, len);
    copy[len] = '\0';
    out->data = copy;
    out->len = len;
    return IMAP4_OK;
}
