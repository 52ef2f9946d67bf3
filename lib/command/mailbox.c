/* Commands about mailboxes: names, patterns, STATUS. */
#include "command/argument.h"
#include "command/command.h"

#include "base/str.h"
#include "wire/name.h"
#include "wire/utf7.h"

#include <string.h>

static void emit_name(imap4__emit *emit, imap4_str name)
{
    if (name.data == NULL) {
        imap4__emit_refuse(emit, IMAP4_ERROR_ARGUMENT);
        return;
    }
    imap4__emit_raw(emit, " ");
    imap4__emit_mailbox(emit, name);
}

/* select = "SELECT" SP mailbox, and alike EXAMINE, CREATE, DELETE, SUBSCRIBE, UNSUBSCRIBE */
void imap4__encode_mailbox(imap4__emit *emit, const imap4__args *args)
{
    emit_name(emit, args->name);
}

/* rename = "RENAME" SP mailbox SP mailbox */
void imap4__encode_rename(imap4__emit *emit, const imap4__args *args)
{
    emit_name(emit, args->name);
    emit_name(emit, args->second);
}

/* A pattern as it is: in UTF-8 where that is agreed upon, or exactly as a server spelled it. */
static void emit_plain_pattern(imap4__emit *emit, imap4_str pattern)
{
    if (pattern.len > 0 && (memchr(pattern.data, '\r', pattern.len) || memchr(pattern.data, '\n', pattern.len)))
        imap4__emit_refuse(emit, IMAP4_ERROR_ARGUMENT);
    imap4__emit_string(emit, pattern);
}

static void emit_utf7_pattern(imap4__emit *emit, imap4_str pattern)
{
    imap4__buf wire;
    int result;

    imap4__buf_init(&wire, &emit->buf.mem, emit->buf.max);
    /* `%` and `*` are printable ASCII, which modified UTF-7 leaves alone. */
    result = imap4__utf7_encode(&wire, pattern.data, pattern.len);
    if (result == IMAP4_OK)
        imap4__emit_string(emit, imap4__str_n(wire.len > 0 ? (const void *)wire.data : "", wire.len));
    else
        imap4__emit_refuse(emit, result);
    imap4__buf_clear(&wire);
}

/*
 * list-mailbox = 1*list-char / string
 *
 * Always a string, so that nothing has to be an atom. INBOX is not respelled: servers match it in any case, and in a
 * pattern it may be a piece of something else.
 */
static void emit_pattern(imap4__emit *emit, imap4_str pattern)
{
    if (emit->result != IMAP4_OK)
        return;
    imap4__emit_raw(emit, " ");
    if (pattern.data == NULL)
        imap4__emit_refuse(emit, IMAP4_ERROR_ARGUMENT);
    else if (pattern.len > 0 && pattern.data[0] == IMAP4_RAW_NAME[0])
        emit_plain_pattern(emit, imap4__str_n(pattern.data + 1, pattern.len - 1));
    else if (!emit->utf8)
        emit_utf7_pattern(emit, pattern);
    else if (imap4__utf8_valid(pattern.data, pattern.len))
        emit_plain_pattern(emit, pattern);
    else
        imap4__emit_refuse(emit, IMAP4_ERROR_ARGUMENT);
}

/* list = "LIST" SP mailbox SP list-mailbox     lsub = "LSUB" SP mailbox SP list-mailbox */
void imap4__encode_list(imap4__emit *emit, const imap4__args *args)
{
    emit_pattern(emit, args->name);
    emit_pattern(emit, args->second);
}

/* status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")" */
void imap4__encode_status(imap4__emit *emit, const imap4__args *args)
{
    uint32_t left = args->items;

    if (left == 0)
        imap4__emit_refuse(emit, IMAP4_ERROR_ARGUMENT);
    emit_name(emit, args->name);
    imap4__emit_raw(emit, " (");
    for (const imap4__name *item = imap4__status_att_names; item->name != NULL; item++) {
        if ((left & item->number) == 0)
            continue;
        left &= ~item->number;
        imap4__emit_raw(emit, item->name);
        imap4__emit_raw(emit, left != 0 ? " " : ")");
    }
    if (left != 0) /* bits that this version does not know */
        imap4__emit_refuse(emit, IMAP4_ERROR_ARGUMENT);
}
