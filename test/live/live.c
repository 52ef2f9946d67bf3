#include "live/live.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

const char *live_variable(const char *name)
{
    const char *value = getenv(name);

    ck_assert_msg(value != NULL, "%s is not set: start the server with test/support/dovecot", name);
    return value;
}

const char *live_url(const char *scheme, const char *host)
{
    static char url[300];
    const char *port = live_variable(strcmp(scheme, "imaps") == 0 ? "IMAP4_TEST_TLS_PORT" : "IMAP4_TEST_PORT");

    snprintf(url, sizeof url, "%s://%s:%s", scheme, host, port);
    return url;
}

imap4_options *live_options(void)
{
    imap4_options *options = NULL;

    ck_assert_int_eq(imap4_options_new(&options, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_options_set_ca_file(options, live_variable("IMAP4_TEST_CA")), IMAP4_OK);
    return options;
}

session *session_new(const imap4_options *options)
{
    session *made = calloc(1, sizeof *made);
    imap4_options *own = options == NULL ? live_options() : NULL;

    ck_assert_ptr_nonnull(made);
    ck_assert_int_eq(imap4_client_new(&made->client, options == NULL ? own : options), IMAP4_OK);
    imap4_options_free(own);
    imap4_client_set_timeout(made->client, LIVE_PATIENCE);
    made->conn = imap4_client_conn(made->client);
    return made;
}

session *session_sign_in_with(const char *user, const imap4_options *options)
{
    session *made = session_new(options);

    ck_assert_int_eq(imap4_client_open(made->client, live_url("imaps", live_variable("IMAP4_TEST_HOST"))), IMAP4_OK);
    OK(made, imap4_login(made->conn, user == NULL ? live_variable("IMAP4_TEST_USER") : user,
                         live_variable("IMAP4_TEST_PASSWORD"), &made->request));
    return made;
}

session *session_sign_in(const char *user)
{
    return session_sign_in_with(user, NULL);
}

/* The child ends by itself when its standard input does; a process as short-lived as a test need not wait() for it. */
session *session_pipe(const char *user, const imap4_options *options)
{
    const char *pipe_command = live_variable("IMAP4_TEST_PIPE");
    session *made = session_new(options);
    int to[2];
    int from[2];
    pid_t child;

    ck_assert_int_eq(pipe(to), 0);
    ck_assert_int_eq(pipe(from), 0);
    child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        dup2(to[0], STDIN_FILENO);
        dup2(from[1], STDOUT_FILENO);
        /* Its log must not come behind the last line of this program. */
        dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
        for (int fd = 3; fd < 64; fd++)
            close(fd);
        execl(pipe_command, pipe_command, user, (char *)NULL);
        _exit(127);
    }
    close(to[0]);
    close(from[1]);
    made->child = (int)child;
    ck_assert_int_eq(imap4_client_open_fds(made->client, from[0], to[1], IMAP4_SECURITY_LOCAL), IMAP4_OK);
    return made;
}

static void answer_free(answer *done)
{
    for (size_t i = 0; i < done->count; i++)
        imap4_event_free(done->events[i]);
    free(done->events);
    free(done);
}

void session_free(session *ended)
{
    if (ended == NULL)
        return;
    while (ended->answers != NULL) {
        answer *next = ended->answers->next;
        answer_free(ended->answers);
        ended->answers = next;
    }
    imap4_client_free(ended->client);
    free(ended);
}

int live_socket(const char *address, const char *port_variable)
{
    struct sockaddr_in to;
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    ck_assert_int_ge(fd, 0);
    memset(&to, 0, sizeof to);
    to.sin_family = AF_INET;
    to.sin_port = htons((uint16_t)atoi(live_variable(port_variable)));
    ck_assert_int_eq(inet_pton(AF_INET, address, &to.sin_addr), 1);
    ck_assert_int_eq(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    return fd;
}

static void keep_event(session *on, answer *into)
{
    imap4_event **grown = realloc(into->events, (into->count + 1) * sizeof(*grown));

    ck_assert_ptr_nonnull(grown);
    into->events = grown;
    into->events[into->count] = imap4_client_keep(on->client);
    ck_assert_ptr_nonnull(into->events[into->count]);
    into->count++;
}

const answer *session_rest(session *on, uint64_t request, int status, const char *call, const char *file, int line)
{
    answer *into = calloc(1, sizeof *into);
    const imap4_event *event;
    int result;
    int got;

    ck_assert_ptr_nonnull(into);
    into->next = on->answers;
    on->answers = into;
    while ((result = imap4_client_next(on->client, request, &event)) == IMAP4_EVENT)
        keep_event(on, into);
    if (result != IMAP4_DONE) {
        ck_abort_msg("%s (%s:%d): %s, %s", call, file, line, imap4_result_message(result),
                     imap4_client_error(on->client)->message.data);
    }
    keep_event(on, into);
    into->done = into->events[into->count - 1]->data.done;
    got = into->done->text == NULL ? IMAP4_STATUS_NONE : into->done->text->status;
    if (status >= 0 && got != status) {
        ck_abort_msg("%s (%s:%d): %s %s %s", call, file, line, imap4_outcome_name(into->done->outcome),
                     imap4_result_name(into->done->result), into->done->text ? into->done->text->text.data : "");
    }
    return into;
}

const answer *session_answer(session *on, int made, int status, const char *call, const char *file, int line)
{
    if (made != IMAP4_OK)
        ck_abort_msg("%s (%s:%d): not even made: %s", call, file, line, imap4_result_message(made));
    return session_rest(on, on->request, status, call, file, line);
}

const imap4_event *session_next(session *on)
{
    const imap4_event *event;
    int result = imap4_client_next(on->client, 0, &event);

    if (result != IMAP4_EVENT)
        ck_abort_msg("waiting for an event: %s, %s", imap4_result_name(result),
                     imap4_client_error(on->client)->message.data);
    return event;
}

const imap4_event *session_await(session *on, int kind)
{
    const imap4_event *event;

    do
        event = session_next(on);
    while (event->kind != kind);
    return event;
}

const imap4_event *answer_event(const answer *of, int kind, size_t index)
{
    for (size_t i = 0; i < of->count; i++) {
        if (of->events[i]->kind == kind && index-- == 0)
            return of->events[i];
    }
    ck_abort_msg("the answer has only %zu of %s", answer_count(of, kind), imap4_event_kind_name(kind));
}

size_t answer_count(const answer *of, int kind)
{
    size_t count = 0;

    for (size_t i = 0; i < of->count; i++)
        count += of->events[i]->kind == kind;
    return count;
}

const imap4_msg_att *answer_fetch(const answer *of, uint32_t uid)
{
    for (size_t i = 0; i < of->count; i++) {
        if (of->events[i]->kind == IMAP4_EVENT_FETCH && of->events[i]->data.fetch->uid == uid)
            return of->events[i]->data.fetch;
    }
    ck_abort_msg("no FETCH of UID %u", (unsigned)uid);
}

void live_text(imap4_str actual, const char *expected, const char *what, const char *file, int line)
{
    if (expected == NULL ? actual.data == NULL
                         : actual.data != NULL && actual.len == strlen(expected) &&
                               memcmp(actual.data, expected, actual.len + 1) == 0)
        return;
    ck_abort_msg("%s:%d: %s is \"%s\", not \"%s\"", file, line, what, actual.data ? actual.data : "(NIL)",
                 expected ? expected : "(NIL)");
}

imap4_uid_set *uids_of(const char *text)
{
    imap4_uid_set *set = NULL;

    ck_assert_int_eq(imap4_uid_set_new(&set, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_uid_set_parse(set, text, strlen(text)), IMAP4_OK);
    return set;
}

imap4_seq_set *numbers_of(const char *text)
{
    imap4_seq_set *set = NULL;

    ck_assert_int_eq(imap4_seq_set_new(&set, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_seq_set_parse(set, text, strlen(text)), IMAP4_OK);
    return set;
}

const char *uids_text(const imap4_uid_set *set)
{
    static char text[1000];
    uint32_t first;
    uint32_t last;
    size_t len = 0;

    text[0] = 0;
    for (imap4_set_cursor at = {0}; imap4_uid_set_next_range(set, &at, &first, &last) && len < sizeof text - 30;) {
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%u", len ? "," : "", (unsigned)first);
        if (last != first)
            len += (size_t)snprintf(text + len, sizeof text - len, ":%u", (unsigned)last);
    }
    return text;
}

void scratch_make(session *by, const char *name)
{
    ANSWER(by, imap4_delete(by->conn, name, &by->request));
    OK(by, imap4_create(by->conn, name, &by->request));
}

void scratch_fill(session *by, const char *name, const char *subjects)
{
    while (*subjects) {
        int len = (int)strcspn(subjects, " ");
        char message[500];
        int size = snprintf(message, sizeof message,
                            "From: a@example.org\r\nSubject: %.*s\r\nDate: Sat, 1 Feb 2025 12:00:00 +0000\r\n\r\n"
                            "This is %.*s.\r\n",
                            len, subjects, len, subjects);
        ck_assert(size > 0 && size < (int)sizeof message);
        OK(by, imap4_append(by->conn, name, NULL, NULL, message, (size_t)size, &by->request));
        subjects += len;
        subjects += *subjects == ' ';
    }
}

void scratch_drop(session *by, const char *name)
{
    OK(by, imap4_delete(by->conn, name, &by->request));
}

static size_t put_message(char *text, size_t size, const imap4_msg_att *message)
{
    static const struct {
        uint32_t flag;
        char letter;
    } letters[] = {
        {IMAP4_FLAG_SEEN, 'S'},    {IMAP4_FLAG_ANSWERED, 'A'}, {IMAP4_FLAG_FLAGGED, 'F'},
        {IMAP4_FLAG_DELETED, 'D'}, {IMAP4_FLAG_DRAFT, 'T'},
    };
    char shown[8] = "";
    size_t count = 0;
    size_t len;

    ck_assert_ptr_nonnull(message->flags);
    ck_assert_ptr_nonnull(message->envelope);
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
        if (message->flags->system & letters[i].flag)
            shown[count++] = letters[i].letter;
    }
    len = (size_t)snprintf(text, size, "%u %s%s%s", (unsigned)message->uid, message->envelope->subject.data,
                           count ? " " : "", shown);
    for (uint32_t i = 0; i < message->flags->keyword_count && len < size; i++)
        len += (size_t)snprintf(text + len, size - len, " %s", message->flags->keywords[i].data);
    return len;
}

const char *mailbox_text(session *by, const char *name)
{
    static char text[4000];
    imap4_fetch_items *items = NULL;
    imap4_uid_set *all = uids_of("1:*");
    const answer *fetched;
    size_t len = 0;

    text[0] = 0;
    OK(by, imap4_examine(by->conn, name, &by->request));
    ck_assert_int_eq(imap4_fetch_items_new(&items, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_add(items, IMAP4_FETCH_FLAGS | IMAP4_FETCH_ENVELOPE), IMAP4_OK);
    fetched = OK(by, imap4_fetch(by->conn, all, items, &by->request));
    for (size_t i = 0; i < fetched->count; i++) {
        if (fetched->events[i]->kind != IMAP4_EVENT_FETCH)
            continue;
        if (len > 0)
            len += (size_t)snprintf(text + len, sizeof text - len, "; ");
        len += put_message(text + len, sizeof text - len, fetched->events[i]->data.fetch);
        ck_assert_uint_lt(len, sizeof text - 10);
    }
    imap4_fetch_items_free(items);
    imap4_uid_set_free(all);
    return text;
}

/* LIVE_MAIL is the folder, given by meson; names begin with the number. */
static void find_mail(uint32_t number, char *path, size_t size)
{
    DIR *folder = opendir(LIVE_MAIL);
    const struct dirent *entry;

    ck_assert_msg(folder != NULL, "no folder " LIVE_MAIL);
    path[0] = 0;
    while ((entry = readdir(folder)) != NULL) {
        if (strtoul(entry->d_name, NULL, 10) == number)
            snprintf(path, size, "%s/%s", LIVE_MAIL, entry->d_name);
    }
    closedir(folder);
    ck_assert_msg(path[0] != 0, "no sample mail %u", (unsigned)number);
}

char *sample_mail(uint32_t number, size_t *len_out)
{
    char path[1000];
    char *mail = malloc(20000);
    size_t len = 0;
    FILE *file;
    int c;

    ck_assert_ptr_nonnull(mail);
    find_mail(number, path, sizeof path);
    file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    while ((c = getc(file)) != EOF) {
        ck_assert_uint_lt(len, 19990);
        if (c == '\n')
            mail[len++] = '\r';
        mail[len++] = (char)c;
    }
    fclose(file);
    mail[len] = 0;
    *len_out = len;
    return mail;
}
