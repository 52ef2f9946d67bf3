/* Dovecot as a child process, spoken to over two pipes: no network, no TLS, no sign-in. */
#include "live/live.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>

START_TEST(greets_with_preauth)
{
    session *carol = session_pipe("carol", NULL);
    const imap4_event *event = session_await(carol, IMAP4_EVENT_GREETING);
    const answer *told;

    ck_assert_int_eq(event->data.text->status, IMAP4_STATUS_PREAUTH);
    ck_assert_int_eq(imap4_conn_state(carol->conn), IMAP4_STATE_AUTHENTICATED);
    ck_assert_int_eq(imap4_conn_security(carol->conn), IMAP4_SECURITY_LOCAL);
    ck_assert_ptr_null(imap4_client_user(carol->client));
    ck_assert_int_eq(imap4_conn_has(carol->conn, "IDLE"), 1);
    told = ANSWER(carol, imap4_login(carol->conn, "carol", "secret", &carol->request));
    ck_assert_int_eq(told->done->outcome, IMAP4_OUTCOME_NOT_SENT);
    ck_assert_int_eq(told->done->result, IMAP4_ERROR_STATE);
    OK(carol, imap4_examine(carol->conn, "INBOX", &carol->request));
    ck_assert_uint_eq(imap4_conn_view(carol->conn)->exists, SAMPLE_MAILS);
    session_free(carol);
}
END_TEST

/* The child has ended when LOGOUT is answered and the pipes are closed. */
START_TEST(logout)
{
    session *carol = session_pipe("carol", NULL);
    const imap4_event *event;
    int status;

    OK(carol, imap4_logout(carol->conn, &carol->request));
    ck_assert_int_eq(imap4_client_next(carol->client, 0, &event), IMAP4_ERROR_CLOSED);
    ck_assert_int_eq(waitpid(carol->child, &status, 0), carol->child);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
    session_free(carol);
}
END_TEST

START_TEST(whole_messages)
{
    session *carol = session_pipe("carol", NULL);
    imap4_fetch_items *items = NULL;
    imap4_uid_set *all = uids_of("1:*");
    const answer *told;

    OK(carol, imap4_examine(carol->conn, "INBOX", &carol->request));
    ck_assert_int_eq(imap4_fetch_items_new(&items, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_section(items, NULL, IMAP4_SECTION_ALL, 0), IMAP4_OK);
    told = OK(carol, imap4_fetch(carol->conn, all, items, &carol->request));
    for (uint32_t uid = 1; uid <= SAMPLE_MAILS; uid++) {
        size_t len;
        char *mail = sample_mail(uid, &len);
        TEXT(answer_fetch(told, uid)->sections->data, mail);
        free(mail);
    }
    imap4_fetch_items_free(items);
    imap4_uid_set_free(all);
    session_free(carol);
}
END_TEST

/* Two of them on one mailbox: what one does, the other is told. */
START_TEST(the_other_client)
{
    session *carol = session_pipe("carol", NULL);
    session *other = session_pipe("carol", NULL);
    imap4_flags flags = {IMAP4_FLAG_FLAGGED | IMAP4_FLAG_DELETED, 0, NULL};
    imap4_uid_set *first = uids_of("1");
    const imap4_event *event;
    uint64_t idle;

    scratch_make(other, "scratch pipe");
    scratch_fill(other, "scratch pipe", "one two");
    OK(carol, imap4_select(carol->conn, "scratch pipe", &carol->request));
    ck_assert_int_eq(imap4_idle(carol->conn, &idle), IMAP4_OK);
    ck_assert_uint_eq(session_await(carol, IMAP4_EVENT_IDLE)->data.number, 1);
    scratch_fill(other, "scratch pipe", "three");
    ck_assert_uint_eq(session_await(carol, IMAP4_EVENT_EXISTS)->data.number, 3);
    OK(other, imap4_select(other->conn, "scratch pipe", &other->request));
    OK(other, imap4_store(other->conn, first, IMAP4_STORE_ADD, &flags, &other->request));
    OK(other, imap4_expunge(other->conn, &other->request));
    event = session_await(carol, IMAP4_EVENT_EXPUNGE);
    ck_assert_uint_eq(event->data.number, 1);
    ck_assert_uint_eq(event->request, 0);
    ck_assert_int_eq(imap4_cancel(carol->conn, idle), IMAP4_OK);
    REST(carol, idle);
    ck_assert_str_eq(mailbox_text(carol, "scratch pipe"), "2 two; 3 three");
    OK(carol, imap4_unselect(carol->conn, &carol->request));
    OK(other, imap4_unselect(other->conn, &other->request));
    scratch_drop(other, "scratch pipe");
    imap4_uid_set_free(first);
    session_free(other);
    session_free(carol);
}
END_TEST

/* The server dies: what was sent may have happened, what was not did not, and each request is told. */
START_TEST(server_dies)
{
    session *carol = session_pipe("carol", NULL);
    const imap4_event *event;
    const answer *told;
    uint64_t idle;

    OK(carol, imap4_examine(carol->conn, "INBOX", &carol->request));
    ck_assert_int_eq(imap4_idle(carol->conn, &idle), IMAP4_OK);
    ck_assert_uint_eq(session_await(carol, IMAP4_EVENT_IDLE)->data.number, 1);
    ck_assert_int_eq(kill(carol->child, SIGKILL), 0);
    ck_assert_int_eq(waitpid(carol->child, NULL, 0), carol->child);
    told = session_rest(carol, idle, -1, "idle", __FILE__, __LINE__);
    ck_assert_int_eq(told->done->outcome, IMAP4_OUTCOME_UNKNOWN);
    ck_assert_int_eq(told->done->result, IMAP4_ERROR_EOF);
    ck_assert_int_lt(imap4_client_next(carol->client, 0, &event), 0);
    ck_assert_int_eq(imap4_client_error(carol->client)->result, IMAP4_ERROR_EOF);
    ck_assert_int_eq(imap4_conn_state(carol->conn), IMAP4_STATE_CLOSED);
    ck_assert_int_eq(imap4_noop(carol->conn, NULL), IMAP4_ERROR_CLOSED);
    session_free(carol);
}
END_TEST

Suite *pipe_suite(void)
{
    const TTest *const tests[] = {greets_with_preauth, logout, whole_messages, the_other_client, server_dies, NULL};
    Suite *suite = suite_create("pipe");

    suite_tests(suite, "pipe", tests);
    return suite;
}
