/* Events, written down. */
#include "emit.h"

FUZZ_BEGIN

/* Capabilities: all between two spaces is one. */
static void put_capabilities(fuzz_out *out, const imap4_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        fuzz_put_gap(out);
        fuzz_put_text(out, names->names[i]);
        out->never |= !fuzz_is_name(names->names[i]);
    }
}

/* The text of a status response, of which only the code is read; what it holds goes with it as it came. */
static void put_code(fuzz_out *out, const imap4_resp_text *text)
{
    fuzz_put(out, "[");
    fuzz_put_text(out, text->code_name);
    switch (text->code) {
    case IMAP4_CODE_COPYUID:
        fuzz_put(out, " ");
        fuzz_put_number(out, text->number);
        fuzz_put_uids(out, text->source_uids, 0);
        fuzz_put_uids(out, text->uids, 0);
        break;
    case IMAP4_CODE_APPENDUID:
        fuzz_put(out, " ");
        fuzz_put_number(out, text->number);
        fuzz_put_uids(out, text->uids, 0);
        break;
    case IMAP4_CODE_MODIFIED:
        fuzz_put_uids(out, text->uids, 0);
        break;
    case IMAP4_CODE_HIGHESTMODSEQ:
    case IMAP4_CODE_UIDNEXT:
    case IMAP4_CODE_UIDVALIDITY:
    case IMAP4_CODE_UNSEEN:
        fuzz_put(out, " ");
        fuzz_put_number(out, text->number);
        break;
    case IMAP4_CODE_MAILBOXID:
        fuzz_put(out, " (");
        if (text->value.data != NULL)
            fuzz_put_astring(out, text->value);
        fuzz_put(out, ")");
        break;
    case IMAP4_CODE_PERMANENTFLAGS:
        fuzz_put(out, " ");
        fuzz_put_flags(out, text->flags);
        break;
    case IMAP4_CODE_CAPABILITY:
        put_capabilities(out, text->names);
        break;
    default:
        if (text->argument.data != NULL) {
            fuzz_put(out, " ");
            fuzz_put_text(out, text->argument);
        }
        break;
    }
    fuzz_put(out, "]");
}

void fuzz_emit_text(fuzz_out *out, const imap4_resp_text *text)
{
    size_t begin = out->len;

    /* Where a code ends is a guess when there are brackets in it. */
    for (size_t i = 0; i < text->argument.len; i++)
        out->never |= strchr(text->code == IMAP4_CODE_OTHER ? "[(\"{" : "[", text->argument.data[i]) != NULL;
    fuzz_put(out, imap4_status_name(text->status));
    fuzz_put(out, " ");
    if (text->code_name.data != NULL) {
        put_code(out, text);
        fuzz_put(out, " ");
    }
    fuzz_put_text(out, text->text);
    /* It is one line, whatever is in it: there are no literals. */
    out->never |= memchr(out->bytes + begin, '\n', out->len - begin) != NULL;
}

/* nil / "(" string SP (DQUOTE QUOTED-CHAR DQUOTE / nil) *(SP string SP "(" string *(SP string) ")") ")" */
static void put_namespace(fuzz_out *out, const imap4_namespace_descr *descr)
{
    if (descr == NULL) {
        fuzz_put(out, " NIL");
        return;
    }
    fuzz_put(out, " (");
    for (; descr != NULL; descr = descr->next) {
        fuzz_put(out, "(");
        fuzz_put_string(out, descr->raw_prefix);
        fuzz_put_gap(out);
        fuzz_put_nstring(out, descr->delimiter);
        fuzz_put_named(out, descr->extensions, 1);
        if (descr->translation.data != NULL) {
            fuzz_put(out, " \"TRANSLATION\" (");
            fuzz_put_string(out, descr->translation);
            fuzz_put(out, ")");
        }
        fuzz_put(out, ")");
    }
    fuzz_put(out, ")");
}

/* What XLIST calls otherwise has the names of LIST too. */
static void put_attributes(fuzz_out *out, const imap4_mailbox_list *list)
{
    fuzz_put(out, " (");
    for (uint32_t bit = 1; bit != 0; bit <<= 1) {
        if ((list->attributes & bit) == 0)
            continue;
        fuzz_put_gap(out);
        fuzz_put(out, imap4_mailbox_attribute_name((int)bit));
    }
    fuzz_put_words(out, list->other_attributes, list->other_attribute_count);
    fuzz_put(out, ")");
}

static void put_childinfo(fuzz_out *out, uint32_t childinfo)
{
    /* What has no bit is among the extended data, as it came. */
    out->never |= (childinfo & IMAP4_CHILDINFO_OTHER) != 0;
    fuzz_put_gap(out);
    fuzz_put(out, "\"CHILDINFO\" (");
    for (uint32_t bit = 1; bit < IMAP4_CHILDINFO_OTHER; bit <<= 1) {
        if ((childinfo & bit) == 0)
            continue;
        fuzz_put_gap(out);
        fuzz_put_string(out, (imap4_str){imap4_childinfo_name((int)bit), strlen(imap4_childinfo_name((int)bit))});
    }
    fuzz_put(out, ")");
}

static void put_list(fuzz_out *out, const imap4_mailbox_list *list)
{
    static const char *const words[] = {"", "LIST", "LSUB", "XLIST"};
    uint32_t childinfo = list->childinfo;

    fuzz_put(out, words[list->kind]);
    put_attributes(out, list);
    out->never |= list->delimiter.len > 1; /* `"\" ` is a backslash that should have been escaped */
    fuzz_put_gap(out);
    fuzz_put_nstring(out, list->delimiter);
    fuzz_put_gap(out);
    fuzz_put_string(out, list->raw);
    if (list->extended == NULL && childinfo == 0 && list->raw_old_name.data == NULL)
        return;
    fuzz_put(out, " (");
    fuzz_put_named(out, list->extended, 1);
    if (childinfo != 0)
        put_childinfo(out, childinfo);
    if (list->raw_old_name.data != NULL) {
        fuzz_put_gap(out);
        fuzz_put(out, "\"OLDNAME\" (");
        fuzz_put_string(out, list->raw_old_name);
        fuzz_put(out, ")");
    }
    fuzz_put(out, ")");
}

static void put_status_value(fuzz_out *out, const imap4_mailbox_status *status, int bit)
{
    switch ((imap4_status_att)bit) {
    case IMAP4_STATUS_ATT_MESSAGES:
        fuzz_put_number(out, status->messages);
        break;
    case IMAP4_STATUS_ATT_RECENT:
        fuzz_put_number(out, status->recent);
        break;
    case IMAP4_STATUS_ATT_UIDNEXT:
        fuzz_put_number(out, status->uidnext);
        break;
    case IMAP4_STATUS_ATT_UIDVALIDITY:
        fuzz_put_number(out, status->uidvalidity);
        break;
    case IMAP4_STATUS_ATT_UNSEEN:
        fuzz_put_number(out, status->unseen);
        break;
    case IMAP4_STATUS_ATT_DELETED:
        fuzz_put_number(out, status->deleted);
        break;
    case IMAP4_STATUS_ATT_SIZE:
        fuzz_put_number(out, status->size);
        break;
    case IMAP4_STATUS_ATT_HIGHESTMODSEQ:
        fuzz_put_number(out, status->highestmodseq);
        break;
    case IMAP4_STATUS_ATT_DELETED_STORAGE:
        fuzz_put_number(out, status->deleted_storage);
        break;
    case IMAP4_STATUS_ATT_APPENDLIMIT:
        if (status->appendlimit == UINT64_MAX)
            fuzz_put(out, "NIL");
        else
            fuzz_put_number(out, status->appendlimit);
        break;
    case IMAP4_STATUS_ATT_MAILBOXID:
        fuzz_put(out, "(");
        if (status->mailboxid.data != NULL)
            fuzz_put_astring(out, status->mailboxid);
        fuzz_put(out, ")");
        break;
    case IMAP4_STATUS_ATT_OBJECTID:
        fuzz_put_objectid(out, status->objectid);
        break;
    }
}

static void put_status(fuzz_out *out, const imap4_mailbox_status *status)
{
    fuzz_put(out, "STATUS ");
    fuzz_put_string(out, status->raw);
    fuzz_put(out, " (");
    for (int bit = 1; bit <= IMAP4_STATUS_ATT_OBJECTID; bit <<= 1) {
        if ((status->present & (uint32_t)bit) == 0)
            continue;
        fuzz_put_gap(out);
        fuzz_put(out, imap4_status_att_name(bit));
        fuzz_put_gap(out);
        put_status_value(out, status, bit);
    }
    fuzz_put_named(out, status->other, 0);
    fuzz_put(out, ")");
}

static void put_urls(fuzz_out *out, const imap4_url_data *url)
{
    fuzz_put(out, "URLFETCH");
    for (; url != NULL; url = url->next) {
        fuzz_put_gap(out);
        fuzz_put_string(out, url->url);
        if (url->body == NULL && !url->binary && url->other == NULL) {
            fuzz_put_gap(out);
            fuzz_put_nstring(out, url->data);
            continue;
        }
        for (const imap4_named_value *one = url->other; one != NULL; one = one->next) {
            fuzz_put(out, " (");
            fuzz_put_text(out, one->name);
            fuzz_put_value(out, one->value);
            fuzz_put(out, ")");
        }
        if (url->body != NULL) {
            fuzz_put(out, " (BODYPARTSTRUCTURE ");
            fuzz_put_body(out, url->body);
            fuzz_put(out, ")");
        }
        if (url->binary || url->data.data != NULL) {
            fuzz_put(out, url->binary ? " (BINARY " : " (BODY ");
            fuzz_put_nstring(out, url->data);
            fuzz_put(out, ")");
        }
    }
}

static void put_message(fuzz_out *out, uint64_t number, const imap4_msg_att *message)
{
    /* A message number is 0 where the server tells only the UID (RFC 9586 section 3.3). */
    int by_uid = message->seq == 0 && number != 0;

    fuzz_put_number(out, number);
    fuzz_put(out, by_uid ? " UIDFETCH " : " FETCH ");
    fuzz_put_items(out, message);
}

static void put_converted(fuzz_out *out, const imap4_converted *converted)
{
    fuzz_put_number(out, converted->message->seq);
    fuzz_put(out, " CONVERTED ");
    out->never |= converted->tag.data == NULL; /* what is in the parentheses then may look like one */
    fuzz_put(out, "(");
    fuzz_put_tag(out, converted->tag);
    fuzz_put(out, ") ");
    fuzz_put_items(out, converted->message);
}

static void put_acl(fuzz_out *out, const imap4_acl *acl)
{
    fuzz_put(out, "ACL ");
    fuzz_put_string(out, acl->raw);
    for (const imap4_acl_entry *entry = acl->entries; entry != NULL; entry = entry->next) {
        fuzz_put(out, " ");
        if (entry->negative) {
            /* The minus sign is part of the name, in whatever form that is written. */
            fuzz_put(out, "{");
            fuzz_put_number(out, entry->identifier.len + 1);
            fuzz_put(out, "}\r\n-");
            fuzz_put_text(out, entry->identifier);
        } else {
            fuzz_put_string(out, entry->identifier);
        }
        fuzz_put(out, " ");
        fuzz_put_string(out, entry->rights.text);
    }
}

static void put_list_rights(fuzz_out *out, const imap4_list_rights *rights)
{
    fuzz_put(out, "LISTRIGHTS ");
    fuzz_put_string(out, rights->raw);
    fuzz_put_gap(out);
    fuzz_put_string(out, rights->identifier);
    fuzz_put_gap(out);
    fuzz_put_string(out, rights->required.text);
    for (size_t i = 0; i < rights->optional_count; i++) {
        fuzz_put_gap(out);
        fuzz_put_string(out, rights->optional[i].text);
    }
}

static void put_quota(fuzz_out *out, const imap4_quota *quota)
{
    fuzz_put(out, "QUOTA ");
    fuzz_put_string(out, quota->root);
    fuzz_put(out, " (");
    for (const imap4_quota_resource *one = quota->resources; one != NULL; one = one->next) {
        fuzz_put_gap(out);
        fuzz_put_text(out, one->name);
        fuzz_put_gap(out);
        fuzz_put_number(out, one->usage);
        fuzz_put_gap(out);
        fuzz_put_number(out, one->limit);
    }
    fuzz_put(out, ")");
}

static void put_metadata(fuzz_out *out, const imap4_metadata *metadata)
{
    int only_named = metadata->entries != NULL && metadata->entries->only_named;

    fuzz_put(out, "METADATA ");
    fuzz_put_string(out, metadata->raw);
    fuzz_put(out, only_named ? "" : " (");
    for (const imap4_metadata_entry *entry = metadata->entries; entry != NULL; entry = entry->next) {
        fuzz_put_gap(out);
        fuzz_put_astring(out, entry->entry);
        out->never |= entry->only_named != only_named;
        if (only_named)
            continue;
        fuzz_put_gap(out);
        fuzz_put_nstring(out, entry->value);
    }
    fuzz_put(out, only_named ? "" : ")");
}

static void put_event(fuzz_out *out, int kind, uint64_t number, imap4_event_data data)
{
    switch (kind) {
    case IMAP4_EVENT_TEXT:
        fuzz_emit_text(out, data.text);
        break;
    case IMAP4_EVENT_CAPABILITY:
    case IMAP4_EVENT_ENABLED:
        fuzz_put(out, imap4_event_kind_name(kind));
        put_capabilities(out, data.names);
        break;
    case IMAP4_EVENT_LANGUAGE:
        fuzz_put(out, "LANGUAGE (");
        fuzz_put_strings(out, data.names->names, data.names->count);
        fuzz_put(out, ")");
        break;
    case IMAP4_EVENT_GENURLAUTH:
    case IMAP4_EVENT_JMAPACCESS:
        fuzz_put(out, imap4_event_kind_name(kind));
        fuzz_put_strings(out, data.names->names, data.names->count);
        break;
    case IMAP4_EVENT_ID:
        fuzz_put(out, data.params != NULL ? "ID (" : "ID NIL");
        fuzz_put_params(out, data.params);
        fuzz_put(out, data.params != NULL ? ")" : "");
        break;
    case IMAP4_EVENT_PUSH:
        fuzz_put(out, "XAPPLEPUSHSERVICE");
        fuzz_put_params(out, data.params);
        break;
    case IMAP4_EVENT_NAMESPACE:
        fuzz_put(out, "NAMESPACE");
        put_namespace(out, data.namespaces->personal);
        put_namespace(out, data.namespaces->other_users);
        put_namespace(out, data.namespaces->shared);
        break;
    case IMAP4_EVENT_LIST:
        put_list(out, data.list);
        break;
    case IMAP4_EVENT_STATUS:
        put_status(out, data.status);
        break;
    case IMAP4_EVENT_FLAGS:
        fuzz_put(out, "FLAGS ");
        fuzz_put_flags(out, data.flags);
        break;
    case IMAP4_EVENT_EXISTS:
    case IMAP4_EVENT_RECENT:
    case IMAP4_EVENT_EXPUNGE:
        fuzz_put_number(out, data.number);
        fuzz_put_gap(out);
        fuzz_put(out, imap4_event_kind_name(kind));
        break;
    case IMAP4_EVENT_FETCH:
        put_message(out, number, data.fetch);
        break;
    case IMAP4_EVENT_SEARCH:
        fuzz_put_search(out, data.search);
        break;
    case IMAP4_EVENT_UNKNOWN:
        if (data.unknown->has_number) {
            fuzz_put_number(out, data.unknown->number);
            fuzz_put(out, " ");
        }
        fuzz_put_text(out, data.unknown->name);
        out->never |= !fuzz_is_name(data.unknown->name);
        fuzz_put_values(out, data.unknown->values);
        break;
    case IMAP4_EVENT_THREAD:
        fuzz_put_threads(out, data.thread->threads);
        break;
    case IMAP4_EVENT_VANISHED:
        fuzz_put(out, data.vanished->earlier ? "VANISHED (EARLIER)" : "VANISHED");
        fuzz_put_uids(out, data.vanished->uids, 0);
        break;
    case IMAP4_EVENT_QUOTA:
        put_quota(out, data.quota);
        break;
    case IMAP4_EVENT_QUOTAROOT:
        fuzz_put(out, "QUOTAROOT ");
        fuzz_put_string(out, data.quota_root->raw);
        fuzz_put_strings(out, data.quota_root->roots, data.quota_root->root_count);
        break;
    case IMAP4_EVENT_ACL:
        put_acl(out, data.acl);
        break;
    case IMAP4_EVENT_LISTRIGHTS:
        put_list_rights(out, data.list_rights);
        break;
    case IMAP4_EVENT_MYRIGHTS:
        fuzz_put(out, "MYRIGHTS ");
        fuzz_put_string(out, data.my_rights->raw);
        fuzz_put_gap(out);
        fuzz_put_string(out, data.my_rights->rights.text);
        break;
    case IMAP4_EVENT_METADATA:
        put_metadata(out, data.metadata);
        break;
    case IMAP4_EVENT_COMPARATOR:
        fuzz_put(out, "COMPARATOR ");
        fuzz_put_string(out, data.comparator->active);
        if (data.comparator->matching != NULL) {
            fuzz_put(out, " (");
            fuzz_put_strings(out, data.comparator->matching->names, data.comparator->matching->count);
            fuzz_put(out, ")");
        }
        break;
    case IMAP4_EVENT_URLFETCH:
        put_urls(out, data.url_data);
        break;
    case IMAP4_EVENT_UIDBATCHES:
        fuzz_put(out, data.uid_batches->tag.data != NULL ? "UIDBATCHES (" : "UIDBATCHES ");
        fuzz_put_tag(out, data.uid_batches->tag);
        fuzz_put(out, data.uid_batches->tag.data != NULL ? ")" : "");
        if (data.uid_batches->batches != NULL)
            fuzz_put_uids(out, data.uid_batches->batches, 0);
        break;
    case IMAP4_EVENT_CONVERTED:
        put_converted(out, data.converted);
        break;
    default:
        out->never = 1;
        break;
    }
}

int fuzz_emit(fuzz_out *out, int kind, uint64_t number, imap4_event_data data)
{
    out->len = 0;
    out->over = out->never = 0;
    fuzz_put(out, "* ");
    put_event(out, kind, number, data);
    fuzz_put(out, "\r\n");
    return !out->over && !out->never;
}

FUZZ_END
