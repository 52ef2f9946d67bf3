#include "grammar/search.h"

#include "grammar/slot.h"
#include "wire/set.h"

/* search-sort-mod-seq = "(" "MODSEQ" SP mod-sequence-value ")"; other things in parentheses are left out. */
static int read_modseq(imap4__cursor *cur, imap4__response *response, imap4_search_data *search)
{
    imap4__cursor look = *cur;
    uint64_t number;
    int result;

    look.at++;
    imap4__gap(&look);
    if (imap4__word(&look, "MODSEQ") == 1) {
        imap4__gap(&look);
        if (imap4__number(&look, &number) == 1) {
            imap4__gap(&look);
            if (imap4__take(&look, ')')) {
                search->modseq = number;
                cur->at = look.at;
                return 1;
            }
        }
    }
    imap4__response_damage(response, cur->at);
    result = imap4__skip_value(cur);
    return result == 0 ? IMAP4_ERROR_PROTOCOL : result;
}

/* Digits up to a space or the end. 0 with nothing consumed for anything else, zero and what has more than 32 bits. */
static int read_number(imap4__cursor *cur, uint32_t *out)
{
    const uint8_t *at = cur->at;
    uint64_t number = 0;

    while (at < cur->end && *at >= '0' && *at <= '9' && number <= UINT32_MAX)
        number = number * 10 + (uint64_t)(*at++ - '0');
    if (number == 0 || number > UINT32_MAX || (at < cur->end && *at != ' ' && *at != '('))
        return 0;
    cur->at = at;
    *out = (uint32_t)number;
    return 1;
}

/* One byte at least, so that whatever stands there does not stop the numbers behind it. */
static int skip_odd(imap4__cursor *cur, imap4__response *response)
{
    const uint8_t *begin = cur->at;
    int result;

    imap4__response_damage(response, begin);
    result = imap4__skip_value(cur);
    if (result == IMAP4_ERROR_MEMORY)
        return result;
    if (result != 1 || cur->at == begin)
        cur->at = begin + 1;
    return 1;
}

/* mailbox-data =/ "SEARCH" [1*(SP nz-number) [SP search-sort-mod-seq]] */
int imap4__search_read(imap4__cursor *cur, imap4__response *response)
{
    imap4_search_data *search = imap4__arena_zalloc(cur->arena, sizeof *search);
    imap4__set *set = imap4__arena_zalloc(cur->arena, sizeof *set);

    if (search == NULL || set == NULL)
        return IMAP4_ERROR_MEMORY;
    for (;;) {
        uint32_t number;
        int result = 1;

        imap4__gap(cur);
        if (cur->at == cur->end)
            break;
        if (read_number(cur, &number) == 1)
            result = imap4__set_append(cur->arena, set, number) == IMAP4_OK ? 1 : IMAP4_ERROR_MEMORY;
        else if (*cur->at == '(')
            result = read_modseq(cur, response, search);
        else
            result = skip_odd(cur, response);
        if (result != 1)
            return result;
    }
    search->uids = (const imap4_uid_set *)(const void *)set;
    search->numbers = (const imap4_seq_set *)(const void *)set;
    response->data.search = search;
    return 1;
}
