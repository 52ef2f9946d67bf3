#include "starve.h"
#include "support/suite.h"

Suite *fetch_suite(void);

START_TEST(simple_items)
{
    static const row rows[] = {
        {"* 23 FETCH (FLAGS (\\Seen) RFC822.SIZE 44827)", "FETCH 23 FLAGS=(\\Seen ) SIZE=44827"},
        {"* 1 fetch (uid 4294967295 flags ())", "FETCH 1 UID=4294967295 FLAGS=()"},
        {"* 12 FETCH (INTERNALDATE \"17-Jul-1996 02:44:25 -0700\")", "FETCH 12 DATE=1996-07-17 02:44:25-420"},
        {"* 12 FETCH (INTERNALDATE \" 7-Feb-1994 21:52:25 +0530\")", "FETCH 12 DATE=1994-02-07 21:52:25+330"},
        {"* 12 FETCH (INTERNALDATE {26}\r\n17-Jul-1996 02:44:25 -0700)", "FETCH 12 DATE=1996-07-17 02:44:25-420"},
        {"* 1 FETCH (RFC822.SIZE 8589934592)", "FETCH 1 SIZE=8589934592"},
        {"* 1 FETCH (UID 4 MODSEQ (12121130956))", "FETCH 1 UID=4 MODSEQ=12121130956"},
        {"* 1 FETCH (MODSEQ 5)", "FETCH 1 MODSEQ=5"},
        {"* 6 FETCH ()", "FETCH 6"},
        {"* 6 FETCH ( )", "FETCH 6"},
        {"* 0 FETCH (FLAGS ())", "FETCH 0 FLAGS=()"},
        {"* 4294967296 FETCH ()", "FETCH 4294967295"},
        {"* 1 FETCH (UID  5  FLAGS  (\\Seen)  )  ", "FETCH 1 UID=5 FLAGS=(\\Seen )"},
        {"* 1 FETCH(UID 5)", "FETCH 1 UID=5"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(tolerated)
{
    static const row rows[] = {
        /* Domino: items in parentheses of their own */
        {"* 2 FETCH (UID 7 (ENVELOPE (NIL \"s\" NIL NIL NIL NIL NIL NIL NIL NIL)) FLAGS (\\Seen))",
         "FETCH 2 UID=7 FLAGS=(\\Seen ) ENVELOPE={NIL 's' - - - - - - NIL NIL}"},
        {"* 2 FETCH (((UID 7) FLAGS ()) RFC822.SIZE 5)", "FETCH 2 UID=7 FLAGS=() SIZE=5"},
        /* not said, or as good as that */
        {"* 1 FETCH (UID 0 MODSEQ (0) INTERNALDATE NIL RFC822.SIZE NIL FLAGS NIL)", "FETCH 1 FLAGS=()"},
        {"* 1 FETCH (MODSEQ (-1) UID 5)", "FETCH 1 UID=5"},
        {"* 1 FETCH (INTERNALDATE () UID 5)", "FETCH 1 UID=5"},
        {"* 1 FETCH (INTERNALDATE \"00-Jan-0000 00:00:00 +0000\")", "FETCH 1 DATE=?"},
        /* mail.ru, SmarterMail */
        {"* 1 FETCH (RFC822.SIZE 9.3736e+06 UID 5)", "FETCH 1 UID=5 SIZE=9373600"},
        {"* 1 FETCH (RFC822.SIZE -2 UID 5)", "FETCH 1 UID=5 SIZE=0"},
        /* Proton Bridge, DavMail */
        {"* 1 FETCH (UID, NIL RFC822.SIZE 9537)", "FETCH 1 SIZE=9537 UID,:NIL"},
        {"* 1 FETCH (UID 5 \"\" FLAGS ())", "FETCH 1 UID=5 FLAGS=()"},
        /* the last one counts */
        {"* 1 FETCH (UID 5 UID 6)", "FETCH 1 UID=6"},
        {"* 1 FETCH (BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1 NIL) BODY (\"TEXT\" \"HTML\" NIL NIL "
         "NIL "
         "\"7BIT\" 1 1))",
         "FETCH 1 BODYSTRUCTURE=[1 TEXT TEXT/PLAIN enc='7BIT' 1/1 +]"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(other_items)
{
    static const row rows[] = {
        {"* 1 FETCH (X-GM-MSGID 1278455344230334865 X-GM-LABELS (\\Inbox \"Muy Importante\" NIL) UID 5)",
         "FETCH 1 UID=5 MSGID=1278455344230334865 LABELS=( '\\Inbox' 'Muy Importante')"},
        {"* 1 FETCH (BINARY.SIZE[1.2] 5 EMAILID (M6d99) SAVEDATE NIL PREVIEW {2}\r\nhi)",
         "FETCH 1 EMAILID='M6d99' SAVEDATE=NIL PREVIEW='hi' BINARY.SIZE[1.2]=5"},
        /* Dovecot, Cyrus, Zimbra, AOL */
        {"* 1 FETCH (X-GUID 5f3 X-REAL-UID 7 X-SAVEDATE \"x\" CREATEDMODSEQ (5) DIGEST.SHA1 NIL CID (a b))",
         "FETCH 1 X-GUID:5f3 X-REAL-UID:#7 X-SAVEDATE:'x' CREATEDMODSEQ:(#5) DIGEST.SHA1:NIL CID:(a b)"},
        {"* 1 FETCH (X-A{1 UID 5)", "FETCH 1 UID=5 X-A:{1"},
        {"* 1 FETCH (X-A\"b\" UID 5)", "FETCH 1 UID=5 X-A:'b'"},
        {"* 1 FETCH (X-A\177 1 UID 5)", "FETCH 1 X-A:- 1:UID 5:- !1 FETCH item @11"},
        {"* 1 FETCH (X-A[\"]\" x] 1 X-B<5> 2 XAOL.SPAM.REASON)",
         "FETCH 1 X-A[\"]\" x]:#1 X-B<5>:#2 XAOL.SPAM.REASON:-"},
        {"* 1 FETCH (BODY[1.FOO] \"x\" UID 5)", "FETCH 1 UID=5 BODY[1.FOO]:'x'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(damage_is_confined_to_the_item)
{
    static const row rows[] = {
        {"* 1 FETCH (UID x FLAGS (\\Seen))", "FETCH 1 FLAGS=(\\Seen ) !1 FETCH UID @11"},
        {"* 1 FETCH (UID 4294967296 FLAGS ())", "FETCH 1 FLAGS=() !1 FETCH UID @11"},
        {"* 1 FETCH (UID (1 (2)) FLAGS ())", "FETCH 1 FLAGS=() !1 FETCH UID @11"},
        {"* 1 FETCH (UID 5x FLAGS ())", "FETCH 1 UID=5 FLAGS=() !1 FETCH UID @11"},
        {"* 1 FETCH (UID )", "FETCH 1 !1 FETCH UID @11"},
        {"* 1 FETCH (FLAGS \\Seen UID 5)", "FETCH 1 UID=5 !1 FETCH FLAGS @11"},
        {"* 1 FETCH (INTERNALDATE (1) UID 5)", "FETCH 1 UID=5 !1 FETCH INTERNALDATE @11"},
        {"* 1 FETCH (RFC822.SIZE \"5\" UID 5)", "FETCH 1 UID=5 !1 FETCH RFC822.SIZE @11"},
        {"* 1 FETCH (MODSEQ (1 2) UID 5)", "FETCH 1 UID=5 !1 FETCH MODSEQ @11"},
        {"* 1 FETCH (BODY[1] (x) UID 5)", "FETCH 1 UID=5 !1 FETCH BODY[] @11"},
        {"* 1 FETCH (RFC822.TEXT (x) UID 5)", "FETCH 1 UID=5 !1 FETCH RFC822.TEXT @11"},
        {"* 1 FETCH (BODY x UID 5)", "FETCH 1 UID=5 !1 FETCH BODY @11"},
        {"* 1 FETCH (\x01 UID 5)", "FETCH 1 UID=5 !1 FETCH item @11"},
        {"* 1 FETCH ({1}\r\nx UID 5)", "FETCH 1 UID=5 !1 FETCH item @11"},
        {"* 1 FETCH (UID 5 BODY[ FLAGS ())", "FETCH 1 UID=5 !2 FETCH BODY[] @17"},
        /* two at a time: the first is told */
        {"* 1 FETCH (UID x RFC822.SIZE y FLAGS ())", "FETCH 1 FLAGS=() !2 FETCH UID @11"},
        /* one parenthesis too many */
        {"* 1 FETCH (UID 1)) FLAGS (\\Seen))", "FETCH 1 UID=1 !1 FETCH @17"},
        /* cut off */
        {"* 1 FETCH (UID 5", "FETCH 1 UID=5 !1 FETCH @16"},
        {"* 1 FETCH (UID 5 FLAGS (\\Seen", "FETCH 1 UID=5 !2 FETCH FLAGS @17"},
        {"* 1 FETCH (UID 5 BODY[] {5}\r\nabc)", "FETCH 1 UID=5 !2 FETCH BODY[] @17"},
        {"* 1 FETCH (UID 5 BODY[] {-1}\r\nabc)", "FETCH 1 UID=5 BODY[]='' !1 FETCH BODY[] @17"},
    };
    CHECK_ROWS(rows);
}
END_TEST

/* The size of a part is an item like others: its damage costs it, and what is no part is kept as it is. */
START_TEST(sizes_of_parts)
{
    static const row rows[] = {
        {"* 1 FETCH (BINARY.SIZE[] 9 binary.size[4.2] 8589934592 UID 5)",
         "FETCH 1 UID=5 BINARY.SIZE[]=9 BINARY.SIZE[4.2]=8589934592"},
        {"* 1 FETCH (BINARY.SIZE[1] NIL UID 5)", "FETCH 1 UID=5"},
        {"* 1 FETCH (BINARY.SIZE[1]  7 UID 5)", "FETCH 1 UID=5 BINARY.SIZE[1]=7"},
        {"* 1 FETCH (BINARY.SIZE[1] x UID 5)", "FETCH 1 UID=5 !1 FETCH BINARY.SIZE @11"},
        {"* 1 FETCH (BINARY.SIZE[1] (x) UID 5)", "FETCH 1 UID=5 !1 FETCH BINARY.SIZE @11"},
        {"* 1 FETCH (BINARY.SIZE[1] 7x UID 5)", "FETCH 1 UID=5 BINARY.SIZE[1]=7 !1 FETCH BINARY.SIZE @11"},
        {"* 1 FETCH (BINARY.SIZE[TEXT] 7 UID 5)", "FETCH 1 UID=5 BINARY.SIZE[TEXT]:#7"},
        {"* 1 FETCH (BINARY.SIZE[1 UID 5)", "FETCH 1 !2 FETCH BINARY.SIZE @11"},
        {"* 1 FETCH (BINARY.SIZE 7 UID 5)", "FETCH 1 UID=5 BINARY.SIZE:#7"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(identifiers)
{
    static const row rows[] = {
        /* RFC 8474 section 5 */
        {"* 3 FETCH (EMAILID (M6d99ac3275bb4e) THREADID (T64b478a75b7ea9))",
         "FETCH 3 EMAILID='M6d99ac3275bb4e' THREADID='T64b478a75b7ea9'"},
        {"* 3 FETCH (EMAILID (M00000002) THREADID NIL)", "FETCH 3 EMAILID='M00000002' THREADID=NIL"},
        {"* 3 FETCH (EMAILID 0a-_ THREADID \"t\" UID 5)", "FETCH 3 UID=5 EMAILID='0a-_' THREADID='t'"},
        /* James, where it has none */
        {"* 3 FETCH (EMAILID () THREADID () UID 5)", "FETCH 3 UID=5 THREADID=NIL"},
        {"* 3 FETCH (EMAILID NIL UID 5)", "FETCH 3 UID=5"},
        {"* 3 FETCH (OBJECTID (EMAILID M6 THREADID T7) UID 5)", "FETCH 3 UID=5 objectid{ email='M6' thread='T7'}"},
        {"* 3 FETCH (EMAILID (a b) UID 5)", "FETCH 3 UID=5 !1 FETCH EMAILID @11"},
        {"* 3 FETCH (EMAILID ((a)) UID 5)", "FETCH 3 UID=5 !1 FETCH EMAILID @11"},
        {"* 3 FETCH (THREADID (\"a UID 5)", "FETCH 3 !2 FETCH THREADID @11"},
        {"* 3 FETCH (OBJECTID x UID 5)", "FETCH 3 UID=5 !1 FETCH OBJECTID @11"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(save_dates_and_previews)
{
    static const row rows[] = {
        {"* 1 FETCH (SAVEDATE \"17-Jul-1996 02:44:25 -0700\")", "FETCH 1 SAVEDATE=837596665"},
        {"* 1 FETCH (SAVEDATE {26}\r\n17-Jul-1996 02:44:25 -0700)", "FETCH 1 SAVEDATE=837596665"},
        {"* 1 FETCH (SAVEDATE NIL UID 5)", "FETCH 1 UID=5 SAVEDATE=NIL"},
        {"* 1 FETCH (SAVEDATE \"\" UID 5)", "FETCH 1 UID=5 SAVEDATE=?"},
        {"* 1 FETCH (SAVEDATE \"17-\\Jul\" UID 5)", "FETCH 1 UID=5 !1 FETCH SAVEDATE @11"},
        {"* 1 FETCH (SAVEDATE \"17-Jul UID 5)", "FETCH 1 !2 FETCH SAVEDATE @11"},
        {"* 1 FETCH (SAVEDATE (x) UID 5)", "FETCH 1 UID=5 !1 FETCH SAVEDATE @11"},
        {"* 1 FETCH (PREVIEW \"Preview text!\")", "FETCH 1 PREVIEW='Preview text!'"},
        {"* 1 FETCH (PREVIEW \"\" UID 5)", "FETCH 1 UID=5 PREVIEW=''"},
        {"* 1 FETCH (PREVIEW NIL UID 5)", "FETCH 1 UID=5 PREVIEW=NIL"},
        {"* 1 FETCH (PREVIEW () UID 5)", "FETCH 1 UID=5 PREVIEW=NIL"},
        {"* 1 FETCH (PREVIEW (FUZZY \"text\") UID 5)", "FETCH 1 UID=5 PREVIEW='text'"},
        {"* 1 FETCH (SNIPPET ( FUZZY {4}\r\ntext ) UID 5)", "FETCH 1 UID=5 PREVIEW='text'"},
        {"* 1 FETCH (PREVIEW (FUZZY NIL) UID 5)", "FETCH 1 UID=5 PREVIEW=NIL"},
        {"* 1 FETCH (PREVIEW (FUZZY) UID 5)", "FETCH 1 UID=5 PREVIEW=NIL"},
        {"* 1 FETCH (PREVIEW (\"text\") UID 5)", "FETCH 1 UID=5 PREVIEW='text'"},
        {"* 1 FETCH (PREVIEW (FUZZY a b) UID 5)", "FETCH 1 UID=5 !1 FETCH PREVIEW @11"},
        {"* 1 FETCH (PREVIEW (FUZZY (a)) UID 5)", "FETCH 1 UID=5 !1 FETCH PREVIEW @11"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(items_of_gmail)
{
    static const row rows[] = {
        {"* 1 FETCH (X-GM-THRID 1266894439832287888 X-GM-MSGID 18446744073709551615)",
         "FETCH 1 MSGID=18446744073709551615 THRID=1266894439832287888"},
        {"* 1 FETCH (X-GM-THRID 0 X-GM-MSGID NIL UID 5)", "FETCH 1 UID=5"},
        {"* 1 FETCH (X-GM-THRID NIL X-GM-MSGID 0 UID 5)", "FETCH 1 UID=5"},
        {"* 1 FETCH (X-GM-MSGID x UID 5)", "FETCH 1 UID=5 !1 FETCH X-GM-MSGID @11"},
        {"* 1 FETCH (X-GM-THRID (1) UID 5)", "FETCH 1 UID=5 !1 FETCH X-GM-THRID @11"},
        {"* 1 FETCH (X-GM-LABELS (\\Inbox \\Sent Important \"Muy Importante\"))",
         "FETCH 1 LABELS=( '\\Inbox' '\\Sent' 'Important' 'Muy Importante')"},
        {"* 1 FETCH (X-GM-LABELS (\"\\\\Important\" \"\\Starred\" \"Entw&APw-rfe\" [Gmail]/x {3}\r\na b))",
         "FETCH 1 LABELS=( '\\Important' '\\Starred' 'Entw\xc3\xbcrfe' raw='Entw&APw-rfe' '[Gmail]/x' 'a b')"},
        {"* 1 FETCH (X-GM-LABELS () UID 5)", "FETCH 1 UID=5 LABELS=()"},
        {"* 1 FETCH (X-GM-LABELS NIL UID 5)", "FETCH 1 UID=5 LABELS=()"},
        {"* 1 FETCH (X-GM-LABELS (NIL foo NIL) UID 5)", "FETCH 1 UID=5 LABELS=( 'foo')"},
        {"* 1 FETCH (X-GM-LABELS foo UID 5)", "FETCH 1 UID=5 !1 FETCH X-GM-LABELS @11"},
        {"* 1 FETCH (X-GM-LABELS (foo", "FETCH 1 !2 FETCH X-GM-LABELS @11"},
    };
    CHECK_ROWS(rows);
    check_limited("* 1 FETCH (X-GM-LABELS (a b c) UID 5)", 4, "FETCH 1 LABELS=( 'a' 'b' 'c') !1 FETCH @31");
    check_limited("* 1 FETCH (X-GM-LABELS (a b c) UID 5)", 3, "FETCH 1 UID=5 !1 FETCH X-GM-LABELS @11");
}
END_TEST

START_TEST(annotations)
{
    static const row rows[] = {
        /* RFC 5257 section 4.3 */
        {"* 1 FETCH (ANNOTATION (/comment (value.priv \"My comment\" value.shared \"Group note\")))",
         "FETCH 1 ANNOTATION=('/comment' value.priv='My comment' value.shared='Group note')"},
        {"* 1 FETCH (ANNOTATION (/comment (value.priv \"x\" value.shared NIL) /altsubject (value.priv ~{2}\r\nab)))",
         "FETCH 1 ANNOTATION=('/comment' value.priv='x' value.shared=NIL '/altsubject' value.priv='ab')"},
        {"* 1 FETCH (ANNOTATION (/comment \"/a b\") UID 5)", "FETCH 1 UID=5 ANNOTATION=('/comment' '/a b')"},
        {"* 1 FETCH (ANNOTATION ( /comment ( ) ) UID 5)", "FETCH 1 UID=5 ANNOTATION=('/comment')"},
        {"* 1 FETCH (ANNOTATION () UID 5)", "FETCH 1 UID=5 ANNOTATION=()"},
        {"* 1 FETCH (ANNOTATION NIL UID 5)", "FETCH 1 UID=5 ANNOTATION=()"},
        {"* 1 FETCH (ANNOTATION /comment UID 5)", "FETCH 1 UID=5 !1 FETCH ANNOTATION @11"},
        {"* 1 FETCH (ANNOTATION ((x)) UID 5)", "FETCH 1 UID=5 !1 FETCH ANNOTATION @11"},
        {"* 1 FETCH (ANNOTATION (/a ((x))) UID 5)", "FETCH 1 UID=5 !1 FETCH ANNOTATION @11"},
        {"* 1 FETCH (ANNOTATION (/a (value.priv)) UID 5)", "FETCH 1 UID=5 !1 FETCH ANNOTATION @11"},
        {"* 1 FETCH (ANNOTATION (/a (value.priv (x))) UID 5)", "FETCH 1 UID=5 !1 FETCH ANNOTATION @11"},
    };
    CHECK_ROWS(rows);
    check_limited("* 1 FETCH (ANNOTATION (/a (b c)) UID 5)", 4, "FETCH 1 UID=5 ANNOTATION=('/a' b='c')");
    check_limited("* 1 FETCH (ANNOTATION (/a (b c)))", 2, "FETCH 1 !1 FETCH ANNOTATION @11");
    check_limited("* 1 FETCH (ANNOTATION (/a))", 1, "FETCH 1 !1 FETCH ANNOTATION @11");
}
END_TEST

START_TEST(mod_sequences)
{
    static const row rows[] = {
        {"* 1 FETCH (MODSEQ (9223372036854775807))", "FETCH 1 MODSEQ=9223372036854775807"},
        {"* 1 FETCH (MODSEQ ( 5 ) UID 5)", "FETCH 1 UID=5 MODSEQ=5"},
        {"* 1 FETCH (MODSEQ 5 UID 5)", "FETCH 1 UID=5 MODSEQ=5"},
        {"* 1 FETCH (MODSEQ 0 UID 5)", "FETCH 1 UID=5"},
        {"* 1 FETCH (MODSEQ () UID 5)", "FETCH 1 UID=5"},
        {"* 1 FETCH (MODSEQ NIL UID 5)", "FETCH 1 UID=5"},
        {"* 1 FETCH (MODSEQ (x) UID 5)", "FETCH 1 UID=5 !1 FETCH MODSEQ @11"},
        {"* 1 FETCH (MODSEQ x UID 5)", "FETCH 1 UID=5 !1 FETCH MODSEQ @11"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    check_starved("* 1 FETCH (EMAILID (M1) THREADID (T1) OBJECTID (EMAILID M ACCOUNTID \"A\") PREVIEW (FUZZY \"x\"))");
    check_starved("* 1 FETCH (SAVEDATE {26}\r\n17-Jul-1996 02:44:25 -0700 BINARY.SIZE[1.2] 5 BINARY.SIZE[x] 5)");
    check_starved("* 1 FETCH (ANNOTATION (/a (b \"c\" d NIL) /e) X-GM-LABELS (\\Inbox \"Entw&APw-rfe\"))");
    check_starved("* 1 FETCH (BODY[HEADER.FIELDS (A \"b\")]<0> \"x\" X-Y (1 (2)) RFC822 {1}\r\nx)");
}
END_TEST

START_TEST(limits)
{
    static const char deep[] = "* 1 FETCH (X-DEEP (((1))) UID 5)";
    static const char nested[] = "* 1 FETCH (((UID 5)))";
    static const char many[] = "* 1 FETCH (UID 5 RFC822.SIZE 6 FLAGS ())";
    reply r;

    for (uint32_t limit = 1; limit < 5; limit++) {
        reply_init(&r, deep, sizeof deep - 1, NULL);
        r.cursor.nesting_limit = limit;
        reply_read(&r);
        ck_assert_int_eq(r.result, IMAP4_OK);
        ck_assert_uint_eq(r.response.damaged, limit < 3 ? 1 : 0);
        ck_assert_uint_eq(r.response.data.fetch->uid, 5);
        reply_clear(&r);

        reply_init(&r, nested, sizeof nested - 1, NULL);
        r.cursor.nesting_limit = limit;
        reply_read(&r);
        ck_assert_int_eq(r.result, IMAP4_OK); /* too deep costs what is inside */
        ck_assert_uint_eq(r.response.damaged, limit < 3 ? 1 : 0);
        ck_assert_uint_eq(r.response.data.fetch->uid, limit < 3 ? 0 : 5);
        reply_clear(&r);

        reply_init(&r, many, sizeof many - 1, NULL);
        r.cursor.list_limit = limit;
        reply_read(&r);
        ck_assert_int_eq(r.result, IMAP4_OK);
        ck_assert_uint_eq(r.response.damaged, limit < 3 ? 1 : 0);
        ck_assert_uint_eq(r.response.data.fetch->uid, 5);
        ck_assert_int_eq(r.response.data.fetch->flags != NULL, limit >= 3);
        reply_clear(&r);
    }
}
END_TEST

START_TEST(items_have_names)
{
    static const struct {
        int item;
        const char *name;
    } names[] = {
        {IMAP4_FETCH_UID, "UID"},
        {IMAP4_FETCH_FLAGS, "FLAGS"},
        {IMAP4_FETCH_INTERNALDATE, "INTERNALDATE"},
        {IMAP4_FETCH_RFC822_SIZE, "RFC822.SIZE"},
        {IMAP4_FETCH_ENVELOPE, "ENVELOPE"},
        {IMAP4_FETCH_BODY, "BODY"},
        {IMAP4_FETCH_BODYSTRUCTURE, "BODYSTRUCTURE"},
        {IMAP4_FETCH_MODSEQ, "MODSEQ"},
        {IMAP4_FETCH_RFC822, "RFC822"},
        {IMAP4_FETCH_RFC822_HEADER, "RFC822.HEADER"},
        {IMAP4_FETCH_RFC822_TEXT, "RFC822.TEXT"},
        {IMAP4_FETCH_EMAILID, "EMAILID"},
        {IMAP4_FETCH_THREADID, "THREADID"},
        {IMAP4_FETCH_OBJECTID, "OBJECTID"},
        {IMAP4_FETCH_SAVEDATE, "SAVEDATE"},
        {IMAP4_FETCH_PREVIEW, "PREVIEW"},
        {IMAP4_FETCH_ANNOTATION, "ANNOTATION"},
        {IMAP4_FETCH_BINARY_SIZE, "BINARY.SIZE"},
        {IMAP4_FETCH_X_GM_MSGID, "X-GM-MSGID"},
        {IMAP4_FETCH_X_GM_THRID, "X-GM-THRID"},
        {IMAP4_FETCH_X_GM_LABELS, "X-GM-LABELS"},
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        ck_assert_str_eq(imap4_fetch_item_name(names[i].item), names[i].name);
    ck_assert_ptr_null(imap4_fetch_item_name(0));
    ck_assert_ptr_null(imap4_fetch_item_name(IMAP4_FETCH_FAST));
    ck_assert_ptr_null(imap4_fetch_item_name(0x200000));
    ck_assert_ptr_null(imap4_fetch_item_name(-1));
}
END_TEST

Suite *fetch_suite(void)
{
    const TTest *const tests[] = {
        simple_items,
        tolerated,
        other_items,
        damage_is_confined_to_the_item,
        sizes_of_parts,
        identifiers,
        save_dates_and_previews,
        items_of_gmail,
        annotations,
        mod_sequences,
        any_allocation_may_fail,
        limits,
        items_have_names,
        NULL,
    };
    Suite *suite = suite_create("fetch");

    suite_tests(suite, "fetch", tests);
    return suite;
}
