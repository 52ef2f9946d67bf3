#include "describe.h"
#include "grammar/quote.h"
#include "support/suite.h"

Suite *quote_suite(void);

enum {
    TEXT = IMAP4__FOLLOW_TEXT,
    LIST = IMAP4__FOLLOW_LIST,
    CLOSE = IMAP4__FOLLOW_CLOSE,
    NUMBER = IMAP4__FOLLOW_NUMBER,
    ANY = IMAP4__FOLLOW_ANY
};

typedef struct quote_row {
    const char *bytes;
    int follow;
    int end; /* offset of the closing quote; -1: there is none */
} quote_row;

static int find(const char *bytes, size_t len, int follow, int loose, imap4__response *response)
{
    const uint8_t *quote;
    int end;
    reply r;

    reply_init(&r, bytes, len, NULL);
    memset(response, 0, sizeof *response);
    response->loose = loose;
    quote = imap4__quote_end(&r.cursor, response, follow);
    end = quote == NULL ? -1 : (int)(quote - r.bytes);
    reply_clear(&r);
    return end;
}

static void check_quotes(const quote_row *rows, size_t count, int loose, int stray)
{
    imap4__response response;

    for (size_t i = 0; i < count; i++) {
        int end = find(rows[i].bytes, strlen(rows[i].bytes), rows[i].follow, loose, &response);
        ck_assert_msg(end == rows[i].end, "%s: %d", rows[i].bytes, end);
        ck_assert_msg((int)response.stray == stray, "%s: %u stray", rows[i].bytes, response.stray);
    }
}

#define CHECK_QUOTES(rows, loose, stray) check_quotes(rows, sizeof(rows) / sizeof(rows)[0], loose, stray)

/* RFC 9051 section 4.3 and 9, quoted. What stands behind the string does not matter as long as it can stand there. */
START_TEST(well_formed)
{
    static const quote_row rows[] = {
        {"\"\"", TEXT, 1},          {"\"abc\" x", LIST, 4},    {"\"a)\" x", LIST, 3},  {"\"a\\\"b\\\\\")", TEXT, 7},
        {"\"a\\\")(\" 1", TEXT, 6}, {"\"a\"\r\n x", TEXT, 2},  {"\"a\"\n x", TEXT, 2}, {"\"a\"\tx", TEXT, 2},
        {"\"a\"(", TEXT, 2},        {"\"(\\\"\" )", CLOSE, 4},
    };

    CHECK_QUOTES(rows, 0, 0);
}
END_TEST

/* The first quote with something behind it that may follow, or else the first with a separator behind it. */
START_TEST(not_escaped)
{
    static const quote_row rows[] = {
        /* iCloud, Coremail, Domino */
        {"\"<\"1.x\"@y>\")", CLOSE, 10},
        {"\"\"\"\" \"7BIT\"", TEXT, 3},
        {"\"3D\"Windows-1252\"\")", TEXT | CLOSE, 17},
        /* texts */
        {"\"a\"b\" \"c\"", TEXT, 4},
        {"\"a\"b\" {3}", TEXT, 4},
        {"\"a\"b\" ~{3}", TEXT, 4},
        {"\"a\"b\" NIL x", TEXT, 4},
        {"\"a\"b\" nil)", TEXT, 4},
        {"\"a\"b\" c\" NIL", TEXT, 7},
        {"\"a\"b\" c\" NILS", TEXT, 4},
        {"\"a\"b\" c\" NI", TEXT, 4},
        {"\"a\"b\" 5 c\" NIL", TEXT, 9},
        {"\"a\"b\" (c)\" NIL", TEXT, 9},
        {"\"a\"b\") c\" NIL", TEXT, 8},
        /* lists */
        {"\"a\"b\" \"c\" ((", LIST, 8},
        {"\"a\"b\" \"c\" NIL", LIST, 8},
        {"\"a\"b\"((", LIST, 4},
        {"\"a\"b\" (c)\" (\"", LIST, 9},
        {"\"a\"b\" (c)\" ()", LIST, 9},
        {"\"a\"b\" (c)\" ( x", LIST, 9},
        {"\"a\"b\" (c)\" ({1}", LIST, 9},
        {"\"a\"b\" (c)\" (NIL", LIST, 9},
        {"\"a\"b\" (c)\" (", LIST, 9},
        {"\"a\"b\" /c\" ((", LIST, 8},
        {"\"a\"b\" :c\" ((", LIST, 8},
        /* the end of a list */
        {"\"a\"b\" \"c\" NIL)\")", CLOSE, 14},
        {"\"a\"b\")x\")", CLOSE, 7},
        {"\"a\"b\") x", CLOSE, 4},
        {"\"a\"b\" )(", CLOSE, 4},
        {"\"a\"b\"", CLOSE, 4},
        /* numbers */
        {"\"a\"b\" c\" 12", NUMBER, 7},
        {"\"a\"b\" c\" 92", NUMBER, 7},
        {"\"a\"b\" c\" 02", ANY, 7},
        /* nothing fits */
        {"\"a\"b\" c d\"e", TEXT, 4},
        {"\"a\"b\" c\" d", TEXT, 4},
        {"\"a\"b\"c", ANY, -1},
        {"\"abc", ANY, -1},
        {"\"a\"b\\", ANY, -1},
        {"\"a\"b\\\"c", ANY, -1},
        /* escaped quotes end it only as QQ does */
        {"\"qq.com\\\")(NIL \"b\")", CLOSE, 8},
        {"\"qq.com\\\"))", ANY, 8},
        {"\"qq.com\\\"", CLOSE, 8},
        {"\"a\"b\\\")c\" x\")", CLOSE, 11},
        {"\"a\"b\\\")\" NIL", TEXT, 7},
        {"\"a\"\\\\\") c\" NIL", TEXT, 9},
    };

    CHECK_QUOTES(rows, 0, 1);
}
END_TEST

/* The second reading of an item whose first did damage. */
START_TEST(loose)
{
    static const quote_row rows[] = {
        {"\"foo\" bar\" ((", LIST, 9},     {"\"foo\" bar\" baz", LIST, 4}, {"\"a\\\"b\" NIL", TEXT, 5},
        {"\"qq.com\\\")(\"b\"", CLOSE, 8}, {"\"a\" \"b\" \"c\"", TEXT, 2}, {"\"a", ANY, -1},
    };

    CHECK_QUOTES(rows, 1, 0);
}
END_TEST

/* Strings are legal whatever their length; one that is not ended well is followed for 8 KiB. */
START_TEST(lengths)
{
    static char bytes[20000];
    imap4__response response;

    memset(bytes, 'x', sizeof bytes);
    bytes[0] = '"';
    bytes[sizeof bytes - 1] = '"';
    ck_assert_int_eq(find(bytes, sizeof bytes, ANY, 0, &response), (int)sizeof bytes - 1);
    for (int end = 2047; end <= 2050; end++) {
        memset(bytes, 'x', sizeof bytes);
        bytes[0] = '"';
        bytes[1] = '"';
        bytes[end] = '"';
        bytes[end + 1] = ')';
        ck_assert_int_eq(find(bytes, sizeof bytes, ANY, 0, &response), end <= 2048 ? end : -1);
        memset(bytes, 'x', sizeof bytes);
        bytes[0] = '"';
        bytes[1] = '"';
        bytes[end - 1] = '\\';
        bytes[end] = '"';
        bytes[end + 1] = ')';
        bytes[end + 2] = ')';
        ck_assert_int_eq(find(bytes, sizeof bytes, ANY, 0, &response), end <= 2048 ? end : -1);
    }
}
END_TEST

/* What is read again is counted, so that no response costs more than a few times its size. */
START_TEST(work_is_bounded)
{
    static char bytes[200000];
    uint64_t limit = sizeof bytes * 4 + 4096;
    int found = 0;
    reply r;

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = "\"a\"b "[i % 5];
    memset(bytes + sizeof bytes - 10000, 'x', 10000);
    reply_init(&r, bytes, sizeof bytes, NULL);
    for (size_t i = 0; i + 5 < r.len; i += 5) {
        r.cursor.at = r.bytes + i;
        found += imap4__quote_end(&r.cursor, &r.response, ANY) != NULL;
    }
    ck_assert_uint_gt(r.response.again, limit);
    ck_assert_uint_lt(r.response.again, limit + 2 * 2048);
    ck_assert_int_eq(imap4__quote_again(&r.cursor, &r.response, 0), 0);
    ck_assert_ptr_null(imap4__quote_end(&r.cursor, &r.response, ANY));
    reply_clear(&r);

    /* a string that nothing ends is looked for to the end of the response, three times and a bit, then not any more */
    memset(bytes, 'x', sizeof bytes);
    bytes[0] = '"';
    reply_init(&r, bytes, sizeof bytes, NULL);
    for (found = 0; imap4__quote_again(&r.cursor, &r.response, 0); found++)
        ck_assert_ptr_null(imap4__quote_end(&r.cursor, &r.response, ANY));
    ck_assert_int_eq(found, 4);
    reply_clear(&r);
}
END_TEST

Suite *quote_suite(void)
{
    const TTest *const tests[] = {well_formed, not_escaped, loose, lengths, work_is_bounded, NULL};
    Suite *suite = suite_create("quote");

    suite_tests(suite, "quote", tests);
    return suite;
}
