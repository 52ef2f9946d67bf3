#include "net/dial.h"

#include "base/mem.h"
#include "net/clock.h"
#include "support/memory.h"
#include "support/suite.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

Suite *dial_suite(void);

/* A listening socket on a loopback address; -1 where the machine has none. */
static int listening(const char *host, int backlog, uint16_t *port_out)
{
    struct sockaddr_in address;
    socklen_t len = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    ck_assert_int_eq(inet_pton(AF_INET, host, &address.sin_addr), 1);
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&address, &len), 0);
    *port_out = ntohs(address.sin_port);
    if (backlog >= 0)
        ck_assert_int_eq(listen(fd, backlog), 0);
    return fd;
}

/* A dial with addresses of the test's own, in their order. */
typedef struct fixture {
    imap4__dial dial;
    struct addrinfo info[4];
    struct sockaddr_in addresses[4];
} fixture;

static void offer(fixture *it, const char *host, uint16_t port)
{
    const imap4_allocator *mem = imap4__mem_or_default(NULL);
    size_t i = it->dial.count++;

    if (i == 0)
        it->dial.order = imap4__alloc(mem, 4 * sizeof *it->dial.order);
    it->addresses[i].sin_family = AF_INET;
    it->addresses[i].sin_port = htons(port);
    ck_assert_int_eq(inet_pton(AF_INET, host, &it->addresses[i].sin_addr), 1);
    it->info[i].ai_family = AF_INET;
    it->info[i].ai_socktype = SOCK_STREAM;
    it->info[i].ai_addr = (struct sockaddr *)&it->addresses[i];
    it->info[i].ai_addrlen = sizeof it->addresses[i];
    it->dial.order[i] = &it->info[i];
}

static void begin(fixture *it)
{
    memset(it, 0, sizeof *it);
    imap4__dial_init(&it->dial);
}

static void end(fixture *it)
{
    imap4__dial_clear(&it->dial, imap4__mem_or_default(NULL));
}

static int run(fixture *it, int *fd_out)
{
    for (;;) {
        uint64_t now = imap4__clock_ms();
        int result = imap4__dial_step(&it->dial, now, fd_out);
        struct pollfd fds[IMAP4__DIAL_ATTEMPTS];
        nfds_t count = 0;
        if (result != 0)
            return result;
        for (size_t i = 0; i < IMAP4__DIAL_ATTEMPTS; i++) {
            if (it->dial.attempts[i] >= 0)
                fds[count++] = (struct pollfd){it->dial.attempts[i], POLLOUT, 0};
        }
        poll(fds, count, imap4__clock_wait(imap4__clock_ms(), imap4__dial_deadline(&it->dial)));
    }
}

START_TEST(first_address_wins)
{
    fixture it;
    uint16_t port;
    int listener = listening("127.0.0.1", 5, &port);
    int fd = -1;

    begin(&it);
    offer(&it, "127.0.0.1", port);
    imap4__dial_start(&it.dial, imap4__clock_ms(), 5000);
    ck_assert_int_eq(run(&it, &fd), IMAP4_EVENT);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, "x", 1), 1);
    end(&it);
    close(fd);
    close(listener);
}
END_TEST

START_TEST(refused_addresses_are_passed_at_once)
{
    fixture it;
    uint16_t closed;
    uint16_t port;
    int taken = listening("127.0.0.1", -1, &closed);
    int listener = listening("127.0.0.1", 5, &port);
    uint64_t start = imap4__clock_ms();
    int fd = -1;

    begin(&it);
    offer(&it, "127.0.0.1", closed);
    offer(&it, "127.0.0.1", closed);
    offer(&it, "127.0.0.1", port);
    imap4__dial_start(&it.dial, start, 5000);
    ck_assert_int_eq(run(&it, &fd), IMAP4_EVENT);
    ck_assert_uint_eq(it.dial.sockets, 3); /* each may have had the number of the one before it */
    end(&it);
    close(fd);
    close(listener);
    close(taken);
}
END_TEST

START_TEST(all_refused_is_an_error)
{
    fixture it;
    uint16_t closed;
    int taken = listening("127.0.0.1", -1, &closed);
    int fd = -1;

    begin(&it);
    offer(&it, "127.0.0.1", closed);
    offer(&it, "127.0.0.1", closed);
    imap4__dial_start(&it.dial, imap4__clock_ms(), 5000);
    ck_assert_int_eq(run(&it, &fd), IMAP4_ERROR_CONNECT);
    ck_assert_int_eq(it.dial.last_errno, ECONNREFUSED);
    ck_assert_int_eq(fd, -1);
    end(&it);
    close(taken);
}
END_TEST

/* Linux drops what does not fit into the queue of a listener, so that connecting to it takes for ever. */
static int black_hole(uint16_t *port_out, int fillers[3])
{
    struct sockaddr_in address;
    int fd = listening("127.0.0.1", 0, port_out);

    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons(*port_out);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (size_t i = 0; i < 3; i++) {
        fillers[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        (void)connect(fillers[i], (struct sockaddr *)&address, sizeof address);
    }
    poll(NULL, 0, 50);
    return fd;
}

START_TEST(silent_address_costs_one_delay)
{
    fixture it;
    uint16_t hole;
    uint16_t port;
    int fillers[3];
    int silent = black_hole(&hole, fillers);
    int listener = listening("127.0.0.1", 5, &port);
    uint64_t start = imap4__clock_ms();
    uint64_t took;
    int fd = -1;

    begin(&it);
    offer(&it, "127.0.0.1", hole);
    offer(&it, "127.0.0.1", port);
    imap4__dial_start(&it.dial, start, 5000);
    ck_assert_int_eq(run(&it, &fd), IMAP4_EVENT);
    took = imap4__clock_ms() - start;
    ck_assert_uint_ge(took, IMAP4__DIAL_DELAY_MS);
    ck_assert_uint_lt(took, IMAP4__DIAL_DELAY_MS + 200);
    end(&it);
    for (size_t i = 0; i < IMAP4__DIAL_ATTEMPTS; i++)
        ck_assert_int_eq(it.dial.attempts[i], -1);
    close(fd);
    close(listener);
    close(silent);
    for (size_t i = 0; i < 3; i++)
        close(fillers[i]);
}
END_TEST

START_TEST(time_is_limited)
{
    fixture it;
    uint16_t hole;
    int fillers[3];
    int silent = black_hole(&hole, fillers);
    uint64_t start = imap4__clock_ms();
    uint64_t took;
    int fd = -1;

    begin(&it);
    offer(&it, "127.0.0.1", hole);
    offer(&it, "127.0.0.1", hole);
    imap4__dial_start(&it.dial, start, 400);
    ck_assert_int_eq(run(&it, &fd), IMAP4_ERROR_TIMEOUT);
    took = imap4__clock_ms() - start;
    ck_assert_uint_ge(took, 400);
    ck_assert_uint_lt(took, 600);
    end(&it);
    close(silent);
    for (size_t i = 0; i < 3; i++)
        close(fillers[i]);
}
END_TEST

START_TEST(families_take_turns)
{
    const imap4_allocator *mem = imap4__mem_or_default(NULL);
    imap4__dial dial;
    int code = 0;
    int result;

    imap4__dial_init(&dial);
    result = imap4__dial_resolve(&dial, mem, "localhost", "993", &code);
    ck_assert_msg(result == IMAP4_OK, "localhost: %s", gai_strerror(code));
    ck_assert_uint_ge(dial.count, 1);
    if (dial.count > 1 && dial.found->ai_next->ai_family != dial.found->ai_family)
        ck_assert_int_ne(dial.order[0]->ai_family, dial.order[1]->ai_family);
    imap4__dial_clear(&dial, mem);

    ck_assert_int_eq(imap4__dial_resolve(&dial, mem, "::1", "993", &code), IMAP4_OK);
    ck_assert_int_eq(dial.order[0]->ai_family, AF_INET6);
    imap4__dial_clear(&dial, mem);
}
END_TEST

START_TEST(unknown_names_say_so)
{
    const imap4_allocator *mem = imap4__mem_or_default(NULL);
    imap4__dial dial;
    int code = 0;

    imap4__dial_init(&dial);
    ck_assert_int_eq(imap4__dial_resolve(&dial, mem, "nowhere.invalid", "993", &code), IMAP4_ERROR_RESOLVE);
    ck_assert_int_ne(code, 0);
    imap4__dial_clear(&dial, mem);
}
END_TEST

START_TEST(no_memory_is_an_answer)
{
    test_memory memory;
    imap4__dial dial;
    int code = 0;

    test_memory_init(&memory, 1);
    imap4__dial_init(&dial);
    ck_assert_int_eq(imap4__dial_resolve(&dial, &memory.allocator, "127.0.0.1", "993", &code), IMAP4_ERROR_MEMORY);
    imap4__dial_clear(&dial, &memory.allocator);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

Suite *dial_suite(void)
{
    const TTest *const tests[] = {first_address_wins, refused_addresses_are_passed_at_once, all_refused_is_an_error,
                                  silent_address_costs_one_delay, time_is_limited, families_take_turns,
                                  unknown_names_say_so, no_memory_is_an_answer, NULL};
    Suite *suite = suite_create("dial");

    suite_tests(suite, "dial", tests);
    return suite;
}
