#include "grammar/fetch.h"
#include "grammar/item.h"
#include "grammar/section.h"
#include "starve.h"
#include "support/suite.h"

Suite *section_suite(void);

START_TEST(sections)
{
    static const row rows[] = {
        {"* 1 FETCH (BODY[] {3}\r\na\"b)", "FETCH 1 BODY[]='a\"b'"},
        {"* 1 FETCH (BODY[] {0}\r\n UID 5)", "FETCH 1 UID=5 BODY[]=''"},
        {"* 1 FETCH (BODY[HEADER] \"x\" BODY[TEXT] \"y\")", "FETCH 1 BODY[HEADER]='x' BODY[TEXT]='y'"},
        {"* 1 FETCH (BODY[1.2.MIME] \"x\" BODY[3.HEADER] \"y\" BODY[4] NIL)",
         "FETCH 1 BODY[1.2.MIME]='x' BODY[3.HEADER]='y' BODY[4]=NIL"},
        {"* 1 FETCH (body[header.fields (from \"To\" {2}\r\nCC)] \"x\")",
         "FETCH 1 BODY[HEADER.FIELDS ('from' 'To' 'CC')]='x'"},
        {"* 1 FETCH (BODY[2.HEADER.FIELDS.NOT (\"a]b\" \"c)d\")] \"x\")",
         "FETCH 1 BODY[2.HEADER.FIELDS.NOT ('a]b' 'c)d')]='x'"},
        {"* 1 FETCH (BODY[HEADER.FIELDS(From)] \"x\")", "FETCH 1 BODY[HEADER.FIELDS ('From')]='x'"},
        {"* 1 FETCH (BODY[HEADER.FIELDS ()] \"x\")", "FETCH 1 BODY[HEADER.FIELDS]='x'"},
        {"* 1 FETCH (BODY[]<0> \"x\" BODY[TEXT]<5> \"\")", "FETCH 1 BODY[]<0>='x' BODY[TEXT]<5>=''"},
        {"* 1 FETCH (BODY[1]<393216> {0}\r\n)", "FETCH 1 BODY[1]<393216>=''"},
        {"* 1 FETCH (BODY[]<0.100> \"x\")", "FETCH 1 BODY[]<0>='x'"},
        {"* 1 FETCH (BODY.PEEK[] \"x\")", "FETCH 1 BODY[]='x'"},
        {"* 1 FETCH (BINARY[1.2]<7> ~{3}\r\na\x01z)", "FETCH 1 BINARY[1.2]<7>='a<01>z'"},
        {"* 1 FETCH (BINARY[] \"x\")", "FETCH 1 BINARY[]='x'"},
        {"* 1 FETCH (RFC822 \"x\" RFC822.HEADER \"y\" RFC822.TEXT NIL)",
         "FETCH 1 rev1=700 BODY[]='x' BODY[HEADER]='y' BODY[TEXT]=NIL"},
        {"* 1 FETCH (RFC822[] \"x\" RFC822.HEADER[]<0> \"y\" UID 5)",
         "FETCH 1 UID=5 rev1=300 BODY[]='x' BODY[HEADER]<0>='y'"},
        {"* 1 FETCH (RFC822[1] \"x\" UID[] 7 UID 5)", "FETCH 1 UID=5 RFC822[1]:'x' UID[]:#7"},
        /* two of a kind stay two, in order */
        {"* 1 FETCH (BODY[1] \"x\" BODY[1] \"y\")", "FETCH 1 BODY[1]='x' BODY[1]='y'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(odd_values)
{
    static const row rows[] = {
        /* Yandex: no value */
        {"* 1 FETCH (UID 5 BODY[2] )", "FETCH 1 UID=5 BODY[2]=NIL"},
        {"* 1 FETCH (UID 5 BODY[2])", "FETCH 1 UID=5 BODY[2]=NIL"},
        {"* 1 FETCH (BODY[2] () UID 5)", "FETCH 1 UID=5 BODY[2]=NIL"},
        {"* 1 FETCH (BODY[2] atom UID 5)", "FETCH 1 UID=5 BODY[2]='atom'"},
        /* a literal that was counted two bytes short */
        {"* 1 FETCH (BODY[] {3}\r\nabc\r\n UID 5)", "FETCH 1 UID=5 BODY[]='abc'"},
        {"* 1 FETCH (BODY[] {3}\r\nabc\r\n)", "FETCH 1 BODY[]='abc'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(what_is_not_all_there)
{
    /* One literal that went out as a stream, one that was cut to 4 bytes, one that was collected. */
    static const char bytes[] = "* 1 FETCH (BODY[1] {500}\r\n BODY[2] {99}\r\nabcd BODY[3] {2}\r\nxy UID 5)";
    static line found;
    imap4__hole holes[] = {{.size = 500, .streamed = 1}, {.present = 4, .size = 99}};
    reply r;

    holes[0].at = (size_t)(strstr(bytes, " BODY[2]") - bytes);
    holes[1].at = (size_t)(strstr(bytes, "abcd") - bytes);
    reply_init(&r, bytes, sizeof bytes - 1, NULL);
    r.cursor.holes = holes;
    r.cursor.hole_count = 2;
    reply_read(&r);
    describe(&found, &r);
    ck_assert_str_eq(found.text, "FETCH 1 UID=5 BODY[1]=NIL/500 streamed BODY[2]='abcd'/99 truncated BODY[3]='xy'");
    reply_clear(&r);
}
END_TEST

static void read_name(const char *name, int expected, size_t rest)
{
    imap4_section section;
    size_t len = strlen(name);
    imap4__cursor skip;
    reply r;

    reply_init(&r, name, len, NULL);
    skip = r.cursor;
    memset(&section, 0, sizeof section);
    ck_assert_int_eq(imap4__section_read(&r.cursor, &section), expected);
    ck_assert_uint_eq((size_t)(r.cursor.end - r.cursor.at), expected == 1 ? rest : len);
    if (strchr(name, '\n') != NULL)
        expected = 0; /* a name with a literal is not passed over */
    ck_assert_int_eq(imap4__section_skip(&skip), expected);
    ck_assert_uint_eq((size_t)(skip.end - skip.at), expected == 1 ? rest : len);
    reply_clear(&r);
}

START_TEST(names_alone)
{
    read_name("BODY[]", 1, 0);
    read_name("BODY[] {5}", 1, 4);
    read_name("BODY[1.2.HEADER.FIELDS (a \"b]\\\")\" c)]<5> x", 1, 2);
    read_name("RFC822 x", 1, 2);
    read_name("RFC822.HEADER", 1, 0);
    read_name("BODY[HEADER.FIELDS ({1}\r\na)] x", 1, 2);
    read_name("BODY", 0, 0);
    read_name("BODYSTRUCTURE", 0, 0);
    read_name("RFC822.SIZE", 0, 0);
    read_name("BINARY.SIZE[1]", 0, 0);
    read_name("X[1]", 0, 0);
    read_name("BODY[", 0, 0);
    read_name("BODY[1", 0, 0);
    read_name("BODY[1.", 0, 0);
    read_name("BODY[1..2.TEXT]", 1, 0);
    read_name("BODY[.1]", 0, 0);
    read_name("BODY[ 1.MIME ]<7.9>", 1, 0);
    read_name("BODY[]<7.>", 0, 0);
    read_name("BODY[]<7.x>", 0, 0);
    read_name("RFC822<7> x", 1, 2);
    read_name("RFC822<x", 0, 0);
    read_name("RFC822.TEXT[] x", 1, 2);
    read_name("RFC822[1]", 0, 0);
    read_name("BODY[HEADER.FIELDS (a\\ \"(\" b)]", 1, 0);
    read_name("BODY[HEADER.FIELDS (a (b))]", 0, 0);
    read_name("BODY[HEADER.FIELDS (\"a\\", 0, 0);
    read_name("BODY[HEADER.FIELDS (a\nb)]", 1, 0);
    read_name("BODY[HEADER.FIELDS ({2}\r\na)]", 0, 0);
    read_name("BODY[HEADER.FIELDS (a", 0, 0);
    read_name("BODY[HEADER.FIELDS (a)", 0, 0);
    read_name("BODY[NO]", 0, 0);
    read_name("BODY[]<", 0, 0);
    read_name("BODY[]<x>", 0, 0);
    read_name("BODY[]<5", 0, 0);
    read_name("", 0, 0);
}
END_TEST

/* Names are no longer than commands are, so that brackets without an end cost no more than that. */
START_TEST(long_names)
{
    const struct {
        size_t fill;
        int expected;
    } rows[] = {{100, 1}, {IMAP4__ITEM_NAME_MAX - 20, 1}, {IMAP4__ITEM_NAME_MAX + 20, 0}};
    static char name[2 * IMAP4__ITEM_NAME_MAX];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t len = (size_t)sprintf(name, "BODY[HEADER.FIELDS ({1}\r\na ");

        memset(name + len, 'x', rows[i].fill);
        strcpy(name + len + rows[i].fill, ")]");
        read_name(name, rows[i].expected, 0);
    }
}
END_TEST

static void read_part(const char *name, int expected, size_t rest, const char *part)
{
    imap4_str found = {NULL, 0};
    reply r;

    reply_init(&r, name, strlen(name), NULL);
    ck_assert_int_eq(imap4__section_part_read(&r.cursor, &found), expected);
    ck_assert_uint_eq((size_t)(r.cursor.end - r.cursor.at), expected == 1 ? rest : strlen(name));
    if (expected == 1)
        ck_assert_str_eq(found.data, part);
    reply_clear(&r);
}

START_TEST(parts_alone)
{
    read_part("BINARY.SIZE[1.2] 5", 1, 2, "1.2");
    read_part("BINARY.SIZE[]", 1, 0, "");
    read_part("X[3]", 1, 0, "3");
    read_part("BINARY.SIZE", 0, 0, NULL);
    read_part("BINARY.SIZE[1", 0, 0, NULL);
    read_part("BINARY.SIZE[1.TEXT]", 0, 0, NULL);
}
END_TEST

/* What skips and reads differently would send a stream to the wrong section. */
START_TEST(field_lists_that_are_none)
{
    static const row rows[] = {
        {"* 1 FETCH (BODY[HEADER.FIELDS ({1}\r\na (b))] \"x\" UID 5)", "FETCH 1 !2 FETCH BODY[] @11"},
    };
    CHECK_ROWS(rows);
    check_limited("* 1 FETCH (UID 5 BODY[HEADER.FIELDS (a b)] x)", 2,
                  "FETCH 1 UID=5 BODY[HEADER.FIELDS ('a' 'b')]='x'");
    check_limited("* 1 FETCH (UID 5 BODY[HEADER.FIELDS (a b c)] x)", 2, "FETCH 1 UID=5 !2 FETCH BODY[] @17");
}
END_TEST

START_TEST(texts_have_names)
{
    ck_assert_str_eq(imap4_section_text_name(IMAP4_SECTION_ALL), "");
    ck_assert_str_eq(imap4_section_text_name(IMAP4_SECTION_HEADER), "HEADER");
    ck_assert_str_eq(imap4_section_text_name(IMAP4_SECTION_HEADER_FIELDS), "HEADER.FIELDS");
    ck_assert_str_eq(imap4_section_text_name(IMAP4_SECTION_HEADER_FIELDS_NOT), "HEADER.FIELDS.NOT");
    ck_assert_str_eq(imap4_section_text_name(IMAP4_SECTION_TEXT), "TEXT");
    ck_assert_str_eq(imap4_section_text_name(IMAP4_SECTION_MIME), "MIME");
    ck_assert_ptr_null(imap4_section_text_name(6));
    ck_assert_ptr_null(imap4_section_text_name(-1));
}
END_TEST

Suite *section_suite(void)
{
    const TTest *const tests[] = {sections,   odd_values,  what_is_not_all_there,     names_alone,
                                  long_names, parts_alone, field_lists_that_are_none, texts_have_names,
                                  NULL};
    Suite *suite = suite_create("section");

    suite_tests(suite, "section", tests);
    return suite;
}
