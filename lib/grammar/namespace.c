#include "grammar/namespace.h"

#include "base/str.h"
#include "grammar/mailbox.h"
#include "grammar/named.h"
#include "grammar/rest.h"
#include "grammar/slot.h"
#include "wire/utf7.h"

static int read_extension(imap4__cursor *cur, imap4__response *response, imap4_namespace_descr *descr,
                          const imap4_named_value ***tail)
{
    imap4__cursor look;
    imap4_str name;
    imap4_str raw;
    int result = imap4__astring(cur, &name);

    if (result != 1)
        return result;
    if (imap4__str_eq_nocase(name, "TRANSLATION")) {
        look = *cur;
        /* namespace-trans = SP DQUOTE "TRANSLATION" DQUOTE SP "(" string ")" (RFC 5255 section 3.5) */
        result = imap4__mailbox_read_listed(&look, &descr->translation, &raw);
        if (result == 1)
            cur->at = look.at;
        if (result == 1 || result == IMAP4_ERROR_MEMORY)
            return result;
    }
    return imap4__named_read(cur, response, name, tail);
}

/* Namespace-Response-Extension = SP string SP "(" string *(SP string) ")", up to and with the closing parenthesis */
static int read_extensions(imap4__cursor *cur, imap4__response *response, imap4_namespace_descr *descr)
{
    const imap4_named_value **tail = &descr->extensions;

    for (;;) {
        int result;

        imap4__gap(cur);
        if (imap4__take(cur, ')'))
            return 1;
        result = read_extension(cur, response, descr, &tail);
        if (result != 1)
            return result;
    }
}

/* Namespace-Descr = "(" string SP (DQUOTE QUOTED-CHAR DQUOTE / nil) [Namespace-Response-Extensions] ")" */
static int read_descr(imap4__cursor *cur, imap4__response *response, const imap4_namespace_descr ***tail)
{
    imap4_namespace_descr *descr;
    int result = imap4__response_count(response, cur);

    if (result != IMAP4_OK)
        return result;
    descr = imap4__arena_zalloc(cur->arena, sizeof *descr);
    if (descr == NULL)
        return IMAP4_ERROR_MEMORY;
    imap4__gap(cur);
    result = imap4__ntext(cur, &descr->raw_prefix);
    if (result != 1)
        return result;
    if (descr->raw_prefix.data == NULL)
        descr->raw_prefix = imap4__str("");
    imap4__gap(cur);
    if (imap4__peek(cur) != ')') {
        result = imap4__ntext(cur, &descr->delimiter);
        if (result != 1)
            return result;
        if (descr->delimiter.len == 0)
            descr->delimiter = imap4__str(NULL);
    }
    result = read_extensions(cur, response, descr);
    if (result != 1)
        return result;
    if (imap4__mailbox_name(cur->arena, descr->raw_prefix, cur->utf8, &descr->prefix) != IMAP4_OK)
        return IMAP4_ERROR_MEMORY;
    **tail = descr;
    *tail = &descr->next;
    return 1;
}

/* A namespace that cannot be read costs itself. 1, 0 if its end cannot be found, or an error. */
static int read_or_skip(imap4__cursor *cur, imap4__response *response, const imap4_namespace_descr ***tail)
{
    const uint8_t *begin = cur->at;
    int result = read_descr(cur, response, tail);

    if (result == 1 || result == IMAP4_ERROR_MEMORY || result == IMAP4_ERROR_LIMIT)
        return result;
    cur->at = begin;
    result = imap4__skip_list(cur);
    if (result == 1)
        imap4__response_damage(response, begin);
    return result;
}

/* Namespace = nil / "(" 1*Namespace-Descr ")". Classes that are missing at the end count as NIL. */
static int read_class(imap4__cursor *cur, imap4__response *response, const imap4_namespace_descr **out)
{
    const imap4_namespace_descr **tail = out;
    int result;

    *out = NULL;
    if (imap4__rest_is_empty(cur) || imap4__slot_nil(cur))
        return 1;
    if (!imap4__take(cur, '('))
        return 0;
    for (;;) {
        imap4__gap(cur);
        if (imap4__take(cur, ')'))
            return 1;
        if (!imap4__take(cur, '('))
            return 0;
        result = read_or_skip(cur, response, &tail);
        if (result != 1)
            return result;
    }
}

/* Namespace-Response = "NAMESPACE" SP Namespace SP Namespace SP Namespace: personal, other users', shared */
int imap4__namespace_read(imap4__cursor *cur, imap4__response *response)
{
    imap4_namespaces *spaces = imap4__arena_zalloc(cur->arena, sizeof *spaces);
    int result;

    if (spaces == NULL)
        return IMAP4_ERROR_MEMORY;
    result = read_class(cur, response, &spaces->personal);
    if (result == 1)
        result = read_class(cur, response, &spaces->other_users);
    if (result == 1)
        result = read_class(cur, response, &spaces->shared);
    if (result != 1)
        return result;
    response->data.namespaces = spaces;
    return imap4__rest(cur, response);
}
