#include "wire/emit.h"

#include "base/mem.h"
#include "base/str.h"
#include "wire/date.h"
#include "wire/name.h"
#include "wire/utf7.h"

#include <imap4/mailbox.h>
#include <string.h>

#define QUOTED_MAX 1000         /* longer strings go as literals: servers limit their lines */
#define LITERAL_MINUS_MAX 4096u /* RFC 7888 section 5 */
#define RAW_NAME '\001'         /* begins a mailbox name that is sent byte for byte */

void imap4__emit_init(imap4__emit *emit, const imap4_allocator *mem)
{
    memset(emit, 0, sizeof *emit);
    imap4__buf_init(&emit->buf, mem, SIZE_MAX / 2);
    emit->buf.secret = 1;
}

void imap4__emit_clear(imap4__emit *emit)
{
    imap4__buf_wipe(&emit->buf);
    imap4__free(&emit->buf.mem, emit->marks);
    emit->marks = NULL;
    emit->mark_count = 0;
    emit->mark_capacity = 0;
}

static void fail(imap4__emit *emit, int result)
{
    if (emit->result == IMAP4_OK)
        emit->result = result;
}

static void add(imap4__emit *emit, const void *data, size_t len)
{
    if (emit->result == IMAP4_OK)
        emit->result = imap4__buf_add(&emit->buf, data, len);
}

static void add_char(imap4__emit *emit, char c)
{
    add(emit, &c, 1);
}

static int more_marks(imap4__emit *emit)
{
    size_t capacity = emit->mark_capacity == 0 ? 4 : emit->mark_capacity * 2;
    imap4__mark *marks = NULL;
    if (capacity <= SIZE_MAX / sizeof *marks)
        marks = imap4__realloc(&emit->buf.mem, emit->marks, capacity * sizeof *marks);
    if (marks == NULL)
        return IMAP4_ERROR_MEMORY;
    emit->marks = marks;
    emit->mark_capacity = capacity;
    return IMAP4_OK;
}

static void mark(imap4__emit *emit, int kind, const void *data, uint64_t size)
{
    if (emit->result == IMAP4_OK && emit->mark_count == emit->mark_capacity)
        emit->result = more_marks(emit);
    if (emit->result == IMAP4_OK) {
        imap4__mark made = {emit->buf.len, kind, data, size};
        emit->marks[emit->mark_count++] = made;
    }
}

void imap4__emit_raw(imap4__emit *emit, const char *text)
{
    add(emit, text, strlen(text));
}

void imap4__emit_bytes(imap4__emit *emit, const void *data, size_t len)
{
    add(emit, data, len);
}

/* At least `width` digits. */
static void add_number(imap4__emit *emit, uint64_t number, size_t width)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0 || sizeof digits - at < width);
    add(emit, digits + at, sizeof digits - at);
}

void imap4__emit_number(imap4__emit *emit, uint64_t number)
{
    add_number(emit, number, 1);
}

/*
 * literal = "{" number64 ["+"] "}" CRLF *CHAR8
 * RFC 7888 section 5: with LITERAL- no more than 4096 bytes may go without waiting.
 */
static void announce(imap4__emit *emit, uint64_t size)
{
    int plus = emit->literals == IMAP4__LITERALS_PLUS ||
               (emit->literals == IMAP4__LITERALS_MINUS && size <= LITERAL_MINUS_MAX);
    add_char(emit, '{');
    imap4__emit_number(emit, size);
    imap4__emit_raw(emit, plus ? "+}\r\n" : "}\r\n");
    if (!plus)
        mark(emit, IMAP4__MARK_WAIT, NULL, 0);
}

static int holds(const void *data, size_t len, char c)
{
    return len > 0 && memchr(data, c, len) != NULL;
}

void imap4__emit_literal(imap4__emit *emit, const void *data, size_t len)
{
    if (holds(data, len, '\0')) {
        fail(emit, IMAP4_ERROR_ARGUMENT); /* CHAR8 = %x01-ff */
        return;
    }
    announce(emit, len);
    add(emit, data, len);
}

void imap4__emit_literal_reference(imap4__emit *emit, const void *data, size_t len)
{
    if (holds(data, len, '\0')) {
        fail(emit, IMAP4_ERROR_ARGUMENT);
        return;
    }
    announce(emit, len);
    if (len > 0)
        mark(emit, IMAP4__MARK_REFERENCE, data, len);
}

void imap4__emit_literal_supply(imap4__emit *emit, uint64_t size)
{
    announce(emit, size);
    mark(emit, IMAP4__MARK_SUPPLY, NULL, size);
}

static int is_ascii(imap4_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((uint8_t)text.data[i] >= 0x80)
            return 0;
    return 1;
}

/*
 * QUOTED-CHAR = <any TEXT-CHAR except quoted-specials> / "\" quoted-specials / UTF8-2 / UTF8-3 / UTF8-4
 * TEXT-CHAR   = <any CHAR except CR and LF>
 */
static int can_be_quoted(const imap4__emit *emit, imap4_str text)
{
    return text.len <= QUOTED_MAX && !holds(text.data, text.len, '\r') && !holds(text.data, text.len, '\n') &&
           (is_ascii(text) || (emit->utf8 && imap4__utf8_valid(text.data, text.len)));
}

static void quote(imap4__emit *emit, imap4_str text)
{
    add_char(emit, '"');
    size_t from = 0;
    for (size_t at = 0; at < text.len; at++) {
        if (text.data[at] == '"' || text.data[at] == '\\') {
            add(emit, text.data + from, at - from);
            add_char(emit, '\\');
            from = at;
        }
    }
    add(emit, text.data + from, text.len - from);
    add_char(emit, '"');
}

void imap4__emit_string(imap4__emit *emit, imap4_str text)
{
    if (text.data == NULL || holds(text.data, text.len, '\0'))
        fail(emit, IMAP4_ERROR_ARGUMENT);
    else if (can_be_quoted(emit, text))
        quote(emit, text);
    else
        imap4__emit_literal(emit, text.data, text.len);
}

void imap4__emit_nstring(imap4__emit *emit, imap4_str text)
{
    if (text.data == NULL)
        imap4__emit_raw(emit, "NIL");
    else
        imap4__emit_string(emit, text);
}

/*
 * ATOM-CHAR     = <any CHAR except atom-specials>
 * atom-specials = "(" / ")" / "{" / SP / CTL / list-wildcards / quoted-specials / resp-specials
 */
static int is_atom(imap4_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = (uint8_t)text.data[i];
        if (c <= ' ' || c >= 0x7f || strchr("(){%*\"\\]", c) != NULL)
            return 0;
    }
    return text.len > 0;
}

void imap4__emit_atom(imap4__emit *emit, imap4_str text)
{
    if (text.data == NULL || !is_atom(text) || imap4__str_eq_nocase(text, "NIL")) {
        fail(emit, IMAP4_ERROR_ARGUMENT);
        return;
    }
    add(emit, text.data, text.len);
}

/* What a client may store: \Recent is the server's, and `\*` is no flag. */
static const uint32_t storable =
    IMAP4_FLAG_SEEN | IMAP4_FLAG_ANSWERED | IMAP4_FLAG_FLAGGED | IMAP4_FLAG_DELETED | IMAP4_FLAG_DRAFT;

/* flag = "\Answered" / ... / flag-keyword / flag-extension;  flag-extension = "\" atom, not \Recent */
static void emit_keyword(imap4__emit *emit, imap4_str keyword)
{
    if ((imap4__name_number(imap4__flag_names, keyword, 0) & ~storable) != 0) {
        fail(emit, IMAP4_ERROR_ARGUMENT);
        return;
    }
    if (keyword.data != NULL && keyword.len > 0 && keyword.data[0] == '\\') {
        add_char(emit, '\\');
        keyword = imap4__str_n(keyword.data + 1, keyword.len - 1);
    }
    imap4__emit_atom(emit, keyword);
}

void imap4__emit_flags(imap4__emit *emit, uint32_t system, const imap4_str *keywords, size_t count)
{
    const char *separator = "";
    if ((system & ~storable) != 0) {
        fail(emit, IMAP4_ERROR_ARGUMENT);
        return;
    }
    add_char(emit, '(');
    for (const imap4__name *flag = imap4__flag_names; flag->name != NULL; flag++) {
        if ((system & flag->number) != 0) {
            imap4__emit_raw(emit, separator);
            imap4__emit_raw(emit, flag->name);
            separator = " ";
        }
    }
    for (size_t i = 0; i < count; i++) {
        imap4__emit_raw(emit, separator);
        emit_keyword(emit, keywords[i]);
        separator = " ";
    }
    add_char(emit, ')');
}

static int breaks_line(imap4_str name)
{
    return holds(name.data, name.len, '\r') || holds(name.data, name.len, '\n');
}

static void emit_utf7(imap4__emit *emit, imap4_str name)
{
    imap4__buf wire;
    imap4__buf_init(&wire, &emit->buf.mem, SIZE_MAX / 2);
    int result = imap4__utf7_encode(&wire, name.data, name.len);
    if (result == IMAP4_OK)
        imap4__emit_string(emit, imap4__str_n(wire.len > 0 ? (const char *)wire.data : "", wire.len));
    else
        fail(emit, result);
    imap4__buf_clear(&wire);
}

void imap4__emit_mailbox(imap4__emit *emit, imap4_str name)
{
    if (imap4__str_eq_nocase(name, "INBOX")) {
        imap4__emit_raw(emit, "INBOX");
    } else if (name.data != NULL && name.len > 0 && name.data[0] == RAW_NAME) {
        imap4_str raw = imap4__str_n(name.data + 1, name.len - 1);
        if (breaks_line(raw))
            fail(emit, IMAP4_ERROR_ARGUMENT);
        imap4__emit_string(emit, raw);
    } else if (name.data == NULL || !imap4__utf8_valid(name.data, name.len)) {
        fail(emit, IMAP4_ERROR_ARGUMENT);
    } else if (!emit->utf8) {
        emit_utf7(emit, name);
    } else if (breaks_line(name)) {
        fail(emit, IMAP4_ERROR_ARGUMENT);
    } else {
        imap4__emit_string(emit, name);
    }
}

/* A number of a set, or `*`. */
static void emit_seq_number(imap4__emit *emit, uint32_t number)
{
    if (number == IMAP4_SET_STAR)
        add_char(emit, '*');
    else
        imap4__emit_number(emit, number);
}

void imap4__emit_set(imap4__emit *emit, const imap4__set *set)
{
    imap4_set_cursor cursor = {0};
    const char *separator = "";
    uint32_t first;
    uint32_t last;
    if (imap4__set_ranges(set) == 0)
        fail(emit, IMAP4_ERROR_ARGUMENT);
    while (imap4__set_next_range(set, &cursor, &first, &last)) {
        imap4__emit_raw(emit, separator);
        separator = ",";
        emit_seq_number(emit, first);
        if (last != first) {
            add_char(emit, ':');
            emit_seq_number(emit, last);
        }
    }
}

/* "-Feb-1994" */
static void emit_month_year(imap4__emit *emit, int month, int year)
{
    add_char(emit, '-');
    imap4__emit_raw(emit, imap4__month_name(month));
    add_char(emit, '-');
    add_number(emit, (uint64_t)year, 4);
}

/* date-text = date-day "-" date-month "-" date-year;  date-day = 1*2DIGIT */
void imap4__emit_date(imap4__emit *emit, int year, int month, int day)
{
    imap4_date date = {0};
    date.year = year;
    date.month = month;
    date.day = day;
    if (!imap4__date_valid(&date)) {
        fail(emit, IMAP4_ERROR_ARGUMENT);
        return;
    }
    imap4__emit_number(emit, (uint64_t)day);
    emit_month_year(emit, month, year);
}

static void emit_two_digits(imap4__emit *emit, const char *before, int number)
{
    imap4__emit_raw(emit, before);
    add_number(emit, (uint64_t)number, 2);
}

/*
 * date-time      = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE
 * date-day-fixed = (SP DIGIT) / 2DIGIT
 */
void imap4__emit_date_time(imap4__emit *emit, const imap4_date *date)
{
    if (date == NULL || !imap4__date_valid(date)) {
        fail(emit, IMAP4_ERROR_ARGUMENT);
        return;
    }
    int zone = date->zone < 0 ? -date->zone : date->zone;
    imap4__emit_raw(emit, date->day < 10 ? "\" " : "\"");
    imap4__emit_number(emit, (uint64_t)date->day);
    emit_month_year(emit, date->month, date->year);
    emit_two_digits(emit, " ", date->hour);
    emit_two_digits(emit, ":", date->minute);
    emit_two_digits(emit, ":", date->second);
    emit_two_digits(emit, date->zone < 0 ? " -" : " +", zone / 60);
    emit_two_digits(emit, "", zone % 60);
    add_char(emit, '"');
}

void imap4__emit_secret(imap4__emit *emit, int on)
{
    mark(emit, on ? IMAP4__MARK_SECRET : IMAP4__MARK_PUBLIC, NULL, 0);
}
