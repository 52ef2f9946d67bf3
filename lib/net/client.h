/* The inside of imap4_client. */
#ifndef IMAP4_NET_CLIENT_H
#define IMAP4_NET_CLIENT_H

#include <imap4/client.h>

#include "base/error.h"
#include "net/dial.h"
#include "net/keep.h"
#include "net/stack.h"
#include "net/url.h"
#include "net/wake.h"

/* Sockets that connect, or the two descriptors of a connection, and the one to wake up. */

typedef enum imap4__phase {
    IMAP4__PHASE_NEW = 0,
    IMAP4__PHASE_DIAL = 1,
    IMAP4__PHASE_HANDSHAKE = 2, /* the filter on top is not ready; the engine stands still */
    IMAP4__PHASE_OPEN = 3,
    IMAP4__PHASE_ENDED = 4      /* there is no network any more; the engine's last events may still be unread */
} imap4__phase;

/* Kept events that nobody has looked for yet (see imap4_client_timeout_ms). */
typedef enum imap4__fresh {
    IMAP4__FRESH_NONE = 0,
    IMAP4__FRESH_KEPT = 1,
    IMAP4__FRESH_TOLD = 2
} imap4__fresh;

struct imap4_client {
    imap4_allocator mem;
    imap4_options *options;
    imap4_conn *conn;
    imap4__error error; /* of the way; the engine has its own */
    imap4__phase phase;

    imap4__url url;
    imap4__dial dial;
    imap4_filter *tls; /* made when opening, until it goes onto the stack */
    imap4__stack stack;
    uint64_t phase_deadline; /* of the handshake */

    uint64_t starttls; /* the client's own request; 0: none, or over */
    int hold_output;   /* in clear text: nothing is sent before what came has been read */
    int unread;        /* the engine was given bytes and not asked since: it gets no more, they would pile up */

    imap4__wake wake;
    int64_t timeout;

    imap4__keep keep;
    size_t kept_wanted;    /* wanted events among the kept ones */
    uint64_t missed;       /* nothing kept is for this request */
    int missed_valid;
    imap4__fresh fresh;
    const imap4_event *ahead; /* the engine's current event, not shown yet */
    const imap4_event *shown; /* the current event of the program: the engine's, or `held` */
    imap4_event *held;
    imap4_event *done;        /* that imap4_client_wait() saw last */
    int last_result;          /* of next or wait */

    imap4_pollfd fds[IMAP4_CLIENT_FDS]; /* as told last */
    size_t fd_count;
    uint64_t generation;
    uint64_t fd_sockets; /* dial.sockets when the set was made */
};

uint64_t imap4__client_option(const imap4_client *client, int option);

/* drive.c: the phases. */

/* Ends the connection with an error of the way; the engine ends its requests. Gives `result`. */
int imap4__client_fail(imap4_client *client, int result, const char *what, const char *detail);
/* The same with errno, and with the error of a filter. */
int imap4__client_fail_system(imap4_client *client, int result, const char *what, int system);
int imap4__client_fail_filter(imap4_client *client, const imap4_error *error);
/* Ends the connection; the engine knows best what that means. */
void imap4__client_end(imap4_client *client, int reason);

/* Moves bytes and time without waiting: 1 if something changed, so that events may be there; or IMAP4_ERROR_MEMORY. */
int imap4__client_move(imap4_client *client);

/* When time must be told again; UINT64_MAX: never. */
uint64_t imap4__client_deadline(const imap4_client *client);

/* The engine's next event for the program: the client's own business is done on the way. As imap4_conn_next(). */
int imap4__client_read(imap4_client *client, const imap4_event **out);

/* 1 if an event waits, which it looks for where that takes nothing from the program; else what reading came to. */
int imap4__client_peek(imap4_client *client);

/* poll.c: waits for the descriptors until `deadline`. */
void imap4__client_poll(imap4_client *client, uint64_t now, uint64_t deadline);

#endif
