#include "written.h"

Suite *store_suite(void);

static imap4__range ranges[] = {{2, 4}};
static const imap4__set set = {.ranges = ranges, .count = 1};

/* RFC 9051 section 6.4.6: A003 STORE 2:4 +FLAGS (\Deleted) */
START_TEST(modes_are_names)
{
    static const struct {
        int mode;
        const char *expected;
    } rows[] = {
        {IMAP4_STORE_REPLACE, " 2:4 FLAGS (\\Deleted)"},
        {IMAP4_STORE_ADD, " 2:4 +FLAGS (\\Deleted)"},
        {IMAP4_STORE_REMOVE, " 2:4 -FLAGS (\\Deleted)"},
        {IMAP4_STORE_REPLACE | IMAP4_STORE_SILENT, " 2:4 FLAGS.SILENT (\\Deleted)"},
        {IMAP4_STORE_ADD | IMAP4_STORE_SILENT, " 2:4 +FLAGS.SILENT (\\Deleted)"},
        {IMAP4_STORE_REMOVE | IMAP4_STORE_SILENT, " 2:4 -FLAGS.SILENT (\\Deleted)"},
        {3, NULL},
        {7, NULL},
        {8, NULL},
        {-1, NULL},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const imap4__args args = {.set = &set, .mode = rows[i].mode, .flags = {.system = IMAP4_FLAG_DELETED}};

        expect(imap4__encode_store, &args, rev1, rows[i].expected);
    }
}
END_TEST

START_TEST(flags_are_a_list)
{
    const imap4_str keywords[] = {STR("$Junk"), STR("\\Extension"), STR("work")};
    imap4__args args = {.set = &set, .mode = IMAP4_STORE_REPLACE};

    expect(imap4__encode_store, &args, rev1, " 2:4 FLAGS ()");
    args.flags.system = 31;
    expect(imap4__encode_store, &args, rev1, " 2:4 FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft)");
    args.flags = (imap4_flags){0, 3, keywords};
    expect(imap4__encode_store, &args, rev1, " 2:4 FLAGS ($Junk \\Extension work)");
    args.flags.system = IMAP4_FLAG_SEEN;
    expect(imap4__encode_store, &args, rev1, " 2:4 FLAGS (\\Seen $Junk \\Extension work)");
}
END_TEST

START_TEST(flags_that_cannot_be_stored_are_refused)
{
    static const char *const bad[] = {"\\Recent", "\\*", "", "a b", "x)\r\nA1 LOGOUT", "\\", "\xc3\xa4", "NIL",
                                      "\\rEcent", "\\NIL", "\\\\Seen", "a\\b"};
    const imap4_str nil = NIL_STR;
    imap4__args args = {.set = &set, .mode = IMAP4_STORE_ADD};

    args.flags.system = IMAP4_FLAG_RECENT;
    expect(imap4__encode_store, &args, rev1, NULL);
    args.flags.system = IMAP4_FLAG_WILDCARD | IMAP4_FLAG_SEEN;
    expect(imap4__encode_store, &args, rev1, NULL);
    args.flags.system = 0x80;
    expect(imap4__encode_store, &args, rev1, NULL);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const imap4_str keyword = {bad[i], strlen(bad[i])};

        args.flags = (imap4_flags){IMAP4_FLAG_SEEN, 1, &keyword};
        expect(imap4__encode_store, &args, rev1, NULL);
    }
    args.flags = (imap4_flags){0, 1, &nil};
    expect(imap4__encode_store, &args, rev1, NULL);
}
END_TEST

START_TEST(sets_are_needed)
{
    const imap4__set empty = {0};
    imap4__args args = {.set = &empty, .mode = IMAP4_STORE_ADD, .flags = {.system = IMAP4_FLAG_SEEN}};

    expect(imap4__encode_store, &args, rev1, NULL);
    args.set = NULL;
    expect(imap4__encode_store, &args, rev1, NULL);
    args.name = STR("x");
    expect(imap4__encode_copy, &args, rev1, NULL);
}
END_TEST

/* RFC 9051 section 6.4.7: A003 COPY 2:4 MEETING */
START_TEST(copy_has_set_and_mailbox)
{
    imap4__args args = {.set = &set, .name = STR("MEETING")};

    expect(imap4__encode_copy, &args, rev1, " 2:4 \"MEETING\"");
    args.name = STR("inbox");
    expect(imap4__encode_copy, &args, rev1, " 2:4 INBOX");
    args.name = NIL_STR;
    expect(imap4__encode_copy, &args, rev1, NULL);
}
END_TEST

Suite *store_suite(void)
{
    const TTest *const tests[] = {
        modes_are_names,
        flags_are_a_list,
        flags_that_cannot_be_stored_are_refused,
        sets_are_needed,
        copy_has_set_and_mailbox,
        NULL,
    };
    Suite *suite = suite_create("store");

    suite_tests(suite, "store", tests);
    return suite;
}
