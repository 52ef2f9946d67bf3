#include "conn/idle.h"

#include "conn/conn.h"

int imap4__idle_tell(imap4_conn *conn, int idling)
{
    imap4__event *event;

    if (conn->idle.told == idling)
        return IMAP4_OK;
    event = imap4__conn_event(conn, IMAP4_EVENT_IDLE, conn->idle.request);
    if (!event)
        return IMAP4_ERROR_MEMORY;
    event->shown.data.number = (uint64_t)idling;
    conn->idle.told = idling;
    imap4__event_put(&conn->events, event);
    return IMAP4_OK;
}

int imap4__idle_continue(imap4_conn *conn)
{
    imap4__idle *idle = &conn->idle;

    if (idle->phase != IMAP4__IDLE_STARTING)
        return IMAP4_OK; /* a continuation that nothing waits for */
    if (imap4__idle_tell(conn, 1))
        return IMAP4_ERROR_MEMORY;
    idle->resume = idle->renewing = 0;
    idle->phase = IMAP4__IDLE_ACTIVE;
    return IMAP4_OK;
}

int imap4__idle_interrupt(imap4_conn *conn)
{
    imap4__idle *idle = &conn->idle;

    if (idle->phase != IMAP4__IDLE_ACTIVE)
        return IMAP4_OK; /* DONE may be sent only behind the continuation */
    if (imap4__output_add(&conn->output, "DONE\r\n", 6, 0))
        return IMAP4_ERROR_MEMORY;
    /* The request's own last byte stays where it is: the server may end IDLE by itself while DONE is on its way. */
    idle->phase = IMAP4__IDLE_ENDING;
    conn->timer.progressed++;
    return IMAP4_OK;
}

int imap4__idle_answer(imap4_conn *conn, imap4__event *event)
{
    imap4__idle *idle = &conn->idle;
    imap4__request *request = idle->request;
    /* An OK without a continuation before it would be asked for again and again. */
    int stays = event->shown.data.text->status == IMAP4_STATUS_OK && !idle->end &&
                idle->phase != IMAP4__IDLE_STARTING;

    if (!(stays && idle->renewing) && imap4__idle_tell(conn, 0))
        return IMAP4_ERROR_MEMORY;
    imap4__queue_remove(&conn->flying, request);
    if (stays) {
        imap4__event_give(&conn->events, idle->answer);
        idle->answer = event;
        request->phase = IMAP4__RESTING;
        idle->phase = IMAP4__IDLE_RESTING;
        return IMAP4_OK;
    }
    imap4__idle_forget(conn);
    imap4__request_answer(conn, request, event);
    return IMAP4_OK;
}

void imap4__idle_forget(imap4_conn *conn)
{
    static const imap4__idle none;

    imap4__event_give(&conn->events, conn->idle.answer);
    conn->idle = none;
}

void imap4__idle_finish(imap4_conn *conn, int outcome, int result)
{
    imap4__request *request = conn->idle.request;
    imap4__event *answer = conn->idle.answer;

    conn->idle.answer = NULL;
    imap4__idle_forget(conn);
    if (answer)
        imap4__request_answer(conn, request, answer);
    else
        imap4__request_end(conn, request, outcome, result, NULL);
}
