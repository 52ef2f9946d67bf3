#include "grammar/namespace.h"

#include "base/str.h"
#include "grammar/named.h"
#include "grammar/slot.h"
#include "wire/utf7.h"

/* Namespace-Response-Extension = SP string SP "(" string *(SP string) ")", up to and with the closing parenthesis */
static int read_extensions(imap4__cursor *cur, imap4__response *response, imap4_namespace_descr *descr)
{
    const imap4_named_value **tail = &descr->extensions;

    for (;;) {
        imap4_str name;
        int result;

        imap4__gap(cur);
        if (imap4__take(cur, ')'))
            return 1;
        result = imap4__astring(cur, &name);
        if (result == 1)
            result = imap4__named_read(cur, response, name, &tail);
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

/* Namespace = nil / "(" 1*Namespace-Descr ")". Classes that are missing at the end count as NIL. */
static int read_class(imap4__cursor *cur, imap4__response *response, const imap4_namespace_descr **out)
{
    const imap4_namespace_descr **tail = out;
    int result;

    *out = NULL;
    imap4__gap(cur);
    if (imap4__at_end(cur) || imap4__slot_nil(cur))
        return 1;
    if (!imap4__take(cur, '('))
        return 0;
    for (;;) {
        imap4__gap(cur);
        if (imap4__take(cur, ')'))
            return 1;
        if (!imap4__take(cur, '('))
            return 0;
        result = read_descr(cur, response, &tail);
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
    if (result == 1)
        response->data.namespaces = spaces;
    return result;
}
