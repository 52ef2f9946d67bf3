#include "grammar/found.h"

#include "grammar/slot.h"
#include "wire/scan.h"

imap4__found imap4__found_begin(imap4__cursor *cur, int kind)
{
    imap4__found found = {cur, kind, NULL, cur->at, 1, 1};

    return found;
}

int imap4__found_set(imap4__found *found, imap4__set **out, uint32_t *bad_out)
{
    imap4__gap(found->cur);
    found->at = found->cur->at;
    return imap4__sets(found->cur, found->kind, out, bad_out);
}

void imap4__found_damage(imap4__response *response, const uint8_t *at, uint32_t bad)
{
    if (bad == 0)
        return;
    imap4__response_damage(response, at);
    response->damaged = bad - 1 > UINT32_MAX - response->damaged ? UINT32_MAX : response->damaged + bad - 1;
}

/* The first list costs nothing more; others are hung behind it, and each takes memory for a few bytes of the wire. */
static int append(imap4__found *found, imap4__response *response, imap4__set *set)
{
    if (found->set == NULL) {
        found->set = set;
        return IMAP4__FOUND_LIST;
    }
    if (imap4__response_count(response, found->cur) != IMAP4_OK)
        return IMAP4_ERROR_LIMIT;
    imap4__set_join(found->set, set);
    return IMAP4__FOUND_LIST;
}

int imap4__found_more(imap4__found *found, imap4__response *response)
{
    imap4__cursor *cur = found->cur;
    imap4__set *set = NULL;
    uint32_t bad = 0;
    int result = imap4__found_set(found, &set, &bad);

    if (result < 0)
        return result;
    if (result == 0)
        return cur->at < cur->end ? IMAP4__FOUND_OTHER : IMAP4__FOUND_END;
    imap4__found_damage(response, found->at, bad);
    return append(found, response, set);
}

/* Passes over a list in parentheses; 0, with nothing consumed, if it has no end. */
static int skip_list(imap4__found *found)
{
    imap4__cursor *cur = found->cur;
    const uint8_t *begin = cur->at;
    size_t depth = 0;

    while (cur->at < cur->end) {
        if (imap4__take(cur, '('))
            depth++;
        else if (!imap4__take(cur, ')'))
            imap4__scan_step(cur, &found->quotes);
        else if (--depth == 0)
            return 1;
    }
    cur->at = begin;
    return 0;
}

/*
 * A parenthesis or quote that nothing closes is a byte like others, and so are all after it: to look for an end at each
 * costs the square.
 */
void imap4__found_skip(imap4__found *found)
{
    imap4__cursor *cur = found->cur;
    int c = imap4__peek(cur);

    if (c == '(' && found->lists) {
        if (skip_list(found))
            return;
        found->lists = 0;
    }
    if (c == '(' || c == ')')
        cur->at++;
    else
        imap4__scan_step(cur, &found->quotes);
}

void imap4__found_pass(imap4__found *found, imap4__response *response)
{
    imap4__response_damage(response, found->cur->at);
    imap4__found_skip(found);
}

const imap4_uid_set *imap4__found_uids(const imap4__set *set)
{
    return imap4__set_ranges(set) > 0 ? (const imap4_uid_set *)(const void *)set : NULL;
}

const imap4_seq_set *imap4__found_numbers(const imap4__set *set)
{
    return imap4__set_ranges(set) > 0 ? (const imap4_seq_set *)(const void *)set : NULL;
}
