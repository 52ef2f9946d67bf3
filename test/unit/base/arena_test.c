#include "base/arena.h"

#include "support/memory.h"
#include "support/suite.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

Suite *arena_suite(void);

static imap4__arena arena;
static test_memory memory;

static void start(void)
{
    test_memory_init(&memory, 0);
    imap4__arena_init(&arena, &memory.allocator);
}

static void finish(void)
{
    imap4__arena_clear(&arena);
    ck_assert_uint_eq(memory.live, 0);
    ck_assert_uint_eq(arena.total, 0);
}

START_TEST(init_allocates_nothing)
{
    ck_assert_uint_eq(memory.calls, 0);
    imap4__arena_reset(&arena, 1000);
    imap4__arena_clear(&arena);
    ck_assert_uint_eq(memory.calls, 0);
}
END_TEST

START_TEST(alloc_is_aligned_and_apart)
{
    /* Text between structs must not disturb them, nor they it. */
    char *blocks[500];
    imap4_str texts[500];

    for (size_t i = 0; i < 500; i++) {
        blocks[i] = imap4__arena_alloc(&arena, i % 50 + 1);
        ck_assert_uint_eq((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
        memset(blocks[i], (int)(i % 251), i % 50 + 1);
        ck_assert_int_eq(imap4__arena_str(&arena, "0123456789abcdefghij", i % 20, &texts[i]), IMAP4_OK);
    }
    for (size_t i = 0; i < 500; i++) {
        for (size_t j = 0; j < i % 50 + 1; j++)
            ck_assert_int_eq((uint8_t)blocks[i][j], (int)(i % 251));
        ck_assert_uint_eq(texts[i].len, i % 20);
        ck_assert_mem_eq(texts[i].data, "0123456789abcdefghij", i % 20);
        ck_assert_int_eq(texts[i].data[i % 20], '\0');
    }
}
END_TEST

START_TEST(zalloc_is_zero_after_use)
{
    const uint8_t *block;

    memset(imap4__arena_alloc(&arena, 1000), 0xff, 1000);
    imap4__arena_reset(&arena, 4096);
    block = imap4__arena_zalloc(&arena, 1000);
    for (size_t i = 0; i < 1000; i++)
        ck_assert_uint_eq(block[i], 0);
}
END_TEST

START_TEST(text_costs_its_bytes_only)
{
    imap4_str text;
    const char *before;

    imap4__arena_str(&arena, "one", 3, &text);
    before = text.data;
    imap4__arena_str(&arena, "two", 3, &text);
    ck_assert_int_eq(before > text.data ? before - text.data : text.data - before, 4);
    ck_assert_uint_eq(memory.calls, 1);
}
END_TEST

START_TEST(nil_is_not_empty)
{
    imap4_str text = {"x", 1};

    ck_assert_int_eq(imap4__arena_str(&arena, NULL, 0, &text), IMAP4_OK);
    ck_assert_ptr_null(text.data);
    ck_assert_uint_eq(text.len, 0);
    ck_assert_uint_eq(memory.calls, 0);
    ck_assert_int_eq(imap4__arena_str(&arena, "", 0, &text), IMAP4_OK);
    ck_assert_str_eq(text.data, "");
}
END_TEST

START_TEST(first_block_is_small_and_blocks_grow)
{
    imap4__arena_bytes(&arena, 1);
    ck_assert_uint_eq(arena.total, 2048);
    for (int i = 0; i < 100000; i++)
        imap4__arena_bytes(&arena, 10);
    /* a megabyte in blocks that double up to 64 KiB */
    ck_assert_uint_ge(memory.calls, 15);
    ck_assert_uint_le(memory.calls, 25);
}
END_TEST

START_TEST(big_request_leaves_the_rest_of_the_block)
{
    char *small = imap4__arena_bytes(&arena, 10);
    char *big;
    char *next;

    big = imap4__arena_bytes(&arena, 1000000);
    memset(big, 1, 1000000);
    next = imap4__arena_bytes(&arena, 10);
    ck_assert_uint_eq(memory.calls, 2);
    ck_assert_int_eq(small - next, 10);
}
END_TEST

START_TEST(reset_keeps_one_block)
{
    imap4__arena_alloc(&arena, 100);
    imap4__arena_reset(&arena, 4096);
    ck_assert_uint_eq(memory.live, 1);
    imap4__arena_alloc(&arena, 100);
    ck_assert_uint_eq(memory.calls, 1);
}
END_TEST

START_TEST(reset_keeps_nothing_above_the_bound)
{
    imap4__arena_alloc(&arena, 100000);
    imap4__arena_reset(&arena, 65536);
    ck_assert_uint_eq(memory.live, 0);
    ck_assert_uint_eq(arena.total, 0);
    imap4__arena_bytes(&arena, 1);
    ck_assert_uint_eq(arena.total, 2048);

    /* the largest that fits, of several that together do not */
    imap4__arena_bytes(&arena, 2000);
    imap4__arena_bytes(&arena, 3000);
    imap4__arena_bytes(&arena, 900000);
    imap4__arena_reset(&arena, 4096);
    ck_assert_uint_eq(memory.live, 1);
    ck_assert_uint_le(arena.total, 4096);
    ck_assert_uint_gt(arena.total, 2048);
}
END_TEST

START_TEST(steady_use_allocates_nothing)
{
    size_t calls = 0;

    for (int round = 0; round < 5; round++) {
        calls = memory.calls;
        imap4__arena_alloc(&arena, 500);
        imap4__arena_bytes(&arena, 40000);
        for (int i = 0; i < 60; i++)
            imap4__arena_bytes(&arena, 100);
        imap4__arena_reset(&arena, 65536);
    }
    ck_assert_uint_eq(memory.calls, calls);
}
END_TEST

START_TEST(absurd_sizes_fail)
{
    imap4_str text;

    ck_assert_ptr_null(imap4__arena_alloc(&arena, SIZE_MAX));
    ck_assert_ptr_null(imap4__arena_alloc(&arena, SIZE_MAX - 20));
    ck_assert_ptr_null(imap4__arena_bytes(&arena, SIZE_MAX));
    ck_assert_int_eq(imap4__arena_str(&arena, "x", SIZE_MAX, &text), IMAP4_ERROR_MEMORY);
    ck_assert_uint_eq(memory.calls, 0);
}
END_TEST

START_TEST(failure_leaves_the_arena_usable)
{
    size_t n = 0;

    do {
        test_memory_init(&memory, ++n);
        imap4__arena_init(&arena, &memory.allocator);
        for (size_t i = 0; i < 200; i++) {
            imap4_str text = {"untouched", 9};
            int result = imap4__arena_str(&arena, "some text", 9, &text);

            if (result != IMAP4_OK) {
                ck_assert_int_eq(result, IMAP4_ERROR_MEMORY);
                ck_assert_str_eq(text.data, "untouched");
                ck_assert_int_eq(imap4__arena_str(&arena, "some text", 9, &text), IMAP4_OK);
            }
            if (imap4__arena_zalloc(&arena, 40) == NULL)
                ck_assert_ptr_nonnull(imap4__arena_zalloc(&arena, 40));
        }
        imap4__arena_clear(&arena);
        ck_assert_uint_eq(memory.live, 0);
    } while (memory.failed > 0);
    ck_assert_uint_gt(n, 3);
}
END_TEST

Suite *arena_suite(void)
{
    const TTest *const tests[] = {
        init_allocates_nothing,
        alloc_is_aligned_and_apart,
        zalloc_is_zero_after_use,
        text_costs_its_bytes_only,
        nil_is_not_empty,
        first_block_is_small_and_blocks_grow,
        big_request_leaves_the_rest_of_the_block,
        reset_keeps_one_block,
        reset_keeps_nothing_above_the_bound,
        steady_use_allocates_nothing,
        absurd_sizes_fail,
        failure_leaves_the_arena_usable,
        NULL,
    };
    Suite *suite = suite_create("arena");

    tcase_add_checked_fixture(suite_tests(suite, "arena", tests), start, finish);
    return suite;
}
