#include "grammar/push.h"

#include "grammar/rest.h"
#include "grammar/slot.h"

/* "aps-version" "2" "aps-topic" "com.apple.mail.XServer...": names with values, without parentheses. */
static int read_pair(imap4__cursor *cur, imap4__response *response, const imap4_param ***tail)
{
    imap4_param *param;
    int result = imap4__response_count(response, cur);

    if (result != IMAP4_OK)
        return result;
    param = imap4__arena_zalloc(cur->arena, sizeof *param);
    if (param == NULL)
        return IMAP4_ERROR_MEMORY;
    result = imap4__astring(cur, &param->name);
    imap4__gap(cur);
    if (result == 1)
        result = imap4__ntext(cur, &param->value);
    if (result != 1)
        return result;
    **tail = param;
    *tail = &param->next;
    return 1;
}

int imap4__push_read(imap4__cursor *cur, imap4__response *response)
{
    const imap4_param *params = NULL;
    const imap4_param **tail = &params;

    while (!imap4__rest_is_empty(cur)) {
        const uint8_t *begin = cur->at;
        int result = read_pair(cur, response, &tail);
        if (result == IMAP4_ERROR_MEMORY || result == IMAP4_ERROR_LIMIT)
            return result;
        if (result != 1) {
            imap4__response_damage(response, begin);
            break;
        }
    }
    response->data.params = params;
    return 1;
}
