#include "base/str.h"

#include <string.h>

imap4_str imap4__str(const char *text)
{
    imap4_str str = {text, text != NULL ? strlen(text) : 0};
    return str;
}

imap4_str imap4__str_n(const void *data, size_t len)
{
    imap4_str str = {data, len};
    return str;
}

uint8_t imap4__lower(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c + ('a' - 'A')) : c;
}

int imap4__str_eq(imap4_str a, imap4_str b)
{
    if (a.data == NULL || b.data == NULL)
        return a.data == b.data;
    return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

int imap4__nocase_n(const void *a, const void *b, size_t len)
{
    const uint8_t *x = a;
    const uint8_t *y = b;
    for (size_t i = 0; i < len; i++)
        if (x[i] != y[i] && imap4__lower(x[i]) != imap4__lower(y[i]))
            return 0;
    return 1;
}

int imap4__str_eq_nocase(imap4_str a, const char *b)
{
    if (a.data == NULL || b == NULL)
        return a.data == b;
    for (size_t i = 0; i < a.len; i++) {
        /* A NUL in `b` ends it, and no byte of `a` but NUL folds to it. */
        if (b[i] == '\0' || imap4__lower((uint8_t)a.data[i]) != imap4__lower((uint8_t)b[i]))
            return 0;
    }
    return b[a.len] == '\0';
}

/* How many bytes from `at` on are ASCII, eight at a time; a lower bound. */
static size_t ascii_run(const uint8_t *at, size_t len)
{
    size_t n = 0;
    while (len - n >= 8) {
        uint64_t eight;
        memcpy(&eight, at + n, 8);
        if ((eight & UINT64_C(0x8080808080808080)) != 0)
            break;
        n += 8;
    }
    return n;
}

/*
 * RFC 3629 section 4, byte by byte:
 *   UTF8-2 = %xC2-DF UTF8-tail
 *   UTF8-3 = %xE0 %xA0-BF UTF8-tail / %xE1-EC 2( UTF8-tail ) / %xED %x80-9F UTF8-tail / %xEE-EF 2( UTF8-tail )
 *   UTF8-4 = %xF0 %x90-BF 2( UTF8-tail ) / %xF1-F3 3( UTF8-tail ) / %xF4 %x80-8F 2( UTF8-tail )
 * The first row that holds the lead byte decides; the second byte's range keeps overlong forms and surrogates out.
 */
static const struct lead {
    uint8_t first;
    uint8_t last;
    uint8_t low;
    uint8_t high;
    uint8_t size;
} leads[] = {
    {0x00, 0x7f, 0x00, 0xff, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3},
    {0xe1, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
};

/* The length of the character that begins here, 0 if none does. */
static size_t character(const uint8_t *at, size_t len)
{
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        const struct lead *lead = &leads[i];
        if (*at < lead->first || *at > lead->last)
            continue;
        if (lead->size > len || (lead->size > 1 && (at[1] < lead->low || at[1] > lead->high)))
            return 0;
        for (size_t tail = 2; tail < lead->size; tail++)
            if ((at[tail] & 0xc0) != 0x80)
                return 0;
        return lead->size;
    }
    return 0;
}

int imap4__utf8_valid(const void *data, size_t len)
{
    const uint8_t *at = data;
    size_t done = 0;
    while (done < len) {
        size_t size = ascii_run(at + done, len - done);
        if (size == 0)
            size = character(at + done, len - done);
        if (size == 0)
            return 0;
        done += size;
    }
    return 1;
}

size_t imap4__strs_within(const imap4_str *strs, size_t count, size_t limit)
{
    size_t used = 0;
    size_t fit = 0;
    for (; fit < count; fit++) {
        size_t each = sizeof *strs + strs[fit].len + 1;
        if (each > limit - used)
            break;
        used += each;
    }
    return fit;
}

uint32_t imap4__name_number(const imap4__name *table, imap4_str name, uint32_t missing)
{
    for (; name.data != NULL && table->name != NULL; table++)
        if (imap4__str_eq_nocase(name, table->name))
            return table->number;
    return missing;
}

const char *imap4__name_text(const imap4__name *table, uint32_t number)
{
    for (; table->name != NULL; table++)
        if (table->number == number)
            return table->name;
    return NULL;
}
