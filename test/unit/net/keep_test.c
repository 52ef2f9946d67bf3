#include "net/keep.h"

#include <imap4/conn.h>

#include "base/mem.h"
#include "support/memory.h"
#include "support/suite.h"

#include <stdio.h>
#include <string.h>

Suite *keep_suite(void);

/* Events of an engine that was greeted, one for each number. */
typedef struct source {
    imap4_conn *conn;
    unsigned next;
} source;

static source source_new(void)
{
    source it = {NULL, 1};

    ck_assert_int_eq(imap4_conn_new(&it.conn, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_conn_layer_done(it.conn, IMAP4_SECURITY_LOCAL), IMAP4_OK);
    return it;
}

static imap4_event *event_of(source *it, const char *line)
{
    const imap4_event *event;
    uint8_t *space;
    size_t room;

    while (imap4_conn_next(it->conn, &event) == IMAP4_EVENT)
        continue;
    ck_assert_int_eq(imap4_conn_input(it->conn, strlen(line), &space, &room), IMAP4_OK);
    memcpy(space, line, strlen(line));
    ck_assert_int_eq(imap4_conn_input_done(it->conn, strlen(line)), IMAP4_OK);
    ck_assert_int_eq(imap4_conn_next(it->conn, &event), IMAP4_EVENT);
    return imap4_event_keep(it->conn);
}

static void put(imap4__keep *keep, imap4_event *event)
{
    struct imap4__kept *room;

    ck_assert_int_eq(imap4__keep_reserve(keep, &room), IMAP4_OK);
    imap4__keep_add(keep, room, event);
}

static imap4__keep_verdict by_kind(const imap4_event *event, uint64_t kind)
{
    if (kind == 0)
        return IMAP4__KEEP_TAKE;
    if (kind >= 1000)
        return (uint64_t)event->kind == kind - 1000 ? IMAP4__KEEP_DISCARD : IMAP4__KEEP_STAY;
    return (uint64_t)event->kind == kind ? IMAP4__KEEP_TAKE : IMAP4__KEEP_STAY;
}

START_TEST(order_is_kept)
{
    source it = source_new();
    imap4__keep keep;
    imap4_event *event;
    static const int kinds[] = {IMAP4_EVENT_GREETING, IMAP4_EVENT_TEXT, IMAP4_EVENT_CAPABILITY, IMAP4_EVENT_TEXT};

    imap4__keep_init(&keep, imap4__mem_or_default(NULL), 100, 1000000);
    ck_assert_uint_eq(imap4__keep_oldest(&keep), 0);
    put(&keep, event_of(&it, "* OK [CAPABILITY IMAP4rev1] hello\r\n"));
    put(&keep, event_of(&it, "* OK first\r\n"));
    put(&keep, event_of(&it, "* CAPABILITY IMAP4rev1\r\n"));
    put(&keep, event_of(&it, "* OK second\r\n"));
    ck_assert_uint_eq(keep.count, 4);
    for (size_t i = 0; i < 4; i++) {
        event = imap4__keep_take(&keep, by_kind, 0);
        ck_assert_ptr_nonnull(event);
        if (i != 0)
            ck_assert_int_eq(event->kind, kinds[i]);
        imap4_event_free(event);
    }
    ck_assert_ptr_null(imap4__keep_take(&keep, by_kind, 0));
    ck_assert_uint_eq(keep.bytes, 0);
    ck_assert_uint_eq(keep.count, 0);
    imap4_conn_free(it.conn);
}
END_TEST

START_TEST(picking_and_discarding_leave_the_rest)
{
    source it = source_new();
    imap4__keep keep;
    imap4_event *event;

    imap4__keep_init(&keep, imap4__mem_or_default(NULL), 100, 1000000);
    imap4_event_free(event_of(&it, "* OK [CAPABILITY IMAP4rev1] hello\r\n"));
    put(&keep, event_of(&it, "* OK first\r\n"));
    put(&keep, event_of(&it, "* CAPABILITY IMAP4rev1\r\n"));
    put(&keep, event_of(&it, "* OK second\r\n"));
    ck_assert_ptr_null(imap4__keep_take(&keep, by_kind, 99));
    /* The last, too: the tail must follow. */
    ck_assert_ptr_null(imap4__keep_take(&keep, by_kind, 1000 + IMAP4_EVENT_TEXT));
    ck_assert_uint_eq(keep.count, 1);
    put(&keep, event_of(&it, "* OK third\r\n"));
    ck_assert_uint_eq(keep.count, 2);
    event = imap4__keep_take(&keep, by_kind, IMAP4_EVENT_TEXT);
    ck_assert_ptr_nonnull(event);
    ck_assert_uint_eq(event->data.text->text.len, 5);
    imap4_event_free(event);
    put(&keep, event_of(&it, "* OK fourth\r\n"));
    ck_assert_uint_eq(keep.count, 2);
    imap4__keep_clear(&keep);
    ck_assert_uint_eq(keep.count, 0);
    imap4_conn_free(it.conn);
}
END_TEST

START_TEST(bounds_are_told)
{
    source it = source_new();
    imap4__keep keep;
    imap4_event *event;

    imap4_event_free(event_of(&it, "* OK [CAPABILITY IMAP4rev1] hello\r\n"));
    imap4__keep_init(&keep, imap4__mem_or_default(NULL), 3, 1000000);
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(imap4__keep_full(&keep), 0);
        put(&keep, event_of(&it, "* OK x\r\n"));
    }
    ck_assert_int_eq(imap4__keep_full(&keep), 1);
    imap4_event_free(imap4__keep_take(&keep, by_kind, 0));
    ck_assert_int_eq(imap4__keep_full(&keep), 0);
    imap4__keep_clear(&keep);

    imap4__keep_init(&keep, imap4__mem_or_default(NULL), 1000, 1);
    event = event_of(&it, "* OK x\r\n");
    put(&keep, event);
    ck_assert_uint_ge(keep.bytes, imap4_event_size(event));
    ck_assert_int_eq(imap4__keep_full(&keep), 1);
    imap4__keep_clear(&keep);
    ck_assert_int_eq(imap4__keep_full(&keep), 0);
    imap4_conn_free(it.conn);
}
END_TEST

START_TEST(no_memory_is_an_answer)
{
    test_memory memory;
    imap4__keep keep;
    struct imap4__kept *room;

    test_memory_init(&memory, 1);
    imap4__keep_init(&keep, &memory.allocator, 10, 10);
    ck_assert_int_eq(imap4__keep_reserve(&keep, &room), IMAP4_ERROR_MEMORY);
    ck_assert_int_eq(imap4__keep_reserve(&keep, &room), IMAP4_OK);
    imap4__keep_abandon(&keep, room);
    imap4__keep_clear(&keep);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

Suite *keep_suite(void)
{
    const TTest *const tests[] = {order_is_kept, picking_and_discarding_leave_the_rest, bounds_are_told,
                                  no_memory_is_an_answer, NULL};
    Suite *suite = suite_create("keep");

    suite_tests(suite, "keep", tests);
    return suite;
}
