/*
 * The inside of imap4_conn. Each group of fields belongs to the file of its name; others read them and call its
 * functions.
 */
#ifndef IMAP4_CONN_CONN_H
#define IMAP4_CONN_CONN_H

#include "base/error.h"
#include "base/options.h"
#include "conn/capability.h"
#include "conn/event.h"
#include "conn/idle.h"
#include "conn/index.h"
#include "conn/input.h"
#include "conn/output.h"
#include "conn/request.h"
#include "conn/table.h"
#include "conn/timer.h"
#include "conn/view.h"
#include "wire/emit.h"

#include <imap4/conn.h>

/* The request that is being written (send.c). */
typedef struct imap4__sending {
    imap4__request *request; /* NULL: none */
    int encoded;             /* 0: a password is still missing */
    imap4__emit emit;
    size_t at;               /* bytes of emit.buf that are in the output */
    size_t mark;             /* marks passed */
    int secret;
    int granted;             /* the continuation that the next WAIT mark waits for is here */
    int waiting;             /* stands at a WAIT mark */
    int supplying;           /* stands at a SUPPLY mark */
    uint64_t supply;         /* bytes the program still has to supply there */
    int wanted;              /* a wanted event was shown and not answered */
} imap4__sending;

struct imap4_conn {
    imap4_allocator mem;
    imap4_options *options;
    imap4__error error;

    imap4__events events;
    imap4__input input;
    imap4__output output;
    imap4__timer timer;

    /* requests: waiting, being written, in flight (oldest first), and ended ones whose bytes are still in the output */
    imap4__index index;      /* those of the program, by number */
    imap4__queue queued;
    imap4__queue flying;
    imap4__request *lingering;
    imap4__sending sending;
    imap4__idle idle;
    uint64_t next_request;
    uint64_t next_tag;
    size_t pending;          /* accepted from the program and not ended */

    /* state */
    int state;               /* imap4_state */
    int security;            /* imap4_security */
    int security_stated;
    int greeted;
    int layer;               /* imap4_layer_kind that must be built now; 0: none */
    int bye;                 /* the server said BYE */
    int leaving;             /* LOGOUT was asked for: nothing may be asked for any more */
    int logged_out;          /* LOGOUT was answered */
    int utf8;                /* names and quoted strings are UTF-8 */
    int rev2;                /* IMAP4rev2 is in force */
    int enabled_utf8;        /* because it was enabled; */
    int enabled_rev2;        /* otherwise because the server announces nothing else */
    int server;              /* imap4_server: who it seems to be */
    imap4_counters counters;
    int failed;              /* an imap4_result: the end has come; requests are being ended */
    int closed;              /* every done event was made */
    imap4__capabilities capabilities;
    imap4__view view;
    uint64_t drain_limit;    /* absolute input offset at which a cancelled read costs the connection; UINT64_MAX: none */
};

uint64_t imap4__option(const imap4_conn *conn, int option);

/* How much memory one list that the server makes us remember may take: capabilities, flags. */
size_t imap4__kept_limit(const imap4_conn *conn);

/* The connection cannot go on: every request will be ended, and then next() gives IMAP4_ERROR_CLOSED. Returns `result`. */
int imap4__fail(imap4_conn *conn, int result, const char *what, const char *detail);

/* The transport has ended, or nothing more is to be expected of it: orderly after LOGOUT, a failure otherwise. */
void imap4__finish(imap4_conn *conn, int result, const char *what);

/* State changes go through here only. */
void imap4__set_state(imap4_conn *conn, int state);

/* 1 while nothing but what is allowed in the clear may pass. */
int imap4__in_clear(const imap4_conn *conn);

/* Whose an event is, and the view and serial it belongs to. */
void imap4__conn_label(const imap4_conn *conn, imap4__event *event, const imap4__request *request);

/* An empty event, labelled. NULL: no memory. */
imap4__event *imap4__conn_event(imap4_conn *conn, int kind, const imap4__request *request);

#endif
