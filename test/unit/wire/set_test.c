#include "wire/set.h"

#include "support/memory.h"
#include "support/suite.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

Suite *set_suite(void);

/* A set as text, ranges as they are stored. */
static const char *shown(const imap4__set *set)
{
    static char text[4096];
    size_t used = 0;
    uint32_t first;
    uint32_t last;

    text[0] = '\0';
    for (imap4_set_cursor at = {0}; imap4__set_next_range(set, &at, &first, &last);) {
        char numbers[2][16];

        snprintf(numbers[0], 16, "%u", (unsigned)first);
        snprintf(numbers[1], 16, "%u", (unsigned)last);
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", used > 0 ? "," : "",
                                 first == IMAP4_SET_STAR ? "*" : numbers[0]);
        if (first != last)
            used += (size_t)snprintf(text + used, sizeof text - used, ":%s", last == IMAP4_SET_STAR ? "*" : numbers[1]);
    }
    return text;
}

static const char *walked(const imap4__set *set)
{
    static char text[4096];
    size_t used = 0;
    imap4_set_cursor cursor = {0};
    uint32_t number;

    text[0] = '\0';
    while (imap4__set_next(set, &cursor, &number))
        used += (size_t)snprintf(text + used, sizeof text - used, "%u ", (unsigned)number);
    ck_assert_int_eq(imap4__set_next(set, &cursor, &number), 0);
    return text;
}

/* Program-made: added one after the other, and the ascending and merged result. */
static const struct made_row {
    const char *in;
    const char *out;
    const char *numbers; /* NULL: too many */
    uint64_t count;
} made_rows[] = {
    {"5,3,4", "3:5", "3 4 5 ", 3},
    {"1", "1", "1 ", 1},
    {"7,1,4", "1,4,7", "1 4 7 ", 3},
    {"5:3", "3:5", "3 4 5 ", 3},
    {"1:3,5:7,4", "1:7", NULL, 7},
    {"1:3,5:7,9:11,2:10", "1:11", NULL, 11},
    {"5:7,1:3", "1:3,5:7", NULL, 6},
    {"5:7,1:4", "1:7", NULL, 7},
    {"5:7,8:9", "5:9", NULL, 5},
    {"5:7,6", "5:7", NULL, 3},
    {"5:7,4:8", "4:8", NULL, 5},
    {"10,20,30,40,15:35", "10,15:35,40", NULL, 23},
    {"1:4294967295", "1:4294967295", NULL, 4294967295u},
    {"4294967295,1,4294967294", "1,4294967294:4294967295", NULL, 3},
    {"2:4294967295,1", "1:4294967295", NULL, 4294967295u},
    /* `*` */
    {"*", "*", "0 ", 1},
    {"*,*", "*", "0 ", 1},
    {"*,5", "5,*", "5 0 ", 2},
    {"5,*,3", "3,5,*", "3 5 0 ", 3},
    {"5:*", "5:*", "5 0 ", 2},
    {"*:5", "5:*", "5 0 ", 2},
    {"5:*,9,11:20,*", "5:*", "5 0 ", 2},
    {"9,11:20,*,5:*", "5:*", "5 0 ", 2},
    {"1,5:*,4", "1,4:*", "1 4 0 ", 3},
    {"1,5:*,3", "1,3,5:*", "1 3 5 0 ", 4},
    {"5:*,2:*", "2:*", "2 0 ", 2},
    {"1:*", "1:*", "1 0 ", 2},
    {"2:7,5:*", "2:*", "2 0 ", 2},
};

START_TEST(made_sets_are_ascending_and_merged)
{
    for (size_t i = 0; i < sizeof made_rows / sizeof *made_rows; i++) {
        const struct made_row *row = &made_rows[i];
        imap4__set *set = NULL;
        imap4_uid_set *uids = NULL;
        imap4_seq_set *numbers = NULL;
        imap4_set_cursor cursor = {0};
        uint32_t number = 0;

        ck_assert_int_eq(imap4__set_new(&set, NULL), IMAP4_OK);
        ck_assert_int_eq(imap4__set_parse(set, row->in, strlen(row->in)), IMAP4_OK);
        ck_assert_str_eq(shown(set), row->out);
        ck_assert_msg(imap4__set_count(set) == row->count, "%s", row->in);
        if (row->numbers != NULL)
            ck_assert_str_eq(walked(set), row->numbers);
        imap4__set_free(set);

        /* the two public kinds are the same thing */
        ck_assert_int_eq(imap4_uid_set_new(&uids, NULL), IMAP4_OK);
        ck_assert_int_eq(imap4_seq_set_new(&numbers, NULL), IMAP4_OK);
        ck_assert_int_eq(imap4_uid_set_parse(uids, row->in, strlen(row->in)), IMAP4_OK);
        ck_assert_int_eq(imap4_seq_set_parse(numbers, row->in, strlen(row->in)), IMAP4_OK);
        ck_assert_str_eq(shown((const imap4__set *)uids), row->out);
        ck_assert_str_eq(shown((const imap4__set *)numbers), row->out);
        ck_assert_uint_eq(imap4_uid_set_count(uids), row->count);
        ck_assert_uint_eq(imap4_seq_set_count(numbers), row->count);
        ck_assert_int_eq(imap4_uid_set_next(uids, &cursor, &number), 1);
        ck_assert_int_eq(imap4_uid_set_contains(uids, number), number != IMAP4_SET_STAR);
        cursor = (imap4_set_cursor){0};
        ck_assert_int_eq(imap4_seq_set_next(numbers, &cursor, &number), 1);
        ck_assert_int_eq(imap4_seq_set_contains(numbers, number), number != IMAP4_SET_STAR);
        imap4_uid_set_free(uids);
        imap4_seq_set_free(numbers);
    }
}
END_TEST

START_TEST(adding_is_not_parsing)
{
    imap4_set_cursor cursor = {0};
    imap4_uid_set *uids = NULL;
    imap4_seq_set *numbers = NULL;
    uint32_t first = 0;
    uint32_t last = 0;

    imap4_uid_set_new(&uids, NULL);
    imap4_seq_set_new(&numbers, NULL);
    ck_assert_int_eq(imap4_uid_set_add(uids, 9, 7), IMAP4_OK);
    ck_assert_int_eq(imap4_uid_set_add(uids, 20, IMAP4_SET_STAR), IMAP4_OK);
    ck_assert_int_eq(imap4_seq_set_add_newest(numbers), IMAP4_OK);
    /* A UID that was never learned is 0, and must not become the newest message. */
    ck_assert_int_eq(imap4_uid_set_add(uids, 0, 0), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_uid_set_add(uids, 0, 5), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_seq_set_add(numbers, 0, 0), IMAP4_ERROR_ARGUMENT);
    ck_assert_uint_eq(imap4_uid_set_ranges(uids), 2);
    ck_assert_uint_eq(imap4_seq_set_ranges(numbers), 1);
    ck_assert_int_eq(imap4_uid_set_next_range(uids, &cursor, &first, &last), 1);
    ck_assert_uint_eq(first, 7);
    ck_assert_uint_eq(last, 9);
    ck_assert_int_eq(imap4_uid_set_next_range(uids, &cursor, &first, &last), 1);
    ck_assert_uint_eq(first, 20);
    ck_assert_uint_eq(last, IMAP4_SET_STAR);
    ck_assert_int_eq(imap4_uid_set_next_range(uids, &cursor, &first, &last), 0);
    cursor = (imap4_set_cursor){0};
    ck_assert_int_eq(imap4_seq_set_next_range(numbers, &cursor, &first, &last), 1);
    ck_assert_uint_eq(first, IMAP4_SET_STAR);
    ck_assert_uint_eq(last, IMAP4_SET_STAR);
    imap4_uid_set_free(uids);
    imap4_seq_set_free(numbers);
}
END_TEST

START_TEST(null_is_empty)
{
    imap4_set_cursor cursor = {0};
    uint32_t number = 7;

    ck_assert_uint_eq(imap4_uid_set_ranges(NULL), 0);
    ck_assert_uint_eq(imap4_seq_set_ranges(NULL), 0);
    ck_assert_uint_eq(imap4_uid_set_count(NULL), 0);
    ck_assert_int_eq(imap4_seq_set_contains(NULL, 1), 0);
    ck_assert_int_eq(imap4_uid_set_next(NULL, &cursor, &number), 0);
    ck_assert_int_eq(imap4_uid_set_next_range(NULL, &cursor, &number, &number), 0);
    ck_assert_uint_eq(number, 7);
    ck_assert_int_eq(imap4_uid_set_add(NULL, 1, 1), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_seq_set_parse(NULL, "1", 1), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_uid_set_new(NULL, NULL), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_seq_set_new(NULL, NULL), IMAP4_ERROR_ARGUMENT);
    imap4_uid_set_free(NULL);
    imap4_seq_set_free(NULL);
}
END_TEST

static const char *const not_sets[] = {
    "",
    "0",
    "1:",
    ":1",
    "1,",
    ",1",
    "1,,2",
    "1;2",
    "a",
    "$",
    "1:2:3",
    "4294967296",
    "-1",
    "1 ,2",
    " 1",
    "1 ",
    "99999999999999999999",
    "1:0",
    "**",
    "*1",
    "1*",
    "0:*",
    "1.5",
};

START_TEST(what_is_not_a_set_adds_nothing)
{
    imap4__arena arena;
    imap4__set *set = NULL;

    imap4__arena_init(&arena, NULL);
    imap4__set_new(&set, NULL);
    imap4__set_add(set, 3, 3);
    for (size_t i = 0; i < sizeof not_sets / sizeof *not_sets; i++) {
        imap4__set *read = NULL;
        char text[32];

        ck_assert_msg(imap4__set_parse(set, not_sets[i], strlen(not_sets[i])) == IMAP4_ERROR_ARGUMENT, "%s",
                      not_sets[i]);
        snprintf(text, sizeof text, "7,%s", not_sets[i]);
        ck_assert_msg(imap4__set_parse(set, text, strlen(text)) == IMAP4_ERROR_ARGUMENT, "%s", text);
        ck_assert_msg(imap4__set_read(&arena, not_sets[i], strlen(not_sets[i]), &read) == IMAP4_ERROR_PROTOCOL, "%s",
                      not_sets[i]);
        ck_assert_ptr_null(read);
    }
    ck_assert_int_eq(imap4__set_parse(set, NULL, 0), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4__set_parse(set, "007", 3), IMAP4_ERROR_ARGUMENT);
    ck_assert_str_eq(shown(set), "3");
    imap4__set_free(set);
    imap4__arena_clear(&arena);
}
END_TEST

/* From the wire: order is kept. */
static const struct wire_row {
    const char *in;
    const char *out;
    const char *numbers;
    uint64_t count;
} wire_rows[] = {
    {"304,319:320", "304,319:320", "304 319 320 ", 3}, /* RFC 4315 section 3 */
    {"3956:3958", "3956:3958", "3956 3957 3958 ", 3},
    {"12:10", "12:10", "10 11 12 ", 3},
    {"5,3,4", "5,3:4", "5 3 4 ", 3},
    {"1,2,3,5", "1:3,5", "1 2 3 5 ", 4},
    {"3,2,1", "3,2,1", "3 2 1 ", 3},
    {"3:1,4", "3:1,4", "1 2 3 4 ", 4},
    {"2,2,2", "2,2,2", "2 2 2 ", 3},
    {"7:9,1:3", "7:9,1:3", "7 8 9 1 2 3 ", 6},
    {"007", "7", "7 ", 1},
    {"*", "*", "0 ", 1},
    {"4:*", "4:*", "4 0 ", 2},
    {"*:4,2", "*:4,2", "4 0 2 ", 3},
    {"4294967295,*", "4294967295,*", "4294967295 0 ", 2},
    {"4294967294,4294967295", "4294967294:4294967295", "4294967294 4294967295 ", 2},
};

START_TEST(wire_order_is_kept)
{
    imap4__arena arena;

    imap4__arena_init(&arena, NULL);
    for (size_t i = 0; i < sizeof wire_rows / sizeof *wire_rows; i++) {
        const struct wire_row *row = &wire_rows[i];
        imap4__set *set = NULL;

        ck_assert_int_eq(imap4__set_read(&arena, row->in, strlen(row->in), &set), IMAP4_OK);
        ck_assert_str_eq(shown(set), row->out);
        ck_assert_str_eq(walked(set), row->numbers);
        ck_assert_uint_eq(imap4__set_count(set), row->count);
        set = imap4__set_copy(&arena, set);
        ck_assert_str_eq(shown(set), row->out);
    }
    imap4__arena_clear(&arena);
}
END_TEST

START_TEST(membership)
{
    static const char *const sets[] = {"2:4,7,10:12", "12:10,7,4:2", "7,2:4,12,11,10"};
    imap4__arena arena;

    imap4__arena_init(&arena, NULL);
    for (size_t i = 0; i < 3; i++) {
        imap4__set *set = NULL;
        char found[16];

        imap4__set_read(&arena, sets[i], strlen(sets[i]), &set);
        for (uint32_t number = 0; number < 14; number++)
            found[number] = imap4__set_contains(set, number) ? 'x' : '.';
        ck_assert_mem_eq(found, "..xxx..x..xxx.", 14);
        ck_assert(!imap4__set_contains(set, UINT32_MAX));
    }
    static const char *const open[] = {"2,5:*", "2,*:5", "*:5,2", "5:*,2"};
    for (size_t i = 0; i < 4; i++) {
        imap4__set *set = NULL;

        imap4__set_read(&arena, open[i], strlen(open[i]), &set);
        ck_assert(imap4__set_contains(set, 2));
        ck_assert(!imap4__set_contains(set, 4));
        ck_assert(imap4__set_contains(set, 5));
        ck_assert(imap4__set_contains(set, UINT32_MAX));
        ck_assert(!imap4__set_contains(set, IMAP4_SET_STAR));
    }
    imap4__set *star = NULL;
    imap4__set_read(&arena, "3,*", 3, &star);
    ck_assert(imap4__set_contains(star, 3));
    ck_assert(!imap4__set_contains(star, 4));
    ck_assert(!imap4__set_contains(star, UINT32_MAX));
    imap4__arena_clear(&arena);
}
END_TEST

static const struct overlap_row {
    const char *a;
    const char *b;
    int overlap;
} overlap_rows[] = {
    {"1:3", "3:5", 1},
    {"1:3", "4:5", 0},
    {"1,5,9", "2:4,6:8", 0},
    {"1,5,9", "2:4,6:9", 1},
    {"7", "7", 1},
    {"*", "1", 1},
    {"1", "100:*", 1},
    {"1:4294967295", "4294967295", 1},
    {"", "1", 0},
    {"", "", 0},
    {"", "*", 0},
    {"1:2,10:20", "5,30", 0},
};

START_TEST(overlaps)
{
    for (size_t i = 0; i < sizeof overlap_rows / sizeof *overlap_rows; i++) {
        imap4__set *a = NULL;
        imap4__set *b = NULL;

        imap4__set_new(&a, NULL);
        imap4__set_new(&b, NULL);
        imap4__set_parse(a, overlap_rows[i].a, strlen(overlap_rows[i].a));
        imap4__set_parse(b, overlap_rows[i].b, strlen(overlap_rows[i].b));
        ck_assert_int_eq(imap4__set_overlaps(a, b), overlap_rows[i].overlap);
        ck_assert_int_eq(imap4__set_overlaps(b, a), overlap_rows[i].overlap);
        imap4__set_free(a);
        imap4__set_free(b);
    }
    ck_assert_int_eq(imap4__set_overlaps(NULL, NULL), 0);
}
END_TEST

/* Against a plain bit field: whatever is added in whatever order. */
START_TEST(random_additions_are_right)
{
    uint32_t seed = 12345;

    for (int round = 0; round < 200; round++) {
        uint8_t bits[130] = {0};
        imap4__set *set = NULL;
        imap4_set_cursor cursor = {0};
        uint32_t number = 0;
        uint32_t expected = 0;
        uint32_t before = 0;
        uint32_t first;
        uint32_t last;
        int wrong = 0;

        imap4__set_new(&set, NULL);
        for (int i = 0; i < 20; i++) {
            uint32_t low;
            uint32_t high;

            seed = seed * 1103515245u + 12345u;
            low = (seed >> 16) % 120 + 1;
            high = low + (seed >> 8) % 6;
            imap4__set_add(set, i % 2 ? low : high, i % 2 ? high : low);
            memset(bits + low, 1, high - low + 1);
        }
        for (imap4_set_cursor at = {0}; imap4__set_next_range(set, &at, &first, &last);) {
            wrong += first > last || (before > 0 && first < before + 2);
            before = last;
        }
        for (uint32_t i = 1; i < 130; i++) {
            wrong += imap4__set_contains(set, i) != bits[i];
            expected += bits[i];
            if (bits[i])
                wrong += !imap4__set_next(set, &cursor, &number) || number != i;
        }
        wrong += imap4__set_next(set, &cursor, &number) || imap4__set_count(set) != expected;
        ck_assert_int_eq(wrong, 0);
        imap4__set_free(set);
    }
}
END_TEST

START_TEST(ascending_additions_are_cheap)
{
    test_memory memory;
    imap4__set *set = NULL;

    test_memory_init(&memory, 0);
    imap4__set_new(&set, &memory.allocator);
    for (uint32_t i = 1; i <= 1000000; i++)
        imap4__set_add(set, 2 * i, 2 * i);
    ck_assert_uint_eq(imap4__set_ranges(set), 1000000);
    ck_assert(imap4__set_contains(set, 1000000));
    ck_assert(!imap4__set_contains(set, 1000001));
    ck_assert_uint_le(memory.calls, 30);
    imap4__set_free(set);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

START_TEST(appended_numbers_keep_their_order)
{
    static const uint32_t numbers[] = {2, 3, 4, 9, 7, 8, 9, 10, 1};
    imap4__arena arena;
    imap4__set *set;

    imap4__arena_init(&arena, NULL);
    set = imap4__arena_zalloc(&arena, sizeof *set);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        ck_assert_int_eq(imap4__set_append(&arena, set, numbers[i]), IMAP4_OK);
    ck_assert_str_eq(shown(set), "2:4,9,7:10,1");
    ck_assert_str_eq(walked(set), "2 3 4 9 7 8 9 10 1 ");
    ck_assert(imap4__set_contains(set, 1));
    ck_assert(!imap4__set_contains(set, 5));
    for (uint32_t i = 1; i < 100000; i++)
        ck_assert_int_eq(imap4__set_append(&arena, set, 2 * i), IMAP4_OK);
    ck_assert_uint_eq(imap4__set_count(set), 9 + 99999);
    imap4__arena_clear(&arena);
}
END_TEST

START_TEST(failed_parsing_changes_nothing)
{
    test_memory memory;
    imap4__set *set = NULL;
    size_t n = 1;

    test_memory_init(&memory, 1);
    ck_assert_int_eq(imap4__set_new(&set, &memory.allocator), IMAP4_ERROR_MEMORY);
    ck_assert_ptr_null(set);
    do {
        const char *text = "1,3,5,7,9,11,13,15,17,19,21,23,25,27,29,31,33";
        int result;

        test_memory_init(&memory, ++n);
        imap4__set_new(&set, &memory.allocator);
        result = imap4__set_add(set, 100, 200);
        ck_assert_str_eq(shown(set), result == IMAP4_OK ? "100:200" : "");
        if (result == IMAP4_OK) {
            result = imap4__set_parse(set, text, strlen(text));
            ck_assert_uint_eq(imap4__set_ranges(set), result == IMAP4_OK ? 18 : 1);
        }
        ck_assert_int_eq(result, memory.failed ? IMAP4_ERROR_MEMORY : IMAP4_OK);
        imap4__set_free(set);
        ck_assert_uint_eq(memory.live, 0);
    } while (memory.failed > 0);
    ck_assert_uint_eq(n, 4);
}
END_TEST

START_TEST(arena_allocations_may_fail)
{
    test_memory memory;
    imap4__arena arena;
    imap4__set *set = NULL;
    imap4__set empty;
    size_t n = 0;
    int result;

    do {
        test_memory_init(&memory, ++n);
        imap4__arena_init(&arena, &memory.allocator);
        memset(&empty, 0, sizeof empty);
        result = imap4__set_read(&arena, "1,3,5", 5, &set);
        for (uint32_t i = 1; result == IMAP4_OK && i < 1000; i++)
            result = imap4__set_append(&arena, &empty, 3 * i);
        if (result == IMAP4_OK && imap4__set_copy(&arena, &empty) == NULL)
            result = IMAP4_ERROR_MEMORY;
        ck_assert_int_eq(result, memory.failed ? IMAP4_ERROR_MEMORY : IMAP4_OK);
        imap4__arena_clear(&arena);
        ck_assert_uint_eq(memory.live, 0);
    } while (memory.failed > 0);
    ck_assert_uint_gt(n, 4);
}
END_TEST

Suite *set_suite(void)
{
    const TTest *const tests[] = {
        made_sets_are_ascending_and_merged,
        adding_is_not_parsing,
        null_is_empty,
        what_is_not_a_set_adds_nothing,
        wire_order_is_kept,
        membership,
        overlaps,
        random_additions_are_right,
        ascending_additions_are_cheap,
        appended_numbers_keep_their_order,
        failed_parsing_changes_nothing,
        arena_allocations_may_fail,
        NULL,
    };
    Suite *suite = suite_create("set");

    suite_tests(suite, "set", tests);
    return suite;
}
