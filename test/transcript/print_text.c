#include "print.h"

#include <string.h>

static void code(text *to, const imap4_resp_text *resp)
{
    const char *name = imap4_code_name(resp->code);
    const imap4_str said = resp->code_name;

    if (resp->code == IMAP4_CODE_NONE && said.data == NULL)
        return;
    text_puts(to, " [");
    if (name == NULL)
        text_puts(to, "?");
    else if (strlen(name) != said.len || memcmp(name, said.data, said.len) != 0)
        text_printf(to, "%s=", name);
    text_add(to, said.data, said.len);
    if (resp->argument.data != NULL) {
        text_puts(to, " ");
        text_add(to, resp->argument.data, resp->argument.len);
    }
    text_puts(to, "]");
}

static void details(text *to, uint32_t bits)
{
    const char *before = " details=";

    for (int bit = 1; bit <= IMAP4_CODE_DETAIL_READ_ONLY; bit *= 2) {
        if ((bits & (uint32_t)bit) != 0) {
            text_printf(to, "%s%s", before, imap4_code_detail_name(bit));
            before = ",";
        }
    }
}

void print_resp_text(text *to, const imap4_resp_text *resp)
{
    const char *status = imap4_status_name(resp->status);

    text_printf(to, " %s", status != NULL ? status : "NONE");
    code(to, resp);
    if (resp->text.data != NULL) {
        text_puts(to, " ");
        text_quote(to, resp->text.data, resp->text.len);
    }
    if (!resp->trusted)
        text_puts(to, " untrusted");
    details(to, resp->details);
    print_number(to, "number", resp->number);
    print_number(to, "second", resp->second_number);
    print_field(to, "value", resp->value);
    if (resp->names != NULL) {
        text_puts(to, " names=");
        print_names(to, resp->names);
    }
    if (resp->flags != NULL) {
        text_puts(to, " flags=");
        print_flags(to, resp->flags);
    }
    print_uids(to, "uids", resp->uids);
    print_uids(to, "source", resp->source_uids);
    print_seqs(to, "numbers", resp->numbers);
    print_objectid(to, resp->objectid);
    print_number(to, "backoff", resp->backoff_ms);
}
