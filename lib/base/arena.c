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
#define CHEAP_BLOCK 3840u /* with an event around it less than 4 KiB: not worth being given back */
#define FIRST_TEXT 4096u
#define ALIGNMENT _Alignof(max_align_t)

typedef struct imap4__arena_block {
    struct imap4__arena_block *next; /* an older one */
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
    arena->used = 0;
    arena->usual = 0;
}

/* The best block for uses of `need` bytes: the smallest that is large enough, if it is not much too large. */
static block *fitting(const imap4__arena *arena, size_t need, size_t keep)
{
    block *best = NULL;
    for (block *b = arena->first; b != NULL; b = b->next) {
        if (b->size >= need && b->size <= keep && (best == NULL || b->size < best->size))
            best = b;
    }
    return best != NULL && (best->size <= CHEAP_BLOCK || best->size / 2 <= need) ? best : NULL;
}

void imap4__arena_learn(imap4__arena *arena, size_t keep)
{
    /* Rounding and the ends of blocks cost a little more than what is asked for. */
    size_t need = arena->used <= keep ? arena->used + arena->used / 16 + HEADER : 0;
    size_t before = arena->usual / 2 < CHEAP_BLOCK ? arena->usual / 2 : CHEAP_BLOCK;
    arena->usual = need > before ? need : before;
    if (arena->usual > keep)
        arena->usual = keep;
}

void imap4__arena_reset(imap4__arena *arena, size_t keep)
{
    imap4__arena_learn(arena, keep);
    block *kept = fitting(arena, arena->usual, keep);
    free_all_but(arena, kept);
    arena->first = kept;
    arena->last = kept;
    arena->used = 0;
    if (kept != NULL)
        block_empty(kept);
}

/* One and a half times as much as there is, so that little is left unused in the end. */
static size_t next_size(const imap4__arena *arena)
{
    if (arena->last == NULL)
        return arena->usual > FIRST_BLOCK ? arena->usual : FIRST_BLOCK;
    size_t half = arena->total / 2;
    if (half > LARGEST_BLOCK)
        return LARGEST_BLOCK;
    return half > FIRST_BLOCK ? half / ALIGNMENT * ALIGNMENT : FIRST_BLOCK;
}

/* A block of its own, not to be filled. NULL: no memory. */
static block *new_block(imap4__arena *arena, size_t size)
{
    if (size > SIZE_MAX - arena->total)
        return NULL;
    block *b = imap4__alloc(&arena->mem, size);
    if (b == NULL)
        return NULL;
    b->size = size;
    block_empty(b);
    b->next = arena->first;
    arena->first = b;
    arena->total += size;
    return b;
}

/* A block with `size` free bytes, or NULL. A big request gets its own and leaves the room in the last one be. */
static block *add_block(imap4__arena *arena, size_t size)
{
    if (size > SIZE_MAX - HEADER)
        return NULL;
    size_t whole = next_size(arena);
    int own = arena->last != NULL && size > whole / 8;
    if (own || size + HEADER > whole)
        whole = size + HEADER;
    block *b = new_block(arena, whole);
    if (b != NULL && !own)
        arena->last = b;
    return b;
}

/* A block with so many free bytes, which count as used. NULL: no memory, or beyond the limit. */
static block *room_for(imap4__arena *arena, size_t size)
{
    if (arena->limit && (arena->used > arena->limit || size > arena->limit - arena->used)) {
        arena->over = 1;
        return NULL;
    }
    block *b = arena->last;
    if (b == NULL || b->tail - b->head < size)
        b = add_block(arena, size);
    if (b != NULL)
        arena->used += size;
    return b;
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

void imap4__arena_adopt(imap4__arena *arena, imap4__arena *from)
{
    block **end = &from->first;
    while (*end != NULL)
        end = &(*end)->next;
    *end = arena->first;
    arena->first = from->first;
    arena->total += from->total;
    arena->used += from->used;
    from->first = NULL;
    from->last = NULL;
    from->total = 0;
    from->used = 0;
}

imap4__arena_mark imap4__arena_here(const imap4__arena *arena)
{
    imap4__arena_mark mark = {arena->first, arena->last, 0, 0, arena->used};
    if (mark.last != NULL) {
        mark.head = mark.last->head;
        mark.tail = mark.last->tail;
    }
    return mark;
}

void imap4__arena_back(imap4__arena *arena, const imap4__arena_mark *mark)
{
    while (arena->first != mark->first) {
        block *b = arena->first;
        arena->first = b->next;
        arena->total -= b->size;
        imap4__free(&arena->mem, b);
    }
    arena->last = mark->last;
    if (arena->last != NULL) {
        arena->last->head = mark->head;
        arena->last->tail = mark->tail;
    }
    arena->used = mark->used;
}

/* Room that is there already, or that the next block would have anyway. */
static int fits(const imap4__arena *arena, size_t size)
{
    if (arena->last != NULL)
        return arena->last->tail - arena->last->head >= size;
    return size < next_size(arena) - HEADER;
}

int imap4__arena_text_begin(imap4__arena *arena, imap4__arena_text *text, size_t now, size_t most)
{
    size_t room = now > FIRST_TEXT ? now : FIRST_TEXT;

    memset(text, 0, sizeof *text);
    text->most = most;
    if (room > most)
        room = most;
    if (room >= SIZE_MAX - HEADER)
        return IMAP4_ERROR_MEMORY;
    if (most < SIZE_MAX && fits(arena, most + 1)) {
        text->data = imap4__arena_bytes(arena, most + 1);
        room = most;
    } else {
        text->own = new_block(arena, HEADER + room + 1);
        text->data = text->own != NULL ? block_bytes(text->own) + HEADER : NULL;
    }
    text->room = room;
    return text->data != NULL ? IMAP4_OK : IMAP4_ERROR_MEMORY;
}

/* The block that the text has for itself, larger. */
static int text_grow(imap4__arena *arena, imap4__arena_text *text, size_t room)
{
    block **link = &arena->first;
    const size_t size = HEADER + room + 1;
    const size_t before = text->own->size;

    while (*link != text->own)
        link = &(*link)->next;
    if (room >= SIZE_MAX - HEADER || size - before > SIZE_MAX - arena->total)
        return IMAP4_ERROR_MEMORY;
    block *b = imap4__realloc(&arena->mem, text->own, size);
    if (b == NULL)
        return IMAP4_ERROR_MEMORY;
    *link = b;
    b->size = size;
    b->head = b->tail = size;
    arena->total += size - before;
    text->own = b;
    text->data = block_bytes(b) + HEADER;
    text->room = room;
    return IMAP4_OK;
}

int imap4__arena_text_add(imap4__arena *arena, imap4__arena_text *text, const void *data, size_t len)
{
    if (len > text->room - text->len) {
        size_t room = text->room < text->most / 2 ? text->room * 2 : text->most;
        if (room - text->len < len)
            room = text->len + len;
        int result = text_grow(arena, text, room);
        if (result != IMAP4_OK)
            return result;
    }
    if (len > 0)
        memcpy(text->data + text->len, data, len);
    text->len += len;
    return IMAP4_OK;
}

imap4_str imap4__arena_text_end(imap4__arena *arena, imap4__arena_text *text)
{
    imap4_str whole = {text->data, text->len};

    text->data[text->len] = '\0';
    if (text->own != NULL)
        arena->used += text->len + 1;
    memset(text, 0, sizeof *text);
    return whole;
}
