/* The public functions of command.h that make requests: check, copy, queue. */
#include "base/str.h"
#include "conn/conn.h"
#include "conn/queue.h"
#include "sasl/mechanism.h"

#include <imap4/command.h>

#include <string.h>

/* A request in the making: the first error is kept, and ends it. */
struct making {
    imap4_conn *conn;
    imap4__request *request;
    int result;
};

static struct making begin(imap4_conn *conn, int command)
{
    struct making making = {conn, NULL, IMAP4_OK};

    if (conn->leaving)
        making.result = IMAP4_ERROR_CLOSED;
    else if (conn->pending >= imap4__option(conn, IMAP4_OPTION_QUEUE_LIMIT))
        making.result = IMAP4_ERROR_LIMIT;
    else
        making.result = imap4__request_new(conn, command, &making.request);
    return making;
}

static void fail(struct making *making, int result)
{
    if (!making->result)
        making->result = result;
}

static imap4_str copy_bytes(struct making *making, const void *data, size_t len)
{
    imap4_str copy = {NULL, 0};

    if (!making->result)
        fail(making, imap4__arena_str(&making->request->arena, data, len, &copy));
    return copy;
}

/* A text that must be there. */
static imap4_str copy(struct making *making, const char *text)
{
    if (!text)
        fail(making, IMAP4_ERROR_ARGUMENT);
    return copy_bytes(making, text ? text : "", text ? strlen(text) : 0);
}

static void copy_list(struct making *making, const char *const *list, size_t count, int nil)
{
    imap4__args *args;

    if (making->result || !count)
        return;
    if (!list || count > SIZE_MAX / sizeof(imap4_str)) {
        fail(making, IMAP4_ERROR_ARGUMENT);
        return;
    }
    args = &making->request->args;
    args->list = imap4__arena_zalloc(&making->request->arena, count * sizeof *args->list);
    args->list_count = count;
    if (!args->list)
        fail(making, IMAP4_ERROR_MEMORY);
    for (size_t i = 0; i < count && !making->result; i++) {
        if (list[i])
            args->list[i] = copy(making, list[i]);
        else if (!nil || i % 2 == 0) /* names are needed, values may be NIL */
            fail(making, IMAP4_ERROR_ARGUMENT);
    }
}

static void copy_set(struct making *making, const void *set)
{
    if (making->result)
        return;
    if (!set || !((const imap4__set *)set)->count) {
        fail(making, IMAP4_ERROR_ARGUMENT);
        return;
    }
    making->request->args.set = imap4__set_merged(&making->request->arena, set);
    if (!making->request->args.set)
        fail(making, IMAP4_ERROR_MEMORY);
}

static void copy_flags(struct making *making, const imap4_flags *flags)
{
    imap4_str *keywords = NULL;
    imap4__args *args;

    if (making->result || !flags)
        return;
    args = &making->request->args;
    if (flags->keyword_count) {
        keywords = imap4__arena_alloc(&making->request->arena, flags->keyword_count * sizeof *keywords);
        if (!keywords || !flags->keywords) {
            fail(making, keywords ? IMAP4_ERROR_ARGUMENT : IMAP4_ERROR_MEMORY);
            return;
        }
    }
    for (uint32_t i = 0; i < flags->keyword_count; i++)
        keywords[i] = copy_bytes(making, flags->keywords[i].data, flags->keywords[i].len);
    args->flags.system = flags->system;
    args->flags.keyword_count = flags->keyword_count;
    args->flags.keywords = keywords;
    args->has_flags = 1;
}

static void numbers_seen(struct making *making, uint64_t serial)
{
    if (making->result)
        return;
    making->request->checks_serial = 1;
    making->request->serial = serial;
}

/* Writes the command once without sending it: what cannot be said is refused at once, not when its turn comes. */
static int speakable(const struct making *making)
{
    const imap4__request *request = making->request;
    imap4__emit emit;
    int result;

    if (!request->row->encode || request->args.message || request->wants_password)
        return IMAP4_OK;
    imap4__emit_init(&emit, &making->conn->mem);
    emit.literals = IMAP4__LITERALS_PLUS;
    request->row->encode(&emit, &request->args);
    result = emit.result;
    imap4__emit_clear(&emit);
    return result;
}

static int submit(struct making *making, uint64_t *request_out)
{
    imap4_conn *conn = making->conn;
    imap4__request *request = making->request;

    if (!making->result)
        making->result = speakable(making);
    if (making->result) {
        imap4__request_free(conn, request);
        return making->result;
    }
    request->id = conn->next_request + 1;
    if (imap4__index_add(&conn->index, request)) {
        imap4__request_free(conn, request);
        return IMAP4_ERROR_MEMORY;
    }
    conn->next_request++;
    conn->pending++;
    imap4__queue_put(&conn->queued, request);
    if (request_out)
        *request_out = request->id;
    (void)imap4__queue_run(conn); /* what memory did not allow is made good by imap4_conn_next() */
    return IMAP4_OK;
}

/* The shapes that many commands share. */

static int plain(imap4_conn *conn, int command, uint64_t *request_out)
{
    struct making making = begin(conn, command);

    return submit(&making, request_out);
}

static int named(imap4_conn *conn, int command, const char *name, uint64_t *request_out)
{
    struct making making = begin(conn, command);
    imap4_str text = copy(&making, name);

    if (!making.result && !text.len)
        fail(&making, IMAP4_ERROR_ARGUMENT);
    if (!making.result)
        making.request->args.name = text;
    return submit(&making, request_out);
}

static int two_names(imap4_conn *conn, int command, const char *first, const char *second, uint64_t *request_out)
{
    struct making making = begin(conn, command);
    imap4_str one = copy(&making, first);
    imap4_str two = copy(&making, second);

    if (!making.result) {
        making.request->args.name = one;
        making.request->args.second = two;
    }
    return submit(&making, request_out);
}

int imap4_capability(imap4_conn *conn, uint64_t *request_out)
{
    return plain(conn, IMAP4__CAPABILITY, request_out);
}

int imap4_noop(imap4_conn *conn, uint64_t *request_out)
{
    return plain(conn, IMAP4__NOOP, request_out);
}

int imap4_id(imap4_conn *conn, const char *const *fields, size_t count, uint64_t *request_out)
{
    struct making making = begin(conn, IMAP4__ID);

    if (count > 30)
        fail(&making, IMAP4_ERROR_ARGUMENT);
    copy_list(&making, fields, count * 2, 1);
    return submit(&making, request_out);
}

int imap4_logout(imap4_conn *conn, uint64_t *request_out)
{
    int result = plain(conn, IMAP4__LOGOUT, request_out);

    if (!result)
        conn->leaving = 1;
    return result;
}

int imap4_starttls(imap4_conn *conn, uint64_t *request_out)
{
    return plain(conn, IMAP4__STARTTLS, request_out);
}

static void credentials(struct making *making, const char *user, const char *password)
{
    imap4_str name = copy(making, user);
    imap4_str secret = copy(making, password ? password : "");

    if (making->result)
        return;
    making->request->args.name = name;
    making->request->args.second = secret;
    making->request->wants_password = !password;
}

int imap4_login(imap4_conn *conn, const char *user, const char *password, uint64_t *request_out)
{
    struct making making = begin(conn, IMAP4__LOGIN);

    credentials(&making, user, password);
    return submit(&making, request_out);
}

/* "AUTH=PLAIN", for asking the server and for telling the program; it lives as long as the done event. */
static void name_need(struct making *making)
{
    imap4__request *request = making->request;
    size_t len = strlen(request->mechanism->name);
    char *needs = imap4__arena_bytes(&request->done->arena, sizeof "AUTH=" + len);

    if (!needs) {
        fail(making, IMAP4_ERROR_MEMORY);
        return;
    }
    memcpy(needs, "AUTH=", 5);
    memcpy(needs + 5, request->mechanism->name, len + 1);
    request->needs = needs;
}

int imap4_authenticate(imap4_conn *conn, const char *mechanism, const char *authorize, const char *user,
                       const char *password, uint64_t *request_out)
{
    const imap4__mechanism *found = mechanism ? imap4__mechanism_find(imap4__str(mechanism)) : NULL;
    struct making making = begin(conn, IMAP4__AUTHENTICATE);
    imap4_str third = {NULL, 0};

    if (!mechanism || !found)
        fail(&making, mechanism ? IMAP4_ERROR_UNSUPPORTED : IMAP4_ERROR_ARGUMENT);
    credentials(&making, user, password);
    if (authorize)
        third = copy(&making, authorize);
    if (!making.result) {
        imap4__request *request = making.request;

        request->args.third = third;
        request->mechanism = found;
        request->sasl_state = imap4__arena_zalloc(&request->arena, found->state_size + 1);
        request->sasl_backup = imap4__arena_zalloc(&request->arena, found->state_size + 1);
        name_need(&making);
        if (!request->sasl_state || !request->sasl_backup) {
            request->mechanism = NULL;
            fail(&making, IMAP4_ERROR_MEMORY);
        }
    }
    return submit(&making, request_out);
}

int imap4_enable(imap4_conn *conn, const char *const *capabilities, size_t count, uint64_t *request_out)
{
    struct making making = begin(conn, IMAP4__ENABLE);

    if (!count)
        fail(&making, IMAP4_ERROR_ARGUMENT);
    copy_list(&making, capabilities, count, 0);
    return submit(&making, request_out);
}

int imap4_compress(imap4_conn *conn, uint64_t *request_out)
{
    return plain(conn, IMAP4__COMPRESS, request_out);
}

int imap4_select(imap4_conn *conn, const char *mailbox, uint64_t *request_out)
{
    return named(conn, IMAP4__SELECT, mailbox, request_out);
}

int imap4_examine(imap4_conn *conn, const char *mailbox, uint64_t *request_out)
{
    return named(conn, IMAP4__EXAMINE, mailbox, request_out);
}

int imap4_create(imap4_conn *conn, const char *mailbox, uint64_t *request_out)
{
    return named(conn, IMAP4__CREATE, mailbox, request_out);
}

int imap4_delete(imap4_conn *conn, const char *mailbox, uint64_t *request_out)
{
    return named(conn, IMAP4__DELETE, mailbox, request_out);
}

int imap4_rename(imap4_conn *conn, const char *from, const char *to, uint64_t *request_out)
{
    return two_names(conn, IMAP4__RENAME, from, to, request_out);
}

int imap4_subscribe(imap4_conn *conn, const char *mailbox, uint64_t *request_out)
{
    return named(conn, IMAP4__SUBSCRIBE, mailbox, request_out);
}

int imap4_unsubscribe(imap4_conn *conn, const char *mailbox, uint64_t *request_out)
{
    return named(conn, IMAP4__UNSUBSCRIBE, mailbox, request_out);
}

int imap4_list(imap4_conn *conn, const char *reference, const char *pattern, uint64_t *request_out)
{
    return two_names(conn, IMAP4__LIST, reference, pattern, request_out);
}

int imap4_lsub(imap4_conn *conn, const char *reference, const char *pattern, uint64_t *request_out)
{
    return two_names(conn, IMAP4__LSUB, reference, pattern, request_out);
}

int imap4_namespace(imap4_conn *conn, uint64_t *request_out)
{
    return plain(conn, IMAP4__NAMESPACE, request_out);
}

int imap4_status_of(imap4_conn *conn, const char *mailbox, uint32_t items, uint64_t *request_out)
{
    struct making making = begin(conn, IMAP4__STATUS);
    imap4_str name = copy(&making, mailbox);

    if (!making.result) {
        making.request->args.name = name;
        making.request->args.items = items;
    }
    return submit(&making, request_out);
}

static int append(imap4_conn *conn, const char *mailbox, const imap4_flags *flags, const imap4_date *date,
                  const void *message, uint64_t size, uint64_t *request_out)
{
    struct making making = begin(conn, IMAP4__APPEND);
    imap4_str name = copy(&making, mailbox);
    imap4_str text = {NULL, 0};

    /* NUL cannot be said in a literal (RFC 9051 section 9, CHAR8); looked for here, once, and not when its turn comes. */
    if (message && size && memchr(message, 0, (size_t)size))
        fail(&making, IMAP4_ERROR_ARGUMENT);
    if (message)
        text = copy_bytes(&making, message, (size_t)size);
    copy_flags(&making, flags);
    if (!making.result) {
        imap4__args *args = &making.request->args;

        args->name = name;
        args->size = size;
        if (date) {
            args->date = *date;
            args->has_date = 1;
        }
        making.result = speakable(&making); /* before the message is there: it need not be written for that */
        args->message = text.data;
    }
    return submit(&making, request_out);
}

int imap4_append(imap4_conn *conn, const char *mailbox, const imap4_flags *flags, const imap4_date *date,
                 const void *message, size_t len, uint64_t *request_out)
{
    return append(conn, mailbox, flags, date, message ? message : "", message ? len : 0, request_out);
}

int imap4_append_stream(imap4_conn *conn, const char *mailbox, const imap4_flags *flags, const imap4_date *date,
                        uint64_t size, uint64_t *request_out)
{
    return append(conn, mailbox, flags, date, NULL, size, request_out);
}

int imap4_idle(imap4_conn *conn, uint64_t *request_out)
{
    return plain(conn, IMAP4__IDLE, request_out);
}

int imap4_check(imap4_conn *conn, uint64_t *request_out)
{
    return plain(conn, IMAP4__CHECK, request_out);
}

int imap4_close(imap4_conn *conn, uint64_t *request_out)
{
    return plain(conn, IMAP4__CLOSE, request_out);
}

int imap4_unselect(imap4_conn *conn, uint64_t *request_out)
{
    return plain(conn, IMAP4__UNSELECT, request_out);
}

static int fetch(struct making *making, const void *set, const imap4_fetch_items *items, uint64_t *request_out)
{
    imap4__items *mine = NULL;

    copy_set(making, set);
    if (!items)
        fail(making, IMAP4_ERROR_ARGUMENT);
    if (!making->result)
        fail(making, imap4__items_copy(&making->request->arena, items, &mine));
    if (!making->result)
        making->request->args.fetch = mine;
    return submit(making, request_out);
}

int imap4_fetch(imap4_conn *conn, const imap4_uid_set *uids, const imap4_fetch_items *items, uint64_t *request_out)
{
    struct making making = begin(conn, IMAP4__UID_FETCH);

    return fetch(&making, uids, items, request_out);
}

int imap4_fetch_seq(imap4_conn *conn, const imap4_seq_set *numbers, uint64_t serial, const imap4_fetch_items *items,
                    uint64_t *request_out)
{
    struct making making = begin(conn, IMAP4__FETCH);

    numbers_seen(&making, serial);
    return fetch(&making, numbers, items, request_out);
}

static int search(imap4_conn *conn, int command, const imap4_search_keys *keys, uint64_t *request_out)
{
    struct making making = begin(conn, command);
    imap4__keys *mine = NULL;

    if (!making.result)
        fail(&making, imap4__keys_copy(&making.request->arena, keys, &mine));
    if (!making.result)
        making.request->args.keys = mine;
    return submit(&making, request_out);
}

int imap4_search(imap4_conn *conn, const imap4_search_keys *keys, uint64_t *request_out)
{
    return search(conn, IMAP4__UID_SEARCH, keys, request_out);
}

int imap4_search_seq(imap4_conn *conn, const imap4_search_keys *keys, uint64_t *request_out)
{
    return search(conn, IMAP4__SEARCH, keys, request_out);
}

static int store(struct making *making, const void *set, int mode, const imap4_flags *flags, uint64_t *request_out)
{
    if (!flags || mode < 0 || (mode & ~(IMAP4_STORE_ADD | IMAP4_STORE_REMOVE | IMAP4_STORE_SILENT)) ||
        (mode & (IMAP4_STORE_ADD | IMAP4_STORE_REMOVE)) == (IMAP4_STORE_ADD | IMAP4_STORE_REMOVE))
        fail(making, IMAP4_ERROR_ARGUMENT);
    copy_set(making, set);
    copy_flags(making, flags);
    if (!making->result)
        making->request->args.mode = mode;
    return submit(making, request_out);
}

int imap4_store(imap4_conn *conn, const imap4_uid_set *uids, int mode, const imap4_flags *flags, uint64_t *request_out)
{
    struct making making = begin(conn, IMAP4__UID_STORE);

    return store(&making, uids, mode, flags, request_out);
}

int imap4_store_seq(imap4_conn *conn, const imap4_seq_set *numbers, uint64_t serial, int mode, const imap4_flags *flags,
                    uint64_t *request_out)
{
    struct making making = begin(conn, IMAP4__STORE);

    numbers_seen(&making, serial);
    return store(&making, numbers, mode, flags, request_out);
}

static int transfer(struct making *making, const void *set, const char *mailbox, uint64_t *request_out)
{
    imap4_str name = copy(making, mailbox);

    copy_set(making, set);
    if (!making->result)
        making->request->args.name = name;
    return submit(making, request_out);
}

int imap4_copy(imap4_conn *conn, const imap4_uid_set *uids, const char *mailbox, uint64_t *request_out)
{
    struct making making = begin(conn, IMAP4__UID_COPY);

    return transfer(&making, uids, mailbox, request_out);
}

int imap4_copy_seq(imap4_conn *conn, const imap4_seq_set *numbers, uint64_t serial, const char *mailbox,
                   uint64_t *request_out)
{
    struct making making = begin(conn, IMAP4__COPY);

    numbers_seen(&making, serial);
    return transfer(&making, numbers, mailbox, request_out);
}

int imap4_move(imap4_conn *conn, const imap4_uid_set *uids, const char *mailbox, uint64_t *request_out)
{
    struct making making = begin(conn, IMAP4__UID_MOVE);

    return transfer(&making, uids, mailbox, request_out);
}

int imap4_move_seq(imap4_conn *conn, const imap4_seq_set *numbers, uint64_t serial, const char *mailbox,
                   uint64_t *request_out)
{
    struct making making = begin(conn, IMAP4__MOVE);

    numbers_seen(&making, serial);
    return transfer(&making, numbers, mailbox, request_out);
}

int imap4_expunge(imap4_conn *conn, uint64_t *request_out)
{
    return plain(conn, IMAP4__EXPUNGE, request_out);
}

int imap4_expunge_uids(imap4_conn *conn, const imap4_uid_set *uids, uint64_t *request_out)
{
    struct making making = begin(conn, IMAP4__UID_EXPUNGE);

    copy_set(&making, uids);
    return submit(&making, request_out);
}

/* Servers take a line that ends in {n} or {n+} for the announcement of a literal. */
static int announces_literal(imap4_str line)
{
    size_t at = line.len;

    if (!at || line.data[--at] != '}')
        return 0;
    while (at && ((line.data[at - 1] >= '0' && line.data[at - 1] <= '9') || line.data[at - 1] == '+'))
        at--;
    return at && line.data[at - 1] == '{';
}

int imap4_raw(imap4_conn *conn, const char *line, uint64_t *request_out)
{
    struct making making = begin(conn, IMAP4__RAW);
    imap4_str text = copy(&making, line);

    if (!making.result && (!text.len || memchr(text.data, '\r', text.len) || memchr(text.data, '\n', text.len) ||
                           announces_literal(text)))
        fail(&making, IMAP4_ERROR_ARGUMENT);
    if (!making.result)
        making.request->args.name = text;
    return submit(&making, request_out);
}

int imap4_request_pending(const imap4_conn *conn, uint64_t request)
{
    return imap4__index_find(&conn->index, request) != NULL;
}

int imap4_request_set_cookie(imap4_conn *conn, uint64_t request, uint64_t cookie)
{
    imap4__request *found = imap4__request_find(conn, request);

    if (!found)
        return IMAP4_ERROR_ARGUMENT;
    found->cookie = cookie;
    return IMAP4_OK;
}
