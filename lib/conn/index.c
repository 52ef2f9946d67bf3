#include "conn/index.h"

#include "base/mem.h"
#include "conn/request.h"

#include <string.h>

enum { FIRST_SIZE = 16 };

void imap4__index_init(imap4__index *index, const imap4_allocator *mem)
{
    memset(index, 0, sizeof *index);
    index->mem = *mem;
}

void imap4__index_clear(imap4__index *index)
{
    imap4__free(&index->mem, index->slots);
    index->slots = NULL;
    index->size = index->count = 0;
}

static imap4__request **slot_of(const imap4__index *index, uint64_t id)
{
    return &index->slots[id & (index->size - 1)];
}

static int grow(imap4__index *index)
{
    imap4__index larger = *index;

    larger.size = index->size ? index->size * 2 : FIRST_SIZE;
    larger.slots = imap4__zalloc(&index->mem, larger.size * sizeof *larger.slots);
    if (!larger.slots)
        return IMAP4_ERROR_MEMORY;
    for (size_t i = 0; i < index->size; i++) {
        imap4__request *request = index->slots[i];

        while (request) {
            imap4__request *same = request->same;
            imap4__request **slot = slot_of(&larger, request->id);

            request->same = *slot;
            *slot = request;
            request = same;
        }
    }
    imap4__free(&index->mem, index->slots);
    *index = larger;
    return IMAP4_OK;
}

int imap4__index_add(imap4__index *index, imap4__request *request)
{
    imap4__request **slot;

    if (index->count >= index->size && grow(index))
        return IMAP4_ERROR_MEMORY;
    slot = slot_of(index, request->id);
    request->same = *slot;
    *slot = request;
    index->count++;
    return IMAP4_OK;
}

void imap4__index_remove(imap4__index *index, imap4__request *request)
{
    imap4__request **slot = slot_of(index, request->id);

    while (*slot != request)
        slot = &(*slot)->same;
    *slot = request->same;
    index->count--;
}

imap4__request *imap4__index_find(const imap4__index *index, uint64_t id)
{
    imap4__request *request = index->size ? *slot_of(index, id) : NULL;

    while (request && request->id != id)
        request = request->same;
    return request;
}
