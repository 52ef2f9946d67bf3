#include "filter/pipe.h"

#include <string.h>

#include "base/mem.h"

int imap4__pipe_init(imap4__pipe *pipe, const imap4_allocator *mem, size_t capacity)
{
    memset(pipe, 0, sizeof *pipe);
    pipe->data = imap4__alloc(mem, capacity);
    if (pipe->data == NULL)
        return IMAP4_ERROR_MEMORY;
    pipe->capacity = capacity;
    return IMAP4_OK;
}

void imap4__pipe_clear(imap4__pipe *pipe, const imap4_allocator *mem)
{
    if (pipe->data == NULL)
        return;
    imap4__wipe(pipe->data, pipe->capacity);
    imap4__free(mem, pipe->data);
    memset(pipe, 0, sizeof *pipe);
}

size_t imap4__pipe_len(const imap4__pipe *pipe)
{
    return pipe->tail - pipe->head;
}

/* Bytes are moved only when that frees at least as many, and half of the room is used: each moves once or so. */
static void make_room(imap4__pipe *pipe)
{
    const size_t len = imap4__pipe_len(pipe);

    if (pipe->room > 0 || pipe->view > 0 || pipe->head == 0 || pipe->head < len || pipe->tail < pipe->capacity / 2)
        return;
    if (len > 0)
        memmove(pipe->data, pipe->data + pipe->head, len);
    pipe->tail -= pipe->head;
    pipe->head = 0;
}

uint8_t *imap4__pipe_space(imap4__pipe *pipe, int pin, size_t *room_out)
{
    make_room(pipe);
    *room_out = pipe->capacity - pipe->tail;
    if (pin)
        pipe->room = *room_out;
    return pipe->data + pipe->tail;
}

void imap4__pipe_commit(imap4__pipe *pipe, size_t len)
{
    pipe->tail += len;
    pipe->room = 0;
}

const uint8_t *imap4__pipe_show(imap4__pipe *pipe, int pin, size_t *len_out)
{
    *len_out = pipe->view > 0 ? pipe->view : imap4__pipe_len(pipe);
    if (*len_out == 0)
        return NULL;
    if (pin)
        pipe->view = *len_out;
    return pipe->data + pipe->head;
}

void imap4__pipe_drop(imap4__pipe *pipe, size_t len)
{
    pipe->head += len;
    pipe->view = 0;
    if (pipe->head == pipe->tail && pipe->room == 0)
        pipe->head = pipe->tail = 0;
}
