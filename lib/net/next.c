/* Handing out events: whose turn it is. */
#include "net/client.h"
#include "net/clock.h"

#include <imap4/command.h>

/* How often bytes are moved although the time of the call is over: enough to be worth it, and an end all the same. */
#define ROUNDS 8

static int is_change(const imap4_event *event)
{
    switch (event->kind) {
    case IMAP4_EVENT_EXISTS:
    case IMAP4_EVENT_EXPUNGE:
    case IMAP4_EVENT_RECENT:
    case IMAP4_EVENT_FLAGS:
    case IMAP4_EVENT_VIEW:
        return 1;
    default:
        return 0;
    }
}

static imap4__keep_verdict judge_wanted(const imap4_event *event, uint64_t request)
{
    (void)request;
    return event->kind == IMAP4_EVENT_WANTED ? IMAP4__KEEP_TAKE : IMAP4__KEEP_STAY;
}

static imap4__keep_verdict judge_next(const imap4_event *event, uint64_t request)
{
    if (request == 0 || event->request == request || event->request == 0 || is_change(event))
        return IMAP4__KEEP_TAKE;
    return judge_wanted(event, request);
}

/* Who only waits has no use for the data of the request, its mailbox changes included: the view has their result. */
static imap4__keep_verdict judge_wait(const imap4_event *event, uint64_t request)
{
    if (event->kind == IMAP4_EVENT_WANTED || event->request != request)
        return IMAP4__KEEP_STAY;
    return event->kind == IMAP4_EVENT_DONE ? IMAP4__KEEP_TAKE : IMAP4__KEEP_DISCARD;
}

/* The event shown before is over. */
static void forget(imap4_client *client)
{
    imap4_event_free(client->held);
    imap4_event_free(client->done);
    client->held = NULL;
    client->done = NULL;
    client->shown = NULL;
    if (client->fresh == IMAP4__FRESH_TOLD)
        client->fresh = IMAP4__FRESH_NONE;
}

static int show(imap4_client *client, uint64_t request, const imap4_event *event, const imap4_event **out)
{
    client->shown = event;
    *out = event;
    return request != 0 && event->kind == IMAP4_EVENT_DONE && event->request == request ? IMAP4_DONE : IMAP4_EVENT;
}

/* Puts the engine's current event by. Without memory it stays the engine's, to be met again. */
static int keep(imap4_client *client, const imap4_event *event)
{
    const int is_wanted = event->kind == IMAP4_EVENT_WANTED;
    struct imap4__kept *room;
    imap4_event *own;

    if (imap4__keep_reserve(&client->keep, &room) < 0) {
        client->ahead = event;
        return IMAP4_ERROR_MEMORY;
    }
    own = imap4_event_keep(client->conn);
    if (own == NULL) {
        imap4__keep_abandon(&client->keep, room);
        client->ahead = event;
        return IMAP4_ERROR_MEMORY;
    }
    imap4__keep_add(&client->keep, room, own);
    client->kept_wanted += (size_t)is_wanted;
    client->fresh = IMAP4__FRESH_KEPT;
    return IMAP4_OK;
}

static imap4_event *take_kept(imap4_client *client, uint64_t request)
{
    imap4_event *event = NULL;

    if (client->kept_wanted > 0)
        event = imap4__keep_take(&client->keep, judge_wanted, 0);
    if (event == NULL) {
        if (client->missed_valid && client->missed == request)
            return NULL;
        event = imap4__keep_take(&client->keep, judge_next, request);
    }
    if (event == NULL) {
        /* Whatever is put by while asking for this request is not for it either. */
        client->missed = request;
        client->missed_valid = 1;
    } else if (event->kind == IMAP4_EVENT_WANTED) {
        client->kept_wanted--;
    }
    return event;
}

/* How long a call may take. */
typedef struct patience {
    uint64_t until;
    unsigned rounds;
} patience;

static patience patience_of(const imap4_client *client)
{
    patience made = {UINT64_MAX, 0};

    if (client->timeout >= 0)
        made.until = imap4__clock_after(imap4__clock_ms(), (uint64_t)client->timeout);
    return made;
}

/*
 * Nothing to read: moves bytes, waits if that moved none. 1: read on; IMAP4_AGAIN: the time is over; IMAP4_WOKEN; or
 * IMAP4_ERROR_MEMORY. The time is looked at before bytes are moved, so that what came is always read.
 */
static int move_or_wait(imap4_client *client, patience *left)
{
    uint64_t now;
    int moved;

    if (left->rounds >= ROUNDS && imap4__clock_ms() >= left->until)
        return IMAP4_AGAIN;
    moved = imap4__client_move(client);
    if (imap4__wake_take(&client->wake))
        return IMAP4_WOKEN;
    if (moved != 0) {
        left->rounds += left->rounds < ROUNDS;
        return moved;
    }
    now = imap4__clock_ms();
    if (now >= left->until)
        return IMAP4_AGAIN;
    imap4__client_poll(client, now, left->until);
    return 1;
}

static int next(imap4_client *client, uint64_t request, const imap4_event **out)
{
    patience left = patience_of(client);
    int result;

    if (client->phase == IMAP4__PHASE_NEW)
        return IMAP4_ERROR_STATE;
    if (imap4__wake_take(&client->wake))
        return IMAP4_WOKEN;
    client->held = take_kept(client, request);
    if (client->held != NULL)
        return show(client, request, client->held, out);
    for (;;) {
        const imap4_event *event;
        if (imap4__keep_full(&client->keep))
            return IMAP4_DRAIN;
        result = imap4__client_read(client, &event);
        if (result == IMAP4_EVENT && judge_next(event, request) == IMAP4__KEEP_TAKE)
            return show(client, request, event, out);
        if (result == IMAP4_EVENT)
            result = keep(client, event);
        else if (result == IMAP4_AGAIN && request != 0 && !imap4_request_pending(client->conn, request))
            return IMAP4_ERROR_STATE; /* it has ended, and its end was seen before */
        else if (result == IMAP4_AGAIN && (result = move_or_wait(client, &left)) != 1)
            return result;
        if (result < 0)
            return result;
    }
}

int imap4_client_next(imap4_client *client, uint64_t request, const imap4_event **event_out)
{
    forget(client);
    client->last_result = next(client, request, event_out);
    return client->last_result;
}

static int finish(imap4_client *client, imap4_event *event, imap4_status *status_out)
{
    const imap4_done *done = event->data.done;

    client->done = event;
    if (status_out != NULL)
        *status_out = done->text != NULL ? (imap4_status)done->text->status : IMAP4_STATUS_NONE;
    return IMAP4_DONE;
}

/* An event met while waiting: IMAP4_OK to go on, or the answer of the call. */
static int sift(imap4_client *client, uint64_t request, const imap4_event *event, imap4_status *status_out)
{
    int is_wanted = event->kind == IMAP4_EVENT_WANTED;
    int result;

    if (judge_wait(event, request) == IMAP4__KEEP_DISCARD)
        return IMAP4_OK;
    if (judge_wait(event, request) == IMAP4__KEEP_TAKE) {
        imap4_event *own = imap4_event_keep(client->conn);
        if (own != NULL)
            return finish(client, own, status_out);
        client->ahead = event;
        return IMAP4_ERROR_MEMORY;
    }
    result = keep(client, event);
    client->missed_valid = 0;
    return result == IMAP4_OK && is_wanted ? IMAP4_EVENT : result;
}

static int wait_for(imap4_client *client, uint64_t request, imap4_status *status_out)
{
    patience left = patience_of(client);
    imap4_event *kept;
    int result;

    if (client->phase == IMAP4__PHASE_NEW)
        return IMAP4_ERROR_STATE;
    if (imap4__wake_take(&client->wake))
        return IMAP4_WOKEN;
    kept = imap4__keep_take(&client->keep, judge_wait, request);
    if (kept != NULL)
        return finish(client, kept, status_out);
    for (;;) {
        const imap4_event *event;
        if (client->kept_wanted > 0)
            return IMAP4_EVENT;
        if (imap4__keep_full(&client->keep))
            return IMAP4_DRAIN;
        result = imap4__client_read(client, &event);
        if (result == IMAP4_EVENT) {
            result = sift(client, request, event, status_out);
            if (result != IMAP4_OK)
                return result;
        } else if (result == IMAP4_AGAIN) {
            if (!imap4_request_pending(client->conn, request))
                return IMAP4_ERROR_STATE; /* it is not known, or its end was seen before */
            result = move_or_wait(client, &left);
            if (result != 1)
                return result;
        }
        if (result < 0)
            return result;
    }
}

int imap4_client_wait(imap4_client *client, uint64_t request, imap4_status *status_out)
{
    if (request == 0)
        return IMAP4_ERROR_ARGUMENT;
    forget(client);
    client->last_result = wait_for(client, request, status_out);
    return client->last_result;
}

const imap4_done *imap4_client_done(const imap4_client *client)
{
    if (client->done != NULL)
        return client->done->data.done;
    return client->shown != NULL && client->shown->kind == IMAP4_EVENT_DONE ? client->shown->data.done : NULL;
}

uint64_t imap4_client_drain(const imap4_client *client)
{
    return imap4__keep_oldest(&client->keep);
}

imap4_event *imap4_client_keep(imap4_client *client)
{
    imap4_event *event = client->held;

    if (client->shown == NULL)
        return NULL;
    if (event == NULL)
        event = imap4_event_keep(client->conn);
    if (event == NULL)
        return NULL;
    client->held = NULL;
    client->shown = NULL;
    return event;
}

int imap4_client_step(imap4_client *client)
{
    if (client->phase == IMAP4__PHASE_NEW)
        return IMAP4_ERROR_STATE;
    for (unsigned i = 0; i < ROUNDS; i++) {
        int moved = imap4__client_move(client);
        if (moved < 0)
            return moved;
        /* Looking for events frees the way for more bytes. */
        if (moved == 0 || imap4__client_peek(client) != IMAP4_AGAIN)
            break;
    }
    return IMAP4_OK;
}
