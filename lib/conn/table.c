#include "conn/table.h"

#define ANY IMAP4__IN_ANY
#define OUTSIDE IMAP4__IN_NOT_AUTHENTICATED
#define INSIDE IMAP4__IN_LOGGED_IN
#define SELECTED IMAP4__IN_SELECTED
#define OWNS(kind) IMAP4__OWNS_##kind
#define BARRIER (IMAP4__ALONE | IMAP4__MOVES)
#define LISTS IMAP4__LISTS

/* clang-format off */
static const imap4__row rows[IMAP4__COMMANDS] = {
    /*                    name on the wire  arguments                needs               states    owns              rules */
    [IMAP4__CAPABILITY] = {"CAPABILITY",   imap4__encode_nothing,  NULL,               ANY,      OWNS(CAPABILITY), IMAP4__READ | IMAP4__IN_CLEAR | IMAP4__BLIND},
    [IMAP4__NOOP] =       {"NOOP",         imap4__encode_nothing,  NULL,               ANY,      0,                IMAP4__READ | IMAP4__IN_CLEAR | IMAP4__BLIND},
    [IMAP4__ID] =         {"ID",           imap4__encode_id,       "ID",               ANY,      OWNS(ID),         IMAP4__READ},
    [IMAP4__LOGOUT] =     {"LOGOUT",       imap4__encode_nothing,  NULL,               ANY,      0,                IMAP4__MOVES | IMAP4__IN_CLEAR | IMAP4__BLIND},
    [IMAP4__STARTTLS] =   {"STARTTLS",     imap4__encode_nothing,  "STARTTLS",         OUTSIDE,  0,                BARRIER | IMAP4__IN_CLEAR},
    [IMAP4__LOGIN] =      {"LOGIN",        imap4__encode_login,    NULL,               OUTSIDE,  0,                BARRIER | IMAP4__SIGN_IN},
    [IMAP4__AUTHENTICATE]={"AUTHENTICATE", NULL,                   NULL,               OUTSIDE,  0,                BARRIER | IMAP4__SIGN_IN},
    [IMAP4__ENABLE] =     {"ENABLE",       imap4__encode_enable,   "ENABLE",           IMAP4__IN_AUTHENTICATED, OWNS(ENABLED), IMAP4__ALONE},
    [IMAP4__COMPRESS] =   {"COMPRESS DEFLATE", imap4__encode_nothing, "COMPRESS=DEFLATE", INSIDE, 0,              IMAP4__ALONE},
    [IMAP4__SELECT] =     {"SELECT",       imap4__encode_mailbox,  NULL,               INSIDE,   0,                BARRIER | LISTS},
    [IMAP4__EXAMINE] =    {"EXAMINE",      imap4__encode_mailbox,  NULL,               INSIDE,   0,                BARRIER | LISTS},
    [IMAP4__CREATE] =     {"CREATE",       imap4__encode_mailbox,  NULL,               INSIDE,   0,                0},
    [IMAP4__DELETE] =     {"DELETE",       imap4__encode_mailbox,  NULL,               INSIDE,   0,                0},
    [IMAP4__RENAME] =     {"RENAME",       imap4__encode_rename,   NULL,               INSIDE,   0,                0},
    [IMAP4__SUBSCRIBE] =  {"SUBSCRIBE",    imap4__encode_mailbox,  NULL,               INSIDE,   0,                0},
    [IMAP4__UNSUBSCRIBE]= {"UNSUBSCRIBE",  imap4__encode_mailbox,  NULL,               INSIDE,   0,                0},
    [IMAP4__LIST] =       {"LIST",         imap4__encode_list,     NULL,               INSIDE,   OWNS(LIST),       IMAP4__READ},
    [IMAP4__LSUB] =       {"LSUB",         imap4__encode_list,     NULL,               INSIDE,   OWNS(LSUB),       IMAP4__READ},
    [IMAP4__NAMESPACE] =  {"NAMESPACE",    imap4__encode_nothing,  "NAMESPACE",        INSIDE,   OWNS(NAMESPACE),  IMAP4__READ},
    [IMAP4__STATUS] =     {"STATUS",       imap4__encode_status,   NULL,               INSIDE,   OWNS(STATUS),     IMAP4__READ},
    [IMAP4__APPEND] =     {"APPEND",       imap4__encode_append,   NULL,               INSIDE,   0,                LISTS},
    [IMAP4__IDLE] =       {"IDLE",         imap4__encode_nothing,  "IDLE",             INSIDE,   0,                IMAP4__ALONE},
    [IMAP4__CHECK] =      {"CHECK",        imap4__encode_nothing,  NULL,               SELECTED, 0,                0},
    [IMAP4__CLOSE] =      {"CLOSE",        imap4__encode_nothing,  NULL,               SELECTED, 0,                BARRIER},
    [IMAP4__UNSELECT] =   {"UNSELECT",     imap4__encode_nothing,  "UNSELECT",         SELECTED, 0,                BARRIER},
    [IMAP4__FETCH] =      {"FETCH",        imap4__encode_fetch,    NULL,               SELECTED, OWNS(FETCH),      IMAP4__READ | IMAP4__NUMBERS | IMAP4__NO_EXPUNGE | LISTS},
    [IMAP4__UID_FETCH] =  {"UID FETCH",    imap4__encode_fetch,    NULL,               SELECTED, OWNS(FETCH),      IMAP4__READ | LISTS},
    [IMAP4__SEARCH] =     {"SEARCH",       imap4__encode_search,   NULL,               SELECTED, OWNS(SEARCH),     IMAP4__READ | IMAP4__NO_EXPUNGE | LISTS},
    [IMAP4__UID_SEARCH] = {"UID SEARCH",   imap4__encode_search,   NULL,               SELECTED, OWNS(SEARCH),     IMAP4__READ | LISTS},
    [IMAP4__STORE] =      {"STORE",        imap4__encode_store,    NULL,               SELECTED, OWNS(FETCH),      IMAP4__NUMBERS | IMAP4__NO_EXPUNGE | LISTS},
    [IMAP4__UID_STORE] =  {"UID STORE",    imap4__encode_store,    NULL,               SELECTED, OWNS(FETCH),      LISTS},
    [IMAP4__COPY] =       {"COPY",         imap4__encode_copy,     NULL,               SELECTED, 0,                IMAP4__NUMBERS | LISTS},
    [IMAP4__UID_COPY] =   {"UID COPY",     imap4__encode_copy,     NULL,               SELECTED, 0,                LISTS},
    [IMAP4__MOVE] =       {"MOVE",         imap4__encode_copy,     "MOVE",             SELECTED, OWNS(EXPUNGE),    IMAP4__NUMBERS | LISTS},
    [IMAP4__UID_MOVE] =   {"UID MOVE",     imap4__encode_copy,     "MOVE",             SELECTED, OWNS(EXPUNGE),    LISTS},
    [IMAP4__EXPUNGE] =    {"EXPUNGE",      imap4__encode_nothing,  NULL,               SELECTED, OWNS(EXPUNGE),    LISTS},
    [IMAP4__UID_EXPUNGE]= {"UID EXPUNGE",  imap4__encode_set,      "UIDPLUS",          SELECTED, OWNS(EXPUNGE),    LISTS},
    [IMAP4__RAW] =        {"raw command",  NULL,                   NULL,               ANY,      0,                IMAP4__ALONE | LISTS},
};
/* clang-format on */

const imap4__row *imap4__row_of(int command)
{
    return &rows[command];
}
