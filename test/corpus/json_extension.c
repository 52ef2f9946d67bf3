#include "json.h"

static void rights(text *to, const char *key, const imap4_rights *said)
{
    json_key(to, key);
    text_puts(to, "{");
    json_field(to, "text", said->text);
    json_key(to, "known");
    text_puts(to, "\"");
    for (uint32_t bit = 1; bit != 0 && bit <= IMAP4_RIGHT_ANNOTATE; bit *= 2) {
        if ((said->bits & bit) != 0)
            text_puts(to, imap4_right_name((int)bit));
    }
    text_puts(to, "\"}");
}

static void acl(text *to, const imap4_acl *said)
{
    json_word(to, "name", "ACL");
    json_field(to, "mailbox", said->name);
    json_key(to, "data");
    text_puts(to, "[");
    for (const imap4_acl_entry *entry = said->entries; entry != NULL; entry = entry->next) {
        json_next(to);
        text_puts(to, "{");
        json_field(to, "user", entry->identifier);
        rights(to, "rights", &entry->rights);
        json_number(to, "negative", (uint64_t)entry->negative);
        text_puts(to, "}");
    }
    text_puts(to, "]");
}

static void list_rights(text *to, const imap4_list_rights *said)
{
    json_word(to, "name", "LISTRIGHTS");
    json_field(to, "mailbox", said->name);
    json_field(to, "user", said->identifier);
    rights(to, "required", &said->required);
    json_key(to, "optional");
    text_puts(to, "[");
    for (size_t i = 0; i < said->optional_count; i++) {
        json_next(to);
        json_str(to, said->optional[i].text);
    }
    text_puts(to, "]");
}

static void quota(text *to, const imap4_quota *said)
{
    json_word(to, "name", "QUOTA");
    json_field(to, "root", said->root);
    json_key(to, "resources");
    text_puts(to, "[");
    for (const imap4_quota_resource *resource = said->resources; resource != NULL; resource = resource->next) {
        json_next(to);
        text_puts(to, "{");
        json_field(to, "name", resource->name);
        json_word(to, "kind", imap4_quota_kind_name(resource->kind));
        json_number(to, "usage", resource->usage);
        json_number(to, "limit", resource->limit);
        text_puts(to, "}");
    }
    text_puts(to, "]");
}

static void metadata(text *to, const imap4_metadata *said)
{
    json_word(to, "name", "METADATA");
    json_field(to, "mailbox", said->name);
    json_key(to, "entries");
    text_puts(to, "[");
    for (const imap4_metadata_entry *entry = said->entries; entry != NULL; entry = entry->next) {
        json_next(to);
        text_puts(to, "{");
        json_field(to, "entry", entry->entry);
        if (!entry->only_named)
            json_field(to, "value", entry->value);
        if (entry->truncated)
            json_number(to, "truncated", 1);
        text_puts(to, "}");
    }
    text_puts(to, "]");
}

static void urls(text *to, const imap4_url_data *said)
{
    json_word(to, "name", "URLFETCH");
    json_key(to, "data");
    text_puts(to, "[");
    for (; said != NULL; said = said->next) {
        json_next(to);
        text_puts(to, "{");
        json_field(to, "url", said->url);
        json_field(to, "data", said->data);
        json_number(to, "size", said->size);
        json_number(to, "truncated", (uint64_t)said->truncated);
        json_number(to, "binary", (uint64_t)said->binary);
        if (said->body != NULL) {
            json_key(to, "body");
            json_body(to, said->body);
        }
        if (said->other != NULL) {
            json_key(to, "generic");
            json_named(to, said->other);
        }
        text_puts(to, "}");
    }
    text_puts(to, "]");
}

static void names(text *to, const char *name, const imap4_names *said)
{
    json_word(to, "name", name);
    json_key(to, "data");
    json_strs(to, said->names, said->count);
}

int json_extension(text *to, const imap4_event *event)
{
    const imap4_event_data *data = &event->data;

    switch (event->kind) {
    case IMAP4_EVENT_QUOTA:
        quota(to, data->quota);
        break;
    case IMAP4_EVENT_QUOTAROOT:
        json_word(to, "name", "QUOTAROOT");
        json_field(to, "mailbox", data->quota_root->name);
        json_key(to, "quotaroots");
        json_strs(to, data->quota_root->roots, data->quota_root->root_count);
        break;
    case IMAP4_EVENT_ACL:
        acl(to, data->acl);
        break;
    case IMAP4_EVENT_LISTRIGHTS:
        list_rights(to, data->list_rights);
        break;
    case IMAP4_EVENT_MYRIGHTS:
        json_word(to, "name", "MYRIGHTS");
        json_field(to, "mailbox", data->my_rights->name);
        rights(to, "rights", &data->my_rights->rights);
        break;
    case IMAP4_EVENT_METADATA:
        metadata(to, data->metadata);
        break;
    case IMAP4_EVENT_LANGUAGE:
        names(to, "LANGUAGE", data->names);
        break;
    case IMAP4_EVENT_COMPARATOR:
        json_word(to, "name", "COMPARATOR");
        json_field(to, "active", data->comparator->active);
        json_key(to, "matching");
        if (data->comparator->matching != NULL)
            json_strs(to, data->comparator->matching->names, data->comparator->matching->count);
        else
            text_puts(to, "null");
        break;
    case IMAP4_EVENT_GENURLAUTH:
        names(to, "GENURLAUTH", data->names);
        break;
    case IMAP4_EVENT_JMAPACCESS:
        names(to, "JMAPACCESS", data->names);
        break;
    case IMAP4_EVENT_URLFETCH:
        urls(to, data->url_data);
        break;
    case IMAP4_EVENT_PUSH:
        json_word(to, "name", "XAPPLEPUSHSERVICE");
        json_key(to, "data");
        json_params(to, data->params);
        break;
    case IMAP4_EVENT_CONVERTED:
        json_word(to, "name", "CONVERTED");
        json_number(to, "seq", data->converted->message->seq);
        json_field(to, "tag", data->converted->tag);
        json_message(to, data->converted->message);
        break;
    default:
        return 0;
    }
    return 1;
}
