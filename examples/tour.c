/*
 * A tour of libimap4, blocking: connect, sign in, list, select, look at envelopes, read one part, search, store, append,
 * wait for a change.
 *
 *     tour [--ca FILE] [--read-only] imaps://user@host[:port]
 *
 * The password comes from the environment variable IMAP4_PASSWORD, or is asked for without echo.
 */
#include <imap4/imap4.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* One error handling for the whole program: a library call went wrong, or the server said no. */
static void die(imap4_client *client, const char *doing)
{
    const imap4_error *error = imap4_client_error(client);
    const imap4_done *done = imap4_client_done(client);

    if (done && done->text)
        fprintf(stderr, "%s: the server says %s %s\n", doing, imap4_status_name(done->text->status),
                done->text->text.data);
    else if (error->result)
        fprintf(stderr, "%s: %s\n", doing, error->message.data);
    else
        fprintf(stderr, "%s: %s\n", doing, done ? imap4_result_message(done->result) : "failed");
    imap4_client_free(client);
    exit(1);
}

static void check(imap4_client *client, int result, const char *doing)
{
    if (result >= 0)
        return;
    fprintf(stderr, "%s: %s\n", doing, imap4_result_message(result));
    imap4_client_free(client);
    exit(1);
}

/* Waits for a request of which only the outcome matters. */
static void must(imap4_client *client, uint64_t request, const char *doing)
{
    imap4_status status;

    if (imap4_client_wait(client, request, &status) != IMAP4_DONE || status != IMAP4_STATUS_OK)
        die(client, doing);
}

/* The next event of a request, or NULL when it has ended well. */
static const imap4_event *next(imap4_client *client, uint64_t request, const char *doing)
{
    const imap4_event *event;
    int result = imap4_client_next(client, request, &event);

    if (result == IMAP4_EVENT)
        return event;
    if (result != IMAP4_DONE || !event->data.done->text || event->data.done->text->status != IMAP4_STATUS_OK)
        die(client, doing);
    return NULL;
}

static void read_password(char *out, size_t size)
{
    const char *given = getenv("IMAP4_PASSWORD");
    struct termios shown, hidden;
    int terminal = tcgetattr(STDIN_FILENO, &shown) == 0;

    if (given) {
        snprintf(out, size, "%s", given);
        return;
    }
    fprintf(stderr, "Password: ");
    if (terminal) {
        hidden = shown;
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    if (!fgets(out, (int)size, stdin))
        out[0] = 0;
    out[strcspn(out, "\n")] = 0;
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
        fprintf(stderr, "\n");
    }
}

/* What a server sends is not fit for a terminal as it is. */
static void print_text(imap4_str text)
{
    for (size_t i = 0; i < text.len; i++)
        putchar((unsigned char)text.data[i] < ' ' || text.data[i] == 127 ? '?' : text.data[i]);
}

static void sign_in(imap4_client *client)
{
    char password[256];
    uint64_t request;

    read_password(password, sizeof password);
    check(client, imap4_login(imap4_client_conn(client), imap4_client_user(client), password, &request), "sign in");
    must(client, request, "sign in");
    printf("Signed in as %s over %s.\n", imap4_client_user(client),
           imap4_conn_security(imap4_client_conn(client)) == IMAP4_SECURITY_VERIFIED ? "verified TLS" : "?");
}

static void list(imap4_client *client)
{
    const imap4_event *event;
    uint64_t request;

    printf("\nMailboxes:\n");
    check(client, imap4_list(imap4_client_conn(client), "", "*", &request), "list");
    while ((event = next(client, request, "list")) != NULL) {
        if (event->kind != IMAP4_EVENT_LIST)
            continue;
        printf("  ");
        print_text(event->data.list->name);
        for (int bit = IMAP4_MAILBOX_ALL; bit <= IMAP4_MAILBOX_IMPORTANT; bit *= 2) {
            if (event->data.list->attributes & (unsigned)bit)
                printf("  %s", imap4_mailbox_attribute_name(bit));
        }
        printf("\n");
    }
}

static void print_message(const imap4_msg_att *message)
{
    const imap4_envelope *envelope = message->envelope;
    const imap4_body *body = message->body;
    int parts = 0;

    for (; body; body = imap4_body_next(body))
        parts += body->kind != IMAP4_BODY_MULTIPART;
    printf("  %5u  ", (unsigned)message->uid);
    if (message->internaldate)
        printf("%04d-%02d-%02d  ", (int)message->internaldate->year, (int)message->internaldate->month,
               (int)message->internaldate->day);
    printf("%7lu bytes, %d part%s  ", (unsigned long)message->rfc822_size, parts, parts == 1 ? "" : "s");
    print_text(envelope->from ? envelope->from->mailbox : (imap4_str){"?", 1});
    printf(": ");
    print_text(envelope->subject);
    printf("\n");
}

/* Envelopes of the newest messages, by number since we want the last ones. Returns the newest UID, 0 if there is none. */
static uint32_t envelopes(imap4_client *client)
{
    const imap4_view *view = imap4_conn_view(imap4_client_conn(client));
    uint32_t uid = 0;
    imap4_fetch_items *items = NULL;
    imap4_seq_set *newest = NULL;
    const imap4_event *event;
    uint64_t request;

    printf("\nINBOX has %u messages", (unsigned)view->exists);
    if (!view->exists) {
        printf(".\n");
        return 0;
    }
    printf("; the newest:\n");
    check(client, imap4_seq_set_new(&newest, NULL), "fetch");
    check(client, imap4_seq_set_add(newest, view->exists > 12 ? view->exists - 11 : 1, view->exists), "fetch");
    check(client, imap4_fetch_items_new(&items, NULL), "fetch");
    check(client, imap4_fetch_items_add(items, IMAP4_FETCH_UID | IMAP4_FETCH_ALL | IMAP4_FETCH_BODYSTRUCTURE), "fetch");
    check(client, imap4_fetch_seq(imap4_client_conn(client), newest, view->serial, items, &request), "fetch");
    imap4_seq_set_free(newest);
    imap4_fetch_items_free(items);
    while ((event = next(client, request, "fetch")) != NULL) {
        if (event->kind != IMAP4_EVENT_FETCH || event->request != request || !event->data.fetch->envelope)
            continue;
        print_message(event->data.fetch);
        uid = event->data.fetch->uid;
    }
    return uid;
}

/* The text of one message, as a stream: a gigabyte would need no more memory. */
static void read_part(imap4_client *client, uint32_t uid)
{
    imap4_fetch_items *items = NULL;
    imap4_uid_set *uids = NULL;
    const imap4_event *event;
    uint64_t request;

    printf("\nPart 1 of message %u:\n", (unsigned)uid);
    check(client, imap4_uid_set_new(&uids, NULL), "read");
    check(client, imap4_uid_set_add(uids, uid, uid), "read");
    check(client, imap4_fetch_items_new(&items, NULL), "read");
    check(client, imap4_fetch_items_section(items, "1", IMAP4_SECTION_ALL, IMAP4_SECTION_STREAM), "read");
    check(client, imap4_fetch(imap4_client_conn(client), uids, items, &request), "read");
    imap4_fetch_items_free(items);
    imap4_uid_set_free(uids);
    while ((event = next(client, request, "read")) != NULL) {
        if (event->kind == IMAP4_EVENT_BODY_BEGIN)
            printf("  (%lu bytes)\n  | ", (unsigned long)event->data.stream->section->size);
        if (event->kind != IMAP4_EVENT_BODY_CHUNK)
            continue;
        for (size_t i = 0; i < event->data.chunk->len; i++) {
            uint8_t c = event->data.chunk->data[i];
            if (c == '\n')
                printf("\n  | ");
            else if (c != '\r')
                putchar(c < ' ' || c == 127 ? '?' : c);
        }
    }
    printf("\n");
}

static void search(imap4_client *client)
{
    imap4_search_keys *keys = NULL;
    const imap4_event *event;
    uint64_t request;
    uint64_t found = 0;

    check(client, imap4_search_keys_new(&keys, NULL), "search");
    imap4_search_keys_or(keys);
    imap4_search_keys_flag(keys, IMAP4_SEARCH_UNSEEN);
    imap4_search_keys_text(keys, IMAP4_SEARCH_SUBJECT, "welcome", 7);
    check(client, imap4_search(imap4_client_conn(client), keys, &request), "search");
    imap4_search_keys_free(keys);
    while ((event = next(client, request, "search")) != NULL) {
        if (event->kind == IMAP4_EVENT_SEARCH)
            found += imap4_uid_set_count(event->data.search->uids);
    }
    printf("\n%lu messages are unseen or welcome somebody.\n", (unsigned long)found);
}

/* Appends a message, flags it, and removes it again. */
static void change(imap4_client *client)
{
    static const char message[] = "From: tour@example.org\r\nTo: you@example.org\r\nSubject: Hello from libimap4\r\n"
                                  "Date: Sat, 21 Nov 2026 12:00:00 +0000\r\n\r\nJust visiting.\r\n";
    imap4_conn *conn = imap4_client_conn(client);
    imap4_flags seen = {IMAP4_FLAG_SEEN, 0, NULL};
    imap4_flags marks = {IMAP4_FLAG_FLAGGED | IMAP4_FLAG_DELETED, 0, NULL};
    imap4_uid_set *uids = NULL;
    const imap4_event *event;
    uint64_t request;
    uint32_t uid = 0;

    check(client, imap4_append(conn, "INBOX", &seen, NULL, message, sizeof message - 1, &request), "append");
    must(client, request, "append");
    imap4_uid_set_next(imap4_client_done(client)->text->uids, &(imap4_set_cursor){0}, &uid);
    printf("\nAppended a message, its UID is %u.\n", (unsigned)uid);
    if (!uid)
        return; /* no UIDPLUS: we cannot know which message is ours */

    check(client, imap4_uid_set_new(&uids, NULL), "store");
    check(client, imap4_uid_set_add(uids, uid, uid), "store");
    check(client, imap4_store(conn, uids, IMAP4_STORE_ADD, &marks, &request), "store");
    while ((event = next(client, request, "store")) != NULL) {
        if (event->kind == IMAP4_EVENT_FETCH && event->data.fetch->uid == uid && event->data.fetch->flags)
            printf("Its flags are now:%s%s%s.\n", event->data.fetch->flags->system & IMAP4_FLAG_SEEN ? " \\Seen" : "",
                   event->data.fetch->flags->system & IMAP4_FLAG_FLAGGED ? " \\Flagged" : "",
                   event->data.fetch->flags->system & IMAP4_FLAG_DELETED ? " \\Deleted" : "");
    }
    check(client, imap4_expunge_uids(conn, uids, &request), "expunge");
    imap4_uid_set_free(uids);
    must(client, request, "expunge");
    printf("And it is gone again: %u messages.\n", (unsigned)imap4_conn_view(conn)->exists);
}

/* IDLE for a moment: whatever the server has to say arrives as it happens (see watch.c for a program that does this for ever). */
static void listen(imap4_client *client)
{
    imap4_conn *conn = imap4_client_conn(client);
    const imap4_event *event;
    uint64_t request;

    if (!imap4_conn_has(conn, "IDLE"))
        return;
    check(client, imap4_idle(conn, &request), "idle");
    imap4_client_set_timeout(client, 1000);
    while (imap4_client_next(client, request, &event) == IMAP4_EVENT) {
        if (event->kind == IMAP4_EVENT_IDLE && event->data.number)
            printf("\nThe server would now tell of every change. We listen for a second, and leave.\n");
    }
    imap4_client_set_timeout(client, -1);
    check(client, imap4_cancel(conn, request), "idle");
    must(client, request, "idle");
}

int main(int argc, char **argv)
{
    imap4_options *options = NULL;
    imap4_client *client = NULL;
    const char *url = NULL;
    int read_only = 0;
    uint64_t request;
    uint32_t newest;

    if (imap4_version_check(IMAP4_VERSION_NUMBER) || imap4_options_new(&options, NULL))
        return 1;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--read-only"))
            read_only = 1;
        else if (!strcmp(argv[i], "--ca") && i + 1 < argc)
            imap4_options_set_ca_file(options, argv[++i]);
        else
            url = argv[i];
    }
    if (!url || imap4_client_new(&client, options)) {
        fprintf(stderr, "usage: tour [--ca FILE] [--read-only] imaps://user@host[:port]\n");
        imap4_options_free(options);
        return 1;
    }
    imap4_options_free(options);

    if (imap4_client_open(client, url) < 0)
        die(client, url);
    if (!imap4_client_user(client)) {
        fprintf(stderr, "%s: who are you? Write imaps://user@host\n", url);
        imap4_client_free(client);
        return 1;
    }
    sign_in(client);
    list(client);
    check(client, (read_only ? imap4_examine : imap4_select)(imap4_client_conn(client), "INBOX", &request), "select");
    must(client, request, "select INBOX");
    newest = envelopes(client);
    if (newest)
        read_part(client, newest);
    search(client);
    if (!read_only)
        change(client);
    listen(client);
    check(client, imap4_logout(imap4_client_conn(client), &request), "sign out");
    must(client, request, "sign out");
    printf("Signed out.\n");
    imap4_client_free(client);
    return 0;
}
