#include <imap4/event.h>
#include <imap4/filter.h>

#include "support/suite.h"

Suite *filter_suite(void);

START_TEST(build_knows_its_layers)
{
    ck_assert_int_eq(imap4_filter_available(IMAP4_LAYER_TLS), IMAP4_HAVE_TLS);
    ck_assert_int_eq(imap4_filter_available(IMAP4_LAYER_DEFLATE), IMAP4_HAVE_COMPRESS);
    ck_assert_int_eq(imap4_filter_available(0), 0);
    ck_assert_int_eq(imap4_filter_available(3), 0);
}
END_TEST

START_TEST(verify_bits_have_names)
{
    ck_assert_str_eq(imap4_verify_name(IMAP4_VERIFY_UNTRUSTED), "UNTRUSTED");
    ck_assert_str_eq(imap4_verify_name(IMAP4_VERIFY_NAME), "NAME");
    ck_assert_str_eq(imap4_verify_name(IMAP4_VERIFY_OTHER), "OTHER");
    for (int bit = 1; bit <= 0x80; bit <<= 1)
        ck_assert_ptr_nonnull(imap4_verify_name(bit));
    ck_assert_ptr_null(imap4_verify_name(0));
    ck_assert_ptr_null(imap4_verify_name(3));
    ck_assert_ptr_null(imap4_verify_name(0x100));
    ck_assert_ptr_null(imap4_verify_name(-1));
}
END_TEST

START_TEST(nothing_can_be_freed)
{
    imap4_filter_free(NULL);
}
END_TEST

START_TEST(missing_layers_say_so)
{
    imap4_filter *filter = NULL;

    if (!IMAP4_HAVE_TLS)
        ck_assert_int_eq(imap4_tls_new(&filter, NULL, "localhost"), IMAP4_ERROR_UNSUPPORTED);
    if (!IMAP4_HAVE_COMPRESS)
        ck_assert_int_eq(imap4_deflate_new(&filter, NULL), IMAP4_ERROR_UNSUPPORTED);
    ck_assert_ptr_null(filter);
}
END_TEST

Suite *filter_suite(void)
{
    const TTest *const tests[] = {build_knows_its_layers, verify_bits_have_names, nothing_can_be_freed,
                                  missing_layers_say_so, NULL};
    Suite *suite = suite_create("filter");

    suite_tests(suite, "filter", tests);
    return suite;
}
