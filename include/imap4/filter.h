/*
 * libimap4 - byte filters: TLS and DEFLATE between the engine and the transport, without I/O of their own.
 *
 * A filter has a far side, towards the network, with the verbs of imap4_conn (space to receive into, bytes to send),
 * and a near side, towards the engine, where decoded bytes are read and plain bytes are written. client.h stacks
 * filters by itself; this header is for programs that drive the engine over a transport of their own.
 */
#ifndef IMAP4_FILTER_H
#define IMAP4_FILTER_H

#include <imap4/options.h>
#include <imap4/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct imap4_filter imap4_filter; /**< opaque */

/** Why a certificate was refused: imap4_error::verify, as a mask. */
typedef enum imap4_verify {
    IMAP4_VERIFY_UNTRUSTED = 0x1, /**< no chain to a trusted root */
    IMAP4_VERIFY_EXPIRED = 0x2,
    IMAP4_VERIFY_FUTURE = 0x4, /**< not yet valid */
    IMAP4_VERIFY_NAME = 0x8,   /**< made out for another name */
    IMAP4_VERIFY_REVOKED = 0x10,
    IMAP4_VERIFY_WEAK = 0x20,  /**< key, hash or signature below the policy */
    IMAP4_VERIFY_USAGE = 0x40, /**< not meant for servers */
    IMAP4_VERIFY_OTHER = 0x80
} imap4_verify;

/** The name of one IMAP4_VERIFY_* bit without its prefix, as static text; NULL if unknown or several. */
IMAP4_API const char *imap4_verify_name(int bit);

/**
 * Makes a TLS client for the server `host`, a DNS name or an IP address: compared with the certificate (RFC 9525: only
 * subjectAltName counts, a wildcard stands for one left-most label); a name is sent as SNI. Chain, dates and name are
 * verified against the CA of `options` or the system's trust store; there is no way to switch that off. TLS 1.2 at
 * least. IMAP4_ERROR_UNSUPPORTED in a build without TLS; IMAP4_ERROR_TLS when there is no trust store.
 */
IMAP4_API int imap4_tls_new(imap4_filter **out, const imap4_options *options, const char *host);

/** Makes a raw DEFLATE filter (RFC 4978). IMAP4_ERROR_UNSUPPORTED in a build without zlib. */
IMAP4_API int imap4_deflate_new(imap4_filter **out, const imap4_options *options);

/** 1 if this build has the layer (an imap4_layer_kind). */
IMAP4_API int imap4_filter_available(int layer);

/** Frees a filter and wipes its keys. NULL is fine. */
IMAP4_API void imap4_filter_free(imap4_filter *filter);

/** Far side: room for bytes from the network. `*room_out` is 0 while decoded bytes must be read first. */
IMAP4_API int imap4_filter_input(imap4_filter *filter, uint8_t **space_out, size_t *room_out);

/** Far side: `len` bytes were received into the room. */
IMAP4_API int imap4_filter_input_done(imap4_filter *filter, size_t len);

/** Far side: the network has ended. */
IMAP4_API int imap4_filter_input_eof(imap4_filter *filter);

/** Far side: bytes for the network, or NULL and 0. They stay valid and unchanged until imap4_filter_output_done(). */
IMAP4_API const uint8_t *imap4_filter_output(imap4_filter *filter, size_t *len_out);

/** Far side: `len` of them were sent. */
IMAP4_API void imap4_filter_output_done(imap4_filter *filter, size_t len);

/** Near side: IMAP4_EVENT (1) when bytes can be read and written, 0 while the handshake needs the network, or an error.
 */
IMAP4_API int imap4_filter_ready(imap4_filter *filter);

/**
 * Near side: decodes at most `room` bytes straight into the caller's `space`. IMAP4_OK with `*len_out` 0 when more
 * bytes from the network are needed; IMAP4_ERROR_EOF at the orderly end, IMAP4_ERROR_TLS when it was cut off.
 */
IMAP4_API int imap4_filter_read(imap4_filter *filter, uint8_t *space, size_t room, size_t *len_out);

/** 1 while imap4_filter_read() can give bytes without the network: then do not wait for the network. */
IMAP4_API int imap4_filter_pending(const imap4_filter *filter);

/** Near side: takes plain bytes, as many as there is room for; `*taken_out` may be 0. IMAP4_ERROR_STATE before it is
 * ready. */
IMAP4_API int imap4_filter_write(imap4_filter *filter, const uint8_t *data, size_t len, size_t *taken_out);

/** Near side: says goodbye (TLS close_notify); send the output that it leaves. IMAP4_OK, or IMAP4_ERROR_MEMORY. */
IMAP4_API int imap4_filter_close(imap4_filter *filter);

/** What went wrong; never NULL. Valid until the next call on the filter. */
IMAP4_API const imap4_error *imap4_filter_error(const imap4_filter *filter);

#ifdef __cplusplus
}
#endif

#endif
