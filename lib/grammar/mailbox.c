#include "grammar/mailbox.h"

#include "grammar/slot.h"
#include "wire/utf7.h"

/* mailbox = "INBOX" / astring */
int imap4__mailbox_read(imap4__cursor *cur, imap4_str *name, imap4_str *raw)
{
    int result;

    imap4__gap(cur);
    result = imap4__astring(cur, raw);
    if (result != 1)
        return result;
    return imap4__mailbox_name(cur->arena, *raw, cur->utf8, name) == IMAP4_OK ? 1 : IMAP4_ERROR_MEMORY;
}

int imap4__mailbox_read_listed(imap4__cursor *cur, imap4_str *name, imap4_str *raw)
{
    imap4_str said;
    imap4_str sent;
    int result;

    imap4__gap(cur);
    if (!imap4__take(cur, '('))
        return 0;
    result = imap4__mailbox_read(cur, &said, &sent);
    if (result != 1)
        return result;
    imap4__gap(cur);
    if (!imap4__take(cur, ')'))
        return 0;
    *name = said;
    *raw = sent;
    return 1;
}
