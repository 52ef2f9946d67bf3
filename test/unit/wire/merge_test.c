#include "wire/run.h"

#include "support/memory.h"
#include "support/suite.h"

#include <stdint.h>
#include <string.h>

Suite *merge_suite(void);

static imap4__set *read_set(imap4__arena *arena, const char *text)
{
    imap4__run run;
    size_t taken;

    ck_assert_int_eq(imap4__run_begin(&run, IMAP4__RUN_SET, arena), IMAP4_OK);
    ck_assert_int_eq(imap4__run_feed(&run, (const uint8_t *)text, strlen(text), &taken), IMAP4_OK);
    ck_assert_int_eq(imap4__run_end(&run), IMAP4_OK);
    return run.set;
}

static const struct row {
    const char *in;
    const char *out;
    uint32_t largest;
    const char *covered;     /* a range it holds */
    const char *not_covered; /* and one it does not */
} rows[] = {
    {"", "", 0, NULL, "1:1"},
    {"7", "7", 7, "7:7", "7:8"},
    {"5,3,4", "3:5", 5, "3:5", "2:3"},
    {"9:7,1:3,20", "1:3,7:9,20", 20, "8:9", "3:7"},
    {"1:3,2,2,2:5,7", "1:5,7", 7, "1:5", "5:7"},
    {"10:20,12:13,21", "10:21", 21, "20:21", "9:10"},
    {"4294967295,1,4294967294", "1,4294967294:4294967295", UINT32_MAX, "4294967294:4294967295", "1:2"},
    {"1:4294967295,7", "1:4294967295", UINT32_MAX, "1:4294967295", "1:0"},
    {"*", "*", 0, "0:0", "1:1"},
    {"*,5", "5,*", 0, "5:5", "5:6"},
    {"5:*,3,9:*", "3,5:*", 0, "5:0", "3:4"},
    {"4,5:*,*", "4:*", 0, "4:0", "3:4"},
    {"8,7,6,5,4,3,2,1,16,14,12,10", "1:8,10,12,14,16", 16, "1:8", "8:10"},
};

static int covers(const imap4__set *set, const char *range)
{
    uint32_t ends[2] = {0, 0};

    for (int i = 0; *range != '\0'; range++) {
        if (*range == ':')
            i++;
        else
            ends[i] = ends[i] * 10 + (uint32_t)(*range - '0');
    }
    return imap4__set_covers(set, ends[0], ends[1]);
}

/* A program's set comes out as it went in; one from the wire as a program's would be. */
START_TEST(merged_sets_are_as_programs_make_them)
{
    imap4__arena arena;

    imap4__arena_init(&arena, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        imap4__set *made = NULL;
        const imap4__set *merged[2];

        imap4__set_new(&made, NULL);
        imap4__set_parse(made, row->in, strlen(row->in));
        merged[0] = imap4__set_merged(&arena, made);
        merged[1] = imap4__set_merged(&arena, read_set(&arena, row->in));
        imap4__set_free(made);
        for (int kind = 0; kind < 2; kind++) {
            imap4_str text;

            ck_assert_int_eq(imap4__set_text(&arena, merged[kind], &text), IMAP4_OK);
            ck_assert_str_eq(text.data, row->out);
            ck_assert_uint_eq(imap4__set_largest(merged[kind]), row->largest);
            ck_assert_int_eq(imap4__set_has_star(merged[kind]), row->largest == 0 && row->out[0] != '\0');
            ck_assert(row->covered == NULL || covers(merged[kind], row->covered));
            ck_assert_msg(!covers(merged[kind], row->not_covered), "%s %s", row->in, row->not_covered);
        }
    }
    imap4__arena_clear(&arena);
}
END_TEST

/* Whatever the order; descending and equal ones are what makes a careless sort slow. */
START_TEST(many_ranges_are_sorted)
{
    enum {
        SIZE = 100000
    };

    for (int order = 0; order < 4; order++) {
        imap4__arena arena;
        imap4__set *set;
        imap4__set *merged;
        imap4_set_cursor cursor = {0};
        uint32_t before = 0;
        uint32_t first;
        uint32_t last;
        uint32_t wrong = 0;

        imap4__arena_init(&arena, NULL);
        set = imap4__set_of_wire(&arena);
        for (uint32_t i = 0; i < SIZE; i++) {
            const uint32_t numbers[] = {3 * i + 1, 3 * (SIZE - i), 7, (uint32_t)((uint64_t)i * 7919 % SIZE) * 2 + 1};

            wrong += imap4__numbers_add(set->numbers, &arena, numbers[order], numbers[order]) != IMAP4_OK;
        }
        imap4__numbers_finish(set->numbers, &arena);
        merged = imap4__set_merged(&arena, set);
        ck_assert_uint_eq(imap4__set_ranges(merged), order == 2 ? 1 : SIZE);
        while (imap4__set_next_range(merged, &cursor, &first, &last)) {
            wrong += first != last || first <= before;
            before = last;
        }
        for (uint32_t i = 0; i < SIZE; i++)
            wrong += order == 3 && !imap4__set_contains(merged, 2 * i + 1);
        ck_assert_uint_eq(wrong, 0);
        imap4__arena_clear(&arena);
    }
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    imap4__set huge = {.count = SIZE_MAX / sizeof(imap4__range) + 1};
    imap4__arena kept;
    imap4__arena arena;
    imap4__set *set;
    test_memory memory;
    size_t n = 0;

    imap4__arena_init(&kept, NULL);
    set = imap4__set_of_wire(&kept);
    for (uint32_t i = 1; i < 2000; i++)
        imap4__numbers_add(set->numbers, &kept, 2 * i, 2 * i);
    imap4__numbers_finish(set->numbers, &kept);
    do {
        test_memory_init(&memory, ++n);
        imap4__arena_init(&arena, &memory.allocator);
        ck_assert_int_eq(imap4__set_merged(&arena, set) == NULL, memory.failed > 0);
        imap4__arena_clear(&arena);
        ck_assert_uint_eq(memory.live, 0);
    } while (memory.failed > 0);
    ck_assert_uint_eq(n, 3);
    imap4__arena_init(&arena, NULL);
    ck_assert_ptr_null(imap4__set_merged(&arena, &huge));
    imap4__arena_clear(&arena);
    imap4__arena_clear(&kept);
}
END_TEST

Suite *merge_suite(void)
{
    const TTest *const tests[] = {
        merged_sets_are_as_programs_make_them,
        many_ranges_are_sorted,
        every_allocation_may_fail,
        NULL,
    };
    Suite *suite = suite_create("merge");

    suite_tests(suite, "merge", tests);
    return suite;
}
