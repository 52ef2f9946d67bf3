#include "support/suite.h"

#include "sasl/mechanism.h"

#include <imap4/command.h>
#include <string.h>

Suite *mechanism_suite(void);

static imap4_str str(const char *text)
{
    return (imap4_str){text, strlen(text)};
}

START_TEST(names_have_no_case)
{
    ck_assert_ptr_eq(imap4__mechanism_find(str("PLAIN")), &imap4__mechanism_plain);
    ck_assert_ptr_eq(imap4__mechanism_find(str("plain")), &imap4__mechanism_plain);
    ck_assert_str_eq(imap4__mechanism_find(str("pLaIn"))->name, "PLAIN");
}
END_TEST

START_TEST(unknown_names_are_not_found)
{
    static const char *const names[] = {"", "PLAI", "PLAINE", "PLAIN ", "LOGIN", "XOAUTH2", "CRAM-MD"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        ck_assert_ptr_null(imap4__mechanism_find(str(names[i])));
        ck_assert_int_eq(imap4_mechanism_available(names[i]), 0);
    }
    ck_assert_ptr_null(imap4__mechanism_find((imap4_str){NULL, 0}));
    ck_assert_int_eq(imap4_mechanism_available(NULL), 0);
}
END_TEST

START_TEST(hashes_come_with_tls)
{
    ck_assert_int_eq(imap4_mechanism_available("PLAIN"), 1);
    ck_assert_int_eq(imap4_mechanism_available("cram-md5"), IMAP4_HAVE_TLS);
    ck_assert_int_eq(imap4__mechanism_find(str("CRAM-MD5")) != NULL, IMAP4_HAVE_TLS);
}
END_TEST

START_TEST(credentials_are_something_without_nul)
{
    static const struct {
        imap4_str text;
        int valid;
    } rows[] = {
        {{"tim", 3}, 1}, {{"t\xc3\xadm", 4}, 1}, {{"\r\n", 2}, 1}, {{"\xff", 1}, 1},
        {{"", 0}, 0},    {{NULL, 0}, 0},         {{"", 1}, 0},     {{"a\0b", 3}, 0},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        ck_assert_msg(imap4__credential_valid(rows[i].text) == rows[i].valid, "row %zu", i);
}
END_TEST

Suite *mechanism_suite(void)
{
    const TTest *const tests[] = {
        names_have_no_case,
        unknown_names_are_not_found,
        hashes_come_with_tls,
        credentials_are_something_without_nul,
        NULL,
    };
    Suite *suite = suite_create("mechanism");

    suite_tests(suite, "mechanism", tests);
    return suite;
}
