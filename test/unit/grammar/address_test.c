#include "describe.h"
#include "starve.h"
#include "support/suite.h"

Suite *address_suite(void);

/* The list stands where From does; the Message-ID shows that nothing slipped. */
#define LIST(list) "* 1 FETCH (ENVELOPE (\"d\" \"s\" " list " NIL NIL NIL NIL NIL NIL \"<m>\") UID 5)"
#define FOUND(list) "FETCH 1 UID=5 ENVELOPE={'d' 's' " list " - - - - - NIL '<m>'}"

static void check_all(const row *rows, size_t count, int server)
{
    static line found;

    for (size_t i = 0; i < count; i++) {
        reply r;

        reply_init(&r, rows[i].bytes, strlen(rows[i].bytes), NULL);
        r.cursor.server = server;
        reply_read(&r);
        describe(&found, &r);
        ck_assert_msg(strcmp(found.text, rows[i].expected) == 0, "\n  bytes    %s\n  found    %s\n  expected %s",
                      rows[i].bytes, found.text, rows[i].expected);
        reply_clear(&r);
        check_starved_of(rows[i].bytes, server);
    }
}

#define CHECK(rows) check_all(rows, sizeof(rows) / sizeof(rows)[0], IMAP4_SERVER_UNKNOWN)

START_TEST(well_formed)
{
    static const row rows[] = {
        {LIST("NIL"), FOUND("-")},
        {LIST("((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\"))"),
         FOUND("<'Terry Gray' 'gray' 'cac.washington.edu'>")},
        {LIST("((NIL \"@a,@b:\" {1}\r\nm \"h\")(\"\" NIL \"\" \"\"))"), FOUND("<NIL via '@a,@b:' 'm' 'h'><'' '' ''>")},
        {LIST("((\"a \\\"b\\\"\" NIL \"c\\\\d\" \"h\"))"), FOUND("<'a \"b\"' 'c\\d' 'h'>")},
    };

    CHECK(rows);
}
END_TEST

/* RFC 9051 section 7.5.2: a NIL host begins a group, and ends one with a NIL mailbox. Each beginning has its end. */
START_TEST(groups)
{
#define BEGIN(name) "<NIL '" name "' NIL GROUP_BEGIN>"
#define END "<NIL NIL NIL GROUP_END>"
    static const row rows[] = {
        {LIST("((NIL NIL \"g\" NIL)(\"a\" NIL \"b\" \"c\")(NIL NIL NIL NIL))"), FOUND(BEGIN("g") "<'a' 'b' 'c'>" END)},
        {LIST("((NIL NIL \"undisclosed-recipients\" NIL)(NIL NIL NIL NIL))"),
         FOUND(BEGIN("undisclosed-recipients") END)},
        {LIST("((NIL NIL \"g\" NIL)(NIL NIL NIL NIL)(NIL NIL \"h\" NIL)(NIL NIL NIL NIL)(NIL NIL \"x\" \"y\"))"),
         FOUND(BEGIN("g") END BEGIN("h") END "<NIL 'x' 'y'>")},
        /* an end is missing */
        {LIST("((NIL NIL \"g\" NIL)(\"a\" NIL \"b\" \"c\"))"), FOUND(BEGIN("g") "<'a' 'b' 'c'>" END)},
        {LIST("((NIL NIL \"undisclosed-recipients\" NIL))"), FOUND(BEGIN("undisclosed-recipients") END)},
        {LIST("((NIL NIL \"g\" NIL)(NIL NIL \"h\" NIL)(NIL NIL NIL NIL))"), FOUND(BEGIN("g") END BEGIN("h") END)},
        /* a beginning is missing */
        {LIST("((NIL NIL NIL NIL)(\"a\" NIL \"b\" \"c\"))"), FOUND("<'a' 'b' 'c'>")},
        {LIST("((NIL NIL \"g\" NIL)(NIL NIL NIL NIL)(NIL NIL NIL NIL))"), FOUND(BEGIN("g") END)},
        {LIST("((NIL NIL NIL NIL))"), FOUND("-")},
    };

    CHECK(rows);
#undef BEGIN
#undef END
}
END_TEST

START_TEST(tolerated)
{
    static const row rows[] = {
        /* spaces, atoms, NIL and nothing in place of addresses */
        {LIST("( ( \"a\"  NIL \"b\" \"c\" )  (\"d\" NIL \"e\" \"f\") )"), FOUND("<'a' 'b' 'c'><'d' 'e' 'f'>")},
        {LIST("((a nil b c))"), FOUND("<'a' 'b' 'c'>")},
        {LIST("(NIL (\"a\" NIL \"b\" \"c\") nil)"), FOUND("<'a' 'b' 'c'>")},
        {LIST("(NIL)"), FOUND("-")},
        {LIST("()"), FOUND("-")},
        {LIST("(()( )(\"a\" NIL \"b\" \"c\"))"), FOUND("<'a' 'b' 'c'>")},
        /* three texts: no host, or no source route; one, two; five */
        {LIST("((\"a\" NIL \"b\"))"), FOUND("<'a' 'b' ''>")},
        {LIST("((\"a\" \"b\" \"c\"))"), FOUND("<'a' 'b' 'c'>")},
        {LIST("((\"a\" \"\" \"c\"))"), FOUND("<'a' '' 'c'>")},
        {LIST("((\"a\" \"@r:\" \"b\"))"), FOUND("<'a' via '@r:' 'b' ''>")},
        {LIST("((\"a\"))"), FOUND("<'a' NIL NIL>")},
        {LIST("((\"a\" NIL))"), FOUND("<'a' NIL NIL>")},
        {LIST("((\"a\" NIL \"b\" \"c\" \"d\"))"), FOUND("<'a' 'b' 'c'>")},
        {LIST("((\"a\" NIL \"b\" \"c\" (1 \")\") 2))"), FOUND("<'a' 'b' 'c'>")},
        /* a name alone is no group */
        {LIST("((\"a\" NIL NIL NIL))"), FOUND("<'a' NIL NIL>")},
        /* what stands for missing parts */
        {LIST("((\"x\" NIL \"MISSING_MAILBOX\" \"MISSING_DOMAIN\"))"), FOUND("<'x' '' ''>")},
        {LIST("((\"x\" NIL \"a\" \"MISSING_DOMAIN\"))"), FOUND("<'x' 'a' ''>")},
        {LIST("((\"Microsoft Exchange Server\" NIL NIL \".MISSING-HOST-NAME.\"))"),
         FOUND("<'Microsoft Exchange Server' NIL ''>")},
        {LIST("((NIL NIL \"INVALID_ADDRESS\" \".SYNTAX-ERROR.\"))"), FOUND("<NIL '' ''>")},
        {LIST("((NIL NIL \"UNEXPECTED_DATA_AFTER_ADDRESS\" \"SYNTAX_ERROR\"))"), FOUND("<NIL '' ''>")},
        {LIST("((NIL NIL \"missing_mailbox\" \"MISSING_MAILBOX\"))"),
         FOUND("<NIL 'missing_mailbox' 'MISSING_MAILBOX'>")},
        /* brackets left from the header */
        {LIST("((NIL NIL \"<a\" \"x.org>\"))"), FOUND("<NIL 'a' 'x.org'>")},
        {LIST("((NIL NIL \"<\" \">\"))"), FOUND("<NIL '<' '>'>")},
        /* QQ's backslash */
        {LIST("((NIL NIL \"a\" \"qq.com\\\")(NIL NIL \"b\" \"c\"))"), FOUND("<NIL 'a' 'qq.com'><NIL 'b' 'c'>")},
        {LIST("((NIL NIL \"b\" \"c\")(\"n\" NIL \"a\" \"qq.com\\\"))"), FOUND("<NIL 'b' 'c'><'n' 'a' 'qq.com'>")},
        /* quotes that are not escaped */
        {LIST("((\"Ada \"the countess\" L\" NIL \"a\" \"b\"))"), FOUND("<'Ada \"the countess\" L' 'a' 'b'>")},
        {LIST("((\"Ada\" L\" NIL \"a\" \"b\"))"), FOUND("<'Ada\" L' 'a' 'b'>")},
        {LIST("((\"\"Ada\"\" NIL \"a\" \"b\"))"), FOUND("<'\"Ada\"' 'a' 'b'>")},
    };

    CHECK(rows);
}
END_TEST

/* Gmail gives some senders the wrong way round; from others this is a group. */
START_TEST(gmail_senders)
{
    static const row gmail[] = {
        {LIST("((\"<ada@x.org>\" NIL \"=?UTF-8?Q?Ada?=\" NIL))"), FOUND("<'=?UTF-8?Q?Ada?=' 'ada' 'x.org'>")},
        {LIST("((\"<a@b@x.org>\" NIL \"n\" NIL))"), FOUND("<'n' 'a@b' 'x.org'>")},
        {LIST("((\"<a@b>\" NIL \"n\"))"), FOUND("<'<a@b>' 'n' ''>")},
        /* not this */
        {LIST("((NIL NIL \"g\" NIL)(NIL NIL NIL NIL))"), FOUND("<NIL 'g' NIL GROUP_BEGIN><NIL NIL NIL GROUP_END>")},
        {LIST("((\"a@b\" NIL \"g\" NIL)(NIL NIL NIL NIL))"),
         FOUND("<'a@b' 'g' NIL GROUP_BEGIN><NIL NIL NIL GROUP_END>")},
        {LIST("((\"ab@cd>\" NIL \"g\" NIL)(NIL NIL NIL NIL))"),
         FOUND("<'ab@cd>' 'g' NIL GROUP_BEGIN><NIL NIL NIL GROUP_END>")},
        {LIST("((NIL NIL NIL NIL))"), FOUND("-")},
        {LIST("((\"<a@bc\" NIL \"g\" NIL)(NIL NIL NIL NIL))"),
         FOUND("<'<a@bc' 'g' NIL GROUP_BEGIN><NIL NIL NIL GROUP_END>")},
        {LIST("((\"<abc>\" NIL \"g\" NIL)(NIL NIL NIL NIL))"),
         FOUND("<'<abc>' 'g' NIL GROUP_BEGIN><NIL NIL NIL GROUP_END>")},
        {LIST("((\"<@bc>\" NIL \"g\" NIL)(NIL NIL NIL NIL))"),
         FOUND("<'<@bc>' 'g' NIL GROUP_BEGIN><NIL NIL NIL GROUP_END>")},
        {LIST("((\"<ab@>\" NIL \"g\" NIL)(NIL NIL NIL NIL))"),
         FOUND("<'<ab@>' 'g' NIL GROUP_BEGIN><NIL NIL NIL GROUP_END>")},
        {LIST("((\"<a@b>\" NIL NIL NIL))"), FOUND("<'<a@b>' NIL NIL>")},
        {LIST("((\"<a@b>\" NIL \"c\" \"d\"))"), FOUND("<'<a@b>' 'c' 'd'>")},
    };
    static const row others[] = {
        {LIST("((\"<ada@x.org>\" NIL \"=?UTF-8?Q?Ada?=\" NIL))"),
         FOUND("<'<ada@x.org>' '=?UTF-8?Q?Ada?=' NIL GROUP_BEGIN><NIL NIL NIL GROUP_END>")},
    };

    check_all(gmail, sizeof gmail / sizeof gmail[0], IMAP4_SERVER_GMAIL);
    CHECK(others);
}
END_TEST

START_TEST(damage)
{
    static const row rows[] = {
        /* one address */
        {LIST("((\"a\" NIL (1) \"c\")(NIL NIL \"d\" \"e\"))"), FOUND("<NIL 'd' 'e'>") " !1 FETCH ENVELOPE @30"},
        {LIST("((NIL NIL \"d\" \"e\")(\"a\" (\"x)\") NIL \"b\" \"c\"))"),
         FOUND("<NIL 'd' 'e'>") " !1 FETCH ENVELOPE @47"},
        {LIST("(\"stray\" (NIL NIL \"d\" \"e\"))"), FOUND("<NIL 'd' 'e'>") " !1 FETCH ENVELOPE @30"},
        {LIST("(\001(NIL NIL \"d\" \"e\"))"), FOUND("<NIL 'd' 'e'>") " !1 FETCH ENVELOPE @30"},
        /* one list */
        {LIST("\"x\""), FOUND("-") " !1 FETCH ENVELOPE @29"},
        {LIST("7"), FOUND("-") " !1 FETCH ENVELOPE @29"},
    };

    CHECK(rows);
}
END_TEST

/* Too many: the list ends there, and what comes behind it is read. */
START_TEST(limits)
{
    static const char bytes[] =
        "* 1 FETCH (ENVELOPE (NIL \"s\" ((NIL NIL g NIL)(a NIL b c)(d NIL e f)(g NIL h i)) NIL NIL NIL NIL "
        "NIL NIL \"<m>\"))";

    check_limited(bytes, 1, "FETCH 1 ENVELOPE={NIL 's' - - - - - - NIL '<m>'} !1 FETCH ENVELOPE @30");
    check_limited(
        bytes, 3,
        "FETCH 1 ENVELOPE={NIL 's' <NIL 'g' NIL GROUP_BEGIN><'a' 'b' 'c'><NIL NIL NIL GROUP_END> - - - - - NIL "
        "'<m>'} !1 FETCH ENVELOPE @56");
    check_limited(
        bytes, 5,
        "FETCH 1 ENVELOPE={NIL 's' <NIL 'g' NIL GROUP_BEGIN><'a' 'b' 'c'><'d' 'e' 'f'><'g' 'h' 'i'><NIL NIL NIL "
        "GROUP_END> - - - - - NIL '<m>'}");
    check_limited("* 1 FETCH (ENVELOPE (NIL NIL ((a NIL b c)(d NIL e f)", 2, "FETCH 1 !2 FETCH ENVELOPE @11");
}
END_TEST

START_TEST(kinds_have_names)
{
    ck_assert_str_eq(imap4_address_kind_name(IMAP4_ADDRESS_MAILBOX), "MAILBOX");
    ck_assert_str_eq(imap4_address_kind_name(IMAP4_ADDRESS_GROUP_BEGIN), "GROUP_BEGIN");
    ck_assert_str_eq(imap4_address_kind_name(IMAP4_ADDRESS_GROUP_END), "GROUP_END");
    ck_assert_ptr_null(imap4_address_kind_name(0));
    ck_assert_ptr_null(imap4_address_kind_name(4));
    ck_assert_ptr_null(imap4_address_kind_name(-1));
}
END_TEST

Suite *address_suite(void)
{
    const TTest *const tests[] = {
        well_formed, groups, tolerated, gmail_senders, damage, limits, kinds_have_names, NULL,
    };
    Suite *suite = suite_create("address");

    suite_tests(suite, "address", tests);
    return suite;
}
