#include "wire/scan.h"

#include <string.h>

#define SIZE_DIGITS 19 /* of 2^63-1 */

/* What ends an atom. `{` does only where it announces a literal. */
static int ends_atom(uint8_t c)
{
    return c <= ' ' || c == 0x7f || c == '(' || c == ')' || c == '"';
}

static const uint8_t *skip_line_end(const uint8_t *at, const uint8_t *end)
{
    if (end - at >= 2 && at[0] == '\r' && at[1] == '\n')
        return at + 2;
    return at < end && *at == '\n' ? at + 1 : NULL;
}

/*
 * literal  = "{" number64 ["+"] "}" CRLF *CHAR8
 * literal8 = "~{" number64 "}" CRLF *OCTET
 * Returns where the content begins, or NULL if no literal is announced at `at`.
 */
static const uint8_t *announced(const uint8_t *at, const uint8_t *end, uint64_t *size_out)
{
    uint64_t size = 0;
    if (at < end && *at == '~')
        at++;
    if (at == end || *at != '{')
        return NULL;
    const uint8_t *digits = ++at;
    while (at < end && *at >= '0' && *at <= '9' && at - digits < SIZE_DIGITS)
        size = size * 10 + (uint64_t)(*at++ - '0');
    if (at == digits || size > INT64_MAX)
        return NULL;
    if (at < end && *at == '+')
        at++;
    if (at == end || *at != '}')
        return NULL;
    *size_out = size;
    return skip_line_end(at + 1, end);
}

static const imap4__hole *find_hole(const imap4__cursor *cur, size_t at)
{
    size_t low = 0;
    size_t high = cur->hole_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cur->holes[middle].at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < cur->hole_count && cur->holes[low].at == at ? &cur->holes[low] : NULL;
}

/* Servers that count a literal two bytes short leave its last CRLF behind. */
static const uint8_t *behind_literal(const uint8_t *at, const uint8_t *end)
{
    const uint8_t *next = skip_line_end(at, end);
    return next != NULL && next < end && (*next == ')' || *next == ' ') ? next : at;
}

static int scan_literal(const imap4__cursor *cur, imap4__span *out)
{
    const uint8_t *content = announced(cur->at, cur->end, &out->size);
    if (content == NULL)
        return 0;
    const imap4__hole *hole = find_hole(cur, (size_t)(content - cur->base));
    uint64_t present = hole != NULL ? hole->present : out->size;
    size_t junk = hole != NULL ? hole->junk : 0;
    uint64_t room = (uint64_t)(cur->end - content);
    if (present > room || junk > room - present)
        return IMAP4_ERROR_PROTOCOL;
    out->text = content;
    out->len = (size_t)present;
    out->after = behind_literal(content + out->len + junk, cur->end);
    out->escapes = 0;
    out->streamed = hole != NULL && hole->streamed;
    return 1;
}

static int scan_quoted(const imap4__cursor *cur, imap4__span *out)
{
    const uint8_t *at = cur->at + 1;
    out->text = at;
    out->escapes = 0;
    out->streamed = 0;
    while (at < cur->end) {
        if (*at == '\\' && at + 1 < cur->end) {
            out->escapes = 1;
            at++;
        } else if (*at == '"') {
            out->len = (size_t)(at - out->text);
            out->size = out->len;
            out->after = at + 1;
            return 1;
        }
        at++;
    }
    return IMAP4_ERROR_PROTOCOL;
}

int imap4__scan_string(const imap4__cursor *cur, imap4__span *out)
{
    if (cur->at == cur->end)
        return 0;
    return *cur->at == '"' ? scan_quoted(cur, out) : scan_literal(cur, out);
}

const uint8_t *imap4__scan_atom(const imap4__cursor *cur)
{
    const uint8_t *at = cur->at;
    uint64_t size;
    if (at < cur->end && *at == '~' && announced(at, cur->end, &size) != NULL)
        return at;
    while (at < cur->end && !ends_atom(*at)) {
        if (*at == '{' && announced(at, cur->end, &size) != NULL)
            break;
        at++;
    }
    return at;
}

void imap4__scan_step(imap4__cursor *cur, int *quotes)
{
    imap4__span span;
    const uint8_t *atom = imap4__scan_atom(cur);
    if (atom > cur->at) {
        cur->at = atom;
        return;
    }
    int quote = *cur->at == '"';
    if ((!quote || *quotes) && imap4__scan_string(cur, &span) == 1) {
        cur->at = span.after;
        return;
    }
    if (quote)
        *quotes = 0;
    cur->at++;
}
