#include "starve.h"
#include "support/suite.h"

Suite *flag_suite(void);

START_TEST(flag_lists)
{
    static const row rows[] = {
        {"* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)",
         "FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft )"},
        {"* FLAGS (\\SEEN \\recent $Forwarded \\*)", "FLAGS (\\Seen \\Recent \\* '$Forwarded')"},
        {"* FLAGS ()", "FLAGS ()"},
        {"* FLAGS ( \\Seen  x )", "FLAGS (\\Seen 'x')"},
        {"* FLAGS NIL", "FLAGS ()"},
        /* no flags of ours, but flags */
        {"* FLAGS (\\Seenish \\X Seen \\)", "FLAGS ('\\Seenish' '\\X' 'Seen' '\\')"},
        {"* FLAGS (OIB-Seen-OIB/Social Networking OIB-Seen-[Gmail]/All Mail)",
         "FLAGS ('OIB-Seen-OIB/Social' 'Networking' 'OIB-Seen-[Gmail]/All' 'Mail')"},
        {"* FLAGS (a%b c]d \"q u\" \"\" NIL {3}\r\nlit e\"f {x} \xc3\xa4)",
         "FLAGS ('a%b' 'c]d' 'q u' 'NIL' 'lit' 'e\"f' '{x}' '\xc3\xa4')"},
        {"* FLAGS (\\Seen (\\Deleted junk FLAGS) $label1)", "FLAGS (\\Seen \\Deleted 'junk' 'FLAGS' '$label1')"},
        /* quoted, with the backslash escaped or not */
        {"* FLAGS (\"\\\\Seen\" \"\\Deleted\" \"\\X\" \"\\*\")", "FLAGS (\\Seen \\Deleted \\* '\\X')"},
        {"* FLAGS (\"\\a b\" \"\\\"\" \"\\a\\b\" \"\\\")", "FLAGS ('a b' '\"' 'ab' '\"\\\"')"},
        {"* FLAGS (\"a\"b {1}\r\nc\x01)", "FLAGS ('a' 'b' 'c' '<01>')"},
        {"* FLAGS (\"\\a", "ERROR_PROTOCOL FLAGS !1 FLAGS @0"},
        {"* FLAGS (\"\\", "ERROR_PROTOCOL FLAGS !1 FLAGS @0"},
        {"* FLAGS (~{1}\r\n\x80 ~x)", "FLAGS ('\x80' '~x')"},
        {"* FLAGS x", "ERROR_PROTOCOL FLAGS !1 FLAGS @0"},
        {"* FLAGS (\\Seen \"open)", "FLAGS (\\Seen '\"open')"},
        {"* FLAGS (\\Seen", "ERROR_PROTOCOL FLAGS !1 FLAGS @0"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    check_starved("* FLAGS (\\Seen a \"b\\\"\" {1}\r\nc \"\\Deleted\" d e f g h)");
}
END_TEST

START_TEST(too_many_and_too_deep)
{
    static const char many[] = "* FLAGS (\\Seen a b c d)";
    static const char deep[] = "* FLAGS ((((a))))";
    reply r;

    for (uint32_t limit = 2; limit < 6; limit++) {
        reply_init(&r, many, sizeof many - 1, NULL);
        r.cursor.list_limit = limit;
        reply_read(&r);
        ck_assert_int_eq(r.result, limit < 4 ? IMAP4_ERROR_LIMIT : IMAP4_OK);
        reply_clear(&r);

        reply_init(&r, deep, sizeof deep - 1, NULL);
        r.cursor.nesting_limit = limit;
        reply_read(&r);
        ck_assert_int_eq(r.result, limit < 4 ? IMAP4_ERROR_LIMIT : IMAP4_OK);
        reply_clear(&r);
    }
}
END_TEST

START_TEST(flags_have_names)
{
    ck_assert_str_eq(imap4_flag_name(IMAP4_FLAG_SEEN), "\\Seen");
    ck_assert_str_eq(imap4_flag_name(IMAP4_FLAG_ANSWERED), "\\Answered");
    ck_assert_str_eq(imap4_flag_name(IMAP4_FLAG_FLAGGED), "\\Flagged");
    ck_assert_str_eq(imap4_flag_name(IMAP4_FLAG_DELETED), "\\Deleted");
    ck_assert_str_eq(imap4_flag_name(IMAP4_FLAG_DRAFT), "\\Draft");
    ck_assert_str_eq(imap4_flag_name(IMAP4_FLAG_RECENT), "\\Recent");
    ck_assert_str_eq(imap4_flag_name(IMAP4_FLAG_WILDCARD), "\\*");
    ck_assert_ptr_null(imap4_flag_name(0));
    ck_assert_ptr_null(imap4_flag_name(3));
    ck_assert_ptr_null(imap4_flag_name(128));
    ck_assert_ptr_null(imap4_flag_name(-1));
}
END_TEST

Suite *flag_suite(void)
{
    const TTest *const tests[] = {flag_lists, any_allocation_may_fail, too_many_and_too_deep, flags_have_names, NULL};
    Suite *suite = suite_create("flag");

    suite_tests(suite, "flag", tests);
    return suite;
}
