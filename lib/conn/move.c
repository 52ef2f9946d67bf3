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

static int append(imap4__set *to, imap4__arena *arena, const imap4_uid_set *from)
{
    imap4_set_cursor cursor = {0};
    uint32_t first;
    uint32_t last;

    while (imap4_uid_set_next_range(from, &cursor, &first, &last)) {
        if (imap4__numbers_add(to->numbers, arena, first, last))
            return IMAP4_ERROR_MEMORY;
    }
    return IMAP4_OK;
}

/* Both sets in one, in their order. NULL: no memory. */
static const imap4_uid_set *join(imap4__arena *arena, const imap4_uid_set *first, const imap4_uid_set *second)
{
    imap4__set *both = imap4__set_of_wire(arena);

    if (!both || append(both, arena, first) || append(both, arena, second) ||
        imap4__numbers_finish(both->numbers, arena))
        return NULL;
    return (const void *)both;
}

/* Whether two sets have few enough ranges to be remembered as one. */
static int joinable(const imap4_uid_set *first, const imap4_uid_set *second)
{
    return imap4_uid_set_ranges(first) + imap4_uid_set_ranges(second) <= JOINED_RANGES_MAX;
}

int imap4__move_copied(imap4__request *request, const imap4_resp_text *text)
{
    const imap4_resp_text *before = request->copied;
    imap4_resp_text *copy;
    imap4__arena fresh;

    if (text->code != IMAP4_CODE_COPYUID || !text->uids || !text->source_uids)
        return IMAP4_OK;
    if (before && (before->number != text->number || !joinable(before->uids, text->uids) ||
                   !joinable(before->source_uids, text->source_uids)))
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

/* What was copied must be part of what was asked for, or the server could have us delete anything. */
static int within(const imap4__set *copied, const imap4__set *asked)
{
    imap4_set_cursor cursor = {0};
    uint32_t first;
    uint32_t last;

    while (imap4__set_next_range(copied, &cursor, &first, &last)) {
        if (last == IMAP4_SET_STAR || !imap4__set_covers(asked, first, last))
            return 0;
    }
    return imap4__set_ranges(copied) != 0;
}

/* No message that comes from now on can be in the set: new ones get UIDs from `uidnext` on (RFC 9051 section 2.3.1.1). */
static int closed_set(const imap4__set *set, uint32_t uidnext)
{
    return uidnext && !imap4__set_has_star(set) && imap4__set_largest(set) < uidnext;
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
    own = imap4__set_merged(&request->arena, copied);
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
