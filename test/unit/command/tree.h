/* Search keys at random: a tree, written with a stack of the operands that are missing. */
#ifndef TEST_COMMAND_TREE_H
#define TEST_COMMAND_TREE_H

#include "draw.h"

typedef struct tree {
    imap4_search_keys *keys;
    size_t needed[64];
    size_t depth;
    int just_opened;
    int non_ascii;
    int bad_utf8;
} tree;

static void draw_search_text(tree *t, const char *name, int key)
{
    const imap4_str text = any_text();

    want_atom(name);
    if (key == 0) {
        const imap4_str given = any_text();
        const imap4_str field = imap4__str(given.data);

        refused |= !is_field(field);
        want(READ_WORD, field);
        imap4_search_keys_header(t->keys, field.data, text.data, text.len);
    } else {
        imap4_search_keys_text(t->keys, key, text.data, text.len);
    }
    want(READ_STRING, text);
    refused |= has(text, '\0');
    for (size_t i = 0; i < text.len; i++)
        t->non_ascii |= (unsigned char)text.data[i] >= 0x80;
    t->bad_utf8 |= !imap4__utf8_valid(text.data, text.len);
}

static void draw_search_atom(tree *t)
{
    const imap4_str text = any_text();
    const imap4_str keyword = imap4__str(text.data);

    want_atom("KEYWORD");
    want(READ_ATOM, keyword);
    refused |= !is_atom(keyword);
    imap4_search_keys_keyword(t->keys, IMAP4_SEARCH_KEYWORD, keyword.data);
}

static void draw_search_number(tree *t)
{
    const uint64_t size = draw() >> (chance(9) ? 0 : 1);
    imap4_str text = pooled(24);

    text.len = (size_t)snprintf(pool + (text.data - pool), 24, "%llu", (unsigned long long)size);
    want_atom("SMALLER");
    want(READ_ATOM, text);
    refused |= size > INT64_MAX;
    imap4_search_keys_size(t->keys, IMAP4_SEARCH_SMALLER, size);
}

static void draw_search_date(tree *t)
{
    const int year = (int)below(10000) + 1 - chance(20), month = 1 + (int)below(12), day = 1 + (int)below(28);
    imap4_str text = pooled(48);

    text.len = (size_t)snprintf(pool + (text.data - pool), 48, "%d-%s-%04d", day,
                                &"Jan\0Feb\0Mar\0Apr\0May\0Jun\0Jul\0Aug\0Sep\0Oct\0Nov\0Dec"[4 * (month - 1)], year);
    want_atom("SENTON");
    want(READ_ATOM, text);
    refused |= year < 1 || year > 9999;
    imap4_search_keys_date(t->keys, IMAP4_SEARCH_SENTON, year, month, day);
}

static void draw_search_set(tree *t)
{
    const uint32_t first = 1 + (uint32_t)below(1000), last = first + 1 + (uint32_t)below(1000);
    imap4_str text = pooled(24);
    imap4_uid_set *uids;

    text.len = (size_t)snprintf(pool + (text.data - pool), 24, "%u:%u", (unsigned)first, (unsigned)last);
    REQUIRE(imap4_uid_set_new(&uids, NULL) == IMAP4_OK);
    REQUIRE(imap4_uid_set_add(uids, first, last) == IMAP4_OK);
    imap4_search_keys_uids(t->keys, uids);
    imap4_uid_set_free(uids);
    want_atom("UID");
    want(READ_ATOM, text);
}

static void draw_search_flag(tree *t)
{
    want_atom("UNSEEN");
    imap4_search_keys_flag(t->keys, IMAP4_SEARCH_UNSEEN);
}

static void supply_operand(tree *t, size_t more)
{
    size_t *needed = &t->needed[t->depth];

    *needed = (*needed > 0 ? *needed - 1 : 0) + more;
    t->just_opened = 0;
}

static void draw_search_key(tree *t)
{
    supply_operand(t, 0);
    switch (below(7)) {
    case 0:
        draw_search_text(t, "SUBJECT", IMAP4_SEARCH_SUBJECT);
        break;
    case 1:
        draw_search_text(t, "HEADER", 0);
        break;
    case 2:
        draw_search_atom(t);
        break;
    case 3:
        draw_search_number(t);
        break;
    case 4:
        draw_search_date(t);
        break;
    case 5:
        draw_search_set(t);
        break;
    default:
        draw_search_flag(t);
        break;
    }
}

static void draw_search_step(tree *t)
{
    switch (below(9)) {
    case 0:
        want_atom("NOT");
        supply_operand(t, 1);
        imap4_search_keys_not(t->keys);
        break;
    case 1:
        want_atom("OR");
        supply_operand(t, 2);
        imap4_search_keys_or(t->keys);
        break;
    case 2:
        want(READ_OPEN, (imap4_str){NULL, 0});
        supply_operand(t, 0);
        imap4_search_keys_open(t->keys);
        t->needed[++t->depth] = 0;
        t->just_opened = 1;
        break;
    case 3:
    case 4:
        if (t->depth == 0 || t->needed[t->depth] > 0 || t->just_opened) {
            if (!chance(40))
                break;
            refused = 1;
        }
        want(READ_CLOSE, (imap4_str){NULL, 0});
        imap4_search_keys_close(t->keys);
        t->depth -= t->depth > 0;
        break;
    default:
        draw_search_key(t);
        break;
    }
}

static void draw_search_charset(tree *t, int on_utf8)
{
    static const char *const names[] = {"UTF-8", "utf-8", "ISO-8859-1", "X\"\\ Y", "a]", "UTF-8\r\n", "", "\xc3\xa4"};
    const size_t which = chance(3) ? below(8) : 8;
    const int utf8 = which < 2 || which == 8;

    if (which < 8) {
        imap4_search_keys_charset(t->keys, names[which]);
        refused |= which >= 5;
    }
    refused |= utf8 && t->bad_utf8;
    if ((which == 8 && !t->non_ascii) || (utf8 && on_utf8))
        return;
    memmove(wanted + 2, wanted, wanted_count * sizeof wanted[0]);
    wanted_count += 2;
    wanted[0] = (token){READ_ATOM, "CHARSET", 7};
    wanted[1] = (token){READ_WORD, which == 8 ? "UTF-8" : names[which], which == 8 ? 5 : strlen(names[which])};
}

#endif
