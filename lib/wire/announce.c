#include "wire/announce.h"

#include <stddef.h>

#define SIZE_DIGITS 19 /* of 2^63-1 */
#define MOST_INSIDE 24 /* between the braces of something unreadable */
#define MOST_BEHIND 3  /* spaces and CRs behind the braces, which make it unreadable */
#define MOST_SPACES 4  /* before them */
#define MOST_WORD 24   /* before these */

/* Reads "{" number64 ["+"] "}" at `at`; returns behind it, or NULL. */
static const uint8_t *read_size(const uint8_t *at, const uint8_t *end, uint64_t *size_out)
{
    uint64_t size = 0;
    if (at == end || *at++ != '{')
        return NULL;
    int negative = at < end && *at == '-';
    at += negative;
    const uint8_t *digits = at;
    while (at < end && *at >= '0' && *at <= '9' && at - digits < SIZE_DIGITS)
        size = size * 10 + (uint64_t)(*at++ - '0');
    if (at == digits || size > INT64_MAX)
        return NULL;
    at += at < end && *at == '+';
    if (at == end || *at != '}')
        return NULL;
    *size_out = negative ? 0 : size;
    return at + 1;
}

const uint8_t *imap4__announce_line_end(const uint8_t *at, const uint8_t *end)
{
    if (end - at >= 2 && at[0] == '\r' && at[1] == '\n')
        return at + 2;
    return at < end && *at == '\n' ? at + 1 : NULL;
}

const uint8_t *imap4__announce_at(const uint8_t *at, const uint8_t *end, uint64_t *size_out)
{
    at += at < end && *at == '~';
    const uint8_t *behind = read_size(at, end, size_out);
    return behind != NULL ? imap4__announce_line_end(behind, end) : NULL;
}

static int is_capital(uint8_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

/* Does what stands before a brace, but for spaces, stand before literals and not in prose? */
static int is_structure(const uint8_t *line, const uint8_t *at)
{
    const uint8_t *spaces = at;
    while (at > line && at[-1] == ' ' && spaces - at < MOST_SPACES)
        at--;
    if (at == line)
        return 1;
    switch (at[-1]) {
    case '(':
        return 1;
    case ')':
    case ']':
    case '>':
    case '"':
        return at < spaces;
    default:
        break;
    }
    const uint8_t *word = at;
    while (word > line && is_capital(word[-1]) && at - word < MOST_WORD)
        word--;
    return at < spaces && word < at && (word == line || word[-1] == ' ' || word[-1] == '(');
}

/* The brace that opens what ends with the brace before `end`; NULL if it is none of an announcement. */
static const uint8_t *find_brace(const uint8_t *line, const uint8_t *end)
{
    const uint8_t *at = end - 1;
    while (at > line && end - at <= MOST_INSIDE) {
        uint8_t c = *--at;
        if (c == '{')
            return at;
        if (c <= ' ' || c == '"' || c == '(' || c == ')' || c == '}')
            return NULL;
    }
    return NULL;
}

int imap4__announce_before(const uint8_t *line, const uint8_t *end, int quoted, uint64_t *size_out)
{
    const uint8_t *behind = end;
    while (end > line && (end[-1] == ' ' || end[-1] == '\r') && behind - end < MOST_BEHIND)
        end--;
    if (end == line || end[-1] != '}')
        return IMAP4__ANNOUNCE_NONE;
    const uint8_t *brace = find_brace(line, end);
    if (brace == NULL)
        return IMAP4__ANNOUNCE_NONE;
    int readable = read_size(brace, end, size_out) == end && end == behind;
    brace -= brace > line && brace[-1] == '~';
    if (quoted && !is_structure(line, brace))
        return IMAP4__ANNOUNCE_NONE;
    if (readable)
        return IMAP4__ANNOUNCE_LITERAL;
    int token = brace == line || brace[-1] == ' ' || brace[-1] == '(';
    return token && !quoted ? IMAP4__ANNOUNCE_UNREADABLE : IMAP4__ANNOUNCE_NONE;
}
