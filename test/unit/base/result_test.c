#include "support/suite.h"

#include <imap4/types.h>
#include <string.h>

Suite *result_suite(void);

START_TEST(every_result_has_name_and_message)
{
    for (int result = IMAP4_ERROR_SASL; result <= IMAP4_WOKEN; result++) {
        ck_assert_msg(imap4_result_name(result) != NULL, "%d", result);
        ck_assert_uint_gt(strlen(imap4_result_message(result)), 5);
        ck_assert_msg((strncmp(imap4_result_name(result), "ERROR_", 6) == 0) == (result < 0), "%d", result);
        for (int other = IMAP4_ERROR_SASL; other < result; other++) {
            ck_assert_str_ne(imap4_result_name(result), imap4_result_name(other));
            ck_assert_str_ne(imap4_result_message(result), imap4_result_message(other));
        }
    }
}
END_TEST

START_TEST(names_have_no_prefix)
{
    ck_assert_str_eq(imap4_result_name(IMAP4_OK), "OK");
    ck_assert_str_eq(imap4_result_name(IMAP4_DRAIN), "DRAIN");
    ck_assert_str_eq(imap4_result_name(IMAP4_ERROR_MEMORY), "ERROR_MEMORY");
    ck_assert_str_eq(imap4_result_name(IMAP4_ERROR_CERTIFICATE), "ERROR_CERTIFICATE");
    ck_assert_str_eq(imap4_result_name(IMAP4_ERROR_SASL), "ERROR_SASL");
}
END_TEST

START_TEST(unknown_results)
{
    ck_assert_ptr_null(imap4_result_name(5));
    ck_assert_ptr_null(imap4_result_name(IMAP4_ERROR_SASL - 1));
    ck_assert_ptr_nonnull(imap4_result_message(5));
    ck_assert_ptr_nonnull(imap4_result_message(-1000000));
}
END_TEST

START_TEST(security_names)
{
    ck_assert_str_eq(imap4_security_name(IMAP4_SECURITY_NONE), "NONE");
    ck_assert_str_eq(imap4_security_name(IMAP4_SECURITY_LOCAL), "LOCAL");
    ck_assert_str_eq(imap4_security_name(IMAP4_SECURITY_VERIFIED), "VERIFIED");
    ck_assert_ptr_null(imap4_security_name(3));
    ck_assert_ptr_null(imap4_security_name(-1));
}
END_TEST

Suite *result_suite(void)
{
    const TTest *const tests[] = {
        every_result_has_name_and_message, names_have_no_prefix, unknown_results, security_names, NULL,
    };
    Suite *suite = suite_create("result");

    suite_tests(suite, "result", tests);
    return suite;
}
