/* APPEND: a message for a mailbox (RFC 9051 section 6.3.12). */
#include "command/argument.h"
#include "command/command.h"

#include <string.h>

/* literal carries no NUL; only literal8 of BINARY does (RFC 9051 section 4.3). */
static int message_fits(const imap4__args *args)
{
    return args->size <= SIZE_MAX && memchr(args->message, '\0', (size_t)args->size) == NULL;
}

/* append = "APPEND" SP mailbox [SP flag-list] [SP date-time] SP append-data */
void imap4__encode_append(imap4__emit *emit, const imap4__args *args)
{
    if (args->name.data == NULL || (args->message != NULL && !message_fits(args))) {
        imap4__emit_refuse(emit, IMAP4_ERROR_ARGUMENT);
        return;
    }
    imap4__emit_raw(emit, " ");
    imap4__emit_mailbox(emit, args->name);
    if (args->has_flags && (args->flags.system != 0 || args->flags.keyword_count > 0)) {
        imap4__emit_raw(emit, " ");
        imap4__emit_flag_list(emit, &args->flags);
    }
    if (args->has_date) {
        imap4__emit_raw(emit, " ");
        imap4__emit_date_time(emit, &args->date);
    }
    imap4__emit_raw(emit, " ");
    if (args->message != NULL)
        imap4__emit_literal_reference(emit, args->message, (size_t)args->size);
    else
        imap4__emit_literal_supply(emit, args->size);
}
