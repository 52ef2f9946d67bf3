#include "runs.h"
#include "support/suite.h"

Suite *batches_suite(void);

START_TEST(batches)
{
    static const row rows[] = {
        {"* UIDBATCHES (TAG \"A143\") 215295:99696,99695:20351,20350:7830,7829:1",
         "UIDBATCHES tag='A143' 99696:215295,20351:99695,7830:20350,1:7829"},
        {"* UIDBATCHES (TAG \"A144\")", "UIDBATCHES tag='A144' none"},
        {"* uidbatches  ( tag a1 ) 3:1 ", "UIDBATCHES tag='a1' 1:3"},
        {"* UIDBATCHES 3:1", "UIDBATCHES 1:3"},
        {"* UIDBATCHES", "UIDBATCHES none"},
        {"* UIDBATCHES 3,2,1 (TAG x)", "UIDBATCHES tag='x' 3,2,1"},
        {"* UIDBATCHES (TAG \"a\") 5:4,0,3", "UIDBATCHES tag='a' 4:5,3 !1 UIDBATCHES @23"},
        {"* UIDBATCHES (TAG \"a\") (TAG \"b\") 5", "UIDBATCHES tag='a' 5 !1 UIDBATCHES @23"},
        {"* UIDBATCHES (X 5) 5", "UIDBATCHES 5 !1 UIDBATCHES @13"},
        {"* UIDBATCHES (TAG) 5", "UIDBATCHES 5 !1 UIDBATCHES @13"},
        {"* UIDBATCHES (TAG a b) 5", "UIDBATCHES 5 !1 UIDBATCHES @13"},
        {"* UIDBATCHES x 5", "UIDBATCHES 5 !1 UIDBATCHES @13"},
    };
    CHECK_ROWS(rows);
    CHECK_SAME_AS_RUNS(rows, IMAP4__RUN_SET, 3);
}
END_TEST

START_TEST(pieces_have_a_limit)
{
    static char bytes[8192];
    reply r;

    strcpy(bytes, "* UIDBATCHES");
    for (int i = 0; i < 1002; i++)
        strcat(bytes, " 7");
    reply_init(&r, bytes, strlen(bytes), NULL);
    reply_read(&r);
    ck_assert_int_eq(r.result, IMAP4_ERROR_LIMIT);
    reply_clear(&r);
}
END_TEST

Suite *batches_suite(void)
{
    const TTest *const tests[] = {batches, pieces_have_a_limit, NULL};
    Suite *suite = suite_create("batches");

    suite_tests(suite, "batches", tests);
    return suite;
}
