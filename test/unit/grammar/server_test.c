#include "grammar/server.h"

#include "base/str.h"
#include "support/suite.h"

#include <check.h>

Suite *server_suite(void);

typedef struct guess {
    const char *text;
    int server;
} guess;

START_TEST(greetings)
{
    static const guess rows[] = {
        {"Courier-IMAP ready. Copyright 1998-2018 Double Precision, Inc.", IMAP4_SERVER_COURIER},
        {"mail.example.org Cyrus IMAP 3.4.2 server ready", IMAP4_SERVER_CYRUS},
        {"Domino IMAP4 Server Release 9.0.1 ready", IMAP4_SERVER_DOMINO},
        {"Dovecot ready.", IMAP4_SERVER_DOVECOT},
        {"[CAPABILITY IMAP4rev1 SASL-IR] Dovecot (Debian) ready.", IMAP4_SERVER_DOVECOT},
        {"Microsoft Exchange Server 2003 IMAP4rev1 server version 6.5 ready", IMAP4_SERVER_EXCHANGE},
        {"Microsoft Exchange Server 2007 IMAP4 service is ready", IMAP4_SERVER_EXCHANGE},
        {"The Microsoft Exchange IMAP4 service is ready. [dGVzdA==]", IMAP4_SERVER_EXCHANGE},
        {"Gimap ready for requests from 192.0.2.1 x", IMAP4_SERVER_GMAIL},
        {"[CAPABILITY IMAP4] QQMail XMIMAP4Server ready", IMAP4_SERVER_QQMAIL},
        {"IMAPrev1", IMAP4_SERVER_HMAILSERVER},
        {"mail.example.org IMAP4rev1 2007f.404 at Mon", IMAP4_SERVER_UW},
        {"mail.example.org Panda IMAP 2012.x ready", IMAP4_SERVER_UW},
        {"IMAP4rev1 SmarterMail", IMAP4_SERVER_SMARTERMAIL},
        {"Yandex IMAP4rev1 at imap.example.org ready", IMAP4_SERVER_YANDEX},
        {"Zoho Mail IMAP4rev1 Server ready", IMAP4_SERVER_ZOHO},
        {"Coremail System IMap Server Ready(abc)", IMAP4_SERVER_COREMAIL},
        {"QIP IMAP server ready", IMAP4_SERVER_QIP},
        {"Hermes IMAP ready", IMAP4_SERVER_HERMES},
        {"[CAPABILITY IMAP4REV1 AUTH=LOGIN MOVE] IMAP4rev1 DavMail 6.0.1 server ready", IMAP4_SERVER_DAVMAIL},
        {"Stalwart IMAP4rev2 at your service.", IMAP4_SERVER_STALWART},
        {"JAMES IMAP4rev1 Server mail is ready.", IMAP4_SERVER_JAMES},
        {"GIMAP READY", IMAP4_SERVER_GMAIL},
        {"IMAP4rev1 Service Ready", IMAP4_SERVER_UNKNOWN},
        {"", IMAP4_SERVER_UNKNOWN},
        {"Gimap", IMAP4_SERVER_UNKNOWN},
    };
    imap4_str nothing = {NULL, 0};

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (imap4__server_of_greeting(imap4__str(rows[i].text)) != rows[i].server)
            ck_abort_msg("%s", rows[i].text);
    }
    ck_assert_int_eq(imap4__server_of_greeting(nothing), IMAP4_SERVER_UNKNOWN);
}
END_TEST

/* Of a long greeting the front is looked at. */
START_TEST(long_greetings)
{
    static char text[4096];
    static const char name[] = "Gimap ready";

    memset(text, 'x', sizeof text);
    memcpy(text + 1024 - (sizeof name - 1), name, sizeof name - 1);
    ck_assert_int_eq(imap4__server_of_greeting(imap4__str_n(text, sizeof text)), IMAP4_SERVER_GMAIL);
    memset(text, 'x', sizeof text);
    memcpy(text + 1025 - (sizeof name - 1), name, sizeof name - 1);
    ck_assert_int_eq(imap4__server_of_greeting(imap4__str_n(text, sizeof text)), IMAP4_SERVER_UNKNOWN);
}
END_TEST

START_TEST(capabilities)
{
    static const guess rows[] = {
        {"X-GM-EXT-1", IMAP4_SERVER_GMAIL},    {"XAPPLELITERAL", IMAP4_SERVER_ICLOUD},
        {"AUTH=ATOKEN", IMAP4_SERVER_ICLOUD},  {"xymhighestmodseq", IMAP4_SERVER_YAHOO},
        {"XSTOP", IMAP4_SERVER_PROTON},        {"X-CM-EXT-1", IMAP4_SERVER_COREMAIL},
        {"IMAP4rev1", IMAP4_SERVER_UNKNOWN},   {"XAPPLEPUSHSERVICE", IMAP4_SERVER_UNKNOWN},
        {"X-GM-EXT-10", IMAP4_SERVER_UNKNOWN}, {"", IMAP4_SERVER_UNKNOWN},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (imap4__server_of_capability(imap4__str(rows[i].text)) != rows[i].server)
            ck_abort_msg("%s", rows[i].text);
    }
}
END_TEST

/* "name" says more than "vendor"; either may be absent or NIL. */
static int of_id(const char *name, const char *vendor)
{
    imap4_param second = {NULL, {"vendor", 6}, {NULL, 0}};
    imap4_param first = {&second, {"Name", 4}, {NULL, 0}};

    first.value = imap4__str(name);
    second.value = imap4__str(vendor);
    return imap4__server_of_id(&first);
}

START_TEST(ids)
{
    static const guess rows[] = {
        {"Courier-IMAP", IMAP4_SERVER_COURIER},
        {"Cyrus IMAPD", IMAP4_SERVER_CYRUS},
        {"Domino IMAP4", IMAP4_SERVER_DOMINO},
        {"Lotus Domino", IMAP4_SERVER_DOMINO},
        {"dovecot", IMAP4_SERVER_DOVECOT},
        {"Microsoft.Exchange.Imap4.Imap4Server", IMAP4_SERVER_EXCHANGE},
        {"GImap", IMAP4_SERVER_GMAIL},
        {"QQMail", IMAP4_SERVER_QQMAIL},
        {"hMailServer", IMAP4_SERVER_HMAILSERVER},
        {"SmarterMail", IMAP4_SERVER_SMARTERMAIL},
        {"Yandex IMAP", IMAP4_SERVER_YANDEX},
        {"Zoho Mail", IMAP4_SERVER_ZOHO},
        {"Coremail", IMAP4_SERVER_COREMAIL},
        {"iCloud", IMAP4_SERVER_ICLOUD},
        {"Y!IMAP", IMAP4_SERVER_YAHOO},
        {"Proton Mail Bridge", IMAP4_SERVER_PROTON},
        {"Stalwart Server", IMAP4_SERVER_STALWART},
        {"Apache James", IMAP4_SERVER_JAMES},
        {"My Dovecot", IMAP4_SERVER_UNKNOWN},
        {"Dove", IMAP4_SERVER_UNKNOWN},
        {"", IMAP4_SERVER_UNKNOWN},
        {NULL, IMAP4_SERVER_UNKNOWN},
    };
    imap4_param other = {NULL, {"version", 7}, {"Dovecot", 7}};

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (of_id(rows[i].text, NULL) != rows[i].server || of_id("some", rows[i].text) != rows[i].server)
            ck_abort_msg("%s", rows[i].text);
    }
    ck_assert_int_eq(of_id("GImap", "Yahoo! Inc."), IMAP4_SERVER_GMAIL);
    ck_assert_int_eq(of_id(NULL, "Yahoo! Inc."), IMAP4_SERVER_YAHOO);
    ck_assert_int_eq(imap4__server_of_id(&other), IMAP4_SERVER_UNKNOWN);
    ck_assert_int_eq(imap4__server_of_id(NULL), IMAP4_SERVER_UNKNOWN);
}
END_TEST

START_TEST(servers_have_names)
{
    /* in the order of the enum */
    static const char *const names[] = {
        NULL,        "Courier",  "Cyrus",       "Domino",   "Dovecot",     "Exchange",
        "Gmail",     "QQ Mail",  "hMailServer", "UW imapd", "SmarterMail", "Yandex",
        "Zoho Mail", "Coremail", "QIP",         "iCloud",   "Yahoo",       "Proton Mail Bridge",
        "Hermes",    "DavMail",  "Stalwart",    "James",
    };

    for (int i = 1; i < (int)(sizeof names / sizeof names[0]); i++)
        ck_assert_str_eq(imap4_server_name(i), names[i]);
    ck_assert_int_eq(IMAP4_SERVER_JAMES, (int)(sizeof names / sizeof names[0]) - 1);
    ck_assert_ptr_null(imap4_server_name(IMAP4_SERVER_UNKNOWN));
    ck_assert_ptr_null(imap4_server_name(IMAP4_SERVER_JAMES + 1));
    ck_assert_ptr_null(imap4_server_name(-1));
}
END_TEST

Suite *server_suite(void)
{
    const TTest *const tests[] = {greetings, long_greetings, capabilities, ids, servers_have_names, NULL};
    Suite *suite = suite_create("server");

    suite_tests(suite, "server", tests);
    return suite;
}
