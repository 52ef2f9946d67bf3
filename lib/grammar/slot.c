#include "grammar/slot.h"

#include "base/str.h"
#include "wire/scan.h"

#include <string.h>

/* The text before `quote`, escapes removed. */
static int copy_quoted(imap4__cursor *cur, const uint8_t *quote, imap4_str *out)
{
    const uint8_t *at = cur->at + 1;
    char *copy = imap4__arena_bytes(cur->arena, (size_t)(quote - at) + 1);
    size_t len = 0;

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

    if (quote == NULL || !imap4__quote_separator(quote + 1, cur->end))
        return 0;
    len = (size_t)(quote - begin);
    if (memchr(begin, '\\', len) != NULL)
        return 0;
    if (imap4__arena_str(cur->arena, begin, len, out) != IMAP4_OK)
        return IMAP4_ERROR_MEMORY;
    cur->at = quote + 1;
    return 1;
}

static int read_quoted(imap4__cursor *cur, imap4__response *response, int follow, imap4_str *out)
{
    const uint8_t *quote;
    int result = response->loose ? 0 : read_plain(cur, out);

    if (result != 0)
        return result;
    quote = imap4__quote_end(cur, response, follow);
    return quote == NULL ? IMAP4_ERROR_PROTOCOL : copy_quoted(cur, quote, out);
}

/* Anything but a quoted string. An atom before a quote is the rest of a string that seemed to have ended before. */
static int read_other(imap4__cursor *cur, imap4__response *response, imap4_str *out)
{
    const uint8_t *begin = cur->at;
    imap4_str text;
    int result = imap4__ntext(cur, &text);

    if (result == 1 && imap4__peek(cur) == '"' && *begin != '{' && *begin != '~' && *begin != '(') {
        cur->at = begin;
        response->stray++;
        return 0;
    }
    if (result == 1)
        *out = text;
    return result;
}

int imap4__slot(imap4__cursor *cur, imap4__response *response, int follow, imap4_str *out)
{
    if (imap4__slot_nil(cur)) {
        *out = imap4__str(NULL);
        return 1;
    }
    return imap4__peek(cur) == '"' ? read_quoted(cur, response, follow, out) : read_other(cur, response, out);
}

int imap4__slot_text(imap4__cursor *cur, imap4__response *response, int follow, imap4_str *out)
{
    int result;

    imap4__gap(cur);
    if (imap4__peek(cur) == ')')
        return 1;
    result = imap4__slot(cur, response, follow, out);
    return result == 0 ? imap4__slot_leave_out(cur, response) : result;
}

int imap4__slot_is_text(const imap4__cursor *cur)
{
    imap4__cursor look = *cur;

    if (look.at == look.end || *look.at == '(' || *look.at == ')')
        return 0;
    return !imap4__slot_nil(&look);
}

/* From a quote to behind the string. */
static int pass_quoted(imap4__cursor *cur, imap4__response *response)
{
    const uint8_t *quote = imap4__quote_end(cur, response, IMAP4__FOLLOW_ANY);

    if (quote == NULL)
        return IMAP4_ERROR_PROTOCOL;
    cur->at = quote + 1;
    return 1;
}

/* Anything but a parenthesis. 1 or IMAP4_ERROR_PROTOCOL. */
static int pass_token(imap4__cursor *cur, imap4__response *response)
{
    const uint8_t *atom = imap4__scan_atom(cur);
    imap4__span span;
    int found;

    if (atom > cur->at || *cur->at == '"') {
        cur->at = atom;
        return imap4__peek(cur) == '"' ? pass_quoted(cur, response) : 1;
    }
    found = imap4__scan_string(cur, &span);
    if (found < 0)
        return found;
    cur->at = found == 1 ? span.after : cur->at + 1; /* a control character */
    return 1;
}

int imap4__slot_pass(imap4__cursor *cur, imap4__response *response)
{
    size_t depth = 0;

    if (cur->at == cur->end || *cur->at == ')')
        return 0;
    do {
        imap4__gap(cur);
        if (cur->at == cur->end)
            return IMAP4_ERROR_PROTOCOL;
        if (imap4__take(cur, '(')) {
            depth++;
        } else if (imap4__take(cur, ')')) {
            depth--;
        } else {
            int result = pass_token(cur, response);
            if (result != 1)
                return result;
        }
    } while (depth > 0);
    return 1;
}

int imap4__slot_leave_out(imap4__cursor *cur, imap4__response *response)
{
    const uint8_t *begin = cur->at;
    int result = imap4__slot_pass(cur, response);

    if (result == 1)
        imap4__response_damage(response, begin);
    return result == 0 ? IMAP4_ERROR_PROTOCOL : result;
}

int imap4__slot_close(imap4__cursor *cur, imap4__response *response)
{
    for (;;) {
        int result;

        imap4__gap(cur);
        if (imap4__take(cur, ')'))
            return 1;
        result = imap4__slot_pass(cur, response);
        if (result != 1)
            return result == 0 ? IMAP4_ERROR_PROTOCOL : result;
    }
}
