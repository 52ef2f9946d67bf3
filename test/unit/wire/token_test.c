#include "base/str.h"
#include "reading.h"
#include "support/memory.h"
#include "support/suite.h"
#include "wire/scan.h"

#include <stdint.h>

Suite *token_suite(void);

#define TEXT(text) text, sizeof text - 1

START_TEST(single_bytes)
{
    reading r;

    reading_start(&r, TEXT("a \xff"), NULL);
    ck_assert_int_eq(imap4__peek(&r.cur), 'a');
    ck_assert_int_eq(imap4__take(&r.cur, 'b'), 0);
    ck_assert_uint_eq(reading_at(&r), 0);
    ck_assert_int_eq(imap4__take(&r.cur, 'a'), 1);
    ck_assert_int_eq(imap4__take(&r.cur, ' '), 1);
    ck_assert_int_eq(imap4__peek(&r.cur), 0xff);
    ck_assert_int_eq(imap4__take(&r.cur, '\xff'), 1);
    ck_assert_int_eq(imap4__peek(&r.cur), -1);
    ck_assert_int_eq(imap4__take(&r.cur, '\xff'), 0);
    reading_finish(&r);
}
END_TEST

START_TEST(spaces_and_end)
{
    reading r;

    reading_start(&r, TEXT("   a  "), NULL);
    ck_assert_int_eq(imap4__at_end(&r.cur), 0);
    ck_assert_uint_eq(reading_at(&r), 0);
    ck_assert_int_eq(imap4__spaces(&r.cur), 1);
    ck_assert_uint_eq(reading_at(&r), 3);
    ck_assert_int_eq(imap4__spaces(&r.cur), 0);
    imap4__take(&r.cur, 'a');
    ck_assert_int_eq(imap4__at_end(&r.cur), 1);
    ck_assert_uint_eq(reading_at(&r), 6);
    ck_assert_int_eq(imap4__at_end(&r.cur), 1);
    ck_assert_int_eq(imap4__spaces(&r.cur), 0);
    reading_finish(&r);
}
END_TEST

static const struct word_row {
    const char *in;
    const char *word;
    size_t taken; /* 0: not this word */
} word_rows[] = {
    {"FETCH (", "FETCH", 5},       {"fetch(", "FETCH", 5},    {"Fetch", "FETCH", 5},     {"FETCHED", "FETCH", 0},
    {"FETC", "FETCH", 0},          {"", "FETCH", 0},          {"BODY[TEXT]", "BODY", 0}, {"NIL)", "NIL", 3},
    {"NIL\"a\"", "NIL", 3},        {"NIL{1}\r\na", "NIL", 3}, {"NIL{1}", "NIL", 0},      {"NIL\r\n", "NIL", 3},
    {"FETCH\xc3\xa9", "FETCH", 0}, {"FLAGS\t", "FLAGS", 5},
};

START_TEST(words)
{
    for (size_t i = 0; i < sizeof word_rows / sizeof *word_rows; i++) {
        reading r;

        reading_start(&r, word_rows[i].in, strlen(word_rows[i].in), NULL);
        ck_assert_msg(imap4__word(&r.cur, word_rows[i].word) == (word_rows[i].taken > 0), "%s", word_rows[i].in);
        ck_assert_uint_eq(reading_at(&r), word_rows[i].taken);
        reading_finish(&r);
    }
}
END_TEST

/* Each atom ends before the `|`, which is not part of the input. */
static const char *const atoms[] = {
    "abc|",
    "abc| def",
    "abc|(def",
    "abc|)",
    "|\"abc\"",
    "abc|\"def\"",
    "a{b}c|",
    "abc|{3}\r\nxyz",
    "abc{3}|",
    "abc{x|",
    "\\Seen|",
    "\\*|)",
    "[Gmail]/All| Mail",
    "%a*|",
    "Entw\xc3\xbcrfe| ",
    "a|\tb",
    "a|\x7f",
    "|",
    "| a",
    "|(a",
    "|{3}\r\nabc",
    "{3}|",
    "|~{3}\r\nabc",
    "~{3}|",
    "~peter/mail|",
    "~a|{1}\r\nb",
    "a~|{1}\nb",
    "OIB-Seen-OIB/Social| Networking",
    "a+b=c,d;e:f|",
    "{1}|\r",
    "{99999999999999999999}|\r\n",
};

START_TEST(atom_ends)
{
    for (size_t i = 0; i < sizeof atoms / sizeof *atoms; i++) {
        size_t len = strlen(atoms[i]);
        size_t end = (size_t)(strchr(atoms[i], '|') - atoms[i]);
        char in[64];
        imap4_str slice;
        reading r;

        memcpy(in, atoms[i], end);
        memcpy(in + end, atoms[i] + end + 1, len - end);
        reading_start(&r, in, len - 1, NULL);
        ck_assert_msg(imap4__atom(&r.cur, &slice) == (end > 0), "%s", atoms[i]);
        ck_assert_msg(reading_at(&r) == end, "%s", atoms[i]);
        if (end > 0) {
            ck_assert_ptr_eq(slice.data, r.data);
            ck_assert_uint_eq(slice.len, end);
        }
        reading_finish(&r);
    }
}
END_TEST

static const struct number_row {
    const char *in;
    size_t taken;
    uint64_t number;
} number_rows[] = {
    {"0", 1, 0},
    {"12 EXISTS", 2, 12},
    {"007)", 3, 7},
    {"4294967296", 10, UINT64_C(4294967296)},
    {"18446744073709551615", 20, UINT64_MAX},
    {"18446744073709551616", 20, UINT64_MAX},
    {"99999999999999999999999999", 26, UINT64_MAX},
    {"-1", 2, 0},
    {"-385 x", 4, 0},
    {"9.3736e+06", 10, 9373600},
    {"9.37e+06)", 8, 9370000},
    {"1e3 ", 3, 1000},
    {"1.5 ", 3, 1},
    {"12.75)", 5, 12},
    {"9.3E+06", 7, 9300000},
    {"1234e-2", 7, 12},
    {"1e99", 4, UINT64_MAX},
    {"0e99", 4, 0},
    {"1.23456e3", 9, 1234},
    {"1e999999999999999999", 20, UINT64_MAX},
    /* parts of other things */
    {"1.2.TEXT]", 1, 1},
    {"1.HEADER", 1, 1},
    {"1.2]", 1, 1},
    {"1:5", 1, 1},
    {"1.", 1, 1},
    {"1e", 1, 1},
    {"1e+", 1, 1},
    {"5>", 1, 5},
    {"", 0, 0},
    {"-", 0, 0},
    {"- 1", 0, 0},
    {"+1", 0, 0},
    {"x1", 0, 0},
    {" 1", 0, 0},
    {"NIL", 0, 0},
};

START_TEST(numbers)
{
    for (size_t i = 0; i < sizeof number_rows / sizeof *number_rows; i++) {
        const struct number_row *row = &number_rows[i];
        uint64_t number = 4242;
        reading r;

        reading_start(&r, row->in, strlen(row->in), NULL);
        ck_assert_msg(imap4__number(&r.cur, &number) == (row->taken > 0), "%s", row->in);
        ck_assert_msg(reading_at(&r) == row->taken, "%s: %zu", row->in, reading_at(&r));
        ck_assert_msg(number == (row->taken > 0 ? row->number : 4242), "%s: %llu", row->in, (unsigned long long)number);
        reading_finish(&r);
    }
}
END_TEST

/* What imap4__string, _nstring and _astring make of the same bytes; NULL text is NIL. */
static const struct string_row {
    const char *in;
    size_t len;
    int string; /* the result of imap4__string */
    int nstring;
    int astring;
    const char *text; /* of all that succeed, but for astring see below */
    size_t text_len;
    size_t taken;
} string_rows[] = {
    {TEXT("\"abc\" x"), 1, 1, 1, TEXT("abc"), 5},
    {TEXT("\"\""), 1, 1, 1, TEXT(""), 2},
    {TEXT("\"a\\\"b\\\\c\""), 1, 1, 1, TEXT("a\"b\\c"), 9},
    {TEXT("\"a\\(b\\)\""), 1, 1, 1, TEXT("a(b)"), 8}, /* GroupWise */
    {TEXT("\"\xc3\xa9\xff\t\""), 1, 1, 1, TEXT("\xc3\xa9\xff\t"), 6},
    {TEXT("\"a\r\nb\""), 1, 1, 1, TEXT("a\r\nb"), 6},
    {TEXT("\"{3}\""), 1, 1, 1, TEXT("{3}"), 5},
    {TEXT("\"NIL\""), 1, 1, 1, TEXT("NIL"), 5},
    {TEXT("{3}\r\na\"b)"), 1, 1, 1, TEXT("a\"b"), 8},
    {TEXT("{3+}\r\na\nb x"), 1, 1, 1, TEXT("a\nb"), 9},
    {TEXT("{3}\nabc"), 1, 1, 1, TEXT("abc"), 7},
    {TEXT("~{3}\r\na\0b"), 1, 1, 1, TEXT("a\0b"), 9},
    {TEXT("{0}\r\n)"), 1, 1, 1, TEXT(""), 5},
    {TEXT("{003}\r\nabc"), 1, 1, 1, TEXT("abc"), 10},
    {TEXT("{3}\r\nabc\r\n)"), 1, 1, 1, TEXT("abc"), 10}, /* counted two bytes short */
    {TEXT("{3}\r\nabc\n x"), 1, 1, 1, TEXT("abc"), 9},
    {TEXT("{3}\r\nabc\r\nx"), 1, 1, 1, TEXT("abc"), 8},
    {TEXT("{3}\r\nabc\r\n"), 1, 1, 1, TEXT("abc"), 8},
    /* no end */
    {TEXT("\"abc"), IMAP4_ERROR_PROTOCOL, IMAP4_ERROR_PROTOCOL, IMAP4_ERROR_PROTOCOL, NULL, 0, 0},
    {TEXT("\"abc\\\""), IMAP4_ERROR_PROTOCOL, IMAP4_ERROR_PROTOCOL, IMAP4_ERROR_PROTOCOL, NULL, 0, 0},
    {TEXT("\"abc\\"), IMAP4_ERROR_PROTOCOL, IMAP4_ERROR_PROTOCOL, IMAP4_ERROR_PROTOCOL, NULL, 0, 0},
    {TEXT("\""), IMAP4_ERROR_PROTOCOL, IMAP4_ERROR_PROTOCOL, IMAP4_ERROR_PROTOCOL, NULL, 0, 0},
    {TEXT("{4}\r\nabc"), IMAP4_ERROR_PROTOCOL, IMAP4_ERROR_PROTOCOL, IMAP4_ERROR_PROTOCOL, NULL, 0, 0},
    {TEXT("{9223372036854775807}\r\nabc"), IMAP4_ERROR_PROTOCOL, IMAP4_ERROR_PROTOCOL, IMAP4_ERROR_PROTOCOL, NULL, 0,
     0},
    /* no string */
    {TEXT("abc)"), 0, 1, 1, TEXT("abc"), 3},
    {TEXT("{x}"), 0, 1, 1, TEXT("{x}"), 3},
    {TEXT("{9223372036854775808}\r\n"), 0, 1, 1, TEXT("{9223372036854775808}"), 21},
    {TEXT("NILx"), 0, 1, 1, TEXT("NILx"), 4},
    {TEXT("7BIT "), 0, 1, 1, TEXT("7BIT"), 4},
    {TEXT("nil"), 0, 1, 0, NULL, 0, 3},
    {TEXT("NIL)"), 0, 1, 0, NULL, 0, 3},
    {TEXT("()"), 0, 1, 0, NULL, 0, 2},
    {TEXT("(  ) x"), 0, 1, 0, NULL, 0, 4},
    {TEXT("(a)"), 0, 0, 0, NULL, 0, 0},
    {TEXT(")"), 0, 0, 0, NULL, 0, 0},
    {TEXT(" \"a\""), 0, 0, 0, NULL, 0, 0},
    {TEXT(""), 0, 0, 0, NULL, 0, 0},
};

static void check_str(const struct string_row *row, imap4_str str)
{
    if (row->text == NULL) {
        ck_assert_msg(str.data == NULL, "%s", row->in);
        return;
    }
    ck_assert_msg(str.len == row->text_len && memcmp(str.data, row->text, str.len) == 0, "%s: %s", row->in, str.data);
    ck_assert_int_eq(str.data[str.len], '\0');
}

START_TEST(strings)
{
    for (size_t i = 0; i < sizeof string_rows / sizeof *string_rows; i++) {
        const struct string_row *row = &string_rows[i];
        imap4__text text;
        imap4_str str;
        reading r;

        reading_start(&r, row->in, row->len, NULL);
        ck_assert_msg(imap4__string(&r.cur, &text) == row->string, "%s", row->in);
        ck_assert_uint_eq(reading_at(&r), row->string == 1 ? row->taken : 0);
        if (row->string == 1) {
            check_str(row, text.str);
            ck_assert_uint_eq(text.size, row->text_len);
            ck_assert_int_eq(text.streamed, 0);
            ck_assert_int_eq(text.truncated, 0);
        }
        r.cur.at = r.cur.start;
        ck_assert_msg(imap4__nstring(&r.cur, &text) == row->nstring, "%s", row->in);
        ck_assert_uint_eq(reading_at(&r), row->nstring == 1 ? row->taken : 0);
        if (row->nstring == 1)
            check_str(row, text.str);
        r.cur.at = r.cur.start;
        ck_assert_int_eq(imap4__ntext(&r.cur, &str), row->nstring);
        if (row->nstring == 1)
            check_str(row, str);
        r.cur.at = r.cur.start;
        if (row->astring != 0 || row->nstring == 0) {
            ck_assert_msg(imap4__astring(&r.cur, &str) == row->astring, "%s", row->in);
            ck_assert_uint_eq(reading_at(&r), row->astring == 1 ? row->taken : 0);
        }
        if (row->astring == 1)
            check_str(row, str);
        reading_finish(&r);
    }
}
END_TEST

START_TEST(nil_is_a_name_where_names_are)
{
    imap4_str str;
    reading r;

    reading_start(&r, TEXT("Nil ()"), NULL);
    ck_assert_int_eq(imap4__astring(&r.cur, &str), 1);
    ck_assert_str_eq(str.data, "Nil");
    imap4__spaces(&r.cur);
    ck_assert_int_eq(imap4__astring(&r.cur, &str), 0);
    ck_assert_int_eq(imap4__nil(&r.cur), 0);
    r.cur.at = r.cur.start;
    ck_assert_int_eq(imap4__nil(&r.cur), 1);
    ck_assert_uint_eq(reading_at(&r), 3);
    reading_finish(&r);
}
END_TEST

START_TEST(holes_are_found_by_offset)
{
    /* Three literals of 1000 bytes: gone as a stream but for two bytes, cut to three bytes, dropped whole. */
    static const char in[] = "..{1000}\r\nxx {1000}\r\nabc {1000}\r\n {3}\r\ndef)";
    imap4__hole holes[3] = {{.at = 10, .junk = 2, .size = 1000, .streamed = 1},
                            {.at = 21, .present = 3, .size = 1000},
                            {.at = 33, .size = 1000}};
    imap4__text text;
    reading r;

    reading_start(&r, in, sizeof in - 1, NULL);
    r.cur.start += 2; /* offsets count from base */
    r.cur.at = r.cur.start;
    r.cur.holes = holes;
    r.cur.hole_count = 3;
    ck_assert_int_eq(imap4__string(&r.cur, &text), 1);
    ck_assert_ptr_null(text.str.data);
    ck_assert_int_eq(text.streamed, 1);
    ck_assert_int_eq(text.truncated, 0);
    ck_assert_uint_eq(text.size, 1000);
    imap4__spaces(&r.cur);
    ck_assert_int_eq(imap4__nstring(&r.cur, &text), 1);
    ck_assert_str_eq(text.str.data, "abc");
    ck_assert_int_eq(text.streamed, 0);
    ck_assert_int_eq(text.truncated, 1);
    ck_assert_uint_eq(text.size, 1000);
    imap4__spaces(&r.cur);
    ck_assert_int_eq(imap4__skip_value(&r.cur), 1);
    imap4__spaces(&r.cur);
    ck_assert_int_eq(imap4__string(&r.cur, &text), 1);
    ck_assert_str_eq(text.str.data, "def");
    ck_assert_int_eq(text.truncated, 0);
    ck_assert_int_eq(imap4__peek(&r.cur), ')');
    reading_finish(&r);
}
END_TEST

START_TEST(gathered_text_is_taken_as_it_is)
{
    /* A whole literal, the beginning of one, nothing of one; of the second two bytes are left in the buffer. */
    static const char in[] = "{5}\r\n {1000}\r\nxx {7}\r\n \"q\"";
    imap4__hole holes[3] = {{.at = 5, .size = 5, .text = {"abcde", 5}},
                            {.at = 14, .junk = 2, .size = 1000, .text = {"begin", 5}},
                            {.at = 22, .size = 7, .text = {"", 0}}};
    imap4__text text;
    imap4_str str;
    imap4__set *set = NULL;
    uint32_t bad = 0;
    reading r;

    reading_start(&r, in, sizeof in - 1, NULL);
    r.cur.holes = holes;
    r.cur.hole_count = 3;
    ck_assert_int_eq(imap4__string(&r.cur, &text), 1);
    ck_assert_ptr_eq(text.str.data, holes[0].text.data);
    ck_assert_uint_eq(text.str.len, 5);
    ck_assert_int_eq(text.truncated, 0);
    ck_assert_int_eq(text.streamed, 0);
    ck_assert_uint_eq(reading_at(&r), 5);
    ck_assert_int_eq(imap4__sets(&r.cur, IMAP4__RUN_SET, &set, &bad), 0); /* here lies a hole, but no run */
    imap4__spaces(&r.cur);
    ck_assert_int_eq(imap4__nstring(&r.cur, &text), 1);
    ck_assert_ptr_eq(text.str.data, holes[1].text.data);
    ck_assert_uint_eq(text.size, 1000);
    ck_assert_int_eq(text.truncated, 1);
    imap4__spaces(&r.cur);
    ck_assert_int_eq(imap4__string(&r.cur, &text), 1);
    ck_assert_ptr_nonnull(text.str.data); /* not NIL */
    ck_assert_uint_eq(text.str.len, 0);
    ck_assert_int_eq(text.truncated, 1);
    imap4__spaces(&r.cur);
    ck_assert_int_eq(imap4__astring(&r.cur, &str), 1);
    ck_assert_str_eq(str.data, "q");
    r.cur.at = r.cur.start;
    ck_assert_int_eq(imap4__astring(&r.cur, &str), 1);
    ck_assert_ptr_eq(str.data, holes[0].text.data);
    reading_finish(&r);
}
END_TEST

/* A hole that says more than there can be. */
START_TEST(holes_beyond_the_response_are_refused)
{
    imap4__hole hole = {.at = 5, .present = 3, .size = 5};
    imap4__text text;
    reading r;

    for (int i = 0; i < 3; i++) {
        reading_start(&r, TEXT("{5}\r\nabc"), NULL);
        r.cur.holes = &hole;
        r.cur.hole_count = 1;
        ck_assert_int_eq(imap4__string(&r.cur, &text), i == 0 ? 1 : IMAP4_ERROR_PROTOCOL);
        reading_finish(&r);
        hole.present = i == 0 ? 4 : 2;
        hole.junk = 2;
    }
}
END_TEST

/* What lies in the buffer of a run that was read as it arrived: its first byte, and maybe some that are done with. */
typedef struct run_reading {
    reading r;
    imap4__arena arena; /* of the runs */
    imap4__run runs[2];
    imap4__hole holes[2];
} run_reading;

/* `in` with the holes at two places; 1 byte is present, and junk. */
static void run_reading_start(run_reading *rr, const char *in, int kind, const char *first, size_t at,
                              const char *second, size_t second_at, const imap4_allocator *mem)
{
    const char *const texts[] = {first, second};
    const size_t places[] = {at, second_at};

    memset(rr, 0, sizeof *rr);
    reading_start(&rr->r, in, strlen(in), mem);
    imap4__arena_init(&rr->arena, NULL);
    for (int i = 0; i < 2; i++) {
        size_t taken;
        size_t present = places[i];

        imap4__run_begin(&rr->runs[i], kind, &rr->arena);
        imap4__run_feed(&rr->runs[i], (const uint8_t *)texts[i], strlen(texts[i]), &taken);
        ck_assert_int_eq(imap4__run_end(&rr->runs[i]), IMAP4_OK);
        while (in[present] != '\0' && imap4__run_byte(kind, (uint8_t)in[present]))
            present++;
        rr->holes[i] = (imap4__hole){.at = places[i],
                                     .present = 1,
                                     .junk = present - places[i] - 1,
                                     .run = kind,
                                     .bad = rr->runs[i].bad,
                                     .set = rr->runs[i].set,
                                     .threads = rr->runs[i].threads};
    }
    rr->r.cur.holes = rr->holes;
    rr->r.cur.hole_count = 2;
}

static void run_reading_finish(run_reading *rr)
{
    reading_finish(&rr->r);
    imap4__arena_clear(&rr->arena);
}

static const char *set_text(imap4__arena *arena, const imap4__set *set)
{
    imap4_str text;

    ck_assert_int_eq(imap4__set_text(arena, set, &text), IMAP4_OK);
    return text.data;
}

START_TEST(sets_are_text_or_holes)
{
    static const struct sets_row {
        const char *in;
        int kind;
        int found;
        const char *out;
        uint32_t bad;
        size_t taken;
    } rows[] = {
        {"1 2 3 9 (MODSEQ 5)", IMAP4__RUN_LIST, 1, "1:3,9", 0, 8},
        {"1 0 x", IMAP4__RUN_LIST, 1, "1", 1, 4},
        {" 1", IMAP4__RUN_LIST, 0, "", 0, 0},
        {"x", IMAP4__RUN_LIST, 0, "", 0, 0},
        {"", IMAP4__RUN_LIST, 0, "", 0, 0},
        {"7:9,2 COUNT", IMAP4__RUN_SET, 1, "7:9,2", 0, 5},
        {"*]", IMAP4__RUN_SET, 1, "*", 0, 1},
        {",]", IMAP4__RUN_SET, 1, "", 2, 1},
        {"]", IMAP4__RUN_SET, 0, "", 0, 0},
    };
    run_reading rr;
    imap4__set *set = NULL;
    uint32_t bad = 9;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        reading r;

        reading_start(&r, rows[i].in, strlen(rows[i].in), NULL);
        ck_assert_int_eq(imap4__sets(&r.cur, rows[i].kind, &set, &bad), rows[i].found);
        ck_assert_uint_eq(reading_at(&r), rows[i].taken);
        if (rows[i].found) {
            ck_assert_str_eq(set_text(&r.arena, set), rows[i].out);
            ck_assert_uint_eq(bad, rows[i].bad);
        }
        reading_finish(&r);
    }
    run_reading_start(&rr, "ALL 4 X 5,6,7) 8", IMAP4__RUN_SET, "4,9:7,,1", 4, "5,6,7", 8, NULL);
    ck_assert_int_eq(imap4__sets(&rr.r.cur, IMAP4__RUN_SET, &set, &bad), 0);
    rr.r.cur.at += 4;
    ck_assert_int_eq(imap4__sets(&rr.r.cur, IMAP4__RUN_LIST, &set, &bad), 0); /* not that kind */
    ck_assert_int_eq(imap4__threads(&rr.r.cur, NULL, &bad), 0);
    for (int i = 0; i < 2; i++) { /* going back gives the same */
        rr.r.cur.at = rr.r.cur.start + 4;
        ck_assert_int_eq(imap4__sets(&rr.r.cur, IMAP4__RUN_SET, &set, &bad), 1);
        ck_assert_str_eq(set_text(&rr.r.arena, set), "4,7:9,1");
        ck_assert_uint_eq(bad, 1);
        ck_assert_uint_eq(reading_at(&rr.r), 5);
        imap4__set_join(set, rr.runs[1].set); /* what is done to it does not change the hole */
    }
    rr.r.cur.at += 3;
    ck_assert_int_eq(imap4__sets(&rr.r.cur, IMAP4__RUN_SET, &set, &bad), 1);
    ck_assert_str_eq(set_text(&rr.r.arena, set), "5:7");
    ck_assert_int_eq(imap4__take(&rr.r.cur, ')'), 1);
    ck_assert_int_eq(imap4__spaces(&rr.r.cur), 1);
    ck_assert_int_eq(imap4__sets(&rr.r.cur, IMAP4__RUN_SET, &set, &bad), 1); /* text again */
    ck_assert_str_eq(set_text(&rr.r.arena, set), "8");
    run_reading_finish(&rr);
}
END_TEST

static void check_threads(const imap4_threads *threads)
{
    static const imap4_thread_node expected[] = {{1, 0}, {2, 1}, {3, 0}};
    imap4_set_cursor cursor = {0};
    imap4_thread_node node = {0, 0};

    ck_assert_uint_eq(imap4_threads_count(threads), 3);
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(imap4_threads_next(threads, &cursor, &node), 1);
        ck_assert(node.number == expected[i].number && node.level == expected[i].level);
    }
}

START_TEST(threads_are_text_or_holes)
{
    run_reading rr;
    imap4_threads *threads = NULL;
    uint32_t bad = 9;
    reading r;

    reading_start(&r, TEXT("(1 2)()(3)x"), NULL);
    ck_assert_int_eq(imap4__threads(&r.cur, &threads, &bad), 1);
    check_threads(threads);
    ck_assert_uint_eq(bad, 1);
    ck_assert_int_eq(imap4__peek(&r.cur), 'x');
    ck_assert_int_eq(imap4__threads(&r.cur, &threads, &bad), 0);
    reading_finish(&r);
    run_reading_start(&rr, "(1 2NIL (3) x", IMAP4__RUN_THREADS, "(1 2)()(3)", 0, "(3)", 8, NULL);
    ck_assert_int_eq(imap4__threads(&rr.r.cur, &threads, &bad), 1);
    check_threads(threads);
    ck_assert_uint_eq(bad, 1);
    ck_assert_uint_eq(reading_at(&rr.r), 4);
    run_reading_finish(&rr);
}
END_TEST

/* At a run there is no atom and no number: what is left of it in the buffer depends on how it came. */
START_TEST(runs_are_no_other_tokens)
{
    run_reading rr;
    imap4_str slice;
    uint64_t number = 5;
    int quotes = 1;

    run_reading_start(&rr, "1,2,3] 4:5", IMAP4__RUN_SET, "1,7", 0, "9", 7, NULL);
    ck_assert_int_eq(imap4__atom(&rr.r.cur, &slice), 0);
    ck_assert_int_eq(imap4__number(&rr.r.cur, &number), 0);
    ck_assert_uint_eq(number, 5);
    imap4__scan_step(&rr.r.cur, &quotes);
    ck_assert_uint_eq(reading_at(&rr.r), 5);
    ck_assert_int_eq(imap4__atom(&rr.r.cur, &slice), 1);
    ck_assert_uint_eq(slice.len, 1);
    imap4__spaces(&rr.r.cur);
    ck_assert_int_eq(imap4__skip_value(&rr.r.cur), 1); /* it ends where the response does */
    ck_assert_int_eq(imap4__at_end(&rr.r.cur), 1);
    run_reading_finish(&rr);
}
END_TEST

/* A run that left nothing in the buffer is found by who looks for it, and is in nobody's way. */
START_TEST(runs_may_leave_nothing)
{
    run_reading rr;
    imap4__set *set = NULL;
    imap4_str slice;
    uint32_t bad;
    int quotes = 1;

    run_reading_start(&rr, "ALL 1 X", IMAP4__RUN_SET, "1,7", 4, "9", 7, NULL);
    rr.holes[0] = (imap4__hole){.at = 3, .run = IMAP4__RUN_SET, .set = rr.runs[0].set};
    rr.holes[1].present = rr.holes[1].junk = 0;
    ck_assert_int_eq(imap4__atom(&rr.r.cur, &slice), 1);
    ck_assert_int_eq(imap4__sets(&rr.r.cur, IMAP4__RUN_SET, &set, &bad), 1);
    ck_assert_str_eq(set_text(&rr.r.arena, set), "1,7");
    ck_assert_uint_eq(reading_at(&rr.r), 3);
    imap4__scan_step(&rr.r.cur, &quotes);
    ck_assert_uint_eq(reading_at(&rr.r), 4);
    rr.r.cur.at = rr.r.cur.end;
    ck_assert_int_eq(imap4__sets(&rr.r.cur, IMAP4__RUN_SET, &set, &bad), 1);
    ck_assert_str_eq(set_text(&rr.r.arena, set), "9");
    run_reading_finish(&rr);
}
END_TEST

START_TEST(lists_of_numbers_may_find_no_memory)
{
    static const int kinds[] = {IMAP4__RUN_LIST, IMAP4__RUN_SET, IMAP4__RUN_THREADS};
    static const char *const units[] = {"1 3 5 ", "1,3,", "(1)(3)"};
    char text[5000];
    test_memory memory;
    run_reading rr;
    imap4__set *set;
    imap4_threads *threads;
    uint32_t bad;

    /* so many lengths that sometimes the begin, the feeding and the end each find none */
    for (size_t count = 1; count < 2100; count++) {
        int i = (int)(count % 3);
        size_t len = (count / 3 + 1) * strlen(units[i]) - (i < 2);
        size_t n = 0;

        for (size_t at = 0; at < len; at++)
            text[at] = units[i][at % strlen(units[i])];
        do {
            reading r;
            int result;

            test_memory_init(&memory, ++n);
            reading_start(&r, text, len, &memory.allocator);
            result = i < 2 ? imap4__sets(&r.cur, kinds[i], &set, &bad) : imap4__threads(&r.cur, &threads, &bad);
            ck_assert_int_eq(result, memory.failed ? IMAP4_ERROR_MEMORY : 1);
            ck_assert_uint_eq(reading_at(&r), memory.failed ? 0 : len);
            reading_finish(&r);
            ck_assert_uint_eq(memory.live, 0);
        } while (memory.failed > 0);
    }
    test_memory_init(&memory, 1);
    run_reading_start(&rr, "7 8", IMAP4__RUN_SET, "1", 0, "2", 2, &memory.allocator);
    ck_assert_int_eq(imap4__sets(&rr.r.cur, IMAP4__RUN_SET, &set, &bad), IMAP4_ERROR_MEMORY);
    ck_assert_uint_eq(reading_at(&rr.r), 0);
    run_reading_finish(&rr);
    test_memory_init(&memory, 1);
    run_reading_start(&rr, "(1)x(2)", IMAP4__RUN_THREADS, "(1)", 0, "(2)", 4, &memory.allocator);
    ck_assert_int_eq(imap4__threads(&rr.r.cur, &threads, &bad), IMAP4_ERROR_MEMORY);
    ck_assert_uint_eq(reading_at(&rr.r), 0);
    run_reading_finish(&rr);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    static const char *const inputs[] = {"\"quoted text\"", "\"es\\\"caped\"", "{5}\r\nabcde", "atom"};

    for (size_t i = 0; i < 4; i++) {
        test_memory memory;
        imap4__text text;
        imap4_str str;
        reading r;

        test_memory_init(&memory, 1);
        reading_start(&r, inputs[i], strlen(inputs[i]), &memory.allocator);
        ck_assert_int_eq(imap4__nstring(&r.cur, &text), IMAP4_ERROR_MEMORY);
        ck_assert_uint_eq(reading_at(&r), 0);
        memory.fail_at = 2;
        ck_assert_int_eq(imap4__astring(&r.cur, &str), IMAP4_ERROR_MEMORY);
        ck_assert_uint_eq(reading_at(&r), 0);
        ck_assert_int_eq(imap4__astring(&r.cur, &str), 1);
        reading_finish(&r);
        ck_assert_uint_eq(memory.live, 0);
    }
}
END_TEST

Suite *token_suite(void)
{
    const TTest *const tests[] = {
        single_bytes,
        spaces_and_end,
        words,
        atom_ends,
        numbers,
        strings,
        nil_is_a_name_where_names_are,
        holes_are_found_by_offset,
        gathered_text_is_taken_as_it_is,
        holes_beyond_the_response_are_refused,
        sets_are_text_or_holes,
        threads_are_text_or_holes,
        runs_are_no_other_tokens,
        runs_may_leave_nothing,
        lists_of_numbers_may_find_no_memory,
        every_allocation_may_fail,
        NULL,
    };
    Suite *suite = suite_create("token");

    suite_tests(suite, "token", tests);
    return suite;
}
