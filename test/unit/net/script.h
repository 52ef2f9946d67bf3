/*
 * A scripted server for the tests of the client: a thread at the other end of a socketpair, or behind a port.
 */
#ifndef TEST_NET_SCRIPT_H
#define TEST_NET_SCRIPT_H

#include <imap4/client.h>

#include "support/suite.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define HELLO "* PREAUTH [CAPABILITY IMAP4rev1 LITERAL+ UIDPLUS] hello\r\n"

typedef struct peer {
    int fd;
    int listener; /* -1: a socketpair */
    uint16_t port;
    pthread_t thread;
    void (*script)(struct peer *it);
    char line[4096]; /* read last, without CRLF */
    char tag[64];    /* its first word */
    size_t lines;    /* read so far */
    size_t swallowed;
    size_t number; /* for the test and its script */
    const char *text;
} peer;

static inline void say_bytes(peer *it, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t moved = send(it->fd, data, len, MSG_NOSIGNAL);
        if (moved <= 0)
            return;
        data += moved;
        len -= (size_t)moved;
    }
}

/* All at once. `%` stands for the tag that was read last. */
static inline void say(peer *it, const char *text)
{
    char all[4096];
    size_t len = 0;

    for (; *text != '\0' && len + sizeof it->tag < sizeof all; text++) {
        if (*text != '%') {
            all[len++] = *text;
            continue;
        }
        memcpy(all + len, it->tag, strlen(it->tag));
        len += strlen(it->tag);
    }
    say_bytes(it, all, len);
}

/* Reads a line; 0 at the end. */
static inline int hear(peer *it)
{
    size_t len = 0;
    char c;

    while (len + 1 < sizeof it->line) {
        if (read(it->fd, &c, 1) != 1)
            return 0;
        it->line[len++] = c;
        if (c == '\n')
            break;
    }
    it->line[len < 2 ? 0 : len - 2] = '\0';
    len = strcspn(it->line, " ");
    if (len < sizeof it->tag) {
        memcpy(it->tag, it->line, len);
        it->tag[len] = '\0';
    }
    it->lines++;
    return 1;
}

static inline void swallow(peer *it, size_t size)
{
    static char waste[65536];

    while (size > 0) {
        ssize_t moved = read(it->fd, waste, size < sizeof waste ? size : sizeof waste);
        if (moved <= 0)
            return;
        it->swallowed += (size_t)moved;
        size -= (size_t)moved;
    }
}

static inline void *run_script(void *user)
{
    peer *it = user;

    if (it->listener >= 0)
        it->fd = accept(it->listener, NULL, NULL);
    it->script(it);
    close(it->fd);
    return NULL;
}

static inline int peer_start(peer *it, void (*script)(peer *it))
{
    int fds[2];

    it->listener = -1;
    it->script = script;
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    it->fd = fds[1];
    ck_assert_int_eq(pthread_create(&it->thread, NULL, run_script, it), 0);
    return fds[0];
}

static inline void peer_listen(peer *it, void (*script)(peer *it))
{
    struct sockaddr_in address;
    socklen_t len = sizeof address;

    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    it->script = script;
    it->listener = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(it->listener, (struct sockaddr *)&address, sizeof address), 0);
    ck_assert_int_eq(listen(it->listener, 5), 0);
    ck_assert_int_eq(getsockname(it->listener, (struct sockaddr *)&address, &len), 0);
    it->port = ntohs(address.sin_port);
    ck_assert_int_eq(pthread_create(&it->thread, NULL, run_script, it), 0);
}

static inline void peer_join(peer *it)
{
    pthread_join(it->thread, NULL);
    if (it->listener >= 0)
        close(it->listener);
}

static inline imap4_client *client_with(int option, uint64_t value)
{
    imap4_options *options;
    imap4_client *client;

    ck_assert_int_eq(imap4_options_new(&options, NULL), IMAP4_OK);
    if (option != 0)
        ck_assert_int_eq(imap4_options_set(options, option, value), IMAP4_OK);
    ck_assert_int_eq(imap4_client_new(&client, options), IMAP4_OK);
    imap4_options_free(options);
    return client;
}

static inline imap4_client *opened(peer *it, void (*script)(peer *it), int option, uint64_t value)
{
    imap4_client *client = client_with(option, value);
    int fd = peer_start(it, script);

    ck_assert_int_eq(imap4_client_open_fds(client, fd, fd, IMAP4_SECURITY_LOCAL), IMAP4_OK);
    return client;
}

static inline uint64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* Greets, answers every command with OK, says `text` before the answer; with `number` 1 to LIST alone. */
static inline void obliging(peer *it)
{
    say(it, HELLO);
    while (hear(it)) {
        if (strstr(it->line, "SELECT") != NULL)
            say(it, "* 3 EXISTS\r\n* FLAGS (\\Seen)\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 4] x\r\n"
                    "% OK [READ-WRITE] done\r\n");
        else if (strstr(it->line, "LOGOUT") != NULL)
            say(it, "* BYE bye\r\n% OK done\r\n");
        else {
            if (it->text != NULL && (it->number == 0 || strstr(it->line, "LIST") != NULL))
                say(it, it->text);
            say(it, "% OK done\r\n");
        }
    }
}

/* Says `text` and nothing more. */
static inline void silent(peer *it)
{
    if (it->text != NULL)
        say(it, it->text);
    while (hear(it))
        continue;
}

#endif
