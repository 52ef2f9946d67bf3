#include "net/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

int imap4__fd_prepare(int fd)
{
    int flags = fcntl(fd, F_GETFL);

    if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0)
        return -1;
    flags = fcntl(fd, F_GETFD);
    return flags < 0 || fcntl(fd, F_SETFD, flags | FD_CLOEXEC) < 0 ? -1 : 0;
}

/* Networks forget silent connections after minutes; the kernel alone finds a dead peer after hours. */
static const struct {
    int level;
    int name;
    int value;
} settings[] = {
    {IPPROTO_TCP, TCP_NODELAY, 1},
    {SOL_SOCKET, SO_KEEPALIVE, 1},
#if defined(TCP_KEEPIDLE)
    {IPPROTO_TCP, TCP_KEEPIDLE, 60},
#elif defined(TCP_KEEPALIVE)
    {IPPROTO_TCP, TCP_KEEPALIVE, 60},
#endif
#if defined(TCP_KEEPINTVL)
    {IPPROTO_TCP, TCP_KEEPINTVL, 20},
#endif
#if defined(TCP_KEEPCNT)
    {IPPROTO_TCP, TCP_KEEPCNT, 3},
#endif
#if defined(TCP_USER_TIMEOUT)
    {IPPROTO_TCP, TCP_USER_TIMEOUT, 60 * 1000},
#endif
#if defined(SO_NOSIGPIPE)
    {SOL_SOCKET, SO_NOSIGPIPE, 1},
#endif
};

void imap4__fd_tune(int fd)
{
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++)
        (void)setsockopt(fd, settings[i].level, settings[i].name, &settings[i].value, sizeof settings[i].value);
}

static imap4__io outcome(ssize_t moved, size_t *moved_out)
{
    if (moved > 0) {
        *moved_out = (size_t)moved;
        return IMAP4__IO_MOVED;
    }
    if (moved == 0)
        return IMAP4__IO_EOF;
#if EWOULDBLOCK != EAGAIN
    if (errno == EWOULDBLOCK)
        return IMAP4__IO_BLOCKED;
#endif
    return errno == EAGAIN ? IMAP4__IO_BLOCKED : IMAP4__IO_FAILED;
}

imap4__io imap4__fd_read(int fd, uint8_t *space, size_t room, size_t *moved_out)
{
    ssize_t moved;

    do
        moved = read(fd, space, room);
    while (moved < 0 && errno == EINTR);
    return outcome(moved, moved_out);
}

/*
 * A pipe has no MSG_NOSIGNAL. So SIGPIPE is held back in this thread alone while writing, and what the write caused is
 * taken out before it is let through again; one that was pending before stays pending. No handler is touched.
 */
static ssize_t write_quietly(int fd, const uint8_t *data, size_t len)
{
    sigset_t sigpipe;
    sigset_t before;
    sigset_t pending;
    ssize_t moved;
    int saved;
    int was_pending;

    (void)sigemptyset(&sigpipe);
    (void)sigaddset(&sigpipe, SIGPIPE);
    (void)sigemptyset(&pending);
    (void)sigpending(&pending);
    was_pending = sigismember(&pending, SIGPIPE) == 1;
    if (pthread_sigmask(SIG_BLOCK, &sigpipe, &before) != 0)
        return -1;
    do
        moved = write(fd, data, len);
    while (moved < 0 && errno == EINTR);
    saved = errno;
    if (moved < 0 && saved == EPIPE && !was_pending) {
#if defined(__APPLE__)
        int taken;
        (void)sigpending(&pending);
        if (sigismember(&pending, SIGPIPE) == 1)
            (void)sigwait(&sigpipe, &taken);
#else
        const struct timespec at_once = {0, 0};
        while (sigtimedwait(&sigpipe, NULL, &at_once) < 0 && errno == EINTR)
            continue;
#endif
    }
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = saved;
    return moved;
}

imap4__io imap4__fd_write(int fd, const uint8_t *data, size_t len, size_t *moved_out)
{
    ssize_t moved;

#if defined(MSG_NOSIGNAL)
    do
        moved = send(fd, data, len, MSG_NOSIGNAL);
    while (moved < 0 && errno == EINTR);
    if (moved >= 0 || errno != ENOTSOCK)
        return outcome(moved, moved_out);
#endif
    moved = write_quietly(fd, data, len);
    return outcome(moved, moved_out);
}
