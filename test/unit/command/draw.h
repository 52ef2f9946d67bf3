/*
 * Arguments at random, from a fixed seed, with what must be read back when they are written, and whether they must be
 * refused. For one test program: the state is here.
 */
#ifndef TEST_COMMAND_DRAW_H
#define TEST_COMMAND_DRAW_H

#include "reader.h"

#include "base/str.h"

#include <imap4/command.h>
#include <stdio.h>
#include <stdlib.h>

#define ROOM (1 << 18)

/* xorshift64*: the same everywhere, so a failing call can be found again. */
static uint64_t seed;

static uint64_t draw(void)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return seed * UINT64_C(2685821657736338717);
}

static size_t below(size_t n)
{
    return (size_t)(draw() >> 33) % n;
}

static int chance(size_t in)
{
    return below(in) == 0;
}

/* Room for the texts of one call, and what is to be read back. */
static char *pool;
static size_t pool_len;
static token wanted[READER_TOKENS];
static size_t wanted_count;
static int refused; /* an argument is such that the call must be refused */

static void want(int kind, imap4_str text)
{
    REQUIRE(wanted_count < READER_TOKENS);
    wanted[wanted_count++] = (token){kind, text.data, text.len};
}

static void want_atom(const char *text)
{
    want(READ_ATOM, imap4__str(text));
}

static imap4_str pooled(size_t len)
{
    const imap4_str text = {pool + pool_len, len};

    REQUIRE(pool_len + len + 1 < ROOM);
    pool_len += len + 1;
    pool[pool_len - 1] = '\0';
    return text;
}

static imap4_str pooled_text(const char *text)
{
    const imap4_str made = pooled(strlen(text));

    memcpy(pool + (made.data - pool), text, made.len);
    return made;
}

/*
 * Text.
 */

static const char *const pieces[] = {
    "\r\n", "\r", "\n", "\"", "\\", "{", "}", "{3}", "{0+}\r\n", "(", ")", "*", "%", "]", "[", " ", "&", "&-", "-", "+",
    "~", "NIL", "INBOX", "a", "B", "7", "A1 LOGOUT", "\xc3\xa4", "\xe5\x8f\xb0", "\xf0\x9f\x98\x80", "\xc3", "\xff",
    "\x80", "\x01", "\x7f", "\t", ".", "/", ",", ":", "<", ">", "\xed\xa0\x80", "&AOQ-",
};

static const char *const tame[] = {"a", "B", "c", "7", "-", ".", "$", "x", "Y", "!", "}", "\xc3\xa4", " ", "&", "\""};

/* Nasty, tame, plain letters, or long. */
static imap4_str any_text(void)
{
    const size_t style = below(8);
    size_t count = below(12);
    const size_t from = pool_len;
    imap4_str text;

    if (style == 0 && chance(20))
        count = 300 + below(5000);
    for (; count > 0; count--) {
        const char *piece = style < 3   ? pieces[below(sizeof pieces / sizeof pieces[0])]
                            : style < 5 ? tame[below(sizeof tame / sizeof tame[0])]
                                        : tame[below(4)];

        memcpy(pool + pool_len, piece, strlen(piece));
        pool_len += strlen(piece);
        REQUIRE(pool_len < ROOM);
    }
    if (style < 3 && chance(10))
        pool[pool_len++] = '\0';
    text = (imap4_str){pool + from, pool_len - from};
    pool[pool_len++] = '\0';
    return text;
}

static int has(imap4_str text, char c)
{
    return text.len > 0 && memchr(text.data, c, text.len) != NULL;
}

static int has_line_end(imap4_str text)
{
    return has(text, '\r') || has(text, '\n');
}

static int is_inbox(imap4_str text)
{
    return text.len == 5 && imap4__nocase_n(text.data, "INBOX", 5);
}

/* Written down once more, byte by byte, from RFC 9051 section 9. */
static int is_atom(imap4_str text)
{
    static const char chars[] = "!#$&'+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[^_`"
                                "abcdefghijklmnopqrstuvwxyz|}~";

    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '\0' || strchr(chars, text.data[i]) == NULL)
            return 0;
    }
    return text.len > 0 && !(text.len == 3 && imap4__nocase_n(text.data, "NIL", 3));
}

static int is_field(imap4_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] < 33 || text.data[i] > 126 || text.data[i] == ':') /* char may be signed: 8 bits are below */
            return 0;
    }
    return text.len > 0;
}

static imap4_str string_argument(void)
{
    const imap4_str text = any_text();

    refused |= has(text, '\0');
    want(READ_STRING, text);
    return text;
}

static imap4_str mailbox_argument(int utf8, int pattern)
{
    imap4_str text = any_text();

    if (chance(6)) { /* as it is */
        pool[pool_len - 1] = '\001';
        memcpy(pool + pool_len, text.data, text.len);
        pool[pool_len + text.len] = '\0';
        refused |= has(text, '\0') || has_line_end(text);
        text = (imap4_str){pool + pool_len - 1, text.len + 1};
        pool_len += text.len;
        want(READ_STRING, (imap4_str){text.data + 1, text.len - 1});
    } else {
        /* One that begins like a raw name is one. */
        const int raw = text.len > 0 && text.data[0] == '\001';
        const imap4_str name = raw ? (imap4_str){text.data + 1, text.len - 1} : text;

        refused |= has(name, '\0') || ((raw || utf8) && has_line_end(name));
        refused |= !raw && !imap4__utf8_valid(name.data, name.len);
        want(raw || (pattern && utf8) ? READ_STRING : READ_MAILBOX, name);
        if (pattern && !raw)
            wanted[wanted_count - 1].kind = utf8 ? READ_STRING : READ_MAILBOX;
    }
    return text;
}

#endif
