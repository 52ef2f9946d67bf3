#include "base/error.h"

#include "base/str.h"
#include "support/suite.h"

#include <string.h>

Suite *error_suite(void);

static imap4__error error;

static void start(void)
{
    imap4__error_init(&error);
}

START_TEST(starts_without_error)
{
    ck_assert_int_eq(error.shown.result, IMAP4_OK);
    ck_assert_str_eq(error.shown.message.data, "");
    ck_assert_uint_eq(error.shown.message.len, 0);
    ck_assert_ptr_null(error.shown.text.data);
}
END_TEST

START_TEST(message_is_what_and_detail)
{
    ck_assert_int_eq(imap4__error_set(&error, IMAP4_ERROR_TLS, "handshake failed", "bad record"), IMAP4_ERROR_TLS);
    ck_assert_int_eq(error.shown.result, IMAP4_ERROR_TLS);
    ck_assert_str_eq(error.shown.message.data, "handshake failed: bad record");
    ck_assert_uint_eq(error.shown.message.len, 28);
    imap4__error_set(&error, IMAP4_ERROR_STATE, "later", NULL);
    ck_assert_str_eq(error.shown.message.data, "later");
    ck_assert_uint_eq(error.shown.message.len, 5);
}
END_TEST

static const struct row {
    const char *in;
    const char *out;
} rows[] = {
    {"a\tb\r\nc\x1b[31m\x7f", "a?b??c?[31m?"},
    {"Entw\xc3\xbcrfe", "Entw\xc3\xbcrfe"},
    {"\xc2\x9b"
     "31m \xc2\xa0",
     "?31m \xc2\xa0"},          /* U+009B is CSI, U+00A0 is a space */
    {"caf\xe9 \x9b", "caf? ?"}, /* Latin-1 */
};

START_TEST(control_characters_are_replaced)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        imap4__error_set(&error, IMAP4_ERROR_BYE, rows[i].in, NULL);
        ck_assert_str_eq(error.shown.message.data, rows[i].out);
        imap4__error_set(&error, IMAP4_ERROR_BYE, "x", rows[i].in);
        ck_assert_str_eq(error.shown.message.data + 3, rows[i].out);
        imap4__error_set_text(&error, imap4__str(rows[i].in));
        ck_assert_str_eq(error.shown.text.data, rows[i].out);
    }
    imap4__error_set_text(&error, imap4__str_n("a\0b", 3));
    ck_assert_str_eq(error.shown.text.data, "a?b");
}
END_TEST

START_TEST(long_texts_are_cut_between_characters)
{
    char text[2048];
    size_t room = sizeof error.message - 1;

    for (size_t shift = 0; shift < 4; shift++) {
        memset(text, 'x', sizeof text);
        for (size_t i = shift; i + 4 < sizeof text; i += 4)
            memcpy(text + i, "\xf0\x9f\x98\x80", 4);
        text[sizeof text - 1] = '\0';
        memset(text + sizeof text - 8, 'x', 7);
        imap4__error_set(&error, IMAP4_ERROR_BYE, text, "more");
        ck_assert_uint_le(error.shown.message.len, room);
        ck_assert_uint_ge(error.shown.message.len, room - 3);
        ck_assert(imap4__utf8_valid(error.shown.message.data, error.shown.message.len));
        ck_assert_mem_eq(error.shown.message.data, text, room - 3);
        imap4__error_set_text(&error, imap4__str(text));
        ck_assert_uint_le(error.shown.text.len, sizeof error.text - 1);
        ck_assert_uint_ge(error.shown.text.len, sizeof error.text - 4);
        ck_assert(imap4__utf8_valid(error.shown.text.data, error.shown.text.len));
        ck_assert_uint_eq(strlen(error.shown.text.data), error.shown.text.len);
    }
}
END_TEST

START_TEST(text_may_go_back_to_nil)
{
    imap4__error_set_text(&error, imap4__str("said"));
    ck_assert_str_eq(error.shown.text.data, "said");
    imap4__error_set_text(&error, imap4__str(NULL));
    ck_assert_ptr_null(error.shown.text.data);
    imap4__error_set_text(&error, imap4__str(""));
    ck_assert_str_eq(error.shown.text.data, "");
}
END_TEST

Suite *error_suite(void)
{
    const TTest *const tests[] = {
        starts_without_error,
        message_is_what_and_detail,
        control_characters_are_replaced,
        long_texts_are_cut_between_characters,
        text_may_go_back_to_nil,
        NULL,
    };
    Suite *suite = suite_create("error");

    tcase_add_checked_fixture(suite_tests(suite, "error", tests), start, NULL);
    return suite;
}
