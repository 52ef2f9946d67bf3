#include "conn/view.h"

#include "base/str.h"
#include "wire/utf7.h"

#include <string.h>

static imap4_str bytes_copy(imap4__arena *arena, imap4_str text, int *result)
{
    imap4_str copy = {NULL, 0};

    if (imap4__arena_str(arena, text.data, text.len, &copy))
        *result = IMAP4_ERROR_MEMORY;
    return copy;
}

static int flags_copy(imap4__arena *arena, const imap4_flags *from, imap4_flags *to)
{
    imap4_str *keywords = NULL;
    int result = IMAP4_OK;

    if (from->keyword_count) {
        keywords = imap4__arena_alloc(arena, from->keyword_count * sizeof *keywords);
        if (!keywords)
            return IMAP4_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < from->keyword_count; i++)
        keywords[i] = bytes_copy(arena, from->keywords[i], &result);
    if (result)
        return result;
    to->system = from->system;
    to->keyword_count = from->keyword_count;
    to->keywords = keywords;
    return IMAP4_OK;
}

void imap4__view_init(imap4__view *view, const imap4_allocator *mem, size_t kept_limit)
{
    memset(view, 0, sizeof *view);
    imap4__arena_init(&view->name_memory, mem);
    imap4__arena_init(&view->next_memory, mem);
    imap4__arena_init(&view->flags_memory, mem);
    imap4__arena_init(&view->permanent_memory, mem);
    view->kept_limit = kept_limit;
}

void imap4__view_clear(imap4__view *view)
{
    imap4__arena_clear(&view->name_memory);
    imap4__arena_clear(&view->next_memory);
    imap4__arena_clear(&view->flags_memory);
    imap4__arena_clear(&view->permanent_memory);
}

/* Message numbers of before mean nothing from now on. */
static void begin(imap4__view *view, uint32_t id)
{
    imap4_view fresh = {0};

    fresh.serial = view->shown.serial + 1;
    fresh.id = id;
    /* RFC 9051 section 7.1: without PERMANENTFLAGS all flags are permanent. */
    fresh.permanent_flags.system = id ? IMAP4_FLAG_WILDCARD : 0;
    view->shown = fresh;
    view->permanent_said = 0;
}

void imap4__view_leave(imap4__view *view)
{
    view->selecting = NULL;
    view->switched = 0;
    begin(view, 0);
}

/* The name for people and the name on the wire, of what a program gave us. */
static int read_name(imap4__view *view, imap4_str name, int utf8)
{
    imap4__arena *memory = &view->next_memory;
    imap4__buf wire;
    int result = IMAP4_OK;

    imap4__arena_reset(memory, 0);
    if (name.len && name.data[0] == '\001') {
        view->next_raw = bytes_copy(memory, (imap4_str){name.data + 1, name.len - 1}, &result);
        return result ? result : imap4__mailbox_name(memory, view->next_raw, utf8, &view->next_name);
    }
    result = imap4__mailbox_name(memory, name, 1, &view->next_name);
    if (result || utf8) {
        view->next_raw = view->next_name;
        return result;
    }
    imap4__buf_init(&wire, &memory->mem, SIZE_MAX);
    result = imap4__utf7_encode(&wire, view->next_name.data, view->next_name.len);
    if (!result)
        view->next_raw = bytes_copy(memory, (imap4_str){wire.data ? (const char *)wire.data : "", wire.len}, &result);
    imap4__buf_clear(&wire);
    return result;
}

int imap4__view_select(imap4__view *view, struct imap4__request *request, imap4_str name, int utf8, int read_only)
{
    int result = read_name(view, name, utf8);

    if (result)
        return result;
    view->next_read_only = read_only;
    view->selecting = request;
    view->switched = 0;
    return IMAP4_OK;
}

void imap4__view_switch(imap4__view *view)
{
    imap4__arena old = view->name_memory;

    if (!view->selecting || view->switched)
        return;
    view->switched = 1;
    begin(view, ++view->last_id);
    view->name_memory = view->next_memory;
    view->next_memory = old;
    view->shown.name = view->next_name;
    view->shown.raw = view->next_raw;
    view->shown.read_only = view->next_read_only;
}

int imap4__view_flags(imap4__view *view, const imap4_flags *flags, int permanent)
{
    imap4__arena *memory = permanent ? &view->permanent_memory : &view->flags_memory;
    imap4__arena fresh;
    imap4_flags kept = *flags;
    imap4_flags copy = {0};

    if (!view->shown.id)
        return IMAP4_OK;
    kept.keyword_count = (uint32_t)imap4__strs_within(flags->keywords, flags->keyword_count, view->kept_limit);
    imap4__arena_init(&fresh, &memory->mem);
    if (flags_copy(&fresh, &kept, &copy)) {
        imap4__arena_clear(&fresh);
        return IMAP4_ERROR_MEMORY;
    }
    imap4__arena_clear(memory);
    *memory = fresh;
    if (permanent) {
        view->shown.permanent_flags = copy;
        view->permanent_said = 1;
        return IMAP4_OK;
    }
    view->shown.flags = copy;
    if (!view->permanent_said) {
        view->shown.permanent_flags = copy;
        view->shown.permanent_flags.system |= IMAP4_FLAG_WILDCARD;
    }
    return IMAP4_OK;
}

int imap4__view_code(imap4__view *view, const imap4_resp_text *text)
{
    imap4_view *shown = &view->shown;

    if (!shown->id)
        return IMAP4_OK;
    switch (text->code) {
    case IMAP4_CODE_PERMANENTFLAGS:
        return text->flags ? imap4__view_flags(view, text->flags, 1) : IMAP4_OK;
    case IMAP4_CODE_UIDVALIDITY:
        shown->uidvalidity = (uint32_t)text->number;
        break;
    case IMAP4_CODE_UIDNEXT:
        if (view->selecting) /* volunteered at other times it has been wrong */
            shown->uidnext = (uint32_t)text->number;
        break;
    case IMAP4_CODE_UNSEEN:
        shown->unseen = (uint32_t)text->number;
        break;
    case IMAP4_CODE_HIGHESTMODSEQ:
        shown->highestmodseq = text->number;
        break;
    case IMAP4_CODE_NOMODSEQ:
        shown->highestmodseq = 0;
        break;
    case IMAP4_CODE_UIDNOTSTICKY:
        shown->uid_not_sticky = 1;
        break;
    case IMAP4_CODE_READ_ONLY:
        shown->read_only = 1;
        break;
    case IMAP4_CODE_READ_WRITE:
        shown->read_only = 0;
        break;
    default:
        break;
    }
    return IMAP4_OK;
}

void imap4__view_exists(imap4__view *view, uint32_t count)
{
    if (!view->shown.id)
        return;
    if (count < view->shown.exists)
        view->shown.serial++; /* a violation, but then the old numbers are surely void */
    view->shown.exists = count;
}

int imap4__view_expunge(imap4__view *view, uint32_t number)
{
    if (!view->shown.id || !number)
        return 0;
    view->shown.serial++;
    if (number > view->shown.exists)
        return 0; /* our numbers and the server's do not agree: none of them is to be used */
    view->shown.exists--;
    return 1;
}

void imap4__view_vanished(imap4__view *view, uint64_t count)
{
    if (!view->shown.id)
        return;
    /* More than there were: a violation (RFC 7162 section 3.2.10). Which numbers are left nobody can tell. */
    view->shown.exists -= count < view->shown.exists ? (uint32_t)count : view->shown.exists;
    view->shown.serial++;
}

imap4_view *imap4__view_copy(const imap4__view *view, imap4__arena *arena)
{
    imap4_view *copy = imap4__arena_alloc(arena, sizeof *copy);
    int result = IMAP4_OK;

    if (!copy)
        return NULL;
    *copy = view->shown;
    copy->name = bytes_copy(arena, view->shown.name, &result);
    copy->raw = bytes_copy(arena, view->shown.raw, &result);
    if (result || flags_copy(arena, &view->shown.flags, &copy->flags) ||
        flags_copy(arena, &view->shown.permanent_flags, &copy->permanent_flags))
        return NULL;
    return copy;
}
