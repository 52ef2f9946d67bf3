#include "conn/untagged.h"

#include "conn/capability.h"
#include "conn/conn.h"
#include "conn/move.h"
#include "conn/owner.h"
#include "conn/stream.h"
#include "grammar/server.h"

/* Only what was asked for: a server that enables things by itself could change how names are read. */
static int apply_enabled(imap4_conn *conn, imap4__event *event, const imap4__response *response,
                         imap4__request **owner_out)
{
    const imap4_names *names = response->data.names;

    (void)event;
    *owner_out = imap4__owner(conn, IMAP4__OWNS_ENABLED);
    if (*owner_out) {
        conn->enabled_rev2 |= imap4_names_contain(names, "IMAP4rev2");
        conn->enabled_utf8 |= imap4_names_contain(names, "UTF8=ACCEPT");
        imap4__settle_dialect(conn);
    }
    return IMAP4_OK;
}

/* While a SELECT runs: does this data already belong to the new mailbox? (CLOSED marks the boundary: RFC 7162 section
 * 3.2.11.) */
static void maybe_switch(imap4_conn *conn, const imap4__response *response)
{
    /* Where nothing is selected, or where no CLOSED will come, the first word about a mailbox is about the new one. */
    int unmarked = !conn->view.shown.id || !(imap4__has(conn, "QRESYNC") || conn->rev2);

    if (!conn->view.selecting || conn->view.switched)
        return;
    switch (response->event) {
    case IMAP4_EVENT_FLAGS:
        imap4__view_switch(&conn->view);
        break;
    case IMAP4_EVENT_EXISTS:
    case IMAP4_EVENT_RECENT:
        if (unmarked)
            imap4__view_switch(&conn->view);
        break;
    case IMAP4_EVENT_TEXT:
        switch (response->data.text->code) {
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

/* Outside of the answer to a STORE nobody tells which numbers these are; then it is that of the STORE in flight. */
static void settle_modified(const imap4_conn *conn, imap4_resp_text *text)
{
    const imap4__request *request = imap4__owner(conn, IMAP4__OWNS_FETCH);

    if (request && (request->row->rules & IMAP4__NUMBERS))
        text->uids = NULL;
    else
        text->numbers = NULL;
}

static void goodbye(imap4_conn *conn, const imap4_resp_text *text)
{
    const imap4__request *request = conn->flying.first;

    /* Yandex says it again and again, and never answers LOGOUT. */
    if (conn->bye && request && request->command == IMAP4__LOGOUT)
        imap4__finish(conn, IMAP4_ERROR_BYE, "the server said goodbye");
    conn->bye = 1;
    imap4__set_state(conn, IMAP4_STATE_LOGOUT);
    imap4__error_set_text(&conn->error, text->text);
}

int imap4__untagged_text(imap4_conn *conn, imap4_resp_text *text, imap4__request **owner_out)
{
    imap4__request *mover = imap4__owner(conn, IMAP4__OWNS_EXPUNGE);

    text->trusted = conn->security >= IMAP4_SECURITY_LOCAL;
    *owner_out = selecting(conn);
    if (text->code == IMAP4_CODE_COPYUID && mover && imap4__move_direct(mover))
        *owner_out = mover;
    if (text->code == IMAP4_CODE_CAPABILITY && text->names && imap4__capabilities_keep(conn, text->names))
        return IMAP4_ERROR_MEMORY;
    if (imap4__view_code(&conn->view, text))
        return IMAP4_ERROR_MEMORY;
    if (text->code == IMAP4_CODE_MODIFIED)
        settle_modified(conn, text);
    if (text->status == IMAP4_STATUS_BYE)
        goodbye(conn, text);
    /* Last, since it is the one thing that must not be done twice. */
    return *owner_out && *owner_out == mover ? imap4__move_copied(mover, text) : IMAP4_OK;
}

static int apply_text(imap4_conn *conn, imap4__event *event, const imap4__response *response,
                      imap4__request **owner_out)
{
    (void)event;
    return imap4__untagged_text(conn, (imap4_resp_text *)(uintptr_t)response->data.text, owner_out);
}

static int apply_capability(imap4_conn *conn, imap4__event *event, const imap4__response *response,
                            imap4__request **owner_out)
{
    (void)event;
    *owner_out = imap4__owner(conn, IMAP4__OWNS_CAPABILITY);
    return imap4__capabilities_keep(conn, response->data.names);
}

static int apply_id(imap4_conn *conn, imap4__event *event, const imap4__response *response,
                    imap4__request **owner_out)
{
    int server = imap4__server_of_id(response->data.params);

    (void)event;
    *owner_out = imap4__owner(conn, IMAP4__OWNS_ID);
    if (server)
        conn->server = server;
    return IMAP4_OK;
}

static int apply_flags(imap4_conn *conn, imap4__event *event, const imap4__response *response,
                       imap4__request **owner_out)
{
    (void)event;
    *owner_out = selecting(conn);
    return imap4__view_flags(&conn->view, response->data.flags, 0);
}

static int apply_list(imap4_conn *conn, imap4__event *event, const imap4__response *response,
                      imap4__request **owner_out)
{
    int lsub = response->data.list->kind == IMAP4_LIST_LSUB;

    (void)event;
    *owner_out = imap4__owner(conn, lsub ? IMAP4__OWNS_LSUB : IMAP4__OWNS_LIST);
    return IMAP4_OK;
}

static int apply_status(imap4_conn *conn, imap4__event *event, const imap4__response *response,
                        imap4__request **owner_out)
{
    (void)event;
    *owner_out = imap4__owner_status(conn, response->data.status);
    return IMAP4_OK;
}

/* A message number, or how many there are; beyond 32 bits it is not to be believed and counts as the largest. */
static uint32_t clipped(const imap4__response *response)
{
    return response->number > UINT32_MAX ? UINT32_MAX : (uint32_t)response->number;
}

static int apply_exists(imap4_conn *conn, imap4__event *event, const imap4__response *response,
                        imap4__request **owner_out)
{
    event->shown.data.number = clipped(response);
    imap4__view_exists(&conn->view, clipped(response));
    *owner_out = selecting(conn);
    return IMAP4_OK;
}

static int apply_recent(imap4_conn *conn, imap4__event *event, const imap4__response *response,
                        imap4__request **owner_out)
{
    event->shown.data.number = clipped(response);
    if (conn->view.shown.id)
        conn->view.shown.recent = clipped(response);
    *owner_out = selecting(conn);
    return IMAP4_OK;
}

static int apply_expunge(imap4_conn *conn, imap4__event *event, const imap4__response *response,
                         imap4__request **owner_out)
{
    event->shown.data.number = clipped(response);
    *owner_out = imap4__owner(conn, IMAP4__OWNS_EXPUNGE);
    if (!imap4__view_expunge(&conn->view, clipped(response)))
        event->silent = 1; /* `* 0 EXPUNGE`, or beyond the last message: seen, and meaningless */
    return IMAP4_OK;
}

/* With EARLIER it answers SELECT or UID FETCH, and message numbers stay; otherwise it is an EXPUNGE by UID. */
static int apply_vanished(imap4_conn *conn, imap4__event *event, const imap4__response *response,
                          imap4__request **owner_out)
{
    const imap4_vanished *vanished = response->data.vanished;

    (void)event;
    if (vanished->earlier) {
        *owner_out = selecting(conn);
    } else {
        *owner_out = imap4__owner(conn, IMAP4__OWNS_EXPUNGE);
        imap4__view_vanished(&conn->view, imap4_uid_set_count(vanished->uids));
    }
    return IMAP4_OK;
}

static int apply_fetch(imap4_conn *conn, imap4__event *event, const imap4__response *response,
                       imap4__request **owner_out)
{
    imap4_msg_att *message = (imap4_msg_att *)(uintptr_t)response->data.fetch;

    if (response->number == 0) { /* Courier: `* 0 FETCH`, about no message */
        event->silent = 1;
        return IMAP4_OK;
    }
    imap4__stream_mark(conn, message);
    *owner_out = imap4__owner_fetch(conn, message);
    if (message->seq > conn->view.shown.exists)
        imap4__view_exists(&conn->view, message->seq); /* Cyrus: `* 919 FETCH` before `* 919 EXISTS` */
    if (conn->view.shown.uidnext && message->uid >= conn->view.shown.uidnext && message->uid < UINT32_MAX)
        conn->view.shown.uidnext = message->uid + 1;
    return IMAP4_OK;
}

/* Of each pair of sets one goes: UIDs and message numbers are two types. */
static void settle_sets(imap4_search_data *search, int uid)
{
    imap4_search_partial *partial = (imap4_search_partial *)(uintptr_t)search->partial;

    if (uid)
        search->numbers = NULL;
    else
        search->uids = NULL;
    if (partial && uid)
        partial->numbers = NULL;
    else if (partial)
        partial->uids = NULL;
    for (const imap4_search_change *at = search->changes; at; at = at->next) {
        imap4_search_change *change = (imap4_search_change *)(uintptr_t)at;

        if (uid)
            change->numbers = NULL;
        else
            change->uids = NULL;
    }
}

/*
 * SEARCH and SORT do not tell which kind of numbers they hold, the command does. ESEARCH does, but an empty one has been
 * seen without the word (Cyrus).
 */
static int apply_search(imap4_conn *conn, imap4__event *event, const imap4__response *response,
                        imap4__request **owner_out)
{
    imap4_search_data *search = (imap4_search_data *)(uintptr_t)response->data.search;

    (void)event;
    *owner_out = imap4__owner_search(conn, search);
    settle_sets(search, search->uid || (*owner_out && (*owner_out)->command == IMAP4__UID_SEARCH));
    return IMAP4_OK;
}

/*
 * What untagged data means for the connection, and who asked for it. Applied as a whole or, without memory, not at all:
 * only the last step of each may be one that cannot be done twice.
 */
static const struct row {
    int (*apply)(imap4_conn *conn, imap4__event *event, const imap4__response *response, imap4__request **owner_out);
    uint32_t owns; /* without `apply`: the owner is the first request that owns this */
} rows[] = {
    [IMAP4_EVENT_TEXT] = {apply_text, 0},
    [IMAP4_EVENT_CAPABILITY] = {apply_capability, 0},
    [IMAP4_EVENT_ENABLED] = {apply_enabled, 0},
    [IMAP4_EVENT_ID] = {apply_id, 0},
    [IMAP4_EVENT_NAMESPACE] = {NULL, IMAP4__OWNS_NAMESPACE},
    [IMAP4_EVENT_LIST] = {apply_list, 0},
    [IMAP4_EVENT_STATUS] = {apply_status, 0},
    [IMAP4_EVENT_FLAGS] = {apply_flags, 0},
    [IMAP4_EVENT_EXISTS] = {apply_exists, 0},
    [IMAP4_EVENT_RECENT] = {apply_recent, 0},
    [IMAP4_EVENT_EXPUNGE] = {apply_expunge, 0},
    [IMAP4_EVENT_FETCH] = {apply_fetch, 0},
    [IMAP4_EVENT_SEARCH] = {apply_search, 0},
    [IMAP4_EVENT_VANISHED] = {apply_vanished, 0},
};

int imap4__untagged(imap4_conn *conn, imap4__event *event, const imap4__response *response)
{
    static const struct row unknown = {NULL, 0};
    size_t kind = (size_t)response->event;
    const struct row *row = kind < sizeof rows / sizeof *rows ? &rows[kind] : &unknown;
    imap4__request *request = NULL;
    int result = IMAP4_OK;

    event->shown.kind = response->event;
    event->shown.data = response->data;
    maybe_switch(conn, response);
    if (row->apply)
        result = row->apply(conn, event, response, &request);
    else if (row->owns)
        request = imap4__owner(conn, row->owns);
    if (result)
        return result;
    if (request && request->cancelled && response->event != IMAP4_EVENT_EXPUNGE &&
        response->event != IMAP4_EVENT_VANISHED)
        event->silent = 1;
    imap4__conn_label(conn, event, request);
    return IMAP4_OK;
}
