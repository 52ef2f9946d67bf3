#include "net/fd.h"

#include "support/suite.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

Suite *fd_suite(void);

START_TEST(writing_to_nobody_is_an_errno_not_a_signal)
{
    int fds[2];
    size_t moved;
    sigset_t pending;
    sigset_t before;
    sigset_t after;

    /* SIGPIPE would end this process. */
    ck_assert_int_eq(pipe(fds), 0);
    close(fds[0]);
    sigprocmask(SIG_BLOCK, NULL, &before);
    ck_assert_int_eq(imap4__fd_write(fds[1], (const uint8_t *)"x", 1, &moved), IMAP4__IO_FAILED);
    ck_assert_int_eq(errno, EPIPE);
    sigprocmask(SIG_BLOCK, NULL, &after);
    ck_assert_int_eq(sigismember(&after, SIGPIPE), sigismember(&before, SIGPIPE));
    sigpending(&pending);
    ck_assert_int_eq(sigismember(&pending, SIGPIPE), 0);
    close(fds[1]);

    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    close(fds[0]);
    ck_assert_int_eq(imap4__fd_write(fds[1], (const uint8_t *)"x", 1, &moved), IMAP4__IO_FAILED);
    ck_assert_int_eq(errno, EPIPE);
    close(fds[1]);
}
END_TEST

START_TEST(pending_signal_of_the_program_stays)
{
    int fds[2];
    size_t moved;
    sigset_t mask;
    sigset_t pending;

    sigemptyset(&mask);
    sigaddset(&mask, SIGPIPE);
    sigprocmask(SIG_BLOCK, &mask, NULL);
    raise(SIGPIPE);
    ck_assert_int_eq(pipe(fds), 0);
    close(fds[0]);
    ck_assert_int_eq(imap4__fd_write(fds[1], (const uint8_t *)"x", 1, &moved), IMAP4__IO_FAILED);
    sigpending(&pending);
    ck_assert_int_eq(sigismember(&pending, SIGPIPE), 1);
    close(fds[1]);
}
END_TEST

START_TEST(reading_never_waits)
{
    int fds[2];
    uint8_t space[8];
    size_t moved = 0;

    ck_assert_int_eq(pipe(fds), 0);
    ck_assert_int_eq(imap4__fd_prepare(fds[0]), 0);
    ck_assert_int_ne(fcntl(fds[0], F_GETFD) & FD_CLOEXEC, 0);
    ck_assert_int_eq(imap4__fd_read(fds[0], space, sizeof space, &moved), IMAP4__IO_BLOCKED);
    ck_assert_int_eq(write(fds[1], "abc", 3), 3);
    ck_assert_int_eq(imap4__fd_read(fds[0], space, sizeof space, &moved), IMAP4__IO_MOVED);
    ck_assert_uint_eq(moved, 3);
    close(fds[1]);
    ck_assert_int_eq(imap4__fd_read(fds[0], space, sizeof space, &moved), IMAP4__IO_EOF);
    close(fds[0]);
    ck_assert_int_eq(imap4__fd_read(fds[0], space, sizeof space, &moved), IMAP4__IO_FAILED);
    ck_assert_int_eq(errno, EBADF);
    ck_assert_int_eq(imap4__fd_prepare(fds[0]), -1);
}
END_TEST

START_TEST(writing_never_waits)
{
    static uint8_t data[1 << 16];
    int fds[2];
    size_t moved;
    imap4__io io;
    int rounds = 0;

    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    ck_assert_int_eq(imap4__fd_prepare(fds[1]), 0);
    while ((io = imap4__fd_write(fds[1], data, sizeof data, &moved)) == IMAP4__IO_MOVED)
        rounds++;
    ck_assert_int_eq(io, IMAP4__IO_BLOCKED);
    ck_assert_int_gt(rounds, 0);
    close(fds[0]);
    close(fds[1]);
}
END_TEST

START_TEST(sockets_are_tuned)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int value = 0;
    socklen_t len = sizeof value;

    imap4__fd_tune(fd);
    ck_assert_int_eq(getsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &value, &len), 0);
    ck_assert_int_ne(value, 0);
    ck_assert_int_eq(getsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &value, &len), 0);
    ck_assert_int_ne(value, 0);
#if defined(__linux__)
    ck_assert_int_eq(getsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &value, &len), 0);
    ck_assert_int_eq(value, 60);
    ck_assert_int_eq(getsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &value, &len), 0);
    ck_assert_int_eq(value, 20);
    ck_assert_int_eq(getsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &value, &len), 0);
    ck_assert_int_eq(value, 3);
    ck_assert_int_eq(getsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &value, &len), 0);
    ck_assert_int_eq(value, 60000);
#endif
    close(fd);
    imap4__fd_tune(-1);
}
END_TEST

Suite *fd_suite(void)
{
    const TTest *const tests[] = {writing_to_nobody_is_an_errno_not_a_signal, pending_signal_of_the_program_stays,
                                  reading_never_waits, writing_never_waits, sockets_are_tuned, NULL};
    Suite *suite = suite_create("fd");

    suite_tests(suite, "fd", tests);
    return suite;
}
