#include "wire/name.h"

#include <imap4/mailbox.h>

const imap4__name imap4__flag_names[] = {
    {"\\Seen", IMAP4_FLAG_SEEN},       {"\\Answered", IMAP4_FLAG_ANSWERED},
    {"\\Flagged", IMAP4_FLAG_FLAGGED}, {"\\Deleted", IMAP4_FLAG_DELETED},
    {"\\Draft", IMAP4_FLAG_DRAFT},     {"\\Recent", IMAP4_FLAG_RECENT},
    {"\\*", IMAP4_FLAG_WILDCARD},      {NULL, 0},
};

const imap4__name imap4__status_att_names[] = {
    {"MESSAGES", IMAP4_STATUS_ATT_MESSAGES},
    {"RECENT", IMAP4_STATUS_ATT_RECENT},
    {"UIDNEXT", IMAP4_STATUS_ATT_UIDNEXT},
    {"UIDVALIDITY", IMAP4_STATUS_ATT_UIDVALIDITY},
    {"UNSEEN", IMAP4_STATUS_ATT_UNSEEN},
    {"DELETED", IMAP4_STATUS_ATT_DELETED},
    {"SIZE", IMAP4_STATUS_ATT_SIZE},
    {"HIGHESTMODSEQ", IMAP4_STATUS_ATT_HIGHESTMODSEQ},
    {NULL, 0},
};
