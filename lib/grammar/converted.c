#include "grammar/converted.h"

#include "grammar/fetch.h"
#include "grammar/slot.h"

/* convert-correlator = "(" "TAG" SP tag-string ")". 1, 0 with nothing consumed if there is none, or an error. */
static int read_correlator(imap4__cursor *cur, imap4_str *tag)
{
    imap4__cursor look = *cur;
    int result;

    if (!imap4__take(&look, '('))
        return 0;
    imap4__gap(&look);
    if (imap4__word(&look, "TAG") != 1)
        return 0;
    imap4__gap(&look);
    result = imap4__astring(&look, tag);
    imap4__gap(&look);
    if (result != 1 || !imap4__take(&look, ')'))
        return result < 0 ? result : IMAP4_ERROR_PROTOCOL;
    cur->at = look.at;
    return 1;
}

/* message-data =/ nz-number SP "CONVERTED" SP convert-correlator SP convert-msg-attrs */
int imap4__converted_read(imap4__cursor *cur, imap4__response *response)
{
    imap4_converted *converted = imap4__arena_zalloc(cur->arena, sizeof *converted);
    imap4_msg_att *message = imap4__arena_zalloc(cur->arena, sizeof *message);
    int result;

    if (converted == NULL || message == NULL)
        return IMAP4_ERROR_MEMORY;
    message->seq = response->number > UINT32_MAX ? UINT32_MAX : (uint32_t)response->number;
    result = read_correlator(cur, &converted->tag);
    if (result < 0)
        return result;
    result = imap4__fetch_items_read(cur, response, message, 1);
    if (result != 1)
        return result;
    converted->message = message;
    response->data.converted = converted;
    return 1;
}
