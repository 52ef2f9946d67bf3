/* What servers say about quotas, rights and annotations. */
#include "print.h"

#include <inttypes.h>
#include <string.h>

static void mailbox(text *to, imap4_str name, imap4_str raw)
{
    text_puts(to, " ");
    print_mailbox_name(to, name, raw);
}

void print_quota(text *to, const imap4_quota *said)
{
    text_puts(to, " ");
    text_quote(to, said->root.data, said->root.len);
    for (const imap4_quota_resource *row = said->resources; row != NULL; row = row->next) {
        const char *name = imap4_quota_kind_name(row->kind);

        text_puts(to, name == NULL ? " ?" : " ");
        text_add(to, row->name.data, row->name.len);
        text_printf(to, "=%" PRIu64 "/%" PRIu64, row->usage, row->limit);
    }
}

void print_quota_root(text *to, const imap4_quota_root *said)
{
    mailbox(to, said->name, said->raw);
    for (size_t i = 0; i < said->root_count; i++)
        print_field(to, "root", said->roots[i]);
}

/* The letters as sent; behind them, in brackets, those whose meaning is known, if these are not all. */
static void rights(text *to, const imap4_rights *said)
{
    char known[IMAP4_RIGHT_ANNOTATE];
    size_t count = 0;
    size_t same = 0;

    text_quote(to, said->text.data, said->text.len);
    for (int bit = 1; bit <= IMAP4_RIGHT_ANNOTATE; bit *= 2) {
        if ((said->bits & (uint32_t)bit) != 0)
            known[count++] = imap4_right_name(bit)[0];
    }
    for (size_t i = 0; i < said->text.len; i++)
        same += memchr(known, said->text.data[i], count) != NULL;
    if (same == said->text.len && same == count)
        return;
    text_puts(to, "[");
    text_add(to, known, count);
    text_puts(to, "]");
}

void print_acl(text *to, const imap4_acl *said)
{
    mailbox(to, said->name, said->raw);
    for (const imap4_acl_entry *entry = said->entries; entry != NULL; entry = entry->next) {
        text_puts(to, entry->negative ? " -" : " ");
        text_quote(to, entry->identifier.data, entry->identifier.len);
        text_puts(to, "=");
        rights(to, &entry->rights);
    }
}

void print_list_rights(text *to, const imap4_list_rights *said)
{
    mailbox(to, said->name, said->raw);
    print_field(to, "identifier", said->identifier);
    text_puts(to, " required=");
    rights(to, &said->required);
    for (size_t i = 0; i < said->optional_count; i++) {
        text_puts(to, i == 0 ? " optional=" : ",");
        rights(to, &said->optional[i]);
    }
}

void print_my_rights(text *to, const imap4_my_rights *said)
{
    mailbox(to, said->name, said->raw);
    text_puts(to, " ");
    rights(to, &said->rights);
}

void print_metadata(text *to, const imap4_metadata *said)
{
    mailbox(to, said->name, said->raw);
    for (const imap4_metadata_entry *entry = said->entries; entry != NULL; entry = entry->next) {
        text_puts(to, " ");
        text_add(to, entry->entry.data, entry->entry.len);
        if (!entry->only_named) {
            text_puts(to, "=");
            text_quote(to, entry->value.data, entry->value.len);
        } else if (entry->value.data != NULL) {
            text_puts(to, " value-disagrees");
        }
        text_puts(to, entry->truncated ? " truncated" : "");
    }
}
