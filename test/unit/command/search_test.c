#include "written.h"

Suite *search_suite(void);

static imap4_search_keys *keys;

static void setup(void)
{
    ck_assert_int_eq(imap4_search_keys_new(&keys, NULL), IMAP4_OK);
}

static void teardown(void)
{
    imap4_search_keys_free(keys);
}

static void again(void)
{
    teardown();
    setup();
}

static void expect_keys(server to, const char *expected)
{
    imap4__arena arena;
    imap4__keys *copy;
    imap4__args args = {0};

    imap4__arena_init(&arena, NULL);
    ck_assert_int_eq(imap4__keys_copy(&arena, keys, &copy), IMAP4_OK);
    args.keys = copy;
    expect(imap4__encode_search, &args, to, expected);
    imap4__arena_clear(&arena);
}

static void text(int key, const char *value)
{
    ck_assert_int_eq(imap4_search_keys_text(keys, key, value, strlen(value)), IMAP4_OK);
}

START_TEST(no_keys_mean_all)
{
    const imap4__args args = {0};

    expect(imap4__encode_search, &args, rev1, " ALL");
    expect_keys(rev1, " ALL");
}
END_TEST

START_TEST(every_key_has_its_form)
{
    static const char *const names[] = {
        NULL,         "ALL",      "ANSWERED", "DELETED",    "DRAFT",     "FLAGGED", "NEW",      "OLD",
        "RECENT",     "SEEN",     "UNANSWERED", "UNDELETED", "UNDRAFT",  "UNFLAGGED", "UNSEEN",
    };
    static const struct {
        int key;
        const char *expected;
    } texts[] = {
        {IMAP4_SEARCH_BCC, " BCC \"x\""},   {IMAP4_SEARCH_BODY, " BODY \"x\""},       {IMAP4_SEARCH_CC, " CC \"x\""},
        {IMAP4_SEARCH_FROM, " FROM \"x\""}, {IMAP4_SEARCH_SUBJECT, " SUBJECT \"x\""},
        {IMAP4_SEARCH_TEXT, " TEXT \"x\""},
        {IMAP4_SEARCH_TO, " TO \"x\""},
    };
    static const struct {
        int key;
        const char *expected;
    } dates[] = {
        {IMAP4_SEARCH_BEFORE, " BEFORE 1-Feb-1994"},         {IMAP4_SEARCH_ON, " ON 1-Feb-1994"},
        {IMAP4_SEARCH_SINCE, " SINCE 1-Feb-1994"},           {IMAP4_SEARCH_SENTBEFORE, " SENTBEFORE 1-Feb-1994"},
        {IMAP4_SEARCH_SENTON, " SENTON 1-Feb-1994"},         {IMAP4_SEARCH_SENTSINCE, " SENTSINCE 1-Feb-1994"},
    };

    for (int key = IMAP4_SEARCH_ALL; key <= IMAP4_SEARCH_UNSEEN; key++) {
        char expected[32];

        again();
        snprintf(expected, sizeof expected, " %s", names[key]);
        ck_assert_int_eq(imap4_search_keys_flag(keys, key), IMAP4_OK);
        expect_keys(rev1, expected);
    }
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        again();
        text(texts[i].key, "x");
        expect_keys(rev1, texts[i].expected);
    }
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        again();
        ck_assert_int_eq(imap4_search_keys_date(keys, dates[i].key, 1994, 2, 1), IMAP4_OK);
        expect_keys(rev1, dates[i].expected);
    }
    again();
    ck_assert_int_eq(imap4_search_keys_keyword(keys, IMAP4_SEARCH_KEYWORD, "$Junk"), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_keyword(keys, IMAP4_SEARCH_UNKEYWORD, "work"), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_size(keys, IMAP4_SEARCH_LARGER, INT64_MAX), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_size(keys, IMAP4_SEARCH_SMALLER, 0), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_header(keys, "X-Odd(", "a\"b", 3), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_header(keys, "List-Id", NULL, 0), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_date(keys, IMAP4_SEARCH_ON, 5, 12, 31), IMAP4_OK);
    expect_keys(rev1, " KEYWORD $Junk UNKEYWORD work LARGER 9223372036854775807 SMALLER 0 "
                      "HEADER \"X-Odd(\" \"a\\\"b\" HEADER List-Id \"\" ON 31-Dec-0005");
}
END_TEST

/* RFC 9051 section 6.4.4: SEARCH FLAGGED SINCE 1-Feb-1994 NOT FROM "Smith" */
START_TEST(example_of_the_rfc)
{
    ck_assert_int_eq(imap4_search_keys_flag(keys, IMAP4_SEARCH_FLAGGED), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_date(keys, IMAP4_SEARCH_SINCE, 1994, 2, 1), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_not(keys), IMAP4_OK);
    text(IMAP4_SEARCH_FROM, "Smith");
    expect_keys(rev1, " FLAGGED SINCE 1-Feb-1994 NOT FROM \"Smith\"");
}
END_TEST

/* The example of search.h. */
START_TEST(groups_are_parenthesised)
{
    text(IMAP4_SEARCH_FROM, "ada");
    ck_assert_int_eq(imap4_search_keys_or(keys), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_flag(keys, IMAP4_SEARCH_UNSEEN), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_open(keys), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_flag(keys, IMAP4_SEARCH_FLAGGED), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_date(keys, IMAP4_SEARCH_SINCE, 2026, 2, 1), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_close(keys), IMAP4_OK);
    expect_keys(rev1, " FROM \"ada\" OR UNSEEN (FLAGGED SINCE 1-Feb-2026)");

    again();
    ck_assert_int_eq(imap4_search_keys_not(keys), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_open(keys), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_open(keys), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_flag(keys, IMAP4_SEARCH_NEW), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_close(keys), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_not(keys), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_not(keys), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_flag(keys, IMAP4_SEARCH_OLD), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_close(keys), IMAP4_OK);
    expect_keys(rev1, " NOT ((NEW) NOT NOT OLD)");
}
END_TEST

START_TEST(sets_are_keys)
{
    imap4_uid_set *uids;
    imap4_seq_set *numbers;

    ck_assert_int_eq(imap4_uid_set_new(&uids, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_seq_set_new(&numbers, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_uid_set_add(uids, 10, IMAP4_SET_STAR), IMAP4_OK);
    ck_assert_int_eq(imap4_seq_set_add(numbers, 2, 4), IMAP4_OK);
    ck_assert_int_eq(imap4_seq_set_add(numbers, 7, 7), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_numbers(keys, numbers, 1), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_not(keys), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_uids(keys, uids), IMAP4_OK);
    expect_keys(rev1, " 2:4,7 NOT UID 10:*");
    imap4_uid_set_free(uids);
    imap4_seq_set_free(numbers);
}
END_TEST

/* RFC 3501 section 6.4.4: SEARCH CHARSET UTF-8 TEXT {6} */
START_TEST(charset_is_named_when_needed)
{
    static const struct {
        const char *charset; /* NULL: none */
        const char *text;
        const char *on_rev1;
        const char *on_rev2;
    } rows[] = {
        {NULL, "a", " TEXT \"a\"", " TEXT \"a\""},
        {NULL, "", " TEXT \"\"", " TEXT \"\""},
        {NULL, "\xc3\xa4", " CHARSET UTF-8 TEXT {2}\r\n<wait>\xc3\xa4", " TEXT \"\xc3\xa4\""},
        {"UTF-8", "a", " CHARSET UTF-8 TEXT \"a\"", " TEXT \"a\""},
        {"utf-8", "\xc3\xa4", " CHARSET utf-8 TEXT {2}\r\n<wait>\xc3\xa4", " TEXT \"\xc3\xa4\""},
        {"ISO-8859-1", "a", " CHARSET ISO-8859-1 TEXT \"a\"", " CHARSET ISO-8859-1 TEXT \"a\""},
        {"ISO-8859-1", "\xe4", " CHARSET ISO-8859-1 TEXT {1}\r\n<wait>\xe4", " CHARSET ISO-8859-1 TEXT {1+}\r\n\xe4"},
        /* Latin-1 that looks like UTF-8 is no UTF-8. */
        {"ISO-8859-1", "\xc3\xa4", " CHARSET ISO-8859-1 TEXT {2}\r\n<wait>\xc3\xa4",
         " CHARSET ISO-8859-1 TEXT {2+}\r\n\xc3\xa4"},
        {"odd name", "a", " CHARSET \"odd name\" TEXT \"a\"", " CHARSET \"odd name\" TEXT \"a\""},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        again();
        if (rows[i].charset != NULL)
            ck_assert_int_eq(imap4_search_keys_charset(keys, rows[i].charset), IMAP4_OK);
        text(IMAP4_SEARCH_TEXT, rows[i].text);
        expect_keys(rev1, rows[i].on_rev1);
        expect_keys(rev2, rows[i].on_rev2);
    }
}
END_TEST

START_TEST(any_text_decides_about_the_charset)
{
    text(IMAP4_SEARCH_FROM, "ada");
    ck_assert_int_eq(imap4_search_keys_header(keys, "X", "\xe2\x82\xac", 3), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_flag(keys, IMAP4_SEARCH_SEEN), IMAP4_OK);
    expect_keys(rev1_plus, " CHARSET UTF-8 FROM \"ada\" HEADER X {3+}\r\n\xe2\x82\xac SEEN");
}
END_TEST

START_TEST(line_ends_go_as_literals)
{
    text(IMAP4_SEARCH_BODY, "a\r\nA1 LOGOUT\r\n");
    ck_assert_int_eq(imap4_search_keys_flag(keys, IMAP4_SEARCH_SEEN), IMAP4_OK);
    expect_keys(rev1, " BODY {14}\r\n<wait>a\r\nA1 LOGOUT\r\n SEEN");
}
END_TEST

START_TEST(unknown_keys_are_refused)
{
    imap4__key key = {.key = 99};
    const imap4__keys list = {.keys = &key, .count = 1};
    const imap4__args args = {.keys = &list};

    expect(imap4__encode_search, &args, rev1, NULL);
}
END_TEST

Suite *search_suite(void)
{
    const TTest *const tests[] = {
        no_keys_mean_all,
        every_key_has_its_form,
        example_of_the_rfc,
        groups_are_parenthesised,
        sets_are_keys,
        charset_is_named_when_needed,
        any_text_decides_about_the_charset,
        line_ends_go_as_literals,
        unknown_keys_are_refused,
        NULL,
    };
    Suite *suite = suite_create("search");

    tcase_add_checked_fixture(suite_tests(suite, "search", tests), setup, teardown);
    return suite;
}
