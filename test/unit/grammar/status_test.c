#include "describe.h"
#include "support/suite.h"

Suite *status_suite(void);

START_TEST(attributes)
{
    static const row rows[] = {
        {"* STATUS blurdybloop (MESSAGES 231 UIDNEXT 44292)", "STATUS 'blurdybloop' MESSAGES=231 UIDNEXT=44292"},
        {"* STATUS \"INBOX\" (MESSAGES 17 RECENT 1 UIDNEXT 18 UIDVALIDITY 99 UNSEEN 3 DELETED 2 SIZE 8589934592 "
         "HIGHESTMODSEQ 7011231777)",
         "STATUS 'INBOX' MESSAGES=17 RECENT=1 UIDNEXT=18 UIDVALIDITY=99 UNSEEN=3 DELETED=2 SIZE=8589934592 "
         "HIGHESTMODSEQ=7011231777"},
        {"* status inbox (unseen 0)", "STATUS 'INBOX' raw='inbox' UNSEEN=0"},
        {"* STATUS INBOX (MESSAGES 0) ", "STATUS 'INBOX' MESSAGES=0"},
        {"* STATUS INBOX ( MESSAGES  0 )", "STATUS 'INBOX' MESSAGES=0"},
        {"* STATUS \"RUU\" ()", "STATUS 'RUU'"},
        {"* STATUS {3}\r\na b (MESSAGES 1)", "STATUS 'a b' MESSAGES=1"},
        {"* STATUS x(MESSAGES 1)", "STATUS 'x' MESSAGES=1"},
        {"* STATUS Entw&APw-rfe (MESSAGES 1)", "STATUS 'Entw\xc3\xbcrfe' raw='Entw&APw-rfe' MESSAGES=1"},
        {"* STATUS x (MESSAGES 4294967296)", "STATUS 'x' MESSAGES=4294967295"},
        {"* STATUS x (MESSAGES 1 MAILBOXID (F22) APPENDLIMIT NIL X-Y 5)",
         "STATUS 'x' MESSAGES=1 MAILBOXID:(F22) APPENDLIMIT:NIL X-Y:#5"},
        /* zero where there is no zero: not known */
        {"* STATUS x (UIDNEXT 0 UIDVALIDITY 0 HIGHESTMODSEQ 0)", "STATUS 'x' HIGHESTMODSEQ=0"},
        {"* STATUS x (UIDNEXT NIL MESSAGES 2)", "STATUS 'x' MESSAGES=2"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(names_that_are_not_quoted)
{
    static const row rows[] = {
        {"* STATUS Two Words (MESSAGES 1)", "STATUS 'Two Words' MESSAGES=1"},
        {"* STATUS Two (more) Words (MESSAGES 1)", "STATUS 'Two (more) Words' MESSAGES=1"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(damage)
{
    static const row rows[] = {
        {"* STATUS x (MESSAGES many UNSEEN 2)", "STATUS 'x' UNSEEN=2 !1 STATUS @12"},
        {"* STATUS x (MESSAGES (1) UNSEEN 2)", "STATUS 'x' UNSEEN=2 !1 STATUS @12"},
        {"* STATUS x (\"a\" UNSEEN 2)", "STATUS 'x' UNSEEN=2 !1 STATUS @12"},
        {"* STATUS x (UNSEEN 2 MESSAGES)", "STATUS 'x' UNSEEN=2 !1 STATUS @21"},
        {"* STATUS x (UNSEEN 2", "STATUS 'x' UNSEEN=2 !1 STATUS @20"},
        {"* STATUS x", "ERROR_PROTOCOL STATUS !1 STATUS @0"},
        {"* STATUS (MESSAGES 1)", "ERROR_PROTOCOL STATUS !1 STATUS @0"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(attributes_have_names)
{
    static const char *const names[] = {"MESSAGES", "RECENT",  "UIDNEXT", "UIDVALIDITY",
                                        "UNSEEN",   "DELETED", "SIZE",    "HIGHESTMODSEQ"};

    for (int i = 0; i < 8; i++)
        ck_assert_str_eq(imap4_status_att_name(1 << i), names[i]);
    ck_assert_ptr_null(imap4_status_att_name(0));
    ck_assert_ptr_null(imap4_status_att_name(3));
    ck_assert_ptr_null(imap4_status_att_name(256));
    ck_assert_ptr_null(imap4_status_att_name(-1));
}
END_TEST

Suite *status_suite(void)
{
    const TTest *const tests[] = {attributes, names_that_are_not_quoted, damage, attributes_have_names, NULL};
    Suite *suite = suite_create("status");

    suite_tests(suite, "status", tests);
    return suite;
}
