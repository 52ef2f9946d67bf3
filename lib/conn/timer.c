#include "conn/timer.h"

#include "conn/conn.h"

enum { IDLE_RENEW_MAX = 28 * 60 * 1000 }; /* RFC 2177: servers may log off after 30 minutes, renew within 29 */

/* What can be waited for. */
enum {
    NOTHING,
    GREETING,
    COMMAND,
    DONE,   /* the end of IDLE */
    LOGOUT,
    RENEW,  /* the time until IDLE is begun anew */
    RESUME  /* the quiet time before an interrupted IDLE resumes */
};

static int watch(const imap4_conn *conn)
{
    const imap4__request *flying = conn->flying.first;
    const imap4__sending *sending = &conn->sending;

    if (conn->failed || conn->closed || conn->layer)
        return NOTHING;
    if (!conn->greeted)
        return GREETING;
    if (conn->state == IMAP4_STATE_LOGOUT || (flying && flying->command == IMAP4__LOGOUT))
        return LOGOUT;
    if (conn->idle.phase == IMAP4__IDLE_ENDING)
        return DONE;
    if (conn->idle.phase == IMAP4__IDLE_ACTIVE)
        return RENEW;
    /* The program's turn is no fault of the server. */
    if (sending->wanted && conn->flying.count == 1 && conn->output.queued == conn->output.sent)
        return NOTHING;
    if (flying)
        return COMMAND;
    if (conn->idle.phase == IMAP4__IDLE_RESTING && !conn->queued.first)
        return RESUME;
    return NOTHING;
}

static uint64_t duration(const imap4_conn *conn, int watched)
{
    static const int options[] = {
        [GREETING] = IMAP4_OPTION_GREETING_TIMEOUT, [COMMAND] = IMAP4_OPTION_COMMAND_TIMEOUT,
        [DONE] = IMAP4_OPTION_DONE_TIMEOUT,         [LOGOUT] = IMAP4_OPTION_LOGOUT_TIMEOUT,
        [RENEW] = IMAP4_OPTION_IDLE_RENEW,          [RESUME] = IMAP4_OPTION_IDLE_RESUME,
    };
    uint64_t time = imap4__option(conn, options[watched]);

    if (watched == RENEW && (!time || time > IDLE_RENEW_MAX))
        return IDLE_RENEW_MAX;
    if (!time && watched != RESUME)
        return UINT64_MAX;
    return time;
}

/* Waits for bytes of the server begin anew with each byte, and do not count while the program has events to read. */
static int for_bytes(int watched)
{
    return watched != RENEW && watched != RESUME;
}

static int armed(const imap4_conn *conn, int watched)
{
    const imap4__timer *timer = &conn->timer;

    return timer->watched == watched &&
           (!for_bytes(watched) || (timer->progress == timer->progressed && timer->reader_waits));
}

static void expire(imap4_conn *conn, int watched)
{
    static const char *const what[] = {
        [GREETING] = "no greeting came in time",
        [COMMAND] = "no answer came in time",
        [DONE] = "the server did not end IDLE in time",
        [LOGOUT] = "the server did not close the connection in time",
    };

    if (watched == RENEW) {
        conn->idle.resume = conn->idle.renewing = 1;
        (void)imap4__idle_interrupt(conn); /* without memory: at the next tick, since the time stays over */
    } else if (watched == RESUME) {
        conn->idle.resume = 1;
    } else {
        imap4__finish(conn, IMAP4_ERROR_TIMEOUT, what[watched]);
    }
}

void imap4_conn_tick(imap4_conn *conn, uint64_t now_ms)
{
    imap4__timer *timer = &conn->timer;
    int watched = watch(conn);

    timer->now = now_ms;
    timer->ticking = 1;
    if (!armed(conn, watched)) {
        timer->watched = watched;
        timer->progress = timer->progressed;
        timer->since = now_ms;
    } else if (watched && now_ms - timer->since >= duration(conn, watched)) {
        expire(conn, watched);
    }
}

uint64_t imap4_conn_deadline(const imap4_conn *conn)
{
    const imap4__timer *timer = &conn->timer;
    int watched = watch(conn);
    uint64_t time;

    if (!watched || (for_bytes(watched) && !timer->reader_waits))
        return UINT64_MAX;
    if (!armed(conn, watched))
        return timer->ticking ? timer->now : 0;
    time = duration(conn, watched);
    return time > UINT64_MAX - timer->since ? UINT64_MAX : timer->since + time;
}
