#include "grammar/status.h"

#include "base/str.h"
#include "grammar/named.h"
#include "grammar/objectid.h"
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
    const struct {
        uint32_t att;
        uint32_t *small;
        uint64_t *large;
    } places[] = {
        {IMAP4_STATUS_ATT_MESSAGES, &status->messages, NULL},
        {IMAP4_STATUS_ATT_RECENT, &status->recent, NULL},
        {IMAP4_STATUS_ATT_UIDNEXT, &status->uidnext, NULL},
        {IMAP4_STATUS_ATT_UIDVALIDITY, &status->uidvalidity, NULL},
        {IMAP4_STATUS_ATT_UNSEEN, &status->unseen, NULL},
        {IMAP4_STATUS_ATT_DELETED, &status->deleted, NULL},
        {IMAP4_STATUS_ATT_SIZE, NULL, &status->size},
        {IMAP4_STATUS_ATT_HIGHESTMODSEQ, NULL, &status->highestmodseq},
        {IMAP4_STATUS_ATT_DELETED_STORAGE, NULL, &status->deleted_storage},
        {IMAP4_STATUS_ATT_APPENDLIMIT, NULL, &status->appendlimit},
    };

    if (says_nothing(att, number))
        return;
    status->present |= att;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (places[i].att == att && places[i].small != NULL)
            *places[i].small = saturate(number);
        else if (places[i].att == att)
            *places[i].large = number;
    }
}

/* A number, or NIL: no limit for APPENDLIMIT (RFC 7889 section 4), not said for all others. */
static int read_number(imap4__cursor *cur, imap4_mailbox_status *status, uint32_t att)
{
    uint64_t number;

    if (imap4__slot_nil(cur)) {
        if (att == IMAP4_STATUS_ATT_APPENDLIMIT)
            set_att(status, att, UINT64_MAX);
        return 1;
    }
    if (imap4__number(cur, &number) != 1 || (cur->at < cur->end && *cur->at != ' ' && *cur->at != ')'))
        return 0;
    set_att(status, att, number);
    return 1;
}

/* "MAILBOXID" SP "(" objectid ")" (RFC 8474 section 7) */
static int read_mailboxid(imap4__cursor *cur, imap4_mailbox_status *status)
{
    int result = imap4__objectid_read_one(cur, &status->mailboxid);

    if (result == 1 && status->mailboxid.data != NULL)
        status->present |= IMAP4_STATUS_ATT_MAILBOXID;
    return result;
}

static int read_objectid(imap4__cursor *cur, imap4_mailbox_status *status)
{
    int result = imap4__slot_nil(cur) ? 1 : imap4__objectid_read(cur, &status->objectid);

    if (status->objectid != NULL)
        status->present |= IMAP4_STATUS_ATT_OBJECTID;
    return result;
}

/* The value of a known attribute. 1, 0 if it is none, or an error. */
static int read_known(imap4__cursor *cur, imap4_mailbox_status *status, uint32_t att)
{
    if (att == IMAP4_STATUS_ATT_MAILBOXID)
        return read_mailboxid(cur, status);
    if (att == IMAP4_STATUS_ATT_OBJECTID)
        return read_objectid(cur, status);
    return read_number(cur, status, att);
}

/* status-att-val, by name. What cannot be read is left out. 1, 0 if there is no way on, or an error. */
static int read_att(imap4__cursor *cur, imap4__response *response, imap4_mailbox_status *status,
                    const imap4_named_value ***tail)
{
    const uint8_t *begin = cur->at;
    const uint8_t *value;
    imap4_str name;
    uint32_t att;
    int result;

    if (imap4__atom(cur, &name) != 1) { /* a value where a name is due */
        imap4__response_damage(response, begin);
        return imap4__skip_value(cur);
    }
    att = imap4__name_number(imap4__status_att_names, name, 0);
    if (att == 0)
        return imap4__named_read(cur, response, name, tail);
    imap4__gap(cur);
    value = cur->at;
    result = read_known(cur, status, att);
    if (result == 1 || result == IMAP4_ERROR_MEMORY)
        return result;
    imap4__response_damage(response, begin);
    cur->at = value;
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
        if (result != 1)
            return result;
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
    if (at == begin)
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
