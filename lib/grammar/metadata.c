#include "grammar/metadata.h"

#include "grammar/mailbox.h"
#include "grammar/rest.h"
#include "grammar/slot.h"

/* One name, hung in. 1, 0 if there is none, or an error. */
static int read_entry(imap4__cursor *cur, imap4__response *response, const imap4_metadata_entry ***tail,
                      imap4_metadata_entry **out)
{
    imap4_metadata_entry *entry;
    int result = imap4__response_count(response, cur);

    if (result != IMAP4_OK)
        return result;
    entry = imap4__arena_zalloc(cur->arena, sizeof *entry);
    if (entry == NULL)
        return IMAP4_ERROR_MEMORY;
    result = imap4__astring(cur, &entry->entry);
    if (result != 1)
        return result;
    entry->only_named = 1;
    **tail = entry;
    *tail = &entry->next;
    *out = entry;
    return 1;
}

/* value = nstring / literal8. One that cannot be read is passed over: the entry is only named then. */
static int read_value(imap4__cursor *cur, imap4__response *response, imap4_metadata_entry *entry)
{
    const uint8_t *begin = cur->at;
    imap4__text text = {0};
    int result = imap4__nstring(cur, &text);

    if (result == 1) {
        entry->value = text.str;
        entry->truncated = text.truncated;
        entry->only_named = 0;
        return 1;
    }
    if (result == IMAP4_ERROR_MEMORY)
        return result;
    imap4__response_damage(response, begin);
    return imap4__skip_value(cur);
}

/* Names alone may come in parentheses too: values are strings or NIL, so what begins with a slash is the next name. */
static int has_value(const imap4__cursor *cur)
{
    int c = imap4__peek(cur);

    return c != -1 && c != ')' && c != '/';
}

/* entry-values = "(" entry-value *(SP entry-value) ")"     entry-value = entry SP value */
static int read_values(imap4__cursor *cur, imap4__response *response, imap4_metadata *metadata)
{
    const imap4_metadata_entry **tail = &metadata->entries;

    for (;;) {
        imap4_metadata_entry *entry = NULL;
        int result;

        imap4__gap(cur);
        if (imap4__take(cur, ')'))
            return imap4__rest(cur, response);
        result = read_entry(cur, response, &tail, &entry);
        imap4__gap(cur);
        if (result == 1 && has_value(cur))
            result = read_value(cur, response, entry);
        if (result != 1)
            return result;
    }
}

/* entry-list = entry *(SP entry) */
static int read_names(imap4__cursor *cur, imap4__response *response, imap4_metadata *metadata)
{
    const imap4_metadata_entry **tail = &metadata->entries;

    while (!imap4__rest_is_empty(cur)) {
        imap4_metadata_entry *entry;
        int result = read_entry(cur, response, &tail, &entry);

        if (result != 1)
            return result;
    }
    return 1;
}

/* metadata-resp = "METADATA" SP mailbox SP (entry-values / entry-list). What was read before damage counts. */
int imap4__metadata_read(imap4__cursor *cur, imap4__response *response)
{
    imap4_metadata *metadata = imap4__arena_zalloc(cur->arena, sizeof *metadata);
    int result;

    if (metadata == NULL)
        return IMAP4_ERROR_MEMORY;
    result = imap4__mailbox_read(cur, &metadata->name, &metadata->raw);
    if (result != 1)
        return result;
    imap4__gap(cur);
    if (imap4__take(cur, '('))
        result = read_values(cur, response, metadata);
    else
        result = read_names(cur, response, metadata);
    if (result == IMAP4_ERROR_MEMORY || result == IMAP4_ERROR_LIMIT)
        return result;
    if (result != 1)
        imap4__response_damage(response, cur->at);
    response->data.metadata = metadata;
    return 1;
}
