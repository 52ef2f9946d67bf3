#include "wire/utf7.h"

#include "base/str.h"

#include <string.h>

/* RFC 3501 section 5.1.3: base64 of RFC 3501's mailbox names has "," in place of "/" and no padding. */
static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

static int is_plain(uint32_t c)
{
    return c >= 0x20 && c <= 0x7e;
}

/* The character at `text`, which is valid UTF-8; its size goes to *size_out. */
static uint32_t utf8_read(const uint8_t *text, size_t *size_out)
{
    size_t size = text[0] < 0x80 ? 1 : text[0] < 0xe0 ? 2 : text[0] < 0xf0 ? 3 : 4;
    static const uint8_t lead_bits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    uint32_t c = text[0] & lead_bits[size];
    for (size_t i = 1; i < size; i++)
        c = c << 6 | (text[i] & 0x3fu);
    *size_out = size;
    return c;
}

static int add_char(imap4__buf *out, char c)
{
    return imap4__buf_add(out, &c, 1);
}

/* Bits that wait for being six. */
typedef struct sextets {
    uint32_t bits;
    unsigned count;
} sextets;

/* Adds one 16-bit unit. */
static int add_unit(imap4__buf *out, sextets *s, uint32_t unit)
{
    s->bits = s->bits << 16 | unit;
    s->count += 16;
    while (s->count >= 6) {
        s->count -= 6;
        int result = add_char(out, alphabet[s->bits >> s->count & 63]);
        if (result != IMAP4_OK)
            return result;
    }
    s->bits &= (1u << s->count) - 1;
    return IMAP4_OK;
}

/* Characters beyond 16 bits become a surrogate pair (RFC 2781). */
static int add_character(imap4__buf *out, sextets *s, uint32_t c)
{
    if (c < 0x10000)
        return add_unit(out, s, c);
    int result = add_unit(out, s, 0xd800 + ((c - 0x10000) >> 10));
    return result == IMAP4_OK ? add_unit(out, s, 0xdc00 + ((c - 0x10000) & 0x3ff)) : result;
}

/* The whole run of characters that are not plain, from `&` to `-`. *at goes behind it. */
static int encode_run(imap4__buf *out, const uint8_t *text, size_t len, size_t *at)
{
    sextets s = {0, 0};
    int result = add_char(out, '&');
    while (result == IMAP4_OK && *at < len && !is_plain(text[*at])) {
        size_t size;
        uint32_t c = utf8_read(text + *at, &size);
        result = add_character(out, &s, c);
        *at += size;
    }
    if (result == IMAP4_OK && s.count > 0)
        result = add_char(out, alphabet[s.bits << (6 - s.count) & 63]);
    return result == IMAP4_OK ? add_char(out, '-') : result;
}

int imap4__utf7_encode(imap4__buf *out, const char *text, size_t len)
{
    if (!imap4__utf8_valid(text, len) || (len > 0 && memchr(text, '\0', len) != NULL))
        return IMAP4_ERROR_ARGUMENT;
    const uint8_t *bytes = (const uint8_t *)text;
    size_t before = out->len;
    size_t at = 0;
    int result = IMAP4_OK;
    while (result == IMAP4_OK && at < len) {
        if (bytes[at] == '&') {
            result = imap4__buf_add(out, "&-", 2);
            at++;
        } else if (is_plain(bytes[at])) {
            result = add_char(out, text[at++]);
        } else {
            result = encode_run(out, bytes, len, &at);
        }
    }
    if (result != IMAP4_OK)
        out->len = before;
    return result;
}

/* Counts what it is given, and writes it when there is a place to. */
typedef struct writer {
    char *out; /* NULL: count only */
    size_t len;
} writer;

static void write_byte(writer *w, uint32_t byte)
{
    if (w->out != NULL)
        w->out[w->len] = (char)(uint8_t)byte;
    w->len++;
}

static void write_character(writer *w, uint32_t c)
{
    if (c < 0x80) {
        write_byte(w, c);
        return;
    }
    unsigned tails = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const uint32_t leads[] = {0, 0xc0, 0xe0, 0xf0};
    write_byte(w, leads[tails] | c >> (6 * tails));
    while (tails-- > 0)
        write_byte(w, 0x80 | (c >> (6 * tails) & 0x3f));
}

/* A unit of UTF-16; `high` is the surrogate that waits for its other half, or 0. Returns 0 if the name is not valid. */
static int write_unit(writer *w, uint32_t unit, uint32_t *high)
{
    int is_low = unit >= 0xdc00 && unit <= 0xdfff;
    if (is_low != (*high != 0))
        return 0;
    if (is_low) {
        write_character(w, 0x10000 + ((*high - 0xd800) << 10) + (unit - 0xdc00));
        *high = 0;
    } else if (unit >= 0xd800 && unit <= 0xdbff) {
        *high = unit;
    } else if (unit == 0 || is_plain(unit)) {
        return 0; /* RFC 3501: "modified BASE64 MUST NOT be used to represent any printing US-ASCII character" */
    } else {
        write_character(w, unit);
    }
    return 1;
}

/* The base64 between `&` and `-`, not empty. Returns its length, or 0 if it is not valid. */
static size_t decode_run(writer *w, const char *wire, size_t len)
{
    sextets s = {0, 0};
    uint32_t high = 0;
    size_t at = 0;
    for (; at < len && wire[at] != '-'; at++) {
        const char *found = wire[at] != '\0' ? strchr(alphabet, wire[at]) : NULL;
        if (found == NULL)
            return 0;
        s.bits = s.bits << 6 | (uint32_t)(found - alphabet);
        s.count += 6;
        if (s.count >= 16) {
            s.count -= 16;
            if (!write_unit(w, s.bits >> s.count & 0xffff, &high))
                return 0;
        }
        s.bits &= (1u << s.count) - 1;
    }
    /* What is left must be padding: less than a character of base64, and zero. */
    return at < len && s.count < 6 && s.bits == 0 && high == 0 ? at : 0;
}

static int decode(writer *w, const char *wire, size_t len)
{
    size_t after_run = SIZE_MAX; /* where the last run of base64 ended: RFC 3501 forbids another right behind it */
    for (size_t at = 0; at < len; at++) {
        if (!is_plain((uint8_t)wire[at]))
            return 0;
        if (wire[at] != '&') {
            write_byte(w, (uint8_t)wire[at]);
        } else if (at + 1 < len && wire[at + 1] == '-') {
            write_byte(w, '&');
            at++;
        } else {
            size_t run = at != after_run ? decode_run(w, wire + at + 1, len - at - 1) : 0;
            if (run == 0)
                return 0;
            at += run + 1;
            after_run = at + 1;
        }
    }
    return 1;
}

int imap4__utf7_decode(imap4__arena *arena, const char *wire, size_t len, imap4_str *out)
{
    writer w = {NULL, 0};
    if (wire == NULL || memchr(wire, '&', len) == NULL || !decode(&w, wire, len))
        return imap4__arena_str(arena, wire, len, out);
    char *text = imap4__arena_bytes(arena, w.len + 1);
    if (text == NULL)
        return IMAP4_ERROR_MEMORY;
    w.out = text;
    w.len = 0;
    decode(&w, wire, len);
    text[w.len] = '\0';
    *out = imap4__str_n(text, w.len);
    return IMAP4_OK;
}

int imap4__mailbox_name(imap4__arena *arena, imap4_str raw, int utf8, imap4_str *out)
{
    if (imap4__str_eq_nocase(raw, "INBOX"))
        return imap4__arena_str(arena, "INBOX", 5, out);
    if (utf8)
        return imap4__arena_str(arena, raw.data, raw.len, out);
    return imap4__utf7_decode(arena, raw.data, raw.len, out);
}
