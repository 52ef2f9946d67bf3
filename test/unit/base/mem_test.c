#include "base/mem.h"

#include "support/memory.h"
#include "support/suite.h"

#include <stdint.h>
#include <string.h>

Suite *mem_suite(void);

static size_t last_size;

static void *note_size(void *user, size_t size)
{
    last_size = size;
    return user;
}

START_TEST(default_is_malloc)
{
    const imap4_allocator *mem = imap4__mem_or_default(NULL);
    void *memory = imap4__alloc(NULL, 10);

    ck_assert_ptr_nonnull(mem);
    ck_assert_ptr_nonnull(memory);
    memory = imap4__realloc(NULL, memory, 1000);
    ck_assert_ptr_nonnull(memory);
    imap4__free(NULL, memory);
    imap4__free(NULL, NULL);
}
END_TEST

START_TEST(own_is_used)
{
    test_memory memory;
    char *block;

    test_memory_init(&memory, 0);
    ck_assert_ptr_eq(imap4__mem_or_default(&memory.allocator), &memory.allocator);
    block = imap4__zalloc(&memory.allocator, 3);
    ck_assert_mem_eq(block, "\0\0\0", 3);
    ck_assert_uint_eq(memory.live, 1);
    block = imap4__realloc(&memory.allocator, block, 30);
    imap4__free(&memory.allocator, block);
    block = imap4__realloc(&memory.allocator, NULL, 30);
    ck_assert_uint_eq(memory.live, 1);
    imap4__free(&memory.allocator, block);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

START_TEST(size_is_never_zero)
{
    imap4_allocator mem = {note_size, NULL, NULL, NULL};

    imap4__alloc(&mem, 0);
    ck_assert_uint_eq(last_size, 1);
    imap4__zalloc(&mem, 0);
    ck_assert_uint_eq(last_size, 1);
    imap4__alloc(&mem, 77);
    ck_assert_uint_eq(last_size, 77);
}
END_TEST

START_TEST(copy_ends_with_nul)
{
    char *copy = imap4__copy(NULL, "abcdef", 3);

    ck_assert_str_eq(copy, "abc");
    imap4__free(NULL, copy);
    copy = imap4__copy(NULL, NULL, 0);
    ck_assert_str_eq(copy, "");
    imap4__free(NULL, copy);
    ck_assert_ptr_null(imap4__copy(NULL, "a", SIZE_MAX));
}
END_TEST

START_TEST(failure_is_null)
{
    test_memory memory;

    test_memory_init(&memory, 1);
    ck_assert_ptr_null(imap4__alloc(&memory.allocator, 1));
    test_memory_init(&memory, 1);
    ck_assert_ptr_null(imap4__zalloc(&memory.allocator, 1));
    test_memory_init(&memory, 1);
    ck_assert_ptr_null(imap4__copy(&memory.allocator, "a", 1));
}
END_TEST

START_TEST(wipe_overwrites)
{
    char secret[] = "secret!";

    imap4__wipe(secret, 6);
    ck_assert_mem_eq(secret, "\0\0\0\0\0\0!", 8);
    imap4__wipe(NULL, 0);
}
END_TEST

Suite *mem_suite(void)
{
    const TTest *const tests[] = {
        default_is_malloc, own_is_used, size_is_never_zero, copy_ends_with_nul, failure_is_null, wipe_overwrites, NULL,
    };
    Suite *suite = suite_create("mem");

    suite_tests(suite, "mem", tests);
    return suite;
}
