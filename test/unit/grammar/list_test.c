#include "describe.h"
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
         "LIST (\\Unmarked \\Remote \\NoAccess '\\Memos' '\\X-Own') '/' 'x'"},
        {"* LIST NIL \"/\" x", "LIST () '/' 'x'"},
        {"* LIST  ()  \"/\"  x ", "LIST () '/' 'x'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(extended_items)
{
    static const row rows[] = {
        {"* LIST () \"/\" \"Foo\" (\"CHILDINFO\" (\"SUBSCRIBED\"))", "LIST () '/' 'Foo' CHILDINFO:('SUBSCRIBED')"},
        {"* LIST () \"/\" Foo (CHILDINFO (\"SUBSCRIBED\") \"OLDNAME\" (\"old name\") X 5)",
         "LIST () '/' 'Foo' CHILDINFO:('SUBSCRIBED') OLDNAME:('old name') X:#5"},
        {"* LIST () \"/\" Foo ()", "LIST () '/' 'Foo'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(xlist)
{
    static const row rows[] = {
        {"* XLIST (\\HasNoChildren \\Inbox) \"/\" \"Posteingang\"",
         "XLIST (\\HasNoChildren '\\Inbox') '/' 'INBOX' raw='Posteingang'"},
        {"* XLIST (\\AllMail) \"/\" a", "XLIST (\\All ) '/' 'a'"},
        {"* XLIST (\\Starred) \"/\" a", "XLIST (\\Flagged ) '/' 'a'"},
        {"* XLIST (\\Spam) \"/\" a", "XLIST (\\Junk ) '/' 'a'"},
        {"* LIST (\\Inbox) \"/\" a", "LIST ('\\Inbox') '/' 'a'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(names_that_are_not_quoted)
{
    static const row rows[] = {
        {"* LIST (\\HasNoChildren) \"/\" INBOX/Da\tOggetto\tRicevuto",
         "LIST (\\HasNoChildren ) '/' 'INBOX/Da<09>Oggetto<09>Ricevuto'"},
        {"* LIST () \"/\" Two Words ", "LIST () '/' 'Two Words'"},
        {"* LIST () \"/\" Foo (bar)", "LIST () '/' 'Foo (bar)'"},
        {"* LIST () \"/\" Foo (bar baz)x", "LIST () '/' 'Foo (bar baz)x'"},
        {"* LIST () \"/\" [Gmail]/All Mail", "LIST () '/' '[Gmail]/All Mail'"},
        {"* LIST () \"/\" foo\"bar", "LIST () '/' 'foo\"bar'"},
        {"* LIST () \"/\" \"foo \"bar\" baz\"", "LIST () '/' 'foo \"bar\" baz'"},
        {"* LIST () \"/\" \"open", "LIST () '/' '\"open'"},
        {"* LIST () \"/\" (x)", "LIST () '/' '(x)'"},
        {"* LIST () \"/\" {3}\r\nfoo bar", "LIST () '/' 'foo'"},
    };
    CHECK_ROWS(rows);
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
    ck_assert_ptr_null(imap4_mailbox_attribute_name(0));
    ck_assert_ptr_null(imap4_mailbox_attribute_name(3));
    ck_assert_ptr_null(imap4_mailbox_attribute_name(0x400));
    ck_assert_ptr_null(imap4_mailbox_attribute_name(-1));
}
END_TEST

Suite *list_suite(void)
{
    const TTest *const tests[] = {
        names_and_attributes, extended_items,        xlist, names_that_are_not_quoted, what_is_no_list,
        utf8_names_stay,      attributes_have_names, NULL,
    };
    Suite *suite = suite_create("list");

    suite_tests(suite, "list", tests);
    return suite;
}
