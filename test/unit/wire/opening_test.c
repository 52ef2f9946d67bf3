#include "wire/opening.h"

#include "support/suite.h"
#include "wire/run.h"

#include <stdlib.h>
#include <string.h>

Suite *opening_suite(void);

#define MORE IMAP4__OPENING_UNDECIDED

enum {
    NONE = IMAP4__RUN_NONE,
    LIST = IMAP4__RUN_LIST,
    SET = IMAP4__RUN_SET,
    THREADS = IMAP4__RUN_THREADS
};

/* How many bytes it takes to know, and what is known then. */
static const struct row {
    const char *text;
    int needed; /* 0: it cannot be told */
    int status;
    int run;
} rows[] = {
    {"+", 1, 1, NONE},
    {"+ idling", 1, 1, NONE},
    {"*", 0, 0, 0},
    {"*   ", 0, 0, 0},
    {"* OK", 0, 0, 0},
    {"* OK ", 0, 0, 0},
    {"* OK\r", 5, 1, NONE},
    {"* OK\n", 5, 1, NONE},
    {"* OK x", 6, 1, NONE},
    {"* no [ALERT] x", 12, 1, NONE},
    {"* BAD [COPYUID] x", 15, 1, NONE},
    {"* Bye [COPYUID 1", 15, 1, SET},
    {"* PREAUTH [MODIFIED 1", 20, 1, SET},
    {"* OK   [APPENDUID 1", 18, 1, SET},
    {"* OK[copyuid 1", 13, 1, SET},
    {"* OK         [COPYUID 1", 13, 1, NONE}, /* eight spaces at most */
    {"* [COPYUID 1", 11, 1, SET},
    {"* [", 0, 0, 0},
    {"* [x]", 5, 1, NONE},
    {"[COPYUID 1", 9, 1, SET},
    {"[", 0, 0, 0},
    {"* OKAY x", 7, 0, NONE},
    {"* 1 EXISTS", 4, 0, NONE},
    {"*  1 EXISTS", 5, 0, NONE},
    {"*          OK", 10, 0, NONE},
    {"* (x", 3, 0, NONE},
    {"*\r", 2, 0, NONE},
    {"*x ", 3, 0, NONE},
    {"* SEARCH", 0, 0, 0},
    {"* SEARCH\r", 9, 0, LIST},
    {"* search 1", 9, 0, LIST},
    {"* SORT 1", 7, 0, LIST},
    {"* THREAD (1)", 9, 0, THREADS},
    {"* THREAD(1)", 9, 0, THREADS},
    {"* THREAD/ (1)", 9, 0, NONE},
    {"* SEARCH\xe4 1", 9, 0, NONE},
    {"* ESEARCH (TAG", 10, 0, SET},
    {"* VANISHED 1", 11, 0, SET},
    {"* UIDBATCHES (", 13, 0, SET},
    {"* UIDBATCHESX 1", 13, 0, NONE},
    {"* XSEARCH 1", 10, 0, NONE},
    {"* ABCDEFGHIJKLMNOPQ", 13, 0, NONE},
    {"A1", 0, 0, 0},
    {"A1\r", 3, 1, NONE},
    {"A1 ", 0, 0, 0},
    {"A1 \r", 4, 1, NONE},
    {"A1 O", 0, 0, 0},
    {"A1 OK", 0, 0, 0},
    {"A1 OK\r", 6, 1, NONE},
    {"A1 OK [COPYUID 1", 15, 1, SET},
    {"A1 NO [MODIFIED 1", 16, 1, SET},
    {"A1  BAD  [MODIFIED 1", 19, 1, SET},
    {"A1 OK [COPYUID-2 1", 15, 1, NONE},
    {"A1 OK [READ-WRITE]", 12, 1, NONE},
    {"A1 OK [ABCDEFGHIJKLMN]", 18, 1, NONE},
    {"A1 BYE [COPYUID 1", 7, 1, NONE},
    {"A1 SEARCH 1", 10, 1, NONE},
    {"Server Unavailable. 15", 18, 1, NONE},
    {"1234567890123456789012345678901234567890 OK [COPYUID 1", 53, 1, SET},
    {"12345678901234567890123456789012345678901 OK [COPYUID 1", 41, 1, NONE},
    {"\xff\x80 OK [COPYUID 1", 15, 1, SET},
};

START_TEST(known_as_soon_as_can_be)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];

        for (size_t len = 1; len <= strlen(row->text); len++) {
            imap4__opening opening = {9, 9};
            uint8_t *copy = malloc(len);
            int result;

            memcpy(copy, row->text, len);
            result = imap4__opening_read(copy, len, &opening);
            free(copy);
            ck_assert_msg(result == (row->needed == 0 || len < (size_t)row->needed ? MORE : 1), "%s at %zu", row->text,
                          len);
            if (result == 1)
                ck_assert_msg(opening.status == row->status && opening.run == row->run, "%s at %zu: %d %d", row->text,
                              len, opening.status, opening.run);
        }
    }
}
END_TEST

static const struct begin_row {
    const char *text;
    int begins;
} begin_rows[] = {
    {"", MORE},
    {"*", MORE},
    {"* ", 1},
    {"*x", 0},
    {"+", MORE},
    {"+ ", 1},
    {"+x", 0},
    {"A", MORE},
    {"A1 ", MORE},
    {"A1 O", MORE},
    {"A1 OK", MORE},
    {"A1 OK ", 1},
    {"A1 ok\r", 1},
    {"A1 OKx", 0},
    {"A1 OK\n", 0},
    {"A1 NO ", 1},
    {"A1 NOT", 0},
    {"A1 BAD ", 1},
    {"A1 BA", MORE},
    {"A1 BADE", 0},
    {"A1 BYE ", 0},
    {" A1 OK ", 0},
    {"-- OK ", 0},
    {"A1\tOK ", 0},
    {"A1  OK ", 0},
    {"Say NO, ", 0},
    {"\r\nA1 OK", 0},
    {"\xc3\xa9 OK ", 0},
    {"1234567890123456789012345678901234567890 OK ", 1},
    {"12345678901234567890123456789012345678901 OK ", 0},
    {"1234567890123456789012345678901234567890", MORE},
};

START_TEST(lines_that_begin_like_responses)
{
    for (size_t i = 0; i < sizeof begin_rows / sizeof *begin_rows; i++) {
        size_t len = strlen(begin_rows[i].text);
        uint8_t *copy = malloc(len + 1);

        memcpy(copy, begin_rows[i].text, len);
        ck_assert_msg(imap4__opening_begins(copy, len) == begin_rows[i].begins, "%s", begin_rows[i].text);
        free(copy);
    }
}
END_TEST

Suite *opening_suite(void)
{
    const TTest *const tests[] = {known_as_soon_as_can_be, lines_that_begin_like_responses, NULL};
    Suite *suite = suite_create("opening");

    suite_tests(suite, "opening", tests);
    return suite;
}
