#include "describe.h"
#include "support/suite.h"

#include <imap4/server.h>

Suite *response_suite(void);

START_TEST(tagged)
{
    static const row rows[] = {
        {"a1 OK LOGIN completed", "<a1> OK 'LOGIN completed'"},
        {"a1 OK", "<a1> OK ''"},
        {"a1 OK ", "<a1> OK ''"},
        {"a1 no Mailbox gone", "<a1> NO 'Mailbox gone'"},
        {"A2 BAD syntax {12}", "<A2> BAD 'syntax {12}'"},
        {"A2  OK  two spaces", "<A2> OK 'two spaces'"},
        {"a1 OK[ALERT] glued", "<a1> OK [ALERT ALERT] 'glued'"},
        {"a1 OK: done", "<a1> OK ': done'"},
        /* no status: no answer to anything */
        {"a1", "ERROR_PROTOCOL DAMAGE !1 response @0"},
        {"Server Unavailable. 15", "ERROR_PROTOCOL DAMAGE !1 response @0"},
        {"a1 OKAY", "ERROR_PROTOCOL DAMAGE !1 response @0"},
        {"a1 PREAUTH hi", "ERROR_PROTOCOL DAMAGE !1 response @0"},
        {"a1 BYE now", "ERROR_PROTOCOL DAMAGE !1 response @0"},
        {"a1 OK-ish", "ERROR_PROTOCOL DAMAGE !1 response @0"},
    };
    CHECK_ROWS(rows);
}
END_TEST

/* Whoever knows the tag can still tell that its command has ended. */
START_TEST(tag_without_status)
{
    static const struct {
        const char *bytes;
        const char *tag;
    } rows[] = {{"a1", "a1"}, {"a1 what", "a1"}, {"a1 BYE x", "a1"}, {"abc(d", "abc(d"}};

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        reply r;

        reply_init(&r, rows[i].bytes, strlen(rows[i].bytes), NULL);
        reply_read(&r);
        ck_assert_int_eq(r.result, IMAP4_ERROR_PROTOCOL);
        ck_assert_int_eq(r.response.kind, IMAP4__RESPONSE_UNTAGGED);
        ck_assert_int_eq(r.response.event, IMAP4_EVENT_DAMAGE);
        ck_assert_uint_eq(r.response.tag.len, strlen(rows[i].tag));
        ck_assert_mem_eq(r.response.tag.data, rows[i].tag, strlen(rows[i].tag));
        reply_clear(&r);
    }
}
END_TEST

/* From Exchange a line of two words is a complaint, from others it is nothing. */
START_TEST(exchange_unavailable)
{
    static const row rows[] = {
        {"Server Unavailable. 15", "BAD 'Server Unavailable. 15'"},
        {"server unavailable.", "BAD 'server unavailable.'"},
        {"Server Unavailable", "ERROR_PROTOCOL DAMAGE !1 response @0"},
        {"Server busy. Try again", "ERROR_PROTOCOL DAMAGE !1 response @0"},
    };
    static line found;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        reply r;

        reply_init(&r, rows[i].bytes, strlen(rows[i].bytes), NULL);
        r.cursor.server = IMAP4_SERVER_EXCHANGE;
        reply_read(&r);
        describe(&found, &r);
        ck_assert_str_eq(found.text, rows[i].expected);
        reply_clear(&r);
    }
}
END_TEST

/* RFC 9586 section 3.3: the number is the UID. */
START_TEST(fetch_by_uid)
{
    static const row rows[] = {
        {"* 25996 UIDFETCH (FLAGS (\\Seen))", "FETCH 0 UID=25996 FLAGS=(\\Seen )"},
        {"* 25996 uidfetch (UID 25996 RFC822.SIZE 5)", "FETCH 0 UID=25996 SIZE=5"},
        {"* 25996 UIDFETCH (UID 7)", "FETCH 0 UID=25996"},
        {"* 4294967295 UIDFETCH ()", "FETCH 0 UID=4294967295"},
        {"* 4294967296 UIDFETCH ()", "ERROR_PROTOCOL FETCH !1 UIDFETCH @0"},
        {"* 0 UIDFETCH ()", "ERROR_PROTOCOL FETCH !1 UIDFETCH @0"},
        {"* 5 UIDFETCH x", "ERROR_PROTOCOL FETCH !1 UIDFETCH @0"},
        {"* UIDFETCH (UID 7)", "UNKNOWN 'UIDFETCH' (UID #7)"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(continuation)
{
    static const row rows[] = {
        {"+ idling", "+'idling'"},
        {"+ ", "+''"},
        {"+", "+''"},
        {"+text", "+'text'"},
        {"+  two", "+' two'"},
        {"+ VXNlciBOYW1lAA==", "+'VXNlciBOYW1lAA=='"},
        {"+ [ALERT] x", "+'[ALERT] x'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(numbers_before_words)
{
    static const row rows[] = {
        {"* 23 EXISTS", "EXISTS 23"},
        {"* 0 exists", "EXISTS 0"},
        {"*  1688 EXISTS", "EXISTS 1688"},
        {"* 5 RECENT", "RECENT 5"},
        {"* 44 EXPUNGE ", "EXPUNGE 44"},
        {"* 4294967296 EXISTS", "EXISTS 4294967296"},
        {"* 99999999999999999999999 EXISTS", "EXISTS 18446744073709551615"},
        {"* 012 EXISTS", "EXISTS 12"},
        {"* -1 EXISTS", "EXISTS 0"},
        {"* EXISTS", "UNKNOWN 'EXISTS'"},
        {"* 5 LIST", "UNKNOWN 5 'LIST'"},
        {"* 99 NOOP", "UNKNOWN 99 'NOOP'"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(what_is_left_over_is_damage)
{
    static const row rows[] = {
        {"* 5 EXISTS now", "EXISTS 5 !1 EXISTS @11"},
        {"* 5 EXPUNGE(x)", "EXPUNGE 5 !1 EXPUNGE @11"},
        {"* FLAGS (\\Seen) \\Deleted", "FLAGS (\\Seen ) !1 FLAGS @16"},
        {"* ID NIL NIL", "ID () !1 ID @9"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(unknown_responses_are_value_trees)
{
    static const row rows[] = {
        {"* NOOP", "UNKNOWN 'NOOP'"},
        {"* X-GONE (EARLIER) 41,43:116", "UNKNOWN 'X-GONE' (EARLIER) 41,43:116"},
        {"* X-TREE (2)(3 6 (4 23)(44 7 96))", "UNKNOWN 'X-TREE' (#2) (#3 #6 (#4 #23) (#44 #7 #96))"},
        {"* X-QUOTA \"\" (STORAGE 10 512)", "UNKNOWN 'X-QUOTA' '' (STORAGE #10 #512)"},
        {"* X-ACL INBOX {3}\r\na b rwt", "UNKNOWN 'X-ACL' INBOX 'a b' rwt"},
        {"* 12 SEARCH 1 2", "UNKNOWN 12 'SEARCH' #1 #2"},
        {"* X-ODD ) tail", "UNKNOWN 'X-ODD' !1 response @8"},
        {"* X-ODD one (two", "UNKNOWN 'X-ODD' one !1 response @7"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(what_is_no_response)
{
    static const row rows[] = {
        {"*", "ERROR_PROTOCOL DAMAGE !1 response @0"},
        {"* ", "ERROR_PROTOCOL DAMAGE !1 response @0"},
        {"* 5", "UNKNOWN '5'"},
        {"* ()", "ERROR_PROTOCOL DAMAGE !1 response @0"},
        {"* \"x\"", "ERROR_PROTOCOL DAMAGE !1 response @0"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(a_known_word_that_cannot_be_read_says_which)
{
    static const row rows[] = {
        {"* LIST", "ERROR_PROTOCOL LIST !1 LIST @0"},
        {"* LSUB (", "ERROR_PROTOCOL LIST !1 LSUB @0"},
        {"* STATUS", "ERROR_PROTOCOL STATUS !1 STATUS @0"},
        {"* FLAGS x", "ERROR_PROTOCOL FLAGS !1 FLAGS @0"},
        {"* 3 FETCH", "ERROR_PROTOCOL FETCH !1 FETCH @0"},
        {"* NAMESPACE x", "ERROR_PROTOCOL NAMESPACE !1 NAMESPACE @0"},
        {"* ID x", "ERROR_PROTOCOL ID !1 ID @0"},
    };
    reply r;

    CHECK_ROWS(rows);
    reply_init(&r, "* 3 FETCH", 9, NULL);
    reply_read(&r);
    ck_assert_int_eq(r.response.kind, IMAP4__RESPONSE_UNTAGGED);
    ck_assert_uint_eq(r.response.number, 3);
    reply_clear(&r);
}
END_TEST

START_TEST(nesting_beyond_the_limit_is_damage)
{
    char bytes[512] = "* X-DEEP ";
    reply r;

    memset(bytes + 9, '(', 101);
    memset(bytes + 110, ')', 101);
    strcpy(bytes + 211, " b");
    reply_init(&r, bytes, strlen(bytes), NULL);
    reply_read(&r);
    ck_assert_int_eq(r.result, IMAP4_ERROR_LIMIT);
    ck_assert_int_eq(r.response.event, IMAP4_EVENT_UNKNOWN);
    ck_assert_uint_eq(r.response.damaged, 1);
    ck_assert_str_eq(r.response.damage_what, "response");
    reply_clear(&r);
}
END_TEST

START_TEST(event_kinds_have_names)
{
    static const struct {
        int kind;
        const char *name;
    } names[] = {
        {IMAP4_EVENT_GREETING, "GREETING"},
        {IMAP4_EVENT_TEXT, "TEXT"},
        {IMAP4_EVENT_CAPABILITY, "CAPABILITY"},
        {IMAP4_EVENT_ENABLED, "ENABLED"},
        {IMAP4_EVENT_ID, "ID"},
        {IMAP4_EVENT_NAMESPACE, "NAMESPACE"},
        {IMAP4_EVENT_LIST, "LIST"},
        {IMAP4_EVENT_STATUS, "STATUS"},
        {IMAP4_EVENT_FLAGS, "FLAGS"},
        {IMAP4_EVENT_EXISTS, "EXISTS"},
        {IMAP4_EVENT_RECENT, "RECENT"},
        {IMAP4_EVENT_EXPUNGE, "EXPUNGE"},
        {IMAP4_EVENT_FETCH, "FETCH"},
        {IMAP4_EVENT_SEARCH, "SEARCH"},
        {IMAP4_EVENT_BODY_BEGIN, "BODY_BEGIN"},
        {IMAP4_EVENT_BODY_CHUNK, "BODY_CHUNK"},
        {IMAP4_EVENT_BODY_END, "BODY_END"},
        {IMAP4_EVENT_WANTED, "WANTED"},
        {IMAP4_EVENT_LAYER, "LAYER"},
        {IMAP4_EVENT_IDLE, "IDLE"},
        {IMAP4_EVENT_VIEW, "VIEW"},
        {IMAP4_EVENT_UNKNOWN, "UNKNOWN"},
        {IMAP4_EVENT_DAMAGE, "DAMAGE"},
        {IMAP4_EVENT_DONE, "DONE"},
        {IMAP4_EVENT_THREAD, "THREAD"},
        {IMAP4_EVENT_VANISHED, "VANISHED"},
        {IMAP4_EVENT_QUOTA, "QUOTA"},
        {IMAP4_EVENT_QUOTAROOT, "QUOTAROOT"},
        {IMAP4_EVENT_ACL, "ACL"},
        {IMAP4_EVENT_LISTRIGHTS, "LISTRIGHTS"},
        {IMAP4_EVENT_MYRIGHTS, "MYRIGHTS"},
        {IMAP4_EVENT_METADATA, "METADATA"},
        {IMAP4_EVENT_LANGUAGE, "LANGUAGE"},
        {IMAP4_EVENT_COMPARATOR, "COMPARATOR"},
        {IMAP4_EVENT_GENURLAUTH, "GENURLAUTH"},
        {IMAP4_EVENT_URLFETCH, "URLFETCH"},
        {IMAP4_EVENT_JMAPACCESS, "JMAPACCESS"},
        {IMAP4_EVENT_UIDBATCHES, "UIDBATCHES"},
        {IMAP4_EVENT_CONVERTED, "CONVERTED"},
        {IMAP4_EVENT_PUSH, "PUSH"},
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        ck_assert_str_eq(imap4_event_kind_name(names[i].kind), names[i].name);
    ck_assert_ptr_null(imap4_event_kind_name(0));
    ck_assert_ptr_null(imap4_event_kind_name(IMAP4_EVENT_PUSH + 1));
    ck_assert_ptr_null(imap4_event_kind_name(-1));
}
END_TEST

/* Of every kind one, as rich as it gets. */
static const char *const samples[] = {
    "a1 OK [CAPABILITY IMAP4rev1 A B C D E F] done",
    "* OK [PERMANENTFLAGS (\\Seen a b c d e \\*)] limited",
    "* OK [BADCHARSET (UTF-8 US-ASCII)] x",
    "* OK [COPYUID 38505 304,319:320 3956:3958] done",
    "* CAPABILITY IMAP4rev1 IDLE LITERAL + UIDPLUS MOVE",
    "* ID (\"name\" \"Cyrus\" \"version\" NIL)",
    "* NAMESPACE ((\"\" \"/\")(\"a.\" \".\" \"X\" (\"1\" 2))) NIL ((\"Public\" NIL))",
    "* LIST (\\Marked \\X-Other \\Y) \"/\" Entw&APw-rfe (\"CHILDINFO\" (\"SUBSCRIBED\"))",
    "* STATUS \"a b\" (MESSAGES 1 X-OTHER (1 2) MAILBOXID (F1))",
    "* SEARCH 1 3 5 7 9 11 13 15 17 19 (MODSEQ 5)",
    "* SORT 9 7 x 5 3 (MODSEQ 5)",
    "* ESEARCH 5,7 COUNT 3",
    "* ESEARCH (TAG \"a\" MAILBOX Entw&APw-rfe UIDVALIDITY 5 X 5) UID ALL 2,10:11 MIN 5 MAX 7 COUNT 3 MODSEQ 7 "
    "RELEVANCY (4 99 42) PARTIAL (-1:-100 5,9) ADDTO (0 5:7 1 9) REMOVEFROM (0 3) X-OTHER (a (b) \"c\")",
    "* THREAD (2)(3 6 (4 23)(44 7 96))((3)(5))",
    "* VANISHED (EARLIER) 41,43:116,118,120:211,214:540",
    "* UIDBATCHES (TAG \"a-tag-that-is-longer-than-the-step\") 215295:99696,99695:20351,20350:7830,7829:1",
    "* 25996 UIDFETCH (FLAGS (\\Seen a))",
    "* OK [MODIFIED 7,9:12] x",
    "* OK [APPENDUID 38505 3955:3957] x",
    "* OK [INPROGRESS (\"A001\" 454 1000)] x",
    "* OK [MAILBOXID (F2212ea87)] x",
    "* OK [OBJECTID (MAILBOXID F1 ACCOUNTID A2)] x",
    "* NO [REFERRAL imap://a/ \"imap://b/\" imap://c/ imap://d/ imap://e/] x",
    "* NO [BADEVENT (a b c d e)] x",
    "* OK [URLMECH INTERNAL A=b C D E] x",
    "* NO [NEWNAME a \"b\"] x",
    "* NO [X-OTHER (a b)] x",
    "* FLAGS (\\Seen a b c d e f)",
    "* X-OTHER-WITH-A-NAME-LONGER-THAN-THE-STEP (a \"b\" 5 NIL (c))",
    "* 12 FETCH (UID 5 FLAGS (\\Seen x) INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" ENVELOPE (\"d\" \"s\" "
    "((\"n\" NIL \"m\" \"h\")) NIL NIL ((NIL NIL \"g\" NIL)(NIL NIL NIL NIL)) NIL NIL NIL \"<i>\") BODYSTRUCTURE "
    "((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"x\\\"y\") NIL NIL \"7BIT \" 5 1 NIL (\"inline\" (\"a\" \"b\")) (\"en\" "
    "\"de\") "
    "\"l\" (1 2))(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 9 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) "
    "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1) 3) \"MIXED\" (\"BOUNDARY\" \"q\") NIL NIL) "
    "BODY[1.HEADER.FIELDS (A \"B\" {1}\r\nC)]<5> {3}\r\nabc X-GM-LABELS (\\Inbox \"a\"a\"))",
};

START_TEST(any_allocation_may_fail)
{
    static line expected;
    static line found;

    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        size_t len = strlen(samples[i]);
        reply whole;

        reply_init(&whole, samples[i], len, NULL);
        reply_read(&whole);
        describe(&expected, &whole);
        ck_assert_int_eq(whole.result, IMAP4_OK);
        for (size_t filler = 0; filler < 6000; filler += 16) {
            /* Memory comes by the block: with ever more of the first one in use, each request fails once. */
            scarcity s = {1, 0};
            imap4_allocator mem = {scarce_allocate, scarce_reallocate, scarce_release, &s};
            reply r;

            reply_init(&r, samples[i], len, &mem);
            ck_assert_ptr_nonnull(imap4__arena_bytes(&r.arena, filler + 1));
            s.left = 0;
            reply_read(&r);
            if (r.result == IMAP4_OK) {
                describe(&found, &r);
                ck_assert_str_eq(found.text, expected.text);
            } else {
                ck_assert_int_eq(r.result, IMAP4_ERROR_MEMORY);
            }
            reply_clear(&r);
            ck_assert_uint_eq(s.live, 0);
        }
        reply_clear(&whole);
    }
}
END_TEST

START_TEST(the_first_allocation_may_fail)
{
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        scarcity s = {0, 0};
        imap4_allocator mem = {scarce_allocate, scarce_reallocate, scarce_release, &s};
        reply r;

        reply_init(&r, samples[i], strlen(samples[i]), &mem);
        reply_read(&r);
        ck_assert_int_eq(r.result, IMAP4_ERROR_MEMORY);
        reply_clear(&r);
    }
}
END_TEST

static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

/* Bytes replaced, taken out, doubled, cut off: whatever comes of it is read without a crash, and described. */
START_TEST(garbage_is_survived)
{
    static const char odd[] = "()[]{}\"\\ \r\n*<>~NIL0123456789,.:\x80\x01";
    static line found;
    uint32_t random = 2463534242u;

    for (int round = 0; round < 20000; round++) {
        char bytes[2048];
        const char *sample = samples[next_random(&random) % (sizeof samples / sizeof samples[0])];
        size_t len = strlen(sample);
        reply r;

        memcpy(bytes, sample, len);
        for (uint32_t changes = 1 + next_random(&random) % 4; changes > 0; changes--) {
            size_t at = next_random(&random) % len;
            switch (next_random(&random) % 4) {
            case 0:
                bytes[at] = odd[next_random(&random) % (sizeof odd - 1)];
                break;
            case 1:
                memmove(bytes + at, bytes + at + 1, len - at - 1);
                len = len > 1 ? len - 1 : len;
                break;
            case 2:
                memmove(bytes + at + 1, bytes + at, len - at);
                len++;
                break;
            default:
                len = next_random(&random) % 4 == 0 ? at + 1 : len;
                break;
            }
        }
        reply_init(&r, bytes, len, NULL);
        reply_read(&r);
        ck_assert_int_ne(r.result, IMAP4_ERROR_MEMORY);
        ck_assert(r.result == IMAP4_OK || r.response.damaged > 0);
        describe(&found, &r);
        reply_clear(&r);
    }
}
END_TEST

START_TEST(cut_off_anywhere)
{
    static line found;

    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        for (size_t len = 0; len < strlen(samples[i]); len++) {
            reply r;

            reply_init(&r, samples[i], len, NULL);
            reply_read(&r);
            ck_assert(r.result == IMAP4_OK || r.response.damaged > 0);
            describe(&found, &r);
            reply_clear(&r);
        }
    }
}
END_TEST

Suite *response_suite(void)
{
    const TTest *const tests[] = {
        tagged,
        tag_without_status,
        exchange_unavailable,
        fetch_by_uid,
        continuation,
        numbers_before_words,
        what_is_left_over_is_damage,
        unknown_responses_are_value_trees,
        what_is_no_response,
        a_known_word_that_cannot_be_read_says_which,
        nesting_beyond_the_limit_is_damage,
        event_kinds_have_names,
        any_allocation_may_fail,
        the_first_allocation_may_fail,
        garbage_is_survived,
        cut_off_anywhere,
        NULL,
    };
    Suite *suite = suite_create("response");

    suite_tests(suite, "response", tests);
    return suite;
}
