#include "base/str.h"
#include "reading.h"
#include "support/memory.h"
#include "support/suite.h"

#include <stdint.h>
#include <stdio.h>

Suite *value_suite(void);

/* A tree as text: N for NIL, a:atom, 7=007 for numbers, "string", (lists). */
static void print(const imap4_value *value, char *out, size_t size)
{
    for (; value != NULL; value = value->next) {
        size_t used = strlen(out);

        switch (value->kind) {
        case IMAP4_VALUE_NIL:
            snprintf(out + used, size - used, "N");
            break;
        case IMAP4_VALUE_ATOM:
            snprintf(out + used, size - used, "a:%s", value->text.data);
            break;
        case IMAP4_VALUE_NUMBER:
            snprintf(out + used, size - used, "%llu=%s", (unsigned long long)value->number, value->text.data);
            break;
        case IMAP4_VALUE_STRING:
            snprintf(out + used, size - used, "\"%s\"", value->text.data);
            break;
        default:
            ck_assert_int_eq(value->kind, IMAP4_VALUE_LIST);
            snprintf(out + used, size - used, "(");
            print(value->children, out, size);
            used = strlen(out);
            snprintf(out + used, size - used, ")");
            break;
        }
        used = strlen(out);
        if (value->next != NULL)
            snprintf(out + used, size - used, " ");
    }
}

static const struct row {
    const char *in;
    int found;
    const char *tree;
    size_t taken;
} rows[] = {
    {"NIL x", 1, "N", 3},
    {"nil", 1, "N", 3},
    {"atom)", 1, "a:atom", 4},
    {"12 13", 1, "12=12", 2},
    {"007", 1, "7=007", 3},
    {"99999999999999999999", 1, "18446744073709551615=99999999999999999999", 20},
    {"-1", 1, "a:-1", 2},
    {"12a", 1, "a:12a", 3},
    {"\"quo\\\"ted\" x", 1, "\"quo\"ted\"", 10},
    {"{3}\r\n(a)x", 1, "\"(a)\"", 8},
    {"~{1}\r\nx", 1, "\"x\"", 7},
    {"()", 1, "()", 2},
    {"(  )", 1, "()", 4},
    {"(())", 1, "(())", 4},
    {"(() ())x", 1, "(() ())", 7},
    {"(a (b 2 \"c\") NIL ({1}\r\n)) ) x", 1, "(a:a (a:b 2=2 \"c\") N (\")\"))", 27},
    {"(a(b)c\"d\"\"e\")", 1, "(a:a (a:b) a:c \"d\" \"e\")", 13},
    {"( a  b )", 1, "(a:a a:b)", 8},
    {"(\"a)\" b)", 1, "(\"a)\" a:b)", 8},
    {"\\Seen", 1, "a:\\Seen", 5},
    {"", 0, NULL, 0},
    {" a", 0, NULL, 0},
    {")", 0, NULL, 0},
    {"\t", 0, NULL, 0},
    {"(a", IMAP4_ERROR_PROTOCOL, NULL, 0},
    {"(", IMAP4_ERROR_PROTOCOL, NULL, 0},
    {"((a)", IMAP4_ERROR_PROTOCOL, NULL, 0},
    {"(\"a)", IMAP4_ERROR_PROTOCOL, NULL, 0},
    {"(a \t)", IMAP4_ERROR_PROTOCOL, NULL, 0},
    {"\"a", IMAP4_ERROR_PROTOCOL, NULL, 0},
    {"{9}\r\na", IMAP4_ERROR_PROTOCOL, NULL, 0},
};

START_TEST(trees)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        imap4_value *value = NULL;
        char tree[256] = "";
        reading r;

        reading_start(&r, row->in, strlen(row->in), NULL);
        ck_assert_msg(imap4__value(&r.cur, &value) == row->found, "%s", row->in);
        ck_assert_msg(reading_at(&r) == row->taken, "%s: %zu", row->in, reading_at(&r));
        if (row->found == 1) {
            ck_assert_ptr_null(value->next);
            print(value, tree, sizeof tree);
            ck_assert_str_eq(tree, row->tree);
        }
        reading_finish(&r);
    }
}
END_TEST

/* Skipping goes over what can be read, and over more. */
START_TEST(skipping_ends_where_reading_does)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        reading r;
        int found;

        reading_start(&r, row->in, strlen(row->in), NULL);
        found = imap4__skip_value(&r.cur);
        if (row->found == 1 || row->found == 0) {
            ck_assert_int_eq(found, row->found);
            ck_assert_msg(reading_at(&r) == row->taken, "%s", row->in);
        } else if (found < 0) {
            ck_assert_int_eq(found, IMAP4_ERROR_PROTOCOL);
            ck_assert_uint_eq(reading_at(&r), 0);
        }
        ck_assert_uint_eq(r.arena.total, 0);
        reading_finish(&r);
    }
}
END_TEST

static const struct list_row {
    const char *in;
    size_t taken; /* 0: the list is not closed */
} list_rows[] = {
    {"a b) c", 4},       {")", 1},          {"(a) (b (c))) d", 12}, {"\")\" {1}\r\n)) x", 11},
    {"a \x01 \t) x", 6}, {"a \"b) x", 5}, /* a quote that nothing closes */
    {"\\\"a) \"b)", 8},  {"{5}\r\n) x", 6}, {"a (b)", 0},           {"", 0},
    {"\")\"", 0},
};

START_TEST(lists_are_left)
{
    for (size_t i = 0; i < sizeof list_rows / sizeof *list_rows; i++) {
        const struct list_row *row = &list_rows[i];
        reading r;

        reading_start(&r, row->in, strlen(row->in), NULL);
        ck_assert_msg(imap4__skip_list(&r.cur) == (row->taken > 0 ? 1 : IMAP4_ERROR_PROTOCOL), "%s", row->in);
        ck_assert_msg(reading_at(&r) == row->taken, "%s: %zu", row->in, reading_at(&r));
        reading_finish(&r);
    }
}
END_TEST

static int read_nested(size_t depth, uint32_t limit)
{
    char *in = malloc(2 * depth);
    imap4_value *value = NULL;
    reading r;
    int found;

    memset(in, '(', depth);
    memset(in + depth, ')', depth);
    reading_start(&r, in, 2 * depth, NULL);
    r.cur.nesting_limit = limit;
    ck_assert_int_eq(imap4__skip_value(&r.cur), 1);
    ck_assert_uint_eq(reading_at(&r), 2 * depth);
    r.cur.at = r.cur.start;
    found = imap4__value(&r.cur, &value);
    ck_assert_uint_eq(reading_at(&r), found == 1 ? 2 * depth : 0);
    reading_finish(&r);
    free(in);
    return found;
}

START_TEST(nesting_has_a_limit_and_costs_no_stack)
{
    ck_assert_int_eq(read_nested(1, 1), 1);
    ck_assert_int_eq(read_nested(2, 1), IMAP4_ERROR_LIMIT);
    ck_assert_int_eq(read_nested(100, 100), 1);
    ck_assert_int_eq(read_nested(101, 100), IMAP4_ERROR_LIMIT);
    ck_assert_int_eq(read_nested(300000, UINT32_MAX), 1);
}
END_TEST

START_TEST(lists_have_a_limit)
{
    imap4_value *value = NULL;
    reading r;

    reading_start(&r, "(a b (c d e) f)", 15, NULL);
    r.cur.list_limit = 4;
    ck_assert_int_eq(imap4__value(&r.cur, &value), 1);
    r.cur.at = r.cur.start;
    r.cur.list_limit = 3;
    ck_assert_int_eq(imap4__value(&r.cur, &value), IMAP4_ERROR_LIMIT);
    ck_assert_uint_eq(reading_at(&r), 0);
    reading_finish(&r);
}
END_TEST

START_TEST(streamed_strings_are_nil)
{
    imap4__hole hole = {.at = 8, .size = 500, .streamed = 1};
    imap4_value *value = NULL;
    reading r;

    reading_start(&r, "({500}\r\n b)", 11, NULL);
    r.cur.holes = &hole;
    r.cur.hole_count = 1;
    ck_assert_int_eq(imap4__value(&r.cur, &value), 1);
    ck_assert_int_eq(value->children->kind, IMAP4_VALUE_STRING);
    ck_assert_ptr_null(value->children->text.data);
    ck_assert_str_eq(value->children->next->text.data, "b");
    reading_finish(&r);
}
END_TEST

/* A run that was read as it arrived is written out again where nobody knows what it is; trees are none. */
START_TEST(runs_are_atoms)
{
    static const struct run_row {
        int kind;
        const char *in;
        const char *tree;
    } runs[] = {
        {IMAP4__RUN_SET, "(a 3,4 b)", "(a:a a:3:5,* a:b)"},
        {IMAP4__RUN_LIST, "(a 3 4 b)", "(a:a a:3:5,* a:b)"},
        {IMAP4__RUN_THREADS, "(a (4 b)", ""},
    };

    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        const char *in = runs[i].in;
        imap4__hole hole = {.at = 3, .present = 1, .run = runs[i].kind};
        imap4_value *value = NULL;
        char tree[256] = "";
        test_memory memory;
        size_t n = 0;

        hole.junk = strcspn(in, "b") - 5;
        do {
            reading r;
            imap4__run run;
            imap4__arena arena;
            size_t taken;
            int found;

            imap4__arena_init(&arena, NULL);
            imap4__run_begin(&run, IMAP4__RUN_SET, &arena);
            imap4__run_feed(&run, (const uint8_t *)"3,4:5,*", 7, &taken);
            imap4__run_end(&run);
            hole.set = runs[i].kind == IMAP4__RUN_THREADS ? NULL : run.set;
            test_memory_init(&memory, n);
            reading_start(&r, in, strlen(in), &memory.allocator);
            r.cur.holes = &hole;
            r.cur.hole_count = 1;
            found = imap4__value(&r.cur, &value);
            ck_assert_int_eq(found, memory.failed ? IMAP4_ERROR_MEMORY : 1);
            if (found == 1) {
                tree[0] = '\0';
                if (hole.set == NULL) /* nothing to write */
                    ck_assert_ptr_null(value->children->next->text.data);
                else
                    print(value, tree, sizeof tree);
                ck_assert_str_eq(tree, runs[i].tree);
                ck_assert_uint_eq(reading_at(&r), strlen(in));
            }
            reading_finish(&r);
            imap4__arena_clear(&arena);
        } while (n++ == 0 || memory.failed > 0);
    }
}
END_TEST

START_TEST(runs_are_skipped_whole)
{
    /* of the trees an opening parenthesis was left over */
    imap4__hole hole = {.at = 3, .present = 1, .junk = 2, .run = IMAP4__RUN_THREADS};
    reading r;

    reading_start(&r, "(a ((4 b) c", 11, NULL);
    r.cur.holes = &hole;
    r.cur.hole_count = 1;
    ck_assert_int_eq(imap4__skip_value(&r.cur), 1);
    ck_assert_uint_eq(reading_at(&r), 9);
    r.cur.at = r.cur.start + 3;
    ck_assert_int_eq(imap4__skip_value(&r.cur), 1);
    ck_assert_uint_eq(reading_at(&r), 6);
    reading_finish(&r);
}
END_TEST

/* Quotes that nothing closes, thousands of them; looking for the end of each would take minutes. */
START_TEST(skipping_is_linear)
{
    size_t size = 2000000;
    char *in = malloc(size);
    reading r;

    for (size_t i = 0; i < size; i++)
        in[i] = i % 2 == 0 ? '"' : '\\';
    reading_start(&r, in, size, NULL);
    ck_assert_int_eq(imap4__skip_list(&r.cur), IMAP4_ERROR_PROTOCOL);
    reading_finish(&r);
    for (size_t i = 0; i < size; i++)
        in[i] = i % 2 == 0 ? '"' : 'a';
    reading_start(&r, in, size, NULL);
    r.cur.end--;
    ck_assert_int_eq(imap4__skip_list(&r.cur), IMAP4_ERROR_PROTOCOL);
    reading_finish(&r);
    free(in);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    static const char in[] = "(a (b 2 \"c\\\"\") NIL ({1}\r\n)) (((((((((((((((())))))))))))))))"
                             "(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30))";
    test_memory memory;
    size_t n = 0;

    do {
        imap4_value *value = NULL;
        reading r;
        int found;

        test_memory_init(&memory, ++n);
        reading_start(&r, in, sizeof in - 1, &memory.allocator);
        found = imap4__value(&r.cur, &value);
        ck_assert_int_eq(found, memory.failed ? IMAP4_ERROR_MEMORY : 1);
        ck_assert_uint_eq(reading_at(&r), memory.failed ? 0 : sizeof in - 1);
        reading_finish(&r);
        ck_assert_uint_eq(memory.live, 0);
    } while (memory.failed > 0);
    ck_assert_uint_gt(n, 2);
}
END_TEST

START_TEST(kind_names)
{
    ck_assert_str_eq(imap4_value_kind_name(IMAP4_VALUE_NIL), "NIL");
    ck_assert_str_eq(imap4_value_kind_name(IMAP4_VALUE_ATOM), "ATOM");
    ck_assert_str_eq(imap4_value_kind_name(IMAP4_VALUE_NUMBER), "NUMBER");
    ck_assert_str_eq(imap4_value_kind_name(IMAP4_VALUE_STRING), "STRING");
    ck_assert_str_eq(imap4_value_kind_name(IMAP4_VALUE_LIST), "LIST");
    ck_assert_ptr_null(imap4_value_kind_name(0));
    ck_assert_ptr_null(imap4_value_kind_name(6));
    ck_assert_ptr_null(imap4_value_kind_name(-1));
}
END_TEST

Suite *value_suite(void)
{
    const TTest *const tests[] = {
        trees,
        skipping_ends_where_reading_does,
        lists_are_left,
        nesting_has_a_limit_and_costs_no_stack,
        lists_have_a_limit,
        streamed_strings_are_nil,
        runs_are_atoms,
        runs_are_skipped_whole,
        skipping_is_linear,
        every_allocation_may_fail,
        kind_names,
        NULL,
    };
    Suite *suite = suite_create("value");

    suite_tests(suite, "value", tests);
    return suite;
}
