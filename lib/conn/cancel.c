/* imap4_cancel(): giving a request up without giving the connection up, where that can be done. */
#include "conn/conn.h"
#include "conn/queue.h"

#include <imap4/command.h>

/* A read gets no further events: not those that wait either, nor the rest of a stream. */
static void silence(imap4_conn *conn, imap4__request *request)
{
    imap4__input *in = &conn->input;

    request->cancelled = 1;
    imap4__events_drop(&conn->events, request->id);
    if (in->body_end && in->body_end->shown.request == request->id) {
        imap4__event_give(&conn->events, in->body_end);
        in->body_end = NULL;
    }
    conn->drain_limit = in->offset + in->removed + imap4__input_unread(conn) +
                        imap4__option(conn, IMAP4_OPTION_SKIP_LIMIT);
}

static int cancel_idle(imap4_conn *conn)
{
    conn->idle.end = 1;
    if (conn->idle.phase == IMAP4__IDLE_RESTING)
        imap4__idle_finish(conn, IMAP4_OUTCOME_CANCELLED, IMAP4_ERROR_CANCELLED);
    else
        (void)imap4__queue_run(conn); /* sends DONE; without memory imap4_conn_next() does */
    return IMAP4_OK;
}

/* Part of it may have been written. */
static int cancel_sending(imap4_conn *conn, imap4__request *request)
{
    imap4__sending *sending = &conn->sending;

    if (!sending->encoded) {
        sending->request = NULL;
        if (request->command == IMAP4__LOGOUT)
            conn->leaving = 0;
        imap4__queue_remove(&conn->flying, request);
        imap4__request_end(conn, request, IMAP4_OUTCOME_CANCELLED, IMAP4_ERROR_CANCELLED, NULL);
        return IMAP4_OK;
    }
    /* The size was announced and the bytes will not come: there is no way back into step with the server. */
    if (sending->supplying || (request->command == IMAP4__APPEND && !request->args.message))
        imap4__fail(conn, IMAP4_ERROR_CANCELLED, "a message was given up in the middle", NULL);
    else if (request->mechanism)
        request->cancelled = 1;
    else if (request->row->rules & IMAP4__READ)
        silence(conn, request);
    return IMAP4_OK;
}

int imap4_cancel(imap4_conn *conn, uint64_t request)
{
    imap4__request *found = imap4__request_find(conn, request);

    if (!found)
        return IMAP4_ERROR_ARGUMENT;
    if (found == conn->idle.request)
        return cancel_idle(conn);
    switch (found->phase) {
    case IMAP4__QUEUED:
        if (found->step > IMAP4_MOVE_NONE)
            return IMAP4_OK; /* a MOVE between its steps runs on */
        if (found->command == IMAP4__LOGOUT)
            conn->leaving = 0;
        imap4__queue_remove(&conn->queued, found);
        imap4__request_end(conn, found, IMAP4_OUTCOME_CANCELLED, IMAP4_ERROR_CANCELLED, NULL);
        return IMAP4_OK;
    case IMAP4__SENDING:
        return cancel_sending(conn, found);
    case IMAP4__SENT:
    case IMAP4__RESTING:
        if (found->mechanism)
            found->cancelled = 1;
        else if (found->row->rules & IMAP4__READ)
            silence(conn, found);
        break;
    }
    return IMAP4_OK;
}
