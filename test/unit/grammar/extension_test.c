#include "describe.h"
#include "starve.h"
#include "support/suite.h"

Suite *extension_suite(void);

#define FETCH(body) "* 1 FETCH (BODYSTRUCTURE " body " UID 5)"
#define FOUND(body) "FETCH 1 UID=5 BODYSTRUCTURE=" body

#define PART(extension) FETCH("(\"A\" \"B\" NIL NIL NIL \"7BIT\" 1 " extension ")")
#define PART_FOUND(extension) FOUND("[1 BASIC A/B enc='7BIT' 1/0 +" extension "]")
#define MULTI(extension) FETCH("((\"A\" \"B\" NIL NIL NIL \"7BIT\" 1) \"MIXED\" " extension ")")
#define MULTI_FOUND(extension) FOUND("[ MULTIPART MULTIPART/MIXED" extension "][1 BASIC A/B enc='7BIT' 1/0]")

static void check_all(const row *rows, size_t count)
{
    check_rows(rows, count);
    for (size_t i = 0; i < count; i++)
        check_starved(rows[i].bytes);
}

#define CHECK(rows) check_all(rows, sizeof(rows) / sizeof(rows)[0])

/* body-ext-1part = body-fld-md5 [SP body-fld-dsp [SP body-fld-lang [SP body-fld-loc *(SP body-extension)]]] */
START_TEST(single)
{
    static const row rows[] = {
        {PART("\"AA==\""), PART_FOUND(" md5='AA=='")},
        {PART("NIL"), PART_FOUND("")},
        {PART("NIL NIL NIL NIL"), PART_FOUND("")},
        {PART("NIL (\"attachment\" (\"filename\" \"x.gif\" \"size\" \"7\"))"),
         PART_FOUND(" dsp='attachment'('filename'='x.gif' 'size'='7')")},
        {PART("NIL (\"inline\" NIL) \"en\""), PART_FOUND(" dsp='inline' lang='en'")},
        {PART("NIL NIL (\"en\" \"de\") \"http://x/\""), PART_FOUND(" lang='en' 'de' loc='http://x/'")},
        {PART("NIL NIL NIL \"l\" \"ext\" 7 (1 (NIL \"a\")) x"), PART_FOUND(" loc='l' ext='ext' #7 (#1 (NIL 'a')) x")},
    };

    CHECK(rows);
}
END_TEST

/* body-ext-mpart = body-fld-param [SP body-fld-dsp [SP body-fld-lang [SP body-fld-loc *(SP body-extension)]]] */
START_TEST(multipart)
{
    static const row rows[] = {
        {MULTI(""), MULTI_FOUND("")},
        {MULTI("NIL"), MULTI_FOUND(" +")},
        {MULTI("(\"BOUNDARY\" \"q\") NIL"), MULTI_FOUND("('BOUNDARY'='q') +")},
        {MULTI("(\"BOUNDARY\" \"q\") (\"inline\" (\"a\" \"b\")) \"en\" \"loc\" 1 2"),
         MULTI_FOUND("('BOUNDARY'='q') + dsp='inline'('a'='b') lang='en' loc='loc' ext=#1 #2")},
        {MULTI("NIL NIL (\"en\" \"de\")"), MULTI_FOUND(" + lang='en' 'de'")},
    };

    CHECK(rows);
}
END_TEST

START_TEST(dispositions)
{
    static const row rows[] = {
        /* Exchange */
        {PART("NIL \"inline\" NIL NIL"), PART_FOUND(" dsp='inline'")},
        {PART("NIL inline NIL NIL"), PART_FOUND(" dsp='inline'")},
        {PART("NIL (NIL NIL) NIL NIL"), PART_FOUND("")},
        {PART("NIL (\"\" NIL) NIL NIL"), PART_FOUND("")},
        {PART("NIL \"\" NIL NIL"), PART_FOUND("")},
        {PART("NIL (NIL (\"filename\" \"x\")) NIL"), PART_FOUND("('filename'='x')")},
        {PART("NIL \"x_Z0.9-a\" NIL NIL"), PART_FOUND(" dsp='x_Z0.9-a'")},
        {PART("NIL \"{x}\""), FOUND("[1 BASIC A/B desc='{x}' enc='7BIT' 1/0 +]")},
        {PART("NIL \"a;b\""), FOUND("[1 BASIC A/B desc='a;b' enc='7BIT' 1/0 +]")},
        {MULTI("NIL \"inline\""), MULTI_FOUND(" + dsp='inline'")},
        /* Citadel */
        {PART("NIL (\"attachment\") NIL NIL"), PART_FOUND(" dsp='attachment'")},
        {PART("NIL \"attachment\" (\"filename\" \"x\") NIL"), PART_FOUND(" dsp='attachment'('filename'='x')")},
        {PART("NIL \"x-y\" (\"filename\" \"x\" \"a\" \"b\") \"en\""),
         PART_FOUND(" dsp='x-y'('filename'='x' 'a'='b') lang='en'")},
        {PART("NIL () NIL NIL"), PART_FOUND("")},
        {PART("NIL (\"attachment\" (\"filename\" \"x\") 5 (\"y)\")) \"en\""),
         PART_FOUND(" dsp='attachment'('filename'='x') lang='en'")},
        /* no MD5 */
        {PART("(\"inline\" NIL)"), PART_FOUND(" dsp='inline'")},
        /* languages behind a bare one */
        {PART("NIL \"inline\" (\"en\") \"loc\""), PART_FOUND(" dsp='inline' lang='en' loc='loc'")},
        {PART("NIL \"inline\" () \"loc\""), PART_FOUND(" dsp='inline' loc='loc'")},
        {PART("NIL \"x y\" (\"en\" \"de\") \"loc\""),
         FOUND("[1 BASIC A/B desc='x y' enc='7BIT' 1/0 + lang='en' 'de' loc='loc']")},
    };

    CHECK(rows);
}
END_TEST

/* Exchange: a description among the extension data of a multipart. */
START_TEST(descriptions)
{
    static const row rows[] = {
        {MULTI("(\"boundary\" \"x\") \"S/MIME Encrypted Message\" NIL"),
         MULTI_FOUND("('boundary'='x') desc='S/MIME Encrypted Message' +")},
        {MULTI("(\"boundary\" \"x\") \"Invoice\" NIL \"en\""),
         MULTI_FOUND("('boundary'='x') desc='Invoice' + loc='en'")},
        {MULTI("NIL \"Invoice [1]\" (\"attachment\" (\"a\" \"b\"))"),
         MULTI_FOUND(" desc='Invoice [1]' + dsp='attachment'('a'='b')")},
        {MULTI("NIL \"attachment\" (\"a\" \"b\")"), MULTI_FOUND(" + dsp='attachment'('a'='b')")},
        {MULTI("NIL NIL NIL NIL \"more\" \"and more\""), MULTI_FOUND(" + ext='more' 'and more'")},
        /* the part's own counts */
        {FETCH("(\"A\" \"B\" NIL NIL \"own\" \"7BIT\" 1 NIL \"the other\")"),
         FOUND("[1 BASIC A/B desc='own' enc='7BIT' 1/0 +]")},
    };

    CHECK(rows);
}
END_TEST

/* Disposition and language the other way round. */
START_TEST(swapped)
{
    static const row rows[] = {
        {PART("NIL NIL (\"inline\" NIL) NIL"), PART_FOUND(" dsp='inline'")},
        {PART("NIL NIL (\"ATTACHMENT\" NIL) NIL"), PART_FOUND(" dsp='ATTACHMENT'")},
        {PART("NIL (\"en\") (\"attachment\" (\"a\" \"b\")) NIL"), PART_FOUND(" dsp='attachment'('a'='b') lang='en'")},
        {PART("NIL \"en\" (\"x-y\" (\"a\" \"b\")) NIL"), PART_FOUND(" dsp='x-y'('a'='b') lang='en'")},
        {MULTI("NIL \"en\" (\"inline\" NIL) \"loc\""), MULTI_FOUND(" + dsp='inline' lang='en' loc='loc'")},
        {MULTI("NIL (\"en\" NIL) (\"inline\" NIL)"), MULTI_FOUND(" + dsp='inline' lang='en'")},
        {MULTI("NIL NIL (\"x-y\" (\"a\" \"b\"))"), MULTI_FOUND(" + dsp='x-y'('a'='b')")},
        {MULTI("NIL NIL (NIL NIL)"), MULTI_FOUND(" +")},
        {MULTI("NIL NIL (\"inlines\" \"b\")"), MULTI_FOUND(" + lang='inlines' 'b'")},
        /* twice: the first is the one */
        {MULTI("NIL (\"inline\" NIL) (\"attachment\" (\"a\" \"b\"))"),
         MULTI_FOUND(" + dsp='inline'") " !1 FETCH BODYSTRUCTURE @84"},
        {MULTI("NIL (\"x-y\" (\"c\" \"d\")) (\"attachment\" (\"a\" \"b\"))"),
         MULTI_FOUND(" + dsp='x-y'('c'='d')") " !1 FETCH BODYSTRUCTURE @87"},
    };

    CHECK(rows);
}
END_TEST

START_TEST(languages_and_locations)
{
    static const row rows[] = {
        {PART("NIL NIL (\"en\" NIL \"de\") NIL"), PART_FOUND(" lang='en' 'de'")},
        {PART("NIL NIL (NIL) NIL"), PART_FOUND("")},
        {PART("NIL NIL () ()"), PART_FOUND("")},
        {PART("NIL NIL \"\" \"\""), PART_FOUND(" loc=''")},
        {PART("NIL NIL (\"a\" \"b\" \"c\" \"d\" \"e\") NIL"), PART_FOUND(" lang='a' 'b' 'c' 'd' 'e'")},
        {PART("NIL NIL ( \"a\"  b )"), PART_FOUND(" lang='a' 'b'")},
        {PART("NIL NIL NIL (\"a\" \"b\") 5"), PART_FOUND(" loc='a' ext=#5")},
        {PART("NIL NIL NIL (\"a b\")"), PART_FOUND(" loc='a b'")},
        {PART("NIL NIL (\"en\" \"x\" (1) \"de\") NIL"),
         PART_FOUND(" lang='en' 'x' 'de'") " !1 FETCH BODYSTRUCTURE @73"},
        {PART("NIL NIL NIL (\"a\"b\"c\" NIL) 5"), PART_FOUND(" loc='a\"b\"c' ext=#5")},
        {PART("NIL NIL NIL NIL NIL 5"), PART_FOUND(" ext=NIL #5")},
        /* extensions that cannot be read */
        {PART("NIL NIL NIL NIL 5 \001 6"), PART_FOUND(" ext=#5") " !1 FETCH BODYSTRUCTURE @73"},
    };

    CHECK(rows);
}
END_TEST

START_TEST(limits)
{
    static const char languages[] =
        "* 1 FETCH (BODY (\"A\" \"B\" NIL NIL NIL \"7BIT\" 1 NIL NIL (\"a\" \"b\" \"c\") \"loc\"))";
    static const char extensions[] = "* 1 FETCH (BODY (\"A\" \"B\" NIL NIL NIL \"7BIT\" 1 NIL NIL NIL NIL 1 2 3))";
    static const char nested[] =
        "* 1 FETCH (BODY (\"A\" \"B\" NIL NIL NIL \"7BIT\" 1 NIL NIL NIL NIL 1 ((((2)))) 3) UID 5)";
    static line found;
    reply r;

    check_limited(languages, 3, "FETCH 1 BODY=[1 BASIC A/B enc='7BIT' 1/0 + lang='a' 'b' 'c' loc='loc']");
    check_limited(languages, 2, "FETCH 1 BODY=[1 BASIC A/B enc='7BIT' 1/0 + lang='a' 'b' loc='loc'] !1 FETCH BODY @66");
    check_limited(extensions, 5, "FETCH 1 BODY=[1 BASIC A/B enc='7BIT' 1/0 + ext=#1 #2 #3]");
    check_limited(extensions, 4, "FETCH 1 BODY=[1 BASIC A/B enc='7BIT' 1/0 + ext=#1 #2] !1 FETCH BODY @66");

    reply_init(&r, nested, sizeof nested - 1, NULL);
    r.cursor.nesting_limit = 3;
    reply_read(&r);
    describe(&found, &r);
    ck_assert_str_eq(found.text, "FETCH 1 UID=5 BODY=[1 BASIC A/B enc='7BIT' 1/0 + ext=#1] !1 FETCH BODY @64");
    reply_clear(&r);
}
END_TEST

Suite *extension_suite(void)
{
    const TTest *const tests[] = {
        single, multipart, dispositions, descriptions, swapped, languages_and_locations, limits, NULL,
    };
    Suite *suite = suite_create("extension");

    suite_tests(suite, "extension", tests);
    return suite;
}
