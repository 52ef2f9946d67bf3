#include "net/dial.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "net/clock.h"
#include "net/fd.h"

void imap4__dial_init(imap4__dial *dial)
{
    memset(dial, 0, sizeof *dial);
    for (size_t i = 0; i < IMAP4__DIAL_ATTEMPTS; i++)
        dial->attempts[i] = -1;
}

static void close_attempt(imap4__dial *dial, size_t i)
{
    if (dial->attempts[i] >= 0)
        (void)close(dial->attempts[i]);
    dial->attempts[i] = -1;
}

void imap4__dial_clear(imap4__dial *dial, const imap4_allocator *mem)
{
    for (size_t i = 0; i < IMAP4__DIAL_ATTEMPTS; i++)
        close_attempt(dial, i);
    if (dial->found != NULL)
        freeaddrinfo(dial->found);
    imap4__free(mem, dial->order);
    imap4__dial_init(dial);
}

/*
 * RFC 8305 section 4: the system's order (RFC 6724), but the families alternate, so that one broken family costs one
 * delay and not one for each of its addresses.
 */
static void interleave(imap4__dial *dial)
{
    const struct addrinfo *same = dial->found;
    const struct addrinfo *other = dial->found;
    const int first = dial->found->ai_family;

    while (same != NULL || other != NULL) {
        while (same != NULL && same->ai_family != first)
            same = same->ai_next;
        if (same != NULL) {
            dial->order[dial->count++] = same;
            same = same->ai_next;
        }
        while (other != NULL && other->ai_family == first)
            other = other->ai_next;
        if (other != NULL) {
            dial->order[dial->count++] = other;
            other = other->ai_next;
        }
    }
}

int imap4__dial_resolve(imap4__dial *dial, const imap4_allocator *mem, const char *host, const char *port,
                        int *code_out)
{
    struct addrinfo hints;
    size_t count = 0;
    int code;

    memset(&hints, 0, sizeof hints);
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV;
    errno = 0;
    code = getaddrinfo(host, port, &hints, &dial->found);
    if (code == EAI_MEMORY)
        return IMAP4_ERROR_MEMORY;
    if (code != 0 || dial->found == NULL) {
        dial->found = NULL;
        dial->last_errno = code == EAI_SYSTEM ? errno : 0;
        *code_out = code;
        return IMAP4_ERROR_RESOLVE;
    }
    for (const struct addrinfo *at = dial->found; at != NULL; at = at->ai_next)
        count++;
    dial->order = imap4__alloc(mem, count * sizeof *dial->order);
    if (dial->order == NULL)
        return IMAP4_ERROR_MEMORY;
    interleave(dial);
    return IMAP4_OK;
}

void imap4__dial_start(imap4__dial *dial, uint64_t now, uint64_t timeout)
{
    dial->next_at = now;
    dial->deadline = timeout == 0 ? UINT64_MAX : imap4__clock_after(now, timeout);
}

static size_t free_slot(const imap4__dial *dial)
{
    size_t i = 0;

    while (i < IMAP4__DIAL_ATTEMPTS && dial->attempts[i] >= 0)
        i++;
    return i;
}

/* Begins to connect. 1 if that goes on or is done, 0 if it failed at once. */
static int attempt(imap4__dial *dial, const struct addrinfo *address, size_t slot)
{
    int fd = socket(address->ai_family, address->ai_socktype, address->ai_protocol);
    dial->sockets++;
    int status;

    if (fd < 0) {
        dial->last_errno = errno;
        return 0;
    }
    status = imap4__fd_prepare(fd);
    /* After EINTR the connection goes on being made (POSIX, connect()); calling again would be an error. */
    if (status == 0)
        status = connect(fd, address->ai_addr, address->ai_addrlen);
    if (status != 0 && errno != EINPROGRESS && errno != EINTR) {
        dial->last_errno = errno;
        (void)close(fd);
        return 0;
    }
    dial->attempts[slot] = fd;
    return 1;
}

/* Whether an attempt has come to an end: 1 connected, 0 going on, -1 failed. */
static int check_attempt(imap4__dial *dial, size_t i)
{
    struct pollfd waiting = {dial->attempts[i], POLLOUT, 0};
    int failure = 0;
    socklen_t len = sizeof failure;

    if (poll(&waiting, 1, 0) <= 0)
        return 0;
    if (getsockopt(dial->attempts[i], SOL_SOCKET, SO_ERROR, &failure, &len) != 0)
        failure = errno;
    if (failure == 0 && (waiting.revents & POLLOUT) != 0)
        return 1;
    dial->last_errno = failure != 0 ? failure : ECONNREFUSED;
    return -1;
}

/* Looks at all attempts. 1: `*fd_out` has won. */
static int harvest(imap4__dial *dial, uint64_t now, int *fd_out)
{
    for (size_t i = 0; i < IMAP4__DIAL_ATTEMPTS; i++) {
        int state = dial->attempts[i] < 0 ? 0 : check_attempt(dial, i);
        if (state > 0) {
            *fd_out = dial->attempts[i];
            dial->attempts[i] = -1;
            return 1;
        }
        if (state < 0) {
            close_attempt(dial, i);
            dial->next_at = now; /* RFC 8305 section 5: no need to wait for the delay after a failure */
        }
    }
    return 0;
}

static int is_connecting(const imap4__dial *dial)
{
    for (size_t i = 0; i < IMAP4__DIAL_ATTEMPTS; i++) {
        if (dial->attempts[i] >= 0)
            return 1;
    }
    return 0;
}

int imap4__dial_step(imap4__dial *dial, uint64_t now, int *fd_out)
{
    size_t slot;

    if (harvest(dial, now, fd_out))
        return IMAP4_EVENT;
    if (now >= dial->deadline)
        return IMAP4_ERROR_TIMEOUT;
    while (dial->next < dial->count && now >= dial->next_at && (slot = free_slot(dial)) < IMAP4__DIAL_ATTEMPTS) {
        if (attempt(dial, dial->order[dial->next++], slot))
            dial->next_at = imap4__clock_after(now, IMAP4__DIAL_DELAY_MS);
    }
    if (dial->next == dial->count && !is_connecting(dial))
        return IMAP4_ERROR_CONNECT;
    return 0;
}

uint64_t imap4__dial_deadline(const imap4__dial *dial)
{
    if (dial->next < dial->count && free_slot(dial) < IMAP4__DIAL_ATTEMPTS && dial->next_at < dial->deadline)
        return dial->next_at;
    return dial->deadline;
}
