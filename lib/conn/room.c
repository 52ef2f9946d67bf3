#include "conn/room.h"

#include "base/mem.h"
#include "conn/conn.h"

#include <string.h>

enum {
    ROOM_MAX = 1024 * 1024, /* never offer more at once, whatever is wished */
    ROOM_MIN = 512
};

/* Bytes may move only while nobody holds a pointer to them. */
static int movable(const imap4_conn *conn)
{
    return !conn->input.borrowed && !conn->events.pins;
}

/* Removes `count` bytes at `offset` from the start of the current response. */
static void cut(imap4__input *in, size_t offset, size_t count)
{
    uint8_t *at = in->data + in->start + offset;

    memmove(at, at + count, in->end - in->start - offset - count);
    in->end -= count;
    in->removed += count;
}

static void cut_skipped(imap4__input *in)
{
    size_t passed = in->frame.skipping ? imap4__frame_needed(&in->frame) : 0;

    if (!passed)
        return;
    cut(in, 0, passed);
    imap4__frame_cut(&in->frame, 0, passed);
    in->gap_at -= in->mode ? passed : 0;
    in->sample_at = in->sample_at > passed ? in->sample_at - passed : 0;
}

/* `count` bytes at `at` will be gone: what lies behind them is remembered by its new place. */
static void moved(imap4__input *in, size_t at, size_t count)
{
    size_t *const places[] = {&in->gap_at, &in->walk.at, &in->walk.item, &in->deferred};

    imap4__frame_cut(&in->frame, at, count);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (*places[i] > at)
            *places[i] -= count;
    }
}

/* The content of holes that is done with: one pass over what lies behind the first, however many there are. */
static void cut_holes(imap4__input *in)
{
    size_t last = in->hole_count - (in->mode != 0); /* one may still be arriving */
    uint8_t *base = in->data + in->start;
    size_t to = 0;
    size_t from = 0;

    for (; in->hole_clean < last; in->hole_clean++) {
        imap4__hole *hole = &in->holes[in->hole_clean];
        size_t begin = hole->at + hole->present; /* as it lies there now */

        hole->at -= from - to;
        if (!hole->junk)
            continue;
        memmove(base + to, base + from, begin - from);
        to += begin - from;
        from = begin + hole->junk;
        moved(in, to, hole->junk);
        hole->junk = 0;
    }
    if (from == to)
        return;
    for (size_t i = last; i < in->hole_count; i++)
        in->holes[i].at -= from - to;
    memmove(base + to, base + from, in->end - in->start - from);
    in->end -= from - to;
    in->removed += from - to;
    in->leftover -= from - to;
}

/* Bytes that are done with still lie in the buffer, since they may move only here; makes room of them. */
static void clean(imap4__input *in)
{
    if (in->mode && in->gap) {
        cut(in, in->gap_at, in->gap);
        in->gap = 0;
    }
    cut_skipped(in);
    if (in->hole_clean < in->hole_count && in->leftover)
        cut_holes(in);
    if (in->start) {
        memmove(in->data, in->data + in->start, in->end - in->start);
        in->end -= in->start;
        in->start = 0;
    }
}

/* The bytes of a literal that are done with, while nothing lies behind them: the same room serves for the next ones. */
static void reuse(imap4__input *in)
{
    if (in->mode && in->gap && in->start + in->gap_at + in->gap == in->end)
        clean(in);
}

static int resize(imap4__input *in, size_t capacity)
{
    uint8_t *data = imap4__realloc(&in->mem, in->data, capacity);

    if (!data)
        return IMAP4_ERROR_MEMORY;
    in->data = data;
    in->capacity = capacity;
    return IMAP4_OK;
}

/* After a long response: what it took is given back. */
static void shrink(imap4__input *in, size_t want, size_t usual)
{
    if (in->start == in->end) {
        in->start = in->end = 0;
        if (in->capacity > 2 * usual && in->capacity > 2 * want) {
            imap4__free(&in->mem, in->data);
            in->data = NULL;
            in->capacity = 0;
        }
    } else if (in->capacity > 4 * usual && in->end - in->start + want < in->capacity / 4) {
        clean(in);
        (void)resize(in, 2 * (in->end + want)); /* without memory for it, it stays large */
    }
}

size_t imap4__room_wish(const imap4_conn *conn, size_t want)
{
    const imap4__input *in = &conn->input;
    size_t usual = (size_t)imap4__option(conn, IMAP4_OPTION_INPUT_BUFFER);
    size_t limit = (size_t)imap4__option(conn, IMAP4_OPTION_RESPONSE_LIMIT);

    if (want < usual / 8)
        want = want ? usual / 8 : usual;
    if (want > ROOM_MAX)
        want = ROOM_MAX;
    /* Behind a long response only little, as it will be read while the buffer is still as large as that one needs. */
    if (in->end - in->start > limit / 2 && want > usual / 4)
        want = usual / 4 > ROOM_MIN ? usual / 4 : ROOM_MIN;
    return want;
}

/* In steps that end at what a response may take at most, so that the last one is not a small one of a large buffer. */
static size_t larger(const imap4_conn *conn, size_t needed)
{
    size_t capacity = (size_t)imap4__option(conn, IMAP4_OPTION_RESPONSE_LIMIT) +
                      (size_t)imap4__option(conn, IMAP4_OPTION_INPUT_BUFFER) / 4;

    if (needed >= capacity || !conn->input.data)
        return needed;
    while (capacity / 3 * 2 >= needed)
        capacity = capacity / 3 * 2;
    return capacity;
}

int imap4__room_make(imap4_conn *conn, size_t want, int grow)
{
    imap4__input *in = &conn->input;

    if (!movable(conn))
        return IMAP4_OK;
    shrink(in, want, (size_t)imap4__option(conn, IMAP4_OPTION_INPUT_BUFFER));
    reuse(in);
    if (in->capacity - in->end >= want)
        return IMAP4_OK;
    clean(in);
    if (in->capacity - in->end >= want || !grow)
        return IMAP4_OK;
    return resize(in, larger(conn, in->end + want));
}
