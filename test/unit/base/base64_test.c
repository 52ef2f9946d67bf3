#include "base/base64.h"

#include "support/suite.h"

#include <stdint.h>
#include <string.h>

Suite *base64_suite(void);

static const struct pair {
    const char *plain;
    size_t len;
    const char *encoded;
} pairs[] = {
    /* RFC 4648 section 10 */
    {"", 0, ""},
    {"f", 1, "Zg=="},
    {"fo", 2, "Zm8="},
    {"foo", 3, "Zm9v"},
    {"foob", 4, "Zm9vYg=="},
    {"fooba", 5, "Zm9vYmE="},
    {"foobar", 6, "Zm9vYmFy"},
    /* RFC 4648 section 9 */
    {"\x14\xfb\x9c\x03\xd9\x7e", 6, "FPucA9l+"},
    {"\x14\xfb\x9c\x03\xd9", 5, "FPucA9k="},
    {"\x14\xfb\x9c\x03", 4, "FPucAw=="},
    {"\xff\xff\xff", 3, "////"},
    {"\0\0\0", 3, "AAAA"},
    {"\0test\0test", 10, "AHRlc3QAdGVzdA=="}, /* RFC 4616 in RFC 3501 dress */
};

START_TEST(both_ways)
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char text[64] = {0};
        uint8_t plain[64];
        size_t len = 99;
        size_t size = strlen(pairs[i].encoded);

        ck_assert_uint_eq(imap4__base64_encoded_size(pairs[i].len), size);
        memset(text, '#', sizeof text - 1);
        imap4__base64_encode(pairs[i].plain, pairs[i].len, text);
        ck_assert_mem_eq(text, pairs[i].encoded, size);
        ck_assert_int_eq(text[size], '#');
        ck_assert_int_eq(imap4__base64_decode(pairs[i].encoded, size, plain, &len), IMAP4_OK);
        ck_assert_uint_eq(len, pairs[i].len);
        ck_assert_mem_eq(plain, pairs[i].plain, len);
    }
}
END_TEST

START_TEST(every_byte_survives)
{
    uint8_t all[256];
    char text[400];
    uint8_t back[400];
    size_t len = 0;

    for (size_t i = 0; i < 256; i++)
        all[i] = (uint8_t)i;
    for (size_t size = 0; size <= 256; size++) {
        imap4__base64_encode(all, size, text);
        ck_assert_int_eq(imap4__base64_decode(text, imap4__base64_encoded_size(size), back, &len), IMAP4_OK);
        ck_assert_uint_eq(len, size);
        ck_assert_mem_eq(back, all, size);
    }
}
END_TEST

START_TEST(what_is_not_base64_is_refused)
{
    static const char *const bad[] = {
        "Z",     "Zg",   "Zg=",  "Zg===",    "====",     "=AAA", "A===",     "Zm9vZ",      "Zm 9",
        "Zm9\n", "Zm-v", "Zm_v", "Zg==Zg==", "Zm8=Zm9v", "Zg=v", "Zm9v====", "Zm\xc3\xa9", "Z*9v",
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        uint8_t plain[64];
        size_t len = 0;

        ck_assert_msg(imap4__base64_decode(bad[i], strlen(bad[i]), plain, &len) == IMAP4_ERROR_PROTOCOL, "%s", bad[i]);
    }
}
END_TEST

START_TEST(pad_bits_are_not_enforced)
{
    uint8_t plain[8];
    size_t len = 0;

    ck_assert_int_eq(imap4__base64_decode("Zh==", 4, plain, &len), IMAP4_OK);
    ck_assert_uint_eq(len, 1);
    ck_assert_int_eq(plain[0], 'f');
}
END_TEST

START_TEST(size_saturates)
{
    ck_assert_uint_eq(imap4__base64_encoded_size(SIZE_MAX), SIZE_MAX);
    ck_assert_uint_eq(imap4__base64_encoded_size(SIZE_MAX / 4 * 3 + 10), SIZE_MAX);
}
END_TEST

Suite *base64_suite(void)
{
    const TTest *const tests[] = {
        both_ways, every_byte_survives, what_is_not_base64_is_refused, pad_bits_are_not_enforced, size_saturates, NULL,
    };
    Suite *suite = suite_create("base64");

    suite_tests(suite, "base64", tests);
    return suite;
}
