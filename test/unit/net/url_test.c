#include "net/url.h"

#include "base/mem.h"
#include "support/memory.h"
#include "support/suite.h"

#include <string.h>

Suite *url_suite(void);

static const struct {
    const char *text;
    int implicit_tls;
    const char *host;
    const char *port;
    const char *user;
} good[] = {
    {"imaps://mail.example.org", 1, "mail.example.org", "993", NULL},
    {"imap://mail.example.org", 0, "mail.example.org", "143", NULL},
    {"imaps://mail.example.org/", 1, "mail.example.org", "993", NULL},
    {"IMAPS://Mail.Example.Org", 1, "Mail.Example.Org", "993", NULL},
    {"ImAp://h", 0, "h", "143", NULL},
    {"imaps://h:1", 1, "h", "1", NULL},
    {"imaps://h:65535/", 1, "h", "65535", NULL},
    {"imaps://h:00993", 1, "h", "993", NULL},
    {"imaps://h:", 1, "h", "993", NULL},
    {"imap://h:/", 0, "h", "143", NULL},
    {"imaps://127.0.0.1:1430", 1, "127.0.0.1", "1430", NULL},
    {"imaps://[2001:db8::1]", 1, "2001:db8::1", "993", NULL},
    {"imaps://[::1]:99", 1, "::1", "99", NULL},
    {"imaps://[::ffff:192.0.2.1]/", 1, "::ffff:192.0.2.1", "993", NULL},
    {"imaps://joe@h", 1, "h", "993", "joe"},
    {"imaps://joe%40example.org@h:99", 1, "h", "99", "joe@example.org"},
    {"imap://J%c3%bcrgen@[::1]:99/", 0, "::1", "99", "J\303\274rgen"},
    {"imaps://a!$'()*+,&=-._~Z9@h", 1, "h", "993", "a!$'()*+,&=-._~Z9"},
    {"imaps://100%25@h", 1, "h", "993", "100%"},
    {"imaps://%20%3A%2f@h", 1, "h", "993", " :/"},
};

START_TEST(good_urls_are_read)
{
    const imap4_allocator *mem = imap4__mem_or_default(NULL);
    imap4__url url;

    ck_assert_msg(imap4__url_read(&url, mem, good[_i].text) == IMAP4_OK, "%s", good[_i].text);
    ck_assert_int_eq(url.implicit_tls, good[_i].implicit_tls);
    ck_assert_str_eq(url.host, good[_i].host);
    ck_assert_str_eq(url.port, good[_i].port);
    ck_assert_pstr_eq(url.user, good[_i].user);
    imap4__url_clear(&url, mem);
    imap4__url_clear(&url, mem);
}
END_TEST

static const char *const bad[] = {
    "", "imaps", "imaps:", "imaps:/", "imaps://", "imaps:///", "imap:mail.example.org", "mail.example.org",
    "http://mail.example.org", "imapss://h", " imaps://h", "imaps://h ", "imaps://h/INBOX", "imaps://h//",
    "imaps://h?x",
    "imaps://h#x", "imaps://@h", "imaps://joe@", "imaps://joe:secret@h", "imaps://a@b@h", "imaps://joe;AUTH=*@h",
    "imaps://jo e@h", "imaps://%@h", "imaps://%4@h", "imaps://%4g@h", "imaps://%00@h", "imaps://a%0d%0ab@h",
    "imaps://%7f@h", "imaps://%ff@h", "imaps://%c3@h", "imaps://joe%@h", "imaps://:993", "imaps://h:0",
    "imaps://h:65536",
    "imaps://h:-1", "imaps://h:+1", "imaps://h:1x", "imaps://h:99999999999999999999", "imaps://h:1:2", "imaps://::1",
    "imaps://[::1", "imaps://::1]", "imaps://[]", "imaps://[::1]x", "imaps://[::1]993", "imaps://[h]",
    "imaps://[127.0.0.1]",
    "imaps://[fe80::1%25eth0]", "imaps://h\r\n", "imaps://h\303\274", "imaps://a/b@h", "imaps://h%2e",
};

START_TEST(others_are_refused)
{
    imap4__url url = {7, NULL, "x", NULL};

    ck_assert_msg(imap4__url_read(&url, imap4__mem_or_default(NULL), bad[_i]) == IMAP4_ERROR_ARGUMENT, "%s", bad[_i]);
    ck_assert_int_eq(url.implicit_tls, 7);
}
END_TEST

START_TEST(null_is_refused)
{
    imap4__url url;

    ck_assert_int_eq(imap4__url_read(&url, imap4__mem_or_default(NULL), NULL), IMAP4_ERROR_ARGUMENT);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    test_memory memory;
    size_t fail_at = 1;

    do {
        imap4__url url;
        int result;
        test_memory_init(&memory, fail_at++);
        result = imap4__url_read(&url, &memory.allocator, "imaps://joe@mail.example.org");
        ck_assert_int_eq(result, memory.failed > 0 ? IMAP4_ERROR_MEMORY : IMAP4_OK);
        if (result == IMAP4_OK)
            imap4__url_clear(&url, &memory.allocator);
        ck_assert_uint_eq(memory.live, 0);
    } while (memory.failed > 0);
    ck_assert_uint_ge(fail_at, 3);
}
END_TEST

Suite *url_suite(void)
{
    const TTest *const tests[] = {null_is_refused, every_allocation_may_fail, NULL};
    Suite *suite = suite_create("url");
    TCase *tcase = suite_tests(suite, "url", tests);

    tcase_add_loop_test(tcase, good_urls_are_read, 0, (int)(sizeof good / sizeof good[0]));
    tcase_add_loop_test(tcase, others_are_refused, 0, (int)(sizeof bad / sizeof bad[0]));
    return suite;
}
