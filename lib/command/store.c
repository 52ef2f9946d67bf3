/* STORE, and COPY and MOVE: commands that change messages of a set. */
#include "command/argument.h"
#include "command/command.h"

/* store-att-flags = (["+" / "-"] "FLAGS" [".SILENT"]) SP flag-list; by imap4_store_mode */
static const char *const store_names[] = {
    " FLAGS ", " +FLAGS ", " -FLAGS ", NULL, " FLAGS.SILENT ", " +FLAGS.SILENT ", " -FLAGS.SILENT ",
};

/* store = "STORE" SP sequence-set SP store-att-flags */
void imap4__encode_store(imap4__emit *emit, const imap4__args *args)
{
    const size_t modes = sizeof store_names / sizeof store_names[0];

    if (args->mode < 0 || (size_t)args->mode >= modes || store_names[args->mode] == NULL) {
        imap4__emit_refuse(emit, IMAP4_ERROR_ARGUMENT);
        return;
    }
    imap4__encode_set(emit, args);
    imap4__emit_raw(emit, store_names[args->mode]);
    imap4__emit_flags(emit, args->flags.system, args->flags.keywords, args->flags.keyword_count);
}

/* copy = "COPY" SP sequence-set SP mailbox     move = "MOVE" SP sequence-set SP mailbox */
void imap4__encode_copy(imap4__emit *emit, const imap4__args *args)
{
    imap4__encode_set(emit, args);
    imap4__encode_mailbox(emit, args);
}
