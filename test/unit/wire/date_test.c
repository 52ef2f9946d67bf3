#include "wire/date.h"

#include "support/suite.h"

#include <stdint.h>
#include <string.h>

Suite *date_suite(void);

static const struct row {
    const char *in;
    int32_t valid;
    int32_t year, month, day, hour, minute, second, zone;
    int64_t utc; /* from date -u -d ... +%s */
} rows[] = {
    {"17-Jul-1996 02:44:25 -0700", 1, 1996, 7, 17, 2, 44, 25, -420, 837596665},
    {" 7-Feb-1994 21:52:25 -0800", 1, 1994, 2, 7, 21, 52, 25, -480, 760686745},
    {"01-Jan-1970 00:00:00 +0000", 1, 1970, 1, 1, 0, 0, 0, 0, 0},
    {"01-Jan-1970 05:30:00 +0530", 1, 1970, 1, 1, 5, 30, 0, 330, 0},
    {"31-Dec-1969 23:59:59 +0000", 1, 1969, 12, 31, 23, 59, 59, 0, -1},
    {"29-Feb-2000 12:00:00 +0000", 1, 2000, 2, 29, 12, 0, 0, 0, 951825600},
    {"29-Feb-2024 12:00:00 +0000", 1, 2024, 2, 29, 12, 0, 0, 0, 1709208000},
    {"31-Dec-9999 23:59:59 +0000", 1, 9999, 12, 31, 23, 59, 59, 0, INT64_C(253402300799)},
    {"01-Jan-0000 00:00:00 +0000", 1, 0, 1, 1, 0, 0, 0, 0, INT64_C(-62167219200)},
    {"01-jan-2001 00:00:00 +0000", 1, 2001, 1, 1, 0, 0, 0, 0, 978307200},
    /* what servers make of it */
    {"7-Feb-1994 21:52:25 -0800", 1, 1994, 2, 7, 21, 52, 25, -480, 760686745},
    {"31-Dec-1998 23:59:60 +0000", 1, 1998, 12, 31, 23, 59, 60, 0, 915148800},
    {"17-Jul-1996 02:44:25", 1, 1996, 7, 17, 2, 44, 25, 0, 837571465},
    {"17-Jul-1996 02:44:25 ", 1, 1996, 7, 17, 2, 44, 25, 0, 837571465},
    {"17-Jul-1996 02:44:25 GMT", 1, 1996, 7, 17, 2, 44, 25, 0, 837571465},
    {"17-Jul-1996 02:44:25 UT", 1, 1996, 7, 17, 2, 44, 25, 0, 837571465},
    {"17-Jul-96 02:44:25 -0700", 1, 1996, 7, 17, 2, 44, 25, -420, 837596665},
    {"17-Jul-01 00:00:00 +0000", 1, 2001, 7, 17, 0, 0, 0, 0, 995328000},
    {"17-Jul-49 00:00:00 +0000", 1, 2049, 7, 17, 0, 0, 0, 0, INT64_C(2510092800)},
    {"17-Jul-50 00:00:00 +0000", 1, 1950, 7, 17, 0, 0, 0, 0, -614131200},
    {"17-Jul-1996 2:04:05 -0700", 1, 1996, 7, 17, 2, 4, 5, -420, 837594245},
    {"17-Jul-1996  02:44:25  -0700 (PDT)", 1, 1996, 7, 17, 2, 44, 25, -420, 837596665},
    /* no dates */
    {"00-Jan-0000 00:00:00 +0000", 0, 0, 1, 0, 0, 0, 0, 0, 0}, /* Domino */
    {"29-Feb-1900 12:00:00 +0000", 0, 1900, 2, 29, 12, 0, 0, 0, 0},
    {"29-Feb-2023 12:00:00 +0000", 0, 2023, 2, 29, 12, 0, 0, 0, 0},
    {"31-Apr-2023 12:00:00 +0000", 0, 2023, 4, 31, 12, 0, 0, 0, 0},
    {"32-Jan-2023 12:00:00 +0000", 0, 2023, 1, 32, 12, 0, 0, 0, 0},
    {"17-Jul-1996 24:00:00 +0000", 0, 1996, 7, 17, 24, 0, 0, 0, 0},
    {"17-Jul-1996 02:60:00 +0000", 0, 1996, 7, 17, 2, 60, 0, 0, 0},
    {"17-Jul-1996 02:44:61 +0000", 0, 1996, 7, 17, 2, 44, 61, 0, 0},
    {"17-Jul-1996 02:44:25 +2400", 0, 1996, 7, 17, 2, 44, 25, 1440, 0},
    {"17-Jul-1996 02:44:25 +0060", 0, 1996, 7, 17, 2, 44, 25, 0, 0},
    {"17-Jul-1996 02:44:25 +07", 0, 1996, 7, 17, 2, 44, 25, 0, 0},
    {"17-Jul-1996 02:44", 0, 1996, 7, 17, 2, 44, 0, 0, 0},
    {"17-Jul-1996", 0, 1996, 7, 17, 0, 0, 0, 0, 0},
    {"17-Jux-1996 02:44:25 +0000", 0, 0, 0, 17, 0, 0, 0, 0, 0},
    {"17-Ju", 0, 0, 0, 17, 0, 0, 0, 0, 0},
    {"17/Jul/1996", 0, 0, 0, 17, 0, 0, 0, 0, 0},
    {"today", 0, 0, 0, 0, 0, 0, 0, 0, 0},
    {"", 0, 0, 0, 0, 0, 0, 0, 0, 0},
    {"-", 0, 0, 0, 0, 0, 0, 0, 0, 0},
};

START_TEST(dates_are_read)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        imap4_date date;

        imap4__date_read(row->in, strlen(row->in), &date);
        ck_assert_msg(date.valid == row->valid, "%s", row->in);
        ck_assert_msg(date.utc == row->utc, "%s: %lld", row->in, (long long)date.utc);
        ck_assert_msg(date.year == row->year && date.month == row->month && date.day == row->day, "%s", row->in);
        ck_assert_msg(date.hour == row->hour && date.minute == row->minute && date.second == row->second, "%s",
                      row->in);
        ck_assert_msg(date.zone == row->zone, "%s", row->in);
        ck_assert_int_eq(imap4__date_valid(&date) || row->zone == 0, row->valid || row->zone == 0);
    }
}
END_TEST

START_TEST(nothing_behind_the_text_is_read)
{
    const char *in = "17-Jul-1996 02:44:25 -0700";

    for (size_t len = 0; len < strlen(in); len++) {
        char cut[32];
        imap4_date date;

        memset(cut, '9', sizeof cut);
        memcpy(cut, in, len);
        imap4__date_read(cut, len, &date);
        ck_assert_int_eq(date.valid, len == 19 || len == 20 || len == 21);
    }
    imap4_date date;
    imap4__date_read(NULL, 0, &date);
    ck_assert_int_eq(date.valid, 0);
}
END_TEST

START_TEST(moments_become_dates)
{
    imap4_date date;

    ck_assert_int_eq(imap4_date_from_utc(837596665, -420, &date), IMAP4_OK);
    ck_assert_int_eq(date.year, 1996);
    ck_assert_int_eq(date.month, 7);
    ck_assert_int_eq(date.day, 17);
    ck_assert_int_eq(date.hour, 2);
    ck_assert_int_eq(date.minute, 44);
    ck_assert_int_eq(date.second, 25);
    ck_assert_int_eq(date.zone, -420);
    ck_assert_int_eq(date.utc, 837596665);
    ck_assert_int_eq(date.valid, 1);
    ck_assert_int_eq(imap4_date_from_utc(-1, 0, &date), IMAP4_OK);
    ck_assert_int_eq(date.year, 1969);
    ck_assert_int_eq(date.second, 59);
}
END_TEST

START_TEST(moments_have_bounds)
{
    const int64_t first = INT64_C(-62167219200);
    const int64_t last = INT64_C(253402300799);
    imap4_date date;

    ck_assert_int_eq(imap4_date_from_utc(first, 0, &date), IMAP4_OK);
    ck_assert_int_eq(date.year, 0);
    ck_assert_int_eq(date.day, 1);
    ck_assert_int_eq(imap4_date_from_utc(first - 1, 0, &date), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_date_from_utc(first - 1, 1, &date), IMAP4_OK);
    ck_assert_int_eq(imap4_date_from_utc(first, -1, &date), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_date_from_utc(last, 0, &date), IMAP4_OK);
    ck_assert_int_eq(date.year, 9999);
    ck_assert_int_eq(date.day, 31);
    ck_assert_int_eq(imap4_date_from_utc(last + 1, 0, &date), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_date_from_utc(last + 1, -1, &date), IMAP4_OK);
    ck_assert_int_eq(imap4_date_from_utc(INT64_MAX, 0, &date), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_date_from_utc(INT64_MIN, 0, &date), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_date_from_utc(0, 1439, &date), IMAP4_OK);
    ck_assert_int_eq(imap4_date_from_utc(0, 1440, &date), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_date_from_utc(0, -1440, &date), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_date_from_utc(0, 0, NULL), IMAP4_ERROR_ARGUMENT);
}
END_TEST

/* Each day of ten thousand years follows the one before it, and reading gives the moment back. */
START_TEST(the_calendar_has_no_holes)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = 0;
    int month = 1;
    int day = 1;
    int wrong = 0;

    for (int64_t at = INT64_C(-62167219200); at <= INT64_C(253402300799); at += 86400) {
        int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        imap4_date date;

        wrong += imap4_date_from_utc(at, 0, &date) != IMAP4_OK;
        wrong += date.year != year || date.month != month || date.day != day || !imap4__date_valid(&date);
        if (++day > lengths[month - 1] + (month == 2 && leap)) {
            day = 1;
            month = month % 12 + 1;
            year += month == 1;
        }
    }
    ck_assert_int_eq(wrong, 0);
    ck_assert_int_eq(year, 10000);
}
END_TEST

START_TEST(month_names)
{
    ck_assert_str_eq(imap4__month_name(1), "Jan");
    ck_assert_str_eq(imap4__month_name(12), "Dec");
    ck_assert_ptr_null(imap4__month_name(0));
    ck_assert_ptr_null(imap4__month_name(13));
    ck_assert_ptr_null(imap4__month_name(-1));
}
END_TEST

Suite *date_suite(void)
{
    const TTest *const tests[] = {
        dates_are_read,
        nothing_behind_the_text_is_read,
        moments_become_dates,
        moments_have_bounds,
        the_calendar_has_no_holes,
        month_names,
        NULL,
    };
    Suite *suite = suite_create("date");

    suite_tests(suite, "date", tests);
    return suite;
}
