#include "wire/numbers.h"

#include "support/memory.h"
#include "support/suite.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *numbers_suite(void);

#define STAR IMAP4_SET_STAR
#define MOST 8
#define LARGEST UINT32_MAX

typedef struct range {
    uint32_t first;
    uint32_t last;
} range;

/* A list as text: its ranges, and the numbers one by one. */
static const char *ranges_of(const imap4__numbers *numbers)
{
    static char text[1024];
    size_t used = 0;
    imap4_set_cursor cursor = {0};
    range r;

    text[0] = '\0';
    while (imap4__numbers_next_range(numbers, &cursor, &r.first, &r.last))
        used += (size_t)snprintf(text + used, sizeof text - used, "%u:%u ", (unsigned)r.first, (unsigned)r.last);
    ck_assert_int_eq(imap4__numbers_next_range(numbers, &cursor, &r.first, &r.last), 0);
    return text;
}

static const char *numbers_of(const imap4__numbers *numbers)
{
    static char text[1024];
    size_t used = 0;
    imap4_set_cursor cursor = {0};
    uint32_t number;

    text[0] = '\0';
    while (used + 16 < sizeof text && imap4__numbers_next(numbers, &cursor, &number))
        used += (size_t)snprintf(text + used, sizeof text - used, "%u ", (unsigned)number);
    return text;
}

/* `*` is 0. */
static const struct row {
    range in[MOST];
    size_t size;
    const char *ranges;
    const char *numbers; /* NULL: too many */
    uint64_t count;
    int unordered;
} rows[] = {
    {{{0, 0}}, 0, "", "", 0, 0},
    {{{7, 7}}, 1, "7:7 ", "7 ", 1, 0},
    {{{7, 7}, {8, 8}}, 2, "7:8 ", "7 8 ", 2, 0},
    {{{7, 7}, {8, 8}, {9, 9}}, 3, "7:9 ", "7 8 9 ", 3, 0},
    {{{7, 7}, {9, 9}, {10, 10}, {12, 12}}, 4, "7:7 9:10 12:12 ", "7 9 10 12 ", 4, 0},
    {{{7, 8}, {9, 10}}, 2, "7:10 ", "7 8 9 10 ", 4, 0},
    {{{7, 8}, {10, 11}, {13, 14}}, 3, "7:8 10:11 13:14 ", "7 8 10 11 13 14 ", 6, 0},
    {{{3, 1}, {4, 4}}, 2, "1:4 ", "1 2 3 4 ", 4, 0},
    {{{8, 7}}, 1, "7:8 ", "7 8 ", 2, 0},
    {{{5, 5}, {4, 4}, {3, 3}}, 3, "5:5 4:4 3:3 ", "5 4 3 ", 3, 1},
    {{{2, 2}, {2, 2}, {3, 3}}, 3, "2:2 2:3 ", "2 2 3 ", 3, 1},
    {{{7, 9}, {1, 3}}, 2, "7:9 1:3 ", "7 8 9 1 2 3 ", 6, 1},
    {{{1, LARGEST}}, 1, "1:4294967295 ", NULL, LARGEST, 0},
    {{{LARGEST, LARGEST}}, 1, "4294967295:4294967295 ", "4294967295 ", 1, 0},
    {{{LARGEST - 1, LARGEST - 1}, {LARGEST, LARGEST}, {1, 1}},
     3,
     "4294967294:4294967295 1:1 ",
     "4294967294 4294967295 1 ",
     3,
     1},
    {{{STAR, STAR}}, 1, "0:0 ", "0 ", 1, 0},
    {{{5, STAR}}, 1, "5:0 ", "5 0 ", 2, 0},
    {{{STAR, 5}}, 1, "5:0 ", "5 0 ", 2, 0},
    {{{1, STAR}}, 1, "1:0 ", "1 0 ", 2, 0},
    {{{LARGEST, STAR}}, 1, "4294967295:0 ", "4294967295 0 ", 2, 0},
    {{{LARGEST, LARGEST}, {STAR, STAR}}, 2, "4294967295:4294967295 0:0 ", "4294967295 0 ", 2, 0},
    {{{4, 4}, {5, STAR}}, 2, "4:4 5:0 ", "4 5 0 ", 3, 0},
    {{{5, STAR}, {6, 6}}, 2, "5:0 6:6 ", "5 0 6 ", 3, 1},
    {{{STAR, STAR}, {1, 1}, {2, 2}}, 3, "0:0 1:2 ", "0 1 2 ", 3, 1},
    {{{STAR, STAR}, {STAR, STAR}}, 2, "0:0 0:0 ", "0 0 ", 2, 1},
};

START_TEST(walks_give_what_was_added)
{
    const struct row *row = &rows[_i];
    imap4__arena arena;
    imap4__numbers numbers = {0};

    imap4__arena_init(&arena, NULL);
    for (size_t i = 0; i < row->size; i++)
        ck_assert_int_eq(imap4__numbers_add(&numbers, &arena, row->in[i].first, row->in[i].last), IMAP4_OK);
    ck_assert_int_eq(imap4__numbers_finish(&numbers, &arena), IMAP4_OK);
    ck_assert_int_eq(imap4__numbers_finish(&numbers, &arena), IMAP4_OK);
    ck_assert_str_eq(ranges_of(&numbers), row->ranges);
    if (row->numbers != NULL)
        ck_assert_str_eq(numbers_of(&numbers), row->numbers);
    ck_assert_uint_eq(numbers.count, row->count);
    ck_assert_int_eq(numbers.unordered, row->unordered);
    imap4__arena_clear(&arena);
}
END_TEST

/* A finished list may go on; what it had is closed. */
START_TEST(finished_lists_may_grow)
{
    imap4__arena arena;
    imap4__numbers numbers = {0};

    imap4__arena_init(&arena, NULL);
    for (uint32_t i = 3; i < 7; i++) {
        imap4__numbers_add(&numbers, &arena, i, i);
        imap4__numbers_finish(&numbers, &arena);
    }
    ck_assert_int_eq(numbers.unordered, 0);
    ck_assert_str_eq(numbers_of(&numbers), "3 4 5 6 ");
    imap4__numbers_add(&numbers, &arena, 6, 6);
    imap4__numbers_finish(&numbers, &arena);
    ck_assert_int_eq(numbers.unordered, 1);
    ck_assert_str_eq(numbers_of(&numbers), "3 4 5 6 6 ");
    imap4__arena_clear(&arena);
}
END_TEST

/* Memory that is counted, as the system sees it but for its own book-keeping. */
typedef struct counted {
    size_t held;
    size_t peak;
} counted;

static void *count_allocate(void *user, size_t size)
{
    counted *c = user;
    size_t *block = malloc(size + 16);

    if (block == NULL)
        return NULL;
    block[0] = size;
    c->held += size;
    c->peak = c->held > c->peak ? c->held : c->peak;
    return (char *)block + 16;
}

static void count_release(void *user, void *memory)
{
    counted *c = user;
    char *block = (char *)memory - 16;

    c->held -= *(size_t *)(void *)block;
    free(block);
}

static void *count_reallocate(void *user, void *memory, size_t size)
{
    (void)user;
    (void)memory;
    (void)size;
    abort(); /* nothing may be copied while a list grows */
}

enum {
    ODD,
    EACH,
    PAIRS,
    RANDOM,
    PATTERNS
};

/* The numbers of a list, from 1 on. */
static uint32_t number_at(int pattern, uint32_t i, uint32_t *seed)
{
    switch (pattern) {
    case ODD:
        return 2 * i;
    case EACH:
        return i;
    case PAIRS:
        return i + i / 2;
    default:
        *seed = *seed * 1664525u + 1013904223u;
        return *seed | 1;
    }
}

START_TEST(four_bytes_a_number)
{
    for (uint32_t size = 1000; size <= 1000000; size *= 10) {
        counted memory = {0, 0};
        imap4_allocator allocator = {count_allocate, count_reallocate, count_release, &memory};
        imap4__arena arena;
        imap4__numbers numbers = {0};
        imap4_set_cursor cursor = {0};
        uint32_t seed = 1;
        uint32_t number = 0;
        uint32_t wrong = 0;

        imap4__arena_init(&arena, &allocator);
        for (uint32_t i = 1; i <= size; i++) {
            number = number_at(_i, i, &seed);
            wrong += imap4__numbers_add(&numbers, &arena, number, number) != IMAP4_OK;
        }
        wrong += imap4__numbers_finish(&numbers, &arena) != IMAP4_OK;
        seed = 1;
        for (uint32_t i = 1; i <= size; i++)
            wrong += !imap4__numbers_next(&numbers, &cursor, &number) || number != number_at(_i, i, &seed);
        wrong += imap4__numbers_next(&numbers, &cursor, &number) != 0;
        ck_assert_uint_eq(wrong, 0);
        ck_assert_uint_eq(numbers.count, size);
        /* Besides: what is empty in the last blocks of the list and of the arena, and the headers of the others. */
        if (_i == EACH)
            ck_assert_uint_le(memory.peak, 4096);
        else
            ck_assert_uint_le(memory.peak, 4 * (size_t)size + 16 * 1024 + size / 32);
        ck_assert_uint_le(numbers.bytes, memory.peak);
        imap4__arena_clear(&arena);
        ck_assert_uint_eq(memory.held, 0);
    }
}
END_TEST

static void *dirty_allocate(void *user, size_t size)
{
    void *memory = malloc(size);

    (void)user;
    return memory != NULL ? memset(memory, 8, size) : NULL;
}

static void dirty_release(void *user, void *memory)
{
    (void)user;
    free(memory);
}

/* What lies behind the last number looks like the one that would follow it. */
START_TEST(nothing_is_read_behind_the_end)
{
    imap4_allocator allocator = {dirty_allocate, count_reallocate, dirty_release, NULL};
    imap4__arena arena;
    imap4__numbers numbers = {0};

    imap4__arena_init(&arena, &allocator);
    imap4__numbers_add(&numbers, &arena, 0x08080807, 0x08080807);
    imap4__numbers_finish(&numbers, &arena);
    ck_assert_str_eq(ranges_of(&numbers), "134744071:134744071 ");
    imap4__arena_clear(&arena);
}
END_TEST

/* Ranges and pairs at every place of a block, so that some of them do not fit in its end. */
START_TEST(entries_lie_in_one_block)
{
    for (uint32_t before = 0; before < 140; before++) {
        imap4__arena arena;
        imap4__numbers numbers = {0};
        imap4_set_cursor cursor = {0};
        range r;

        imap4__arena_init(&arena, NULL);
        for (uint32_t i = 0; i < before; i++)
            imap4__numbers_add(&numbers, &arena, 2 * i + 1, 2 * i + 1);
        imap4__numbers_add(&numbers, &arena, 1001, 1002);
        imap4__numbers_add(&numbers, &arena, 2001, 2005);
        imap4__numbers_add(&numbers, &arena, 3001, 3002);
        imap4__numbers_add(&numbers, &arena, 4001, STAR);
        imap4__numbers_finish(&numbers, &arena);
        ck_assert_uint_eq(numbers.ranges, before + 4);
        ck_assert_uint_eq(numbers.count, before + 11);
        for (uint32_t i = 0; i < before; i++) {
            ck_assert_int_eq(imap4__numbers_next_range(&numbers, &cursor, &r.first, &r.last), 1);
            ck_assert(r.first == 2 * i + 1 && r.last == r.first);
        }
        for (uint32_t i = 1; i <= 4; i++) {
            static const uint32_t lasts[] = {1002, 2005, 3002, STAR};

            ck_assert_int_eq(imap4__numbers_next_range(&numbers, &cursor, &r.first, &r.last), 1);
            ck_assert(r.first == 1000 * i + 1 && r.last == lasts[i - 1]);
        }
        ck_assert_int_eq(imap4__numbers_next_range(&numbers, &cursor, &r.first, &r.last), 0);
        imap4__arena_clear(&arena);
    }
}
END_TEST

/* Against a bit field; ascending lists, which are searched block by block, and others. */
START_TEST(contained_numbers_are_found)
{
    enum {
        LIMIT = 4000
    };

    for (int ordered = 0; ordered < 2; ordered++) {
        uint8_t bits[LIMIT + 1] = {0};
        imap4__arena arena;
        imap4__numbers numbers = {0};
        uint32_t seed = 7;
        int wrong = 0;

        imap4__arena_init(&arena, NULL);
        for (uint32_t i = 1; i < LIMIT - 8;) {
            uint32_t last;

            seed = seed * 1664525u + 1013904223u;
            last = i + (seed >> 16) % 4;
            imap4__numbers_add(&numbers, &arena, i, last);
            memset(bits + i, 1, last - i + 1);
            i = last + 2 + (seed >> 24) % 5;
        }
        if (!ordered) {
            imap4__numbers_add(&numbers, &arena, 3, 5);
            memset(bits + 3, 1, 3);
        }
        imap4__numbers_finish(&numbers, &arena);
        ck_assert_int_eq(numbers.unordered, !ordered);
        for (uint32_t i = 0; i <= LIMIT; i++)
            wrong += imap4__numbers_contain(&numbers, i) != bits[i];
        ck_assert_int_eq(wrong, 0);
        ck_assert_int_eq(imap4__numbers_contain(&numbers, LARGEST), 0);
        imap4__arena_clear(&arena);
    }
}
END_TEST

START_TEST(stars_contain_what_is_behind)
{
    static const struct star_row {
        range in[3];
        const char *has; /* of 1, 5, 9 and the largest */
    } stars[] = {
        {{{1, 1}, {5, STAR}, {5, STAR}}, "xxxx"},    {{{STAR, STAR}, {1, 1}, {1, 1}}, "x..."},
        {{{1, 1}, {3, 3}, {STAR, STAR}}, "x..."},    {{{1, 1}, {3, 3}, {6, STAR}}, "x.xx"},
        {{{LARGEST, STAR}, {9, 9}, {9, 9}}, "..xx"},
    };
    static const uint32_t asked[] = {1, 5, 9, LARGEST};

    for (size_t i = 0; i < sizeof stars / sizeof *stars; i++) {
        imap4__arena arena;
        imap4__numbers numbers = {0};

        imap4__arena_init(&arena, NULL);
        for (int j = 0; j < 3; j++)
            imap4__numbers_add(&numbers, &arena, stars[i].in[j].first, stars[i].in[j].last);
        imap4__numbers_finish(&numbers, &arena);
        for (int j = 0; j < 4; j++)
            ck_assert_msg(imap4__numbers_contain(&numbers, asked[j]) == (stars[i].has[j] == 'x'), "%zu %d", i, j);
        ck_assert_int_eq(imap4__numbers_contain(&numbers, STAR), 0);
        imap4__arena_clear(&arena);
    }
}
END_TEST

/* Each of three lists in turn is appended to; the first ends with a full and an empty last block. */
START_TEST(joined_lists_are_one)
{
    for (uint32_t size = 0; size < 130; size += 43) {
        imap4__arena arena;
        imap4__numbers lists[3] = {{0}, {0}, {0}};
        imap4_set_cursor cursor = {0};
        uint32_t number = 0;

        imap4__arena_init(&arena, NULL);
        for (uint32_t l = 0; l < 3; l++) {
            for (uint32_t i = 0; i < size; i++)
                imap4__numbers_add(&lists[l], &arena, 1000 * l + 2 * i + 1, 1000 * l + 2 * i + 1);
            imap4__numbers_finish(&lists[l], &arena);
        }
        imap4__numbers_join(&lists[0], &lists[1]);
        imap4__numbers_join(&lists[0], &lists[2]);
        ck_assert_uint_eq(lists[0].count, 3 * size);
        ck_assert_uint_eq(lists[0].ranges, 3 * size);
        ck_assert_int_eq(lists[0].unordered, 0);
        for (uint32_t i = 0; i < 3 * size; i++) {
            ck_assert_int_eq(imap4__numbers_next(&lists[0], &cursor, &number), 1);
            ck_assert_uint_eq(number, 1000 * (i / size) + 2 * (i % size) + 1);
            ck_assert_int_eq(imap4__numbers_contain(&lists[0], number), 1);
            ck_assert_int_eq(imap4__numbers_contain(&lists[0], number + 1), 0);
        }
        ck_assert_int_eq(imap4__numbers_next(&lists[0], &cursor, &number), 0);
        memset(&cursor, 0, sizeof cursor);
        for (uint32_t i = 0; i < size; i++) /* the second goes on ending where it did */
            ck_assert_int_eq(imap4__numbers_next(&lists[1], &cursor, &number), 1);
        ck_assert_int_eq(imap4__numbers_next(&lists[1], &cursor, &number), 0);
        imap4__arena_clear(&arena);
    }
}
END_TEST

/* Order is told from where the list ends now, not from where it ended first. */
START_TEST(joined_lists_know_their_order)
{
    static const uint32_t parts[][3] = {{1, 9, 5}, {1, 5, 9}, {5, 1, 9}, {5, 9, STAR}, {5, STAR, 9}};
    static const int unordered[] = {1, 0, 1, 0, 1};

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        imap4__arena arena;
        imap4__numbers lists[3] = {{0}, {0}, {0}};

        imap4__arena_init(&arena, NULL);
        for (int l = 0; l < 3; l++) {
            imap4__numbers_add(&lists[l], &arena, parts[i][l], parts[i][l]);
            imap4__numbers_finish(&lists[l], &arena);
        }
        imap4__numbers_join(&lists[0], &lists[1]);
        imap4__numbers_join(&lists[0], &lists[2]);
        ck_assert_int_eq(lists[0].unordered, unordered[i]);
        ck_assert_int_eq(imap4__numbers_contain(&lists[0], 5), 1);
        imap4__arena_clear(&arena);
    }
}
END_TEST

/* What could not be added is not there, and adding it again goes on as if nothing had been. */
START_TEST(every_allocation_may_fail)
{
    test_memory memory;
    size_t n = 0;

    do {
        imap4__arena arena;
        imap4__numbers numbers = {0};
        imap4_set_cursor cursor = {0};
        uint32_t number = 0;

        test_memory_init(&memory, ++n);
        imap4__arena_init(&arena, &memory.allocator);
        for (uint32_t i = 1; i <= 3000; i++) {
            imap4__numbers before = numbers;

            if (imap4__numbers_add(&numbers, &arena, 3 * i, 3 * i) != IMAP4_OK) {
                ck_assert_mem_eq(&numbers, &before, sizeof numbers);
                ck_assert_int_eq(imap4__numbers_add(&numbers, &arena, 3 * i, 3 * i), IMAP4_OK);
            }
        }
        if (imap4__numbers_finish(&numbers, &arena) != IMAP4_OK)
            ck_assert_int_eq(imap4__numbers_finish(&numbers, &arena), IMAP4_OK);
        ck_assert_uint_eq(numbers.count, 3000);
        for (uint32_t i = 1; i <= 3000; i++) {
            ck_assert_int_eq(imap4__numbers_next(&numbers, &cursor, &number), 1);
            ck_assert_uint_eq(number, 3 * i);
        }
        imap4__arena_clear(&arena);
        ck_assert_uint_eq(memory.live, 0);
    } while (memory.failed > 0);
    ck_assert_uint_gt(n, 3);
}
END_TEST

Suite *numbers_suite(void)
{
    const TTest *const tests[] = {
        finished_lists_may_grow,       nothing_is_read_behind_the_end, entries_lie_in_one_block,
        contained_numbers_are_found,   stars_contain_what_is_behind,   joined_lists_are_one,
        joined_lists_know_their_order, every_allocation_may_fail,      NULL,
    };
    Suite *suite = suite_create("numbers");
    TCase *tcase = suite_tests(suite, "numbers", tests);

    tcase_add_loop_test(tcase, walks_give_what_was_added, 0, (int)(sizeof rows / sizeof *rows));
    tcase_add_loop_test(tcase, four_bytes_a_number, 0, PATTERNS);
    return suite;
}
