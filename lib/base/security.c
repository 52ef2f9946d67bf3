#include "base/str.h"

#include <imap4/types.h>

static const imap4__name names[] = {
    {"NONE", IMAP4_SECURITY_NONE},
    {"LOCAL", IMAP4_SECURITY_LOCAL},
    {"VERIFIED", IMAP4_SECURITY_VERIFIED},
    {NULL, 0},
};

const char *imap4_security_name(int security)
{
    return imap4__name_text(names, (uint32_t)security);
}
