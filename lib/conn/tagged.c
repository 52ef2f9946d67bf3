#include "conn/tagged.h"

#include "base/str.h"
#include "conn/conn.h"
#include "conn/move.h"
#include "conn/send.h"

imap4__request *imap4__tagged_request(const imap4_conn *conn, imap4_str tag)
{
    imap4__request *request = conn->flying.first;

    /* Our tags differ in more than case, and servers have changed it. */
    while (request && !(request->tag_len == tag.len && imap4__nocase_n(request->tag, tag.data, tag.len)))
        request = request->next;
    return request;
}

/* Capabilities may change with a sign-in; a list that came since it was begun holds (RFC 9051 section 6.2.2 and 6.2.3). */
static void signed_in(imap4_conn *conn)
{
    if (!conn->capabilities.fresh)
        imap4__forget_capabilities(conn);
    imap4__set_state(conn, IMAP4_STATE_AUTHENTICATED);
}

/* The event that tells of the new view. IMAP4_OK or IMAP4_ERROR_MEMORY. */
static int view_event(imap4_conn *conn, const imap4__request *request, imap4__event **out)
{
    imap4__event *event = imap4__conn_event(conn, IMAP4_EVENT_VIEW, request);

    if (event)
        event->shown.data.view = imap4__view_copy(&conn->view, &event->arena);
    if (!event || !event->shown.data.view) {
        imap4__event_give(&conn->events, event);
        return IMAP4_ERROR_MEMORY;
    }
    *out = event;
    return IMAP4_OK;
}

/* SELECT, EXAMINE, CLOSE, UNSELECT: where we are now. IMAP4_OK or IMAP4_ERROR_MEMORY. */
static int change_mailbox(imap4_conn *conn, imap4__request *request, int status)
{
    int selects = request->command == IMAP4__SELECT || request->command == IMAP4__EXAMINE;
    int selected = selects && status == IMAP4_STATUS_OK;
    imap4__event *event;

    if (!selects && status != IMAP4_STATUS_OK)
        return IMAP4_OK;
    if (selected) {
        imap4__view_switch(&conn->view); /* a server that said nothing of the new mailbox but OK */
    } else if (conn->view.shown.id || conn->view.selecting) {
        /* A refused SELECT leaves no mailbox selected (RFC 9051 section 6.3.2). */
        imap4__view_leave(&conn->view);
    }
    if (view_event(conn, request, &event))
        return IMAP4_ERROR_MEMORY;
    imap4__event_put(&conn->events, event);
    conn->view.selecting = NULL;
    imap4__set_state(conn, selected ? IMAP4_STATE_SELECTED : IMAP4_STATE_AUTHENTICATED);
    return IMAP4_OK;
}

static void layer_event(imap4_conn *conn, imap4__request *request, imap4__event *event)
{
    /* The answer itself waits in the request; its done event, not needed now, tells of the layer. */
    imap4__event *notice = request->done;

    request->answer = event;
    request->done = NULL;
    conn->layer = request->command == IMAP4__STARTTLS ? IMAP4_LAYER_TLS : IMAP4_LAYER_DEFLATE;
    notice->shown.kind = IMAP4_EVENT_LAYER;
    imap4__conn_label(conn, notice, request);
    notice->small.layer.kind = conn->layer;
    notice->shown.data.layer = &notice->small.layer;
    imap4__event_put(&conn->events, notice);
}

/* OK to something that was not wholly sent is no answer of an honest server (CVE-2026-42246). */
static int premature(const imap4_conn *conn, const imap4__request *request)
{
    return conn->sending.request == request || conn->output.sent < request->out_end;
}

static int refuse_forgery(imap4_conn *conn)
{
    return imap4__fail(conn, IMAP4_ERROR_SECURITY, "the server answers OK to a command it cannot have read", NULL);
}

void imap4__tagged_finish(imap4_conn *conn, imap4__request *request)
{
    imap4__event *answer = request->answer;

    if (conn->idle.request == request)
        imap4__idle_forget(conn);
    request->answer = NULL;
    imap4__queue_remove(&conn->flying, request);
    imap4__request_answer(conn, request, answer);
}

static int ended(imap4_conn *conn, imap4__request *request, imap4__event *event, int status)
{
    int ok = status == IMAP4_STATUS_OK;

    if (request->mechanism && ok && request->mechanism->finished &&
        !request->mechanism->finished(request->sasl_state)) {
        imap4__fail(conn, IMAP4_ERROR_SECURITY, "the server signs us in without proving itself", NULL);
        imap4__event_give(&conn->events, event);
        return IMAP4_OK;
    }
    switch (request->command) {
    case IMAP4__LOGIN:
    case IMAP4__AUTHENTICATE:
        if (ok)
            signed_in(conn);
        break;
    case IMAP4__CAPABILITY:
        /* A server that cannot say what it can do can do nothing special. */
        conn->capabilities.known = 1;
        break;
    case IMAP4__SELECT:
    case IMAP4__EXAMINE:
    case IMAP4__CLOSE:
    case IMAP4__UNSELECT:
        if (change_mailbox(conn, request, status))
            return IMAP4_ERROR_MEMORY;
        break;
    case IMAP4__LOGOUT:
        conn->logged_out = 1;
        imap4__set_state(conn, IMAP4_STATE_LOGOUT);
        break;
    case IMAP4__STARTTLS:
    case IMAP4__COMPRESS:
        if (!ok)
            break;
        if (request->command == IMAP4__STARTTLS && imap4__input_unread(conn) > conn->input.frame.size) {
            imap4__event_give(&conn->events, event);
            imap4__fail(conn, IMAP4_ERROR_SECURITY, "bytes in the clear behind the OK to STARTTLS", NULL);
            return IMAP4_OK;
        }
        layer_event(conn, request, event);
        return IMAP4_OK;
    default:
        break;
    }
    if (ok && request->step) {
        int more = imap4__move_next(conn, request, event->shown.data.text);

        if (more < 0)
            return more;
        if (more) {
            imap4__queue_remove(&conn->flying, request);
            request->phase = IMAP4__QUEUED;
            imap4__queue_put_first(&conn->queued, request);
            imap4__event_give(&conn->events, event);
            return IMAP4_OK;
        }
    }
    imap4__queue_remove(&conn->flying, request);
    imap4__request_answer(conn, request, event);
    return IMAP4_OK;
}

int imap4__tagged(imap4_conn *conn, imap4__event *event, const imap4__response *response)
{
    imap4_resp_text *text = (imap4_resp_text *)(uintptr_t)response->data.text;
    imap4__request *request = imap4__tagged_request(conn, response->tag);
    int code = text->code;

    event->shown.data = response->data;
    text->trusted = conn->security >= IMAP4_SECURITY_LOCAL;
    if (!request) {
        /* Nobody's: the tag of an old command, or a stray line. Never the end of anything. */
        imap4__event_give(&conn->events, event);
        return IMAP4_OK;
    }
    /* MODIFIED names messages as the command did (RFC 7162 section 3.1.3). */
    if (request->row->rules & IMAP4__NUMBERS)
        text->uids = text->code == IMAP4_CODE_MODIFIED ? NULL : text->uids;
    else
        text->numbers = NULL;
    if (text->status == IMAP4_STATUS_OK && premature(conn, request)) {
        imap4__event_give(&conn->events, event);
        refuse_forgery(conn);
        return IMAP4_OK;
    }
    if (code == IMAP4_CODE_CAPABILITY && text->names && imap4__capabilities_keep(conn, text->names))
        return IMAP4_ERROR_MEMORY;
    if (imap4__view_code(&conn->view, text))
        return IMAP4_ERROR_MEMORY;
    if (conn->sending.request == request && !imap4__send_refused(conn)) {
        /* What was begun must be finished all the same: a literal was announced. */
        imap4__event_give(&conn->events, request->answer);
        request->answer = event;
        return IMAP4_OK;
    }
    if (conn->idle.request == request)
        return imap4__idle_answer(conn, event);
    return ended(conn, request, event, text->status);
}
