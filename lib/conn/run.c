#include "conn/run.h"

#include "conn/conn.h"
#include "conn/literal.h"
#include "conn/skip.h"

/* Does a request in flight give such lists? */
static int asked_for(const imap4_conn *conn)
{
    const imap4__request *request = conn->flying.first;

    while (request && !(request->row->rules & IMAP4__LISTS))
        request = request->next;
    return request != NULL;
}

/* The framer goes on behind what was read. */
static void pass(imap4__input *in)
{
    size_t passed = in->gap_at - in->frame.at + in->gap;

    imap4__frame_run(&in->frame, passed);
    in->mode = IMAP4__LITERAL_NONE;
    in->stop = IMAP4__FRAME_MORE;
}

void imap4__conn_run_drop(imap4_conn *conn)
{
    pass(&conn->input);
}

/* What is thrown away is not read, only passed over. */
static int pass_over(imap4__input *in)
{
    const uint8_t *data = in->data + in->start;
    size_t end = in->end - in->start;
    size_t at = in->frame.at;

    while (at < end && imap4__run_byte(in->frame.run, data[at]))
        at++;
    imap4__frame_run(&in->frame, at - in->frame.at);
    in->stop = IMAP4__FRAME_MORE;
    return 1;
}

int imap4__conn_run_begin(imap4_conn *conn)
{
    imap4__input *in = &conn->input;
    const uint8_t *first = in->data + in->start + in->frame.at;
    imap4__event *event;
    size_t taken;

    if (!in->frame.skipping && imap4__literal_holes_full(conn))
        imap4__skip(conn);
    if (in->frame.skipping)
        return pass_over(in);
    event = imap4__input_event(conn);
    if (!event || imap4__literal_hole(conn, 0, 0))
        return IMAP4_ERROR_MEMORY;
    in->used_before = event->arena.used;
    /* The first byte stays, for the grammar to see that there is something. */
    if (imap4__run_begin(&in->run, in->frame.run, &event->arena) || imap4__run_feed(&in->run, first, 1, &taken)) {
        in->hole_count--;
        return IMAP4_ERROR_MEMORY;
    }
    if (!in->first_literal)
        in->first_literal = in->frame.at;
    in->holes[in->hole_count - 1].run = in->frame.run;
    in->holes[in->hole_count - 1].present = 1;
    in->list_asked = asked_for(conn);
    imap4__literal_arrive(conn, IMAP4__LITERAL_LIST, 0);
    in->gap_at++;
    return 1;
}

/* So much of the event's memory the list may take. */
static size_t memory_limit(const imap4_conn *conn)
{
    const imap4__input *in = &conn->input;
    uint64_t limit = imap4__option(conn, in->list_asked ? IMAP4_OPTION_NUMBERS_LIMIT : IMAP4_OPTION_RESPONSE_LIMIT);
    uint64_t before = in->list_asked ? in->listed : imap4__literal_cost(conn);

    return (size_t)(limit > before ? limit - before : 0);
}

/* Reads on, or to the end, within the limit. IMAP4_OK, IMAP4_ERROR_MEMORY, or IMAP4_ERROR_LIMIT. */
static int read_on(imap4_conn *conn, const uint8_t *data, size_t len, size_t *taken_out)
{
    imap4__input *in = &conn->input;
    imap4__arena *arena = &in->event->arena;
    int result;

    arena->limit = in->used_before + memory_limit(conn) + 1; /* never 0, which is no limit */
    result = data ? imap4__run_feed(&in->run, data, len, taken_out) : imap4__run_end(&in->run);
    arena->limit = 0;
    if (arena->over)
        result = IMAP4_ERROR_LIMIT;
    arena->over = 0;
    return result;
}

static int end(imap4_conn *conn)
{
    imap4__input *in = &conn->input;
    imap4__hole *hole = &in->holes[in->hole_count - 1];
    size_t used = in->event->arena.used - in->used_before;

    hole->set = in->run.set;
    hole->threads = in->run.threads;
    hole->bad = in->run.bad;
    hole->junk = in->gap;
    in->leftover += in->gap;
    if (in->list_asked) {
        in->listed += used;
        in->granted += used;
    } else {
        in->gathered += used;
    }
    pass(in);
    return 1;
}

int imap4__conn_run_step(imap4_conn *conn)
{
    imap4__input *in = &conn->input;
    size_t from = in->start + in->gap_at + in->gap;
    size_t have = in->end > from ? in->end - from : 0;
    size_t taken = 0;
    int result;

    if (!have)
        return 0;
    result = read_on(conn, in->data + from, have, &taken);
    in->gap += taken;
    if (!result && taken < have)
        result = read_on(conn, NULL, 0, &taken);
    if (result == IMAP4_ERROR_LIMIT) {
        imap4__skip(conn);
        return 1;
    }
    if (result)
        return result;
    return taken < have ? end(conn) : 1;
}
