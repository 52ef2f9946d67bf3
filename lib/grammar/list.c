#include "grammar/list.h"

#include "base/str.h"
#include "grammar/flag.h"
#include "grammar/mailbox.h"
#include "grammar/named.h"
#include "grammar/rest.h"
#include "grammar/slot.h"
#include "grammar/strs.h"
#include "wire/utf7.h"

#include <imap4/server.h>

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
    {"\\Memos", IMAP4_MAILBOX_MEMOS},
    {"\\Scheduled", IMAP4_MAILBOX_SCHEDULED},
    {"\\Snoozed", IMAP4_MAILBOX_SNOOZED},
    {"\\Inbox", IMAP4_MAILBOX_INBOX},
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

/* RFC 5258 section 6, childinfo-extended-item */
static const imap4__name childinfos[] = {
    {"SUBSCRIBED", IMAP4_CHILDINFO_SUBSCRIBED},
    {"SPECIAL-USE", IMAP4_CHILDINFO_SPECIAL_USE},
    {"REMOTE", IMAP4_CHILDINFO_REMOTE},
    {NULL, 0},
};

const char *imap4_childinfo_name(int childinfo)
{
    return childinfo > 0 ? imap4__name_text(childinfos, (uint32_t)childinfo) : NULL;
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
 * childinfo-extended-item = "CHILDINFO" SP "(" list-select-base-opt-quoted *(SP list-select-base-opt-quoted) ")"
 *
 * 1; 0 if this is something else; or an error. *other_out: some of it is not known by name.
 */
static int read_childinfo(imap4__cursor *cur, imap4_mailbox_list *list, int *other_out)
{
    uint32_t depth = 1;
    imap4_str word;
    int result;

    if (!imap4__take(cur, '('))
        return 0;
    while ((result = imap4__flag_next(cur, &depth, &word)) == 1) {
        uint32_t bit = imap4__name_number(childinfos, word, IMAP4_CHILDINFO_OTHER);

        list->childinfo |= bit;
        *other_out |= bit == IMAP4_CHILDINFO_OTHER;
    }
    return result == 0 ? 1 : result;
}

/* One extended item behind its name. What is not as expected is kept as it is, and so is CHILDINFO with other words. */
static int read_item(imap4__cursor *cur, imap4__response *response, imap4_mailbox_list *list, imap4_str name,
                     const imap4_named_value ***tail)
{
    imap4__cursor look = *cur;
    int other = 0;
    int result = 0;

    imap4__gap(&look);
    if (imap4__str_eq_nocase(name, "CHILDINFO"))
        result = read_childinfo(&look, list, &other);
    else if (imap4__str_eq_nocase(name, "OLDNAME"))
        /* oldname-extended-item = "OLDNAME" SP "(" mailbox ")" (RFC 5465 section 8) */
        result = imap4__mailbox_read_listed(&look, &list->old_name, &list->raw_old_name);
    if (result == IMAP4_ERROR_MEMORY)
        return result;
    if (result != 1 || other)
        return imap4__named_read(cur, response, name, tail);
    cur->at = look.at;
    return 1;
}

/*
 * mbox-list-extended = "(" [mbox-list-extended-item *(SP mbox-list-extended-item)] ")"
 * mbox-list-extended-item = mbox-list-extended-item-tag SP tagged-ext-val
 *
 * 1, 0 if it is something else, or an error.
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
            return imap4__rest_is_empty(cur);
        result = imap4__astring(cur, &name);
        if (result != 1)
            return result;
        imap4__gap(cur);
        if (imap4__peek(cur) == ')') /* `Foo (bar)` is a name */
            return 0;
        result = read_item(cur, response, list, name, &tail);
        if (result != 1)
            return result;
    }
}

/* Exchange does not quote names that hold tabs and other control characters; elsewhere these are no part of a name. */
static int may_be_name(const imap4__cursor *cur, const uint8_t *begin, const uint8_t *end)
{
    for (; begin < end; begin++) {
        if (*begin == '\0' || *begin == '\r' || *begin == '\n')
            return 0;
        if ((*begin < ' ' || *begin == 0x7f) && cur->server != IMAP4_SERVER_EXCHANGE)
            return 0;
    }
    return 1;
}

/* The rest of the line is the name: several servers do not quote names with spaces and brackets. */
static int take_rest(imap4__cursor *cur, const uint8_t *begin, imap4_str *out)
{
    const uint8_t *end = cur->end;

    while (end[-1] == ' ') /* the first byte is none */
        end--;
    if (end - begin >= 2 && *begin == '"' && end[-1] == '"') { /* quotes inside of the quotes */
        begin++;
        end--;
    }
    if (!may_be_name(cur, begin, end))
        return 0;
    cur->at = cur->end;
    return imap4__arena_str(cur->arena, begin, (size_t)(end - begin), out) == IMAP4_OK ? 1 : IMAP4_ERROR_MEMORY;
}

/*
 * 1 if the name that begins at `begin` and was read up to the cursor has a clear end, so that what follows is no part
 * of it: literals have, and quoted strings unless there may be more quotes inside.
 */
static int has_clear_end(const imap4__cursor *cur, const uint8_t *begin)
{
    imap4__cursor look = *cur;
    const uint8_t *end = cur->end;

    if (*begin != '"')
        return *begin == '{' || *begin == '~';
    while (end[-1] == ' ')
        end--;
    imap4__gap(&look);
    return (look.at > cur->at && imap4__peek(&look) == '(') || end[-1] != '"';
}

/* mailbox [SP mbox-list-extended] */
static int read_name(imap4__cursor *cur, imap4__response *response, imap4_mailbox_list *list)
{
    const uint8_t *begin = cur->at;
    const uint8_t *after;
    int result = imap4__astring(cur, &list->raw);

    if (result == IMAP4_ERROR_MEMORY || begin == cur->end)
        return result;
    if (result != 1)
        return take_rest(cur, begin, &list->raw);
    after = cur->at;
    if (imap4__rest_is_empty(cur))
        return 1;
    result = read_extended(cur, response, list);
    if (result == 1 || result == IMAP4_ERROR_MEMORY)
        return result;
    list->extended = NULL;
    list->childinfo = 0;
    list->old_name = imap4__str(NULL);
    list->raw_old_name = imap4__str(NULL);
    cur->at = after;
    if (!has_clear_end(cur, begin))
        return take_rest(cur, begin, &list->raw);
    imap4__response_damage(response, after);
    return 1;
}

/* XLIST marks the inbox with an attribute and may translate its name, which the wire does not accept. */
static int is_translated_inbox(const imap4_mailbox_list *list)
{
    return list->kind == IMAP4_LIST_XLIST && (list->attributes & IMAP4_MAILBOX_INBOX) != 0;
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
