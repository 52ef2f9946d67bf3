#include "grammar/found.h"

#include "runs.h"
#include "support/suite.h"

Suite *found_suite(void);

/* What stands at the cursor, step by step: lists, and what is none. */
START_TEST(lists_and_other_things)
{
    static const char bytes[] = " 1:3,5  x 7 (8 9) \"10\" ";
    static const int steps[] = {IMAP4__FOUND_LIST,  IMAP4__FOUND_OTHER, IMAP4__FOUND_LIST,
                                IMAP4__FOUND_OTHER, IMAP4__FOUND_OTHER, IMAP4__FOUND_END};
    imap4__found found;
    reply r;

    reply_init(&r, bytes, sizeof bytes - 1, NULL);
    found = imap4__found_begin(&r.cursor, IMAP4__RUN_SET);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        int step = imap4__found_more(&found, &r.response);
        ck_assert_int_eq(step, steps[i]);
        if (step == IMAP4__FOUND_OTHER)
            imap4__found_pass(&found, &r.response);
    }
    ck_assert_uint_eq(r.response.damaged, 3);
    ck_assert_uint_eq(imap4__set_count(found.set), 5);
    ck_assert_int_eq(imap4__found_more(&found, &r.response), IMAP4__FOUND_END);
    reply_clear(&r);
}
END_TEST

START_TEST(empty_sets_are_none)
{
    imap4__set empty;

    memset(&empty, 0, sizeof empty);
    ck_assert_ptr_null(imap4__found_uids(NULL));
    ck_assert_ptr_null(imap4__found_numbers(NULL));
    ck_assert_ptr_null(imap4__found_uids(&empty));
    ck_assert_ptr_null(imap4__found_numbers(&empty));
}
END_TEST

START_TEST(damage_is_counted_up_to_the_largest_number)
{
    imap4__response response;
    const uint8_t at[2] = {0, 0};

    memset(&response, 0, sizeof response);
    imap4__found_damage(&response, at, 0);
    ck_assert_uint_eq(response.damaged, 0);
    imap4__found_damage(&response, at, 3);
    ck_assert_uint_eq(response.damaged, 3);
    ck_assert_ptr_eq(response.damage_at, at);
    imap4__found_damage(&response, at + 1, 1);
    ck_assert_uint_eq(response.damaged, 4);
    ck_assert_ptr_eq(response.damage_at, at);
    imap4__found_damage(&response, at, UINT32_MAX - 4);
    ck_assert_uint_eq(response.damaged, UINT32_MAX);
    imap4__found_damage(&response, at, 2);
    ck_assert_uint_eq(response.damaged, UINT32_MAX);
}
END_TEST

Suite *found_suite(void)
{
    const TTest *const tests[] = {
        lists_and_other_things,
        empty_sets_are_none,
        damage_is_counted_up_to_the_largest_number,
        NULL,
    };
    Suite *suite = suite_create("found");

    suite_tests(suite, "found", tests);
    return suite;
}
