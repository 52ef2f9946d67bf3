/* Hashes of mbedTLS. */
#include "crypto/digest.h"

#include <imap4/types.h>

#include <mbedtls/md.h>

static const struct {
    int digest;
    mbedtls_md_type_t md;
} rows[] = {
    {IMAP4__DIGEST_MD5, MBEDTLS_MD_MD5},
};

/* NULL: unknown, or left out when mbedTLS was built. */
static const mbedtls_md_info_t *find(int digest)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].digest == digest)
            return mbedtls_md_info_from_type(rows[i].md);
    }
    return NULL;
}

size_t imap4__digest_size(int digest)
{
    const mbedtls_md_info_t *info = find(digest);

    return info == NULL ? 0 : mbedtls_md_get_size(info);
}

int imap4__hmac(int digest, const void *key, size_t key_len, const void *data, size_t len, uint8_t *out)
{
    static const unsigned char nothing[1] = {0}; /* NULL is no pointer to 0 bytes for memcpy */
    const mbedtls_md_info_t *info = find(digest);
    int failed;

    if (info == NULL)
        return IMAP4_ERROR_UNSUPPORTED;
    failed = mbedtls_md_hmac(info, key_len > 0 ? key : nothing, key_len, len > 0 ? data : nothing, len, out);
    if (failed == MBEDTLS_ERR_MD_ALLOC_FAILED)
        return IMAP4_ERROR_MEMORY;
    return failed == 0 ? IMAP4_OK : IMAP4_ERROR_UNSUPPORTED;
}
