#include "grammar/language.h"

#include "grammar/capability.h"
#include "grammar/rest.h"
#include "grammar/slot.h"

/* language-data = "LANGUAGE" SP "(" lang-tag-quoted *(SP lang-tag-quoted) ")"; without parentheses too */
int imap4__language_read(imap4__cursor *cur, imap4__response *response)
{
    imap4__strs tags = {NULL, 0, 0};
    imap4_names *names = NULL;
    int result = imap4__names_read_list(cur, &names);

    if (result == 0) {
        result = imap4__strs_read(cur, &tags);
        if (result >= 0)
            result = imap4__names_make(cur, &tags, &names);
    }
    if (result != 1)
        return result;
    response->data.names = names;
    return imap4__rest(cur, response);
}

/* comparator-data = "COMPARATOR" SP comp-sel-quoted [SP "(" comp-id-quoted *(SP comp-id-quoted) ")"] */
int imap4__comparator_read(imap4__cursor *cur, imap4__response *response)
{
    imap4_comparator *said = imap4__arena_zalloc(cur->arena, sizeof *said);
    imap4_names *matching = NULL;
    const uint8_t *begin;
    int result;

    if (said == NULL)
        return IMAP4_ERROR_MEMORY;
    result = imap4__astring(cur, &said->active);
    if (result != 1)
        return result;
    response->data.comparator = said;
    imap4__gap(cur);
    begin = cur->at;
    result = imap4__names_read_list(cur, &matching);
    if (result == IMAP4_ERROR_MEMORY || result == IMAP4_ERROR_LIMIT)
        return result;
    said->matching = matching;
    if (result == IMAP4_ERROR_PROTOCOL) {
        imap4__response_damage(response, begin);
        return 1;
    }
    return imap4__rest(cur, response);
}
