#include "conn/idle.h"

#include "conn/conn.h"

/* Tells the program whether the server waits with us. */
static int tell(imap4_conn *conn, const imap4__request *request, int idling)
{
    imap4__event *event = imap4__conn_event(conn, IMAP4_EVENT_IDLE, request);

    if (!event)
        return IMAP4_ERROR_MEMORY;
    event->shown.data.number = (uint64_t)idling;
    imap4__event_put(&conn->events, event);
    return IMAP4_OK;
}

int imap4__idle_continue(imap4_conn *conn)
{
    imap4__idle *idle = &conn->idle;

    if (idle->phase != IMAP4__IDLE_STARTING)
        return IMAP4_OK; /* a continuation that nothing waits for */
    if (!idle->renewing && tell(conn, idle->request, 1))
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
    idle->request->out_end = conn->output.queued;
    idle->phase = IMAP4__IDLE_ENDING;
    conn->timer.progressed++;
    return IMAP4_OK;
}

int imap4__idle_answer(imap4_conn *conn, imap4__event *event)
{
    imap4__idle *idle = &conn->idle;
    imap4__request *request = idle->request;
    int was_told = idle->phase == IMAP4__IDLE_ACTIVE || idle->phase == IMAP4__IDLE_ENDING;
    int stays = event->shown.data.text->status == IMAP4_STATUS_OK && !idle->end;

    if (was_told && !(stays && idle->renewing) && tell(conn, request, 0))
        return IMAP4_ERROR_MEMORY;
    imap4__queue_remove(&conn->flying, request);
    if (stays) {
        /* Its answer is kept for the day when it ends for good. */
        imap4__event_give(&conn->events, request->answer);
        request->answer = event;
        request->phase = IMAP4__RESTING;
        idle->phase = IMAP4__IDLE_RESTING;
        return IMAP4_OK;
    }
    idle->request = NULL;
    idle->phase = IMAP4__IDLE_NONE;
    idle->end = idle->resume = idle->renewing = 0;
    imap4__request_answer(conn, request, event);
    return IMAP4_OK;
}

void imap4__idle_finish(imap4_conn *conn, int outcome, int result)
{
    imap4__idle *idle = &conn->idle;
    imap4__request *request = idle->request;
    imap4__event *answer = request->answer;

    idle->request = NULL;
    idle->phase = IMAP4__IDLE_NONE;
    idle->end = idle->resume = idle->renewing = 0;
    request->answer = NULL;
    if (answer)
        imap4__request_answer(conn, request, answer);
    else
        imap4__request_end(conn, request, outcome, result, NULL);
}
