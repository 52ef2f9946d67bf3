#include "wire/emit.h"

#include "base/str.h"
#include "support/memory.h"
#include "support/suite.h"

#include <imap4/mailbox.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *emit_suite(void);

static imap4__emit emit;

static void start(void)
{
    imap4__emit_init(&emit, NULL);
}

static void finish(void)
{
    imap4__emit_clear(&emit);
}

static void again(void)
{
    finish();
    start();
}

/* What was written, with marks as <W>, <R3>, <S3>, <secret>, <public> in their places. */
static const char *written(void)
{
    static char text[8192];
    size_t used = 0;
    size_t at = 0;

    for (size_t i = 0; i <= emit.mark_count; i++) {
        size_t to = i < emit.mark_count ? emit.marks[i].at : emit.buf.len;

        ck_assert_uint_ge(to, at);
        used += (size_t)snprintf(text + used, sizeof text - used, "%.*s", (int)(to - at), (char *)emit.buf.data + at);
        at = to;
        if (i == emit.mark_count)
            break;
        switch (emit.marks[i].kind) {
        case IMAP4__MARK_WAIT:
            used += (size_t)snprintf(text + used, sizeof text - used, "<W>");
            break;
        case IMAP4__MARK_REFERENCE:
            used += (size_t)snprintf(text + used, sizeof text - used, "<R%.*s>", (int)emit.marks[i].size,
                                     (const char *)emit.marks[i].data);
            break;
        case IMAP4__MARK_SUPPLY:
            used +=
                (size_t)snprintf(text + used, sizeof text - used, "<S%llu>", (unsigned long long)emit.marks[i].size);
            break;
        default:
            used += (size_t)snprintf(text + used, sizeof text - used, "%s",
                                     emit.marks[i].kind == IMAP4__MARK_SECRET ? "<secret>" : "<public>");
            break;
        }
    }
    return text;
}

#define REFUSED NULL

/* `out` for each of: 7-bit strings, UTF-8 strings; as string and as mailbox. */
static const struct text_row {
    const char *in;
    size_t len;
    const char *string;
    const char *string_utf8;
    const char *mailbox;
    const char *mailbox_utf8;
} text_rows[] = {
#define ROW(in, string, string_utf8, mailbox, mailbox_utf8)                                                            \
    {                                                                                                                  \
        in, sizeof in - 1, string, string_utf8, mailbox, mailbox_utf8                                                  \
    }
    ROW("", "\"\"", "\"\"", "\"\"", "\"\""),
    ROW("abc", "\"abc\"", "\"abc\"", "\"abc\"", "\"abc\""),
    ROW("NIL", "\"NIL\"", "\"NIL\"", "\"NIL\"", "\"NIL\""),
    ROW("a b", "\"a b\"", "\"a b\"", "\"a b\"", "\"a b\""),
    ROW("a\"b\\c", "\"a\\\"b\\\\c\"", "\"a\\\"b\\\\c\"", "\"a\\\"b\\\\c\"", "\"a\\\"b\\\\c\""),
    ROW("\\\"", "\"\\\\\\\"\"", "\"\\\\\\\"\"", "\"\\\\\\\"\"", "\"\\\\\\\"\""),
    ROW("{3}", "\"{3}\"", "\"{3}\"", "\"{3}\"", "\"{3}\""),
    ROW("a%*(b)", "\"a%*(b)\"", "\"a%*(b)\"", "\"a%*(b)\"", "\"a%*(b)\""),
    ROW("a\tb", "\"a\tb\"", "\"a\tb\"", "\"a&AAk-b\"", "\"a\tb\""),
    ROW("a\r\nb NOOP", "{9}\r\n<W>a\r\nb NOOP", "{9}\r\n<W>a\r\nb NOOP", "\"a&AA0ACg-b NOOP\"", REFUSED),
    ROW("a\rb", "{3}\r\n<W>a\rb", "{3}\r\n<W>a\rb", "\"a&AA0-b\"", REFUSED),
    ROW("a\nb", "{3}\r\n<W>a\nb", "{3}\r\n<W>a\nb", "\"a&AAo-b\"", REFUSED),
    ROW("a\0b", REFUSED, REFUSED, REFUSED, REFUSED),
    ROW("caf\xc3\xa9", "{5}\r\n<W>caf\xc3\xa9", "\"caf\xc3\xa9\"", "\"caf&AOk-\"", "\"caf\xc3\xa9\""),
    ROW("caf\xe9", "{4}\r\n<W>caf\xe9", "{4}\r\n<W>caf\xe9", REFUSED, REFUSED),
    ROW("A&B", "\"A&B\"", "\"A&B\"", "\"A&-B\"", "\"A&B\""),
    ROW("INBOX", "\"INBOX\"", "\"INBOX\"", "INBOX", "INBOX"),
    ROW("inBox", "\"inBox\"", "\"inBox\"", "INBOX", "INBOX"),
    ROW("inbox/x", "\"inbox/x\"", "\"inbox/x\"", "\"inbox/x\"", "\"inbox/x\""),
    /* as the server spelled it */
    ROW("\001&Jjo!", "\"\001&Jjo!\"", "\"\001&Jjo!\"", "\"&Jjo!\"", "\"&Jjo!\""),
    ROW("\001a\"b", "\"\001a\\\"b\"", "\"\001a\\\"b\"", "\"a\\\"b\"", "\"a\\\"b\""),
    ROW("\001caf\xe9", "{5}\r\n<W>\001caf\xe9", "{5}\r\n<W>\001caf\xe9", "{4}\r\n<W>caf\xe9", "{4}\r\n<W>caf\xe9"),
    ROW("\001caf\xc3\xa9", "{6}\r\n<W>\001caf\xc3\xa9", "\"\001caf\xc3\xa9\"", "{5}\r\n<W>caf\xc3\xa9",
        "\"caf\xc3\xa9\""),
    ROW("\001a\rb", "{4}\r\n<W>\001a\rb", "{4}\r\n<W>\001a\rb", REFUSED, REFUSED),
    ROW("\001a\nb", "{4}\r\n<W>\001a\nb", "{4}\r\n<W>\001a\nb", REFUSED, REFUSED),
    ROW("\001a\0b", REFUSED, REFUSED, REFUSED, REFUSED),
    ROW("\001", "\"\001\"", "\"\001\"", "\"\"", "\"\""),
#undef ROW
};

static void check_text(const struct text_row *row, int utf8, int mailbox)
{
    const char *by_utf8[2][2] = {{row->string, row->mailbox}, {row->string_utf8, row->mailbox_utf8}};
    const char *expected = by_utf8[utf8][mailbox];

    again();
    emit.utf8 = utf8;
    if (mailbox)
        imap4__emit_mailbox(&emit, imap4__str_n(row->in, row->len));
    else
        imap4__emit_string(&emit, imap4__str_n(row->in, row->len));
    ck_assert_msg(emit.result == (expected == REFUSED ? IMAP4_ERROR_ARGUMENT : IMAP4_OK), "%s", row->in);
    if (expected != REFUSED)
        ck_assert_str_eq(written(), expected);
}

START_TEST(strings_and_mailboxes)
{
    for (size_t i = 0; i < sizeof text_rows / sizeof *text_rows; i++) {
        for (int n = 0; n < 4; n++)
            check_text(&text_rows[i], n & 1, n >> 1);
    }
}
END_TEST

START_TEST(nil)
{
    imap4__emit_nstring(&emit, imap4__str(NULL));
    imap4__emit_nstring(&emit, imap4__str("x"));
    ck_assert_str_eq(written(), "NIL\"x\"");
    imap4__emit_string(&emit, imap4__str(NULL));
    ck_assert_int_eq(emit.result, IMAP4_ERROR_ARGUMENT);
    again();
    imap4__emit_mailbox(&emit, imap4__str(NULL));
    ck_assert_int_eq(emit.result, IMAP4_ERROR_ARGUMENT);
}
END_TEST

START_TEST(long_strings_are_literals)
{
    char text[1002];

    memset(text, 'x', sizeof text);
    imap4__emit_string(&emit, imap4__str_n(text, 1000));
    ck_assert_uint_eq(emit.buf.len, 1002);
    ck_assert_uint_eq(emit.mark_count, 0);
    again();
    imap4__emit_string(&emit, imap4__str_n(text, 1001));
    ck_assert_mem_eq(emit.buf.data, "{1001}\r\nxx", 10);
    ck_assert_uint_eq(emit.mark_count, 1);
    again();
    imap4__emit_mailbox(&emit, imap4__str_n(text, 1001));
    ck_assert_mem_eq(emit.buf.data, "{1001}\r\nxx", 10);
}
END_TEST

static const struct literal_row {
    int literals;
    uint64_t size;
    const char *out;
} literal_rows[] = {
    {IMAP4__LITERALS_SYNC, 0, "{0}\r\n<W><S0>"},
    {IMAP4__LITERALS_SYNC, 1, "{1}\r\n<W><S1>"},
    {IMAP4__LITERALS_MINUS, 0, "{0+}\r\n<S0>"},
    {IMAP4__LITERALS_MINUS, 4096, "{4096+}\r\n<S4096>"},
    {IMAP4__LITERALS_MINUS, 4097, "{4097}\r\n<W><S4097>"},
    {IMAP4__LITERALS_PLUS, 4097, "{4097+}\r\n<S4097>"},
    {IMAP4__LITERALS_PLUS, UINT64_MAX, "{18446744073709551615+}\r\n<S18446744073709551615>"},
};

START_TEST(literals_wait_or_do_not)
{
    for (size_t i = 0; i < sizeof literal_rows / sizeof *literal_rows; i++) {
        again();
        emit.literals = literal_rows[i].literals;
        imap4__emit_literal_supply(&emit, literal_rows[i].size);
        ck_assert_str_eq(written(), literal_rows[i].out);
    }
    again();
    imap4__emit_literal(&emit, "a\r\nb", 4);
    imap4__emit_raw(&emit, " ");
    imap4__emit_literal_reference(&emit, "abc", 3);
    imap4__emit_raw(&emit, " ");
    emit.literals = IMAP4__LITERALS_PLUS;
    imap4__emit_literal_reference(&emit, NULL, 0);
    imap4__emit_raw(&emit, "\r\n");
    ck_assert_str_eq(written(), "{4}\r\n<W>a\r\nb {3}\r\n<W><Rabc> {0+}\r\n\r\n");
    ck_assert_int_eq(emit.result, IMAP4_OK);
    imap4__emit_literal(&emit, "a\0b", 3);
    ck_assert_int_eq(emit.result, IMAP4_ERROR_ARGUMENT);
    again();
    imap4__emit_literal_reference(&emit, "a\0b", 3);
    ck_assert_int_eq(emit.result, IMAP4_ERROR_ARGUMENT);
}
END_TEST

START_TEST(atoms)
{
    for (int c = 0; c < 256; c++) {
        /* RFC 9051 section 9, ATOM-CHAR */
        const char name[] = {'x', (char)c, 'y'};
        int allowed = c > 0x20 && c < 0x7f && strchr("(){%*\"\\]", c) == NULL;

        again();
        imap4__emit_atom(&emit, imap4__str_n(name, 3));
        ck_assert_msg(emit.result == (allowed ? IMAP4_OK : IMAP4_ERROR_ARGUMENT), "%d", c);
    }
    static const char *const refused[] = {"", "NIL", "nil", NULL};
    for (int i = 0; i < 4; i++) {
        again();
        imap4__emit_atom(&emit, imap4__str(refused[i]));
        ck_assert_int_eq(emit.result, IMAP4_ERROR_ARGUMENT);
    }
    again();
    imap4__emit_atom(&emit, imap4__str("NILs"));
    ck_assert_str_eq(written(), "NILs");
}
END_TEST

START_TEST(flags)
{
    const imap4_str keywords[] = {{"$Forwarded", 10}, {"\\Custom", 7}, {"seen", 4}};
    static const char *const refused[] = {"a b",      "",         "\\",  "NIL", "x)",    "x\r\ny",
                                          "\\Recent", "\\recent", "\\*", "*",   "\\\\a", NULL};

    imap4__emit_flags(&emit, 0, NULL, 0);
    imap4__emit_flags(&emit, IMAP4_FLAG_DELETED | IMAP4_FLAG_SEEN, NULL, 0);
    imap4__emit_flags(&emit, IMAP4_FLAG_DRAFT, keywords, 3);
    imap4__emit_flags(&emit, 31, keywords, 1);
    ck_assert_int_eq(emit.result, IMAP4_OK);
    ck_assert_str_eq(written(), "()(\\Seen \\Deleted)(\\Draft $Forwarded \\Custom seen)"
                                "(\\Seen \\Answered \\Flagged \\Deleted \\Draft $Forwarded)");
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        imap4_str keyword = imap4__str(refused[i]);

        again();
        imap4__emit_flags(&emit, 0, &keyword, 1);
        ck_assert_msg(emit.result == IMAP4_ERROR_ARGUMENT, "%s", refused[i]);
    }
    for (uint32_t bit = 32; bit != 0; bit <<= 1) {
        again();
        imap4__emit_flags(&emit, bit, NULL, 0);
        ck_assert_int_eq(emit.result, IMAP4_ERROR_ARGUMENT);
    }
}
END_TEST

START_TEST(numbers_and_sets)
{
    imap4__set *set = NULL;

    imap4__emit_number(&emit, 0);
    imap4__emit_raw(&emit, " ");
    imap4__emit_number(&emit, UINT64_MAX);
    imap4__emit_raw(&emit, " ");
    imap4__set_new(&set, NULL);
    imap4__set_parse(set, "9,1:5,7,20,*", 12);
    imap4__emit_set(&emit, set);
    imap4__set_parse(set, "11:*", 4);
    imap4__emit_bytes(&emit, " ", 1);
    imap4__emit_set(&emit, set);
    ck_assert_str_eq(written(), "0 18446744073709551615 1:5,7,9,20,* 1:5,7,9,11:*");
    imap4__set_free(set);
    imap4__set_new(&set, NULL);
    imap4__emit_set(&emit, set);
    ck_assert_int_eq(emit.result, IMAP4_ERROR_ARGUMENT);
    again();
    imap4__emit_set(&emit, NULL);
    ck_assert_int_eq(emit.result, IMAP4_ERROR_ARGUMENT);
    imap4__set_free(set);
}
END_TEST

START_TEST(dates)
{
    static const imap4_date good[] = {
        {0, 0, 1996, 7, 17, 2, 44, 25, -420},
        {0, 0, 1994, 2, 7, 21, 52, 25, -480},
        {0, 0, 5, 12, 31, 0, 0, 60, 330},
    };
    static const imap4_date bad[] = {
        {0, 1, 1996, 2, 30, 2, 44, 25, 0}, {0, 1, 10000, 1, 1, 0, 0, 0, 0}, {0, 1, -1, 1, 1, 0, 0, 0, 0},
        {0, 1, 1996, 0, 1, 0, 0, 0, 0},    {0, 1, 1996, 13, 1, 0, 0, 0, 0}, {0, 1, 1996, 1, 1, 0, 0, 0, 1440},
        {0, 1, 1996, 1, 0, 0, 0, 0, 0},    {0, 1, 1996, 1, 1, -1, 0, 0, 0}, {0, 1, 1996, 1, 1, 0, 0, 61, 0},
    };

    for (size_t i = 0; i < 3; i++)
        imap4__emit_date_time(&emit, &good[i]);
    imap4__emit_date(&emit, 1994, 2, 1);
    imap4__emit_date(&emit, 2000, 2, 29);
    ck_assert_str_eq(written(), "\"17-Jul-1996 02:44:25 -0700\"\" 7-Feb-1994 21:52:25 -0800\""
                                "\"31-Dec-0005 00:00:60 +0530\"1-Feb-199429-Feb-2000");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        again();
        imap4__emit_date_time(&emit, &bad[i]);
        ck_assert_int_eq(emit.result, IMAP4_ERROR_ARGUMENT);
    }
    again();
    imap4__emit_date_time(&emit, NULL);
    ck_assert_int_eq(emit.result, IMAP4_ERROR_ARGUMENT);
    again();
    imap4__emit_date(&emit, 1900, 2, 29);
    ck_assert_int_eq(emit.result, IMAP4_ERROR_ARGUMENT);
}
END_TEST

START_TEST(secrets_are_marked)
{
    imap4__emit_raw(&emit, "LOGIN ");
    imap4__emit_string(&emit, imap4__str("ada"));
    imap4__emit_raw(&emit, " ");
    imap4__emit_secret(&emit, 1);
    imap4__emit_string(&emit, imap4__str("s\xc3\xa9same"));
    imap4__emit_secret(&emit, 0);
    imap4__emit_raw(&emit, "\r\n");
    ck_assert_str_eq(written(), "LOGIN \"ada\" <secret>{7}\r\n<W>s\xc3\xa9same<public>\r\n");
}
END_TEST

START_TEST(first_error_stays_and_stops)
{
    imap4__emit_raw(&emit, "A");
    imap4__emit_atom(&emit, imap4__str(""));
    imap4__emit_raw(&emit, "B");
    imap4__emit_literal_supply(&emit, 7);
    imap4__emit_secret(&emit, 1);
    ck_assert_int_eq(emit.result, IMAP4_ERROR_ARGUMENT);
    ck_assert_str_eq(written(), "A");
    emit.result = IMAP4_ERROR_LIMIT;
    imap4__emit_atom(&emit, imap4__str(""));
    imap4__emit_string(&emit, imap4__str("x"));
    imap4__emit_set(&emit, NULL);
    ck_assert_int_eq(emit.result, IMAP4_ERROR_LIMIT);
    ck_assert_str_eq(written(), "A");
}
END_TEST

/* Never gives back what holds a password. */
static size_t dirty;

static void check_release(void *user, void *memory)
{
    (void)user;
    if (memcmp(memory, "LOGIN", 5) == 0)
        dirty++;
    free(memory);
}

static void *plain_allocate(void *user, size_t size)
{
    (void)user;
    return calloc(1, size < 8 ? 8 : size);
}

static void *check_reallocate(void *user, void *memory, size_t size)
{
    (void)user;
    if (memcmp(memory, "LOGIN", 5) == 0)
        dirty++; /* realloc leaves a copy behind */
    return realloc(memory, size);
}

START_TEST(buffer_is_wiped)
{
    imap4_allocator mem = {plain_allocate, check_reallocate, check_release, NULL};

    finish();
    imap4__emit_init(&emit, &mem);
    imap4__emit_raw(&emit, "LOGIN password");
    for (int i = 0; i < 1000; i++)
        imap4__emit_string(&emit, imap4__str("more"));
    imap4__emit_clear(&emit);
    ck_assert_uint_eq(dirty, 0);
    ck_assert_ptr_null(emit.buf.data);
    ck_assert_ptr_null(emit.marks);
    ck_assert_uint_eq(emit.mark_count, 0);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    test_memory memory;
    size_t n = 0;

    do {
        const imap4_str keyword = {"key", 3};

        finish();
        test_memory_init(&memory, ++n);
        imap4__emit_init(&emit, &memory.allocator);
        for (int i = 0; i < 30; i++) {
            imap4__emit_mailbox(&emit, imap4__str("caf\xc3\xa9"));
            imap4__emit_literal(&emit, "data", 4);
            imap4__emit_flags(&emit, 1, &keyword, 1);
            imap4__emit_secret(&emit, i % 2);
        }
        ck_assert_int_eq(emit.result, memory.failed ? IMAP4_ERROR_MEMORY : IMAP4_OK);
        imap4__emit_clear(&emit);
        ck_assert_uint_eq(memory.live, 0);
    } while (memory.failed > 0);
    ck_assert_uint_gt(n, 30);
}
END_TEST

/* More marks than there can be memory for. */
START_TEST(marks_do_not_overflow)
{
    finish();
    imap4__emit_init(&emit, NULL);
    emit.mark_count = emit.mark_capacity = SIZE_MAX / (2 * sizeof(imap4__mark)) + 2;
    imap4__emit_literal_supply(&emit, 5);
    ck_assert_int_eq(emit.result, IMAP4_ERROR_MEMORY);
    emit.mark_count = emit.mark_capacity = 0;
}
END_TEST

Suite *emit_suite(void)
{
    const TTest *const tests[] = {
        strings_and_mailboxes,
        nil,
        long_strings_are_literals,
        literals_wait_or_do_not,
        atoms,
        flags,
        numbers_and_sets,
        dates,
        secrets_are_marked,
        first_error_stays_and_stops,
        buffer_is_wiped,
        marks_do_not_overflow,
        every_allocation_may_fail,
        NULL,
    };
    Suite *suite = suite_create("emit");

    tcase_add_checked_fixture(suite_tests(suite, "emit", tests), start, finish);
    return suite;
}
