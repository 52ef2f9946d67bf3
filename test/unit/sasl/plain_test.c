#include "support/memory.h"
#include "support/suite.h"

#include "base/base64.h"
#include "sasl/mechanism.h"

#include <string.h>

Suite *plain_suite(void);

#define NIL_STR {NULL, 0}
#define STR(text) {(text), sizeof(text) - 1}

/* What goes over the wire, in base64. */
static const struct {
    imap4__credentials who;
    const char *base64;
} vectors[] = {
    /* RFC 4616 section 4 */
    {{NIL_STR, STR("tim"), STR("tanstaaftanstaaf")}, "AHRpbQB0YW5zdGFhZnRhbnN0YWFm"},
    {{STR(""), STR("tim"), STR("tanstaaftanstaaf")}, "AHRpbQB0YW5zdGFhZnRhbnN0YWFm"},
    {{STR("Ursel"), STR("Kurt"), STR("xipj3plmq")}, "VXJzZWwAS3VydAB4aXBqM3BsbXE="},
    /* RFC 9051 section 6.2.2 */
    {{STR("test"), STR("test"), STR("test")}, "dGVzdAB0ZXN0AHRlc3Q="},
};

static int step(const imap4__credentials *who, unsigned number, imap4__buf *response)
{
    return imap4__mechanism_plain.step(NULL, number, who, (const uint8_t *)"", 0, response);
}

START_TEST(vectors_are_met)
{
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        imap4__buf response;
        char text[64] = "";

        imap4__buf_init(&response, NULL, 1000);
        ck_assert_int_eq(step(&vectors[i].who, 0, &response), IMAP4_OK);
        ck_assert_uint_lt(imap4__base64_encoded_size(response.len), sizeof text);
        imap4__base64_encode(response.data, response.len, text);
        ck_assert_str_eq(text, vectors[i].base64);
        imap4__buf_wipe(&response);
    }
}
END_TEST

START_TEST(it_speaks_first_and_in_the_clear)
{
    ck_assert_str_eq(imap4__mechanism_plain.name, "PLAIN");
    ck_assert_int_eq(imap4__mechanism_plain.client_first, 1);
    ck_assert_int_eq(imap4__mechanism_plain.plaintext, 1);
    ck_assert(imap4__mechanism_plain.finished == NULL);
}
END_TEST

START_TEST(a_second_challenge_is_one_too_many)
{
    imap4__buf response;

    imap4__buf_init(&response, NULL, 1000);
    ck_assert_int_eq(step(&vectors[0].who, 1, &response), IMAP4_ERROR_SASL);
    ck_assert_uint_eq(response.len, 0);
    imap4__buf_wipe(&response);
}
END_TEST

START_TEST(bad_credentials_are_refused)
{
    static const imap4__credentials rows[] = {
        {NIL_STR, STR("t\0m"), STR("x")}, {NIL_STR, STR("tim"), STR("x\0")}, {STR("a\0b"), STR("tim"), STR("x")},
        {NIL_STR, NIL_STR, STR("x")},     {NIL_STR, STR(""), STR("x")},      {NIL_STR, STR("tim"), NIL_STR},
        {NIL_STR, STR("tim"), STR("")},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        imap4__buf response;

        imap4__buf_init(&response, NULL, 1000);
        ck_assert_msg(step(&rows[i], 0, &response) == IMAP4_ERROR_ARGUMENT, "row %zu", i);
        ck_assert_uint_eq(response.len, 0);
        imap4__buf_wipe(&response);
    }
}
END_TEST

/* What stands before stays, also when there is no room. */
START_TEST(it_appends)
{
    const imap4__credentials who = {NIL_STR, STR("tim"), STR("x")};
    imap4__buf response;

    imap4__buf_init(&response, NULL, 9);
    ck_assert_int_eq(imap4__buf_add(&response, "abc", 3), IMAP4_OK);
    ck_assert_int_eq(step(&who, 0, &response), IMAP4_OK);
    ck_assert_uint_eq(response.len, 9);
    ck_assert_mem_eq(response.data, "abc\0tim\0x", 9);
    response.len = 4;
    ck_assert_int_eq(step(&who, 0, &response), IMAP4_ERROR_LIMIT);
    ck_assert_uint_eq(response.len, 4);
    imap4__buf_wipe(&response);
}
END_TEST

START_TEST(no_memory_is_an_error)
{
    test_memory memory;
    imap4__buf response;

    test_memory_init(&memory, 1);
    imap4__buf_init(&response, &memory.allocator, 1000);
    ck_assert_int_eq(step(&vectors[0].who, 0, &response), IMAP4_ERROR_MEMORY);
    ck_assert_uint_eq(response.len, 0);
    ck_assert_int_eq(step(&vectors[0].who, 0, &response), IMAP4_OK);
    imap4__buf_wipe(&response);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

Suite *plain_suite(void)
{
    const TTest *const tests[] = {
        vectors_are_met,
        it_speaks_first_and_in_the_clear,
        a_second_challenge_is_one_too_many,
        bad_credentials_are_refused,
        it_appends,
        no_memory_is_an_error,
        NULL,
    };
    Suite *suite = suite_create("plain");

    suite_tests(suite, "plain", tests);
    return suite;
}
