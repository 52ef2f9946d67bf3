/*
 * libimap4 - options of a connection: memory, tracing, limits, policy.
 *
 * An options object is copied by whatever is made from it and may be changed or freed afterwards.
 */
#ifndef IMAP4_OPTIONS_H
#define IMAP4_OPTIONS_H

#include <imap4/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct imap4_options imap4_options; /**< opaque */

/** Options that are numbers. Sizes are bytes, times are milliseconds, switches are 0 or 1. */
typedef enum imap4_option {
    /* Limits against hostile servers. Passing one never costs more than the response (skipped and reported as
     * damage), except where noted. */
    IMAP4_OPTION_LINE_LIMIT = 1,     /**< 1 MiB: text of a response between literals and long lists of numbers */
    IMAP4_OPTION_RESPONSE_LIMIT = 2, /**< 2 MiB: one response, without body sections that were asked for and lists of
                                          numbers that a request in flight gives. Its bytes and what they mean may take
                                          twice that memory together. A section that nobody asked for is cut off */
    IMAP4_OPTION_SECTION_LIMIT = 3,  /**< 64 MiB: body sections that were asked for and are collected from one response,
                                          all together; the rest is cut off, the section marked. Memory grows with what
                                          arrives, never with what is announced */
    IMAP4_OPTION_SKIP_LIMIT = 4,       /**< 1 GiB: bytes skipped in one response before the connection is given up; what
                                            is behind a prefix that was asked for does not count */
    IMAP4_OPTION_NESTING_LIMIT = 5,    /**< 100: depth of parentheses, at most 1000 */
    IMAP4_OPTION_LIST_LIMIT = 6,       /**< 100000: elements of one list, literals of one response; of literals that do
                                            not stay in the buffer (streams above all) as many as fit into a quarter of
                                            RESPONSE_LIMIT with 100 bytes each */
    IMAP4_OPTION_QUEUE_LIMIT = 7,      /**< 100000: requests accepted and not yet done; then IMAP4_ERROR_LIMIT */
    IMAP4_OPTION_INPUT_BUFFER = 8,     /**< 64 KiB: room offered for reading, at least 512; no body chunk is larger.
                                            Of a section that is too long and was not asked for as much is kept at
                                            most */
    IMAP4_OPTION_SUPPLY_BUFFER = 9,    /**< 64 KiB: supplied literal data taken ahead of the transport */
    IMAP4_OPTION_CHALLENGE_LIMIT = 10, /**< 64 KiB: one SASL challenge */
    IMAP4_OPTION_NUMBERS_LIMIT = 11,   /**< 64 MiB: memory of the number lists of one response, while a request is in
                                            flight that gives such lists; RESPONSE_LIMIT otherwise */

    /* Pipelining (RFC 9051 section 5.5). */
    IMAP4_OPTION_PIPELINE_DEPTH = 20, /**< 25: requests in flight at once; 1 switches pipelining off */
    IMAP4_OPTION_PIPELINE_BYTES = 21, /**< 64 KiB: command bytes in flight after which no further request is begun */
    IMAP4_OPTION_IDLE_RESUME = 22,    /**< 100 ms: quiet time after which an interrupted IDLE resumes */

    /* Policy. */
    IMAP4_OPTION_ALLOW_CLEAR = 30,    /**< 0: over IMAP4_SECURITY_NONE only CAPABILITY, NOOP, STARTTLS and LOGOUT are
                                           sent, PREAUTH is refused, and nothing that the server says is shown as an event but
                                           the ends of requests; 1: mail may travel in the clear, passwords still not */
    IMAP4_OPTION_ALLOW_CLEAR_PASSWORD = 31, /**< 0; 1: passwords may travel in the clear (needs ALLOW_CLEAR too) */
    IMAP4_OPTION_USE_LITERAL_PLUS = 32, /**< 1: non-synchronizing literals where announced (RFC 7888) */
    IMAP4_OPTION_USE_SASL_IR = 33,      /**< 1: initial responses where announced (RFC 4959) */
    IMAP4_OPTION_MOVE_FALLBACK = 34,    /**< 1: MOVE as COPY, STORE and UID EXPUNGE where it is missing (command.h) */

    /* Deadlines kept by the engine (imap4_conn_tick). Bytes received start them anew. 0 switches one off. */
    IMAP4_OPTION_GREETING_TIMEOUT = 40, /**< 60 s */
    IMAP4_OPTION_COMMAND_TIMEOUT = 41,  /**< 120 s without a byte while an answer is due */
    IMAP4_OPTION_DONE_TIMEOUT = 42,     /**< 30 s for the end of IDLE after DONE */
    IMAP4_OPTION_LOGOUT_TIMEOUT = 43,   /**< 10 s */
    IMAP4_OPTION_IDLE_RENEW = 44,       /**< 9 min: IDLE is begun anew, always below 29 min (RFC 2177), for 0 too */

    /* Deadlines and bounds of the client (client.h). */
    IMAP4_OPTION_CONNECT_TIMEOUT = 51, /**< 60 s, all addresses together */
    IMAP4_OPTION_TLS_TIMEOUT = 52,     /**< 30 s for the handshake */
    IMAP4_OPTION_KEPT_EVENTS = 53,     /**< 1000: events of other requests kept for their turn, then IMAP4_DRAIN */
    IMAP4_OPTION_KEPT_BYTES = 54       /**< 16 MiB: memory of those events, then IMAP4_DRAIN */
} imap4_option;

/** Makes options with the defaults above. `allocator` may be NULL for malloc; it serves everything made from them. */
IMAP4_API int imap4_options_new(imap4_options **out, const imap4_allocator *allocator);

/** Frees options. NULL is fine. */
IMAP4_API void imap4_options_free(imap4_options *options);

/**
 * Sets of numbers that go together. With each, whatever a server says, a connection never holds more memory than this,
 * besides what was asked for (sections that are collected, lists of numbers, requests and kept events themselves), when
 * imap4_conn_input() is called without a wish larger than IMAP4_OPTION_INPUT_BUFFER.
 */
typedef enum imap4_preset {
    IMAP4_PRESET_DEFAULT = 1, /**< the defaults above: 4 MiB */
    IMAP4_PRESET_SMALL = 2    /**< for small devices: 128 KiB. Lines of 20 KiB, responses of 36 KiB, sections of 16 KiB,
                                   lists of numbers of 64 KiB, lists of 500, 50 deep, 16 MiB skipped, buffers of 4 KiB,
                                   4 requests in flight and 100 in all, events kept: 16 of 64 KiB */
} imap4_preset;

/** Sets all limits and buffers as the preset says, and leaves policy and deadlines. IMAP4_ERROR_ARGUMENT for an unknown
 * one. */
IMAP4_API int imap4_options_preset(imap4_options *options, int preset);

/** Sets a number; IMAP4_ERROR_ARGUMENT for an unknown option or a value out of its range. */
IMAP4_API int imap4_options_set(imap4_options *options, int option, uint64_t value);

/** Reads a number; IMAP4_ERROR_ARGUMENT for an unknown option. NULL options give the defaults. */
IMAP4_API int imap4_options_get(const imap4_options *options, int option, uint64_t *value_out);

/** The name of an option without its prefix, as static text; NULL if unknown. */
IMAP4_API const char *imap4_option_name(int option);

/** Which way traced bytes went. */
typedef enum imap4_trace {
    IMAP4_TRACE_RECEIVED = 1,
    IMAP4_TRACE_SENT = 2
} imap4_trace;

/**
 * Watches the wire. `trace` is called with whole pieces of what the server said and of what was handed to the
 * transport, in order, in clear text below TLS and COMPRESS; `data` is valid during the call only and is not NUL
 * terminated. User names, passwords, tokens and everything sent during AUTHENTICATE are replaced by "***" before the
 * call. It must not call into the connection. NULL switches tracing off.
 */
IMAP4_API void imap4_options_set_trace(imap4_options *options,
                                       void (*trace)(void *user, int direction, const char *data, size_t len),
                                       void *user);

/*
 * TLS (used by client.h and filter.h).
 */

/**
 * Trusts the certificates of this PEM file instead of the system's. The path is copied; the file is read by
 * imap4_client_open() and imap4_tls_new(), which fail when it holds no certificate. NULL goes back to the system's
 * trust store. No environment variable is looked at.
 */
IMAP4_API int imap4_options_set_ca_file(imap4_options *options, const char *path);

/** The same from memory: PEM text, or one DER certificate. The bytes are copied. */
IMAP4_API int imap4_options_set_ca(imap4_options *options, const void *data, size_t len);

#ifdef __cplusplus
}
#endif

#endif
