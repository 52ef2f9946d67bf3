/* What is known of the selected mailbox (RFC 9051 section 7.4 and 6.3.2). */
#ifndef IMAP4_CONN_VIEW_H
#define IMAP4_CONN_VIEW_H

#include "base/arena.h"

#include <imap4/event.h>
#include <imap4/mailbox.h>

struct imap4__request;

typedef struct imap4__view {
    imap4_view shown;
    imap4__arena name_memory;
    imap4__arena flags_memory;
    imap4__arena permanent_memory;
    int permanent_said;
    uint32_t last_id;
    struct imap4__request *selecting; /* the SELECT whose answer is coming in */
    int switched;                     /* data now belongs to its mailbox */
    imap4__arena next_memory;         /* its mailbox, until the switch */
    imap4_str next_name;
    imap4_str next_raw;
    int next_read_only;
    size_t kept_limit;                /* bytes of flags that are kept of one list */
} imap4__view;

void imap4__view_init(imap4__view *view, const imap4_allocator *mem, size_t kept_limit);
void imap4__view_clear(imap4__view *view);

/* No mailbox is selected any more. */
void imap4__view_leave(imap4__view *view);

/* SELECT or EXAMINE goes out for this mailbox. Until imap4__view_switch() what comes in is about the old one, if there
 * is one. IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__view_select(imap4__view *view, struct imap4__request *request, imap4_str name, int utf8, int read_only);

/* The new mailbox's data begins. */
void imap4__view_switch(imap4__view *view);

/* Keeps flags that the server named, as many as fit. IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__view_flags(imap4__view *view, const imap4_flags *flags, int permanent);

/* Applies a response code of a status response. IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__view_code(imap4__view *view, const imap4_resp_text *text);

void imap4__view_exists(imap4__view *view, uint32_t count);
int imap4__view_expunge(imap4__view *view, uint32_t number); /* 0: there is no such message */
void imap4__view_vanished(imap4__view *view, uint64_t count); /* so many messages are gone */

/* A copy for an event. NULL: no memory. */
imap4_view *imap4__view_copy(const imap4__view *view, imap4__arena *arena);

#endif
