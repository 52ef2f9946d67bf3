#include "grammar/quota.h"

#include "base/str.h"
#include "grammar/mailbox.h"
#include "grammar/rest.h"
#include "grammar/slot.h"
#include "grammar/strs.h"

/* RFC 9208 section 5 */
static const imap4__name kinds[] = {
    {"STORAGE", IMAP4_QUOTA_STORAGE},
    {"MESSAGE", IMAP4_QUOTA_MESSAGE},
    {"MAILBOX", IMAP4_QUOTA_MAILBOX},
    {"ANNOTATION-STORAGE", IMAP4_QUOTA_ANNOTATION_STORAGE},
    {NULL, 0},
};

const char *imap4_quota_kind_name(int kind)
{
    return kind > 0 ? imap4__name_text(kinds, (uint32_t)kind) : NULL;
}

/* A number, or anything else that stands in its place: then *good becomes 0. 1 or an error. */
static int read_amount(imap4__cursor *cur, uint64_t *out, int *good)
{
    const uint8_t *begin;
    int result;

    imap4__gap(cur);
    begin = cur->at;
    result = imap4__number(cur, out);
    if (result == 1 && (cur->at == cur->end || *cur->at == ' ' || *cur->at == ')'))
        return 1;
    *good = 0;
    cur->at = begin;
    if (imap4__peek(cur) == ')')
        return 1;
    result = imap4__skip_value(cur);
    return result == 0 ? IMAP4_ERROR_PROTOCOL : result;
}

/* quota-resource = resource-name SP resource-usage SP resource-limit. One that cannot be read is left out. */
static int read_resource(imap4__cursor *cur, imap4__response *response, const imap4_quota_resource ***tail)
{
    const uint8_t *begin = cur->at;
    imap4_quota_resource *resource;
    int good = 1;
    int result = imap4__response_count(response, cur);

    if (result != IMAP4_OK)
        return result;
    resource = imap4__arena_zalloc(cur->arena, sizeof *resource);
    if (resource == NULL)
        return IMAP4_ERROR_MEMORY;
    result = imap4__astring(cur, &resource->name);
    if (result == 1)
        result = read_amount(cur, &resource->usage, &good);
    if (result == 1)
        result = read_amount(cur, &resource->limit, &good);
    if (result != 1)
        return result;
    if (!good) {
        imap4__response_damage(response, begin);
        return 1;
    }
    resource->kind = (int32_t)imap4__name_number(kinds, resource->name, IMAP4_QUOTA_OTHER);
    **tail = resource;
    *tail = &resource->next;
    return 1;
}

/* quota-list = "(" quota-resource *(SP quota-resource) ")"; "()" too (RFC 2087) */
static int read_resources(imap4__cursor *cur, imap4__response *response, imap4_quota *quota)
{
    const imap4_quota_resource **tail = &quota->resources;

    imap4__gap(cur);
    if (!imap4__take(cur, '('))
        return 0;
    for (;;) {
        int result;

        imap4__gap(cur);
        if (imap4__take(cur, ')'))
            return 1;
        result = read_resource(cur, response, &tail);
        if (result != 1)
            return result;
    }
}

/* quota-response = "QUOTA" SP quota-root-name SP quota-list */
int imap4__quota_read(imap4__cursor *cur, imap4__response *response)
{
    imap4_quota *quota = imap4__arena_zalloc(cur->arena, sizeof *quota);
    int result;

    if (quota == NULL)
        return IMAP4_ERROR_MEMORY;
    result = imap4__astring(cur, &quota->root);
    if (result == 1)
        result = read_resources(cur, response, quota);
    if (result != 1)
        return result;
    response->data.quota = quota;
    return imap4__rest(cur, response);
}

/* quotaroot-response = "QUOTAROOT" SP mailbox *(SP quota-root-name) */
int imap4__quota_root_read(imap4__cursor *cur, imap4__response *response)
{
    imap4_quota_root *said = imap4__arena_zalloc(cur->arena, sizeof *said);
    imap4__strs roots = {NULL, 0, 0};
    int result;

    if (said == NULL)
        return IMAP4_ERROR_MEMORY;
    result = imap4__mailbox_read(cur, &said->name, &said->raw);
    if (result != 1)
        return result;
    result = imap4__strs_read(cur, &roots);
    if (result < 0)
        return result;
    said->roots = roots.items;
    said->root_count = roots.count;
    response->data.quota_root = said;
    return imap4__rest(cur, response);
}
