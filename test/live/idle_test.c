/* IDLE: what others change arrives as it happens; commands interrupt it, and it resumes. */
#include "live/live.h"

#include <stdlib.h>
#include <string.h>

static session *alice;
static session *other;
static uint64_t idle;

static void begin(void)
{
    alice = session_sign_in(NULL);
    other = session_sign_in(NULL);
    scratch_make(other, "scratch idle");
    scratch_fill(other, "scratch idle", "one two");
    OK(alice, imap4_select(alice->conn, "scratch idle", &alice->request));
    OK(other, imap4_select(other->conn, "scratch idle", &other->request));
}

static void end(void)
{
    session_free(alice);
    OK(other, imap4_unselect(other->conn, &other->request));
    scratch_drop(other, "scratch idle");
    session_free(other);
}

/* The next IDLE event must say whether the server waits with us. */
static void told(uint64_t waiting)
{
    const imap4_event *event = session_await(alice, IMAP4_EVENT_IDLE);

    ck_assert_uint_eq(event->data.number, waiting);
    ck_assert_uint_eq(event->request, idle);
}

static void start(void)
{
    ck_assert_int_eq(imap4_idle(alice->conn, &idle), IMAP4_OK);
    told(1);
}

static void finish(void)
{
    const imap4_event *event;

    ck_assert_int_eq(imap4_cancel(alice->conn, idle), IMAP4_OK);
    event = session_await(alice, IMAP4_EVENT_DONE);
    ck_assert_uint_eq(event->request, idle);
    ck_assert(event->data.done->outcome == IMAP4_OUTCOME_ANSWERED ||
              event->data.done->outcome == IMAP4_OUTCOME_CANCELLED);
    OK(alice, imap4_noop(alice->conn, &alice->request));
}

static void store_by_other(const char *uids, uint32_t system)
{
    imap4_uid_set *set = uids_of(uids);
    imap4_flags flags = {system, 0, NULL};

    OK(other, imap4_store(other->conn, set, IMAP4_STORE_ADD, &flags, &other->request));
    imap4_uid_set_free(set);
}

START_TEST(changes_of_others_arrive)
{
    const imap4_event *event;
    uint64_t serial;

    start();
    scratch_fill(other, "scratch idle", "three");
    event = session_await(alice, IMAP4_EVENT_EXISTS);
    ck_assert_uint_eq(event->data.number, 3);
    ck_assert_uint_eq(event->view, imap4_conn_view(alice->conn)->id);
    ck_assert_uint_eq(imap4_conn_view(alice->conn)->exists, 3);

    store_by_other("2", IMAP4_FLAG_FLAGGED);
    do
        event = session_await(alice, IMAP4_EVENT_FETCH);
    while (event->data.fetch->seq != 2);
    ck_assert(event->data.fetch->flags->system & IMAP4_FLAG_FLAGGED);

    serial = imap4_conn_view(alice->conn)->serial;
    store_by_other("1", IMAP4_FLAG_DELETED);
    OK(other, imap4_expunge(other->conn, &other->request));
    event = session_await(alice, IMAP4_EVENT_EXPUNGE);
    ck_assert_uint_eq(event->data.number, 1);
    ck_assert_uint_gt(event->serial, serial);
    ck_assert_uint_eq(imap4_conn_view(alice->conn)->exists, 2);
    finish();
}
END_TEST

START_TEST(command_interrupts_and_it_resumes)
{
    const answer *found;

    start();
    found = OK(alice, imap4_search(alice->conn, NULL, &alice->request));
    ck_assert_str_eq(uids_text(answer_event(found, IMAP4_EVENT_SEARCH, 0)->data.search->uids), "1:2");
    told(0);
    told(1);
    scratch_fill(other, "scratch idle", "three");
    ck_assert_uint_eq(session_await(alice, IMAP4_EVENT_EXISTS)->data.number, 3);
    finish();
}
END_TEST

/* Several commands at once, among them one with a literal and one that changes flags. */
START_TEST(many_commands_interrupt)
{
    imap4_uid_set *all = uids_of("1:*");
    imap4_flags seen = {IMAP4_FLAG_SEEN, 0, NULL};
    uint64_t requests[4];

    start();
    ck_assert_int_eq(imap4_store(alice->conn, all, IMAP4_STORE_ADD, &seen, &requests[0]), IMAP4_OK);
    ck_assert_int_eq(imap4_append(alice->conn, "scratch idle", &seen, NULL, "Subject: new\r\n\r\n", 16, &requests[1]),
                     IMAP4_OK);
    ck_assert_int_eq(imap4_search(alice->conn, NULL, &requests[2]), IMAP4_OK);
    ck_assert_int_eq(imap4_noop(alice->conn, &requests[3]), IMAP4_OK);
    for (size_t i = 0; i < 4; i++)
        REST(alice, requests[i]);
    told(0);
    told(1);
    ck_assert_uint_eq(imap4_conn_view(alice->conn)->exists, 3);
    ck_assert_str_eq(mailbox_text(other, "scratch idle"), "1 one S; 2 two S; 3 new S");
    finish();
    imap4_uid_set_free(all);
}
END_TEST

START_TEST(cancelled_while_it_rests)
{
    imap4_options *options = live_options();
    session *slow;

    /* An IDLE that would resume in an hour. */
    ck_assert_int_eq(imap4_options_set(options, IMAP4_OPTION_IDLE_RESUME, 3600000), IMAP4_OK);
    slow = session_sign_in_with(NULL, options);
    imap4_options_free(options);
    ck_assert_int_eq(imap4_idle(slow->conn, &idle), IMAP4_OK);
    ck_assert_uint_eq(session_await(slow, IMAP4_EVENT_IDLE)->data.number, 1);
    OK(slow, imap4_noop(slow->conn, &slow->request));
    ck_assert_int_eq(imap4_cancel(slow->conn, idle), IMAP4_OK);
    ck_assert_uint_eq(session_await(slow, IMAP4_EVENT_DONE)->request, idle);
    OK(slow, imap4_logout(slow->conn, &slow->request));
    session_free(slow);
}
END_TEST

START_TEST(cancelled_before_it_begins)
{
    const imap4_event *event;

    ck_assert_int_eq(imap4_idle(alice->conn, &idle), IMAP4_OK);
    ck_assert_int_eq(imap4_cancel(alice->conn, idle), IMAP4_OK);
    event = session_await(alice, IMAP4_EVENT_DONE);
    ck_assert_uint_eq(event->request, idle);
    OK(alice, imap4_noop(alice->conn, &alice->request));
}
END_TEST

/* It belongs to the mailbox it was asked for. */
START_TEST(ends_with_another_mailbox)
{
    start();
    ck_assert_int_eq(imap4_examine(alice->conn, "INBOX", &alice->request), IMAP4_OK);
    REST(alice, idle);
    REST(alice, alice->request);
    ck_assert_uint_eq(imap4_conn_view(alice->conn)->exists, SAMPLE_MAILS);
    start();
    finish();
}
END_TEST

START_TEST(without_a_mailbox)
{
    OK(alice, imap4_unselect(alice->conn, &alice->request));
    start();
    OK(alice, imap4_noop(alice->conn, &alice->request));
    told(0);
    told(1);
    finish();
}
END_TEST

START_TEST(logout_ends_it)
{
    start();
    ck_assert_int_eq(imap4_logout(alice->conn, &alice->request), IMAP4_OK);
    REST(alice, alice->request);
}
END_TEST

static void count_idles(void *user, int direction, const char *data, size_t len)
{
    static const char word[] = "IDLE\r\n";

    for (size_t i = 0; direction == IMAP4_TRACE_SENT && i + 6 <= len; i++)
        *(int *)user += memcmp(data + i, word, 6) == 0;
}

/* RFC 2177: ended and begun anew before the server loses patience; the program does not notice. */
START_TEST(renewed_in_silence)
{
    imap4_options *options = live_options();
    const imap4_event *event;
    session *renewing;
    int idles = 0;
    int told_of = 0;
    int result;

    ck_assert_int_eq(imap4_options_set(options, IMAP4_OPTION_IDLE_RENEW, 20), IMAP4_OK);
    imap4_options_set_trace(options, count_idles, &idles);
    renewing = session_sign_in_with(NULL, options);
    imap4_options_free(options);
    OK(renewing, imap4_examine(renewing->conn, "scratch idle", &renewing->request));
    ck_assert_int_eq(imap4_idle(renewing->conn, &idle), IMAP4_OK);
    imap4_client_set_timeout(renewing->client, 5);
    for (int rounds = 0; rounds < LIVE_PATIENCE / 5 && idles < 4; rounds++) {
        result = imap4_client_next(renewing->client, 0, &event);
        ck_assert_int_ge(result, IMAP4_AGAIN);
        told_of += result == IMAP4_EVENT && event->kind == IMAP4_EVENT_IDLE;
    }
    ck_assert_int_ge(idles, 4);
    ck_assert_int_eq(told_of, 1);
    imap4_client_set_timeout(renewing->client, LIVE_PATIENCE);
    scratch_fill(other, "scratch idle", "three");
    ck_assert_uint_eq(session_await(renewing, IMAP4_EVENT_EXISTS)->data.number, 3);
    session_free(renewing);
}
END_TEST

Suite *idle_suite(void)
{
    const TTest *const tests[] = {
        changes_of_others_arrive,   command_interrupts_and_it_resumes,
        many_commands_interrupt,    cancelled_while_it_rests,
        cancelled_before_it_begins, ends_with_another_mailbox,
        without_a_mailbox,          logout_ends_it,
        renewed_in_silence,         NULL,
    };
    Suite *suite = suite_create("idle");

    tcase_add_checked_fixture(suite_tests(suite, "idle", tests), begin, end);
    return suite;
}
