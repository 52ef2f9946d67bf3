#include "filter/verify.h"

#include <string.h>

static const struct {
    int bit;
    const char *name;
    const char *text;
} rows[] = {
    {IMAP4_VERIFY_NAME, "NAME", "made out for another name"},
    {IMAP4_VERIFY_UNTRUSTED, "UNTRUSTED", "not signed by a trusted authority"},
    {IMAP4_VERIFY_EXPIRED, "EXPIRED", "expired"},
    {IMAP4_VERIFY_FUTURE, "FUTURE", "not valid yet"},
    {IMAP4_VERIFY_REVOKED, "REVOKED", "revoked"},
    {IMAP4_VERIFY_WEAK, "WEAK", "its key or signature is too weak"},
    {IMAP4_VERIFY_USAGE, "USAGE", "not meant for servers"},
    {IMAP4_VERIFY_OTHER, "OTHER", "refused for another reason"},
};

const char *imap4_verify_name(int bit)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].bit == bit)
            return rows[i].name;
    }
    return NULL;
}

void imap4__verify_text(uint32_t bits, char *text)
{
    size_t at = 0;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t len = strlen(rows[i].text);
        if ((bits & (uint32_t)rows[i].bit) == 0 || at + len + 3 > IMAP4__VERIFY_TEXT_MAX)
            continue;
        if (at > 0) {
            memcpy(text + at, ", ", 2);
            at += 2;
        }
        memcpy(text + at, rows[i].text, len);
        at += len;
    }
    text[at] = '\0';
}
