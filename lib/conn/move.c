#include "conn/move.h"

#include "conn/conn.h"

#include <string.h>

enum { JOINED_RANGES_MAX = 4096 }; /* beyond this further COPYUIDs are seen as events only */

static const imap4__set *set_of(const imap4_uid_set *uids)
{
    return (const void *)uids;
}

int imap4__move_direct(const imap4__request *request)
{
    return request->row == imap4__row_of(IMAP4__MOVE) || request->row == imap4__row_of(IMAP4__UID_MOVE);
}

/* Both sets in one, in their order. NULL: no memory. */
static const imap4_uid_set *join(imap4__arena *arena, const imap4_uid_set *first, const imap4_uid_set *second)
{
    const imap4__set *a = set_of(first);
    const imap4__set *b = set_of(second);
    imap4__set *both = imap4__arena_zalloc(arena, sizeof *both);

    if (both)
        both->ranges = imap4__arena_alloc(arena, (a->count + b->count + 1) * sizeof *both->ranges);
    if (!both || !both->ranges)
        return NULL;
    if (a->count)
        memcpy(both->ranges, a->ranges, a->count * sizeof *a->ranges);
    if (b->count)
        memcpy(both->ranges + a->count, b->ranges, b->count * sizeof *b->ranges);
    both->count = both->capacity = a->count + b->count;
    both->unordered = 1;
    return (const void *)both;
}

int imap4__move_copied(imap4__request *request, const imap4_resp_text *text)
{
    const imap4_resp_text *before = request->copied;
    imap4_resp_text *copy;
    imap4__arena fresh;

    if (text->code != IMAP4_CODE_COPYUID || !text->uids || !text->source_uids)
        return IMAP4_OK;
    if (before && (before->number != text->number ||
                   set_of(before->uids)->count + set_of(text->uids)->count > JOINED_RANGES_MAX ||
                   set_of(before->source_uids)->count + set_of(text->source_uids)->count > JOINED_RANGES_MAX))
        return IMAP4_OK;
    imap4__arena_init(&fresh, &request->arena.mem);
    copy = imap4__resp_text_copy(&fresh, text);
    if (copy && before) {
        copy->uids = join(&fresh, before->uids, text->uids);
        copy->source_uids = join(&fresh, before->source_uids, text->source_uids);
    }
    if (!copy || !copy->uids || !copy->source_uids) {
        imap4__arena_clear(&fresh);
        return IMAP4_ERROR_MEMORY;
    }
    imap4__arena_clear(&request->copied_memory);
    request->copied_memory = fresh;
    request->copied = copy;
    return IMAP4_OK;
}

/* Whether one range of `set`, which is ascending and merged, holds the whole of the other. */
static int covers(const imap4__set *set, const imap4__range *range)
{
    uint32_t low = range->first < range->last ? range->first : range->last;
    uint32_t high = range->first < range->last ? range->last : range->first;

    for (size_t i = 0; i < set->count; i++) {
        if (set->ranges[i].first != IMAP4_SET_STAR && set->ranges[i].first <= low &&
            (set->ranges[i].last == IMAP4_SET_STAR || set->ranges[i].last >= high))
            return 1;
    }
    return 0;
}

/* What was copied must be part of what was asked for, or the server could have us delete anything. */
static int within(const imap4__set *copied, const imap4__set *asked)
{
    for (size_t i = 0; i < copied->count; i++) {
        if (copied->ranges[i].last == IMAP4_SET_STAR || !covers(asked, &copied->ranges[i]))
            return 0;
    }
    return copied->count != 0;
}

/* No message that comes from now on can be in the set: new ones get UIDs from `uidnext` on (RFC 9051 section 2.3.1.1). */
static int closed_set(const imap4__set *set, uint32_t uidnext)
{
    const imap4__range *last = &set->ranges[set->count - 1];

    return uidnext && last->last != IMAP4_SET_STAR && last->last < uidnext;
}

/*
 * The messages that were copied, and no others: one that arrived since must be neither marked nor expunged. COPYUID names
 * them; without it the set must be such that nothing can have come into it. NULL: it cannot be known. `*result` tells of
 * a lack of memory.
 */
static const imap4__set *copied_set(imap4_conn *conn, imap4__request *request, const imap4_resp_text *text, int *result)
{
    const imap4__set *asked = request->args.set;
    const imap4__set *copied = text->code == IMAP4_CODE_COPYUID ? set_of(text->source_uids) : NULL;
    imap4__set *own;

    if (!copied) /* a server with UIDPLUS leaves it out when nothing was copied */
        return !imap4__has(conn, "UIDPLUS") && closed_set(asked, request->uidnext) ? asked : NULL;
    if (!within(copied, asked))
        return NULL;
    own = imap4__set_copy(&request->arena, copied);
    if (!own)
        *result = IMAP4_ERROR_MEMORY;
    return own;
}

int imap4__move_next(imap4_conn *conn, imap4__request *request, const imap4_resp_text *text)
{
    const imap4__set *set;
    int result = IMAP4_OK;

    switch (request->step) {
    case IMAP4_MOVE_NONE:
        set = copied_set(conn, request, text, &result);
        if (result || imap4__move_copied(request, text))
            return IMAP4_ERROR_MEMORY;
        request->step = IMAP4_MOVE_COPIED;
        if (!set)
            return 0;
        request->args.set = set;
        request->row = imap4__row_of(IMAP4__UID_STORE);
        request->args.mode = IMAP4_STORE_ADD | IMAP4_STORE_SILENT;
        request->args.flags.system = IMAP4_FLAG_DELETED;
        request->args.has_flags = 1;
        return 1;
    case IMAP4_MOVE_COPIED:
        request->step = IMAP4_MOVE_MARKED;
        request->row = imap4__row_of(IMAP4__UID_EXPUNGE);
        /* A bare EXPUNGE would take other messages along: rather leave these marked. */
        return imap4__has(conn, request->row->capability);
    default:
        request->step = IMAP4_MOVE_EXPUNGED;
        return 0;
    }
}
