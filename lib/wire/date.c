#include "wire/date.h"

#include "base/str.h"

#include <string.h>

#define SECONDS_OF_DAY INT64_C(86400)
#define FIRST_SECOND (INT64_C(-719528) * SECONDS_OF_DAY)    /* 0000-01-01T00:00:00Z */
#define LAST_SECOND (INT64_C(2932897) * SECONDS_OF_DAY - 1) /* 9999-12-31T23:59:59Z */
#define LARGEST_ZONE (24 * 60 - 1)

static const imap4__name months[] = {
    {"Jan", 1}, {"Feb", 2}, {"Mar", 3},  {"Apr", 4},  {"May", 5},  {"Jun", 6}, {"Jul", 7},
    {"Aug", 8}, {"Sep", 9}, {"Oct", 10}, {"Nov", 11}, {"Dec", 12}, {NULL, 0},
};

const char *imap4__month_name(int month)
{
    return imap4__name_text(months, (uint32_t)month);
}

static int is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

static int within(int value, int low, int high)
{
    return value >= low && value <= high;
}

int imap4__date_valid(const imap4_date *date)
{
    return within(date->year, 0, 9999) && within(date->month, 1, 12) &&
           within(date->day, 1, days_in_month(date->year, date->month)) && within(date->hour, 0, 23) &&
           within(date->minute, 0, 59) && within(date->second, 0, 60) &&
           within(date->zone, -LARGEST_ZONE, LARGEST_ZONE);
}

/*
 * Days since 1970-01-01 in the Gregorian calendar. Years are counted from March, so that the leap day is the last of
 * its year and the lengths of the months before it lie on a line.
 */
static int64_t days_from_date(int year, int month, int day)
{
    int64_t y = year - (month <= 2) + 400; /* one whole cycle more: never negative */
    int64_t m = month > 2 ? month - 3 : month + 9;
    int64_t day_of_year = (153 * m + 2) / 5 + day - 1;
    return y * 365 + y / 4 - y / 100 + y / 400 + day_of_year - 719468 - 146097;
}

static void date_from_days(int64_t days, imap4_date *date)
{
    int64_t shifted = days + 719468 + 146097;
    int64_t cycle = shifted / 146097;
    int64_t in_cycle = shifted % 146097;
    int64_t y = (in_cycle - in_cycle / 1460 + in_cycle / 36524 - in_cycle / 146096) / 365;
    int64_t day_of_year = in_cycle - (365 * y + y / 4 - y / 100);
    int64_t m = (5 * day_of_year + 2) / 153;
    date->day = (int32_t)(day_of_year - (153 * m + 2) / 5 + 1);
    date->month = (int32_t)(m < 10 ? m + 3 : m - 9);
    date->year = (int32_t)(y + (cycle - 1) * 400 + (date->month <= 2));
}

int imap4_date_from_utc(int64_t utc, int zone, imap4_date *date_out)
{
    if (date_out == NULL || !within(zone, -LARGEST_ZONE, LARGEST_ZONE) || utc < FIRST_SECOND - SECONDS_OF_DAY ||
        utc > LAST_SECOND + SECONDS_OF_DAY)
        return IMAP4_ERROR_ARGUMENT;
    int64_t local = utc + (int64_t)zone * 60;
    if (local < FIRST_SECOND || local > LAST_SECOND)
        return IMAP4_ERROR_ARGUMENT;
    int64_t in_day = (local - FIRST_SECOND) % SECONDS_OF_DAY;
    imap4_date date = {0};
    date_from_days((local - in_day) / SECONDS_OF_DAY, &date);
    date.hour = (int32_t)(in_day / 3600);
    date.minute = (int32_t)(in_day / 60 % 60);
    date.second = (int32_t)(in_day % 60);
    date.zone = zone;
    date.utc = utc;
    date.valid = 1;
    *date_out = date;
    return IMAP4_OK;
}

typedef struct reader {
    const char *at;
    const char *end;
} reader;

static void skip_spaces(reader *r)
{
    while (r->at < r->end && *r->at == ' ')
        r->at++;
}

static int take(reader *r, char c)
{
    if (r->at == r->end || *r->at != c)
        return 0;
    r->at++;
    return 1;
}

/* Up to `most` digits; returns how many there were. */
static int read_digits(reader *r, int most, int32_t *out)
{
    int32_t value = 0;
    int count = 0;
    while (count < most && r->at < r->end && *r->at >= '0' && *r->at <= '9') {
        value = value * 10 + (*r->at++ - '0');
        count++;
    }
    if (count > 0)
        *out = value;
    return count;
}

static int read_month(reader *r, int32_t *out)
{
    if (r->end - r->at < 3)
        return 0;
    *out = (int32_t)imap4__name_number(months, imap4__str_n(r->at, 3), 0);
    r->at += 3;
    return *out != 0;
}

/* Years of two or three digits mean what they mean in mail (RFC 5322 section 4.3). */
static int read_year(reader *r, int32_t *out)
{
    int count = read_digits(r, 4, out);
    if (count == 2 && *out < 50)
        *out += 2000;
    else if (count == 2 || count == 3)
        *out += 1900;
    return count >= 2;
}

/* zone = ("+" / "-") 4DIGIT. A missing one, and names such as GMT, UT and Z, count as +0000. */
static int read_zone(reader *r, int32_t *out)
{
    int32_t digits = 0;
    int west = take(r, '-');
    if (!west && !take(r, '+'))
        return 1;
    if (read_digits(r, 4, &digits) != 4 || digits % 100 > 59)
        return 0;
    int32_t minutes = digits / 100 * 60 + digits % 100;
    *out = west ? -minutes : minutes;
    return 1;
}

/* time = 2DIGIT ":" 2DIGIT ":" 2DIGIT */
static int read_time(reader *r, imap4_date *out)
{
    return read_digits(r, 2, &out->hour) > 0 && take(r, ':') && read_digits(r, 2, &out->minute) > 0 && take(r, ':') &&
           read_digits(r, 2, &out->second) > 0;
}

/* date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE */
static int read_fields(reader *r, imap4_date *out)
{
    skip_spaces(r);
    if (read_digits(r, 2, &out->day) == 0 || !take(r, '-') || !read_month(r, &out->month) || !take(r, '-') ||
        !read_year(r, &out->year))
        return 0;
    skip_spaces(r);
    if (!read_time(r, out))
        return 0;
    skip_spaces(r);
    return read_zone(r, &out->zone);
}

void imap4__date_read(const char *text, size_t len, imap4_date *out)
{
    reader r = {text, text + len};
    memset(out, 0, sizeof *out);
    if (text == NULL || !read_fields(&r, out) || !imap4__date_valid(out))
        return;
    int64_t minutes = (int64_t)out->hour * 60 + out->minute - out->zone;
    out->utc = days_from_date(out->year, out->month, out->day) * SECONDS_OF_DAY + minutes * 60 + out->second;
    out->valid = 1;
}
