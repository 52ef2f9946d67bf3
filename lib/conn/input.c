#include "conn/input.h"

#include "base/mem.h"
#include "conn/conn.h"
#include "conn/route.h"
#include "conn/stream.h"

#include <string.h>

enum {
    ROOM_MAX = 1024 * 1024,   /* never offer more at once, whatever is wished */
    KEEP_EMPTY = 256 * 1024,  /* an empty buffer larger than this is given back */
    JUNK_MAX = 4096           /* so much of it may stand before a response */
};

void imap4__input_init(imap4_conn *conn)
{
    imap4__input *in = &conn->input;

    in->mem = conn->mem;
    imap4__frame_init(&in->frame, (size_t)imap4__option(conn, IMAP4_OPTION_LINE_LIMIT));
}

void imap4__input_clear(imap4_conn *conn)
{
    imap4__input *in = &conn->input;

    imap4__event_give(&conn->events, in->body_end);
    in->body_end = NULL;
    imap4__free(&in->mem, in->holes);
    imap4__free(&in->mem, in->data);
    in->holes = NULL;
    in->data = NULL;
}

size_t imap4__input_unread(const imap4_conn *conn)
{
    return conn->input.end - conn->input.start;
}

void imap4__input_forget(imap4_conn *conn)
{
    conn->input.offset += imap4__input_unread(conn);
    conn->input.start = conn->input.end;
}

imap4__cursor imap4__input_cursor(const imap4_conn *conn, size_t end, imap4__arena *arena)
{
    const imap4__input *in = &conn->input;
    imap4__cursor cursor = {0};

    cursor.base = in->data + in->start;
    cursor.start = cursor.at = cursor.base + in->frame.begin;
    cursor.end = cursor.base + end;
    cursor.arena = arena;
    cursor.holes = in->holes;
    cursor.hole_count = in->hole_count;
    cursor.nesting_limit = (uint32_t)imap4__option(conn, IMAP4_OPTION_NESTING_LIMIT);
    cursor.list_limit = (uint32_t)imap4__option(conn, IMAP4_OPTION_LIST_LIMIT);
    cursor.utf8 = conn->utf8;
    return cursor;
}

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

/* Bytes that are done with still lie in the buffer, since they may move only here; makes room of them. */
static void clean(imap4__input *in)
{
    size_t passed = in->frame.skipping ? imap4__frame_needed(&in->frame) : 0;

    if (in->mode && in->gap) {
        cut(in, in->gap_at, in->gap);
        in->gap = 0;
    }
    if (passed) {
        cut(in, 0, passed);
        imap4__frame_cut(&in->frame, 0, passed);
        in->gap_at -= in->mode ? passed : 0;
        in->sample_at = in->sample_at > passed ? in->sample_at - passed : 0;
    }
    for (; in->hole_clean < in->hole_count; in->hole_clean++) {
        imap4__hole *hole = &in->holes[in->hole_clean];
        size_t at = hole->at + hole->present;
        size_t count = hole->junk;

        if (in->mode && in->hole_clean + 1 == in->hole_count)
            break; /* still arriving */
        if (!count)
            continue;
        cut(in, at, count);
        imap4__frame_cut(&in->frame, at, count);
        hole->junk = 0;
        in->leftover -= count;
        for (size_t i = in->hole_clean + 1; i < in->hole_count; i++)
            in->holes[i].at -= count;
        if (in->mode)
            in->gap_at -= count;
        if (in->walk.at > at)
            in->walk.at -= count;
        if (in->walk.item > at)
            in->walk.item -= count;
        if (in->deferred > at)
            in->deferred -= count;
    }
}

/* `grow`: the program has read all events; before that it is to read, not to receive. */
static int make_room(imap4_conn *conn, size_t want, int grow)
{
    imap4__input *in = &conn->input;
    size_t capacity;
    uint8_t *data;

    if (in->start == in->end && in->capacity > KEEP_EMPTY && in->capacity > 2 * want) {
        imap4__free(&in->mem, in->data);
        in->data = NULL;
        in->capacity = in->start = in->end = 0;
    }
    if (in->capacity - in->end < want) {
        clean(in);
        if (in->start) {
            memmove(in->data, in->data + in->start, in->end - in->start);
            in->end -= in->start;
            in->start = 0;
        }
    }
    if (in->capacity - in->end >= want || !grow)
        return IMAP4_OK;
    capacity = in->capacity * 2 > in->end + want ? in->capacity * 2 : in->end + want;
    data = imap4__realloc(&in->mem, in->data, capacity);
    if (!data)
        return IMAP4_ERROR_MEMORY;
    in->data = data;
    in->capacity = capacity;
    return IMAP4_OK;
}

int imap4_conn_input(imap4_conn *conn, size_t want, uint8_t **space_out, size_t *room_out)
{
    imap4__input *in = &conn->input;
    size_t least = (size_t)imap4__option(conn, IMAP4_OPTION_INPUT_BUFFER);

    if (conn->closed || conn->failed || in->eof)
        return IMAP4_ERROR_CLOSED;
    if (in->borrowed)
        return IMAP4_ERROR_STATE;
    if (want < least / 8)
        want = want ? least / 8 : least;
    if (want > ROOM_MAX)
        want = ROOM_MAX;
    *room_out = 0;
    *space_out = NULL;
    /* What comes behind the OK of STARTTLS or COMPRESS is not ours to read: stop until the OK has been looked at. */
    if (conn->layer || (imap4__route_layer_due(conn) && imap4__input_unread(conn) && !conn->timer.reader_waits))
        return IMAP4_OK;
    if (movable(conn) && make_room(conn, want, conn->timer.reader_waits || in->start == in->end))
        return IMAP4_ERROR_MEMORY;
    if (in->capacity == in->end)
        return IMAP4_OK;
    *space_out = in->data + in->end;
    *room_out = in->borrowed = in->capacity - in->end;
    return IMAP4_OK;
}

int imap4_conn_input_done(imap4_conn *conn, size_t len)
{
    imap4__input *in = &conn->input;

    if (len > in->borrowed)
        return in->borrowed ? IMAP4_ERROR_ARGUMENT : IMAP4_ERROR_STATE;
    if (len && conn->options->trace)
        conn->options->trace(conn->options->trace_user, IMAP4_TRACE_RECEIVED, (const char *)in->data + in->end, len);
    in->end += len;
    in->borrowed = 0;
    if (len) {
        conn->timer.progressed++;
        conn->timer.reader_waits = 0;
        if (in->offset + in->removed + imap4__input_unread(conn) > conn->drain_limit)
            return imap4__fail(conn, IMAP4_ERROR_CANCELLED, "a cancelled request had too much left to read", NULL);
    }
    return IMAP4_OK;
}

int imap4_conn_input_eof(imap4_conn *conn, int reason)
{
    if (reason >= 0)
        return IMAP4_ERROR_ARGUMENT;
    conn->input.borrowed = 0;
    if (!conn->input.eof)
        conn->input.eof = reason;
    return IMAP4_OK;
}

/* The next response begins. */
static void consume(imap4_conn *conn)
{
    imap4__input *in = &conn->input;

    in->start += in->frame.size;
    in->offset += in->frame.size + in->removed;
    in->removed = 0;
    in->hole_count = in->hole_clean = in->leftover = in->literals = in->first_literal = 0;
    in->thrown = 0;
    in->stop = IMAP4__FRAME_MORE;
    in->walking = 0;
    in->deferred = 0;
    in->uid = 0;
    imap4__frame_reset(&in->frame);
}

/* Goes on with the sample of a response that is thrown away; the same sample, in whatever pieces it comes. */
static void sample(imap4__input *in, size_t until)
{
    size_t room = sizeof in->head - in->sample;
    size_t count;

    if (in->sample_over)
        return;
    if (in->first_literal && until >= in->first_literal) {
        until = in->first_literal;
        in->sample_over = 1;
    }
    count = until > in->sample_at ? until - in->sample_at : 0;
    if (count > room)
        count = room;
    memcpy(in->head + in->sample, in->data + in->start + in->sample_at, count);
    in->sample += count;
    in->sample_at += count;
}

/* This response is over a limit: from here on it is thrown away. */
static void skip(imap4__input *in)
{
    if (in->frame.skipping)
        return;
    in->sample = 0;
    in->sample_over = 0;
    in->sample_at = in->skip_begin = in->frame.begin;
    in->skip_from = in->removed + in->frame.line;
    sample(in, in->frame.at);
    in->hole_count = in->hole_clean = in->leftover = 0;
    in->walking = -1;
    imap4__frame_skip(&in->frame);
}

/* More than may be thrown away of one response? Then the connection is of no use. */
static int give_up(imap4_conn *conn)
{
    const imap4__input *in = &conn->input;
    uint64_t passed = in->removed + (in->mode ? in->gap_at + in->gap : in->frame.at);
    uint64_t thrown = in->frame.skipping ? passed - in->skip_from : in->thrown;

    if (thrown <= imap4__option(conn, IMAP4_OPTION_SKIP_LIMIT))
        return 0;
    imap4__fail(conn, IMAP4_ERROR_LIMIT, "a response is longer than can be skipped", NULL);
    return 1;
}

int imap4__input_hole(imap4_conn *conn, size_t present, uint64_t size, int streamed)
{
    imap4__input *in = &conn->input;
    imap4__hole *hole;

    if (in->hole_count == in->hole_capacity) {
        size_t capacity = in->hole_capacity ? in->hole_capacity * 2 : 8;
        imap4__hole *holes = imap4__realloc(&in->mem, in->holes, capacity * sizeof *holes);
        if (!holes)
            return IMAP4_ERROR_MEMORY;
        in->holes = holes;
        in->hole_capacity = capacity;
    }
    hole = &in->holes[in->hole_count++];
    hole->at = in->frame.at;
    hole->present = present;
    hole->junk = 0;
    hole->size = size;
    hole->streamed = streamed;
    return IMAP4_OK;
}

void imap4__input_literal(imap4_conn *conn, int mode, size_t keep, uint64_t size)
{
    imap4__input *in = &conn->input;

    in->mode = mode;
    in->left = size - keep;
    in->done = 0;
    in->gap_at = in->frame.at + keep;
    in->gap = 0;
}

/* The literal is over: the framer goes on behind what is left of it in the buffer. */
static void literal_end(imap4_conn *conn)
{
    imap4__input *in = &conn->input;
    size_t passed = in->gap_at - in->frame.at + in->gap;

    if (!in->frame.skipping) {
        in->holes[in->hole_count - 1].junk = in->gap;
        in->leftover += in->gap;
    }
    imap4__frame_hole(&in->frame, passed);
    in->mode = IMAP4__LITERAL_NONE;
    in->stop = IMAP4__FRAME_MORE;
    in->looked = in->counted = 0;
    if (in->body_end) {
        imap4__event_put(&conn->events, in->body_end);
        in->body_end = NULL;
    }
}

/* Some bytes of a literal that is not collected. 1: went on, 0: more must come, or IMAP4_ERROR_MEMORY. */
static int literal_step(imap4_conn *conn)
{
    imap4__input *in = &conn->input;
    size_t from = in->start + in->gap_at + in->gap;
    size_t have = in->end > from ? in->end - from : 0;
    size_t take = in->left < have ? (size_t)in->left : have;

    if (!in->left) {
        literal_end(conn);
        return 1;
    }
    if (!take)
        return 0;
    if (in->mode == IMAP4__LITERAL_STREAM) {
        size_t most = (size_t)imap4__option(conn, IMAP4_OPTION_INPUT_BUFFER);

        take = take < most ? take : most;
        if (imap4__stream_chunk(conn, in->data + from, take))
            return IMAP4_ERROR_MEMORY;
    } else {
        in->thrown += take;
    }
    in->gap += take;
    in->left -= take;
    in->done += take;
    return 1;
}

/* A literal begins: what is to become of its content? 1, or IMAP4_ERROR_MEMORY. */
static int literal_begin(imap4_conn *conn)
{
    imap4__input *in = &conn->input;
    uint64_t size = in->frame.literal;
    uint64_t limit = imap4__option(conn, IMAP4_OPTION_SECTION_LIMIT);
    uint64_t room = imap4__option(conn, IMAP4_OPTION_RESPONSE_LIMIT);
    size_t keep;
    int result;

    room = room > in->frame.at - in->leftover ? room - (in->frame.at - in->leftover) : 0;
    if (!in->frame.skipping && !in->counted) {
        in->counted = 1;
        if (!in->literals++)
            in->first_literal = in->frame.at;
        if (in->literals > imap4__option(conn, IMAP4_OPTION_LIST_LIMIT))
            skip(in);
    }
    if (!in->frame.skipping && !in->looked) {
        result = imap4__stream_look(conn, in->frame.at);
        if (result)
            return result < 0 ? result : 1;
        in->looked = 1;
        if (size <= limit && size > room)
            skip(in);
    }
    if (in->frame.skipping) {
        sample(in, in->frame.at);
        in->sample_over = 1;
        imap4__input_literal(conn, IMAP4__LITERAL_DROP, 0, size);
        return 1;
    }
    if (size <= limit) {
        imap4__frame_collect(&in->frame);
        in->stop = IMAP4__FRAME_MORE;
        in->looked = in->counted = 0;
        return 1;
    }
    keep = (size_t)(limit < room ? limit : room);
    if (in->end - in->start < in->frame.at + keep)
        return 0; /* first what is kept */
    if (imap4__input_hole(conn, keep, size, 0))
        return IMAP4_ERROR_MEMORY;
    imap4__input_literal(conn, IMAP4__LITERAL_DROP, keep, size);
    return 1;
}

/* The response is complete. 1, or IMAP4_ERROR_MEMORY. */
static int response(imap4_conn *conn)
{
    imap4__input *in = &conn->input;
    int result;

    if (in->frame.skipping) {
        sample(in, in->frame.end);
        result = imap4__route_skipped(conn);
    } else {
        result = imap4__stream_look(conn, in->frame.end);
        if (result)
            return result < 0 ? result : 1;
        result = imap4__route(conn);
        if (result == IMAP4_ERROR_LIMIT) {
            skip(in);
            return 1;
        }
    }
    if (result)
        return result;
    consume(conn);
    return 1;
}

/* Line ends and other junk before a response would else pile up in front of it. */
static void drop_junk(imap4__input *in)
{
    size_t junk = in->frame.begin;

    if (junk < JUNK_MAX || in->frame.skipping || in->literals)
        return;
    in->start += junk;
    in->offset += junk;
    imap4__frame_reset(&in->frame);
}

static int step(imap4_conn *conn)
{
    imap4__input *in = &conn->input;

    if ((in->frame.skipping || in->mode == IMAP4__LITERAL_DROP) && give_up(conn))
        return 0;
    if (in->mode)
        return literal_step(conn);
    if (in->stop == IMAP4__FRAME_MORE && in->data)
        in->stop = imap4__frame_next(&in->frame, in->data + in->start, in->end - in->start);
    if (!in->frame.skipping && in->frame.at - in->leftover > imap4__option(conn, IMAP4_OPTION_RESPONSE_LIMIT))
        skip(in);
    switch (in->stop) {
    case IMAP4__FRAME_RESPONSE:
        return response(conn);
    case IMAP4__FRAME_LITERAL:
        return literal_begin(conn);
    case IMAP4__FRAME_MORE:
        if (in->frame.skipping) {
            sample(in, in->frame.at);
            give_up(conn);
        } else {
            drop_junk(in);
        }
        return 0;
    default:
        in->stop = IMAP4__FRAME_MORE;
        skip(in);
        return 1;
    }
}

int imap4__input_read(imap4_conn *conn)
{
    while (!conn->events.first) {
        int result;

        if (conn->failed || conn->layer)
            return 0;
        result = step(conn);
        if (result <= 0)
            return result;
    }
    return 1;
}
