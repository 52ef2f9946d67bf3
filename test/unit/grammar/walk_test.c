#include "describe.h"
#include "grammar/section.h"
#include "grammar/walk.h"
#include "support/suite.h"
#include "wire/frame.h"

Suite *walk_suite(void);

/* One report of the walk as text: what is reported, and the bytes of the value when they are there. */
static void put_report(line *out, const imap4__cursor *cursor, int result, const imap4__walk_item *item)
{
    imap4__cursor name = *cursor;
    const uint8_t *begin = cursor->base + item->name;

    name.at = begin;
    ck_assert_int_eq(imap4__section_skip(&name), 1);
    put(out, "%s%.*s", out->len > 0 ? "; " : "", (int)(name.at - begin), (const char *)begin);
    if (result == IMAP4__WALK_LITERAL)
        put(out, " literal");
    else if (item->nil)
        put(out, " nil");
    else
        put(out, " %s%.*s", item->quoted ? "quoted " : "", (int)item->value_len,
            (const char *)cursor->base + item->value);
}

static int walk_segment(imap4__walk *walk, imap4__cursor *cursor, size_t end, line *out)
{
    imap4__walk_item item;
    int result;

    cursor->end = cursor->base + end;
    while ((result = imap4__walk_next(walk, cursor, &item)) == IMAP4__WALK_INLINE)
        put_report(out, cursor, result, &item);
    if (result == IMAP4__WALK_LITERAL)
        put_report(out, cursor, result, &item);
    if (result == IMAP4__WALK_NOT && (out->len < 3 || strcmp(out->text + out->len - 3, "NOT") != 0))
        put(out, "%sNOT", out->len > 0 ? "; " : "");
    return result;
}

/* Walks a complete response at once. */
static void walk_whole(const char *bytes, line *out)
{
    imap4__walk walk;
    reply r;

    out->len = 0;
    out->text[0] = '\0';
    reply_init(&r, bytes, strlen(bytes), NULL);
    imap4__walk_init(&walk);
    ck_assert_int_ne(walk_segment(&walk, &r.cursor, r.len, out), IMAP4__WALK_LITERAL);
    put(out, "%s| %u %u", out->len > 0 ? " " : "", walk.seq, walk.uid);
    reply_clear(&r);
}

/* Walks as the bytes come, up to each literal that the framer finds; every literal is collected. */
static void walk_segments(const char *bytes, line *out)
{
    char *with_end = malloc(strlen(bytes) + 4);
    imap4__frame frame;
    imap4__walk walk;
    size_t len;
    reply r;
    int result;

    ck_assert_ptr_nonnull(with_end);
    strcpy(with_end, bytes);
    strcat(with_end, "\r\n*"); /* behind a literal the framer looks at the next response's first byte */
    len = strlen(with_end);
    out->len = 0;
    out->text[0] = '\0';
    reply_init(&r, with_end, len, NULL);
    imap4__walk_init(&walk);
    imap4__frame_init(&frame, 1 << 20);
    while ((result = imap4__frame_next(&frame, r.bytes, len)) == IMAP4__FRAME_LITERAL) {
        size_t before = out->len;
        int walked = walk_segment(&walk, &r.cursor, frame.at, out);
        if (walked == IMAP4__WALK_LITERAL) {
            /* Say it as the walk over the whole does, with the content. */
            char *literal = strstr(out->text + before, " literal");
            out->len = (size_t)(literal - out->text);
            put(out, " %.*s", (int)frame.literal, (const char *)r.bytes + frame.at);
            ck_assert_int_eq(walk_segment(&walk, &r.cursor, frame.at, out), IMAP4__WALK_END);
        }
        imap4__frame_collect(&frame);
    }
    ck_assert_msg(result == IMAP4__FRAME_RESPONSE, "not a whole response: %s", bytes);
    walk_segment(&walk, &r.cursor, frame.end, out);
    put(out, "%s| %u %u", out->len > 0 ? " " : "", walk.seq, walk.uid);
    reply_clear(&r);
    free(with_end);
}

static void check_walks(const row *rows, size_t count, int whole)
{
    static line found;

    for (size_t i = 0; i < count; i++) {
        if (whole) {
            walk_whole(rows[i].bytes, &found);
            if (strcmp(found.text, rows[i].expected) != 0)
                ck_abort_msg("\n  bytes    %s\n  whole    %s\n  expected %s", rows[i].bytes, found.text,
                             rows[i].expected);
        }
        walk_segments(rows[i].bytes, &found);
        if (strcmp(found.text, rows[i].expected) != 0)
            ck_abort_msg("\n  bytes    %s\n  segments %s\n  expected %s", rows[i].bytes, found.text, rows[i].expected);
    }
}

#define CHECK_WALKS(rows) check_walks(rows, sizeof(rows) / sizeof(rows)[0], 1)

START_TEST(sections_are_reported)
{
    static const row rows[] = {
        {"* 1 FETCH (BODY[] {3}\r\nabc)", "BODY[] abc | 1 0"},
        {"* 12 FETCH (UID 7 BODY[1.2]<5> {3}\r\na)( FLAGS (\\Seen) BODY[TEXT] \"q\")",
         "BODY[1.2]<5> a)(; BODY[TEXT] quoted q | 12 7"},
        {"* 1 FETCH (BODY[] {0}\r\n UID 5)", "BODY[]  | 1 5"},
        {"* 25 UIDFETCH (BODY[] {3}\r\nabc FLAGS ())", "BODY[] abc | 0 25"},
        {"* 1 FETCH (BODY[1] NIL BODY[2] () BODY[3] \"\" BODY[4] )",
         "BODY[1] nil; BODY[2] nil; BODY[3] quoted ; BODY[4] nil | 1 0"},
        {"* 1 FETCH (RFC822 \"x\" RFC822.HEADER {1}\r\ny RFC822.TEXT z RFC822.SIZE 5)",
         "RFC822 quoted x; RFC822.HEADER y; RFC822.TEXT z | 1 0"},
        {"* 1 FETCH (BINARY[1] ~{2}\r\nab BINARY.SIZE[1] 5 BODY.PEEK[] {1}\r\nx)", "BINARY[1] ab; BODY.PEEK[] x | 1 0"},
        {"* 1 fetch (body[header.fields (\"a]\" b)] {1}\r\nx uid 9)", "body[header.fields (\"a]\" b)] x | 1 9"},
        {"* 1 FETCH (BODY[] \"a\\\"b)\" UID 3)", "BODY[] quoted a\\\"b) | 1 3"},
        {"* 1 FETCH ()", "| 1 0"},
        {"* 1 FETCH (FLAGS (\\Seen) UID 4294967295)", "| 1 4294967295"},
        {"*  1  FETCH  ( BODY[]  {1}\r\nx  UID  5  ) ", "BODY[] x | 1 5"},
        {"* 1 FETCH (UID 7 (BODY[] {1}\r\nx) BODY[1] {1}\r\ny)", "BODY[] x; BODY[1] y | 1 7"},
        {"* 1 FETCH ((UID 3 X-OTHER) BODY[] {1}\r\nx)", "BODY[] x | 1 3"},
        {"* 1 FETCH (UID 7 \"\" BODY[] {1}\r\nx)", "BODY[] x | 1 7"},
        /* a literal counted short */
        {"* 1 FETCH (BODY[] {3}\r\nabc\r\n UID 5)", "BODY[] abc | 1 5"},
    };
    CHECK_WALKS(rows);
}
END_TEST

START_TEST(other_literals_are_not)
{
    static const row rows[] = {
        {"* 1 FETCH (ENVELOPE (NIL {9}\r\nBODY[] {3 (({1}\r\na NIL {1}\r\n) {0}\r\n)) NIL) BODY[1] {1}\r\nx)",
         "BODY[1] x | 1 0"},
        {"* 1 FETCH (ENVELOPE (\"d\" \"BODY[] {3}\" NIL) BODY[] {1}\r\nx)", "BODY[] x | 1 0"},
        {"* 1 FETCH (ENVELOPE (\"d\" \"a \\\" ) ( [\" NIL) BODY[] {1}\r\nx)", "BODY[] x | 1 0"},
        {"* 1 FETCH (BODYSTRUCTURE ((\"A\" {1}\r\nB NIL) {1}\r\n) \"x\") UID 3 BODY[1] {1}\r\nx)", "BODY[1] x | 1 3"},
        {"* 1 FETCH (X-OTHER {6}\r\nBODY[] PREVIEW {2}\r\n)) FLAGS (a {1}\r\n( b) BODY[] {1}\r\nx)", "BODY[] x | 1 0"},
        {"* 1 FETCH (X-OTHER[BODY {1}] {1}\r\nx UID 5)", "| 1 5"},
        {"* 1 FETCH (BODY ({1}\r\nA B) UID {1}\r\n5 BODY[] {1}\r\nx)", "BODY[] x | 1 0"},
    };
    CHECK_WALKS(rows);
}
END_TEST

/* Quotes that are not escaped do not hide the sections behind them. */
START_TEST(stray_quotes)
{
    static const row rows[] = {
        {"* 1 FETCH (ENVELOPE (NIL \"<\"a(b\"@c>\") BODY[] {1}\r\nx UID 5)", "BODY[] x | 1 5"},
        {"* 1 FETCH (ENVELOPE ((NIL NIL \"a\" \"qq.com\\\")) \"<m>\") BODY[] {1}\r\nx)", "BODY[] x | 1 0"},
        {"* 1 FETCH (BODY (\"A\" \"B\" (\"x\" \"3D\"Windows-1252\"\")) BODY[1] \"q\" BODY[2] {1}\r\nx)",
         "BODY[1] quoted q; BODY[2] x | 1 0"},
        {"* 1 FETCH (ENVELOPE (\"a \"b) c\") BODY[] {1}\r\nx)", "BODY[] x | 1 0"},
    };
    CHECK_WALKS(rows);
}
END_TEST

START_TEST(by_uid)
{
    static const row rows[] = {
        {"* 7 UIDFETCH (BODY[] {1}\r\nx)", "BODY[] x | 0 7"},
        {"* 7 uidfetch (UID 7 BODY[1] NIL)", "BODY[1] nil | 0 7"},
        {"* 1 FETCH (UID 4294967296 BODY[1] NIL)", "BODY[1] nil | 1 0"},
        {"* 1 FETCH (UID x BODY[1] NIL)", "BODY[1] nil | 1 0"},
    };
    CHECK_WALKS(rows);
}
END_TEST

/* Values that are no text are passed over like those of any item. */
START_TEST(odd_values)
{
    static const row rows[] = {
        {"* 1 FETCH (BODY[1] (a b) BODY[2] NIL)", "BODY[2] nil | 1 0"},
        {"* 1 FETCH (BODY[1] (", "| 1 0"},
        {"* 1 FETCH (BODY[1] \001 BODY[2] NIL)", "BODY[2] nil | 1 0"},
        {"* 1 FETCH (BODY[1]", "BODY[1] nil | 1 0"},
        {"* 1 FETCH (X \001 BODY[2] atom)", "BODY[2] atom | 1 0"},
        {"* 1 FETCH (X BODY[2] atom)", "| 1 0"},
        {"* 1 FETCH (X) BODY[2] atom", "BODY[2] atom | 1 0"},
        {"* 1 FETCH (BODY[1] ~x BODY[2] {y)", "BODY[1] ~x | 1 0"},
    };
    CHECK_WALKS(rows);
}
END_TEST

START_TEST(what_cannot_be_followed)
{
    static const row rows[] = {
        {"* LIST () \"/\" {1}\r\nx", "NOT | 0 0"},
        {"* 1 EXISTS", "NOT | 0 0"},
        {"* 0 FETCH (BODY[] NIL)", "NOT | 0 0"},
        {"* 0 UIDFETCH (BODY[] NIL)", "NOT | 0 0"},
        {"* 1 FETCH", "NOT | 0 0"},
        {"* 1 FETCHES (BODY[] NIL)", "NOT | 0 0"},
        {"* FETCH (BODY[] NIL)", "NOT | 0 0"},
        {"a OK done", "NOT | 0 0"},
        {"* 1 FETCH (BODY[1] NIL BODY[HEADER.FIELDS ({1}\r\na)] {1}\r\nx)", "BODY[1] nil; NOT | 1 0"},
        {"* 99999999999 FETCH (BODY[] NIL)", "NOT | 0 0"},
        {"* 1FETCH (BODY[] NIL)", "NOT | 0 0"},
        {"* 0 FETCH (BODY[] NIL)", "NOT | 0 0"}, /* Courier: of no message */
        {"* 1 FETCH BODY[] NIL", "NOT | 0 0"},
        {"* 1 FETCH (BODY[1] NIL BODY[2 NIL)", "BODY[1] nil; NOT | 1 0"},
        {"* 1 FETCH (BODY[1] NIL {1}\r\na {1}\r\nx)", "BODY[1] nil; NOT | 1 0"},
    };
    CHECK_WALKS(rows);
}
END_TEST

/* Strings and literals that the bytes end within: the engine has no such segments. */
START_TEST(cut_off)
{
    static const row rows[] = {
        {"* 1 FETCH (BODY[1] NIL ENVELOPE (\"a) BODY[2] NIL)", "BODY[1] nil; NOT | 1 0"},
        {"* 1 FETCH (BODY[1] NIL BODY[2] \"a)", "BODY[1] nil; NOT | 1 0"},
        {"* 1 FETCH (BODY[1] NIL ENVELOPE ({5}\r\na)", "BODY[1] nil; NOT | 1 0"},
        {"* 1 FETCH (BODY[1] NIL BODY[2] {5}\r\na)", "BODY[1] nil; NOT | 1 0"},
    };
    static line found;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        walk_whole(rows[i].bytes, &found);
        ck_assert_str_eq(found.text, rows[i].expected);
    }
}
END_TEST

/* Strings that are read again and again: at some point the walk is given up, so that it stays linear. */
START_TEST(work_is_bounded)
{
    static const char unit[] = "\"a\"b\" c ";
    static char bytes[20000] = "* 1 FETCH (X (";
    static line found;

    for (size_t len = strlen(bytes); len + sizeof unit + 20 < sizeof bytes; len += sizeof unit - 1)
        memcpy(bytes + len, unit, sizeof unit);
    strcat(bytes, ") BODY[1] NIL)");
    walk_whole(bytes, &found);
    ck_assert_str_eq(found.text, "NOT | 1 0");
}
END_TEST

/* Lost once, lost for ever: the engine collects the rest. */
START_TEST(lost_stays_lost)
{
    static const char bytes[] = "* LIST (BODY[] NIL)";
    imap4__walk_item item;
    imap4__walk walk;
    reply r;

    reply_init(&r, bytes, sizeof bytes - 1, NULL);
    imap4__walk_init(&walk);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(imap4__walk_next(&walk, &r.cursor, &item), IMAP4__WALK_NOT);
    reply_clear(&r);
}
END_TEST

/* The engine takes the content of streamed literals out: what is left of it is a hole. */
START_TEST(streamed_literals_leave_holes)
{
    static const char bytes[] = "* 1 FETCH (BODY[1] {500}\r\n BODY[2] {600}\r\nxx UID 5 BODY[3] \"q\")";
    imap4__hole holes[2] = {{.size = 500, .streamed = 1}, {.junk = 2, .size = 600, .streamed = 1}};
    size_t first = (size_t)(strstr(bytes, " BODY[2]") - bytes);
    size_t second = (size_t)(strstr(bytes, "xx") - bytes);
    imap4__walk_item item;
    imap4__walk walk;
    reply r;

    reply_init(&r, bytes, sizeof bytes - 1, NULL);
    imap4__walk_init(&walk);
    r.cursor.holes = holes;

    r.cursor.end = r.bytes + first;
    ck_assert_int_eq(imap4__walk_next(&walk, &r.cursor, &item), IMAP4__WALK_LITERAL);
    ck_assert_uint_eq(item.name, 11);
    ck_assert_int_eq(imap4__walk_next(&walk, &r.cursor, &item), IMAP4__WALK_END);

    holes[0].at = first;
    r.cursor.hole_count = 1;
    r.cursor.end = r.bytes + second;
    ck_assert_int_eq(imap4__walk_next(&walk, &r.cursor, &item), IMAP4__WALK_LITERAL);
    ck_assert_uint_eq(item.name, first + 1);
    ck_assert_uint_eq(walk.uid, 0);

    holes[1].at = second;
    r.cursor.hole_count = 2;
    r.cursor.end = r.bytes + r.len;
    ck_assert_int_eq(imap4__walk_next(&walk, &r.cursor, &item), IMAP4__WALK_INLINE);
    ck_assert_int_eq(item.quoted, 1);
    ck_assert_uint_eq(item.value_len, 1);
    ck_assert_int_eq(r.bytes[item.value], 'q');
    ck_assert_uint_eq(walk.uid, 5);
    ck_assert_int_eq(imap4__walk_next(&walk, &r.cursor, &item), IMAP4__WALK_END);
    reply_clear(&r);
}
END_TEST

/* Content that was gathered lies elsewhere. It is a value like others, though the bytes end where it was. */
START_TEST(gathered_literals)
{
    static const char bytes[] = "* 1 FETCH (BODY[1] {500}\r\n BODY[2] {600}\r\n";
    imap4__hole holes[2] = {{.size = 500, .text = {"abc", 3}}, {.size = 600, .text = {"de", 2}}};
    size_t first = (size_t)(strstr(bytes, " BODY[2]") - bytes);
    imap4__walk_item item;
    imap4__walk walk;
    reply r;

    reply_init(&r, bytes, sizeof bytes - 1, NULL);
    imap4__walk_init(&walk);
    r.cursor.holes = holes;
    r.cursor.hole_count = 1;
    holes[0].at = first;
    ck_assert_int_eq(imap4__walk_next(&walk, &r.cursor, &item), IMAP4__WALK_INLINE);
    ck_assert_uint_eq(item.name, 11);
    ck_assert_uint_eq(item.value_len, 3);
    ck_assert_ptr_eq(item.text, holes[0].text.data);
    ck_assert_int_eq(item.streamed, 0);
    ck_assert_int_eq(imap4__walk_next(&walk, &r.cursor, &item), IMAP4__WALK_LITERAL);
    ck_assert_int_eq(imap4__walk_next(&walk, &r.cursor, &item), IMAP4__WALK_END);
    r.cursor.hole_count = 2;
    holes[1].at = r.len;
    ck_assert_int_eq(imap4__walk_next(&walk, &r.cursor, &item), IMAP4__WALK_END);

    /* from the beginning, when all is there */
    imap4__walk_init(&walk);
    ck_assert_int_eq(imap4__walk_next(&walk, &r.cursor, &item), IMAP4__WALK_INLINE);
    ck_assert_int_eq(imap4__walk_next(&walk, &r.cursor, &item), IMAP4__WALK_INLINE);
    ck_assert_ptr_eq(item.text, holes[1].text.data);
    ck_assert_uint_eq(item.value_len, 2);
    ck_assert_int_eq(imap4__walk_next(&walk, &r.cursor, &item), IMAP4__WALK_END);
    reply_clear(&r);
}
END_TEST

/* A response may end right behind an empty literal: then none is to come. */
START_TEST(whole_responses)
{
    static const char bytes[] = "* 1 FETCH (BODY[1] {0}\r\n";
    imap4__walk_item item;
    imap4__walk walk;
    reply r;

    reply_init(&r, bytes, sizeof bytes - 1, NULL);
    imap4__walk_init(&walk);
    ck_assert_int_eq(imap4__walk_next(&walk, &r.cursor, &item), IMAP4__WALK_LITERAL);
    imap4__walk_init(&walk);
    walk.whole = 1;
    ck_assert_int_eq(imap4__walk_next(&walk, &r.cursor, &item), IMAP4__WALK_INLINE);
    ck_assert_uint_eq(item.value_len, 0);
    ck_assert_int_eq(item.nil, 0);
    ck_assert_int_eq(imap4__walk_next(&walk, &r.cursor, &item), IMAP4__WALK_END);
    reply_clear(&r);
}
END_TEST

/* Any bytes after the beginning of a FETCH: the walk ends, in one way or another. */
START_TEST(garbage_is_survived)
{
    static const char odd[] = "()[]{}\"\\ \r\n~NIL012 BODY[] BODY[] UID ENVELOPE {1}\r\n{2}\r\n";
    uint32_t random = 88172645u;

    for (int round = 0; round < 20000; round++) {
        char bytes[128] = "* 1 FETCH (";
        size_t len = strlen(bytes);
        imap4__walk_item item;
        imap4__walk walk;
        int steps = 0;
        reply r;

        while (len < 20 + (size_t)round % 100) {
            random ^= random << 13;
            random ^= random >> 17;
            random ^= random << 5;
            bytes[len++] = odd[random % (sizeof odd - 1)];
        }
        reply_init(&r, bytes, len, NULL);
        imap4__walk_init(&walk);
        while (imap4__walk_next(&walk, &r.cursor, &item) == IMAP4__WALK_INLINE) {
            ck_assert_uint_le(item.value + item.value_len, len);
            ck_assert_int_lt(++steps, 128);
        }
        reply_clear(&r);
    }
}
END_TEST

Suite *walk_suite(void)
{
    const TTest *const tests[] = {
        sections_are_reported,
        other_literals_are_not,
        stray_quotes,
        by_uid,
        odd_values,
        what_cannot_be_followed,
        cut_off,
        work_is_bounded,
        lost_stays_lost,
        streamed_literals_leave_holes,
        gathered_literals,
        whole_responses,
        garbage_is_survived,
        NULL,
    };
    Suite *suite = suite_create("walk");

    suite_tests(suite, "walk", tests);
    return suite;
}
