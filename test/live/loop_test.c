/* The client in an event loop: two of them in one poll(), neither ever waiting by itself. */
#include "live/live.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { DESCRIPTORS = 16, ROUNDS = 5000 };

/* One poll() for all sessions, as long as their deadlines allow. */
static void wait_for_all(session *const *all, size_t count)
{
    struct pollfd polls[DESCRIPTORS];
    nfds_t used = 0;
    int64_t timeout = LIVE_PATIENCE;

    for (size_t i = 0; i < count; i++) {
        imap4_pollfd fds[DESCRIPTORS];
        size_t some = 0;
        int64_t ms = imap4_client_timeout_ms(all[i]->client);
        ck_assert_int_eq(imap4_client_pollfds(all[i]->client, fds, DESCRIPTORS, &some, NULL), IMAP4_OK);
        ck_assert_uint_le(used + some, DESCRIPTORS);
        for (size_t j = 0; j < some; j++, used++) {
            polls[used].fd = (int)fds[j].fd;
            polls[used].events = (short)((fds[j].events & IMAP4_POLL_READ ? POLLIN : 0) |
                                         (fds[j].events & IMAP4_POLL_WRITE ? POLLOUT : 0));
        }
        if (ms >= 0 && ms < timeout)
            timeout = ms;
    }
    ck_assert_int_ge(poll(polls, used, (int)timeout), 0);
}

/* The sessions of the test below, and how far they have come. */
typedef struct pair {
    session *watcher;
    session *changer;
    uint64_t idle;
    uint32_t exists;
    uint32_t flagged;
    uint32_t expunged;
    int ended; /* sessions signed out */
} pair;

static session *begin(const char *scheme)
{
    session *made = session_new(NULL);

    imap4_client_set_timeout(made->client, 0);
    ck_assert_int_eq(imap4_client_open(made->client, live_url(scheme, live_variable("IMAP4_TEST_HOST"))), IMAP4_OK);
    ck_assert_int_eq(imap4_login(made->conn, "alice", live_variable("IMAP4_TEST_PASSWORD"), NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_select(made->conn, "scratch loop", NULL), IMAP4_OK);
    return made;
}

static void append(session *by)
{
    ck_assert_int_eq(imap4_append(by->conn, "scratch loop", NULL, NULL, "Subject: one\r\n\r\n", 16, NULL), IMAP4_OK);
}

static void mark(session *by, uint32_t system)
{
    imap4_uid_set *set = uids_of("1");
    imap4_flags flags = {system, 0, NULL};

    ck_assert_int_eq(imap4_store(by->conn, set, IMAP4_STORE_ADD | IMAP4_STORE_SILENT, &flags, NULL), IMAP4_OK);
    imap4_uid_set_free(set);
}

/* What the watcher sees makes the changer do the next thing. */
static void on_watched(pair *both, const imap4_event *event)
{
    switch (event->kind) {
    case IMAP4_EVENT_IDLE:
        if (event->data.number == 1)
            append(both->changer);
        break;
    case IMAP4_EVENT_EXISTS:
        if (event->data.number == 1 && !both->exists++)
            mark(both->changer, IMAP4_FLAG_FLAGGED);
        break;
    case IMAP4_EVENT_FETCH:
        if ((event->data.fetch->flags->system & IMAP4_FLAG_FLAGGED) && !both->flagged++) {
            mark(both->changer, IMAP4_FLAG_DELETED);
            ck_assert_int_eq(imap4_expunge(both->changer->conn, NULL), IMAP4_OK);
        }
        break;
    case IMAP4_EVENT_EXPUNGE:
        both->expunged++;
        ck_assert_int_eq(imap4_cancel(both->watcher->conn, both->idle), IMAP4_OK);
        ck_assert_int_eq(imap4_logout(both->watcher->conn, NULL), IMAP4_OK);
        ck_assert_int_eq(imap4_logout(both->changer->conn, NULL), IMAP4_OK);
        break;
    default:
        break;
    }
}

/* Reads what there is. Returns 0 when the session has ended. */
static int read_all(pair *both, session *from)
{
    const imap4_event *event;
    int result;

    while ((result = imap4_client_next(from->client, 0, &event)) == IMAP4_EVENT) {
        if (event->kind == IMAP4_EVENT_DONE)
            ck_assert_msg(event->data.done->text != NULL && event->data.done->text->status == IMAP4_STATUS_OK,
                          "%s failed", event->data.done->command.data);
        if (from == both->watcher)
            on_watched(both, event);
    }
    ck_assert(result == IMAP4_AGAIN || result == IMAP4_ERROR_CLOSED);
    return result == IMAP4_AGAIN;
}

START_TEST(two_in_one_loop)
{
    session *helper = session_sign_in(NULL);
    pair both;
    session *open[2];
    size_t count = 2;
    int rounds = 0;

    scratch_make(helper, "scratch loop");
    memset(&both, 0, sizeof both);
    open[0] = both.watcher = begin("imaps");
    open[1] = both.changer = begin("imap");
    ck_assert_int_eq(imap4_idle(both.watcher->conn, &both.idle), IMAP4_OK);
    while (count > 0) {
        ck_assert_int_lt(rounds++, ROUNDS);
        wait_for_all(open, count);
        for (size_t i = 0; i < count; i++) {
            if (!read_all(&both, open[i]))
                open[i--] = open[--count];
        }
    }
    ck_assert_uint_eq(both.exists, 1);
    ck_assert_uint_eq(both.flagged, 1);
    ck_assert_uint_eq(both.expunged, 1);
    ck_assert_int_eq(imap4_client_error(both.watcher->client)->result, IMAP4_OK);
    ck_assert_str_eq(mailbox_text(helper, "scratch loop"), "");
    OK(helper, imap4_unselect(helper->conn, &helper->request));
    scratch_drop(helper, "scratch loop");
    session_free(both.watcher);
    session_free(both.changer);
    session_free(helper);
}
END_TEST

/* While nothing happens poll() sleeps: no descriptor is ready, and the next deadline is that of IDLE. */
START_TEST(nothing_to_do)
{
    session *alice = session_sign_in(NULL);
    const imap4_event *event;
    uint64_t idle;
    uint64_t generation;
    uint64_t later;
    imap4_pollfd fds[DESCRIPTORS];
    size_t count;

    ck_assert_int_eq(imap4_idle(alice->conn, &idle), IMAP4_OK);
    ck_assert_uint_eq(session_await(alice, IMAP4_EVENT_IDLE)->data.number, 1);
    imap4_client_set_timeout(alice->client, 0);
    ck_assert_int_eq(imap4_client_next(alice->client, 0, &event), IMAP4_AGAIN);
    ck_assert_int_gt(imap4_client_timeout_ms(alice->client), 60000);
    ck_assert_int_eq(imap4_client_pollfds(alice->client, fds, DESCRIPTORS, &count, &generation), IMAP4_OK);
    ck_assert_uint_ge(count, 1);
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(fds[i].events, IMAP4_POLL_READ);
    ck_assert_int_eq(imap4_client_step(alice->client), IMAP4_OK);
    ck_assert_int_eq(imap4_client_pollfds(alice->client, fds, 0, &count, &later), IMAP4_OK);
    ck_assert_uint_eq(generation, later);
    session_free(alice);
}
END_TEST

static void *wake(void *client)
{
    imap4_client_wake(client);
    return NULL;
}

/* From another thread, before and while the call waits: it returns once. */
START_TEST(woken)
{
    session *alice = session_sign_in(NULL);
    const imap4_event *event;
    pthread_t thread;

    imap4_client_wake(alice->client);
    imap4_client_wake(alice->client);
    ck_assert_int_eq(imap4_client_next(alice->client, 0, &event), IMAP4_WOKEN);
    imap4_client_set_timeout(alice->client, 0);
    ck_assert_int_ge(imap4_client_next(alice->client, 0, &event), IMAP4_AGAIN);
    imap4_client_set_timeout(alice->client, LIVE_PATIENCE);
    ck_assert_int_eq(pthread_create(&thread, NULL, wake, alice->client), 0);
    while (imap4_client_next(alice->client, 0, &event) != IMAP4_WOKEN)
        ck_assert_int_eq(event->kind, IMAP4_EVENT_CAPABILITY);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    OK(alice, imap4_noop(alice->conn, &alice->request));
    session_free(alice);
}
END_TEST

Suite *loop_suite(void)
{
    const TTest *const tests[] = {two_in_one_loop, nothing_to_do, woken, NULL};
    Suite *suite = suite_create("loop");

    suite_tests(suite, "loop", tests);
    return suite;
}
