/*
 * libimap4 - the engine: bytes in, bytes out, events out.
 *
 * An imap4_conn is one IMAP connection without a network: it opens no socket, reads no clock, starts no thread, has no
 * global state and calls nothing back but the allocator and the trace hook. The program moves bytes between the engine
 * and its transport, tells the time, reads events, and makes requests (command.h). client.h does the moving for those
 * who want sockets and TLS ready made.
 *
 *     for (;;) {
 *         send what imap4_conn_output() shows, then imap4_conn_output_done();
 *         while (imap4_conn_next(conn, &event) == IMAP4_EVENT) ...;
 *         receive into what imap4_conn_input() offers, then imap4_conn_input_done();
 *         imap4_conn_tick(conn, now);
 *     }
 *
 * Borrowed buffers do not move: input space is pinned until imap4_conn_input_done(); address and length of the output
 * are frozen until imap4_conn_output_done(). Making requests, reading events and ticking touch neither.
 */
#ifndef IMAP4_CONN_H
#define IMAP4_CONN_H

#include <imap4/event.h>
#include <imap4/options.h>
#include <imap4/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct imap4_conn imap4_conn; /**< opaque */

/** Makes a connection that waits for a greeting, or IMAP4_ERROR_MEMORY. `options` may be NULL for the defaults; they
 * are copied. */
IMAP4_API int imap4_conn_new(imap4_conn **out, const imap4_options *options);

/** Frees it; kept events live on. Requests not ended get no done event any more. NULL is fine. */
IMAP4_API void imap4_conn_free(imap4_conn *conn);

/**
 * Offers room for received bytes: `want` is a wish, 0 for the default (IMAP4_OPTION_INPUT_BUFFER). `*room_out` may be
 * 0, and is while events must be read first or a layer is changing; then read events, not the network.
 * IMAP4_ERROR_STATE if space is already borrowed, IMAP4_ERROR_CLOSED at the end.
 */
IMAP4_API int imap4_conn_input(imap4_conn *conn, size_t want, uint8_t **space_out, size_t *room_out);

/**
 * Gives the space back with `len` received bytes in it; 0 abandons it. IMAP4_ERROR_STATE if none is borrowed,
 * IMAP4_ERROR_ARGUMENT if there was less room.
 */
IMAP4_API int imap4_conn_input_done(imap4_conn *conn, size_t len);

/**
 * Tells that no more bytes will come: `reason` is IMAP4_ERROR_EOF for an orderly end, or IMAP4_ERROR_NETWORK,
 * IMAP4_ERROR_TLS, ... What was received is still read; then every request gets its done event. Space that was borrowed
 * is given back. IMAP4_ERROR_ARGUMENT for anything that is not an error.
 */
IMAP4_API int imap4_conn_input_eof(imap4_conn *conn, int reason);

/** The bytes waiting to be sent, or NULL and 0. Sending a part is fine: acknowledge it and ask again. */
IMAP4_API const uint8_t *imap4_conn_output(imap4_conn *conn, size_t *len_out);

/**
 * Acknowledges that `len` bytes were sent, at most what was shown. Acknowledge before handing in bytes received later:
 * a success for a command that was not wholly sent is taken for a forgery and ends the connection.
 */
IMAP4_API void imap4_conn_output_done(imap4_conn *conn, size_t len);

/**
 * The next event: IMAP4_EVENT, or IMAP4_AGAIN when more input, output or time is needed. IMAP4_ERROR_CLOSED at the end
 * (why: imap4_conn_error()). IMAP4_ERROR_MEMORY consumes nothing and may be tried again.
 * The event is valid until the next call.
 */
IMAP4_API int imap4_conn_next(imap4_conn *conn, const imap4_event **out);

/**
 * Takes the current event out: it becomes the program's own, independent of the connection, to be freed with
 * imap4_event_free(). NULL if there is no current event or, for a body chunk only, no memory. Costs the same for any
 * size.
 */
IMAP4_API imap4_event *imap4_event_keep(imap4_conn *conn);

/** Tells the time: milliseconds of any clock that never goes back. Deadlines count from the first tick after their
 * cause. */
IMAP4_API void imap4_conn_tick(imap4_conn *conn, uint64_t now_ms);

/** When to tick again at the latest, in the same clock; UINT64_MAX: nothing is waited for. */
IMAP4_API uint64_t imap4_conn_deadline(const imap4_conn *conn);

/**
 * States how safe the way to the peer is: once before the first input when the transport is secure from the start
 * (implicit TLS, a pipe), and in answer to each IMAP4_EVENT_LAYER when the layer stands. `security` is an
 * imap4_security. Until then nothing is read or written. Without any call the way counts as IMAP4_SECURITY_NONE.
 * IMAP4_ERROR_STATE at any other time.
 */
IMAP4_API int imap4_conn_layer_done(imap4_conn *conn, int security);

/**
 * Bytes that came behind the OK that changed the layer: feed them to the new layer. For TLS there never are any, since
 * the connection ends instead. Valid until imap4_conn_layer_done(), which forgets them.
 */
IMAP4_API const uint8_t *imap4_conn_unread(imap4_conn *conn, size_t *len_out);

/** Where the connection stands (RFC 9051 section 3). */
typedef enum imap4_state {
    IMAP4_STATE_GREETING = 0, /**< nothing heard yet */
    IMAP4_STATE_NOT_AUTHENTICATED = 1,
    IMAP4_STATE_AUTHENTICATED = 2,
    IMAP4_STATE_SELECTED = 3,
    IMAP4_STATE_LOGOUT = 4, /**< LOGOUT was answered or BYE received */
    IMAP4_STATE_CLOSED = 5
} imap4_state;

/** The name of an imap4_state, as static text; NULL if unknown. */
IMAP4_API const char *imap4_state_name(int state);

/** The state as of the last event read. */
IMAP4_API int imap4_conn_state(const imap4_conn *conn);

/** The imap4_security stated last. */
IMAP4_API int imap4_conn_security(const imap4_conn *conn);

/** The selected mailbox as of the last event read; never NULL. Valid until the next call that takes `conn`. */
IMAP4_API const imap4_view *imap4_conn_view(const imap4_conn *conn);

/** 1 if the server has the capability as far as is known now, compared without case ("IDLE", "AUTH=PLAIN"). */
IMAP4_API int imap4_conn_has(const imap4_conn *conn, const char *capability);

/** The capabilities known now, or NULL. Valid until the next call that takes `conn`. */
IMAP4_API const imap4_names *imap4_conn_capabilities(const imap4_conn *conn);

/** What went wrong last; never NULL. Valid until the next call that takes `conn`. */
IMAP4_API const imap4_error *imap4_conn_error(const imap4_conn *conn);

/** What was read so far. */
typedef struct imap4_counters {
    uint64_t bytes;     /**< received */
    uint64_t responses; /**< read, of any kind */
    uint64_t unknown;   /**< responses of unknown kind */
    uint64_t damaged;   /**< items, parts and responses left out because they could not be read */
    uint64_t skipped;   /**< responses thrown away because they were beyond a limit */
    uint64_t codes;     /**< response codes that were not understood */
    uint64_t tags;      /**< answers to no request */
} imap4_counters;

/** What was read so far; never NULL. Lives with the connection. */
IMAP4_API const imap4_counters *imap4_conn_counters(const imap4_conn *conn);

/** The imap4_server that the peer seems to be, as far as is known now. */
IMAP4_API int imap4_conn_server(const imap4_conn *conn);

/** Requests accepted and not yet ended. */
IMAP4_API size_t imap4_conn_pending(const imap4_conn *conn);

#ifdef __cplusplus
}
#endif

#endif
