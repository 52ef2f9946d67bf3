#include "wire/run.h"

#include "support/memory.h"
#include "support/suite.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *run_suite(void);

/* What a run has read, as text: its ranges, or `level/number` of each message. */
static const char *shown(const imap4__run *run)
{
    static char text[65536];
    size_t used = 0;
    imap4_set_cursor cursor = {0};
    imap4_thread_node node;
    uint32_t first;
    uint32_t last;

    text[0] = '\0';
    while (run->set != NULL && imap4__set_next_range(run->set, &cursor, &first, &last)) {
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%u", used > 0 ? " " : "", (unsigned)first);
        if (first != last)
            used += (size_t)snprintf(text + used, sizeof text - used, ":%u", (unsigned)last);
    }
    while (run->threads != NULL && imap4_threads_next(run->threads, &cursor, &node))
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%u/%u", used > 0 ? " " : "", (unsigned)node.level,
                                 (unsigned)node.number);
    return text;
}

#define NOTHING SIZE_MAX
#define LIST IMAP4__RUN_LIST
#define SET IMAP4__RUN_SET
#define THREADS IMAP4__RUN_THREADS

/* `*` shows as 0; a missing message as number 0. */
static const struct row {
    int kind;
    const char *in;
    const char *out;
    uint32_t bad;
    size_t taken; /* 0: all */
} rows[] = {
    /* mailbox-data =/ "SEARCH" *(SP nz-number) */
    {LIST, "", "", 0, 0},
    {LIST, "2 84 882", "2 84 882", 0, 0},
    {LIST, "  2   84 ", "2 84", 0, 0},
    {LIST, "1 2 3 7 8 5", "1:3 7:8 5", 0, 0},
    {LIST, "4294967295 4294967294 1", "4294967295 4294967294 1", 0, 0},
    {LIST, "4294967296 1", "1", 1, 0},
    {LIST, "1 99999999999999999999999999999999999999999 2", "1:2", 1, 0},
    {LIST, "18446744073709551617 18446744073709551618", "", 2, 0},
    {LIST, "0 1 00 2 000000000000000000000000000000007", "1:2 7", 2, 0},
    {LIST, "1 2 3 (MODSEQ 9)", "1:3", 0, 6},
    {LIST, "1 2,3", "1:2", 0, 3},
    {LIST, "12x", "12", 0, 2},
    {LIST, "7\r\n", "7", 0, 1},
    {LIST, "1 *", "1", 0, 2},

    /* sequence-set = (seq-number / seq-range) ["," sequence-set] */
    {SET, "", "", 0, 0},
    {SET, "304,319:320", "304 319:320", 0, 0},
    {SET, "2,4:7,9,12:*", "2 4:7 9 12:0", 0, 0},
    {SET, "*:4,5:7", "4:0 5:7", 0, 0},
    {SET, "1:4294967295", "1:4294967295", 0, 0},
    {SET, "4294967295", "4294967295", 0, 0},
    {SET, "4294967294:4294967295", "4294967294:4294967295", 0, 0},
    {SET, "*", "0", 0, 0},
    {SET, "*:*", "0", 0, 0},
    {SET, "7:3", "3:7", 0, 0},
    {SET, "007:0009", "7:9", 0, 0},
    {SET, "5,4,3", "5 4 3", 0, 0},
    {SET, "5,6,7:8,10", "5:8 10", 0, 0},
    {SET, "1:2 3", "1:2", 0, 3},
    {SET, "1]", "1", 0, 1},
    {SET, "$", "", 0, NOTHING},
    {SET, "0", "", 1, 0},
    {SET, "0:5,6", "6", 1, 0},
    {SET, "5:0,6", "6", 1, 0},
    {SET, "4294967296,1", "1", 1, 0},
    {SET, "1:4294967296,2", "2", 1, 0},
    {SET, "4294967296:1,2", "2", 1, 0},
    {SET, "5:,7", "7", 1, 0},
    {SET, "5:", "", 1, 0},
    {SET, ":5,7", "7", 1, 0},
    {SET, "1::2,7", "7", 1, 0},
    {SET, "1:2:3,7", "7", 1, 0},
    {SET, ",", "", 2, 0},
    {SET, "1,,2", "1:2", 1, 0},
    {SET, ",1", "1", 1, 0},
    {SET, "1,", "1", 1, 0},
    {SET, "**,1", "1", 1, 0},
    {SET, "*5,1", "1", 1, 0},
    {SET, "5*,1", "1", 1, 0},
    {SET, "5*6,1", "1", 1, 0},
    {SET, "1:*2,9", "9", 1, 0},
    {SET, "1:2*,9", "9", 1, 0},
    {SET, "1:**,9", "9", 1, 0},
    {SET, "*:,9", "9", 1, 0},
    {SET, ":,9", "9", 1, 0},
    {SET, ":*,9", "9", 1, 0},
    {SET, "::", "", 1, 0},

    /* RFC 5256 section 4, with its examples */
    {THREADS, "", "", 0, 0},
    {THREADS, "(2)(3 6 (4 23)(44 7 96))", "0/2 0/3 1/6 2/4 3/23 2/44 3/7 4/96", 0, 0},
    {THREADS, "((3)(5))", "0/0 1/3 1/5", 0, 0},
    {THREADS, "(166)(167)(168)(169)(172)(170)(171)(173)(174 (175)(176)(178)(181)(180))",
     "0/166 0/167 0/168 0/169 0/172 0/170 0/171 0/173 0/174 1/175 1/176 1/178 1/181 1/180", 0, 0},
    {THREADS, "(1 2 3)(4)", "0/1 1/2 2/3 0/4", 0, 0},
    {THREADS, "( 1  2 ) (4 )", "0/1 1/2 0/4", 0, 0},
    {THREADS, "(((1)(2))(3))", "0/0 1/0 2/1 2/2 1/3", 0, 0},
    {THREADS, "((1))", "0/0 1/1", 0, 0},
    {THREADS, "(4294967295 4294967295)", "0/4294967295 1/4294967295", 0, 0},
    {THREADS, "(1 (2)(3 (4)(5)))(6)", "0/1 1/2 1/3 2/4 2/5 0/6", 0, 0},
    /* what servers do */
    {THREADS, "()", "", 1, 0},
    {THREADS, "()(1)", "0/1", 1, 0},
    {THREADS, "(())", "", 2, 0},
    {THREADS, "(() 1)", "0/1", 2, 0},
    {THREADS, "(1 ())", "0/1", 1, 0},
    {THREADS, "((1)(2))((3 4)5)", "0/0 1/1 1/2 0/0 1/3 2/4 1/5", 1, 0},
    {THREADS, "(3 (4)(5) 6 7)", "0/3 1/4 1/5 1/6 2/7", 1, 0},
    {THREADS, "(3 (4) 6 (7) 8)", "0/3 1/4 1/6 2/7 2/8", 2, 0},
    {THREADS, "(1)(2", "0/1 0/2", 1, 0},
    {THREADS, "(1 (2 (3", "0/1 1/2 2/3", 3, 0},
    {THREADS, "((((", "", 4, 0},
    {THREADS, "(1))(2)", "0/1 0/2", 1, 0},
    {THREADS, ")", "", 1, 0},
    {THREADS, "(1) 2 3 (4)", "0/1 0/2 0/3 0/4", 2, 0},
    {THREADS, "1 2", "0/1 0/2", 2, 0},
    {THREADS, "(0)(1 0 2)(4294967296 3)", "0/1 1/2 0/3", 4, 0},
    {THREADS, "(0)", "", 2, 0},
    {THREADS, "(1)NIL", "0/1", 0, 3},
    {THREADS, "(1,2)", "0/1", 1, 2},
};

/* Feeds it in pieces of `step` bytes, the first of `first`. */
static void read_row(const struct row *row, size_t first, size_t step, imap4__arena *arena, imap4__run *run)
{
    size_t len = strlen(row->in);
    size_t at = 0;
    size_t piece = first;

    ck_assert_int_eq(imap4__run_begin(run, row->kind, arena), IMAP4_OK);
    while (at < len) {
        size_t size = len - at < piece ? len - at : piece;
        uint8_t *copy = malloc(size + 1); /* so that reading beyond shows */
        size_t taken = 99;

        memcpy(copy, row->in + at, size);
        if (imap4__run_feed(run, copy, size, &taken) != IMAP4_OK)
            ck_abort_msg("%s", row->in);
        free(copy);
        at += taken;
        if (taken < size)
            break;
        piece = step;
    }
    ck_assert_int_eq(imap4__run_end(run), IMAP4_OK);
    ck_assert_uint_eq(at, row->taken == NOTHING ? 0 : row->taken == 0 ? len : row->taken);
}

START_TEST(pieces_give_what_the_whole_gives)
{
    const struct row *row = &rows[_i];
    size_t len = strlen(row->in);

    for (size_t first = 1; first <= len + 1; first++) {
        for (size_t step = 1; step <= (first > len ? 1 : len); step++) {
            imap4__arena arena;
            imap4__run run;

            imap4__arena_init(&arena, NULL);
            read_row(row, first, step, &arena, &run);
            ck_assert_msg(strcmp(shown(&run), row->out) == 0, "%s: %s", row->in, shown(&run));
            ck_assert_msg(run.bad == row->bad, "%s: %u bad", row->in, (unsigned)run.bad);
            imap4__arena_clear(&arena);
        }
    }
}
END_TEST

START_TEST(bytes_of_each_kind)
{
    for (int c = 0; c < 256; c++) {
        int digit = c >= '0' && c <= '9';

        ck_assert_int_eq(imap4__run_byte(LIST, (uint8_t)c), digit || c == ' ');
        ck_assert_int_eq(imap4__run_byte(SET, (uint8_t)c), digit || c == ',' || c == ':' || c == '*');
        ck_assert_int_eq(imap4__run_byte(THREADS, (uint8_t)c), digit || c == ' ' || c == '(' || c == ')');
        ck_assert_int_eq(imap4__run_begins(LIST, (uint8_t)c), digit);
        ck_assert_int_eq(imap4__run_begins(SET, (uint8_t)c), digit || c == ',' || c == ':' || c == '*');
        ck_assert_int_eq(imap4__run_begins(THREADS, (uint8_t)c), c == '(');
    }
}
END_TEST

/* A hundred thousand numbers of each kind, cut at many places and fed in pieces of many sizes. */
#define MANY 100000

static char *long_list(int kind, size_t *len_out)
{
    char *text = malloc(MANY * 24);
    size_t len = 0;

    for (unsigned i = 1; i <= MANY; i++)
        len += kind == THREADS ? (size_t)snprintf(text + len, 32, "(%u %u)", 3 * i, 3 * i + 1)
                               : (size_t)snprintf(text + len, 32, "%u%c", 3 * i, kind == SET ? ',' : ' ');
    *len_out = len - (kind == SET);
    return text;
}

static void check_long(const imap4__run *run)
{
    imap4_set_cursor cursor = {0};
    imap4_thread_node node = {0, 0};
    uint32_t number = 0;
    uint32_t wrong = 0;

    ck_assert_uint_eq(run->bad, 0);
    if (run->set != NULL) {
        ck_assert_uint_eq(imap4__set_count(run->set), MANY);
        ck_assert_uint_eq(imap4__set_ranges(run->set), MANY);
        for (uint32_t i = 1; i <= MANY; i++)
            wrong += !imap4__set_next(run->set, &cursor, &number) || number != 3 * i;
    } else {
        ck_assert_uint_eq(imap4_threads_count(run->threads), 2 * MANY);
        for (uint32_t i = 1; i <= MANY; i++) {
            wrong += !imap4_threads_next(run->threads, &cursor, &node) || node.number != 3 * i || node.level != 0;
            wrong += !imap4_threads_next(run->threads, &cursor, &node) || node.number != 3 * i + 1 || node.level != 1;
        }
    }
    ck_assert_uint_eq(wrong, 0);
}

START_TEST(long_lists_in_pieces)
{
    static const size_t sizes[] = {1, 2, 3, 7, 64, 4093, 65536, SIZE_MAX};
    int kind = _i;
    size_t len;
    char *text = long_list(kind, &len);

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        imap4__arena arena;
        imap4__run run;
        size_t taken;
        size_t before = 0;
        size_t wrong = 0;

        imap4__arena_init(&arena, NULL);
        ck_assert_int_eq(imap4__run_begin(&run, kind, &arena), IMAP4_OK);
        for (size_t at = 0; at < len; at += taken) {
            size_t size = len - at < sizes[i] ? len - at : sizes[i];

            wrong += imap4__run_feed(&run, (uint8_t *)text + at, size, &taken) != IMAP4_OK;
            wrong += taken != size || run.bytes < before;
            before = run.bytes;
        }
        ck_assert_uint_eq(wrong, 0);
        ck_assert_int_eq(imap4__run_end(&run), IMAP4_OK);
        check_long(&run);
        if (kind != THREADS) /* four bytes a number; the arena's blocks and the end of the last one besides */
            ck_assert_uint_le(run.bytes, 4 * MANY + 4 * MANY / 16 + 4096);
        ck_assert_uint_le(run.bytes, arena.total);
        ck_assert_uint_le(arena.total, run.bytes + run.bytes / 8 + 4096);
        imap4__arena_clear(&arena);
    }
    free(text);
}
END_TEST

START_TEST(long_lists_cut_in_two)
{
    size_t len;
    char *text = long_list(LIST, &len);

    /* near the beginning, around the ends of the first blocks, and here and there */
    for (size_t cut = 1; cut < len; cut += cut < 1000 ? 1 : 9973) {
        imap4__arena arena;
        imap4__run run;
        size_t taken;

        imap4__arena_init(&arena, NULL);
        ck_assert_int_eq(imap4__run_begin(&run, LIST, &arena), IMAP4_OK);
        ck_assert_int_eq(imap4__run_feed(&run, (uint8_t *)text, cut, &taken), IMAP4_OK);
        ck_assert_uint_eq(taken, cut);
        if (cut < 1000)
            len = 5000; /* enough to see */
        ck_assert_int_eq(imap4__run_feed(&run, (uint8_t *)text + cut, len - cut, &taken), IMAP4_OK);
        ck_assert_int_eq(imap4__run_end(&run), IMAP4_OK);
        ck_assert_int_eq(run.set->numbers->unordered, 0);
        ck_assert_uint_eq(imap4__set_ranges(run.set), imap4__set_count(run.set));
        if (cut < 1000)
            len = strlen(text);
        else
            check_long(&run);
        imap4__arena_clear(&arena);
    }
    free(text);
}
END_TEST

/* A million parentheses: no stack is used, and what they cost is counted. */
START_TEST(nesting_costs_no_stack)
{
    enum {
        DEPTH = 1000000
    };
    char *text = malloc(2 * DEPTH + 1);
    imap4__arena arena;
    imap4__run run;
    imap4_set_cursor cursor = {0};
    imap4_thread_node node = {0, 0};
    size_t taken;
    uint32_t wrong = 0;

    memset(text, '(', DEPTH);
    text[DEPTH] = '7';
    memset(text + DEPTH + 1, ')', DEPTH);
    imap4__arena_init(&arena, NULL);
    ck_assert_int_eq(imap4__run_begin(&run, THREADS, &arena), IMAP4_OK);
    ck_assert_int_eq(imap4__run_feed(&run, (uint8_t *)text, DEPTH, &taken), IMAP4_OK);
    ck_assert_uint_ge(run.bytes, DEPTH * 4);
    ck_assert_uint_le(arena.total, 20 * (size_t)DEPTH);
    ck_assert_uint_le(arena.total, run.bytes + run.bytes / 8 + 4096);
    ck_assert_int_eq(imap4__run_feed(&run, (uint8_t *)text + DEPTH, DEPTH + 1, &taken), IMAP4_OK);
    ck_assert_int_eq(imap4__run_end(&run), IMAP4_OK);
    ck_assert_uint_eq(run.bad, 0);
    ck_assert_uint_eq(imap4_threads_count(run.threads), DEPTH);
    for (uint32_t i = 0; i < DEPTH; i++)
        wrong += !imap4_threads_next(run.threads, &cursor, &node) || node.level != i ||
                 node.number != (i == DEPTH - 1 ? 7 : 0);
    ck_assert_uint_eq(wrong, 0);
    imap4__arena_clear(&arena);
    free(text);
}
END_TEST

/* The call is made again with the rest, until it goes. */
static void feed_all(imap4__run *run, const char *text, size_t len)
{
    size_t at = 0;

    while (at < len) {
        size_t taken = 0;
        int result = imap4__run_feed(run, (const uint8_t *)text + at, len - at, &taken);

        at += taken;
        ck_assert(result == IMAP4_OK ? at == len : result == IMAP4_ERROR_MEMORY && at < len);
    }
}

/* What would need more memory than there is, at the limits of what can be counted. */
START_TEST(limits_of_counting)
{
    imap4__arena arena;
    imap4__run run;
    imap4_set_cursor cursor = {0};
    imap4_thread_node node = {0, 0};
    size_t taken;

    imap4__arena_init(&arena, NULL);
    ck_assert_int_eq(imap4__run_begin(&run, THREADS, &arena), IMAP4_OK);
    ck_assert_int_eq(imap4__run_feed(&run, (const uint8_t *)"((1", 3, &taken), IMAP4_OK);
    run.levels[0] = run.levels[1] = 0x7ffffffe; /* as if so many messages had come before */
    ck_assert_int_eq(imap4__run_feed(&run, (const uint8_t *)" 2 3(4(((5", 10, &taken), IMAP4_OK);
    ck_assert_int_eq(imap4__run_end(&run), IMAP4_OK);
    while (imap4_threads_next(run.threads, &cursor, &node))
        ck_assert_uint_ge(node.level, 0x7ffffffe);
    ck_assert_uint_eq(node.number, 5);
    ck_assert_uint_eq(node.level, 0x7fffffff);
    ck_assert_uint_eq(imap4_threads_count(run.threads), 8);
    run.depth = run.depth_capacity = SIZE_MAX / 4;
    ck_assert_int_eq(imap4__run_feed(&run, (const uint8_t *)"(", 1, &taken), IMAP4_ERROR_MEMORY);
    ck_assert_uint_eq(taken, 0);
    imap4__arena_clear(&arena);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    static const char *const unit[] = {"", "7 3 9 10 11 ", "7,3:5,9,10,*,", "(1 (2)(3 ((4)(5))))"};
    static const char *const tail[] = {"", "77", "77", ""};
    char text[16384 + 2100] = "";
    char expected[65536 + 16] = "";
    int kind = _i;
    test_memory memory;
    size_t n = 0;

    for (size_t i = 0; i < 700; i++)
        strcat(text, unit[kind]);
    strcat(text, tail[kind]);
    if (kind == THREADS) {
        memset(text + strlen(text), '(', 2000);
        strcat(text, "7");
    }
    do {
        imap4__arena arena;
        imap4__run run;
        size_t left = 0;

        test_memory_init(&memory, n);
        imap4__arena_init(&arena, &memory.allocator);
        if (imap4__run_begin(&run, kind, &arena) != IMAP4_OK) {
            ck_assert_uint_eq(memory.live, 0);
            continue;
        }
        feed_all(&run, text, strlen(text));
        if (imap4__run_end(&run) != IMAP4_OK)
            ck_assert_int_eq(imap4__run_end(&run), IMAP4_OK);
        left = strlen(shown(&run));
        if (n == 0)
            snprintf(expected, sizeof expected, "%s %u", shown(&run), (unsigned)run.bad);
        else
            ck_assert_msg(strncmp(expected, shown(&run), left) == 0 &&
                              (uint32_t)strtoul(expected + left, NULL, 10) == run.bad,
                          "%zu: %s", n, shown(&run));
        imap4__arena_clear(&arena);
        ck_assert_uint_eq(memory.live, 0);
    } while (n++ == 0 || memory.failed > 0);
    ck_assert_uint_ge(n, 3);
}
END_TEST

/* At some length the last number finds no memory, and finds it when asked again. */
START_TEST(the_end_may_be_tried_again)
{
    char text[4096] = "";
    int kind = _i;
    int failures = 0;

    for (size_t size = 1; size < 800; size++) {
        strcat(text, size > 1 ? kind == LIST ? " 7" : ",7" : "7");
        for (size_t n = 1; n < 4; n++) {
            test_memory memory;
            imap4__arena arena;
            imap4__run run;

            test_memory_init(&memory, n);
            imap4__arena_init(&arena, &memory.allocator);
            if (imap4__run_begin(&run, kind, &arena) == IMAP4_OK) {
                feed_all(&run, text, strlen(text));
                if (imap4__run_end(&run) != IMAP4_OK) {
                    failures++;
                    ck_assert_int_eq(imap4__run_end(&run), IMAP4_OK);
                }
                ck_assert_uint_eq(imap4__set_count(run.set), size);
            }
            imap4__arena_clear(&arena);
        }
    }
    ck_assert_int_gt(failures, 0);
}
END_TEST

Suite *run_suite(void)
{
    const TTest *const tests[] = {
        bytes_of_each_kind, long_lists_cut_in_two, nesting_costs_no_stack, limits_of_counting, NULL,
    };
    Suite *suite = suite_create("run");
    TCase *tcase = suite_tests(suite, "run", tests);

    tcase_add_loop_test(tcase, pieces_give_what_the_whole_gives, 0, (int)(sizeof rows / sizeof *rows));
    tcase_add_loop_test(tcase, long_lists_in_pieces, LIST, THREADS + 1);
    tcase_add_loop_test(tcase, every_allocation_may_fail, LIST, THREADS + 1);
    tcase_add_loop_test(tcase, the_end_may_be_tried_again, LIST, SET + 1);
    return suite;
}
