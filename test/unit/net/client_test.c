/* How the client opens, ends and fails, against scripted servers. */
#include <imap4/client.h>
#include <imap4/command.h>

#include "unit/net/script.h"
#include "support/memory.h"

#include <stdio.h>
#include <stdlib.h>

Suite *client_suite(void);

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
        ck_assert_int_eq(imap4_client_error(client)->result, IMAP4_ERROR_TIMEOUT);
        imap4_client_free(client);
        peer_join(&it);
    }
}
END_TEST

#if IMAP4_HAVE_TLS
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
                ck_assert(event->request == 0 || event->request == login || event->request == noop);
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
