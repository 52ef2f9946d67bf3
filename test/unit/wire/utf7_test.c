#include "wire/utf7.h"

#include "base/str.h"
#include "support/memory.h"
#include "support/suite.h"

#include <stdint.h>
#include <string.h>

Suite *utf7_suite(void);

static const struct pair {
    const char *name;
    const char *wire;
} pairs[] = {
    /* RFC 3501 section 5.1.3 */
    {"~peter/mail/\xe5\x8f\xb0\xe5\x8c\x97/\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"},
    {"\xe5\x8f\xb0\xe5\x8c\x97", "&U,BTFw-"},
    {"\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", "&ZeVnLIqe-"},
    {"\xe5\x8f\xb0\xe5\x8c\x97\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", "&U,BTF2XlZyyKng-"},
    {"\xe2\x98\xba!", "&Jjo-!"},
    {"&", "&-"},
    {"A&B", "A&-B"},
    {"&Jjo-", "&-Jjo-"},
    {"", ""},
    {"INBOX", "INBOX"},
    {"Entw\xc3\xbcrfe", "Entw&APw-rfe"},
    {"\xd0\x9e\xd1\x82\xd0\xbf\xd1\x80\xd0\xb0\xd0\xb2\xd0\xbb\xd0\xb5\xd0\xbd\xd0\xbd\xd1\x8b\xd0\xb5",
     "&BB4EQgQ,BEAEMAQyBDsENQQ9BD0ESwQ1-"},
    {"\xf0\x9f\x98\x80", "&2D3eAA-"},
    {"a\xf0\x9f\x98\x80"
     "b",
     "a&2D3eAA-b"},
    {"\xc3\xa9", "&AOk-"},
    {"\xc2\xa0", "&AKA-"},
    {"\t", "&AAk-"},
    {"\x7f", "&AH8-"},
    {"\xe3\x81\xb2\xe3\x82\x89\xe3\x81\x8c\xe3\x81\xaa", "&MHIwiTBMMGo-"},
    {"AT&T/\xc3\xa9&\xc3\xa9", "AT&-T/&AOk-&-&AOk-"},
    {" !~\"\\", " !~\"\\"},
    {"\xed\x9f\xbf\xee\x80\x80", "&1,,gAA-"}, /* the neighbours of the surrogates */
    {"\xf4\x8f\xbf\xbf", "&2,,f,w-"},         /* U+10FFFF */
    {"\xf0\x90\x80\x80", "&2ADcAA-"},         /* U+10000 */
};

START_TEST(both_ways)
{
    imap4__arena arena;

    imap4__arena_init(&arena, NULL);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        imap4__buf wire;
        imap4_str name;

        imap4__buf_init(&wire, NULL, 1000);
        ck_assert_int_eq(imap4__utf7_encode(&wire, pairs[i].name, strlen(pairs[i].name)), IMAP4_OK);
        ck_assert_msg(wire.len == strlen(pairs[i].wire) &&
                          (wire.len == 0 || memcmp(wire.data, pairs[i].wire, wire.len) == 0),
                      "%s: %.*s", pairs[i].wire, (int)wire.len, (const char *)wire.data);
        ck_assert_int_eq(imap4__utf7_decode(&arena, pairs[i].wire, strlen(pairs[i].wire), &name), IMAP4_OK);
        ck_assert_msg(imap4__str_eq(name, imap4__str(pairs[i].name)), "%s: %s", pairs[i].wire, name.data);
        ck_assert_int_eq(name.data[name.len], '\0');
        imap4__buf_clear(&wire);
    }
    imap4__arena_clear(&arena);
}
END_TEST

/* Names that are not valid stay as they are. */
static const char *const invalid[] = {
    "&",
    "a&",
    "&Jjo",
    "&Jjo!",
    "&AGEAYg-", /* printable ASCII */
    "&ACY-",    /* `&` itself in base64 */
    "&AOk",
    "&AO-",
    "&A-",
    "&AOkA-",
    "&AOkAA-",
    "&/wA-",
    "&2D0-", /* lone surrogates */
    "&2D0AYQ-",
    "&3gA-",
    "&2D3YPQ-",
    "&Jjo-&Jjo-", /* null shift */
    "a&b",
    "&AOl-", /* bits that should be padding */
    "&AOk=-",
    "&AO k-",
    "&AAA-", /* NUL */
    "Entw\xc3\xbcrfe",
    "&AOk-\xc3\xa9",
    "\xff&AOk-",
    "a\tb&AOk-",
    "&\xc3\xa9-",
    "&AOk-&",
    "&AOk-&AOk",
    "&-&",
    "&AOk\x01-",
    "&ACA-",
    "&AH4-",
};

START_TEST(invalid_names_stay)
{
    imap4__arena arena;
    imap4_str name;

    imap4__arena_init(&arena, NULL);
    for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++) {
        ck_assert_int_eq(imap4__utf7_decode(&arena, invalid[i], strlen(invalid[i]), &name), IMAP4_OK);
        ck_assert_msg(imap4__str_eq(name, imap4__str(invalid[i])), "%s: %s", invalid[i], name.data);
    }
    ck_assert_int_eq(imap4__utf7_decode(&arena, "&A\0Ok-", 6, &name), IMAP4_OK);
    ck_assert(imap4__str_eq(name, imap4__str_n("&A\0Ok-", 6)));
    ck_assert_int_eq(imap4__utf7_decode(&arena, NULL, 0, &name), IMAP4_OK);
    ck_assert_ptr_null(name.data);
    imap4__arena_clear(&arena);
}
END_TEST

START_TEST(what_is_no_name_is_refused)
{
    imap4__buf wire;

    imap4__buf_init(&wire, NULL, 1000);
    imap4__buf_add(&wire, "x", 1);
    ck_assert_int_eq(imap4__utf7_encode(&wire, "caf\xe9", 4), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4__utf7_encode(&wire, "\xed\xa0\x80", 3), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4__utf7_encode(&wire, "a\0b", 3), IMAP4_ERROR_ARGUMENT);
    ck_assert_uint_eq(wire.len, 1);
    imap4__buf_clear(&wire);
}
END_TEST

/* Every character on its own, and each next to its neighbour, comes back. */
START_TEST(every_character_survives)
{
    imap4__arena arena;
    imap4__buf wire;
    uint32_t wrong = 0;

    imap4__arena_init(&arena, NULL);
    imap4__buf_init(&wire, NULL, 1000);
    for (uint32_t c = 1; c < 0x110000; c += c < 0x3000 ? 1 : 61) {
        char text[8];
        size_t len = 0;
        imap4_str name;

        if (c >= 0xd800 && c < 0xe000)
            continue;
        if (c < 0x80) {
            text[len++] = (char)c;
        } else if (c < 0x800) {
            text[len++] = (char)(0xc0 | c >> 6);
            text[len++] = (char)(0x80 | (c & 63));
        } else if (c < 0x10000) {
            text[len++] = (char)(0xe0 | c >> 12);
            text[len++] = (char)(0x80 | (c >> 6 & 63));
            text[len++] = (char)(0x80 | (c & 63));
        } else {
            text[len++] = (char)(0xf0 | c >> 18);
            text[len++] = (char)(0x80 | (c >> 12 & 63));
            text[len++] = (char)(0x80 | (c >> 6 & 63));
            text[len++] = (char)(0x80 | (c & 63));
        }
        memcpy(text + len, "\xc3\xa9&", 3);
        for (size_t more = 0; more <= 3; more += more == 0 ? 2 : 1) {
            wire.len = 0;
            wrong += imap4__utf7_encode(&wire, text, len + more) != IMAP4_OK;
            wrong += imap4__utf7_decode(&arena, (const char *)wire.data, wire.len, &name) != IMAP4_OK;
            wrong += !imap4__str_eq(name, imap4__str_n(text, len + more));
        }
        imap4__arena_reset(&arena, 4096);
    }
    ck_assert_uint_eq(wrong, 0);
    imap4__buf_clear(&wire);
    imap4__arena_clear(&arena);
}
END_TEST

static const struct mailbox_row {
    const char *raw;
    int utf8;
    const char *name;
} mailbox_rows[] = {
    {"inbox", 0, "INBOX"},
    {"InBoX", 1, "INBOX"},
    {"INBOX/x", 0, "INBOX/x"},
    {"inbox/x", 0, "inbox/x"},
    {"Entw&APw-rfe", 0, "Entw\xc3\xbcrfe"},
    {"Entw&APw-rfe", 1, "Entw&APw-rfe"},
    {"a&b", 1, "a&b"},
    {"A&-B", 0, "A&B"},
    {"", 0, ""},
    {NULL, 0, NULL},
    {NULL, 1, NULL},
};

START_TEST(mailbox_names_for_people)
{
    imap4__arena arena;

    imap4__arena_init(&arena, NULL);
    for (size_t i = 0; i < sizeof mailbox_rows / sizeof *mailbox_rows; i++) {
        imap4_str name;

        ck_assert_int_eq(imap4__mailbox_name(&arena, imap4__str(mailbox_rows[i].raw), mailbox_rows[i].utf8, &name),
                         IMAP4_OK);
        ck_assert_msg(imap4__str_eq(name, imap4__str(mailbox_rows[i].name)), "%s", mailbox_rows[i].raw);
    }
    imap4__arena_clear(&arena);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    test_memory memory;
    imap4__arena arena;
    imap4__buf wire;
    imap4_str name;

    test_memory_init(&memory, 1);
    imap4__buf_init(&wire, &memory.allocator, 1000);
    imap4__arena_init(&arena, &memory.allocator);
    ck_assert_int_eq(imap4__utf7_encode(&wire, "\xc3\xa9", 2), IMAP4_ERROR_MEMORY);
    ck_assert_uint_eq(wire.len, 0);
    for (size_t n = 2; n < 5; n++) {
        static const char *const names[] = {"&AOk-", "plain", "inbox"};

        memory.fail_at = n;
        ck_assert_int_eq(imap4__mailbox_name(&arena, imap4__str(names[n - 2]), 0, &name), IMAP4_ERROR_MEMORY);
    }
    ck_assert_uint_eq(memory.live, 0);

    /* in the middle of a name, at the buffer's maximum */
    for (size_t max = 0; max < 9; max++) {
        imap4__buf_init(&wire, NULL, max);
        ck_assert_int_eq(imap4__utf7_encode(&wire, "a\xc3\xa9&b", 5), max < 9 ? IMAP4_ERROR_LIMIT : IMAP4_OK);
        ck_assert_uint_eq(wire.len, 0);
        imap4__buf_clear(&wire);
    }
    /* "&2D3eAA-" */
    for (size_t max = 0; max < 9; max++) {
        imap4__buf_init(&wire, NULL, max);
        ck_assert_int_eq(imap4__utf7_encode(&wire, "\xf0\x9f\x98\x80", 4), max < 8 ? IMAP4_ERROR_LIMIT : IMAP4_OK);
        ck_assert_uint_eq(wire.len, max < 8 ? 0 : 8);
        imap4__buf_clear(&wire);
    }
}
END_TEST

Suite *utf7_suite(void)
{
    const TTest *const tests[] = {
        both_ways,
        invalid_names_stay,
        what_is_no_name_is_refused,
        every_character_survives,
        mailbox_names_for_people,
        every_allocation_may_fail,
        NULL,
    };
    Suite *suite = suite_create("utf7");

    suite_tests(suite, "utf7", tests);
    return suite;
}
