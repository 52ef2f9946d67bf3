/*
 * libimap4 - the client: an engine with a socket, TLS and the system's clock.
 *
 * Requests are made on imap4_client_conn() with the functions of command.h; the client moves the bytes and hands out
 * the events. It never starts a thread and never touches signals.
 *
 * Blocking:
 *
 *     imap4_client_open(client, "imaps://imap.example.org");
 *     imap4_login(imap4_client_conn(client), user, password, &request);
 *     imap4_client_wait(client, request, &status);
 *
 * In an event loop, the same functions after imap4_client_set_timeout(client, 0): wait for the descriptors of
 * imap4_client_pollfds() for at most imap4_client_timeout_ms(), then read events of any request with
 * imap4_client_next(client, 0, &event) while it gives IMAP4_EVENT; a negative result is the end.
 */
#ifndef IMAP4_CLIENT_H
#define IMAP4_CLIENT_H

#include <imap4/conn.h>
#include <imap4/event.h>
#include <imap4/options.h>
#include <imap4/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct imap4_client imap4_client; /**< opaque */

/** Makes a client, or IMAP4_ERROR_MEMORY, or IMAP4_ERROR_NETWORK when there are no descriptors left. `options` may be
 * NULL for the defaults; they are copied. */
IMAP4_API int imap4_client_new(imap4_client **out, const imap4_options *options);

/** Closes the connection without ceremony (imap4_logout() is the ceremony) and frees the client. NULL is fine. */
IMAP4_API void imap4_client_free(imap4_client *client);

/**
 * Begins to connect and returns: `imaps://[user@]host[:port]` speaks TLS from the first byte (port 993, RFC 8314),
 * `imap://[user@]host[:port]` speaks STARTTLS (port 143) and never goes on without. IPv6 addresses stand in brackets.
 * The server's certificate is verified in both cases. Requests may be made at once; they are sent when the way is safe.
 *
 * The name is resolved here, with getaddrinfo(): the one wait that cannot be bounded, for an event loop too.
 * IMAP4_ERROR_ARGUMENT for any other URL, one with a password or a mailbox in it included; IMAP4_ERROR_STATE if already
 * open; IMAP4_ERROR_RESOLVE; IMAP4_ERROR_TLS without trusted certificates; IMAP4_ERROR_UNSUPPORTED in a build without
 * TLS.
 */
IMAP4_API int imap4_client_open(imap4_client *client, const char *url);

/**
 * Uses descriptors that the program has: a connected socket (the same number twice), or the two ends of a pipe to a
 * child process. `security` is what the program knows of the way (IMAP4_SECURITY_LOCAL for a pipe); no TLS is begun.
 * The client makes them non-blocking and closes them, unless it refuses them (IMAP4_ERROR_ARGUMENT, IMAP4_ERROR_STATE).
 */
IMAP4_API int imap4_client_open_fds(imap4_client *client, int64_t in_fd, int64_t out_fd, int security);

/** The user name of the URL, decoded; NULL if it has none. Valid as long as the client. */
IMAP4_API const char *imap4_client_user(const imap4_client *client);

/** The engine: for making requests and asking for its state, before and after imap4_client_open(), as long as the
 * client lives. Its input, output and events belong to the client. */
IMAP4_API imap4_conn *imap4_client_conn(imap4_client *client);

/**
 * How long imap4_client_next() and imap4_client_wait() may take: milliseconds, 0 never waits, -1 (the default) waits as
 * long as the deadlines of the options allow.
 */
IMAP4_API void imap4_client_set_timeout(imap4_client *client, int64_t ms);

/**
 * The next event for a request (`request` 0: for any).
 *
 * Gives IMAP4_EVENT with an event of the request, an unasked one, or a change of the mailbox; IMAP4_DONE with the done
 * event when the request ends (with request 0 done events come as IMAP4_EVENT); IMAP4_AGAIN when the time ran out;
 * IMAP4_WOKEN after imap4_client_wake(); IMAP4_DRAIN when so many events of other requests are kept that they must be
 * read first, by asking for request 0 or imap4_client_drain(); or an error, IMAP4_ERROR_CLOSED when the
 * connection has ended and everything was read.
 *
 * Mailbox changes come in wire order whatever is asked for, those of other requests too: look at event->request. Events
 * of other requests are kept for their turn, and nothing is dropped. A wanted event always comes at once, of whatever
 * request. Layers are the client's own business; their events are not seen. The event is valid until the next call;
 * keep it with imap4_client_keep(). IMAP4_ERROR_STATE for a request whose done event was read, or before the client is
 * open.
 */
IMAP4_API int imap4_client_next(imap4_client *client, uint64_t request, const imap4_event **event_out);

/**
 * Waits for the end of a request when only the outcome matters. IMAP4_DONE and the status of the server's answer
 * (IMAP4_STATUS_NONE if it got none: imap4_client_done() says why); `status_out` may be NULL. All other events of the
 * request are discarded (what they change is in imap4_conn_view()); unasked events and those of other requests are
 * kept. Also IMAP4_AGAIN, IMAP4_WOKEN, IMAP4_DRAIN and errors as above, and IMAP4_EVENT when a wanted event must be
 * read with imap4_client_next(). IMAP4_ERROR_ARGUMENT for request 0.
 */
IMAP4_API int imap4_client_wait(imap4_client *client, uint64_t request, imap4_status *status_out);

/** The end that the last imap4_client_wait() or imap4_client_next() told of; NULL if it told of none. Valid until the
 * next of these calls. */
IMAP4_API const imap4_done *imap4_client_done(const imap4_client *client);

/** After IMAP4_DRAIN: the request whose events are kept longest, to be read with imap4_client_next(); 0 for unasked
 * ones. */
IMAP4_API uint64_t imap4_client_drain(const imap4_client *client);

/** Takes the event that imap4_client_next() showed last out, as imap4_event_keep() does; NULL if there is none any
 * more. */
IMAP4_API imap4_event *imap4_client_keep(imap4_client *client);

/** What to wait for on a descriptor. */
typedef enum imap4_poll {
    IMAP4_POLL_READ = 1,
    IMAP4_POLL_WRITE = 2
} imap4_poll;

/** A descriptor to watch: frozen, so a program may declare arrays. */
typedef struct imap4_pollfd {
    int64_t fd;
    int32_t events; /**< IMAP4_POLL_* bits */
    int32_t reserved;
} imap4_pollfd;

/** There are never more descriptors than this to watch for one client. */
#define IMAP4_CLIENT_FDS 16

/**
 * The descriptors to watch now, level-triggered: at most `capacity` are written, `*count_out` says how many there are
 * (several sockets while connecting, the wake-up descriptor always). `*generation_out`, which may be NULL, changes
 * whenever the set or what to wait for does. A descriptor that left the set may be closed already and its number used
 * again: with epoll, make the set anew when the generation changed, and ignore ENOENT and EBADF when taking descriptors
 * out.
 */
IMAP4_API int imap4_client_pollfds(imap4_client *client, imap4_pollfd *fds, size_t capacity, size_t *count_out,
                                   uint64_t *generation_out);

/** How long to wait at most: 0 when something can be done at once (a filter still holds bytes, an event waits); -1: for
 * ever. */
IMAP4_API int64_t imap4_client_timeout_ms(imap4_client *client);

/** Moves bytes and time forward without waiting and without handing out events. imap4_client_next() does it too.
 * IMAP4_OK, IMAP4_ERROR_MEMORY, or IMAP4_ERROR_STATE before the client is open; the end is told by imap4_client_next().
 */
IMAP4_API int imap4_client_step(imap4_client *client);

/**
 * Makes a waiting imap4_client_next() or _wait() return IMAP4_WOKEN, once, now or the next time. The only function that
 * may be called from another thread, or from a signal handler.
 */
IMAP4_API void imap4_client_wake(imap4_client *client);

/** What went wrong last, on the way or in the engine; never NULL. Valid until the next call that takes `client`. */
IMAP4_API const imap4_error *imap4_client_error(const imap4_client *client);

#ifdef __cplusplus
}
#endif

#endif
