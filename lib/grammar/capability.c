#include "grammar/capability.h"

#include "base/str.h"
#include "grammar/slot.h"

int imap4__names_make(imap4__cursor *cur, const imap4__strs *list, imap4_names **out)
{
    imap4_names *names = imap4__arena_alloc(cur->arena, sizeof *names);

    if (names == NULL)
        return IMAP4_ERROR_MEMORY;
    names->names = list->items;
    names->count = list->count;
    *out = names;
    return 1;
}

/* One server writes "LITERAL +" (RFC 7888 has no space). */
static int joins_last(const imap4__strs *list, imap4_str name)
{
    return imap4__str_eq_nocase(name, "+") && list->count > 0 &&
           imap4__str_eq_nocase(list->items[list->count - 1], "LITERAL");
}

/* capability-data = "CAPABILITY" *(SP capability) SP "IMAP4rev2" *(SP capability) */
int imap4__names_read(imap4__cursor *cur, int stop, imap4_names **out)
{
    imap4__strs list = {NULL, 0, 0};

    for (;;) {
        const uint8_t *begin;
        imap4_str name;
        int result;

        imap4__gap(cur);
        begin = cur->at;
        while (cur->at < cur->end && *cur->at > ' ' && *cur->at != stop)
            cur->at++;
        name = imap4__str_n(begin, (size_t)(cur->at - begin));
        if (name.len == 0) {
            if (cur->at == cur->end || *cur->at == stop)
                return imap4__names_make(cur, &list, out);
            cur->at++; /* a stray control character */
            continue;
        }
        if (joins_last(&list, name)) {
            list.items[list.count - 1] = imap4__str("LITERAL+");
            continue;
        }
        result = imap4__strs_copy(cur, &list, name);
        if (result != IMAP4_OK)
            return result;
    }
}

int imap4__names_read_list(imap4__cursor *cur, imap4_names **out)
{
    imap4__strs list = {NULL, 0, 0};
    int result;

    if (!imap4__take(cur, '('))
        return 0;
    result = imap4__strs_read(cur, &list);
    if (result == 1)
        result = imap4__take(cur, ')') ? imap4__names_make(cur, &list, out) : IMAP4_ERROR_PROTOCOL;
    return result == 0 ? IMAP4_ERROR_PROTOCOL : result;
}

int imap4_names_contain(const imap4_names *names, const char *name)
{
    if (names == NULL || name == NULL)
        return 0;
    for (size_t i = 0; i < names->count; i++) {
        if (imap4__str_eq_nocase(names->names[i], name))
            return 1;
    }
    return 0;
}
