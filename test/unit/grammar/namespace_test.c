#include "starve.h"
#include "support/suite.h"

Suite *namespace_suite(void);

START_TEST(namespaces)
{
    /* RFC 2342 section 5 */
    static const row rows[] = {
        {"* NAMESPACE ((\"\" \"/\")) NIL NIL", "NAMESPACE ('' '/') - -"},
        {"* NAMESPACE NIL NIL ((\"\" \".\"))", "NAMESPACE - - ('' '.')"},
        {"* NAMESPACE ((\"\" \"/\")) NIL ((\"Public Folders/\" \"/\"))",
         "NAMESPACE ('' '/') - ('Public Folders/' '/')"},
        {"* NAMESPACE ((\"\" \"/\")) ((\"~\" \"/\")) ((\"#shared/\" \"/\")(\"#public/\" \"/\") (\"#ftp/\" \"/\"))",
         "NAMESPACE ('' '/') ('~' '/') ('#shared/' '/')('#public/' '/')('#ftp/' '/')"},
        {"* NAMESPACE ((\"\" \"/\")(\"#mh/\" \"/\" \"X-PARAM\" (\"FLAG1\" \"FLAG2\"))) NIL NIL",
         "NAMESPACE ('' '/')('#mh/' '/' X-PARAM:('FLAG1' 'FLAG2')) - -"},
        {"* NAMESPACE ((\"INBOX.\" \".\")) NIL NIL", "NAMESPACE ('INBOX.' '.') - -"},
        {"* NAMESPACE ((\"\" NIL)) NIL ()", "NAMESPACE ('' NIL) - -"},
        {"* NAMESPACE ((\"\" \"\")) NIL NIL", "NAMESPACE ('' NIL) - -"},
        {"* NAMESPACE ((\"a\")) NIL NIL", "NAMESPACE ('a' NIL) - -"},
        {"* NAMESPACE ((\"&APw-/\" \"/\"))", "NAMESPACE ('\xc3\xbc/' '/') - -"},
        {"* NAMESPACE", "NAMESPACE - - -"},
        {"* NAMESPACE ((\"\" \"/\")) NIL NIL ", "NAMESPACE ('' '/') - -"},
        {"* NAMESPACE ((NIL \"/\") ) NIL NIL", "NAMESPACE ('' '/') - -"},
        {"* NAMESPACE ((INBOX. .)) () nil", "NAMESPACE ('INBOX.' '.') - -"},
        {"* NAMESPACE (\"\" \"/\") NIL NIL", "ERROR_PROTOCOL NAMESPACE !1 NAMESPACE @0"},
        {"* NAMESPACE ((\"\" \"/\"", "ERROR_PROTOCOL NAMESPACE !1 NAMESPACE @0"},
        {"* NAMESPACE ((\"\" \"/\"", "ERROR_PROTOCOL NAMESPACE !1 NAMESPACE @0"},
        {"* NAMESPACE x", "ERROR_PROTOCOL NAMESPACE !1 NAMESPACE @0"},
        {"* NAMESPACE NIL x", "ERROR_PROTOCOL NAMESPACE !1 NAMESPACE @0"},
        {"* NAMESPACE NIL NIL x", "ERROR_PROTOCOL NAMESPACE !1 NAMESPACE @0"},
        {"* NAMESPACE NIL NIL NIL x", "NAMESPACE - - - !1 NAMESPACE @24"},
    };
    CHECK_ROWS(rows);
}
END_TEST

/* RFC 5255 section 3.5; a prefix is decoded, and so is its translation */
START_TEST(translations)
{
    static const row rows[] = {
        {"* NAMESPACE ((\"\" \"/\")) ((\"Other Users/\" \"/\" \"TRANSLATION\" (\"Andere Ben&APw-tzer/\"))) NIL",
         "NAMESPACE ('' '/') ('Other Users/' '/' translation='Andere Ben\xc3\xbctzer/') -"},
        {"* NAMESPACE ((\"a\" \"/\" TRANSLATION ( {1}\r\nb ) \"X\" (\"y\")))",
         "NAMESPACE ('a' '/' translation='b' X:('y')) - -"},
        /* what is no translation is kept */
        {"* NAMESPACE ((\"a\" \"/\" \"TRANSLATION\" (\"b\" \"c\")))", "NAMESPACE ('a' '/' TRANSLATION:('b' 'c')) - -"},
        {"* NAMESPACE ((\"a\" \"/\" \"TRANSLATION\" \"b\"))", "NAMESPACE ('a' '/' TRANSLATION:'b') - -"},
        {"* NAMESPACE ((\"a\" \"/\" \"TRANSLATION\" ((b))))", "NAMESPACE ('a' '/' TRANSLATION:((b))) - -"},
        {"* NAMESPACE ((\"a\" \"/\" \"TRANSLATION\"))", "NAMESPACE ('a' '/' TRANSLATION:-) - -"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(damage_is_confined_to_the_namespace)
{
    static const row rows[] = {
        {"* NAMESPACE (((\"x\") \"/\")(\"b\" \"/\")) NIL NIL", "NAMESPACE ('b' '/') - - !1 NAMESPACE @14"},
        {"* NAMESPACE ((\"a\" (1))(\"b\" \"/\")) NIL NIL", "NAMESPACE ('b' '/') - - !1 NAMESPACE @14"},
        {"* NAMESPACE ((\"a\" \"/\" (1))(\"b\" \"/\")) NIL NIL", "NAMESPACE ('b' '/') - - !1 NAMESPACE @14"},
    };
    CHECK_ROWS(rows);
    check_limited("* NAMESPACE ((a /)(b /)) NIL ((c /))", 3, "NAMESPACE ('a' '/')('b' '/') - ('c' '/')");
    check_limited("* NAMESPACE ((a /)(b /)) NIL ((c /))", 2, "ERROR_LIMIT NAMESPACE !1 NAMESPACE @0");
    check_limited("* NAMESPACE ((a / x (1) y (2)))", 2, "ERROR_LIMIT NAMESPACE !1 NAMESPACE @0");
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    check_starved("* NAMESPACE ((\"a&APw-\" \"/\" \"TRANSLATION\" (\"b&APw-\") \"X\" (\"y\"))(\"b\" \".\")) NIL NIL");
}
END_TEST

Suite *namespace_suite(void)
{
    const TTest *const tests[] = {namespaces, translations, damage_is_confined_to_the_namespace,
                                  any_allocation_may_fail, NULL};
    Suite *suite = suite_create("namespace");

    suite_tests(suite, "namespace", tests);
    return suite;
}
