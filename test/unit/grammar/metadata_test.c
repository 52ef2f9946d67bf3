#include "starve.h"
#include "support/suite.h"

Suite *metadata_suite(void);

START_TEST(entries_with_values)
{
    static const row rows[] = {
        {"* METADATA \"\" (/shared/comment \"Shared comment\")", "METADATA '' /shared/comment='Shared comment'"},
        {"* METADATA \"INBOX\" (/private/comment \"My own comment\" /shared/comment NIL)",
         "METADATA 'INBOX' /private/comment='My own comment' /shared/comment=NIL"},
        {"* METADATA inbox (/a {4}\r\na\r\nb /b \"\")", "METADATA 'INBOX' raw='inbox' /a='a<0d><0a>b' /b=''"},
        {"* METADATA x (/a ~{3}\r\n\x01\x02\x03)", "METADATA 'x' /a='<01><02><03>'"},
        {"* METADATA x (/a \"two\r\nlines.\")", "METADATA 'x' /a='two<0d><0a>lines.'"},
        {"* METADATA x ( \"/a b\" c )", "METADATA 'x' /a b='c'"},
        {"* METADATA x (/a () /b 5)", "METADATA 'x' /a=NIL /b='5'"},
        {"* METADATA x ()", "METADATA 'x'"},
        {"* METADATA \"mailboxTest\"", "METADATA 'mailboxTest'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(entries_that_changed)
{
    static const row rows[] = {
        {"* METADATA \"\" /shared/comment", "METADATA '' /shared/comment"},
        {"* METADATA \"INBOX\" /shared/comment /private/comment ", "METADATA 'INBOX' /shared/comment /private/comment"},
        {"* METADATA x \"/a b\" {2}\r\n/c", "METADATA 'x' /a b /c"},
        {"* METADATA x (/shared/comment /private/comment)", "METADATA 'x' /shared/comment /private/comment"},
    };
    CHECK_ROWS(rows);
}
END_TEST

/* A value that cannot be read leaves its entry named, so that it is known to be there. */
START_TEST(damage)
{
    static const row rows[] = {
        {"* METADATA x (/a (b c) /d \"e\")", "METADATA 'x' /a /d='e' !1 METADATA @17"},
        {"* METADATA x (/a \"b\" (c) \"d\")", "METADATA 'x' /a='b' !1 METADATA @21"},
        {"* METADATA x (/a \"b\"", "METADATA 'x' /a='b' !1 METADATA @20"},
        {"* METADATA x (/a", "METADATA 'x' /a !1 METADATA @16"},
        {"* METADATA x (/a \"b", "METADATA 'x' /a !2 METADATA @17"},
        {"* METADATA x (/a b) c", "METADATA 'x' /a='b' !1 METADATA @20"},
        {"* METADATA x /a (b)", "METADATA 'x' /a !1 METADATA @16"},
        {"* METADATA ", "ERROR_PROTOCOL METADATA !1 METADATA @0"},
        {"* METADATA (/a b)", "ERROR_PROTOCOL METADATA !1 METADATA @0"},
    };
    CHECK_ROWS(rows);
    check_limited("* METADATA x (/a 1 /b 2)", 2, "METADATA 'x' /a='1' /b='2'");
    check_limited("* METADATA x (/a 1 /b 2 /c 3)", 2, "ERROR_LIMIT METADATA !1 METADATA @0");
    check_limited("* METADATA x /a /b", 2, "METADATA 'x' /a /b");
    check_limited("* METADATA x /a /b /c", 2, "ERROR_LIMIT METADATA !1 METADATA @0");
}
END_TEST

/* A literal that was gathered outside of the response's own bytes, and one that was cut. */
START_TEST(values_from_elsewhere)
{
    static const char bytes[] = "* METADATA x (/a {5}\r\n /b {9}\r\n)";
    static line found;
    imap4__hole holes[2];
    reply r;

    memset(holes, 0, sizeof holes);
    holes[0].at = 22;
    holes[0].size = 5;
    holes[0].text = imap4__str("hello");
    holes[1].at = 31;
    holes[1].size = 9;
    holes[1].text = imap4__str("beg");
    reply_init(&r, bytes, sizeof bytes - 1, NULL);
    r.cursor.holes = holes;
    r.cursor.hole_count = 2;
    reply_read(&r);
    describe(&found, &r);
    ck_assert_str_eq(found.text, "METADATA 'x' /a='hello' /b='beg' truncated");
    reply_clear(&r);
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    check_starved("* METADATA Entw&APw-rfe (/a \"b\\\"c\" /b NIL /c {2}\r\nxx)");
    check_starved("* METADATA Entw&APw-rfe /a /b");
}
END_TEST

Suite *metadata_suite(void)
{
    const TTest *const tests[] = {entries_with_values,   entries_that_changed,    damage,
                                  values_from_elsewhere, any_allocation_may_fail, NULL};
    Suite *suite = suite_create("metadata");

    suite_tests(suite, "metadata", tests);
    return suite;
}
