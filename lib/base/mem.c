#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static void *default_allocate(void *user, size_t size)
{
    (void)user;
    return malloc(size);
}

static void *default_reallocate(void *user, void *memory, size_t size)
{
    (void)user;
    return realloc(memory, size);
}

static void default_release(void *user, void *memory)
{
    (void)user;
    free(memory);
}

static const imap4_allocator default_allocator = {default_allocate, default_reallocate, default_release, NULL};

const imap4_allocator *imap4__mem_or_default(const imap4_allocator *mem)
{
    return mem != NULL ? mem : &default_allocator;
}

/* The program's functions never see a size of 0, whose meaning differs between allocators. */
static size_t at_least_one(size_t size)
{
    return size > 0 ? size : 1;
}

void *imap4__alloc(const imap4_allocator *mem, size_t size)
{
    mem = imap4__mem_or_default(mem);
    return mem->allocate(mem->user, at_least_one(size));
}

void *imap4__zalloc(const imap4_allocator *mem, size_t size)
{
    void *memory = imap4__alloc(mem, size);
    if (memory != NULL)
        memset(memory, 0, size);
    return memory;
}

void *imap4__realloc(const imap4_allocator *mem, void *old, size_t size)
{
    if (old == NULL)
        return imap4__alloc(mem, size);
    mem = imap4__mem_or_default(mem);
    return mem->reallocate(mem->user, old, at_least_one(size));
}

void imap4__free(const imap4_allocator *mem, void *memory)
{
    if (memory != NULL) {
        mem = imap4__mem_or_default(mem);
        mem->release(mem->user, memory);
    }
}

char *imap4__copy(const imap4_allocator *mem, const void *data, size_t len)
{
    if (len == SIZE_MAX)
        return NULL;
    char *copy = imap4__alloc(mem, len + 1);
    if (copy != NULL) {
        if (len > 0)
            memcpy(copy, data, len);
        copy[len] = '\0';
    }
    return copy;
}

void imap4__wipe(void *memory, size_t size)
{
    /* A plain memset before free is a dead store, and compilers remove it; a call through volatile they must make. */
    static void *(*const volatile overwrite)(void *, int, size_t) = memset;
    if (size > 0)
        overwrite(memory, 0, size);
}
