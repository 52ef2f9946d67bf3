#include "describe.h"
#include "grammar/param.h"
#include "starve.h"
#include "support/suite.h"

Suite *param_suite(void);

#define PART(params) "* 1 FETCH (BODY (\"A\" \"B\" " params " NIL NIL \"7BIT\" 1) UID 5)"
#define FOUND(params) "FETCH 1 UID=5 BODY=[1 BASIC A/B" params " enc='7BIT' 1/0]"

/* body-fld-param = "(" string SP string *(SP string SP string) ")" / nil */
START_TEST(lists)
{
    static const row rows[] = {
        {PART("(\"CHARSET\" \"US-ASCII\")"), FOUND("('CHARSET'='US-ASCII')")},
        {PART("(\"NAME\" \"x\" \"B\" \"y\")"), FOUND("('NAME'='x' 'B'='y')")},
        {PART("({4}\r\nname {3}\r\na\"b)"), FOUND("('name'='a\"b')")},
        {PART("NIL"), FOUND("")},
        {PART("(\"a\" \"\")"), FOUND("('a'='')")},
        /* Outlook.com and mail.ru: none, NIL, values of NIL; an odd number of texts; names of NIL; atoms, spaces */
        {PART("()"), FOUND("")},
        {PART("( )"), FOUND("")},
        {PART("(\"boundary\" NIL)"), FOUND("('boundary'='')")},
        {PART("(\"boundary\" NIL \"x\" \"y\" \"odd\")"), FOUND("('boundary'='' 'x'='y')")},
        {PART("(\"odd\")"), FOUND("")},
        {PART("(NIL \"x\" \"a\" \"b\")"), FOUND("('a'='b')")},
        {PART("(NIL NIL)"), FOUND("")},
        {PART("( charset  utf-8 )"), FOUND("('charset'='utf-8')")},
        {PART("(\"a\" ())"), FOUND("('a'='')")},
        /* Domino */
        {PART("(\"charset\" \"3D\"Windows-1252\"\")"), FOUND("('charset'='3D\"Windows-1252\"')")},
        {PART("(\"name\" \"a \"b\" c.txt\" \"x\" \"y\")"), FOUND("('name'='a \"b\" c.txt' 'x'='y')")},
        /* GroupWise */
        {PART("(\"name\" \"a\\(1\\).txt\")"), FOUND("('name'='a(1).txt')")},
        /* what is no text is left out */
        {PART("(\"x\" (1 2) (3) \"y\" \"z\" \"w\")"), FOUND("('x'='' 'z'='w')") " !2 FETCH BODY @30"},
        {PART("\"text\""), FOUND("") " !1 FETCH BODY @25"},
        {PART("5"), FOUND("") " !1 FETCH BODY @25"},
        {PART("\001"), FOUND("") " !1 FETCH BODY @25"},
    };

    CHECK_ROWS(rows);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_starved(rows[i].bytes);
}
END_TEST

/* Too many: the first ones are kept. */
START_TEST(limit)
{
    static const char bytes[] = "* 1 FETCH (BODY (\"A\" \"B\" (\"a\" \"b\" \"c\" \"d\") \"id\" NIL \"7BIT\" 1))";

    check_limited(bytes, 4, "FETCH 1 BODY=[1 BASIC A/B('a'='b' 'c'='d') id='id' enc='7BIT' 1/0]");
    check_limited(bytes, 3, "FETCH 1 BODY=[1 BASIC A/B('a'='b') id='id' enc='7BIT' 1/0] !1 FETCH BODY @25");
    check_limited(bytes, 2, "FETCH 1 BODY=[1 BASIC A/B id='id' enc='7BIT' 1/0] !1 FETCH BODY @25");
}
END_TEST

START_TEST(finding)
{
    const imap4_param second = {NULL, {"b", 1}, {"2", 1}};
    const imap4_param again = {&second, {"NAME", 4}, {"x", 1}};
    const imap4_param first = {&again, {"Name", 4}, {"1", 1}};

    ck_assert_ptr_eq(imap4_param_find(&first, "name"), &first.value);
    ck_assert_ptr_eq(imap4_param_find(&first, "B"), &second.value);
    ck_assert_ptr_null(imap4_param_find(&first, "nam"));
    ck_assert_ptr_null(imap4_param_find(&first, ""));
    ck_assert_ptr_null(imap4_param_find(&first, NULL));
    ck_assert_ptr_null(imap4_param_find(NULL, "a"));
}
END_TEST

Suite *param_suite(void)
{
    const TTest *const tests[] = {lists, limit, finding, NULL};
    Suite *suite = suite_create("param");

    suite_tests(suite, "param", tests);
    return suite;
}
