#include "conn/capability.h"

#include "base/str.h"
#include "conn/conn.h"
#include "grammar/server.h"

/* RFC 9051 appendix E: what IMAP4rev2 includes. */
static int in_rev2(const char *capability)
{
    static const char *const included[] = {
        "NAMESPACE", "UNSELECT", "UIDPLUS", "ESEARCH", "SEARCHRES", "ENABLE", "IDLE", "SASL-IR",
        "LIST-EXTENDED", "LIST-STATUS", "MOVE", "LITERAL-", "STATUS=SIZE",
    };

    for (size_t i = 0; i < sizeof included / sizeof *included; i++) {
        if (imap4__str_eq_nocase(imap4__str(included[i]), capability))
            return 1;
    }
    return 0;
}

int imap4__has(const imap4_conn *conn, const char *capability)
{
    const imap4_names *names = &conn->capabilities.names;

    return imap4_names_contain(names, capability) ||
           (imap4_names_contain(names, "IMAP4rev2") && in_rev2(capability));
}

/* Some servers show by a capability who they are. */
static void recognise(imap4_conn *conn)
{
    const imap4_names *names = &conn->capabilities.names;

    for (size_t i = 0; i < names->count && !conn->server; i++)
        conn->server = imap4__server_of_capability(names->names[i]);
}

int imap4__capabilities_keep(imap4_conn *conn, const imap4_names *names)
{
    imap4__capabilities *mine = &conn->capabilities;
    size_t count = imap4__strs_within(names->names, names->count, imap4__kept_limit(conn));
    imap4__arena fresh;
    imap4_str *copies;

    imap4__arena_init(&fresh, &conn->mem);
    copies = imap4__arena_alloc(&fresh, count ? count * sizeof *copies : 1);
    for (size_t i = 0; copies && i < count; i++) {
        if (imap4__arena_str(&fresh, names->names[i].data, names->names[i].len, &copies[i]))
            copies = NULL;
    }
    if (!copies) {
        imap4__arena_clear(&fresh);
        return IMAP4_ERROR_MEMORY;
    }
    imap4__arena_clear(&mine->arena);
    mine->arena = fresh;
    mine->names.names = copies;
    mine->names.count = count;
    mine->known = mine->fresh = 1;
    recognise(conn);
    imap4__settle_dialect(conn);
    return IMAP4_OK;
}

void imap4__forget_capabilities(imap4_conn *conn)
{
    imap4__arena_clear(&conn->capabilities.arena);
    conn->capabilities.names.names = NULL;
    conn->capabilities.names.count = 0;
    conn->capabilities.known = conn->capabilities.fresh = 0;
    imap4__settle_dialect(conn);
}

void imap4__settle_dialect(imap4_conn *conn)
{
    const imap4_names *names = &conn->capabilities.names;

    /* A server that announces only rev2 speaks it from the start (RFC 9051 appendix E). */
    conn->rev2 = conn->enabled_rev2 ||
                 (imap4_names_contain(names, "IMAP4rev2") && !imap4_names_contain(names, "IMAP4rev1"));
    conn->utf8 = conn->enabled_utf8 || conn->rev2;
}

int imap4_conn_has(const imap4_conn *conn, const char *capability)
{
    return capability && imap4__has(conn, capability);
}

const imap4_names *imap4_conn_capabilities(const imap4_conn *conn)
{
    return conn->capabilities.known ? &conn->capabilities.names : NULL;
}
