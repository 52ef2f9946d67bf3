#include "framing.h"

Suite *frame_suite(void);

#define IN(text) text, sizeof text - 1

/* In `out`: d: a response with data, s: one that is one line, |: its end; then what is left over. */
static const struct row {
    const char *in;
    size_t len;
    const char *out;
    const char *positions; /* NULL: no literals, and the text says enough */
} rows[] = {
    {IN("* 1 EXISTS\r\n"), "d:* 1 EXISTS|", "R12|"},
    {IN("* 1 EXISTS\n* 2 EXISTS\r\n"), "d:* 1 EXISTS|d:* 2 EXISTS|", "R11|R23|"},
    {IN("* 1 EXISTS"), "", ""},
    {IN("* 1 EXISTS\r"), "", ""},
    {IN("\r\n\0 \r\n  * OK x\r\n\r\n"), "s:* OK x|", "R16|"},
    {IN("\0\0\n* 3 RECENT\r\n"), "d:* 3 RECENT|", NULL},
    {IN("* OK a\rb\r\n"), "s:* OK a\rb|", NULL},
    {IN("* OK a\r\r\n"), "s:* OK a\r|", NULL},
    {IN("* SEARCH 1\r2\r\n"), "d:* SEARCH 1\r2|", NULL},

    /* one line: RFC 9051 has no quotes and no literals in text */
    {IN("* OK see {12}\r\n"), "s:* OK see {12}|", "R15|"},
    {IN("* NO \"open\r\n* 1 EXISTS\r\n"), "s:* NO \"open|d:* 1 EXISTS|", "R12|R24|"},
    {IN("* bad {3}\r\n"), "s:* bad {3}|", NULL},
    {IN("* Bye {3}\r\n"), "s:* Bye {3}|", NULL},
    {IN("* PREAUTH {3}\r\n"), "s:* PREAUTH {3}|", NULL},
    {IN("* OK\r\n"), "s:* OK|", NULL},
    {IN("* OK\n"), "s:* OK|", NULL},
    {IN("*  OK {3}\r\n"), "s:*  OK {3}|", NULL},
    {IN("* OK[ALERT] {1}\r\n"), "s:* OK[ALERT] {1}|", NULL},
    {IN("* [COPYUID 55 31 6] {3}\r\n"), "s:* [COPYUID 55 31 6] {3}|", NULL},
    {IN("+ {3}\r\n"), "s:+ {3}|", NULL},
    {IN("+\r\n"), "s:+|", NULL},
    {IN("+idling\r\n"), "s:+idling|", NULL},
    {IN("A1 OK {3}\r\n"), "s:A1 OK {3}|", NULL},
    {IN("a1 NO \"x\r\na2 OK\r\n"), "s:a1 NO \"x|s:a2 OK|", NULL},
    {IN("Server Unavailable. {15}\r\n"), "s:Server Unavailable. {15}|", NULL},
    {IN("[COPYUID 55 31 6] {3}\r\n"), "s:[COPYUID 55 31 6] {3}|", NULL},

    /* not those words */
    {IN("* OKAY {3}\r\nabc x\r\n"), "d:* OKAY {3}\r\nabc x|", "L3|at12|R19|"},
    {IN("* NOT {1}\r\nx y\r\n"), "d:* NOT {1}\r\nx y|", "L1|at11|R16|"},
    {IN("* BYEBYE {1}\r\nx y\r\n"), "d:* BYEBYE {1}\r\nx y|", "L1|at14|R19|"},
    {IN("* PREAUTHX {1}\r\nx y\r\n"), "d:* PREAUTHX {1}\r\nx y|", "L1|at16|R21|"},
    {IN("* 1 OK {1}\r\nx y\r\n"), "d:* 1 OK {1}\r\nx y|", "L1|at12|R17|"},
    {IN("*\r\n"), "d:*|", NULL},

    /* literals */
    {IN("* X {3}\r\nabc)\r\n"), "d:* X {3}\r\nabc)|", "L3|at9|R15|"},
    {IN("* X {3}\nabc)\n"), "d:* X {3}\nabc)|", "L3|at8|R13|"},
    {IN("* X {3+}\r\nabc)\r\n"), "d:* X {3+}\r\nabc)|", "L3|at10|R16|"},
    {IN("* X ~{3}\r\na\nc)\r\n"), "d:* X ~{3}\r\na\nc)|", "L3|at10|R16|"},
    {IN("* X {012}\r\n0123456789ab)\r\n"), "d:* X {012}\r\n0123456789ab)|", "L12|at11|R26|"},
    {IN("* X {0000000000000000003}\r\nabc)\r\n"), "d:* X {0000000000000000003}\r\nabc)|", "L3|at27|R33|"},
    {IN("* X {0}\r\n)\r\n"), "d:* X {0}\r\n)|", "L0|at9|R12|"},
    {IN("* 1 FETCH (BODY[1]<393216> {0}\r\n UID 7)\r\n"), "d:* 1 FETCH (BODY[1]<393216> {0}\r\n UID 7)|", NULL},
    {IN("* X ({1}\r\na {2}\r\nbc {0}\r\n)\r\n"), "d:* X ({1}\r\na {2}\r\nbc {0}\r\n)|", "L1|at10|L2|at17|L0|at25|R28|"},
    {IN("* X {1}\r\n{ {1}\r\n})\r\n"), "d:* X {1}\r\n{ {1}\r\n})|", "L1|at9|L1|at16|R20|"},
    {IN("* X {1}\r\n\" {2}\r\nab)\r\n"), "d:* X {1}\r\n\" {2}\r\nab)|", "L1|at9|L2|at16|R21|"},
    /* mail that contains protocol text */
    {IN("* 1 FETCH (BODY[] {24}\r\nA1 OK fake\r\n* 9 EXISTS\r\n)\r\nA1 OK real\r\n"),
     "d:* 1 FETCH (BODY[] {24}\r\nA1 OK fake\r\n* 9 EXISTS\r\n)|s:A1 OK real|", "L24|at24|R51|R63|"},

    /* not literals */
    {IN("* X {3 }\r\n"), "d:* X {3 }|", NULL},
    {IN("* X { 3}\r\n"), "d:* X { 3}|", NULL},
    {IN("* X {3}x\r\n"), "d:* X {3}x|", NULL},
    {IN("* X 3}\r\n"), "d:* X 3}|", NULL},
    {IN("* X x{}\r\n"), "d:* X x{}|", NULL},

    /* announcements whose size cannot be read are text if a response follows, and else nobody knows what they are */
    {IN("* X {}\r\n* 2 X\r\n"), "d:* X {}|d:* 2 X|", "R8|R15|"},
    {IN("* X {abc}\r\n+ go\r\n"), "d:* X {abc}|s:+ go|", NULL},
    {IN("* X {3} \r\nA1 OK x\r\n"), "d:* X {3} |s:A1 OK x|", NULL},
    {IN("* X {3}\r\r\nA1 OK x\r\n"), "d:* X {3}\r|s:A1 OK x|", NULL},
    {IN("* X ({3++}\r\nA1 OK x\r\n"), "d:* X ({3++}|s:A1 OK x|", NULL},
    {IN("* X {+}\r\nA1 NO x\r\n"), "d:* X {+}|s:A1 NO x|", NULL},
    {IN("* X {9223372036854775808}\r\n* 2 X\r\n"), "d:* X {9223372036854775808}|d:* 2 X|", NULL},
    {IN("* X ~{abc}\r\nhello\r\n"), "LOST|d:* X ~{abc}|s:hello|", "R12|R19|"},
    {IN("* X {abc}\r\nhello\r\n* 3 X\r\n"), "LOST|d:* X {abc}|s:hello|d:* 3 X|", NULL},
    {IN("* X {00000000000000000003}\r\nabc)\r\n"), "LOST|d:* X {00000000000000000003}|s:abc)|", NULL},
    {IN("* X {18446744073709551619}\r\nabc)\r\n"), "LOST|d:* X {18446744073709551619}|s:abc)|", NULL},
    {IN("* X {3}  \r\nabc)\r\n"), "LOST|d:* X {3}  |s:abc)|", NULL},
    {IN("* X {abc}\r\n"), "", ""},

    /* free.fr */
    {IN("* X (BODY[] {-1}\r\n)\r\n"), "d:* X (BODY[] {-1}\r\n)|", "L0|at18|R21|"},
    {IN("* X (BODY[] {-1}\r\n UID 7)\r\n"), "d:* X (BODY[] {-1}\r\n UID 7)|", NULL},
    {IN("* X (BODY[] {-1}\r\nhello)\r\n* 2 X\r\n"), "LOST|d:* X (BODY[] {-1}\r\nhello)|d:* 2 X|", NULL},

    /* sizes that are wrong */
    {IN("* X ({3}\r\nabcd)\r\n"), "LOST|d:* X ({3}\r\nabcd)|", "L3|at10|R17|"},
    {IN("* X ({3}\r\nabc\rd)\r\n"), "LOST|d:* X ({3}\r\nabc\rd)|", NULL},
    {IN("* X ({5}\r\nabc)\r\n* 2 X\r\n"), "d:* X ({5}\r\nabc)\r|d:* 2 X|", NULL},
    {IN("* X ({6}\r\nabc)\r\n* 2 X\r\n"), "LOST|d:* X ({6}\r\nabc)\r\n* 2 X|", NULL},
    {IN("* X ({3}\r\nabcd {1}\r\nef)\r\n"), "LOST|d:* X ({3}\r\nabcd {1}\r\nef)|", NULL}, /* said once */
    {IN("* X {3}\r\nabc(d)\r\n"), "d:* X {3}\r\nabc(d)|", NULL},
    {IN("* X {3}\r\nabc\"d\"\r\n"), "d:* X {3}\r\nabc\"d\"|", NULL},

    /* quoted strings */
    {IN("* X \"a{3}\"\r\n"), "d:* X \"a{3}\"|", NULL},
    {IN("* X \"a{3}\" {3}\r\nabc)\r\n"), "d:* X \"a{3}\" {3}\r\nabc)|", "L3|at16|R22|"},
    {IN("* X \"a{3}\r\nb\"\r\n"), "d:* X \"a{3}\r\nb\"|", "R15|"},
    {IN("* X \"a\r\nb{1}\r\nc\" {1}\r\nd)\r\n"), "d:* X \"a\r\nb{1}\r\nc\" {1}\r\nd)|", "L1|at22|R26|"},
    {IN("* X \"\\\"{3}\r\n\"\r\n"), "d:* X \"\\\"{3}\r\n\"|", NULL},
    {IN("* X \"\\\\\" {1}\r\nz)\r\n"), "d:* X \"\\\\\" {1}\r\nz)|", "L1|at14|R18|"},
    {IN("* X \"a\\\r\n\"\r\n"), "d:* X \"a\\\r\n\"|", NULL},
    {IN("* X \"a\\\n\"\r\n"), "d:* X \"a\\\n\"|", NULL},
    {IN("* FLAGS (\\Seen \\* \\\"x\" {1}\r\nz)\r\n"), "d:* FLAGS (\\Seen \\* \\\"x\" {1}\r\nz)|", "L1|at28|R32|"},
    {IN("* X \"\" \"\" {1}\r\nz)\r\n"), "d:* X \"\" \"\" {1}\r\nz)|", "L1|at15|R19|"},

    /* a quote that was not escaped: what stands before literals, and what reads like words */
    {IN("* X (\"a\"b\" {3}\r\nabc)\r\n"), "d:* X (\"a\"b\" {3}\r\nabc)|", "L3|at16|R22|"},
    {IN("* X (\"a \" b\" {3}\r\nabc)\r\n"), "d:* X (\"a \" b\" {3}\r\nabc)|", "L3|at18|R24|"},
    {IN("* X (\"a\" \" {3}\r\nabc)\r\n"), "d:* X (\"a\" \" {3}\r\nabc)|", "L3|at16|R22|"},
    {IN("* X (\"a\" \" NIL {3}\r\nabc \"x\")\r\n"), "d:* X (\"a\" \" NIL {3}\r\nabc \"x\")|", "L3|at20|R30|"},
    {IN("* X (\"\" \" BODY[] {24}\r\nA1 OK fake\r\n* 9 EXISTS\r\n)\r\n"),
     "d:* X (\"\" \" BODY[] {24}\r\nA1 OK fake\r\n* 9 EXISTS\r\n)|", "L24|at23|R50|"},
    {IN("* X (\"\" \" BODY[]<0> ~{3}\r\nabc)\r\n"), "d:* X (\"\" \" BODY[]<0> ~{3}\r\nabc)|", "L3|at26|R32|"},
    {IN("* X (\"\" \" RFC822.TEXT {3}\r\nabc)\r\n"), "d:* X (\"\" \" RFC822.TEXT {3}\r\nabc)|", "L3|at27|R33|"},
    {IN("* X (\"\" \" ({3}\r\nabc)\r\n"), "d:* X (\"\" \" ({3}\r\nabc)|", "L3|at16|R22|"},
    {IN("* X (\"\" \" (x) {3}\r\nabc)\r\n"), "d:* X (\"\" \" (x) {3}\r\nabc)|", "L3|at19|R25|"},
    {IN("* X (\"x\\\" {3}\r\nabc)\r\n"), "d:* X (\"x\\\" {3}\r\nabc)|", "L3|at15|R21|"}, /* QQ */
    {IN("* X \"see {3}\r\nthis\"\r\n"), "d:* X \"see {3}\r\nthis\"|", "R21|"},
    {IN("* X \"see{3}\r\nthis\"\r\n"), "d:* X \"see{3}\r\nthis\"|", "R20|"},
    {IN("* X \"SEE{3}\r\nthis\"\r\n"), "d:* X \"SEE{3}\r\nthis\"|", "R20|"},
    {IN("* X \"see {abc}\r\nthis\"\r\n"), "d:* X \"see {abc}\r\nthis\"|", NULL},
    {IN("* X (x)\"a\r\nb\"\r\n"), "d:* X (x)\"a\r\nb\"|", NULL},
    {IN("* X [\"a\r\nb\"]\"c\r\nd\"\r\n"), "d:* X [\"a\r\nb\"]\"c\r\nd\"|", NULL},
    {IN("* X\t\"a\r\nb\" <0>\"c\r\nd\"\r\n"), "d:* X\t\"a\r\nb\" <0>\"c\r\nd\"|", NULL},
    {IN("* X (\"\"\"\" \"\"a\"\" 5\" tv)\r\n"), "d:* X (\"\"\"\" \"\"a\"\" 5\" tv)|", "R24|"},

    /* a quote that nothing closes ends where the next response begins */
    {IN("* X \"a{3}\r\n* 2 EXISTS\r\n"), "d:* X \"a{3}|d:* 2 EXISTS|", "R11|R23|"},
    {IN("* X \"a\r\n+ go\r\n"), "d:* X \"a|s:+ go|", NULL},
    {IN("* X \"a\r\nA1 OK done\r\n"), "d:* X \"a|s:A1 OK done|", NULL},
    {IN("* X \"a\r\nz99 no done\r\n"), "d:* X \"a|s:z99 no done|", NULL},
    {IN("* X \"a\r\nA1 BAD\r\n"), "d:* X \"a|s:A1 BAD|", NULL},
    {IN("* X \"a\r\nA1 OKAY\"\r\n"), "d:* X \"a\r\nA1 OKAY\"|", NULL},
    {IN("* X \"a\r\nSay NO, please\"\r\n"), "d:* X \"a\r\nSay NO, please\"|", NULL},
    {IN("* X \"a\r\n*b\"\r\n"), "d:* X \"a\r\n*b\"|", NULL},
    {IN("* X \"a\r\n-- OK x\"\r\n"), "d:* X \"a\r\n-- OK x\"|", NULL},
    {IN("* X \"a\r\n01234567890123456789012345678901234567890 OK x\"\r\n"),
     "d:* X \"a\r\n01234567890123456789012345678901234567890 OK x\"|", NULL},
    {IN("* X \"a\r\n\r\n\r\nA1 OK x\r\n"), "d:* X \"a\r\n\r\n|s:A1 OK x|", NULL},
    {IN("* X \"a\r\n"), "", ""},

    /* a literal announced two bytes short */
    {IN("* X ({3}\r\nabc\r\n)\r\n"), "d:* X ({3}\r\nabc\r\n)|", "L3|at10|R18|"},
    {IN("* X ({3}\r\nabc\n)\r\n"), "d:* X ({3}\r\nabc\n)|", NULL},
    {IN("* X ({3}\r\nabc\r\n UID 1)\r\n"), "d:* X ({3}\r\nabc\r\n UID 1)|", "L3|at10|R24|"},
    {IN("* X ({3}\r\nabc\r\n {1}\r\nd)\r\n"), "d:* X ({3}\r\nabc\r\n {1}\r\nd)|", "L3|at10|L1|at21|R25|"},
    {IN("* X {3}\r\nabc\r\nA1 OK x\r\n"), "d:* X {3}\r\nabc|s:A1 OK x|", "L3|at9|R14|R23|"},
    {IN("* X {3}\r\nabc\r\n* OK x\r\n"), "d:* X {3}\r\nabc|s:* OK x|", NULL},
    {IN("* X {3}\r\nabc\r\n\r\n* OK x\r\n"), "d:* X {3}\r\nabc|s:* OK x|", NULL},
    {IN("* X {3}\r\nabc\n d\r\n"), "d:* X {3}\r\nabc\n d|", NULL},
    {IN("* X {3}\r\nabc d\r\n )\r\n"), "d:* X {3}\r\nabc d|s:)|", NULL},
    {IN("* X {3}\r\nabc\r\n"), "", "L3|at9|"},
};

#define ROWS ((int)(sizeof rows / sizeof *rows))

static void check_text(const struct row *row, feed_fn *feeder, size_t how)
{
    driver d;

    start(&d, COLLECT, 100);
    feeder(&d, row->in, row->len, how);
    ck_assert_msg(strcmp(d.text, row->out) == 0, "%s with %zu: %s", row->in, how, d.text);
    if (row->positions != NULL)
        ck_assert_msg(strcmp(d.positions, row->positions) == 0, "%s with %zu: %s", row->in, how, d.positions);
    finish(&d);
}

START_TEST(answers_do_not_depend_on_the_pieces)
{
    const struct row *row = &rows[_i];

    check_text(row, in_steps, row->len);
    check_text(row, in_steps, 1);
    check_text(row, in_steps, 2);
    check_text(row, in_steps, 3);
    for (size_t at = 0; at <= row->len; at++)
        check_text(row, in_two, at);
}
END_TEST

/* Where responses and literals begin and end must be the same whatever is done with their bytes. */
START_TEST(positions_do_not_depend_on_the_caller)
{
    const struct row *row = &rows[_i];
    driver expected;

    start(&expected, COLLECT, 100);
    feed(&expected, row->in, row->len);
    for (int mode = HOLE; mode <= SKIP; mode++) {
        for (size_t step = 1; step <= row->len; step++) {
            driver d;

            start(&d, (enum mode)mode, 100);
            in_steps(&d, row->in, row->len, step);
            ck_assert_msg(strcmp(d.positions, expected.positions) == 0, "%s, mode %d, %zu: %s", row->in, mode, step,
                          d.positions);
            finish(&d);
        }
    }
    finish(&expected);
}
END_TEST

static int first_answer(const char *in, size_t len, size_t limit)
{
    imap4__frame frame;

    imap4__frame_init(&frame, limit);
    return imap4__frame_next(&frame, (const uint8_t *)in, len);
}

START_TEST(line_limit_counts_the_text)
{
    static const char *const lines[] = {"* OK 7890", "* 1 EXIST", "A1 OK 890", "+ 3456789", "* X \"6\" 9"};

    for (size_t i = 0; i < 5; i++) {
        for (int crlf = 0; crlf < 2; crlf++) {
            char line[16];
            size_t len = (size_t)snprintf(line, sizeof line, "%s%s", lines[i], crlf ? "\r\n" : "\n");

            ck_assert_int_eq(first_answer(line, len, 9), IMAP4__FRAME_RESPONSE);
            ck_assert_int_eq(first_answer(line, len, 8), IMAP4_ERROR_LIMIT);
            for (size_t size = 1; size < 6; size++) {
                driver d;

                start(&d, COLLECT, 8);
                in_steps(&d, line, len, size);
                ck_assert_msg(strncmp(d.text, "LIMIT|", 6) == 0, "%s", d.text);
                finish(&d);
                start(&d, COLLECT, 9);
                in_steps(&d, line, len, size);
                ck_assert_msg(strstr(d.text, "LIMIT|") == NULL, "%s", d.text);
                finish(&d);
            }
        }
    }
    /* without a line end there is no reason to wait */
    ck_assert_int_eq(first_answer("* OK 78901", 10, 9), IMAP4_ERROR_LIMIT);
    ck_assert_int_eq(first_answer("* OK 7890\r", 10, 9), IMAP4__FRAME_MORE);
    ck_assert_int_eq(first_answer("* OK 7890\rx", 11, 9), IMAP4_ERROR_LIMIT);
    ck_assert_int_eq(first_answer("*", 1, 1), IMAP4__FRAME_MORE);
    ck_assert_int_eq(first_answer("* ", 2, 1), IMAP4_ERROR_LIMIT);
    ck_assert_int_eq(first_answer("\r\n\r\n\r\n\r\n* 1 X\r\n", 15, 5), IMAP4__FRAME_RESPONSE);
}
END_TEST

START_TEST(line_limit_begins_anew_behind_a_literal)
{
    const char *in = "* X 5 {20}\r\n01234567890123456789 2345678)\r\n";
    driver d;

    start(&d, COLLECT, 10);
    in_steps(&d, in, strlen(in), 1);
    ck_assert_str_eq(d.text, "d:* X 5 {20}\r\n01234567890123456789 2345678)|");
    finish(&d);
    start(&d, COLLECT, 8);
    feed(&d, in, strlen(in));
    ck_assert_str_eq(d.text, "LIMIT|");
    finish(&d);
    /* lines of one quoted string are one */
    start(&d, COLLECT, 10);
    feed(&d, "* X \"a\r\nb\r\nc\"\r\n", 15);
    ck_assert_str_eq(d.text, "LIMIT|");
    finish(&d);
}
END_TEST

START_TEST(skipping_goes_on_behind_the_limit)
{
    static const char in[] =
        "* SEARCH 1 2 3 4 5 6 7 8 9 \"quoted {3}\" ({5}\r\n\" OK\n) {1000000}x {3}\r\n\r\n\"\r\n)\r\n"
        "* X \"3456789012345678901234567890 {1}\r\n\\\"{1}\r\n\"\r\n"
        "* X \"3456789012345678901234567890 {1}\r\n* 3 EXISTS\r\nA1 OK\r\n";
    const char *expected = "LIMIT|x|LIMIT|x|LIMIT|x|d:* 3 EXISTS|s:A1 OK|";

    for (size_t step = 1; step < sizeof in; step++) {
        driver d;

        start(&d, SKIP_LATE, 12);
        in_steps(&d, in, sizeof in - 1, step);
        ck_assert_msg(strcmp(d.text, expected) == 0, "%zu: %s", step, d.text);
        ck_assert_uint_eq(d.len, 0);
        finish(&d);
    }
}
END_TEST

START_TEST(skipping_needs_little)
{
    static const char *const pieces[] = {"0123456789", " \"quoted \\\" \\\\\" ", "{10}", " \"a\r\nb\" ", "()", "\\",
                                         "\r"};
    driver d;

    start(&d, SKIP, 10);
    feed(&d, "* X ", 4);
    for (int i = 0; i < 2000; i++)
        feed(&d, pieces[i % 7], strlen(pieces[i % 7]));
    feed(&d, " {7}\r\n\"\r\n\"\r\n\"", 13);
    ck_assert_str_eq(d.text, "");
    feed(&d, ")\r\n", 3);
    ck_assert_str_eq(d.text, "x|");
    ck_assert_uint_le(d.most, 128);
    finish(&d);
}
END_TEST

START_TEST(sizes_up_to_63_bits)
{
    const char *in = "* X {9223372036854775807}\r\nabc";
    imap4__frame frame;
    const uint8_t *data = (const uint8_t *)in;

    imap4__frame_init(&frame, 100);
    ck_assert_int_eq(imap4__frame_next(&frame, data, strlen(in)), IMAP4__FRAME_LITERAL);
    ck_assert_uint_eq(frame.literal, INT64_MAX);
    ck_assert_uint_eq(frame.at, 27);
    imap4__frame_collect(&frame);
    ck_assert_int_eq(imap4__frame_next(&frame, data, strlen(in)), IMAP4__FRAME_MORE);
    ck_assert_int_eq(imap4__frame_next(&frame, data, strlen(in)), IMAP4__FRAME_MORE);
}
END_TEST

START_TEST(hole_keeps_what_is_present)
{
    /* 1000 bytes were announced, 4 of them lie in the buffer */
    const char *in = "\r\n* X {1000}\r\nabcd UID 1)\r\n";
    const uint8_t *data = (const uint8_t *)in;
    imap4__frame frame;

    imap4__frame_init(&frame, 100);
    ck_assert_int_eq(imap4__frame_next(&frame, data, strlen(in)), IMAP4__FRAME_LITERAL);
    ck_assert_uint_eq(frame.begin, 2);
    ck_assert_uint_eq(frame.at, 14);
    ck_assert_uint_eq(imap4__frame_needed(&frame), 2);
    imap4__frame_hole(&frame, 4);
    ck_assert_uint_eq(frame.line, 18);
    ck_assert_int_eq(imap4__frame_next(&frame, data, 16), IMAP4__FRAME_MORE); /* not even those are there */
    ck_assert_int_eq(imap4__frame_next(&frame, data, strlen(in)), IMAP4__FRAME_RESPONSE);
    ck_assert_uint_eq(frame.end, 25);
    ck_assert_uint_eq(frame.size, 27);
    ck_assert_int_eq(frame.status, 0);
}
END_TEST

START_TEST(cut_moves_offsets)
{
    imap4__frame frame;
    const char *in = "\r\n* X {3}\r\nabc (def";

    imap4__frame_init(&frame, 100);
    imap4__frame_next(&frame, (const uint8_t *)in, strlen(in));
    imap4__frame_collect(&frame);
    imap4__frame_next(&frame, (const uint8_t *)in, strlen(in));
    ck_assert_uint_eq(frame.begin, 2);
    ck_assert_uint_eq(frame.line, 14);
    ck_assert_uint_eq(frame.at, 19);
    imap4__frame_cut(&frame, 0, 2); /* before all of them */
    ck_assert_uint_eq(frame.begin, 0);
    ck_assert_uint_eq(frame.line, 12);
    ck_assert_uint_eq(frame.at, 17);
    imap4__frame_cut(&frame, 9, 3); /* the literal */
    ck_assert_uint_eq(frame.begin, 0);
    ck_assert_uint_eq(frame.line, 9);
    ck_assert_uint_eq(frame.at, 14);
    imap4__frame_cut(&frame, 7, 4); /* across the beginning of the line */
    ck_assert_uint_eq(frame.line, 7);
    ck_assert_uint_eq(frame.at, 10);
    imap4__frame_cut(&frame, 10, 5); /* behind */
    ck_assert_uint_eq(frame.at, 10);
}
END_TEST

START_TEST(reset_forgets_all_but_the_limit)
{
    imap4__frame frame;
    imap4__frame fresh;

    imap4__frame_init(&frame, 77);
    imap4__frame_next(&frame, (const uint8_t *)"  * X \"abc", 10);
    imap4__frame_skip(&frame);
    imap4__frame_reset(&frame);
    imap4__frame_init(&fresh, 77);
    ck_assert_mem_eq(&frame, &fresh, sizeof frame);
}
END_TEST

/* In small pieces, a megabyte of what makes a careless framer start again. With the square this would take minutes. */
static void feed_slowly(const char *first, const char *unit)
{
    size_t size = 1000000;
    uint8_t *data = malloc(size);
    imap4__frame frame;
    int answers = 0;

    for (size_t i = 0; i < size; i++)
        data[i] = (uint8_t)unit[i % strlen(unit)];
    memcpy(data, first, strlen(first));
    imap4__frame_init(&frame, size);
    for (size_t len = 1; len <= size; len += 2)
        answers |= imap4__frame_next(&frame, data, len);
    ck_assert_int_eq(answers, IMAP4__FRAME_MORE);
    free(data);
}

START_TEST(cost_is_linear)
{
    feed_slowly("* X ", "a ");
    feed_slowly("* X ", "\"a\\\"\" ");
    feed_slowly("* X \"", "\\");
    feed_slowly("* X \"", "\\\"");
    feed_slowly("* X \"", "\n\r\n");
    feed_slowly("* X \"", "\nabc OKAY ");
    feed_slowly("* ", " ");
    feed_slowly("A", "B");
    feed_slowly("", "\r\n");
    feed_slowly("* X ", "{1}");
    feed_slowly("* SEARCH ", " x");
    feed_slowly("* SEARCH ", " 123456789012345678901234567890123456789012345678901234567890123x");
    feed_slowly("* VANISHED \"", "\\\"");
    feed_slowly("* OK [COPYUID ", " 1");
    feed_slowly("A1 OK [COPYUID 1] ", " 1");
    feed_slowly("* X \"", " {1}x\n");
}
END_TEST

Suite *frame_suite(void)
{
    const TTest *const tests[] = {
        line_limit_counts_the_text,
        line_limit_begins_anew_behind_a_literal,
        skipping_goes_on_behind_the_limit,
        skipping_needs_little,
        sizes_up_to_63_bits,
        hole_keeps_what_is_present,
        cut_moves_offsets,
        reset_forgets_all_but_the_limit,
        cost_is_linear,
        NULL,
    };
    Suite *suite = suite_create("frame");
    TCase *tcase = suite_tests(suite, "frame", tests);

    tcase_add_loop_test(tcase, answers_do_not_depend_on_the_pieces, 0, ROWS);
    tcase_add_loop_test(tcase, positions_do_not_depend_on_the_caller, 0, ROWS);
    return suite;
}
