#include "filter/trust.h"

#include <string.h>

#include "base/mem.h"
#include "base/options.h"

/* Bundles, not folders: a folder holds each certificate several times, by hash links, and takes ten times as long. */
static const char *const bundles[] = {
    "/etc/ssl/certs/ca-certificates.crt",                /* Debian, Ubuntu, Gentoo, Arch, Alpine, NixOS */
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", /* Fedora, RHEL 7 and later */
    "/etc/pki/tls/certs/ca-bundle.crt",                  /* older Fedora, RHEL */
    "/etc/ssl/ca-bundle.pem",                            /* openSUSE */
    "/var/lib/ca-certificates/ca-bundle.pem",            /* openSUSE, where the link above is missing */
    "/etc/ssl/cert.pem",                                 /* Alpine, OpenBSD, FreeBSD, macOS */
    "/usr/local/share/certs/ca-root-nss.crt",            /* FreeBSD with the package ca_root_nss */
    "/etc/openssl/certs/ca-certificates.crt",            /* NetBSD */
};

/* mbedTLS's answer: 0, or how many certificates it could not read, which may be some of an old bundle. */
static int loaded(const mbedtls_x509_crt *chain, int status)
{
    if (status == MBEDTLS_ERR_X509_ALLOC_FAILED)
        return IMAP4_ERROR_MEMORY;
    return status >= 0 && chain->raw.p != NULL ? IMAP4_OK : IMAP4_ERROR_TLS;
}

static int load_file(mbedtls_x509_crt *chain, const char *path)
{
#if defined(MBEDTLS_FS_IO)
    return loaded(chain, mbedtls_x509_crt_parse_file(chain, path));
#else
    (void)chain;
    (void)path;
    return IMAP4_ERROR_TLS;
#endif
}

/* PEM text or one DER certificate. mbedTLS takes it for PEM only when a NUL is counted in. */
static int load_memory(mbedtls_x509_crt *chain, const imap4_options *options)
{
    char *text = imap4__copy(&options->mem, options->ca, options->ca_len);
    int status;

    if (text == NULL)
        return IMAP4_ERROR_MEMORY;
    if (strstr(text, "-----BEGIN CERTIFICATE-----") != NULL)
        status = mbedtls_x509_crt_parse(chain, (const unsigned char *)text, strlen(text) + 1);
    else
        status = mbedtls_x509_crt_parse_der(chain, options->ca, options->ca_len);
    imap4__free(&options->mem, text);
    return loaded(chain, status);
}

int imap4__trust_load(mbedtls_x509_crt *chain, const imap4_options *options)
{
    if (options != NULL && options->ca != NULL)
        return load_memory(chain, options);
    if (options != NULL && options->ca_file != NULL)
        return load_file(chain, options->ca_file);
    for (size_t i = 0; i < sizeof bundles / sizeof bundles[0]; i++) {
        int result = load_file(chain, bundles[i]);
        if (result != IMAP4_ERROR_TLS)
            return result;
    }
    return IMAP4_ERROR_TLS;
}
