/* CRAM-MD5: a challenge, and its keyed hash (RFC 2195). */
#include "sasl/mechanism.h"

#include "base/mem.h"
#include "base/str.h"
#include "crypto/digest.h"

static const char hex_digits[] = "0123456789abcdef";

/* There is no place for an identity to act as; leaving it out would sign in as somebody else than was asked for. */
static int credentials_fit(const imap4__credentials *who)
{
    if (who->authorize.len > 0 && !imap4__str_eq(who->authorize, who->user))
        return 0;
    return imap4__credential_valid(who->user) && imap4__credential_valid(who->password);
}

/* "a string consisting of the user name, a space, and a digest", in lower-case hexadecimal */
static int add_response(imap4__buf *response, imap4_str user, const uint8_t *digest, size_t size)
{
    char hex[2 * IMAP4__DIGEST_MAX + 1] = " ";
    int result;

    for (size_t i = 0; i < size; i++) {
        hex[1 + 2 * i] = hex_digits[digest[i] >> 4];
        hex[2 + 2 * i] = hex_digits[digest[i] & 15];
    }
    if (user.len > SIZE_MAX / 2)
        return IMAP4_ERROR_MEMORY;
    result = imap4__buf_reserve(response, user.len + 1 + 2 * size);
    if (result == IMAP4_OK)
        result = imap4__buf_add(response, user.data, user.len);
    if (result == IMAP4_OK)
        result = imap4__buf_add(response, hex, 1 + 2 * size);
    return result;
}

static int cram_step(void *state, unsigned step, const imap4__credentials *who, const uint8_t *challenge, size_t len,
                     imap4__buf *response)
{
    uint8_t digest[IMAP4__DIGEST_MAX];
    int result;

    (void)state;
    /* A challenge without a byte in it makes every answer the same. */
    if (step > 0 || len == 0)
        return IMAP4_ERROR_SASL;
    if (!credentials_fit(who))
        return IMAP4_ERROR_ARGUMENT;
    result = imap4__hmac(IMAP4__DIGEST_MD5, who->password.data, who->password.len, challenge, len, digest);
    if (result == IMAP4_OK)
        result = add_response(response, who->user, digest, imap4__digest_size(IMAP4__DIGEST_MD5));
    imap4__wipe(digest, sizeof digest);
    return result;
}

static int cram_available(void)
{
    return imap4__digest_size(IMAP4__DIGEST_MD5) > 0;
}

const imap4__mechanism imap4__mechanism_cram_md5 = {
    .name = "CRAM-MD5",
    .step = cram_step,
    .available = cram_available,
};
