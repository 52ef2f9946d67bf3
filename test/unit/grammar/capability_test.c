#include "starve.h"
#include "support/suite.h"

Suite *capability_suite(void);

START_TEST(lists_of_names)
{
    static const row rows[] = {
        {"* CAPABILITY STARTTLS AUTH=GSSAPI IMAP4rev2 LOGINDISABLED XPIG-LATIN",
         "CAPABILITY ['STARTTLS' 'AUTH=GSSAPI' 'IMAP4rev2' 'LOGINDISABLED' 'XPIG-LATIN']"},
        {"* capability imap4rev1", "CAPABILITY ['imap4rev1']"},
        {"* CAPABILITY IMAP4rev1 ", "CAPABILITY ['IMAP4rev1']"},
        {"* CAPABILITY  IMAP4rev1   IDLE", "CAPABILITY ['IMAP4rev1' 'IDLE']"},
        {"* CAPABILITY", "CAPABILITY []"},
        {"* CAPABILITY IMAP4rev1 LITERAL + IDLE", "CAPABILITY ['IMAP4rev1' 'LITERAL+' 'IDLE']"},
        {"* CAPABILITY literal + + IMAP4rev1", "CAPABILITY ['LITERAL+' '+' 'IMAP4rev1']"},
        {"* CAPABILITY a\x01 \t b\x7f \x02", "CAPABILITY ['a' 'b<7f>']"},
        {"* CAPABILITY + IDLE +", "CAPABILITY ['+' 'IDLE' '+']"},
        {"* CAPABILITY AUTH=\"X\" ] (", "CAPABILITY ['AUTH=\"X\"' ']' '(']"},
        {"* ENABLED CONDSTORE QRESYNC", "ENABLED ['CONDSTORE' 'QRESYNC']"},
        {"* ENABLED", "ENABLED []"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(names_are_found_without_case)
{
    const imap4_str list[] = {{"IMAP4rev1", 9}, {"AUTH=PLAIN", 10}};
    const imap4_names names = {list, 2};
    const imap4_names empty = {NULL, 0};

    ck_assert_int_eq(imap4_names_contain(&names, "imap4REV1"), 1);
    ck_assert_int_eq(imap4_names_contain(&names, "AUTH=plain"), 1);
    ck_assert_int_eq(imap4_names_contain(&names, "AUTH=PLAI"), 0);
    ck_assert_int_eq(imap4_names_contain(&names, "AUTH=PLAINS"), 0);
    ck_assert_int_eq(imap4_names_contain(&names, ""), 0);
    ck_assert_int_eq(imap4_names_contain(&empty, "IDLE"), 0);
    ck_assert_int_eq(imap4_names_contain(NULL, "IDLE"), 0);
    ck_assert_int_eq(imap4_names_contain(&names, NULL), 0);
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    check_starved("* CAPABILITY IMAP4rev1 LITERAL + IDLE UIDPLUS MOVE NAMESPACE ID ENABLE");
}
END_TEST

START_TEST(too_many_names)
{
    static const char bytes[] = "* CAPABILITY a b c d";
    reply r;

    for (uint32_t limit = 0; limit < 6; limit++) {
        reply_init(&r, bytes, sizeof bytes - 1, NULL);
        r.cursor.list_limit = limit;
        reply_read(&r);
        ck_assert_int_eq(r.result, limit < 4 ? IMAP4_ERROR_LIMIT : IMAP4_OK);
        ck_assert_int_eq(r.response.event, IMAP4_EVENT_CAPABILITY);
        reply_clear(&r);
    }
}
END_TEST

Suite *capability_suite(void)
{
    const TTest *const tests[] = {lists_of_names, names_are_found_without_case, any_allocation_may_fail, too_many_names,
                                  NULL};
    Suite *suite = suite_create("capability");

    suite_tests(suite, "capability", tests);
    return suite;
}
