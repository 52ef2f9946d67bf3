#include "conn/route.h"

#include "base/str.h"
#include "conn/conn.h"
#include "conn/move.h"
#include "conn/send.h"
#include "conn/stream.h"
#include "conn/tagged.h"
#include "grammar/response.h"

#include <string.h>

/* Message sets. */

/* Whether the set that a request was made for holds the message; a lone `*` is the last message. */
static int set_holds(const imap4_conn *conn, const imap4__request *request, uint32_t seq, uint32_t uid,
                     int uid_may_come)
{
    const imap4__set *set = request->args.set;
    const imap4__range *last;

    if (!set || !set->count)
        return 0;
    last = &set->ranges[set->count - 1];
    if (request->row->rules & IMAP4__NUMBERS)
        return imap4__set_contains(set, seq) || (last->last == IMAP4_SET_STAR && seq >= conn->view.shown.exists);
    if (!uid)
        return uid_may_come; /* an answer to a UID command always has the UID (RFC 9051 section 6.4.9) */
    return imap4__set_contains(set, uid) || last->last == IMAP4_SET_STAR;
}

static int part_matches(imap4_str asked, imap4_str got)
{
    return asked.len == got.len && (!asked.len || !memcmp(asked.data, got.data, asked.len));
}

/* Field names come back in any order, case and quoting; the set of names is what was asked for. */
static int fields_match(const imap4__section_spec *spec, const imap4_section *section)
{
    if (spec->field_count != section->field_count)
        return 0;
    for (size_t i = 0; i < spec->field_count; i++) {
        size_t j = 0;
        while (j < section->field_count && !(spec->fields[i].len == section->fields[j].len &&
                                             imap4__nocase_n(spec->fields[i].data, section->fields[j].data,
                                                             spec->fields[i].len)))
            j++;
        if (j == section->field_count)
            return 0;
    }
    return 1;
}

static const imap4__section_spec *spec_for(const imap4__items *items, const imap4_section *section)
{
    const imap4__section_spec *spec = items->sections;

    for (; spec; spec = spec->next) {
        if (spec->text == section->text && part_matches(spec->part, section->part) && !section->binary &&
            fields_match(spec, section) && (!spec->partial || !section->partial || spec->origin == section->origin))
            return spec;
    }
    return NULL;
}

imap4__request *imap4__route_section(imap4_conn *conn, uint32_t seq, uint32_t uid, const imap4_section *section,
                                     const imap4__section_spec **spec_out)
{
    for (imap4__request *request = conn->flying.first; request; request = request->next) {
        if (request->args.fetch && set_holds(conn, request, seq, uid, 1)) {
            *spec_out = spec_for(request->args.fetch, section);
            if (*spec_out)
                return request;
        }
    }
    return NULL;
}

int imap4__route_section_shared(const imap4_conn *conn, uint32_t seq, const imap4_section *section)
{
    int count = 0;

    for (const imap4__request *request = conn->flying.first; request; request = request->next) {
        count += request->args.fetch && set_holds(conn, request, seq, 0, 1) &&
                 spec_for(request->args.fetch, section) != NULL;
    }
    return count > 1;
}

/* Whether a FETCH response has something that the request asked for. A change of flags that nobody asked for has not. */
static int asked_for(const imap4__request *request, const imap4_msg_att *message)
{
    const imap4__items *items = request->args.fetch;
    uint32_t told = message->present & ~(uint32_t)(IMAP4_FETCH_UID | IMAP4_FETCH_MODSEQ);

    if (!items) /* STORE */
        return (message->present & IMAP4_FETCH_FLAGS) != 0;
    if (items->mask & told)
        return 1;
    for (const imap4_section *section = message->sections; section; section = section->next) {
        if (spec_for(items, section))
            return 1;
        /* The rev1 names of sections. */
        if (items->mask & (IMAP4_FETCH_RFC822 | IMAP4_FETCH_RFC822_HEADER | IMAP4_FETCH_RFC822_TEXT))
            return 1;
    }
    return !told && !message->sections && !(items->mask & ~(uint32_t)(IMAP4_FETCH_UID | IMAP4_FETCH_MODSEQ));
}

static imap4__request *fetch_owner(imap4_conn *conn, const imap4_msg_att *message)
{
    for (imap4__request *request = conn->flying.first; request; request = request->next) {
        if ((request->row->owns & IMAP4__OWNS_FETCH) && set_holds(conn, request, message->seq, message->uid, 0) &&
            asked_for(request, message))
            return request;
    }
    return NULL;
}

static int same_mailbox(const imap4__request *request, const imap4_mailbox_status *status)
{
    imap4_str name = request->args.name;

    if (name.len && name.data[0] == '\001')
        return imap4__str_eq((imap4_str){name.data + 1, name.len - 1}, status->raw);
    if (imap4__str_eq_nocase(name, "INBOX"))
        return imap4__str_eq_nocase(status->name, "INBOX");
    return imap4__str_eq(name, status->name);
}

static imap4__request *owner(imap4_conn *conn, uint32_t kind, const imap4_mailbox_status *status)
{
    for (imap4__request *request = conn->flying.first; request; request = request->next) {
        if ((request->row->owns & kind) && (!status || same_mailbox(request, status)))
            return request;
    }
    return NULL;
}

static int sets_overlap(const imap4__request *a, const imap4__request *b)
{
    if ((a->row->rules ^ b->row->rules) & IMAP4__NUMBERS)
        return 1; /* UIDs and numbers cannot be compared */
    return imap4__set_overlaps(a->args.set, b->args.set);
}

static int uses_numbers(const imap4__request *request)
{
    return (request->row->rules & IMAP4__NUMBERS) || (request->args.keys && request->args.keys->uses_numbers);
}

int imap4__route_ambiguous(const imap4__request *flying, const imap4__request *next)
{
    uint32_t both = flying->row->owns & next->row->owns;

    /* RFC 9051 section 5.5: no message numbers while an EXPUNGE may come. */
    if (uses_numbers(next) && (!(flying->row->rules & IMAP4__NO_EXPUNGE)))
        return 1;
    if (both & IMAP4__OWNS_STATUS)
        return imap4__str_eq(flying->args.name, next->args.name) ||
               (imap4__str_eq_nocase(flying->args.name, "INBOX") && imap4__str_eq_nocase(next->args.name, "INBOX"));
    if (both & IMAP4__OWNS_FETCH)
        return sets_overlap(flying, next);
    return both != 0;
}

int imap4__route_layer_due(const imap4_conn *conn)
{
    const imap4__request *request = conn->flying.first;

    return request && (request->command == IMAP4__STARTTLS || request->command == IMAP4__COMPRESS);
}

/* Untagged data. Each function applies and labels; none but the last step of it cannot be undone. */

int imap4__route_capabilities(imap4_conn *conn, const imap4_names *names)
{
    imap4__capabilities *mine = &conn->capabilities;
    imap4__arena fresh;
    imap4_str *copies;

    imap4__arena_init(&fresh, &conn->mem);
    copies = imap4__arena_alloc(&fresh, names->count ? names->count * sizeof *copies : 1);
    for (size_t i = 0; copies && i < names->count; i++) {
        if (imap4__arena_str(&fresh, names->names[i].data, names->names[i].len, &copies[i]))
            copies = NULL;
    }
    if (!copies) {
        imap4__arena_clear(&fresh);
        return IMAP4_ERROR_MEMORY;
    }
    imap4__arena_clear(&mine->arena);
    mine->arena = fresh;
    mine->names.names = copies;
    mine->names.count = names->count;
    mine->known = mine->fresh = 1;
    imap4__settle_dialect(conn);
    return IMAP4_OK;
}

/* Only what was asked for: a server that enables things by itself could change how names are read. */
static void enabled(imap4_conn *conn, const imap4_names *names)
{
    if (!owner(conn, IMAP4__OWNS_ENABLED, NULL))
        return;
    conn->enabled_rev2 |= imap4_names_contain(names, "IMAP4rev2");
    conn->enabled_utf8 |= imap4_names_contain(names, "UTF8=ACCEPT");
    imap4__settle_dialect(conn);
}

/* While a SELECT runs: does this data already belong to the new mailbox? (CLOSED marks the boundary: RFC 7162 section
 * 3.2.11.) */
static void maybe_switch(imap4_conn *conn, int kind, const imap4_resp_text *text)
{
    /* Where nothing is selected, or where no CLOSED will come, the first word about a mailbox is about the new one. */
    int unmarked = !conn->view.shown.id || !(imap4__has(conn, "QRESYNC") || conn->rev2);

    if (!conn->view.selecting || conn->view.switched)
        return;
    switch (kind) {
    case IMAP4_EVENT_FLAGS:
        imap4__view_switch(&conn->view);
        break;
    case IMAP4_EVENT_EXISTS:
    case IMAP4_EVENT_RECENT:
        if (unmarked)
            imap4__view_switch(&conn->view);
        break;
    case IMAP4_EVENT_TEXT:
        switch (text->code) {
        case IMAP4_CODE_CLOSED:
        case IMAP4_CODE_PERMANENTFLAGS:
        case IMAP4_CODE_UIDVALIDITY:
            imap4__view_switch(&conn->view);
            break;
        case IMAP4_CODE_UIDNEXT:
        case IMAP4_CODE_UNSEEN:
        case IMAP4_CODE_HIGHESTMODSEQ:
        case IMAP4_CODE_NOMODSEQ:
        case IMAP4_CODE_UIDNOTSTICKY:
            if (unmarked)
                imap4__view_switch(&conn->view);
            break;
        default:
            break;
        }
        break;
    default:
        break;
    }
}

/* The SELECT that data of its mailbox belongs to, once it has begun to come. */
static imap4__request *selecting(const imap4_conn *conn)
{
    return conn->view.switched ? conn->view.selecting : NULL;
}

static int apply_text(imap4_conn *conn, imap4_resp_text *text, imap4__request **owner_out)
{
    imap4__request *mover = owner(conn, IMAP4__OWNS_EXPUNGE, NULL);

    text->trusted = conn->security >= IMAP4_SECURITY_LOCAL;
    *owner_out = selecting(conn);
    if (text->code == IMAP4_CODE_COPYUID && mover && imap4__move_direct(mover))
        *owner_out = mover;
    if (text->code == IMAP4_CODE_CAPABILITY && text->names && imap4__route_capabilities(conn, text->names))
        return IMAP4_ERROR_MEMORY;
    if (imap4__view_code(&conn->view, text))
        return IMAP4_ERROR_MEMORY;
    if (text->status == IMAP4_STATUS_BYE) {
        conn->bye = 1;
        imap4__set_state(conn, IMAP4_STATE_LOGOUT);
        imap4__error_set_text(&conn->error, text->text);
    }
    /* Last, since it is the one thing that must not be done twice. */
    return *owner_out && *owner_out == mover ? imap4__move_copied(mover, text) : IMAP4_OK;
}

static void number_event(imap4_conn *conn, imap4__event *event, const imap4__response *response,
                         imap4__request **owner_out)
{
    uint32_t number = response->number > UINT32_MAX ? UINT32_MAX : (uint32_t)response->number;

    event->shown.data.number = number;
    switch (response->event) {
    case IMAP4_EVENT_EXISTS:
        imap4__view_exists(&conn->view, number);
        *owner_out = selecting(conn);
        break;
    case IMAP4_EVENT_RECENT:
        if (conn->view.shown.id)
            conn->view.shown.recent = number;
        *owner_out = selecting(conn);
        break;
    default:
        *owner_out = owner(conn, IMAP4__OWNS_EXPUNGE, NULL);
        if (!imap4__view_expunge(&conn->view, number))
            event->silent = 1; /* `* 0 EXPUNGE`, or beyond the last message: seen, and meaningless */
        break;
    }
}

static void apply_fetch(imap4_conn *conn, imap4_msg_att *message, imap4__request **owner_out)
{
    if (conn->input.walking > 0)
        imap4__stream_mark(conn, message);
    *owner_out = fetch_owner(conn, message);
    if (message->seq > conn->view.shown.exists)
        imap4__view_exists(&conn->view, message->seq); /* Cyrus: `* 919 FETCH` before `* 919 EXISTS` */
    if (conn->view.shown.uidnext && message->uid >= conn->view.shown.uidnext && message->uid < UINT32_MAX)
        conn->view.shown.uidnext = message->uid + 1;
}

static void apply_search(imap4_conn *conn, imap4_search_data *search, imap4__request **owner_out)
{
    imap4__request *request = owner(conn, IMAP4__OWNS_SEARCH, NULL);

    *owner_out = request;
    if (request && request->row == imap4__row_of(IMAP4__UID_SEARCH))
        search->numbers = NULL;
    else
        search->uids = NULL;
}

static int untagged(imap4_conn *conn, imap4__event *event, const imap4__response *response)
{
    static const struct {
        int kind;
        uint32_t owns;
    } simple[] = {
        {IMAP4_EVENT_CAPABILITY, IMAP4__OWNS_CAPABILITY}, {IMAP4_EVENT_ENABLED, IMAP4__OWNS_ENABLED},
        {IMAP4_EVENT_ID, IMAP4__OWNS_ID},                 {IMAP4_EVENT_NAMESPACE, IMAP4__OWNS_NAMESPACE},
    };
    imap4__request *request = NULL;
    imap4_event_data data = response->data;
    int kind = response->event;
    int result = IMAP4_OK;

    event->shown.kind = kind;
    event->shown.data = data;
    maybe_switch(conn, kind, data.text);
    for (size_t i = 0; i < sizeof simple / sizeof *simple; i++) {
        if (simple[i].kind == kind)
            request = owner(conn, simple[i].owns, NULL);
    }
    switch (kind) {
    case IMAP4_EVENT_TEXT:
        result = apply_text(conn, (imap4_resp_text *)(uintptr_t)data.text, &request);
        break;
    case IMAP4_EVENT_CAPABILITY:
        result = imap4__route_capabilities(conn, data.names);
        break;
    case IMAP4_EVENT_ENABLED:
        enabled(conn, data.names);
        break;
    case IMAP4_EVENT_FLAGS:
        result = imap4__view_flags(&conn->view, data.flags, 0);
        request = selecting(conn);
        break;
    case IMAP4_EVENT_LIST:
        request = owner(conn, data.list->kind == IMAP4_LIST_LSUB ? IMAP4__OWNS_LSUB : IMAP4__OWNS_LIST, NULL);
        break;
    case IMAP4_EVENT_STATUS:
        request = owner(conn, IMAP4__OWNS_STATUS, data.status);
        break;
    case IMAP4_EVENT_EXISTS:
    case IMAP4_EVENT_RECENT:
    case IMAP4_EVENT_EXPUNGE:
        number_event(conn, event, response, &request);
        break;
    case IMAP4_EVENT_FETCH:
        apply_fetch(conn, (imap4_msg_att *)(uintptr_t)data.fetch, &request);
        break;
    case IMAP4_EVENT_SEARCH:
        apply_search(conn, (imap4_search_data *)(uintptr_t)data.search, &request);
        break;
    default:
        break;
    }
    if (result)
        return result;
    if (request && request->cancelled && kind != IMAP4_EVENT_EXPUNGE)
        event->silent = 1;
    imap4__conn_label(conn, event, request);
    return IMAP4_OK;
}

/* The event that reports what could not be read. The raw bytes are true copies. NULL: no memory. */
static imap4__event *damage_event(imap4_conn *conn, int why, const uint8_t *raw, size_t len, uint64_t offset,
                                  uint64_t size, const char *what)
{
    enum { RAW_MAX = 64 * 1024 };
    imap4__event *event = imap4__conn_event(conn, IMAP4_EVENT_DAMAGE, NULL);
    imap4_damage *damage = event ? imap4__arena_zalloc(&event->arena, sizeof *damage) : NULL;
    imap4_str copy = {NULL, 0};

    if (len > RAW_MAX)
        len = RAW_MAX;
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
    if (apply_text(conn, text, &ignored))
        return IMAP4_ERROR_MEMORY;
    conn->greeted = 1;
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
        result = untagged(conn, event, response);
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

int imap4__route(imap4_conn *conn)
{
    imap4__input *in = &conn->input;
    imap4__event *event = imap4__event_take(&conn->events, IMAP4_EVENT_UNKNOWN);
    imap4__event *damage = NULL;
    imap4__response response;
    imap4__cursor cursor;
    int read;

    if (!event)
        return IMAP4_ERROR_MEMORY;
    cursor = imap4__input_cursor(conn, in->frame.end, &event->arena);
    memset(&response, 0, sizeof response);
    event->arena.limit = (size_t)imap4__option(conn, IMAP4_OPTION_RESPONSE_LIMIT) + 65536;
    read = imap4__response_read(&cursor, &response);
    event->arena.limit = 0;
    if (event->arena.over) {
        event->arena.over = 0;
        imap4__event_give(&conn->events, event);
        return IMAP4_ERROR_LIMIT; /* what it means takes more memory than its bytes may */
    }
    if (read != IMAP4_ERROR_MEMORY && (read || response.damaged) && conn->greeted && !imap4__in_clear(conn)) {
        damage = damage_event(conn, read ? read : IMAP4_ERROR_PROTOCOL, cursor.start,
                              (size_t)(cursor.end - cursor.start), in->offset + in->frame.begin,
                              in->frame.end - in->frame.begin + in->removed, response.damage_what);
        if (!damage)
            read = IMAP4_ERROR_MEMORY;
    }
    if (read == IMAP4_ERROR_MEMORY) {
        imap4__event_give(&conn->events, event);
        return IMAP4_ERROR_MEMORY;
    }
    if (read && response.kind != IMAP4__RESPONSE_TAGGED && conn->greeted) {
        imap4__event_give(&conn->events, event);
    } else if (understood(conn, event, &response) == IMAP4_ERROR_MEMORY) {
        imap4__event_give(&conn->events, event);
        imap4__event_give(&conn->events, damage);
        return IMAP4_ERROR_MEMORY;
    }
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
    show(conn, damage);
    return IMAP4_OK;
}
