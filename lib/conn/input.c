#include "conn/input.h"

#include "base/mem.h"
#include "conn/conn.h"
#include "conn/literal.h"
#include "conn/room.h"
#include "conn/route.h"
#include "conn/run.h"
#include "conn/skip.h"
#include "conn/stream.h"

#include <string.h>

enum {
    JUNK_MAX = 4096, /* so much of it may stand before a response */
    HOLES_KEPT = 64, /* room for these stays from one response to the next */
    MEMORY_LEAST = 4096
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

    imap4__event_give(&conn->events, in->event);
    imap4__event_give(&conn->events, in->body_end);
    in->event = in->body_end = NULL;
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

size_t imap4__input_text(const imap4__input *in)
{
    size_t at = in->frame.at - in->frame.candidate;

    /* The CR of the line end that may come next is none of it. */
    if (at > in->frame.line && in->data[in->start + at - 1] == '\r')
        at--;
    return at - in->leftover;
}

imap4__event *imap4__input_event(imap4_conn *conn)
{
    imap4__input *in = &conn->input;

    if (!in->event)
        in->event = imap4__event_take(&conn->events, IMAP4_EVENT_UNKNOWN);
    return in->event;
}

/*
 * A response and its meaning together may take twice RESPONSE_LIMIT, less a sixteenth of that for what else the connection
 * holds (idle memory, what it remembers of the server), and less what the ends of blocks cost. What was asked for comes
 * on top, and a little, for limits so low that not even one struct would fit.
 */
size_t imap4__input_memory(const imap4_conn *conn)
{
    const imap4__input *in = &conn->input;
    uint64_t limit = imap4__option(conn, IMAP4_OPTION_RESPONSE_LIMIT);
    uint64_t all = 2 * limit - limit / 8 + in->asked_here;
    uint64_t text = imap4__input_text(in);
    uint64_t buffer = text + text / 2; /* as large as it may have grown for that */
    uint64_t holes = in->hole_count * sizeof *in->holes;
    uint64_t rest;

    if (buffer > limit)
        buffer = text > limit ? text : limit;
    rest = all > buffer + holes ? all - buffer - holes : 0;
    return (size_t)(rest - rest / 8 + in->granted + in->asked_here) + MEMORY_LEAST;
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
    cursor.server = conn->server;
    return cursor;
}

/* Copies, as far as there is room. */
static void put(char *copy, size_t *len, size_t most, const void *data, size_t count)
{
    if (count > most - *len)
        count = most - *len;
    if (count)
        memcpy(copy + *len, data, count);
    *len += count;
}

imap4_str imap4__input_raw(const imap4_conn *conn, imap4__arena *arena, size_t most)
{
    const imap4__input *in = &conn->input;
    const uint8_t *base = in->data + in->start;
    size_t at = in->frame.begin;
    size_t len = 0;
    char *copy;
    size_t all = in->frame.end - at;

    for (size_t i = 0; i < in->hole_count && all < most; i++)
        all += in->holes[i].text.len;
    if (most > all)
        most = all;
    copy = imap4__arena_bytes(arena, most + 1);
    if (!copy)
        return (imap4_str){NULL, 0};
    for (size_t i = 0; i < in->hole_count; i++) {
        const imap4__hole *hole = &in->holes[i];

        put(copy, &len, most, base + at, hole->at + (hole->run ? 0 : hole->present) - at);
        put(copy, &len, most, hole->text.data, hole->text.len);
        at = hole->at + hole->present + hole->junk;
    }
    put(copy, &len, most, base + at, in->frame.end - at);
    copy[len] = '\0';
    return (imap4_str){copy, len};
}

int imap4_conn_input(imap4_conn *conn, size_t want, uint8_t **space_out, size_t *room_out)
{
    imap4__input *in = &conn->input;
    size_t room;

    if (conn->closed || conn->failed || in->eof)
        return IMAP4_ERROR_CLOSED;
    if (in->borrowed)
        return IMAP4_ERROR_STATE;
    want = imap4__room_wish(conn, want);
    *room_out = 0;
    *space_out = NULL;
    /* What comes behind the OK of STARTTLS or COMPRESS is not ours to read: stop until the OK has been looked at. */
    if (conn->layer || (imap4__route_layer_due(conn) && imap4__input_unread(conn) && !conn->timer.reader_waits))
        return IMAP4_OK;
    if (imap4__room_make(conn, want, conn->timer.reader_waits || in->start == in->end))
        return IMAP4_ERROR_MEMORY;
    if (in->capacity == in->end)
        return IMAP4_OK;
    room = in->capacity - in->end;
    *space_out = in->data + in->end;
    *room_out = in->borrowed = room < want ? room : want;
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
    conn->counters.bytes += len;
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
    in->thrown = in->asked = in->asked_here = in->gathered = in->listed = 0;
    in->granted = 0;
    in->stop = IMAP4__FRAME_MORE;
    in->walking = in->streams = 0;
    in->deferred = 0;
    in->uid = 0;
    if (in->hole_capacity > HOLES_KEPT) {
        imap4__free(&in->mem, in->holes);
        in->holes = NULL;
        in->hole_capacity = 0;
    }
    imap4__frame_reset(&in->frame);
}

/* The response is complete. 1, or IMAP4_ERROR_MEMORY. */
static int response(imap4_conn *conn)
{
    imap4__input *in = &conn->input;
    int result;

    if (in->frame.skipping) {
        imap4__skip_sample(conn, in->frame.end);
        result = imap4__route_skipped(conn);
    } else {
        result = imap4__stream_any(conn) ? imap4__stream_look(conn, in->frame.end) : 0;
        if (result)
            return result < 0 ? result : 1;
        result = imap4__route(conn);
        if (result == IMAP4_ERROR_LIMIT) {
            imap4__skip(conn);
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

    if (junk < JUNK_MAX || in->frame.skipping || in->literals || in->hole_count)
        return;
    in->start += junk;
    in->offset += junk;
    imap4__frame_reset(&in->frame);
}

static int step(imap4_conn *conn)
{
    imap4__input *in = &conn->input;

    if (!in->mode && in->stop == IMAP4__FRAME_MORE && in->data)
        in->stop = imap4__frame_next(&in->frame, in->data + in->start, in->end - in->start);
    if ((in->frame.skipping || in->thrown) && imap4__skip_too_much(conn))
        return 0;
    if (in->mode)
        return in->mode == IMAP4__LITERAL_LIST ? imap4__conn_run_step(conn) : imap4__literal_step(conn);
    if (imap4__literal_cost(conn) > imap4__option(conn, IMAP4_OPTION_RESPONSE_LIMIT))
        imap4__skip(conn);
    switch (in->stop) {
    case IMAP4__FRAME_RESPONSE:
        return response(conn);
    case IMAP4__FRAME_LITERAL:
        return imap4__literal_begin(conn);
    case IMAP4__FRAME_RUN:
        return imap4__conn_run_begin(conn);
    case IMAP4__FRAME_MORE:
        if (in->frame.skipping)
            imap4__skip_sample(conn, in->frame.at);
        else
            drop_junk(in);
        return 0;
    case IMAP4_ERROR_PROTOCOL:
        imap4__fail(conn, IMAP4_ERROR_PROTOCOL, "where a literal ends cannot be told, so nothing behind it either",
                    NULL);
        return 0;
    default:
        in->stop = IMAP4__FRAME_MORE;
        imap4__skip(conn);
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
