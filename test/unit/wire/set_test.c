#include "wire/run.h"

#include "support/memory.h"
#include "support/suite.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

Suite *set_suite(void);

/* A set as text, ranges as they are stored. */
static const char *shown(const imap4__set *set)
{
    static char text[16384];
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
    static char text[16384];
    size_t used = 0;
    imap4_set_cursor cursor = {0};
    uint32_t number;

    text[0] = '\0';
    while (imap4__set_next(set, &cursor, &number))
        used += (size_t)snprintf(text + used, sizeof text - used, "%u ", (unsigned)number);
    ck_assert_int_eq(imap4__set_next(set, &cursor, &number), 0);
    return text;
}

/* A set as the wire gives it. NULL: no memory. */
static imap4__set *read_set(imap4__arena *arena, const char *text)
{
    imap4__run run;
    size_t taken;

    if (imap4__run_begin(&run, IMAP4__RUN_SET, arena) != IMAP4_OK ||
        imap4__run_feed(&run, (const uint8_t *)text, strlen(text), &taken) != IMAP4_OK ||
        imap4__run_end(&run) != IMAP4_OK)
        return NULL;
    ck_assert_uint_eq(taken, strlen(text));
    return run.set;
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
    ck_assert_int_eq(imap4_uid_set_add_newest(uids), IMAP4_OK); /* 20:* has it already */
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

/* Both kinds do the same; the compiler keeps them apart. */
START_TEST(both_kinds_are_sets)
{
    imap4_set_cursor cursors[2] = {{0}, {0}};
    imap4_uid_set *uids = NULL;
    imap4_seq_set *numbers = NULL;
    uint32_t uid = 0;
    uint32_t number = 0;

    ck_assert_int_eq(imap4_uid_set_new(&uids, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_seq_set_new(&numbers, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_uid_set_add(uids, 3, 4), IMAP4_OK);
    ck_assert_int_eq(imap4_seq_set_add(numbers, 3, 4), IMAP4_OK);
    ck_assert_int_eq(imap4_uid_set_parse(uids, "9,7", 3), IMAP4_OK);
    ck_assert_int_eq(imap4_seq_set_parse(numbers, "9,7", 3), IMAP4_OK);
    ck_assert_uint_eq(imap4_uid_set_ranges(uids), 3);
    ck_assert_uint_eq(imap4_seq_set_ranges(numbers), 3);
    ck_assert_uint_eq(imap4_uid_set_count(uids), 4);
    ck_assert_uint_eq(imap4_seq_set_count(numbers), 4);
    ck_assert_int_eq(imap4_uid_set_contains(uids, 7), 1);
    ck_assert_int_eq(imap4_seq_set_contains(numbers, 7), 1);
    ck_assert_int_eq(imap4_uid_set_contains(uids, 8), 0);
    ck_assert_int_eq(imap4_seq_set_contains(numbers, 8), 0);
    for (int i = 0; i < 4; i++) {
        static const uint32_t expected[] = {3, 4, 7, 9};

        ck_assert_int_eq(imap4_uid_set_next(uids, &cursors[0], &uid), 1);
        ck_assert_int_eq(imap4_seq_set_next(numbers, &cursors[1], &number), 1);
        ck_assert_uint_eq(uid, expected[i]);
        ck_assert_uint_eq(number, expected[i]);
    }
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
    imap4__set *set = NULL;

    imap4__set_new(&set, NULL);
    imap4__set_add(set, 3, 3);
    for (size_t i = 0; i < sizeof not_sets / sizeof *not_sets; i++) {
        char text[32];

        ck_assert_msg(imap4__set_parse(set, not_sets[i], strlen(not_sets[i])) == IMAP4_ERROR_ARGUMENT, "%s",
                      not_sets[i]);
        snprintf(text, sizeof text, "7,%s", not_sets[i]);
        ck_assert_msg(imap4__set_parse(set, text, strlen(text)) == IMAP4_ERROR_ARGUMENT, "%s", text);
    }
    ck_assert_int_eq(imap4__set_parse(set, NULL, 0), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4__set_parse(set, "007", 3), IMAP4_ERROR_ARGUMENT);
    ck_assert_str_eq(shown(set), "3");
    imap4__set_free(set);
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
    {"12:10", "10:12", "10 11 12 ", 3},
    {"5,3,4", "5,3:4", "5 3 4 ", 3},
    {"1,2,3,5", "1:3,5", "1 2 3 5 ", 4},
    {"3,2,1", "3,2,1", "3 2 1 ", 3},
    {"3:1,4", "1:4", "1 2 3 4 ", 4},
    {"2,2,2", "2,2,2", "2 2 2 ", 3},
    {"7:9,1:3", "7:9,1:3", "7 8 9 1 2 3 ", 6},
    {"007", "7", "7 ", 1},
    {"*", "*", "0 ", 1},
    {"4:*", "4:*", "4 0 ", 2},
    {"*:4,2", "4:*,2", "4 0 2 ", 3},
    {"4294967295,*", "4294967295,*", "4294967295 0 ", 2},
    {"4294967294,4294967295", "4294967294:4294967295", "4294967294 4294967295 ", 2},
};

START_TEST(wire_order_is_kept)
{
    imap4__arena arena;

    imap4__arena_init(&arena, NULL);
    for (size_t i = 0; i < sizeof wire_rows / sizeof *wire_rows; i++) {
        const struct wire_row *row = &wire_rows[i];
        imap4__set *set = read_set(&arena, row->in);
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
        imap4__set *set = read_set(&arena, sets[i]);
        char found[16];

        for (uint32_t number = 0; number < 14; number++)
            found[number] = imap4__set_contains(set, number) ? 'x' : '.';
        ck_assert_mem_eq(found, "..xxx..x..xxx.", 14);
        ck_assert(!imap4__set_contains(set, UINT32_MAX));
    }
    static const char *const open[] = {"2,5:*", "2,*:5", "*:5,2", "5:*,2"};
    for (size_t i = 0; i < 4; i++) {
        imap4__set *set = read_set(&arena, open[i]);

        ck_assert(imap4__set_contains(set, 2));
        ck_assert(!imap4__set_contains(set, 4));
        ck_assert(imap4__set_contains(set, 5));
        ck_assert(imap4__set_contains(set, UINT32_MAX));
        ck_assert(!imap4__set_contains(set, IMAP4_SET_STAR));
    }
    imap4__set *star = read_set(&arena, "3,*");
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
    {"1:2,10:20", "5,30,11", 1},
    {"30,1", "2:29", 0},
    {"30,1", "29:2,31", 0},
    {"30,1", "30", 1},
    {"7,3:*", "1", 1},
    {"7,3", "9:*", 1},
    {"9,3:5,1", "8,7,6,5", 1},
};

/* Of both kinds: made by a program (0), or from the wire (1). */
static imap4__set *set_of(imap4__arena *arena, const char *text, int wire)
{
    imap4__set *set = NULL;

    if (wire)
        return read_set(arena, text);
    imap4__set_new(&set, NULL);
    imap4__set_parse(set, text, strlen(text));
    return set;
}

START_TEST(overlaps)
{
    imap4__arena arena;

    imap4__arena_init(&arena, NULL);
    for (size_t i = 0; i < sizeof overlap_rows / sizeof *overlap_rows; i++) {
        const struct overlap_row *row = &overlap_rows[i];

        for (int kinds = 0; kinds < 4; kinds++) {
            imap4__set *a = set_of(&arena, row->a, kinds & 1);
            imap4__set *b = set_of(&arena, row->b, kinds >> 1);

            ck_assert_msg(imap4__set_overlaps(a, b) == row->overlap, "%s %s %d", row->a, row->b, kinds);
            ck_assert_msg(imap4__set_overlaps(b, a) == row->overlap, "%s %s %d", row->b, row->a, kinds);
            if (a->numbers == NULL)
                imap4__set_free(a);
            if (b->numbers == NULL)
                imap4__set_free(b);
        }
    }
    imap4__arena_clear(&arena);
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

/* Joined lists are walked as if they were one, and what was appended stays what it was. */
static const struct join_row {
    const char *a;
    const char *b;
    const char *out;
    const char *numbers;
    int has[3]; /* does it contain 1, 5, 9? */
} join_rows[] = {
    {"1:3", "5:7", "1:3,5:7", "1 2 3 5 6 7 ", {1, 1, 0}},
    {"5:7", "1:3", "5:7,1:3", "5 6 7 1 2 3 ", {1, 1, 0}},
    {"5", "6", "5,6", "5 6 ", {0, 1, 0}}, /* what stood apart stays apart */
    {"1:2", "5,2", "1:2,5,2", "1 2 5 2 ", {1, 1, 0}},
    {"", "9,1", "9,1", "9 1 ", {1, 0, 1}},
    {"9,1", "", "9,1", "9 1 ", {1, 0, 1}},
    {"", "", "", "", {0, 0, 0}},
    {"4:*", "2", "4:*,2", "4 0 2 ", {0, 1, 1}},
    {"2", "*", "2,*", "2 0 ", {0, 0, 0}},
};

START_TEST(joined_sets_are_walked_as_one)
{
    imap4__arena arena;

    imap4__arena_init(&arena, NULL);
    for (size_t i = 0; i < sizeof join_rows / sizeof *join_rows; i++) {
        const struct join_row *row = &join_rows[i];
        imap4__set *original = read_set(&arena, row->a);
        imap4__set *set = imap4__set_share(&arena, original);
        imap4__set *more = read_set(&arena, row->b);

        imap4__set_join(set, more);
        ck_assert_str_eq(shown(set), row->out);
        ck_assert_str_eq(walked(set), row->numbers);
        ck_assert_uint_eq(imap4__set_count(set), imap4__set_count(original) + imap4__set_count(more));
        ck_assert_uint_eq(imap4__set_ranges(set), imap4__set_ranges(original) + imap4__set_ranges(more));
        ck_assert_str_eq(shown(original), row->a);
        ck_assert_str_eq(shown(more), row->b);
        for (uint32_t number = 0; number < 3; number++)
            ck_assert_int_eq(imap4__set_contains(set, 1 + 4 * number), row->has[number]);
    }
    imap4__arena_clear(&arena);
}
END_TEST

START_TEST(sets_as_text)
{
    static const char *const texts[] = {"",           "7",           "*",          "4:*", "1:4294967295",
                                        "4294967295", "304,319:320", "9,7,8,*,1:2"};
    imap4__arena arena;

    imap4__arena_init(&arena, NULL);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        imap4_str text;

        ck_assert_int_eq(imap4__set_text(&arena, read_set(&arena, texts[i]), &text), IMAP4_OK);
        ck_assert_str_eq(text.data, i == 7 ? "9,7:8,*,1:2" : texts[i]);
        ck_assert_uint_eq(text.len, strlen(text.data));
    }
    imap4__arena_clear(&arena);
}
END_TEST

/* A walk by ranges may follow one by numbers and goes on with the next range. */
START_TEST(one_cursor_serves_both_walks)
{
    imap4__arena arena;
    imap4__set *sets[2] = {NULL, NULL};

    imap4__arena_init(&arena, NULL);
    imap4__set_new(&sets[0], NULL);
    imap4__set_parse(sets[0], "3:5,9:12", 8);
    sets[1] = read_set(&arena, "3:5,9:12");
    for (int i = 0; i < 2; i++) {
        imap4_set_cursor cursor = {0};
        uint32_t first = 0;
        uint32_t last = 0;

        ck_assert_int_eq(imap4__set_next(sets[i], &cursor, &first), 1);
        ck_assert_int_eq(imap4__set_next(sets[i], &cursor, &first), 1);
        ck_assert_uint_eq(first, 4);
        ck_assert_int_eq(imap4__set_next_range(sets[i], &cursor, &first, &last), 1);
        ck_assert_uint_eq(last, 5);
        ck_assert_int_eq(imap4__set_next(sets[i], &cursor, &first), 1);
        ck_assert_uint_eq(first, 9);
    }
    imap4__set_free(sets[0]);
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

/* Whatever a program's ranges would take, sizes do not overflow. */
START_TEST(sizes_beyond_memory_are_refused)
{
    imap4__set set = {0};

    set.count = set.capacity = SIZE_MAX;
    ck_assert_int_eq(imap4__set_add(&set, 1, 1), IMAP4_ERROR_MEMORY);
    set.count = set.capacity = SIZE_MAX / sizeof(imap4__range) / 2 + 1;
    ck_assert_int_eq(imap4__set_add(&set, 1, 1), IMAP4_ERROR_MEMORY);
}
END_TEST

/* Each in an arena of its own, where the first, second ... allocation fails. */
static int copied(imap4__arena *arena, const imap4__set *set)
{
    imap4__set *copy = imap4__set_copy(arena, set);

    if (copy != NULL)
        ck_assert_uint_eq(imap4__set_count(copy), imap4__set_count(set));
    return copy != NULL;
}

static int shared(imap4__arena *arena, const imap4__set *set)
{
    return imap4__set_share(arena, set) != NULL;
}

static int written(imap4__arena *arena, const imap4__set *set)
{
    imap4_str text;

    return imap4__set_text(arena, set, &text) == IMAP4_OK;
}

START_TEST(arena_allocations_may_fail)
{
    static int (*const calls[])(imap4__arena * arena, const imap4__set *set) = {copied, shared, written};
    imap4__arena kept;

    imap4__arena_init(&kept, NULL);
    /* for the copies the last allocation is made by adding, and by finishing */
    for (uint32_t size = 1; size < 500; size++) {
        imap4__set *set = imap4__set_of_wire(&kept);

        for (uint32_t i = 1; i <= size; i++)
            imap4__numbers_add(set->numbers, &kept, 2 * i, 2 * i);
        imap4__numbers_finish(set->numbers, &kept);
        for (size_t i = 0; i < 3; i++) {
            test_memory memory;
            size_t n = 0;

            do {
                imap4__arena arena;

                test_memory_init(&memory, ++n);
                imap4__arena_init(&arena, &memory.allocator);
                ck_assert_int_eq(calls[i](&arena, set), memory.failed == 0);
                imap4__arena_clear(&arena);
                ck_assert_uint_eq(memory.live, 0);
            } while (memory.failed > 0);
            ck_assert_uint_ge(n, 2);
        }
    }
    imap4__arena_clear(&kept);
}
END_TEST

Suite *set_suite(void)
{
    const TTest *const tests[] = {
        made_sets_are_ascending_and_merged,
        adding_is_not_parsing,
        both_kinds_are_sets,
        null_is_empty,
        what_is_not_a_set_adds_nothing,
        wire_order_is_kept,
        membership,
        overlaps,
        random_additions_are_right,
        ascending_additions_are_cheap,
        joined_sets_are_walked_as_one,
        sets_as_text,
        one_cursor_serves_both_walks,
        sizes_beyond_memory_are_refused,
        failed_parsing_changes_nothing,
        arena_allocations_may_fail,
        NULL,
    };
    Suite *suite = suite_create("set");

    suite_tests(suite, "set", tests);
    return suite;
}
