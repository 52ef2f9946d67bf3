#include "written.h"

Suite *fetch_suite(void);

static imap4__range ranges[] = {{2, 4}};
static const imap4__set set = {.ranges = ranges, .count = 1};
static imap4_fetch_items *items;

static void setup(void)
{
    ck_assert_int_eq(imap4_fetch_items_new(&items, NULL), IMAP4_OK);
}

static void teardown(void)
{
    imap4_fetch_items_free(items);
}

static void expect_items(server to, const char *expected)
{
    imap4__arena arena;
    imap4__items *copy;
    imap4__args args = {.set = &set};

    imap4__arena_init(&arena, NULL);
    ck_assert_int_eq(imap4__items_copy(&arena, items, &copy), IMAP4_OK);
    args.fetch = copy;
    expect(imap4__encode_fetch, &args, to, expected);
    imap4__arena_clear(&arena);
}

static void section(const char *part, int text, int mode)
{
    ck_assert_int_eq(imap4_fetch_items_section(items, part, text, mode), IMAP4_OK);
}

static void field(const char *name)
{
    ck_assert_int_eq(imap4_fetch_items_field(items, name), IMAP4_OK);
}

START_TEST(items_have_names)
{
    static const struct {
        uint32_t items;
        const char *on_rev1;
        const char *on_rev2;
    } rows[] = {
        {IMAP4_FETCH_UID, " 2:4 (UID)", " 2:4 (UID)"},
        {IMAP4_FETCH_FLAGS, " 2:4 (FLAGS)", " 2:4 (FLAGS)"},
        {IMAP4_FETCH_INTERNALDATE, " 2:4 (INTERNALDATE)", " 2:4 (INTERNALDATE)"},
        {IMAP4_FETCH_RFC822_SIZE, " 2:4 (RFC822.SIZE)", " 2:4 (RFC822.SIZE)"},
        {IMAP4_FETCH_ENVELOPE, " 2:4 (ENVELOPE)", " 2:4 (ENVELOPE)"},
        {IMAP4_FETCH_BODY, " 2:4 (BODY)", " 2:4 (BODY)"},
        {IMAP4_FETCH_BODYSTRUCTURE, " 2:4 (BODYSTRUCTURE)", " 2:4 (BODYSTRUCTURE)"},
        /* RFC 3501 section 6.4.5 says what each is equivalent to. */
        {IMAP4_FETCH_RFC822, " 2:4 (RFC822)", " 2:4 (BODY[])"},
        {IMAP4_FETCH_RFC822_HEADER, " 2:4 (RFC822.HEADER)", " 2:4 (BODY.PEEK[HEADER])"},
        {IMAP4_FETCH_RFC822_TEXT, " 2:4 (RFC822.TEXT)", " 2:4 (BODY[TEXT])"},
        /* The macros of RFC 9051 section 6.4.5, and what is almost one. */
        {IMAP4_FETCH_ALL, " 2:4 ALL", " 2:4 ALL"},
        {IMAP4_FETCH_FAST, " 2:4 FAST", " 2:4 FAST"},
        {IMAP4_FETCH_FULL, " 2:4 FULL", " 2:4 FULL"},
        {IMAP4_FETCH_FAST | IMAP4_FETCH_UID, " 2:4 (UID FLAGS INTERNALDATE RFC822.SIZE)",
         " 2:4 (UID FLAGS INTERNALDATE RFC822.SIZE)"},
        {IMAP4_FETCH_FAST | IMAP4_FETCH_BODY, " 2:4 (FLAGS INTERNALDATE RFC822.SIZE BODY)",
         " 2:4 (FLAGS INTERNALDATE RFC822.SIZE BODY)"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        imap4_fetch_items_free(items);
        setup();
        ck_assert_int_eq(imap4_fetch_items_add(items, rows[i].items), IMAP4_OK);
        expect_items(rev1, rows[i].on_rev1);
        expect_items(rev2, rows[i].on_rev2);
    }
}
END_TEST

START_TEST(sections_have_names)
{
    static const struct {
        const char *part;
        int text;
        int mode;
        const char *expected;
    } rows[] = {
        /* The part numbers of RFC 9051 section 6.4.5.1. */
        {"", IMAP4_SECTION_ALL, 0, " 2:4 (BODY.PEEK[])"},
        {"", IMAP4_SECTION_ALL, IMAP4_SECTION_SET_SEEN, " 2:4 (BODY[])"},
        {"", IMAP4_SECTION_ALL, IMAP4_SECTION_SET_SEEN | IMAP4_SECTION_STREAM, " 2:4 (BODY[])"},
        {"", IMAP4_SECTION_HEADER, IMAP4_SECTION_STREAM, " 2:4 (BODY.PEEK[HEADER])"},
        {"", IMAP4_SECTION_TEXT, 0, " 2:4 (BODY.PEEK[TEXT])"},
        {"1", IMAP4_SECTION_ALL, 0, " 2:4 (BODY.PEEK[1])"},
        {"3", IMAP4_SECTION_HEADER, 0, " 2:4 (BODY.PEEK[3.HEADER])"},
        {"4.1", IMAP4_SECTION_MIME, 0, " 2:4 (BODY.PEEK[4.1.MIME])"},
        {"4.2.2.1", IMAP4_SECTION_TEXT, IMAP4_SECTION_SET_SEEN, " 2:4 (BODY[4.2.2.1.TEXT])"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        imap4_fetch_items_free(items);
        setup();
        section(rows[i].part, rows[i].text, rows[i].mode);
        expect_items(rev1, rows[i].expected);
    }
}
END_TEST

/* RFC 9051 section 6.4.5: A654 FETCH 2:4 (FLAGS BODY[HEADER.FIELDS (DATE FROM)]) */
START_TEST(fields_stand_in_a_list)
{
    ck_assert_int_eq(imap4_fetch_items_add(items, IMAP4_FETCH_FLAGS), IMAP4_OK);
    section("", IMAP4_SECTION_HEADER_FIELDS, IMAP4_SECTION_SET_SEEN);
    field("DATE");
    field("FROM");
    expect_items(rev1, " 2:4 (FLAGS BODY[HEADER.FIELDS (DATE FROM)])");
    section("3.1", IMAP4_SECTION_HEADER_FIELDS_NOT, 0);
    field("x-Odd(\"Name\")");
    field("NIL");
    ck_assert_int_eq(imap4_fetch_items_partial(items, 100, 2048), IMAP4_OK);
    expect_items(rev1, " 2:4 (FLAGS BODY[HEADER.FIELDS (DATE FROM)] "
                       "BODY.PEEK[3.1.HEADER.FIELDS.NOT (\"x-Odd(\\\"Name\\\")\" \"NIL\")]<100.2048>)");
}
END_TEST

/* RFC 9051 section 6.4.5: BODY[]<0.2048> */
START_TEST(partials_have_origin_and_count)
{
    section("", IMAP4_SECTION_ALL, 0);
    ck_assert_int_eq(imap4_fetch_items_partial(items, 0, 2048), IMAP4_OK);
    section("1", IMAP4_SECTION_ALL, IMAP4_SECTION_SET_SEEN);
    ck_assert_int_eq(imap4_fetch_items_partial(items, 4294967295, 4294967295), IMAP4_OK);
    expect_items(rev1, " 2:4 (BODY.PEEK[]<0.2048> BODY[1]<4294967295.4294967295>)");
}
END_TEST

START_TEST(macros_stand_alone)
{
    ck_assert_int_eq(imap4_fetch_items_add(items, IMAP4_FETCH_ALL), IMAP4_OK);
    section("", IMAP4_SECTION_ALL, 0);
    expect_items(rev1, " 2:4 (FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODY.PEEK[])");
}
END_TEST

START_TEST(set_and_items_are_needed)
{
    const imap4__items none = {0};
    const imap4__items some = {.mask = IMAP4_FETCH_UID};
    imap4__args args = {.set = &set};

    expect(imap4__encode_fetch, &args, rev1, NULL);
    args.fetch = &none;
    expect(imap4__encode_fetch, &args, rev1, NULL);
    args.fetch = &some;
    expect(imap4__encode_fetch, &args, rev1, " 2:4 (UID)");
    args.set = NULL;
    expect(imap4__encode_fetch, &args, rev1, NULL);
}
END_TEST

Suite *fetch_suite(void)
{
    const TTest *const tests[] = {
        items_have_names,
        sections_have_names,
        fields_stand_in_a_list,
        partials_have_origin_and_count,
        macros_stand_alone,
        set_and_items_are_needed,
        NULL,
    };
    Suite *suite = suite_create("fetch");

    tcase_add_checked_fixture(suite_tests(suite, "fetch", tests), setup, teardown);
    return suite;
}
