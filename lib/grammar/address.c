#include "grammar/address.h"

#include "base/str.h"
#include "grammar/slot.h"

#include <imap4/server.h>

static const imap4__name kinds[] = {
    {"MAILBOX", IMAP4_ADDRESS_MAILBOX},
    {"GROUP_BEGIN", IMAP4_ADDRESS_GROUP_BEGIN},
    {"GROUP_END", IMAP4_ADDRESS_GROUP_END},
    {NULL, 0},
};

const char *imap4_address_kind_name(int kind)
{
    return kind > 0 ? imap4__name_text(kinds, (uint32_t)kind) : NULL;
}

/* A list that is being read. */
typedef struct addresses {
    imap4__cursor *cur;
    imap4__response *response;
    const imap4_address **tail; /* where the next one goes */
    int in_group;
} addresses;

/* What servers write where an address has no such part: Dovecot to 2.3.4.1, Exchange, UW. */
static const char *const no_mailbox[] = {"MISSING_MAILBOX", "INVALID_ADDRESS", "UNEXPECTED_DATA_AFTER_ADDRESS", NULL};
static const char *const no_host[] = {"MISSING_DOMAIN", ".MISSING-HOST-NAME.", ".SYNTAX-ERROR.", "SYNTAX_ERROR", NULL};

static void clear_filler(imap4_str *part, const char *const *fillers)
{
    for (; *fillers != NULL; fillers++) {
        if (imap4__str_eq(*part, imap4__str(*fillers)))
            *part = imap4__str("");
    }
}

/*
 * Brackets of `<a@x.org>` that some servers leave in the parts, and the backslash of QQ's host `"qq.com\"`. IMAP4_OK or
 * IMAP4_ERROR_MEMORY.
 */
static int trim(imap4__cursor *cur, imap4_address *address)
{
    imap4_str host = address->host;

    if (address->mailbox.len > 1 && address->mailbox.data[0] == '<')
        address->mailbox = imap4__str_n(address->mailbox.data + 1, address->mailbox.len - 1);
    while (host.len > 1 && (host.data[host.len - 1] == '>' || host.data[host.len - 1] == '\\'))
        host.len--;
    if (host.len == address->host.len)
        return IMAP4_OK;
    return imap4__arena_str(cur->arena, host.data, host.len, &address->host);
}

/*
 * Gmail gives some senders the wrong way round: ("<ada@x.org>" NIL "=?UTF-8?Q?Ada?=" NIL). From others this is the
 * beginning of a group. IMAP4_OK or IMAP4_ERROR_MEMORY.
 */
static int turn_round(imap4__cursor *cur, imap4_address *address)
{
    imap4_str name = address->name;
    size_t at;

    if (cur->server != IMAP4_SERVER_GMAIL || address->host.data != NULL || address->mailbox.data == NULL)
        return IMAP4_OK;
    if (name.len < 5 || name.data[0] != '<' || name.data[name.len - 1] != '>')
        return IMAP4_OK;
    for (at = name.len - 2; at > 0 && name.data[at] != '@';)
        at--;
    if (at < 2 || at == name.len - 2)
        return IMAP4_OK;
    address->name = address->mailbox;
    if (imap4__arena_str(cur->arena, name.data + 1, at - 1, &address->mailbox) != IMAP4_OK)
        return IMAP4_ERROR_MEMORY;
    return imap4__arena_str(cur->arena, name.data + at + 1, name.len - at - 2, &address->host);
}

/*
 * Three texts: the source route is missing, which would begin with "@", or else the host. No group is meant by this.
 */
static void settle_three(imap4_address *address)
{
    if (address->adl.data != NULL && (address->adl.len == 0 || address->adl.data[0] != '@')) {
        address->host = address->mailbox;
        address->mailbox = address->adl;
        address->adl = imap4__str(NULL);
    } else {
        address->host = imap4__str("");
    }
}

/*
 * RFC 9051 section 7.5.2: a NIL host marks group syntax; with a NIL mailbox too it ends the group, otherwise the
 * mailbox is the group's name. A name without the rest is neither.
 */
static int kind_of(const imap4_address *address)
{
    if (address->host.data != NULL)
        return IMAP4_ADDRESS_MAILBOX;
    if (address->mailbox.data != NULL)
        return IMAP4_ADDRESS_GROUP_BEGIN;
    return address->name.data == NULL ? IMAP4_ADDRESS_GROUP_END : IMAP4_ADDRESS_MAILBOX;
}

/* Behind "(": the four texts, as far as they are there. 1, 0 if a list stands in place of a text, or an error. */
static int read_texts(addresses *list, imap4_address *address, size_t *count)
{
    imap4_str *const texts[] = {&address->name, &address->adl, &address->mailbox, &address->host};
    static const int follow[] = {IMAP4__FOLLOW_TEXT, IMAP4__FOLLOW_TEXT, IMAP4__FOLLOW_TEXT, IMAP4__FOLLOW_CLOSE};

    for (*count = 0; *count < sizeof texts / sizeof texts[0]; ++*count) {
        int result;

        imap4__gap(list->cur);
        if (imap4__peek(list->cur) == ')')
            return 1;
        result = imap4__slot(list->cur, list->response, follow[*count], texts[*count]);
        if (result != 1)
            return result;
    }
    return 1;
}

/* All that the four texts mean. IMAP4_OK or IMAP4_ERROR_MEMORY. */
static int settle(imap4__cursor *cur, imap4_address *address, size_t count)
{
    if (count == 3)
        settle_three(address);
    if (turn_round(cur, address) != IMAP4_OK || trim(cur, address) != IMAP4_OK)
        return IMAP4_ERROR_MEMORY;
    address->kind = kind_of(address);
    clear_filler(&address->mailbox, no_mailbox);
    clear_filler(&address->host, no_host);
    return IMAP4_OK;
}

static void append(addresses *list, imap4_address *address)
{
    *list->tail = address;
    list->tail = &address->next;
    list->in_group =
        address->kind == IMAP4_ADDRESS_GROUP_BEGIN || (list->in_group && address->kind == IMAP4_ADDRESS_MAILBOX);
}

/* Each group has an end, and groups are not nested. 1 or IMAP4_ERROR_MEMORY. */
static int end_group(addresses *list)
{
    imap4_address *end;

    if (!list->in_group)
        return 1;
    end = imap4__arena_zalloc(list->cur->arena, sizeof *end);
    if (end == NULL)
        return IMAP4_ERROR_MEMORY;
    end->kind = IMAP4_ADDRESS_GROUP_END;
    append(list, end);
    return 1;
}

static int add(addresses *list, imap4_address *address)
{
    int result = 1;

    if (address->kind == IMAP4_ADDRESS_GROUP_END && !list->in_group)
        return 1;
    if (address->kind == IMAP4_ADDRESS_GROUP_BEGIN)
        result = end_group(list);
    if (result == 1)
        append(list, address);
    return result;
}

/*
 * address = "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")"
 *
 * `()` comes as well, and five texts.
 */
static int read_address(addresses *list)
{
    imap4__cursor *cur = list->cur;
    const uint8_t *begin = cur->at++;
    imap4_address *address;
    size_t count;
    int result;

    imap4__gap(cur);
    if (imap4__take(cur, ')'))
        return 1;
    address = imap4__arena_zalloc(cur->arena, sizeof *address);
    if (address == NULL)
        return IMAP4_ERROR_MEMORY;
    result = read_texts(list, address, &count);
    if (result < 0)
        return result;
    if (result == 0)
        imap4__response_damage(list->response, begin);
    else if (settle(cur, address, count) != IMAP4_OK)
        return IMAP4_ERROR_MEMORY;
    else
        result = add(list, address);
    return result < 0 ? result : imap4__slot_close(cur, list->response);
}

/* What stands between the parentheses of a list: addresses, and NIL in place of some. 1 or an error. */
static int read_element(addresses *list)
{
    if (imap4__slot_nil(list->cur))
        return 1;
    if (imap4__peek(list->cur) == '(')
        return read_address(list);
    return imap4__slot_leave_out(list->cur, list->response);
}

/* env-from = "(" 1*address ")" / nil, and the same for the others; spaces stand between addresses too. */
int imap4__addresses_read(imap4__cursor *cur, imap4__response *response, const imap4_address **out)
{
    addresses list = {cur, response, out, 0};
    int result = 1;

    imap4__gap(cur);
    if (imap4__peek(cur) == ')' || imap4__slot_nil(cur))
        return 1;
    if (!imap4__take(cur, '('))
        return imap4__slot_leave_out(cur, response);
    while (result == 1) {
        imap4__gap(cur);
        if (imap4__take(cur, ')'))
            return end_group(&list);
        if (imap4__response_count(response, cur) != IMAP4_OK) {
            imap4__response_damage(response, cur->at);
            return imap4__slot_close(cur, response) == 1 ? end_group(&list) : IMAP4_ERROR_PROTOCOL;
        }
        result = read_element(&list);
    }
    return result;
}
