/*
 * Two connections in one poll loop, each waiting for changes of a mailbox with IDLE.
 *
 *     watch [--ca FILE] imaps://user@host[:port] MAILBOX MAILBOX
 *
 * The password comes from the environment variable IMAP4_PASSWORD. Ends with SIGINT, or when both connections have ended.
 */
#include <imap4/imap4.h>

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    CONNECTIONS = 2
};

struct watcher {
    imap4_client *client; /* NULL: has ended */
    const char *mailbox;
};

static struct watcher watchers[CONNECTIONS];
static volatile sig_atomic_t stopping;

/* A signal may come just before poll() begins to wait: waking makes that wait short. */
static void stop(int number)
{
    (void)number;
    stopping = 1;
    for (int i = 0; i < CONNECTIONS; i++) {
        if (watchers[i].client)
            imap4_client_wake(watchers[i].client);
    }
}

/* Requests are made at once and sent one after the other: there is nothing to wait for here. */
static int start(struct watcher *watcher, const imap4_options *options, const char *url)
{
    const char *password = getenv("IMAP4_PASSWORD");
    imap4_conn *conn;
    int result = imap4_client_new(&watcher->client, options);

    if (result < 0)
        return result;
    imap4_client_set_timeout(watcher->client, 0);
    conn = imap4_client_conn(watcher->client);
    result = imap4_client_open(watcher->client, url);
    if (!result)
        result = imap4_login(conn, imap4_client_user(watcher->client), password ? password : "", NULL);
    if (!result)
        result = imap4_examine(conn, watcher->mailbox, NULL);
    return result ? result : imap4_idle(conn, NULL);
}

/* What a server sends is not fit for a terminal as it is. */
static void print_text(imap4_str text)
{
    for (size_t i = 0; i < text.len; i++)
        putchar((unsigned char)text.data[i] < ' ' || text.data[i] == 127 ? '?' : text.data[i]);
}

static void show(const struct watcher *watcher, const imap4_event *event)
{
    switch (event->kind) {
    case IMAP4_EVENT_IDLE:
        printf("%-12s %s\n", watcher->mailbox, event->data.number ? "waiting for changes" : "not waiting");
        break;
    case IMAP4_EVENT_EXISTS:
        printf("%-12s %lu messages\n", watcher->mailbox, (unsigned long)event->data.number);
        break;
    case IMAP4_EVENT_EXPUNGE:
        printf("%-12s message %lu is gone\n", watcher->mailbox, (unsigned long)event->data.number);
        break;
    case IMAP4_EVENT_FETCH:
        printf("%-12s message %u:", watcher->mailbox, (unsigned)event->data.fetch->seq);
        for (int bit = IMAP4_FLAG_SEEN; event->data.fetch->flags && bit <= IMAP4_FLAG_DRAFT; bit *= 2) {
            if (event->data.fetch->flags->system & (unsigned)bit)
                printf(" %s", imap4_flag_name(bit));
        }
        printf("\n");
        break;
    case IMAP4_EVENT_DONE:
        printf("%-12s %s: ", watcher->mailbox, event->data.done->command.data);
        if (event->data.done->text)
            print_text(event->data.done->text->text);
        else
            printf("%s", imap4_result_message(event->data.done->result));
        printf("\n");
        break;
    default:
        break;
    }
    fflush(stdout);
}

/* A refused sign-in or EXAMINE: there will be nothing to watch. */
static int refused(const imap4_event *event)
{
    return event->kind == IMAP4_EVENT_DONE &&
           !(event->data.done->text && event->data.done->text->status == IMAP4_STATUS_OK);
}

/* Everything that can be read now. Returns 0 when there is nothing more to come. */
static int read_events(struct watcher *watcher)
{
    imap4_client *client = watcher->client;
    const imap4_event *event;
    int end = 0;
    int result;

    while (!end && (result = imap4_client_next(client, 0, &event)) == IMAP4_EVENT) {
        show(watcher, event);
        end = refused(event);
    }
    if (!end && result >= 0)
        return 1;
    if (!end && imap4_client_error(client)->result)
        printf("%-12s ended: %s\n", watcher->mailbox, imap4_client_error(client)->message.data);
    watcher->client = NULL;
    imap4_client_free(client);
    return 0;
}

static size_t gather(struct pollfd *polls, int *timeout)
{
    size_t count = 0;

    *timeout = -1;
    for (int i = 0; i < CONNECTIONS; i++) {
        imap4_pollfd fds[IMAP4_CLIENT_FDS];
        size_t some = 0;
        int64_t ms;

        if (!watchers[i].client)
            continue;
        imap4_client_pollfds(watchers[i].client, fds, IMAP4_CLIENT_FDS, &some, NULL);
        for (size_t j = 0; j < some; j++, count++) {
            polls[count].fd = (int)fds[j].fd;
            polls[count].events = (short)((fds[j].events & IMAP4_POLL_READ ? POLLIN : 0) |
                                          (fds[j].events & IMAP4_POLL_WRITE ? POLLOUT : 0));
        }
        ms = imap4_client_timeout_ms(watchers[i].client);
        if (ms >= 0 && (*timeout < 0 || ms < *timeout))
            *timeout = ms > 60000 ? 60000 : (int)ms;
    }
    return count;
}

int main(int argc, char **argv)
{
    struct sigaction on_signal;
    imap4_options *options = NULL;
    int at = argc > 1 && !strcmp(argv[1], "--ca") ? 3 : 1;
    int alive = 1;

    if (argc != at + 3 || imap4_options_new(&options, NULL)) {
        fprintf(stderr, "usage: watch [--ca FILE] imaps://user@host[:port] MAILBOX MAILBOX\n");
        return 1;
    }
    if (at == 3)
        imap4_options_set_ca_file(options, argv[2]);
    memset(&on_signal, 0, sizeof on_signal);
    on_signal.sa_handler = stop;
    sigaction(SIGINT, &on_signal, NULL);
    sigaction(SIGTERM, &on_signal, NULL);

    for (int i = 0; i < CONNECTIONS; i++) {
        watchers[i].mailbox = argv[at + 1 + i];
        int result = start(&watchers[i], options, argv[at]);

        if (result) {
            fprintf(stderr, "%s: %s\n", argv[at], imap4_result_message(result));
            alive = 0;
        }
    }
    imap4_options_free(options);
    while (alive && !stopping) {
        struct pollfd polls[CONNECTIONS * IMAP4_CLIENT_FDS];
        int timeout;
        size_t count = gather(polls, &timeout);

        poll(polls, (nfds_t)count, timeout);
        alive = 0;
        for (int i = 0; i < CONNECTIONS; i++) {
            if (watchers[i].client)
                alive |= read_events(&watchers[i]);
        }
    }
    for (int i = 0; i < CONNECTIONS; i++)
        imap4_client_free(watchers[i].client);
    return stopping ? 0 : 1;
}
