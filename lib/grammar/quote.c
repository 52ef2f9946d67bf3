#include "grammar/quote.h"

#include "base/str.h"

/* How far a string with stray quotes is followed. */
#define RESCUE_LIMIT 2048

/* What may be read again: so many times the response, and as much as small ones never need. */
#define AGAIN_FACTOR 4
#define AGAIN_BASE 4096

int imap4__quote_again(const imap4__cursor *cur, imap4__response *response, size_t bytes)
{
    response->again += bytes;
    return response->again <= (uint64_t)(cur->end - cur->start) * AGAIN_FACTOR + AGAIN_BASE;
}

static int is_blank(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

int imap4__quote_separator(const uint8_t *at, const uint8_t *end)
{
    return at == end || is_blank(*at) || *at == ')' || *at == '(';
}

static int is_nil(const uint8_t *at, const uint8_t *end)
{
    return end - at >= 3 && imap4__nocase_n(at, "NIL", 3) && imap4__quote_separator(at + 3, end);
}

/* 1 if the parenthesis that opens before `at` may be one of the grammar's: they hold strings and lists, never atoms. */
static int opens_list(const uint8_t *at, const uint8_t *end)
{
    return at == end || is_blank(*at) || *at == '(' || *at == ')' || *at == '"' || *at == '{' || is_nil(at, end);
}

/* 1 if what begins at `at`, behind a quote, is of the kinds in `follow`. */
static int follows(const uint8_t *at, const uint8_t *end, int follow)
{
    const uint8_t *next = at;

    while (next < end && is_blank(*next))
        next++;
    if (next == end)
        return 1;
    if (*next == ')')
        return (follow & IMAP4__FOLLOW_CLOSE) != 0 && imap4__quote_separator(next + 1, end);
    if (*next == '(')
        return (follow & IMAP4__FOLLOW_LIST) != 0 && opens_list(next + 1, end);
    if (next == at)
        return 0;
    if (*next == '"' || *next == '{' || *next == '~')
        return (follow & IMAP4__FOLLOW_TEXT) != 0;
    if (*next >= '0' && *next <= '9')
        return (follow & IMAP4__FOLLOW_NUMBER) != 0;
    return (follow & (IMAP4__FOLLOW_TEXT | IMAP4__FOLLOW_LIST)) != 0 && is_nil(next, end);
}

/* The second reading, from behind the opening quote. */
static const uint8_t *rescue(const uint8_t *at, const uint8_t *end, int follow, const uint8_t **seen)
{
    const uint8_t *fallback = NULL;
    const uint8_t *limit = end - at > RESCUE_LIMIT ? at + RESCUE_LIMIT : end;

    for (; at < limit; at++) {
        int escaped = *at == '\\' && at + 1 < limit;

        at += escaped;
        if (*at != '"')
            continue;
        if (escaped) { /* QQ: a backslash right before the quote that ends the string */
            if (at + 1 < end && at[1] != ')')
                continue;
            if (follows(at + 1, end, follow & IMAP4__FOLLOW_CLOSE))
                break;
        } else if (follows(at + 1, end, follow)) {
            break;
        } else if (fallback == NULL && imap4__quote_separator(at + 1, end)) {
            fallback = at;
        }
    }
    *seen = at < limit ? at : limit;
    return at < limit ? at : fallback;
}

/* RFC 9051 section 9: quoted = DQUOTE *QUOTED-CHAR DQUOTE. NULL if no quote ends it. */
static const uint8_t *closing_quote(const uint8_t *at, const uint8_t *end, const uint8_t **seen)
{
    while (at < end && *at != '"')
        at += *at == '\\' && end - at > 1 ? 2 : 1;
    *seen = at;
    return at < end ? at : NULL;
}

const uint8_t *imap4__quote_end(const imap4__cursor *cur, imap4__response *response, int follow)
{
    const uint8_t *begin = cur->at + 1;
    const uint8_t *seen;
    const uint8_t *quote;

    if (!imap4__quote_again(cur, response, 0))
        return NULL;
    if (!response->loose) {
        quote = closing_quote(begin, cur->end, &seen);
        if (quote != NULL && imap4__quote_separator(quote + 1, cur->end))
            return quote;
        response->stray++;
        if (!imap4__quote_again(cur, response, (size_t)(seen - begin)))
            return NULL;
    }
    quote = rescue(begin, cur->end, follow, &seen);
    (void)imap4__quote_again(cur, response, (size_t)(seen - begin));
    return quote;
}
