#include "grammar/objectid.h"

#include "base/str.h"
#include "grammar/slot.h"

/* The list form, from behind its "(". */
static int read_list(imap4__cursor *cur, imap4_str *out)
{
    int result = 1;

    imap4__gap(cur);
    if (imap4__peek(cur) != ')')
        result = imap4__ntext(cur, out);
    imap4__gap(cur);
    return result == 1 ? imap4__take(cur, ')') : result;
}

/* "(" objectid ")" (RFC 8474 section 7); bare in OBJECTID, and James sends "()" for none */
int imap4__objectid_read_one(imap4__cursor *cur, imap4_str *out)
{
    const uint8_t *begin = cur->at;
    imap4_str id = {NULL, 0};
    int result = imap4__take(cur, '(') ? read_list(cur, &id) : imap4__ntext(cur, &id);

    if (result == 1)
        *out = id;
    else
        cur->at = begin;
    return result;
}

/* Where the identifier of that name goes; NULL for a name that is not known. */
static imap4_str *place(imap4_objectid *ids, imap4_str name)
{
    static const char *const names[] = {"MAILBOXID", "ACCOUNTID", "EMAILID", "THREADID"};
    imap4_str *const places[] = {&ids->mailboxid, &ids->accountid, &ids->emailid, &ids->threadid};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (imap4__str_eq_nocase(name, names[i]))
            return places[i];
    }
    return NULL;
}

/* One name with its identifier; others are passed over. 1, 0, or an error. */
static int read_pair(imap4__cursor *cur, imap4_objectid *ids)
{
    imap4_str name;
    imap4_str *to;

    if (imap4__atom(cur, &name) != 1)
        return 0;
    to = place(ids, name);
    imap4__gap(cur);
    return to != NULL ? imap4__objectid_read_one(cur, to) : imap4__skip_value(cur);
}

int imap4__objectid_read(imap4__cursor *cur, const imap4_objectid **out)
{
    const uint8_t *begin = cur->at;
    imap4_objectid *ids;
    int result = 1;

    if (!imap4__take(cur, '('))
        return 0;
    ids = imap4__arena_zalloc(cur->arena, sizeof *ids);
    if (ids == NULL)
        return IMAP4_ERROR_MEMORY;
    while (result == 1) {
        imap4__gap(cur);
        if (imap4__take(cur, ')')) {
            *out = ids;
            return 1;
        }
        result = read_pair(cur, ids);
    }
    cur->at = begin;
    return result;
}
