/* Deadlines: which wait is running, and since when. */
#ifndef IMAP4_CONN_TIMER_H
#define IMAP4_CONN_TIMER_H

#include <stdint.h>

typedef struct imap4__timer {
    int watched;       /* what is waited for, see timer.c; 0: nothing */
    uint64_t progress; /* value of `progressed` when the watch was armed */
    uint64_t since;    /* first tick of this watch */
    uint64_t now;      /* last tick */
    int ticking;       /* there was a tick */
    uint64_t progressed; /* counted up whenever bytes arrive or a flow moves on */
    int reader_waits;  /* the program has read all events: what is missing is the server's */
} imap4__timer;

#endif
