#include "runs.h"
#include "starve.h"
#include "support/suite.h"

Suite *code_suite(void);

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
        {"a NO [THROTTLED] slow", "<a> NO [THROTTLED THROTTLED] 'slow'"},
        {"a NO [NOTIFICATIONOVERFLOW] x", "<a> NO [NOTIFICATIONOVERFLOW NOTIFICATIONOVERFLOW] 'x'"},
        /* an argument that should not be there is handed on */
        {"* NO [LIMIT 5] x", "NO [LIMIT LIMIT arg='5'] 'x'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(numbers)
{
    static const row rows[] = {
        {"* OK [UIDVALIDITY 3857529045] UIDs valid",
         "OK [UIDVALIDITY UIDVALIDITY arg='3857529045' number=3857529045] 'UIDs valid'"},
        {"* OK [UIDNEXT 4392] Predicted next UID", "OK [UIDNEXT UIDNEXT arg='4392' number=4392] 'Predicted next UID'"},
        {"* OK [UNSEEN 12] Message 12 is first unseen",
         "OK [UNSEEN UNSEEN arg='12' number=12] 'Message 12 is first unseen'"},
        {"* OK [HIGHESTMODSEQ 715194045007]",
         "OK [HIGHESTMODSEQ HIGHESTMODSEQ arg='715194045007' number=715194045007] ''"},
        {"* OK [HIGHESTMODSEQ 9223372036854775807] x",
         "OK [HIGHESTMODSEQ HIGHESTMODSEQ arg='9223372036854775807' number=9223372036854775807] 'x'"},
        {"a NO [MAXCONVERTMESSAGES 10] x", "<a> NO [MAXCONVERTMESSAGES MAXCONVERTMESSAGES arg='10' number=10] 'x'"},
        {"a BAD [MAXCONVERTPARTS 5] x", "<a> BAD [MAXCONVERTPARTS MAXCONVERTPARTS arg='5' number=5] 'x'"},
        {"* OK [UNSEEN 0]", "OK [UNSEEN UNSEEN arg='0'] ''"},
        {"* OK [UIDNEXT  5 ] x", "OK [UIDNEXT UIDNEXT arg='5' number=5] 'x'"},
        {"a OK [MESSAGELIMIT 1000 23221] x",
         "<a> OK [MESSAGELIMIT MESSAGELIMIT arg='1000 23221' number=1000 second=23221] 'x'"},
        {"a NO [MESSAGELIMIT 1000] x", "<a> NO [MESSAGELIMIT MESSAGELIMIT arg='1000' number=1000] 'x'"},
        /* wrong arguments: the code is another */
        {"* OK [UIDNEXT] x", "OK [OTHER UIDNEXT] 'x'"},
        {"* OK [UIDNEXT five] x", "OK [OTHER UIDNEXT arg='five'] 'x'"},
        {"* OK [UIDNEXT 5 6] x", "OK [OTHER UIDNEXT arg='5 6'] 'x'"},
        {"a NO [MESSAGELIMIT] x", "<a> NO [OTHER MESSAGELIMIT] 'x'"},
        {"a NO [MESSAGELIMIT 5 x] x", "<a> NO [OTHER MESSAGELIMIT arg='5 x'] 'x'"},
        {"a NO [MESSAGELIMIT 5 6 7] x", "<a> NO [OTHER MESSAGELIMIT arg='5 6 7'] 'x'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(sets)
{
    static const row rows[] = {
        {"A003 OK [APPENDUID 38505 3955] APPEND completed",
         "<A003> OK [APPENDUID APPENDUID arg='38505 3955' number=38505 uids=3955] 'APPEND completed'"},
        {"A OK [APPENDUID 1 5:7,2] x", "<A> OK [APPENDUID APPENDUID arg='1 5:7,2' number=1 uids=5:7,2] 'x'"},
        {"A004 OK [COPYUID 38505 304,319:320 3956:3958] Done",
         "<A004> OK [COPYUID COPYUID arg='38505 304,319:320 3956:3958' number=38505 source=304,319:320 uids=3956:3958] "
         "'Done'"},
        /* 12:10 means 10,11,12 */
        {"a OK [COPYUID 1 12:10 5:7] x",
         "<a> OK [COPYUID COPYUID arg='1 12:10 5:7' number=1 source=10:12 uids=5:7] 'x'"},
        /* pairs by position, whatever their order */
        {"a OK [COPYUID 1 9,3,5:6 40,12,8,7] x",
         "<a> OK [COPYUID COPYUID arg='1 9,3,5:6 40,12,8,7' number=1 source=9,3,5:6 uids=40,12,8,7] 'x'"},
        {"a OK [COPYUID 1 1:4294967295 1:4294967295] x", "<a> OK [COPYUID COPYUID arg='1 1:4294967295 1:4294967295' "
                                                         "number=1 source=1:4294967295 uids=1:4294967295] 'x'"},
        /* RFC 7162 section 3.1.3 */
        {"d105 OK [MODIFIED 7,9] Conditional STORE failed",
         "<d105> OK [MODIFIED MODIFIED arg='7,9' either=7,9] 'Conditional STORE failed'"},
        {"a NO [MODIFIED 101 ] x", "<a> NO [MODIFIED MODIFIED arg='101' either=101] 'x'"},
        /* without a status (Exchange, home.pl), without sets (Outlook.com), with a star (Purelymail) */
        {"[COPYUID 55 31 6]", "OK [COPYUID COPYUID arg='55 31 6' number=55 source=31 uids=6] ''"},
        {"* [COPYUID 55 31 6] x", "OK [COPYUID COPYUID arg='55 31 6' number=55 source=31 uids=6] 'x'"},
        {"* OK [COPYUID 701  ]", "OK [COPYUID COPYUID arg='701' number=701] ''"},
        {"a OK [COPYUID 55  ] x", "<a> OK [COPYUID COPYUID arg='55' number=55] 'x'"},
        {"a OK [COPYUID 55] x", "<a> OK [COPYUID COPYUID arg='55' number=55] 'x'"},
        {"a OK [COPYUID 55 * 6] x", "<a> OK [COPYUID COPYUID arg='55 * 6' number=55 source=0 uids=6] 'x'"},
        {"a OK [COPYUID  55  31   6 ] x", "<a> OK [COPYUID COPYUID arg='55  31   6' number=55 source=31 uids=6] 'x'"},
        /* what cannot be paired is no pairing */
        {"a OK [COPYUID 55 31:32 6] x", "<a> OK [OTHER COPYUID arg='55 31:32 6'] 'x'"},
        {"a OK [COPYUID 55 31] x", "<a> OK [OTHER COPYUID arg='55 31'] 'x'"},
        {"a OK [COPYUID 55 31 6 7] x", "<a> OK [OTHER COPYUID arg='55 31 6 7'] 'x'"},
        {"a OK [COPYUID 55 31 6 x] x", "<a> OK [OTHER COPYUID arg='55 31 6 x'] 'x'"},
        {"a OK [COPYUID 55 0 6] x", "<a> OK [OTHER COPYUID arg='55 0 6'] 'x'"},
        {"a OK [COPYUID 55 6 0] x", "<a> OK [OTHER COPYUID arg='55 6 0'] 'x'"},
        {"a OK [COPYUID 55 31,,32 6:8] x", "<a> OK [OTHER COPYUID arg='55 31,,32 6:8'] 'x'"},
        {"a OK [COPYUID 55 a b] x", "<a> OK [OTHER COPYUID arg='55 a b'] 'x'"},
        {"a OK [COPYUID] x", "<a> OK [OTHER COPYUID] 'x'"},
        {"a OK [COPYUID x 1 1] x", "<a> OK [OTHER COPYUID arg='x 1 1'] 'x'"},
        {"a OK [APPENDUID 5] x", "<a> OK [OTHER APPENDUID arg='5'] 'x'"},
        {"a OK [APPENDUID 5 6 7] x", "<a> OK [OTHER APPENDUID arg='5 6 7'] 'x'"},
        {"a OK [APPENDUID x 7] x", "<a> OK [OTHER APPENDUID arg='x 7'] 'x'"},
        {"a OK [MODIFIED] x", "<a> OK [OTHER MODIFIED] 'x'"},
        {"a OK [MODIFIED 7,x] x", "<a> OK [OTHER MODIFIED arg='7,x'] 'x'"},
        {"a OK [MODIFIED 7, 9] x", "<a> OK [OTHER MODIFIED arg='7, 9'] 'x'"},
        {"a OK [MODIFIED 7 9] x", "<a> OK [OTHER MODIFIED arg='7 9'] 'x'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

/* Sets that were read as they arrived have left no bytes. */
START_TEST(sets_that_came_before)
{
    static const run_row rows[] = {
        {"a OK [COPYUID 9 <1:3> <5:7>] x", "<a> OK [COPYUID COPYUID arg='9' number=9 source=1:3 uids=5:7] 'x'"},
        {"a OK [COPYUID 9 <1:3>  5:7 ] x", "<a> OK [COPYUID COPYUID arg='9   5:7' number=9 source=1:3 uids=5:7] 'x'"},
        {"a OK [COPYUID 9  1:3 <5:7>] x", "<a> OK [COPYUID COPYUID arg='9  1:3' number=9 source=1:3 uids=5:7] 'x'"},
        {"a OK [COPYUID 9 <1:3> <5:7> <8>] x", "<a> OK [OTHER COPYUID arg='9'] 'x'"},
        {"a OK [COPYUID 9 <1:3> <5:7,0>] x", "<a> OK [OTHER COPYUID arg='9'] 'x'"},
        {"a OK [COPYUID <9> 1 2] x", "<a> OK [OTHER COPYUID arg='1 2'] 'x'"},
        {"a OK [APPENDUID 9 <5:7,2>] x", "<a> OK [APPENDUID APPENDUID arg='9' number=9 uids=5:7,2] 'x'"},
        {"a OK [MODIFIED <5:7,2>]x", "<a> OK [MODIFIED MODIFIED either=5:7,2] 'x'"},
        {"a OK [MODIFIED <5:7,2> <3>]x", "<a> OK [OTHER MODIFIED] 'x'"},
    };
    CHECK_RUN_ROWS(rows, IMAP4__RUN_SET);
}
END_TEST

START_TEST(names)
{
    static const row rows[] = {
        {"* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] ready",
         "OK [CAPABILITY CAPABILITY arg='IMAP4rev1 STARTTLS AUTH=PLAIN'['IMAP4rev1' 'STARTTLS' 'AUTH=PLAIN']] 'ready'"},
        {"* OK [CAPABILITY] ready", "OK [CAPABILITY CAPABILITY[]] 'ready'"},
        {"a NO [BADCHARSET (UTF-8 \"US ASCII\")] x",
         "<a> NO [BADCHARSET BADCHARSET arg='(UTF-8 \"US ASCII\")'['UTF-8' 'US ASCII']] 'x'"},
        {"a NO [BADCHARSET(UTF-8)] x", "<a> NO [BADCHARSET BADCHARSET arg='(UTF-8)'['UTF-8']] 'x'"},
        {"a NO [BADCHARSET] x", "<a> NO [BADCHARSET BADCHARSET] 'x'"},
        {"a NO [BADCHARSET UTF-8] x", "<a> NO [OTHER BADCHARSET arg='UTF-8'] 'x'"},
        /* RFC 5465 section 5 */
        {"a NO [BADEVENT (FlagChange MessageNew)] x",
         "<a> NO [BADEVENT BADEVENT arg='(FlagChange MessageNew)'['FlagChange' 'MessageNew']] 'x'"},
        {"a NO [BADEVENT] x", "<a> NO [OTHER BADEVENT] 'x'"},
        {"a NO [BADEVENT (FlagChange] x", "<a> NO [OTHER BADEVENT arg='(FlagChange'] 'x'"},
        /* RFC 4467 section 7 */
        {"a33 OK [URLMECH INTERNAL XSAMPLE=P34OKhO7VEkCbsiYY8rGEg==] done",
         "<a33> OK [URLMECH URLMECH arg='INTERNAL XSAMPLE=P34OKhO7VEkCbsiYY8rGEg=='"
         "['INTERNAL' 'XSAMPLE=P34OKhO7VEkCbsiYY8rGEg==']] 'done'"},
        {"a OK [URLMECH] done", "<a> OK [OTHER URLMECH] 'done'"},
        /* RFC 2221 section 4.1, RFC 2193 section 4 */
        {"* BYE [REFERRAL IMAP://user;AUTH=*@SERVER2/] Server not accepting connections.",
         "BYE [REFERRAL REFERRAL arg='IMAP://user;AUTH=*@SERVER2/'['IMAP://user;AUTH=*@SERVER2/']] "
         "'Server not accepting connections.'"},
        {"A001 NO [REFERRAL IMAP://user;AUTH=*@SERVER1/FOO IMAP://user;AUTH=*@SERVER2/FOO] Remote mailbox.",
         "<A001> NO [REFERRAL REFERRAL arg='IMAP://user;AUTH=*@SERVER1/FOO IMAP://user;AUTH=*@SERVER2/FOO'"
         "['IMAP://user;AUTH=*@SERVER1/FOO' 'IMAP://user;AUTH=*@SERVER2/FOO']] 'Remote mailbox.'"},
        {"a NO [REFERRAL imap://u@[2001:db8::1]/x  \"imap://h/a b\" ] x",
         "<a> NO [REFERRAL REFERRAL arg='imap://u@[2001:db8::1]/x  \"imap://h/a b\"'"
         "['imap://u@[2001:db8::1]/x' 'imap://h/a b']] 'x'"},
        {"a NO [REFERRAL imap://h/[x] y", "<a> NO [OTHER REFERRAL arg='imap://h/[x'] 'y'"},
        {"a NO [REFERRAL] x", "<a> NO [OTHER REFERRAL] 'x'"},
        {"a NO [REFERRAL \"x] x", "<a> NO [OTHER REFERRAL arg='\"x'] 'x'"},
        /* RFC 2060 section 7.1 */
        {"a NO [NEWNAME blurdybloop nice.name] x",
         "<a> NO [NEWNAME NEWNAME arg='blurdybloop nice.name'['blurdybloop' 'nice.name']] 'x'"},
        {"a NO [NEWNAME \"a b\" {] x", "<a> NO [NEWNAME NEWNAME arg='\"a b\" {'['a b' '{']] 'x'"},
        {"a NO [NEWNAME a] x", "<a> NO [OTHER NEWNAME arg='a'] 'x'"},
        {"a NO [NEWNAME a b c] x", "<a> NO [OTHER NEWNAME arg='a b c'] 'x'"},
        {"a NO [NEWNAME] x", "<a> NO [OTHER NEWNAME] 'x'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(flags)
{
    static const row rows[] = {
        {"* OK [PERMANENTFLAGS (\\Deleted \\Seen \\*)] Limited",
         "OK [PERMANENTFLAGS PERMANENTFLAGS arg='(\\Deleted \\Seen \\*)'(\\Seen \\Deleted \\* )] 'Limited'"},
        {"* OK [PERMANENTFLAGS ()] none", "OK [PERMANENTFLAGS PERMANENTFLAGS arg='()'()] 'none'"},
        {"* OK [PERMANENTFLAGS (a] b) x]] t", "OK [OTHER PERMANENTFLAGS arg='(a'] 'b) x]] t'"},
        {"* OK [PERMANENTFLAGS (OIB-Seen-[Gmail]/All Mail)] t",
         "OK [PERMANENTFLAGS PERMANENTFLAGS arg='(OIB-Seen-[Gmail]/All Mail)'('OIB-Seen-[Gmail]/All' 'Mail')] 't'"},
        {"* OK [PERMANENTFLAGS \\Seen] t", "OK [OTHER PERMANENTFLAGS arg='\\Seen'] 't'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(values)
{
    static const row rows[] = {
        /* RFC 4469 section 5; RFC 5466 section 3; RFC 5267 section 4.3 */
        {"A003 NO [BADURL \"/INBOX;UIDVALIDITY=785799047/;UID=113330;section=1.5.9\"] CATENATE append has failed",
         "<A003> NO [BADURL BADURL arg='\"/INBOX;UIDVALIDITY=785799047/;UID=113330;section=1.5.9\"' "
         "value='/INBOX;UIDVALIDITY=785799047/;UID=113330;section=1.5.9'] 'CATENATE append has failed'"},
        {"a NO [BADURL imap://h/x;UID=5] x",
         "<a> NO [BADURL BADURL arg='imap://h/x;UID=5' value='imap://h/x;UID=5'] 'x'"},
        {"a NO [BADURL] x", "<a> NO [OTHER BADURL] 'x'"},
        {"a NO [BADURL a b] x", "<a> NO [OTHER BADURL arg='a b'] 'x'"},
        {"a NO [UNDEFINED-FILTER on-the-road] x",
         "<a> NO [UNDEFINED-FILTER UNDEFINED-FILTER arg='on-the-road' value='on-the-road'] 'x'"},
        {"* NO [NOUPDATE \"B02\"] Too many contexts",
         "NO [NOUPDATE NOUPDATE arg='\"B02\"' value='B02'] 'Too many contexts'"},
        {"* NO [NOUPDATE] x", "NO [OTHER NOUPDATE] 'x'"},
        /* Gmail */
        {"* NO [WEBALERT https://accounts.google.com/x?a=b] Web login required.",
         "NO [WEBALERT WEBALERT arg='https://accounts.google.com/x?a=b' value='https://accounts.google.com/x?a=b'] "
         "'Web login required.'"},
        /* RFC 8474 section 4.1 */
        {"* OK [MAILBOXID (F2212ea87-6097-4256-9d51-71338625)] Ok",
         "OK [MAILBOXID MAILBOXID arg='(F2212ea87-6097-4256-9d51-71338625)' value='F2212ea87-6097-4256-9d51-71338625'] "
         "'Ok'"},
        {"* OK [MAILBOXID ()] x", "OK [OTHER MAILBOXID arg='()'] 'x'"},
        {"* OK [MAILBOXID NIL ] x", "OK [OTHER MAILBOXID arg='NIL'] 'x'"},
        {"* OK [MAILBOXID] x", "OK [OTHER MAILBOXID] 'x'"},
        {"* OK [OBJECTID (MAILBOXID F1 ACCOUNTID A2)] x",
         "OK [OBJECTID OBJECTID arg='(MAILBOXID F1 ACCOUNTID A2)' mailboxid='F1' accountid='A2'] 'x'"},
        {"* OK [OBJECTID x] x", "OK [OTHER OBJECTID arg='x'] 'x'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(progress)
{
    static const row rows[] = {
        /* RFC 9585 section 4 */
        {"* OK [INPROGRESS (\"A001\" 454 1000)] Still working on it...",
         "OK [INPROGRESS INPROGRESS arg='(\"A001\" 454 1000)' number=454 second=1000 value='A001'] "
         "'Still working on it...'"},
        {"* OK [INPROGRESS (\"A001\" 999 NIL)] x",
         "OK [INPROGRESS INPROGRESS arg='(\"A001\" 999 NIL)' number=999 value='A001'] 'x'"},
        {"* OK [INPROGRESS (NIL NIL NIL)] x", "OK [INPROGRESS INPROGRESS arg='(NIL NIL NIL)'] 'x'"},
        {"* OK [INPROGRESS] x", "OK [INPROGRESS INPROGRESS] 'x'"},
        {"* OK [INPROGRESS ( a  1  2 ) ] x",
         "OK [INPROGRESS INPROGRESS arg='( a  1  2 )' number=1 second=2 value='a'] 'x'"},
        {"* OK [INPROGRESS 5] x", "OK [OTHER INPROGRESS arg='5'] 'x'"},
        {"* OK [INPROGRESS (\"a\" 5)] x", "OK [OTHER INPROGRESS arg='(\"a\" 5)'] 'x'"},
        {"* OK [INPROGRESS (\"a\")] x", "OK [OTHER INPROGRESS arg='(\"a\")'] 'x'"},
        {"* OK [INPROGRESS (\"a\" x 5)] x", "OK [OTHER INPROGRESS arg='(\"a\" x 5)'] 'x'"},
        {"* OK [INPROGRESS (\"a\" 4 5 6)] x", "OK [OTHER INPROGRESS arg='(\"a\" 4 5 6)'] 'x'"},
        {"* OK [INPROGRESS ((] x", "OK [OTHER INPROGRESS arg='(('] 'x'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(details)
{
    static const row rows[] = {
        /* RFC 5464 section 4.2.1 and 4.3, RFC 5257 section 4.1 and 4.4 */
        {"a OK [METADATA LONGENTRIES 2199] x",
         "<a> OK [METADATA METADATA arg='LONGENTRIES 2199' number=2199 LONGENTRIES] 'x'"},
        {"a NO [METADATA MAXSIZE 1024] x", "<a> NO [METADATA METADATA arg='MAXSIZE 1024' number=1024 MAXSIZE] 'x'"},
        {"a NO [METADATA  toomany ] x", "<a> NO [METADATA METADATA arg='toomany' TOOMANY] 'x'"},
        {"a NO [METADATA NOPRIVATE] x", "<a> NO [METADATA METADATA arg='NOPRIVATE' NOPRIVATE] 'x'"},
        {"a NO [METADATA] x", "<a> NO [OTHER METADATA] 'x'"},
        {"a NO [METADATA TOOBIG] x", "<a> NO [OTHER METADATA arg='TOOBIG'] 'x'"},
        {"a NO [METADATA MAXSIZE] x", "<a> NO [OTHER METADATA arg='MAXSIZE'] 'x'"},
        {"a NO [METADATA TOOMANY 5] x", "<a> NO [OTHER METADATA arg='TOOMANY 5'] 'x'"},
        {"a NO [ANNOTATE TOOBIG] x", "<a> NO [ANNOTATE ANNOTATE arg='TOOBIG' TOOBIG] 'x'"},
        {"a NO [ANNOTATE TOOMANY] x", "<a> NO [ANNOTATE ANNOTATE arg='TOOMANY' TOOMANY] 'x'"},
        {"a NO [ANNOTATE] x", "<a> NO [OTHER ANNOTATE] 'x'"},
        {"a NO [ANNOTATE MAXSIZE] x", "<a> NO [OTHER ANNOTATE arg='MAXSIZE'] 'x'"},
        {"* OK [ANNOTATIONS 20480 NOPRIVATE] x",
         "OK [ANNOTATIONS ANNOTATIONS arg='20480 NOPRIVATE' number=20480 NOPRIVATE] 'x'"},
        {"* OK [ANNOTATIONS 1024] x", "OK [ANNOTATIONS ANNOTATIONS arg='1024' number=1024] 'x'"},
        {"* OK [ANNOTATIONS READ-ONLY] x", "OK [ANNOTATIONS ANNOTATIONS arg='READ-ONLY' READ-ONLY] 'x'"},
        {"* OK [ANNOTATIONS READ-ONLY NOPRIVATE] x",
         "OK [ANNOTATIONS ANNOTATIONS arg='READ-ONLY NOPRIVATE' NOPRIVATE READ-ONLY] 'x'"},
        {"* OK [ANNOTATIONS NONE] x", "OK [ANNOTATIONS ANNOTATIONS arg='NONE' NONE] 'x'"},
        {"* OK [ANNOTATIONS] x", "OK [OTHER ANNOTATIONS] 'x'"},
        {"* OK [ANNOTATIONS TOOBIG] x", "OK [OTHER ANNOTATIONS arg='TOOBIG'] 'x'"},
        {"* OK [ANNOTATIONS NONE 5] x", "OK [OTHER ANNOTATIONS arg='NONE 5'] 'x'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(other_codes_and_what_is_none)
{
    static const row rows[] = {
        {"a NO [XTHING] slow", "<a> NO [OTHER XTHING] 'slow'"},
        {"* OK [X-THING a \"b]c\" d] t", "OK [OTHER X-THING arg='a \"b]c\" d'] 't'"},
        {"* OK [X-THING a \"b\\\"]c\" d] t", "OK [OTHER X-THING arg='a \"b\\\"]c\" d'] 't'"},
        {"* OK [X-THING it's \"open] t", "OK [OTHER X-THING arg='it's \"open'] 't'"},
        {"* OK [X-THING \"open] t]\\", "OK [OTHER X-THING arg='\"open'] 't]\\'"},
        {"* OK [x_y/z.5(1)] t", "OK [OTHER x_y/z.5 arg='(1)'] 't'"},
        {"a OK [Error=\"x\" y] AUTHENTICATE completed.", "<a> OK '[Error=\"x\" y] AUTHENTICATE completed.'"},
        {"* OK [ALERT no end", "OK '[ALERT no end'"},
        {"* OK [ALERT", "OK '[ALERT'"},
        {"* OK [", "OK '['"},
        {"* OK []", "OK '[]'"},
        {"* OK [] x", "OK '[] x'"},
        {"* OK ready [dGVzdA==]", "OK 'ready [dGVzdA==]'"},
        {"* OK [dGVzdA==] ready", "OK '[dGVzdA==] ready'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

/* Lists in codes are no longer than lists elsewhere; a longer one is only handed on. */
/* What is not known is kept as values too, where it can be read as such. */
START_TEST(unknown_codes_have_values)
{
    static const char bytes[] = "* OK [X-CODE 12 (a \"b]\" NIL) c] text";
    static const char odd[] = "* OK [X-CODE (a] text";
    const imap4_value *value;
    reply r;

    reply_init(&r, bytes, sizeof bytes - 1, NULL);
    reply_read(&r);
    ck_assert_int_eq(r.response.data.text->code, IMAP4_CODE_OTHER);
    value = r.response.data.text->values;
    ck_assert_int_eq(value->kind, IMAP4_VALUE_NUMBER);
    ck_assert_uint_eq(value->number, 12);
    value = value->next;
    ck_assert_int_eq(value->kind, IMAP4_VALUE_LIST);
    ck_assert_str_eq(value->children->text.data, "a");
    ck_assert_str_eq(value->children->next->text.data, "b]");
    ck_assert_int_eq(value->children->next->next->kind, IMAP4_VALUE_NIL);
    ck_assert_ptr_null(value->children->next->next->next);
    ck_assert_str_eq(value->next->text.data, "c");
    ck_assert_ptr_null(value->next->next);
    reply_clear(&r);

    for (uint32_t limit = 1; limit < 6; limit++) {
        reply_init(&r, bytes, sizeof bytes - 1, NULL);
        r.cursor.list_limit = limit;
        reply_read(&r);
        ck_assert_int_eq(r.response.data.text->values != NULL, limit >= 3);
        ck_assert_str_eq(r.response.data.text->argument.data, "12 (a \"b]\" NIL) c");
        reply_clear(&r);
    }

    reply_init(&r, odd, sizeof odd - 1, NULL);
    reply_read(&r);
    ck_assert_int_eq(r.response.data.text->code, IMAP4_CODE_OTHER);
    ck_assert_ptr_null(r.response.data.text->values);
    ck_assert_str_eq(r.response.data.text->argument.data, "(a");
    reply_clear(&r);

    /* Values that take more memory than there may be are given up, and the code is not. */
    check_starved(bytes);
}
END_TEST

START_TEST(lists_have_a_limit)
{
    static const struct {
        const char *begin;
        const char *item;
        const char *end;
        int code;
    } lists[] = {
        {"* OK [CAPABILITY", " X", "] x", IMAP4_CODE_CAPABILITY},
        {"* NO [BADCHARSET (X", " X", ")] x", IMAP4_CODE_BADCHARSET},
        {"* OK [PERMANENTFLAGS (X", " X", ")] x", IMAP4_CODE_PERMANENTFLAGS},
        {"* NO [REFERRAL", " X", "] x", IMAP4_CODE_REFERRAL},
    };
    static char bytes[4096];

    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        for (int more = 0; more < 2; more++) {
            int in_front = strchr(lists[i].begin, '(') != NULL;
            reply r;

            strcpy(bytes, lists[i].begin);
            for (int n = in_front; n < 1000 + more; n++)
                strcat(bytes, lists[i].item);
            strcat(bytes, lists[i].end);
            reply_init(&r, bytes, strlen(bytes), NULL);
            reply_read(&r);
            ck_assert_int_eq(r.result, IMAP4_OK);
            ck_assert_int_eq(r.response.data.text->code, more ? IMAP4_CODE_OTHER : lists[i].code);
            ck_assert_ptr_nonnull(r.response.data.text->argument.data);
            ck_assert_str_eq(r.response.data.text->text.data, "x");
            reply_clear(&r);
        }
    }
}
END_TEST

/* In the order of the enum, from ALERT on: RFC 9051 section 7.1 and those that text.h names. */
static const char *const code_names[] = {
    "ALERT",
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
    "UNSEEN",
    "ANNOTATE",
    "ANNOTATIONS",
    "BADCOMPARATOR",
    "BADEVENT",
    "BADURL",
    "INPROGRESS",
    "MAILBOXID",
    "MAXCONVERTMESSAGES",
    "MAXCONVERTPARTS",
    "MESSAGELIMIT",
    "METADATA",
    "MODIFIED",
    "NEWNAME",
    "NOTIFICATIONOVERFLOW",
    "NOTSAVED",
    "NOUPDATE",
    "OBJECTID",
    "TEMPFAIL",
    "THROTTLED",
    "TOOFEW",
    "TOOMANY",
    "UIDREQUIRED",
    "UNDEFINED-FILTER",
    "URLMECH",
    "USEATTR",
    "WEBALERT",
};

/* Good arguments for those that need one. */
static const char *argument_for(int code)
{
    switch (code) {
    case IMAP4_CODE_APPENDUID:
    case IMAP4_CODE_METADATA:
        return code == IMAP4_CODE_METADATA ? " TOOMANY" : " 1 1";
    case IMAP4_CODE_ANNOTATE:
        return " TOOBIG";
    case IMAP4_CODE_BADEVENT:
    case IMAP4_CODE_MAILBOXID:
    case IMAP4_CODE_PERMANENTFLAGS:
        return " (x)";
    case IMAP4_CODE_OBJECTID:
        return " (MAILBOXID x)";
    case IMAP4_CODE_COPYUID:
        return " 1 1 1";
    case IMAP4_CODE_NEWNAME:
        return " a b";
    case IMAP4_CODE_BADCHARSET:
    case IMAP4_CODE_INPROGRESS:
        return "";
    default:
        return " 5";
    }
}

START_TEST(codes_have_names)
{
    static const int last = IMAP4_CODE_ALERT + (int)(sizeof code_names / sizeof code_names[0]) - 1;

    ck_assert_int_eq(last, IMAP4_CODE_WEBALERT);
    for (int code = IMAP4_CODE_ALERT; code <= last; code++) {
        char bytes[128];
        reply r;

        ck_assert_str_eq(imap4_code_name(code), code_names[code - IMAP4_CODE_ALERT]);
        snprintf(bytes, sizeof bytes, "* NO [%s%s] x", imap4_code_name(code), argument_for(code));
        reply_init(&r, bytes, strlen(bytes), NULL);
        reply_read(&r);
        if (r.response.data.text->code != code)
            ck_abort_msg("%s", bytes);
        reply_clear(&r);
    }
    ck_assert_ptr_null(imap4_code_name(IMAP4_CODE_NONE));
    ck_assert_ptr_null(imap4_code_name(IMAP4_CODE_OTHER));
    ck_assert_ptr_null(imap4_code_name(last + 1));
    ck_assert_ptr_null(imap4_code_name(-1));
}
END_TEST

START_TEST(details_have_names)
{
    ck_assert_str_eq(imap4_code_detail_name(IMAP4_CODE_DETAIL_TOOBIG), "TOOBIG");
    ck_assert_str_eq(imap4_code_detail_name(IMAP4_CODE_DETAIL_TOOMANY), "TOOMANY");
    ck_assert_str_eq(imap4_code_detail_name(IMAP4_CODE_DETAIL_NOPRIVATE), "NOPRIVATE");
    ck_assert_str_eq(imap4_code_detail_name(IMAP4_CODE_DETAIL_LONGENTRIES), "LONGENTRIES");
    ck_assert_str_eq(imap4_code_detail_name(IMAP4_CODE_DETAIL_MAXSIZE), "MAXSIZE");
    ck_assert_str_eq(imap4_code_detail_name(IMAP4_CODE_DETAIL_NONE), "NONE");
    ck_assert_str_eq(imap4_code_detail_name(IMAP4_CODE_DETAIL_READ_ONLY), "READ-ONLY");
    ck_assert_ptr_null(imap4_code_detail_name(0));
    ck_assert_ptr_null(imap4_code_detail_name(3));
    ck_assert_ptr_null(imap4_code_detail_name(128));
    ck_assert_ptr_null(imap4_code_detail_name(-1));
}
END_TEST

Suite *code_suite(void)
{
    const TTest *const tests[] = {
        codes_without_argument,
        numbers,
        sets,
        sets_that_came_before,
        names,
        flags,
        values,
        progress,
        details,
        other_codes_and_what_is_none,
        unknown_codes_have_values,
        lists_have_a_limit,
        codes_have_names,
        details_have_names,
        NULL,
    };
    Suite *suite = suite_create("code");

    suite_tests(suite, "code", tests);
    return suite;
}
