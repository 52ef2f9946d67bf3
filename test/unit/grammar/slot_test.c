#include "describe.h"
#include "grammar/slot.h"
#include "support/suite.h"

Suite *slot_suite(void);

typedef struct slot_row {
    const char *bytes;
    int result;
    const char *text; /* NULL: NIL */
    int at;
} slot_row;

/* What imap4__slot() says, with every amount of memory that is too little as well. */
static void check_slot(const slot_row *expected)
{
    size_t most = SIZE_MAX;

    for (size_t limit = 0; limit < most; limit++) {
        imap4_str text = {NULL, 0};
        int result;
        reply r;

        reply_init(&r, expected->bytes, strlen(expected->bytes), NULL);
        r.arena.limit = limit;
        result = imap4__slot(&r.cursor, &r.response, IMAP4__FOLLOW_TEXT, &text);
        if (limit == 0) {
            ck_assert_msg(result == expected->result, "%s: %d", expected->bytes, result);
            if (result >= 0)
                ck_assert_msg(r.cursor.at - r.bytes == expected->at, "%s", expected->bytes);
            if (expected->text == NULL)
                ck_assert_ptr_null(text.data);
            else
                ck_assert_str_eq(text.data, expected->text);
            most = r.arena.used;
        } else {
            ck_assert_int_eq(result, IMAP4_ERROR_MEMORY);
        }
        reply_clear(&r);
    }
}

START_TEST(texts)
{
    static const slot_row rows[] = {
        {"\"abc\" x", 1, "abc", 5},
        {"\"\")", 1, "", 2},
        {"\"a\\\"b\\\\c\" x", 1, "a\"b\\c", 9},
        {"\"a\\(b\\)\" x", 1, "a(b)", 8}, /* GroupWise */
        {"\"a\\\\\" x", 1, "a\\", 5},
        {"\"a\"b\" NIL", 1, "a\"b", 5},
        {"nil x", 1, NULL, 3},
        {"NIL", 1, NULL, 3},
        {"NIL(", 1, NULL, 3},
        {"() x", 1, NULL, 2},
        {"{3}\r\na\"b\"c", 1, "a\"b", 8},
        {"~{3}\r\na b x", 1, "a b", 9},
        {"atom x", 1, "atom", 4},
        {"nile x", 1, "nile", 4},
        {"NIL{1}\r\na", 1, NULL, 3},
        {"()\"x\"", 1, NULL, 2},
        {"{1}\r\na\"x\"", 1, "a", 6},
        {"~{1}\r\na\"x\"", 1, "a", 7},
        /* something else */
        {"foo\" bar", 0, NULL, 0},
        {"(x)", 0, NULL, 0},
        {")", 0, NULL, 0},
        {"\001", 0, NULL, 0},
        {"", 0, NULL, 0},
        {"ni", 1, "ni", 2},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_slot(&rows[i]);
}
END_TEST

/* Quotes where none can be are noticed: they are the reason to read an item again. */
START_TEST(stray_quotes)
{
    static const char *const rows[] = {"\"a\"b\" NIL", "foo\" bar", "NIL\" bar", "\"abc", "\"a\" NIL", "foo bar"};

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        imap4_str text;
        reply r;

        reply_init(&r, rows[i], strlen(rows[i]), NULL);
        (void)imap4__slot(&r.cursor, &r.response, IMAP4__FOLLOW_TEXT, &text);
        ck_assert_msg(r.response.stray == (i < 4), "%s: %u", rows[i], r.response.stray);
        reply_clear(&r);
    }
}
END_TEST

START_TEST(strings_without_end)
{
    static const char *const rows[] = {"\"abc", "\"a\"b", "\"qq\\\")x", "\"a\"b\\\"c"};

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        imap4_str text;
        reply r;

        reply_init(&r, rows[i], strlen(rows[i]), NULL);
        ck_assert_int_eq(imap4__slot(&r.cursor, &r.response, IMAP4__FOLLOW_TEXT, &text), IMAP4_ERROR_PROTOCOL);
        ck_assert_int_eq(imap4__slot_pass(&r.cursor, &r.response), IMAP4_ERROR_PROTOCOL);
        reply_clear(&r);
    }
}
END_TEST

START_TEST(what_is_text)
{
    static const slot_row rows[] = {
        {"a", 1, NULL, 0}, {"\"a\"", 1, NULL, 0}, {"{1}", 1, NULL, 0}, {"5", 1, NULL, 0},   {"NILX", 1, NULL, 0},
        {"", 0, NULL, 0},  {"(", 0, NULL, 0},     {")", 0, NULL, 0},   {"NIL", 0, NULL, 0}, {"nil ", 0, NULL, 0},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        reply r;

        reply_init(&r, rows[i].bytes, strlen(rows[i].bytes), NULL);
        ck_assert_msg(imap4__slot_is_text(&r.cursor) == rows[i].result, "%s", rows[i].bytes);
        ck_assert_ptr_eq(r.cursor.at, r.bytes);
        reply_clear(&r);
    }
}
END_TEST

/* Where a text is due, anything else is left out. */
START_TEST(due_texts)
{
    static const slot_row rows[] = {
        {" \"a\" x", 1, "a", 4},
        {"  ) x", 1, "before", 2},
        {"(1 (2)) x", 1, "before", 7},
        {"\001 x", 1, "before", 1},
        {"a\"b c\" x", 1, "before", 6},
        {"", IMAP4_ERROR_PROTOCOL, "before", 0},
        {"(1", IMAP4_ERROR_PROTOCOL, "before", 0},
    };
    static const unsigned damaged[] = {0, 0, 1, 1, 1, 0, 0};

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        imap4_str text = imap4__str("before");
        int result;
        reply r;

        reply_init(&r, rows[i].bytes, strlen(rows[i].bytes), NULL);
        result = imap4__slot_text(&r.cursor, &r.response, IMAP4__FOLLOW_TEXT, &text);
        ck_assert_msg(result == rows[i].result, "%s: %d", rows[i].bytes, result);
        ck_assert_str_eq(text.data, rows[i].text);
        ck_assert_uint_eq(r.response.damaged, damaged[i]);
        if (result == 1)
            ck_assert_msg(r.cursor.at - r.bytes == rows[i].at, "%s", rows[i].bytes);
        reply_clear(&r);
    }
}
END_TEST

START_TEST(passing_over)
{
    static const slot_row rows[] = {
        {"abc def", 1, NULL, 3},
        {"(a (b \"c)\" {2}\r\n)) d) e) f", 1, NULL, 24},
        {"(\"a\"b\" NIL) x", 1, NULL, 11},
        {"(a\"b)c\" d) x", 1, NULL, 10},
        {"(\001\177) x", 1, NULL, 4},
        {"{1}\r\n))", 1, NULL, 6},
        {")", 0, NULL, 0},
        {"", 0, NULL, 0},
        {"(a", IMAP4_ERROR_PROTOCOL, NULL, 0},
        {"({5}\r\na)", IMAP4_ERROR_PROTOCOL, NULL, 0},
        {"(a\"b)", IMAP4_ERROR_PROTOCOL, NULL, 0},
    };
    static const slot_row closing[] = {
        {") x", 1, NULL, 1},
        {" a (b) \"c\" ) x", 1, NULL, 12},
        {"(", IMAP4_ERROR_PROTOCOL, NULL, 0},
        {"a", IMAP4_ERROR_PROTOCOL, NULL, 0},
        {"", IMAP4_ERROR_PROTOCOL, NULL, 0},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int result;
        reply r;

        reply_init(&r, rows[i].bytes, strlen(rows[i].bytes), NULL);
        result = imap4__slot_pass(&r.cursor, &r.response);
        ck_assert_msg(result == rows[i].result, "%s: %d", rows[i].bytes, result);
        if (result >= 0)
            ck_assert_msg(r.cursor.at - r.bytes == rows[i].at, "%s: %d", rows[i].bytes, (int)(r.cursor.at - r.bytes));
        reply_clear(&r);
    }
    for (size_t i = 0; i < sizeof closing / sizeof closing[0]; i++) {
        int result;
        reply r;

        reply_init(&r, closing[i].bytes, strlen(closing[i].bytes), NULL);
        result = imap4__slot_close(&r.cursor, &r.response);
        ck_assert_msg(result == closing[i].result, "%s: %d", closing[i].bytes, result);
        if (result == 1)
            ck_assert_msg(r.cursor.at - r.bytes == closing[i].at, "%s", closing[i].bytes);
        reply_clear(&r);
    }
}
END_TEST

Suite *slot_suite(void)
{
    const TTest *const tests[] = {texts,        stray_quotes, strings_without_end, what_is_text, due_texts,
                                  passing_over, NULL};
    Suite *suite = suite_create("slot");

    suite_tests(suite, "slot", tests);
    return suite;
}
