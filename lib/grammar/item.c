#include "grammar/item.h"

#include "base/str.h"

/* From behind a "[" to behind its "]". NULL if there is none before a literal or the end. */
static const uint8_t *skip_brackets(const uint8_t *at, const uint8_t *end)
{
    int quoted = 0;

    if (end - at > IMAP4__ITEM_NAME_MAX)
        end = at + IMAP4__ITEM_NAME_MAX;
    for (; at < end && *at != '\n'; at++) {
        if (*at == '"')
            quoted = !quoted;
        else if (*at == '\\' && quoted && at + 1 < end)
            at++;
        else if (*at == ']' && !quoted)
            return at + 1;
    }
    return NULL;
}

static int ends_name(uint8_t c)
{
    return c <= ' ' || c == 0x7f || c == '(' || c == ')' || c == '"' || c == '{';
}

int imap4__item_name(imap4__cursor *cur, imap4_str *slice_out)
{
    const uint8_t *at = cur->at;

    while (at < cur->end && !ends_name(*at)) {
        if (*at++ == '[') {
            at = skip_brackets(at, cur->end);
            if (at == NULL)
                return 0;
        }
    }
    if (at == cur->at)
        return 0;
    *slice_out = imap4__str_n(cur->at, (size_t)(at - cur->at));
    cur->at = at;
    return 1;
}
