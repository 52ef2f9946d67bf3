#include "base/buf.h"

#include "base/mem.h"

#include <string.h>

#define FIRST_CAPACITY 256u

void imap4__buf_init(imap4__buf *buf, const imap4_allocator *mem, size_t max)
{
    memset(buf, 0, sizeof *buf);
    buf->mem = *imap4__mem_or_default(mem);
    buf->max = max;
}

static void give_back(imap4__buf *buf, int wipe)
{
    if (wipe && buf->data != NULL)
        imap4__wipe(buf->data, buf->capacity);
    imap4__free(&buf->mem, buf->data);
    buf->data = NULL;
    buf->len = 0;
    buf->capacity = 0;
}

void imap4__buf_clear(imap4__buf *buf)
{
    give_back(buf, buf->secret);
}

void imap4__buf_wipe(imap4__buf *buf)
{
    give_back(buf, 1);
}

/* Doubling keeps appending linear; the maximum is the last word. */
static size_t grown(const imap4__buf *buf, size_t needed)
{
    size_t capacity = buf->capacity < FIRST_CAPACITY ? FIRST_CAPACITY : buf->capacity;
    while (capacity < needed) {
        if (capacity > buf->max / 2)
            return buf->max;
        capacity *= 2;
    }
    return capacity < buf->max ? capacity : buf->max;
}

/* What realloc leaves behind where the bytes were cannot be wiped. */
static uint8_t *move_secret(imap4__buf *buf, size_t capacity)
{
    uint8_t *data = imap4__alloc(&buf->mem, capacity);
    if (data == NULL)
        return NULL;
    if (buf->data != NULL) {
        memcpy(data, buf->data, buf->len);
        imap4__wipe(buf->data, buf->capacity);
        imap4__free(&buf->mem, buf->data);
    }
    return data;
}

int imap4__buf_reserve(imap4__buf *buf, size_t more)
{
    if (more <= buf->capacity - buf->len)
        return IMAP4_OK;
    if (buf->len > buf->max || more > buf->max - buf->len)
        return IMAP4_ERROR_LIMIT;
    size_t capacity = grown(buf, buf->len + more);
    uint8_t *data = buf->secret ? move_secret(buf, capacity) : imap4__realloc(&buf->mem, buf->data, capacity);
    if (data == NULL)
        return IMAP4_ERROR_MEMORY;
    buf->data = data;
    buf->capacity = capacity;
    return IMAP4_OK;
}

int imap4__buf_add(imap4__buf *buf, const void *data, size_t len)
{
    int result = imap4__buf_reserve(buf, len);
    if (result == IMAP4_OK && len > 0) {
        memcpy(buf->data + buf->len, data, len);
        buf->len += len;
    }
    return result;
}
