#include "grammar/strs.h"

#include "grammar/slot.h"

#include <string.h>

static int grow(imap4__cursor *cur, imap4__strs *list)
{
    size_t capacity = list->capacity == 0 ? 4 : list->capacity * 2;
    imap4_str *items;

    if (capacity > SIZE_MAX / 2 / sizeof *items)
        return IMAP4_ERROR_LIMIT;
    items = imap4__arena_alloc(cur->arena, capacity * sizeof *items);
    if (items == NULL)
        return IMAP4_ERROR_MEMORY;
    if (list->count > 0)
        memcpy(items, list->items, list->count * sizeof *items);
    list->items = items;
    list->capacity = capacity;
    return IMAP4_OK;
}

int imap4__strs_add(imap4__cursor *cur, imap4__strs *list, imap4_str item)
{
    if (list->count >= cur->list_limit)
        return IMAP4_ERROR_LIMIT;
    if (list->count == list->capacity) {
        int result = grow(cur, list);
        if (result != IMAP4_OK)
            return result;
    }
    list->items[list->count++] = item;
    return IMAP4_OK;
}

int imap4__strs_copy(imap4__cursor *cur, imap4__strs *list, imap4_str item)
{
    imap4_str copy;
    int result = imap4__arena_str(cur->arena, item.data, item.len, &copy);

    return result == IMAP4_OK ? imap4__strs_add(cur, list, copy) : result;
}

int imap4__strs_read(imap4__cursor *cur, imap4__strs *list)
{
    for (;;) {
        imap4_str item;
        int result;

        imap4__gap(cur);
        if (imap4__peek(cur) == -1 || imap4__peek(cur) == ')')
            return 1;
        result = imap4__astring(cur, &item);
        if (result != 1)
            return result == IMAP4_ERROR_MEMORY ? result : 0;
        result = imap4__strs_add(cur, list, item);
        if (result != IMAP4_OK)
            return result;
    }
}
