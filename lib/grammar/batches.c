#include "grammar/batches.h"

#include "base/str.h"
#include "grammar/found.h"
#include "grammar/slot.h"

/* search-correlator = SP "(" "TAG" SP tag-string ")" (RFC 4466 section 6). 1, 0 if it is none, or an error. */
static int read_tag(imap4__cursor *cur, imap4_str *out)
{
    imap4__cursor look = *cur;
    int result;

    if (!imap4__take(&look, '('))
        return 0;
    imap4__gap(&look);
    if (!imap4__word(&look, "TAG"))
        return 0;
    imap4__gap(&look);
    result = imap4__astring(&look, out);
    if (result == IMAP4_ERROR_MEMORY)
        return result;
    imap4__gap(&look);
    if (result != 1 || !imap4__take(&look, ')')) {
        *out = imap4__str(NULL);
        return 0;
    }
    cur->at = look.at;
    return 1;
}

/*
 * "UIDBATCHES" SP "(" "TAG" SP tag-string ")" [SP uid-range *("," uid-range)] (RFC 10022)
 *
 * Each range is a batch. They descend, as the numbers inside do, so two of them never look like one.
 */
int imap4__batches_read(imap4__cursor *cur, imap4__response *response)
{
    imap4_uid_batches *batches = imap4__arena_zalloc(cur->arena, sizeof *batches);
    imap4__found found = imap4__found_begin(cur, IMAP4__RUN_SET);
    int result;

    if (batches == NULL)
        return IMAP4_ERROR_MEMORY;
    while ((result = imap4__found_more(&found, response)) > IMAP4__FOUND_END) {
        if (result == IMAP4__FOUND_LIST)
            continue;
        result = batches->tag.data == NULL ? read_tag(cur, &batches->tag) : 0;
        if (result < 0)
            return result;
        if (result == 0)
            imap4__found_pass(&found, response);
    }
    if (result < 0)
        return result;
    batches->batches = imap4__found_uids(found.set);
    response->data.uid_batches = batches;
    return 1;
}
