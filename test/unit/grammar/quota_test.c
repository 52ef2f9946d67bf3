#include "starve.h"
#include "support/suite.h"

Suite *quota_suite(void);

/* Damage to a resource costs that resource. */
START_TEST(resources)
{
    static const row rows[] = {
        {"* QUOTA \"\" (STORAGE 10 512)", "QUOTA '' STORAGE('STORAGE')=10/512"},
        {"* QUOTA \"#user/alice\" (STORAGE 54 111 MESSAGE 42 1000)",
         "QUOTA '#user/alice' STORAGE('STORAGE')=54/111 MESSAGE('MESSAGE')=42/1000"},
        {"* quota \"!partition/sda4\" (storage 104 10923847)",
         "QUOTA '!partition/sda4' STORAGE('storage')=104/10923847"},
        {"* QUOTA x (MAILBOX 1 2 ANNOTATION-STORAGE 3 4 X-ODD 5 6)",
         "QUOTA 'x' MAILBOX('MAILBOX')=1/2 ANNOTATION-STORAGE('ANNOTATION-STORAGE')=3/4 ?('X-ODD')=5/6"},
        {"* QUOTA my_root ()", "QUOTA 'my_root'"},
        {"* QUOTA \"\" ( STORAGE 10  512 ) ", "QUOTA '' STORAGE('STORAGE')=10/512"},
        {"* QUOTA {3}\r\na b (STORAGE 1 2)", "QUOTA 'a b' STORAGE('STORAGE')=1/2"},
        {"* QUOTA x (\"STORAGE\" 1 2)", "QUOTA 'x' STORAGE('STORAGE')=1/2"},
        /* Gmail: more than 32 bits; and more than 64 */
        {"* QUOTA x (STORAGE 6442450944 9223372036854775807)",
         "QUOTA 'x' STORAGE('STORAGE')=6442450944/9223372036854775807"},
        {"* QUOTA x (MESSAGE 1 99999999999999999999)", "QUOTA 'x' MESSAGE('MESSAGE')=1/18446744073709551615"},
        {"* QUOTA x (STORAGE -1 512)", "QUOTA 'x' STORAGE('STORAGE')=0/512"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(damage)
{
    static const row rows[] = {
        {"* QUOTA x (STORAGE some 5 MESSAGE 1 2)", "QUOTA 'x' MESSAGE('MESSAGE')=1/2 !1 QUOTA @11"},
        {"* QUOTA x (STORAGE 5 (x) MESSAGE 1 2)", "QUOTA 'x' MESSAGE('MESSAGE')=1/2 !1 QUOTA @11"},
        {"* QUOTA x (STORAGE 12ab 5 MESSAGE 1 2)", "QUOTA 'x' MESSAGE('MESSAGE')=1/2 !1 QUOTA @11"},
        {"* QUOTA x (MESSAGE 1 2 STORAGE)", "QUOTA 'x' MESSAGE('MESSAGE')=1/2 !1 QUOTA @23"},
        {"* QUOTA x (MESSAGE 1 2 STORAGE 5)", "QUOTA 'x' MESSAGE('MESSAGE')=1/2 !1 QUOTA @23"},
        {"* QUOTA x (MESSAGE 1 2) more", "QUOTA 'x' MESSAGE('MESSAGE')=1/2 !1 QUOTA @24"},
        {"* QUOTA x", "ERROR_PROTOCOL QUOTA !1 QUOTA @0"},
        {"* QUOTA x STORAGE 1 2", "ERROR_PROTOCOL QUOTA !1 QUOTA @0"},
        {"* QUOTA (STORAGE 1 2)", "ERROR_PROTOCOL QUOTA !1 QUOTA @0"},
        {"* QUOTA x ((STORAGE) 1 2)", "ERROR_PROTOCOL QUOTA !1 QUOTA @0"},
        {"* QUOTA x (STORAGE", "ERROR_PROTOCOL QUOTA !1 QUOTA @0"},
        {"* QUOTA x (STORAGE 1", "ERROR_PROTOCOL QUOTA !1 QUOTA @0"},
        {"* QUOTA x (STORAGE 1 2", "ERROR_PROTOCOL QUOTA !1 QUOTA @0"},
        {"* QUOTA x (STORAGE \"1 2)", "ERROR_PROTOCOL QUOTA !1 QUOTA @0"},
    };
    CHECK_ROWS(rows);
    check_limited("* QUOTA x (A 1 2 B 3 4)", 2, "QUOTA 'x' ?('A')=1/2 ?('B')=3/4");
    check_limited("* QUOTA x (A 1 2 B 3 4 C 5 6)", 2, "ERROR_LIMIT QUOTA !1 QUOTA @0");
}
END_TEST

START_TEST(roots)
{
    static const row rows[] = {
        {"* QUOTAROOT INBOX \"\"", "QUOTAROOT 'INBOX' ['']"},
        {"* QUOTAROOT inbox \"#user/alice\" \"!partition/sda4\"",
         "QUOTAROOT 'INBOX' raw='inbox' ['#user/alice' '!partition/sda4']"},
        {"* QUOTAROOT comp.mail.mime", "QUOTAROOT 'comp.mail.mime' []"},
        {"* QUOTAROOT Entw&APw-rfe comp:1 ", "QUOTAROOT 'Entw\xc3\xbcrfe' raw='Entw&APw-rfe' ['comp:1']"},
        {"* QUOTAROOT {3}\r\na b {1}\r\nc", "QUOTAROOT 'a b' ['c']"},
        {"* QUOTAROOT INBOX a (b) c", "QUOTAROOT 'INBOX' ['a'] !1 QUOTAROOT @20"},
        {"* QUOTAROOT INBOX a )", "QUOTAROOT 'INBOX' ['a'] !1 QUOTAROOT @20"},
        {"* QUOTAROOT INBOX \"a", "QUOTAROOT 'INBOX' [] !1 QUOTAROOT @18"},
        {"* QUOTAROOT ", "ERROR_PROTOCOL QUOTAROOT !1 QUOTAROOT @0"},
        {"* QUOTAROOT (INBOX)", "ERROR_PROTOCOL QUOTAROOT !1 QUOTAROOT @0"},
    };
    CHECK_ROWS(rows);
    check_limited("* QUOTAROOT INBOX a b", 2, "QUOTAROOT 'INBOX' ['a' 'b']");
    check_limited("* QUOTAROOT INBOX a b c", 2, "ERROR_LIMIT QUOTAROOT !1 QUOTAROOT @0");
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    check_starved("* QUOTA \"a\\\"b\" (STORAGE 10 512 {3}\r\nX-Y 1 2)");
    check_starved("* QUOTAROOT Entw&APw-rfe a b c d e f");
}
END_TEST

START_TEST(kinds_have_names)
{
    ck_assert_str_eq(imap4_quota_kind_name(IMAP4_QUOTA_STORAGE), "STORAGE");
    ck_assert_str_eq(imap4_quota_kind_name(IMAP4_QUOTA_MESSAGE), "MESSAGE");
    ck_assert_str_eq(imap4_quota_kind_name(IMAP4_QUOTA_MAILBOX), "MAILBOX");
    ck_assert_str_eq(imap4_quota_kind_name(IMAP4_QUOTA_ANNOTATION_STORAGE), "ANNOTATION-STORAGE");
    ck_assert_ptr_null(imap4_quota_kind_name(IMAP4_QUOTA_OTHER));
    ck_assert_ptr_null(imap4_quota_kind_name(5));
    ck_assert_ptr_null(imap4_quota_kind_name(-1));
}
END_TEST

Suite *quota_suite(void)
{
    const TTest *const tests[] = {resources, damage, roots, any_allocation_may_fail, kinds_have_names, NULL};
    Suite *suite = suite_create("quota");

    suite_tests(suite, "quota", tests);
    return suite;
}
