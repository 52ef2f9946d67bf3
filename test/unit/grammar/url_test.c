#include "starve.h"
#include "support/suite.h"

Suite *url_suite(void);

#define PLAIN "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 5 1)"

START_TEST(data_of_urls)
{
    static const row rows[] = {
        /* RFC 4467 section 7 */
        {"* URLFETCH \"imap://joe@example.com/INBOX/;uid=20/;section=1.2\" {14}\r\nSi vis pacem, ",
         "URLFETCH 'imap://joe@example.com/INBOX/;uid=20/;section=1.2'='Si vis pacem, '"},
        {"* URLFETCH a NIL b \"\" {1}\r\nc ~{2}\r\nx\x01", "URLFETCH 'a'=NIL 'b'='' 'c'='x<01>'"},
        {"* URLFETCH \"a\" \"x\" ", "URLFETCH 'a'='x'"},
        {"* URLFETCH", "URLFETCH"},
        {"* URLFETCH a", "URLFETCH 'a'=NIL !1 URLFETCH @11"},
        {"* URLFETCH a x b", "URLFETCH 'a'='x' 'b'=NIL !1 URLFETCH @15"},
        {"* URLFETCH a \"x", "URLFETCH 'a'=NIL !1 URLFETCH @11"},
        {"* URLFETCH \"a", "URLFETCH !1 URLFETCH @11"},
        {"* URLFETCH (a) b", "URLFETCH !1 URLFETCH @11"},
    };
    CHECK_ROWS(rows);
    check_limited("* URLFETCH a 1 b 2", 2, "URLFETCH 'a'='1' 'b'='2'");
    check_limited("* URLFETCH a 1 b 2 c 3", 2, "ERROR_LIMIT URLFETCH !1 URLFETCH @0");
}
END_TEST

/* RFC 5524 */
START_TEST(data_with_structure)
{
    static const row rows[] = {
        {"* URLFETCH \"u\" (BODYPARTSTRUCTURE " PLAIN ") (BINARY ~{5}\r\nhello) \"v\" NIL",
         "URLFETCH 'u'=BINARY:'hello' BODY=[1 TEXT TEXT/PLAIN enc='7BIT' 5/1] 'v'=NIL"},
        {"* URLFETCH u (BODY \"x\")(bodypartstructure NIL)", "URLFETCH 'u'='x'"},
        {"* URLFETCH u ( BODYPARTSTRUCTURE " PLAIN " BINARY NIL ) ",
         "URLFETCH 'u'=BINARY:NIL BODY=[1 TEXT TEXT/PLAIN enc='7BIT' 5/1]"},
        {"* URLFETCH u (X-NEW (1 2) BODY \"x\") () (X-OLD)", "URLFETCH 'u'='x' X-NEW:(#1 #2) X-OLD:-"},
        /* damage costs the rest of its list */
        {"* URLFETCH u (BODY (x) BINARY \"y\") (X 1) v NIL", "URLFETCH 'u'=NIL X:#1 'v'=NIL !1 URLFETCH @14"},
        {"* URLFETCH u (BODYPARTSTRUCTURE x) v NIL", "URLFETCH 'u'=NIL 'v'=NIL !1 URLFETCH @14"},
        {"* URLFETCH u ((x)) v NIL", "URLFETCH 'u'=NIL 'v'=NIL !1 URLFETCH @14"},
        {"* URLFETCH u (BODY x", "URLFETCH 'u'='x' !1 URLFETCH @11"},
    };
    CHECK_ROWS(rows);
    check_limited("* URLFETCH u (X 1 Y 2 Z 3) v NIL", 3, "ERROR_LIMIT URLFETCH !2 URLFETCH @22");
}
END_TEST

START_TEST(data_from_elsewhere)
{
    static const char bytes[] = "* URLFETCH u {9}\r\n";
    static line found;
    imap4__hole hole;
    reply r;

    memset(&hole, 0, sizeof hole);
    hole.at = 18;
    hole.size = 9;
    hole.text = imap4__str("beg");
    reply_init(&r, bytes, sizeof bytes - 1, NULL);
    r.cursor.holes = &hole;
    r.cursor.hole_count = 1;
    reply_read(&r);
    describe(&found, &r);
    ck_assert_str_eq(found.text, "URLFETCH 'u'='beg'/9 truncated");
    reply_clear(&r);
}
END_TEST

START_TEST(authorized_urls)
{
    static const row rows[] = {
        {"* GENURLAUTH \"imap://joe@example.com/INBOX/;uid=20/;section=1.2;urlauth=submit+fred:internal:91354a\"",
         "GENURLAUTH ['imap://joe@example.com/INBOX/;uid=20/;section=1.2;urlauth=submit+fred:internal:91354a']"},
        {"* GENURLAUTH imap://a/;uid=1 {1}\r\nb ", "GENURLAUTH ['imap://a/;uid=1' 'b']"},
        {"* GENURLAUTH", "GENURLAUTH []"},
        {"* GENURLAUTH a (b)", "GENURLAUTH ['a'] !1 GENURLAUTH @15"},
    };
    CHECK_ROWS(rows);
    check_limited("* GENURLAUTH a b c", 2, "ERROR_LIMIT GENURLAUTH !1 GENURLAUTH @0");
}
END_TEST

START_TEST(jmap)
{
    static const row rows[] = {
        {"* JMAPACCESS \"https://example.com/.well-known/jmap\"",
         "JMAPACCESS ['https://example.com/.well-known/jmap']"},
        {"* JMAPACCESS https://example.com/ ", "JMAPACCESS ['https://example.com/']"},
        {"* JMAPACCESS \"a\" b", "JMAPACCESS ['a'] !1 JMAPACCESS @17"},
        {"* JMAPACCESS", "ERROR_PROTOCOL JMAPACCESS !1 JMAPACCESS @0"},
        {"* JMAPACCESS (x)", "ERROR_PROTOCOL JMAPACCESS !1 JMAPACCESS @0"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    check_starved("* URLFETCH u \"a\\\"b\" v (BODYPARTSTRUCTURE " PLAIN " X (1)) (BODY \"b\")");
    check_starved("* GENURLAUTH a \"b\" c d e f");
    check_starved("* JMAPACCESS \"https://example.com/\"");
}
END_TEST

Suite *url_suite(void)
{
    const TTest *const tests[] = {
        data_of_urls, data_with_structure, data_from_elsewhere, authorized_urls, jmap, any_allocation_may_fail, NULL};
    Suite *suite = suite_create("url");

    suite_tests(suite, "url", tests);
    return suite;
}
