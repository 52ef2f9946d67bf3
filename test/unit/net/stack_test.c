#include "net/stack.h"

#include "base/mem.h"
#include "net/fd.h"
#include "support/memory.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

Suite *stack_suite(void);

typedef struct ends {
    imap4__stack stack;
    int far;
} ends;

static void begin(ends *it, const imap4_allocator *mem)
{
    int fds[2];

    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    ck_assert_int_eq(imap4__fd_prepare(fds[0]), 0);
    ck_assert_int_eq(imap4__fd_prepare(fds[1]), 0);
    imap4__stack_init(&it->stack, mem);
    it->stack.in_fd = it->stack.out_fd = fds[0];
    it->far = fds[1];
}

static void end(ends *it)
{
    imap4__stack_close(&it->stack);
    imap4__stack_close(&it->stack);
    close(it->far);
}

static imap4_conn *greeted(void)
{
    imap4_conn *conn;

    ck_assert_int_eq(imap4_conn_new(&conn, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_conn_layer_done(conn, IMAP4_SECURITY_LOCAL), IMAP4_OK);
    return conn;
}

START_TEST(end_comes_after_the_bytes)
{
    const imap4_event *event;
    imap4_conn *conn = greeted();
    ends it;

    begin(&it, imap4__mem_or_default(NULL));
    ck_assert_int_eq(imap4__stack_receive(&it.stack, conn), 0);
    ck_assert_int_eq(write(it.far, "* OK hi\r\n", 9), 9);
    shutdown(it.far, SHUT_WR);
    ck_assert_int_eq(imap4__stack_receive(&it.stack, conn), 1);
    ck_assert_int_eq(imap4_conn_next(conn, &event), IMAP4_EVENT);
    ck_assert_int_eq(imap4__stack_receive(&it.stack, conn), IMAP4_ERROR_EOF);
    ck_assert_int_eq(imap4__stack_receive(&it.stack, conn), IMAP4_ERROR_EOF);
    end(&it);
    imap4_conn_free(conn);
}
END_TEST

#if IMAP4_HAVE_COMPRESS
static imap4_filter *deflate_new(void)
{
    imap4_filter *filter = NULL;

    ck_assert_int_eq(imap4_deflate_new(&filter, NULL), IMAP4_OK);
    return filter;
}

START_TEST(blocked_filters_say_so)
{
    const size_t size = 4 * 1024 * 1024;
    uint8_t *data = malloc(size);
    uint8_t *back = malloc(size + 1);
    imap4_filter *near = deflate_new();
    imap4_filter *far = deflate_new();
    size_t written = 0;
    size_t read_len = 0;
    int blocks = 0;
    ends it;

    for (size_t i = 0; i < size; i++)
        data[i] = (uint8_t)(rand() >> 3);
    begin(&it, imap4__mem_or_default(NULL));
    ck_assert_int_eq(imap4__stack_push(&it.stack, near, NULL, 0), IMAP4_OK);
    while (read_len < size) {
        uint8_t *space;
        size_t room;
        size_t len;
        ssize_t got;
        /* Until the network takes no more. */
        do {
            ck_assert_int_eq(imap4_filter_write(near, data + written, size - written, &len), IMAP4_OK);
            written += len;
            ck_assert_int_ge(imap4__stack_send(&it.stack, NULL), 0);
        } while (written < size && !it.stack.blocked);
        blocks += it.stack.blocked;
        ck_assert_int_eq(imap4_filter_input(far, &space, &room), IMAP4_OK);
        got = read(it.far, space, room);
        ck_assert_int_gt(got, 0);
        imap4_filter_input_done(far, (size_t)got);
        do {
            ck_assert_int_eq(imap4_filter_read(far, back + read_len, size + 1 - read_len, &len), IMAP4_OK);
            read_len += len;
        } while (len > 0);
    }
    ck_assert_int_gt(blocks, 0);
    ck_assert_int_eq(imap4__stack_send(&it.stack, NULL), 0);
    ck_assert_int_eq(it.stack.blocked, 0);
    ck_assert_mem_eq(data, back, size);
    imap4_filter_free(far);
    free(data);
    free(back);
    end(&it);
}
END_TEST

START_TEST(early_bytes_come_first)
{
    static const char text[] = "* OK first\r\n* OK second\r\n* OK third\r\n";
    uint8_t packed[256];
    size_t packed_len;
    size_t len;

    {
        imap4_filter *far = deflate_new();
        const uint8_t *out;
        imap4_filter_write(far, (const uint8_t *)text, sizeof text - 1, &len);
        out = imap4_filter_output(far, &packed_len);
        ck_assert_uint_le(packed_len, sizeof packed);
        memcpy(packed, out, packed_len);
        imap4_filter_free(far);
    }
    for (size_t early = 0; early <= packed_len; early++) {
        imap4_conn *conn = greeted();
        const imap4_event *event;
        int events = 0;
        ends it;
        begin(&it, imap4__mem_or_default(NULL));
        ck_assert_int_eq(imap4__stack_push(&it.stack, deflate_new(), packed, early), IMAP4_OK);
        ck_assert_int_eq(imap4__stack_pending(&it.stack), early > 0);
        if (early < packed_len)
            ck_assert_int_eq(write(it.far, packed + early, packed_len - early), (ssize_t)(packed_len - early));
        while (imap4__stack_receive(&it.stack, conn) > 0) {
            while (imap4_conn_next(conn, &event) == IMAP4_EVENT)
                events++;
        }
        ck_assert_int_eq(events, 3);
        ck_assert_int_eq(imap4__stack_pending(&it.stack), 0);
        end(&it);
        imap4_conn_free(conn);
    }
}
END_TEST

START_TEST(damage_is_the_filters)
{
    imap4_conn *conn = greeted();
    ends it;

    begin(&it, imap4__mem_or_default(NULL));
    imap4__stack_push(&it.stack, deflate_new(), NULL, 0);
    ck_assert_int_eq(write(it.far, "\xff* OK", 5), 5);
    ck_assert_int_eq(imap4__stack_receive(&it.stack, conn), IMAP4_ERROR_PROTOCOL);
    ck_assert_ptr_eq(it.stack.culprit, it.stack.filters[0]);
    end(&it);
    imap4_conn_free(conn);
}
END_TEST

START_TEST(no_memory_is_an_answer)
{
    test_memory memory;
    imap4_filter *filter = deflate_new();
    ends it;

    test_memory_init(&memory, 1);
    begin(&it, &memory.allocator);
    ck_assert_int_eq(imap4__stack_push(&it.stack, filter, (const uint8_t *)"x", 1), IMAP4_ERROR_MEMORY);
    ck_assert_uint_eq(it.stack.count, 0);
    imap4_filter_free(filter);
    end(&it);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST
#endif

Suite *stack_suite(void)
{
    const TTest *const tests[] = {end_comes_after_the_bytes,
#if IMAP4_HAVE_COMPRESS
                                  blocked_filters_say_so, early_bytes_come_first, damage_is_the_filters,
                                  no_memory_is_an_answer,
#endif
                                  NULL};
    Suite *suite = suite_create("stack");

    suite_tests(suite, "stack", tests);
    return suite;
}
