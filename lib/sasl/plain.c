/* PLAIN: identity and password as they are (RFC 4616). */
#include "sasl/mechanism.h"

static int credentials_fit(const imap4__credentials *who)
{
    return imap4__credential_valid(who->user) && imap4__credential_valid(who->password) &&
           (who->authorize.len == 0 || imap4__credential_valid(who->authorize));
}

/* message = [authzid] NUL authcid NUL passwd */
static int plain_step(void *state, unsigned step, const imap4__credentials *who, const uint8_t *challenge, size_t len,
                      imap4__buf *response)
{
    const imap4_str nul = {"", 1};
    const imap4_str parts[] = {who->authorize, nul, who->user, nul, who->password};
    int result;

    (void)state;
    (void)challenge;
    (void)len;
    if (step > 0)
        return IMAP4_ERROR_SASL;
    if (!credentials_fit(who))
        return IMAP4_ERROR_ARGUMENT;
    /* Room for all at once: growing later would leave a piece of the password behind in freed memory. */
    if (who->user.len > SIZE_MAX / 4 || who->password.len > SIZE_MAX / 4 || who->authorize.len > SIZE_MAX / 4)
        return IMAP4_ERROR_MEMORY;
    result = imap4__buf_reserve(response, who->authorize.len + who->user.len + who->password.len + 2);
    for (size_t i = 0; result == IMAP4_OK && i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].len > 0)
            result = imap4__buf_add(response, parts[i].data, parts[i].len);
    }
    return result;
}

const imap4__mechanism imap4__mechanism_plain = {
    .name = "PLAIN",
    .client_first = 1,
    .plaintext = 1,
    .step = plain_step,
};
