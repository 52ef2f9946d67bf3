/* The way in: connecting, TLS and what it refuses, signing in. */
#include "live/live.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* What went over the wire, for tests that say what must never be there. */
typedef struct wire {
    char sent[20000];
    size_t len;
} wire;

static void on_trace(void *user, int direction, const char *data, size_t len)
{
    wire *into = user;

    if (direction != IMAP4_TRACE_SENT)
        return;
    ck_assert_uint_lt(into->len + len, sizeof into->sent);
    memcpy(into->sent + into->len, data, len);
    into->len += len;
    into->sent[into->len] = 0;
}

static session *traced(wire *into, imap4_options *options)
{
    session *made;

    memset(into, 0, sizeof *into);
    imap4_options_set_trace(options, on_trace, into);
    made = session_new(options);
    imap4_options_free(options);
    return made;
}

static session *opened(const char *scheme, const char *host, imap4_options *options)
{
    session *made = session_new(options);

    imap4_options_free(options);
    ck_assert_int_eq(imap4_client_open(made->client, live_url(scheme, host)), IMAP4_OK);
    return made;
}

static int login(session *on, const char *password)
{
    return imap4_login(on->conn, live_variable("IMAP4_TEST_USER"), password, &on->request);
}

/* Alice's sample mail is there: whoever reads this is signed in as her. */
static void is_alice(session *on)
{
    const imap4_mailbox_status *status;
    const answer *told = OK(on, imap4_status_of(on->conn, "INBOX", IMAP4_STATUS_ATT_MESSAGES, &on->request));

    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_STATUS), 1);
    status = answer_event(told, IMAP4_EVENT_STATUS, 0)->data.status;
    ck_assert_uint_eq(status->messages, SAMPLE_MAILS);
    ck_assert_int_eq(imap4_conn_state(on->conn), IMAP4_STATE_AUTHENTICATED);
}

/* The way was refused: the request ends unsent, the connection with this error. */
static const imap4_error *is_refused(session *on, int result)
{
    const answer *told = ANSWER(on, login(on, live_variable("IMAP4_TEST_PASSWORD")));
    const imap4_event *event;

    ck_assert_int_eq(told->done->outcome, IMAP4_OUTCOME_NOT_SENT);
    ck_assert_int_eq(told->done->result, result);
    ck_assert_int_lt(imap4_client_next(on->client, 0, &event), 0);
    ck_assert_int_eq(imap4_client_next(on->client, 0, &event), IMAP4_ERROR_CLOSED);
    ck_assert_int_eq(imap4_client_error(on->client)->result, result);
    ck_assert_int_eq(imap4_conn_state(on->conn), IMAP4_STATE_CLOSED);
    return imap4_client_error(on->client);
}

START_TEST(tls_from_the_first_byte)
{
    session *alice = opened("imaps", live_variable("IMAP4_TEST_HOST"), live_options());

    ck_assert_int_eq(session_await(alice, IMAP4_EVENT_GREETING)->data.text->status, IMAP4_STATUS_OK);
    ck_assert_int_eq(imap4_conn_security(alice->conn), IMAP4_SECURITY_VERIFIED);
    ck_assert_int_eq(imap4_conn_state(alice->conn), IMAP4_STATE_NOT_AUTHENTICATED);
    OK(alice, login(alice, live_variable("IMAP4_TEST_PASSWORD")));
    is_alice(alice);
    session_free(alice);
}
END_TEST

START_TEST(starttls)
{
    wire seen;
    session *alice = traced(&seen, live_options());

    ck_assert_int_eq(imap4_client_open(alice->client, live_url("imap", live_variable("IMAP4_TEST_HOST"))), IMAP4_OK);
    OK(alice, login(alice, live_variable("IMAP4_TEST_PASSWORD")));
    ck_assert_int_eq(imap4_conn_security(alice->conn), IMAP4_SECURITY_VERIFIED);
    is_alice(alice);
    ck_assert_ptr_nonnull(strstr(seen.sent, "STARTTLS\r\n"));
    session_free(alice);
}
END_TEST

START_TEST(user_in_the_url)
{
    char url[300];
    session *alice = session_new(NULL);

    snprintf(url, sizeof url, "imaps://al%%69ce@%s:%s", live_variable("IMAP4_TEST_HOST"),
             live_variable("IMAP4_TEST_TLS_PORT"));
    ck_assert_int_eq(imap4_client_open(alice->client, url), IMAP4_OK);
    ck_assert_str_eq(imap4_client_user(alice->client), "alice");
    OK(alice, imap4_login(alice->conn, imap4_client_user(alice->client), live_variable("IMAP4_TEST_PASSWORD"),
                          &alice->request));
    is_alice(alice);
    session_free(alice);
}
END_TEST

/* An address counts where the certificate names it as one. */
START_TEST(address_in_the_certificate)
{
    session *alice = opened("imaps", "127.0.0.1", live_options());

    OK(alice, login(alice, live_variable("IMAP4_TEST_PASSWORD")));
    ck_assert_int_eq(imap4_conn_security(alice->conn), IMAP4_SECURITY_VERIFIED);
    is_alice(alice);
    session_free(alice);
}
END_TEST

START_TEST(system_trust_does_not_know_this_authority)
{
    static const char *const schemes[] = {"imaps", "imap"};

    for (size_t i = 0; i < 2; i++) {
        imap4_options *options = NULL;
        session *alice;
        ck_assert_int_eq(imap4_options_new(&options, NULL), IMAP4_OK);
        alice = opened(schemes[i], live_variable("IMAP4_TEST_HOST"), options);
        ck_assert_uint_eq(is_refused(alice, IMAP4_ERROR_CERTIFICATE)->verify, IMAP4_VERIFY_UNTRUSTED);
        session_free(alice);
    }
}
END_TEST

START_TEST(address_not_in_the_certificate)
{
    static const char *const schemes[] = {"imaps", "imap"};

    for (size_t i = 0; i < 2; i++) {
        wire seen;
        session *alice = traced(&seen, live_options());
        ck_assert_int_eq(imap4_client_open(alice->client, live_url(schemes[i], live_variable("IMAP4_TEST_CLEAR_HOST"))),
                         IMAP4_OK);
        ck_assert_uint_eq(is_refused(alice, IMAP4_ERROR_CERTIFICATE)->verify, IMAP4_VERIFY_NAME);
        ck_assert_ptr_null(strstr(seen.sent, "LOGIN"));
        session_free(alice);
    }
}
END_TEST

/* Starts a TLS server of another name on a port that the system chooses; only the handshake matters. */
static pid_t start_other_server(int *port_out)
{
    char line[200] = "";
    int from[2];
    FILE *said;
    pid_t child;

    ck_assert_int_eq(pipe(from), 0);
    child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        dup2(from[1], STDOUT_FILENO);
        dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
        close(from[0]);
        execlp("openssl", "openssl", "s_server", "-accept", "127.0.0.1:0", "-www", "-cert",
               live_variable("IMAP4_TEST_OTHER_CERT"), "-key", live_variable("IMAP4_TEST_OTHER_KEY"), (char *)NULL);
        _exit(127);
    }
    close(from[1]);
    said = fdopen(from[0], "r");
    ck_assert_ptr_nonnull(said);
    *port_out = 0;
    while (*port_out == 0 && fgets(line, sizeof line, said) != NULL)
        (void)sscanf(line, "ACCEPT 127.0.0.1:%d", port_out);
    fclose(said);
    return child;
}

START_TEST(certificate_of_another_name)
{
    session *alice = session_new(NULL);
    char url[300];
    int port;
    pid_t server = start_other_server(&port);
    const imap4_error *error;

    snprintf(url, sizeof url, "imaps://localhost:%d", port);
    ck_assert_int_eq(imap4_client_open(alice->client, url), IMAP4_OK);
    (void)ANSWER(alice, login(alice, "secret"));
    kill(server, SIGKILL);
    waitpid(server, NULL, 0);
    ck_assert_int_gt(port, 0);
    error = imap4_client_error(alice->client);
    ck_assert_int_eq(error->result, IMAP4_ERROR_CERTIFICATE);
    ck_assert_uint_eq(error->verify, IMAP4_VERIFY_NAME);
    session_free(alice);
}
END_TEST

START_TEST(server_without_tls_where_tls_is_due)
{
    session *alice = session_new(NULL);
    char url[300];

    snprintf(url, sizeof url, "imaps://%s:%s", live_variable("IMAP4_TEST_HOST"), live_variable("IMAP4_TEST_PORT"));
    ck_assert_int_eq(imap4_client_open(alice->client, url), IMAP4_OK);
    is_refused(alice, IMAP4_ERROR_TLS);
    session_free(alice);
}
END_TEST

static session *in_the_clear(const char *host, wire *seen, uint64_t clear, uint64_t password)
{
    imap4_options *options = live_options();
    session *made;
    int fd = live_socket(host, "IMAP4_TEST_PORT");

    ck_assert_int_eq(imap4_options_set(options, IMAP4_OPTION_ALLOW_CLEAR, clear), IMAP4_OK);
    ck_assert_int_eq(imap4_options_set(options, IMAP4_OPTION_ALLOW_CLEAR_PASSWORD, password), IMAP4_OK);
    made = traced(seen, options);
    ck_assert_int_eq(imap4_client_open_fds(made->client, fd, fd, IMAP4_SECURITY_NONE), IMAP4_OK);
    return made;
}

/* Refused by us, with nothing of it on the wire; the connection goes on. */
static void is_not_sent(session *on, const wire *seen, int made, int result)
{
    const answer *told = ANSWER(on, made);

    ck_assert_int_eq(told->done->outcome, IMAP4_OUTCOME_NOT_SENT);
    ck_assert_int_eq(told->done->result, result);
    ck_assert_ptr_null(strstr(seen->sent, "LOGIN"));
    ck_assert_ptr_null(strstr(seen->sent, "AUTHENTICATE"));
    ck_assert_int_eq(imap4_conn_security(on->conn), IMAP4_SECURITY_NONE);
    OK(on, imap4_noop(on->conn, &on->request));
}

/* One host forbids passwords in the clear, the other would take them: neither gets one. */
START_TEST(no_password_in_the_clear)
{
    const char *const hosts[] = {live_variable("IMAP4_TEST_CLEAR_HOST"), "127.0.0.1"};

    for (size_t i = 0; i < 2; i++) {
        for (uint64_t clear = 0; clear < 2; clear++) {
            wire seen;
            session *alice = in_the_clear(hosts[i], &seen, clear, 0);
            is_not_sent(alice, &seen, login(alice, "secret"), IMAP4_ERROR_SECURITY);
            is_not_sent(alice, &seen, login(alice, NULL), IMAP4_ERROR_SECURITY);
            is_not_sent(alice, &seen,
                        imap4_authenticate(alice->conn, "PLAIN", NULL, "alice", "secret", &alice->request),
                        IMAP4_ERROR_SECURITY);
            ck_assert_int_eq(imap4_conn_has(alice->conn, "LOGINDISABLED"), i == 0);
            session_free(alice);
        }
    }
}
END_TEST

START_TEST(clear_password_where_both_sides_allow_it)
{
    wire seen;
    session *alice = in_the_clear(live_variable("IMAP4_TEST_CLEAR_HOST"), &seen, 1, 1);

    is_not_sent(alice, &seen, login(alice, "secret"), IMAP4_ERROR_UNSUPPORTED);
    session_free(alice);

    alice = in_the_clear("127.0.0.1", &seen, 1, 1);
    OK(alice, login(alice, live_variable("IMAP4_TEST_PASSWORD")));
    is_alice(alice);
    ck_assert_int_eq(imap4_conn_security(alice->conn), IMAP4_SECURITY_NONE);
    session_free(alice);
}
END_TEST

/* A bound port where nobody listens; as long as it is bound nobody else does either. */
START_TEST(connection_refused)
{
    session *alice = session_new(NULL);
    struct sockaddr_in here;
    socklen_t size = sizeof here;
    char url[100];
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    memset(&here, 0, sizeof here);
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&here, sizeof here), 0);
    ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&here, &size), 0);
    snprintf(url, sizeof url, "imaps://127.0.0.1:%d", ntohs(here.sin_port));
    ck_assert_int_eq(imap4_client_open(alice->client, url), IMAP4_OK);
    ck_assert_int_eq(is_refused(alice, IMAP4_ERROR_CONNECT)->system, ECONNREFUSED);
    close(fd);
    session_free(alice);
}
END_TEST

/* RFC 2606: nothing under .invalid ever resolves. */
START_TEST(unknown_host)
{
    session *alice = session_new(NULL);
    int result = imap4_client_open(alice->client, "imaps://nowhere.invalid");

    ck_assert_int_eq(result, IMAP4_ERROR_RESOLVE);
    ck_assert_int_eq(imap4_client_error(alice->client)->result, IMAP4_ERROR_RESOLVE);
    session_free(alice);
}
END_TEST

START_TEST(wrong_password_then_the_right_one)
{
    wire seen;
    session *alice = traced(&seen, live_options());
    const answer *told;

    ck_assert_int_eq(imap4_client_open(alice->client, live_url("imaps", live_variable("IMAP4_TEST_HOST"))), IMAP4_OK);
    told = NO(alice, login(alice, "not the password"));
    ck_assert_int_eq(told->done->text->code, IMAP4_CODE_AUTHENTICATIONFAILED);
    ck_assert_int_eq(told->done->text->trusted, 1);
    TEXT(told->done->command, "LOGIN");
    ck_assert_int_eq(imap4_conn_state(alice->conn), IMAP4_STATE_NOT_AUTHENTICATED);
    OK(alice, login(alice, live_variable("IMAP4_TEST_PASSWORD")));
    is_alice(alice);
    ck_assert_ptr_nonnull(strstr(seen.sent, "***"));
    ck_assert_ptr_null(strstr(seen.sent, "not the password"));
    ck_assert_ptr_null(strstr(seen.sent, live_variable("IMAP4_TEST_PASSWORD")));
    session_free(alice);
}
END_TEST

/* Supplies the password when it is asked for. */
static void sign_in_when_asked(session *on, int made)
{
    const imap4_event *event;
    size_t taken = 0;

    ck_assert_int_eq(made, IMAP4_OK);
    ck_assert_int_eq(imap4_client_next(on->client, on->request, &event), IMAP4_EVENT);
    while (event->kind != IMAP4_EVENT_WANTED)
        ck_assert_int_eq(imap4_client_next(on->client, on->request, &event), IMAP4_EVENT);
    ck_assert_int_eq(event->data.wanted->kind, IMAP4_WANTED_PASSWORD);
    ck_assert_uint_eq(event->request, on->request);
    ck_assert_int_eq(imap4_supply(on->conn, on->request, live_variable("IMAP4_TEST_PASSWORD"),
                                  strlen(live_variable("IMAP4_TEST_PASSWORD")), &taken),
                     IMAP4_OK);
    ck_assert_uint_eq(taken, strlen(live_variable("IMAP4_TEST_PASSWORD")));
    REST(on, on->request);
    is_alice(on);
}

START_TEST(password_given_when_wanted)
{
    static const char *const mechanisms[] = {NULL, "PLAIN", "CRAM-MD5"};

    for (size_t i = 0; i < 3; i++) {
        session *alice = opened("imaps", live_variable("IMAP4_TEST_HOST"), live_options());
        int made = mechanisms[i] == NULL ? login(alice, NULL)
                                         : imap4_authenticate(alice->conn, mechanisms[i], NULL,
                                                              live_variable("IMAP4_TEST_USER"), NULL, &alice->request);
        sign_in_when_asked(alice, made);
        session_free(alice);
    }
}
END_TEST

static int authenticate(session *on, const char *mechanism, const char *authorize, const char *password)
{
    return imap4_authenticate(on->conn, mechanism, authorize, live_variable("IMAP4_TEST_USER"), password, &on->request);
}

/* With the initial response on the command line, and with the one round trip more that servers without SASL-IR need. */
START_TEST(authenticate_plain)
{
    for (uint64_t initial = 0; initial < 2; initial++) {
        imap4_options *options = live_options();
        wire seen;
        session *alice;
        ck_assert_int_eq(imap4_options_set(options, IMAP4_OPTION_USE_SASL_IR, initial), IMAP4_OK);
        alice = traced(&seen, options);
        ck_assert_int_eq(imap4_client_open(alice->client, live_url("imaps", live_variable("IMAP4_TEST_HOST"))),
                         IMAP4_OK);
        ck_assert_int_eq(NO(alice, authenticate(alice, "PLAIN", NULL, "wrong"))->done->text->code,
                         IMAP4_CODE_AUTHENTICATIONFAILED);
        OK(alice, authenticate(alice, "plain", NULL, live_variable("IMAP4_TEST_PASSWORD")));
        is_alice(alice);
        ck_assert_int_eq(strstr(seen.sent, "AUTHENTICATE PLAIN\r\n") == NULL, initial == 1);
        /* "\0alice\0secret" in base64 */
        ck_assert_ptr_null(strstr(seen.sent, "AGFsaWNlAHNlY3JldA=="));
        session_free(alice);
    }
}
END_TEST

START_TEST(authenticate_for_somebody_else)
{
    session *alice = opened("imaps", live_variable("IMAP4_TEST_HOST"), live_options());
    const answer *told = NO(alice, authenticate(alice, "PLAIN", "bob", live_variable("IMAP4_TEST_PASSWORD")));

    ck_assert(told->done->text->code == IMAP4_CODE_AUTHENTICATIONFAILED ||
              told->done->text->code == IMAP4_CODE_AUTHORIZATIONFAILED);
    OK(alice, authenticate(alice, "PLAIN", "alice", live_variable("IMAP4_TEST_PASSWORD")));
    is_alice(alice);
    session_free(alice);
}
END_TEST

START_TEST(authenticate_cram_md5)
{
    session *alice = opened("imaps", live_variable("IMAP4_TEST_HOST"), live_options());

    ck_assert_int_eq(NO(alice, authenticate(alice, "CRAM-MD5", NULL, "wrong"))->done->text->code,
                     IMAP4_CODE_AUTHENTICATIONFAILED);
    OK(alice, authenticate(alice, "CRAM-MD5", NULL, live_variable("IMAP4_TEST_PASSWORD")));
    is_alice(alice);
    session_free(alice);
}
END_TEST

START_TEST(mechanism_of_nobody)
{
    session *alice = opened("imaps", live_variable("IMAP4_TEST_HOST"), live_options());

    ck_assert_int_eq(authenticate(alice, "X-NONE", NULL, "x"), IMAP4_ERROR_UNSUPPORTED);
    OK(alice, login(alice, live_variable("IMAP4_TEST_PASSWORD")));
    session_free(alice);
}
END_TEST

/* Giving a password up answers the exchange with `*`; another sign-in may follow. */
START_TEST(sign_in_cancelled)
{
    session *alice = opened("imaps", live_variable("IMAP4_TEST_HOST"), live_options());
    const imap4_event *event;

    ck_assert_int_eq(authenticate(alice, "CRAM-MD5", NULL, NULL), IMAP4_OK);
    event = session_await(alice, IMAP4_EVENT_WANTED);
    ck_assert_int_eq(event->data.wanted->kind, IMAP4_WANTED_PASSWORD);
    ck_assert_int_eq(imap4_cancel(alice->conn, alice->request), IMAP4_OK);
    ck_assert_int_eq(session_await(alice, IMAP4_EVENT_DONE)->data.done->outcome, IMAP4_OUTCOME_CANCELLED);
    OK(alice, login(alice, live_variable("IMAP4_TEST_PASSWORD")));
    is_alice(alice);
    session_free(alice);
}
END_TEST

Suite *way_suite(void)
{
    const TTest *const connecting[] = {
        tls_from_the_first_byte,
        starttls,
        user_in_the_url,
        system_trust_does_not_know_this_authority,
        address_in_the_certificate,
        address_not_in_the_certificate,
        certificate_of_another_name,
        server_without_tls_where_tls_is_due,
        connection_refused,
        unknown_host,
        NULL,
    };
    const TTest *const in_clear[] = {no_password_in_the_clear, clear_password_where_both_sides_allow_it, NULL};
    const TTest *const signing_in[] = {
        wrong_password_then_the_right_one,
        password_given_when_wanted,
        authenticate_plain,
        authenticate_for_somebody_else,
        authenticate_cram_md5,
        mechanism_of_nobody,
        sign_in_cancelled,
        NULL,
    };
    Suite *suite = suite_create("way");

    suite_tests(suite, "connecting", connecting);
    suite_tests(suite, "in the clear", in_clear);
    suite_tests(suite, "signing in", signing_in);
    return suite;
}
