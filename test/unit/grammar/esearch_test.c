#include "runs.h"
#include "support/suite.h"

Suite *esearch_suite(void);

START_TEST(return_data)
{
    static const row rows[] = {
        /* RFC 4731 section 3.1 and 3.2, RFC 9051 section 7.3.4 */
        {"* ESEARCH (TAG \"A282\") MIN 2 COUNT 3", "ESEARCH tag='A282' MIN=2 COUNT=3"},
        {"* ESEARCH (TAG \"A283\") ALL 2,10:11", "ESEARCH tag='A283' ALL=2,10:11"},
        {"* ESEARCH (TAG \"A285\") UID MIN 7 MAX 3800", "ESEARCH tag='A285' UID MIN=7 MAX=3800"},
        {"* ESEARCH UID COUNT 17 ALL 4:18,21,28", "ESEARCH UID ALL=4:18,21,28 COUNT=17"},
        {"* ESEARCH COUNT 0", "ESEARCH COUNT=0"},
        {"* ESEARCH (TAG \"A284\")", "ESEARCH tag='A284'"},
        {"* ESEARCH", "ESEARCH"},
        {"* esearch (tag a1) uid all 5 min 5 max 5", "ESEARCH tag='a1' UID ALL=5 MIN=5 MAX=5"},
        {"* ESEARCH  ( TAG  \"a\" )  UID  ALL  1:3 ", "ESEARCH tag='a' UID ALL=1:3"},
        {"* ESEARCH (TAG {2}\r\na1) ALL 1:4294967295", "ESEARCH tag='a1' ALL=1:4294967295"},
        /* RFC 7162 section 3.1.6 */
        {"* ESEARCH (TAG \"a\") ALL 1:3,5 MODSEQ 1236", "ESEARCH tag='a' ALL=1:3,5 MODSEQ=1236"},
        {"* ESEARCH MODSEQ 9223372036854775807", "ESEARCH MODSEQ=9223372036854775807"},
        {"* ESEARCH MODSEQ 0", "ESEARCH"},
        /* RFC 5267 section 3.1: sort order */
        {"* ESEARCH (TAG \"s\") UID ALL 23765,23764,23763,23761", "ESEARCH tag='s' UID ALL=23765,23764,23763,23761"},
        /* RFC 6203 section 4 */
        {"* ESEARCH (TAG \"B1\") ALL 1,5,10 RELEVANCY (4 99 42)", "ESEARCH tag='B1' ALL=1,5,10 RELEVANCY=4,99,42"},
        {"* ESEARCH ALL 1:3 RELEVANCY ( 1 100  50 )", "ESEARCH ALL=1:3 RELEVANCY=1,100,50"},
        {"* ESEARCH RELEVANCY ()", "ESEARCH RELEVANCY="},
        {"* ESEARCH RELEVANCY (0 101 999)", "ESEARCH RELEVANCY=1,100,100"},
        /* RFC 7377 section 2.1 */
        {"* ESEARCH (TAG \"tag1\" MAILBOX \"folder1\" UIDVALIDITY 1) UID ALL 4001,4003,4005,4007,4009",
         "ESEARCH tag='tag1' mailbox='folder1' uidvalidity=1 UID ALL=4001,4003,4005,4007,4009"},
        {"* ESEARCH (UIDVALIDITY 7 MAILBOX inbox TAG x) UID COUNT 2",
         "ESEARCH tag='x' mailbox='INBOX' raw='inbox' uidvalidity=7 UID COUNT=2"},
        {"* ESEARCH (MAILBOX Entw&APw-rfe) UID", "ESEARCH mailbox='Entw\xc3\xbcrfe' raw='Entw&APw-rfe' UID"},
        {"* ESEARCH UID (TAG \"a\") ALL 3", "ESEARCH tag='a' UID ALL=3"},
        {"* ESEARCH ALL 3 UID", "ESEARCH UID ALL=3"},
        {"* ESEARCH COUNT 3(TAG \"a\")", "ESEARCH tag='a' COUNT=3"},
        {"* ESEARCH (TAG NIL) ALL 3", "ESEARCH ALL=3"},
        /* nothing found, and said so */
        {"* ESEARCH UID ALL", "ESEARCH UID"},
        {"* ESEARCH UID ALL NIL COUNT 0", "ESEARCH UID COUNT=0"},
        {"* ESEARCH UID ALL COUNT 0", "ESEARCH UID COUNT=0"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(windows)
{
    static const row rows[] = {
        /* RFC 5267 section 4.4, RFC 9394 section 3.1 */
        {"* ESEARCH (TAG \"A01\") UID PARTIAL (1:10 9,7:8)", "ESEARCH tag='A01' UID PARTIAL=1:10 9,7:8"},
        {"* ESEARCH (TAG \"A01\") UID PARTIAL (-1:-100 100:300)", "ESEARCH tag='A01' UID PARTIAL=-1:-100 100:300"},
        {"* ESEARCH (TAG \"A02\") PARTIAL (24000:24500 NIL)", "ESEARCH tag='A02' PARTIAL=24000:24500 none"},
        {"* ESEARCH PARTIAL (24000:24500)", "ESEARCH PARTIAL=24000:24500 none"},
        {"* ESEARCH PARTIAL ( 23500:24000  55,50:54 ) COUNT 5", "ESEARCH COUNT=5 PARTIAL=23500:24000 55,50:54"},
        {"* ESEARCH PARTIAL (-4294967295:-1 7) COUNT 5", "ESEARCH COUNT=5 PARTIAL=-4294967295:-1 7"},
        {"* ESEARCH UID PARTIAL (1:2 5,0) COUNT 5", "ESEARCH UID COUNT=5 PARTIAL=1:2 5 !1 ESEARCH PARTIAL @27"},
        {"* ESEARCH PARTIAL (1:2 x) COUNT 5", "ESEARCH COUNT=5 !1 ESEARCH PARTIAL @10"},
        {"* ESEARCH PARTIAL (1:2 5 6) COUNT 5", "ESEARCH COUNT=5 !1 ESEARCH PARTIAL @10"},
        {"* ESEARCH PARTIAL (1 5) COUNT 5", "ESEARCH COUNT=5 !1 ESEARCH PARTIAL @10"},
        {"* ESEARCH PARTIAL (1:0 5) COUNT 5", "ESEARCH COUNT=5 !1 ESEARCH PARTIAL @10"},
        {"* ESEARCH PARTIAL (0:1 5) COUNT 5", "ESEARCH COUNT=5 !1 ESEARCH PARTIAL @10"},
        {"* ESEARCH PARTIAL (--1:1 5) COUNT 5", "ESEARCH COUNT=5 !1 ESEARCH PARTIAL @10"},
        {"* ESEARCH PARTIAL (1:4294967296 5) COUNT 5", "ESEARCH COUNT=5 !1 ESEARCH PARTIAL @10"},
        {"* ESEARCH PARTIAL 1:5 COUNT 5", "ESEARCH COUNT=5 !1 ESEARCH PARTIAL @10"},
        {"* ESEARCH PARTIAL (1:* 5) COUNT 5", "ESEARCH COUNT=5 !1 ESEARCH PARTIAL @10"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(changes)
{
    static const row rows[] = {
        /* RFC 5267 section 4.3.1 and 4.3.2 */
        {"* ESEARCH (TAG \"B01\") UID ADDTO (0 32768:32769)", "ESEARCH tag='B01' UID ADDTO(0 32768:32769)"},
        {"* ESEARCH (TAG \"B01\") UID REMOVEFROM (0 32768)", "ESEARCH tag='B01' UID REMOVEFROM(0 32768)"},
        {"* ESEARCH (TAG \"C01\") UID ADDTO (1 2733 1 2732 1 2731)",
         "ESEARCH tag='C01' UID ADDTO(1 2733) ADDTO(1 2732) ADDTO(1 2731)"},
        {"* ESEARCH REMOVEFROM (7 5) ADDTO ( 3  9:12,2 ) REMOVEFROM (1 4)",
         "ESEARCH REMOVEFROM(7 5) ADDTO(3 9:12,2) REMOVEFROM(1 4)"},
        {"* ESEARCH ADDTO ()", "ESEARCH"},
        /* those before one that cannot be read count */
        {"* ESEARCH ADDTO (1 5 x 6 2 7) COUNT 3", "ESEARCH COUNT=3 ADDTO(1 5) !1 ESEARCH ADDTO @10"},
        {"* ESEARCH ADDTO (1 5 6) COUNT 3", "ESEARCH COUNT=3 ADDTO(1 5) !1 ESEARCH ADDTO @10"},
        {"* ESEARCH ADDTO (1 0) COUNT 3", "ESEARCH COUNT=3 ADDTO(1 none) !1 ESEARCH ADDTO @19"},
        {"* ESEARCH ADDTO 1 COUNT 3", "ESEARCH COUNT=3 !1 ESEARCH ADDTO @10"},
        {"* ESEARCH REMOVEFROM (1 5", "ESEARCH REMOVEFROM(1 5) !3 ESEARCH REMOVEFROM @10"},
    };
    CHECK_ROWS(rows);
    CHECK_SAME_AS_RUNS(rows, IMAP4__RUN_SET, 4);
}
END_TEST

START_TEST(what_cannot_be_read_costs_itself)
{
    static const row rows[] = {
        {"* ESEARCH MIN 0 COUNT 3", "ESEARCH COUNT=3 !1 ESEARCH MIN @10"},
        {"* ESEARCH MIN 4294967296 COUNT 3", "ESEARCH COUNT=3 !1 ESEARCH MIN @10"},
        {"* ESEARCH MIN COUNT 3", "ESEARCH COUNT=3 !1 ESEARCH MIN @10"},
        {"* ESEARCH COUNT MAX 3", "ESEARCH MAX=3 !1 ESEARCH COUNT @10"},
        {"* ESEARCH MAX", "ESEARCH !1 ESEARCH MAX @10"},
        {"* ESEARCH MIN 5x COUNT 3", "ESEARCH MIN=5 COUNT=3 !1 ESEARCH MIN @15"},
        {"* ESEARCH MIN 5) COUNT 3", "ESEARCH MIN=5 COUNT=3 !1 ESEARCH @15"},
        {"* ESEARCH MODSEQ (5) COUNT 3", "ESEARCH COUNT=3 !1 ESEARCH MODSEQ @10"},
        {"* ESEARCH COUNT \"3\" MAX 7", "ESEARCH MAX=7 !1 ESEARCH COUNT @10"},
        {"* ESEARCH ALL $ COUNT 3", "ESEARCH COUNT=3 !1 ESEARCH ALL @10"},
        {"* ESEARCH ALL \"1,2\" COUNT 3", "ESEARCH COUNT=3 !1 ESEARCH ALL @10"},
        {"* ESEARCH ALL 1,,2,0,x COUNT 3", "ESEARCH ALL=1:2 COUNT=3 !4 ESEARCH ALL @14"},
        {"* ESEARCH RELEVANCY (1 x) COUNT 3", "ESEARCH COUNT=3 !1 ESEARCH RELEVANCY @10"},
        {"* ESEARCH RELEVANCY 5 COUNT 3", "ESEARCH COUNT=3 !1 ESEARCH RELEVANCY @10"},
        {"* ESEARCH RELEVANCY COUNT 3", "ESEARCH COUNT=3 !1 ESEARCH RELEVANCY @10"},
        {"* ESEARCH 5 COUNT 3 6", "ESEARCH COUNT=3 !2 ESEARCH @10"},
        {"* ESEARCH ) COUNT 3", "ESEARCH COUNT=3 !1 ESEARCH @10"},
        {"* ESEARCH \"x\" COUNT 3", "ESEARCH COUNT=3 !1 ESEARCH @10"},
        {"* ESEARCH \" COUNT 3", "ESEARCH COUNT=3 !1 ESEARCH @10"},
        {"* ESEARCH {1}\r\nx COUNT 3", "ESEARCH COUNT=3 !1 ESEARCH @10"},
        {"* ESEARCH (TAG) COUNT 3", "ESEARCH COUNT=3 !1 ESEARCH @14"},
        {"* ESEARCH (MAILBOX (x) TAG \"a\") COUNT 3", "ESEARCH tag='a' COUNT=3 !1 ESEARCH @18"},
        {"* ESEARCH (UIDVALIDITY 0 TAG \"a\") COUNT 3", "ESEARCH tag='a' COUNT=3 !1 ESEARCH @22"},
        {"* ESEARCH (UIDVALIDITY x TAG \"a\") COUNT 3", "ESEARCH tag='a' COUNT=3 !1 ESEARCH @22"},
        {"* ESEARCH (\"x\" TAG \"a\") COUNT 3", "ESEARCH tag='a' COUNT=3 !1 ESEARCH @11"},
        {"* ESEARCH (TAG \"a\"", "ESEARCH tag='a' !1 ESEARCH @18"},
        {"* ESEARCH (TAG \"a", "ESEARCH a:- !2 ESEARCH @14"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(what_is_not_known_is_kept)
{
    static const row rows[] = {
        {"* ESEARCH (TAG \"a\" X-SHARD 5) X-COST 12 ALL 1 X-SET 1:5,7 X-LIST (a \"b\" (c))",
         "ESEARCH tag='a' ALL=1 X-SHARD:#5 X-COST:#12 X-SET:1:5,7 X-LIST:(a 'b' (c))"},
        {"* ESEARCH X-LAST", "ESEARCH X-LAST:-"},
        {"* ESEARCH X-BARE COUNT 5", "ESEARCH COUNT=5 X-BARE:-"},
        {"* ESEARCH (X-BARE) COUNT 5", "ESEARCH COUNT=5 X-BARE:-"},
        {"* ESEARCH X-CUT (a b", "ESEARCH a:b !1 ESEARCH @10"},
        /* with a value that has no end, others that may have none are not looked at */
        {"* ESEARCH X \"a Y (b) Z (c) COUNT 3", "ESEARCH COUNT=3 a:Y b:- !2 ESEARCH @10"},
        {"* ESEARCH (X \"a Y \\\"(b) COUNT 3", "ESEARCH a:Y COUNT:#3 !4 ESEARCH @12"},
        {"* ESEARCH (X-CUT (a b", "ESEARCH a:b !2 ESEARCH @16"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(long_lists)
{
    static const run_row rows[] = {
        {"* ESEARCH (TAG \"a\") UID ALL <1:3,7> COUNT 4", "ESEARCH tag='a' UID ALL=1:3,7 COUNT=4"},
        {"* ESEARCH UID ALL  <1:3,7>  COUNT 4", "ESEARCH UID ALL=1:3,7 COUNT=4"},
        {"* ESEARCH UID ALL <1:3,7> ", "ESEARCH UID ALL=1:3,7"},
        {"* ESEARCH UID ALL <1:3,0,7>", "ESEARCH UID ALL=1:3,7 !1 ESEARCH ALL @18"},
        {"* ESEARCH PARTIAL (1:500 <9,7>) ALL <5>", "ESEARCH ALL=5 PARTIAL=1:500 9,7"},
        {"* ESEARCH ADDTO (1 <5,4> 2 <9,8>)", "ESEARCH ADDTO(1 5,4) ADDTO(2 9,8)"},
        {"* ESEARCH ALL <1> ADDTO (1 <2> 3 <4>) X-NEW (a) PARTIAL (1:2 <5>) REMOVEFROM (1 <6>)",
         "ESEARCH ALL=1 PARTIAL=1:2 5 ADDTO(1 2) ADDTO(3 4) REMOVEFROM(1 6) X-NEW:(a)"},
        /* where no list is due */
        {"* ESEARCH <1:3,7> COUNT 4", "ESEARCH COUNT=4 !1 ESEARCH @10"},
        {"* ESEARCH COUNT <44> MAX 7", "ESEARCH MAX=7 !1 ESEARCH COUNT @10"},
        {"* ESEARCH PARTIAL (<1:3,7>) COUNT 4", "ESEARCH COUNT=4 !1 ESEARCH PARTIAL @10"},
        {"* ESEARCH PARTIAL (1:2 5 <1:3,7>) COUNT 4", "ESEARCH COUNT=4 !1 ESEARCH PARTIAL @10"},
        {"* ESEARCH RELEVANCY (<13>) COUNT 4", "ESEARCH COUNT=4 !1 ESEARCH RELEVANCY @10"},
        {"* ESEARCH (UIDVALIDITY <13>) COUNT 4", "ESEARCH COUNT=4 !1 ESEARCH @22"},
        /* of what is not known it is all that there is */
        {"* ESEARCH X-NEW <1:3,7> COUNT 4", "ESEARCH COUNT=4 X-NEW:1:3,7"},
        {"* ESEARCH X-NEW (<1:3,7> a {1}\r\nb) COUNT 4", "ESEARCH COUNT=4 X-NEW:(1:3,7 a 'b')"},
        {"* ESEARCH X-NEW <1:3,7> Y-NEW 4", "ESEARCH X-NEW:1:3,7 Y-NEW:#4"},
    };
    CHECK_RUN_ROWS(rows, IMAP4__RUN_SET);
}
END_TEST

/* A long string is no list. */
START_TEST(gathered_literals)
{
    static const char bytes[] = "* ESEARCH X-NEW {5}\r\n COUNT 5";
    imap4__hole hole = {.at = 21, .size = 5, .text = {"hello", 5}};
    static line found;
    reply r;

    reply_init(&r, bytes, sizeof bytes - 1, NULL);
    r.cursor.holes = &hole;
    r.cursor.hole_count = 1;
    reply_read(&r);
    describe(&found, &r);
    ck_assert_str_eq(found.text, "ESEARCH COUNT=5 X-NEW:'hello'");
    reply_clear(&r);
}
END_TEST

/* "* ESEARCH" and so many times `item`. */
static const char *repeated(const char *begin, const char *item, int times, const char *end)
{
    static char bytes[65536];
    size_t len = strlen(begin);

    strcpy(bytes, begin);
    for (int i = 0; i < times; i++) {
        strcpy(bytes + len, item);
        len += strlen(item);
    }
    strcpy(bytes + len, end);
    return bytes;
}

static void read_whole(reply *r, const char *bytes)
{
    reply_init(r, bytes, strlen(bytes), NULL);
    reply_read(r);
    ck_assert_int_eq(r->result, IMAP4_OK);
}

/* With too much of everything, what came before counts. */
START_TEST(lists_have_limits)
{
    size_t count = 0;
    reply r;

    read_whole(&r, repeated("* ESEARCH RELEVANCY (", "7 ", 1000, ") COUNT 5"));
    ck_assert_uint_eq(r.response.data.search->relevancy_count, 1000);
    ck_assert_uint_eq(r.response.data.search->count, 5);
    ck_assert_uint_eq(r.response.damaged, 0);
    reply_clear(&r);

    read_whole(&r, repeated("* ESEARCH RELEVANCY (", "7 ", 1001, ") COUNT 5"));
    ck_assert_uint_eq(r.response.data.search->relevancy_count, 0);
    ck_assert_uint_eq(r.response.data.search->present, IMAP4_FOUND_COUNT);
    ck_assert_uint_eq(r.response.damaged, 1);
    reply_clear(&r);

    read_whole(&r, repeated("* ESEARCH ADDTO (", "1 7 ", 1001, ") COUNT 5"));
    for (const imap4_search_change *change = r.response.data.search->changes; change != NULL; change = change->next)
        count++;
    ck_assert_uint_eq(count, 1000);
    ck_assert_uint_eq(r.response.data.search->present, IMAP4_FOUND_ADDTO);
    ck_assert_uint_eq(r.response.damaged, 1);
    reply_clear(&r);

    read_whole(&r, repeated("* ESEARCH COUNT 5", " X 5", 1001, " MAX 7"));
    ck_assert_uint_eq(r.response.data.search->present, IMAP4_FOUND_COUNT);
    ck_assert_uint_eq(r.response.damaged, 1);
    reply_clear(&r);

    read_whole(&r, repeated("* ESEARCH (", " X 5", 1001, ") MAX 7"));
    ck_assert_uint_eq(r.response.data.search->present, 0);
    reply_clear(&r);

    read_whole(&r, repeated("* ESEARCH COUNT 5", " 5", 1001, " MAX 7"));
    ck_assert_uint_eq(r.response.data.search->present, IMAP4_FOUND_COUNT);
    ck_assert_uint_eq(r.response.damaged, 1001);
    reply_clear(&r);

    /* one value too deep, or too long, is all that is lost */
    read_whole(&r, repeated("* ESEARCH X ", "(", 101, ") MAX 7"));
    reply_clear(&r);
}
END_TEST

START_TEST(items_have_names)
{
    static const struct {
        int item;
        const char *name;
    } names[] = {
        {IMAP4_FOUND_ALL, "ALL"},         {IMAP4_FOUND_MIN, "MIN"},       {IMAP4_FOUND_MAX, "MAX"},
        {IMAP4_FOUND_COUNT, "COUNT"},     {IMAP4_FOUND_MODSEQ, "MODSEQ"}, {IMAP4_FOUND_RELEVANCY, "RELEVANCY"},
        {IMAP4_FOUND_PARTIAL, "PARTIAL"}, {IMAP4_FOUND_ADDTO, "ADDTO"},   {IMAP4_FOUND_REMOVEFROM, "REMOVEFROM"},
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        ck_assert_str_eq(imap4_search_item_name(names[i].item), names[i].name);
    ck_assert_ptr_null(imap4_search_item_name(0));
    ck_assert_ptr_null(imap4_search_item_name(3));
    ck_assert_ptr_null(imap4_search_item_name(0x200));
    ck_assert_ptr_null(imap4_search_item_name(-1));
}
END_TEST

Suite *esearch_suite(void)
{
    const TTest *const tests[] = {
        return_data,
        windows,
        changes,
        what_cannot_be_read_costs_itself,
        what_is_not_known_is_kept,
        long_lists,
        gathered_literals,
        lists_have_limits,
        items_have_names,
        NULL,
    };
    Suite *suite = suite_create("esearch");

    suite_tests(suite, "esearch", tests);
    return suite;
}
