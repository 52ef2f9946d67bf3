/* Part of describe.h: what extensions say of mailboxes and messages. */
#ifndef TEST_GRAMMAR_DESCRIBE_ITEM_H
#define TEST_GRAMMAR_DESCRIBE_ITEM_H

UNUSED static void put_mailbox(line *out, imap4_str name, imap4_str raw)
{
    put(out, " ");
    put_str(out, name);
    if (!imap4__str_eq(name, raw))
        put_named(out, "raw", raw);
}

UNUSED static void put_objectid(line *out, const imap4_objectid *ids)
{
    put(out, " objectid{");
    put_named(out, "mailbox", ids->mailboxid);
    put_named(out, "account", ids->accountid);
    put_named(out, "email", ids->emailid);
    put_named(out, "thread", ids->threadid);
    put(out, "}");
}

UNUSED static void put_annotations(line *out, const imap4_annotation *annotation)
{
    put(out, " ANNOTATION=(");
    for (; annotation != NULL; annotation = annotation->next) {
        put_str(out, annotation->entry);
        for (const imap4_annotation_att *att = annotation->attributes; att != NULL; att = att->next) {
            put(out, " %s=", att->name.data);
            put_str(out, att->value);
        }
        put(out, annotation->next != NULL ? " " : "");
    }
    put(out, ")");
}

UNUSED static void put_labels(line *out, const imap4_gm_label *label)
{
    put(out, " LABELS=(");
    for (; label != NULL; label = label->next)
        put_mailbox(out, label->name, label->raw);
    put(out, ")");
}

/* A text item that may have been said to be NIL. */
UNUSED static void put_item(line *out, uint32_t present, const char *name, imap4_str text)
{
    if (present == 0) {
        ck_assert_ptr_null(text.data);
        return;
    }
    put(out, " %s=", name);
    put_str(out, text);
}

/* What there is must be what `present` says. */
UNUSED static void put_items(line *out, const imap4_msg_att *att)
{
    const uint32_t present = att->present;

    put_item(out, present & IMAP4_FETCH_EMAILID, "EMAILID", att->emailid);
    put_item(out, present & IMAP4_FETCH_THREADID, "THREADID", att->threadid);
    ck_assert_int_eq((present & IMAP4_FETCH_OBJECTID) != 0, att->objectid != NULL);
    if (att->objectid != NULL)
        put_objectid(out, att->objectid);
    if ((present & IMAP4_FETCH_SAVEDATE) != 0)
        put(out,
            att->savedate == NULL  ? " SAVEDATE=NIL"
            : att->savedate->valid ? " SAVEDATE=%lld"
                                   : " SAVEDATE=?",
            att->savedate == NULL ? 0 : (long long)att->savedate->utc);
    put_item(out, present & IMAP4_FETCH_PREVIEW, "PREVIEW", att->preview);
    if ((present & IMAP4_FETCH_ANNOTATION) != 0)
        put_annotations(out, att->annotations);
    ck_assert_int_eq((present & IMAP4_FETCH_BINARY_SIZE) != 0, att->binary_sizes != NULL);
    for (const imap4_binary_size *size = att->binary_sizes; size != NULL; size = size->next)
        put(out, " BINARY.SIZE[%s]=%llu", size->part.data, (unsigned long long)size->size);
    if ((present & IMAP4_FETCH_X_GM_MSGID) != 0)
        put(out, " MSGID=%llu", (unsigned long long)att->gm_msgid);
    if ((present & IMAP4_FETCH_X_GM_THRID) != 0)
        put(out, " THRID=%llu", (unsigned long long)att->gm_thrid);
    if ((present & IMAP4_FETCH_X_GM_LABELS) != 0)
        put_labels(out, att->gm_labels);
}

UNUSED static void put_list_extensions(line *out, const imap4_mailbox_list *list)
{
    for (int bit = 1; bit <= IMAP4_CHILDINFO_OTHER; bit <<= 1) {
        if (list->childinfo & (uint32_t)bit)
            put(out, " childinfo:%s", bit == IMAP4_CHILDINFO_OTHER ? "?" : imap4_childinfo_name(bit));
    }
    if (list->old_name.data != NULL) {
        put(out, " old");
        put_mailbox(out, list->old_name, list->raw_old_name);
    }
}

UNUSED static void put_status_extensions(line *out, const imap4_mailbox_status *status)
{
    if ((status->present & IMAP4_STATUS_ATT_DELETED_STORAGE) != 0)
        put(out, " DELETED-STORAGE=%llu", (unsigned long long)status->deleted_storage);
    if ((status->present & IMAP4_STATUS_ATT_APPENDLIMIT) != 0)
        put(out, status->appendlimit == UINT64_MAX ? " APPENDLIMIT=none" : " APPENDLIMIT=%llu",
            (unsigned long long)status->appendlimit);
    put_item(out, status->present & IMAP4_STATUS_ATT_MAILBOXID, "MAILBOXID", status->mailboxid);
    ck_assert_int_eq((status->present & IMAP4_STATUS_ATT_OBJECTID) != 0, status->objectid != NULL);
    if (status->objectid != NULL)
        put_objectid(out, status->objectid);
}

UNUSED static void put_rights(line *out, const imap4_rights *rights)
{
    put_str(out, rights->text);
    put(out, "/");
    for (int bit = 1; bit <= IMAP4_RIGHT_ANNOTATE; bit <<= 1) {
        if (rights->bits & (uint32_t)bit)
            put(out, "%s", imap4_right_name(bit));
    }
}

UNUSED static void put_acl(line *out, const imap4_acl *acl)
{
    put(out, "ACL");
    put_mailbox(out, acl->name, acl->raw);
    for (const imap4_acl_entry *entry = acl->entries; entry != NULL; entry = entry->next) {
        put(out, entry->negative ? " -" : " ");
        put_str(out, entry->identifier);
        put(out, "=");
        put_rights(out, &entry->rights);
    }
}

UNUSED static void put_list_rights(line *out, const imap4_list_rights *said)
{
    put(out, "LISTRIGHTS");
    put_mailbox(out, said->name, said->raw);
    put(out, " ");
    put_str(out, said->identifier);
    put(out, " ");
    put_rights(out, &said->required);
    put(out, " |");
    for (size_t i = 0; i < said->optional_count; i++) {
        put(out, " ");
        put_rights(out, &said->optional[i]);
    }
}

UNUSED static void put_my_rights(line *out, const imap4_my_rights *said)
{
    put(out, "MYRIGHTS");
    put_mailbox(out, said->name, said->raw);
    put(out, " ");
    put_rights(out, &said->rights);
}

UNUSED static void put_quota(line *out, const imap4_quota *quota)
{
    put(out, "QUOTA ");
    put_str(out, quota->root);
    for (const imap4_quota_resource *row = quota->resources; row != NULL; row = row->next) {
        const char *name = imap4_quota_kind_name(row->kind);

        put(out, " %s(", name != NULL ? name : "?");
        put_str(out, row->name);
        put(out, ")=%llu/%llu", (unsigned long long)row->usage, (unsigned long long)row->limit);
    }
}

UNUSED static void put_quota_root(line *out, const imap4_quota_root *said)
{
    put(out, "QUOTAROOT");
    put_mailbox(out, said->name, said->raw);
    put(out, " [");
    put_strs(out, said->roots, said->root_count);
    put(out, "]");
}

UNUSED static void put_metadata(line *out, const imap4_metadata *metadata)
{
    put(out, "METADATA");
    put_mailbox(out, metadata->name, metadata->raw);
    for (const imap4_metadata_entry *entry = metadata->entries; entry != NULL; entry = entry->next) {
        put(out, " %s", entry->entry.data);
        if (entry->only_named) {
            ck_assert_ptr_null(entry->value.data);
        } else {
            put(out, "=");
            put_str(out, entry->value);
        }
        put(out, entry->truncated ? " truncated" : "");
    }
}

UNUSED static void put_comparator(line *out, const imap4_comparator *said)
{
    put(out, "COMPARATOR ");
    put_str(out, said->active);
    if (said->matching != NULL) {
        put(out, " ");
        put_names(out, said->matching);
    }
}

UNUSED static void put_urls(line *out, const imap4_url_data *url)
{
    put(out, "URLFETCH");
    for (; url != NULL; url = url->next) {
        put(out, " ");
        put_str(out, url->url);
        put(out, url->binary ? "=BINARY:" : "=");
        put_str(out, url->data);
        if (url->size != url->data.len)
            put(out, "/%llu", (unsigned long long)url->size);
        put(out, url->truncated ? " truncated" : "");
        if (url->body != NULL) {
            put(out, " BODY=");
            put_body(out, url->body);
        }
        put_named_values(out, url->other);
    }
}

static void put_fetch(line *out, const imap4_msg_att *att);

UNUSED static void put_converted(line *out, const imap4_converted *converted)
{
    put(out, "CONVERTED");
    put_named(out, "tag", converted->tag);
    put(out, " ");
    put_fetch(out, converted->message);
}

/* 1 if the response is one of these. */
UNUSED static int put_extension(line *out, const imap4__response *r)
{
    switch (r->event) {
    case IMAP4_EVENT_QUOTA:
        put_quota(out, r->data.quota);
        return 1;
    case IMAP4_EVENT_QUOTAROOT:
        put_quota_root(out, r->data.quota_root);
        return 1;
    case IMAP4_EVENT_ACL:
        put_acl(out, r->data.acl);
        return 1;
    case IMAP4_EVENT_LISTRIGHTS:
        put_list_rights(out, r->data.list_rights);
        return 1;
    case IMAP4_EVENT_MYRIGHTS:
        put_my_rights(out, r->data.my_rights);
        return 1;
    case IMAP4_EVENT_METADATA:
        put_metadata(out, r->data.metadata);
        return 1;
    case IMAP4_EVENT_LANGUAGE:
    case IMAP4_EVENT_GENURLAUTH:
    case IMAP4_EVENT_JMAPACCESS:
        put(out, "%s ", imap4_event_kind_name(r->event));
        put_names(out, r->data.names);
        return 1;
    case IMAP4_EVENT_COMPARATOR:
        put_comparator(out, r->data.comparator);
        return 1;
    case IMAP4_EVENT_URLFETCH:
        put_urls(out, r->data.url_data);
        return 1;
    case IMAP4_EVENT_CONVERTED:
        put_converted(out, r->data.converted);
        return 1;
    case IMAP4_EVENT_PUSH:
        put(out, "PUSH ");
        put_params(out, r->data.params);
        return 1;
    default:
        return 0;
    }
}

#endif
