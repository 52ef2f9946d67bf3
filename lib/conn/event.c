#include "conn/event.h"

#include "base/mem.h"
#include "conn/conn.h"

#include <string.h>

enum {
    SPARE_EVENTS = 4, /* a response makes two or three at most */
    ROOMY = 4096      /* one that has had more memory in use is kept for what needs it */
};

void imap4__events_init(imap4__events *events, const imap4_allocator *mem, size_t spare_limit)
{
    memset(events, 0, sizeof *events);
    events->mem = *mem;
    events->spare_limit = spare_limit;
}

static void destroy(imap4__event *event)
{
    imap4_allocator mem = event->arena.mem;

    imap4__arena_clear(&event->arena);
    imap4__free(&mem, event);
}

static void destroy_list(imap4__event *event)
{
    while (event) {
        imap4__event *next = event->next;
        destroy(event);
        event = next;
    }
}

void imap4__events_clear(imap4__events *events)
{
    destroy_list(events->current);
    destroy_list(events->first);
    destroy_list(events->spare);
    events->current = events->first = events->last = events->spare = NULL;
    events->spare_count = 0;
    events->pins = 0;
}

static imap4__event *take_spare(imap4__events *events, int roomiest)
{
    imap4__event **link = &events->spare;
    imap4__event *event;

    while (!roomiest && *link && (*link)->next)
        link = &(*link)->next;
    event = *link;
    if (!roomiest && event && event->arena.usual > ROOMY && events->spare_count < SPARE_EVENTS)
        return NULL;
    if (event) {
        *link = event->next;
        events->spare_count--;
        events->spare_bytes -= event->arena.total;
        event->next = NULL;
    }
    return event;
}

imap4__event *imap4__event_take(imap4__events *events, int kind)
{
    imap4__event *event = take_spare(events, kind == IMAP4_EVENT_UNKNOWN);

    if (!event) {
        event = imap4__zalloc(&events->mem, sizeof *event);
        if (!event)
            return NULL;
        imap4__arena_init(&event->arena, &events->mem);
    }
    if (kind == IMAP4_EVENT_UNKNOWN && !event->arena.usual)
        event->arena.usual = events->usual; /* the one before it was kept by the program */
    event->shown.kind = kind;
    return event;
}

static void add_spare(imap4__events *events, imap4__event *event)
{
    imap4__event **link = &events->spare;

    while (*link && (*link)->arena.usual > event->arena.usual)
        link = &(*link)->next;
    event->next = *link;
    *link = event;
    events->spare_count++;
    events->spare_bytes += event->arena.total;
}

void imap4__event_give(imap4__events *events, imap4__event *event)
{
    if (!event)
        return;
    if (events->spare_count >= SPARE_EVENTS) {
        destroy(event);
        return;
    }
    imap4__arena_reset(&event->arena, events->spare_limit - events->spare_bytes);
    memset(&event->shown, 0, sizeof event->shown);
    memset(&event->small, 0, sizeof event->small);
    event->pins_input = 0;
    event->silent = 0;
    add_spare(events, event);
    if (events->spare->arena.usual)
        events->usual = events->spare->arena.usual;
}

void imap4__event_put(imap4__events *events, imap4__event *event)
{
    event->next = NULL;
    if (events->last)
        events->last->next = event;
    else
        events->first = event;
    events->last = event;
    if (event->pins_input)
        events->pins++;
}

void imap4__events_drop(imap4__events *events, uint64_t request)
{
    imap4__event *event = events->first;

    events->first = events->last = NULL;
    while (event) {
        imap4__event *next = event->next;

        events->pins -= (size_t)event->pins_input;
        if (event->shown.request == request)
            imap4__event_give(events, event);
        else
            imap4__event_put(events, event);
        event = next;
    }
}

imap4_event *imap4_event_keep(imap4_conn *conn)
{
    imap4__events *events = &conn->events;
    imap4__event *event = events->current;

    if (!event)
        return NULL;
    if (event->pins_input) {
        /* The one kind whose bytes are not the event's own. */
        char *copy = imap4__arena_bytes(&event->arena, event->small.chunk.len + 1);
        if (!copy)
            return NULL;
        memcpy(copy, event->small.chunk.data, event->small.chunk.len);
        event->small.chunk.data = (const uint8_t *)copy;
        event->pins_input = 0;
        events->pins--;
    }
    events->current = NULL;
    /* The next one is not to cost more than it needs because of a large one long ago. */
    imap4__arena_learn(&event->arena, events->spare_limit);
    events->usual = event->arena.usual;
    return &event->shown;
}

void imap4_event_free(imap4_event *event)
{
    if (event)
        destroy((imap4__event *)(void *)event);
}

size_t imap4_event_size(const imap4_event *event)
{
    return event ? sizeof(imap4__event) + ((const imap4__event *)(const void *)event)->arena.total : 0;
}
