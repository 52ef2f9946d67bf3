#include "grammar/search.h"

#include "base/str.h"
#include "grammar/found.h"
#include "grammar/slot.h"

static const imap4__name kinds[] = {
    {"SEARCH", IMAP4_SEARCH_SEARCH},
    {"SORT", IMAP4_SEARCH_SORT},
    {"ESEARCH", IMAP4_SEARCH_ESEARCH},
    {NULL, 0},
};

const char *imap4_search_kind_name(int kind)
{
    return kind > 0 ? imap4__name_text(kinds, (uint32_t)kind) : NULL;
}

/* search-sort-mod-seq = "(" "MODSEQ" SP mod-sequence-value ")". 1, or 0 with nothing consumed. */
static int read_modseq(imap4__cursor *cur, imap4_search_data *search)
{
    imap4__cursor look = *cur;
    uint64_t number;

    if (!imap4__take(&look, '('))
        return 0;
    imap4__gap(&look);
    if (!imap4__word(&look, "MODSEQ"))
        return 0;
    imap4__gap(&look);
    if (imap4__number(&look, &number) != 1)
        return 0;
    imap4__gap(&look);
    if (!imap4__take(&look, ')'))
        return 0;
    cur->at = look.at;
    search->modseq = number;
    search->present |= number != 0 ? (uint32_t)IMAP4_FOUND_MODSEQ : 0;
    return 1;
}

/*
 * mailbox-data =/ "SEARCH" [1*(SP nz-number) [SP search-sort-mod-seq]]
 * sort-data     = "SORT" [1*(SP nz-number) [SP search-sort-mod-seq]]
 *
 * Whatever else stands between the numbers is left out.
 */
static int read_result(imap4__cursor *cur, imap4__response *response, int kind)
{
    imap4_search_data *search = imap4__arena_zalloc(cur->arena, sizeof *search);
    imap4__found found = imap4__found_begin(cur, IMAP4__RUN_LIST);
    int result;

    if (search == NULL)
        return IMAP4_ERROR_MEMORY;
    search->kind = kind;
    search->present = IMAP4_FOUND_ALL;
    while ((result = imap4__found_more(&found, response)) > IMAP4__FOUND_END) {
        if (result == IMAP4__FOUND_OTHER && !read_modseq(cur, search))
            imap4__found_pass(&found, response);
    }
    if (result < 0)
        return result;
    search->uids = imap4__found_uids(found.set);
    search->numbers = imap4__found_numbers(found.set);
    response->data.search = search;
    return 1;
}

int imap4__search_read(imap4__cursor *cur, imap4__response *response)
{
    return read_result(cur, response, IMAP4_SEARCH_SEARCH);
}

int imap4__sort_read(imap4__cursor *cur, imap4__response *response)
{
    return read_result(cur, response, IMAP4_SEARCH_SORT);
}
