#include "grammar/text.h"

#include "base/str.h"
#include "grammar/code.h"
#include "grammar/slot.h"

static const imap4__name statuses[] = {
    {"OK", IMAP4_STATUS_OK},           {"NO", IMAP4_STATUS_NO},   {"BAD", IMAP4_STATUS_BAD},
    {"PREAUTH", IMAP4_STATUS_PREAUTH}, {"BYE", IMAP4_STATUS_BYE}, {NULL, 0},
};

const char *imap4_status_name(int status)
{
    return status > 0 ? imap4__name_text(statuses, (uint32_t)status) : NULL;
}

int imap4__status_number(imap4_str word)
{
    return (int)imap4__name_number(statuses, word, IMAP4_STATUS_NONE);
}

/* Exchange, when it has had enough: "BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds" */
static const char backoff[] = "Suggested Backoff Time:";

static uint64_t read_backoff(imap4__cursor cur)
{
    const size_t len = sizeof backoff - 1;
    uint64_t number;

    while ((size_t)(cur.end - cur.at) > len && !imap4__nocase_n(cur.at, backoff, len))
        cur.at++;
    if ((size_t)(cur.end - cur.at) <= len)
        return 0;
    cur.at += len;
    imap4__gap(&cur);
    if (imap4__number(&cur, &number) != 1)
        return 0;
    imap4__gap(&cur);
    return cur.end - cur.at >= 11 && imap4__nocase_n(cur.at, "millisecond", 11) ? number : 0;
}

/* resp-text = ["[" resp-text-code "]" SP] [text]; the spaces and the text are often missing */
int imap4__resp_text_read(imap4__cursor *cur, int status, imap4_resp_text **out)
{
    imap4_resp_text *text = imap4__arena_zalloc(cur->arena, sizeof *text);
    int result;

    if (text == NULL)
        return IMAP4_ERROR_MEMORY;
    text->status = status;
    (void)imap4__spaces(cur);
    result = imap4__code_read(cur, text);
    if (result < 0)
        return result;
    if (result == 1)
        (void)imap4__spaces(cur);
    result = imap4__arena_str(cur->arena, cur->at, (size_t)(cur->end - cur->at), &text->text);
    if (result != IMAP4_OK)
        return result;
    text->backoff_ms = read_backoff(*cur);
    cur->at = cur->end;
    *out = text;
    return 1;
}
