/* Which descriptors to watch, and for how long. */
#include <errno.h>
#include <poll.h>
#include <string.h>

#include "net/client.h"
#include "net/clock.h"

static void watch(imap4_pollfd *fds, size_t *count, int fd, int events)
{
    size_t i = 0;

    while (i < *count && fds[i].fd != fd)
        i++;
    if (i == *count) {
        memset(&fds[i], 0, sizeof fds[i]);
        fds[i].fd = fd;
        (*count)++;
    }
    fds[i].events |= events;
}

static int wants_to_send(imap4_client *client)
{
    const imap4__stack *stack = &client->stack;
    size_t len = 0;

    if (stack->write_errno != 0)
        return 0;
    if (stack->blocked)
        return 1;
    if (client->phase != IMAP4__PHASE_OPEN)
        return 0;
    if (imap4_conn_output(client->conn, &len) != NULL)
        imap4_conn_output_done(client->conn, 0); /* only looked at */
    return len > 0;
}

static size_t collect(imap4_client *client, imap4_pollfd fds[IMAP4_CLIENT_FDS])
{
    size_t count = 0;

    watch(fds, &count, client->wake.read_fd, IMAP4_POLL_READ);
    if (client->phase == IMAP4__PHASE_DIAL) {
        for (size_t i = 0; i < IMAP4__DIAL_ATTEMPTS; i++) {
            if (client->dial.attempts[i] >= 0)
                watch(fds, &count, client->dial.attempts[i], IMAP4_POLL_WRITE);
        }
    } else if (client->phase == IMAP4__PHASE_HANDSHAKE || client->phase == IMAP4__PHASE_OPEN) {
        /* While the engine has no room, readable bytes would only make poll() return at once, for nothing. */
        if (client->phase == IMAP4__PHASE_HANDSHAKE || !client->stack.full)
            watch(fds, &count, client->stack.in_fd, IMAP4_POLL_READ);
        if (wants_to_send(client))
            watch(fds, &count, client->stack.out_fd, IMAP4_POLL_WRITE);
    }
    return count;
}

int imap4_client_pollfds(imap4_client *client, imap4_pollfd *fds, size_t capacity, size_t *count_out,
                         uint64_t *generation_out)
{
    imap4_pollfd now[IMAP4_CLIENT_FDS];
    size_t count = collect(client, now);

    if (count != client->fd_count || client->dial.sockets != client->fd_sockets ||
        memcmp(now, client->fds, count * sizeof now[0]) != 0) {
        client->fd_sockets = client->dial.sockets;
        memcpy(client->fds, now, count * sizeof now[0]);
        client->fd_count = count;
        client->generation++;
    }
    if (fds != NULL && capacity > 0)
        memcpy(fds, now, (count < capacity ? count : capacity) * sizeof now[0]);
    *count_out = count;
    if (generation_out != NULL)
        *generation_out = client->generation;
    return IMAP4_OK;
}

/* An event that the program has not seen, as far as it can be known: it is looked for, too. */
static int event_waits(imap4_client *client)
{
    if (client->last_result == IMAP4_ERROR_CLOSED)
        return 0;
    /* Whoever was given something must ask until there is nothing. */
    if (client->last_result != IMAP4_AGAIN)
        return 1;
    /* Kept events were passed over when another request was asked for; but whoever asked before may not know. They are
     * worth one more round, not an endless one. */
    if (client->fresh != IMAP4__FRESH_NONE) {
        client->fresh = IMAP4__FRESH_TOLD;
        return 1;
    }
    return imap4__client_peek(client) != IMAP4_AGAIN;
}

int64_t imap4_client_timeout_ms(imap4_client *client)
{
    if (client->phase == IMAP4__PHASE_NEW)
        return -1;
    if (event_waits(client))
        return 0;
    if (client->phase == IMAP4__PHASE_OPEN && !client->stack.full && imap4__stack_pending(&client->stack))
        return 0;
    return imap4__clock_wait(imap4__clock_ms(), imap4__client_deadline(client));
}

void imap4__client_poll(imap4_client *client, uint64_t now, uint64_t deadline)
{
    imap4_pollfd wanted[IMAP4_CLIENT_FDS];
    struct pollfd fds[IMAP4_CLIENT_FDS];
    uint64_t own = imap4__client_deadline(client);
    size_t count = collect(client, wanted);
    int status;

    for (size_t i = 0; i < count; i++) {
        fds[i].fd = (int)wanted[i].fd;
        fds[i].events = (short)(((wanted[i].events & IMAP4_POLL_READ) != 0 ? POLLIN : 0) |
                                ((wanted[i].events & IMAP4_POLL_WRITE) != 0 ? POLLOUT : 0));
        fds[i].revents = 0;
    }
    /* A signal ends the waiting early; whoever calls looks at everything anew in any case. */
    status = poll(fds, (nfds_t)count, imap4__clock_wait(now, own < deadline ? own : deadline));
    if (status < 0 && errno != EINTR && errno != EAGAIN)
        (void)imap4__client_fail_system(client, IMAP4_ERROR_NETWORK, "waiting for the network failed", errno);
}
