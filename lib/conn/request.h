/* A request: from the program's call to its done event. */
#ifndef IMAP4_CONN_REQUEST_H
#define IMAP4_CONN_REQUEST_H

#include "conn/event.h"
#include "conn/table.h"
#include "sasl/mechanism.h"

#include <imap4/conn.h>

typedef enum imap4__phase {
    IMAP4__QUEUED = 0,  /* waits for its turn */
    IMAP4__SENDING = 1, /* being written: its literals, its password may still be missing */
    IMAP4__SENT = 2,    /* in flight: the answer is due */
    IMAP4__RESTING = 3  /* an IDLE that was interrupted and will be resumed */
} imap4__phase;

typedef struct imap4__request {
    struct imap4__request *next;   /* in its queue */
    struct imap4__request *before;
    struct imap4__request *same;   /* in its slot of the index */
    uint64_t id;
    uint64_t cookie;
    int command;               /* imap4__command as asked for */
    const imap4__row *row;     /* what goes out now; differs from `command` during a fallback */
    imap4__arena arena;        /* arguments */
    imap4__args args;
    imap4__phase phase;
    uint32_t view;             /* the view it was made for, when it needs one */
    int checks_serial;         /* message numbers: stale unless the serial is still `serial` */
    uint64_t serial;
    int internal;              /* the engine's own: no events */
    int wants_password;        /* none was given: the program is asked when it is needed */
    int cancelled;
    char tag[24];              /* as sent; empty before */
    size_t tag_len;
    uint64_t out_begin;        /* output offset of its first byte */
    uint64_t out_end;          /* output offset behind the last byte it has put there */
    int step;                  /* of a MOVE in single steps: imap4_move_step reached */
    const imap4_resp_text *copied; /* COPYUID of a MOVE, in memory of its own: another may replace it */
    imap4__arena copied_memory;
    uint32_t uidnext;          /* as of the COPY of a MOVE in single steps */
    imap4__event *done;        /* made with the request, so that ending it cannot fail */
    imap4__event *answer;      /* a tagged answer that must wait for something: the rest of a literal, a layer */

    /* sign-in */
    const imap4__mechanism *mechanism;
    const char *needs;         /* "AUTH=PLAIN", in the memory of `done` */
    void *sasl_state;
    void *sasl_backup;         /* so that a step can be done again after a lack of memory */
    unsigned sasl_step;
    int sasl_result;           /* why we gave the exchange up */
} imap4__request;

typedef struct imap4__queue {
    imap4__request *first;
    imap4__request *last;
    size_t count;
} imap4__queue;

/* Makes a request for a command: its arena is ready for arguments. */
int imap4__request_new(imap4_conn *conn, int command, imap4__request **out);
void imap4__request_free(imap4_conn *conn, imap4__request *request); /* wipes */

void imap4__queue_put(imap4__queue *queue, imap4__request *request);
void imap4__queue_put_first(imap4__queue *queue, imap4__request *request);
void imap4__queue_remove(imap4__queue *queue, imap4__request *request);

/* The request with this number; NULL if it has ended. */
imap4__request *imap4__request_find(imap4_conn *conn, uint64_t id);

/*
 * Ends a request that got no answer: its done event joins those waiting. It must be in no queue any more.
 * Cannot fail.
 */
void imap4__request_end(imap4_conn *conn, imap4__request *request, int outcome, int result, const char *capability);

/* Ends a request with the tagged answer in `event` (data.text, in the event's arena). Cannot fail. */
void imap4__request_answer(imap4_conn *conn, imap4__request *request, imap4__event *event);

/* Copies a resp_text with its UID sets. NULL: no memory. */
imap4_resp_text *imap4__resp_text_copy(imap4__arena *arena, const imap4_resp_text *text);

#endif
