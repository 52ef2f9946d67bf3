#include "memory.h"

#include <stdlib.h>

static int refuse(test_memory *memory)
{
    memory->calls++;
    if (memory->calls != memory->fail_at)
        return 0;
    memory->failed++;
    return 1;
}

static void *allocate(void *user, size_t size)
{
    test_memory *memory = user;
    void *block;

    if (refuse(memory))
        return NULL;
    block = malloc(size);
    if (block != NULL)
        memory->live++;
    return block;
}

static void *reallocate(void *user, void *old, size_t size)
{
    test_memory *memory = user;

    if (old == NULL)
        return allocate(user, size);
    return refuse(memory) ? NULL : realloc(old, size);
}

static void release(void *user, void *block)
{
    test_memory *memory = user;

    if (block == NULL)
        return;
    memory->live--;
    free(block);
}

void test_memory_init(test_memory *memory, size_t fail_at)
{
    memory->allocator = (imap4_allocator){allocate, reallocate, release, memory};
    memory->fail_at = fail_at;
    memory->calls = 0;
    memory->failed = 0;
    memory->live = 0;
}
