#include "grammar/vanished.h"

#include "grammar/found.h"
#include "grammar/slot.h"

/* "(EARLIER)". 1, 0 if something else stands there: then nobody can tell whether message numbers change. */
static int read_earlier(imap4__cursor *cur)
{
    int list = imap4__take(cur, '(');

    imap4__gap(cur);
    if (!imap4__word(cur, "EARLIER"))
        return 0;
    if (!list)
        return 1;
    imap4__gap(cur);
    return imap4__take(cur, ')');
}

static int is_modifier(int c)
{
    return c == '(' || c == 'E' || c == 'e';
}

/*
 * expunged-resp =  "VANISHED" [SP "(EARLIER)"] SP known-uids (RFC 7162 section 7)
 *
 * iCloud: nothing behind the word, which says that nothing is gone.
 */
int imap4__vanished_read(imap4__cursor *cur, imap4__response *response)
{
    imap4_vanished *vanished = imap4__arena_zalloc(cur->arena, sizeof *vanished);
    imap4__found found = imap4__found_begin(cur, IMAP4__RUN_SET);
    int result;

    if (vanished == NULL)
        return IMAP4_ERROR_MEMORY;
    result = imap4__found_more(&found, response);
    if (result == IMAP4__FOUND_OTHER && is_modifier(imap4__peek(cur))) {
        if (!read_earlier(cur))
            return 0;
        vanished->earlier = 1;
        result = IMAP4__FOUND_LIST;
    }
    for (; result > IMAP4__FOUND_END; result = imap4__found_more(&found, response)) {
        if (result == IMAP4__FOUND_OTHER)
            imap4__found_pass(&found, response);
    }
    if (result < 0)
        return result;
    vanished->uids = imap4__found_uids(found.set);
    response->data.vanished = vanished;
    return 1;
}
