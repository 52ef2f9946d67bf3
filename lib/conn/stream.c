#include "conn/stream.h"

#include "conn/conn.h"
#include "conn/route.h"
#include "grammar/fetch.h"

#include <string.h>

/* One walk serves all streams of a response; it is worth it only if somebody wants one. */
static int wanted(const imap4_conn *conn)
{
    for (const imap4__request *request = conn->flying.first; request; request = request->next) {
        if (request->args.fetch && request->args.fetch->streams)
            return 1;
    }
    return 0;
}

/* The event that begins or ends a section, its section read from the item's name. NULL and *result: 0 it cannot be read. */
static imap4__event *section_event(imap4_conn *conn, int kind, const imap4__walk_item *item, int *result)
{
    imap4__event *event = imap4__event_take(&conn->events, kind);
    imap4_stream *stream;
    imap4_section *section;
    imap4__cursor cursor;

    *result = IMAP4_ERROR_MEMORY;
    if (!event)
        return NULL;
    stream = imap4__arena_zalloc(&event->arena, sizeof *stream);
    section = imap4__arena_zalloc(&event->arena, sizeof *section);
    if (stream && section) {
        cursor = imap4__input_cursor(conn, conn->input.end - conn->input.start, &event->arena);
        cursor.at = cursor.base + item->name;
        *result = imap4__section_read(&cursor, section);
    }
    if (*result != 1) {
        *result = *result == IMAP4_ERROR_MEMORY ? IMAP4_ERROR_MEMORY : 0;
        imap4__event_give(&conn->events, event);
        return NULL;
    }
    section->streamed = 1;
    stream->section = section;
    stream->seq = conn->input.walk.seq;
    stream->uid = conn->input.walk.uid;
    event->shown.data.stream = stream;
    return event;
}

static void describe(imap4_conn *conn, imap4__event *event, const imap4__request *request, uint64_t size, int nil)
{
    imap4_section *section = (imap4_section *)(uintptr_t)event->shown.data.stream->section;

    section->size = size;
    section->nil = nil;
    event->shown.view = conn->view.shown.id;
    event->shown.serial = conn->view.shown.serial;
    event->shown.request = request->id;
    event->shown.cookie = request->cookie;
}

int imap4__stream_chunk(imap4_conn *conn, const uint8_t *data, size_t len)
{
    imap4__input *in = &conn->input;
    imap4__event *event;

    if (!in->body_end)
        return IMAP4_OK; /* a cancelled request: streamed to nowhere */
    event = imap4__event_take(&conn->events, IMAP4_EVENT_BODY_CHUNK);
    if (!event)
        return IMAP4_ERROR_MEMORY;
    event->shown.view = in->body_end->shown.view;
    event->shown.serial = in->body_end->shown.serial;
    event->shown.request = in->body_end->shown.request;
    event->shown.cookie = in->body_end->shown.cookie;
    event->small.chunk.data = data;
    event->small.chunk.len = len;
    event->small.chunk.offset = in->done;
    event->shown.data.chunk = &event->small.chunk;
    event->pins_input = 1;
    imap4__event_put(&conn->events, event);
    return IMAP4_OK;
}

/* Bytes of a quoted string without its escapes: pieces between the backslashes. */
static size_t unescaped(const uint8_t *data, size_t len, size_t *at)
{
    size_t from = *at;
    const uint8_t *stop;

    if (from < len && data[from] == '\\')
        from = *at = *at + 1; /* what follows is taken as it is, whatever it is */
    if (from >= len)
        return 0;
    stop = len - from > 1 ? memchr(data + from + 1, '\\', len - from - 1) : NULL;
    return stop ? (size_t)(stop - data) - from : len - from;
}

/* A value that is there already: begin, chunks and end at once, or none of them. */
static int inline_value(imap4_conn *conn, const imap4__walk_item *item, imap4__event *begin,
                        const imap4__request *request)
{
    imap4__input *in = &conn->input;
    imap4__events *events = &conn->events;
    const uint8_t *data = in->data + in->start + item->value;
    size_t len = item->nil ? 0 : item->value_len;
    uint64_t size = 0;
    int result;

    for (size_t at = 0, piece; at < len; at += piece) {
        piece = item->quoted ? unescaped(data, len, &at) : len - at;
        size += piece;
    }
    in->body_end = section_event(conn, IMAP4_EVENT_BODY_END, item, &result);
    if (!in->body_end) {
        imap4__event_give(events, begin);
        return IMAP4_ERROR_MEMORY;
    }
    describe(conn, begin, request, size, item->nil);
    describe(conn, in->body_end, request, size, item->nil);
    imap4__event_put(events, begin);
    in->done = 0;
    for (size_t at = 0, piece; at < len; at += piece) {
        piece = item->quoted ? unescaped(data, len, &at) : len - at;
        if (!piece)
            continue;
        if (imap4__stream_chunk(conn, data + at, piece)) {
            /* Nothing was shown yet, so all of it can be taken back. */
            while (events->first) {
                imap4__event *event = events->first;
                events->first = event->next;
                events->pins -= (size_t)event->pins_input;
                imap4__event_give(events, event);
            }
            events->last = NULL;
            imap4__event_give(events, in->body_end);
            in->body_end = NULL;
            return IMAP4_ERROR_MEMORY;
        }
        in->done += piece;
    }
    imap4__event_put(events, in->body_end);
    in->body_end = NULL;
    return 1;
}

static int literal_value(imap4_conn *conn, const imap4__walk_item *item, imap4__event *begin,
                         const imap4__request *request)
{
    imap4__input *in = &conn->input;
    uint64_t size = in->frame.literal;
    int result = IMAP4_OK;

    if (!request->cancelled) {
        in->body_end = section_event(conn, IMAP4_EVENT_BODY_END, item, &result);
        if (!in->body_end) {
            imap4__event_give(&conn->events, begin);
            return IMAP4_ERROR_MEMORY;
        }
    }
    if (imap4__input_hole(conn, 0, size, 1)) {
        imap4__event_give(&conn->events, begin);
        imap4__event_give(&conn->events, in->body_end);
        in->body_end = NULL;
        return IMAP4_ERROR_MEMORY;
    }
    imap4__input_literal(conn, IMAP4__LITERAL_STREAM, 0, size);
    if (request->cancelled) {
        imap4__event_give(&conn->events, begin);
        return 1;
    }
    describe(conn, begin, request, size, 0);
    describe(conn, in->body_end, request, size, 0);
    imap4__event_put(&conn->events, begin);
    return 1;
}

int imap4__stream_look(imap4_conn *conn, size_t end)
{
    imap4__input *in = &conn->input;

    if (!in->walking) {
        in->walking = wanted(conn) && !imap4__in_clear(conn) ? 1 : -1;
        imap4__walk_init(&in->walk);
    }
    while (in->walking > 0) {
        imap4__walk before = in->walk;
        imap4__cursor cursor = imap4__input_cursor(conn, end, NULL);
        imap4__walk_item item;
        imap4__event *begin;
        imap4__request *request;
        const imap4__section_spec *spec;
        int found = imap4__walk_next(&in->walk, &cursor, &item);
        int result;

        if (found == IMAP4__WALK_NOT)
            in->walking = -1;
        if (found != IMAP4__WALK_INLINE && found != IMAP4__WALK_LITERAL)
            return 0;
        begin = section_event(conn, IMAP4_EVENT_BODY_BEGIN, &item, &result);
        if (!begin && !result)
            continue;
        request = begin ? imap4__route_section(conn, in->walk.seq, in->walk.uid, begin->shown.data.stream->section, &spec)
                        : NULL;
        if (begin && (!request || !(spec->mode & IMAP4_SECTION_STREAM) ||
                      (found == IMAP4__WALK_INLINE && request->cancelled))) {
            imap4__event_give(&conn->events, begin);
            if (found == IMAP4__WALK_LITERAL)
                return 0;
            continue;
        }
        if (begin)
            result = found == IMAP4__WALK_INLINE ? inline_value(conn, &item, begin, request)
                                                 : literal_value(conn, &item, begin, request);
        if (result < 0)
            in->walk = before;
        return result;
    }
    return 0;
}

void imap4__stream_mark(imap4_conn *conn, imap4_msg_att *message)
{
    for (const imap4_section *section = message->sections; section; section = section->next) {
        imap4_section *mine = (imap4_section *)(uintptr_t)section;
        const imap4__section_spec *spec;

        if (mine->streamed || !imap4__route_section(conn, message->seq, message->uid, mine, &spec) ||
            !(spec->mode & IMAP4_SECTION_STREAM))
            continue;
        mine->streamed = 1;
        mine->data.data = NULL;
        mine->data.len = 0;
    }
}
