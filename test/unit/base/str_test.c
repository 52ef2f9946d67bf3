#include "base/str.h"

#include "support/suite.h"

#include <string.h>

Suite *str_suite(void);

START_TEST(nil_equals_only_nil)
{
    imap4_str nil = imap4__str(NULL);
    imap4_str empty = imap4__str("");

    ck_assert_ptr_null(nil.data);
    ck_assert_uint_eq(nil.len, 0);
    ck_assert(imap4__str_eq(nil, nil));
    ck_assert(!imap4__str_eq(nil, empty));
    ck_assert(!imap4__str_eq(empty, nil));
    ck_assert(imap4__str_eq(empty, empty));
    ck_assert(!imap4__str_eq_nocase(nil, ""));
    ck_assert(!imap4__str_eq_nocase(empty, NULL));
    ck_assert(imap4__str_eq_nocase(nil, NULL));
    ck_assert(imap4__str_eq_nocase(empty, ""));
}
END_TEST

START_TEST(bytes_are_compared)
{
    ck_assert(imap4__str_eq(imap4__str("abc"), imap4__str_n("abcd", 3)));
    ck_assert(!imap4__str_eq(imap4__str("abc"), imap4__str("abd")));
    ck_assert(!imap4__str_eq(imap4__str("abc"), imap4__str("ab")));
    ck_assert(!imap4__str_eq(imap4__str("abc"), imap4__str("Abc")));
    ck_assert(!imap4__str_eq(imap4__str_n("a\0b", 3), imap4__str_n("a\0c", 3)));
}
END_TEST

START_TEST(case_is_ascii_only)
{
    /* For each byte: only A-Z has a lower case. */
    for (int c = 0; c < 256; c++) {
        int expected = c >= 'A' && c <= 'Z' ? c + 32 : c;

        ck_assert_int_eq(imap4__lower((uint8_t)c), expected);
    }
    ck_assert(imap4__str_eq_nocase(imap4__str("FeTcH"), "fEtCh"));
    ck_assert(!imap4__str_eq_nocase(imap4__str("fetc"), "fetch"));
    ck_assert(!imap4__str_eq_nocase(imap4__str("fetch"), "fetc"));
    ck_assert(!imap4__str_eq_nocase(imap4__str("["), "{")); /* 0x5b and 0x7b differ in the same bit as letters */
    ck_assert(!imap4__str_eq_nocase(imap4__str("@"), "`"));
    ck_assert(!imap4__str_eq_nocase(imap4__str("\xc3\x84"), "\xc3\xa4"));
    ck_assert(!imap4__str_eq_nocase(imap4__str_n("ab\0c", 4), "ab"));
    ck_assert(!imap4__str_eq_nocase(imap4__str_n("\0", 1), ""));
    ck_assert(imap4__nocase_n("a\0Z", "A\0z", 3));
    ck_assert(!imap4__nocase_n("a\0Z", "A\0y", 3));
    ck_assert(imap4__nocase_n("a", "b", 0));
}
END_TEST

/* RFC 3629 sections 3 and 4; the limits of each row of its grammar from both sides. */
static const struct utf8_row {
    const char *bytes;
    size_t len;
    int valid;
} utf8_rows[] = {
    {"", 0, 1},
    {"\0", 1, 1},
    {"plain text of more than eight bytes", 35, 1},
    {"\x7f", 1, 1},
    {"\x80", 1, 0},
    {"\xbf", 1, 0},
    {"\xc0\x80", 2, 0}, /* overlong NUL */
    {"\xc1\xbf", 2, 0},
    {"\xc2\x80", 2, 1},
    {"\xdf\xbf", 2, 1},
    {"\xc2", 1, 0},
    {"\xc2\x7f", 2, 0},
    {"\xc2\xc0", 2, 0},
    {"\xe0\x9f\xbf", 3, 0}, /* overlong */
    {"\xe0\xa0\x80", 3, 1},
    {"\xe1\x80\x80", 3, 1},
    {"\xe1\x80", 2, 0},
    {"\xe1\x80\x7f", 3, 0},
    {"\xec\xbf\xbf", 3, 1},
    {"\xed\x9f\xbf", 3, 1},
    {"\xed\xa0\x80", 3, 0}, /* surrogates */
    {"\xed\xbf\xbf", 3, 0},
    {"\xee\x80\x80", 3, 1},
    {"\xef\xbf\xbf", 3, 1},
    {"\xf0\x8f\xbf\xbf", 4, 0}, /* overlong */
    {"\xf0\x90\x80\x80", 4, 1},
    {"\xf3\xbf\xbf\xbf", 4, 1},
    {"\xf4\x8f\xbf\xbf", 4, 1},
    {"\xf4\x90\x80\x80", 4, 0}, /* beyond U+10FFFF */
    {"\xf5\x80\x80\x80", 4, 0},
    {"\xf0\x9f\x98", 3, 0},
    {"\xf0\x9f\x98\x80", 4, 1},
    {"\xff", 1, 0},
    {"\xfe", 1, 0},
    {"Entw\xc3\xbcrfe", 9, 1}, /* RFC 3629 section 7 and friends */
    {"\xed\x95\x9c\xea\xb5\xad\xec\x96\xb4", 9, 1},
    {"12345678\xff", 9, 0},
    {"1234567\xc3\xa9", 9, 1},
    {"1234567\xe9", 8, 0},
};

START_TEST(utf8_is_judged_by_rfc_3629)
{
    for (size_t i = 0; i < sizeof utf8_rows / sizeof *utf8_rows; i++) {
        const struct utf8_row *row = &utf8_rows[i];
        /* at every place relative to eight-byte steps */
        for (size_t shift = 0; shift < 9; shift++) {
            char text[64];

            memset(text, 'x', sizeof text);
            memcpy(text + shift, row->bytes, row->len);
            ck_assert_msg(imap4__utf8_valid(text, shift + row->len) == row->valid, "row %zu", i);
        }
    }
}
END_TEST

START_TEST(names_are_found_both_ways)
{
    static const imap4__name table[] = {{"ALPHA", 1}, {"BETA", 7}, {"ALSO-BETA", 7}, {NULL, 0}};

    ck_assert_uint_eq(imap4__name_number(table, imap4__str("alpha"), 99), 1);
    ck_assert_uint_eq(imap4__name_number(table, imap4__str("Also-Beta"), 99), 7);
    ck_assert_uint_eq(imap4__name_number(table, imap4__str("ALPH"), 99), 99);
    ck_assert_uint_eq(imap4__name_number(table, imap4__str(""), 99), 99);
    ck_assert_uint_eq(imap4__name_number(table, imap4__str(NULL), 99), 99);
    ck_assert_str_eq(imap4__name_text(table, 7), "BETA");
    ck_assert_ptr_null(imap4__name_text(table, 0));
    ck_assert_ptr_null(imap4__name_text(table, 2));
}
END_TEST

Suite *str_suite(void)
{
    const TTest *const tests[] = {
        nil_equals_only_nil,        bytes_are_compared,        case_is_ascii_only,
        utf8_is_judged_by_rfc_3629, names_are_found_both_ways, NULL,
    };
    Suite *suite = suite_create("str");

    suite_tests(suite, "str", tests);
    return suite;
}
