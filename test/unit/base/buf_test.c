#include "base/buf.h"

#include "support/memory.h"
#include "support/suite.h"

#include <stdint.h>
#include <string.h>

Suite *buf_suite(void);

START_TEST(bytes_are_appended)
{
    imap4__buf buf;

    imap4__buf_init(&buf, NULL, 10000);
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(imap4__buf_add(&buf, "0123456789", 10), IMAP4_OK);
    ck_assert_uint_eq(buf.len, 10000);
    for (size_t i = 0; i < buf.len; i++)
        ck_assert_int_eq(buf.data[i], '0' + (int)(i % 10));
    ck_assert_int_eq(imap4__buf_add(&buf, NULL, 0), IMAP4_OK);
    imap4__buf_clear(&buf);
    ck_assert_ptr_null(buf.data);
    ck_assert_uint_eq(buf.len, 0);
    ck_assert_uint_eq(buf.capacity, 0);
    ck_assert_int_eq(imap4__buf_add(&buf, "again", 5), IMAP4_OK);
    imap4__buf_clear(&buf);
}
END_TEST

START_TEST(growing_is_rare)
{
    test_memory memory;
    imap4__buf buf;

    test_memory_init(&memory, 0);
    imap4__buf_init(&buf, &memory.allocator, SIZE_MAX / 2);
    for (int i = 0; i < 1000000; i++)
        imap4__buf_add(&buf, "x", 1);
    ck_assert_uint_le(memory.calls, 20);
    imap4__buf_clear(&buf);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

START_TEST(maximum_is_the_last_byte)
{
    imap4__buf buf;

    imap4__buf_init(&buf, NULL, 300);
    ck_assert_int_eq(imap4__buf_reserve(&buf, 301), IMAP4_ERROR_LIMIT);
    ck_assert_int_eq(imap4__buf_reserve(&buf, SIZE_MAX), IMAP4_ERROR_LIMIT);
    ck_assert_int_eq(imap4__buf_reserve(&buf, 300), IMAP4_OK);
    ck_assert_uint_eq(buf.capacity, 300);
    imap4__buf_clear(&buf);
    for (int i = 0; i < 299; i++)
        ck_assert_int_eq(imap4__buf_add(&buf, "x", 1), IMAP4_OK);
    ck_assert_int_eq(imap4__buf_add(&buf, "yz", 2), IMAP4_ERROR_LIMIT);
    ck_assert_uint_eq(buf.len, 299);
    ck_assert_int_eq(imap4__buf_add(&buf, "y", 1), IMAP4_OK);
    ck_assert_int_eq(imap4__buf_add(&buf, "z", 1), IMAP4_ERROR_LIMIT);
    ck_assert_int_eq(imap4__buf_reserve(&buf, SIZE_MAX), IMAP4_ERROR_LIMIT);
    ck_assert_uint_eq(buf.len, 300);
    ck_assert_uint_le(buf.capacity, 300);
    imap4__buf_clear(&buf);
}
END_TEST

START_TEST(failure_changes_nothing)
{
    for (int secret = 0; secret < 2; secret++) {
        test_memory memory;
        imap4__buf buf;

        test_memory_init(&memory, 2);
        imap4__buf_init(&buf, &memory.allocator, 1000);
        buf.secret = secret;
        ck_assert_int_eq(imap4__buf_add(&buf, "abc", 3), IMAP4_OK);
        ck_assert_int_eq(imap4__buf_reserve(&buf, 900), IMAP4_ERROR_MEMORY);
        ck_assert_uint_eq(buf.len, 3);
        ck_assert_mem_eq(buf.data, "abc", 3);
        ck_assert_int_eq(imap4__buf_reserve(&buf, 900), IMAP4_OK);
        ck_assert_mem_eq(buf.data, "abc", 3);
        imap4__buf_clear(&buf);
        ck_assert_uint_eq(memory.live, 0);
    }
}
END_TEST

/* An allocator that looks at what is given back: one big block is cut up and nothing in it is used twice. */
static char store[4096];
static size_t stored;

static void *cut_off(void *user, size_t size)
{
    void *memory = store + stored;

    (void)user;
    stored += size;
    ck_assert_uint_le(stored, sizeof store);
    return memory;
}

static void keep(void *user, void *memory)
{
    (void)user;
    (void)memory;
}

static int store_holds(const char *text)
{
    size_t len = strlen(text);

    for (size_t i = 0; i + len <= stored; i++) {
        if (memcmp(store + i, text, len) == 0)
            return 1;
    }
    return 0;
}

START_TEST(secrets_are_wiped_where_they_were)
{
    imap4_allocator mem = {cut_off, NULL, keep, NULL};
    imap4__buf buf;

    imap4__buf_init(&buf, &mem, 4096);
    buf.secret = 1;
    ck_assert_int_eq(imap4__buf_add(&buf, "password", 8), IMAP4_OK);
    ck_assert(store_holds("password"));
    ck_assert_int_eq(imap4__buf_reserve(&buf, 1000), IMAP4_OK);
    ck_assert_mem_eq(buf.data, "password", 8);
    memset(buf.data, 'x', 8);
    ck_assert(!store_holds("password")); /* not at the old place */
    memcpy(buf.data, "password", 8);
    imap4__buf_clear(&buf);
    ck_assert(!store_holds("password"));
    buf.secret = 0;
    ck_assert_int_eq(imap4__buf_add(&buf, "password", 8), IMAP4_OK);
    imap4__buf_wipe(&buf);
    ck_assert(!store_holds("password"));
    ck_assert_ptr_null(buf.data);
}
END_TEST

Suite *buf_suite(void)
{
    const TTest *const tests[] = {
        bytes_are_appended,
        growing_is_rare,
        maximum_is_the_last_byte,
        failure_changes_nothing,
        secrets_are_wiped_where_they_were,
        NULL,
    };
    Suite *suite = suite_create("buf");

    suite_tests(suite, "buf", tests);
    return suite;
}
