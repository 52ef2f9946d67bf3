#include "starve.h"
#include "support/suite.h"

Suite *converted_suite(void);

START_TEST(messages)
{
    static const row rows[] = {
        /* RFC 5259 section 6 and 8 */
        {"* 2 CONVERTED (TAG \"a001\") (BINARY[3] {5}\r\nhello)", "CONVERTED tag='a001' FETCH 2 BINARY[3]='hello'"},
        {"* 2 CONVERTED (TAG \"c000\") (BINARY.SIZE[4] 3135)", "CONVERTED tag='c000' FETCH 2 BINARY.SIZE[4]=3135"},
        {"* 2 CONVERTED (tag c001) (UID 100 BINARY[4]<2001> ~{2}\r\nab)",
         "CONVERTED tag='c001' FETCH 2 UID=100 BINARY[4]<2001>='ab'"},
        {"* 3 CONVERTED (TAG \"D012\") (BODY[1.MIME] {3}\r\na:b BODY[HEADER] NIL)",
         "CONVERTED tag='D012' FETCH 3 BODY[1.MIME]='a:b' BODY[HEADER]=NIL"},
        {"* 2 CONVERTED (TAG \"e002\") (BODYPARTSTRUCTURE[2] (\"IMAGE\" \"PNG\" NIL))",
         "CONVERTED tag='e002' FETCH 2 BODYPARTSTRUCTURE[2]:('IMAGE' 'PNG' NIL)"},
        {"* 2 CONVERTED (TAG \"f\") (AVAILABLECONVERSIONS[2] ((\"text/plain\" \"text/html\")))",
         "CONVERTED tag='f' FETCH 2 AVAILABLECONVERSIONS[2]:(('text/plain' 'text/html'))"},
        /* why there is nothing */
        {"* 2 CONVERTED (tag \"b001\") (BINARY[3] (ERROR \"no\" TEMPFAIL) BINARY.SIZE[4]  (ERROR \"no\" TEMPFAIL 5))",
         "CONVERTED tag='b001' FETCH 2 BINARY[3]:(ERROR 'no' TEMPFAIL) BINARY.SIZE[4]:(ERROR 'no' TEMPFAIL #5)"},
        {"* 2 CONVERTED (UID 5)", "CONVERTED FETCH 2 UID=5"},
        {"* 2 CONVERTED ( TAG \"a\" )( UID 5 )", "CONVERTED tag='a' FETCH 2 UID=5"},
        {"* 4294967296 CONVERTED (UID 5)", "CONVERTED FETCH 4294967295 UID=5"},
        {"* 2 CONVERTED (TAG \"a\") (BINARY[3] x BINARY.SIZE[4] x UID 5)",
         "CONVERTED tag='a' FETCH 2 UID=5 BINARY[3]='x' !1 FETCH BINARY.SIZE @37"},
        {"* 2 CONVERTED (TAG \"a\")", "ERROR_PROTOCOL CONVERTED !1 CONVERTED @0"},
        {"* 2 CONVERTED (TAG \"a\") x", "ERROR_PROTOCOL CONVERTED !1 CONVERTED @0"},
        {"* 2 CONVERTED (TAG (a)) (UID 5)", "ERROR_PROTOCOL CONVERTED !1 CONVERTED @0"},
        {"* 2 CONVERTED (TAG a b) (UID 5)", "ERROR_PROTOCOL CONVERTED !1 CONVERTED @0"},
        {"* 2 CONVERTED (TAG \"a) (UID 5)", "ERROR_PROTOCOL CONVERTED !1 CONVERTED @0"},
        {"* 2 CONVERTED", "ERROR_PROTOCOL CONVERTED !1 CONVERTED @0"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(too_deep)
{
    static const char bytes[] = "* 2 CONVERTED (TAG \"a\") (((UID 5)))";
    reply r;

    for (uint32_t limit = 1; limit < 5; limit++) {
        reply_init(&r, bytes, sizeof bytes - 1, NULL);
        r.cursor.nesting_limit = limit;
        reply_read(&r);
        ck_assert_int_eq(r.result, IMAP4_OK); /* too deep costs what is inside */
        ck_assert_uint_eq(r.response.damaged, limit < 3 ? 1 : 0);
        reply_clear(&r);
    }
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    check_starved("* 2 CONVERTED (TAG \"a\") (UID 5 BINARY[3] \"x\" BINARY[4] (ERROR x) BINARY.SIZE[4] (ERROR x))");
}
END_TEST

Suite *converted_suite(void)
{
    const TTest *const tests[] = {messages, too_deep, any_allocation_may_fail, NULL};
    Suite *suite = suite_create("converted");

    suite_tests(suite, "converted", tests);
    return suite;
}
