#include "written.h"

#include "command/argument.h"

Suite *argument_suite(void);

typedef struct row {
    const char *text;
    size_t len;
    int valid;
} row;

#define ROW(text, valid) {text, sizeof(text) - 1, valid}

static void check_rows(int (*valid)(imap4_str), const row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const imap4_str text = {rows[i].text, rows[i].len};

        ck_assert_msg(valid(text) == rows[i].valid, "row %zu: %s", i, rows[i].text);
    }
}

#define CHECK_ROWS(valid, rows) check_rows(valid, rows, sizeof rows / sizeof rows[0])

/* RFC 9051 section 9: ATOM-CHAR, atom-specials. */
START_TEST(atoms_are_atom_chars)
{
    for (int byte = 0; byte < 256; byte++) {
        const char text[1] = {(char)byte};
        const int special = byte <= ' ' || byte >= 0x7f || strchr("(){%*\"\\]", byte) != NULL;

        ck_assert_msg(imap4__valid_atom((imap4_str){text, 1}) == !special, "byte %d", byte);
    }
}
END_TEST

START_TEST(atoms_are_no_nil)
{
    static const row rows[] = {
        ROW("", 0),      ROW("NIL", 0), ROW("nil", 0),  ROW("NILS", 1), ROW("NI", 1),    ROW("$Forwarded", 1),
        ROW("a b", 0),   ROW("a]", 0),  ROW("a\0b", 0), ROW("}", 1),    ROW("a\r\nb", 0), ROW("\xc3\xa4", 0),
    };

    CHECK_ROWS(imap4__valid_atom, rows);
    ck_assert_int_eq(imap4__valid_atom(NIL_STR), 0);
}
END_TEST

/* RFC 5322 section 3.6.8: any printable character but the colon. */
START_TEST(fields_are_printable_without_colon)
{
    for (int byte = 0; byte < 256; byte++) {
        const char text[1] = {(char)byte};

        ck_assert_msg(imap4__valid_field((imap4_str){text, 1}) == (byte >= 33 && byte <= 126 && byte != 58), "byte %d",
                      byte);
    }
    ck_assert_int_eq(imap4__valid_field(STR("")), 0);
    ck_assert_int_eq(imap4__valid_field(NIL_STR), 0);
    ck_assert_int_eq(imap4__valid_field(STR("List-Id")), 1);
    ck_assert_int_eq(imap4__valid_field(STR("Subject:")), 0);
}
END_TEST

START_TEST(charsets_can_be_quoted)
{
    static const row rows[] = {
        ROW("UTF-8", 1),     ROW("ISO-8859-1", 1), ROW("a b", 1), ROW("a\"b", 1), ROW("", 0), ROW("UTF-8\r\n", 0),
        ROW("\xc3\xa4", 0), ROW("a\0", 0),        ROW("1234567890123456789012345678901234567890", 1),
        ROW("12345678901234567890123456789012345678901", 0),
    };

    CHECK_ROWS(imap4__valid_charset, rows);
    ck_assert_int_eq(imap4__valid_charset(NIL_STR), 0);
}
END_TEST

/* section-part = nz-number *("." nz-number), nz-number below 2^32 */
START_TEST(parts_are_numbers_with_dots)
{
    static const row rows[] = {
        ROW("", 1),      ROW("1", 1),   ROW("1.2.10.3", 1), ROW("4294967295", 1), ROW("4294967296", 0), ROW("0", 0),
        ROW("01", 0),    ROW("1.0", 0), ROW("1.02", 0),     ROW(".", 0),          ROW("1.", 0),         ROW(".1", 0),
        ROW("1..2", 0),  ROW("1 ", 0),  ROW("1]", 0),       ROW("a", 0),          ROW("1.TEXT", 0),     ROW("-1", 0),
        ROW("1\0", 0),   ROW("10.4294967295.1", 1),
        ROW("99999999999999999999999999", 0), ROW("1.18446744073709551617", 0),
    };

    CHECK_ROWS(imap4__valid_part, rows);
}
END_TEST

START_TEST(words_are_atoms_where_they_can)
{
    static const struct {
        const char *word;
        const char *expected;
    } rows[] = {
        {"Subject", "Subject"}, {"NIL", "\"NIL\""}, {"X(Y)", "\"X(Y)\""},
        {"X\"\\Y", "\"X\\\"\\\\Y\""}, {"X]", "\"X]\""},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        imap4__emit emit;
        char *text;

        emit_start(&emit, NULL, rev1);
        imap4__emit_word(&emit, (imap4_str){rows[i].word, strlen(rows[i].word)});
        ck_assert_int_eq(emit.result, IMAP4_OK);
        text = shown(&emit);
        ck_assert_str_eq(text, rows[i].expected);
        free(text);
        imap4__emit_clear(&emit);
    }
}
END_TEST

START_TEST(first_refusal_counts)
{
    imap4__emit emit;

    emit_start(&emit, NULL, rev1);
    imap4__emit_refuse(&emit, IMAP4_ERROR_MEMORY);
    imap4__emit_refuse(&emit, IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(emit.result, IMAP4_ERROR_MEMORY);
    imap4__emit_clear(&emit);
}
END_TEST

Suite *argument_suite(void)
{
    const TTest *const tests[] = {
        atoms_are_atom_chars,
        atoms_are_no_nil,
        fields_are_printable_without_colon,
        charsets_can_be_quoted,
        parts_are_numbers_with_dots,
        words_are_atoms_where_they_can,
        first_refusal_counts,
        NULL,
    };
    Suite *suite = suite_create("argument");

    suite_tests(suite, "argument", tests);
    return suite;
}
