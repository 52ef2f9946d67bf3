#include "written.h"

#include "support/memory.h"

Suite *mailbox_suite(void);

START_TEST(names_are_encoded)
{
    static const struct {
        const char *name;
        const char *on_rev1; /* NULL: refused */
        const char *on_rev2;
    } rows[] = {
        /* RFC 9051 section 5.1: INBOX in any case */
        {"inbox", " INBOX", " INBOX"},
        {"Entw\xc3\xbcrfe", " \"Entw&APw-rfe\"", " \"Entw\xc3\xbcrfe\""},
        /* RFC 3501 section 5.1.3 */
        {"~peter/mail/\xe5\x8f\xb0\xe5\x8c\x97/\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e",
         " \"~peter/mail/&U,BTFw-/&ZeVnLIqe-\"",
         " \"~peter/mail/\xe5\x8f\xb0\xe5\x8c\x97/\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\""},
        {"A&B", " \"A&-B\"", " \"A&B\""},
        {"a\"b\\c", " \"a\\\"b\\\\c\"", " \"a\\\"b\\\\c\""},
        {IMAP4_RAW_NAME "Entw&APw-rfe", " \"Entw&APw-rfe\"", " \"Entw&APw-rfe\""},
        {IMAP4_RAW_NAME "a\r\nb", NULL, NULL},
        {"\xff", NULL, NULL},
        {"", " \"\"", " \"\""},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const imap4__args args = {.name = {rows[i].name, strlen(rows[i].name)}};

        expect(imap4__encode_mailbox, &args, rev1, rows[i].on_rev1);
        expect(imap4__encode_mailbox, &args, rev2, rows[i].on_rev2);
    }
}
END_TEST

START_TEST(names_are_refused)
{
    imap4__args args = {.name = NIL_STR};

    expect(imap4__encode_mailbox, &args, rev1, NULL);
    args.name = STR("a\0b");
    expect(imap4__encode_mailbox, &args, rev1, NULL);
    expect(imap4__encode_mailbox, &args, rev2, NULL);
    args.name = STR(IMAP4_RAW_NAME "a\0b");
    expect(imap4__encode_mailbox, &args, rev1, NULL);
}
END_TEST

/* RFC 9051 section 6.3.6: A682 RENAME blurdybloop sarasoon */
START_TEST(rename_has_two_names)
{
    imap4__args args = {.name = STR("blurdybloop"), .second = STR("sarasoon")};

    expect(imap4__encode_rename, &args, rev1, " \"blurdybloop\" \"sarasoon\"");
    args.second = NIL_STR;
    expect(imap4__encode_rename, &args, rev1, NULL);
}
END_TEST

START_TEST(patterns_keep_their_wildcards)
{
    static const struct {
        const char *reference;
        const char *pattern;
        const char *on_rev1;
        const char *on_rev2;
    } rows[] = {
        /* RFC 9051 section 6.3.9 */
        {"", "", " \"\" \"\"", " \"\" \"\""},
        {"#news.comp.mail.misc", "", " \"#news.comp.mail.misc\" \"\"", " \"#news.comp.mail.misc\" \"\""},
        {"/usr/staff/jones", "", " \"/usr/staff/jones\" \"\"", " \"/usr/staff/jones\" \"\""},
        {"~/Mail/", "%", " \"~/Mail/\" \"%\"", " \"~/Mail/\" \"%\""},
        {"", "*", " \"\" \"*\"", " \"\" \"*\""},
        {"", "inbox", " \"\" \"inbox\"", " \"\" \"inbox\""},
        {"", "Entw\xc3\xbcr*", " \"\" \"Entw&APw-r*\"", " \"\" \"Entw\xc3\xbcr*\""},
        {"", "\xe5\x8f\xb0%", " \"\" \"&U,A-%\"", " \"\" \"\xe5\x8f\xb0%\""},
        {"", "a&b*", " \"\" \"a&-b*\"", " \"\" \"a&b*\""},
        {"", "\"\\", " \"\" \"\\\"\\\\\"", " \"\" \"\\\"\\\\\""},
        {"", IMAP4_RAW_NAME "a&b*", " \"\" \"a&b*\"", " \"\" \"a&b*\""},
        {"", IMAP4_RAW_NAME, " \"\" \"\"", " \"\" \"\""},
        {"", IMAP4_RAW_NAME "a\nb", NULL, NULL},
        {"", IMAP4_RAW_NAME "a\rb", NULL, NULL},
        {"", "a\r\nb", " \"\" \"a&AA0ACg-b\"", NULL},
        {"", "\xc3", NULL, NULL},
        {"\xc3", "*", NULL, NULL},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const imap4__args args = {.name = {rows[i].reference, strlen(rows[i].reference)},
                                  .second = {rows[i].pattern, strlen(rows[i].pattern)}};

        expect(imap4__encode_list, &args, rev1, rows[i].on_rev1);
        expect(imap4__encode_list, &args, rev2, rows[i].on_rev2);
    }
}
END_TEST

START_TEST(patterns_are_refused)
{
    imap4__args args = {.name = STR(""), .second = NIL_STR};

    expect(imap4__encode_list, &args, rev1, NULL);
    args.second = STR("a\0*");
    expect(imap4__encode_list, &args, rev1, NULL);
    expect(imap4__encode_list, &args, rev2, NULL);
    args.second = STR(IMAP4_RAW_NAME "\0");
    expect(imap4__encode_list, &args, rev1, NULL);
    args = (imap4__args){.name = NIL_STR, .second = STR("*")};
    expect(imap4__encode_list, &args, rev1, NULL);
}
END_TEST

START_TEST(status_names_its_items)
{
    imap4__args args = {.name = STR("blurdybloop")};

    /* RFC 9051 section 6.3.11 */
    args.items = IMAP4_STATUS_ATT_UIDNEXT | IMAP4_STATUS_ATT_MESSAGES;
    expect(imap4__encode_status, &args, rev1, " \"blurdybloop\" (MESSAGES UIDNEXT)");
    args.items = 0xfff;
    expect(imap4__encode_status, &args, rev1,
           " \"blurdybloop\" (MESSAGES RECENT UIDNEXT UIDVALIDITY UNSEEN DELETED SIZE HIGHESTMODSEQ "
           "DELETED-STORAGE APPENDLIMIT MAILBOXID OBJECTID)");
    args.items = 0;
    expect(imap4__encode_status, &args, rev1, NULL);
    args.items = 0x1001;
    expect(imap4__encode_status, &args, rev1, NULL);
    args.items = 0x1000;
    expect(imap4__encode_status, &args, rev1, NULL);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    const imap4__args args = {.name = STR("r\xc3\xa9" "f"), .second = STR("Entw\xc3\xbcr*")};

    for (size_t n = 1;; n++) {
        test_memory memory;
        imap4__emit emit;

        test_memory_init(&memory, n);
        emit_start(&emit, &memory.allocator, rev1);
        imap4__encode_list(&emit, &args);
        ck_assert_int_eq(emit.result, memory.failed ? IMAP4_ERROR_MEMORY : IMAP4_OK);
        imap4__emit_clear(&emit);
        ck_assert_uint_eq(memory.live, 0);
        if (!memory.failed) {
            ck_assert_uint_gt(n, 1);
            break;
        }
    }
}
END_TEST

Suite *mailbox_suite(void)
{
    const TTest *const tests[] = {
        names_are_encoded,
        names_are_refused,
        rename_has_two_names,
        patterns_keep_their_wildcards,
        patterns_are_refused,
        status_names_its_items,
        every_allocation_may_fail,
        NULL,
    };
    Suite *suite = suite_create("mailbox");

    suite_tests(suite, "mailbox", tests);
    return suite;
}
