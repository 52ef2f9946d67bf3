#include "grammar/acl.h"

#include "base/str.h"
#include "grammar/mailbox.h"
#include "grammar/rest.h"
#include "grammar/slot.h"
#include "grammar/strs.h"

static const imap4__name letters[] = {
    {"l", IMAP4_RIGHT_LOOKUP},     {"r", IMAP4_RIGHT_READ},           {"s", IMAP4_RIGHT_SEEN},
    {"w", IMAP4_RIGHT_WRITE},      {"i", IMAP4_RIGHT_INSERT},         {"p", IMAP4_RIGHT_POST},
    {"k", IMAP4_RIGHT_CREATE},     {"x", IMAP4_RIGHT_DELETE_MAILBOX}, {"t", IMAP4_RIGHT_DELETE_MESSAGES},
    {"e", IMAP4_RIGHT_EXPUNGE},    {"a", IMAP4_RIGHT_ADMINISTER},     {"c", IMAP4_RIGHT_OLD_CREATE},
    {"d", IMAP4_RIGHT_OLD_DELETE}, {"n", IMAP4_RIGHT_ANNOTATE},       {NULL, 0},
};

const char *imap4_right_name(int right)
{
    return right > 0 ? imap4__name_text(letters, (uint32_t)right) : NULL;
}

/* Letters are case-sensitive (RFC 4314 section 2). */
static uint32_t right_of(char letter)
{
    for (const imap4__name *row = letters; row->name != NULL; row++) {
        if (row->name[0] == letter)
            return row->number;
    }
    return 0;
}

static void set_rights(imap4_rights *rights, imap4_str text)
{
    rights->text = text;
    for (size_t i = 0; i < text.len; i++)
        rights->bits |= right_of(text.data[i]);
}

/* rights = astring ; only lowercase ASCII letters and digits are allowed. NIL can only mean none. */
static int read_rights(imap4__cursor *cur, imap4_rights *rights)
{
    imap4_str text;
    int result;

    imap4__gap(cur);
    result = imap4__ntext(cur, &text);
    if (result == 1)
        set_rights(rights, text.data != NULL ? text : imap4__str(""));
    return result;
}

/* identifier = astring; one that begins with a minus sign has negative rights (RFC 4314 section 2) */
static int read_identifier(imap4__cursor *cur, imap4_acl_entry *entry)
{
    int result = imap4__astring(cur, &entry->identifier);

    if (result != 1)
        return result;
    if (entry->identifier.len > 1 && entry->identifier.data[0] == '-') {
        entry->negative = 1;
        entry->identifier = imap4__str_n(entry->identifier.data + 1, entry->identifier.len - 1);
    }
    return 1;
}

/* identifier SP rights: 1, 0 if it cannot be read, or an error. */
static int read_entry(imap4__cursor *cur, imap4__response *response, const imap4_acl_entry ***tail)
{
    imap4_acl_entry *entry;
    int result = imap4__response_count(response, cur);

    if (result != IMAP4_OK)
        return result;
    entry = imap4__arena_zalloc(cur->arena, sizeof *entry);
    if (entry == NULL)
        return IMAP4_ERROR_MEMORY;
    result = read_identifier(cur, entry);
    if (result == 1)
        result = read_rights(cur, &entry->rights);
    if (result != 1)
        return result;
    **tail = entry;
    *tail = &entry->next;
    return 1;
}

/* acl-data = "ACL" SP mailbox *(SP identifier SP rights). What is behind a damaged entry cannot be paired. */
int imap4__acl_read(imap4__cursor *cur, imap4__response *response)
{
    imap4_acl *acl = imap4__arena_zalloc(cur->arena, sizeof *acl);
    const imap4_acl_entry **tail;
    int result;

    if (acl == NULL)
        return IMAP4_ERROR_MEMORY;
    tail = &acl->entries;
    result = imap4__mailbox_read(cur, &acl->name, &acl->raw);
    if (result != 1)
        return result;
    response->data.acl = acl;
    while (!imap4__rest_is_empty(cur)) {
        const uint8_t *begin = cur->at;

        result = read_entry(cur, response, &tail);
        if (result == IMAP4_ERROR_MEMORY || result == IMAP4_ERROR_LIMIT)
            return result;
        if (result != 1) {
            imap4__response_damage(response, begin);
            return 1;
        }
    }
    return 1;
}

/* The sets of rights that can be given one by one. 1 or an error. */
static int read_optional(imap4__cursor *cur, imap4_list_rights *said)
{
    imap4__strs texts = {NULL, 0, 0};
    imap4_rights *rights;
    int result = imap4__strs_read(cur, &texts);

    if (result < 0 || texts.count == 0)
        return result < 0 ? result : 1;
    rights = imap4__arena_zalloc(cur->arena, texts.count * sizeof *rights);
    if (rights == NULL)
        return IMAP4_ERROR_MEMORY;
    for (size_t i = 0; i < texts.count; i++)
        set_rights(&rights[i], texts.items[i]);
    said->optional = rights;
    said->optional_count = texts.count;
    return 1;
}

/* listrights-data = "LISTRIGHTS" SP mailbox SP identifier SP rights *(SP rights) */
int imap4__list_rights_read(imap4__cursor *cur, imap4__response *response)
{
    imap4_list_rights *said = imap4__arena_zalloc(cur->arena, sizeof *said);
    int result;

    if (said == NULL)
        return IMAP4_ERROR_MEMORY;
    result = imap4__mailbox_read(cur, &said->name, &said->raw);
    imap4__gap(cur);
    if (result == 1)
        result = imap4__astring(cur, &said->identifier);
    if (result == 1)
        result = read_rights(cur, &said->required);
    if (result == 1)
        result = read_optional(cur, said);
    if (result != 1)
        return result;
    response->data.list_rights = said;
    return imap4__rest(cur, response);
}

/* myrights-data = "MYRIGHTS" SP mailbox SP rights */
int imap4__my_rights_read(imap4__cursor *cur, imap4__response *response)
{
    imap4_my_rights *said = imap4__arena_zalloc(cur->arena, sizeof *said);
    int result;

    if (said == NULL)
        return IMAP4_ERROR_MEMORY;
    result = imap4__mailbox_read(cur, &said->name, &said->raw);
    if (result == 1)
        result = read_rights(cur, &said->rights);
    if (result != 1)
        return result;
    response->data.my_rights = said;
    return imap4__rest(cur, response);
}
