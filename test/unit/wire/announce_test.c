#include "wire/announce.h"

#include "support/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *announce_suite(void);

enum {
    NONE = IMAP4__ANNOUNCE_NONE,
    LITERAL = IMAP4__ANNOUNCE_LITERAL,
    UNREADABLE = IMAP4__ANNOUNCE_UNREADABLE
};

/* The text of a line without its line end; what it announces outside and inside of an open quote. */
static const struct row {
    const char *line;
    int outside;
    int inside;
    uint64_t size;
} rows[] = {
    {"", NONE, NONE, 0},
    {"{", NONE, NONE, 0},
    {"}", NONE, NONE, 0},
    {" ", NONE, NONE, 0},
    {"{}", UNREADABLE, NONE, 0},
    {"{5}", LITERAL, LITERAL, 5},
    {"* X {5}", LITERAL, LITERAL, 5},
    {"* X {5+}", LITERAL, LITERAL, 5},
    {"* X ~{5}", LITERAL, LITERAL, 5},
    {"~{5}", LITERAL, LITERAL, 5},
    {"* X {0}", LITERAL, LITERAL, 0},
    {"* X {012}", LITERAL, LITERAL, 12},
    {"* X {9223372036854775807}", LITERAL, LITERAL, INT64_MAX},
    {"* X {0000000000000000005}", LITERAL, LITERAL, 5},
    {"* X {-1}", LITERAL, LITERAL, 0},
    {"* X {-9}", LITERAL, LITERAL, 0},
    /* what cannot be read */
    {"* X {9223372036854775808}", UNREADABLE, NONE, 0},
    {"* X {18446744073709551617}", UNREADABLE, NONE, 0},
    {"* X {00000000000000000005}", UNREADABLE, NONE, 0},
    {"* X {abc}", UNREADABLE, NONE, 0},
    {"* X ~{abc}", UNREADABLE, NONE, 0},
    {"* X ({abc}", UNREADABLE, NONE, 0},
    {"* X {5++}", UNREADABLE, NONE, 0},
    {"* X {+}", UNREADABLE, NONE, 0},
    {"* X {-}", UNREADABLE, NONE, 0},
    {"* X {5-}", UNREADABLE, NONE, 0},
    {"* X {5} ", UNREADABLE, NONE, 0},
    {"* X {5}   ", UNREADABLE, NONE, 0},
    {"* X {5}\r", UNREADABLE, NONE, 0},
    {"* X {12345678901234567890123}", UNREADABLE, NONE, 0}, /* so long and no longer */
    {"* X {123456789012345678901234}", NONE, NONE, 0},
    {"* X {5}    ", NONE, NONE, 0},
    /* what is no announcement */
    {"* X 5}", NONE, NONE, 0},
    {"* X {5", NONE, NONE, 0},
    {"* X {5}x", NONE, NONE, 0},
    {"* X { 5}", NONE, NONE, 0},
    {"* X {5 }", NONE, NONE, 0},
    {"* X {a}b}", NONE, NONE, 0},
    {"* X {\"a\"}", NONE, NONE, 0},
    {"* X {(5}", NONE, NONE, 0},
    {"* X {5)}", NONE, NONE, 0},
    {"* X x{abc}", NONE, NONE, 0},
    {"* X x~{abc}", NONE, NONE, 0},
    /* {n} counts outside of quotes wherever it stands, and inside where literals stand */
    {"* X x{5}", LITERAL, NONE, 5},
    {"* X X{5}", LITERAL, NONE, 5},
    {"* X BODY[]{5}", LITERAL, NONE, 5},
    {"* X (\"a\"{5}", LITERAL, NONE, 5},
    {"* X ({5}", LITERAL, LITERAL, 5},
    {"* X ( {5}", LITERAL, LITERAL, 5},
    {"* X \"a\" {5}", LITERAL, LITERAL, 5},
    {"* X \"a\" ~{5}", LITERAL, LITERAL, 5},
    {"* X (a) {5}", LITERAL, LITERAL, 5},
    {"* X BODY[] {5}", LITERAL, LITERAL, 5},
    {"* X BODY[]<0> {5}", LITERAL, LITERAL, 5},
    {"* X BODY[]  {5}", LITERAL, LITERAL, 5},
    {"* X NIL {5}", LITERAL, LITERAL, 5},
    {"* X (NIL {5}", LITERAL, LITERAL, 5},
    {"NIL {5}", LITERAL, LITERAL, 5},
    {"* X RFC822.HEADER {5}", LITERAL, LITERAL, 5},
    {"* X X-GM_1 {5}", LITERAL, LITERAL, 5},
    {"* X \"7BIT\" 12 {5}", LITERAL, LITERAL, 5},
    {"* X \"see {5}", LITERAL, NONE, 5},
    {"* X \"See {5}", LITERAL, NONE, 5},
    {"* X \"What? {5}", LITERAL, NONE, 5},
    {"* X \"\xc3\xa9 {5}", LITERAL, NONE, 5},
    {"* X \"seeNIL {5}", LITERAL, NONE, 5},
    {"* X \"NIL     {5}", LITERAL, NONE, 5}, /* more spaces than anybody sends */
    {"* X ABCDEFGHIJKLMNOPQRSTUVWXYZ {5}", LITERAL, NONE, 5},
};

/* Reads from memory of exactly the right size. */
static int read_before(const char *line, int quoted, uint64_t *size_out)
{
    size_t len = strlen(line);
    uint8_t *copy = malloc(len + 1);
    int result;

    memcpy(copy + 1, line, len);
    copy[0] = '{'; /* not to be looked at */
    result = imap4__announce_before(copy + 1, copy + 1 + len, quoted, size_out);
    free(copy);
    return result;
}

START_TEST(read_from_the_end_of_a_line)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        uint64_t size = 0;

        ck_assert_msg(read_before(row->line, 0, &size) == row->outside, "%s", row->line);
        if (row->outside == LITERAL)
            ck_assert_uint_eq(size, row->size);
        ck_assert_msg(read_before(row->line, 1, &size) == row->inside, "quoted: %s", row->line);
    }
}
END_TEST

/* What the framer takes for a literal, the reader of tokens must, and nothing else. */
START_TEST(read_from_the_brace)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        const char *brace = strrchr(row->line, '{');
        char text[128];
        uint64_t size = 99;
        const uint8_t *begin = (const uint8_t *)text;
        size_t len;

        if (brace == NULL || row->line[strlen(row->line) - 1] == '\r')
            continue; /* a bare LF behind the CR would make a line end of it */
        brace -= brace > row->line && brace[-1] == '~';
        for (int bare = 0; bare < 2; bare++) {
            const uint8_t *content;

            len = (size_t)snprintf(text, sizeof text, "%s%s", brace, bare ? "\nabc" : "\r\nabc");
            content = imap4__announce_at(begin, begin + len, &size);
            ck_assert_msg((content != NULL) == (row->outside == LITERAL), "%s", row->line);
            if (content != NULL) {
                ck_assert_uint_eq(size, row->size);
                ck_assert_str_eq((const char *)content, "abc");
            }
            for (size_t cut = 0; cut < len - 3; cut++)
                ck_assert_ptr_null(imap4__announce_at(begin, begin + cut, &size));
        }
    }
}
END_TEST

START_TEST(line_ends)
{
    static const struct end_row {
        const char *text;
        int size; /* 0: none */
    } ends[] = {{"\r\n", 2}, {"\n", 1}, {"\r", 0}, {"", 0}, {"\n\r", 1}, {"\r\r\n", 0}, {"a\n", 0}, {"\ra", 0}};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const uint8_t *at = (const uint8_t *)ends[i].text;
        const uint8_t *behind = imap4__announce_line_end(at, at + strlen(ends[i].text));

        ck_assert_ptr_eq(behind, ends[i].size > 0 ? at + ends[i].size : NULL);
    }
}
END_TEST

Suite *announce_suite(void)
{
    const TTest *const tests[] = {read_from_the_end_of_a_line, read_from_the_brace, line_ends, NULL};
    Suite *suite = suite_create("announce");

    suite_tests(suite, "announce", tests);
    return suite;
}
