#include "grammar/slot.h"

#include "base/str.h"

#include <string.h>

/* How far a quoted string with stray quotes is followed. It bounds the work that a hostile line can cause. */
#define RESCUE_LIMIT 8192

static int is_separator(const uint8_t *at, const uint8_t *end)
{
    return at == end || *at == ' ' || *at == ')' || *at == '(' || *at == '\r' || *at == '\n' || *at == '\t';
}

/*
 * Where a string with stray quotes ends: at a quote before a separator. An escaped quote before ")" ends it as well:
 * QQ writes the host `"qq.com\"`. Returns the closing quote or NULL. `at` is behind the opening one.
 */
static const uint8_t *find_end(const uint8_t *at, const uint8_t *end)
{
    if ((size_t)(end - at) > RESCUE_LIMIT)
        end = at + RESCUE_LIMIT;
    for (; at < end; at++) {
        if (*at == '"' && is_separator(at + 1, end))
            return at;
        if (*at != '\\' || at + 1 == end)
            continue;
        at++;
        if (*at == '"' && (at + 1 == end || at[1] == ')'))
            return at;
    }
    return NULL;
}

/*
 * Servers that do not escape: iCloud `"<"a.b"@y>"`, Coremail `""""`, Domino `"3D"Windows-1252""`. Only tried when the
 * string, read by the rules, is not followed by what must follow a string.
 */
static int rescue(imap4__cursor *cur, imap4_str *out)
{
    const uint8_t *at = cur->at + 1;
    const uint8_t *quote = find_end(at, cur->end);
    char *copy;
    size_t len = 0;

    if (quote == NULL)
        return IMAP4_ERROR_PROTOCOL;
    copy = imap4__arena_bytes(cur->arena, (size_t)(quote - at) + 1);
    if (copy == NULL)
        return IMAP4_ERROR_MEMORY;
    while (at < quote) {
        if (*at == '\\' && at + 1 < quote)
            at++;
        copy[len++] = (char)*at++;
    }
    copy[len] = '\0';
    out->data = copy;
    out->len = len;
    cur->at = quote + 1;
    return 1;
}

/* A quoted string without escapes, well ended: nearly all of them. 1, 0 if this is none, or IMAP4_ERROR_MEMORY. */
static int read_plain(imap4__cursor *cur, imap4_str *out)
{
    const uint8_t *begin = cur->at + 1;
    const uint8_t *quote = memchr(begin, '"', (size_t)(cur->end - begin));
    size_t len;

    if (quote == NULL || !is_separator(quote + 1, cur->end))
        return 0;
    len = (size_t)(quote - begin);
    if (memchr(begin, '\\', len) != NULL)
        return 0;
    if (imap4__arena_str(cur->arena, begin, len, out) != IMAP4_OK)
        return IMAP4_ERROR_MEMORY;
    cur->at = quote + 1;
    return 1;
}

int imap4__slot(imap4__cursor *cur, imap4_str *out)
{
    const uint8_t *begin = cur->at;
    int result;

    if (imap4__slot_nil(cur)) {
        *out = imap4__str(NULL);
        return 1;
    }
    if (begin == cur->end || *begin != '"')
        return imap4__ntext(cur, out);
    result = read_plain(cur, out);
    if (result != 0)
        return result;
    result = imap4__ntext(cur, out);
    if (result == IMAP4_ERROR_MEMORY || (result == 1 && is_separator(cur->at, cur->end)))
        return result;
    cur->at = begin;
    return rescue(cur, out);
}

int imap4__slot_is_text(const imap4__cursor *cur)
{
    imap4__cursor look = *cur;

    if (look.at == look.end || *look.at == '(' || *look.at == ')')
        return 0;
    return !imap4__slot_nil(&look);
}
