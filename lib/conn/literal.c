#include "conn/literal.h"

#include "base/mem.h"
#include "conn/conn.h"
#include "conn/skip.h"
#include "conn/stream.h"

#include <string.h>

enum {
    HOLES_MIN = 8,
    HOLES_USUAL = 64
};

uint64_t imap4__literal_cost(const imap4_conn *conn)
{
    const imap4__input *in = &conn->input;
    uint64_t text = imap4__input_text(in);

    return (text > in->asked_here ? text - in->asked_here : 0) + in->gathered;
}

/* Holes take memory too, of which a response may have its share only. */
static size_t holes_max(const imap4_conn *conn)
{
    size_t count = (size_t)imap4__option(conn, IMAP4_OPTION_RESPONSE_LIMIT) / 4 / sizeof(imap4__hole);

    return count > HOLES_USUAL ? count : HOLES_USUAL;
}

int imap4__literal_holes_full(const imap4_conn *conn)
{
    return conn->input.hole_count >= holes_max(conn);
}

static int grow_holes(imap4_conn *conn)
{
    imap4__input *in = &conn->input;
    size_t most = holes_max(conn);
    size_t capacity = in->hole_capacity ? in->hole_capacity * 2 : HOLES_MIN;
    imap4__hole *holes;

    if (capacity > most)
        capacity = most;
    holes = imap4__realloc(&in->mem, in->holes, capacity * sizeof *holes);
    if (!holes)
        return IMAP4_ERROR_MEMORY;
    in->holes = holes;
    in->hole_capacity = capacity;
    return IMAP4_OK;
}

int imap4__literal_hole(imap4_conn *conn, uint64_t size, int streamed)
{
    imap4__input *in = &conn->input;
    imap4__hole *hole;

    if (in->hole_count == in->hole_capacity && grow_holes(conn))
        return IMAP4_ERROR_MEMORY;
    hole = &in->holes[in->hole_count++];
    memset(hole, 0, sizeof *hole);
    hole->at = in->frame.at;
    hole->size = size;
    hole->streamed = streamed;
    return IMAP4_OK;
}

void imap4__literal_arrive(imap4_conn *conn, int mode, uint64_t size)
{
    imap4__input *in = &conn->input;

    in->mode = mode;
    in->left = size;
    in->done = 0;
    in->gap_at = in->frame.at;
    in->gap = 0;
}

/* The framer goes on behind what is left of it in the buffer. */
static void end(imap4_conn *conn)
{
    imap4__input *in = &conn->input;
    imap4__hole *hole = in->frame.skipping ? NULL : &in->holes[in->hole_count - 1];

    if (hole && in->mode == IMAP4__LITERAL_GATHER)
        hole->text = imap4__arena_text_end(&in->event->arena, &in->text);
    if (hole) {
        hole->junk = in->gap;
        in->leftover += in->gap;
    }
    imap4__frame_hole(&in->frame, in->gap);
    in->mode = IMAP4__LITERAL_NONE;
    in->stop = IMAP4__FRAME_MORE;
    in->looked = in->counted = 0;
    if (in->body_end) {
        imap4__event_put(&conn->events, in->body_end);
        in->body_end = NULL;
    }
}

static int gather(imap4_conn *conn, const uint8_t *data, size_t count)
{
    imap4__input *in = &conn->input;
    size_t kept = in->keep < count ? (size_t)in->keep : count;

    if (imap4__arena_text_add(&in->event->arena, &in->text, data, kept))
        return IMAP4_ERROR_MEMORY;
    in->keep -= kept;
    in->thrown += in->drained ? 0 : count - kept;
    return IMAP4_OK;
}

int imap4__literal_step(imap4_conn *conn)
{
    imap4__input *in = &conn->input;
    size_t most = (size_t)imap4__option(conn, IMAP4_OPTION_INPUT_BUFFER);
    size_t from = in->start + in->gap_at + in->gap;
    size_t have = in->end > from ? in->end - from : 0;
    size_t take = in->left < have ? (size_t)in->left : have;

    if (!in->left) {
        end(conn);
        return 1;
    }
    if (!take)
        return 0;
    switch (in->mode) {
    case IMAP4__LITERAL_STREAM:
        take = take < most ? take : most;
        if (imap4__stream_chunk(conn, in->data + from, take))
            return IMAP4_ERROR_MEMORY;
        break;
    case IMAP4__LITERAL_GATHER:
        if (gather(conn, in->data + from, take))
            return IMAP4_ERROR_MEMORY;
        break;
    default:
        in->thrown += take;
        break;
    }
    in->gap += take;
    in->left -= take;
    in->done += take;
    return 1;
}

/* Its first `keep` bytes go into the event's memory. */
static int gather_begin(imap4_conn *conn, uint64_t keep, uint64_t size)
{
    imap4__input *in = &conn->input;
    imap4__event *event = imap4__input_event(conn);
    size_t have = in->end - in->start - in->frame.at;

    if (!event || imap4__literal_hole(conn, size, 0))
        return IMAP4_ERROR_MEMORY;
    if (imap4__arena_text_begin(&event->arena, &in->text, keep < have ? (size_t)keep : have, (size_t)keep)) {
        in->hole_count--;
        return IMAP4_ERROR_MEMORY;
    }
    imap4__literal_arrive(conn, IMAP4__LITERAL_GATHER, size);
    in->keep = keep;
    in->drained = 0;
    return 1;
}

static void stay(imap4__input *in)
{
    imap4__frame_collect(&in->frame);
    in->stop = IMAP4__FRAME_MORE;
    in->looked = in->counted = 0;
}

/* Small enough to stay in the buffer, and the buffer is not full of such already? */
static int is_small(const imap4_conn *conn, uint64_t size)
{
    return size <= imap4__option(conn, IMAP4_OPTION_INPUT_BUFFER) / 4 &&
           imap4__input_text(&conn->input) < imap4__option(conn, IMAP4_OPTION_RESPONSE_LIMIT) / 4;
}

/* Is it beyond what one response may cost? */
static int is_beyond(const imap4_conn *conn, uint64_t size)
{
    uint64_t limit = imap4__option(conn, IMAP4_OPTION_RESPONSE_LIMIT);
    uint64_t cost = imap4__literal_cost(conn);

    return cost > limit || size > limit - cost;
}

/* Need we know whose it is? Not of one that is small, whosever it is. */
static int matters(imap4_conn *conn, uint64_t size)
{
    const imap4__input *in = &conn->input;
    uint64_t limit = imap4__option(conn, IMAP4_OPTION_SECTION_LIMIT);

    return imap4__stream_any(conn) || !is_small(conn, size) || is_beyond(conn, size) ||
           size + in->asked + imap4__input_text(in) > limit;
}

/* A section that is to be collected. */
static int collect(imap4_conn *conn, uint64_t size)
{
    imap4__input *in = &conn->input;
    uint64_t limit = imap4__option(conn, IMAP4_OPTION_SECTION_LIMIT);
    uint64_t room = limit > in->asked ? limit - in->asked : 0;
    uint64_t keep = size < room ? size : room;

    if (keep > in->prefix)
        keep = in->prefix;
    if (keep == size && is_small(conn, size)) {
        in->asked += size;
        in->asked_here += size;
        stay(in);
        return 1;
    }
    if (gather_begin(conn, keep, size) < 0)
        return IMAP4_ERROR_MEMORY;
    in->asked += keep;
    in->granted += (size_t)keep + 1;
    in->drained = keep == in->prefix;
    return 1;
}

/* A section that nobody asked for: what is too much of it is cut off, but for a beginning that leaves room for others. */
static int unasked(imap4_conn *conn, uint64_t size)
{
    imap4__input *in = &conn->input;
    uint64_t limit = imap4__option(conn, IMAP4_OPTION_RESPONSE_LIMIT);
    uint64_t cost = imap4__literal_cost(conn);
    uint64_t keep = size;

    if (is_beyond(conn, size)) {
        keep = imap4__option(conn, IMAP4_OPTION_INPUT_BUFFER);
        if (cost > limit || keep > (limit - cost) / 2)
            keep = cost > limit ? 0 : (limit - cost) / 2;
    } else if (is_small(conn, size)) {
        stay(in);
        return 1;
    }
    if (gather_begin(conn, keep, size) < 0)
        return IMAP4_ERROR_MEMORY;
    in->gathered += keep;
    return 1;
}

static int other(imap4_conn *conn, uint64_t size)
{
    imap4__input *in = &conn->input;

    if (is_beyond(conn, size)) {
        imap4__skip(conn);
        return 1;
    }
    if (is_small(conn, size)) {
        stay(in);
        return 1;
    }
    if (gather_begin(conn, size, size) < 0)
        return IMAP4_ERROR_MEMORY;
    in->gathered += size;
    return 1;
}

/* One more literal, the first time that we see it. */
static void count(imap4_conn *conn)
{
    imap4__input *in = &conn->input;

    in->counted = 1;
    in->literals++;
    if (!in->first_literal)
        in->first_literal = in->frame.at;
    if (in->literals > imap4__option(conn, IMAP4_OPTION_LIST_LIMIT) || imap4__literal_holes_full(conn))
        imap4__skip(conn);
}

int imap4__literal_begin(imap4_conn *conn)
{
    imap4__input *in = &conn->input;
    uint64_t size = in->frame.literal;

    if (!in->frame.skipping && !in->counted)
        count(conn);
    if (!in->frame.skipping && !in->looked) {
        in->owner = IMAP4__LITERAL_DATA;
        if (matters(conn, size)) {
            int result = imap4__stream_look(conn, in->frame.at);

            if (result)
                return result < 0 ? result : 1;
        }
        in->looked = 1;
    }
    if (in->frame.skipping) {
        imap4__skip_sample(conn, in->frame.at);
        in->sample_over = 1;
        imap4__literal_arrive(conn, IMAP4__LITERAL_DROP, size);
        return 1;
    }
    switch (in->owner) {
    case IMAP4__LITERAL_ASKED:
        return collect(conn, size);
    case IMAP4__LITERAL_UNASKED:
        return unasked(conn, size);
    default:
        return other(conn, size);
    }
}
