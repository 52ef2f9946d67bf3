/*
 * The request table: the one place that says what a command is. Queueing, state checks, fallbacks, routing of untagged
 * data and the hazard rules of RFC 9051 section 5.5 all read it.
 */
#ifndef IMAP4_CONN_TABLE_H
#define IMAP4_CONN_TABLE_H

#include "command/command.h"

/* Rows of the table. */
typedef enum imap4__command {
    IMAP4__CAPABILITY,
    IMAP4__NOOP,
    IMAP4__ID,
    IMAP4__LOGOUT,
    IMAP4__STARTTLS,
    IMAP4__LOGIN,
    IMAP4__AUTHENTICATE,
    IMAP4__ENABLE,
    IMAP4__COMPRESS,
    IMAP4__SELECT,
    IMAP4__EXAMINE,
    IMAP4__CREATE,
    IMAP4__DELETE,
    IMAP4__RENAME,
    IMAP4__SUBSCRIBE,
    IMAP4__UNSUBSCRIBE,
    IMAP4__LIST,
    IMAP4__LSUB,
    IMAP4__NAMESPACE,
    IMAP4__STATUS,
    IMAP4__APPEND,
    IMAP4__IDLE,
    IMAP4__CHECK,
    IMAP4__CLOSE,
    IMAP4__UNSELECT,
    IMAP4__FETCH,
    IMAP4__UID_FETCH,
    IMAP4__SEARCH,
    IMAP4__UID_SEARCH,
    IMAP4__STORE,
    IMAP4__UID_STORE,
    IMAP4__COPY,
    IMAP4__UID_COPY,
    IMAP4__MOVE,
    IMAP4__UID_MOVE,
    IMAP4__EXPUNGE,
    IMAP4__UID_EXPUNGE,
    IMAP4__RAW,
    IMAP4__COMMANDS
} imap4__command;

/* States in which a command is legal, as a mask (RFC 9051 section 3). */
enum {
    IMAP4__IN_NOT_AUTHENTICATED = 1 << IMAP4_STATE_NOT_AUTHENTICATED,
    IMAP4__IN_AUTHENTICATED = 1 << IMAP4_STATE_AUTHENTICATED,
    IMAP4__IN_SELECTED = 1 << IMAP4_STATE_SELECTED,
    IMAP4__IN_LOGGED_IN = IMAP4__IN_AUTHENTICATED | IMAP4__IN_SELECTED,
    IMAP4__IN_ANY = IMAP4__IN_NOT_AUTHENTICATED | IMAP4__IN_LOGGED_IN
};

/* Untagged data that a command owns: two commands that own the same kind cannot be told apart by their answers, unless the
 * correlator of that kind (mailbox name, message set) differs. */
enum {
    IMAP4__OWNS_CAPABILITY = 1 << 0,
    IMAP4__OWNS_ENABLED = 1 << 1,
    IMAP4__OWNS_ID = 1 << 2,
    IMAP4__OWNS_NAMESPACE = 1 << 3,
    IMAP4__OWNS_LIST = 1 << 4,
    IMAP4__OWNS_LSUB = 1 << 5,
    IMAP4__OWNS_STATUS = 1 << 6,  /* correlated by mailbox name */
    IMAP4__OWNS_SEARCH = 1 << 7,
    IMAP4__OWNS_FETCH = 1 << 8,   /* correlated by message set */
    IMAP4__OWNS_EXPUNGE = 1 << 9
};

/* Rules. */
enum {
    IMAP4__NUMBERS = 1 << 0,    /* its arguments are message sequence numbers */
    IMAP4__NO_EXPUNGE = 1 << 1, /* the server must not send EXPUNGE while it runs (RFC 9051 section 7.5.1) */
    IMAP4__ALONE = 1 << 2,      /* a barrier: sent when nothing is in flight, and nothing is sent until it is answered */
    IMAP4__IN_CLEAR = 1 << 3,   /* allowed over a connection that is neither encrypted nor local */
    IMAP4__MOVES = 1 << 4,      /* success changes the state; later requests may wait for it */
    IMAP4__READ = 1 << 5,       /* changes nothing: a cancelled one is drained */
    IMAP4__SIGN_IN = 1 << 6,    /* carries a password */
    IMAP4__BLIND = 1 << 7,      /* can be sent before capabilities are known */
    IMAP4__LISTS = 1 << 8       /* is answered with lists of message numbers, which may be long */
};

typedef struct imap4__row {
    const char *name;       /* as on the wire, behind the tag */
    imap4__encoder encode;  /* the arguments */
    const char *capability; /* what the server must have; NULL: nothing */
    uint32_t states;
    uint32_t owns;
    uint32_t rules;
} imap4__row;

const imap4__row *imap4__row_of(int command);

#endif
