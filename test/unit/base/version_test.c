#include "support/suite.h"

#include <imap4/version.h>
#include <stdio.h>

Suite *version_suite(void);

START_TEST(number_and_string_agree)
{
    char text[32];
    uint32_t version = imap4_version();

    snprintf(text, sizeof text, "%u.%u.%u", (unsigned)(version >> 16), (unsigned)(version >> 8 & 0xff),
             (unsigned)(version & 0xff));
    ck_assert_str_eq(text, imap4_version_string());
    ck_assert_str_eq(text, IMAP4_VERSION_STRING);
    ck_assert_uint_eq(version, IMAP4_VERSION_NUMBER);
}
END_TEST

START_TEST(own_header_fits)
{
    ck_assert_int_eq(imap4_version_check(IMAP4_VERSION_NUMBER), IMAP4_OK);
}
END_TEST

START_TEST(newer_header_does_not_fit)
{
    ck_assert_int_eq(imap4_version_check(IMAP4_VERSION_NUMBER + 1), IMAP4_ERROR_VERSION);
}
END_TEST

START_TEST(other_minor_before_1_0_does_not_fit)
{
    if (IMAP4_VERSION_MAJOR == 0)
        ck_assert_int_eq(imap4_version_check(IMAP4_VERSION_NUMBER - (1 << 8)), IMAP4_ERROR_VERSION);
}
END_TEST

START_TEST(other_major_does_not_fit)
{
    ck_assert_int_eq(imap4_version_check(IMAP4_VERSION_NUMBER + (1 << 16)), IMAP4_ERROR_VERSION);
}
END_TEST

Suite *version_suite(void)
{
    const TTest *const tests[] = {
        number_and_string_agree,
        own_header_fits,
        newer_header_does_not_fit,
        other_minor_before_1_0_does_not_fit,
        other_major_does_not_fit,
        NULL,
    };
    Suite *suite = suite_create("version");

    suite_tests(suite, "version", tests);
    return suite;
}
