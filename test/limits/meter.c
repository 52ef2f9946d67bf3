#include "meter.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Before each block stands its size. */
#define HEADER 16

static size_t size_of(const void *block)
{
    size_t size;

    memcpy(&size, (const char *)block - HEADER, sizeof size);
    return size;
}

static void *note(meter *m, char *memory, size_t size)
{
    m->calls++;
    if (size > m->largest)
        m->largest = size;
    if (memory == NULL)
        return NULL;
    memcpy(memory, &size, sizeof size);
    m->held += size;
    if (m->held > m->peak)
        m->peak = m->held;
    if (m->held > m->peak_moving)
        m->peak_moving = m->held;
    return memory + HEADER;
}

static void *allocate(void *user, size_t size)
{
    meter *m = user;
    void *block = size < SIZE_MAX - HEADER ? note(m, malloc(size + HEADER), size) : NULL;

    m->blocks += block != NULL;
    return block;
}

static void *reallocate(void *user, void *old, size_t size)
{
    meter *m = user;
    size_t before;
    char *memory;

    if (old == NULL)
        return allocate(user, size);
    before = size_of(old);
    memory = size < SIZE_MAX - HEADER ? realloc((char *)old - HEADER, size + HEADER) : NULL;
    if (memory == NULL)
        return NULL;
    if (m->held + size > m->peak_moving)
        m->peak_moving = m->held + size;
    m->held -= before;
    return note(m, memory, size);
}

static void release(void *user, void *block)
{
    meter *m = user;

    if (block == NULL)
        return;
    m->held -= size_of(block);
    m->blocks--;
    free((char *)block - HEADER);
}

void meter_init(meter *m)
{
    memset(m, 0, sizeof *m);
    m->allocator = (imap4_allocator){allocate, reallocate, release, m};
}
