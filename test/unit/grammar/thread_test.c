#include "runs.h"
#include "support/suite.h"

Suite *thread_suite(void);

START_TEST(trees)
{
    static const row rows[] = {
        /* RFC 5256 section 4 */
        {"* THREAD (2)(3 6 (4 23)(44 7 96))", "THREAD 0:2 0:3 1:6 2:4 3:23 2:44 3:7 4:96"},
        {"* THREAD ((3)(5))", "THREAD 0:? 1:3 1:5"},
        {"* THREAD (166)(167)(168)(169)(172)(170)(171)", "THREAD 0:166 0:167 0:168 0:169 0:172 0:170 0:171"},
        {"* THREAD", "THREAD"},
        {"* THREAD ", "THREAD"},
        {"* thread  (2) (3 6) ", "THREAD 0:2 0:3 1:6"},
        {"* THREAD ( 2 )( 3  ( 6 ) (7) )", "THREAD 0:2 0:3 1:6 1:7"},
    };
    CHECK_ROWS(rows);
    CHECK_SAME_AS_RUNS(rows, IMAP4__RUN_THREADS, 1);
}
END_TEST

START_TEST(what_is_no_tree)
{
    static const row rows[] = {
        {"* THREAD (2)(0)(4)", "THREAD 0:2 0:4 !2 THREAD @9"},
        {"* THREAD (2)x(4)", "THREAD 0:2 !1 THREAD @12"},
        {"* THREAD (2)(3 NIL 4)", "THREAD 0:2 0:3 !2 THREAD @9"},
        {"* THREAD x", "THREAD !1 THREAD @9"},
        {"* THREAD 1 2", "THREAD !1 THREAD @9"},
    };
    CHECK_ROWS(rows);
    CHECK_SAME_AS_RUNS(rows, IMAP4__RUN_THREADS, 1);
}
END_TEST

START_TEST(long_lists)
{
    static const run_row rows[] = {
        {"* THREAD <(2)(3 6)>", "THREAD 0:2 0:3 1:6"},
        {"* THREAD <(2)(3 6)>x", "THREAD 0:2 0:3 1:6 !1 THREAD @9"},
        {"* THREAD x <(2)>", "THREAD !1 THREAD @9"},
    };
    CHECK_RUN_ROWS(rows, IMAP4__RUN_THREADS);
}
END_TEST

Suite *thread_suite(void)
{
    const TTest *const tests[] = {trees, what_is_no_tree, long_lists, NULL};
    Suite *suite = suite_create("thread");

    suite_tests(suite, "thread", tests);
    return suite;
}
