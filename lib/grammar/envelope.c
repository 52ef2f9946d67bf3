#include "grammar/envelope.h"

#include "base/str.h"
#include "grammar/slot.h"

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

/* Something that does not belong there: it is left out, and reading goes on behind it. 1 or an error. */
static int leave_out(imap4__cursor *cur, imap4__response *response)
{
    const uint8_t *begin = cur->at;
    int result = imap4__skip_value(cur);

    if (result == 1)
        imap4__response_damage(response, begin);
    return result == 0 ? IMAP4_ERROR_PROTOCOL : result;
}

/* What Dovecot (to 2.3.4.1) and Exchange write where an address has no such part. */
static void clear_filler(imap4_str *part, const char *filler)
{
    if (imap4__str_eq(*part, imap4__str(filler)))
        *part = imap4__str("");
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

/* Behind "(": the four parts. 1, 0 if a list stands in place of a text, or an error. */
static int read_parts(imap4__cursor *cur, imap4_address *address)
{
    imap4_str *const parts[] = {&address->name, &address->adl, &address->mailbox, &address->host};

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        int result;

        imap4__gap(cur);
        if (imap4__peek(cur) == ')') /* three parts and fewer occur */
            return 1;
        result = imap4__slot(cur, parts[i]);
        if (result != 1)
            return result;
    }
    return 1;
}

static int skip_rest(imap4__cursor *cur)
{
    int result;

    imap4__gap(cur);
    if (imap4__take(cur, ')'))
        return 1;
    result = imap4__skip_list(cur);
    return result == 0 ? IMAP4_ERROR_PROTOCOL : result;
}

/* address = "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")" */
static int read_address(imap4__cursor *cur, imap4__response *response, const imap4_address ***tail)
{
    const uint8_t *begin = cur->at++;
    imap4_address *address;
    int result;

    imap4__gap(cur);
    if (imap4__take(cur, ')'))
        return 1;
    result = imap4__response_count(response, cur);
    if (result != IMAP4_OK)
        return result;
    address = imap4__arena_zalloc(cur->arena, sizeof *address);
    if (address == NULL)
        return IMAP4_ERROR_MEMORY;
    result = read_parts(cur, address);
    if (result < 0)
        return result;
    if (result == 0) {
        imap4__response_damage(response, begin);
        return skip_rest(cur);
    }
    address->kind = kind_of(address);
    clear_filler(&address->mailbox, "MISSING_MAILBOX");
    clear_filler(&address->host, "MISSING_DOMAIN");
    clear_filler(&address->host, ".MISSING-HOST-NAME.");
    **tail = address;
    *tail = &address->next;
    return skip_rest(cur); /* five parts occur as well */
}

/*
 * env-from = "(" 1*address ")" / nil, and the same for the others. Spaces, NIL and nothing stand between addresses too.
 */
static int read_addresses(imap4__cursor *cur, imap4__response *response, const imap4_address **out)
{
    const imap4_address **tail = out;

    imap4__gap(cur);
    if (imap4__peek(cur) == ')' || imap4__slot_nil(cur))
        return 1;
    if (!imap4__take(cur, '('))
        return leave_out(cur, response);
    for (;;) {
        int result;

        imap4__gap(cur);
        if (imap4__take(cur, ')'))
            return 1;
        if (imap4__peek(cur) == '(')
            result = read_address(cur, response, &tail);
        else if (imap4__slot_nil(cur))
            result = 1;
        else
            result = leave_out(cur, response);
        if (result != 1)
            return result;
    }
}

/* An nstring. Envelopes are sometimes cut short: what is missing before the ")" is NIL. */
static int read_text(imap4__cursor *cur, imap4__response *response, imap4_str *out)
{
    int result;

    imap4__gap(cur);
    if (imap4__peek(cur) == ')')
        return 1;
    result = imap4__slot(cur, out);
    return result == 0 ? leave_out(cur, response) : result;
}

/*
 * envelope = "(" env-date SP env-subject SP env-from SP env-sender SP env-reply-to SP env-to SP env-cc SP env-bcc SP
 *            env-in-reply-to SP env-message-id ")"
 */
static int read_fields(imap4__cursor *cur, imap4__response *response, imap4_envelope *envelope)
{
    const imap4_address **const lists[] = {&envelope->from, &envelope->sender, &envelope->reply_to,
                                           &envelope->to,   &envelope->cc,     &envelope->bcc};
    int result = read_text(cur, response, &envelope->date);

    if (result == 1)
        result = read_text(cur, response, &envelope->subject);
    for (size_t i = 0; result == 1 && i < sizeof lists / sizeof lists[0]; i++)
        result = read_addresses(cur, response, lists[i]);
    if (result == 1)
        result = read_text(cur, response, &envelope->in_reply_to);
    if (result == 1)
        result = read_text(cur, response, &envelope->message_id);
    return result == 1 ? skip_rest(cur) : result;
}

int imap4__envelope_read(imap4__cursor *cur, imap4__response *response, const imap4_envelope **out)
{
    imap4_envelope *envelope;
    int result;

    if (!imap4__take(cur, '('))
        return 0;
    envelope = imap4__arena_zalloc(cur->arena, sizeof *envelope);
    if (envelope == NULL)
        return IMAP4_ERROR_MEMORY;
    result = read_fields(cur, response, envelope);
    if (result == 1)
        *out = envelope;
    return result;
}
