#include "describe.h"
#include "starve.h"
#include "support/suite.h"

Suite *part_suite(void);

#define FETCH(body) "* 1 FETCH (BODYSTRUCTURE " body " UID 5)"
#define FOUND(body) "FETCH 1 UID=5 BODYSTRUCTURE=" body

#define ENVELOPE "(\"d\" \"s\" NIL NIL NIL NIL NIL NIL NIL \"<m>\")"
#define FOUND_ENVELOPE "{'d' 's' - - - - - - NIL '<m>'}"

static void check_all(const row *rows, size_t count)
{
    check_rows(rows, count);
    for (size_t i = 0; i < count; i++)
        check_starved(rows[i].bytes);
}

#define CHECK(rows) check_all(rows, sizeof(rows) / sizeof(rows)[0])

START_TEST(single_parts)
{
    static const row rows[] = {
        /* RFC 3501 section 8 */
        {"* 12 FETCH (BODY (\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 3028 92))",
         "FETCH 12 BODY=[1 TEXT TEXT/PLAIN('CHARSET'='US-ASCII') enc='7BIT' 3028/92]"},
        /* RFC 9051 section 7.5.2 */
        {FETCH("(\"IMAGE\" \"GIF\" (\"NAME\" \"x\" \"B\" \"y\") \"<id@x>\" \"a picture\" \"BASE64\" 4554 \"AA==\" "
               "(\"attachment\" (\"filename\" \"x.gif\")) (\"en\" \"de\") \"http://x/\" \"ext\" (1 (NIL \"a\")))"),
         FOUND("[1 BASIC IMAGE/GIF('NAME'='x' 'B'='y') id='<id@x>' desc='a picture' enc='BASE64' 4554/0 + md5='AA==' "
               "dsp='attachment'('filename'='x.gif') lang='en' 'de' loc='http://x/' ext='ext' (#1 (NIL 'a'))]")},
        {FETCH("(\"TEXT\" \"HTML\" NIL NIL NIL \"8BIT\" 1 2 NIL NIL \"en\" NIL)"),
         FOUND("[1 TEXT TEXT/HTML enc='8BIT' 1/2 + lang='en']")},
        {FETCH("(\"TEXT\" \"HTML\" NIL NIL NIL \"8BIT\" 1 2 \"md5\")"),
         FOUND("[1 TEXT TEXT/HTML enc='8BIT' 1/2 + md5='md5']")},
        {FETCH("(\"text\" \"plain\" (\"name\" {3}\r\na\"b) {1}\r\ni {1}\r\nd {4}\r\n7BIT 1 1)"),
         FOUND("[1 TEXT text/plain('name'='a\"b') id='i' desc='d' enc='7BIT' 1/1]")},
    };
    CHECK(rows);
}
END_TEST

START_TEST(messages)
{
    static const row rows[] = {
        {FETCH("(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 3421 " ENVELOPE
               " (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 3028 92 NIL) 100 NIL (\"attachment\" NIL) NIL NIL)"),
         FOUND("[1 MESSAGE MESSAGE/RFC822 enc='7BIT' 3421/100" FOUND_ENVELOPE " + dsp='attachment']"
               "[1.1 TEXT TEXT/PLAIN enc='7BIT' 3028/92 +]")},
        {FETCH("(message global NIL NIL NIL \"7BIT\" 9 " ENVELOPE " () 0)"),
         FOUND("[1 MESSAGE message/global enc='7BIT' 9/0" FOUND_ENVELOPE
               "][1.1 BASIC APPLICATION/OCTET-STREAM enc='7BIT']")},
        {FETCH("(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 9 " ENVELOPE " NIL 7)"),
         FOUND("[1 MESSAGE MESSAGE/RFC822 enc='7BIT' 9/7" FOUND_ENVELOPE "]")},
        {FETCH("(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 9 NIL (\"A\" \"B\" NIL NIL NIL \"7BIT\" 1) 7)"),
         FOUND("[1 MESSAGE MESSAGE/RFC822 enc='7BIT' 9/7][1.1 BASIC A/B enc='7BIT' 1/0]")},
        {FETCH("(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 9 NIL NIL 7)"),
         FOUND("[1 MESSAGE MESSAGE/RFC822 enc='7BIT' 9/7]")},
        /* an envelope of eight fields is one */
        {FETCH("(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 9 (NIL NIL NIL NIL NIL NIL NIL NIL) (A B NIL NIL NIL "
               "X 1) "
               "7)"),
         FOUND("[1 MESSAGE MESSAGE/RFC822 enc='7BIT' 9/7{NIL NIL - - - - - - NIL NIL}][1.1 BASIC A/B enc='X' 1/0]")},
        /* Gmail: the basic form, with and without extension data */
        {FETCH("(\"MESSAGE\" \"RFC822\" (\"NAME\" \"x\") NIL NIL \"BASE64\" 9 NIL (\"attachment\" (\"FILENAME\" "
               "\"x\")) NIL NIL)"),
         FOUND("[1 BASIC MESSAGE/RFC822('NAME'='x') enc='BASE64' 9/0 + dsp='attachment'('FILENAME'='x')]")},
        {FETCH("(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"BASE64\" 9 NIL NIL NIL NIL)"),
         FOUND("[1 BASIC MESSAGE/RFC822 enc='BASE64' 9/0 +]")},
        {FETCH("(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"BASE64\" 9)"),
         FOUND("[1 BASIC MESSAGE/RFC822 enc='BASE64' 9/0]")},
        {FETCH("(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"BASE64\" 9 (\"attachment\" NIL))"),
         FOUND("[1 BASIC MESSAGE/RFC822 enc='BASE64' 9/0 + dsp='attachment']")},
        /* an envelope whose beginning is damaged; NIL for it; lists that are none */
        {FETCH("(MESSAGE RFC822 NIL NIL NIL X 9 ((1) \"s\" NIL NIL NIL NIL NIL NIL NIL \"<m>\") (A B NIL NIL "
               "NIL X 1) 7)"),
         FOUND("[1 MESSAGE MESSAGE/RFC822 enc='X' 9/7{NIL 's' - - - - - - NIL '<m>'}][1.1 BASIC A/B enc='X' "
               "1/0]") " !1 FETCH BODYSTRUCTURE @58"},
        {FETCH("(MESSAGE RFC822 NIL NIL NIL X 9 NIL ((A B NIL NIL NIL X 1) MIXED) 7)"),
         FOUND("[1 MESSAGE MESSAGE/RFC822 enc='X' 9/7][1 MULTIPART MULTIPART/MIXED][1.1 BASIC A/B enc='X' 1/0]")},
        {FETCH("(MESSAGE RFC822 NIL NIL NIL X 9 NIL (NIL NIL))"), FOUND("[1 BASIC MESSAGE/RFC822 enc='X' 9/0 +]")},
        {FETCH("(MESSAGE RFC822 NIL NIL NIL X 9 () NIL)"), FOUND("[1 BASIC MESSAGE/RFC822 enc='X' 9/0 +]")},
        {FETCH("(MESSAGE RFC822 NIL NIL NIL X 9 ((\"a\" \"b\")))"),
         FOUND("[1 BASIC MESSAGE/RFC822 enc='X' 9/0 +]") " !1 FETCH BODYSTRUCTURE @58"},
        {FETCH("(\"MESSAGE\" \"DELIVERY-STATUS\" NIL NIL NIL \"7BIT\" 9)"),
         FOUND("[1 BASIC MESSAGE/DELIVERY-STATUS enc='7BIT' 9/0]")},
    };
    CHECK(rows);
}
END_TEST

START_TEST(multiparts_without_parts)
{
    static const row rows[] = {
        {FETCH("(\"ALTERNATIVE\" (\"BOUNDARY\" \"==x\") NIL NIL)"),
         FOUND("[ MULTIPART MULTIPART/ALTERNATIVE('BOUNDARY'='==x') +]")},
        {FETCH("(\"RELATED\" NIL (\"ATTACHMENT\" NIL) NIL)"),
         FOUND("[ MULTIPART MULTIPART/RELATED + dsp='ATTACHMENT']")},
        {FETCH("(\"MIXED\")"), FOUND("[ MULTIPART MULTIPART/MIXED]")},
        {FETCH("(\"MIXED\" NIL)"), FOUND("[ MULTIPART MULTIPART/MIXED +]")},
        {FETCH("(\"RELATED\" NIL NIL NIL (\"loc\"))"), FOUND("[ MULTIPART MULTIPART/RELATED + loc='loc']")},
        {FETCH("(NIL \"alternative\" (\"boundary\" \"x\") NIL NIL NIL)"),
         FOUND("[ MULTIPART MULTIPART/alternative('boundary'='x') +]")},
        {FETCH("((\"ALTERNATIVE\" (\"BOUNDARY\" \"x\") NIL NIL)(\"A\" \"B\" NIL NIL NIL \"7BIT\" 1) \"MIXED\")"),
         FOUND("[ MULTIPART MULTIPART/MIXED][1 MULTIPART MULTIPART/ALTERNATIVE('BOUNDARY'='x') +][2 BASIC A/B "
               "enc='7BIT' 1/0]")},
        /* Exchange and GMX: in the form of a basic part, the boundary here or there */
        {FETCH("(\"multipart\" \"digest\" (\"boundary\" \"x\") NIL NIL \"7BIT\" -1 NIL NIL NIL NIL)"),
         FOUND("[ MULTIPART multipart/digest('boundary'='x') enc='7BIT' +]")},
        {FETCH("((\"multipart\" \"related\" (\"boundary\" \"b\") NIL NIL \"7BIT\" 400 (\"boundary\" \"b\") NIL NIL NIL)"
               "(\"A\" \"B\" NIL NIL NIL \"7BIT\" 1) \"mixed\")"),
         FOUND("[ MULTIPART MULTIPART/mixed][1 MULTIPART multipart/related('boundary'='b') enc='7BIT' 400/0 +]"
               "[2 BASIC A/B enc='7BIT' 1/0]")},
        {FETCH("(\"multipart\" \"related\" NIL NIL NIL \"7BIT\" 400 (\"boundary\" \"b\") (\"inline\" NIL) \"en\")"),
         FOUND("[ MULTIPART multipart/related('boundary'='b') enc='7BIT' 400/0 + dsp='inline' lang='en']")},
        {FETCH("(\"multipart\" \"related\" NIL NIL NIL \"7BIT\" 400 (\"inline\" NIL) \"en\")"),
         FOUND("[ MULTIPART multipart/related enc='7BIT' 400/0 + dsp='inline' lang='en']")},
    };
    CHECK(rows);
}
END_TEST

START_TEST(missing_words)
{
    static const row rows[] = {
        {FETCH("(\"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 12 1)"),
         FOUND("[1 TEXT TEXT/PLAIN('CHARSET'='US-ASCII') enc='7BIT' 12/1]")},
        {FETCH("(\"TEXT\" (\"CHARSET\" \"windows-1251\") NIL NIL \"base64\" 356 5)"),
         FOUND("[1 TEXT TEXT/PLAIN('CHARSET'='windows-1251') enc='base64' 356/5]")},
        {FETCH("(\"IMAGE\" (\"name\" \"x\") NIL NIL \"base64\" 356)"),
         FOUND("[1 BASIC IMAGE/OCTET-STREAM('name'='x') enc='base64' 356/0]")},
        {FETCH("( \"X-ZIP\" NIL NIL NIL \"BASE64\" 7)"), FOUND("[1 BASIC APPLICATION/X-ZIP enc='BASE64' 7/0]")},
        {FETCH("(\"TEXT\" NIL (\"CHARSET\" \"x\") NIL NIL \"7BIT\" 12 1)"),
         FOUND("[1 TEXT TEXT/PLAIN('CHARSET'='x') enc='7BIT' 12/1]")},
        {FETCH("(NIL \"HTML\" (\"CHARSET\" \"x\") NIL NIL \"7BIT\" 12 1)"),
         FOUND("[1 TEXT TEXT/HTML('CHARSET'='x') enc='7BIT' 12/1]")},
        {FETCH("(MESSAGE AGE\" \"x\" NIL NIL NIL \"7BIT\" 7)"),
         FOUND("[1 BASIC MESSAGE/OCTET-STREAM enc='7BIT' 7/0]") " !1 FETCH BODYSTRUCTURE @34"},
        {FETCH("(\001 \"HTML\" NIL NIL NIL \"7BIT\" 7)"),
         FOUND("[1 TEXT TEXT/HTML enc='7BIT' 7/0]") " !1 FETCH BODYSTRUCTURE @26"},
        {FETCH("(NIL NIL NIL NIL NIL \"7BIT\" 0 NIL NIL NIL NIL)"),
         FOUND("[1 BASIC APPLICATION/OCTET-STREAM enc='7BIT' +]")},
        {FETCH("()"), FOUND("[1 BASIC APPLICATION/OCTET-STREAM enc='7BIT']")},
        {FETCH("(()() \"MIXED\")"), FOUND("[ MULTIPART MULTIPART/MIXED][1 BASIC APPLICATION/OCTET-STREAM enc='7BIT']"
                                          "[2 BASIC APPLICATION/OCTET-STREAM enc='7BIT']")},
        {FETCH("NIL"), "FETCH 1 UID=5"},
    };
    CHECK(rows);
}
END_TEST

START_TEST(odd_fields)
{
    static const row rows[] = {
        /* encodings */
        {FETCH("(\"A\" \"B\" NIL NIL NIL NIL 1)"), FOUND("[1 BASIC A/B enc='7BIT' 1/0]")},
        {FETCH("(\"A\" \"B\" NIL NIL NIL \"\" 1)"), FOUND("[1 BASIC A/B enc='7BIT' 1/0]")},
        {FETCH("(\"A\" \"B\" NIL NIL NIL \"BASE64 \" 1)"), FOUND("[1 BASIC A/B enc='BASE64' 1/0]")},
        {FETCH("(A B NIL NIL NIL quoted-printable 1)"), FOUND("[1 BASIC A/B enc='quoted-printable' 1/0]")},
        {FETCH("(\"A\" \"B\" NIL NIL NIL \"8BIT  \" 1)"), FOUND("[1 BASIC A/B enc='8BIT' 1/0]")},
        {FETCH("(\"A\" \"B\" NIL NIL NIL \"  \" 1)"), FOUND("[1 BASIC A/B enc='7BIT' 1/0]")},
        /* sizes and lines */
        {FETCH("(\"A\" \"B\" NIL NIL NIL \"7BIT\" \"12\" NIL)"), FOUND("[1 BASIC A/B enc='7BIT' 12/0 +]")},
        {FETCH("(\"A\" \"B\" NIL NIL NIL \"7BIT\" \"\" NIL)"), FOUND("[1 BASIC A/B enc='7BIT' +]")},
        {FETCH("(\"A\" \"B\" NIL NIL NIL \"7BIT\" many NIL)"), FOUND("[1 BASIC A/B enc='7BIT' +]")},
        {FETCH("(\"A\" \"B\" NIL NIL NIL \"7BIT\" (\"inline\" NIL))"),
         FOUND("[1 BASIC A/B enc='7BIT' + dsp='inline']")},
        {FETCH("(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 5 -1 NIL)"), FOUND("[1 TEXT TEXT/PLAIN enc='7BIT' 5/0 +]")},
        {FETCH("(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 12 NIL NIL NIL NIL)"),
         FOUND("[1 TEXT TEXT/PLAIN enc='7BIT' 12/0 +]")},
        {FETCH("(\"A\" \"B\" NIL NIL NIL \"7BIT\" -1)"), FOUND("[1 BASIC A/B enc='7BIT']")},
        {FETCH("(\"A\" \"B\" NIL NIL NIL \"7BIT\" 9.3736e+06 5 NIL)"), FOUND("[1 BASIC A/B enc='7BIT' 9373600/5 +]")},
        {FETCH("(\"A\" \"B\" NIL NIL NIL \"7BIT\" NIL)"), FOUND("[1 BASIC A/B enc='7BIT']")},
        {FETCH("(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 5 NIL (\"inline\" NIL) NIL NIL)"),
         FOUND("[1 TEXT TEXT/PLAIN enc='7BIT' 5/0 + dsp='inline']")},
        {FETCH("(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 5)"), FOUND("[1 TEXT TEXT/PLAIN enc='7BIT' 5/0]")},
        {FETCH("(\"A\" \"B\" NIL NIL NIL \"7BIT\" 99999999999999999999)"),
         FOUND("[1 BASIC A/B enc='7BIT' 18446744073709551615/0]")},
        /* Coremail's description; cut short */
        {FETCH("(\"A\" \"B\" NIL NIL \"\"\"\" \"7BIT\" 1)"), FOUND("[1 BASIC A/B desc='\"\"' enc='7BIT' 1/0]")},
        {FETCH("(\"A\" \"B\")"), FOUND("[1 BASIC A/B enc='7BIT']")},
        {FETCH("(\"A\" \"B\" (\"a\" \"b\"))"), FOUND("[1 BASIC A/B('a'='b') enc='7BIT']")},
    };
    CHECK(rows);
}
END_TEST

/* Wherever the bytes end, the item is lost and nothing else. */
START_TEST(truncated)
{
    static const char *const rows[] = {
        "(\"A\" \"B\" (\"a\" \"b\") \"id\" \"desc\" \"7BIT\" 5 1 \"md5\" (\"inline\" (\"a\" \"b\")) (\"en\") \"loc\" 1 "
        "(2))",
        "(MESSAGE RFC822 NIL NIL NIL X 9 NIL (\"A\" B NIL NIL NIL X 1) 7)",
        "(MESSAGE RFC822 NIL NIL NIL X 9 " ENVELOPE " (A B NIL NIL NIL X 1) 7)",
        "(\"PLAIN\" NIL (\"a\" \"b\") NIL NIL \"7BIT\" 5 1)",
        "(NIL \"PLAIN\" (\"a\" \"b\") NIL NIL \"7BIT\" 5 1)",
        "(\"MIXED\" (\"a\" \"b\") \"x y\" ((\"en\")) (\"loc\"))",
        "((A B NIL NIL NIL X 1) \"MIXED\" NIL \"en\" (\"x-y\" NIL) (\"loc\"))",
        "(multipart mixed NIL NIL NIL X 5 (\"a\" \"b\") (\"inline\" NIL))",
    };
    static line found;
    char bytes[512];
    reply r;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (size_t len = 1; len < strlen(rows[i]); len++) {
            snprintf(bytes, sizeof bytes, "* 1 FETCH (UID 5 BODY %.*s", (int)len, rows[i]);
            reply_init(&r, bytes, strlen(bytes), NULL);
            reply_read(&r);
            describe(&found, &r);
            ck_assert_msg(strcmp(found.text, "FETCH 1 UID=5 !2 FETCH BODY @17") == 0, "%s: %s", bytes, found.text);
            reply_clear(&r);
        }
    }
}
END_TEST

Suite *part_suite(void)
{
    const TTest *const tests[] = {
        single_parts, messages, multiparts_without_parts, missing_words, odd_fields, truncated, NULL,
    };
    Suite *suite = suite_create("part");

    suite_tests(suite, "part", tests);
    return suite;
}
