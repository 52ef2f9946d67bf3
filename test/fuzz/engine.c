/*
 * The whole engine against a server that says anything. Four bytes say how the program behaves: what it asks for, how it
 * hands in bytes, what it keeps, whether memory fails. The rest is what the server says.
 */
#include "read.h"
#include "support/memory.h"

#include <imap4/command.h>
#include <imap4/imap4.h>

FUZZ_BEGIN

enum mode {
    SMALL = 0x01,   /* limits of small devices */
    KEEP = 0x02,    /* some events are kept to the end */
    PINNED = 0x04,  /* room for input is borrowed all the time */
    SLOW = 0x08,    /* output is taken byte by byte */
    STARVED = 0x10, /* an allocation fails */
    LOGIN = 0x20,   /* begin with LOGIN */
    SHALLOW = 0x40, /* low limits of nesting and lists */
    HASTY = 0x80    /* requests are given up, time flies */
};

#define MOST_REQUESTS 24u
#define MOST_KEPT 16u

typedef struct program {
    imap4_conn *conn;
    test_memory memory;
    int mode;
    uint64_t draw;     /* where decisions come from */
    uint64_t now;
    uint64_t requests[MOST_REQUESTS];
    int done[MOST_REQUESTS];
    size_t count;
    imap4_event *kept[MOST_KEPT];
    fuzz_sum sums[MOST_KEPT];
    size_t kept_count;
    uint64_t stream; /* bytes of the section that is coming */
    int streaming;
    imap4_uid_set *uids;
    imap4_fetch_items *collect;
    imap4_fetch_items *streams;
    imap4_search_keys *keys;
} program;

static uint32_t draw(program *p, uint32_t below)
{
    p->draw = fuzz_mix(p->draw, 0x5bd1);
    return (uint32_t)(p->draw >> 32) % below;
}

static void make_arguments(program *p)
{
    int result = imap4_uid_set_new(&p->uids, NULL);

    result |= imap4_uid_set_add(p->uids, 1, IMAP4_SET_STAR);
    result |= imap4_fetch_items_new(&p->collect, NULL);
    result |= imap4_fetch_items_add(p->collect, IMAP4_FETCH_FULL | IMAP4_FETCH_BODYSTRUCTURE);
    result |= imap4_fetch_items_section(p->collect, "", IMAP4_SECTION_ALL, IMAP4_SECTION_COLLECT);
    result |= imap4_fetch_items_section(p->collect, "1", IMAP4_SECTION_ALL, IMAP4_SECTION_COLLECT);
    result |= imap4_fetch_items_prefix(p->collect, 5);
    result |= imap4_fetch_items_section(p->collect, NULL, IMAP4_SECTION_HEADER_FIELDS, IMAP4_SECTION_COLLECT);
    result |= imap4_fetch_items_field(p->collect, "From");
    result |= imap4_fetch_items_new(&p->streams, NULL);
    result |= imap4_fetch_items_add(p->streams, IMAP4_FETCH_FLAGS);
    result |= imap4_fetch_items_section(p->streams, "", IMAP4_SECTION_ALL, IMAP4_SECTION_STREAM);
    result |= imap4_fetch_items_section(p->streams, "1", IMAP4_SECTION_ALL, IMAP4_SECTION_STREAM);
    result |= imap4_fetch_items_section(p->streams, "", IMAP4_SECTION_HEADER, IMAP4_SECTION_STREAM);
    result |= imap4_search_keys_new(&p->keys, NULL);
    result |= imap4_search_keys_text(p->keys, IMAP4_SEARCH_FROM, "ada", 3);
    FUZZ_CHECK(result == IMAP4_OK);
}

static int ask(program *p, uint32_t what, uint64_t *request_out)
{
    static const char *const names[] = {"UTF8=ACCEPT"};
    static const imap4_flags flags = {IMAP4_FLAG_SEEN, 0, NULL};

    switch (what) {
    case 0:
        return imap4_select(p->conn, "INBOX", request_out);
    case 1:
        return imap4_fetch(p->conn, p->uids, p->streams, request_out);
    case 2:
        return imap4_fetch(p->conn, p->uids, p->collect, request_out);
    case 3:
        return imap4_search(p->conn, p->keys, request_out);
    case 4:
        return imap4_list(p->conn, "", "*", request_out);
    case 5:
        return imap4_status_of(p->conn, "INBOX", IMAP4_STATUS_ATT_MESSAGES, request_out);
    case 6:
        return imap4_store(p->conn, p->uids, IMAP4_STORE_ADD, &flags, request_out);
    case 7:
        return imap4_move(p->conn, p->uids, "x", request_out);
    case 8:
        return imap4_idle(p->conn, request_out);
    case 9:
        return imap4_append(p->conn, "x", NULL, NULL, "a\r\n", 3, request_out);
    case 10:
        return imap4_append_stream(p->conn, "x", &flags, NULL, 10, request_out);
    case 11:
        return imap4_enable(p->conn, names, 1, request_out);
    case 12:
        return imap4_namespace(p->conn, request_out);
    case 13:
        return imap4_expunge(p->conn, request_out);
    case 14:
        return imap4_raw(p->conn, "XYZZY", request_out);
    case 15:
        return imap4_search_seq(p->conn, p->keys, request_out);
    case 16:
        return imap4_copy(p->conn, p->uids, "x", request_out);
    case 17:
        return imap4_close(p->conn, request_out);
    case 18:
        return imap4_authenticate(p->conn, "PLAIN", NULL, "u", NULL, request_out);
    case 19:
        return imap4_starttls(p->conn, request_out);
    case 20:
        return imap4_compress(p->conn, request_out);
    case 21:
        return imap4_id(p->conn, NULL, 0, request_out);
    case 22:
        return imap4_logout(p->conn, request_out);
    default:
        return imap4_noop(p->conn, request_out);
    }
}

/* Makes one request; where memory fails, nothing was made. */
static void make(program *p, uint32_t what)
{
    uint64_t request = 0;

    if (p->count < MOST_REQUESTS && ask(p, what, &request) == IMAP4_OK) {
        FUZZ_CHECK(request != 0);
        p->requests[p->count++] = request;
    }
}

static void begin(program *p, uint32_t wishes)
{
    if (p->mode & LOGIN) {
        uint64_t request;

        if (imap4_login(p->conn, "u", "p", &request) == IMAP4_OK)
            p->requests[p->count++] = request;
    }
    make(p, 0);
    for (uint32_t i = 1; i < 16; i++) {
        if (wishes & 1u << i)
            make(p, i);
    }
}

static void take_output(program *p)
{
    size_t len;
    const uint8_t *bytes = imap4_conn_output(p->conn, &len);

    if (bytes == NULL)
        return;
    FUZZ_CHECK(len > 0);
    (void)fuzz_hash(0, bytes, len);
    imap4_conn_output_done(p->conn, p->mode & SLOW ? 1 : len);
}

/* event.h: one done event for each request, "the last event it gets" */
static void account(program *p, const imap4_event *event)
{
    for (size_t i = 0; i < p->count; i++) {
        if (p->requests[i] != event->request || event->request == 0)
            continue;
        FUZZ_CHECK(!p->done[i]);
        p->done[i] = event->kind == IMAP4_EVENT_DONE;
    }
}

/* Sections come as begin, chunks without gaps, end. */
static void follow_stream(program *p, const imap4_event *event)
{
    switch (event->kind) {
    case IMAP4_EVENT_BODY_BEGIN:
        FUZZ_CHECK(!p->streaming);
        p->streaming = 1;
        p->stream = 0;
        break;
    case IMAP4_EVENT_BODY_CHUNK:
        FUZZ_CHECK(p->streaming && event->data.chunk->offset == p->stream);
        p->stream += event->data.chunk->len;
        break;
    case IMAP4_EVENT_BODY_END:
        FUZZ_CHECK(p->streaming);
        p->streaming = 0;
        break;
    default:
        break;
    }
}

static void keep(program *p, const imap4_event *event)
{
    fuzz_sum *sum = &p->sums[p->kept_count];

    fuzz_sum_init(sum);
    fuzz_read_event(sum, event);
    p->kept[p->kept_count] = imap4_event_keep(p->conn);
    if (p->kept[p->kept_count] != NULL)
        FUZZ_CHECK(imap4_event_size(p->kept[p->kept_count++]) > 0);
}

static void answer(program *p, const imap4_event *event)
{
    size_t taken = 0;

    switch (event->kind) {
    case IMAP4_EVENT_WANTED:
        if (event->data.wanted->kind == IMAP4_WANTED_PASSWORD)
            (void)imap4_supply(p->conn, event->request, "secret", 6, NULL);
        else if (imap4_supply(p->conn, event->request, "1234567890", 10, &taken) == IMAP4_OK)
            FUZZ_CHECK(taken >= 1 && taken <= 10);
        break;
    case IMAP4_EVENT_DONE:
        make(p, draw(p, 24));
        break;
    case IMAP4_EVENT_LAYER:
        (void)imap4_conn_layer_done(p->conn, IMAP4_SECURITY_VERIFIED);
        break;
    default:
        break;
    }
    if (p->mode & HASTY && p->count > 0 && draw(p, 8) == 0)
        (void)imap4_cancel(p->conn, p->requests[draw(p, (uint32_t)p->count)]);
}

static void look_around(program *p)
{
    const imap4_names *names = imap4_conn_capabilities(p->conn);
    const imap4_error *error = imap4_conn_error(p->conn);
    const imap4_view *view = imap4_conn_view(p->conn);
    imap4_event event = {.kind = IMAP4_EVENT_VIEW, .data.view = view};
    fuzz_sum sum;

    fuzz_sum_init(&sum);
    fuzz_read_event(&sum, &event);
    for (size_t i = 0; names != NULL && i < names->count; i++)
        fuzz_add_str(&sum, names->names[i]);
    fuzz_add_str(&sum, error->message);
    fuzz_add_str(&sum, error->text);
    FUZZ_CHECK(error->message.data != NULL);
    FUZZ_CHECK(imap4_state_name(imap4_conn_state(p->conn)) != NULL);
    FUZZ_CHECK(imap4_conn_server(p->conn) == 0 || imap4_server_name(imap4_conn_server(p->conn)) != NULL);
    FUZZ_CHECK(imap4_conn_counters(p->conn)->skipped <= imap4_conn_counters(p->conn)->responses);
}

/* Reads all events. 0 when the connection has ended. */
static int read_events(program *p)
{
    const imap4_event *event;
    fuzz_sum sum;
    int result;

    for (int tries = 0; tries < 100000; tries++) {
        event = NULL;
        result = imap4_conn_next(p->conn, &event);
        if (result == IMAP4_ERROR_MEMORY) {
            FUZZ_CHECK(p->memory.failed > 0);
            continue;
        }
        if (result != IMAP4_EVENT)
            break;
        fuzz_sum_init(&sum);
        fuzz_read_event(&sum, event);
        account(p, event);
        follow_stream(p, event);
        answer(p, event);
        if (p->mode & KEEP && p->kept_count < MOST_KEPT && draw(p, 3) == 0)
            keep(p, event);
        if (p->mode & SLOW)
            take_output(p);
    }
    FUZZ_CHECK(result == IMAP4_AGAIN || result == IMAP4_ERROR_CLOSED);
    return result == IMAP4_AGAIN;
}

static void pass_time(program *p)
{
    p->now += p->mode & HASTY ? 3000 : 1;
    imap4_conn_tick(p->conn, p->now);
    FUZZ_CHECK(imap4_conn_deadline(p->conn) >= p->now || imap4_conn_deadline(p->conn) == 0);
}

/* Hands in what the server says, in pieces of drawn sizes. */
static void hear(program *p, const uint8_t *data, size_t size, uint32_t largest)
{
    int idle = 0;

    while (idle < 64) {
        uint8_t *space = NULL;
        size_t room = 0;
        size_t piece = largest > 1 ? draw(p, largest) + 1 : 1;
        int result;

        take_output(p);
        result = imap4_conn_input(p->conn, 0, &space, &room);
        if (result == IMAP4_ERROR_MEMORY) {
            FUZZ_CHECK(p->memory.failed > 0);
            idle++;
            continue;
        }
        if (result != IMAP4_OK)
            break;
        if (p->mode & PINNED)
            (void)read_events(p);
        piece = piece < size ? piece : size;
        piece = piece < room ? piece : room;
        if (piece > 0)
            memcpy(space, data, piece);
        if (room > 0)
            FUZZ_CHECK(imap4_conn_input_done(p->conn, piece) == IMAP4_OK);
        data += piece;
        size -= piece;
        pass_time(p);
        if (!read_events(p))
            break;
        idle = piece > 0 ? 0 : idle + 1;
        if (size == 0)
            break;
    }
}

static void end(program *p)
{
    take_output(p);
    (void)imap4_conn_input_eof(p->conn, IMAP4_ERROR_EOF);
    for (int i = 0; i < 100 && read_events(p); i++)
        take_output(p);
    FUZZ_CHECK(imap4_conn_pending(p->conn) == 0);
    for (size_t i = 0; i < p->count; i++)
        FUZZ_CHECK(p->done[i]);
    look_around(p);
}

/* Kept events outlive the connection, unchanged. */
static void look_at_kept(program *p)
{
    for (size_t i = 0; i < p->kept_count; i++) {
        fuzz_sum sum;

        fuzz_sum_init(&sum);
        fuzz_read_event(&sum, p->kept[i]);
        FUZZ_CHECK(sum.meaning == p->sums[i].meaning && sum.rest == p->sums[i].rest);
        imap4_event_free(p->kept[i]);
    }
}

static int open_conn(program *p, size_t fail_at)
{
    imap4_options *options;
    int result;

    FUZZ_CHECK(imap4_options_new(&options, &p->memory.allocator) == IMAP4_OK);
    if (p->mode & SMALL)
        FUZZ_CHECK(imap4_options_preset(options, IMAP4_PRESET_SMALL) == IMAP4_OK);
    else
        FUZZ_CHECK(imap4_options_set(options, IMAP4_OPTION_INPUT_BUFFER, 1024) == IMAP4_OK);
    if (p->mode & SHALLOW) {
        (void)imap4_options_set(options, IMAP4_OPTION_NESTING_LIMIT, 3);
        (void)imap4_options_set(options, IMAP4_OPTION_LIST_LIMIT, 8);
        (void)imap4_options_set(options, IMAP4_OPTION_LINE_LIMIT, 1024);
        (void)imap4_options_set(options, IMAP4_OPTION_RESPONSE_LIMIT, 2048);
    }
    p->memory.fail_at = fail_at;
    result = imap4_conn_new(&p->conn, options);
    FUZZ_CHECK(result == IMAP4_OK || (result == IMAP4_ERROR_MEMORY && p->memory.failed > 0));
    imap4_options_free(options);
    return result == IMAP4_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static program p;
    static int made;
    imap4_uid_set *uids = p.uids;
    imap4_fetch_items *collect = p.collect;
    imap4_fetch_items *streams = p.streams;
    imap4_search_keys *keys = p.keys;

    if (size < 4)
        return 0;
    memset(&p, 0, sizeof p);
    p.uids = uids;
    p.collect = collect;
    p.streams = streams;
    p.keys = keys;
    if (!made) {
        make_arguments(&p);
        made = 1;
    }
    p.mode = data[0];
    p.draw = data[1];
    test_memory_init(&p.memory, 0);
    if (open_conn(&p, p.mode & STARVED ? data[1] % 64u + 1 : 0)) {
        (void)imap4_conn_layer_done(p.conn, IMAP4_SECURITY_LOCAL);
        begin(&p, data[2] | (uint32_t)data[3] << 8);
        hear(&p, data + 4, size - 4, 1u << (data[1] & 7) << (data[1] & 3));
        end(&p);
        imap4_conn_free(p.conn);
    }
    look_at_kept(&p);
    FUZZ_CHECK(p.memory.live == 0);
    return 0;
}

FUZZ_END
