#include "conn/stream.h"

#include "conn/conn.h"
#include "conn/literal.h"
#include "conn/owner.h"
#include "grammar/fetch.h"

#include <string.h>

int imap4__stream_any(imap4_conn *conn)
{
    imap4__input *in = &conn->input;
    const imap4__request *request = conn->flying.first;

    if (!in->streams) {
        while (request && !(request->args.fetch && request->args.fetch->streams))
            request = request->next;
        in->streams = request && !imap4__in_clear(conn) ? 1 : -1;
    }
    return in->streams > 0;
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
    imap4__conn_label(conn, event, request);
    if (conn->input.uid && conn->input.uid != UINT32_MAX)
        ((imap4_stream *)(uintptr_t)event->shown.data.stream)->uid = conn->input.uid;
}

static void label_chunk(imap4_conn *conn, imap4__event *event, const uint8_t *data, size_t len)
{
    const imap4__input *in = &conn->input;

    event->shown.view = in->body_end->shown.view;
    event->shown.serial = in->body_end->shown.serial;
    event->shown.request = in->body_end->shown.request;
    event->shown.cookie = in->body_end->shown.cookie;
    event->small.chunk.data = data;
    event->small.chunk.len = len;
    event->small.chunk.offset = in->done;
    event->shown.data.chunk = &event->small.chunk;
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
    label_chunk(conn, event, data, len);
    event->pins_input = 1;
    imap4__event_put(&conn->events, event);
    return IMAP4_OK;
}

/* The next bytes of an inline value, escapes removed, into `out` or only counted. Returns how many; *at goes on. */
static size_t unescape(const imap4__walk_item *item, size_t *at, uint8_t *out, size_t room)
{
    const uint8_t *data = item->text;
    size_t count = 0;

    for (; *at < item->value_len && count < room; ++*at) {
        if (item->quoted && data[*at] == '\\' && ++*at == item->value_len)
            break;
        if (out)
            out[count] = data[*at];
        count++;
    }
    return count;
}

/* Takes back events of which none was shown yet. */
static void take_back(imap4__events *events)
{
    while (events->first) {
        imap4__event *event = events->first;

        events->first = event->next;
        events->pins -= (size_t)event->pins_input;
        imap4__event_give(events, event);
    }
    events->last = NULL;
}

static int has_escapes(const imap4__walk_item *item)
{
    return item->quoted && item->value_len && memchr(item->text, '\\', item->value_len) != NULL;
}

static uint64_t inline_size(const imap4__walk_item *item)
{
    size_t at = 0;

    return has_escapes(item) ? unescape(item, &at, NULL, SIZE_MAX) : item->value_len;
}

/* What a chunk of an inline value shows: the bytes where they lie, or without their escapes in memory of its own. */
static const uint8_t *inline_bytes(imap4__event *event, const imap4__walk_item *item, int escapes, size_t *at,
                                   size_t count)
{
    const uint8_t *bytes = item->text + *at;
    char *copy;

    if (!escapes) {
        event->pins_input = 1;
        *at += count;
        return bytes;
    }
    copy = imap4__arena_bytes(&event->arena, count);
    if (copy)
        unescape(item, at, (uint8_t *)copy, count);
    return (const uint8_t *)copy;
}

static int inline_chunks(imap4_conn *conn, const imap4__walk_item *item, uint64_t size)
{
    imap4__input *in = &conn->input;
    size_t most = (size_t)imap4__option(conn, IMAP4_OPTION_INPUT_BUFFER);
    int escapes = has_escapes(item);
    size_t at = 0;

    in->done = 0;
    while (in->done < size) {
        size_t count = size - in->done < most ? (size_t)(size - in->done) : most;
        imap4__event *event = imap4__event_take(&conn->events, IMAP4_EVENT_BODY_CHUNK);
        const uint8_t *bytes = event ? inline_bytes(event, item, escapes, &at, count) : NULL;

        if (!bytes) {
            imap4__event_give(&conn->events, event);
            return IMAP4_ERROR_MEMORY;
        }
        label_chunk(conn, event, bytes, count);
        imap4__event_put(&conn->events, event);
        in->done += count;
    }
    return IMAP4_OK;
}

/* A value that is there already: begin, chunks and end at once, or none of them. */
static int inline_value(imap4_conn *conn, const imap4__walk_item *item, imap4__event *begin,
                        const imap4__request *request)
{
    imap4__input *in = &conn->input;
    uint64_t size = inline_size(item);
    int result;

    in->body_end = section_event(conn, IMAP4_EVENT_BODY_END, item, &result);
    if (!in->body_end) {
        imap4__event_give(&conn->events, begin);
        return IMAP4_ERROR_MEMORY;
    }
    describe(conn, begin, request, size, item->nil);
    describe(conn, in->body_end, request, size, item->nil);
    imap4__event_put(&conn->events, begin);
    if (inline_chunks(conn, item, size)) {
        take_back(&conn->events);
        imap4__event_give(&conn->events, in->body_end);
        in->body_end = NULL;
        return IMAP4_ERROR_MEMORY;
    }
    imap4__event_put(&conn->events, in->body_end);
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
    if (imap4__literal_hole(conn, size, 1)) {
        imap4__event_give(&conn->events, begin);
        imap4__event_give(&conn->events, in->body_end);
        in->body_end = NULL;
        return IMAP4_ERROR_MEMORY;
    }
    imap4__literal_arrive(conn, IMAP4__LITERAL_STREAM, size);
    if (request->cancelled) {
        imap4__event_give(&conn->events, begin);
        return 1;
    }
    describe(conn, begin, request, size, 0);
    describe(conn, in->body_end, request, size, 0);
    imap4__event_put(&conn->events, begin);
    return 1;
}

/* Section items of the second walk that had their events in the first. */
static int done_before(const imap4__input *in, const imap4__walk_item *item)
{
    return item->name < in->deferred || item->streamed;
}

/* A section that is no stream: how much of it is to be collected, and by whose wish. */
static void note_owner(imap4_conn *conn, const imap4__walk_item *item, int asked, uint64_t prefix, int is_literal)
{
    imap4__input *in = &conn->input;
    uint64_t limit = imap4__option(conn, IMAP4_OPTION_SECTION_LIMIT);
    uint64_t kept;

    if (is_literal) {
        in->owner = asked ? IMAP4__LITERAL_ASKED : IMAP4__LITERAL_UNASKED;
        in->prefix = prefix;
    } else if (asked && !in->uid && !item->nil) {
        kept = inline_size(item);
        kept = kept < prefix ? kept : prefix;
        in->asked += kept < limit - in->asked ? kept : limit - in->asked;
        in->asked_here += item->value_len;
    }
}

/*
 * A section item. 1: events were made, or the literal is streamed; 0: it is nobody's stream, or it must wait for the UID;
 * or IMAP4_ERROR_MEMORY.
 */
static int section_item(imap4_conn *conn, const imap4__walk_item *item, int is_literal)
{
    imap4__input *in = &conn->input;
    const imap4__section_spec *spec = NULL;
    const imap4_section *section;
    imap4__request *request;
    imap4__event *begin;
    uint32_t uid = in->uid ? in->uid : in->walk.uid;
    uint64_t prefix = UINT64_MAX;
    int asked;
    int result;
    int waits;

    if (in->uid && done_before(in, item))
        return 0;
    begin = section_event(conn, IMAP4_EVENT_BODY_BEGIN, item, &result);
    if (!begin)
        return result;
    section = begin->shown.data.stream->section;
    /* Requests that want the same section of different messages are told apart by the UID, and some servers say it last.
     * The section is collected then, if it is not too large for that. */
    waits = !in->uid && (in->deferred || (!uid && imap4__owner_section_shared(conn, in->walk.seq, section)));
    if (is_literal && in->frame.literal > imap4__option(conn, IMAP4_OPTION_SECTION_LIMIT))
        waits = 0;
    request = imap4__owner_section(conn, in->walk.seq, uid, section, &spec);
    if (waits && !in->deferred)
        in->deferred = item->name;
    if (!waits && request && (spec->mode & IMAP4_SECTION_STREAM) && imap4__stream_any(conn) &&
        (is_literal || !request->cancelled))
        return is_literal ? literal_value(conn, item, begin, request) : inline_value(conn, item, begin, request);
    asked = waits || request || imap4__owner_collects(conn, in->walk.seq, uid, section);
    if (!waits && request && request->cancelled)
        prefix = 0;
    else if (!waits && request && spec->prefix)
        prefix = spec->prefix;
    note_owner(conn, item, asked, prefix, is_literal);
    imap4__event_give(&conn->events, begin);
    return 0;
}

/* The response is complete and its UID known: once more from the beginning, for the sections that had to wait. */
static int walk_again(imap4__input *in)
{
    if (!in->deferred || in->uid || in->stop != IMAP4__FRAME_RESPONSE)
        return 0;
    in->uid = in->walk.uid ? in->walk.uid : UINT32_MAX;
    imap4__walk_init(&in->walk);
    return 1;
}

int imap4__stream_look(imap4_conn *conn, size_t end)
{
    imap4__input *in = &conn->input;

    if (!in->walking) {
        in->walking = 1;
        imap4__walk_init(&in->walk);
    }
    while (in->walking > 0) {
        imap4__walk before = in->walk;
        size_t deferred = in->deferred;
        imap4__cursor cursor = imap4__input_cursor(conn, end, NULL);
        imap4__walk_item item;
        int found;
        int result;

        in->walk.whole = in->stop == IMAP4__FRAME_RESPONSE;
        found = imap4__walk_next(&in->walk, &cursor, &item);
        if (found == IMAP4__WALK_NOT)
            in->walking = -1;
        if (found != IMAP4__WALK_INLINE && found != IMAP4__WALK_LITERAL) {
            if (found == IMAP4__WALK_END && walk_again(in))
                continue;
            return 0;
        }
        result = section_item(conn, &item, found == IMAP4__WALK_LITERAL);
        if (result < 0) {
            in->walk = before;
            in->deferred = deferred;
        }
        if (result || found == IMAP4__WALK_LITERAL)
            return result;
    }
    return 0;
}

/* The text is in the event's own memory. */
static void cut(imap4_section *section, uint64_t limit)
{
    if (section->data.len <= limit)
        return;
    section->data.len = (size_t)limit;
    ((char *)(uintptr_t)section->data.data)[section->data.len] = '\0';
    section->truncated = 1;
}

void imap4__stream_mark(imap4_conn *conn, imap4_msg_att *message)
{
    uint64_t room = imap4__option(conn, IMAP4_OPTION_SECTION_LIMIT);
    /* As the walk knew it: where nobody could tell whose a section is, it was not streamed, and is not to be lost. */
    const uint32_t uid = message->uid ? message->uid : conn->input.uid;

    for (const imap4_section *section = message->sections; section; section = section->next) {
        imap4_section *mine = (imap4_section *)(uintptr_t)section;
        const imap4__section_spec *spec = NULL;
        int asked = imap4__owner_section(conn, message->seq, uid, mine, &spec) != NULL;

        if (mine->streamed)
            continue;
        if (asked && (spec->mode & IMAP4_SECTION_STREAM) && conn->input.streams > 0 && conn->input.walking > 0) {
            mine->streamed = 1;
            mine->data.data = NULL;
            mine->data.len = 0;
        } else if (asked || imap4__owner_collects(conn, message->seq, uid, mine)) {
            cut(mine, asked && spec->prefix && spec->prefix < room ? spec->prefix : room);
            room -= mine->data.len;
        }
    }
}
