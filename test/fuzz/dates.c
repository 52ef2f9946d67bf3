/* Dates: what is read is a date or is marked as none; what is a date survives writing and reading. */
#include "fuzz.h"

#include "wire/date.h"
#include "wire/emit.h"

FUZZ_BEGIN

static imap4__emit emit;

static int within(int value, int low, int high)
{
    return low <= value && value <= high;
}

static int same(const imap4_date *a, const imap4_date *b)
{
    return a->utc == b->utc && a->valid == b->valid && a->year == b->year && a->month == b->month && a->day == b->day &&
           a->hour == b->hour && a->minute == b->minute && a->second == b->second && a->zone == b->zone;
}

/* Days since 1970-01-01, counted in the plainest way. */
static int64_t days_of(const imap4_date *date)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = (date->year % 4 == 0 && date->year % 100 != 0) || date->year % 400 == 0;
    int64_t before = date->year - 1; /* whole years since 1 */
    int64_t days = before * 365 + (before >= 0 ? before / 4 - before / 100 + before / 400 : -1) - 719162;

    for (int month = 1; month < date->month; month++)
        days += lengths[month - 1] + (month == 2 && leap);
    FUZZ_CHECK(date->day <= lengths[date->month - 1] + (date->month == 2 && leap));
    return days + date->day - 1;
}

static void check_calendar(const imap4_date *date)
{
    imap4_date again;

    FUZZ_CHECK(within(date->year, 0, 9999) && within(date->month, 1, 12) && within(date->day, 1, 31));
    FUZZ_CHECK(within(date->hour, 0, 23) && within(date->minute, 0, 59) && within(date->second, 0, 60));
    FUZZ_CHECK(within(date->zone, -24 * 60 + 1, 24 * 60 - 1));
    FUZZ_CHECK(imap4__month_name(date->month) != NULL);
    FUZZ_CHECK(date->utc == days_of(date) * 86400 + date->hour * 3600 + (date->minute - date->zone) * 60 + date->second);
    /* A leap second is the first second of the next minute, and cannot be told from it by its moment. */
    if (date->second == 60)
        return;
    if (imap4_date_from_utc(date->utc, date->zone, &again) == IMAP4_OK)
        FUZZ_CHECK(same(date, &again));
    else
        FUZZ_CHECK(0 && "the moment of a valid date is no date");
}

static void check_round(const imap4_date *date)
{
    imap4_date again;

    emit.buf.len = 0;
    emit.mark_count = 0;
    emit.result = IMAP4_OK;
    imap4__emit_date_time(&emit, date);
    FUZZ_CHECK(emit.result == IMAP4_OK);
    FUZZ_CHECK(emit.buf.len == 28 && emit.buf.data[0] == '"' && emit.buf.data[27] == '"');
    imap4__date_read((const char *)emit.buf.data + 1, 26, &again);
    FUZZ_CHECK(same(date, &again));
    emit.buf.len = 0;
    imap4__emit_date(&emit, date->year, date->month, date->day);
    FUZZ_CHECK(emit.result == IMAP4_OK || date->year == 0);
}

/* Any moment and zone: the fields of it are a date that means this moment. */
static void check_moment(const uint8_t *data, size_t size)
{
    imap4_date date;
    int64_t utc;
    int16_t zone;

    if (size < sizeof utc + sizeof zone)
        return;
    memcpy(&utc, data, sizeof utc);
    memcpy(&zone, data + sizeof utc, sizeof zone);
    if ((zone & 3) != 0)
        utc %= INT64_C(400000000000);
    if (imap4_date_from_utc(utc, zone, &date) != IMAP4_OK)
        return;
    FUZZ_CHECK(date.utc == utc && date.zone == zone && date.valid == 1 && imap4__date_valid(&date));
    check_calendar(&date);
    check_round(&date);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    imap4_date date;

    if (emit.buf.max == 0)
        imap4__emit_init(&emit, NULL);
    memset(&date, 0x55, sizeof date);
    imap4__date_read((const char *)data, size, &date);
    FUZZ_CHECK(date.valid == 0 || date.valid == 1);
    if (date.valid) {
        FUZZ_CHECK(imap4__date_valid(&date));
        check_calendar(&date);
        check_round(&date);
    } else {
        FUZZ_CHECK(date.utc == 0);
    }
    check_moment(data, size);
    return 0;
}

FUZZ_END
