#include "runs.h"
#include "support/suite.h"

Suite *vanished_suite(void);

START_TEST(uids)
{
    static const row rows[] = {
        /* RFC 7162 section 3.2.10 */
        {"* VANISHED (EARLIER) 41,43:116,118,120:211,214:540", "VANISHED EARLIER 41,43:116,118,120:211,214:540"},
        {"* VANISHED 405,407,410,425", "VANISHED 405,407,410,425"},
        {"* vanished (earlier) 5:3", "VANISHED EARLIER 3:5"},
        {"* VANISHED (EARLIER) 1:4294967295", "VANISHED EARLIER 1:4294967295"},
        {"* VANISHED  ( EARLIER )  300:310 ", "VANISHED EARLIER 300:310"},
        {"* VANISHED EARLIER 5", "VANISHED EARLIER 5"},
        /* nothing is gone, or it is in several pieces */
        {"* VANISHED (EARLIER)", "VANISHED EARLIER none"},
        {"* VANISHED (EARLIER) ", "VANISHED EARLIER none"},
        {"* VANISHED", "VANISHED none"},
        {"* VANISHED 5, 7 9", "VANISHED 5,7,9 !1 VANISHED @11"},
        {"* VANISHED 1 2 5", "VANISHED 1,2,5"},
        {"* VANISHED 5,,0,7", "VANISHED 5,7 !2 VANISHED @11"},
        {"* VANISHED 5 x 7", "VANISHED 5,7 !1 VANISHED @13"},
        {"* VANISHED 5 (EARLIER) 7", "VANISHED 5,7 !1 VANISHED @13"},
        {"* VANISHED \"5\" 7", "VANISHED 7 !1 VANISHED @11"},
    };
    CHECK_ROWS(rows);
    CHECK_SAME_AS_RUNS(rows, IMAP4__RUN_SET, 1);
}
END_TEST

/* Whether messages move is too much to guess at. */
START_TEST(what_cannot_be_told)
{
    static const row rows[] = {
        {"* VANISHED (LATER) 5", "ERROR_PROTOCOL VANISHED !1 VANISHED @0"},
        {"* VANISHED (EARLIER 5)", "ERROR_PROTOCOL VANISHED !1 VANISHED @0"},
        {"* VANISHED (EARLIER", "ERROR_PROTOCOL VANISHED !1 VANISHED @0"},
        {"* VANISHED early 5", "ERROR_PROTOCOL VANISHED !1 VANISHED @0"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(pieces_have_a_limit)
{
    static char bytes[8192];

    for (int more = 0; more < 2; more++) {
        reply r;

        strcpy(bytes, "* VANISHED");
        for (int i = 0; i < 1001 + more; i++)
            strcat(bytes, " 7");
        reply_init(&r, bytes, strlen(bytes), NULL);
        reply_read(&r);
        ck_assert_int_eq(r.result, more ? IMAP4_ERROR_LIMIT : IMAP4_OK);
        reply_clear(&r);
    }
}
END_TEST

Suite *vanished_suite(void)
{
    const TTest *const tests[] = {uids, what_cannot_be_told, pieces_have_a_limit, NULL};
    Suite *suite = suite_create("vanished");

    suite_tests(suite, "vanished", tests);
    return suite;
}
