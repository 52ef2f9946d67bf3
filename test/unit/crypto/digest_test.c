#include "support/suite.h"

#include "crypto/digest.h"

#include <imap4/types.h>
#include <string.h>

Suite *digest_suite(void);

static void expect_hex(const uint8_t *digest, size_t size, const char *expected)
{
    static const char digits[] = "0123456789abcdef";
    char hex[2 * IMAP4__DIGEST_MAX + 1] = "";

    for (size_t i = 0; i < size; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    ck_assert_str_eq(hex, expected);
}

START_TEST(sizes_are_known)
{
    ck_assert_uint_eq(imap4__digest_size(IMAP4__DIGEST_MD5), 16);
    ck_assert_uint_eq(imap4__digest_size(0), 0);
    ck_assert_uint_eq(imap4__digest_size(99), 0);
}
END_TEST

/* RFC 2202 section 2; the first and second also stand in RFC 2104. */
START_TEST(hmac_md5_vectors_are_met)
{
    static const struct {
        const char *key;
        size_t key_len;
        int key_byte; /* when `key` is NULL */
        const char *data;
        size_t len;
        int data_byte; /* when `data` is NULL */
        const char *digest;
    } rows[] = {
        {NULL, 16, 0x0b, "Hi There", 8, 0, "9294727a3638bb1c13f48ef8158bfc9d"},
        {"Jefe", 4, 0, "what do ya want for nothing?", 28, 0, "750c783e6ab0b503eaa86e310a5db738"},
        {NULL, 16, 0xaa, NULL, 50, 0xdd, "56be34521d144c88dbb8c733f0e8b3f6"},
        {NULL, 16, 0x0c, "Test With Truncation", 20, 0, "56461ef2342edc00f9bab995690efd4c"},
        {NULL, 80, 0xaa, "Test Using Larger Than Block-Size Key - Hash Key First", 54, 0,
         "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd"},
        /* RFC 2195 section 2 */
        {"tanstaaftanstaaf", 16, 0, "<1896.697170952@postoffice.reston.mci.net>", 42, 0,
         "b913a602c7eda7a495b4e6e7334d3890"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint8_t key[80], data[64], digest[IMAP4__DIGEST_MAX];

        memset(key, rows[i].key_byte, sizeof key);
        memset(data, rows[i].data_byte, sizeof data);
        if (rows[i].key != NULL)
            memcpy(key, rows[i].key, rows[i].key_len);
        if (rows[i].data != NULL)
            memcpy(data, rows[i].data, rows[i].len);
        ck_assert_int_eq(imap4__hmac(IMAP4__DIGEST_MD5, key, rows[i].key_len, data, rows[i].len, digest), IMAP4_OK);
        expect_hex(digest, 16, rows[i].digest);
    }
}
END_TEST

/* HMAC of nothing with nothing, as any implementation gives it. */
START_TEST(empty_input_is_fine)
{
    uint8_t digest[IMAP4__DIGEST_MAX];

    ck_assert_int_eq(imap4__hmac(IMAP4__DIGEST_MD5, NULL, 0, NULL, 0, digest), IMAP4_OK);
    expect_hex(digest, 16, "74e6f7298a9c2d168935f58c001bad88");
}
END_TEST

START_TEST(unknown_digests_are_unsupported)
{
    uint8_t digest[IMAP4__DIGEST_MAX];

    ck_assert_int_eq(imap4__hmac(0, "k", 1, "d", 1, digest), IMAP4_ERROR_UNSUPPORTED);
}
END_TEST

Suite *digest_suite(void)
{
    const TTest *const tests[] = {
        sizes_are_known,
        hmac_md5_vectors_are_met,
        empty_input_is_fine,
        unknown_digests_are_unsupported,
        NULL,
    };
    Suite *suite = suite_create("digest");

    suite_tests(suite, "digest", tests);
    return suite;
}
