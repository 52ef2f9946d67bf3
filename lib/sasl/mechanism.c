/* The mechanisms of this build. */
#include "sasl/mechanism.h"

#include "base/str.h"

#include <imap4/command.h>

#include <string.h>

static const imap4__mechanism *const mechanisms[] = {
    &imap4__mechanism_plain,
#if IMAP4_HAVE_TLS
    &imap4__mechanism_cram_md5,
#endif
};

const imap4__mechanism *imap4__mechanism_find(imap4_str name)
{
    for (size_t i = 0; i < sizeof mechanisms / sizeof mechanisms[0]; i++) {
        const imap4__mechanism *mechanism = mechanisms[i];

        if (imap4__str_eq_nocase(name, mechanism->name))
            return mechanism->available == NULL || mechanism->available() ? mechanism : NULL;
    }
    return NULL;
}

int imap4_mechanism_available(const char *mechanism)
{
    return mechanism != NULL && imap4__mechanism_find(imap4__str(mechanism)) != NULL;
}

/*
 * authzid = 1*SAFE     authcid = 1*SAFE     passwd = 1*SAFE     SAFE = any UTF-8 character but NUL (RFC 4616 section 2)
 *
 * An empty password is no formality: directories take it for an anonymous login, which then succeeds (RFC 4513 section
 * 5.1.2). Whether the bytes are UTF-8 is left to the server, which knows what it has stored.
 */
int imap4__credential_valid(imap4_str text)
{
    return text.data != NULL && text.len > 0 && memchr(text.data, '\0', text.len) == NULL;
}
