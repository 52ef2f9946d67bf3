#include "net/wake.h"

#include <errno.h>
#include <stdint.h>
#include <unistd.h>

#include <imap4/types.h>

#include "net/fd.h"

#if defined(__linux__)
#include <sys/eventfd.h>
#endif

int imap4__wake_init(imap4__wake *wake, int *errno_out)
{
#if defined(__linux__)
    wake->read_fd = wake->write_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (wake->read_fd >= 0)
        return IMAP4_OK;
    *errno_out = errno;
    return IMAP4_ERROR_NETWORK;
#else
    int fds[2];

    wake->read_fd = wake->write_fd = -1;
    if (pipe(fds) != 0) {
        *errno_out = errno;
        return IMAP4_ERROR_NETWORK;
    }
    if (imap4__fd_prepare(fds[0]) < 0 || imap4__fd_prepare(fds[1]) < 0) {
        *errno_out = errno;
        (void)close(fds[0]);
        (void)close(fds[1]);
        return IMAP4_ERROR_NETWORK;
    }
    wake->read_fd = fds[0];
    wake->write_fd = fds[1];
    return IMAP4_OK;
#endif
}

void imap4__wake_clear(imap4__wake *wake)
{
    if (wake->write_fd >= 0 && wake->write_fd != wake->read_fd)
        (void)close(wake->write_fd);
    if (wake->read_fd >= 0)
        (void)close(wake->read_fd);
    wake->read_fd = wake->write_fd = -1;
}

void imap4__wake_post(const imap4__wake *wake)
{
    /* Eight bytes, as eventfd wants them. A full pipe says "awake" just as well, so that failure is none. */
    const uint64_t one = 1;
    const int saved = errno;
    ssize_t written;

    do
        written = write(wake->write_fd, &one, sizeof one);
    while (written < 0 && errno == EINTR);
    errno = saved;
}

int imap4__wake_take(const imap4__wake *wake)
{
    uint64_t bytes[16];
    int taken = 0;

    for (;;) {
        ssize_t got = read(wake->read_fd, bytes, sizeof bytes);
        if (got > 0)
            taken = 1;
        else if (got == 0 || errno != EINTR)
            return taken;
    }
}
