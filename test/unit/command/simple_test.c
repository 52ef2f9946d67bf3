#include "written.h"

Suite *simple_suite(void);

START_TEST(nothing_is_written_for_nothing)
{
    const imap4__args args = {0};

    expect(imap4__encode_nothing, &args, rev1, "");
}
END_TEST

/* RFC 2971 section 3.1 */
START_TEST(id_lists_pairs)
{
    imap4_str list[] = {STR("name"), STR("sodr"), STR("version"), STR("19.34"), STR("vendor"), NIL_STR};
    imap4__args args = {.list = list, .list_count = 6};

    expect(imap4__encode_id, &args, rev1, " (\"name\" \"sodr\" \"version\" \"19.34\" \"vendor\" NIL)");
    args.list_count = 0;
    expect(imap4__encode_id, &args, rev1, " NIL");
    list[1] = STR("");
    args.list_count = 2;
    expect(imap4__encode_id, &args, rev1, " (\"name\" \"\")");
}
END_TEST

/* RFC 2971 section 3.3 */
START_TEST(id_has_limits)
{
    static char names[31][4];
    static char value[1026];
    imap4_str list[62];
    imap4__args args = {.list = list};

    for (size_t i = 0; i < 31; i++) {
        snprintf(names[i], sizeof names[i], "n%zu", i);
        list[2 * i] = (imap4_str){names[i], strlen(names[i])};
        list[2 * i + 1] = STR("v");
    }
    args.list_count = 62;
    expect(imap4__encode_id, &args, rev1, NULL);
    args.list_count = 3;
    expect(imap4__encode_id, &args, rev1, NULL);

    args.list_count = 2;
    list[0] = STR("123456789012345678901234567890");
    expect(imap4__encode_id, &args, rev1, " (\"123456789012345678901234567890\" \"v\")");
    list[0] = STR("1234567890123456789012345678901");
    expect(imap4__encode_id, &args, rev1, NULL);
    list[0] = STR("");
    expect(imap4__encode_id, &args, rev1, NULL);
    list[0] = NIL_STR;
    expect(imap4__encode_id, &args, rev1, NULL);

    memset(value, 'x', sizeof value);
    list[0] = STR("n");
    list[1] = (imap4_str){value, 1025};
    expect(imap4__encode_id, &args, rev1, NULL);
    list[1] = STR("a\0b");
    expect(imap4__encode_id, &args, rev1, NULL);
}
END_TEST

START_TEST(id_takes_the_longest)
{
    static char names[30][4];
    static char value[1024];
    imap4_str list[60];
    const imap4__args args = {.list = list, .list_count = 60};
    imap4__emit emit;

    memset(value, 'x', sizeof value);
    for (size_t i = 0; i < 30; i++) {
        snprintf(names[i], sizeof names[i], "n%zu", i);
        list[2 * i] = (imap4_str){names[i], strlen(names[i])};
        list[2 * i + 1] = (imap4_str){value, sizeof value};
    }
    emit_start(&emit, NULL, rev1);
    imap4__encode_id(&emit, &args);
    ck_assert_int_eq(emit.result, IMAP4_OK);
    ck_assert_uint_gt(emit.buf.len, 30 * sizeof value);
    imap4__emit_clear(&emit);
}
END_TEST

START_TEST(id_names_are_not_repeated)
{
    imap4_str list[] = {STR("name"), STR("a"), STR("os"), STR("b"), STR("Name"), STR("c")};
    const imap4__args args = {.list = list, .list_count = 6};

    expect(imap4__encode_id, &args, rev1, NULL);
    list[4] = STR("names");
    expect(imap4__encode_id, &args, rev1, " (\"name\" \"a\" \"os\" \"b\" \"names\" \"c\")");
}
END_TEST

/* RFC 9051 section 6.2.3: LOGIN SMITH SESAME */
START_TEST(login_is_secret)
{
    imap4__args args = {.name = STR("SMITH"), .second = STR("SESAME")};

    expect(imap4__encode_login, &args, rev1, " <secret>\"SMITH\" \"SESAME\"<public>");
    args.second = STR("a\"b\\c");
    expect(imap4__encode_login, &args, rev1, " <secret>\"SMITH\" \"a\\\"b\\\\c\"<public>");
    args.second = STR("");
    expect(imap4__encode_login, &args, rev1, " <secret>\"SMITH\" \"\"<public>");
    args.second = STR("p\xc3\xa4ss");
    expect(imap4__encode_login, &args, rev1, " <secret>\"SMITH\" {5}\r\n<wait>p\xc3\xa4ss<public>");
    expect(imap4__encode_login, &args, rev1_plus, " <secret>\"SMITH\" {5+}\r\np\xc3\xa4ss<public>");
    expect(imap4__encode_login, &args, rev2, " <secret>\"SMITH\" \"p\xc3\xa4ss\"<public>");
}
END_TEST

START_TEST(login_refuses)
{
    imap4__args args = {.name = STR("SMITH"), .second = STR("a\0b")};

    expect(imap4__encode_login, &args, rev1, NULL);
    args.second = NIL_STR;
    expect(imap4__encode_login, &args, rev1, NULL);
    args.second = STR("SESAME");
    args.name = NIL_STR;
    expect(imap4__encode_login, &args, rev1, NULL);
    args.name = STR("a\0");
    expect(imap4__encode_login, &args, rev1, NULL);
}
END_TEST

/* RFC 5161 section 3.1 */
START_TEST(enable_lists_atoms)
{
    imap4_str list[] = {STR("CONDSTORE"), STR("UTF8=ACCEPT")};
    imap4__args args = {.list = list, .list_count = 2};

    expect(imap4__encode_enable, &args, rev1, " CONDSTORE UTF8=ACCEPT");
    args.list_count = 0;
    expect(imap4__encode_enable, &args, rev1, NULL);
    args.list_count = 2;
    list[1] = STR("X\r\nA1 LOGOUT");
    expect(imap4__encode_enable, &args, rev1, NULL);
    list[1] = STR("");
    expect(imap4__encode_enable, &args, rev1, NULL);
    list[1] = STR("A B");
    expect(imap4__encode_enable, &args, rev1, NULL);
    list[1] = NIL_STR;
    expect(imap4__encode_enable, &args, rev1, NULL);
}
END_TEST

/* RFC 4315 section 2.1: A003 UID EXPUNGE 3000:3002 */
START_TEST(set_is_written)
{
    imap4__range ranges[] = {{3000, 3002}, {3010, 3010}, {4000, IMAP4_SET_STAR}};
    imap4__set set = {.ranges = ranges, .count = 3};
    imap4__args args = {.set = &set};

    expect(imap4__encode_set, &args, rev1, " 3000:3002,3010,4000:*");
    set.count = 1;
    expect(imap4__encode_set, &args, rev1, " 3000:3002");
    set.count = 0;
    expect(imap4__encode_set, &args, rev1, NULL);
    args.set = NULL;
    expect(imap4__encode_set, &args, rev1, NULL);
}
END_TEST

Suite *simple_suite(void)
{
    const TTest *const tests[] = {
        nothing_is_written_for_nothing,
        id_lists_pairs,
        id_has_limits,
        id_takes_the_longest,
        id_names_are_not_repeated,
        login_is_secret,
        login_refuses,
        enable_lists_atoms,
        set_is_written,
        NULL,
    };
    Suite *suite = suite_create("simple");

    suite_tests(suite, "simple", tests);
    return suite;
}
