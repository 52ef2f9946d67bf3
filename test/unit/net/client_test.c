/* The client against scripted servers. */
#include <imap4/client.h>
#include <imap4/command.h>

#include "support/memory.h"
#include "support/suite.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

Suite *client_suite(void);

#define HELLO "* PREAUTH [CAPABILITY IMAP4rev1 LITERAL+ UIDPLUS] hello\r\n"

/* A scripted server: a thread at the other end of a socketpair, or behind a port. */
typedef struct peer {
    int fd;
    int listener; /* -1: a socketpair */
    uint16_t port;
    pthread_t thread;
    void (*script)(struct peer *it);
    char line[4096]; /* read last, without CRLF */
    char tag[64];    /* its first word */
    size_t lines;    /* read so far */
    size_t swallowed;
    size_t number; /* for the test and its script */
    const char *text;
} peer;

static void say_bytes(peer *it, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t moved = send(it->fd, data, len, MSG_NOSIGNAL);
        if (moved <= 0)
            return;
        data += moved;
        len -= (size_t)moved;
    }
}

/* All at once. `%` stands for the tag that was read last. */
static void say(peer *it, const char *text)
{
    char all[4096];
    size_t len = 0;

    for (; *text != '\0' && len + sizeof it->tag < sizeof all; text++) {
        if (*text != '%') {
            all[len++] = *text;
            continue;
        }
        memcpy(all + len, it->tag, strlen(it->tag));
        len += strlen(it->tag);
    }
    say_bytes(it, all, len);
}

/* Reads a line; 0 at the end. */
static int hear(peer *it)
{
    size_t len = 0;
    char c;

    while (len + 1 < sizeof it->line) {
        if (read(it->fd, &c, 1) != 1)
            return 0;
        it->line[len++] = c;
        if (c == '\n')
            break;
    }
    it->line[len < 2 ? 0 : len - 2] = '\0';
    len = strcspn(it->line, " ");
    if (len < sizeof it->tag) {
        memcpy(it->tag, it->line, len);
        it->tag[len] = '\0';
    }
    it->lines++;
    return 1;
}

static void swallow(peer *it, size_t size)
{
    static char waste[65536];

    while (size > 0) {
        ssize_t moved = read(it->fd, waste, size < sizeof waste ? size : sizeof waste);
        if (moved <= 0)
            return;
        it->swallowed += (size_t)moved;
        size -= (size_t)moved;
    }
}

static void *run_script(void *user)
{
    peer *it = user;

    if (it->listener >= 0)
        it->fd = accept(it->listener, NULL, NULL);
    it->script(it);
    close(it->fd);
    return NULL;
}

static int peer_start(peer *it, void (*script)(peer *it))
{
    int fds[2];

    it->listener = -1;
    it->script = script;
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    it->fd = fds[1];
    ck_assert_int_eq(pthread_create(&it->thread, NULL, run_script, it), 0);
    return fds[0];
}

static void peer_listen(peer *it, void (*script)(peer *it))
{
    struct sockaddr_in address;
    socklen_t len = sizeof address;

    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    it->script = script;
    it->listener = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(it->listener, (struct sockaddr *)&address, sizeof address), 0);
    ck_assert_int_eq(listen(it->listener, 5), 0);
    ck_assert_int_eq(getsockname(it->listener, (struct sockaddr *)&address, &len), 0);
    it->port = ntohs(address.sin_port);
    ck_assert_int_eq(pthread_create(&it->thread, NULL, run_script, it), 0);
}

static void peer_join(peer *it)
{
    pthread_join(it->thread, NULL);
    if (it->listener >= 0)
        close(it->listener);
}

static imap4_client *client_with(int option, uint64_t value)
{
    imap4_options *options;
    imap4_client *client;

    ck_assert_int_eq(imap4_options_new(&options, NULL), IMAP4_OK);
    if (option != 0)
        ck_assert_int_eq(imap4_options_set(options, option, value), IMAP4_OK);
    ck_assert_int_eq(imap4_client_new(&client, options), IMAP4_OK);
    imap4_options_free(options);
    return client;
}

static imap4_client *opened(peer *it, void (*script)(peer *it), int option, uint64_t value)
{
    imap4_client *client = client_with(option, value);
    int fd = peer_start(it, script);

    ck_assert_int_eq(imap4_client_open_fds(client, fd, fd, IMAP4_SECURITY_LOCAL), IMAP4_OK);
    return client;
}

static uint64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* Greets, answers every command with OK, says `text` before the answer; with `number` 1 to LIST alone. */
static void obliging(peer *it)
{
    say(it, HELLO);
    while (hear(it)) {
        if (strstr(it->line, "SELECT") != NULL)
            say(it, "* 3 EXISTS\r\n* FLAGS (\\Seen)\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 4] x\r\n"
                    "% OK [READ-WRITE] done\r\n");
        else if (strstr(it->line, "LOGOUT") != NULL)
            say(it, "* BYE bye\r\n% OK done\r\n");
        else {
            if (it->text != NULL && (it->number == 0 || strstr(it->line, "LIST") != NULL))
                say(it, it->text);
            say(it, "% OK done\r\n");
        }
    }
}

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

START_TEST(noop_behind_a_large_fetch)
{
    peer it = {.number = 100000};
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
            ck_assert_int_ne(event->request, fetch);
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
    peer it = {.number = 64 * MEBIBYTE};
    imap4_client *client = opened(&it, talkative, 0, 0);
    char *message = malloc(it.number);
    const imap4_event *event;
    imap4_status status;
    uint64_t append;
    size_t lines = 0;
    int result;

    memset(message, 'm', it.number);
    ck_assert_int_eq(imap4_append(imap4_client_conn(client), "INBOX", NULL, NULL, message, it.number, &append), IMAP4_OK);
    free(message);
    imap4_client_set_timeout(client, 30000);
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
    peer it = {.number = 64 * MEBIBYTE};
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
    imap4_client_set_timeout(client, 30000);
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
            ck_assert_int_eq(imap4_supply(conn, append, piece, left < sizeof piece ? (size_t)left : sizeof piece, &taken),
                             IMAP4_OK);
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

static void silent(peer *it)
{
    if (it->text != NULL)
        say(it, it->text);
    while (hear(it))
        continue;
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
    ck_assert_uint_lt(now_ms() - start, 2000);
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

static void hang_up(peer *it)
{
    say(it, HELLO);
    hear(it);
    if (it->text != NULL)
        say(it, it->text);
}

START_TEST(end_in_the_middle_leaves_the_outcome_unknown)
{
    peer it = {.text = "* OK this line is not complete"};
    imap4_client *client = opened(&it, hang_up, 0, 0);
    imap4_conn *conn = imap4_client_conn(client);
    const imap4_event *event;
    imap4_status status;
    uint64_t noop;
    uint64_t check;

    imap4_noop(conn, &noop);
    ck_assert_int_eq(imap4_client_wait(client, noop, &status), IMAP4_DONE);
    ck_assert_int_eq(status, IMAP4_STATUS_NONE);
    ck_assert_int_eq(imap4_client_done(client)->outcome, IMAP4_OUTCOME_UNKNOWN);
    ck_assert_int_eq(imap4_client_done(client)->result, IMAP4_ERROR_EOF);
    while (imap4_client_next(client, 0, &event) == IMAP4_EVENT)
        continue;
    ck_assert_int_eq(imap4_client_next(client, 0, &event), IMAP4_ERROR_CLOSED);
    ck_assert_int_eq(imap4_client_error(client)->result, IMAP4_ERROR_EOF);
    ck_assert_int_eq(imap4_noop(conn, &check), IMAP4_ERROR_CLOSED);
    ck_assert_int_eq((int)imap4_client_timeout_ms(client), -1);
    imap4_client_free(client);
    peer_join(&it);
}
END_TEST

START_TEST(writing_to_nobody_is_no_signal)
{
    int in[2];
    int out[2];
    imap4_client *client = client_with(0, 0);
    uint64_t noop;
    imap4_status status;

    /* A child that said hello and died. */
    ck_assert_int_eq(pipe(in), 0);
    ck_assert_int_eq(pipe(out), 0);
    ck_assert_int_eq(write(in[1], HELLO, sizeof HELLO - 1), (ssize_t)sizeof HELLO - 1);
    close(out[0]);
    ck_assert_int_eq(imap4_client_open_fds(client, in[0], out[1], IMAP4_SECURITY_LOCAL), IMAP4_OK);
    imap4_noop(imap4_client_conn(client), &noop);
    imap4_client_set_timeout(client, 100);
    ck_assert_int_eq(imap4_client_wait(client, noop, &status), IMAP4_AGAIN); /* it may still have something to say */
    close(in[1]);
    ck_assert_int_eq(imap4_client_wait(client, noop, &status), IMAP4_DONE);
    ck_assert_int_eq(status, IMAP4_STATUS_NONE);
    ck_assert_int_eq(imap4_client_done(client)->outcome, IMAP4_OUTCOME_NOT_SENT);
    ck_assert_int_eq(imap4_client_error(client)->result, IMAP4_ERROR_NETWORK);
    ck_assert_int_ne(imap4_client_error(client)->system, 0);
    imap4_client_free(client);
}
END_TEST

START_TEST(black_holes_have_a_deadline)
{
    static const struct {
        int option;
        const char *text;
        int outcome;
    } rows[] = {
        {IMAP4_OPTION_GREETING_TIMEOUT, NULL, IMAP4_OUTCOME_NOT_SENT},
        {IMAP4_OPTION_GREETING_TIMEOUT, "* OK half a gree", IMAP4_OUTCOME_NOT_SENT},
        {IMAP4_OPTION_COMMAND_TIMEOUT, HELLO, IMAP4_OUTCOME_UNKNOWN},
        {IMAP4_OPTION_COMMAND_TIMEOUT, HELLO "* OK half a li", IMAP4_OUTCOME_UNKNOWN},
        {IMAP4_OPTION_COMMAND_TIMEOUT, HELLO "* LIST () \"/\" {100}\r\nhalf a literal", IMAP4_OUTCOME_UNKNOWN},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        peer it = {.text = rows[i].text};
        imap4_client *client = opened(&it, silent, rows[i].option, 300);
        uint64_t start = now_ms();
        uint64_t noop;
        imap4_status status;
        imap4_noop(imap4_client_conn(client), &noop);
        ck_assert_int_eq(imap4_client_wait(client, noop, &status), IMAP4_DONE);
        ck_assert_int_eq(status, IMAP4_STATUS_NONE);
        ck_assert_int_eq(imap4_client_done(client)->outcome, rows[i].outcome);
        ck_assert_int_eq(imap4_client_done(client)->result, IMAP4_ERROR_TIMEOUT);
        ck_assert_uint_ge(now_ms() - start, 290);
        ck_assert_uint_lt(now_ms() - start, 900);
        ck_assert_int_eq(imap4_client_error(client)->result, IMAP4_ERROR_TIMEOUT);
        imap4_client_free(client);
        peer_join(&it);
    }
}
END_TEST

static void answer_starttls(peer *it)
{
    say(it, it->text);
    while (hear(it)) {
        if (strstr(it->line, "LOGIN") != NULL || strstr(it->line, "NOOP") != NULL)
            it->number++;
        if (strstr(it->line, "CAPABILITY") != NULL)
            say(it, "* CAPABILITY IMAP4rev1\r\n% OK done\r\n");
        else if (strstr(it->line, "STARTTLS") != NULL)
            say(it, it->swallowed == 1 ? "% NO not today\r\n" : it->swallowed == 2 ? "% BAD what\r\n"
                                                                                   : "% OK go\r\n* OK injected\r\n");
        else
            say(it, "% OK done\r\n");
    }
}

#if IMAP4_HAVE_TLS
START_TEST(without_starttls_nothing_is_said)
{
    static const struct {
        const char *greeting;
        size_t answer;
        const char *message; /* part of the client's; NULL: the engine's own */
    } rows[] = {
        {"* OK [CAPABILITY IMAP4rev1] hi\r\n", 0, "does not offer STARTTLS"},
        {"* OK hi\r\n", 0, "does not offer STARTTLS"},
        {"* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n", 1, "refused STARTTLS"},
        {"* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n", 2, "refused STARTTLS"},
        {"* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n", 3, NULL},
        {"* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n", 0, NULL},
    };

    /* The last round allows clear text, and still there is none. */
    for (int allow = 0; allow < 2; allow++) {
        for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
            peer it = {.text = rows[i].greeting, .swallowed = rows[i].answer};
            imap4_options *options;
            imap4_client *client;
            const imap4_event *event;
            char url[64];
            uint64_t login;
            uint64_t noop;
            imap4_status status;
            int result;
            ck_assert_int_eq(imap4_options_new(&options, NULL), IMAP4_OK);
            imap4_options_set(options, IMAP4_OPTION_ALLOW_CLEAR, (uint64_t)allow);
            imap4_options_set(options, IMAP4_OPTION_ALLOW_CLEAR_PASSWORD, (uint64_t)allow);
            ck_assert_int_eq(imap4_client_new(&client, options), IMAP4_OK);
            imap4_options_free(options);
            peer_listen(&it, answer_starttls);
            snprintf(url, sizeof url, "imap://joe@127.0.0.1:%u", it.port);
            ck_assert_int_eq(imap4_client_open(client, url), IMAP4_OK);
            ck_assert_str_eq(imap4_client_user(client), "joe");
            imap4_login(imap4_client_conn(client), "joe", "secret", &login);
            imap4_noop(imap4_client_conn(client), &noop);
            ck_assert_int_eq(imap4_client_wait(client, login, &status), IMAP4_DONE);
            ck_assert_int_eq(status, IMAP4_STATUS_NONE);
            while ((result = imap4_client_next(client, 0, &event)) == IMAP4_EVENT)
                ck_assert_int_ne((int)event->request, (int)(login < noop ? login - 1 : 0)); /* STARTTLS is not seen */
            ck_assert_int_eq(result, IMAP4_ERROR_CLOSED);
            ck_assert_msg(imap4_client_error(client)->result == IMAP4_ERROR_SECURITY, "row %zu: %s", i,
                          imap4_client_error(client)->message.data);
            if (rows[i].message != NULL)
                ck_assert_ptr_nonnull(strstr(imap4_client_error(client)->message.data, rows[i].message));
            imap4_client_free(client);
            peer_join(&it);
            ck_assert_uint_eq(it.number, 0);
        }
    }
}
END_TEST

static void answer_in_pieces(peer *it)
{
    static const char text[] = "* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n";

    for (size_t i = 0; i < sizeof text - 1; i++) {
        say_bytes(it, text + i, 1);
        poll(NULL, 0, 2);
    }
    while (hear(it) && strstr(it->line, "STARTTLS") == NULL)
        say(it, "* CAPABILITY IMAP4rev1 STARTTLS\r\n% OK done\r\n");
    say(it, "* OK wait");
    poll(NULL, 0, 50);
    say(it, " a little\r\n%");
    poll(NULL, 0, 50);
    say(it, " OK go\r");
    poll(NULL, 0, 50);
    say(it, "\n");
    while (hear(it))
        continue;
}

START_TEST(starttls_may_be_answered_in_pieces)
{
    peer it = {0};
    imap4_client *client = client_with(IMAP4_OPTION_TLS_TIMEOUT, 300);
    char url[64];
    uint64_t login;

    peer_listen(&it, answer_in_pieces);
    snprintf(url, sizeof url, "imap://localhost:%u", it.port);
    ck_assert_int_eq(imap4_client_open(client, url), IMAP4_OK);
    imap4_login(imap4_client_conn(client), "joe", "secret", &login);
    imap4_client_set_timeout(client, 3000);
    ck_assert_int_eq(imap4_client_wait(client, login, NULL), IMAP4_DONE);
    ck_assert_int_eq(imap4_client_done(client)->result, IMAP4_ERROR_TIMEOUT); /* of the handshake: it has begun */
    ck_assert_ptr_nonnull(strstr(imap4_client_error(client)->message.data, "handshake"));
    imap4_client_free(client);
    peer_join(&it);
}
END_TEST

START_TEST(handshake_has_a_deadline)
{
    peer it = {0};
    imap4_client *client = client_with(IMAP4_OPTION_TLS_TIMEOUT, 300);
    uint64_t start = now_ms();
    char url[64];
    uint64_t noop;

    peer_listen(&it, silent);
    snprintf(url, sizeof url, "imaps://localhost:%u/", it.port);
    ck_assert_int_eq(imap4_client_open(client, url), IMAP4_OK);
    ck_assert_int_eq(imap4_client_open(client, url), IMAP4_ERROR_STATE);
    imap4_noop(imap4_client_conn(client), &noop);
    ck_assert_int_eq(imap4_client_wait(client, noop, NULL), IMAP4_DONE);
    ck_assert_int_eq(imap4_client_done(client)->outcome, IMAP4_OUTCOME_NOT_SENT);
    ck_assert_int_eq(imap4_client_error(client)->result, IMAP4_ERROR_TIMEOUT);
    ck_assert_uint_ge(now_ms() - start, 290);
    ck_assert_uint_lt(now_ms() - start, 900);
    imap4_client_free(client);
    peer_join(&it);
}
END_TEST

START_TEST(opening_says_what_is_wrong)
{
    imap4_client *client = client_with(0, 0);
    imap4_options *options;
    const imap4_event *event;
    uint64_t noop;

    ck_assert_int_eq(imap4_client_next(client, 0, &event), IMAP4_ERROR_STATE);
    ck_assert_int_eq(imap4_client_wait(client, 1, NULL), IMAP4_ERROR_STATE);
    ck_assert_int_eq(imap4_client_step(client), IMAP4_ERROR_STATE);
    ck_assert_int_eq((int)imap4_client_timeout_ms(client), -1);
    ck_assert_int_eq(imap4_client_error(client)->result, IMAP4_OK);
    ck_assert_int_eq(imap4_client_open(client, "http://localhost"), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_client_error(client)->result, IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_client_open(client, "imaps://a..b"), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_client_open_fds(client, -1, 0, IMAP4_SECURITY_LOCAL), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_client_open_fds(client, 1000000, 1000000, IMAP4_SECURITY_LOCAL), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_client_open_fds(client, 0, 0, 7), IMAP4_ERROR_ARGUMENT);
    /* None of these was an opening. */
    ck_assert_int_eq(imap4_client_open(client, "imaps://nowhere.invalid"), IMAP4_ERROR_RESOLVE);
    ck_assert_int_eq(imap4_client_error(client)->result, IMAP4_ERROR_RESOLVE);
    ck_assert_int_eq(imap4_client_next(client, 0, &event), IMAP4_ERROR_CLOSED);
    ck_assert_int_eq(imap4_client_open(client, "imaps://localhost"), IMAP4_ERROR_STATE);
    ck_assert_int_eq(imap4_client_error(client)->result, IMAP4_ERROR_RESOLVE);
    imap4_client_free(client);

    imap4_options_new(&options, NULL);
    imap4_options_set_ca_file(options, "/nonexistent");
    ck_assert_int_eq(imap4_client_new(&client, options), IMAP4_OK);
    ck_assert_int_eq(imap4_client_open(client, "imap://localhost"), IMAP4_ERROR_TLS);
    imap4_options_free(options);
    imap4_client_free(client);

    /* What was asked before STARTTLS would be asked in the clear. */
    client = client_with(0, 0);
    imap4_noop(imap4_client_conn(client), &noop);
    ck_assert_int_eq(imap4_client_open(client, "imap://localhost"), IMAP4_ERROR_STATE);
    imap4_client_free(client);
    imap4_client_free(NULL);
}
END_TEST

START_TEST(refused_connections_say_so)
{
    imap4_client *client = client_with(0, 0);
    const imap4_event *event;
    uint64_t noop;

    ck_assert_int_eq(imap4_client_open(client, "imaps://127.0.0.1:1"), IMAP4_OK);
    imap4_noop(imap4_client_conn(client), &noop);
    ck_assert_int_eq(imap4_client_next(client, noop, &event), IMAP4_DONE);
    ck_assert_int_eq(event->data.done->outcome, IMAP4_OUTCOME_NOT_SENT);
    ck_assert_int_eq(event->data.done->result, IMAP4_ERROR_CONNECT);
    ck_assert_int_eq(imap4_client_next(client, noop, &event), IMAP4_ERROR_CLOSED);
    ck_assert_int_eq(imap4_client_error(client)->result, IMAP4_ERROR_CONNECT);
    ck_assert_int_ne(imap4_client_error(client)->system, 0);
    imap4_client_free(client);
}
END_TEST
#endif

START_TEST(every_allocation_may_fail)
{
    test_memory memory;
    size_t fail_at = 1;
    int failed;

    do {
        peer it = {.text = "* OK between\r\n"};
        imap4_options *options;
        imap4_client *client = NULL;
        const imap4_event *event;
        uint64_t noop = 0;
        uint64_t list = 0;
        int fd = peer_start(&it, obliging);
        test_memory_init(&memory, 0);
        ck_assert_int_eq(imap4_options_new(&options, &memory.allocator), IMAP4_OK);
        memory.fail_at = memory.calls + fail_at++;
        if (imap4_client_new(&client, options) == IMAP4_OK) {
            int result = imap4_client_open_fds(client, fd, fd, IMAP4_SECURITY_LOCAL);
            if (result < 0)
                close(fd);
            while (result == IMAP4_OK && imap4_list(imap4_client_conn(client), "", "*", &list) == IMAP4_ERROR_MEMORY)
                continue;
            while (result == IMAP4_OK && imap4_noop(imap4_client_conn(client), &noop) == IMAP4_ERROR_MEMORY)
                continue;
            /* The failure is told once; repeated, the call goes on where it was. */
            while (result == IMAP4_OK && (result = imap4_client_wait(client, noop, NULL)) == IMAP4_ERROR_MEMORY)
                result = IMAP4_OK;
            ck_assert_int_eq(result, IMAP4_DONE);
            ck_assert_int_eq(imap4_client_done(client)->outcome, IMAP4_OUTCOME_ANSWERED);
            while ((result = imap4_client_next(client, list, &event)) == IMAP4_EVENT || result == IMAP4_ERROR_MEMORY)
                continue;
            ck_assert_int_eq(result, IMAP4_DONE);
        } else {
            close(fd);
        }
        failed = memory.failed > 0;
        imap4_client_free(client);
        imap4_options_free(options);
        ck_assert_uint_eq(memory.live, 0);
        peer_join(&it);
    } while (failed);
    ck_assert_uint_ge(fail_at, 8);
}
END_TEST

Suite *client_suite(void)
{
    const TTest *const tests[] = {
        waiting_gives_the_status, noop_behind_a_large_fetch, changes_come_in_order_whatever_is_asked,
        append_from_memory_to_a_talkative_server, append_as_a_stream_to_a_talkative_server,
        waking_is_sticky_and_counts_once, event_loop_never_waits_inside, kept_events_are_not_slept_over,
        end_in_the_middle_leaves_the_outcome_unknown, writing_to_nobody_is_no_signal, black_holes_have_a_deadline,
#if IMAP4_HAVE_TLS
        without_starttls_nothing_is_said, starttls_may_be_answered_in_pieces, handshake_has_a_deadline,
        opening_says_what_is_wrong, refused_connections_say_so,
#endif
        every_allocation_may_fail, NULL};
    Suite *suite = suite_create("client");

    suite_tests(suite, "client", tests);
    return suite;
}
