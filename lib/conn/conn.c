#include "conn/conn.h"

#include "base/mem.h"
#include "base/str.h"
#include "conn/queue.h"
#include "conn/send.h"
#include "conn/tagged.h"

#include <string.h>

enum { KEPT_LEAST = 4096 }; /* what real servers announce, twice over */

int imap4_conn_new(imap4_conn **out, const imap4_options *options)
{
    imap4_options *copy;
    imap4_conn *conn;
    int result = imap4__options_copy(&copy, options);

    if (result)
        return result;
    conn = imap4__zalloc(&copy->mem, sizeof *conn);
    if (!conn) {
        imap4_options_free(copy);
        return IMAP4_ERROR_MEMORY;
    }
    conn->mem = copy->mem;
    conn->options = copy;
    conn->drain_limit = UINT64_MAX;
    imap4__error_init(&conn->error);
    imap4__events_init(&conn->events, &conn->mem, (size_t)imap4__option(conn, IMAP4_OPTION_INPUT_BUFFER));
    imap4__output_init(&conn->output, &conn->mem);
    imap4__input_init(conn);
    imap4__view_init(&conn->view, &conn->mem, imap4__kept_limit(conn));
    imap4__index_init(&conn->index, &conn->mem);
    imap4__arena_init(&conn->capabilities.arena, &conn->mem);
    *out = conn;
    return IMAP4_OK;
}

static void free_list(imap4_conn *conn, imap4__request *request)
{
    while (request) {
        imap4__request *next = request->next;
        imap4__request_free(conn, request);
        request = next;
    }
}

void imap4_conn_free(imap4_conn *conn)
{
    imap4_allocator mem;

    if (!conn)
        return;
    mem = conn->mem;
    if (conn->idle.phase == IMAP4__IDLE_RESTING)
        imap4__request_free(conn, conn->idle.request);
    imap4__idle_forget(conn);
    free_list(conn, conn->queued.first);
    free_list(conn, conn->flying.first);
    free_list(conn, conn->lingering);
    if (conn->sending.request)
        imap4__emit_clear(&conn->sending.emit);
    imap4__index_clear(&conn->index);
    imap4__output_clear(&conn->output);
    imap4__input_clear(conn);
    imap4__view_clear(&conn->view);
    imap4__arena_clear(&conn->capabilities.arena);
    imap4__events_clear(&conn->events);
    imap4_options_free(conn->options);
    imap4__free(&mem, conn);
}

uint64_t imap4__option(const imap4_conn *conn, int option)
{
    return conn->options->numbers[option];
}

size_t imap4__kept_limit(const imap4_conn *conn)
{
    size_t share = (size_t)imap4__option(conn, IMAP4_OPTION_RESPONSE_LIMIT) / 32;

    return share > KEPT_LEAST ? share : KEPT_LEAST;
}

int imap4__fail(imap4_conn *conn, int result, const char *what, const char *detail)
{
    if (!conn->failed) {
        conn->failed = result;
        imap4__error_set(&conn->error, result, what, detail);
        conn->error.shown.offset = conn->input.offset + conn->input.frame.begin;
    }
    return result;
}

void imap4__set_state(imap4_conn *conn, int state)
{
    /* Answers that come behind BYE change nothing: there is no way back. */
    if (conn->state != IMAP4_STATE_LOGOUT || state == IMAP4_STATE_CLOSED)
        conn->state = state;
}

int imap4__in_clear(const imap4_conn *conn)
{
    return conn->security == IMAP4_SECURITY_NONE && !imap4__option(conn, IMAP4_OPTION_ALLOW_CLEAR);
}

void imap4__conn_label(const imap4_conn *conn, imap4__event *event, const imap4__request *request)
{
    event->shown.view = conn->view.shown.id;
    event->shown.serial = conn->view.shown.serial;
    if (request && !request->internal) {
        event->shown.request = request->id;
        event->shown.cookie = request->cookie;
    }
}

imap4__event *imap4__conn_event(imap4_conn *conn, int kind, const imap4__request *request)
{
    imap4__event *event = imap4__event_take(&conn->events, kind);

    if (event)
        imap4__conn_label(conn, event, request);
    return event;
}

/* A LOGOUT that the server answers with BYE and no more: its goodbye is the answer. */
static int answer_logout(imap4_conn *conn, imap4__request *request)
{
    imap4_resp_text *text = imap4__arena_zalloc(&request->done->arena, sizeof *text);
    const imap4_str said = conn->error.shown.text;

    if (!text || imap4__arena_str(&request->done->arena, said.data ? said.data : "", said.len, &text->text))
        return IMAP4_ERROR_MEMORY;
    text->status = IMAP4_STATUS_BYE;
    text->trusted = conn->security >= IMAP4_SECURITY_LOCAL;
    request->done->shown.data.text = text;
    return IMAP4_OK;
}

/* The end: every request gets its done event, those in flight first. IMAP4_OK or IMAP4_ERROR_MEMORY. */
static int end_all(imap4_conn *conn)
{
    imap4__request *request;

    imap4__event_give(&conn->events, conn->input.body_end);
    conn->input.body_end = NULL;
    if (conn->sending.request)
        imap4__emit_clear(&conn->sending.emit);
    conn->sending.request = NULL;
    if (conn->idle.phase == IMAP4__IDLE_RESTING)
        imap4__idle_finish(conn, IMAP4_OUTCOME_CANCELLED, conn->failed);
    imap4__idle_forget(conn);
    while ((request = conn->flying.first) != NULL) {
        int handed_out = request->out_begin < conn->output.sent + conn->output.shown;

        if (request->answer && request->done) { /* it was refused, and only the rest of a literal was missing */
            imap4__tagged_finish(conn, request);
            continue;
        }
        if (request->command == IMAP4__LOGOUT && conn->bye) {
            imap4__event *done = request->done;
            if (answer_logout(conn, request))
                return IMAP4_ERROR_MEMORY;
            request->done = NULL;
            imap4__queue_remove(&conn->flying, request);
            imap4__request_answer(conn, request, done);
            continue;
        }
        imap4__queue_remove(&conn->flying, request);
        imap4__request_end(conn, request, handed_out || request->step > IMAP4_MOVE_NONE ? IMAP4_OUTCOME_UNKNOWN
                                                                                        : IMAP4_OUTCOME_NOT_SENT,
                           conn->failed, NULL);
    }
    while ((request = conn->queued.first) != NULL) {
        imap4__queue_remove(&conn->queued, request);
        imap4__request_end(conn, request, request->step > IMAP4_MOVE_NONE ? IMAP4_OUTCOME_UNKNOWN
                                                                          : IMAP4_OUTCOME_NOT_SENT,
                           conn->failed, NULL);
    }
    imap4__output_forget_secrets(&conn->output);
    conn->closed = 1;
    return IMAP4_OK;
}

void imap4__finish(imap4_conn *conn, int result, const char *what)
{
    const imap4__request *flying = conn->flying.first;

    if (conn->failed)
        return;
    if (conn->logged_out || (conn->bye && flying && flying->command == IMAP4__LOGOUT))
        conn->failed = IMAP4_ERROR_CLOSED; /* as it should be: no error is noted */
    else if (conn->bye)
        imap4__fail(conn, IMAP4_ERROR_BYE, "the server said goodbye", NULL);
    else
        imap4__fail(conn, result, what, NULL);
}

static void show_first(imap4_conn *conn)
{
    imap4__events *events = &conn->events;
    imap4__event *event = events->first;

    events->first = event->next;
    if (!events->first)
        events->last = NULL;
    event->next = NULL;
    events->current = event;
}

/* One round of work. 1: something happened; 0: the world must move first; or IMAP4_ERROR_MEMORY. */
static int work(imap4_conn *conn)
{
    int result;

    if (conn->failed)
        return end_all(conn) ? IMAP4_ERROR_MEMORY : 1;
    result = imap4__input_read(conn);
    if (result || conn->failed)
        return result ? result : 1;
    result = imap4__queue_run(conn);
    if (!result)
        result = imap4__send_want(conn);
    if (result || conn->events.first)
        return result ? result : 1;
    if (conn->input.eof)
        imap4__finish(conn, conn->input.eof, imap4_result_message(conn->input.eof));
    return conn->input.eof != 0;
}

int imap4_conn_next(imap4_conn *conn, const imap4_event **out)
{
    imap4__events *events = &conn->events;

    if (events->current) {
        events->pins -= (size_t)events->current->pins_input;
        imap4__event_give(events, events->current);
        events->current = NULL;
    }
    while (!events->first) {
        int result;

        if (conn->closed) {
            imap4__set_state(conn, IMAP4_STATE_CLOSED);
            return IMAP4_ERROR_CLOSED;
        }
        result = work(conn);
        if (result < 0)
            return result;
        if (!result) {
            conn->timer.reader_waits = 1;
            return IMAP4_AGAIN;
        }
    }
    show_first(conn);
    *out = &events->current->shown;
    return IMAP4_EVENT;
}

const uint8_t *imap4_conn_output(imap4_conn *conn, size_t *len_out)
{
    const uint8_t *data;

    *len_out = 0;
    if (conn->failed || conn->layer)
        return NULL;
    if (!conn->output.shown)
        (void)imap4__queue_run(conn); /* what memory did not allow is made good by imap4_conn_next() */
    data = imap4__output_show(&conn->output, len_out);
    if (conn->options->trace)
        imap4__output_trace(&conn->output, conn->options->trace, conn->options->trace_user);
    return data;
}

void imap4_conn_output_done(imap4_conn *conn, size_t len)
{
    imap4__request **link = &conn->lingering;

    imap4__output_done(&conn->output, len);
    if (len)
        conn->timer.progressed++;
    while (*link) {
        imap4__request *request = *link;
        if (request->out_end <= conn->output.sent) {
            *link = request->next;
            imap4__request_free(conn, request);
        } else {
            link = &request->next;
        }
    }
}

int imap4_conn_layer_done(imap4_conn *conn, int security)
{
    imap4__request *request = conn->flying.first;

    if (security < IMAP4_SECURITY_NONE || security > IMAP4_SECURITY_VERIFIED)
        return IMAP4_ERROR_ARGUMENT;
    if (conn->failed || conn->closed)
        return IMAP4_ERROR_CLOSED;
    if (!conn->layer) {
        if (conn->security_stated || conn->greeted || imap4__input_unread(conn))
            return IMAP4_ERROR_STATE;
        conn->security = security;
        conn->security_stated = 1;
        return IMAP4_OK;
    }
    if (conn->layer == IMAP4_LAYER_TLS) {
        /* Nothing that was said in the clear is true any more (RFC 9051 section 6.2.1). */
        conn->security = security;
        conn->security_stated = 1;
        conn->enabled_utf8 = conn->enabled_rev2 = 0;
        imap4__forget_capabilities(conn);
    }
    imap4__input_forget(conn);
    conn->layer = 0;
    imap4__tagged_finish(conn, request);
    return IMAP4_OK;
}

const uint8_t *imap4_conn_unread(imap4_conn *conn, size_t *len_out)
{
    *len_out = conn->layer ? imap4__input_unread(conn) : 0;
    return *len_out ? conn->input.data + conn->input.start : NULL;
}

int imap4_conn_state(const imap4_conn *conn)
{
    return conn->state;
}

int imap4_conn_security(const imap4_conn *conn)
{
    return conn->security;
}

const imap4_view *imap4_conn_view(const imap4_conn *conn)
{
    return &conn->view.shown;
}

const imap4_counters *imap4_conn_counters(const imap4_conn *conn)
{
    return &conn->counters;
}

int imap4_conn_server(const imap4_conn *conn)
{
    return conn->server;
}

const imap4_error *imap4_conn_error(const imap4_conn *conn)
{
    return &conn->error.shown;
}

size_t imap4_conn_pending(const imap4_conn *conn)
{
    return conn->pending;
}
