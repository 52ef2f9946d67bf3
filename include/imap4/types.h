/*
 * libimap4 - types shared by all headers: results, text, dates, memory.
 *
 * Conventions that hold everywhere:
 *  - A function returning int gives IMAP4_OK (0) or a positive answer that its comment names, or a negative
 *    imap4_result. Outputs come last and are written only on success.
 *  - Text is a pointer and a length; the length is the truth. Text that the library hands out is followed by a NUL byte
 *    for the convenience of C. Text that the program passes in with a length needs no NUL; a `const char *` alone ends
 *    with one.
 *  - Every function that makes or copies something can give IMAP4_ERROR_MEMORY; it has then changed nothing.
 *  - Structs with visible fields are allocated by the library, read-only, and grow at their end in later versions:
 * never declare one, never take its size, unless its comment says "frozen".
 *  - One thread at a time per object; nothing is shared between objects; kept events may move between threads.
 */
#ifndef IMAP4_TYPES_H
#define IMAP4_TYPES_H

#include <stddef.h>
#include <stdint.h>

/* Bindings that parse the headers may define IMAP4_API as nothing. */
#ifndef IMAP4_API
#if defined(__GNUC__) && __GNUC__ >= 4
#define IMAP4_API __attribute__((visibility("default")))
#else
#define IMAP4_API
#endif
#endif

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Results. Zero and positive values are answers, negative ones say why the library could not go on. What the *server*
 * refuses is not here: NO and BAD are complete answers and arrive in the done event of the request (event.h).
 */
typedef enum imap4_result {
    IMAP4_OK = 0,
    IMAP4_AGAIN = 0, /**< nothing to read now */
    IMAP4_EVENT = 1, /**< an event was returned */
    IMAP4_DONE = 2,  /**< client.h: the request that was waited for has ended */
    IMAP4_DRAIN = 3, /**< client.h: events of other requests must be read first */
    IMAP4_WOKEN = 4, /**< client.h: imap4_client_wake() was called */

    IMAP4_ERROR_MEMORY = -1,       /**< an allocation failed; the call changed nothing and may be repeated */
    IMAP4_ERROR_ARGUMENT = -2,     /**< an argument is invalid; nothing was sent */
    IMAP4_ERROR_STATE = -3,        /**< the call makes no sense now */
    IMAP4_ERROR_LIMIT = -4,        /**< a limit set by an option was passed */
    IMAP4_ERROR_CLOSED = -5,       /**< the connection has ended; every request has had its done event */
    IMAP4_ERROR_EOF = -6,          /**< the peer closed the connection without a word */
    IMAP4_ERROR_BYE = -7,          /**< the server said BYE */
    IMAP4_ERROR_PROTOCOL = -8,     /**< framing was lost, or the peer did what no server may do */
    IMAP4_ERROR_GREETING = -9,     /**< the greeting was not one of an IMAP server, or a refusal */
    IMAP4_ERROR_SECURITY = -10,    /**< going on would be unsafe: no TLS where it is required, bytes injected, ... */
    IMAP4_ERROR_UNSUPPORTED = -11, /**< this build or this server cannot do it */
    IMAP4_ERROR_TIMEOUT = -12,     /**< a deadline passed */
    IMAP4_ERROR_CANCELLED = -13,   /**< the program gave the request up */
    IMAP4_ERROR_STALE = -14,       /**< message numbers changed since the program looked */
    IMAP4_ERROR_RESOLVE = -15,     /**< the host name has no address */
    IMAP4_ERROR_CONNECT = -16,     /**< no address accepted a connection */
    IMAP4_ERROR_NETWORK = -17,     /**< reading or writing failed */
    IMAP4_ERROR_TLS = -18,         /**< the TLS handshake or a record failed */
    IMAP4_ERROR_CERTIFICATE = -19, /**< the peer's certificate is not acceptable */
    IMAP4_ERROR_VERSION = -20,     /**< header and library do not fit together */
    IMAP4_ERROR_SASL = -21         /**< a SASL exchange failed on our side */
} imap4_result;

/** The name of a result without its prefix, as static text; NULL if unknown. */
IMAP4_API const char *imap4_result_name(int result);

/** One sentence for a person, as static text; never NULL. */
IMAP4_API const char *imap4_result_message(int result);

/**
 * Text: frozen. `data == NULL` is NIL (absent), which is not the empty string. Handed out by the library, data[len] is
 * NUL; passed in, it need not be.
 */
typedef struct imap4_str {
    const char *data;
    size_t len;
} imap4_str;

/** Bytes: frozen. No NUL follows. */
typedef struct imap4_bytes {
    const uint8_t *data;
    size_t len;
} imap4_bytes;

/**
 * A date-time as IMAP writes it (RFC 9051 section 9, date-time): frozen. The fields are as sent, in the sender's zone.
 * Passed in, only the fields from `year` on count, and must make a real date.
 */
typedef struct imap4_date {
    int64_t utc;    /**< seconds since 1970-01-01T00:00:00Z; 0 if not valid */
    int32_t valid;  /**< 1 if the fields make a real date */
    int32_t year;   /**< 1996 */
    int32_t month;  /**< 1..12 */
    int32_t day;    /**< 1..31 */
    int32_t hour;   /**< 0..23 */
    int32_t minute; /**< 0..59 */
    int32_t second; /**< 0..60 */
    int32_t zone;   /**< minutes east of UTC */
} imap4_date;

/** Fills the fields for a moment and a zone (minutes east of UTC); IMAP4_ERROR_ARGUMENT beyond years 0..9999. */
IMAP4_API int imap4_date_from_utc(int64_t utc, int zone, imap4_date *date_out);

/**
 * Where memory comes from: frozen. The contract of the three functions is that of malloc, realloc and free, with `user`
 * in front. Sizes are never 0. The struct is copied; what `user` points to must outlive all objects and kept events.
 */
typedef struct imap4_allocator {
    void *(*allocate)(void *user, size_t size);
    void *(*reallocate)(void *user, void *memory, size_t size);
    void (*release)(void *user, void *memory);
    void *user;
} imap4_allocator;

/**
 * Why a connection failed. Valid until the next call on its object. Arguments that a call refuses are told by its
 * result alone, and requests that fail by their done event; neither leaves anything here.
 */
typedef struct imap4_error {
    int32_t result;    /**< an imap4_result; IMAP4_OK: no error so far */
    int32_t status;    /**< imap4_status of the answer at fault, 0 if none */
    int32_t code;      /**< imap4_code of that answer, 0 if none */
    int32_t system;    /**< errno, 0 if none */
    int32_t tls;       /**< the TLS library's own number, 0 if none */
    uint32_t verify;   /**< IMAP4_VERIFY_* bits (filter.h) when the certificate was refused */
    uint64_t request;  /**< the request at fault, 0 if none */
    uint64_t offset;   /**< position in the bytes received (decrypted) where it was noticed */
    imap4_str message; /**< one line, impersonal; never NULL, empty when there was no error */
    imap4_str text;    /**< what the server said, or NULL; not trustworthy unless the connection was verified */
} imap4_error;

/** How much is known about the peer and the way to it. */
typedef enum imap4_security {
    IMAP4_SECURITY_NONE = 0,    /**< clear text over a network */
    IMAP4_SECURITY_LOCAL = 1,   /**< a pipe or socket inside this machine that the program vouches for */
    IMAP4_SECURITY_VERIFIED = 2 /**< TLS, and the peer is who it should be */
} imap4_security;

/** The name of an imap4_security, as static text; NULL if unknown. */
IMAP4_API const char *imap4_security_name(int security);

#ifdef __cplusplus
}
#endif

#endif
