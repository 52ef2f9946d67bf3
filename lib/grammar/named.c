#include "grammar/named.h"

#include "grammar/slot.h"

int imap4__named_read(imap4__cursor *cur, imap4__response *response, imap4_str name, const imap4_named_value ***tail)
{
    imap4_named_value *named;
    imap4_value *value = NULL;
    int result = imap4__response_count(response, cur);

    if (result != IMAP4_OK)
        return result;
    named = imap4__arena_zalloc(cur->arena, sizeof *named);
    if (named == NULL)
        return IMAP4_ERROR_MEMORY;
    result = imap4__arena_str(cur->arena, name.data, name.len, &named->name);
    if (result != IMAP4_OK)
        return result;
    imap4__gap(cur);
    result = imap4__value(cur, &value);
    if (result < 0)
        return result;
    named->value = value;
    **tail = named;
    *tail = &named->next;
    return 1;
}

int imap4__values_read(imap4__cursor *cur, imap4__response *response, const imap4_value **out)
{
    const imap4_value **tail = out;

    *out = NULL;
    for (;;) {
        imap4_value *value;
        int result;

        imap4__gap(cur);
        if (imap4__peek(cur) == -1 || imap4__peek(cur) == ')')
            return 1;
        result = imap4__response_count(response, cur);
        if (result != IMAP4_OK)
            return result;
        result = imap4__value(cur, &value);
        if (result <= 0)
            return result == 0 ? IMAP4_ERROR_PROTOCOL : result;
        *tail = value;
        tail = &value->next;
    }
}
