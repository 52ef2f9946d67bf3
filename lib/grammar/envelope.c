#include "grammar/envelope.h"

#include "grammar/address.h"
#include "grammar/attempt.h"
#include "grammar/slot.h"

#include <string.h>

/*
 * envelope = "(" env-date SP env-subject SP env-from SP env-sender SP env-reply-to SP env-to SP env-cc SP env-bcc SP
 *            env-in-reply-to SP env-message-id ")"
 *
 * From behind the "(". Fields that are missing at the end are NIL: QQ and others cut envelopes short.
 */
static int read_fields(imap4__cursor *cur, imap4__response *response, imap4_envelope *envelope)
{
    const imap4_address **const lists[] = {&envelope->from, &envelope->sender, &envelope->reply_to,
                                           &envelope->to,   &envelope->cc,     &envelope->bcc};
    int result = imap4__slot_text(cur, response, IMAP4__FOLLOW_TEXT, &envelope->date);

    if (result == 1)
        result = imap4__slot_text(cur, response, IMAP4__FOLLOW_LIST, &envelope->subject);
    for (size_t i = 0; result == 1 && i < sizeof lists / sizeof lists[0]; i++)
        result = imap4__addresses_read(cur, response, lists[i]);
    if (result == 1)
        result = imap4__slot_text(cur, response, IMAP4__FOLLOW_TEXT | IMAP4__FOLLOW_CLOSE, &envelope->in_reply_to);
    if (result == 1)
        result = imap4__slot_text(cur, response, IMAP4__FOLLOW_CLOSE, &envelope->message_id);
    return result == 1 ? imap4__slot_close(cur, response) : result;
}

static int read_once(imap4__cursor *cur, imap4__response *response, const void **out)
{
    imap4_envelope *envelope = imap4__arena_zalloc(cur->arena, sizeof *envelope);
    int result;

    if (envelope == NULL)
        return IMAP4_ERROR_MEMORY;
    cur->at++;
    result = read_fields(cur, response, envelope);
    if (result == 1)
        *out = envelope;
    return result;
}

/*
 * Quotes that cannot be made sense of may hide where an envelope ends. What does end one is a Message-ID:
 * `"<a@x.org>")`. Returns behind it, or NULL.
 */
static const uint8_t *find_end(const imap4__cursor *cur, imap4__response *response)
{
    const uint8_t *at = cur->at;

    while (imap4__quote_again(cur, response, 0) && cur->end - at >= 3) {
        size_t room = (size_t)(cur->end - at - 2);
        const uint8_t *bracket = memchr(at, '>', room);

        (void)imap4__quote_again(cur, response, bracket == NULL ? room : (size_t)(bracket - at));
        if (bracket == NULL)
            return NULL;
        at = bracket + 3;
        if (bracket[1] == '"' && bracket[2] == ')' && imap4__quote_separator(at, cur->end))
            return at;
        at = bracket + 1;
    }
    return NULL;
}

int imap4__envelope_read(imap4__cursor *cur, imap4__response *response, const imap4_envelope **out)
{
    const uint8_t *begin = cur->at;
    const uint8_t *end;
    const void *envelope = NULL;
    int result;

    if (imap4__peek(cur) != '(')
        return 0;
    result = imap4__attempt(cur, response, read_once, &envelope);
    if (result == 1)
        *out = envelope;
    if (result != IMAP4_ERROR_PROTOCOL)
        return result;
    cur->at = begin;
    end = find_end(cur, response);
    if (end == NULL)
        return result;
    imap4__response_damage(response, begin);
    cur->at = end;
    return 1;
}
