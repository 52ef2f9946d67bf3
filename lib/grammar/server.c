#include "grammar/server.h"

#include "base/str.h"

static const imap4__name names[] = {
    {"Courier", IMAP4_SERVER_COURIER},
    {"Cyrus", IMAP4_SERVER_CYRUS},
    {"Domino", IMAP4_SERVER_DOMINO},
    {"Dovecot", IMAP4_SERVER_DOVECOT},
    {"Exchange", IMAP4_SERVER_EXCHANGE},
    {"Gmail", IMAP4_SERVER_GMAIL},
    {"QQ Mail", IMAP4_SERVER_QQMAIL},
    {"hMailServer", IMAP4_SERVER_HMAILSERVER},
    {"UW imapd", IMAP4_SERVER_UW},
    {"SmarterMail", IMAP4_SERVER_SMARTERMAIL},
    {"Yandex", IMAP4_SERVER_YANDEX},
    {"Zoho Mail", IMAP4_SERVER_ZOHO},
    {"Coremail", IMAP4_SERVER_COREMAIL},
    {"QIP", IMAP4_SERVER_QIP},
    {"iCloud", IMAP4_SERVER_ICLOUD},
    {"Yahoo", IMAP4_SERVER_YAHOO},
    {"Proton Mail Bridge", IMAP4_SERVER_PROTON},
    {"Hermes", IMAP4_SERVER_HERMES},
    {"DavMail", IMAP4_SERVER_DAVMAIL},
    {"Stalwart", IMAP4_SERVER_STALWART},
    {"James", IMAP4_SERVER_JAMES},
    {NULL, 0},
};

const char *imap4_server_name(int server)
{
    return server > 0 ? imap4__name_text(names, (uint32_t)server) : NULL;
}

/* What stands somewhere in the greeting. With most servers the administrator can change it, so it proves nothing. */
static const imap4__name greetings[] = {
    {"Courier-IMAP ready", IMAP4_SERVER_COURIER},
    {" Cyrus IMAP ", IMAP4_SERVER_CYRUS},
    {"Domino IMAP4 Server", IMAP4_SERVER_DOMINO},
    {"Dovecot ready", IMAP4_SERVER_DOVECOT},
    {"Dovecot (", IMAP4_SERVER_DOVECOT}, /* as distributions build it: Dovecot (Debian) ready. */
    {"Microsoft Exchange", IMAP4_SERVER_EXCHANGE},
    {"Gimap ready", IMAP4_SERVER_GMAIL},
    {"QQMail ", IMAP4_SERVER_QQMAIL},
    {"IMAPrev1", IMAP4_SERVER_HMAILSERVER}, /* so it writes it */
    {" IMAP4rev1 2007f.", IMAP4_SERVER_UW},
    {" Panda IMAP ", IMAP4_SERVER_UW},
    {"SmarterMail", IMAP4_SERVER_SMARTERMAIL},
    {"Yandex ", IMAP4_SERVER_YANDEX},
    {"Zoho Mail ", IMAP4_SERVER_ZOHO},
    {"Coremail System IMap Server Ready", IMAP4_SERVER_COREMAIL},
    {"QIP IMAP server", IMAP4_SERVER_QIP},
    {"Hermes", IMAP4_SERVER_HERMES},
    {"DavMail", IMAP4_SERVER_DAVMAIL},
    {"Stalwart", IMAP4_SERVER_STALWART},
    {"JAMES IMAP", IMAP4_SERVER_JAMES},
};

#define GREETING_MAX 1024 /* so much of it is looked at: names stand in front */

static int contains(imap4_str text, const char *word)
{
    imap4_str part = imap4__str(word);

    for (size_t at = 0; at + part.len <= text.len; at++) {
        if (imap4__nocase_n(text.data + at, part.data, part.len))
            return 1;
    }
    return 0;
}

int imap4__server_of_greeting(imap4_str text)
{
    if (text.len > GREETING_MAX)
        text.len = GREETING_MAX;
    for (size_t i = 0; i < sizeof greetings / sizeof greetings[0]; i++) {
        if (contains(text, greetings[i].name))
            return (int)greetings[i].number;
    }
    return IMAP4_SERVER_UNKNOWN;
}

/*
 * Capabilities that one server alone has. XAPPLEPUSHSERVICE is none of them: Cyrus, QQ and Coremail have it too, and
 * iCloud is told by what it alone adds.
 */
static const imap4__name capabilities[] = {
    {"X-GM-EXT-1", IMAP4_SERVER_GMAIL},
    {"XAPPLELITERAL", IMAP4_SERVER_ICLOUD},
    {"AUTH=ATOKEN", IMAP4_SERVER_ICLOUD},
    {"XYMHIGHESTMODSEQ", IMAP4_SERVER_YAHOO},
    {"XSTOP", IMAP4_SERVER_PROTON},
    {"X-CM-EXT-1", IMAP4_SERVER_COREMAIL},
    {NULL, 0},
};

int imap4__server_of_capability(imap4_str name)
{
    return (int)imap4__name_number(capabilities, name, IMAP4_SERVER_UNKNOWN);
}

/* What "name" or "vendor" say, or begin with. */
static const imap4__name ids[] = {
    {"Courier", IMAP4_SERVER_COURIER},
    {"Cyrus", IMAP4_SERVER_CYRUS},
    {"Domino", IMAP4_SERVER_DOMINO},
    {"Lotus Domino", IMAP4_SERVER_DOMINO},
    {"Dovecot", IMAP4_SERVER_DOVECOT},
    {"Microsoft.Exchange", IMAP4_SERVER_EXCHANGE},
    {"GImap", IMAP4_SERVER_GMAIL},
    {"QQMail", IMAP4_SERVER_QQMAIL},
    {"hMailServer", IMAP4_SERVER_HMAILSERVER},
    {"SmarterMail", IMAP4_SERVER_SMARTERMAIL},
    {"Yandex", IMAP4_SERVER_YANDEX},
    {"Zoho", IMAP4_SERVER_ZOHO},
    {"Coremail", IMAP4_SERVER_COREMAIL},
    {"iCloud", IMAP4_SERVER_ICLOUD},
    {"Y!IMAP", IMAP4_SERVER_YAHOO},
    {"Yahoo", IMAP4_SERVER_YAHOO},
    {"Proton", IMAP4_SERVER_PROTON},
    {"Stalwart", IMAP4_SERVER_STALWART},
    {"Apache James", IMAP4_SERVER_JAMES},
};

static int of_field(const imap4_param *params, const char *field)
{
    const imap4_str *value = imap4_param_find(params, field);

    if (value == NULL)
        return IMAP4_SERVER_UNKNOWN;
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        imap4_str begin = imap4__str(ids[i].name);
        if (value->len >= begin.len && imap4__nocase_n(value->data, begin.data, begin.len))
            return (int)ids[i].number;
    }
    return IMAP4_SERVER_UNKNOWN;
}

int imap4__server_of_id(const imap4_param *params)
{
    int server = of_field(params, "name");

    return server != IMAP4_SERVER_UNKNOWN ? server : of_field(params, "vendor");
}
