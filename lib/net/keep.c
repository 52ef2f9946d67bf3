#include "net/keep.h"

#include "base/mem.h"

struct imap4__kept {
    struct imap4__kept *next;
    imap4_event *event;
    size_t size;
};

void imap4__keep_init(imap4__keep *keep, const imap4_allocator *mem, size_t max_count, size_t max_bytes)
{
    keep->mem = *mem;
    keep->first = NULL;
    keep->last = &keep->first;
    keep->count = 0;
    keep->bytes = 0;
    keep->max_count = max_count;
    keep->max_bytes = max_bytes;
}

static imap4_event *unlink_kept(imap4__keep *keep, struct imap4__kept **link)
{
    struct imap4__kept *kept = *link;
    imap4_event *event = kept->event;

    *link = kept->next;
    if (keep->last == &kept->next)
        keep->last = link;
    keep->count--;
    keep->bytes -= kept->size;
    imap4__free(&keep->mem, kept);
    return event;
}

void imap4__keep_clear(imap4__keep *keep)
{
    while (keep->first != NULL)
        imap4_event_free(unlink_kept(keep, &keep->first));
}

int imap4__keep_full(const imap4__keep *keep)
{
    return keep->count >= keep->max_count || keep->bytes >= keep->max_bytes;
}

int imap4__keep_reserve(imap4__keep *keep, struct imap4__kept **out)
{
    *out = imap4__alloc(&keep->mem, sizeof **out);
    return *out == NULL ? IMAP4_ERROR_MEMORY : IMAP4_OK;
}

void imap4__keep_add(imap4__keep *keep, struct imap4__kept *room, imap4_event *event)
{
    room->next = NULL;
    room->event = event;
    room->size = imap4_event_size(event) + sizeof *room;
    *keep->last = room;
    keep->last = &room->next;
    keep->count++;
    keep->bytes += room->size;
}

void imap4__keep_abandon(imap4__keep *keep, struct imap4__kept *room)
{
    imap4__free(&keep->mem, room);
}

imap4_event *imap4__keep_take(imap4__keep *keep, imap4__keep_judge *judge, uint64_t request)
{
    struct imap4__kept **link = &keep->first;

    while (*link != NULL) {
        imap4__keep_verdict verdict = judge((*link)->event, request);
        if (verdict == IMAP4__KEEP_TAKE)
            return unlink_kept(keep, link);
        if (verdict == IMAP4__KEEP_DISCARD)
            imap4_event_free(unlink_kept(keep, link));
        else
            link = &(*link)->next;
    }
    return NULL;
}

uint64_t imap4__keep_oldest(const imap4__keep *keep)
{
    return keep->first == NULL ? 0 : keep->first->event->request;
}
