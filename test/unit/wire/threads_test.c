#include "wire/threads.h"

#include "support/memory.h"
#include "support/suite.h"

#include <stdint.h>
#include <string.h>

Suite *threads_suite(void);

/* RFC 5256 section 4: "(2)(3 6 (4 23)(44 7 96))" and "((3)(5))" behind each other. */
static const imap4_thread_node nodes[] = {
    {2, 0}, {3, 0}, {6, 1}, {4, 2}, {23, 3}, {44, 2}, {7, 3}, {96, 4}, {0, 0}, {3, 1}, {5, 1},
};

#define NODES (sizeof nodes / sizeof *nodes)

START_TEST(walks_give_what_was_added)
{
    imap4__arena arena;
    imap4_threads threads = {0};
    imap4_set_cursor cursor = {0};
    imap4_thread_node node = {0, 0};

    imap4__arena_init(&arena, NULL);
    for (size_t round = 0; round < 100; round++)
        for (size_t i = 0; i < NODES; i++)
            ck_assert_int_eq(imap4__threads_add(&threads, &arena, nodes[i].level, nodes[i].number), IMAP4_OK);
    ck_assert_uint_eq(imap4_threads_count(&threads), 100 * NODES);
    for (size_t i = 0; i < 100 * NODES; i++) {
        ck_assert_int_eq(imap4_threads_next(&threads, &cursor, &node), 1);
        ck_assert_uint_eq(node.number, nodes[i % NODES].number);
        ck_assert_uint_eq(node.level, nodes[i % NODES].level);
    }
    ck_assert_int_eq(imap4_threads_next(&threads, &cursor, &node), 0);
    ck_assert_int_eq(imap4_threads_next(&threads, &cursor, &node), 0);
    imap4__arena_clear(&arena);
}
END_TEST

START_TEST(null_and_empty_are_empty)
{
    imap4_threads threads = {0};
    imap4_set_cursor cursor = {0};
    imap4_thread_node node = {7, 7};

    ck_assert_int_eq(imap4_threads_next(NULL, &cursor, &node), 0);
    ck_assert_int_eq(imap4_threads_next(&threads, &cursor, &node), 0);
    ck_assert_uint_eq(node.number, 7);
    ck_assert_uint_eq(imap4_threads_count(NULL), 0);
    ck_assert_uint_eq(imap4_threads_count(&threads), 0);
}
END_TEST

/* A chain of replies, each below the one before it, costs four bytes a message, and any number may be anywhere. */
START_TEST(chains_are_small_and_deep)
{
    enum {
        SIZE = 100000
    };
    imap4__arena arena;
    imap4_threads threads = {0};
    imap4_set_cursor cursor = {0};
    imap4_thread_node node = {0, 0};
    uint32_t wrong = 0;

    imap4__arena_init(&arena, NULL);
    for (uint32_t i = 0; i < SIZE; i++)
        wrong += imap4__threads_add(&threads, &arena, i, UINT32_MAX - i) != IMAP4_OK;
    wrong += imap4__threads_add(&threads, &arena, 0x7fffffff, 0) != IMAP4_OK;
    wrong += imap4__threads_add(&threads, &arena, 0x7fffffff, 1) != IMAP4_OK;
    ck_assert_uint_le(threads.bytes, 4 * SIZE + 4 * SIZE / 8);
    for (uint32_t i = 0; i < SIZE; i++)
        wrong += !imap4_threads_next(&threads, &cursor, &node) || node.level != i || node.number != UINT32_MAX - i;
    wrong += !imap4_threads_next(&threads, &cursor, &node) || node.level != 0x7fffffff || node.number != 0;
    wrong += !imap4_threads_next(&threads, &cursor, &node) || node.level != 0x7fffffff || node.number != 1;
    ck_assert_uint_eq(wrong, 0);
    ck_assert_int_eq(imap4_threads_next(&threads, &cursor, &node), 0);
    imap4__arena_clear(&arena);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    test_memory memory;
    size_t n = 0;

    do {
        imap4__arena arena;
        imap4_threads threads = {0};

        test_memory_init(&memory, ++n);
        imap4__arena_init(&arena, &memory.allocator);
        for (uint32_t i = 1; i <= 1000; i++) {
            imap4_threads before = threads;

            if (imap4__threads_add(&threads, &arena, i % 7, i) != IMAP4_OK) {
                ck_assert_mem_eq(&threads, &before, sizeof threads);
                ck_assert_int_eq(imap4__threads_add(&threads, &arena, i % 7, i), IMAP4_OK);
            }
        }
        ck_assert_uint_eq(imap4_threads_count(&threads), 1000);
        imap4__arena_clear(&arena);
        ck_assert_uint_eq(memory.live, 0);
    } while (memory.failed > 0);
    ck_assert_uint_gt(n, 3);
}
END_TEST

Suite *threads_suite(void)
{
    const TTest *const tests[] = {
        walks_give_what_was_added, null_and_empty_are_empty, chains_are_small_and_deep, every_allocation_may_fail, NULL,
    };
    Suite *suite = suite_create("threads");

    suite_tests(suite, "threads", tests);
    return suite;
}
