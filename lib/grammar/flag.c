#include "grammar/flag.h"

#include "base/str.h"
#include "grammar/slot.h"
#include "grammar/strs.h"
#include "wire/name.h"

const char *imap4_flag_name(int flag)
{
    return flag > 0 ? imap4__name_text(imap4__flag_names, (uint32_t)flag) : NULL;
}

/*
 * A word ends at a space or parenthesis only: Gmail sends keywords with brackets, `OIB-Seen-[Gmail]/All Mail`, others
 * with whatever an atom must not have. The spaces inside such names cannot be told from those between names.
 */
static void read_word(imap4__cursor *cur, imap4_str *out)
{
    const uint8_t *begin = cur->at;

    while (cur->at < cur->end && *cur->at > ' ' && *cur->at != '(' && *cur->at != ')')
        cur->at++;
    if (cur->at == begin) /* a stray control character */
        cur->at++;
    *out = imap4__str_n(begin, (size_t)(cur->at - begin));
}

/* A quoted flag whose backslash is not escaped, `"\Seen"`: up to its second quote. 1, or 0 if this is none. */
static int read_bare_backslash(imap4__cursor *cur, imap4_str *out)
{
    const uint8_t *begin = cur->at + 1;
    const uint8_t *at = begin + 1;

    if (cur->end - cur->at < 3 || *begin != '\\' || *at == '"')
        return 0;
    while (at < cur->end && *at > ' ' && *at != '"' && *at != '\\')
        at++;
    if (at == cur->end || *at != '"')
        return 0;
    *out = imap4__str_n(begin, (size_t)(at - begin));
    cur->at = at + 1;
    return 1;
}

/* A string, or else what looks like the beginning of one. 1 or IMAP4_ERROR_MEMORY. */
static int read_string(imap4__cursor *cur, imap4_str *out)
{
    int result;

    if (*cur->at == '"' && read_bare_backslash(cur, out))
        return 1;
    result = imap4__ntext(cur, out);
    if (result == IMAP4_ERROR_MEMORY)
        return result;
    if (result != 1)
        read_word(cur, out);
    return 1;
}

int imap4__flag_next(imap4__cursor *cur, uint32_t *depth, imap4_str *out)
{
    for (;;) {
        int c;
        int result;

        imap4__gap(cur);
        c = imap4__peek(cur);
        if (c == -1)
            return IMAP4_ERROR_PROTOCOL;
        if (c == '(') {
            cur->at++;
            if (++*depth > cur->nesting_limit)
                return IMAP4_ERROR_LIMIT;
        } else if (c == ')') {
            cur->at++;
            if (--*depth == 0)
                return 0;
        } else if (c == '"' || c == '{' || c == '~') {
            result = read_string(cur, out);
            if (result != 1 || out->len > 0)
                return result;
        } else {
            read_word(cur, out);
            return 1;
        }
    }
}

static int add_flag(imap4__cursor *cur, imap4_str word, uint32_t *system, imap4__strs *keywords)
{
    uint32_t bit = word.data[0] == '\\' ? imap4__name_number(imap4__flag_names, word, 0) : 0;

    if (bit == 0)
        return imap4__strs_copy(cur, keywords, word);
    *system |= bit;
    return IMAP4_OK;
}

/* flag-list = "(" [flag *(SP flag)] ")" */
int imap4__flags_read(imap4__cursor *cur, imap4_flags **out)
{
    imap4__strs keywords = {NULL, 0, 0};
    uint32_t system = 0;
    uint32_t depth = 1;
    imap4_str word;
    imap4_flags *list;
    int result;

    if (!imap4__slot_nil(cur)) {
        if (!imap4__take(cur, '('))
            return 0;
        while ((result = imap4__flag_next(cur, &depth, &word)) == 1) {
            result = add_flag(cur, word, &system, &keywords);
            if (result != IMAP4_OK)
                return result;
        }
        if (result < 0)
            return result;
    }
    list = imap4__arena_alloc(cur->arena, sizeof *list);
    if (list == NULL)
        return IMAP4_ERROR_MEMORY;
    list->system = system;
    list->keyword_count = (uint32_t)keywords.count;
    list->keywords = keywords.items;
    *out = list;
    return 1;
}
