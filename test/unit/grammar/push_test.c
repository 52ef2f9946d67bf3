#include "starve.h"
#include "support/suite.h"

Suite *push_suite(void);

START_TEST(pairs)
{
    static const row rows[] = {
        {"* XAPPLEPUSHSERVICE \"aps-version\" \"2\" \"aps-topic\" \"com.apple.mail.XServer.x\"",
         "PUSH ('aps-version'='2' 'aps-topic'='com.apple.mail.XServer.x')"},
        {"* XAPPLEPUSHSERVICE \"mailbox\" \"INBOX\" ", "PUSH ('mailbox'='INBOX')"},
        {"* XAPPLEPUSHSERVICE mailbox NIL", "PUSH ('mailbox'=NIL)"},
        {"* XAPPLEPUSHSERVICE", "PUSH ()"},
        {"* XAPPLEPUSHSERVICE a b c", "PUSH ('a'='b') !1 XAPPLEPUSHSERVICE @24"},
        {"* XAPPLEPUSHSERVICE a b mailboxes (INBOX Notes)", "PUSH ('a'='b') !1 XAPPLEPUSHSERVICE @24"},
        {"* XAPPLEPUSHSERVICE (a) b", "PUSH () !1 XAPPLEPUSHSERVICE @20"},
    };
    CHECK_ROWS(rows);
    check_limited("* XAPPLEPUSHSERVICE a b c d", 2, "PUSH ('a'='b' 'c'='d')");
    check_limited("* XAPPLEPUSHSERVICE a b c d e f", 2, "ERROR_LIMIT PUSH !1 XAPPLEPUSHSERVICE @0");
    check_starved("* XAPPLEPUSHSERVICE a b \"c\\\"\" {1}\r\nd");
}
END_TEST

Suite *push_suite(void)
{
    const TTest *const tests[] = {pairs, NULL};
    Suite *suite = suite_create("push");

    suite_tests(suite, "push", tests);
    return suite;
}
