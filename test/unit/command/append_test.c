#include "written.h"

#include "support/memory.h"

Suite *append_suite(void);

static const imap4_date date = {.year = 1994, .month = 2, .day = 7, .hour = 21, .minute = 52, .second = 25,
                                .zone = -480, .valid = 1};

/* RFC 9051 section 6.3.12: A003 APPEND saved-messages (\Seen) {326} */
START_TEST(message_goes_out_by_reference)
{
    static const char message[] = "Date: Mon, 7 Feb 1994 21:52:25 -0800\r\n\r\nHello Joe\r\n";
    imap4__args args = {.name = STR("saved-messages"), .message = message, .size = sizeof message - 1};
    imap4__emit emit;

    expect(imap4__encode_append, &args, rev1, " \"saved-messages\" {51}\r\n<wait><reference 51>");
    expect(imap4__encode_append, &args, rev1_plus, " \"saved-messages\" {51+}\r\n<reference 51>");
    args.has_flags = 1;
    expect(imap4__encode_append, &args, rev1_plus, " \"saved-messages\" {51+}\r\n<reference 51>");
    args.flags.system = IMAP4_FLAG_SEEN;
    expect(imap4__encode_append, &args, rev1_plus, " \"saved-messages\" (\\Seen) {51+}\r\n<reference 51>");

    emit_start(&emit, NULL, rev1_plus);
    imap4__encode_append(&emit, &args);
    ck_assert_uint_eq(emit.mark_count, 1);
    ck_assert_ptr_eq(emit.marks[0].data, message);
    imap4__emit_clear(&emit);
}
END_TEST

START_TEST(flags_and_date_come_first)
{
    const imap4_str keywords[] = {STR("$Forwarded"), STR("\\Later")};
    imap4__args args = {.name = STR("x"), .message = "m", .size = 1, .has_date = 1, .date = date};

    expect(imap4__encode_append, &args, rev1_plus, " \"x\" \" 7-Feb-1994 21:52:25 -0800\" {1+}\r\n<reference 1>");
    args.has_flags = 1;
    args.flags = (imap4_flags){IMAP4_FLAG_SEEN | IMAP4_FLAG_DRAFT, 2, keywords};
    expect(imap4__encode_append, &args, rev1_plus,
           " \"x\" (\\Seen \\Draft $Forwarded \\Later) \" 7-Feb-1994 21:52:25 -0800\" {1+}\r\n<reference 1>");
    args.flags.system = 0;
    args.has_date = 0;
    expect(imap4__encode_append, &args, rev1_plus, " \"x\" ($Forwarded \\Later) {1+}\r\n<reference 1>");
}
END_TEST

START_TEST(message_may_be_supplied)
{
    imap4__args args = {.name = STR("x"), .message = NULL, .size = UINT64_C(5000000000)};

    expect(imap4__encode_append, &args, rev1, " \"x\" {5000000000}\r\n<wait><supply 5000000000>");
    expect(imap4__encode_append, &args, rev1_plus, " \"x\" {5000000000+}\r\n<supply 5000000000>");
    expect(imap4__encode_append, &args, rev2, " \"x\" {5000000000}\r\n<wait><supply 5000000000>");
    args.size = 4096; /* RFC 7888 section 5: LITERAL- ends here */
    expect(imap4__encode_append, &args, rev2, " \"x\" {4096+}\r\n<supply 4096>");
    args.size = 4097;
    expect(imap4__encode_append, &args, rev2, " \"x\" {4097}\r\n<wait><supply 4097>");
}
END_TEST

START_TEST(what_cannot_be_stored_is_refused)
{
    const imap4_str bad[] = {STR("ok"), STR("a b")};
    imap4__args args = {.name = STR("x"), .message = "a\0b", .size = 3};

    expect(imap4__encode_append, &args, rev1, NULL);
    args.size = 1;
    expect(imap4__encode_append, &args, rev1_plus, " \"x\" {1+}\r\n<reference 1>");
    args.has_flags = 1;
    args.flags.system = IMAP4_FLAG_RECENT;
    expect(imap4__encode_append, &args, rev1, NULL);
    args.flags = (imap4_flags){0, 2, bad};
    expect(imap4__encode_append, &args, rev1, NULL);
    args.has_flags = 0;
    args.has_date = 1; /* month 0 */
    expect(imap4__encode_append, &args, rev1, NULL);
    args.has_date = 0;
    args.name = NIL_STR;
    expect(imap4__encode_append, &args, rev1, NULL);
    args.name = STR("x");
    args.message = "";
    args.size = 0;
    expect(imap4__encode_append, &args, rev1_plus, " \"x\" {0+}\r\n");
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    const imap4__args args = {.name = STR("x"), .message = "m", .size = 1, .has_date = 1, .date = date};

    for (size_t n = 1;; n++) {
        test_memory memory;
        imap4__emit emit;

        test_memory_init(&memory, n);
        emit_start(&emit, &memory.allocator, rev1);
        imap4__encode_append(&emit, &args);
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

Suite *append_suite(void)
{
    const TTest *const tests[] = {
        message_goes_out_by_reference,
        flags_and_date_come_first,
        message_may_be_supplied,
        what_cannot_be_stored_is_refused,
        every_allocation_may_fail,
        NULL,
    };
    Suite *suite = suite_create("append");

    suite_tests(suite, "append", tests);
    return suite;
}
