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
    /* a megabyte in blocks half as large as all before, up to 64 KiB */
    ck_assert_uint_ge(memory.calls, 20);
    ck_assert_uint_le(memory.calls, 30);
    /* and little of it is left over */
    ck_assert_uint_le(arena.total, arena.used + 65536 + 2000);
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

    /* a small one that fits, of several that together do not */
    imap4__arena_bytes(&arena, 2000);
    imap4__arena_bytes(&arena, 3000);
    imap4__arena_bytes(&arena, 900000);
    imap4__arena_reset(&arena, 4096);
    ck_assert_uint_le(memory.live, 1);
    ck_assert_uint_le(arena.total, 4096);
}
END_TEST

START_TEST(a_large_use_is_soon_forgotten)
{
    for (int i = 0; i < 3; i++) {
        imap4__arena_bytes(&arena, 50000);
        imap4__arena_reset(&arena, 65536);
        ck_assert_uint_ge(arena.usual, 50000);
    }
    imap4__arena_bytes(&arena, 1000);
    imap4__arena_reset(&arena, 65536);
    imap4__arena_bytes(&arena, 1000);
    ck_assert_uint_le(arena.total, 4096);
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

START_TEST(the_limit_is_for_what_is_asked_for)
{
    arena.limit = 1000;
    ck_assert_ptr_nonnull(imap4__arena_bytes(&arena, 990));
    ck_assert_ptr_null(imap4__arena_bytes(&arena, 11));
    ck_assert_int_eq(arena.over, 1);
    ck_assert_ptr_nonnull(imap4__arena_bytes(&arena, 10));
    arena.limit = 0;
    ck_assert_ptr_nonnull(imap4__arena_bytes(&arena, 100));
    ck_assert_uint_eq(arena.used, 1100);
}
END_TEST

START_TEST(memory_changes_hands)
{
    imap4__arena other;
    imap4_str text;
    imap4_str mine;
    size_t calls;

    imap4__arena_init(&other, &memory.allocator);
    imap4__arena_adopt(&arena, &other); /* nothing */
    imap4__arena_str(&other, "theirs", 6, &text);
    imap4__arena_bytes(&other, 100000);
    calls = memory.calls;
    imap4__arena_adopt(&arena, &other);
    imap4__arena_clear(&other);
    ck_assert_uint_eq(other.total, 0);
    ck_assert_uint_gt(arena.total, 100000);
    ck_assert_uint_eq(arena.used, 100007);
    ck_assert_str_eq(text.data, "theirs");
    ck_assert_uint_eq(memory.calls, calls);
    imap4__arena_str(&arena, "mine", 4, &mine);
    imap4__arena_str(&other, "again", 5, &text);
    imap4__arena_adopt(&arena, &other);
    imap4__arena_str(&arena, "more", 4, &text);
    ck_assert_int_eq(mine.data - text.data, 5); /* still the same block that is filled */
    ck_assert_uint_eq(memory.live, 4);
    imap4__arena_reset(&arena, 4096);
}
END_TEST

/* Back to a mark: what was there stays as it was, and what came since may come again. */
START_TEST(a_mark_can_be_gone_back_to)
{
    imap4__arena_mark empty = imap4__arena_here(&arena);
    imap4__arena_mark mark;
    imap4_str before;
    imap4_str text;
    size_t total;

    imap4__arena_str(&arena, "before", 6, &before);
    total = arena.total;
    mark = imap4__arena_here(&arena);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 500; i++) {
            imap4__arena_alloc(&arena, 100);
            imap4__arena_str(&arena, "behind", 6, &text);
        }
        imap4__arena_bytes(&arena, 100000);
        imap4__arena_back(&arena, &mark);
        ck_assert_uint_eq(arena.total, total);
        ck_assert_uint_eq(arena.used, 7);
        ck_assert_uint_eq(memory.live, 1);
        ck_assert_str_eq(before.data, "before");
    }
    imap4__arena_back(&arena, &empty);
    ck_assert_uint_eq(memory.live, 0);
    ck_assert_ptr_nonnull(imap4__arena_bytes(&arena, 1));
}
END_TEST

/* A text of that length in such pieces. */
static imap4_str grow_text(size_t len, size_t piece, size_t most)
{
    imap4__arena_text text;
    char bytes[1000];

    ck_assert_int_eq(imap4__arena_text_begin(&arena, &text, piece < most ? piece : most, most), IMAP4_OK);
    for (size_t at = 0; at < len;) {
        size_t some = len - at < piece ? len - at : piece;

        for (size_t i = 0; i < some; i++)
            bytes[i] = (char)('a' + (at + i) % 26);
        ck_assert_int_eq(imap4__arena_text_add(&arena, &text, bytes, some), IMAP4_OK);
        ck_assert_uint_le(arena.total, 2 * (at + some) + 16384 + arena.usual); /* with what has come, whatever was announced */
        at += some;
    }
    return imap4__arena_text_end(&arena, &text);
}

START_TEST(texts_grow)
{
    static const size_t lengths[] = {0, 1, 100, 2000, 4096, 4097, 20000, 100000};
    static const size_t pieces[] = {3, 70, 1000};

    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        for (size_t j = 0; j < sizeof pieces / sizeof *pieces; j++) {
            imap4_str neighbour;
            imap4_str text;
            size_t same = 0;

            if (i % 2)
                imap4__arena_str(&arena, "neighbour", 9, &neighbour);
            text = grow_text(lengths[i], pieces[j], lengths[i]);
            ck_assert_uint_eq(text.len, lengths[i]);
            ck_assert_int_eq(text.data[text.len], '\0');
            while (same < text.len && text.data[same] == (char)('a' + same % 26))
                same++;
            ck_assert_uint_eq(same, text.len);
            ck_assert_uint_le(arena.total, lengths[i] + 10000); /* no more than there is */
            if (i % 2)
                ck_assert_str_eq(neighbour.data, "neighbour");
            imap4__arena_reset(&arena, 8192);
        }
    }
    ck_assert_uint_eq(grow_text(10, 1, SIZE_MAX / 2).len, 10); /* announced, and never came */
}
END_TEST

START_TEST(texts_that_fit_allocate_nothing)
{
    size_t calls = 0;

    for (int i = 0; i < 5; i++) {
        calls = memory.calls;
        grow_text(20000, 1000, 20000);
        imap4__arena_alloc(&arena, 300);
        imap4__arena_reset(&arena, 65536);
    }
    ck_assert_uint_eq(memory.calls, calls);
}
END_TEST

START_TEST(texts_survive_a_lack_of_memory)
{
    size_t n = 0;

    do {
        imap4__arena_text text;
        imap4_str other;

        test_memory_init(&memory, ++n);
        imap4__arena_init(&arena, &memory.allocator);
        if (imap4__arena_text_begin(&arena, &text, 1, 50000) != IMAP4_OK)
            ck_assert_int_eq(imap4__arena_text_begin(&arena, &text, 1, 50000), IMAP4_OK);
        for (int i = 0; i < 5000; i++) {
            if (imap4__arena_text_add(&arena, &text, "0123456789", 10) != IMAP4_OK)
                ck_assert_int_eq(imap4__arena_text_add(&arena, &text, "0123456789", 10), IMAP4_OK);
            if (i % 1000 == 0 && imap4__arena_str(&arena, "other", 5, &other) != IMAP4_OK)
                ck_assert_int_eq(imap4__arena_str(&arena, "other", 5, &other), IMAP4_OK);
        }
        other = imap4__arena_text_end(&arena, &text);
        ck_assert_uint_eq(other.len, 50000);
        ck_assert_mem_eq(other.data + 49990, "0123456789", 11);
        imap4__arena_clear(&arena);
        ck_assert_uint_eq(memory.live, 0);
    } while (memory.failed > 0);
    ck_assert_uint_gt(n, 4);
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
        a_large_use_is_soon_forgotten,
        steady_use_allocates_nothing,
        the_limit_is_for_what_is_asked_for,
        memory_changes_hands,
        a_mark_can_be_gone_back_to,
        texts_grow,
        texts_that_fit_allocate_nothing,
        texts_survive_a_lack_of_memory,
        absurd_sizes_fail,
        failure_leaves_the_arena_usable,
        NULL,
    };
    Suite *suite = suite_create("arena");

    tcase_add_checked_fixture(suite_tests(suite, "arena", tests), start, finish);
    return suite;
}
