#include "grammar/status.h"

#include "base/str.h"
#include "grammar/named.h"
#include "grammar/slot.h"
#include "wire/name.h"
#include "wire/utf7.h"

const char *imap4_status_att_name(int item)
{
    return item > 0 ? imap4__name_text(imap4__status_att_names, (uint32_t)item) : NULL;
}

static uint32_t saturate(uint64_t number)
{
    return number > UINT32_MAX ? UINT32_MAX : (uint32_t)number;
}

/* Where neither is legal, zero says that the server does not know. */
static int says_nothing(uint32_t att, uint64_t number)
{
    return number == 0 && (att == IMAP4_STATUS_ATT_UIDNEXT || att == IMAP4_STATUS_ATT_UIDVALIDITY);
}

static void set_att(imap4_mailbox_status *status, uint32_t att, uint64_t number)
{
    uint32_t *small[] = {&status->messages,    &status->recent, &status->uidnext,
                         &status->uidvalidity, &status->unseen, &status->deleted};

    if (says_nothing(att, number))
        return;
    status->present |= att;
    if (att == IMAP4_STATUS_ATT_SIZE)
        status->size = number;
    else if (att == IMAP4_STATUS_ATT_HIGHESTMODSEQ)
        status->highestmodseq = number;
    for (size_t i = 0; i < sizeof small / sizeof small[0]; i++) {
        if (att == 1u << i)
            *small[i] = saturate(number);
    }
}

/* status-att-val, by name. A known attribute whose value is no number is left out. */
static int read_att(imap4__cursor *cur, imap4__response *response, imap4_mailbox_status *status,
                    const imap4_named_value ***tail)
{
    const uint8_t *begin = cur->at;
    imap4_str name;
    uint32_t att;
    uint64_t number;
    int result = imap4__atom(cur, &name);

    if (result <= 0) { /* a value where a name is due */
        imap4__response_damage(response, begin);
        result = imap4__skip_value(cur);
        return result == 0 ? IMAP4_ERROR_PROTOCOL : result;
    }
    att = imap4__name_number(imap4__status_att_names, name, 0);
    if (att == 0)
        return imap4__named_read(cur, response, name, tail);
    imap4__gap(cur);
    result = imap4__number(cur, &number);
    if (result == 1) {
        set_att(status, att, number);
        return 1;
    }
    if (result < 0)
        return result;
    if (imap4__slot_nil(cur))
        return 1;
    imap4__response_damage(response, begin);
    if (imap4__peek(cur) == ')')
        return 1;
    return imap4__skip_value(cur);
}

static int read_atts(imap4__cursor *cur, imap4__response *response, imap4_mailbox_status *status)
{
    const imap4_named_value **tail = &status->other;

    for (;;) {
        const uint8_t *begin;
        int result;

        imap4__gap(cur);
        begin = cur->at;
        if (imap4__take(cur, ')'))
            return 1;
        if (imap4__peek(cur) == -1) { /* cut off: what came before counts */
            imap4__response_damage(response, begin);
            return 1;
        }
        result = read_att(cur, response, status, &tail);
        if (result < 0)
            return result;
        if (result == 0 || cur->at == begin)
            return 0;
    }
}

/* mailbox SP "(": 1 behind the parenthesis. */
static int read_name(imap4__cursor *cur, imap4_str *out)
{
    int result = imap4__astring(cur, out);

    if (result != 1)
        return result;
    imap4__gap(cur);
    return imap4__take(cur, '(');
}

/* Names with spaces and no quotes: the last " (" ends them. */
static int read_bare_name(imap4__cursor *cur, imap4_str *out)
{
    const uint8_t *begin = cur->at;
    const uint8_t *at = cur->end;

    while (at > begin && !(at[-1] == ' ' && at < cur->end && *at == '('))
        at--;
    if (at == begin || at - 1 == begin)
        return 0;
    cur->at = at + 1;
    return imap4__arena_str(cur->arena, begin, (size_t)(at - 1 - begin), out) == IMAP4_OK ? 1 : IMAP4_ERROR_MEMORY;
}

/* Reads name and list. 1 and where they end in *end, 0, or an error. */
static int read_both(imap4__cursor cur, imap4__response *response, imap4_mailbox_status *status,
                     int (*name)(imap4__cursor *, imap4_str *), imap4__cursor *end)
{
    int result = name(&cur, &status->raw);

    if (result == 1)
        result = read_atts(&cur, response, status);
    *end = cur;
    return result;
}

/*
 * mailbox-data =/ "STATUS" SP mailbox SP "(" [status-att-list] ")"
 *
 * When this leaves a rest, it is tried as a name with spaces and parentheses of its own, which must leave none.
 */
int imap4__status_read(imap4__cursor *cur, imap4__response *response)
{
    imap4_mailbox_status *status = imap4__arena_zalloc(cur->arena, sizeof *status);
    imap4_mailbox_status *second = imap4__arena_zalloc(cur->arena, sizeof *second);
    imap4__response before = *response;
    imap4__cursor end;
    int result;

    if (status == NULL || second == NULL)
        return IMAP4_ERROR_MEMORY;
    result = read_both(*cur, response, status, read_name, &end);
    if (result != IMAP4_ERROR_MEMORY && (result != 1 || !imap4__at_end(&end))) {
        int other = read_both(*cur, &before, second, read_bare_name, &end);
        if (other == IMAP4_ERROR_MEMORY)
            return other;
        if (other == 1 && (result != 1 || imap4__at_end(&end))) {
            result = 1;
            status = second;
            *response = before;
        }
    }
    if (result != 1)
        return result;
    if (imap4__mailbox_name(cur->arena, status->raw, cur->utf8, &status->name) != IMAP4_OK)
        return IMAP4_ERROR_MEMORY;
    response->data.status = status;
    return 1;
}
