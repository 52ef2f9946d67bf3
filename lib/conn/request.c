#include "conn/request.h"

#include "base/mem.h"
#include "base/str.h"
#include "conn/conn.h"
#include "conn/move.h"

#include <string.h>

int imap4__request_new(imap4_conn *conn, int command, imap4__request **out)
{
    imap4__request *request;

    if (conn->closed || conn->failed || conn->state >= IMAP4_STATE_LOGOUT)
        return IMAP4_ERROR_CLOSED;
    request = imap4__zalloc(&conn->mem, sizeof *request);
    if (!request)
        return IMAP4_ERROR_MEMORY;
    imap4__arena_init(&request->arena, &conn->mem);
    imap4__arena_init(&request->copied_memory, &conn->mem);
    request->done = imap4__event_take(&conn->events, IMAP4_EVENT_DONE);
    if (!request->done) {
        imap4__free(&conn->mem, request);
        return IMAP4_ERROR_MEMORY;
    }
    request->command = command;
    request->row = imap4__row_of(command);
    *out = request;
    return IMAP4_OK;
}

void imap4__request_free(imap4_conn *conn, imap4__request *request)
{
    if (!request)
        return;
    imap4__event_give(&conn->events, request->done);
    imap4__event_give(&conn->events, request->answer);
    if (request->row->rules & IMAP4__SIGN_IN) {
        /* The arena's memory goes back to the allocator: the password must not go with it. */
        imap4__wipe((void *)(uintptr_t)request->args.second.data, request->args.second.len);
        if (request->mechanism) {
            imap4__wipe(request->sasl_state, request->mechanism->state_size);
            imap4__wipe(request->sasl_backup, request->mechanism->state_size);
        }
    }
    imap4__arena_clear(&request->copied_memory);
    imap4__arena_clear(&request->arena);
    imap4__free(&conn->mem, request);
}

void imap4__queue_put(imap4__queue *queue, imap4__request *request)
{
    request->next = NULL;
    request->before = queue->last;
    if (queue->last)
        queue->last->next = request;
    else
        queue->first = request;
    queue->last = request;
    queue->count++;
}

void imap4__queue_put_first(imap4__queue *queue, imap4__request *request)
{
    request->before = NULL;
    request->next = queue->first;
    if (queue->first)
        queue->first->before = request;
    else
        queue->last = request;
    queue->first = request;
    queue->count++;
}

void imap4__queue_remove(imap4__queue *queue, imap4__request *request)
{
    if (request->before)
        request->before->next = request->next;
    else
        queue->first = request->next;
    if (request->next)
        request->next->before = request->before;
    else
        queue->last = request->before;
    request->next = request->before = NULL;
    queue->count--;
}

imap4__request *imap4__request_find(imap4_conn *conn, uint64_t id)
{
    return imap4__index_find(&conn->index, id);
}

/* Once no cancelled request is being drained, what comes in is of use again. */
static void drained(imap4_conn *conn)
{
    for (const imap4__request *request = conn->flying.first; request; request = request->next) {
        if (request->cancelled)
            return;
    }
    conn->drain_limit = UINT64_MAX;
}

/* Bytes of a request that the transport has not taken yet may lie in its own memory. */
static void retire(imap4_conn *conn, imap4__request *request)
{
    if (request->args.message && request->out_end > conn->output.sent) {
        request->next = conn->lingering;
        conn->lingering = request;
        return;
    }
    imap4__request_free(conn, request);
}

static void put_done(imap4_conn *conn, imap4__request *request, imap4__event *event)
{
    event->shown.kind = IMAP4_EVENT_DONE;
    imap4__conn_label(conn, event, request);
    event->small.done.command = imap4__str(imap4__row_of(request->command)->name);
    event->small.done.move_step = request->step;
    event->shown.data.done = &event->small.done;
    if (request->cancelled)
        drained(conn);
    if (request->internal) {
        imap4__event_give(&conn->events, event);
    } else {
        conn->pending--;
        imap4__index_remove(&conn->index, request);
        imap4__event_put(&conn->events, event);
    }
    retire(conn, request);
}

void imap4__request_end(imap4_conn *conn, imap4__request *request, int outcome, int result, const char *capability)
{
    imap4__event *event = request->done;

    request->done = NULL;
    if (!event) {
        /* It told of a layer (tagged.c); the answer that waited for the layer serves as well. */
        event = request->answer;
        request->answer = NULL;
    }
    event->small.done.outcome = outcome;
    event->small.done.result = result;
    event->small.done.capability = imap4__str(capability);
    put_done(conn, request, event);
}

void imap4__request_answer(imap4_conn *conn, imap4__request *request, imap4__event *event)
{
    imap4_done *done = &event->small.done;
    int dropped = request->cancelled;

    if (request->mechanism && event->shown.data.text->status == IMAP4_STATUS_OK)
        dropped = 0; /* signed in all the same, and the program had better know */
    done->text = dropped ? NULL : event->shown.data.text;
    done->outcome = dropped ? IMAP4_OUTCOME_CANCELLED : IMAP4_OUTCOME_ANSWERED;
    done->result = dropped ? IMAP4_ERROR_CANCELLED : request->sasl_result;
    if (imap4__move_direct(request) && done->text && done->text->code == IMAP4_CODE_COPYUID)
        done->copied = done->text; /* some servers put it there */
    if (request->copied) {
        done->copied = request->copied;
        imap4__arena_adopt(&event->arena, &request->copied_memory);
        request->copied = NULL;
    }
    put_done(conn, request, event);
}

imap4_resp_text *imap4__resp_text_copy(imap4__arena *arena, const imap4_resp_text *text)
{
    imap4_resp_text *copy = imap4__arena_alloc(arena, sizeof *copy);

    if (!copy)
        return NULL;
    *copy = *text;
    copy->names = NULL;
    copy->flags = NULL;
    if (imap4__arena_str(arena, text->code_name.data, text->code_name.len, &copy->code_name) ||
        imap4__arena_str(arena, text->argument.data, text->argument.len, &copy->argument) ||
        imap4__arena_str(arena, text->text.data, text->text.len, &copy->text))
        return NULL;
    if (text->uids) {
        copy->uids = (const void *)imap4__set_copy(arena, (const void *)text->uids);
        if (!copy->uids)
            return NULL;
    }
    if (text->source_uids) {
        copy->source_uids = (const void *)imap4__set_copy(arena, (const void *)text->source_uids);
        if (!copy->source_uids)
            return NULL;
    }
    return copy;
}
