#include "net/wake.h"

#include <imap4/types.h>

#include "support/suite.h"

#include <poll.h>

Suite *wake_suite(void);

START_TEST(any_number_counts_as_one)
{
    imap4__wake wake;
    int system;

    ck_assert_int_eq(imap4__wake_init(&wake, &system), IMAP4_OK);
    ck_assert_int_eq(imap4__wake_take(&wake), 0);
    for (int i = 0; i < 100000; i++)
        imap4__wake_post(&wake);
    ck_assert_int_eq(imap4__wake_take(&wake), 1);
    ck_assert_int_eq(imap4__wake_take(&wake), 0);
    imap4__wake_clear(&wake);
    imap4__wake_clear(&wake);
}
END_TEST

START_TEST(it_can_be_waited_for)
{
    imap4__wake wake;
    struct pollfd fd;
    int system;

    ck_assert_int_eq(imap4__wake_init(&wake, &system), IMAP4_OK);
    fd = (struct pollfd){wake.read_fd, POLLIN, 0};
    ck_assert_int_eq(poll(&fd, 1, 0), 0);
    imap4__wake_post(&wake);
    ck_assert_int_eq(poll(&fd, 1, 0), 1);
    ck_assert_int_eq(poll(&fd, 1, 0), 1); /* until it is taken */
    ck_assert_int_eq(imap4__wake_take(&wake), 1);
    ck_assert_int_eq(poll(&fd, 1, 0), 0);
    imap4__wake_clear(&wake);
}
END_TEST

Suite *wake_suite(void)
{
    const TTest *const tests[] = {any_number_counts_as_one, it_can_be_waited_for, NULL};
    Suite *suite = suite_create("wake");

    suite_tests(suite, "wake", tests);
    return suite;
}
