#include "starve.h"
#include "support/suite.h"

Suite *acl_suite(void);

START_TEST(lists)
{
    static const row rows[] = {
        {"* ACL INBOX Fred rwipsldexta", "ACL 'INBOX' 'Fred'='rwipsldexta'/lrswipxtead"},
        {"* ACL INBOX Fred rwipslxetad Chris lrswi",
         "ACL 'INBOX' 'Fred'='rwipslxetad'/lrswipxtead 'Chris'='lrswi'/lrswi"},
        {"* ACL \"inbox\" \"bob\" \"l\" anyone \"\"", "ACL 'INBOX' raw='inbox' 'bob'='l'/l 'anyone'=''/"},
        {"* ACL INBOX -Fred w", "ACL 'INBOX' -'Fred'='w'/w"},
        {"* ACL INBOX \"-a b\" w", "ACL 'INBOX' -'a b'='w'/w"},
        {"* ACL INBOX - w", "ACL 'INBOX' '-'='w'/w"},
        {"* ACL INBOX \"\" w", "ACL 'INBOX' ''='w'/w"},
        {"* ACL INBOX Fred kcn0Rq9", "ACL 'INBOX' 'Fred'='kcn0Rq9'/kcn"},
        {"* ACL INBOX Fred NIL", "ACL 'INBOX' 'Fred'=''/"},
        {"* ACL Entw&APw-rfe {2}\r\na\x01 {1}\r\nr ", "ACL 'Entw\xc3\xbcrfe' raw='Entw&APw-rfe' 'a<01>'='r'/r"},
        {"* ACL INBOX", "ACL 'INBOX'"},
        {"* ACL INBOX Fred r Chris", "ACL 'INBOX' 'Fred'='r'/r !1 ACL @19"},
        {"* ACL INBOX Fred r (Chris) r", "ACL 'INBOX' 'Fred'='r'/r !1 ACL @19"},
        {"* ACL INBOX Fred (r) Chris r", "ACL 'INBOX' !1 ACL @12"},
        {"* ACL INBOX \"Fred", "ACL 'INBOX' !1 ACL @12"},
        {"* ACL ", "ERROR_PROTOCOL ACL !1 ACL @0"},
    };
    CHECK_ROWS(rows);
    check_limited("* ACL INBOX a r b s", 2, "ACL 'INBOX' 'a'='r'/r 'b'='s'/s");
    check_limited("* ACL INBOX a r b s c w", 2, "ERROR_LIMIT ACL !1 ACL @0");
}
END_TEST

START_TEST(rights_that_can_be_given)
{
    static const row rows[] = {
        {"* LISTRIGHTS ~/Mail/saved smith la r swicdkxte",
         "LISTRIGHTS '~/Mail/saved' 'smith' 'la'/la | 'r'/r 'swicdkxte'/swikxtecd"},
        {"* LISTRIGHTS archive anyone \"\" l r s w i p k x t e c d a 0 1",
         "LISTRIGHTS 'archive' 'anyone' ''/ | 'l'/l 'r'/r 's'/s 'w'/w 'i'/i 'p'/p 'k'/k 'x'/x 't'/t 'e'/e 'c'/c 'd'/d "
         "'a'/a '0'/ '1'/"},
        {"* LISTRIGHTS inbox myuser lr", "LISTRIGHTS 'INBOX' raw='inbox' 'myuser' 'lr'/lr |"},
        {"* LISTRIGHTS x y NIL lr", "LISTRIGHTS 'x' 'y' ''/ | 'lr'/lr"},
        {"* LISTRIGHTS x y l (r) s", "LISTRIGHTS 'x' 'y' 'l'/l | !1 LISTRIGHTS @19"},
        {"* LISTRIGHTS x y l r )", "LISTRIGHTS 'x' 'y' 'l'/l | 'r'/r !1 LISTRIGHTS @21"},
        {"* LISTRIGHTS x y", "ERROR_PROTOCOL LISTRIGHTS !1 LISTRIGHTS @0"},
        {"* LISTRIGHTS x", "ERROR_PROTOCOL LISTRIGHTS !1 LISTRIGHTS @0"},
        {"* LISTRIGHTS ", "ERROR_PROTOCOL LISTRIGHTS !1 LISTRIGHTS @0"},
    };
    CHECK_ROWS(rows);
    check_limited("* LISTRIGHTS x y l r s", 2, "LISTRIGHTS 'x' 'y' 'l'/l | 'r'/r 's'/s");
    check_limited("* LISTRIGHTS x y l r s w", 2, "ERROR_LIMIT LISTRIGHTS !1 LISTRIGHTS @0");
}
END_TEST

START_TEST(own_rights)
{
    static const row rows[] = {
        {"* MYRIGHTS INBOX rwiptsldaex", "MYRIGHTS 'INBOX' 'rwiptsldaex'/lrswipxtead"},
        {"* MYRIGHTS \"My Folder\" \"lkr\" ", "MYRIGHTS 'My Folder' 'lkr'/lrk"},
        {"* MYRIGHTS x \"\"", "MYRIGHTS 'x' ''/"},
        {"* MYRIGHTS x l r", "MYRIGHTS 'x' 'l'/l !1 MYRIGHTS @15"},
        {"* MYRIGHTS x", "ERROR_PROTOCOL MYRIGHTS !1 MYRIGHTS @0"},
        {"* MYRIGHTS ", "ERROR_PROTOCOL MYRIGHTS !1 MYRIGHTS @0"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    check_starved("* ACL Entw&APw-rfe Fred rw -Chris l");
    check_starved("* LISTRIGHTS Entw&APw-rfe Fred rw l s x t e a");
    check_starved("* MYRIGHTS Entw&APw-rfe rw");
}
END_TEST

START_TEST(rights_have_letters)
{
    static const struct {
        int right;
        const char *letter;
    } rows[] = {
        {IMAP4_RIGHT_LOOKUP, "l"},     {IMAP4_RIGHT_READ, "r"},           {IMAP4_RIGHT_SEEN, "s"},
        {IMAP4_RIGHT_WRITE, "w"},      {IMAP4_RIGHT_INSERT, "i"},         {IMAP4_RIGHT_POST, "p"},
        {IMAP4_RIGHT_CREATE, "k"},     {IMAP4_RIGHT_DELETE_MAILBOX, "x"}, {IMAP4_RIGHT_DELETE_MESSAGES, "t"},
        {IMAP4_RIGHT_EXPUNGE, "e"},    {IMAP4_RIGHT_ADMINISTER, "a"},     {IMAP4_RIGHT_OLD_CREATE, "c"},
        {IMAP4_RIGHT_OLD_DELETE, "d"}, {IMAP4_RIGHT_ANNOTATE, "n"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_str_eq(imap4_right_name(rows[i].right), rows[i].letter);
    ck_assert_ptr_null(imap4_right_name(0));
    ck_assert_ptr_null(imap4_right_name(3));
    ck_assert_ptr_null(imap4_right_name(0x4000));
    ck_assert_ptr_null(imap4_right_name(-1));
}
END_TEST

Suite *acl_suite(void)
{
    const TTest *const tests[] = {
        lists, rights_that_can_be_given, own_rights, any_allocation_may_fail, rights_have_letters, NULL};
    Suite *suite = suite_create("acl");

    suite_tests(suite, "acl", tests);
    return suite;
}
