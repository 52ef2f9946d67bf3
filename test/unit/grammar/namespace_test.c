#include "describe.h"
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
        {"* NAMESPACE (\"\" \"/\") NIL NIL", "ERROR_PROTOCOL NAMESPACE !1 NAMESPACE @0"},
        {"* NAMESPACE ((\"\" \"/\"", "ERROR_PROTOCOL NAMESPACE !1 NAMESPACE @0"},
    };
    CHECK_ROWS(rows);
}
END_TEST

Suite *namespace_suite(void)
{
    const TTest *const tests[] = {namespaces, NULL};
    Suite *suite = suite_create("namespace");

    suite_tests(suite, "namespace", tests);
    return suite;
}
