/* APPEND: a message for a mailbox (RFC 9051 section 6.3.12). */
#include "command/argument.h"
#include "command/command.h"

/* append = "APPEND" SP mailbox [SP flag-list] [SP date-time] SP append-data */
void imap4__encode_append(imap4__emit *emit, const imap4__args *args)
{
    if (args->message != NULL && args->size > SIZE_MAX)
        imap4__emit_refuse(emit, IMAP4_ERROR_ARGUMENT);
    imap4__encode_mailbox(emit, args);
    if (args->has_flags && (args->flags.system != 0 || args->flags.keyword_count > 0)) {
        imap4__emit_raw(emit, " ");
        imap4__emit_flags(emit, args->flags.system, args->flags.keywords, args->flags.keyword_count);
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
