#include "describe.h"
#include "support/suite.h"

Suite *body_suite(void);

#define FETCH(body) "* 1 FETCH (BODYSTRUCTURE " body " UID 5)"
#define FOUND(body) "FETCH 1 UID=5 BODYSTRUCTURE=" body

#define ENVELOPE "(\"d\" \"s\" NIL NIL NIL NIL NIL NIL NIL \"<m>\")"
#define FOUND_ENVELOPE "{'d' 's' - - - - - - NIL '<m>'}"

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
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(multiparts)
{
    static const row rows[] = {
        /* RFC 3501 section 7.4.2 */
        {FETCH("((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 1152 23)(\"TEXT\" \"PLAIN\" "
               "(\"CHARSET\" "
               "\"US-ASCII\" \"NAME\" \"cc.diff\") \"<960723163407.20117h@cac.washington.edu>\" \"Compiler diff\" "
               "\"BASE64\" 4554 73) \"MIXED\")"),
         FOUND(
             "[ MULTIPART MULTIPART/MIXED][1 TEXT TEXT/PLAIN('CHARSET'='US-ASCII') enc='7BIT' 1152/23]"
             "[2 TEXT TEXT/PLAIN('CHARSET'='US-ASCII' 'NAME'='cc.diff') id='<960723163407.20117h@cac.washington.edu>' "
             "desc='Compiler diff' enc='BASE64' 4554/73]")},
        {FETCH("((\"A\" \"B\" NIL NIL NIL \"7BIT\" 1) \"X\" (\"BOUNDARY\" \"q\") (\"inline\" NIL) \"en\" \"loc\" 1 2)"),
         FOUND("[ MULTIPART MULTIPART/X('BOUNDARY'='q') + dsp='inline' lang='en' loc='loc' ext=#1 #2]"
               "[1 BASIC A/B enc='7BIT' 1/0]")},
        {FETCH("(((\"A\" \"B\" NIL NIL NIL \"7BIT\" 1)((\"C\" \"D\" NIL NIL NIL \"7BIT\" 2) \"R\")) \"M\")"),
         FOUND("[ MULTIPART MULTIPART/M][1 MULTIPART MULTIPART/MIXED][1.1 BASIC A/B enc='7BIT' 1/0]"
               "[1.2 MULTIPART MULTIPART/R][1.2.1 BASIC C/D enc='7BIT' 2/0]")},
        /* spaces between parts, and a subtype that is missing */
        {FETCH("((\"A\" \"B\" NIL NIL NIL \"7BIT\" 1) (\"C\" \"D\" NIL NIL NIL \"7BIT\" 2) )"),
         FOUND("[ MULTIPART MULTIPART/MIXED][1 BASIC A/B enc='7BIT' 1/0][2 BASIC C/D enc='7BIT' 2/0]")},
        {FETCH("((\"A\" \"B\" NIL NIL NIL \"7BIT\" 1) NIL)"),
         FOUND("[ MULTIPART MULTIPART/MIXED][1 BASIC A/B enc='7BIT' 1/0]")},
    };
    CHECK_ROWS(rows);
}
END_TEST

/* RFC 9051 section 6.4.5: the example of part numbers. */
START_TEST(part_numbers)
{
#define LEAF "(\"A\" \"B\" NIL NIL NIL \"7BIT\" 1)"
#define MESSAGE(body) "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 9 " ENVELOPE " " body " 3)"
    static const char bytes[] = FETCH("(" LEAF LEAF MESSAGE("(" LEAF LEAF " \"MIXED\")") "(" LEAF MESSAGE(
        "(" LEAF "(" LEAF LEAF " \"ALTERNATIVE\") \"MIXED\")") " \"MIXED\")" MESSAGE(LEAF) " \"MIXED\")");
    static const char *const numbers[] = {"",    "1",   "2",     "3",     "3",       "3.1",     "3.2", "4",  "4.1",
                                          "4.2", "4.2", "4.2.1", "4.2.2", "4.2.2.1", "4.2.2.2", "5",   "5.1"};
    const imap4_body *body;
    size_t count = 0;
    reply r;

    reply_init(&r, bytes, sizeof bytes - 1, NULL);
    reply_read(&r);
    ck_assert_int_eq(r.result, IMAP4_OK);
    ck_assert_uint_eq(r.response.damaged, 0);
    for (body = r.response.data.fetch->body; body != NULL; body = imap4_body_next(body))
        ck_assert_str_eq(body->part.data, numbers[count++]);
    ck_assert_uint_eq(count, sizeof numbers / sizeof numbers[0]);
    reply_clear(&r);
#undef LEAF
#undef MESSAGE
}
END_TEST

START_TEST(more_than_nine_parts)
{
    static char bytes[4096] = "* 1 FETCH (BODY (";
    const imap4_body *body;
    char number[16];
    int count = 0;
    reply r;

    for (int i = 0; i < 120; i++)
        strcat(bytes, "(A B NIL NIL NIL X 1)");
    strcat(bytes, " \"MIXED\"))");
    reply_init(&r, bytes, strlen(bytes), NULL);
    reply_read(&r);
    ck_assert_int_eq(r.result, IMAP4_OK);
    for (body = r.response.data.fetch->body->children; body != NULL; body = body->next) {
        snprintf(number, sizeof number, "%d", ++count);
        ck_assert_str_eq(body->part.data, number);
    }
    ck_assert_int_eq(count, 120);
    reply_clear(&r);
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
        {FETCH("(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 9 (NIL NIL NIL NIL NIL NIL NIL NIL) (A B NIL NIL NIL X 1) "
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
        {FETCH("(\"MESSAGE\" \"DELIVERY-STATUS\" NIL NIL NIL \"7BIT\" 9)"),
         FOUND("[1 BASIC MESSAGE/DELIVERY-STATUS enc='7BIT' 9/0]")},
    };
    CHECK_ROWS(rows);
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
        {FETCH("(NIL \"alternative\" (\"boundary\" \"x\") NIL NIL NIL)"),
         FOUND("[ MULTIPART MULTIPART/alternative('boundary'='x') +]")},
        {FETCH("((\"ALTERNATIVE\" (\"BOUNDARY\" \"x\") NIL NIL)(\"A\" \"B\" NIL NIL NIL \"7BIT\" 1) \"MIXED\")"),
         FOUND("[ MULTIPART MULTIPART/MIXED][1 MULTIPART MULTIPART/ALTERNATIVE('BOUNDARY'='x') +][2 BASIC A/B "
               "enc='7BIT' 1/0]")},
        /* Exchange */
        {FETCH("(\"multipart\" \"digest\" (\"boundary\" \"x\") NIL NIL \"7BIT\" -1 NIL NIL NIL NIL)"),
         FOUND("[ MULTIPART multipart/digest('boundary'='x') enc='7BIT' +]")},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(missing_words)
{
    static const row rows[] = {
        {FETCH("(\"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 12 1)"),
         FOUND("[1 TEXT TEXT/PLAIN('CHARSET'='US-ASCII') enc='7BIT' 12/1]")},
        {FETCH("(\"TEXT\" (\"CHARSET\" \"windows-1251\") NIL NIL \"base64\" 356 5)"),
         FOUND("[1 TEXT TEXT/PLAIN('CHARSET'='windows-1251') enc='base64' 356/5]")},
        {FETCH("( \"X-ZIP\" NIL NIL NIL \"BASE64\" 7)"), FOUND("[1 BASIC APPLICATION/X-ZIP enc='BASE64' 7/0]")},
        {FETCH("(\"TEXT\" NIL (\"CHARSET\" \"x\") NIL NIL \"7BIT\" 12 1)"),
         FOUND("[1 TEXT TEXT/PLAIN('CHARSET'='x') enc='7BIT' 12/1]")},
        {FETCH("(NIL \"HTML\" (\"CHARSET\" \"x\") NIL NIL \"7BIT\" 12 1)"),
         FOUND("[1 TEXT TEXT/HTML('CHARSET'='x') enc='7BIT' 12/1]")},
        {FETCH("(NIL NIL NIL NIL NIL \"7BIT\" 0 NIL NIL NIL NIL)"),
         FOUND("[1 BASIC APPLICATION/OCTET-STREAM enc='7BIT' +]")},
        {FETCH("()"), FOUND("[1 BASIC APPLICATION/OCTET-STREAM enc='7BIT']")},
        {FETCH("(()() \"MIXED\")"), FOUND("[ MULTIPART MULTIPART/MIXED][1 BASIC APPLICATION/OCTET-STREAM enc='7BIT']"
                                          "[2 BASIC APPLICATION/OCTET-STREAM enc='7BIT']")},
        {FETCH("NIL"), "FETCH 1 UID=5"},
    };
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(odd_fields)
{
    static const row rows[] = {
        /* parameters: NIL and empty, values of NIL, odd in number, lists */
        {FETCH("(\"A\" \"B\" () NIL NIL \"7BIT\" 1)"), FOUND("[1 BASIC A/B enc='7BIT' 1/0]")},
        {FETCH("(\"A\" \"B\" (\"boundary\" NIL \"x\" \"y\" \"odd\") NIL NIL \"7BIT\" 1)"),
         FOUND("[1 BASIC A/B('boundary'='' 'x'='y') enc='7BIT' 1/0]")},
        {FETCH("(\"A\" \"B\" (\"x\" (1 2) (3) \"y\" \"z\" \"w\") NIL NIL \"7BIT\" 1)"),
         FOUND("[1 BASIC A/B('x'='' 'z'='w') enc='7BIT' 1/0]")},
        {FETCH("(\"A\" \"B\" (\"charset\" \"3D\"Windows-1252\"\") NIL NIL \"7BIT\" 1)"),
         FOUND("[1 BASIC A/B('charset'='3D\"Windows-1252\"') enc='7BIT' 1/0]")},
        /* encodings */
        {FETCH("(\"A\" \"B\" NIL NIL NIL NIL 1)"), FOUND("[1 BASIC A/B enc='7BIT' 1/0]")},
        {FETCH("(\"A\" \"B\" NIL NIL NIL \"\" 1)"), FOUND("[1 BASIC A/B enc='7BIT' 1/0]")},
        {FETCH("(\"A\" \"B\" NIL NIL NIL \"BASE64 \" 1)"), FOUND("[1 BASIC A/B enc='BASE64' 1/0]")},
        {FETCH("(A B NIL NIL NIL quoted-printable 1)"), FOUND("[1 BASIC A/B enc='quoted-printable' 1/0]")},
        /* sizes and lines */
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
    CHECK_ROWS(rows);
}
END_TEST

START_TEST(odd_extension_data)
{
#define PART(extension) FETCH("(\"A\" \"B\" NIL NIL NIL \"7BIT\" 1 " extension ")")
#define PART_FOUND(extension) FOUND("[1 BASIC A/B enc='7BIT' 1/0 +" extension "]")
#define MULTI(extension) FETCH("((\"A\" \"B\" NIL NIL NIL \"7BIT\" 1) \"MIXED\" " extension ")")
#define MULTI_FOUND(extension) FOUND("[ MULTIPART MULTIPART/MIXED" extension "][1 BASIC A/B enc='7BIT' 1/0]")
    static const row rows[] = {
        {PART("NIL \"inline\" NIL NIL"), PART_FOUND(" dsp='inline'")},
        {PART("NIL (NIL NIL) NIL NIL"), PART_FOUND("")},
        {PART("NIL (\"attachment\") NIL NIL"), PART_FOUND(" dsp='attachment'")},
        {PART("NIL (\"\" NIL) NIL NIL"), PART_FOUND("")},
        {PART("NIL () NIL NIL"), PART_FOUND("")},
        {PART("NIL \"attachment\" (\"filename\" \"x\") NIL"), PART_FOUND(" dsp='attachment'('filename'='x')")},
        {PART("(\"inline\" NIL)"), PART_FOUND(" dsp='inline'")},
        {PART("NIL NIL (\"en\" NIL \"de\") NIL"), PART_FOUND(" lang='en' 'de'")},
        {PART("NIL NIL () ()"), PART_FOUND("")},
        {PART("NIL NIL NIL (\"a\" \"b\")"), PART_FOUND("")},
        {PART("NIL NIL NIL NIL NIL 5"), PART_FOUND(" ext=NIL #5")},
        /* swapped */
        {PART("NIL NIL (\"inline\" NIL) NIL"), PART_FOUND(" dsp='inline'")},
        {PART("NIL (\"en\") (\"attachment\" (\"a\" \"b\")) NIL"), PART_FOUND(" dsp='attachment'('a'='b') lang='en'")},
        {PART("NIL \"en\" (\"x-y\" (\"a\" \"b\")) NIL"), PART_FOUND(" dsp='x-y'('a'='b') lang='en'")},
        /* Exchange: a description among the extension data */
        {MULTI("(\"boundary\" \"x\") \"S/MIME Encrypted Message\" NIL"),
         MULTI_FOUND("('boundary'='x') desc='S/MIME Encrypted Message' +")},
        {MULTI("NIL NIL NIL NIL \"more\" \"and more\""), MULTI_FOUND(" + ext='more' 'and more'")},
    };
    CHECK_ROWS(rows);
#undef PART
#undef PART_FOUND
#undef MULTI
#undef MULTI_FOUND
}
END_TEST

START_TEST(what_cannot_be_read_is_left_out)
{
    static const row rows[] =
        {
            {FETCH("\"x\""), "FETCH 1 UID=5 !1 FETCH BODYSTRUCTURE @11"},
            {FETCH("(\"A\"x\"B\"y(z) NIL)"), "FETCH 1 UID=5 !1 FETCH BODYSTRUCTURE @11"},
            {"* 1 FETCH (UID 5 BODYSTRUCTURE ((\"A\" \"B\"", "FETCH 1 UID=5 !2 FETCH BODYSTRUCTURE @17"},
            /* an address inside, and nothing else */
            {
                FETCH("(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 9 (\"d\" \"s\" ((\"a\" (1) \"b\" \"c\")) NIL NIL "
                      "NIL NIL NIL NIL "
                      "NIL) (A B NIL NIL NIL X 1) 3)"),
                FOUND("[1 MESSAGE MESSAGE/RFC822 enc='7BIT' 9/3{'d' 's' - - - - - - NIL NIL}][1.1 BASIC A/B enc='X' "
                      "1/0]") " !1 FETCH BODYSTRUCTURE @76"},
        };
    CHECK_ROWS(rows);
}
END_TEST

static char *append(char *at, const char *text)
{
    size_t len = strlen(text);

    memcpy(at, text, len);
    return at + len;
}

/* Depth `depth` of multiparts, or of messages in messages. */
static void read_deep(int depth, int in_messages, uint32_t limit, int expected)
{
    const char *open = in_messages ? "(MESSAGE RFC822 NIL NIL NIL X 1 " ENVELOPE " " : "(";
    const char *close = in_messages ? " 1)" : " MIXED)";
    size_t size = (size_t)depth * (strlen(open) + strlen(close)) + 100;
    char *bytes = malloc(size);
    char *at = bytes;
    reply r;

    ck_assert_ptr_nonnull(bytes);
    at = append(at, "* 1 FETCH (BODY ");
    for (int i = 0; i < depth; i++)
        at = append(at, open);
    at = append(at, "(A B NIL NIL NIL X 1)");
    for (int i = 0; i < depth; i++)
        at = append(at, close);
    at = append(at, " UID 5)");
    reply_init(&r, bytes, (size_t)(at - bytes), NULL);
    r.cursor.nesting_limit = limit;
    r.cursor.list_limit = 1000000;
    reply_read(&r);
    ck_assert_int_eq(r.result, IMAP4_OK);
    ck_assert_uint_eq(r.response.data.fetch->uid, 5);
    ck_assert_uint_eq(r.response.damaged, expected ? 0 : 1);
    if (expected) {
        const imap4_body *body = r.response.data.fetch->body;
        int count = 0;
        for (; body != NULL; body = imap4_body_next(body))
            count++;
        ck_assert_int_eq(count, depth + 1);
    } else {
        ck_assert_ptr_null(r.response.data.fetch->body);
    }
    reply_clear(&r);
    free(bytes);
}

START_TEST(nesting)
{
    for (int kind = 0; kind < 2; kind++) {
        read_deep(100, kind, 100, 1);
        read_deep(101, kind, 100, 0);
        read_deep(1000, kind, 1000, 1);
        read_deep(50000, kind, 1000, 0);
    }
}
END_TEST

START_TEST(too_many_parts)
{
    static const char bytes[] = "* 1 FETCH (BODY (()()()() X) UID 5)";
    reply r;

    for (uint32_t limit = 4; limit < 9; limit++) {
        reply_init(&r, bytes, sizeof bytes - 1, NULL);
        r.cursor.list_limit = limit; /* BODY, UID, and five parts */
        reply_read(&r);
        ck_assert_int_eq(r.result, IMAP4_OK);
        ck_assert_int_eq(r.response.data.fetch->body != NULL, limit >= 6);
        ck_assert_int_eq(r.response.damaged > 0, limit < 7);
        reply_clear(&r);
    }
}
END_TEST

START_TEST(body_kinds_have_names)
{
    ck_assert_str_eq(imap4_body_kind_name(IMAP4_BODY_BASIC), "BASIC");
    ck_assert_str_eq(imap4_body_kind_name(IMAP4_BODY_TEXT), "TEXT");
    ck_assert_str_eq(imap4_body_kind_name(IMAP4_BODY_MESSAGE), "MESSAGE");
    ck_assert_str_eq(imap4_body_kind_name(IMAP4_BODY_MULTIPART), "MULTIPART");
    ck_assert_ptr_null(imap4_body_kind_name(0));
    ck_assert_ptr_null(imap4_body_kind_name(5));
    ck_assert_ptr_null(imap4_body_kind_name(-1));
    ck_assert_ptr_null(imap4_body_next(NULL));
}
END_TEST

Suite *body_suite(void)
{
    const TTest *const tests[] = {
        single_parts,
        multiparts,
        part_numbers,
        more_than_nine_parts,
        messages,
        multiparts_without_parts,
        missing_words,
        odd_fields,
        odd_extension_data,
        what_cannot_be_read_is_left_out,
        nesting,
        too_many_parts,
        body_kinds_have_names,
        NULL,
    };
    Suite *suite = suite_create("body");

    suite_tests(suite, "body", tests);
    return suite;
}
