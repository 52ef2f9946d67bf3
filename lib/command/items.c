/* FETCH items as a program lists them. */
#include "command/items.h"

#include "base/mem.h"
#include "base/str.h"
#include "command/argument.h"

#include <string.h>

#define SECTION_MODES (IMAP4_SECTION_STREAM | IMAP4_SECTION_SET_SEEN)

/* MODSEQ is not among them: asking for it switches CONDSTORE on (RFC 7162 section 3.1). */
static const uint32_t askable_items = IMAP4_FETCH_UID | IMAP4_FETCH_FULL | IMAP4_FETCH_BODYSTRUCTURE |
                                      IMAP4_FETCH_RFC822 | IMAP4_FETCH_RFC822_HEADER | IMAP4_FETCH_RFC822_TEXT;

int imap4_fetch_items_new(imap4_fetch_items **out, const imap4_allocator *allocator)
{
    const imap4_allocator *mem = imap4__mem_or_default(allocator);
    imap4_fetch_items *items = imap4__zalloc(mem, sizeof *items);

    if (items == NULL)
        return IMAP4_ERROR_MEMORY;
    imap4__arena_init(&items->arena, mem);
    *out = items;
    return IMAP4_OK;
}

void imap4_fetch_items_free(imap4_fetch_items *items)
{
    imap4_allocator mem;

    if (items == NULL)
        return;
    mem = items->arena.mem;
    imap4__arena_clear(&items->arena);
    imap4__free(&mem, items);
}

/* After an error the list may lack what was to be fetched, so nothing is added any more and the error stays. */
static int fail(imap4_fetch_items *items, int result)
{
    items->result = result;
    return result;
}

int imap4_fetch_items_add(imap4_fetch_items *items, uint32_t fetch_items)
{
    if (items->result != IMAP4_OK)
        return items->result;
    if ((fetch_items & ~askable_items) != 0)
        return fail(items, IMAP4_ERROR_ARGUMENT);
    items->items.mask |= fetch_items;
    return IMAP4_OK;
}

static int takes_fields(int text)
{
    return text == IMAP4_SECTION_HEADER_FIELDS || text == IMAP4_SECTION_HEADER_FIELDS_NOT;
}

static int section_fits(imap4_str part, int text, int mode)
{
    if (text < IMAP4_SECTION_ALL || text > IMAP4_SECTION_MIME || (mode & ~SECTION_MODES) != 0)
        return 0;
    /* "MIME" is in section-text only, which stands behind a section-part. */
    return imap4__valid_part(part) && (text != IMAP4_SECTION_MIME || part.len > 0);
}

int imap4_fetch_items_section(imap4_fetch_items *items, const char *part, int text, int mode)
{
    const imap4_str given = imap4__str(part == NULL ? "" : part);
    imap4__section_spec *section;

    if (items->result != IMAP4_OK)
        return items->result;
    if (!section_fits(given, text, mode))
        return fail(items, IMAP4_ERROR_ARGUMENT);
    section = imap4__arena_zalloc(&items->arena, sizeof *section);
    if (section == NULL || imap4__arena_str(&items->arena, given.data, given.len, &section->part) != IMAP4_OK)
        return fail(items, IMAP4_ERROR_MEMORY);
    section->text = text;
    section->mode = mode;
    if (items->last == NULL)
        items->items.sections = section;
    else
        items->last->next = section;
    items->last = section;
    if ((mode & IMAP4_SECTION_STREAM) != 0)
        items->items.streams = 1;
    return IMAP4_OK;
}

/* Room for one field more. */
static int fields_grow(imap4__arena *arena, imap4__section_spec *section)
{
    const size_t capacity = section->field_capacity == 0 ? 8 : section->field_capacity * 2;
    imap4_str *fields;

    if (section->field_count < section->field_capacity)
        return IMAP4_OK;
    if (capacity > SIZE_MAX / 2 / sizeof *fields)
        return IMAP4_ERROR_MEMORY;
    fields = imap4__arena_alloc(arena, capacity * sizeof *fields);
    if (fields == NULL)
        return IMAP4_ERROR_MEMORY;
    if (section->field_count > 0)
        memcpy(fields, section->fields, section->field_count * sizeof *fields);
    section->fields = fields;
    section->field_capacity = capacity;
    return IMAP4_OK;
}

int imap4_fetch_items_field(imap4_fetch_items *items, const char *field)
{
    const imap4_str given = imap4__str(field);
    imap4__section_spec *section = items->last;

    if (items->result != IMAP4_OK)
        return items->result;
    if (section == NULL || !takes_fields(section->text) || !imap4__valid_field(given))
        return fail(items, IMAP4_ERROR_ARGUMENT);
    if (fields_grow(&items->arena, section) != IMAP4_OK ||
        imap4__arena_str(&items->arena, given.data, given.len, &section->fields[section->field_count]) != IMAP4_OK)
        return fail(items, IMAP4_ERROR_MEMORY);
    section->field_count++;
    return IMAP4_OK;
}

/* partial = "<" number "." nz-number ">"     (RFC 3501; the 64-bit numbers of RFC 9051 are not everywhere yet) */
int imap4_fetch_items_partial(imap4_fetch_items *items, uint64_t origin, uint64_t count)
{
    if (items->result != IMAP4_OK)
        return items->result;
    if (items->last == NULL || count == 0 || count > UINT32_MAX || origin > UINT32_MAX)
        return fail(items, IMAP4_ERROR_ARGUMENT);
    items->last->partial = 1;
    items->last->origin = origin;
    items->last->count = count;
    return IMAP4_OK;
}

int imap4_fetch_items_prefix(imap4_fetch_items *items, uint64_t count)
{
    if (items->result != IMAP4_OK)
        return items->result;
    if (items->last == NULL || count == 0 || (items->last->mode & IMAP4_SECTION_STREAM))
        return fail(items, IMAP4_ERROR_ARGUMENT);
    items->last->prefix = count;
    return IMAP4_OK;
}

static int fields_copy(imap4__arena *arena, const imap4__section_spec *from, imap4__section_spec *to)
{
    if (takes_fields(from->text) && from->field_count == 0)
        return IMAP4_ERROR_ARGUMENT;
    to->fields = NULL;
    to->field_capacity = from->field_count;
    if (from->field_count == 0)
        return IMAP4_OK;
    to->fields = imap4__arena_zalloc(arena, from->field_count * sizeof *to->fields);
    if (to->fields == NULL)
        return IMAP4_ERROR_MEMORY;
    for (size_t i = 0; i < from->field_count; i++) {
        const int result = imap4__arena_str(arena, from->fields[i].data, from->fields[i].len, &to->fields[i]);

        if (result != IMAP4_OK)
            return result;
    }
    return IMAP4_OK;
}

static int section_copy(imap4__arena *arena, const imap4__section_spec *from, imap4__section_spec **out)
{
    imap4__section_spec *to = imap4__arena_alloc(arena, sizeof *to);
    int result;

    if (to == NULL)
        return IMAP4_ERROR_MEMORY;
    *to = *from;
    to->next = NULL;
    result = imap4__arena_str(arena, from->part.data, from->part.len, &to->part);
    if (result == IMAP4_OK)
        result = fields_copy(arena, from, to);
    if (result == IMAP4_OK)
        *out = to;
    return result;
}

int imap4__items_copy(imap4__arena *arena, const imap4_fetch_items *items, imap4__items **out)
{
    imap4__items *copy;
    imap4__section_spec **end;

    if (items == NULL)
        return IMAP4_ERROR_ARGUMENT;
    if (items->result != IMAP4_OK)
        return items->result;
    if (items->items.mask == 0 && items->items.sections == NULL)
        return IMAP4_ERROR_ARGUMENT;
    copy = imap4__arena_zalloc(arena, sizeof *copy);
    if (copy == NULL)
        return IMAP4_ERROR_MEMORY;
    copy->mask = items->items.mask;
    copy->streams = items->items.streams;
    end = &copy->sections;
    for (const imap4__section_spec *section = items->items.sections; section != NULL; section = section->next) {
        const int result = section_copy(arena, section, end);

        if (result != IMAP4_OK)
            return result;
        end = &(*end)->next;
    }
    *out = copy;
    return IMAP4_OK;
}
