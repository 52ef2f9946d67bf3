#include "describe.h"
#include "support/suite.h"

Suite *search_suite(void);

START_TEST(numbers)
{
    static const row rows[] = {
        {"* SEARCH 2 84 882", "SEARCH 2,84,882"},
        {"* SEARCH", "SEARCH "},
        {"* SEARCH ", "SEARCH "},
        {"* SEARCH 1 2 ", "SEARCH 1:2"},
        {"* SEARCH 2 5 6 7 11 12 18 19 20 23 (MODSEQ 917162500)", "SEARCH 2,5:7,11:12,18:20,23 MODSEQ=917162500"},
        {"* search 9 8 7 3", "SEARCH 9,8,7,3"},
        {"* SEARCH 4294967295", "SEARCH 4294967295"},
        {"* SEARCH  1   2", "SEARCH 1:2"},
        {"* SEARCH 5(MODSEQ 7)", "SEARCH 5 MODSEQ=7"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(what_is_no_number_is_left_out)
{
    static const row rows[] = {
        {"* SEARCH 1 0 3", "SEARCH 1,3 !1 SEARCH @11"},
        {"* SEARCH 1 4294967296 3", "SEARCH 1,3 !1 SEARCH @11"},
        {"* SEARCH 1 x 3x 4", "SEARCH 1,4 !2 SEARCH @11"},
        {"* SEARCH 1 ) 3", "SEARCH 1,3 !1 SEARCH @11"},
        {"* SEARCH 1 \"a b\" 3", "SEARCH 1,3 !1 SEARCH @11"},
        {"* SEARCH 1 (X 5) 3", "SEARCH 1,3 !1 SEARCH @11"},
        {"* SEARCH 1 (MODSEQ", "ERROR_PROTOCOL SEARCH !2 SEARCH @11"},
    };
    CHECK_ROWS(rows);
}
END_TEST

/* More numbers than a list may have elements: results are no such list. */
START_TEST(many_numbers)
{
    static char bytes[80000] = "* SEARCH";
    size_t len = strlen(bytes);
    reply r;

    for (int i = 1; i <= 10000; i++)
        len += (size_t)snprintf(bytes + len, sizeof bytes - len, " %d", i * 2);
    reply_init(&r, bytes, len, NULL);
    reply_read(&r);
    ck_assert_int_eq(r.result, IMAP4_OK);
    ck_assert_uint_eq(imap4_uid_set_count(r.response.data.search->uids), 10000);
    ck_assert_uint_eq(imap4_seq_set_ranges(r.response.data.search->numbers), 10000);
    reply_clear(&r);
}
END_TEST

Suite *search_suite(void)
{
    const TTest *const tests[] = {numbers, what_is_no_number_is_left_out, many_numbers, NULL};
    Suite *suite = suite_create("search");

    suite_tests(suite, "search", tests);
    return suite;
}
