/* The TLS filter against a server of mbedTLS in memory. The certificates are those of support/tls. */
#include <imap4/filter.h>

#include "support/memory.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

Suite *tls_suite(void);

#if IMAP4_HAVE_TLS
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/ssl.h>
#include <mbedtls/version.h>
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
#include <psa/crypto.h>
#endif

#include "support/tls/certificates.h"

#define HOST "mail.example.org"
#define IS_OLD (MBEDTLS_VERSION_NUMBER < 0x03000000)

/* Bytes on their way. */
typedef struct wire {
    uint8_t *data;
    size_t head;
    size_t tail;
    size_t capacity;
} wire;

static void wire_add(wire *it, const uint8_t *data, size_t len)
{
    if (it->tail + len > it->capacity) {
        it->capacity = (it->tail + len) * 2;
        it->data = realloc(it->data, it->capacity);
        ck_assert_ptr_nonnull(it->data);
    }
    memcpy(it->data + it->tail, data, len);
    it->tail += len;
}

typedef struct server {
    mbedtls_entropy_context entropy;
    mbedtls_ctr_drbg_context random;
    mbedtls_x509_crt chain;
    mbedtls_pk_context key;
    mbedtls_ssl_config config;
    mbedtls_ssl_context ssl;
    wire from_client;
    wire to_client;
    char sni[64];
} server;

static int server_send(void *user, const unsigned char *data, size_t len)
{
    wire_add(&((server *)user)->to_client, data, len);
    return (int)len;
}

static int server_receive(void *user, unsigned char *space, size_t room)
{
    wire *it = &((server *)user)->from_client;
    size_t len = it->tail - it->head;

    if (len == 0)
        return MBEDTLS_ERR_SSL_WANT_READ;
    len = len < room ? len : room;
    memcpy(space, it->data + it->head, len);
    it->head += len;
    return (int)len;
}

static int server_sni(void *user, mbedtls_ssl_context *ssl, const unsigned char *name, size_t len)
{
    server *it = user;

    (void)ssl;
    len = len < sizeof it->sni - 1 ? len : sizeof it->sni - 1;
    memcpy(it->sni, name, len);
    it->sni[len] = '\0';
    return 0;
}

static server *server_new(const char *pem, const char *key)
{
    server *it = calloc(1, sizeof *it);
    int status;

    mbedtls_entropy_init(&it->entropy);
    mbedtls_ctr_drbg_init(&it->random);
    mbedtls_x509_crt_init(&it->chain);
    mbedtls_pk_init(&it->key);
    mbedtls_ssl_config_init(&it->config);
    mbedtls_ssl_init(&it->ssl);
    ck_assert_int_eq(mbedtls_ctr_drbg_seed(&it->random, mbedtls_entropy_func, &it->entropy, NULL, 0), 0);
    ck_assert_int_eq(mbedtls_x509_crt_parse(&it->chain, (const unsigned char *)pem, strlen(pem) + 1), 0);
#if IS_OLD
    status = mbedtls_pk_parse_key(&it->key, (const unsigned char *)key, strlen(key) + 1, NULL, 0);
#else
    ck_assert_int_eq(psa_crypto_init(), PSA_SUCCESS);
    status = mbedtls_pk_parse_key(&it->key, (const unsigned char *)key, strlen(key) + 1, NULL, 0,
                                  mbedtls_ctr_drbg_random, &it->random);
#endif
    ck_assert_int_eq(status, 0);
    ck_assert_int_eq(mbedtls_ssl_config_defaults(&it->config, MBEDTLS_SSL_IS_SERVER, MBEDTLS_SSL_TRANSPORT_STREAM,
                                                 MBEDTLS_SSL_PRESET_DEFAULT), 0);
    mbedtls_ssl_conf_rng(&it->config, mbedtls_ctr_drbg_random, &it->random);
    mbedtls_ssl_conf_own_cert(&it->config, &it->chain, &it->key);
    mbedtls_ssl_conf_sni(&it->config, server_sni, it);
    return it;
}

static void server_begin(server *it)
{
    ck_assert_int_eq(mbedtls_ssl_setup(&it->ssl, &it->config), 0);
    mbedtls_ssl_set_bio(&it->ssl, it, server_send, server_receive, NULL);
}

static void server_free(server *it)
{
    mbedtls_ssl_free(&it->ssl);
    mbedtls_ssl_config_free(&it->config);
    mbedtls_pk_free(&it->key);
    mbedtls_x509_crt_free(&it->chain);
    mbedtls_ctr_drbg_free(&it->random);
    mbedtls_entropy_free(&it->entropy);
    free(it->from_client.data);
    free(it->to_client.data);
    free(it);
}

static imap4_options *trusting(const char *ca)
{
    imap4_options *options;

    ck_assert_int_eq(imap4_options_new(&options, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_options_set_ca(options, ca, strlen(ca)), IMAP4_OK);
    return options;
}

static imap4_filter *client_new(const char *host)
{
    imap4_options *options = trusting(ca_pem);
    imap4_filter *filter = NULL;

    ck_assert_int_eq(imap4_tls_new(&filter, options, host), IMAP4_OK);
    imap4_options_free(options);
    return filter;
}

static size_t carry_up(imap4_filter *filter, server *it, size_t step)
{
    size_t len;
    const uint8_t *data = imap4_filter_output(filter, &len);

    if (data == NULL)
        return 0;
    len = len < step ? len : step;
    wire_add(&it->from_client, data, len);
    imap4_filter_output_done(filter, len);
    return len;
}

static size_t carry_down(imap4_filter *filter, server *it, size_t step)
{
    wire *down = &it->to_client;
    size_t len = down->tail - down->head;
    size_t room;
    uint8_t *space;

    len = len < step ? len : step;
    if (len == 0 || imap4_filter_input(filter, &space, &room) < 0)
        return 0;
    len = len < room ? len : room;
    memcpy(space, down->data + down->head, len);
    ck_assert_int_eq(imap4_filter_input_done(filter, len), IMAP4_OK);
    down->head += len;
    return len;
}

/* The handshake, `step` bytes at a time. Gives what the filter says in the end; `server_out` what the server says. */
static int shake(imap4_filter *filter, server *it, size_t step, int *server_out)
{
    int status = MBEDTLS_ERR_SSL_WANT_READ;
    int result = 0;

    for (int rounds = 0; rounds < 100000; rounds++) {
        size_t moved = carry_up(filter, it, step);
        if (status == MBEDTLS_ERR_SSL_WANT_READ)
            status = mbedtls_ssl_handshake(&it->ssl);
        moved += carry_down(filter, it, step);
        result = imap4_filter_ready(filter);
        if (moved == 0)
            break;
    }
    if (server_out != NULL)
        *server_out = status;
    return result;
}

typedef struct pair {
    imap4_filter *filter;
    server *it;
} pair;

static pair connected(size_t step)
{
    pair made = {client_new(HOST), server_new(good_pem, good_key)};
    int status;

    server_begin(made.it);
    ck_assert_int_eq(shake(made.filter, made.it, step, &status), IMAP4_EVENT);
    ck_assert_int_eq(status, 0);
    return made;
}

static void disconnect(pair made)
{
    imap4_filter_free(made.filter);
    server_free(made.it);
}

static const struct {
    const char *what;
    const char *pem;
    const char *key;
    const char *host;
    uint32_t verify; /* 0: accepted */
} certificates[] = {
    {"good", good_pem, good_key, HOST, 0},
    {"good, other name of it", good_pem, good_key, "LocalHost", 0},
    {"good, root dot", good_pem, good_key, "mail.example.org.", 0},
    {"good, IPv4", good_pem, good_key, "127.0.0.1", 0},
    {"good, IPv6", good_pem, good_key, "2001:db8:0::1", 0},
    {"intermediate", below_pem, below_key, HOST, 0},
    {"wildcard", wildcard_pem, wildcard_key, HOST, 0},
    {"wrong name", good_pem, good_key, "imap.example.org", IMAP4_VERIFY_NAME},
    {"wrong address", good_pem, good_key, "127.0.0.2", IMAP4_VERIFY_NAME},
    {"wildcard, two labels", wildcard_pem, wildcard_key, "a.mail.example.org", IMAP4_VERIFY_NAME},
    {"wildcard, no label", wildcard_pem, wildcard_key, "example.org", IMAP4_VERIFY_NAME},
    {"wildcard inside", partial_pem, partial_key, HOST, IMAP4_VERIFY_NAME},
    {"wildcard alone", partial_pem, partial_key, "localhost", IMAP4_VERIFY_NAME},
    {"common name only", common_name_pem, common_name_key, HOST, IMAP4_VERIFY_NAME},
    {"common name and address", common_name_ip_pem, common_name_ip_key, HOST, IMAP4_VERIFY_NAME},
    {"common name and address, by address", common_name_ip_pem, common_name_ip_key, "127.0.0.1", 0},
    {"expired", expired_pem, expired_key, HOST, IMAP4_VERIFY_EXPIRED},
    {"future", future_pem, future_key, HOST, IMAP4_VERIFY_FUTURE},
    {"self-signed", self_pem, self_key, HOST, IMAP4_VERIFY_UNTRUSTED},
    {"unknown root", stranger_pem, stranger_key, HOST, IMAP4_VERIFY_UNTRUSTED},
    {"weak key", weak_pem, weak_key, HOST, IMAP4_VERIFY_WEAK},
    {"everything", all_wrong_pem, all_wrong_key, HOST,
     IMAP4_VERIFY_UNTRUSTED | IMAP4_VERIFY_EXPIRED | IMAP4_VERIFY_NAME},
};

START_TEST(certificates_are_judged)
{
    imap4_filter *filter = client_new(certificates[_i].host);
    server *it = server_new(certificates[_i].pem, certificates[_i].key);
    const uint32_t verify = certificates[_i].verify;
    uint8_t byte;
    size_t len;
    int status;
    int result;

    server_begin(it);
    result = shake(filter, it, 100000, &status);
    if (verify == 0) {
        ck_assert_msg(result == IMAP4_EVENT, "%s: %s", certificates[_i].what, imap4_filter_error(filter)->message.data);
        ck_assert_int_eq(status, 0);
    } else {
        ck_assert_msg(result == IMAP4_ERROR_CERTIFICATE, "%s: %d", certificates[_i].what, result);
        ck_assert_int_eq(imap4_filter_error(filter)->result, IMAP4_ERROR_CERTIFICATE);
        ck_assert_msg(imap4_filter_error(filter)->verify == verify, "%s: %#x", certificates[_i].what,
                      imap4_filter_error(filter)->verify);
        ck_assert_int_ne(status, 0); /* the server was told, too */
        ck_assert_int_eq(imap4_filter_write(filter, (const uint8_t *)"secret", 6, &len), IMAP4_ERROR_CERTIFICATE);
        ck_assert_uint_eq(len, 0);
        ck_assert_int_eq(imap4_filter_read(filter, &byte, 1, &len), IMAP4_ERROR_CERTIFICATE);
        ck_assert_uint_eq(carry_up(filter, it, 100000), 0);
    }
    imap4_filter_free(filter);
    server_free(it);
}
END_TEST

START_TEST(sni_is_for_names_only)
{
    static const struct {
        const char *host;
        const char *sni;
    } rows[] = {{HOST, HOST}, {HOST ".", HOST}, {"127.0.0.1", ""}, {"2001:db8::1", ""}};

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        imap4_filter *filter = client_new(rows[i].host);
        server *it = server_new(good_pem, good_key);
        server_begin(it);
        ck_assert_int_eq(shake(filter, it, 100000, NULL), IMAP4_EVENT);
        ck_assert_str_eq(it->sni, rows[i].sni);
        imap4_filter_free(filter);
        server_free(it);
    }
}
END_TEST

START_TEST(hosts_are_checked)
{
    imap4_filter *filter = NULL;
    imap4_options *options = trusting(ca_pem);

    ck_assert_int_eq(imap4_tls_new(&filter, options, NULL), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_tls_new(&filter, options, ""), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_tls_new(&filter, options, "*.example.org"), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_tls_new(&filter, options, "a b"), IMAP4_ERROR_ARGUMENT);
    ck_assert_ptr_null(filter);
    imap4_options_free(options);
}
END_TEST

START_TEST(without_trust_there_is_no_filter)
{
    imap4_options *options = trusting("not a certificate");
    imap4_filter *filter = NULL;

    ck_assert_int_eq(imap4_tls_new(&filter, options, HOST), IMAP4_ERROR_TLS);
    ck_assert_int_eq(imap4_options_set_ca_file(options, "/nonexistent/ca.pem"), IMAP4_OK);
    ck_assert_int_eq(imap4_tls_new(&filter, options, HOST), IMAP4_ERROR_TLS);
    ck_assert_ptr_null(filter);
    imap4_options_free(options);
}
END_TEST

START_TEST(trust_comes_as_der_and_from_files)
{
    char path[] = "/tmp/imap4-test-ca.XXXXXX";
    imap4_options *options;
    imap4_filter *filter = NULL;
    mbedtls_x509_crt ca;
    FILE *file;

    mbedtls_x509_crt_init(&ca);
    ck_assert_int_eq(mbedtls_x509_crt_parse(&ca, (const unsigned char *)ca_pem, sizeof ca_pem), 0);
    for (int from_file = 0; from_file < 2; from_file++) {
        server *it = server_new(good_pem, good_key);
        ck_assert_int_eq(imap4_options_new(&options, NULL), IMAP4_OK);
        if (from_file) {
            int fd = mkstemp(path);
            file = fdopen(fd, "w");
            ck_assert_ptr_nonnull(file);
            fputs(ca_pem, file);
            fclose(file);
            ck_assert_int_eq(imap4_options_set_ca_file(options, path), IMAP4_OK);
        } else {
            ck_assert_int_eq(imap4_options_set_ca(options, ca.raw.p, ca.raw.len), IMAP4_OK);
        }
        ck_assert_int_eq(imap4_tls_new(&filter, options, HOST), IMAP4_OK);
        server_begin(it);
        ck_assert_int_eq(shake(filter, it, 100000, NULL), IMAP4_EVENT);
        imap4_filter_free(filter);
        imap4_options_free(options);
        server_free(it);
    }
    remove(path);
    mbedtls_x509_crt_free(&ca);
}
END_TEST

START_TEST(old_versions_are_refused)
{
#if IS_OLD
    imap4_filter *filter = client_new(HOST);
    server *it = server_new(good_pem, good_key);

    mbedtls_ssl_conf_min_version(&it->config, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_1);
    mbedtls_ssl_conf_max_version(&it->config, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_2);
    server_begin(it);
    ck_assert_int_eq(shake(filter, it, 100000, NULL), IMAP4_ERROR_TLS);
    ck_assert_int_ne(imap4_filter_error(filter)->tls, 0);
    imap4_filter_free(filter);
    server_free(it);
#endif
}
END_TEST

START_TEST(suites_without_forward_secrecy_are_refused)
{
    static const int rsa_only[] = {MBEDTLS_TLS_RSA_WITH_AES_128_GCM_SHA256,
                                   MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, 0};
    imap4_filter *filter = client_new(HOST);
    server *it = server_new(good_pem, good_key);

    mbedtls_ssl_conf_ciphersuites(&it->config, rsa_only);
    server_begin(it);
    ck_assert_int_eq(shake(filter, it, 100000, NULL), IMAP4_ERROR_TLS);
    imap4_filter_free(filter);
    server_free(it);
}
END_TEST

START_TEST(clear_text_is_no_handshake)
{
    imap4_filter *filter = client_new(HOST);
    server *it = server_new(good_pem, good_key);

    wire_add(&it->to_client, (const uint8_t *)"* OK IMAP4rev1 ready\r\n", 22);
    carry_up(filter, it, 100000);
    carry_down(filter, it, 100000);
    ck_assert_int_eq(imap4_filter_ready(filter), IMAP4_ERROR_TLS);
    ck_assert_uint_gt(imap4_filter_error(filter)->message.len, 0);
    imap4_filter_free(filter);
    server_free(it);
}
END_TEST

START_TEST(end_during_the_handshake_is_an_error)
{
    imap4_filter *filter = client_new(HOST);
    size_t len;
    uint8_t byte;

    ck_assert_int_eq(imap4_filter_ready(filter), 0);
    ck_assert_ptr_nonnull(imap4_filter_output(filter, &len));
    ck_assert_int_eq(imap4_filter_read(filter, &byte, 1, &len), IMAP4_OK);
    ck_assert_uint_eq(len, 0);
    ck_assert_int_eq(imap4_filter_pending(filter), 0);
    ck_assert_int_eq(imap4_filter_input_eof(filter), IMAP4_OK);
    ck_assert_int_eq(imap4_filter_pending(filter), 1);
    ck_assert_int_eq(imap4_filter_read(filter, &byte, 1, &len), IMAP4_ERROR_TLS);
    ck_assert_int_eq(imap4_filter_pending(filter), 0);
    imap4_filter_free(filter);
}
END_TEST

/* `size` bytes of the server's, in records of its own choosing. */
static void server_says(server *it, const uint8_t *data, size_t size)
{
    while (size > 0) {
        int status = mbedtls_ssl_write(&it->ssl, data, size);
        ck_assert_int_gt(status, 0);
        data += status;
        size -= (size_t)status;
    }
}

static uint8_t *sample(size_t size)
{
    uint8_t *data = malloc(size);

    for (size_t i = 0; i < size; i++)
        data[i] = (uint8_t)(i * 7 + (i >> 8));
    return data;
}

START_TEST(bytes_come_down)
{
    static const size_t steps[][2] = {{1, 1}, {1, 100000}, {100000, 1}, {5000, 333}, {1000000, 1000000}};

    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        const size_t size = steps[i][0] == 1 || steps[i][1] == 1 ? 5000 : 3000000;
        pair link = connected(steps[i][0]);
        uint8_t *data = sample(size);
        uint8_t *back = malloc(size + 1);
        size_t read = 0;
        server_says(link.it, data, size);
        while (read < size) {
            size_t moved = carry_down(link.filter, link.it, steps[i][0]);
            size_t got;
            do {
                size_t room = size + 1 - read < steps[i][1] ? size + 1 - read : steps[i][1];
                ck_assert_int_eq(imap4_filter_read(link.filter, back + read, room, &got), IMAP4_OK);
                read += got;
                moved += got;
            } while (got > 0);
            ck_assert_int_eq(imap4_filter_pending(link.filter), 0);
            ck_assert_uint_gt(moved, 0);
        }
        ck_assert_uint_eq(read, size);
        ck_assert_mem_eq(data, back, size);
        free(data);
        free(back);
        disconnect(link);
    }
}
END_TEST

START_TEST(bytes_go_up)
{
    static const size_t steps[][2] = {{1, 1}, {100000, 1}, {7, 5000}, {100000, 3000}, {3000000, 1000000}};

    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        const size_t size = steps[i][0] < 10 || steps[i][1] == 1 ? 5000 : 3000000;
        pair link = connected(100000);
        uint8_t *data = sample(size);
        uint8_t *back = malloc(size + 1);
        size_t written = 0;
        size_t read = 0;
        while (read < size) {
            size_t part = size - written < steps[i][0] ? size - written : steps[i][0];
            size_t taken;
            int got;
            ck_assert_int_eq(imap4_filter_write(link.filter, data + written, part, &taken), IMAP4_OK);
            written += taken;
            taken += carry_up(link.filter, link.it, steps[i][1]);
            do {
                got = mbedtls_ssl_read(&link.it->ssl, back + read, size + 1 - read);
                if (got > 0)
                    read += (size_t)got;
            } while (got > 0);
            ck_assert_int_eq(got, MBEDTLS_ERR_SSL_WANT_READ);
            ck_assert_msg(taken > 0 || read == size, "stalled");
        }
        ck_assert_uint_eq(read, size);
        ck_assert_mem_eq(data, back, size);
        free(data);
        free(back);
        disconnect(link);
    }
}
END_TEST

START_TEST(pending_says_when_not_to_wait)
{
    pair link = connected(100000);
    uint8_t back[10];
    size_t got;

    server_says(link.it, (const uint8_t *)"0123456789abc", 13);
    server_says(link.it, (const uint8_t *)"second", 6);
    ck_assert_int_eq(imap4_filter_pending(link.filter), 0);
    carry_down(link.filter, link.it, 100000);
    ck_assert_int_eq(imap4_filter_pending(link.filter), 1);
    ck_assert_int_eq(imap4_filter_read(link.filter, back, 10, &got), IMAP4_OK);
    ck_assert_uint_eq(got, 10);
    ck_assert_int_eq(imap4_filter_pending(link.filter), 1);
    ck_assert_int_eq(imap4_filter_read(link.filter, back, 10, &got), IMAP4_OK);
    ck_assert_uint_eq(got, 3);
    ck_assert_int_eq(imap4_filter_pending(link.filter), 1);
    ck_assert_int_eq(imap4_filter_read(link.filter, back, 10, &got), IMAP4_OK);
    ck_assert_uint_eq(got, 6);
    ck_assert_int_eq(imap4_filter_pending(link.filter), 0);
    disconnect(link);
}
END_TEST

START_TEST(goodbye_is_an_orderly_end)
{
    pair link = connected(100000);
    uint8_t back[10];
    size_t got;

    server_says(link.it, (const uint8_t *)"bye", 3);
    ck_assert_int_eq(mbedtls_ssl_close_notify(&link.it->ssl), 0);
    carry_down(link.filter, link.it, 100000);
    imap4_filter_input_eof(link.filter);
    ck_assert_int_eq(imap4_filter_read(link.filter, back, 10, &got), IMAP4_OK);
    ck_assert_uint_eq(got, 3);
    ck_assert_int_eq(imap4_filter_read(link.filter, back, 10, &got), IMAP4_ERROR_EOF);
    ck_assert_int_eq(imap4_filter_read(link.filter, back, 10, &got), IMAP4_ERROR_EOF);
    ck_assert_int_eq(imap4_filter_pending(link.filter), 0);
    disconnect(link);
}
END_TEST

START_TEST(cut_off_is_not_an_orderly_end)
{
    /* Behind a whole record, and inside one. */
    for (size_t missing = 0; missing < 20; missing++) {
        pair link = connected(100000);
        uint8_t back[10];
        size_t got;
        server_says(link.it, (const uint8_t *)"byebye", 6);
        ck_assert_uint_gt(link.it->to_client.tail, missing);
        link.it->to_client.tail -= missing;
        carry_down(link.filter, link.it, 100000);
        imap4_filter_input_eof(link.filter);
        if (missing == 0) {
            ck_assert_int_eq(imap4_filter_read(link.filter, back, 10, &got), IMAP4_OK);
            ck_assert_uint_eq(got, 6);
            ck_assert_int_eq(imap4_filter_pending(link.filter), 1);
        }
        ck_assert_int_eq(imap4_filter_read(link.filter, back, 10, &got), IMAP4_ERROR_TLS);
        ck_assert_uint_eq(got, 0);
        ck_assert_int_eq(imap4_filter_error(link.filter)->result, IMAP4_ERROR_TLS);
        disconnect(link);
    }
}
END_TEST

START_TEST(altered_bytes_are_noticed)
{
    pair link = connected(100000);
    uint8_t back[10];
    size_t got;

    server_says(link.it, (const uint8_t *)"byebye", 6);
    link.it->to_client.data[link.it->to_client.tail - 1] ^= 1;
    carry_down(link.filter, link.it, 100000);
    ck_assert_int_eq(imap4_filter_read(link.filter, back, 10, &got), IMAP4_ERROR_TLS);
    ck_assert_uint_eq(got, 0);
    disconnect(link);
}
END_TEST

START_TEST(closing_says_goodbye)
{
    pair link = connected(100000);
    uint8_t byte;
    size_t taken;

    ck_assert_int_eq(imap4_filter_close(link.filter), IMAP4_OK);
    ck_assert_int_eq(imap4_filter_close(link.filter), IMAP4_OK);
    ck_assert_int_eq(imap4_filter_write(link.filter, (const uint8_t *)"x", 1, &taken), IMAP4_ERROR_CLOSED);
    carry_up(link.filter, link.it, 100000);
    ck_assert_int_eq(mbedtls_ssl_read(&link.it->ssl, &byte, 1), MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY);
    disconnect(link);
}
END_TEST

#if IS_OLD && defined(MBEDTLS_SSL_RENEGOTIATION)
START_TEST(renegotiation_is_declined)
{
    pair link = {client_new(HOST), server_new(good_pem, good_key)};
    uint8_t back[10];
    uint8_t byte;
    size_t got;
    int status;

    mbedtls_ssl_conf_renegotiation(&link.it->config, MBEDTLS_SSL_RENEGOTIATION_ENABLED);
    server_begin(link.it);
    ck_assert_int_eq(shake(link.filter, link.it, 100000, NULL), IMAP4_EVENT);
    ck_assert_int_eq(mbedtls_ssl_renegotiate(&link.it->ssl), 0);
    carry_down(link.filter, link.it, 100000);
    ck_assert_int_eq(imap4_filter_read(link.filter, back, 10, &got), IMAP4_OK);
    /* An alert that says no; what is written now must not be mistaken for its end. */
    ck_assert_int_eq(imap4_filter_write(link.filter, (const uint8_t *)"x", 1, &got), IMAP4_OK);
    ck_assert_uint_eq(got, 1);
    ck_assert_uint_gt(carry_up(link.filter, link.it, 100000), 0);
    do
        status = mbedtls_ssl_read(&link.it->ssl, &byte, 1);
    while (status == MBEDTLS_ERR_SSL_WANT_READ && link.it->from_client.head < link.it->from_client.tail);
    ck_assert_int_eq(status, 1);
    ck_assert_int_eq(byte, 'x');
    disconnect(link);
}
END_TEST
#endif

START_TEST(output_is_frozen_while_shown)
{
    pair link = connected(100000);
    uint8_t *data = sample(500000);
    uint8_t *copy;
    const uint8_t *shown;
    size_t len;
    size_t again;
    size_t taken;

    ck_assert_int_eq(imap4_filter_write(link.filter, data, 100, &taken), IMAP4_OK);
    shown = imap4_filter_output(link.filter, &len);
    copy = malloc(len);
    memcpy(copy, shown, len);
    ck_assert_int_eq(imap4_filter_write(link.filter, data, 500000, &taken), IMAP4_OK);
    ck_assert_uint_gt(taken, 0);
    ck_assert_uint_lt(taken, 500000);
    ck_assert_int_eq(imap4_filter_write(link.filter, data, 500000, &taken), IMAP4_OK);
    ck_assert_uint_eq(taken, 0);
    ck_assert_ptr_eq(imap4_filter_output(link.filter, &again), shown);
    ck_assert_uint_eq(again, len);
    ck_assert_mem_eq(shown, copy, len);
    free(copy);
    free(data);
    disconnect(link);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    test_memory memory;
    size_t fail_at = 1;

    /* mbedTLS has memory of its own; these are ours. */
    do {
        imap4_options *options;
        imap4_filter *filter = NULL;
        int result;
        test_memory_init(&memory, 0);
        ck_assert_int_eq(imap4_options_new(&options, &memory.allocator), IMAP4_OK);
        ck_assert_int_eq(imap4_options_set_ca(options, ca_pem, strlen(ca_pem)), IMAP4_OK);
        memory.fail_at = memory.calls + fail_at++;
        result = imap4_tls_new(&filter, options, HOST);
        ck_assert_int_eq(result, memory.failed > 0 ? IMAP4_ERROR_MEMORY : IMAP4_OK);
        imap4_filter_free(filter);
        imap4_options_free(options);
        ck_assert_uint_eq(memory.live, 0);
    } while (memory.failed > 0);
    ck_assert_uint_ge(fail_at, 5);
}
END_TEST
#endif

Suite *tls_suite(void)
{
    Suite *suite = suite_create("tls");
#if IMAP4_HAVE_TLS
    const TTest *const tests[] = {
        sni_is_for_names_only, hosts_are_checked, without_trust_there_is_no_filter, trust_comes_as_der_and_from_files,
        old_versions_are_refused, suites_without_forward_secrecy_are_refused, clear_text_is_no_handshake,
        end_during_the_handshake_is_an_error, bytes_come_down, bytes_go_up, pending_says_when_not_to_wait,
        goodbye_is_an_orderly_end, cut_off_is_not_an_orderly_end, altered_bytes_are_noticed, closing_says_goodbye,
#if IS_OLD && defined(MBEDTLS_SSL_RENEGOTIATION)
        renegotiation_is_declined,
#endif
        output_is_frozen_while_shown, every_allocation_may_fail, NULL};
    TCase *tcase = suite_tests(suite, "tls", tests);

    tcase_add_loop_test(tcase, certificates_are_judged, 0, (int)(sizeof certificates / sizeof certificates[0]));
#else
    suite_skip("tls", "this build has no mbedTLS");
#endif
    return suite;
}
