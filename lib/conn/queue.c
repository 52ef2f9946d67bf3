#include "conn/queue.h"

#include "conn/conn.h"
#include "conn/owner.h"
#include "conn/send.h"

enum verdict { GO, WAIT, LEARN, REFUSE };

struct refusal {
    int outcome;
    int result;
    const char *capability;
};

static enum verdict refuse(struct refusal *why, int outcome, int result, const char *capability)
{
    why->outcome = outcome;
    why->result = result;
    why->capability = capability;
    return REFUSE;
}

static int barrier_flying(const imap4_conn *conn)
{
    for (const imap4__request *flying = conn->flying.first; flying; flying = flying->next) {
        if ((flying->row->rules & IMAP4__ALONE) || flying->command == IMAP4__LOGOUT)
            return 1;
    }
    return 0;
}

static int learning(const imap4_conn *conn)
{
    for (const imap4__request *flying = conn->flying.first; flying; flying = flying->next) {
        if (flying->command == IMAP4__CAPABILITY)
            return 1;
    }
    return 0;
}

/* Whether the sign-in may be sent over this connection, to this server. */
static enum verdict judge_sign_in(const imap4_conn *conn, const imap4__request *request, struct refusal *why)
{
    int reveals = !request->mechanism || request->mechanism->plaintext;

    if (reveals && conn->security == IMAP4_SECURITY_NONE &&
        !imap4__option(conn, IMAP4_OPTION_ALLOW_CLEAR_PASSWORD))
        return refuse(why, IMAP4_OUTCOME_NOT_SENT, IMAP4_ERROR_SECURITY, NULL);
    if (!request->mechanism && imap4__has(conn, "LOGINDISABLED"))
        return refuse(why, IMAP4_OUTCOME_NOT_SENT, IMAP4_ERROR_UNSUPPORTED, NULL);
    if (request->mechanism && !imap4__has(conn, request->needs))
        return refuse(why, IMAP4_OUTCOME_UNSUPPORTED, IMAP4_ERROR_UNSUPPORTED, request->needs);
    return GO;
}

/* What the server cannot do is done another way, or not at all. */
static enum verdict judge_capability(const imap4_conn *conn, imap4__request *request, struct refusal *why)
{
    if (request->command == IMAP4__CHECK && imap4__has(conn, "IMAP4rev2") && !imap4__has(conn, "IMAP4rev1"))
        request->row = imap4__row_of(IMAP4__NOOP); /* RFC 9051 appendix E: CHECK is gone */
    if (!request->row->capability || imap4__has(conn, request->row->capability))
        return GO;
    if (request->command == IMAP4__UID_MOVE && imap4__option(conn, IMAP4_OPTION_MOVE_FALLBACK)) {
        request->row = imap4__row_of(IMAP4__UID_COPY);
        request->step = IMAP4_MOVE_NONE;
        return GO;
    }
    return refuse(why, IMAP4_OUTCOME_UNSUPPORTED, IMAP4_ERROR_UNSUPPORTED, request->row->capability);
}

static int stale(const imap4_conn *conn, const imap4__request *request)
{
    const imap4__keys *keys = request->args.keys;
    uint64_t now = conn->view.shown.serial;

    return (request->checks_serial && request->serial != now) || (keys && keys->uses_numbers && keys->serial != now);
}

static int pipe_full(const imap4_conn *conn)
{
    uint64_t bytes = 0;

    if (conn->flying.count >= imap4__option(conn, IMAP4_OPTION_PIPELINE_DEPTH))
        return 1;
    for (const imap4__request *flying = conn->flying.first; flying; flying = flying->next)
        bytes += flying->out_end - flying->out_begin;
    return conn->flying.first && bytes >= imap4__option(conn, IMAP4_OPTION_PIPELINE_BYTES);
}

static int ambiguous(const imap4_conn *conn, const imap4__request *request)
{
    for (const imap4__request *flying = conn->flying.first; flying; flying = flying->next) {
        if (imap4__owner_ambiguous(flying, request))
            return 1;
    }
    return 0;
}

static enum verdict judge(imap4_conn *conn, imap4__request *request, struct refusal *why)
{
    uint32_t rules = request->row->rules;
    enum verdict verdict;

    if (barrier_flying(conn) || ((rules & IMAP4__ALONE) && conn->flying.first))
        return WAIT;
    if (!(request->row->states & (1u << conn->state)))
        return refuse(why, IMAP4_OUTCOME_NOT_SENT, IMAP4_ERROR_STATE, NULL);
    if (request->command == IMAP4__STARTTLS && conn->security != IMAP4_SECURITY_NONE)
        return refuse(why, IMAP4_OUTCOME_NOT_SENT, IMAP4_ERROR_STATE, NULL);
    if (imap4__in_clear(conn) && !(rules & IMAP4__IN_CLEAR))
        return refuse(why, IMAP4_OUTCOME_NOT_SENT, IMAP4_ERROR_SECURITY, NULL);
    if (!(rules & IMAP4__BLIND) && !conn->capabilities.known)
        return learning(conn) ? WAIT : LEARN;
    verdict = rules & IMAP4__SIGN_IN ? judge_sign_in(conn, request, why) : judge_capability(conn, request, why);
    if (verdict != GO)
        return verdict;
    if (request->command == IMAP4__IDLE && conn->idle.request && conn->idle.request != request)
        return refuse(why, IMAP4_OUTCOME_NOT_SENT, IMAP4_ERROR_STATE, NULL);
    if (pipe_full(conn) || ambiguous(conn, request))
        return WAIT;
    if (stale(conn, request))
        return refuse(why, IMAP4_OUTCOME_STALE, IMAP4_ERROR_STALE, NULL);
    return GO;
}

/* The engine's own CAPABILITY, before everything that depends on the answer. */
static int learn(imap4_conn *conn)
{
    imap4__request *request;
    int result = imap4__request_new(conn, IMAP4__CAPABILITY, &request);

    if (result)
        return result;
    request->internal = 1;
    imap4__queue_put_first(&conn->queued, request);
    return IMAP4_OK;
}

static int idling(const imap4_conn *conn)
{
    return conn->idle.phase == IMAP4__IDLE_STARTING || conn->idle.phase == IMAP4__IDLE_ACTIVE ||
           conn->idle.phase == IMAP4__IDLE_ENDING;
}

/* Nothing else to do: an interrupted IDLE may go on. */
static int resume(imap4_conn *conn)
{
    imap4__idle *idle = &conn->idle;

    if (idle->phase != IMAP4__IDLE_RESTING || conn->flying.first || !idle->resume)
        return IMAP4_OK;
    idle->phase = IMAP4__IDLE_NONE;
    return imap4__send_begin(conn, idle->request);
}

int imap4__queue_run(imap4_conn *conn)
{
    struct refusal why = {0};

    while (!conn->failed && !conn->layer && conn->greeted && !conn->bye) {
        imap4__request *request = conn->queued.first;
        int result = IMAP4_OK;

        if (conn->sending.request) {
            result = imap4__send_run(conn);
            if (result || conn->sending.request)
                return result;
            continue;
        }
        if (idling(conn)) {
            if (!request && !conn->idle.end)
                return IMAP4_OK;
            conn->idle.resume = conn->idle.renewing = 0; /* the quiet time begins behind what the program wants */
            return imap4__idle_interrupt(conn);
        }
        if (!request)
            return resume(conn);
        conn->idle.resume = conn->idle.renewing = 0;
        if (conn->idle.phase == IMAP4__IDLE_RESTING && imap4__idle_tell(conn, 0))
            return IMAP4_ERROR_MEMORY;
        switch (judge(conn, request, &why)) {
        case WAIT:
            return IMAP4_OK;
        case LEARN:
            result = learn(conn);
            break;
        case REFUSE:
            imap4__queue_remove(&conn->queued, request);
            if (why.outcome == IMAP4_OUTCOME_STALE || request->step <= IMAP4_MOVE_NONE)
                imap4__request_end(conn, request, why.outcome, why.result, why.capability);
            else
                imap4__request_end(conn, request, IMAP4_OUTCOME_UNKNOWN, why.result, why.capability);
            break;
        case GO:
            if (request->command == IMAP4__IDLE)
                conn->idle.request = request;
            result = imap4__send_begin(conn, request);
            break;
        }
        if (result)
            return result;
    }
    return IMAP4_OK;
}
