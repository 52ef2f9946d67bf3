#include "print.h"

#include <inttypes.h>
#include <string.h>

void print_mailbox_name(text *to, imap4_str name, imap4_str raw)
{
    text_quote(to, name.data, name.len);
    if (name.len != raw.len || (raw.len > 0 && memcmp(name.data, raw.data, raw.len) != 0))
        print_field(to, "raw", raw);
}

static void mailbox(text *to, imap4_str name, imap4_str raw)
{
    text_puts(to, " ");
    print_mailbox_name(to, name, raw);
}

static void childinfo(text *to, uint32_t bits)
{
    const char *before = " childinfo=";

    for (int bit = 1; bit <= IMAP4_CHILDINFO_OTHER; bit *= 2) {
        if ((bits & (uint32_t)bit) != 0) {
            text_printf(to, "%s%s", before, bit == IMAP4_CHILDINFO_OTHER ? "?" : imap4_childinfo_name(bit));
            before = ",";
        }
    }
}

void print_list(text *to, const imap4_mailbox_list *entry)
{
    const char *before = "";

    if (entry->kind != IMAP4_LIST_LIST)
        text_puts(to, entry->kind == IMAP4_LIST_LSUB ? " LSUB" : " XLIST");
    text_puts(to, " (");
    for (uint32_t bit = 1; bit <= IMAP4_MAILBOX_SNOOZED; bit *= 2) {
        if ((entry->attributes & bit) != 0) {
            text_printf(to, "%s%s", before, imap4_mailbox_attribute_name((int)bit));
            before = " ";
        }
    }
    for (size_t i = 0; i < entry->other_attribute_count; i++) {
        text_puts(to, before);
        text_add(to, entry->other_attributes[i].data, entry->other_attributes[i].len);
        before = " ";
    }
    text_puts(to, ") ");
    text_quote(to, entry->delimiter.data, entry->delimiter.len);
    mailbox(to, entry->name, entry->raw);
    childinfo(to, entry->childinfo);
    if (entry->old_name.data != NULL) {
        text_puts(to, " oldname=");
        print_mailbox_name(to, entry->old_name, entry->raw_old_name);
    }
    print_named_values(to, entry->extended);
}

void print_status(text *to, const imap4_mailbox_status *said)
{
    const uint64_t values[] = {said->messages,        said->recent,     said->uidnext, said->uidvalidity,
                               said->unseen,          said->deleted,    said->size,    said->highestmodseq,
                               said->deleted_storage, said->appendlimit};

    mailbox(to, said->name, said->raw);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        const int bit = 1 << i;

        if ((said->present & (uint32_t)bit) == 0)
            continue;
        text_puts(to, " ");
        text_lower(to, imap4_status_att_name(bit));
        if (bit == IMAP4_STATUS_ATT_APPENDLIMIT && values[i] == UINT64_MAX)
            text_puts(to, "=none");
        else
            text_printf(to, "=%" PRIu64, values[i]);
    }
    print_field(to, "mailboxid", said->mailboxid);
    print_objectid(to, said->objectid);
    print_named_values(to, said->other);
    if (((said->present & IMAP4_STATUS_ATT_MAILBOXID) != 0) != (said->mailboxid.data != NULL) ||
        ((said->present & IMAP4_STATUS_ATT_OBJECTID) != 0) != (said->objectid != NULL))
        text_printf(to, " present-disagrees=%#" PRIx32, said->present);
}

static void namespace_class(text *to, const char *name, const imap4_namespace_descr *descr)
{
    if (descr == NULL)
        return;
    text_printf(to, " %s=(", name);
    for (; descr != NULL; descr = descr->next) {
        text_puts(to, "(");
        text_quote(to, descr->prefix.data, descr->prefix.len);
        text_puts(to, " ");
        text_quote(to, descr->delimiter.data, descr->delimiter.len);
        if (descr->prefix.len != descr->raw_prefix.len ||
            (descr->prefix.len > 0 && memcmp(descr->prefix.data, descr->raw_prefix.data, descr->prefix.len) != 0))
            print_field(to, "raw", descr->raw_prefix);
        print_field(to, "translation", descr->translation);
        print_named_values(to, descr->extensions);
        text_puts(to, ")");
    }
    text_puts(to, ")");
}

void print_namespaces(text *to, const imap4_namespaces *said)
{
    namespace_class(to, "personal", said->personal);
    namespace_class(to, "other", said->other_users);
    namespace_class(to, "shared", said->shared);
}

void print_view(text *to, const imap4_view *view)
{
    if (view->id == 0) {
        text_puts(to, " none");
        return;
    }
    mailbox(to, view->name, view->raw);
    if (view->read_only)
        text_puts(to, " read-only");
    text_printf(to, " exists=%" PRIu32, view->exists);
    print_number(to, "recent", view->recent);
    print_number(to, "unseen", view->unseen);
    print_number(to, "uidvalidity", view->uidvalidity);
    print_number(to, "uidnext", view->uidnext);
    if (view->uid_not_sticky)
        text_puts(to, " uid-not-sticky");
    print_number(to, "highestmodseq", view->highestmodseq);
    text_puts(to, " flags=");
    print_flags(to, &view->flags);
    text_puts(to, " permanent=");
    print_flags(to, &view->permanent_flags);
}
