/* Events that were read while others were asked for, in wire order, until it is their turn. */
#ifndef IMAP4_NET_KEEP_H
#define IMAP4_NET_KEEP_H

#include <imap4/event.h>

struct imap4__kept;

typedef struct imap4__keep {
    imap4_allocator mem;
    struct imap4__kept *first;
    struct imap4__kept **last; /* where the next one is linked */
    size_t count;
    size_t bytes;
    size_t max_count;
    size_t max_bytes;
} imap4__keep;

void imap4__keep_init(imap4__keep *keep, const imap4_allocator *mem, size_t max_count, size_t max_bytes);
void imap4__keep_clear(imap4__keep *keep);

/* 1 when a bound is reached: then nothing more may be read that might have to be kept. */
int imap4__keep_full(const imap4__keep *keep);

/* Room for one more, to be had before an event is taken out of the engine. IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__keep_reserve(imap4__keep *keep, struct imap4__kept **out);
void imap4__keep_add(imap4__keep *keep, struct imap4__kept *room, imap4_event *event);
void imap4__keep_abandon(imap4__keep *keep, struct imap4__kept *room);

/* The verdict on a kept event. */
typedef enum imap4__keep_verdict {
    IMAP4__KEEP_STAY = 0,
    IMAP4__KEEP_TAKE = 1,   /* hand it out */
    IMAP4__KEEP_DISCARD = 2 /* free it and look on */
} imap4__keep_verdict;

typedef imap4__keep_verdict imap4__keep_judge(const imap4_event *event, uint64_t request);

/* Takes out the oldest event for which `judge` says so; NULL if there is none. */
imap4_event *imap4__keep_take(imap4__keep *keep, imap4__keep_judge *judge, uint64_t request);

/* The request of the oldest event; 0 if it is unasked or there is none. */
uint64_t imap4__keep_oldest(const imap4__keep *keep);

#endif
