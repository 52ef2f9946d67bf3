/*
 * TLS by mbedTLS 2.28 and 3.6. What differs between the two is told apart here and nowhere else.
 *
 * mbedTLS asks for its bytes through two functions (its "BIO"), which work on the pipes of the filter. A function that
 * could not send everything would oblige the caller to write the very same bytes again; so nothing is written unless
 * the pipe has room for a whole record, and that obligation never arises.
 */
#include <limits.h>
#include <string.h>

#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/ssl.h>
#include <mbedtls/version.h>

#if MBEDTLS_VERSION_NUMBER >= 0x03000000
#include <psa/crypto.h>
#endif

#include "base/mem.h"
#include "base/options.h"
#include "filter/filter.h"
#include "filter/peer.h"
#include "filter/trust.h"
#include "filter/verify.h"

enum {
    /* A record's plain bytes, and with header, vector, tag and padding. */
    RECORD_PLAIN = 16384,
    RECORD_ROOM = RECORD_PLAIN + 1024,
    /* Kept free by writing, for alerts that mbedTLS sends by itself while reading. */
    ALERT_ROOM = 4096,
    IN_SIZE = 32 * 1024,
    OUT_SIZE = 4 * RECORD_ROOM + ALERT_ROOM
};

typedef struct tls_filter {
    imap4_filter filter;
    mbedtls_entropy_context entropy;
    mbedtls_ctr_drbg_context random;
    mbedtls_x509_crt trusted;
    mbedtls_ssl_config config;
    mbedtls_ssl_context ssl;
    imap4__peer peer;
    int named; /* the certificate was seen and is made out for the peer */
    int ready; /* the handshake is over, and good */
} tls_filter;

/* Authenticated encryption with forward secrecy only; plain DHE for servers of 2012, in groups of 2048 bits or more. */
static const int suites[] = {
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
    MBEDTLS_TLS1_3_AES_128_GCM_SHA256,
    MBEDTLS_TLS1_3_CHACHA20_POLY1305_SHA256,
    MBEDTLS_TLS1_3_AES_256_GCM_SHA384,
#endif
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    MBEDTLS_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    MBEDTLS_TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,
    MBEDTLS_TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,
    0
};

static const struct {
    uint32_t flags;
    uint32_t bit;
} verify_rows[] = {
    {MBEDTLS_X509_BADCERT_NOT_TRUSTED, IMAP4_VERIFY_UNTRUSTED},
    {MBEDTLS_X509_BADCERT_EXPIRED, IMAP4_VERIFY_EXPIRED},
    {MBEDTLS_X509_BADCERT_FUTURE, IMAP4_VERIFY_FUTURE},
    {MBEDTLS_X509_BADCERT_CN_MISMATCH, IMAP4_VERIFY_NAME},
    {MBEDTLS_X509_BADCERT_REVOKED, IMAP4_VERIFY_REVOKED},
    {MBEDTLS_X509_BADCERT_BAD_MD | MBEDTLS_X509_BADCERT_BAD_PK | MBEDTLS_X509_BADCERT_BAD_KEY, IMAP4_VERIFY_WEAK},
    {MBEDTLS_X509_BADCERT_KEY_USAGE | MBEDTLS_X509_BADCERT_EXT_KEY_USAGE | MBEDTLS_X509_BADCERT_NS_CERT_TYPE,
     IMAP4_VERIFY_USAGE},
};

static uint32_t verify_bits(uint32_t flags)
{
    uint32_t bits = 0;

    for (size_t i = 0; i < sizeof verify_rows / sizeof verify_rows[0]; i++) {
        if ((flags & verify_rows[i].flags) != 0)
            bits |= verify_rows[i].bit;
        flags &= ~verify_rows[i].flags;
    }
    return flags != 0 ? bits | IMAP4_VERIFY_OTHER : bits;
}

static const struct {
    int status;
    const char *text;
} status_rows[] = {
    {MBEDTLS_ERR_SSL_CONN_EOF, "the server closed the connection during the TLS handshake"},
    {MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY, "the server closed the connection during the TLS handshake"},
    {MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE, "the server refused the TLS connection"},
    {MBEDTLS_ERR_SSL_INVALID_RECORD, "the server does not speak TLS here, or a record is damaged"},
    {MBEDTLS_ERR_SSL_INVALID_MAC, "a TLS record was altered on the way"},
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
    {MBEDTLS_ERR_SSL_BAD_PROTOCOL_VERSION, "the server has no TLS version that is still safe"},
    {MBEDTLS_ERR_SSL_HANDSHAKE_FAILURE, "no TLS settings that both sides accept"},
#else
    {MBEDTLS_ERR_SSL_BAD_HS_PROTOCOL_VERSION, "the server has no TLS version that is still safe"},
#endif
};

static int is_certificate_status(int status)
{
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
    return status == MBEDTLS_ERR_X509_CERT_VERIFY_FAILED || status == MBEDTLS_ERR_SSL_BAD_CERTIFICATE;
#else
    return status == MBEDTLS_ERR_X509_CERT_VERIFY_FAILED || status == MBEDTLS_ERR_SSL_BAD_HS_CERTIFICATE;
#endif
}

static int fail(tls_filter *self, int status, const char *what)
{
    imap4__error *error = &self->filter.error;

    if (status == MBEDTLS_ERR_SSL_ALLOC_FAILED || status == MBEDTLS_ERR_X509_ALLOC_FAILED)
        return imap4__error_set(error, IMAP4_ERROR_MEMORY, "no memory for TLS", NULL);
    for (size_t i = 0; i < sizeof status_rows / sizeof status_rows[0]; i++) {
        if (status_rows[i].status == status)
            what = status_rows[i].text;
    }
    (void)imap4__error_set(error, IMAP4_ERROR_TLS, what, NULL);
    error->shown.tls = status;
    return IMAP4_ERROR_TLS;
}

static int refuse(tls_filter *self, int status, uint32_t bits)
{
    imap4__error *error = &self->filter.error;
    char why[IMAP4__VERIFY_TEXT_MAX];

    imap4__verify_text(bits, why);
    (void)imap4__error_set(error, IMAP4_ERROR_CERTIFICATE, "the server's certificate is refused", why);
    error->shown.tls = status;
    error->shown.verify = bits;
    return IMAP4_ERROR_CERTIFICATE;
}

static int receive(void *user, unsigned char *space, size_t room)
{
    tls_filter *self = user;
    imap4__pipe *in = &self->filter.in;
    size_t len;
    const uint8_t *data = imap4__pipe_show(in, 0, &len);

    if (len == 0)
        return self->filter.eof ? 0 : MBEDTLS_ERR_SSL_WANT_READ;
    if (len > room)
        len = room;
    memcpy(space, data, len);
    imap4__pipe_drop(in, len);
    return (int)len;
}

static int transmit(void *user, const unsigned char *data, size_t len)
{
    tls_filter *self = user;
    imap4__pipe *out = &self->filter.out;
    size_t room;
    uint8_t *space = imap4__pipe_space(out, 0, &room);

    if (room < len && self->ready)
        return MBEDTLS_ERR_SSL_BUFFER_TOO_SMALL; /* a peer that provokes alerts and does not read them */
    if (room == 0)
        return MBEDTLS_ERR_SSL_WANT_WRITE;
    if (len > room)
        len = room;
    memcpy(space, data, len);
    imap4__pipe_commit(out, len);
    return (int)len;
}

/*
 * Called for each certificate of the chain, the server's own (depth 0) last. The verdict on the name is ours: mbedTLS
 * goes by the Common Name where there is no dNSName, and 2.28 knows no addresses. RFC 9525 rules out the one and asks
 * for the other (sections 6.3 and 6.5).
 */
static int check_certificate(void *user, mbedtls_x509_crt *certificate, int depth, uint32_t *flags)
{
    tls_filter *self = user;

    if (depth != 0)
        return 0;
    self->named = imap4__peer_matches(&self->peer, certificate->v3_ext.p, certificate->v3_ext.len);
    *flags &= ~(uint32_t)MBEDTLS_X509_BADCERT_CN_MISMATCH;
    if (!self->named)
        *flags |= MBEDTLS_X509_BADCERT_CN_MISMATCH;
    return 0;
}

static int advance(imap4_filter *filter)
{
    tls_filter *self = (tls_filter *)filter;
    int status;

    if (self->ready)
        return IMAP4_EVENT;
    status = mbedtls_ssl_handshake(&self->ssl);
    if (status == MBEDTLS_ERR_SSL_WANT_READ || status == MBEDTLS_ERR_SSL_WANT_WRITE)
        return 0;
    if (status != 0) {
        uint32_t flags = mbedtls_ssl_get_verify_result(&self->ssl);
        if (is_certificate_status(status) && flags != 0 && flags != UINT32_MAX)
            return refuse(self, status, verify_bits(flags));
        return fail(self, status, "the TLS handshake failed");
    }
    /* A handshake that ended well without a look at the certificate cannot be; but much hangs on it. */
    if (mbedtls_ssl_get_verify_result(&self->ssl) != 0 || !self->named)
        return refuse(self, 0, IMAP4_VERIFY_OTHER);
    self->ready = 1;
    return IMAP4_EVENT;
}

static int read_bytes(imap4_filter *filter, uint8_t *space, size_t room, size_t *len_out)
{
    tls_filter *self = (tls_filter *)filter;
    int status;

    if (room > INT_MAX)
        room = INT_MAX;
    do {
        status = mbedtls_ssl_read(&self->ssl, space, room);
#if defined(MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET)
        /* 3.6.0 reports every ticket of TLS 1.3, wanted or not. */
    } while (status == MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET);
#else
    } while (0);
#endif
    if (status > 0) {
        *len_out = (size_t)status;
        return IMAP4_OK;
    }
    if (status == MBEDTLS_ERR_SSL_WANT_READ)
        return IMAP4_OK;
    if (status == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY)
        return IMAP4_ERROR_EOF;
    if (status == 0 || status == MBEDTLS_ERR_SSL_CONN_EOF)
        return imap4__error_set(&filter->error, IMAP4_ERROR_TLS, "the connection was cut off before the end of TLS",
                                NULL);
    return fail(self, status, "reading a TLS record failed");
}

static int pending(const imap4_filter *filter)
{
    return mbedtls_ssl_get_bytes_avail(&((const tls_filter *)filter)->ssl) > 0;
}

static int write_bytes(imap4_filter *filter, const uint8_t *data, size_t len, size_t *taken_out)
{
    tls_filter *self = (tls_filter *)filter;
    size_t room;

    while (*taken_out < len) {
        size_t part = len - *taken_out;
        int status;
        (void)imap4__pipe_space(&filter->out, 0, &room);
        if (room < RECORD_ROOM + ALERT_ROOM)
            break;
        status = mbedtls_ssl_write(&self->ssl, data + *taken_out, part < RECORD_PLAIN ? part : RECORD_PLAIN);
        if (status <= 0)
            return fail(self, status, "writing a TLS record failed");
        *taken_out += (size_t)status;
    }
    return IMAP4_OK;
}

static int close_notify(imap4_filter *filter)
{
    tls_filter *self = (tls_filter *)filter;
    int status = self->ready ? mbedtls_ssl_close_notify(&self->ssl) : 0;

    return status < 0 ? fail(self, status, "closing TLS failed") : IMAP4_OK;
}

static void clear(imap4_filter *filter)
{
    tls_filter *self = (tls_filter *)filter;

    /* These overwrite what they free. */
    mbedtls_ssl_free(&self->ssl);
    mbedtls_ssl_config_free(&self->config);
    mbedtls_x509_crt_free(&self->trusted);
    mbedtls_ctr_drbg_free(&self->random);
    mbedtls_entropy_free(&self->entropy);
}

static const imap4__filter_kind tls_kind = {
    .clear = clear,
    .advance = advance,
    .read = read_bytes,
    .pending = pending,
    .write = write_bytes,
    .close = close_notify,
};

static void set_policy(mbedtls_ssl_config *config)
{
    mbedtls_ssl_conf_authmode(config, MBEDTLS_SSL_VERIFY_REQUIRED);
    mbedtls_ssl_conf_ciphersuites(config, suites);
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
    mbedtls_ssl_conf_min_tls_version(config, MBEDTLS_SSL_VERSION_TLS1_2);
#else
    mbedtls_ssl_conf_min_version(config, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3); /* TLS 1.2 */
#endif
#if defined(MBEDTLS_DHM_C)
    mbedtls_ssl_conf_dhm_min_bitlen(config, 2048);
#endif
#if defined(MBEDTLS_SSL_RENEGOTIATION)
    mbedtls_ssl_conf_renegotiation(config, MBEDTLS_SSL_RENEGOTIATION_DISABLED);
#endif
#if defined(MBEDTLS_SSL_SESSION_TICKETS)
    mbedtls_ssl_conf_session_tickets(config, MBEDTLS_SSL_SESSION_TICKETS_DISABLED);
#endif
}

/* A generator of one's own for each filter: nothing is shared between threads. */
static int seed(tls_filter *self)
{
    static const unsigned char label[] = "libimap4";

#if MBEDTLS_VERSION_NUMBER >= 0x03000000 && defined(MBEDTLS_PSA_CRYPTO_C)
    /* TLS 1.3 needs it; done again it does nothing. */
    if (psa_crypto_init() != PSA_SUCCESS)
        return MBEDTLS_ERR_SSL_INTERNAL_ERROR;
#endif
    return mbedtls_ctr_drbg_seed(&self->random, mbedtls_entropy_func, &self->entropy, label, sizeof label - 1);
}

static int set_up(tls_filter *self, const imap4_options *options)
{
    int status = seed(self);
    int result;

    if (status != 0)
        return fail(self, status, "no randomness for TLS");
    result = imap4__trust_load(&self->trusted, options);
    if (result < 0)
        return result;
    status = mbedtls_ssl_config_defaults(&self->config, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM,
                                         MBEDTLS_SSL_PRESET_DEFAULT);
    if (status != 0)
        return fail(self, status, "setting TLS up failed");
    set_policy(&self->config);
    mbedtls_ssl_conf_rng(&self->config, mbedtls_ctr_drbg_random, &self->random);
    mbedtls_ssl_conf_ca_chain(&self->config, &self->trusted, NULL);
    mbedtls_ssl_conf_verify(&self->config, check_certificate, self);
    status = mbedtls_ssl_setup(&self->ssl, &self->config);
    /* RFC 6066 section 3: no SNI for addresses. NULL is said all the same, since 3.6 fails where nothing was said. */
    if (status == 0)
        status = mbedtls_ssl_set_hostname(&self->ssl, self->peer.ip_len > 0 ? NULL : self->peer.host);
    if (status != 0)
        return fail(self, status, "setting TLS up failed");
    mbedtls_ssl_set_bio(&self->ssl, self, transmit, receive, NULL);
    return IMAP4_OK;
}

int imap4_tls_new(imap4_filter **out, const imap4_options *options, const char *host)
{
    const imap4_allocator *mem = imap4__mem_or_default(options == NULL ? NULL : &options->mem);
    imap4__peer peer;
    imap4_filter *filter;
    tls_filter *self;
    int result = imap4__peer_init(&peer, host);

    if (result < 0)
        return result;
    filter = imap4__filter_new(mem, &tls_kind, sizeof(tls_filter), IN_SIZE, OUT_SIZE);
    if (filter == NULL)
        return IMAP4_ERROR_MEMORY;
    self = (tls_filter *)filter;
    self->peer = peer;
    mbedtls_entropy_init(&self->entropy);
    mbedtls_ctr_drbg_init(&self->random);
    mbedtls_x509_crt_init(&self->trusted);
    mbedtls_ssl_config_init(&self->config);
    mbedtls_ssl_init(&self->ssl);
    result = set_up(self, options);
    if (result < 0) {
        imap4_filter_free(filter);
        return result;
    }
    *out = filter;
    return IMAP4_OK;
}
