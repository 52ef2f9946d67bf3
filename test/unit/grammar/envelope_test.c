#include "describe.h"
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

START_TEST(groups)
{
    static const row rows[] = {
        {FETCH("(NIL NIL NIL NIL NIL ((NIL NIL \"undisclosed-recipients\" NIL)(NIL NIL NIL NIL)) NIL NIL NIL NIL)"),
         FOUND("NIL NIL - - - <NIL 'undisclosed-recipients' NIL GROUP_BEGIN><NIL NIL NIL GROUP_END> - - NIL NIL")},
        {FETCH("(NIL NIL NIL NIL NIL ((NIL NIL \"g\" NIL)(\"a\" NIL \"b\" \"c\")) NIL NIL NIL NIL)"),
         FOUND("NIL NIL - - - <NIL 'g' NIL GROUP_BEGIN><'a' 'b' 'c'> - - NIL NIL")},
        {FETCH("(NIL NIL NIL NIL NIL ((\"just a name\" NIL NIL NIL)) NIL NIL NIL NIL)"),
         FOUND("NIL NIL - - - <'just a name' NIL NIL> - - NIL NIL")},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(tolerated)
{
    static const row rows[] = {
        /* NIL and nothing among addresses, spaces between them and their parts, empty lists */
        {FETCH("(NIL NIL (NIL (\"a\" NIL \"b\" \"c\")) () ( ) ((\"a\"  NIL \"b\" \"c\") (NIL NIL \"d\" \"e\" )) (()) "
               "NIL NIL NIL)"),
         FOUND("NIL NIL <'a' 'b' 'c'> - - <'a' 'b' 'c'><NIL 'd' 'e'> - - NIL NIL")},
        /* three parts, five parts, atoms */
        {FETCH("(NIL NIL ((\"a\" NIL \"b\")) ((\"a\" NIL \"b\" \"c\" \"d\")) ((a nil b c)) NIL NIL NIL NIL NIL)"),
         FOUND("NIL NIL <'a' 'b' NIL GROUP_BEGIN> <'a' 'b' 'c'> <'a' 'b' 'c'> - - - NIL NIL")},
        /* cut short, and too long */
        {FETCH("(\"d\" \"s\" NIL NIL NIL NIL NIL NIL)"), FOUND("'d' 's' - - - - - - NIL NIL")},
        {FETCH("(\"d\" \"s\" ((\"a\" NIL \"b\" \"c\")))"), FOUND("'d' 's' <'a' 'b' 'c'> - - - - - NIL NIL")},
        {FETCH("()"), FOUND("NIL NIL - - - - - - NIL NIL")},
        {FETCH("(\"d\" \"s\" NIL NIL NIL NIL NIL NIL NIL \"<m>\" \"more\" (1))"),
         FOUND("'d' 's' - - - - - - NIL '<m>'")},
        /* fillers for what is missing */
        {FETCH("(NIL NIL ((\"x\" NIL \"MISSING_MAILBOX\" \"MISSING_DOMAIN\")) NIL NIL NIL NIL NIL NIL NIL)"),
         FOUND("NIL NIL <'x' '' ''> - - - - - NIL NIL")},
        {FETCH(
             "(NIL NIL ((\"Microsoft Exchange Server\" NIL NIL \".MISSING-HOST-NAME.\")) NIL NIL NIL NIL NIL NIL NIL)"),
         FOUND("NIL NIL <'Microsoft Exchange Server' NIL ''> - - - - - NIL NIL")},
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
        {FETCH("(NIL \"say \"hi\"now\" NIL NIL NIL NIL NIL NIL NIL NIL)"),
         FOUND("NIL 'say \"hi\"now' - - - - - - NIL NIL")},
        /* Coremail */
        {FETCH("(NIL \"\"\"\" NIL NIL NIL NIL NIL NIL NIL NIL)"), FOUND("NIL '\"\"' - - - - - - NIL NIL")},
        /* QQ: a backslash that escapes the closing quote */
        {FETCH("(NIL NIL ((NIL NIL \"a\" \"qq.com\\\")(NIL NIL \"b\" \"c\")) NIL NIL NIL NIL NIL NIL \"<m>\")"),
         FOUND("NIL NIL <NIL 'a' 'qq.com\\'><NIL 'b' 'c'> - - - - - NIL '<m>'")},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(damage_is_confined)
{
    static const row rows[] = {
        /* one address */
        {FETCH("(NIL NIL ((\"a\" NIL (1) \"c\")(NIL NIL \"d\" \"e\")) NIL NIL NIL NIL NIL NIL \"<m>\")"),
         FOUND("NIL NIL <NIL 'd' 'e'> - - - - - NIL '<m>'") " !1 FETCH ENVELOPE @30"},
        {FETCH("(NIL NIL (\"stray\" (NIL NIL \"d\" \"e\")) NIL NIL NIL NIL NIL NIL \"<m>\")"),
         FOUND("NIL NIL <NIL 'd' 'e'> - - - - - NIL '<m>'") " !1 FETCH ENVELOPE @30"},
        /* one field */
        {FETCH("((1 2) \"s\" \"x\" NIL NIL NIL NIL NIL NIL \"<m>\")"),
         FOUND("NIL 's' - - - - - - NIL '<m>'") " !2 FETCH ENVELOPE @21"},
        /* the item */
        {FETCH("\"text\""), "FETCH 1 UID=5 !1 FETCH ENVELOPE @11"},
        {FETCH("(\"a\"b \"s\" NIL)"), "FETCH 1 UID=5 ENVELOPE={'a\"b \"s' NIL - - - - - - NIL NIL}"},
        {FETCH("(\"a\"b (\"c\"d)"), "FETCH 1 !2 FETCH ENVELOPE @11"},
        /* all that follows */
        {"* 1 FETCH (UID 5 ENVELOPE (NIL NIL", "FETCH 1 UID=5 !2 FETCH ENVELOPE @17"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(too_many_addresses)
{
    static const char bytes[] = FETCH("(NIL NIL ((a b c d)(a b c d)(a b c d)(a b c d)) NIL NIL NIL NIL NIL NIL NIL)");
    reply r;

    for (uint32_t limit = 4; limit < 8; limit++) {
        reply_init(&r, bytes, sizeof bytes - 1, NULL);
        r.cursor.list_limit = limit; /* ENVELOPE, UID, and the addresses */
        reply_read(&r);
        ck_assert_int_eq(r.result, IMAP4_OK);
        ck_assert_int_eq(r.response.data.fetch->envelope != NULL, limit >= 5);
        ck_assert_uint_eq(r.response.data.fetch->uid, limit >= 6 ? 5 : 0);
        ck_assert_int_eq(r.response.damaged > 0, limit < 6);
        reply_clear(&r);
    }
}
END_TEST

START_TEST(address_kinds_have_names)
{
    ck_assert_str_eq(imap4_address_kind_name(IMAP4_ADDRESS_MAILBOX), "MAILBOX");
    ck_assert_str_eq(imap4_address_kind_name(IMAP4_ADDRESS_GROUP_BEGIN), "GROUP_BEGIN");
    ck_assert_str_eq(imap4_address_kind_name(IMAP4_ADDRESS_GROUP_END), "GROUP_END");
    ck_assert_ptr_null(imap4_address_kind_name(0));
    ck_assert_ptr_null(imap4_address_kind_name(4));
    ck_assert_ptr_null(imap4_address_kind_name(-1));
}
END_TEST

Suite *envelope_suite(void)
{
    const TTest *const tests[] = {
        well_formed, groups, tolerated, stray_quotes, damage_is_confined, too_many_addresses, address_kinds_have_names,
        NULL,
    };
    Suite *suite = suite_create("envelope");

    suite_tests(suite, "envelope", tests);
    return suite;
}
