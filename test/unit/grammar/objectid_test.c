#include "describe.h"
#include "grammar/objectid.h"
#include "support/suite.h"

Suite *objectid_suite(void);

/* "result consumed what" */
static void check(const char *bytes, int list, const char *expected)
{
    const imap4_objectid *ids = NULL;
    imap4_str one = {NULL, 0};
    line found;
    reply r;

    reply_init(&r, bytes, strlen(bytes), NULL);
    found.len = 0;
    r.result = list ? imap4__objectid_read(&r.cursor, &ids) : imap4__objectid_read_one(&r.cursor, &one);
    put(&found, "%d %d", r.result, (int)(r.cursor.at - r.bytes));
    if (ids != NULL)
        put_objectid(&found, ids);
    if (!list) {
        put(&found, " ");
        put_str(&found, one);
    }
    ck_assert_str_eq(found.text, expected);
    reply_clear(&r);
}

START_TEST(lists)
{
    static const row rows[] = {
        {"(MAILBOXID m ACCOUNTID a EMAILID e THREADID t)",
         "1 46 objectid{ mailbox='m' account='a' email='e' thread='t'}"},
        {"( mailboxid  \"m\"  EmailId (e) ) ", "1 31 objectid{ mailbox='m' email='e'}"},
        {"(THREADID NIL EMAILID ())", "1 25 objectid{}"},
        {"()", "1 2 objectid{}"},
        {"(MAILBOXID a MAILBOXID b)", "1 25 objectid{ mailbox='b'}"},
        /* names that a later version may have */
        {"(OTHERID x MAILBOXID m MOREID (x (y)))", "1 38 objectid{ mailbox='m'}"},
        {"x", "0 0"},
        {"", "0 0"},
        {"NIL", "0 0"},
        {"(MAILBOXID", "0 0"},
        {"(MAILBOXID m", "0 0"},
        {"(MAILBOXID)", "0 0"},
        {"(OTHERID)", "0 0"},
        {"((a) b)", "0 0"},
        {"(MAILBOXID \"m)", "-8 0"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check(rows[i].bytes, 1, rows[i].expected);
}
END_TEST

START_TEST(single_ones)
{
    static const row rows[] = {
        {"(M6d99ac3275bb4e)", "1 17 'M6d99ac3275bb4e'"},
        {"( a-_9 ) x", "1 8 'a-_9'"},
        {"abc", "1 3 'abc'"},
        {"\"a\" b", "1 3 'a'"},
        {"NIL", "1 3 NIL"},
        {"()", "1 2 NIL"},
        {"( )", "1 3 NIL"},
        {"(NIL)", "1 5 NIL"},
        {"(a b)", "0 0 NIL"},
        {"((a))", "0 0 NIL"},
        {"(a", "0 0 NIL"},
        {")", "0 0 NIL"},
        {"(\"a)", "-8 0 NIL"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check(rows[i].bytes, 0, rows[i].expected);
}
END_TEST

Suite *objectid_suite(void)
{
    const TTest *const tests[] = {lists, single_ones, NULL};
    Suite *suite = suite_create("objectid");

    suite_tests(suite, "objectid", tests);
    return suite;
}
