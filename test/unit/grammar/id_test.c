#include "starve.h"
#include "support/suite.h"

Suite *id_suite(void);

START_TEST(fields)
{
    static const row rows[] = {
        {"* ID NIL", "ID ()"},
        {"* ID (\"name\" \"Cyrus\" \"version\" \"1.5\" \"os\" NIL)", "ID ('name'='Cyrus' 'version'='1.5' 'os'=NIL)"},
        {"* ID (\"name\" \"x\") ", "ID ('name'='x')"},
        {"* ID ()", "ID ()"},
        {"* ID", "ID ()"},
        {"* ID (name Coremail \"odd\")", "ID ('name'='Coremail')"},
        {"* ID (\"a\" {1}\r\nb NIL \"c\" \"d\" (1 2))", "ID ('a'='b' 'd'=NIL) !1 ID @29"},
        {"* ID (\"a\" \"b\") x", "ID ('a'='b') !1 ID @15"},
        {"* ID NIL x", "ID () !1 ID @9"},
        {"* ID (\"a\" \"b\"", "ERROR_PROTOCOL ID !1 ID @0"},
        {"* ID \"a\" \"b\"", "ERROR_PROTOCOL ID !1 ID @0"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(params_are_found_without_case)
{
    imap4_param second = {NULL, {"Version", 7}, {"1", 1}};
    imap4_param first = {&second, {"name", 4}, {NULL, 0}};

    ck_assert_ptr_eq(imap4_param_find(&first, "NAME"), &first.value);
    ck_assert_ptr_eq(imap4_param_find(&first, "version"), &second.value);
    ck_assert_ptr_null(imap4_param_find(&first, "versio"));
    ck_assert_ptr_null(imap4_param_find(NULL, "name"));
    ck_assert_ptr_null(imap4_param_find(&first, NULL));
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    check_starved("* ID (\"name\" \"a\\\"b\" \"version\" {1}\r\n1 \"os\" NIL)");
}
END_TEST

START_TEST(too_many_fields)
{
    static const char bytes[] = "* ID (a 1 b 2 c 3)";
    reply r;

    for (uint32_t limit = 1; limit < 5; limit++) {
        reply_init(&r, bytes, sizeof bytes - 1, NULL);
        r.cursor.list_limit = limit;
        reply_read(&r);
        ck_assert_int_eq(r.result, limit < 3 ? IMAP4_ERROR_LIMIT : IMAP4_OK);
        reply_clear(&r);
    }
}
END_TEST

Suite *id_suite(void)
{
    const TTest *const tests[] = {fields, params_are_found_without_case, any_allocation_may_fail, too_many_fields,
                                  NULL};
    Suite *suite = suite_create("id");

    suite_tests(suite, "id", tests);
    return suite;
}
