#include "describe.h"
#include "support/suite.h"

Suite *text_suite(void);

START_TEST(status_words)
{
    static const row rows[] = {
        {"* OK IMAP4rev2 server ready", "OK 'IMAP4rev2 server ready'"},
        {"* NO Disk is 98% full", "NO 'Disk is 98% full'"},
        {"* BAD Disk crash", "BAD 'Disk crash'"},
        {"* PREAUTH IMAP4rev2 server logged in as Smith", "PREAUTH 'IMAP4rev2 server logged in as Smith'"},
        {"* BYE Autologout; idle for too long", "BYE 'Autologout; idle for too long'"},
        {"* bye", "BYE ''"},
        {"* ok Still here", "OK 'Still here'"},
        {"* OK see section {12}", "OK 'see section {12}'"},
        {"* OKAY", "UNKNOWN 'OKAY'"},
        {"* BYE-BYE", "UNKNOWN 'BYE-BYE'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(codes_without_argument)
{
    static const row rows[] = {
        {"* OK [ALERT] System shutdown in 10 minutes", "OK [ALERT ALERT] 'System shutdown in 10 minutes'"},
        {"a NO [trycreate] no such mailbox", "<a> NO [TRYCREATE trycreate] 'no such mailbox'"},
        {"a OK [READ-WRITE] SELECT completed", "<a> OK [READ-WRITE READ-WRITE] 'SELECT completed'"},
        {"a OK [READ-ONLY ] x", "<a> OK [READ-ONLY READ-ONLY] 'x'"},
        {"* NO [UIDNOTSTICKY] Non-persistent UIDs", "NO [UIDNOTSTICKY UIDNOTSTICKY] 'Non-persistent UIDs'"},
        {"* OK [CLOSED] Previous mailbox is now closed", "OK [CLOSED CLOSED] 'Previous mailbox is now closed'"},
        {"* OK [CLOSED]", "OK [CLOSED CLOSED] ''"},
        {"* OK [CLOSED]glued", "OK [CLOSED CLOSED] 'glued'"},
        {"a NO [UNKNOWN-CTE] x", "<a> NO [UNKNOWN-CTE UNKNOWN-CTE] 'x'"},
        /* an argument that should not be there is handed on */
        {"* BYE [REFERRAL imap://user@h/] moved", "BYE [REFERRAL REFERRAL arg='imap://user@h/'] 'moved'"},
        {"* NO [LIMIT 5] x", "NO [LIMIT LIMIT arg='5'] 'x'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(codes_with_numbers)
{
    static const row rows[] = {
        {"* OK [UIDVALIDITY 3857529045] UIDs valid",
         "OK [UIDVALIDITY UIDVALIDITY arg='3857529045' number=3857529045] 'UIDs valid'"},
        {"* OK [UIDNEXT 4392] Predicted next UID", "OK [UIDNEXT UIDNEXT arg='4392' number=4392] 'Predicted next UID'"},
        {"* OK [UNSEEN 12] Message 12 is first unseen",
         "OK [UNSEEN UNSEEN arg='12' number=12] 'Message 12 is first unseen'"},
        {"* OK [HIGHESTMODSEQ 715194045007]",
         "OK [HIGHESTMODSEQ HIGHESTMODSEQ arg='715194045007' number=715194045007] ''"},
        {"* OK [UNSEEN 0]", "OK [UNSEEN UNSEEN arg='0'] ''"},
        {"* OK [UIDNEXT  5 ] x", "OK [UIDNEXT UIDNEXT arg='5' number=5] 'x'"},
        /* wrong arguments: the code is another */
        {"* OK [UIDNEXT] x", "OK [OTHER UIDNEXT] 'x'"},
        {"* OK [UIDNEXT five] x", "OK [OTHER UIDNEXT arg='five'] 'x'"},
        {"* OK [UIDNEXT 5 6] x", "OK [OTHER UIDNEXT arg='5 6'] 'x'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(codes_with_sets)
{
    static const row rows[] = {
        {"A003 OK [APPENDUID 38505 3955] APPEND completed",
         "<A003> OK [APPENDUID APPENDUID arg='38505 3955' number=38505 uids=3955] 'APPEND completed'"},
        {"A OK [APPENDUID 1 5:7,2] x", "<A> OK [APPENDUID APPENDUID arg='1 5:7,2' number=1 uids=5:7,2] 'x'"},
        {"A004 OK [COPYUID 38505 304,319:320 3956:3958] Done",
         "<A004> OK [COPYUID COPYUID arg='38505 304,319:320 3956:3958' number=38505 source=304,319:320 uids=3956:3958] "
         "'Done'"},
        /* without a status (Exchange, home.pl), without sets (Outlook.com), with a star (Purelymail) */
        {"[COPYUID 55 31 6]", "OK [COPYUID COPYUID arg='55 31 6' number=55 source=31 uids=6] ''"},
        {"* [COPYUID 55 31 6] x", "OK [COPYUID COPYUID arg='55 31 6' number=55 source=31 uids=6] 'x'"},
        {"a OK [COPYUID 55  ] x", "<a> OK [COPYUID COPYUID arg='55' number=55] 'x'"},
        {"a OK [COPYUID 55 * 6] x", "<a> OK [COPYUID COPYUID arg='55 * 6' number=55 source=0 uids=6] 'x'"},
        /* what cannot be paired is no pairing */
        {"a OK [COPYUID 55 31:32 6] x", "<a> OK [OTHER COPYUID arg='55 31:32 6'] 'x'"},
        {"a OK [COPYUID 55 31] x", "<a> OK [OTHER COPYUID arg='55 31'] 'x'"},
        {"a OK [COPYUID 55 a b] x", "<a> OK [OTHER COPYUID arg='55 a b'] 'x'"},
        {"a OK [COPYUID] x", "<a> OK [OTHER COPYUID] 'x'"},
        {"a OK [COPYUID x 1 1] x", "<a> OK [OTHER COPYUID arg='x 1 1'] 'x'"},
        {"a OK [APPENDUID 5] x", "<a> OK [OTHER APPENDUID arg='5'] 'x'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(codes_with_lists)
{
    static const row rows[] = {
        {"* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] ready",
         "OK [CAPABILITY CAPABILITY arg='IMAP4rev1 STARTTLS AUTH=PLAIN'['IMAP4rev1' 'STARTTLS' 'AUTH=PLAIN']] 'ready'"},
        {"* OK [CAPABILITY] ready", "OK [CAPABILITY CAPABILITY[]] 'ready'"},
        {"* OK [PERMANENTFLAGS (\\Deleted \\Seen \\*)] Limited",
         "OK [PERMANENTFLAGS PERMANENTFLAGS arg='(\\Deleted \\Seen \\*)'(\\Seen \\Deleted \\* )] 'Limited'"},
        {"* OK [PERMANENTFLAGS ()] none", "OK [PERMANENTFLAGS PERMANENTFLAGS arg='()'()] 'none'"},
        {"* OK [PERMANENTFLAGS (a] b) x]] t", "OK [OTHER PERMANENTFLAGS arg='(a'] 'b) x]] t'"},
        {"* OK [PERMANENTFLAGS (OIB-Seen-[Gmail]/All Mail)] t",
         "OK [PERMANENTFLAGS PERMANENTFLAGS arg='(OIB-Seen-[Gmail]/All Mail)'('OIB-Seen-[Gmail]/All' 'Mail')] 't'"},
        {"* OK [PERMANENTFLAGS \\Seen] t", "OK [OTHER PERMANENTFLAGS arg='\\Seen'] 't'"},
        {"a NO [BADCHARSET (UTF-8 \"US ASCII\")] x",
         "<a> NO [BADCHARSET BADCHARSET arg='(UTF-8 \"US ASCII\")'['UTF-8' 'US ASCII']] 'x'"},
        {"a NO [BADCHARSET(UTF-8)] x", "<a> NO [BADCHARSET BADCHARSET arg='(UTF-8)'['UTF-8']] 'x'"},
        {"a NO [BADCHARSET] x", "<a> NO [BADCHARSET BADCHARSET] 'x'"},
        {"a NO [BADCHARSET UTF-8] x", "<a> NO [OTHER BADCHARSET arg='UTF-8'] 'x'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(other_codes_and_what_is_none)
{
    static const row rows[] = {
        {"a NO [THROTTLED] slow", "<a> NO [OTHER THROTTLED] 'slow'"},
        {"* OK [X-THING a \"b]c\" d] t", "OK [OTHER X-THING arg='a \"b]c\" d'] 't'"},
        {"* OK [X-THING it's \"open] t", "OK [OTHER X-THING arg='it's \"open'] 't'"},
        {"a OK [MODIFIED 7,9] Conditional STORE failed",
         "<a> OK [OTHER MODIFIED arg='7,9'] 'Conditional STORE failed'"},
        {"a OK [Error=\"x\" y] AUTHENTICATE completed.", "<a> OK '[Error=\"x\" y] AUTHENTICATE completed.'"},
        {"* OK [ALERT no end", "OK '[ALERT no end'"},
        {"* OK [", "OK '['"},
        {"* OK []", "OK '[]'"},
        {"* OK [] x", "OK '[] x'"},
        {"* OK ready [dGVzdA==]", "OK 'ready [dGVzdA==]'"},
        {"* OK [dGVzdA==] ready", "OK '[dGVzdA==] ready'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(texts_are_said_by_nobody_yet)
{
    reply r;

    reply_init(&r, "* OK [ALERT] x", 14, NULL);
    reply_read(&r);
    ck_assert_int_eq(r.response.data.text->trusted, 0);
    ck_assert_ptr_null(r.response.data.text->argument.data);
    reply_clear(&r);
}
END_TEST

START_TEST(statuses_have_names)
{
    ck_assert_ptr_null(imap4_status_name(IMAP4_STATUS_NONE));
    ck_assert_str_eq(imap4_status_name(IMAP4_STATUS_OK), "OK");
    ck_assert_str_eq(imap4_status_name(IMAP4_STATUS_NO), "NO");
    ck_assert_str_eq(imap4_status_name(IMAP4_STATUS_BAD), "BAD");
    ck_assert_str_eq(imap4_status_name(IMAP4_STATUS_PREAUTH), "PREAUTH");
    ck_assert_str_eq(imap4_status_name(IMAP4_STATUS_BYE), "BYE");
    ck_assert_ptr_null(imap4_status_name(6));
    ck_assert_ptr_null(imap4_status_name(-1));
}
END_TEST

START_TEST(codes_have_names)
{
    /* RFC 9051 section 7.1, RFC 4978, RFC 4315, RFC 7162, RFC 2221: in the order of the enum from ALERT on. */
    static const char *const names[] = {"ALERT",
                                        "ALREADYEXISTS",
                                        "APPENDUID",
                                        "AUTHENTICATIONFAILED",
                                        "AUTHORIZATIONFAILED",
                                        "BADCHARSET",
                                        "CANNOT",
                                        "CAPABILITY",
                                        "CLIENTBUG",
                                        "CLOSED",
                                        "COMPRESSIONACTIVE",
                                        "CONTACTADMIN",
                                        "COPYUID",
                                        "CORRUPTION",
                                        "EXPIRED",
                                        "EXPUNGEISSUED",
                                        "HASCHILDREN",
                                        "HIGHESTMODSEQ",
                                        "INUSE",
                                        "LIMIT",
                                        "NOMODSEQ",
                                        "NONEXISTENT",
                                        "NOPERM",
                                        "OVERQUOTA",
                                        "PARSE",
                                        "PERMANENTFLAGS",
                                        "PRIVACYREQUIRED",
                                        "READ-ONLY",
                                        "READ-WRITE",
                                        "REFERRAL",
                                        "SERVERBUG",
                                        "TOOBIG",
                                        "TRYCREATE",
                                        "UIDNEXT",
                                        "UIDNOTSTICKY",
                                        "UIDVALIDITY",
                                        "UNAVAILABLE",
                                        "UNKNOWN-CTE",
                                        "UNSEEN"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        ck_assert_str_eq(imap4_code_name(IMAP4_CODE_ALERT + (int)i), names[i]);
    ck_assert_int_eq(IMAP4_CODE_ALERT + (int)(sizeof names / sizeof names[0]) - 1, IMAP4_CODE_UNSEEN);
    ck_assert_ptr_null(imap4_code_name(IMAP4_CODE_NONE));
    ck_assert_ptr_null(imap4_code_name(IMAP4_CODE_OTHER));
    ck_assert_ptr_null(imap4_code_name(41));
    ck_assert_ptr_null(imap4_code_name(-1));
}
END_TEST

Suite *text_suite(void)
{
    const TTest *const tests[] = {
        status_words,
        codes_without_argument,
        codes_with_numbers,
        codes_with_sets,
        codes_with_lists,
        other_codes_and_what_is_none,
        texts_are_said_by_nobody_yet,
        statuses_have_names,
        codes_have_names,
        NULL,
    };
    Suite *suite = suite_create("text");

    suite_tests(suite, "text", tests);
    return suite;
}
