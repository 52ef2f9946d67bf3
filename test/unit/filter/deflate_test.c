/* Both directions against zlib itself, and a filter against a filter. */
#include <imap4/filter.h>

#include "support/memory.h"
#include "support/suite.h"

#include <string.h>

Suite *deflate_suite(void);

#if IMAP4_HAVE_COMPRESS
#include <stdlib.h>
#include <zlib.h>

#define BIG (1024 * 1024)

static imap4_filter *make(void)
{
    imap4_filter *filter = NULL;

    ck_assert_int_eq(imap4_deflate_new(&filter, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_filter_ready(filter), 1);
    return filter;
}

/* Text that compresses, bytes that do not. */
static uint8_t *sample(size_t size, int compressible)
{
    uint8_t *data = malloc(size);
    uint32_t state = 7;

    for (size_t i = 0; i < size; i++) {
        state = state * 1664525 + 1013904223;
        data[i] = compressible ? (uint8_t)("* 1 FETCH (UID 12 FLAGS (\\Seen))\r\n"[i % 34]) : (uint8_t)(state >> 24);
    }
    return data;
}

static void give(imap4_filter *filter, const uint8_t *data, size_t len)
{
    while (len > 0) {
        uint8_t *space;
        size_t room;
        size_t part;
        ck_assert_int_eq(imap4_filter_input(filter, &space, &room), IMAP4_OK);
        ck_assert_uint_gt(room, 0);
        part = room < len ? room : len;
        memcpy(space, data, part);
        ck_assert_int_eq(imap4_filter_input_done(filter, part), IMAP4_OK);
        data += part;
        len -= part;
    }
}

/* Carries at most `step` bytes; gives how many. */
static size_t carry(imap4_filter *from, imap4_filter *to, size_t step)
{
    size_t len;
    size_t room;
    uint8_t *space;
    const uint8_t *data = imap4_filter_output(from, &len);

    if (data == NULL)
        return 0;
    ck_assert_int_eq(imap4_filter_input(to, &space, &room), IMAP4_OK);
    len = len < step ? len : step;
    len = len < room ? len : room;
    memcpy(space, data, len);
    ck_assert_int_eq(imap4_filter_input_done(to, len), IMAP4_OK);
    imap4_filter_output_done(from, len);
    return len;
}

static void round_trip(size_t size, int compressible, size_t write_step, size_t carry_step, size_t read_step)
{
    imap4_filter *from = make();
    imap4_filter *to = make();
    uint8_t *data = sample(size, compressible);
    uint8_t *back = malloc(size + 1);
    size_t written = 0;
    size_t read = 0;

    while (read < size) {
        size_t taken = 0;
        size_t got;
        size_t carried;
        size_t want = size - written < write_step ? size - written : write_step;
        ck_assert_int_eq(imap4_filter_write(from, data + written, want, &taken), IMAP4_OK);
        written += taken;
        carried = carry(from, to, carry_step);
        do {
            size_t room = size + 1 - read < read_step ? size + 1 - read : read_step;
            ck_assert_int_eq(imap4_filter_read(to, back + read, room, &got), IMAP4_OK);
            read += got;
        } while (got > 0);
        ck_assert_int_eq(imap4_filter_pending(to), 0);
        ck_assert_msg(taken > 0 || carried > 0 || got > 0 || read == size, "stalled");
    }
    ck_assert_uint_eq(read, size);
    ck_assert_mem_eq(data, back, size);
    free(data);
    free(back);
    imap4_filter_free(from);
    imap4_filter_free(to);
}

START_TEST(what_goes_in_comes_out)
{
    round_trip(1, 1, 1, 1, 1);
    round_trip(BIG, 1, 100000, 100000, 100000);
    round_trip(BIG, 0, 100000, 100000, 100000);
    round_trip(20000, 1, 7, 1, 3);
    round_trip(20000, 0, 300, 1, 1);
    round_trip(BIG, 0, BIG, 1000, 500);
    round_trip(BIG, 1, BIG, 1, 65536);
}
END_TEST

START_TEST(zlib_reads_what_we_write)
{
    imap4_filter *filter = make();
    uint8_t *data = sample(BIG, 0);
    uint8_t *back = malloc(BIG);
    z_stream stream = {0};
    size_t written = 0;

    ck_assert_int_eq(inflateInit2(&stream, -15), Z_OK);
    stream.next_out = back;
    stream.avail_out = BIG;
    while (written < BIG) {
        size_t taken;
        size_t len;
        const uint8_t *out;
        ck_assert_int_eq(imap4_filter_write(filter, data + written, BIG - written, &taken), IMAP4_OK);
        written += taken;
        while ((out = imap4_filter_output(filter, &len)) != NULL) {
            stream.next_in = (Bytef *)(uintptr_t)out;
            stream.avail_in = (uInt)len;
            ck_assert_int_eq(inflate(&stream, Z_SYNC_FLUSH), Z_OK);
            ck_assert_uint_eq(stream.avail_in, 0);
            imap4_filter_output_done(filter, len);
        }
        /* Everything taken is out: nothing waits for a later flush. */
        ck_assert_uint_eq(BIG - stream.avail_out, written);
    }
    ck_assert_mem_eq(data, back, BIG);
    inflateEnd(&stream);
    free(data);
    free(back);
    imap4_filter_free(filter);
}
END_TEST

START_TEST(small_flushes_do_not_pile_up)
{
    imap4_filter *filter = make();
    imap4_filter *to = make();
    size_t len;

    ck_assert_ptr_null(imap4_filter_output(filter, &len)); /* nothing written, nothing flushed */
    for (int i = 0; i < 5000; i++) {
        size_t taken;
        size_t got;
        uint8_t back[16];
        ck_assert_int_eq(imap4_filter_write(filter, (const uint8_t *)"a1 NOOP\r\n", 9, &taken), IMAP4_OK);
        ck_assert_uint_eq(taken, 9);
        ck_assert_uint_le(carry(filter, to, 1000), 40);
        ck_assert_ptr_null(imap4_filter_output(filter, &len));
        ck_assert_int_eq(imap4_filter_read(to, back, sizeof back, &got), IMAP4_OK);
        ck_assert_uint_eq(got, 9);
        ck_assert_mem_eq(back, "a1 NOOP\r\n", 9);
    }
    imap4_filter_free(filter);
    imap4_filter_free(to);
}
END_TEST

START_TEST(shown_output_is_frozen)
{
    imap4_filter *filter = make();
    uint8_t *data = sample(300000, 0);
    uint8_t copy[64];
    const uint8_t *shown;
    size_t len;
    size_t again;
    size_t taken;

    ck_assert_int_eq(imap4_filter_write(filter, data, 50, &taken), IMAP4_OK);
    shown = imap4_filter_output(filter, &len);
    ck_assert_uint_ge(len, 50);
    ck_assert_uint_le(len, sizeof copy);
    memcpy(copy, shown, len);
    ck_assert_int_eq(imap4_filter_write(filter, data, 300000, &taken), IMAP4_OK);
    ck_assert_uint_lt(taken, 300000);
    ck_assert_ptr_eq(imap4_filter_output(filter, &again), shown);
    ck_assert_uint_eq(again, len);
    ck_assert_mem_eq(copy, shown, len);
    free(data);
    imap4_filter_free(filter);
}
END_TEST

START_TEST(garbage_ends_it_with_an_error)
{
    imap4_filter *filter = make();
    uint8_t back[64];
    size_t got;

    give(filter, (const uint8_t *)"\xff* OK not compressed\r\n", 22);
    ck_assert_int_eq(imap4_filter_pending(filter), 1);
    ck_assert_int_eq(imap4_filter_read(filter, back, sizeof back, &got), IMAP4_ERROR_PROTOCOL);
    ck_assert_uint_eq(got, 0);
    ck_assert_int_eq(imap4_filter_error(filter)->result, IMAP4_ERROR_PROTOCOL);
    ck_assert_int_eq(imap4_filter_pending(filter), 0);
    ck_assert_int_eq(imap4_filter_read(filter, back, sizeof back, &got), IMAP4_ERROR_PROTOCOL);
    ck_assert_int_eq(imap4_filter_write(filter, back, 1, &got), IMAP4_ERROR_PROTOCOL);
    imap4_filter_free(filter);
}
END_TEST

START_TEST(bytes_before_garbage_come_first)
{
    imap4_filter *from = make();
    imap4_filter *to = make();
    uint8_t back[64];
    size_t len;
    const uint8_t *out;

    imap4_filter_write(from, (const uint8_t *)"good", 4, &len);
    out = imap4_filter_output(from, &len);
    give(to, out, len);
    give(to, (const uint8_t *)"\xff\xff\xff\xff", 4);
    ck_assert_int_eq(imap4_filter_read(to, back, sizeof back, &len), IMAP4_OK);
    ck_assert_uint_eq(len, 4);
    ck_assert_mem_eq(back, "good", 4);
    ck_assert_int_eq(imap4_filter_pending(to), 1);
    ck_assert_int_eq(imap4_filter_read(to, back, sizeof back, &len), IMAP4_ERROR_PROTOCOL);
    imap4_filter_free(from);
    imap4_filter_free(to);
}
END_TEST

START_TEST(end_comes_after_the_last_byte)
{
    imap4_filter *from = make();
    imap4_filter *to = make();
    uint8_t back[8];
    uint8_t *space;
    size_t len;

    imap4_filter_write(from, (const uint8_t *)"0123456789", 10, &len);
    carry(from, to, 1000);
    ck_assert_int_eq(imap4_filter_input_eof(to), IMAP4_OK);
    ck_assert_int_eq(imap4_filter_input(to, &space, &len), IMAP4_ERROR_CLOSED);
    ck_assert_int_eq(imap4_filter_read(to, back, 8, &len), IMAP4_OK);
    ck_assert_uint_eq(len, 8);
    ck_assert_int_eq(imap4_filter_pending(to), 1);
    ck_assert_int_eq(imap4_filter_read(to, back, 8, &len), IMAP4_OK);
    ck_assert_uint_eq(len, 2);
    ck_assert_int_eq(imap4_filter_read(to, back, 8, &len), IMAP4_ERROR_EOF);
    ck_assert_int_eq(imap4_filter_read(to, back, 8, &len), IMAP4_ERROR_EOF);
    ck_assert_int_eq(imap4_filter_pending(to), 0);
    imap4_filter_free(from);
    imap4_filter_free(to);
}
END_TEST

START_TEST(bytes_inside_zlib_need_no_network)
{
    /* All but the flush marker has arrived: what can be read must not depend on the room that is offered. */
    static uint8_t data[5000];
    size_t sums[2] = {0, 0};

    memset(data, 'a', sizeof data);
    for (size_t round = 0; round < 2; round++) {
        imap4_filter *from = make();
        imap4_filter *to = make();
        uint8_t back[8192];
        const uint8_t *out;
        size_t len;
        imap4_filter_write(from, data, sizeof data, &len);
        out = imap4_filter_output(from, &len);
        ck_assert_uint_gt(len, 5);
        give(to, out, len - 5);
        do {
            ck_assert_int_eq(imap4_filter_read(to, back, round == 0 ? sizeof back : 7, &len), IMAP4_OK);
            sums[round] += len;
            ck_assert(len > 0 || !imap4_filter_pending(to));
        } while (imap4_filter_pending(to));
        imap4_filter_free(from);
        imap4_filter_free(to);
    }
    ck_assert_uint_gt(sums[0], 1000);
    ck_assert_uint_eq(sums[0], sums[1]);
}
END_TEST

START_TEST(misuse_changes_nothing)
{
    imap4_filter *filter = make();
    uint8_t *space;
    uint8_t byte;
    size_t room;

    ck_assert_int_eq(imap4_filter_input_done(filter, 1), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_filter_input(filter, &space, &room), IMAP4_OK);
    ck_assert_int_eq(imap4_filter_input(filter, &space, &room), IMAP4_ERROR_STATE);
    ck_assert_int_eq(imap4_filter_input_eof(filter), IMAP4_ERROR_STATE);
    ck_assert_int_eq(imap4_filter_input_done(filter, room + 1), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_filter_input_done(filter, 0), IMAP4_OK);
    imap4_filter_output_done(filter, 5);
    ck_assert_int_eq(imap4_filter_read(filter, &byte, 0, &room), IMAP4_OK);
    ck_assert_int_eq(imap4_filter_read(filter, &byte, 1, &room), IMAP4_OK);
    ck_assert_uint_eq(room, 0);
    ck_assert_int_eq(imap4_filter_close(filter), IMAP4_OK);
    ck_assert_int_eq(imap4_filter_write(filter, &byte, 1, &room), IMAP4_ERROR_CLOSED);
    imap4_filter_free(filter);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    test_memory memory;
    size_t fail_at = 1;

    do {
        imap4_options *options;
        imap4_filter *filter = NULL;
        uint8_t data[4] = "abc";
        size_t len;
        test_memory_init(&memory, 0);
        ck_assert_int_eq(imap4_options_new(&options, &memory.allocator), IMAP4_OK);
        memory.fail_at = memory.calls + fail_at++;
        if (imap4_deflate_new(&filter, options) == IMAP4_OK) {
            /* inflate() takes its window only with the first byte. */
            imap4_filter *from = make();
            imap4_filter_write(from, data, 3, &len);
            carry(from, filter, 100);
            if (imap4_filter_read(filter, data, sizeof data, &len) == IMAP4_OK)
                (void)imap4_filter_read(filter, data, sizeof data, &len);
            imap4_filter_free(from);
        } else {
            ck_assert_ptr_null(filter);
        }
        imap4_filter_free(filter);
        imap4_options_free(options);
        ck_assert_uint_eq(memory.live, 0);
    } while (memory.failed > 0);
    ck_assert_uint_ge(fail_at, 6);
}
END_TEST
#endif

Suite *deflate_suite(void)
{
    Suite *suite = suite_create("deflate");
#if IMAP4_HAVE_COMPRESS
    const TTest *const tests[] = {what_goes_in_comes_out, zlib_reads_what_we_write, small_flushes_do_not_pile_up,
                                  shown_output_is_frozen, garbage_ends_it_with_an_error,
                                  bytes_before_garbage_come_first, end_comes_after_the_last_byte,
                                  bytes_inside_zlib_need_no_network, misuse_changes_nothing,
                                  every_allocation_may_fail, NULL};

    suite_tests(suite, "deflate", tests);
#else
    suite_skip("deflate", "this build has no zlib");
#endif
    return suite;
}
