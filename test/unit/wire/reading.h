/* A cursor over a text for tests of what reads responses. */
#ifndef TEST_UNIT_WIRE_READING_H
#define TEST_UNIT_WIRE_READING_H

#include "wire/token.h"

#include <stdlib.h>
#include <string.h>

typedef struct reading {
    imap4__arena arena;
    imap4__cursor cur;
    uint8_t *data; /* of exactly the right size, so that reading beyond shows */
} reading;

static inline void reading_start(reading *r, const char *text, size_t len, const imap4_allocator *mem)
{
    memset(r, 0, sizeof *r);
    imap4__arena_init(&r->arena, mem);
    r->data = malloc(len > 0 ? len : 1);
    memcpy(r->data, text, len);
    r->cur.start = r->data;
    r->cur.base = r->data;
    r->cur.at = r->data;
    r->cur.end = r->data + len;
    r->cur.arena = &r->arena;
    r->cur.nesting_limit = 100;
    r->cur.list_limit = 1000;
}

static inline void reading_finish(reading *r)
{
    imap4__arena_clear(&r->arena);
    free(r->data);
}

/* How many bytes have been read. */
static inline size_t reading_at(const reading *r)
{
    return (size_t)(r->cur.at - r->cur.start);
}

#endif
