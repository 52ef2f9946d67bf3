#include "grammar/url.h"

#include "base/str.h"
#include "grammar/body.h"
#include "grammar/capability.h"
#include "grammar/named.h"
#include "grammar/rest.h"
#include "grammar/slot.h"

static int read_data(imap4__cursor *cur, imap4_url_data *url)
{
    imap4__text text;
    int result = imap4__nstring(cur, &text);

    if (result != 1)
        return result;
    url->data = text.str;
    url->size = text.size;
    url->truncated = text.truncated;
    return 1;
}

static int read_binary(imap4__cursor *cur, imap4_url_data *url)
{
    url->binary = 1;
    return read_data(cur, url);
}

/*
 * "BODYPARTSTRUCTURE" SP body, "BODY" SP nstring, "BINARY" SP (nstring / literal8) (RFC 5524), or what else a later
 * version may have. 1, 0 if it cannot be read, or an error.
 */
static int read_item(imap4__cursor *cur, imap4__response *response, imap4_url_data *url,
                     const imap4_named_value ***tail)
{
    imap4_str name;

    if (imap4__atom(cur, &name) != 1)
        return 0;
    imap4__gap(cur);
    if (imap4__str_eq_nocase(name, "BINARY"))
        return read_binary(cur, url);
    if (imap4__str_eq_nocase(name, "BODY"))
        return read_data(cur, url);
    if (!imap4__str_eq_nocase(name, "BODYPARTSTRUCTURE"))
        return imap4__named_read(cur, response, name, tail);
    return imap4__slot_nil(cur) ? 1 : imap4__body_read(cur, response, &url->body);
}

/* The items of one list, from behind its "(" on. Damage costs the rest of the list. */
static int read_items(imap4__cursor *cur, imap4__response *response, imap4_url_data *url,
                      const imap4_named_value ***tail)
{
    for (;;) {
        const uint8_t *begin;
        int result;

        imap4__gap(cur);
        begin = cur->at;
        if (imap4__take(cur, ')'))
            return 1;
        result = read_item(cur, response, url, tail);
        if (result == IMAP4_ERROR_MEMORY)
            return result;
        if (result != 1) {
            cur->at = begin;
            result = imap4__skip_list(cur);
            if (result == 1)
                imap4__response_damage(response, begin);
            return result;
        }
    }
}

/* urlfetch-data = "*" SP "URLFETCH" 1*(SP url-full SP nstring), or in place of the nstring 1*("(" item ")" [SP]) */
static int read_url(imap4__cursor *cur, imap4__response *response, const imap4_url_data ***urls)
{
    const imap4_named_value **tail;
    imap4_url_data *url;
    int result = imap4__response_count(response, cur);

    if (result != IMAP4_OK)
        return result;
    url = imap4__arena_zalloc(cur->arena, sizeof *url);
    if (url == NULL)
        return IMAP4_ERROR_MEMORY;
    result = imap4__astring(cur, &url->url);
    if (result != 1)
        return result;
    **urls = url;
    *urls = &url->next;
    tail = &url->other;
    imap4__gap(cur);
    if (imap4__peek(cur) != '(')
        return read_data(cur, url);
    while (result == 1 && imap4__take(cur, '(')) {
        result = read_items(cur, response, url, &tail);
        imap4__gap(cur);
    }
    return result;
}

int imap4__urlfetch_read(imap4__cursor *cur, imap4__response *response)
{
    const imap4_url_data *first = NULL;
    const imap4_url_data **urls = &first;

    while (!imap4__rest_is_empty(cur)) {
        const uint8_t *begin = cur->at;
        int result = read_url(cur, response, &urls);

        if (result == IMAP4_ERROR_MEMORY || result == IMAP4_ERROR_LIMIT)
            return result;
        if (result != 1) {
            imap4__response_damage(response, begin);
            break;
        }
    }
    response->data.url_data = first;
    return 1;
}

/* genurlauth-data = "*" SP "GENURLAUTH" 1*(SP url-full) */
int imap4__genurlauth_read(imap4__cursor *cur, imap4__response *response)
{
    imap4__strs urls = {NULL, 0, 0};
    imap4_names *names;
    int result = imap4__strs_read(cur, &urls);

    if (result >= 0)
        result = imap4__names_make(cur, &urls, &names);
    if (result != 1)
        return result;
    response->data.names = names;
    return imap4__rest(cur, response);
}

/* jmapaccess-data = "JMAPACCESS" SP quoted */
int imap4__jmapaccess_read(imap4__cursor *cur, imap4__response *response)
{
    imap4_names *names = imap4__arena_alloc(cur->arena, sizeof *names);
    imap4_str *url = imap4__arena_alloc(cur->arena, sizeof *url);
    int result;

    if (names == NULL || url == NULL)
        return IMAP4_ERROR_MEMORY;
    result = imap4__astring(cur, url);
    if (result != 1)
        return result;
    names->names = url;
    names->count = 1;
    response->data.names = names;
    return imap4__rest(cur, response);
}
