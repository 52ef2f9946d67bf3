/* The IDLE flow (RFC 2177; RFC 9051 section 6.3.13). */
#ifndef IMAP4_CONN_IDLE_H
#define IMAP4_CONN_IDLE_H

#include <imap4/conn.h>

struct imap4__request;
struct imap4__event;

typedef enum imap4__idle_phase {
    IMAP4__IDLE_NONE = 0,
    IMAP4__IDLE_STARTING = 1, /* sent, the continuation is due */
    IMAP4__IDLE_ACTIVE = 2,
    IMAP4__IDLE_ENDING = 3,   /* DONE is sent, the tagged answer is due */
    IMAP4__IDLE_RESTING = 4   /* interrupted: resumes when the queue is empty and it was quiet for a while */
} imap4__idle_phase;

typedef struct imap4__idle {
    struct imap4__request *request; /* NULL: none */
    int phase;
    struct imap4__event *answer; /* RESTING: the last one, for the day when it ends for good */
    int end;    /* it shall not resume */
    int resume; /* it shall resume at once: a renewal, or the quiet time is over */
    int renewing; /* the program is not told of the short break */
    int told;     /* the program knows that the server waits with us */
} imap4__idle;

/* Tells the program whether the server waits with us, if that is news. IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__idle_tell(imap4_conn *conn, int idling);

/* The server said `+`. IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__idle_continue(imap4_conn *conn);

/* Sends DONE where it can be sent. IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__idle_interrupt(imap4_conn *conn);

/* The tagged answer to IDLE, in `event`. Takes the event. IMAP4_OK or IMAP4_ERROR_MEMORY (and then takes nothing). */
int imap4__idle_answer(imap4_conn *conn, struct imap4__event *event);

/* There is no IDLE any more; its request is somebody else's business. */
void imap4__idle_forget(imap4_conn *conn);

/* A resting IDLE ends for good: cancelled, or its mailbox is left. */
void imap4__idle_finish(imap4_conn *conn, int outcome, int result);

#endif
