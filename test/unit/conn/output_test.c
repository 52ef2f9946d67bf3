#include "conn/output.h"

#include "base/mem.h"
#include "support/memory.h"
#include "support/suite.h"

#include <imap4/options.h>

#include <string.h>

Suite *output_suite(void);

static imap4__output output;
static char traced[4096];

static void watch(void *user, int direction, const char *data, size_t len)
{
    (void)user;
    ck_assert_int_eq(direction, IMAP4_TRACE_SENT);
    ck_assert_uint_lt(strlen(traced) + len, sizeof traced);
    strncat(traced, data, len);
}

static void start(void)
{
    traced[0] = 0;
    imap4__output_init(&output, imap4__mem_or_default(NULL));
}

static void end(void)
{
    imap4__output_clear(&output);
}

static void add(const char *text, int secret)
{
    ck_assert_int_eq(imap4__output_add(&output, text, strlen(text), secret), IMAP4_OK);
}

static void expect(const char *text)
{
    size_t len;
    const uint8_t *data = imap4__output_show(&output, &len);

    ck_assert_uint_eq(len, strlen(text));
    ck_assert_mem_eq(data, text, len);
}

START_TEST(what_was_shown_is_frozen)
{
    size_t len;
    const uint8_t *before;

    add("A1 NOOP\r\n", 0);
    before = imap4__output_show(&output, &len);
    ck_assert_uint_eq(len, 9);
    for (int i = 0; i < 2000; i++)
        add("A2 NOOP\r\n", 0);
    ck_assert_ptr_eq(imap4__output_show(&output, &len), before);
    ck_assert_uint_eq(len, 9);
    ck_assert_mem_eq(before, "A1 NOOP\r\n", 9);
    imap4__output_done(&output, 3);
    imap4__output_show(&output, &len);
    ck_assert_uint_gt(len, 6); /* now the rest of the block, with what came since */
}
END_TEST

START_TEST(bytes_keep_their_order_over_blocks_and_references)
{
    static const char big[] = "[a message]";
    char all[64] = "";
    size_t len;
    const uint8_t *data;

    add("one ", 0);
    ck_assert_int_eq(imap4__output_reference(&output, big, sizeof big - 1), IMAP4_OK);
    add(" two", 0);
    while ((data = imap4__output_show(&output, &len)) != NULL) {
        strncat(all, (const char *)data, 1);
        imap4__output_done(&output, 1);
    }
    ck_assert_str_eq(all, "one [a message] two");
    ck_assert_uint_eq(output.sent, output.queued);
}
END_TEST

START_TEST(a_reference_is_not_copied)
{
    static const char big[] = "message";
    size_t len;

    ck_assert_int_eq(imap4__output_reference(&output, big, 7), IMAP4_OK);
    ck_assert_ptr_eq(imap4__output_show(&output, &len), big);
}
END_TEST

START_TEST(acknowledging_more_than_was_shown_does_no_harm)
{
    add("abc", 0);
    expect("abc");
    add("def", 0);
    imap4__output_done(&output, 1000);
    expect("def");
    imap4__output_done(&output, 3);
    imap4__output_done(&output, 3);
    ck_assert_uint_eq(output.sent, 6);
}
END_TEST

START_TEST(secrets_are_not_traced)
{
    size_t len;

    add("A1 LOGIN ", 0);
    add("\"user\" ", 1);
    add("\"password\"", 1);
    add("\r\n", 0);
    while (imap4__output_show(&output, &len)) {
        imap4__output_trace(&output, watch, NULL);
        imap4__output_done(&output, len);
    }
    ck_assert_str_eq(traced, "A1 LOGIN ***\r\n");
    ck_assert_ptr_null(output.spans);
}
END_TEST

START_TEST(nothing_is_traced_twice)
{
    add("abcdef", 0);
    for (int i = 0; i < 3; i++) {
        size_t len;
        imap4__output_show(&output, &len);
        imap4__output_trace(&output, watch, NULL);
        imap4__output_show(&output, &len);
        imap4__output_trace(&output, watch, NULL);
        imap4__output_done(&output, 2);
    }
    ck_assert_str_eq(traced, "abcdef");
}
END_TEST

START_TEST(sent_secrets_are_overwritten)
{
    const uint8_t *data;
    size_t len;

    add("hunter2", 1);
    data = imap4__output_show(&output, &len);
    imap4__output_done(&output, len);
    /* The block is kept for what comes next: its memory is ours to look at. */
    for (size_t i = 0; i < 7; i++)
        ck_assert_int_eq(data[i], 0);
}
END_TEST

START_TEST(without_memory_nothing_is_added)
{
    for (size_t fail = 1; fail <= 2; fail++) {
        test_memory memory;
        imap4__output starved;

        test_memory_init(&memory, fail);
        imap4__output_init(&starved, &memory.allocator);
        ck_assert_int_eq(imap4__output_add(&starved, "secret", 6, 1), IMAP4_ERROR_MEMORY);
        ck_assert_uint_eq(starved.queued, 0);
        ck_assert_int_eq(imap4__output_add(&starved, "secret", 6, 1), IMAP4_OK);
        ck_assert_uint_eq(starved.queued, 6);
        imap4__output_clear(&starved);
        ck_assert_uint_eq(memory.live, 0);
    }
}
END_TEST

Suite *output_suite(void)
{
    const TTest *const tests[] = {
        what_was_shown_is_frozen, bytes_keep_their_order_over_blocks_and_references, a_reference_is_not_copied,
        acknowledging_more_than_was_shown_does_no_harm, secrets_are_not_traced, nothing_is_traced_twice,
        sent_secrets_are_overwritten, without_memory_nothing_is_added, NULL,
    };
    Suite *suite = suite_create("output");

    tcase_add_checked_fixture(suite_tests(suite, "output", tests), start, end);
    return suite;
}
