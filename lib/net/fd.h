/* Descriptors: set-up, and reading and writing without waiting and without SIGPIPE. */
#ifndef IMAP4_NET_FD_H
#define IMAP4_NET_FD_H

#include <stddef.h>
#include <stdint.h>

/* Makes it non-blocking and closed on exec. 0, or -1 with errno. */
int imap4__fd_prepare(int fd);

/* What a connected TCP socket should have: no delay, keep-alive, an end to unacknowledged data. Best effort. */
void imap4__fd_tune(int fd);

/* What reading or writing came to. */
typedef enum imap4__io {
    IMAP4__IO_MOVED = 0, /* `*moved_out` bytes, at least one */
    IMAP4__IO_BLOCKED = 1,
    IMAP4__IO_EOF = 2,   /* reading only */
    IMAP4__IO_FAILED = 3 /* errno is set */
} imap4__io;

imap4__io imap4__fd_read(int fd, uint8_t *space, size_t room, size_t *moved_out);
imap4__io imap4__fd_write(int fd, const uint8_t *data, size_t len, size_t *moved_out);

#endif
