#include "runs.h"
#include "support/suite.h"

Suite *search_suite(void);

START_TEST(numbers)
{
    static const row rows[] = {
        {"* SEARCH 2 84 882", "SEARCH 2,84,882"},
        {"* SEARCH", "SEARCH none"},
        {"* SEARCH ", "SEARCH none"},
        {"* SEARCH 1 2 ", "SEARCH 1:2"},
        {"* SEARCH 2 5 6 7 11 12 18 19 20 23 (MODSEQ 917162500)", "SEARCH 2,5:7,11:12,18:20,23 MODSEQ=917162500"},
        {"* search 9 8 7 3", "SEARCH 9,8,7,3"},
        {"* SEARCH 4294967295", "SEARCH 4294967295"},
        {"* SEARCH  1   2", "SEARCH 1:2"},
        {"* SEARCH 1\t3\r\n5", "SEARCH 1,3,5"},
        {"* SEARCH 5(MODSEQ 7)", "SEARCH 5 MODSEQ=7"},
        {"* SEARCH 5 ( modseq  7 ) ", "SEARCH 5 MODSEQ=7"},
        {"* SEARCH (MODSEQ 0)", "SEARCH none"},
        {"* SEARCH (MODSEQ 3) 5 6", "SEARCH 5:6 MODSEQ=3"},
        /* RFC 5256 section 4 and RFC 7162 section 3.1.6: the order is the answer */
        {"* SORT 2 3 6", "SORT 2:3,6"},
        {"* SORT", "SORT none"},
        {"* SORT 2 3 1 (MODSEQ 1236)", "SORT 2:3,1 MODSEQ=1236"},
        {"* sort 5 4 9 10 9", "SORT 5,4,9:10,9"},
    };
    CHECK_ROWS(rows);
    CHECK_SAME_AS_RUNS(rows, IMAP4__RUN_LIST, 1);
}
END_TEST

START_TEST(what_is_no_number_is_left_out)
{
    static const row rows[] = {
        {"* SEARCH 1 0 3", "SEARCH 1,3 !1 SEARCH @9"},
        {"* SEARCH 1 4294967296 3 0", "SEARCH 1,3 !2 SEARCH @9"},
        {"* SEARCH 1 x 4", "SEARCH 1,4 !1 SEARCH @11"},
        {"* SEARCH 1 x 0 4 y 5", "SEARCH 1,4,5 !3 SEARCH @11"},
        {"* SEARCH 1 ) 3", "SEARCH 1,3 !1 SEARCH @11"},
        {"* SEARCH 1 \"2 b\" 3", "SEARCH 1,3 !1 SEARCH @11"},
        {"* SEARCH 1 {2}\r\n22 3", "SEARCH 1,3 !1 SEARCH @11"},
        {"* SEARCH 1 (X 5) 3", "SEARCH 1,3 !1 SEARCH @11"},
        {"* SORT 1 (MODSEQ x) 3", "SORT 1,3 !1 SORT @9"},
        {"* SEARCH 1 (MODSEQ 5 6) 3", "SEARCH 1,3 !1 SEARCH @11"},
        {"* SEARCH 1 (MODSEQ 5) (MODSEQ 6) 3 (MODSEQ 5)", "SEARCH 1,3 MODSEQ=5"},
        /* what nothing closes is no reason to lose what is behind it */
        {"* SEARCH 1 (MODSEQ 5", "SEARCH 1,5 !2 SEARCH @11"},
        {"* SEARCH 1 ( (MODSEQ 7) 5", "SEARCH 1,5 MODSEQ=7 !1 SEARCH @11"},
        {"* SEARCH 1 \" 2 \\\" 3", "SEARCH 1,2,3 !3 SEARCH @11"},
    };
    CHECK_ROWS(rows);
    CHECK_SAME_AS_RUNS(rows, IMAP4__RUN_LIST, 1);
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

/* But pieces of a result are: each takes more memory than its bytes. */
START_TEST(pieces_have_a_limit)
{
    static char bytes[8192];

    for (int more = 0; more < 2; more++) {
        reply r;

        strcpy(bytes, "* SEARCH");
        for (int i = 0; i < 1001 + more; i++)
            strcat(bytes, " 7 x");
        reply_init(&r, bytes, strlen(bytes), NULL);
        reply_read(&r);
        ck_assert_int_eq(r.result, more ? IMAP4_ERROR_LIMIT : IMAP4_OK);
        ck_assert_int_eq(r.response.event, IMAP4_EVENT_SEARCH);
        reply_clear(&r);
    }
}
END_TEST

START_TEST(kinds_have_names)
{
    ck_assert_str_eq(imap4_search_kind_name(IMAP4_SEARCH_SEARCH), "SEARCH");
    ck_assert_str_eq(imap4_search_kind_name(IMAP4_SEARCH_SORT), "SORT");
    ck_assert_str_eq(imap4_search_kind_name(IMAP4_SEARCH_ESEARCH), "ESEARCH");
    ck_assert_ptr_null(imap4_search_kind_name(0));
    ck_assert_ptr_null(imap4_search_kind_name(4));
    ck_assert_ptr_null(imap4_search_kind_name(-1));
}
END_TEST

Suite *search_suite(void)
{
    const TTest *const tests[] = {
        numbers, what_is_no_number_is_left_out, many_numbers, pieces_have_a_limit, kinds_have_names, NULL,
    };
    Suite *suite = suite_create("search");

    suite_tests(suite, "search", tests);
    return suite;
}
