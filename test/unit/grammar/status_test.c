#include "starve.h"
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
         "STATUS 'x' MESSAGES=1 APPENDLIMIT=none MAILBOXID='F22' X-Y:#5"},
        {"* STATUS mbox (num 1 seq 1234:5,*:789654 empty () quoted (\"q s\") multi (1 (a (b))))",
         "STATUS 'mbox' num:#1 seq:1234:5,*:789654 empty:() quoted:('q s') multi:(#1 (a (b)))"},
        /* zero where there is no zero: not known */
        {"* STATUS x (UIDNEXT 0 UIDVALIDITY 0 HIGHESTMODSEQ 0)", "STATUS 'x' HIGHESTMODSEQ=0"},
        {"* STATUS x (UIDNEXT NIL MESSAGES 2)", "STATUS 'x' MESSAGES=2"},
        {"* STATUS x (MESSAGES -1 UNSEEN 3)", "STATUS 'x' MESSAGES=0 UNSEEN=3"},
        {"* STATUS x (SIZE 9.5e+03)", "STATUS 'x' SIZE=9500"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(attributes_of_extensions)
{
    static const row rows[] = {
        {"* STATUS INBOX (MESSAGES 12 DELETED 4 DELETED-STORAGE 8)",
         "STATUS 'INBOX' MESSAGES=12 DELETED=4 DELETED-STORAGE=8"},
        {"* STATUS x (DELETED-STORAGE 9223372036854775807)", "STATUS 'x' DELETED-STORAGE=9223372036854775807"},
        /* RFC 7889 section 3.1 */
        {"* STATUS INBOX (APPENDLIMIT 257890)", "STATUS 'INBOX' APPENDLIMIT=257890"},
        {"* STATUS x (APPENDLIMIT 0)", "STATUS 'x' APPENDLIMIT=0"},
        {"* STATUS x (APPENDLIMIT nil)", "STATUS 'x' APPENDLIMIT=none"},
        /* RFC 8474 section 4.3 */
        {"* STATUS foo (MAILBOXID (F2212ea87-6097-4256-9d51-71338625))",
         "STATUS 'foo' MAILBOXID='F2212ea87-6097-4256-9d51-71338625'"},
        {"* STATUS x (MAILBOXID F1 UNSEEN 2)", "STATUS 'x' UNSEEN=2 MAILBOXID='F1'"},
        {"* STATUS x (MAILBOXID NIL UNSEEN 2)", "STATUS 'x' UNSEEN=2"},
        {"* STATUS x (MAILBOXID () UNSEEN 2)", "STATUS 'x' UNSEEN=2"},
        {"* STATUS x (OBJECTID (MAILBOXID F1 ACCOUNTID A2) UNSEEN 2)",
         "STATUS 'x' UNSEEN=2 objectid{ mailbox='F1' account='A2'}"},
        {"* STATUS x (OBJECTID NIL UNSEEN 2)", "STATUS 'x' UNSEEN=2"},
        {"* STATUS x (MAILBOXID (a b) UNSEEN 2)", "STATUS 'x' UNSEEN=2 !1 STATUS @12"},
        {"* STATUS x (OBJECTID F1 UNSEEN 2)", "STATUS 'x' UNSEEN=2 !1 STATUS @12"},
        {"* STATUS x (APPENDLIMIT many UNSEEN 2)", "STATUS 'x' UNSEEN=2 !1 STATUS @12"},
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
        {"* STATUS x (MESSAGES 12ab UNSEEN 2)", "STATUS 'x' UNSEEN=2 !1 STATUS @12"},
        {"* STATUS x (MESSAGES \"12\" UNSEEN 2)", "STATUS 'x' UNSEEN=2 !1 STATUS @12"},
        {"* STATUS x (MESSAGES \"12)", "ERROR_PROTOCOL STATUS !2 STATUS @12"},
        {"* STATUS x (MESSAGES {12)", "STATUS 'x' !1 STATUS @12"},
        {"* STATUS x (\x01)", "ERROR_PROTOCOL STATUS !2 STATUS @12"},
        {"* STATUS x (X-Y \"a)", "ERROR_PROTOCOL STATUS !1 STATUS @0"},
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

START_TEST(any_allocation_may_fail)
{
    check_starved("* STATUS Entw&APw-rfe (MESSAGES 5 MAILBOXID (x) OBJECTID (ACCOUNTID y) X-Y (1 2))");
    check_starved("* STATUS Entw&APw-rfe x (MESSAGES 5 MAILBOXID (x) OBJECTID (ACCOUNTID y) X-Y (1 2))");
}
END_TEST

START_TEST(attributes_have_names)
{
    static const char *const names[] = {"MESSAGES",        "RECENT",      "UIDNEXT",   "UIDVALIDITY",
                                        "UNSEEN",          "DELETED",     "SIZE",      "HIGHESTMODSEQ",
                                        "DELETED-STORAGE", "APPENDLIMIT", "MAILBOXID", "OBJECTID"};

    for (int i = 0; i < 12; i++)
        ck_assert_str_eq(imap4_status_att_name(1 << i), names[i]);
    ck_assert_ptr_null(imap4_status_att_name(0));
    ck_assert_ptr_null(imap4_status_att_name(3));
    ck_assert_ptr_null(imap4_status_att_name(0x1000));
    ck_assert_ptr_null(imap4_status_att_name(-1));
}
END_TEST

Suite *status_suite(void)
{
    const TTest *const tests[] = {attributes, attributes_of_extensions, names_that_are_not_quoted,
                                  damage,     any_allocation_may_fail,  attributes_have_names,
                                  NULL};
    Suite *suite = suite_create("status");

    suite_tests(suite, "status", tests);
    return suite;
}
