#include "conn/send.h"

#include "base/str.h"
#include "conn/auth.h"
#include "conn/conn.h"
#include "conn/tagged.h"

#include <string.h>

/* Tags begin with a letter: NetEase stumbles over digits alone. */
static void make_tag(imap4_conn *conn, imap4__request *request)
{
    char digits[20];
    size_t count = 0;
    uint64_t number = ++conn->next_tag;

    for (; number; number /= 10)
        digits[count++] = (char)('0' + number % 10);
    request->tag[0] = 'A';
    request->tag_len = 1;
    while (count)
        request->tag[request->tag_len++] = digits[--count];
}

static int literals(const imap4_conn *conn)
{
    if (!imap4__option(conn, IMAP4_OPTION_USE_LITERAL_PLUS))
        return IMAP4__LITERALS_SYNC;
    if (imap4__has(conn, "LITERAL+"))
        return IMAP4__LITERALS_PLUS;
    return imap4__has(conn, "LITERAL-") ? IMAP4__LITERALS_MINUS : IMAP4__LITERALS_SYNC;
}

static void stop(imap4_conn *conn)
{
    imap4__sending *sending = &conn->sending;

    imap4__emit_clear(&sending->emit);
    memset(sending, 0, sizeof *sending);
}

/* Writes the whole command down, marks and all. */
static int encode(imap4_conn *conn, imap4__request *request)
{
    imap4__emit *emit = &conn->sending.emit;
    int result;

    imap4__emit_init(emit, &conn->mem);
    emit->literals = literals(conn);
    emit->utf8 = conn->utf8;
    emit->rev2_only = imap4__has(conn, "IMAP4rev2") && !imap4__has(conn, "IMAP4rev1");
    imap4__emit_bytes(emit, request->tag, request->tag_len);
    imap4__emit_raw(emit, " ");
    if (request->command == IMAP4__RAW)
        imap4__emit_bytes(emit, request->args.name.data, request->args.name.len);
    else
        imap4__emit_raw(emit, request->row->name);
    if (request->mechanism)
        imap4__auth_begin(conn, request, emit);
    else if (request->row->encode)
        request->row->encode(emit, &request->args);
    imap4__emit_raw(emit, "\r\n");
    result = emit->result;
    if (!result && (request->command == IMAP4__SELECT || request->command == IMAP4__EXAMINE))
        result = imap4__view_select(&conn->view, request, request->args.name, conn->utf8,
                                    request->command == IMAP4__EXAMINE);
    if (result) {
        imap4__emit_clear(emit);
        return result;
    }
    conn->sending.encoded = 1;
    request->out_begin = request->out_end = conn->output.queued;
    return IMAP4_OK;
}

int imap4__send_begin(imap4_conn *conn, imap4__request *request)
{
    if (!request->tag_len || request->phase == IMAP4__RESTING || request->step)
        make_tag(conn, request);
    if (request->phase == IMAP4__QUEUED)
        imap4__queue_remove(&conn->queued, request);
    imap4__queue_put(&conn->flying, request);
    if (request->step == IMAP4_MOVE_NONE)
        request->uidnext = conn->view.shown.uidnext;
    request->phase = IMAP4__SENDING;
    request->out_begin = request->out_end = UINT64_MAX; /* until it is written down */
    memset(&conn->sending, 0, sizeof conn->sending);
    conn->sending.request = request;
    conn->timer.progressed++;
    /* A resting IDLE belongs to the mailbox that is being left. */
    if ((request->row->rules & IMAP4__MOVES) && conn->idle.phase == IMAP4__IDLE_RESTING)
        imap4__idle_finish(conn, IMAP4_OUTCOME_CANCELLED, IMAP4_ERROR_CANCELLED);
    if (request->row->rules & IMAP4__SIGN_IN)
        conn->capabilities.fresh = 0; /* a list from before is void once signed in (RFC 9051 section 6.2.2) */
    return imap4__send_run(conn);
}

static void finish(imap4_conn *conn)
{
    imap4__request *request = conn->sending.request;

    request->phase = IMAP4__SENT;
    if (request == conn->idle.request)
        conn->idle.phase = IMAP4__IDLE_STARTING;
    stop(conn);
    if (request->answer)
        imap4__tagged_finish(conn, request);
}

/* Passes a mark. 1: passed; 0: stands there; or IMAP4_ERROR_MEMORY. */
static int pass(imap4_conn *conn, const imap4__mark *mark)
{
    imap4__sending *sending = &conn->sending;

    switch (mark->kind) {
    case IMAP4__MARK_WAIT:
        sending->waiting = !sending->granted;
        if (sending->waiting)
            return 0;
        sending->granted = 0;
        return 1;
    case IMAP4__MARK_REFERENCE:
        return imap4__output_reference(&conn->output, mark->data, (size_t)mark->size) ? IMAP4_ERROR_MEMORY : 1;
    case IMAP4__MARK_SUPPLY:
        if (!sending->supplying)
            sending->supply = mark->size;
        sending->supplying = sending->supply != 0;
        return !sending->supplying;
    default:
        sending->secret = mark->kind == IMAP4__MARK_SECRET;
        return 1;
    }
}

int imap4__send_run(imap4_conn *conn)
{
    imap4__sending *sending = &conn->sending;
    imap4__request *request = sending->request;
    int result;

    if (!request || (!sending->encoded && request->wants_password))
        return IMAP4_OK;
    result = sending->encoded ? IMAP4_OK : encode(conn, request);
    if (result == IMAP4_ERROR_MEMORY)
        return result;
    if (result) {
        stop(conn);
        if (conn->idle.request == request)
            imap4__idle_forget(conn);
        imap4__queue_remove(&conn->flying, request);
        imap4__request_end(conn, request, IMAP4_OUTCOME_NOT_SENT, result, NULL);
        return IMAP4_OK;
    }
    for (;;) {
        const imap4__mark *mark = sending->mark < sending->emit.mark_count ? &sending->emit.marks[sending->mark] : NULL;
        size_t until = mark ? mark->at : sending->emit.buf.len;

        if (sending->at < until) {
            if (imap4__output_add(&conn->output, sending->emit.buf.data + sending->at, until - sending->at,
                                  sending->secret))
                return IMAP4_ERROR_MEMORY;
            sending->at = until;
        }
        result = mark ? pass(conn, mark) : 0;
        request->out_end = conn->output.queued;
        if (!mark) {
            finish(conn);
            return IMAP4_OK;
        }
        if (result <= 0)
            return result;
        sending->mark++;
    }
}

int imap4__send_continue(imap4_conn *conn, imap4_str rest)
{
    imap4__request *request = conn->flying.first;

    if (conn->sending.request) {
        /* A continuation that nothing waits for must not open the next literal. */
        if (conn->sending.waiting) {
            conn->sending.waiting = 0;
            conn->sending.granted = 1;
        }
        return IMAP4_OK;
    }
    if (request && request->mechanism)
        return imap4__auth_continue(conn, request, rest);
    return imap4__idle_continue(conn);
}

int imap4__send_refused(imap4_conn *conn)
{
    if (conn->sending.encoded && !conn->sending.waiting)
        return 0;
    conn->sending.request->phase = IMAP4__SENT;
    stop(conn);
    return 1;
}

int imap4__send_want(imap4_conn *conn)
{
    imap4__sending *sending = &conn->sending;
    imap4__event *event;
    int password;

    if (!sending->request || sending->wanted)
        return IMAP4_OK;
    password = !sending->encoded && sending->request->wants_password;
    if (!password && (!sending->supplying || conn->output.queued - conn->output.sent >=
                                                 imap4__option(conn, IMAP4_OPTION_SUPPLY_BUFFER)))
        return IMAP4_OK;
    event = imap4__conn_event(conn, IMAP4_EVENT_WANTED, sending->request);
    if (!event)
        return IMAP4_ERROR_MEMORY;
    event->small.wanted.kind = password ? IMAP4_WANTED_PASSWORD : IMAP4_WANTED_LITERAL;
    event->small.wanted.amount = password ? 0 : sending->supply;
    event->shown.data.wanted = &event->small.wanted;
    sending->wanted = 1;
    imap4__event_put(&conn->events, event);
    return IMAP4_OK;
}

static int supply_password(imap4_conn *conn, imap4__request *request, const void *data, size_t len)
{
    if (len && memchr(data, 0, len))
        return IMAP4_ERROR_ARGUMENT;
    if (imap4__arena_str(&request->arena, data ? data : "", len, &request->args.second))
        return IMAP4_ERROR_MEMORY;
    request->wants_password = 0;
    conn->sending.wanted = 0;
    return IMAP4_OK;
}

int imap4_supply(imap4_conn *conn, uint64_t request, const void *data, size_t len, size_t *taken_out)
{
    imap4__sending *sending = &conn->sending;
    uint64_t waiting = conn->output.queued - conn->output.sent;
    uint64_t limit = imap4__option(conn, IMAP4_OPTION_SUPPLY_BUFFER);
    size_t take = len;
    int result;

    if (conn->failed || !sending->request || sending->request->id != request || !sending->wanted)
        return IMAP4_ERROR_STATE;
    if (!sending->supplying) {
        result = supply_password(conn, sending->request, data, len);
    } else {
        if (!len || memchr(data, 0, len)) /* NUL cannot be said in a literal (RFC 9051 section 9, CHAR8) */
            return IMAP4_ERROR_ARGUMENT;
        if (take > sending->supply)
            take = (size_t)sending->supply;
        if (take > limit - waiting)
            take = (size_t)(limit - waiting);
        result = imap4__output_add(&conn->output, data, take, 0);
        if (!result) {
            sending->supply -= take;
            sending->wanted = 0;
            sending->request->out_end = conn->output.queued;
            conn->timer.progressed++;
        }
    }
    if (result)
        return result;
    if (taken_out)
        *taken_out = take;
    (void)imap4__send_run(conn); /* what memory did not allow is made good by imap4_conn_next() */
    return IMAP4_OK;
}
