/*
 * libimap4 - which server software the peer seems to be.
 *
 * Learned from the greeting, from capabilities and from ID. It is a guess: it only decides how a few odd responses are
 * read that mean something else with every other server.
 */
#ifndef IMAP4_SERVER_H
#define IMAP4_SERVER_H

#include <imap4/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum imap4_server {
    IMAP4_SERVER_UNKNOWN = 0,
    IMAP4_SERVER_COURIER = 1,
    IMAP4_SERVER_CYRUS = 2,
    IMAP4_SERVER_DOMINO = 3,
    IMAP4_SERVER_DOVECOT = 4,
    IMAP4_SERVER_EXCHANGE = 5, /**< Exchange, Office 365, Outlook.com */
    IMAP4_SERVER_GMAIL = 6,
    IMAP4_SERVER_QQMAIL = 7,
    IMAP4_SERVER_HMAILSERVER = 8,
    IMAP4_SERVER_UW = 9, /**< UW imapd and Panda */
    IMAP4_SERVER_SMARTERMAIL = 10,
    IMAP4_SERVER_YANDEX = 11,
    IMAP4_SERVER_ZOHO = 12,
    IMAP4_SERVER_COREMAIL = 13, /**< 163.com and others */
    IMAP4_SERVER_QIP = 14,
    IMAP4_SERVER_ICLOUD = 15,
    IMAP4_SERVER_YAHOO = 16,
    IMAP4_SERVER_PROTON = 17,
    IMAP4_SERVER_HERMES = 18,
    IMAP4_SERVER_DAVMAIL = 19,
    IMAP4_SERVER_STALWART = 20,
    IMAP4_SERVER_JAMES = 21
} imap4_server;

/** The name of an imap4_server for people ("Gmail"), as static text; NULL if unknown. */
IMAP4_API const char *imap4_server_name(int server);

#ifdef __cplusplus
}
#endif

#endif
