#include "starve.h"
#include "support/suite.h"

Suite *list_suite(void);

START_TEST(names_and_attributes)
{
    static const row rows[] = {
        {"* LIST (\\Noselect) \"/\" ~/Mail/foo", "LIST (\\Noselect ) '/' '~/Mail/foo'"},
        {"* LIST (\\Noselect) \"/\" \"\"", "LIST (\\Noselect ) '/' ''"},
        {"* LIST () \".\" {7}\r\nfoo\"bar", "LIST () '.' 'foo\"bar'"},
        {"* list (\\marked \\NoInferiors \\SUBSCRIBED) \"/\" \"inbox\"",
         "LIST (\\Noinferiors \\Marked \\Subscribed ) '/' 'INBOX' raw='inbox'"},
        {"* LIST (\\HasNoChildren) NIL INBOX", "LIST (\\HasNoChildren ) NIL 'INBOX'"},
        {"* LIST () \"\" INBOX", "LIST () NIL 'INBOX'"},
        {"* LIST () . INBOX", "LIST () '.' 'INBOX'"},
        {"* LIST () \"\\\\\" a\\b", "LIST () '\\' 'a\\b'"},
        {"* LIST () \"\\\" a\\b", "LIST () '\\' 'a\\b'"},
        {"* LIST () \"/\" NIL", "LIST () '/' 'NIL'"},
        {"* LIST () \"/\" \"Entw&APw-rfe\"", "LIST () '/' 'Entw\xc3\xbcrfe' raw='Entw&APw-rfe'"},
        {"* LSUB () \".\" #news.comp.mail.misc", "LSUB () '.' '#news.comp.mail.misc'"},
        {"* LIST (\\NonExistent) \"/\" x", "LIST (\\Noselect \\NonExistent ) '/' 'x'"},
        {"* LIST (\\HasChildren \\HasNoChildren) \"/\" x", "LIST (\\HasChildren ) '/' 'x'"},
        {"* LIST (\\Sent \\Trash \\Junk \\Drafts \\Archive \\All \\Flagged \\Important) \"/\" x",
         "LIST (\\All \\Archive \\Drafts \\Flagged \\Junk \\Sent \\Trash \\Important ) '/' 'x'"},
        {"* LIST (\\Remote \\NoAccess \\Unmarked \\Memos \\X-Own) \"/\" x",
         "LIST (\\Unmarked \\Remote \\NoAccess \\Memos '\\X-Own') '/' 'x'"},
        {"* LIST (\\Scheduled \\Snoozed) \"/\" x", "LIST (\\Scheduled \\Snoozed ) '/' 'x'"},
        /* said twice, nested, quoted, none at all */
        {"* LIST (\\Sent \\sent (\\Marked) \"\\\\Trash\" NIL \\) \"/\" x",
         "LIST (\\Marked \\Sent \\Trash 'NIL' '\\') '/' 'x'"},
        {"* LIST NIL \"/\" x", "LIST () '/' 'x'"},
        {"* LIST  ()  \"/\"  x ", "LIST () '/' 'x'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(extended_items)
{
    static const row rows[] = {
        {"* LIST () \"/\" \"Foo\" (\"CHILDINFO\" (\"SUBSCRIBED\"))", "LIST () '/' 'Foo' childinfo:SUBSCRIBED"},
        {"* LIST () \"/\" Foo (CHILDINFO (\"SUBSCRIBED\") \"OLDNAME\" (\"old name\") X 5)",
         "LIST () '/' 'Foo' childinfo:SUBSCRIBED old 'old name' X:#5"},
        {"* LIST () \"/\" Foo (childinfo ( subscribed \"Special-Use\" \"REMOTE\" ))",
         "LIST () '/' 'Foo' childinfo:SUBSCRIBED childinfo:SPECIAL-USE childinfo:REMOTE"},
        {"* LIST () \"/\" Foo (CHILDINFO ())", "LIST () '/' 'Foo'"},
        /* words that are not known, and what is no such item, are kept */
        {"* LIST () \"/\" Foo (CHILDINFO (\"REMOTE\" \"X\"))",
         "LIST () '/' 'Foo' childinfo:REMOTE childinfo:? CHILDINFO:('REMOTE' 'X')"},
        {"* LIST () \"/\" Foo (CHILDINFO \"REMOTE\" X 1)", "LIST () '/' 'Foo' CHILDINFO:'REMOTE' X:#1"},
        {"* LIST () \"/\" Foo (OLDNAME (Entw&APw-rfe))", "LIST () '/' 'Foo' old 'Entw\xc3\xbcrfe' raw='Entw&APw-rfe'"},
        {"* LIST () \"/\" Foo (oldname (inbox) X 1)", "LIST () '/' 'Foo' old 'INBOX' raw='inbox' X:#1"},
        {"* LIST () \"/\" Foo (OLDNAME (a b) X 1)", "LIST () '/' 'Foo' OLDNAME:(a b) X:#1"},
        {"* LIST () \"/\" Foo (OLDNAME ((a)) X 1)", "LIST () '/' 'Foo' OLDNAME:((a)) X:#1"},
        {"* LIST () \"/\" Foo (OLDNAME a X 1)", "LIST () '/' 'Foo' OLDNAME:a X:#1"},
        /* damage behind a name that is clear costs what is behind it */
        {"* LIST () \"/\" \"Foo\" (CHILDINFO (\"SUBSCRIBED\")", "LIST () '/' 'Foo' !1 LIST @19"},
        {"* LIST () \"/\" \"Foo\" (OLDNAME (a) X (1", "LIST () '/' 'Foo' !1 LIST @19"},
        {"* LIST () \"/\" \"Foo\" (X (1)) y", "LIST () '/' 'Foo' !1 LIST @19"},
        {"* LIST () \"/\" \"Foo\" ((X) 1)", "LIST () '/' 'Foo' !1 LIST @19"},
        {"* LIST () \"/\" \"Foo\" (X \"y\"", "LIST () '/' 'Foo' !1 LIST @19"},
        {"* LIST () \"/\" \"Foo\" bar  ", "LIST () '/' 'Foo' !1 LIST @19"},
        {"* LIST () \"/\" {3}\r\nFoo x", "LIST () '/' 'Foo' !1 LIST @22"},
        {"* LIST () \"/\" ~{3}\r\nFoo (x \"y", "LIST () '/' 'Foo' !1 LIST @23"},
        {"* LIST () \"/\" Foo ()", "LIST () '/' 'Foo'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(xlist)
{
    static const row rows[] = {
        {"* XLIST (\\HasNoChildren \\Inbox) \"/\" \"Posteingang\"",
         "XLIST (\\HasNoChildren \\Inbox ) '/' 'INBOX' raw='Posteingang'"},
        /* said twice */
        {"* XLIST (\\Inbox \\HasNoChildren \\Inbox \\HasNoChildren) \"/\" INBOX",
         "XLIST (\\HasNoChildren \\Inbox ) '/' 'INBOX'"},
        {"* XLIST (\\AllMail) \"/\" a", "XLIST (\\All ) '/' 'a'"},
        {"* XLIST (\\Starred) \"/\" a", "XLIST (\\Flagged ) '/' 'a'"},
        {"* XLIST (\\Spam) \"/\" a", "XLIST (\\Junk ) '/' 'a'"},
        {"* LIST (\\Inbox) \"/\" a", "LIST (\\Inbox ) '/' 'a'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(names_that_are_not_quoted)
{
    static const row rows[] = {
        {"* LIST (\\HasNoChildren \\UnMarked) \".\" [Old] Mail]",
         "LIST (\\Unmarked \\HasNoChildren ) '.' '[Old] Mail]'"},
        {"* LIST () \"/\" Two Words ", "LIST () '/' 'Two Words'"},
        {"* LIST () \"/\" Foo (bar)", "LIST () '/' 'Foo (bar)'"},
        {"* LIST () \"/\" Foo (bar baz)x", "LIST () '/' 'Foo (bar baz)x'"},
        {"* LIST () \"/\" [Gmail]/All Mail", "LIST () '/' '[Gmail]/All Mail'"},
        {"* LIST () \"/\" foo\"bar", "LIST () '/' 'foo\"bar'"},
        {"* LIST () \"/\" \"foo \"bar\" baz\"", "LIST () '/' 'foo \"bar\" baz'"},
        {"* LIST () \"/\" \"open", "LIST () '/' '\"open'"},
        {"* LIST () \"/\" (x)", "LIST () '/' '(x)'"},
        {"* LIST () \"/\" {3}\r\nfoo bar", "LIST () '/' 'foo' !1 LIST @22"},
        {"* LIST () \"/\" \"", "LIST () '/' '\"'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

/* Exchange; from other servers such bytes are damage, and no name can be made of what is there. */
START_TEST(names_with_control_characters)
{
    static const row exchange[] = {
        {"* LIST (\\HasNoChildren) \"/\" INBOX/Da\tOggetto\tRicevuto",
         "LIST (\\HasNoChildren ) '/' 'INBOX/Da<09>Oggetto<09>Ricevuto'"},
        {"* LIST () \"/\" a\x01 b\x7f c ", "LIST () '/' 'a<01> b<7f> c'"},
        {"* LIST () \"/\" \"a\tb\"", "LIST () '/' 'a<09>b'"},
        {"* LIST () \"/\" a {1}\r\nb", "ERROR_PROTOCOL LIST !1 LIST @0"},
        {"* LIST () \"/\" a \"b\rc", "ERROR_PROTOCOL LIST !1 LIST @0"},
    };
    static const row others[] = {
        {"* LIST (\\HasNoChildren) \"/\" INBOX/Da\tOggetto\tRicevuto", "ERROR_PROTOCOL LIST !1 LIST @0"},
        {"* LIST () \"/\" a b\x7f", "ERROR_PROTOCOL LIST !1 LIST @0"},
        {"* LIST () \"/\" \"a\tb\"", "LIST () '/' 'a<09>b'"},
        {"* LIST () \"/\" a\t", "LIST () '/' 'a'"},
        {"* LIST () \"/\" \x01", "ERROR_PROTOCOL LIST !1 LIST @0"},
    };
    static const char nul[] = "* LIST () \"/\" a\0 b";
    reply r;

    CHECK_ROWS_OF(exchange, IMAP4_SERVER_EXCHANGE);
    CHECK_ROWS_OF(others, IMAP4_SERVER_UNKNOWN);
    CHECK_ROWS_OF(others, IMAP4_SERVER_DOVECOT);
    reply_init(&r, nul, sizeof nul - 1, NULL);
    r.cursor.server = IMAP4_SERVER_EXCHANGE;
    reply_read(&r);
    ck_assert_int_eq(r.result, IMAP4_ERROR_PROTOCOL);
    reply_clear(&r);
}
END_TEST

START_TEST(odd_delimiters)
{
    static const row rows[] = {
        {"* LIST () {1}\r\n/ x", "LIST () '/' 'x'"},
        {"* LIST () () x", "LIST () NIL 'x'"},
        {"* LIST () nil x", "LIST () NIL 'x'"},
        {"* LIST () \"\\\"\" x", "LIST () '\"' 'x'"},
        {"* LIST () \"\\\" \"x\"", "LIST () '\\' 'x'"},
        {"* LIST () \"/\"x", "LIST () '/' 'x'"},
        {"* LIST () (/) x", "ERROR_PROTOCOL LIST !1 LIST @0"},
        {"* LIST () \"/", "ERROR_PROTOCOL LIST !1 LIST @0"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(limits)
{
    check_limited("* LIST (\\a \\b) \"/\" x", 2, "LIST ('\\a' '\\b') '/' 'x'");
    check_limited("* LIST (\\a \\b \\c) \"/\" x", 2, "ERROR_LIMIT LIST !1 LIST @0");
    check_limited("* LIST () \"/\" \"x\" (a 1 b 2)", 2, "LIST () '/' 'x' a:#1 b:#2");
    check_limited("* LIST () \"/\" \"x\" (a 1 b 2 c 3)", 2, "LIST () '/' 'x' !1 LIST @17");
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    check_starved("* LIST (\\a \\b \\c \\d \\e) {1}\r\n/ Entw&APw-rfe (CHILDINFO (\"SUBSCRIBED\" {1}\r\nX) OLDNAME "
                  "(a&APw-) X (1 2))");
    check_starved("* LIST () \"/\" \"a \"b\" c\"");
    check_starved("* XLIST (\\Inbox) \"/\" a b");
    check_starved_of("* LIST () \"/\" a\tb", IMAP4_SERVER_EXCHANGE);
}
END_TEST

START_TEST(childinfos_have_names)
{
    ck_assert_str_eq(imap4_childinfo_name(IMAP4_CHILDINFO_SUBSCRIBED), "SUBSCRIBED");
    ck_assert_str_eq(imap4_childinfo_name(IMAP4_CHILDINFO_SPECIAL_USE), "SPECIAL-USE");
    ck_assert_str_eq(imap4_childinfo_name(IMAP4_CHILDINFO_REMOTE), "REMOTE");
    ck_assert_ptr_null(imap4_childinfo_name(IMAP4_CHILDINFO_OTHER));
    ck_assert_ptr_null(imap4_childinfo_name(0));
    ck_assert_ptr_null(imap4_childinfo_name(3));
    ck_assert_ptr_null(imap4_childinfo_name(-1));
}
END_TEST

START_TEST(what_is_no_list)
{
    static const row rows[] = {
        {"* LIST \"/\" INBOX", "ERROR_PROTOCOL LIST !1 LIST @0"},
        {"* LIST () \"/\"", "ERROR_PROTOCOL LIST !1 LIST @0"},
        {"* LIST () \"/\" ", "ERROR_PROTOCOL LIST !1 LIST @0"},
        {"* LIST (\\Noselect", "ERROR_PROTOCOL LIST !1 LIST @0"},
        {"* XLIST ()", "ERROR_PROTOCOL LIST !1 XLIST @0"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(utf8_names_stay)
{
    static const char bytes[] = "* LIST () \"/\" \"a&APw-b\"";
    reply r;

    reply_init(&r, bytes, sizeof bytes - 1, NULL);
    r.cursor.utf8 = 1;
    reply_read(&r);
    ck_assert_int_eq(r.result, IMAP4_OK);
    ck_assert_str_eq(r.response.data.list->name.data, "a&APw-b");
    reply_clear(&r);
}
END_TEST

START_TEST(attributes_have_names)
{
    ck_assert_str_eq(imap4_mailbox_attribute_name(IMAP4_MAILBOX_NOINFERIORS), "\\Noinferiors");
    ck_assert_str_eq(imap4_mailbox_attribute_name(IMAP4_MAILBOX_ALL), "\\All");
    ck_assert_str_eq(imap4_mailbox_attribute_name(IMAP4_MAILBOX_JUNK), "\\Junk");
    ck_assert_str_eq(imap4_mailbox_attribute_name(IMAP4_MAILBOX_IMPORTANT), "\\Important");
    ck_assert_str_eq(imap4_mailbox_attribute_name(IMAP4_MAILBOX_INBOX), "\\Inbox");
    ck_assert_str_eq(imap4_mailbox_attribute_name(IMAP4_MAILBOX_MEMOS), "\\Memos");
    ck_assert_str_eq(imap4_mailbox_attribute_name(IMAP4_MAILBOX_SCHEDULED), "\\Scheduled");
    ck_assert_str_eq(imap4_mailbox_attribute_name(IMAP4_MAILBOX_SNOOZED), "\\Snoozed");
    ck_assert_ptr_null(imap4_mailbox_attribute_name(0));
    ck_assert_ptr_null(imap4_mailbox_attribute_name(3));
    ck_assert_ptr_null(imap4_mailbox_attribute_name(0x400));
    ck_assert_ptr_null(imap4_mailbox_attribute_name(-1));
}
END_TEST

Suite *list_suite(void)
{
    const TTest *const tests[] = {
        names_and_attributes,
        extended_items,
        xlist,
        names_that_are_not_quoted,
        names_with_control_characters,
        odd_delimiters,
        limits,
        any_allocation_may_fail,
        what_is_no_list,
        utf8_names_stay,
        attributes_have_names,
        childinfos_have_names,
        NULL,
    };
    Suite *suite = suite_create("list");

    suite_tests(suite, "list", tests);
    return suite;
}
