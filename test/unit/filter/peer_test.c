#include "filter/peer.h"

#include "support/suite.h"

#include <string.h>

Suite *peer_suite(void);

/* The extensions of a certificate with one subjectAltName; lengths below 128 only. */
typedef struct extensions {
    uint8_t bytes[128];
    size_t len;
} extensions;

static void wrap(extensions *it, uint8_t tag)
{
    memmove(it->bytes + 2, it->bytes, it->len);
    it->bytes[0] = tag;
    it->bytes[1] = (uint8_t)it->len;
    it->len += 2;
}

static void prefix(extensions *it, const uint8_t *bytes, size_t len)
{
    memmove(it->bytes + len, it->bytes, it->len);
    memcpy(it->bytes, bytes, len);
    it->len += len;
}

static extensions with_name(uint8_t tag, const void *name, size_t len)
{
    static const uint8_t critical[] = {0x01, 0x01, 0xff};
    static const uint8_t oid[] = {0x06, 0x03, 0x55, 0x1d, 0x11};
    static const uint8_t other[] = {0x30, 0x08, 0x06, 0x03, 0x55, 0x1d, 0x0f, 0x04, 0x01, 0x00};
    static const uint8_t mail[] = {0x81, 0x01, 'a'};
    extensions it = {{0}, 0};

    prefix(&it, name, len);
    wrap(&it, tag);
    prefix(&it, mail, sizeof mail);
    wrap(&it, 0x30);
    wrap(&it, 0x04);
    prefix(&it, critical, sizeof critical);
    prefix(&it, oid, sizeof oid);
    wrap(&it, 0x30);
    prefix(&it, other, sizeof other);
    wrap(&it, 0x30);
    return it;
}

#define DNS 0x82
#define IP 0x87
#define NAME(text) text, sizeof text - 1

/* RFC 9525 section 6.3 and 6.5. */
static const struct {
    const char *host;
    uint8_t tag;
    const char *name;
    size_t len;
    int matches;
} rows[] = {
    {"mail.example.org", DNS, NAME("mail.example.org"), 1},
    {"MAIL.example.ORG", DNS, NAME("mail.Example.org"), 1},
    {"mail.example.org.", DNS, NAME("mail.example.org"), 1},
    {"mail.example.org", DNS, NAME("mail.example.or"), 0},
    {"mail.example.org", DNS, NAME("mail.example.orga"), 0},
    {"mail.example.org", DNS, NAME("xmail.example.org"), 0},
    {"mail.example.org", DNS, NAME("example.org"), 0},
    {"mail.example.org", DNS, NAME("mail.example.org\0.evil.net"), 0},
    {"mail.example.org", DNS, NAME(""), 0},
    {"mail.example.org", DNS, NAME("*.example.org"), 1},
    {"MAIL.EXAMPLE.ORG", DNS, NAME("*.example.org"), 1},
    {"example.org", DNS, NAME("*.example.org"), 0},
    {"a.mail.example.org", DNS, NAME("*.example.org"), 0},
    {"mail.example.org", DNS, NAME("m*.example.org"), 0},
    {"mail.example.org", DNS, NAME("*l.example.org"), 0},
    {"mail.example.org", DNS, NAME("mail.*.org"), 0},
    {"mail.example.org", DNS, NAME("*.*.org"), 0},
    {"mail.example.org", DNS, NAME("*"), 0},
    {"mail.example.org", DNS, NAME("*."), 0},
    {"localhost", DNS, NAME("*"), 0},
    {"localhost", DNS, NAME("*.localhost"), 0},
    {"localhost", DNS, NAME("localhost"), 1},
    {"mail.example.org", 0x81, NAME("mail.example.org"), 0}, /* rfc822Name */
    {"mail.example.org", 0x86, NAME("mail.example.org"), 0}, /* URI */
    {"127.0.0.1", IP, NAME("\177\0\0\1"), 1},
    {"127.0.0.1", IP, NAME("\177\0\0\2"), 0},
    {"127.0.0.1", IP, NAME("\177\0\0"), 0},
    {"127.0.0.1", DNS, NAME("127.0.0.1"), 0},
    {"127.0.0.1", DNS, NAME("*.0.0.1"), 0},
    {"2001:db8::1", IP, NAME("\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01"), 1},
    {"2001:DB8:0:0:0:0:0:1", IP, NAME("\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01"), 1},
    {"::1", IP, NAME("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01"), 1},
    {"::", IP, NAME("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), 1},
    {"fe80::", IP, NAME("\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), 1},
    {"::ffff:192.0.2.1", IP, NAME("\0\0\0\0\0\0\0\0\0\0\xff\xff\xc0\0\x02\x01"), 1},
    {"::ffff:192.0.2.1", IP, NAME("\xc0\0\x02\x01"), 0},
    {"1:2:3:4:5:6:7:8", IP, NAME("\0\1\0\2\0\3\0\4\0\5\0\6\0\7\0\x08"), 1},
    {"1:2:3:4:5:6:7::", IP, NAME("\0\1\0\2\0\3\0\4\0\5\0\6\0\7\0\0"), 1},
    {"mail.example.org", IP, NAME("\177\0\0\1"), 0},
};

START_TEST(names_are_compared_by_the_rfc)
{
    extensions it = with_name(rows[_i].tag, rows[_i].name, rows[_i].len);
    imap4__peer peer;

    ck_assert_int_eq(imap4__peer_init(&peer, rows[_i].host), IMAP4_OK);
    ck_assert_msg(imap4__peer_matches(&peer, it.bytes, it.len) == rows[_i].matches, "%s and %s", rows[_i].host,
                  rows[_i].name);
}
END_TEST

START_TEST(broken_der_matches_nothing)
{
    extensions it = with_name(DNS, NAME("mail.example.org"));
    imap4__peer peer;

    ck_assert_int_eq(imap4__peer_init(&peer, "mail.example.org"), IMAP4_OK);
    ck_assert_int_eq(imap4__peer_matches(&peer, NULL, 0), 0);
    for (size_t len = 0; len < it.len; len++)
        ck_assert_int_eq(imap4__peer_matches(&peer, it.bytes, len), 0);
    /* Any byte changed: no crash and no reading beyond the end (under the sanitizers). */
    for (size_t at = 0; at < it.len; at++) {
        for (int value = 0; value < 256; value++) {
            extensions changed = it;
            changed.bytes[at] = (uint8_t)value;
            (void)imap4__peer_matches(&peer, changed.bytes, changed.len);
        }
    }
}
END_TEST

static const char *const refused[] = {
    "", ".", "..", "a..b", ".a", "a b", "*.example.org", "m\303\274ller.example", "[::1]", "a/b", "a@b", "a:b",
    "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", ":1", "1:", "12345::", "::1.2.3", "::1.2.3.4.5", "fe80::1%eth0",
    "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "g::", ":::",
    "0123456789012345678901234567890123456789012345678901234567890123.org",
};

START_TEST(what_is_no_host_is_refused)
{
    imap4__peer peer;

    ck_assert_msg(imap4__peer_init(&peer, refused[_i]) == IMAP4_ERROR_ARGUMENT, "%s", refused[_i]);
}
END_TEST

START_TEST(length_has_a_limit)
{
    char host[300];
    imap4__peer peer;

    memset(host, 'a', sizeof host);
    for (size_t i = 50; i < sizeof host; i += 50)
        host[i] = '.';
    host[253] = '\0';
    ck_assert_int_eq(imap4__peer_init(&peer, host), IMAP4_OK);
    host[253] = 'a';
    host[254] = '\0';
    ck_assert_int_eq(imap4__peer_init(&peer, host), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4__peer_init(&peer, NULL), IMAP4_ERROR_ARGUMENT);
}
END_TEST

START_TEST(numbers_that_are_no_addresses_are_names)
{
    static const char *const names[] = {"1.2.3", "256.1.1.1", "1.2.3.4.5", "01.2.3.4", "1.2.3.04"};
    imap4__peer peer;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        ck_assert_int_eq(imap4__peer_init(&peer, names[i]), IMAP4_OK);
        ck_assert_uint_eq(peer.ip_len, 0);
    }
}
END_TEST

Suite *peer_suite(void)
{
    const TTest *const tests[] = {broken_der_matches_nothing, length_has_a_limit,
                                  numbers_that_are_no_addresses_are_names, NULL};
    Suite *suite = suite_create("peer");
    TCase *tcase = suite_tests(suite, "peer", tests);

    tcase_add_loop_test(tcase, names_are_compared_by_the_rfc, 0, (int)(sizeof rows / sizeof rows[0]));
    tcase_add_loop_test(tcase, what_is_no_host_is_refused, 0, (int)(sizeof refused / sizeof refused[0]));
    return suite;
}
