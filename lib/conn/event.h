/* Events and the memory they live in. */
#ifndef IMAP4_CONN_EVENT_H
#define IMAP4_CONN_EVENT_H

#include "base/arena.h"

#include <imap4/event.h>

/* What the program sees is the first member, so its pointer is the pointer to the whole. */
typedef struct imap4__event {
    imap4_event shown;
    struct imap4__event *next;
    imap4__arena arena;
    int pins_input; /* a chunk: its bytes lie in the input buffer */
    int silent;     /* made for the engine's own use: never shown */
    union {         /* small data that needs no arena, so that making it cannot fail */
        imap4_done done;
        imap4_wanted wanted;
        imap4_layer layer;
        imap4_chunk chunk;
    } small;
} imap4__event;

/* Events that wait to be read, and spare ones: the steady state allocates nothing. */
typedef struct imap4__events {
    imap4_allocator mem;
    imap4__event *current; /* shown to the program */
    imap4__event *first;   /* waiting, oldest first */
    imap4__event *last;
    imap4__event *spare;   /* those with most memory in use lately first */
    size_t spare_count;
    size_t spare_bytes;    /* what their arenas hold on to, */
    size_t spare_limit;    /* at most */
    size_t usual;          /* what the arena of a new event is likely to need */
    size_t pins;           /* current and waiting events that point into the input buffer */
} imap4__events;

void imap4__events_init(imap4__events *events, const imap4_allocator *mem, size_t spare_limit);
void imap4__events_clear(imap4__events *events);

/* An empty event; NULL: no memory. For IMAP4_EVENT_UNKNOWN, which may become any, the roomiest of the spare ones. */
imap4__event *imap4__event_take(imap4__events *events, int kind);
void imap4__event_give(imap4__events *events, imap4__event *event); /* back to the spare ones; NULL is fine */
void imap4__event_put(imap4__events *events, imap4__event *event);  /* to the end of those waiting */
void imap4__events_drop(imap4__events *events, uint64_t request);   /* those waiting that belong to the request */

#endif
