#include "conn/route.h"

#include "base/str.h"
#include "conn/conn.h"
#include "conn/send.h"
#include "conn/tagged.h"
#include "conn/untagged.h"
#include "grammar/response.h"
#include "grammar/server.h"

#include <string.h>

enum { RAW_MAX = 64 * 1024 }; /* so much of what could not be read is shown */

int imap4__route_layer_due(const imap4_conn *conn)
{
    const imap4__request *request = conn->flying.first;

    return request && (request->command == IMAP4__STARTTLS || request->command == IMAP4__COMPRESS);
}

static size_t raw_max(const imap4_conn *conn)
{
    const size_t share = (size_t)imap4__option(conn, IMAP4_OPTION_RESPONSE_LIMIT) / 8;

    return share < RAW_MAX ? share : RAW_MAX;
}

/* The event that reports what could not be read. The raw bytes are true copies. NULL: no memory. */
static imap4__event *damage_event(imap4_conn *conn, int why, const uint8_t *raw, size_t len, uint64_t offset,
                                  uint64_t size, const char *what)
{
    const size_t most = raw_max(conn);
    imap4__event *event = imap4__conn_event(conn, IMAP4_EVENT_DAMAGE, NULL);
    imap4_damage *damage = event ? imap4__arena_zalloc(&event->arena, sizeof *damage) : NULL;
    imap4_str copy = {NULL, 0};

    if (len > most)
        len = most;
    if (!damage || imap4__arena_str(&event->arena, raw, len, &copy)) {
        imap4__event_give(&conn->events, event);
        return NULL;
    }
    damage->result = why;
    damage->offset = offset;
    damage->size = size;
    damage->raw.data = (const uint8_t *)copy.data;
    damage->raw.len = copy.len;
    damage->what = imap4__str(what ? what : "response");
    event->shown.data.damage = damage;
    return event;
}

/* The greeting (RFC 9051 section 7.1): the first line decides whether this is an IMAP server that will have us. */
static int greeting(imap4_conn *conn, imap4__event *event, const imap4__response *response)
{
    imap4_resp_text *text = (imap4_resp_text *)(uintptr_t)response->data.text;
    imap4__request *ignored = NULL;

    if (response->kind != IMAP4__RESPONSE_UNTAGGED || response->event != IMAP4_EVENT_TEXT)
        return imap4__fail(conn, IMAP4_ERROR_GREETING, "the first line is not the greeting of an IMAP server", NULL);
    if (text->status != IMAP4_STATUS_OK && text->status != IMAP4_STATUS_PREAUTH) {
        imap4__error_set_text(&conn->error, text->text);
        return imap4__fail(conn, IMAP4_ERROR_GREETING, "the server refuses the connection", NULL);
    }
    if (text->status == IMAP4_STATUS_PREAUTH && imap4__in_clear(conn))
        return imap4__fail(conn, IMAP4_ERROR_SECURITY, "the server greets with PREAUTH before TLS", NULL);
    if (imap4__untagged_text(conn, text, &ignored))
        return IMAP4_ERROR_MEMORY;
    conn->greeted = 1;
    if (!conn->server)
        conn->server = imap4__server_of_greeting(text->text);
    imap4__set_state(conn, text->status == IMAP4_STATUS_PREAUTH ? IMAP4_STATE_AUTHENTICATED
                                                                : IMAP4_STATE_NOT_AUTHENTICATED);
    event->shown.kind = IMAP4_EVENT_GREETING;
    event->shown.data = response->data;
    event->silent = imap4__in_clear(conn);
    return IMAP4_OK;
}

/* Data that the state does not allow is dropped: in the clear it never becomes state (RFC 9051 section 11.1), and before
 * the sign-in there is no mail to speak of. */
static int unsafe_data(const imap4_conn *conn, const imap4__response *response)
{
    if (response->event == IMAP4_EVENT_CAPABILITY || response->event == IMAP4_EVENT_TEXT)
        return 0;
    return imap4__in_clear(conn) ||
           (conn->state == IMAP4_STATE_NOT_AUTHENTICATED && response->event != IMAP4_EVENT_ID &&
            response->event != IMAP4_EVENT_UNKNOWN);
}

/* Shows the event, or forgets it when it is not for the program. */
static void show(imap4_conn *conn, imap4__event *event)
{
    if (event && !event->silent)
        imap4__event_put(&conn->events, event);
    else
        imap4__event_give(&conn->events, event);
}

static int understood(imap4_conn *conn, imap4__event *event, imap4__response *response)
{
    int result;

    if (!conn->greeted) {
        result = greeting(conn, event, response);
    } else if (response->kind == IMAP4__RESPONSE_CONTINUE) {
        event->silent = 1;
        result = imap4__send_continue(conn, response->rest);
    } else if (response->kind == IMAP4__RESPONSE_TAGGED) {
        /* Takes the event when it succeeds. */
        return imap4__tagged(conn, event, response);
    } else if (unsafe_data(conn, response)) {
        event->silent = 1;
        result = IMAP4_OK;
    } else {
        result = imap4__untagged(conn, event, response);
        if (imap4__in_clear(conn))
            event->silent = 1;
    }
    if (result == IMAP4_ERROR_MEMORY)
        return result;
    if (result)
        event->silent = 1; /* the end of the connection: told by its error */
    show(conn, event);
    return IMAP4_OK;
}

static int is_text(const imap4__response *response)
{
    return response->kind == IMAP4__RESPONSE_TAGGED || response->event == IMAP4_EVENT_TEXT;
}

/* Lists that we are to remember are kept in part when they are too long; that must be told. */
static void check_kept(const imap4_conn *conn, const imap4__cursor *cursor, imap4__response *response)
{
    const size_t limit = imap4__kept_limit(conn);
    const imap4_names *names = NULL;
    const imap4_flags *flags = NULL;

    if (is_text(response) && response->data.text) {
        names = response->data.text->code == IMAP4_CODE_CAPABILITY ? response->data.text->names : NULL;
        flags = response->data.text->flags;
    } else if (response->event == IMAP4_EVENT_CAPABILITY) {
        names = response->data.names;
    } else if (response->event == IMAP4_EVENT_FLAGS) {
        flags = response->data.flags;
    }
    if (names && imap4__strs_within(names->names, names->count, limit) < names->count)
        response->reading = "capabilities beyond what is kept";
    else if (flags && imap4__strs_within(flags->keywords, flags->keyword_count, limit) < flags->keyword_count)
        response->reading = "flags beyond what is kept";
    else
        return;
    imap4__response_damage(response, cursor->start);
}

/* The counters with this response in them, taken before its memory is handed on. */
static imap4_counters counted(const imap4_conn *conn, const imap4__response *response, int read)
{
    imap4_counters counters = conn->counters;

    counters.responses++;
    counters.damaged += read && !response->damaged ? 1 : response->damaged;
    if (read)
        return counters;
    counters.unknown += response->event == IMAP4_EVENT_UNKNOWN;
    counters.codes += is_text(response) && response->data.text && response->data.text->code == IMAP4_CODE_OTHER;
    counters.tags += response->kind == IMAP4__RESPONSE_TAGGED && !imap4__tagged_request(conn, response->tag);
    return counters;
}

/*
 * A line that carries our tag and cannot be read is the end of that request all the same, or it would wait for ever. What
 * it says cannot count as success. IMAP4_OK (whatever it was), or IMAP4_ERROR_MEMORY.
 */
static int salvage_tagged(const imap4_conn *conn, const imap4__cursor *cursor, imap4__response *response)
{
    const uint8_t *at = cursor->start;
    imap4_resp_text *text;
    imap4_str tag;

    while (at < cursor->end && *at != ' ')
        at++;
    tag = imap4__str_n(cursor->start, (size_t)(at - cursor->start));
    if (response->kind == IMAP4__RESPONSE_TAGGED || !imap4__tagged_request(conn, tag))
        return IMAP4_OK;
    at += at < cursor->end;
    text = imap4__arena_zalloc(cursor->arena, sizeof *text);
    if (!text || imap4__arena_str(cursor->arena, at, (size_t)(cursor->end - at), &text->text))
        return IMAP4_ERROR_MEMORY;
    text->status = IMAP4_STATUS_BAD;
    response->kind = IMAP4__RESPONSE_TAGGED;
    response->event = 0;
    response->tag = tag;
    response->data.text = text;
    return IMAP4_OK;
}

/* Not enough memory: all is as it was, so that the same can be tried again. What was gathered stays in the event. */
static int undo(imap4__event *event, const imap4__arena_mark *mark)
{
    imap4__arena_back(&event->arena, mark);
    memset(&event->shown, 0, sizeof event->shown);
    memset(&event->small, 0, sizeof event->small);
    event->shown.kind = IMAP4_EVENT_UNKNOWN;
    event->silent = 0;
    return IMAP4_ERROR_MEMORY;
}

/* The report of what could not be read in this response. NULL: no memory. */
static imap4__event *response_damage(imap4_conn *conn, imap4__event *event, const imap4__response *response, int read)
{
    const imap4__input *in = &conn->input;
    imap4_str raw = imap4__input_raw(conn, &event->arena, raw_max(conn));

    if (!raw.data)
        return NULL;
    return damage_event(conn, read ? read : IMAP4_ERROR_PROTOCOL, (const uint8_t *)raw.data, raw.len,
                        in->offset + in->frame.begin, in->frame.end - in->frame.begin + in->removed,
                        response->damage_what);
}

int imap4__route(imap4_conn *conn)
{
    imap4__input *in = &conn->input;
    imap4__event *event = imap4__input_event(conn);
    imap4__event *damage = NULL;
    imap4__arena_mark mark;
    imap4__response response;
    imap4_counters counters;
    imap4__cursor cursor;
    int read;

    if (!event)
        return IMAP4_ERROR_MEMORY;
    mark = imap4__arena_here(&event->arena);
    cursor = imap4__input_cursor(conn, in->frame.end, &event->arena);
    memset(&response, 0, sizeof response);
    event->arena.limit = imap4__input_memory(conn);
    read = imap4__response_read(&cursor, &response);
    event->arena.limit = 0;
    if (event->arena.over) {
        event->arena.over = 0;
        return IMAP4_ERROR_LIMIT; /* what it means takes more memory than it may */
    }
    if (!read)
        check_kept(conn, &cursor, &response);
    else if (read != IMAP4_ERROR_MEMORY && salvage_tagged(conn, &cursor, &response))
        read = IMAP4_ERROR_MEMORY;
    if (read != IMAP4_ERROR_MEMORY && (read || response.damaged) && conn->greeted && !imap4__in_clear(conn)) {
        damage = response_damage(conn, event, &response, read);
        if (!damage)
            read = IMAP4_ERROR_MEMORY;
    }
    if (read == IMAP4_ERROR_MEMORY)
        return undo(event, &mark);
    counters = counted(conn, &response, read);
    if (read && response.kind != IMAP4__RESPONSE_TAGGED && conn->greeted) {
        imap4__event_give(&conn->events, event);
    } else if (understood(conn, event, &response) == IMAP4_ERROR_MEMORY) {
        imap4__event_give(&conn->events, damage);
        return undo(event, &mark);
    }
    in->event = NULL;
    conn->counters = counters;
    show(conn, damage);
    return IMAP4_OK;
}

int imap4__route_skipped(imap4_conn *conn)
{
    imap4__input *in = &conn->input;
    imap4__event *event = imap4__event_take(&conn->events, IMAP4_EVENT_UNKNOWN);
    imap4__event *damage;
    imap4__response response;
    imap4__cursor cursor;
    uint64_t size;
    int result = IMAP4_OK;

    if (!event)
        return IMAP4_ERROR_MEMORY;
    size = in->removed + in->frame.end - in->skip_begin;
    if (!in->sample_over && in->sample > size)
        in->sample = (size_t)size; /* a CR that turned out to end the line */
    damage = damage_event(conn, IMAP4_ERROR_LIMIT, in->head, in->sample, in->offset + in->skip_begin, size,
                          "response beyond a limit");
    if (!damage) {
        imap4__event_give(&conn->events, event);
        return IMAP4_ERROR_MEMORY;
    }
    if (!conn->greeted) {
        imap4__fail(conn, IMAP4_ERROR_GREETING, "the first line is too long for a greeting", NULL);
    } else if (in->sample && in->head[0] != '*' && in->head[0] != '+') {
        /* The end of a request must not be lost with its long text. */
        cursor = imap4__input_cursor(conn, in->frame.end, &event->arena);
        cursor.base = cursor.start = cursor.at = in->head;
        cursor.end = in->head + in->sample;
        cursor.hole_count = 0;
        memset(&response, 0, sizeof response);
        result = imap4__response_read(&cursor, &response);
        if (result != IMAP4_ERROR_MEMORY && response.kind == IMAP4__RESPONSE_TAGGED)
            result = imap4__tagged(conn, event, &response);
        else
            imap4__event_give(&conn->events, result == IMAP4_ERROR_MEMORY ? NULL : event);
        event = result == IMAP4_ERROR_MEMORY ? event : NULL;
    }
    if (result == IMAP4_ERROR_MEMORY) {
        imap4__event_give(&conn->events, event);
        imap4__event_give(&conn->events, damage);
        return IMAP4_ERROR_MEMORY;
    }
    imap4__event_give(&conn->events, event);
    damage->silent = imap4__in_clear(conn);
    conn->counters.responses++;
    conn->counters.skipped++;
    show(conn, damage);
    return IMAP4_OK;
}
