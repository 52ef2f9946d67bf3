#include "conn/output.h"

#include "base/mem.h"

#include <imap4/options.h>

#include <string.h>

enum { BLOCK_SIZE = 4096 }; /* pipelined commands share a block, and so a write */

void imap4__output_init(imap4__output *output, const imap4_allocator *mem)
{
    memset(output, 0, sizeof *output);
    output->mem = *mem;
}

static void drop_first(imap4__output *output)
{
    imap4__block *block = output->first;

    output->first = block->next;
    if (!output->first)
        output->last = NULL;
    if (block->secret)
        imap4__wipe(block->data, block->len);
    imap4__free(&output->mem, block);
}

static void drop_spans(imap4__output *output, uint64_t before)
{
    while (output->spans && output->spans->to <= before) {
        imap4__span *span = output->spans;
        output->spans = span->next;
        if (!output->spans)
            output->last_span = NULL;
        imap4__free(&output->mem, span);
    }
}

void imap4__output_clear(imap4__output *output)
{
    while (output->first)
        drop_first(output);
    drop_spans(output, UINT64_MAX);
    output->shown = 0;
}

void imap4__output_forget_secrets(imap4__output *output)
{
    for (imap4__block *block = output->first; block; block = block->next) {
        size_t from = block == output->first ? block->sent + output->shown : 0;

        if (block->secret)
            imap4__wipe(block->data + from, block->len - from);
    }
}

static void append(imap4__output *output, imap4__block *block)
{
    if (output->last)
        output->last->next = block;
    else
        output->first = block;
    output->last = block;
}

/* The last block, if it has room for `len` more; growing it in place leaves what was shown untouched. */
static imap4__block *room_for(imap4__output *output, size_t len)
{
    imap4__block *block = output->last;
    size_t capacity;

    if (block && block->capacity - block->len >= len && block->capacity)
        return block;
    capacity = len > BLOCK_SIZE ? len : BLOCK_SIZE;
    if (capacity > SIZE_MAX - sizeof *block)
        return NULL;
    block = imap4__zalloc(&output->mem, sizeof *block + capacity);
    if (!block)
        return NULL;
    block->data = (uint8_t *)(block + 1);
    block->capacity = capacity;
    append(output, block);
    return block;
}

static int add_span(imap4__output *output, size_t len)
{
    imap4__span *span = output->last_span;

    if (span && span->to == output->queued) {
        span->to += len;
        return IMAP4_OK;
    }
    span = imap4__zalloc(&output->mem, sizeof *span);
    if (!span)
        return IMAP4_ERROR_MEMORY;
    span->from = output->queued;
    span->to = output->queued + len;
    if (output->last_span)
        output->last_span->next = span;
    else
        output->spans = span;
    output->last_span = span;
    return IMAP4_OK;
}

int imap4__output_add(imap4__output *output, const void *data, size_t len, int secret)
{
    imap4__block *block;

    if (!len)
        return IMAP4_OK;
    block = room_for(output, len);
    if (!block || (secret && add_span(output, len)))
        return IMAP4_ERROR_MEMORY;
    memcpy(block->data + block->len, data, len);
    block->len += len;
    block->secret |= secret;
    output->queued += len;
    return IMAP4_OK;
}

int imap4__output_reference(imap4__output *output, const void *data, size_t len)
{
    imap4__block *block;

    if (!len)
        return IMAP4_OK;
    block = imap4__zalloc(&output->mem, sizeof *block);
    if (!block)
        return IMAP4_ERROR_MEMORY;
    block->data = (uint8_t *)(uintptr_t)data; /* never written to: capacity is 0 and it holds no secret */
    block->len = len;
    append(output, block);
    output->queued += len;
    return IMAP4_OK;
}

const uint8_t *imap4__output_show(imap4__output *output, size_t *len_out)
{
    while (output->first && output->first->sent == output->first->len && output->first->next)
        drop_first(output);
    if (!output->first || output->first->sent == output->first->len) {
        *len_out = 0;
        return NULL;
    }
    if (!output->shown)
        output->shown = output->first->len - output->first->sent;
    *len_out = output->shown;
    return output->first->data + output->first->sent;
}

void imap4__output_done(imap4__output *output, size_t len)
{
    imap4__block *block = output->first;

    if (len > output->shown)
        len = output->shown;
    if (!block)
        return;
    block->sent += len;
    output->sent += len;
    output->shown = 0;
    if (output->traced < output->sent)
        output->traced = output->sent;
    drop_spans(output, output->sent);
    if (block->sent < block->len)
        return;
    if (block->next || !block->capacity) {
        drop_first(output);
        return;
    }
    /* Wiped at once, so that a password does not wait here for the next command; the memory is used again. */
    if (block->secret)
        imap4__wipe(block->data, block->len);
    block->secret = 0;
    block->len = block->sent = 0;
}

void imap4__output_trace(imap4__output *output, void (*trace)(void *, int, const char *, size_t), void *user)
{
    uint64_t end = output->sent + output->shown;
    const imap4__span *span = output->spans;

    if (!output->shown)
        return;
    while (output->traced < end) {
        uint64_t at = output->traced;
        uint64_t stop = end;

        while (span && span->to <= at)
            span = span->next;
        if (span && span->from <= at) {
            stop = span->to < end ? span->to : end;
            trace(user, IMAP4_TRACE_SENT, "***", 3);
        } else {
            if (span && span->from < end)
                stop = span->from;
            trace(user, IMAP4_TRACE_SENT, (const char *)output->first->data + output->first->sent + (at - output->sent),
                  (size_t)(stop - at));
        }
        output->traced = stop;
    }
}
