/* The defaults of options.h, at the limit and one beyond. What is small enough is among the transcripts. */
#include "server.h"
#include "support/suite.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

Suite *exact_suite(void);

#define MIB (UINT64_C(1024) * 1024)

static server s;

static void start(void)
{
    server_init(&s, IMAP4_PRESET_DEFAULT);
    server_open(&s);
}

static void finish(void)
{
    server_is_alive(&s);
    server_close(&s);
}

/* Nothing was skipped. */
static void check_read(void)
{
    ck_assert_uint_eq(s.damages, 0);
    ck_assert_uint_eq(s.events, 1);
    server_forget(&s);
}

static void check_skipped(uint64_t begin, uint64_t size)
{
    ck_assert_uint_eq(s.events, 1);
    ck_assert_uint_eq(s.limits, 1);
    ck_assert_uint_eq(s.offset, begin);
    ck_assert_uint_eq(s.size, size);
    server_forget(&s);
}

START_TEST(line)
{
    for (uint64_t over = 0; over < 2; over++) {
        uint64_t begin = s.talk.said;

        server_say(&s, "* OK ");
        server_repeat(&s, "a", MIB - 5 + over);
        server_say(&s, "\r\n");
        if (over)
            check_skipped(begin, MIB + 1);
        else
            check_read();
    }
}
END_TEST

/* Two literals and what is between them. */
static void say_response(uint64_t len)
{
    char head[100];
    uint64_t rest = len - strlen("* X-LONG {1000000}\r\n") - 1000000;

    rest -= strlen(" {1000000}\r\n");
    server_say(&s, "* X-LONG {1000000}\r\n");
    server_repeat(&s, "a", 1000000);
    snprintf(head, sizeof head, " {%" PRIu64 "}\r\n", rest);
    ck_assert_uint_eq(strlen(head), strlen(" {1000000}\r\n"));
    server_say(&s, head);
    server_repeat(&s, "b", rest);
    server_say(&s, "\r\n* 7 EXISTS\r\n");
}

START_TEST(response)
{
    uint64_t begin;

    say_response(2 * MIB);
    ck_assert_uint_eq(s.events, 2);
    ck_assert_uint_eq(s.damages, 0);
    server_forget(&s);
    begin = s.talk.said;
    say_response(2 * MIB + 1);
    s.events--;
    check_skipped(begin, 2 * MIB + 1);
}
END_TEST

/* One of a thousand small literals, of which the first stay in the buffer. */
START_TEST(response_of_many_literals)
{
    const uint64_t rest = 2 * MIB - strlen("* X-MANY") - 1000 * (strlen(" {2083}\r\n") + 2083);

    for (uint64_t over = 0; over < 2; over++) {
        uint64_t begin = s.talk.said;

        server_say(&s, "* X-MANY");
        for (int i = 0; i < 1000; i++) {
            server_say(&s, " {2083}\r\n");
            server_repeat(&s, "a", 2083);
        }
        server_say(&s, " ");
        server_repeat(&s, "b", rest - 1 + over);
        server_say(&s, "\r\n");
        if (over)
            check_skipped(begin, 2 * MIB + 1);
        else
            check_read();
    }
}
END_TEST

START_TEST(section)
{
    for (uint64_t over = 0; over < 2; over++) {
        char head[100];

        server_fetch_section(&s, "", IMAP4_SECTION_COLLECT, 0);
        snprintf(head, sizeof head, "* 1 FETCH (UID 5 BODY[] {%" PRIu64 "}\r\n", 64 * MIB + over);
        server_say(&s, head);
        server_repeat(&s, "a", 64 * MIB + over);
        server_say(&s, ")\r\n");
        ck_assert_uint_eq(s.fetches, 1);
        ck_assert_uint_eq(s.truncated, over);
        ck_assert_uint_eq(s.kept, 64 * MIB);
        dialogue_line(&s.talk, "$ OK done");
        server_forget(&s);
    }
}
END_TEST

/* UID SEARCH ALL, answered with so many numbers, all of nine digits and none next to another. */
static void say_numbers(uint64_t count)
{
    imap4_search_keys *keys;
    char some[10 * 100 + 1];
    uint64_t number = 100000001;

    ck_assert_int_eq(imap4_search_keys_new(&keys, NULL), IMAP4_OK);
    imap4_search_keys_flag(keys, IMAP4_SEARCH_ALL);
    ck_assert_int_eq(imap4_search(s.talk.conn, keys, &s.request), IMAP4_OK);
    imap4_search_keys_free(keys);
    dialogue_pump(&s.talk);
    server_forget(&s);
    server_say(&s, "* SEARCH");
    while (count > 0) {
        size_t len = 0;

        for (; count > 0 && len < 10 * 100; count--, number += 2)
            len += (size_t)snprintf(some + len, sizeof some - len, " %" PRIu64, number);
        server_say(&s, some);
    }
    server_say(&s, "\r\n");
}

START_TEST(numbers)
{
    uint64_t fits = 1;
    uint64_t too_many = 600000;

    finish();
    server_init(&s, IMAP4_PRESET_DEFAULT);
    imap4_options_set(s.options, IMAP4_OPTION_NUMBERS_LIMIT, MIB);
    server_open(&s);
    while (too_many - fits > 1) {
        uint64_t middle = (fits + too_many) / 2;

        say_numbers(middle);
        if (s.damages == 0) {
            ck_assert_uint_le(s.largest, MIB + 4096);
            fits = middle;
        } else {
            check_skipped(s.offset, 8 + 10 * middle);
            too_many = middle;
        }
        dialogue_line(&s.talk, "$ OK done");
    }
    printf("limits: numbers in 1 MiB: %" PRIu64 "\n", fits);
    ck_assert_uint_ge(fits * 4, MIB * 9 / 10);
}
END_TEST

/* What is asked for must not be the reason why others get much: lists that nobody asked for. */
START_TEST(numbers_unasked)
{
    uint64_t begin = s.talk.said;

    server_say(&s, "* SEARCH");
    server_repeat(&s, " 100000001 100000003", 20 * 200000);
    server_say(&s, "\r\n");
    check_read();
    begin = s.talk.said;
    server_say(&s, "* SEARCH");
    server_repeat(&s, " 100000001 100000003", 20 * 270000);
    server_say(&s, "\r\n");
    check_skipped(begin, 8 + 20 * 270000);
}
END_TEST

static size_t longest_chunk;

static void see_chunks(void *user, const imap4_event *event)
{
    (void)user;
    if (event->kind == IMAP4_EVENT_BODY_CHUNK && event->data.chunk->len > longest_chunk)
        longest_chunk = event->data.chunk->len;
}

START_TEST(chunks)
{
    s.room = MIB;
    server_fetch_section(&s, "", IMAP4_SECTION_STREAM, 0);
    s.talk.see = see_chunks;
    server_say(&s, "* 1 FETCH (UID 5 BODY[] {4194304}\r\n");
    server_repeat(&s, "a", 4 * MIB);
    server_say(&s, ")\r\n");
    dialogue_line(&s.talk, "$ OK done");
    ck_assert_uint_eq(longest_chunk, 65536);
    server_close(&s);
    start();
}
END_TEST

Suite *exact_suite(void)
{
    const TTest *const tests[] = {
        line, response, response_of_many_literals, section, numbers, numbers_unasked, chunks, NULL,
    };
    Suite *suite = suite_create("exact");

    tcase_add_checked_fixture(suite_tests(suite, "exact", tests), start, finish);
    return suite;
}
