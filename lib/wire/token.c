#include "wire/token.h"

#include "base/str.h"
#include "wire/scan.h"

#include <string.h>

int imap4__peek(const imap4__cursor *cur)
{
    return cur->at < cur->end ? *cur->at : -1;
}

int imap4__take(imap4__cursor *cur, char c)
{
    if (imap4__peek(cur) != (uint8_t)c)
        return 0;
    cur->at++;
    return 1;
}

int imap4__spaces(imap4__cursor *cur)
{
    const uint8_t *start = cur->at;
    while (cur->at < cur->end && *cur->at == ' ')
        cur->at++;
    return cur->at > start;
}

int imap4__at_end(imap4__cursor *cur)
{
    const uint8_t *start = cur->at;
    imap4__spaces(cur);
    if (cur->at == cur->end)
        return 1;
    cur->at = start;
    return 0;
}

int imap4__word(imap4__cursor *cur, const char *word)
{
    size_t len = strlen(word);
    if (len > (size_t)(cur->end - cur->at) || !imap4__nocase_n(cur->at, word, len))
        return 0;
    imap4__cursor rest = *cur;
    rest.at += len;
    if (imap4__scan_atom(&rest) != rest.at)
        return 0;
    cur->at = rest.at;
    return 1;
}

int imap4__atom(imap4__cursor *cur, imap4_str *slice_out)
{
    const uint8_t *end = imap4__scan_atom(cur);
    if (end == cur->at || imap4__scan_run(cur) != NULL)
        return 0;
    *slice_out = imap4__str_n(cur->at, (size_t)(end - cur->at));
    cur->at = end;
    return 1;
}

static int is_digit(const uint8_t *at, const uint8_t *end)
{
    return at < end && *at >= '0' && *at <= '9';
}

static const uint8_t *skip_digits(const uint8_t *at, const uint8_t *end)
{
    while (is_digit(at, end))
        at++;
    return at;
}

static uint64_t times_ten_plus(uint64_t value, uint8_t digit)
{
    uint64_t more = (uint64_t)(digit - '0');
    return value > (UINT64_MAX - more) / 10 ? UINT64_MAX : value * 10 + more;
}

static int ends_number(const uint8_t *at, const uint8_t *end)
{
    return at == end || *at == ' ' || *at == ')';
}

#define LARGEST_SHIFT 20 /* 10^20 passes 2^64 */

/*
 * mail.ru writes large sizes as C prints floats: 9.3736e+06. Reads what follows the whole digits, a byte at least;
 * returns behind it, or NULL if this is something else, such as the rest of a part number.
 */
static const uint8_t *read_fraction(const uint8_t *at, const uint8_t *end, uint64_t *value)
{
    const uint8_t *digits = NULL;
    const uint8_t *digits_end = NULL;
    int down = 0;
    unsigned shift = 0;
    if (*at == '.') {
        digits = at + 1;
        digits_end = skip_digits(digits, end);
        at = digits_end;
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        at++;
        if (at < end && (*at == '+' || *at == '-'))
            down = *at++ == '-';
        if (!is_digit(at, end))
            return NULL;
        for (; is_digit(at, end); at++)
            shift = shift < LARGEST_SHIFT ? shift * 10 + (unsigned)(*at - '0') : shift;
    }
    if (digits == digits_end && digits != NULL)
        return NULL;
    if (!ends_number(at, end))
        return NULL;
    for (shift = shift < LARGEST_SHIFT ? shift : LARGEST_SHIFT; shift > 0; shift--) {
        uint8_t next = digits < digits_end ? *digits++ : '0';
        *value = down ? *value / 10 : times_ten_plus(*value, next);
    }
    return at;
}

int imap4__number(imap4__cursor *cur, uint64_t *out)
{
    const uint8_t *at = cur->at;
    uint64_t value = 0;
    int negative = at < cur->end && *at == '-';
    at += negative;
    if (!is_digit(at, cur->end) || imap4__scan_run(cur) != NULL)
        return 0;
    for (; is_digit(at, cur->end); at++)
        value = times_ten_plus(value, *at);
    const uint8_t *after = at == cur->end || ends_number(at, cur->end) ? NULL : read_fraction(at, cur->end, &value);
    cur->at = after != NULL ? after : at;
    *out = negative ? 0 : value;
    return 1;
}

int imap4__nil(imap4__cursor *cur)
{
    return imap4__word(cur, "NIL");
}

/* quoted-specials and, from GroupWise, any other byte may follow a backslash. */
static int unescape(imap4__arena *arena, const uint8_t *text, size_t len, imap4_str *out)
{
    char *copy = imap4__arena_bytes(arena, len + 1);
    size_t used = 0;
    if (copy == NULL)
        return IMAP4_ERROR_MEMORY;
    for (size_t i = 0; i < len; i++) {
        i += text[i] == '\\'; /* it is not the last: else the quote behind it would not have ended the string */
        copy[used++] = (char)text[i];
    }
    copy[used] = '\0';
    *out = imap4__str_n(copy, used);
    return IMAP4_OK;
}

static int copy_string(imap4__cursor *cur, const imap4__span *span, imap4__text *out)
{
    int result = IMAP4_OK;
    memset(out, 0, sizeof *out);
    out->size = span->size;
    out->streamed = span->streamed;
    if (span->gathered) {
        out->str = imap4__str_n(span->text, span->len);
        out->truncated = span->len < span->size;
    } else if (span->escapes) {
        result = unescape(cur->arena, span->text, span->len, &out->str);
        out->size = out->str.len;
    } else if (!span->streamed) {
        result = imap4__arena_str(cur->arena, span->text, span->len, &out->str);
        out->truncated = span->len < span->size;
    }
    return result;
}

int imap4__string(imap4__cursor *cur, imap4__text *out)
{
    imap4__span span;
    int found = imap4__scan_string(cur, &span);
    if (found != 1)
        return found;
    int result = copy_string(cur, &span, out);
    if (result != IMAP4_OK)
        return result;
    cur->at = span.after;
    return 1;
}

/* "()" where a string or NIL belongs. */
static int empty_list(imap4__cursor *cur)
{
    const uint8_t *start = cur->at;
    if (imap4__take(cur, '(')) {
        imap4__spaces(cur);
        if (imap4__take(cur, ')'))
            return 1;
    }
    cur->at = start;
    return 0;
}

static int copied_atom(imap4__cursor *cur, imap4_str *out)
{
    const uint8_t *start = cur->at;
    imap4_str slice;
    if (!imap4__atom(cur, &slice))
        return 0;
    int result = imap4__arena_str(cur->arena, slice.data, slice.len, out);
    if (result != IMAP4_OK) {
        cur->at = start;
        return result;
    }
    return 1;
}

int imap4__nstring(imap4__cursor *cur, imap4__text *out)
{
    int found = imap4__string(cur, out);
    if (found != 0)
        return found;
    memset(out, 0, sizeof *out);
    if (imap4__nil(cur) || empty_list(cur))
        return 1;
    found = copied_atom(cur, &out->str);
    out->size = out->str.len;
    return found;
}

int imap4__astring(imap4__cursor *cur, imap4_str *out)
{
    imap4__text text;
    int found = imap4__string(cur, &text);
    if (found == 1)
        *out = text.str;
    return found != 0 ? found : copied_atom(cur, out);
}

int imap4__ntext(imap4__cursor *cur, imap4_str *out)
{
    imap4__text text;
    int found = imap4__nstring(cur, &text);
    if (found == 1)
        *out = text.str;
    return found;
}

/* The run that was read as it arrived and lies at the cursor, if it is of this kind. The cursor goes behind it. */
static const imap4__hole *take_run(imap4__cursor *cur, int kind)
{
    const imap4__hole *hole = imap4__scan_hole(cur);
    if (hole == NULL || hole->run != kind)
        return NULL;
    cur->at = imap4__scan_behind(cur, hole);
    return hole;
}

/* Reads a run that lies there as text. 1, 0 if none does, or IMAP4_ERROR_MEMORY with nothing consumed. */
static int read_run(imap4__cursor *cur, int kind, imap4__run *run)
{
    size_t taken;
    if (cur->at == cur->end || imap4__scan_run(cur) != NULL || !imap4__run_begins(kind, *cur->at))
        return 0;
    if (imap4__run_begin(run, kind, cur->arena) != IMAP4_OK ||
        imap4__run_feed(run, cur->at, (size_t)(cur->end - cur->at), &taken) != IMAP4_OK ||
        imap4__run_end(run) != IMAP4_OK)
        return IMAP4_ERROR_MEMORY;
    cur->at += taken;
    return 1;
}

int imap4__sets(imap4__cursor *cur, int run_kind, imap4__set **out, uint32_t *bad_out)
{
    imap4__run run;
    const uint8_t *start = cur->at;
    const imap4__hole *hole = take_run(cur, run_kind);
    if (hole != NULL) {
        *out = imap4__set_share(cur->arena, hole->set);
        *bad_out = hole->bad;
        if (*out == NULL)
            cur->at = start;
        return *out != NULL ? 1 : IMAP4_ERROR_MEMORY;
    }
    int found = read_run(cur, run_kind, &run);
    if (found == 1) {
        *out = run.set;
        *bad_out = run.bad;
    }
    return found;
}

int imap4__threads(imap4__cursor *cur, imap4_threads **out, uint32_t *bad_out)
{
    imap4__run run;
    const uint8_t *start = cur->at;
    const imap4__hole *hole = take_run(cur, IMAP4__RUN_THREADS);
    if (hole != NULL) {
        *out = imap4__arena_alloc(cur->arena, sizeof **out);
        if (*out == NULL) {
            cur->at = start;
            return IMAP4_ERROR_MEMORY;
        }
        **out = *hole->threads;
        *bad_out = hole->bad;
        return 1;
    }
    int found = read_run(cur, IMAP4__RUN_THREADS, &run);
    if (found == 1) {
        *out = run.threads;
        *bad_out = run.bad;
    }
    return found;
}
