/* The contract of conn.h, as far as it is not about what a server says: that is told by the transcripts. */
#include "support/memory.h"
#include "support/suite.h"

#include <imap4/imap4.h>

#include <stdlib.h>
#include <string.h>

Suite *conn_suite(void);

#define GREETING "* PREAUTH [CAPABILITY IMAP4rev1 LITERAL+ IDLE] hello\r\n"

static imap4_conn *conn;

static void start(void)
{
    ck_assert_int_eq(imap4_conn_new(&conn, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_conn_layer_done(conn, IMAP4_SECURITY_LOCAL), IMAP4_OK);
}

static void end(void)
{
    imap4_conn_free(conn);
    conn = NULL;
}

static void say(const char *text)
{
    size_t len = strlen(text);
    uint8_t *space;
    size_t room;

    ck_assert_int_eq(imap4_conn_input(conn, len, &space, &room), IMAP4_OK);
    ck_assert_uint_ge(room, len);
    memcpy(space, text, len);
    ck_assert_int_eq(imap4_conn_input_done(conn, len), IMAP4_OK);
}

/* Reads events up to one of a kind; NULL if there is none. */
static const imap4_event *read_until(int kind)
{
    const imap4_event *event;

    while (imap4_conn_next(conn, &event) == IMAP4_EVENT) {
        if (event->kind == kind)
            return event;
    }
    return NULL;
}

/* Everything that is to be sent, as one text. */
static const char *sent(void)
{
    static char all[8192];
    const uint8_t *data;
    size_t len;

    all[0] = 0;
    while ((data = imap4_conn_output(conn, &len)) != NULL) {
        ck_assert_uint_lt(strlen(all) + len, sizeof all);
        strncat(all, (const char *)data, len);
        imap4_conn_output_done(conn, len);
    }
    return all;
}

/* A FETCH of message 5 is under way, its body asked for as a stream. */
static void begin_stream(void)
{
    imap4_fetch_items *items;
    imap4_uid_set *uids;

    imap4_fetch_items_new(&items, NULL);
    imap4_fetch_items_section(items, "", IMAP4_SECTION_ALL, IMAP4_SECTION_STREAM);
    imap4_uid_set_new(&uids, NULL);
    imap4_uid_set_add(uids, 5, 5);
    say(GREETING);
    ck_assert_ptr_nonnull(read_until(IMAP4_EVENT_GREETING));
    ck_assert_int_eq(imap4_examine(conn, "INBOX", NULL), IMAP4_OK);
    ck_assert_str_eq(sent(), "A1 EXAMINE INBOX\r\n");
    say("* 1 EXISTS\r\nA1 OK done\r\n");
    ck_assert_ptr_nonnull(read_until(IMAP4_EVENT_DONE));
    ck_assert_int_eq(imap4_fetch(conn, uids, items, NULL), IMAP4_OK);
    sent();
    imap4_fetch_items_free(items);
    imap4_uid_set_free(uids);
}

/* Starts anew with an allocator that counts. */
static void restart(test_memory *memory)
{
    imap4_options *options;

    end();
    test_memory_init(memory, 0);
    ck_assert_int_eq(imap4_options_new(&options, &memory->allocator), IMAP4_OK);
    ck_assert_int_eq(imap4_conn_new(&conn, options), IMAP4_OK);
    imap4_options_free(options);
    imap4_conn_layer_done(conn, IMAP4_SECURITY_LOCAL);
}

START_TEST(space_is_borrowed_once_and_does_not_move)
{
    const imap4_event *event;
    uint8_t *space;
    uint8_t *other;
    size_t room;

    say(GREETING "* OK one\r\n* OK two");
    ck_assert_int_eq(imap4_conn_input(conn, 100, &space, &room), IMAP4_OK);
    ck_assert_int_eq(imap4_conn_input(conn, 100, &other, &room), IMAP4_ERROR_STATE);
    memcpy(space, "\r\n* OK three\r\n", 14);
    while (imap4_conn_next(conn, &event) == IMAP4_EVENT)
        ;
    ck_assert_int_eq(imap4_noop(conn, NULL), IMAP4_OK);
    imap4_conn_tick(conn, 1000);
    ck_assert_mem_eq(space, "\r\n* OK three\r\n", 14);
    ck_assert_int_eq(imap4_conn_input_done(conn, 14), IMAP4_OK);
    event = read_until(IMAP4_EVENT_TEXT);
    ck_assert(event && !strcmp(event->data.text->text.data, "two"));
    event = read_until(IMAP4_EVENT_TEXT);
    ck_assert(event && !strcmp(event->data.text->text.data, "three"));
}
END_TEST

START_TEST(space_can_be_given_back_unused)
{
    uint8_t *space;
    size_t room;

    ck_assert_int_eq(imap4_conn_input_done(conn, 1), IMAP4_ERROR_STATE);
    ck_assert_int_eq(imap4_conn_input(conn, 0, &space, &room), IMAP4_OK);
    ck_assert_uint_ge(room, 512);
    ck_assert_int_eq(imap4_conn_input_done(conn, room + 1), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_conn_input_done(conn, 0), IMAP4_OK);
    say(GREETING);
    ck_assert_ptr_nonnull(read_until(IMAP4_EVENT_GREETING));
}
END_TEST

START_TEST(kept_events_outlive_the_connection)
{
    imap4_event *first;
    imap4_event *second;

    say(GREETING "* LIST (\\HasChildren) \"/\" Entw&APw-rfe\r\n* LIST () NIL \"b c\"\r\n");
    ck_assert_ptr_nonnull(read_until(IMAP4_EVENT_LIST));
    first = imap4_event_keep(conn);
    ck_assert_ptr_null(imap4_event_keep(conn)); /* there is no current event any more */
    ck_assert_ptr_nonnull(read_until(IMAP4_EVENT_LIST));
    second = imap4_event_keep(conn);
    end();
    ck_assert_str_eq(first->data.list->name.data, "Entw\xc3\xbcrfe");
    ck_assert_str_eq(second->data.list->name.data, "b c");
    ck_assert_uint_gt(imap4_event_size(first), 0);
    imap4_event_free(first);
    imap4_event_free(second);
    imap4_event_free(NULL);
}
END_TEST

START_TEST(a_kept_chunk_has_its_own_bytes)
{
    imap4_event *kept;

    begin_stream();
    say("* 1 FETCH (UID 5 BODY[] {11}\r\nhello");
    ck_assert_ptr_nonnull(read_until(IMAP4_EVENT_BODY_CHUNK));
    kept = imap4_event_keep(conn);
    say(" world)\r\nA2 OK done\r\n");
    ck_assert_ptr_nonnull(read_until(IMAP4_EVENT_DONE));
    end();
    ck_assert_uint_eq(kept->data.chunk->len, 5);
    ck_assert_mem_eq(kept->data.chunk->data, "hello", 5);
    imap4_event_free(kept);
}
END_TEST

START_TEST(a_chunk_stays_while_space_is_borrowed)
{
    const imap4_event *event;
    uint8_t *space;
    size_t room;

    begin_stream();
    say("* 1 FETCH (UID 5 BODY[] {70000}\r\nhello");
    event = read_until(IMAP4_EVENT_BODY_CHUNK);
    ck_assert_ptr_nonnull(event);
    for (int i = 0; i < 10; i++) {
        ck_assert_int_eq(imap4_conn_input(conn, 60000, &space, &room), IMAP4_OK);
        if (room)
            memset(space, 'x', room < 1000 ? room : 1000);
        ck_assert_int_eq(imap4_conn_input_done(conn, room < 1000 ? room : 1000), IMAP4_OK);
    }
    ck_assert_mem_eq(event->data.chunk->data, "hello", 5);
}
END_TEST

START_TEST(security_is_stated_once_and_first)
{
    ck_assert_int_eq(imap4_conn_layer_done(conn, IMAP4_SECURITY_VERIFIED), IMAP4_ERROR_STATE);
    ck_assert_int_eq(imap4_conn_layer_done(conn, 7), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_conn_security(conn), IMAP4_SECURITY_LOCAL);
    end();
    ck_assert_int_eq(imap4_conn_new(&conn, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_conn_security(conn), IMAP4_SECURITY_NONE);
    say("* OK hello\r\n");
    ck_assert_int_eq(imap4_conn_layer_done(conn, IMAP4_SECURITY_LOCAL), IMAP4_ERROR_STATE);
}
END_TEST

START_TEST(every_request_ends_once_at_the_end_of_input)
{
    uint64_t requests[3];
    int ends[3] = {0};
    const imap4_event *event;

    say(GREETING);
    ck_assert_ptr_nonnull(read_until(IMAP4_EVENT_GREETING));
    imap4_noop(conn, &requests[0]);
    imap4_list(conn, "", "*", &requests[1]);
    imap4_select(conn, "INBOX", &requests[2]); /* waits for the others */
    ck_assert_str_eq(sent(), "A1 NOOP\r\nA2 LIST \"\" \"*\"\r\n");
    ck_assert_uint_eq(imap4_conn_pending(conn), 3);
    ck_assert_int_eq(imap4_conn_input_eof(conn, 5), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_conn_input_eof(conn, IMAP4_ERROR_NETWORK), IMAP4_OK);
    while (imap4_conn_next(conn, &event) == IMAP4_EVENT) {
        ck_assert_int_eq(event->kind, IMAP4_EVENT_DONE);
        for (int i = 0; i < 3; i++)
            ends[i] += event->request == requests[i];
        ck_assert_int_eq(event->data.done->outcome,
                         event->request == requests[2] ? IMAP4_OUTCOME_NOT_SENT : IMAP4_OUTCOME_UNKNOWN);
        ck_assert_int_eq(event->data.done->result, IMAP4_ERROR_NETWORK);
    }
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(ends[i], 1);
    ck_assert_int_eq(imap4_conn_next(conn, &event), IMAP4_ERROR_CLOSED);
    ck_assert_int_eq(imap4_conn_error(conn)->result, IMAP4_ERROR_NETWORK);
    ck_assert_int_eq(imap4_noop(conn, NULL), IMAP4_ERROR_CLOSED);
    ck_assert_int_eq(imap4_conn_state(conn), IMAP4_STATE_CLOSED);
}
END_TEST

START_TEST(the_queue_has_a_limit)
{
    imap4_options *options;

    end();
    imap4_options_new(&options, NULL);
    imap4_options_set(options, IMAP4_OPTION_QUEUE_LIMIT, 3);
    ck_assert_int_eq(imap4_conn_new(&conn, options), IMAP4_OK);
    imap4_options_free(options);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(imap4_noop(conn, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_noop(conn, NULL), IMAP4_ERROR_LIMIT);
    ck_assert_uint_eq(imap4_conn_pending(conn), 3);
}
END_TEST

START_TEST(cookies_come_with_every_event_of_the_request)
{
    uint64_t request;
    const imap4_event *event;

    say(GREETING);
    ck_assert_ptr_nonnull(read_until(IMAP4_EVENT_GREETING));
    imap4_list(conn, "", "*", &request);
    ck_assert_int_eq(imap4_request_set_cookie(conn, request, 0xfeedbeefcafe), IMAP4_OK);
    ck_assert_int_eq(imap4_request_set_cookie(conn, request + 1, 1), IMAP4_ERROR_ARGUMENT);
    sent();
    say("* LIST () \"/\" a\r\nA1 OK done\r\n");
    event = read_until(IMAP4_EVENT_LIST);
    ck_assert_uint_eq(event->cookie, 0xfeedbeefcafe);
    event = read_until(IMAP4_EVENT_DONE);
    ck_assert_uint_eq(event->cookie, 0xfeedbeefcafe);
    ck_assert_int_eq(imap4_request_set_cookie(conn, request, 1), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_cancel(conn, request), IMAP4_ERROR_ARGUMENT);
}
END_TEST

START_TEST(arguments_are_refused_at_once)
{
    imap4_uid_set *none;
    imap4_fetch_items *nothing;
    imap4_flags recent = {IMAP4_FLAG_RECENT, 0, NULL};
    imap4_flags seen = {IMAP4_FLAG_SEEN, 0, NULL};

    imap4_uid_set_new(&none, NULL);
    imap4_fetch_items_new(&nothing, NULL);
    ck_assert_int_eq(imap4_select(conn, NULL, NULL), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_select(conn, "", NULL), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_select(conn, "bad \xff utf-8", NULL), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_create(conn, IMAP4_RAW_NAME "a\r\nA9 DELETE x", NULL), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_fetch(conn, none, nothing, NULL), IMAP4_ERROR_ARGUMENT);
    imap4_uid_set_add(none, 1, 1);
    ck_assert_int_eq(imap4_fetch(conn, none, nothing, NULL), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_fetch(conn, none, NULL, NULL), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_store(conn, none, IMAP4_STORE_ADD | IMAP4_STORE_REMOVE, &seen, NULL), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_store(conn, none, IMAP4_STORE_ADD, &recent, NULL), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_store(conn, none, IMAP4_STORE_ADD, NULL, NULL), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_status_of(conn, "INBOX", 0, NULL), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_enable(conn, NULL, 0, NULL), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_append(conn, "INBOX", NULL, NULL, "a\0b", 3, NULL), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_authenticate(conn, "NONESUCH", NULL, "a", "b", NULL), IMAP4_ERROR_UNSUPPORTED);
    ck_assert_int_eq(imap4_raw(conn, "XCMD\r\nA2 DELETE x", NULL), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_raw(conn, "XCMD {12}", NULL), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_raw(conn, "XCMD {12+}", NULL), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_raw(conn, "", NULL), IMAP4_ERROR_ARGUMENT);
    ck_assert_uint_eq(imap4_conn_pending(conn), 0);
    imap4_uid_set_free(none);
    imap4_fetch_items_free(nothing);
}
END_TEST

/* An allocator that looks through everything that is given back. */

static size_t secrets_seen;

static int holds_secret(const char *memory, size_t size)
{
    static const char *const forms[] = {"correct horse", "AGFsaWNlAGNvcnJlY3QgaG9yc2U"}; /* and SASL PLAIN's base64 */

    for (size_t i = 0; i < 2; i++) {
        size_t len = strlen(forms[i]);
        for (size_t at = 0; at + len <= size; at++) {
            if (!memcmp(memory + at, forms[i], len))
                return 1;
        }
    }
    return 0;
}

static void *spy_allocate(void *user, size_t size)
{
    size_t *block = calloc(1, size + 16); /* all of it is looked at when it is released */

    (void)user;
    *block = size;
    return (char *)block + 16;
}

static void spy_release(void *user, void *memory)
{
    char *block = (char *)memory - 16;
    size_t size;

    (void)user;
    memcpy(&size, block, sizeof size);
    secrets_seen += (size_t)holds_secret(memory, size);
    free(block);
}

static void *spy_reallocate(void *user, void *memory, size_t size)
{
    void *fresh = spy_allocate(user, size);

    if (memory) {
        size_t old;
        memcpy(&old, (char *)memory - 16, sizeof old);
        memcpy(fresh, memory, old < size ? old : size);
        spy_release(user, memory);
    }
    return fresh;
}

static void spy(void)
{
    static const imap4_allocator allocator = {spy_allocate, spy_reallocate, spy_release, NULL};
    imap4_options *options;

    end();
    secrets_seen = 0;
    imap4_options_new(&options, &allocator);
    ck_assert_int_eq(imap4_conn_new(&conn, options), IMAP4_OK);
    imap4_options_free(options);
    ck_assert_int_eq(imap4_conn_layer_done(conn, IMAP4_SECURITY_LOCAL), IMAP4_OK);
}

START_TEST(passwords_are_wiped_before_memory_is_given_back)
{
    uint64_t request;
    size_t taken;

    /* LOGIN, answered. */
    spy();
    say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hello\r\n");
    imap4_login(conn, "alice", "correct horse", NULL);
    while (read_until(IMAP4_EVENT_DONE))
        ;
    ck_assert_ptr_nonnull(strstr(sent(), "correct horse"));
    say("A1 NO no\r\n");
    ck_assert_ptr_nonnull(read_until(IMAP4_EVENT_DONE));
    /* LOGIN by wanted event, refused while in the queue; AUTHENTICATE with an initial response. */
    imap4_login(conn, "alice", NULL, &request);
    ck_assert_ptr_nonnull(read_until(IMAP4_EVENT_WANTED));
    ck_assert_int_eq(imap4_supply(conn, request, "correct horse", 13, &taken), IMAP4_OK);
    sent();
    say("A2 NO no\r\n");
    ck_assert_ptr_nonnull(read_until(IMAP4_EVENT_DONE));
    imap4_authenticate(conn, "PLAIN", NULL, "alice", "correct horse", NULL);
    imap4_login(conn, "alice", "correct horse", NULL);
    while (read_until(IMAP4_EVENT_DONE))
        ;
    ck_assert_ptr_nonnull(strstr(sent(), "AGFsaWNlAGNvcnJlY3QgaG9yc2U"));
    end();
    ck_assert_uint_eq(secrets_seen, 0);
    /* A connection that goes away with everything still in it. */
    start();
    spy();
    imap4_login(conn, "alice", "correct horse", NULL);
    end();
    ck_assert_uint_eq(secrets_seen, 0);
    start();
}
END_TEST

START_TEST(every_allocation_of_a_new_connection_can_fail)
{
    for (size_t fail = 1;; fail++) {
        test_memory memory;
        imap4_options *options;
        imap4_conn *made = NULL;
        int result;

        test_memory_init(&memory, fail);
        result = imap4_options_new(&options, &memory.allocator);
        if (!result) {
            result = imap4_conn_new(&made, options);
            imap4_options_free(options);
        }
        imap4_conn_free(made);
        ck_assert_uint_eq(memory.live, 0);
        if (!memory.failed)
            break;
        ck_assert_int_eq(result, IMAP4_ERROR_MEMORY);
    }
}
END_TEST

START_TEST(steady_reading_allocates_nothing)
{
    test_memory memory;
    const imap4_event *event;
    size_t calls = 0;

    restart(&memory);
    say(GREETING);
    for (int i = 0; i < 200; i++) {
        if (i == 100)
            calls = memory.calls;
        say("* 12 FETCH (UID 5 FLAGS (\\Seen $Forwarded) RFC822.SIZE 44827 ENVELOPE (NIL \"subject\" "
            "((\"A\" NIL \"a\" \"b\")) NIL NIL NIL NIL NIL NIL \"<1@b>\"))\r\n* 23 EXISTS\r\n* OK [ALERT] text\r\n");
        while (imap4_conn_next(conn, &event) == IMAP4_EVENT)
            ;
    }
    ck_assert_uint_eq(memory.calls, calls);
    end();
    ck_assert_uint_eq(memory.live, 0);
    start();
}
END_TEST

START_TEST(a_stream_takes_constant_memory)
{
    const imap4_event *fetched;
    test_memory memory;
    uint64_t bytes = 0;
    size_t calls = 0;
    int ends = 0;

    restart(&memory);
    begin_stream();
    say("* 1 FETCH (UID 5 BODY[] {1048576000}\r\n");
    for (int i = 0; i < 1000; i++) {
        size_t left = 1048576;

        if (i == 2)
            calls = memory.calls;
        while (left) {
            const imap4_event *event;
            uint8_t *space;
            size_t room;

            ck_assert_int_eq(imap4_conn_input(conn, 0, &space, &room), IMAP4_OK);
            room = room < left ? room : left;
            left -= room;
            ck_assert_int_eq(imap4_conn_input_done(conn, room), IMAP4_OK);
            while (imap4_conn_next(conn, &event) == IMAP4_EVENT) {
                if (event->kind == IMAP4_EVENT_BODY_CHUNK)
                    bytes += event->data.chunk->len;
                ends += event->kind == IMAP4_EVENT_BODY_END;
            }
        }
    }
    ck_assert_uint_eq(memory.calls, calls);
    ck_assert_uint_eq(bytes, 1048576000);
    say(")\r\nA2 OK done\r\n");
    ck_assert_int_eq(ends, 1);
    fetched = read_until(IMAP4_EVENT_FETCH);
    ck_assert_ptr_nonnull(fetched);
    ck_assert_uint_eq(fetched->data.fetch->sections->size, 1048576000);
    end();
    ck_assert_uint_eq(memory.live, 0);
    start();
}
END_TEST

Suite *conn_suite(void)
{
    const TTest *const tests[] = {
        space_is_borrowed_once_and_does_not_move, space_can_be_given_back_unused, kept_events_outlive_the_connection,
        a_kept_chunk_has_its_own_bytes, a_chunk_stays_while_space_is_borrowed, security_is_stated_once_and_first,
        every_request_ends_once_at_the_end_of_input, the_queue_has_a_limit,
        cookies_come_with_every_event_of_the_request, arguments_are_refused_at_once,
        passwords_are_wiped_before_memory_is_given_back, every_allocation_of_a_new_connection_can_fail,
        steady_reading_allocates_nothing, a_stream_takes_constant_memory, NULL,
    };
    Suite *suite = suite_create("conn");

    tcase_add_checked_fixture(suite_tests(suite, "conn", tests), start, end);
    return suite;
}
