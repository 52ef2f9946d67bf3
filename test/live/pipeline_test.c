/* Many requests at once: each gets its own answers, in order, and message numbers never go astray. */
#include "live/live.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 200 };

/* How many commands were under way at most: sent lines that begin with a tag less tagged answers. */
typedef struct flight {
    int sent;
    int answered;
    int most;
    int in_line[3]; /* per direction: are we behind the first byte of a line */
} flight;

static void on_trace(void *user, int direction, const char *data, size_t len)
{
    flight *seen = user;

    for (size_t i = 0; i < len; i++) {
        int begins = !seen->in_line[direction];
        seen->in_line[direction] = data[i] != '\n';
        if (!begins || data[i] == '*' || data[i] == '+')
            continue;
        if (direction == IMAP4_TRACE_SENT)
            seen->sent++;
        else
            seen->answered++;
        if (seen->sent - seen->answered > seen->most)
            seen->most = seen->sent - seen->answered;
    }
}

static session *flying(flight *seen, uint64_t depth)
{
    imap4_options *options = live_options();
    session *made;

    memset(seen, 0, sizeof *seen);
    if (depth > 0)
        ck_assert_int_eq(imap4_options_set(options, IMAP4_OPTION_PIPELINE_DEPTH, depth), IMAP4_OK);
    imap4_options_set_trace(options, on_trace, seen);
    made = session_sign_in_with(NULL, options);
    imap4_options_free(options);
    return made;
}

static const char *const mailboxes[] = {
    "INBOX", "Archive", "Archive/2025", "Travel/Zürich", "Entwürfe & Büro", "日本語", "Drafts", "Sent", "Trash",
};
static const uint32_t messages[] = {SAMPLE_MAILS, 1, 2, 1, 1, 1, 0, 0, 0};
enum { MAILBOXES = sizeof mailboxes / sizeof mailboxes[0] };

/* Made at once and read as they come: done events in the order of the requests, each with its mailbox. */
static void many_statuses(session *by)
{
    uint64_t requests[MANY];
    int statuses = 0;
    int ended = 0;

    for (int i = 0; i < MANY; i++) {
        ck_assert_int_eq(imap4_status_of(by->conn, mailboxes[i % MAILBOXES], IMAP4_STATUS_ATT_MESSAGES, &requests[i]),
                         IMAP4_OK);
        ck_assert_int_eq(imap4_request_set_cookie(by->conn, requests[i], (uint64_t)i + 1), IMAP4_OK);
    }
    ck_assert_uint_eq(imap4_conn_pending(by->conn), MANY);
    while (ended < MANY) {
        const imap4_event *event = session_next(by);
        if (event->kind == IMAP4_EVENT_STATUS) {
            int of = (int)event->cookie - 1;
            ck_assert_uint_eq(event->request, requests[of]);
            TEXT(event->data.status->name, mailboxes[of % MAILBOXES]);
            ck_assert_uint_eq(event->data.status->messages, messages[of % MAILBOXES]);
            statuses++;
        } else if (event->kind == IMAP4_EVENT_DONE) {
            ck_assert_uint_eq(event->request, requests[ended]);
            ck_assert_int_eq(event->data.done->text->status, IMAP4_STATUS_OK);
            ended++;
            ck_assert_int_eq(statuses, ended);
        }
    }
    ck_assert_uint_eq(imap4_conn_pending(by->conn), 0);
}

START_TEST(many_status)
{
    flight seen;
    session *alice = flying(&seen, 0);

    many_statuses(alice);
    ck_assert_int_gt(seen.most, 5);
    ck_assert_int_le(seen.most, 25);
    session_free(alice);
}
END_TEST

START_TEST(one_at_a_time)
{
    flight seen;
    session *alice = flying(&seen, 1);

    many_statuses(alice);
    ck_assert_int_eq(seen.most, 1);
    session_free(alice);
}
END_TEST

START_TEST(many_fetches)
{
    flight seen;
    session *alice = flying(&seen, 0);
    uint64_t requests[MANY];
    int fetched = 0;
    int ended = 0;

    OK(alice, imap4_examine(alice->conn, "INBOX", &alice->request));
    for (int i = 0; i < MANY; i++) {
        uint32_t uid = (uint32_t)(i * 5 % SAMPLE_MAILS) + 1;
        imap4_uid_set *set = NULL;
        imap4_fetch_items *items = NULL;
        ck_assert_int_eq(imap4_uid_set_new(&set, NULL), IMAP4_OK);
        ck_assert_int_eq(imap4_uid_set_add(set, uid, uid), IMAP4_OK);
        ck_assert_int_eq(imap4_fetch_items_new(&items, NULL), IMAP4_OK);
        ck_assert_int_eq(imap4_fetch_items_add(items, IMAP4_FETCH_RFC822_SIZE), IMAP4_OK);
        ck_assert_int_eq(imap4_fetch_items_section(items, NULL, IMAP4_SECTION_ALL, i % 2), IMAP4_OK);
        ck_assert_int_eq(imap4_fetch(alice->conn, set, items, &requests[i]), IMAP4_OK);
        ck_assert_int_eq(imap4_request_set_cookie(alice->conn, requests[i], uid), IMAP4_OK);
        imap4_fetch_items_free(items);
        imap4_uid_set_free(set);
    }
    while (ended < MANY) {
        const imap4_event *event = session_next(alice);
        if (event->kind == IMAP4_EVENT_FETCH) {
            ck_assert_uint_eq(event->request, requests[fetched]);
            ck_assert_uint_eq(event->data.fetch->uid, event->cookie);
            ck_assert_uint_eq(event->data.fetch->sections->size, event->data.fetch->rfc822_size);
            ck_assert_int_eq(event->data.fetch->sections->streamed, fetched % 2);
            fetched++;
        } else if (event->kind == IMAP4_EVENT_DONE) {
            /* Dovecot may hold tagged answers back while it sends the data of the next commands. */
            ck_assert_uint_eq(event->request, requests[ended++]);
            ck_assert_int_ge(fetched, ended);
        }
    }
    ck_assert_int_gt(seen.most, 1);
    session_free(alice);
}
END_TEST

/* From opening to signing out without looking once: what needs a state waits for what brings it about. */
START_TEST(a_whole_session_at_once)
{
    session *alice = session_new(NULL);
    imap4_fetch_items *items = NULL;
    imap4_uid_set *all = uids_of("1:*");
    const answer *told;
    uint64_t login;
    uint64_t examine;
    uint64_t search;
    uint64_t fetch;
    uint64_t logout;

    ck_assert_int_eq(imap4_fetch_items_new(&items, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_add(items, IMAP4_FETCH_ENVELOPE), IMAP4_OK);
    ck_assert_int_eq(imap4_client_open(alice->client, live_url("imap", live_variable("IMAP4_TEST_HOST"))), IMAP4_OK);
    ck_assert_int_eq(imap4_login(alice->conn, "alice", live_variable("IMAP4_TEST_PASSWORD"), &login), IMAP4_OK);
    ck_assert_int_eq(imap4_examine(alice->conn, "INBOX", &examine), IMAP4_OK);
    ck_assert_int_eq(imap4_search(alice->conn, NULL, &search), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch(alice->conn, all, items, &fetch), IMAP4_OK);
    ck_assert_int_eq(imap4_logout(alice->conn, &logout), IMAP4_OK);
    told = REST(alice, fetch);
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_FETCH), SAMPLE_MAILS);
    ck_assert_uint_eq(imap4_uid_set_count(answer_event(REST(alice, search), IMAP4_EVENT_SEARCH, 0)->data.search->uids),
                      SAMPLE_MAILS);
    REST(alice, logout);
    REST(alice, examine);
    REST(alice, login);
    imap4_fetch_items_free(items);
    imap4_uid_set_free(all);
    session_free(alice);
}
END_TEST

/* Reading and changing mixed: what is asked later sees what was changed earlier. */
START_TEST(changes_in_order)
{
    session *alice = session_sign_in(NULL);
    session *other = session_sign_in(NULL);
    imap4_flags flagged = {IMAP4_FLAG_FLAGGED, 0, NULL};
    imap4_search_keys *keys = NULL;
    uint64_t stores[6];
    uint64_t searches[6];
    uint64_t copies[6];

    ck_assert_int_eq(imap4_search_keys_new(&keys, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_flag(keys, IMAP4_SEARCH_FLAGGED), IMAP4_OK);
    scratch_make(alice, "scratch order");
    scratch_make(alice, "scratch copies");
    scratch_fill(alice, "scratch order", "m1 m2 m3 m4 m5 m6");
    OK(alice, imap4_select(alice->conn, "scratch order", &alice->request));
    for (uint32_t i = 0; i < 6; i++) {
        imap4_uid_set *set = NULL;
        ck_assert_int_eq(imap4_uid_set_new(&set, NULL), IMAP4_OK);
        ck_assert_int_eq(imap4_uid_set_add(set, i + 1, i + 1), IMAP4_OK);
        ck_assert_int_eq(imap4_store(alice->conn, set, IMAP4_STORE_ADD, &flagged, &stores[i]), IMAP4_OK);
        ck_assert_int_eq(imap4_search(alice->conn, keys, &searches[i]), IMAP4_OK);
        ck_assert_int_eq(imap4_copy(alice->conn, set, "scratch copies", &copies[i]), IMAP4_OK);
        imap4_uid_set_free(set);
    }
    for (uint32_t i = 0; i < 6; i++) {
        char upto[20];
        const answer *told = REST(alice, stores[i]);
        snprintf(upto, sizeof upto, i ? "1:%u" : "%u", (unsigned)i + 1);
        ck_assert(answer_fetch(told, i + 1)->flags->system & IMAP4_FLAG_FLAGGED);
        told = REST(alice, searches[i]);
        ck_assert_str_eq(uids_text(answer_event(told, IMAP4_EVENT_SEARCH, 0)->data.search->uids), upto);
        ck_assert_int_eq(REST(alice, copies[i])->done->text->code, IMAP4_CODE_COPYUID);
    }
    ck_assert_str_eq(mailbox_text(other, "scratch copies"), "1 m1 F; 2 m2 F; 3 m3 F; 4 m4 F; 5 m5 F; 6 m6 F");
    OK(alice, imap4_unselect(alice->conn, &alice->request));
    OK(other, imap4_unselect(other->conn, &other->request));
    scratch_drop(alice, "scratch order");
    scratch_drop(alice, "scratch copies");
    imap4_search_keys_free(keys);
    session_free(other);
    session_free(alice);
}
END_TEST

/* Two mailboxes in turn: answers belong to the view they were asked in. */
START_TEST(many_views)
{
    session *alice = session_sign_in(NULL);
    uint64_t searches[20];
    uint32_t view = 0;

    for (int i = 0; i < 20; i++) {
        ck_assert_int_eq(imap4_examine(alice->conn, i % 2 ? "Archive/2025" : "INBOX", NULL), IMAP4_OK);
        ck_assert_int_eq(imap4_search(alice->conn, NULL, &searches[i]), IMAP4_OK);
    }
    for (int i = 0; i < 20; i++) {
        const imap4_event *event = session_await(alice, IMAP4_EVENT_SEARCH);
        ck_assert_uint_eq(event->request, searches[i]);
        ck_assert_str_eq(uids_text(event->data.search->uids), i % 2 ? "1:2" : "1:12");
        ck_assert_uint_gt(event->view, view);
        view = event->view;
    }
    session_free(alice);
}
END_TEST

static void stale(session *by, uint64_t request)
{
    const answer *told = session_rest(by, request, -1, "a stale request", __FILE__, __LINE__);

    ck_assert_int_eq(told->done->outcome, IMAP4_OUTCOME_STALE);
    ck_assert_int_eq(told->done->result, IMAP4_ERROR_STALE);
    ck_assert_ptr_null(told->done->text);
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_FETCH), 0);
}

/* Another session expunges message 1 after we looked. Our next answer tells, and what we asked for by number, made
 * before we could know, must not touch the messages that moved down. */
START_TEST(numbers_gone_stale)
{
    session *alice = session_sign_in(NULL);
    session *other = session_sign_in(NULL);
    imap4_uid_set *first = uids_of("1");
    imap4_seq_set *second = numbers_of("2");
    imap4_flags deleted = {IMAP4_FLAG_DELETED, 0, NULL};
    imap4_fetch_items *items = NULL;
    imap4_search_keys *keys = NULL;
    uint64_t serial;
    uint64_t requests[5];
    const answer *told;

    scratch_make(other, "scratch stale");
    scratch_fill(other, "scratch stale", "one two three");
    OK(alice, imap4_select(alice->conn, "scratch stale", &alice->request));
    OK(other, imap4_select(other->conn, "scratch stale", &other->request));
    OK(other, imap4_store(other->conn, first, IMAP4_STORE_ADD, &deleted, &other->request));
    OK(other, imap4_expunge(other->conn, &other->request));

    serial = imap4_conn_view(alice->conn)->serial;
    ck_assert_int_eq(imap4_fetch_items_new(&items, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_add(items, IMAP4_FETCH_UID | IMAP4_FETCH_ENVELOPE), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_new(&keys, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_numbers(keys, second, serial), IMAP4_OK);
    ck_assert_int_eq(imap4_noop(alice->conn, &requests[0]), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_seq(alice->conn, second, serial, items, &requests[1]), IMAP4_OK);
    ck_assert_int_eq(imap4_store_seq(alice->conn, second, serial, IMAP4_STORE_ADD, &deleted, &requests[2]), IMAP4_OK);
    ck_assert_int_eq(imap4_copy_seq(alice->conn, second, serial, "scratch stale", &requests[3]), IMAP4_OK);
    ck_assert_int_eq(imap4_search(alice->conn, keys, &requests[4]), IMAP4_OK);
    told = REST(alice, requests[0]);
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_EXPUNGE), 1);
    for (size_t i = 1; i < 5; i++)
        stale(alice, requests[i]);
    ck_assert_str_eq(mailbox_text(other, "scratch stale"), "2 two; 3 three");

    /* With the serial of today the numbers mean what they say. */
    ck_assert_uint_gt(imap4_conn_view(alice->conn)->serial, serial);
    told =
        OK(alice, imap4_fetch_seq(alice->conn, second, imap4_conn_view(alice->conn)->serial, items, &alice->request));
    TEXT(answer_fetch(told, 3)->envelope->subject, "three");
    stale(alice, (imap4_fetch_seq(alice->conn, second, serial, items, &alice->request), alice->request));

    OK(alice, imap4_unselect(alice->conn, &alice->request));
    OK(other, imap4_unselect(other->conn, &other->request));
    scratch_drop(other, "scratch stale");
    imap4_search_keys_free(keys);
    imap4_fetch_items_free(items);
    imap4_seq_set_free(second);
    imap4_uid_set_free(first);
    session_free(other);
    session_free(alice);
}
END_TEST

/* The events of one request fill what may be kept while another is waited for: we are told what to read first, and
 * nothing is lost. */
START_TEST(drain)
{
    imap4_options *options = live_options();
    session *alice;
    const imap4_event *event;
    imap4_status status;
    uint64_t list;
    size_t listed = 0;
    int drained = 0;
    int result;

    ck_assert_int_eq(imap4_options_set(options, IMAP4_OPTION_KEPT_EVENTS, 3), IMAP4_OK);
    alice = session_sign_in_with(NULL, options);
    imap4_options_free(options);
    ck_assert_int_eq(imap4_list(alice->conn, "", "*", &list), IMAP4_OK);
    ck_assert_int_eq(imap4_noop(alice->conn, &alice->request), IMAP4_OK);
    while ((result = imap4_client_wait(alice->client, alice->request, &status)) == IMAP4_DRAIN) {
        ck_assert_uint_eq(imap4_client_drain(alice->client), list);
        result = imap4_client_next(alice->client, list, &event);
        ck_assert(result == IMAP4_EVENT || result == IMAP4_DONE);
        listed += result == IMAP4_EVENT && event->kind == IMAP4_EVENT_LIST;
        drained++;
    }
    ck_assert_int_eq(result, IMAP4_DONE);
    ck_assert_int_eq(status, IMAP4_STATUS_OK);
    ck_assert_int_gt(drained, 1);
    while ((result = imap4_client_next(alice->client, list, &event)) == IMAP4_EVENT)
        listed += event->kind == IMAP4_EVENT_LIST;
    ck_assert_int_eq(result, IMAP4_DONE);
    ck_assert_uint_ge(listed, MAILBOXES + 1);
    session_free(alice);
}
END_TEST

/* Given up while under way: the answer is read and dropped, neighbours get theirs. */
START_TEST(cancelled_reads)
{
    session *alice = session_sign_in(NULL);
    imap4_fetch_items *items = NULL;
    imap4_uid_set *all = uids_of("1:*");
    uint64_t requests[3];
    const answer *told;

    OK(alice, imap4_examine(alice->conn, "INBOX", &alice->request));
    ck_assert_int_eq(imap4_fetch_items_new(&items, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_section(items, NULL, IMAP4_SECTION_ALL, IMAP4_SECTION_STREAM), IMAP4_OK);
    for (size_t i = 0; i < 3; i++)
        ck_assert_int_eq(imap4_fetch(alice->conn, all, items, &requests[i]), IMAP4_OK);
    (void)session_await(alice, IMAP4_EVENT_BODY_CHUNK);
    ck_assert_int_eq(imap4_cancel(alice->conn, requests[0]), IMAP4_OK);
    ck_assert_int_eq(imap4_cancel(alice->conn, requests[1]), IMAP4_OK);
    told = session_rest(alice, requests[1], -1, "cancelled", __FILE__, __LINE__);
    ck_assert_int_eq(told->done->outcome, IMAP4_OUTCOME_CANCELLED);
    ck_assert_int_eq(told->done->result, IMAP4_ERROR_CANCELLED);
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_FETCH), 0);
    ck_assert_uint_eq(answer_count(REST(alice, requests[2]), IMAP4_EVENT_FETCH), SAMPLE_MAILS);
    told = session_rest(alice, requests[0], -1, "cancelled", __FILE__, __LINE__);
    ck_assert_int_eq(told->done->outcome, IMAP4_OUTCOME_CANCELLED);
    ck_assert_int_eq(imap4_cancel(alice->conn, requests[0]), IMAP4_ERROR_ARGUMENT);
    imap4_fetch_items_free(items);
    imap4_uid_set_free(all);
    session_free(alice);
}
END_TEST

Suite *pipeline_suite(void)
{
    const TTest *const tests[] = {
        many_status, one_at_a_time,      many_fetches, a_whole_session_at_once, changes_in_order,
        many_views,  numbers_gone_stale, drain,        cancelled_reads,         NULL,
    };
    Suite *suite = suite_create("pipeline");

    suite_tests(suite, "pipeline", tests);
    return suite;
}
