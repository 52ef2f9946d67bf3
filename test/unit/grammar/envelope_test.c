#include "describe.h"
#include "grammar/envelope.h"
#include "starve.h"
#include "support/suite.h"

Suite *envelope_suite(void);

#define FETCH(envelope) "* 1 FETCH (ENVELOPE " envelope " UID 5)"
#define FOUND(envelope) "FETCH 1 UID=5 ENVELOPE={" envelope "}"

START_TEST(well_formed)
{
    static const row rows[] = {
        /* RFC 3501 section 8 */
        {FETCH(
             "(\"Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\" \"IMAP4rev1 WG mtg summary and minutes\" ((\"Terry Gray\" NIL "
             "\"gray\" \"cac.washington.edu\")) ((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) ((\"Terry "
             "Gray\" "
             "NIL \"gray\" \"cac.washington.edu\")) ((NIL NIL \"imap\" \"cac.washington.edu\")) ((NIL NIL \"minutes\" "
             "\"CNRI.Reston.VA.US\")(\"John Klensin\" NIL \"KLENSIN\" \"MIT.EDU\")) NIL NIL "
             "\"<B27397-0100000@cac.washington.edu>\")"),
         FOUND("'Wed, 17 Jul 1996 02:23:25 -0700 (PDT)' 'IMAP4rev1 WG mtg summary and minutes' <'Terry Gray' 'gray' "
               "'cac.washington.edu'> <'Terry Gray' 'gray' 'cac.washington.edu'> <'Terry Gray' 'gray' "
               "'cac.washington.edu'> <NIL 'imap' 'cac.washington.edu'> <NIL 'minutes' 'CNRI.Reston.VA.US'>"
               "<'John Klensin' 'KLENSIN' 'MIT.EDU'> - NIL '<B27397-0100000@cac.washington.edu>'")},
        {FETCH("(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)"), FOUND("NIL NIL - - - - - - NIL NIL")},
        {FETCH("(\"\" \"\" NIL NIL NIL NIL NIL NIL \"\" \"\")"), FOUND("'' '' - - - - - - '' ''")},
        {FETCH("(NIL {5}\r\nh\"\r\nx (({1}\r\na ({0}\r\n) NIL NIL)) NIL NIL NIL NIL NIL NIL NIL)"),
         FOUND("NIL 'h\"<0d><0a>x' - - - - - - NIL NIL") " !1 FETCH ENVELOPE @37"},
        {FETCH("(NIL {5}\r\nh\"\r\nx (({1}\r\na \"@a,@b:\" {1}\r\nm {0}\r\n)) NIL NIL NIL NIL NIL NIL NIL)"),
         FOUND("NIL 'h\"<0d><0a>x' <'a' via '@a,@b:' 'm' ''> - - - - - NIL NIL")},
        {FETCH("(NIL \"a \\\"quoted\\\" \\\\ word\" NIL NIL NIL NIL NIL NIL NIL NIL)"),
         FOUND("NIL 'a \"quoted\" \\ word' - - - - - - NIL NIL")},
        {FETCH("(NIL \"\xc3\xbc \xe4\" NIL NIL NIL NIL NIL NIL NIL NIL)"),
         FOUND("NIL '\xc3\xbc \xe4' - - - - - - NIL NIL")},
    };
    CHECK_ROWS(rows);
}
END_TEST

/* Fields that are missing at the end are NIL; what is too much is passed over. */
START_TEST(fields_missing)
{
    static const row rows[] = {
        {FETCH("(\"d\" \"s\" NIL NIL NIL NIL NIL NIL \"<r>\" \"<m>\")"), FOUND("'d' 's' - - - - - - '<r>' '<m>'")},
        {FETCH("(\"d\" \"s\" NIL NIL NIL NIL NIL NIL \"<r>\")"), FOUND("'d' 's' - - - - - - '<r>' NIL")},
        {FETCH("(\"d\" \"s\" NIL NIL NIL NIL NIL NIL)"), FOUND("'d' 's' - - - - - - NIL NIL")},
        {FETCH("(\"d\" \"s\" ((\"a\" NIL \"b\" \"c\")))"), FOUND("'d' 's' <'a' 'b' 'c'> - - - - - NIL NIL")},
        {FETCH("(\"d\" \"s\")"), FOUND("'d' 's' - - - - - - NIL NIL")},
        {FETCH("(\"d\")"), FOUND("'d' NIL - - - - - - NIL NIL")},
        {FETCH("()"), FOUND("NIL NIL - - - - - - NIL NIL")},
        {FETCH("( \"d\"  \"s\" NIL NIL NIL NIL NIL NIL () \"<m>\"  )"), FOUND("'d' 's' - - - - - - NIL '<m>'")},
        {FETCH("(\"d\" \"s\" NIL NIL NIL NIL NIL NIL NIL \"<m>\" \"more\" (1))"),
         FOUND("'d' 's' - - - - - - NIL '<m>'")},
        /* no envelope at all */
        {FETCH("NIL"), "FETCH 1 UID=5"},
    };

    CHECK_ROWS(rows);
}
END_TEST

START_TEST(stray_quotes)
{
    static const row rows[] = {
        /* iCloud */
        {FETCH("(NIL NIL NIL NIL NIL NIL NIL NIL NIL \"<\"392889836.11.1529401004417.JavaMail.x\"@y>\")"),
         FOUND("NIL NIL - - - - - - NIL '<\"392889836.11.1529401004417.JavaMail.x\"@y>'")},
        {FETCH("(NIL NIL NIL NIL NIL NIL NIL NIL NIL \"<\"a b\"@x>\")"),
         FOUND("NIL NIL - - - - - - NIL '<\"a b\"@x>'")},
        {FETCH("(NIL NIL NIL NIL NIL NIL NIL NIL \"<\"a\" b@x>\" \"<\"a b\"@x>\")"),
         FOUND("NIL NIL - - - - - - '<\"a\" b@x>' '<\"a b\"@x>'")},
        /* Coremail */
        {FETCH("(NIL \"\"\"\" NIL NIL NIL NIL NIL NIL NIL NIL)"), FOUND("NIL '\"\"' - - - - - - NIL NIL")},
        /* subjects: what ends one is a list or NIL behind it */
        {FETCH("(NIL \"say \"hi\"now\" NIL NIL NIL NIL NIL NIL NIL NIL)"),
         FOUND("NIL 'say \"hi\"now' - - - - - - NIL NIL")},
        {FETCH("(NIL \"say \"hi\" now\" ((\"a\" NIL \"b\" \"c\")) NIL NIL NIL NIL NIL NIL NIL)"),
         FOUND("NIL 'say \"hi\" now' <'a' 'b' 'c'> - - - - - NIL NIL")},
        {FETCH("(NIL \"Re: \"foo\" (bar)\" NIL NIL NIL NIL NIL NIL NIL NIL)"),
         FOUND("NIL 'Re: \"foo\" (bar)' - - - - - - NIL NIL")},
        {FETCH("(NIL \"\"a\" \"b\"\" ((\"a\" NIL \"b\" \"c\")) NIL NIL NIL NIL NIL NIL NIL)"),
         FOUND("NIL '\"a\" \"b\"' <'a' 'b' 'c'> - - - - - NIL NIL")},
        /* the first quote might end the string: only the second reading tells */
        {FETCH("(\"d\" \"foo\" bar\" ((\"a\" NIL \"b\" \"c\")) NIL NIL NIL NIL NIL NIL \"<m>\")"),
         FOUND("'d' 'foo\" bar' <'a' 'b' 'c'> - - - - - NIL '<m>'")},
        {FETCH("(\"d\" \"a\" b \"c\" ((\"a\" NIL \"b\" \"c\")) NIL NIL NIL NIL NIL NIL \"<m>\")"),
         FOUND("'d' 'a' - - <'a' 'b' 'c'> - - - NIL NIL") " !2 FETCH ENVELOPE @29"},
        /* what is well formed is what it says, whatever it looks like, and whatever else is damaged */
        {FETCH("(\"d\" \"(\\\"a\\\") NIL\" ((\")\" NIL \"((\" \"\\\\x\")) NIL NIL NIL NIL NIL NIL \"<m>\")"),
         FOUND("'d' '(\"a\") NIL' <')' '((' '\\x'> - - - - - NIL '<m>'")},
        {FETCH("((1 2) \"s\" \"x\" NIL NIL NIL NIL NIL NIL \"<m>\")"),
         FOUND("NIL 's' - - - - - - NIL '<m>'") " !2 FETCH ENVELOPE @21"},
    };

    CHECK_ROWS(rows);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_starved(rows[i].bytes);
}
END_TEST

/* Texts of all that could be taken for something else, each with the escapes that it needs. */
typedef struct text_maker {
    uint32_t random;
    line wire; /* as the server says it */
    line meant;
} text_maker;

static uint32_t draw(text_maker *m, uint32_t most)
{
    m->random ^= m->random << 13;
    m->random ^= m->random >> 17;
    m->random ^= m->random << 5;
    return m->random % most;
}

static void make_text(text_maker *m)
{
    static const char *const pieces[] = {"\"", "\\", "\" ", " \"", ")",   "(",      " NIL ",
                                         "((", "))", "\")", "a",   "{3}", "<m>\")", "5 "};
    uint32_t count = draw(m, 6);

    put(&m->wire, "\"");
    put(&m->meant, "'");
    for (uint32_t i = 0; i < count; i++) {
        for (const char *c = pieces[draw(m, sizeof pieces / sizeof pieces[0])]; *c != '\0'; c++) {
            put(&m->wire, *c == '"' || *c == '\\' ? "\\%c" : "%c", *c);
            put(&m->meant, "%c", *c);
        }
    }
    put(&m->wire, "\"");
    put(&m->meant, "'");
}

START_TEST(well_formed_is_what_it_says)
{
    static text_maker m;
    static line found;

    m.random = 2463534242u;
    for (int round = 0; round < 3000; round++) {
        reply r;

        m.wire.len = m.meant.len = 0;
        put(&m.wire, "* 1 FETCH (ENVELOPE (NIL ");
        put(&m.meant, "FETCH 1 ENVELOPE={NIL ");
        make_text(&m);
        put(&m.wire, " ((");
        put(&m.meant, " <");
        make_text(&m);
        put(&m.wire, " NIL \"a\" \"b\")(");
        put(&m.meant, " 'a' 'b'><");
        make_text(&m);
        put(&m.wire, " NIL \"c\" \"d\")) NIL NIL NIL NIL NIL ");
        put(&m.meant, " 'c' 'd'> - - - - - ");
        make_text(&m);
        put(&m.wire, " ");
        put(&m.meant, " ");
        make_text(&m);
        put(&m.wire, "))");
        put(&m.meant, "}");
        reply_init(&r, m.wire.text, m.wire.len, NULL);
        reply_read(&r);
        describe(&found, &r);
        ck_assert_msg(strcmp(found.text, m.meant.text) == 0, "%s\n%s\n%s", m.wire.text, found.text, m.meant.text);
        ck_assert_uint_eq(r.response.stray, 0);
        ck_assert_uint_eq(r.response.again, 0);
        reply_clear(&r);
    }
}
END_TEST

START_TEST(damage_is_confined)
{
    static const row rows[] = {
        /* one address */
        {FETCH("(NIL NIL ((\"a\" NIL (1) \"c\")(NIL NIL \"d\" \"e\")) NIL NIL NIL NIL NIL NIL \"<m>\")"),
         FOUND("NIL NIL <NIL 'd' 'e'> - - - - - NIL '<m>'") " !1 FETCH ENVELOPE @30"},
        /* one field */
        {FETCH("(NIL \001 NIL NIL NIL NIL NIL NIL NIL \"<m>\")"),
         FOUND("NIL NIL - - - - - - NIL '<m>'") " !1 FETCH ENVELOPE @25"},
        {FETCH("(\"d\" (\"s\") NIL NIL NIL NIL NIL NIL (1) (2))"),
         FOUND("'d' NIL - - - - - - NIL NIL") " !3 FETCH ENVELOPE @25"},
        /* the item */
        {FETCH("\"text\""), "FETCH 1 UID=5 !1 FETCH ENVELOPE @11"},
        {FETCH("(\"d\" \"s\"x NIL"), "FETCH 1 !2 FETCH ENVELOPE @11"},
        /* the item, found again by the Message-ID that ends it */
        {FETCH("(\"d\" \"s\" ((\"n\" NIL \"a\" \"b\"c)) NIL NIL NIL NIL NIL NIL \"<m>\")"),
         "FETCH 1 UID=5 !1 FETCH ENVELOPE @20"},
        {FETCH("(\"d \"e>\")x\" \"a> c>\" ((\"n\" NIL \"a\" \"b\"c)) NIL NIL NIL NIL NIL NIL \"<m>\")"),
         "FETCH 1 UID=5 !1 FETCH ENVELOPE @20"},
        /* all that follows */
        {"* 1 FETCH (UID 5 ENVELOPE (NIL NIL", "FETCH 1 UID=5 !2 FETCH ENVELOPE @17"},
        {"* 1 FETCH (UID 5 ENVELOPE (\"a>\"", "FETCH 1 UID=5 !2 FETCH ENVELOPE @17"},
        {"* 1 FETCH (UID 5 ENVELOPE (", "FETCH 1 UID=5 !2 FETCH ENVELOPE @17"},
    };

    CHECK_ROWS(rows);
}
END_TEST

/* Items whose reading comes to nothing, one after the other: each could take all the rest of the response. */
START_TEST(work_is_bounded)
{
    static const char item[] = "ENVELOPE (\"a\"b)\" NIL ";
    size_t size = 20000 * (sizeof item - 1) + 20;
    char *bytes = malloc(size);
    size_t len;
    reply r;

    ck_assert_ptr_nonnull(bytes);
    strcpy(bytes, "* 1 FETCH (");
    len = strlen(bytes);
    while (len + sizeof item < size) {
        memcpy(bytes + len, item, sizeof item - 1);
        len += sizeof item - 1;
    }
    reply_init(&r, bytes, len, NULL);
    r.cursor.list_limit = 100000;
    reply_read(&r);
    ck_assert_int_eq(r.result, IMAP4_OK);
    ck_assert_uint_gt(r.response.damaged, 0);
    ck_assert_uint_lt(r.response.again, len * 7);
    reply_clear(&r);
    free(bytes);
}
END_TEST

/* When too much was read again already, no end is looked for. */
START_TEST(search_is_bounded)
{
    static const char bytes[] = "(\"d\" \"s\" ((\"n\" NIL \"a\" \"b\"c)) NIL NIL NIL NIL NIL NIL \"<m>\") UID 5";
    const imap4_envelope *envelope = NULL;
    reply r;

    for (int paid = 0; paid < 2; paid++) {
        reply_init(&r, bytes, sizeof bytes - 1, NULL);
        r.response.again = paid ? r.len * 4 + 65536 : 0;
        ck_assert_int_eq(imap4__envelope_read(&r.cursor, &r.response, &envelope), paid ? IMAP4_ERROR_PROTOCOL : 1);
        ck_assert_ptr_null(envelope);
        if (paid) /* and nothing is read at all */
            ck_assert_int_eq(imap4__envelope_read(&r.cursor, &r.response, &envelope), IMAP4_ERROR_PROTOCOL);
        else
            ck_assert_int_eq(r.cursor.end - r.cursor.at, 6);
        reply_clear(&r);
    }
}
END_TEST

Suite *envelope_suite(void)
{
    const TTest *const tests[] = {
        well_formed,        fields_missing,  stray_quotes,      well_formed_is_what_it_says,
        damage_is_confined, work_is_bounded, search_is_bounded, NULL,
    };
    Suite *suite = suite_create("envelope");

    suite_tests(suite, "envelope", tests);
    return suite;
}
