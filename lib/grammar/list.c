#include "grammar/list.h"

#include "base/str.h"
#include "grammar/flag.h"
#include "grammar/named.h"
#include "grammar/slot.h"
#include "grammar/strs.h"
#include "wire/utf7.h"

static const imap4__name attributes[] = {
    {"\\Noinferiors", IMAP4_MAILBOX_NOINFERIORS},
    {"\\Noselect", IMAP4_MAILBOX_NOSELECT},
    {"\\Marked", IMAP4_MAILBOX_MARKED},
    {"\\Unmarked", IMAP4_MAILBOX_UNMARKED},
    {"\\HasChildren", IMAP4_MAILBOX_HASCHILDREN},
    {"\\HasNoChildren", IMAP4_MAILBOX_HASNOCHILDREN},
    {"\\NonExistent", IMAP4_MAILBOX_NONEXISTENT},
    {"\\Subscribed", IMAP4_MAILBOX_SUBSCRIBED},
    {"\\Remote", IMAP4_MAILBOX_REMOTE},
    {"\\NoAccess", IMAP4_MAILBOX_NOACCESS},
    {"\\All", IMAP4_MAILBOX_ALL},
    {"\\Archive", IMAP4_MAILBOX_ARCHIVE},
    {"\\Drafts", IMAP4_MAILBOX_DRAFTS},
    {"\\Flagged", IMAP4_MAILBOX_FLAGGED},
    {"\\Junk", IMAP4_MAILBOX_JUNK},
    {"\\Sent", IMAP4_MAILBOX_SENT},
    {"\\Trash", IMAP4_MAILBOX_TRASH},
    {"\\Important", IMAP4_MAILBOX_IMPORTANT},
    /* Gmail's XLIST, from before RFC 6154. Below the names that are printed. */
    {"\\AllMail", IMAP4_MAILBOX_ALL},
    {"\\Starred", IMAP4_MAILBOX_FLAGGED},
    {"\\Spam", IMAP4_MAILBOX_JUNK},
    {NULL, 0},
};

const char *imap4_mailbox_attribute_name(int attribute)
{
    return attribute > 0 ? imap4__name_text(attributes, (uint32_t)attribute) : NULL;
}

static int read_attributes(imap4__cursor *cur, imap4_mailbox_list *list)
{
    imap4__strs other = {NULL, 0, 0};
    uint32_t depth = 1;
    imap4_str word;
    int result;

    while ((result = imap4__flag_next(cur, &depth, &word)) == 1) {
        uint32_t bit = imap4__name_number(attributes, word, 0);

        list->attributes |= bit;
        if (bit == 0)
            result = imap4__strs_copy(cur, &other, word);
        if (result < 0)
            return result;
    }
    if (result < 0)
        return result;
    /* RFC 5258 section 3: NonExistent implies Noselect. Of a contradiction the promise of children is believed. */
    if (list->attributes & IMAP4_MAILBOX_NONEXISTENT)
        list->attributes |= IMAP4_MAILBOX_NOSELECT;
    if (list->attributes & IMAP4_MAILBOX_HASCHILDREN)
        list->attributes &= ~(uint32_t)IMAP4_MAILBOX_HASNOCHILDREN;
    list->other_attributes = other.items;
    list->other_attribute_count = other.count;
    return 1;
}

/* (DQUOTE QUOTED-CHAR DQUOTE / nil); "" is meant as NIL, and a backslash comes unescaped. */
static int read_delimiter(imap4__cursor *cur, imap4_str *out)
{
    int result;

    if (cur->end - cur->at > 3 && cur->at[0] == '"' && cur->at[1] == '\\' && cur->at[2] == '"' && cur->at[3] == ' ') {
        cur->at += 3;
        *out = imap4__str("\\");
        return 1;
    }
    result = imap4__ntext(cur, out);
    if (result == 1 && out->len == 0)
        *out = imap4__str(NULL);
    return result;
}

/*
 * mbox-list-extended = "(" [mbox-list-extended-item *(SP mbox-list-extended-item)] ")"
 * mbox-list-extended-item = mbox-list-extended-item-tag SP tagged-ext-val
 */
static int read_extended(imap4__cursor *cur, imap4__response *response, imap4_mailbox_list *list)
{
    const imap4_named_value **tail = &list->extended;

    imap4__gap(cur);
    if (!imap4__take(cur, '('))
        return 0;
    for (;;) {
        imap4_str name;
        int result;

        imap4__gap(cur);
        if (imap4__take(cur, ')'))
            return imap4__at_end(cur);
        result = imap4__astring(cur, &name);
        if (result != 1)
            return result;
        imap4__gap(cur);
        if (imap4__peek(cur) == ')') /* `Foo (bar)` is a name */
            return 0;
        result = imap4__named_read(cur, response, name, &tail);
        if (result != 1)
            return result;
    }
}

/* The rest of the line is the name: Exchange does not quote names with spaces, tabs and brackets. */
static int take_rest(imap4__cursor *cur, const uint8_t *begin, imap4_str *out)
{
    const uint8_t *end = cur->end;

    while (end > begin && end[-1] == ' ')
        end--;
    if (end - begin >= 2 && *begin == '"' && end[-1] == '"') { /* quotes inside of the quotes */
        begin++;
        end--;
    }
    cur->at = cur->end;
    return imap4__arena_str(cur->arena, begin, (size_t)(end - begin), out) == IMAP4_OK ? 1 : IMAP4_ERROR_MEMORY;
}

/* mailbox [SP mbox-list-extended] */
static int read_name(imap4__cursor *cur, imap4__response *response, imap4_mailbox_list *list)
{
    const uint8_t *begin = cur->at;
    int result = imap4__astring(cur, &list->raw);

    if (begin == cur->end)
        return 0;
    if (result == IMAP4_ERROR_MEMORY)
        return result;
    if (result == 1) {
        if (imap4__at_end(cur))
            return 1;
        result = read_extended(cur, response, list);
        if (result == 1 || result == IMAP4_ERROR_MEMORY)
            return result;
        list->extended = NULL;
    }
    if (*begin == '{' || *begin == '~') /* a literal has a clear end; what follows it is left out */
        return list->raw.data != NULL;
    return take_rest(cur, begin, &list->raw);
}

/* XLIST marks the inbox with an attribute and may translate its name, which the wire does not accept. */
static int is_translated_inbox(const imap4_mailbox_list *list)
{
    if (list->kind != IMAP4_LIST_XLIST)
        return 0;
    for (size_t i = 0; i < list->other_attribute_count; i++) {
        if (imap4__str_eq_nocase(list->other_attributes[i], "\\Inbox"))
            return 1;
    }
    return 0;
}

/* mailbox-list = "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox [SP mbox-list-extended] */
int imap4__list_read(imap4__cursor *cur, int kind, imap4__response *response)
{
    imap4_mailbox_list *list = imap4__arena_zalloc(cur->arena, sizeof *list);
    int result;

    if (list == NULL)
        return IMAP4_ERROR_MEMORY;
    list->kind = kind;
    imap4__gap(cur);
    if (imap4__take(cur, '(')) {
        result = read_attributes(cur, list);
        if (result != 1)
            return result;
    } else if (!imap4__slot_nil(cur)) {
        return 0;
    }
    imap4__gap(cur);
    result = read_delimiter(cur, &list->delimiter);
    if (result != 1)
        return result;
    (void)imap4__spaces(cur);
    result = read_name(cur, response, list);
    if (result != 1)
        return result;
    if (is_translated_inbox(list))
        list->name = imap4__str("INBOX");
    else if (imap4__mailbox_name(cur->arena, list->raw, cur->utf8, &list->name) != IMAP4_OK)
        return IMAP4_ERROR_MEMORY;
    response->data.list = list;
    return 1;
}
