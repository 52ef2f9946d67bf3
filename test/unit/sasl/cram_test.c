#include "support/memory.h"
#include "support/suite.h"

#include "base/base64.h"
#include "sasl/mechanism.h"

#include <string.h>

Suite *cram_suite(void);

#define NIL_STR {NULL, 0}
#define STR(text) {(text), sizeof(text) - 1}

static const char challenge[] = "<1896.697170952@postoffice.reston.mci.net>";

static int step(const imap4__credentials *who, unsigned number, const char *what, imap4__buf *response)
{
    return imap4__mechanism_cram_md5.step(NULL, number, who, (const uint8_t *)what, strlen(what), response);
}

/* RFC 2195 section 2 */
START_TEST(vector_is_met)
{
    static const imap4__credentials rows[] = {
        {NIL_STR, STR("tim"), STR("tanstaaftanstaaf")},
        {STR(""), STR("tim"), STR("tanstaaftanstaaf")},
        {STR("tim"), STR("tim"), STR("tanstaaftanstaaf")},
    };
    static const char sent[] = "PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+";
    uint8_t decoded[64];
    size_t len = 0;

    ck_assert_int_eq(imap4__base64_decode(sent, sizeof sent - 1, decoded, &len), IMAP4_OK);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        imap4__buf response;
        char text[64] = "";

        imap4__buf_init(&response, NULL, 1000);
        ck_assert_int_eq(imap4__mechanism_cram_md5.step(NULL, 0, &rows[i], decoded, len, &response), IMAP4_OK);
        ck_assert_uint_eq(response.len, 36);
        ck_assert_mem_eq(response.data, "tim b913a602c7eda7a495b4e6e7334d3890", 36);
        imap4__base64_encode(response.data, response.len, text);
        ck_assert_str_eq(text, "dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw");
        imap4__buf_wipe(&response);
    }
}
END_TEST

START_TEST(the_server_speaks_first)
{
    ck_assert_str_eq(imap4__mechanism_cram_md5.name, "CRAM-MD5");
    ck_assert_int_eq(imap4__mechanism_cram_md5.client_first, 0);
    ck_assert_int_eq(imap4__mechanism_cram_md5.plaintext, 0);
    ck_assert(imap4__mechanism_cram_md5.finished == NULL);
    ck_assert_int_eq(imap4__mechanism_cram_md5.available(), 1);
}
END_TEST

START_TEST(bad_challenges_are_refused)
{
    const imap4__credentials who = {NIL_STR, STR("tim"), STR("x")};
    imap4__buf response;

    imap4__buf_init(&response, NULL, 1000);
    ck_assert_int_eq(step(&who, 0, "", &response), IMAP4_ERROR_SASL);
    ck_assert_int_eq(step(&who, 1, challenge, &response), IMAP4_ERROR_SASL);
    ck_assert_uint_eq(response.len, 0);
    imap4__buf_wipe(&response);
}
END_TEST

START_TEST(bad_credentials_are_refused)
{
    static const imap4__credentials rows[] = {
        {NIL_STR, STR("t\0m"), STR("x")}, {NIL_STR, STR("tim"), STR("x\0")}, {STR("root"), STR("tim"), STR("x")},
        {NIL_STR, NIL_STR, STR("x")},     {NIL_STR, STR(""), STR("x")},      {NIL_STR, STR("tim"), NIL_STR},
        {NIL_STR, STR("tim"), STR("")},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        imap4__buf response;

        imap4__buf_init(&response, NULL, 1000);
        ck_assert_msg(step(&rows[i], 0, challenge, &response) == IMAP4_ERROR_ARGUMENT, "row %zu", i);
        ck_assert_uint_eq(response.len, 0);
        imap4__buf_wipe(&response);
    }
}
END_TEST

START_TEST(no_memory_is_an_error)
{
    const imap4__credentials who = {NIL_STR, STR("tim"), STR("x")};
    test_memory memory;
    imap4__buf response;

    test_memory_init(&memory, 1);
    imap4__buf_init(&response, &memory.allocator, 1000);
    ck_assert_int_eq(step(&who, 0, challenge, &response), IMAP4_ERROR_MEMORY);
    ck_assert_uint_eq(response.len, 0);
    imap4__buf_wipe(&response);
    imap4__buf_init(&response, NULL, 35); /* one byte less than the response */
    ck_assert_int_eq(step(&who, 0, challenge, &response), IMAP4_ERROR_LIMIT);
    ck_assert_uint_eq(response.len, 0);
    imap4__buf_wipe(&response);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

Suite *cram_suite(void)
{
    const TTest *const tests[] = {
        vector_is_met,
        the_server_speaks_first,
        bad_challenges_are_refused,
        bad_credentials_are_refused,
        no_memory_is_an_error,
        NULL,
    };
    Suite *suite = suite_create("cram");

    suite_tests(suite, "cram", tests);
    return suite;
}
