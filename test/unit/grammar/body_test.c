#include "describe.h"
#include "starve.h"
#include "support/suite.h"

Suite *body_suite(void);

#define FETCH(body) "* 1 FETCH (BODYSTRUCTURE " body " UID 5)"
#define FOUND(body) "FETCH 1 UID=5 BODYSTRUCTURE=" body

#define ENVELOPE "(\"d\" \"s\" NIL NIL NIL NIL NIL NIL NIL \"<m>\")"
#define FOUND_ENVELOPE "{'d' 's' - - - - - - NIL '<m>'}"

START_TEST(multiparts)
{
    static const row rows[] = {
        /* RFC 3501 section 7.4.2 */
        {FETCH("((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 1152 23)(\"TEXT\" \"PLAIN\" "
               "(\"CHARSET\" "
               "\"US-ASCII\" \"NAME\" \"cc.diff\") \"<960723163407.20117h@cac.washington.edu>\" \"Compiler diff\" "
               "\"BASE64\" 4554 73) \"MIXED\")"),
         FOUND(
             "[ MULTIPART MULTIPART/MIXED][1 TEXT TEXT/PLAIN('CHARSET'='US-ASCII') enc='7BIT' 1152/23]"
             "[2 TEXT TEXT/PLAIN('CHARSET'='US-ASCII' 'NAME'='cc.diff') id='<960723163407.20117h@cac.washington.edu>' "
             "desc='Compiler diff' enc='BASE64' 4554/73]")},
        {FETCH("((\"A\" \"B\" NIL NIL NIL \"7BIT\" 1) \"X\" (\"BOUNDARY\" \"q\") (\"inline\" NIL) \"en\" \"loc\" 1 2)"),
         FOUND("[ MULTIPART MULTIPART/X('BOUNDARY'='q') + dsp='inline' lang='en' loc='loc' ext=#1 #2]"
               "[1 BASIC A/B enc='7BIT' 1/0]")},
        {FETCH("(((\"A\" \"B\" NIL NIL NIL \"7BIT\" 1)((\"C\" \"D\" NIL NIL NIL \"7BIT\" 2) \"R\")) \"M\")"),
         FOUND("[ MULTIPART MULTIPART/M][1 MULTIPART MULTIPART/MIXED][1.1 BASIC A/B enc='7BIT' 1/0]"
               "[1.2 MULTIPART MULTIPART/R][1.2.1 BASIC C/D enc='7BIT' 2/0]")},
        /* spaces between parts, and a subtype that is missing */
        {FETCH("((\"A\" \"B\" NIL NIL NIL \"7BIT\" 1) (\"C\" \"D\" NIL NIL NIL \"7BIT\" 2) )"),
         FOUND("[ MULTIPART MULTIPART/MIXED][1 BASIC A/B enc='7BIT' 1/0][2 BASIC C/D enc='7BIT' 2/0]")},
        {FETCH("((\"A\" \"B\" NIL NIL NIL \"7BIT\" 1) NIL)"),
         FOUND("[ MULTIPART MULTIPART/MIXED][1 BASIC A/B enc='7BIT' 1/0]")},
    };
    CHECK_ROWS(rows);
}
END_TEST

#define LEAF "(\"A\" \"B\" NIL NIL NIL \"7BIT\" 1)"
#define MESSAGE(body) "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 9 " ENVELOPE " " body " 3)"
#define MIXED(parts) "(" parts " \"MIXED\")"

/*
 * RFC 9051 section 6.4.5.1. The multipart of a message has no number of its own: it is given that of the message, which
 * is "" for the outermost.
 */
START_TEST(part_numbers)
{
    static const row rows[] = {
        /* the example of that section, and a message that is no multipart */
        {MIXED(LEAF LEAF MESSAGE(MIXED(LEAF LEAF)) MIXED(LEAF MESSAGE(MIXED(LEAF MIXED(LEAF LEAF)))) MESSAGE(LEAF)),
         " 1 2 3 3 3.1 3.2 4 4.1 4.2 4.2 4.2.1 4.2.2 4.2.2.1 4.2.2.2 5 5.1"},
        /* "Every message has at least one part number.  Messages that do not use MIME, and MIME messages that are not
         * multipart and have no encapsulated message within them, only have a part 1." */
        {LEAF, "1"},
        /* "Multipart messages are assigned consecutive part numbers, as they occur in the message.  If a particular
         * part is of type message or multipart, its parts MUST be indicated by a period followed by the part number
         * within that nested multipart part." */
        {MIXED(LEAF), " 1"},
        {MIXED(LEAF LEAF LEAF), " 1 2 3"},
        {MIXED(MIXED(LEAF) LEAF), " 1 1.1 2"},
        {MIXED(LEAF MIXED(MIXED(LEAF LEAF) LEAF)), " 1 2 2.1 2.1.1 2.1.2 2.2"},
        /* "A part of type MESSAGE/RFC822 or MESSAGE/GLOBAL also has nested part numbers, referring to parts of the
         * MESSAGE part's body." */
        {MESSAGE(LEAF), "1 1.1"},
        {MESSAGE(MIXED(LEAF LEAF)), "1 1 1.1 1.2"},
        {MESSAGE(MESSAGE(LEAF)), "1 1.1 1.1.1"},
        {MESSAGE(MESSAGE(MIXED(LEAF LEAF))), "1 1.1 1.1 1.1.1 1.1.2"},
        {MESSAGE(MIXED(MESSAGE(LEAF) MESSAGE(MIXED(LEAF)))), "1 1 1.1 1.1.1 1.2 1.2 1.2.1"},
        {MESSAGE(MIXED(MIXED(LEAF) LEAF)), "1 1 1.1 1.1.1 1.2"},
        {MIXED(MESSAGE(LEAF) MESSAGE(LEAF)), " 1 1.1 2 2.1"},
        {MIXED(MESSAGE(MESSAGE(LEAF)) LEAF), " 1 1.1 1.1.1 2"},
        {MIXED(MESSAGE(MIXED(LEAF MIXED(LEAF))) LEAF), " 1 1 1.1 1.2 1.2.1 2"},
        {MIXED(MIXED(MESSAGE(MIXED(LEAF)))), " 1 1.1 1.1 1.1.1"},
        /* parts that are not told have numbers all the same */
        {MIXED("()"
               "(\"MIXED\")"
               "(NIL \"MIXED\" NIL NIL)" LEAF),
         " 1 2 3 4"},
        {"(\"MIXED\")", ""},
        {MESSAGE("()"), "1 1.1"},
        {MESSAGE("NIL"), "1"},
        {MESSAGE("(\"MIXED\")"), "1 1"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        static char bytes[4096];
        line found = {"", 0};
        reply r;

        snprintf(bytes, sizeof bytes, "* 1 FETCH (BODYSTRUCTURE %s)", rows[i].bytes);
        reply_init(&r, bytes, strlen(bytes), NULL);
        reply_read(&r);
        ck_assert_int_eq(r.result, IMAP4_OK);
        ck_assert_uint_eq(r.response.damaged, 0);
        for (const imap4_body *body = r.response.data.fetch->body; body != NULL; body = imap4_body_next(body))
            put(&found, "%s%s", body == r.response.data.fetch->body ? "" : " ", body->part.data);
        ck_assert_msg(strcmp(found.text, rows[i].expected) == 0, "%s\n  found    %s\n  expected %s", rows[i].bytes,
                      found.text, rows[i].expected);
        reply_clear(&r);
    }
}
END_TEST

#undef LEAF
#undef MESSAGE
#undef MIXED

START_TEST(more_than_nine_parts)
{
    static char bytes[4096] = "* 1 FETCH (BODY (";
    const imap4_body *body;
    char number[16];
    int count = 0;
    reply r;

    for (int i = 0; i < 120; i++)
        strcat(bytes, "(A B NIL NIL NIL X 1)");
    strcat(bytes, " \"MIXED\"))");
    reply_init(&r, bytes, strlen(bytes), NULL);
    reply_read(&r);
    ck_assert_int_eq(r.result, IMAP4_OK);
    for (body = r.response.data.fetch->body->children; body != NULL; body = body->next) {
        snprintf(number, sizeof number, "%d", ++count);
        ck_assert_str_eq(body->part.data, number);
    }
    ck_assert_int_eq(count, 120);
    reply_clear(&r);
}
END_TEST

START_TEST(what_cannot_be_read_is_left_out)
{
    static const row rows[] = {
        {FETCH("\"x\""), "FETCH 1 UID=5 !1 FETCH BODYSTRUCTURE @11"},
        {FETCH("(\"A\"x\"B\"y(z) NIL)"), "FETCH 1 UID=5 !1 FETCH BODYSTRUCTURE @11"},
        {"* 1 FETCH (UID 5 BODYSTRUCTURE ((\"A\" \"B\"", "FETCH 1 UID=5 !2 FETCH BODYSTRUCTURE @17"},
        {"* 1 FETCH (UID 5 BODYSTRUCTURE (", "FETCH 1 UID=5 !2 FETCH BODYSTRUCTURE @17"},
        {"* 1 FETCH (UID 5 BODYSTRUCTURE ((", "FETCH 1 UID=5 !2 FETCH BODYSTRUCTURE @17"},
        {"* 1 FETCH (UID 5 BODYSTRUCTURE (()", "FETCH 1 UID=5 !2 FETCH BODYSTRUCTURE @17"},
        {"* 1 FETCH (UID 5 BODYSTRUCTURE (() X", "FETCH 1 UID=5 !2 FETCH BODYSTRUCTURE @17"},
        /* one field of one part */
        {FETCH("((A B NIL (1) \"d\" X 1)(C D (a (b) c d) NIL NIL X 2 NIL NIL (3 (4)) NIL 5) MIXED)"),
         FOUND("[ MULTIPART MULTIPART/MIXED][1 BASIC A/B desc='d' enc='X' 1/0][2 BASIC C/D('a'='' 'c'='d') enc='X' "
               "2/0 + "
               "dsp='3' ext=#5] !2 FETCH BODYSTRUCTURE @35")},
        /* an address inside, and nothing else */
        {FETCH("(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 9 (\"d\" \"s\" ((\"a\" (1) \"b\" \"c\")) NIL NIL "
               "NIL NIL NIL "
               "NIL NIL) (A B NIL NIL NIL X 1) 3)"),
         FOUND("[1 MESSAGE MESSAGE/RFC822 enc='7BIT' 9/3{'d' 's' - - - - - - NIL NIL}][1.1 BASIC A/B enc='X' "
               "1/0]") " !1 FETCH BODYSTRUCTURE @76"},
    };

    CHECK_ROWS(rows);
}
END_TEST

/* Quotes that are not escaped, in every place. */
START_TEST(stray_quotes)
{
    static const row rows[] = {
        {FETCH("(\"MOUNDARY=\"_006_x_\"\" \"OCTET-STREAM\" NIL NIL NIL \"7BIT\" 5)"),
         FOUND("[1 BASIC MOUNDARY=\"_006_x_\"/OCTET-STREAM enc='7BIT' 5/0]")},
        {FETCH("((\"TEXT\" \"PLAIN\" NIL \"<a\"b@c>\" \"a \"b\" c\" \"7BIT\" 1 2 NIL (\"attachment\" (\"filename\" \"a "
               "\"b\".txt\")))"
               " \"MIXED\" (\"boundary\" \"=_\"1\"_\"))"),
         FOUND("[ MULTIPART MULTIPART/MIXED('boundary'='=_\"1\"_') +][1 TEXT TEXT/PLAIN id='<a\"b@c>' desc='a \"b\" c' "
               "enc='7BIT' 1/2 + dsp='attachment'('filename'='a \"b\".txt')]")},
        /* only a second reading tells */
        {FETCH("((\"TEXT\" \"PLAIN\" (\"name\" \"a\" b.txt\") NIL NIL \"7BIT\" 1 2)(\"A\" \"B\" NIL NIL NIL \"7BIT\" "
               "1) \"MIXED\")"),
         FOUND("[ MULTIPART MULTIPART/MIXED][1 TEXT TEXT/PLAIN('name'='a\" b.txt') enc='7BIT' 1/2][2 BASIC A/B "
               "enc='7BIT' 1/0]")},
        {FETCH("(\"A\" \"B\" NIL NIL \"it\" is\" \"7BIT\" 1)"), FOUND("[1 BASIC A/B desc='it\" is' enc='7BIT' 1/0]")},
    };

    CHECK_ROWS(rows);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_starved(rows[i].bytes);
}
END_TEST

static char *append(char *at, const char *text)
{
    size_t len = strlen(text);

    memcpy(at, text, len);
    return at + len;
}

/* Depth `depth` of multiparts, or of messages in messages: what is deeper than the limit is cut off. */
static void read_deep(int depth, int in_messages, uint32_t limit)
{
    const char *open = in_messages ? "(MESSAGE RFC822 NIL NIL NIL X 1 " ENVELOPE " " : "(";
    const char *close = in_messages ? " 7 NIL ATTACHMENT)" : " MIXED (a b) ATTACHMENT)";
    size_t size = (size_t)depth * (strlen(open) + strlen(close)) + 100;
    char *bytes = malloc(size);
    char *at = bytes;
    int count = 0;
    reply r;

    ck_assert_ptr_nonnull(bytes);
    at = append(at, "* 1 FETCH (BODY ");
    for (int i = 0; i < depth; i++)
        at = append(at, open);
    at = append(at, "(A B NIL NIL NIL X 1)");
    for (int i = 0; i < depth; i++)
        at = append(at, close);
    at = append(at, " UID 5)");
    reply_init(&r, bytes, (size_t)(at - bytes), NULL);
    r.cursor.nesting_limit = limit;
    r.cursor.list_limit = 1000000;
    reply_read(&r);
    ck_assert_int_eq(r.result, IMAP4_OK);
    ck_assert_uint_eq(r.response.data.fetch->uid, 5);
    ck_assert_uint_eq(r.response.damaged, 0);
    for (const imap4_body *body = r.response.data.fetch->body; body != NULL; body = imap4_body_next(body)) {
        int last = count == (int)limit;
        count++;
        ck_assert_int_eq(body->cut, last && depth > (int)limit);
        if (count <= depth) {
            ck_assert_str_eq(body->disposition.data, "ATTACHMENT");
            ck_assert_uint_eq(body->lines, in_messages ? 7 : 0);
        }
    }
    ck_assert_int_eq(count, depth > (int)limit ? (int)limit + 1 : depth + 1);
    reply_clear(&r);
    free(bytes);
}

START_TEST(nesting)
{
    for (int kind = 0; kind < 2; kind++) {
        read_deep(3, kind, 1);
        read_deep(100, kind, 100);
        read_deep(101, kind, 100);
        read_deep(1000, kind, 1000);
        read_deep(20000, kind, 1000);
    }
}
END_TEST

/* Only what is too deep is left out; the parts beside it keep their numbers. */
START_TEST(cut_off)
{
    static const char bytes[] =
        FETCH("((((A B NIL NIL NIL X 1)(\") (\" B NIL NIL NIL X 1) DEEP) ALTERNATIVE)(MESSAGE RFC822 NIL "
              "NIL NIL X 9 " ENVELOPE " ((C D NIL NIL NIL X 2) MIXED) 3)(E F NIL NIL NIL X 4) MIXED)");
    static line found;
    reply r;

    reply_init(&r, bytes, sizeof bytes - 1, NULL);
    r.cursor.nesting_limit = 2;
    reply_read(&r);
    describe(&found, &r);
    ck_assert_str_eq(found.text, FOUND("[ MULTIPART MULTIPART/MIXED][1 MULTIPART MULTIPART/ALTERNATIVE][1.1 MULTIPART "
                                       "MULTIPART/DEEP cut][2 MESSAGE MESSAGE/RFC822 enc='X' 9/3" FOUND_ENVELOPE
                                       "][2 MULTIPART MULTIPART/MIXED cut][3 BASIC E/F enc='X' 4/0]"));
    reply_clear(&r);
    check_starved(bytes);
}
END_TEST

/* What is cut off must end as well. */
START_TEST(cut_off_and_truncated)
{
    static const char whole[] =
        "* 1 FETCH (UID 5 BODY ((((A B NIL NIL NIL X 1)) MIXED) (MESSAGE RFC822 NIL NIL NIL X 9 " ENVELOPE
        " (A B NIL NIL NIL X 1) 3) MIXED)";
    static line found;
    reply r;

    for (size_t len = strlen("* 1 FETCH (UID 5 BODY ("); len < sizeof whole - 1; len++) {
        reply_init(&r, whole, len, NULL);
        r.cursor.nesting_limit = 1;
        reply_read(&r);
        describe(&found, &r);
        ck_assert_str_eq(found.text, "FETCH 1 UID=5 !2 FETCH BODY @17");
        reply_clear(&r);
    }
}
END_TEST

/* The parts beyond the limit are left out, one list at a time; then the limit ends the response. */
START_TEST(too_many_parts)
{
    static const char flat[] = "* 1 FETCH (UID 5 BODY (()()()() X NIL))";
    static const char nested[] =
        "* 1 FETCH (UID 5 BODY (((A B)(C D) X)(MESSAGE RFC822 NIL NIL NIL X 9 " ENVELOPE " () 3)() Y))";

    check_limited(flat, 7,
                  "FETCH 1 UID=5 BODY=[ MULTIPART MULTIPART/X +][1 BASIC APPLICATION/OCTET-STREAM enc='7BIT'][2 BASIC "
                  "APPLICATION/OCTET-STREAM enc='7BIT'][3 BASIC APPLICATION/OCTET-STREAM enc='7BIT'][4 BASIC "
                  "APPLICATION/OCTET-STREAM enc='7BIT']");
    check_limited(flat, 5,
                  "FETCH 1 UID=5 BODY=[ MULTIPART MULTIPART/X +][1 BASIC APPLICATION/OCTET-STREAM enc='7BIT'][2 BASIC "
                  "APPLICATION/OCTET-STREAM enc='7BIT'] !1 FETCH BODY @27");
    check_limited(flat, 3, "FETCH 1 UID=5 BODY=[ MULTIPART MULTIPART/X +] !1 FETCH BODY @23");
    check_limited(flat, 2, "FETCH 1 UID=5 !1 FETCH BODY @17");
    check_limited(nested, 6,
                  "FETCH 1 UID=5 BODY=[ MULTIPART MULTIPART/Y][1 MULTIPART MULTIPART/X][1.1 BASIC A/B enc='7BIT'][1.2 "
                  "BASIC C/D enc='7BIT'] !1 FETCH BODY @37");
    check_limited(nested, 7,
                  "FETCH 1 UID=5 BODY=[ MULTIPART MULTIPART/Y][1 MULTIPART MULTIPART/X][1.1 BASIC A/B enc='7BIT'][1.2 "
                  "BASIC C/D enc='7BIT'][2 MESSAGE MESSAGE/RFC822 enc='X' 9/3" FOUND_ENVELOPE "] !2 FETCH BODY @113");
}
END_TEST

START_TEST(body_kinds_have_names)
{
    ck_assert_str_eq(imap4_body_kind_name(IMAP4_BODY_BASIC), "BASIC");
    ck_assert_str_eq(imap4_body_kind_name(IMAP4_BODY_TEXT), "TEXT");
    ck_assert_str_eq(imap4_body_kind_name(IMAP4_BODY_MESSAGE), "MESSAGE");
    ck_assert_str_eq(imap4_body_kind_name(IMAP4_BODY_MULTIPART), "MULTIPART");
    ck_assert_ptr_null(imap4_body_kind_name(0));
    ck_assert_ptr_null(imap4_body_kind_name(5));
    ck_assert_ptr_null(imap4_body_kind_name(-1));
    ck_assert_ptr_null(imap4_body_next(NULL));
}
END_TEST

Suite *body_suite(void)
{
    const TTest *const tests[] = {
        multiparts, part_numbers,          more_than_nine_parts, what_cannot_be_read_is_left_out, stray_quotes, nesting,
        cut_off,    cut_off_and_truncated, too_many_parts,       body_kinds_have_names,           NULL,
    };
    Suite *suite = suite_create("body");

    suite_tests(suite, "body", tests);
    return suite;
}
