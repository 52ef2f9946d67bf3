/* What the server says of itself and of the connection: CAPABILITY, ID, ENABLE, NAMESPACE, NOOP, COMPRESS, LOGOUT. */
#include "live/live.h"

#include <stdlib.h>
#include <string.h>

START_TEST(capability)
{
    session *alice = session_sign_in(NULL);
    const answer *told = OK(alice, imap4_capability(alice->conn, &alice->request));
    const imap4_event *event = answer_event(told, IMAP4_EVENT_CAPABILITY, 0);

    ck_assert_uint_eq(event->request, alice->request);
    ck_assert_int_eq(imap4_names_contain(event->data.names, "imap4REV1"), 1);
    ck_assert_int_eq(imap4_names_contain(event->data.names, "UIDPLUS"), 1);
    ck_assert_int_eq(imap4_names_contain(event->data.names, "AUTH=PLAIN"), 0);
    ck_assert_int_eq(imap4_conn_has(alice->conn, "idle"), 1);
    ck_assert_int_eq(imap4_conn_has(alice->conn, "X-NOTHING"), 0);
    ck_assert_uint_eq(imap4_conn_capabilities(alice->conn)->count, event->data.names->count);
    TEXT(told->done->command, "CAPABILITY");
    session_free(alice);
}
END_TEST

/* What is announced before the sign-in is not what is announced after it. */
START_TEST(capability_before_and_after)
{
    session *alice = session_new(NULL);

    ck_assert_int_eq(imap4_client_open(alice->client, live_url("imaps", live_variable("IMAP4_TEST_HOST"))), IMAP4_OK);
    OK(alice, imap4_capability(alice->conn, &alice->request));
    ck_assert_int_eq(imap4_conn_has(alice->conn, "AUTH=PLAIN"), 1);
    ck_assert_int_eq(imap4_conn_has(alice->conn, "UIDPLUS"), 0);
    OK(alice, imap4_login(alice->conn, "alice", live_variable("IMAP4_TEST_PASSWORD"), &alice->request));
    OK(alice, imap4_noop(alice->conn, &alice->request));
    ck_assert_int_eq(imap4_conn_has(alice->conn, "AUTH=PLAIN"), 0);
    ck_assert_int_eq(imap4_conn_has(alice->conn, "UIDPLUS"), 1);
    session_free(alice);
}
END_TEST

START_TEST(id)
{
    static const char *const fields[] = {"name", "libimap4 \"live\" test", "version", NULL};
    session *alice = session_sign_in(NULL);
    const answer *told = OK(alice, imap4_id(alice->conn, fields, 2, &alice->request));
    const imap4_event *event = answer_event(told, IMAP4_EVENT_ID, 0);

    ck_assert_uint_eq(event->request, alice->request);
    TEXT(*imap4_param_find(event->data.params, "name"), "Dovecot");
    told = OK(alice, imap4_id(alice->conn, NULL, 0, &alice->request));
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_ID), 1);
    session_free(alice);
}
END_TEST

/* RFC 5161 section 3.1: unknown names are ignored, and the answer lists what is now on. */
START_TEST(enable)
{
    static const char *const wishes[] = {"CONDSTORE", "X-NOTHING"};
    session *alice = session_sign_in(NULL);
    const answer *told = OK(alice, imap4_enable(alice->conn, wishes, 2, &alice->request));
    const imap4_event *event = answer_event(told, IMAP4_EVENT_ENABLED, 0);

    ck_assert_uint_eq(event->request, alice->request);
    ck_assert_uint_eq(event->data.names->count, 1);
    ck_assert_int_eq(imap4_names_contain(event->data.names, "CONDSTORE"), 1);
    session_free(alice);
}
END_TEST

START_TEST(namespace)
{
    session *alice = session_sign_in(NULL);
    const answer *told = OK(alice, imap4_namespace(alice->conn, &alice->request));
    const imap4_event *event = answer_event(told, IMAP4_EVENT_NAMESPACE, 0);

    ck_assert_ptr_nonnull(event->data.namespaces->personal);
    TEXT(event->data.namespaces->personal->prefix, "");
    TEXT(event->data.namespaces->personal->delimiter, "/");
    ck_assert_ptr_null(event->data.namespaces->personal->next);
    ck_assert_ptr_null(event->data.namespaces->other_users);
    ck_assert_ptr_null(event->data.namespaces->shared);
    session_free(alice);
}
END_TEST

START_TEST(noop_tells_what_is_new)
{
    session *alice = session_sign_in(NULL);
    session *other = session_sign_in(NULL);
    const answer *told;

    scratch_make(other, "scratch noop");
    OK(alice, imap4_select(alice->conn, "scratch noop", &alice->request));
    ck_assert_uint_eq(imap4_conn_view(alice->conn)->exists, 0);
    scratch_fill(other, "scratch noop", "one two");
    told = OK(alice, imap4_noop(alice->conn, &alice->request));
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_EXISTS), 1);
    ck_assert_uint_eq(answer_event(told, IMAP4_EVENT_EXISTS, 0)->data.number, 2);
    ck_assert_uint_eq(answer_event(told, IMAP4_EVENT_EXISTS, 0)->request, 0);
    ck_assert_uint_eq(imap4_conn_view(alice->conn)->exists, 2);
    scratch_drop(other, "scratch noop");
    session_free(other);
    session_free(alice);
}
END_TEST

/* Everything after the OK is compressed: both ways, over TLS, with much and with little. */
START_TEST(compress)
{
    session *alice = session_sign_in(NULL);
    imap4_fetch_items *items = NULL;
    imap4_uid_set *first = uids_of("1");
    const answer *told;
    size_t len;
    char *mail = sample_mail(1, &len);

    if (imap4_filter_available(IMAP4_LAYER_DEFLATE) == 0) {
        ck_assert_int_eq(ANSWER(alice, imap4_compress(alice->conn, &alice->request))->done->outcome,
                         IMAP4_OUTCOME_UNSUPPORTED);
    } else {
        ck_assert_int_eq(imap4_conn_has(alice->conn, "COMPRESS=DEFLATE"), 1);
        OK(alice, imap4_compress(alice->conn, &alice->request));
        ck_assert_int_eq(imap4_conn_security(alice->conn), IMAP4_SECURITY_VERIFIED);
    }
    OK(alice, imap4_noop(alice->conn, &alice->request));
    OK(alice, imap4_examine(alice->conn, "INBOX", &alice->request));
    ck_assert_uint_eq(imap4_conn_view(alice->conn)->exists, SAMPLE_MAILS);
    ck_assert_int_eq(imap4_fetch_items_new(&items, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_section(items, NULL, IMAP4_SECTION_ALL, IMAP4_SECTION_COLLECT), IMAP4_OK);
    told = OK(alice, imap4_fetch(alice->conn, first, items, &alice->request));
    TEXT(answer_fetch(told, 1)->sections->data, mail);
    OK(alice, imap4_logout(alice->conn, &alice->request));
    imap4_fetch_items_free(items);
    imap4_uid_set_free(first);
    free(mail);
    session_free(alice);
}
END_TEST

START_TEST(compress_twice)
{
    session *alice = session_sign_in(NULL);
    const answer *told;

    OK(alice, imap4_compress(alice->conn, &alice->request));
    told = ANSWER(alice, imap4_compress(alice->conn, &alice->request));
    /* RFC 4978 section 3: a second one is refused, by the server or because it is no longer announced. */
    ck_assert(told->done->outcome == IMAP4_OUTCOME_UNSUPPORTED || told->done->result == IMAP4_ERROR_STATE ||
              (told->done->text != NULL && told->done->text->status != IMAP4_STATUS_OK));
    OK(alice, imap4_noop(alice->conn, &alice->request));
    session_free(alice);
}
END_TEST

START_TEST(starttls_where_tls_is_already)
{
    session *alice = session_new(NULL);
    const answer *told;

    ck_assert_int_eq(imap4_client_open(alice->client, live_url("imaps", live_variable("IMAP4_TEST_HOST"))), IMAP4_OK);
    told = ANSWER(alice, imap4_starttls(alice->conn, &alice->request));
    ck_assert_int_eq(told->done->outcome, IMAP4_OUTCOME_NOT_SENT);
    ck_assert_int_eq(told->done->result, IMAP4_ERROR_STATE);
    OK(alice, imap4_login(alice->conn, "alice", live_variable("IMAP4_TEST_PASSWORD"), &alice->request));
    told = ANSWER(alice, imap4_starttls(alice->conn, &alice->request));
    ck_assert_int_eq(told->done->outcome, IMAP4_OUTCOME_NOT_SENT);
    ck_assert_int_eq(told->done->result, IMAP4_ERROR_STATE);
    OK(alice, imap4_noop(alice->conn, &alice->request));
    session_free(alice);
}
END_TEST

START_TEST(logout)
{
    session *alice = session_sign_in(NULL);
    const answer *told = OK(alice, imap4_logout(alice->conn, &alice->request));
    const imap4_event *event;
    int bye = 0;

    for (size_t i = 0; i < told->count; i++)
        bye += told->events[i]->kind == IMAP4_EVENT_TEXT && told->events[i]->data.text->status == IMAP4_STATUS_BYE;
    ck_assert_int_eq(bye, 1);
    ck_assert_int_eq(imap4_client_next(alice->client, 0, &event), IMAP4_ERROR_CLOSED);
    ck_assert_int_eq(imap4_client_error(alice->client)->result, IMAP4_OK);
    ck_assert_int_eq(imap4_noop(alice->conn, &alice->request), IMAP4_ERROR_CLOSED);
    session_free(alice);
}
END_TEST

/* Requests made before it are answered first. */
START_TEST(logout_behind_other_requests)
{
    session *alice = session_sign_in(NULL);
    uint64_t noop;
    uint64_t inbox;

    ck_assert_int_eq(imap4_noop(alice->conn, &noop), IMAP4_OK);
    ck_assert_int_eq(imap4_examine(alice->conn, "INBOX", &inbox), IMAP4_OK);
    OK(alice, imap4_logout(alice->conn, &alice->request));
    REST(alice, noop);
    REST(alice, inbox);
    session_free(alice);
}
END_TEST

START_TEST(commands_out_of_place)
{
    session *alice = session_new(NULL);
    const answer *told;

    ck_assert_int_eq(imap4_client_open(alice->client, live_url("imaps", live_variable("IMAP4_TEST_HOST"))), IMAP4_OK);
    told = ANSWER(alice, imap4_select(alice->conn, "INBOX", &alice->request));
    ck_assert_int_eq(told->done->outcome, IMAP4_OUTCOME_NOT_SENT);
    ck_assert_int_eq(told->done->result, IMAP4_ERROR_STATE);
    OK(alice, imap4_login(alice->conn, "alice", live_variable("IMAP4_TEST_PASSWORD"), &alice->request));
    told = ANSWER(alice, imap4_expunge(alice->conn, &alice->request));
    ck_assert_int_eq(told->done->result, IMAP4_ERROR_STATE);
    told = ANSWER(alice, imap4_login(alice->conn, "alice", "x", &alice->request));
    ck_assert_int_eq(told->done->result, IMAP4_ERROR_STATE);
    OK(alice, imap4_noop(alice->conn, &alice->request));
    session_free(alice);
}
END_TEST

START_TEST(raw)
{
    session *alice = session_sign_in(NULL);
    const answer *told;

    ck_assert_int_eq(imap4_raw(alice->conn, "NOOP\r\nx LOGOUT", &alice->request), IMAP4_ERROR_ARGUMENT);
    told = BAD(alice, imap4_raw(alice->conn, "XYZZY", &alice->request));
    ck_assert_uint_gt(told->done->command.len, 0);
    OK(alice, imap4_raw(alice->conn, "STATUS INBOX (MESSAGES)", &alice->request));
    OK(alice, imap4_noop(alice->conn, &alice->request));
    session_free(alice);
}
END_TEST

Suite *server_suite(void)
{
    const TTest *const tests[] = {
        capability,
        capability_before_and_after,
        id,
        enable,
        namespace,
        noop_tells_what_is_new,
        compress,
        compress_twice,
        starttls_where_tls_is_already,
        logout,
        logout_behind_other_requests,
        commands_out_of_place,
        raw,
        NULL,
    };
    Suite *suite = suite_create("server");

    suite_tests(suite, "server", tests);
    return suite;
}
