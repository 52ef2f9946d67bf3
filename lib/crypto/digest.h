/* Hashes, from the TLS library: there is none of our own. Only in builds with TLS. */
#ifndef IMAP4_CRYPTO_DIGEST_H
#define IMAP4_CRYPTO_DIGEST_H

#include <stddef.h>
#include <stdint.h>

typedef enum imap4__digest {
    IMAP4__DIGEST_MD5 = 1
} imap4__digest;

#define IMAP4__DIGEST_MAX 64

size_t imap4__digest_size(int digest); /* 0: this TLS library has not got it */

/* HMAC (RFC 2104); `out` has room for imap4__digest_size(). IMAP4_OK, IMAP4_ERROR_MEMORY, IMAP4_ERROR_UNSUPPORTED. */
int imap4__hmac(int digest, const void *key, size_t key_len, const void *data, size_t len, uint8_t *out);

#endif
