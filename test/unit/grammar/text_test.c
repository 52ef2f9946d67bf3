#include "describe.h"
#include "support/suite.h"

Suite *text_suite(void);

START_TEST(status_words)
{
    static const row rows[] = {
        {"* OK IMAP4rev2 server ready", "OK 'IMAP4rev2 server ready'"},
        {"* NO Disk is 98% full", "NO 'Disk is 98% full'"},
        {"* BAD Disk crash", "BAD 'Disk crash'"},
        {"* PREAUTH IMAP4rev2 server logged in as Smith", "PREAUTH 'IMAP4rev2 server logged in as Smith'"},
        {"* BYE Autologout; idle for too long", "BYE 'Autologout; idle for too long'"},
        {"* bye", "BYE ''"},
        {"* ok Still here", "OK 'Still here'"},
        {"* OK see section {12}", "OK 'see section {12}'"},
        {"* OK a\tb \"c", "OK 'a<09>b \"c'"},
        {"* OK: done", "OK ': done'"},
        {"* OKAY", "UNKNOWN 'OKAY'"},
        {"* OK1", "UNKNOWN 'OK1'"},
        {"* OK_", "UNKNOWN 'OK_'"},
        {"* BYE-BYE", "UNKNOWN 'BYE-BYE'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

/* Exchange says how long it wants to be left alone. */
START_TEST(times_to_wait)
{
    static const row rows[] = {
        {"a BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds",
         "<a> BAD backoff=92415 'Request is throttled. Suggested Backoff Time: 92415 milliseconds'"},
        {"a BAD suggested backoff time:1 millisecond.", "<a> BAD backoff=1 'suggested backoff time:1 millisecond.'"},
        {"* NO [LIMIT] Suggested Backoff Time: 99999999999999999999 milliseconds",
         "NO [LIMIT LIMIT backoff=18446744073709551615] 'Suggested Backoff Time: 99999999999999999999 milliseconds'"},
        {"* NO Suggested Backoff Time: 5 seconds", "NO 'Suggested Backoff Time: 5 seconds'"},
        {"* NO Suggested Backoff Time: 5 or so, perhaps", "NO 'Suggested Backoff Time: 5 or so, perhaps'"},
        {"* NO Suggested Backoff Time: 5", "NO 'Suggested Backoff Time: 5'"},
        {"* NO Suggested Backoff Time: 5 millisecon", "NO 'Suggested Backoff Time: 5 millisecon'"},
        {"* NO Suggested Backoff Time: soon", "NO 'Suggested Backoff Time: soon'"},
        {"* NO Suggested Backoff Time:", "NO 'Suggested Backoff Time:'"},
        {"* NO Suggested Backoff Tim", "NO 'Suggested Backoff Tim'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(texts_are_said_by_nobody_yet)
{
    reply r;

    reply_init(&r, "* OK [ALERT] x", 14, NULL);
    reply_read(&r);
    ck_assert_int_eq(r.response.data.text->trusted, 0);
    ck_assert_ptr_null(r.response.data.text->argument.data);
    reply_clear(&r);
}
END_TEST

START_TEST(statuses_have_names)
{
    ck_assert_ptr_null(imap4_status_name(IMAP4_STATUS_NONE));
    ck_assert_str_eq(imap4_status_name(IMAP4_STATUS_OK), "OK");
    ck_assert_str_eq(imap4_status_name(IMAP4_STATUS_NO), "NO");
    ck_assert_str_eq(imap4_status_name(IMAP4_STATUS_BAD), "BAD");
    ck_assert_str_eq(imap4_status_name(IMAP4_STATUS_PREAUTH), "PREAUTH");
    ck_assert_str_eq(imap4_status_name(IMAP4_STATUS_BYE), "BYE");
    ck_assert_ptr_null(imap4_status_name(6));
    ck_assert_ptr_null(imap4_status_name(-1));
}
END_TEST

Suite *text_suite(void)
{
    const TTest *const tests[] = {
        status_words, times_to_wait, texts_are_said_by_nobody_yet, statuses_have_names, NULL,
    };
    Suite *suite = suite_create("text");

    suite_tests(suite, "text", tests);
    return suite;
}
