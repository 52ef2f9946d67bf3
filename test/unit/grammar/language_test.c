#include "starve.h"
#include "support/suite.h"

Suite *language_suite(void);

START_TEST(languages)
{
    static const row rows[] = {
        {"* LANGUAGE (DE)", "LANGUAGE ['DE']"},
        {"* LANGUAGE (EN DE IT i-default)", "LANGUAGE ['EN' 'DE' 'IT' 'i-default']"},
        {"* LANGUAGE ( \"de\" {2}\r\nfr ) ", "LANGUAGE ['de' 'fr']"},
        {"* LANGUAGE ()", "LANGUAGE []"},
        {"* LANGUAGE de \"en\"", "LANGUAGE ['de' 'en']"},
        {"* LANGUAGE ", "LANGUAGE []"},
        {"* LANGUAGE (de) x", "LANGUAGE ['de'] !1 LANGUAGE @16"},
        {"* LANGUAGE de (en)", "LANGUAGE ['de'] !1 LANGUAGE @14"},
        {"* LANGUAGE (de", "ERROR_PROTOCOL LANGUAGE !1 LANGUAGE @0"},
        {"* LANGUAGE (de (en))", "ERROR_PROTOCOL LANGUAGE !1 LANGUAGE @0"},
    };
    CHECK_ROWS(rows);
    check_limited("* LANGUAGE (a b)", 2, "LANGUAGE ['a' 'b']");
    check_limited("* LANGUAGE (a b c)", 2, "ERROR_LIMIT LANGUAGE !1 LANGUAGE @0");
    check_limited("* LANGUAGE a b c", 2, "ERROR_LIMIT LANGUAGE !1 LANGUAGE @0");
}
END_TEST

START_TEST(comparators)
{
    static const row rows[] = {
        {"* COMPARATOR i;basic", "COMPARATOR 'i;basic'"},
        {"* COMPARATOR \"i;unicode-casemap\" (i;octet \"i;basic\") ",
         "COMPARATOR 'i;unicode-casemap' ['i;octet' 'i;basic']"},
        {"* COMPARATOR x ()", "COMPARATOR 'x' []"},
        {"* COMPARATOR x y", "COMPARATOR 'x' !1 COMPARATOR @15"},
        {"* COMPARATOR x (y", "COMPARATOR 'x' !1 COMPARATOR @15"},
        {"* COMPARATOR x (y) z", "COMPARATOR 'x' ['y'] !1 COMPARATOR @19"},
        {"* COMPARATOR (y)", "ERROR_PROTOCOL COMPARATOR !1 COMPARATOR @0"},
        {"* COMPARATOR ", "ERROR_PROTOCOL COMPARATOR !1 COMPARATOR @0"},
    };
    CHECK_ROWS(rows);
    check_limited("* COMPARATOR x (a b c)", 2, "ERROR_LIMIT COMPARATOR !1 COMPARATOR @0");
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    check_starved("* LANGUAGE (de \"en\" fr it es pt)");
    check_starved("* LANGUAGE de \"en\" fr it es pt");
    check_starved("* COMPARATOR x (a b c d e f)");
}
END_TEST

Suite *language_suite(void)
{
    const TTest *const tests[] = {languages, comparators, any_allocation_may_fail, NULL};
    Suite *suite = suite_create("language");

    suite_tests(suite, "language", tests);
    return suite;
}
