/* Whose turn it is: what imap4_client_next() and imap4_client_wait() hand out, against scripted servers. */
#include <imap4/client.h>
#include <imap4/command.h>

#include "unit/net/script.h"

#include <stdio.h>
#include <stdlib.h>

Suite *next_suite(void);

START_TEST(waiting_gives_the_status)
{
    peer it = {0};
    imap4_client *client = opened(&it, obliging, 0, 0);
    imap4_conn *conn = imap4_client_conn(client);
    imap4_status status = IMAP4_STATUS_BAD;
    const imap4_event *event;
    uint64_t noop;
    uint64_t logout;

    ck_assert_ptr_null(imap4_client_done(client));
    ck_assert_ptr_null(imap4_client_user(client));
    ck_assert_int_eq(imap4_noop(conn, &noop), IMAP4_OK);
    ck_assert_int_eq(imap4_client_wait(client, noop, &status), IMAP4_DONE);
    ck_assert_int_eq(status, IMAP4_STATUS_OK);
    ck_assert_ptr_nonnull(imap4_client_done(client));
    ck_assert_int_eq(imap4_client_done(client)->outcome, IMAP4_OUTCOME_ANSWERED);
    ck_assert_int_eq(imap4_client_wait(client, noop, &status), IMAP4_ERROR_STATE); /* it has ended, and was said so */
    ck_assert_int_eq(imap4_client_wait(client, 0, &status), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_client_next(client, 0, &event), IMAP4_EVENT);
    ck_assert_int_eq(event->kind, IMAP4_EVENT_GREETING);
    ck_assert_int_eq(imap4_logout(conn, &logout), IMAP4_OK);
    ck_assert_int_eq(imap4_client_wait(client, logout, NULL), IMAP4_DONE);
    while (imap4_client_next(client, 0, &event) == IMAP4_EVENT)
        continue;
    ck_assert_int_eq(imap4_client_next(client, 0, &event), IMAP4_ERROR_CLOSED);
    imap4_client_free(client);
    peer_join(&it);
}
END_TEST

/* A FETCH with it->number messages, then what comes. */
static void flood(peer *it)
{
    char line[64];

    say(it, HELLO);
    while (hear(it)) {
        if (strstr(it->line, "SELECT") != NULL) {
            snprintf(line, sizeof line, "* %zu EXISTS\r\n", it->number);
            say(it, line);
        } else if (strstr(it->line, "FETCH") != NULL) {
            char *all = malloc(it->number * 64);
            size_t len = 0;
            for (size_t i = 1; i <= it->number; i++)
                len += (size_t)sprintf(all + len, "* %zu FETCH (UID %zu FLAGS (\\Seen))\r\n", i, i);
            say_bytes(it, all, len);
            free(all);
        }
        say(it, "% OK done\r\n");
    }
}

/* A request whose end was read: asking for it again must not wait for what cannot come, whatever else is pending. */
START_TEST(an_ended_request_says_so)
{
    peer it = {.number = 1};
    imap4_client *client = opened(&it, flood, 0, 0);
    imap4_conn *conn = imap4_client_conn(client);
    const imap4_event *event;
    imap4_status status;
    uint64_t noop;
    int result;

    ck_assert_int_eq(imap4_noop(conn, &noop), IMAP4_OK);
    while ((result = imap4_client_next(client, noop, &event)) == IMAP4_EVENT)
        ck_assert_ptr_null(imap4_client_done(client));
    ck_assert_int_eq(result, IMAP4_DONE);
    ck_assert_ptr_eq(imap4_client_done(client), event->data.done);
    ck_assert_int_eq(imap4_request_pending(conn, noop), 0);
    ck_assert_int_eq(imap4_client_next(client, noop, &event), IMAP4_ERROR_STATE);
    ck_assert_ptr_null(imap4_client_done(client));
    ck_assert_int_eq(imap4_client_wait(client, noop, &status), IMAP4_ERROR_STATE);
    ck_assert_int_eq(imap4_client_next(client, 12345, &event), IMAP4_ERROR_STATE);
    imap4_client_free(client);
    peer_join(&it);
}
END_TEST

/* Whoever waits for hundreds of requests in turn must not be told to read their own events. */
START_TEST(waiting_keeps_nothing_of_its_own)
{
    peer it = {.number = 3};
    imap4_client *client = opened(&it, flood, 0, 0);
    imap4_conn *conn = imap4_client_conn(client);
    imap4_status status;
    uint64_t select;

    for (int i = 0; i < 1500; i++) {
        ck_assert_int_eq(imap4_select(conn, "INBOX", &select), IMAP4_OK);
        ck_assert_int_eq(imap4_client_wait(client, select, &status), IMAP4_DONE);
        ck_assert_int_eq(status, IMAP4_STATUS_OK);
        ck_assert_uint_eq(imap4_conn_view(conn)->exists, 3);
    }
    imap4_client_free(client);
    peer_join(&it);
}
END_TEST

/* The whole size in `test/run long unit`, a part of it otherwise. */
static size_t scaled(size_t whole)
{
    if (getenv("IMAP4_TEST_LONG") != NULL)
        return whole;
    return whole / (getenv("IMAP4_TEST_SHORT") != NULL ? 64 : 16);
}

START_TEST(noop_behind_a_large_fetch)
{
    peer it = {.number = scaled(1000000)};
    imap4_client *client = opened(&it, flood, 0, 0);
    imap4_conn *conn = imap4_client_conn(client);
    imap4_uid_set *set;
    imap4_fetch_items *items;
    const imap4_event *event;
    imap4_status status;
    uint64_t select;
    uint64_t fetch;
    uint64_t noop;
    size_t seen = 0;
    size_t drains = 0;
    int fetch_done = 0;
    int result;

    ck_assert_int_eq(imap4_select(conn, "INBOX", &select), IMAP4_OK);
    ck_assert_int_eq(imap4_client_wait(client, select, &status), IMAP4_DONE);
    imap4_uid_set_new(&set, NULL);
    imap4_uid_set_add(set, 1, IMAP4_SET_STAR);
    imap4_fetch_items_new(&items, NULL);
    imap4_fetch_items_add(items, IMAP4_FETCH_FLAGS);
    ck_assert_int_eq(imap4_fetch(conn, set, items, &fetch), IMAP4_OK);
    ck_assert_int_eq(imap4_noop(conn, &noop), IMAP4_OK);
    while ((result = imap4_client_wait(client, noop, &status)) == IMAP4_DRAIN) {
        drains++;
        /* Asked again, it says the same and does not read on. */
        ck_assert_int_eq(imap4_client_wait(client, noop, &status), IMAP4_DRAIN);
        /* What is unasked comes without draining: the greeting, changes of SELECT. */
        while ((result = imap4_client_next(client, noop, &event)) == IMAP4_EVENT)
            ck_assert_uint_ne(event->request, fetch);
        ck_assert_int_eq(result, IMAP4_DRAIN);
        ck_assert_uint_eq(imap4_client_drain(client), fetch);
        while (!fetch_done && imap4_client_drain(client) == fetch) {
            result = imap4_client_next(client, fetch, &event);
            if (result == IMAP4_DONE)
                fetch_done = 1;
            else if (event->kind == IMAP4_EVENT_FETCH && event->request == fetch)
                ck_assert_uint_eq(event->data.fetch->uid, ++seen);
            if (result != IMAP4_EVENT)
                break;
        }
    }
    ck_assert_int_eq(result, IMAP4_DONE);
    ck_assert_int_eq(status, IMAP4_STATUS_OK);
    ck_assert_uint_ge(drains, 1);
    while (!fetch_done) {
        result = imap4_client_next(client, fetch, &event);
        ck_assert_int_ge(result, 1);
        fetch_done = result == IMAP4_DONE;
        if (event->kind == IMAP4_EVENT_FETCH)
            ck_assert_uint_eq(event->data.fetch->uid, ++seen);
    }
    ck_assert_uint_eq(seen, it.number);
    imap4_uid_set_free(set);
    imap4_fetch_items_free(items);
    imap4_client_free(client);
    peer_join(&it);
}
END_TEST

START_TEST(changes_come_in_order_whatever_is_asked)
{
    peer it = {.number = 1, .text = "* 4 EXISTS\r\n* LIST () \"/\" x\r\n* 5 EXISTS\r\n* 1 EXPUNGE\r\n"};
    imap4_client *client = opened(&it, obliging, 0, 0);
    imap4_conn *conn = imap4_client_conn(client);
    const imap4_event *event;
    uint64_t select;
    uint64_t list;
    uint64_t noop;
    uint64_t expected = 4;
    int result;

    imap4_select(conn, "INBOX", &select);
    ck_assert_int_eq(imap4_client_wait(client, select, NULL), IMAP4_DONE);
    while (imap4_client_timeout_ms(client) == 0 && imap4_client_next(client, select, &event) == IMAP4_EVENT &&
           event->kind != IMAP4_EVENT_VIEW)
        continue;
    imap4_list(conn, "", "x", &list);
    imap4_noop(conn, &noop);
    imap4_client_set_timeout(client, 5000);
    while ((result = imap4_client_next(client, noop, &event)) == IMAP4_EVENT) {
        ck_assert_int_ne(event->kind, IMAP4_EVENT_LIST);
        if (event->kind == IMAP4_EVENT_EXISTS && event->data.number > 3) {
            ck_assert_uint_eq(event->data.number, expected);
            expected = expected == 4 ? 5 : 4;
        }
    }
    ck_assert_int_eq(result, IMAP4_DONE);
    /* The list was kept, and its end. */
    ck_assert_int_eq(imap4_client_next(client, list, &event), IMAP4_EVENT);
    ck_assert_int_eq(event->kind, IMAP4_EVENT_LIST);
    {
        imap4_event *own = imap4_client_keep(client);
        ck_assert_ptr_nonnull(own);
        ck_assert_ptr_null(imap4_client_keep(client));
        ck_assert_int_eq(imap4_client_next(client, list, &event), IMAP4_DONE);
        ck_assert_int_eq(own->kind, IMAP4_EVENT_LIST);
        imap4_event_free(own);
    }
    imap4_client_free(client);
    peer_join(&it);
}
END_TEST

/* Reads the APPEND command, talks a lot, and only then reads the literal. */
static void talkative(peer *it)
{
    char filler[1025];

    memset(filler, 'x', sizeof filler - 1);
    memcpy(filler, "* OK ", 5);
    memcpy(filler + sizeof filler - 3, "\r\n", 3);
    say(it, HELLO);
    hear(it);
    for (size_t i = 0; i < 16384; i++)
        say_bytes(it, filler, sizeof filler - 1);
    swallow(it, it->number);
    peer rest = *it;
    hear(&rest); /* the CRLF behind it */
    say(it, "% OK [APPENDUID 1 7] done\r\n");
    while (hear(it))
        continue;
}

#define MEBIBYTE (1024u * 1024u)

START_TEST(append_from_memory_to_a_talkative_server)
{
    peer it = {.number = scaled(64 * MEBIBYTE)};
    imap4_client *client = opened(&it, talkative, 0, 0);
    char *message = malloc(it.number);
    const imap4_event *event;
    imap4_status status;
    uint64_t append;
    size_t lines = 0;
    int result;

    memset(message, 'm', it.number);
    ck_assert_int_eq(imap4_append(imap4_client_conn(client), "INBOX", NULL, NULL, message, it.number, &append),
                     IMAP4_OK);
    free(message);
    imap4_client_set_timeout(client, 300000);
    while ((result = imap4_client_wait(client, append, &status)) == IMAP4_DRAIN) {
        ck_assert_uint_eq(imap4_client_drain(client), 0);
        for (int i = 0; i < 900; i++) {
            ck_assert_int_eq(imap4_client_next(client, 0, &event), IMAP4_EVENT);
            lines += event->kind == IMAP4_EVENT_TEXT;
        }
    }
    ck_assert_int_eq(result, IMAP4_DONE);
    ck_assert_int_eq(status, IMAP4_STATUS_OK);
    ck_assert_int_eq(imap4_client_done(client)->text->code, IMAP4_CODE_APPENDUID);
    imap4_client_set_timeout(client, 0);
    while (imap4_client_next(client, 0, &event) == IMAP4_EVENT)
        lines += event->kind == IMAP4_EVENT_TEXT;
    ck_assert_uint_eq(lines, 16384);
    imap4_client_free(client);
    peer_join(&it);
    ck_assert_uint_eq(it.swallowed, it.number);
}
END_TEST

START_TEST(append_as_a_stream_to_a_talkative_server)
{
    static char piece[50000];
    peer it = {.number = scaled(64 * MEBIBYTE)};
    imap4_client *client = opened(&it, talkative, 0, 0);
    imap4_conn *conn = imap4_client_conn(client);
    const imap4_event *event;
    imap4_status status;
    uint64_t append;
    size_t lines = 0;
    uint64_t left = it.number;
    int result;

    memset(piece, 'm', sizeof piece);
    ck_assert_int_eq(imap4_append_stream(conn, "INBOX", NULL, NULL, left, &append), IMAP4_OK);
    imap4_client_set_timeout(client, 300000);
    while ((result = imap4_client_wait(client, append, &status)) == IMAP4_DRAIN || result == IMAP4_EVENT) {
        const int is_wanted = result == IMAP4_EVENT;
        ck_assert_int_eq(imap4_client_next(client, is_wanted ? append : 0, &event), IMAP4_EVENT);
        if (is_wanted)
            ck_assert_int_eq(event->kind, IMAP4_EVENT_WANTED); /* before anything else that is kept */
        lines += event->kind == IMAP4_EVENT_TEXT;
        if (event->kind == IMAP4_EVENT_WANTED) {
            size_t taken = 0;
            ck_assert_uint_eq(event->request, append);
            ck_assert_uint_eq(event->data.wanted->amount, left);
            const size_t part = left < sizeof piece ? (size_t)left : sizeof piece;
            ck_assert_int_eq(imap4_supply(conn, append, piece, part, &taken), IMAP4_OK);
            ck_assert_uint_gt(taken, 0);
            left -= taken;
        }
    }
    ck_assert_int_eq(result, IMAP4_DONE);
    ck_assert_int_eq(status, IMAP4_STATUS_OK);
    ck_assert_uint_eq(left, 0);
    imap4_client_set_timeout(client, 0);
    while (imap4_client_next(client, 0, &event) == IMAP4_EVENT)
        lines += event->kind == IMAP4_EVENT_TEXT;
    ck_assert_uint_eq(lines, 16384);
    imap4_client_free(client);
    peer_join(&it);
    ck_assert_uint_eq(it.swallowed, it.number);
}
END_TEST

static void *wake_later(void *user)
{
    poll(NULL, 0, 100);
    imap4_client_wake(user);
    return NULL;
}

START_TEST(waking_is_sticky_and_counts_once)
{
    peer it = {.text = HELLO};
    imap4_client *client = opened(&it, silent, 0, 0);
    const imap4_event *event;
    pthread_t thread;
    uint64_t start;
    uint64_t noop;

    imap4_client_wake(client);
    imap4_client_wake(client);
    ck_assert_int_eq(imap4_client_next(client, 0, &event), IMAP4_WOKEN);
    ck_assert_int_eq(imap4_client_next(client, 0, &event), IMAP4_EVENT);
    imap4_noop(imap4_client_conn(client), &noop);
    start = now_ms();
    pthread_create(&thread, NULL, wake_later, client);
    ck_assert_int_eq(imap4_client_wait(client, noop, NULL), IMAP4_WOKEN);
    pthread_join(thread, NULL);
    ck_assert_uint_ge(now_ms() - start, 90);
    imap4_client_set_timeout(client, 50);
    start = now_ms();
    ck_assert_int_eq(imap4_client_wait(client, noop, NULL), IMAP4_AGAIN);
    ck_assert_uint_ge(now_ms() - start, 50);
    imap4_client_free(client);
    peer_join(&it);
}
END_TEST

START_TEST(event_loop_never_waits_inside)
{
    peer it = {.text = "* OK between\r\n"};
    imap4_client *client = opened(&it, obliging, 0, 0);
    imap4_conn *conn = imap4_client_conn(client);
    imap4_pollfd fds[16];
    size_t count;
    uint64_t generation = 0;
    uint64_t before;
    uint64_t noop = 0;
    int made = 0;
    int done = 0;
    int loops = 0;

    imap4_client_set_timeout(client, 0);
    ck_assert_int_eq(imap4_client_pollfds(client, NULL, 0, &count, &before), IMAP4_OK);
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(imap4_client_pollfds(client, fds, 16, &count, &generation), IMAP4_OK);
    ck_assert_uint_eq(before, generation);
    while (done < 3) {
        struct pollfd real[16];
        const imap4_event *event;
        int result;
        ck_assert_int_lt(++loops, 1000);
        if (made == done && made < 3) {
            ck_assert_int_eq(imap4_noop(conn, &noop), IMAP4_OK);
            made++;
        }
        ck_assert_int_eq(imap4_client_pollfds(client, fds, 16, &count, NULL), IMAP4_OK);
        for (size_t i = 0; i < count; i++) {
            real[i].fd = (int)fds[i].fd;
            real[i].events = (short)((fds[i].events & IMAP4_POLL_READ ? POLLIN : 0) |
                                     (fds[i].events & IMAP4_POLL_WRITE ? POLLOUT : 0));
        }
        ck_assert_int_ge(poll(real, (nfds_t)count, (int)imap4_client_timeout_ms(client)), 0);
        while ((result = imap4_client_next(client, 0, &event)) == IMAP4_EVENT)
            done += event->kind == IMAP4_EVENT_DONE && event->request == noop;
        ck_assert_int_eq(result, IMAP4_AGAIN);
    }
    ck_assert_int_ne((int)imap4_client_timeout_ms(client), 0);
    ck_assert_int_lt(loops, 100); /* no spinning */
    imap4_client_free(client);
    peer_join(&it);
}
END_TEST

static void answer_the_first(peer *it)
{
    say(it, HELLO);
    hear(it);
    poll(NULL, 0, 50);
    say(it, "% OK done\r\n");
    while (hear(it))
        continue;
}

START_TEST(kept_events_are_not_slept_over)
{
    peer it = {0};
    imap4_client *client = opened(&it, answer_the_first, 0, 0);
    imap4_conn *conn = imap4_client_conn(client);
    const imap4_event *event;
    uint64_t first;
    uint64_t second;
    int result;

    ck_assert_int_eq(imap4_client_next(client, 0, &event), IMAP4_EVENT);
    ck_assert_int_eq(event->kind, IMAP4_EVENT_GREETING);
    imap4_client_set_timeout(client, 0);
    imap4_noop(conn, &first);
    imap4_noop(conn, &second);
    /* The first is asked for before the second reads its end from the engine and puts it by: no time to sleep. */
    while ((result = imap4_client_next(client, first, &event)) == IMAP4_EVENT)
        continue;
    ck_assert_int_eq(result, IMAP4_AGAIN);
    poll(NULL, 0, 200);
    while ((result = imap4_client_next(client, second, &event)) == IMAP4_EVENT)
        continue;
    ck_assert_int_eq(result, IMAP4_AGAIN);
    ck_assert_int_eq((int)imap4_client_timeout_ms(client), 0);
    ck_assert_int_eq((int)imap4_client_timeout_ms(client), 0);
    /* Passed over once more, it is left to its own: a loop must not spin. */
    ck_assert_int_eq(imap4_client_next(client, second, &event), IMAP4_AGAIN);
    ck_assert_int_gt((int)imap4_client_timeout_ms(client), 0);
    while ((result = imap4_client_next(client, first, &event)) == IMAP4_EVENT)
        continue;
    ck_assert_int_eq(result, IMAP4_DONE);
    imap4_client_free(client);
    peer_join(&it);
}
END_TEST

Suite *next_suite(void)
{
    const TTest *const tests[] = {waiting_gives_the_status,
                                  an_ended_request_says_so,
                                  waiting_keeps_nothing_of_its_own,
                                  noop_behind_a_large_fetch,
                                  changes_come_in_order_whatever_is_asked,
                                  append_from_memory_to_a_talkative_server,
                                  append_as_a_stream_to_a_talkative_server,
                                  waking_is_sticky_and_counts_once,
                                  event_loop_never_waits_inside,
                                  kept_events_are_not_slept_over,
                                  NULL};
    Suite *suite = suite_create("next");

    suite_tests(suite, "next", tests);
    return suite;
}
