#include "wire/flag.h"

#include <imap4/mailbox.h>

const imap4__name imap4__flag_names[] = {
    {"\\Seen", IMAP4_FLAG_SEEN},       {"\\Answered", IMAP4_FLAG_ANSWERED},
    {"\\Flagged", IMAP4_FLAG_FLAGGED}, {"\\Deleted", IMAP4_FLAG_DELETED},
    {"\\Draft", IMAP4_FLAG_DRAFT},     {"\\Recent", IMAP4_FLAG_RECENT},
    {"\\*", IMAP4_FLAG_WILDCARD},      {NULL, 0},
};
