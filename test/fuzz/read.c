#include "read.h"

FUZZ_BEGIN

void fuzz_sum_init(fuzz_sum *sum)
{
    memset(sum, 0, sizeof *sum);
}

void fuzz_add(fuzz_sum *sum, uint64_t value)
{
    sum->meaning = fuzz_mix(sum->meaning, value);
}

void fuzz_rest(fuzz_sum *sum, uint64_t value)
{
    sum->rest = fuzz_mix(sum->rest, value);
}

/* types.h: "data == NULL is NIL", and "handed out by the library, data[len] is NUL". */
static uint64_t text_sum(imap4_str text)
{
    if (text.data == NULL) {
        FUZZ_CHECK(text.len == 0);
        return 1;
    }
    FUZZ_CHECK(text.data[text.len] == '\0');
    return fuzz_hash(2, text.data, text.len);
}

void fuzz_add_str(fuzz_sum *sum, imap4_str text)
{
    fuzz_add(sum, text_sum(text));
}

void fuzz_rest_str(fuzz_sum *sum, imap4_str text)
{
    fuzz_rest(sum, text_sum(text));
}

void fuzz_add_strs(fuzz_sum *sum, const imap4_str *strs, size_t count)
{
    FUZZ_CHECK(strs != NULL || count == 0);
    fuzz_add(sum, count);
    for (size_t i = 0; i < count; i++)
        fuzz_add_str(sum, strs[i]);
}

static void read_names(fuzz_sum *sum, const imap4_names *names)
{
    fuzz_add(sum, names != NULL);
    if (names == NULL)
        return;
    for (size_t i = 0; i < names->count; i++)
        FUZZ_CHECK(names->names[i].data != NULL);
    fuzz_add_strs(sum, names->names, names->count);
    fuzz_rest(sum, (uint64_t)imap4_names_contain(names, "IMAP4rev2"));
}

void fuzz_read_flags(fuzz_sum *sum, const imap4_flags *flags)
{
    fuzz_add(sum, flags != NULL);
    if (flags == NULL)
        return;
    FUZZ_CHECK(flags->system < 128);
    fuzz_add(sum, flags->system);
    fuzz_add_strs(sum, flags->keywords, flags->keyword_count);
}

/* The ranges of a set one by one, where those that touch count as one: some lists come in pieces. */
typedef struct ranges {
    uint32_t first;
    uint32_t last;
    uint64_t count;
    size_t ranges;
    uint64_t sum;
} ranges;

static void add_range(ranges *r, uint32_t first, uint32_t last)
{
    FUZZ_CHECK(last == IMAP4_SET_STAR || (first != IMAP4_SET_STAR && first <= last));
    r->count += last != IMAP4_SET_STAR ? (uint64_t)last - first + 1 : first != last ? 2 : 1;
    if (r->ranges++ > 0 && r->last != IMAP4_SET_STAR && r->last != UINT32_MAX && first == r->last + 1 &&
        last != IMAP4_SET_STAR) {
        r->last = last;
        return;
    }
    r->sum = fuzz_mix(r->sum, (uint64_t)r->first << 32 | r->last);
    r->first = first;
    r->last = last;
}

static uint64_t ranges_sum(const ranges *r)
{
    return fuzz_mix(r->sum, (uint64_t)r->first << 32 | r->last);
}

/* Both kinds of set: the same functions under two names. */
#define DEFINE_READ_SET(name, type, prefix)                                                                            \
    static void name(fuzz_sum *sum, const type *set)                                                                   \
    {                                                                                                                  \
        imap4_set_cursor cursor = {0};                                                                                 \
        imap4_set_cursor walk = {0};                                                                                   \
        ranges r = {0, 0, 0, 0, 0};                                                                                    \
        uint32_t first;                                                                                                \
        uint32_t last;                                                                                                 \
                                                                                                                       \
        fuzz_add(sum, set != NULL);                                                                                    \
        if (set == NULL)                                                                                               \
            return;                                                                                                    \
        while (prefix##_next_range(set, &cursor, &first, &last)) {                                                     \
            FUZZ_CHECK(r.ranges > 1 || first == IMAP4_SET_STAR || prefix##_contains(set, first));                      \
            add_range(&r, first, last);                                                                                \
        }                                                                                                              \
        FUZZ_CHECK(r.ranges == prefix##_ranges(set));                                                                  \
        FUZZ_CHECK(r.count == prefix##_count(set));                                                                    \
        fuzz_add(sum, ranges_sum(&r));                                                                                 \
        for (int i = 0; i < 8 && prefix##_next(set, &walk, &first); i++)                                               \
            fuzz_add(sum, first);                                                                                      \
    }
DEFINE_READ_SET(read_uids, imap4_uid_set, imap4_uid_set)
DEFINE_READ_SET(read_numbers, imap4_seq_set, imap4_seq_set)

static void read_value(fuzz_sum *sum, const imap4_value *value)
{
    fuzz_add(sum, (uint64_t)value->kind);
    FUZZ_CHECK(imap4_value_kind_name(value->kind) != NULL);
    FUZZ_CHECK(value->children == NULL || value->kind == IMAP4_VALUE_LIST);
    if (value->kind == IMAP4_VALUE_STRING)
        sum->lossy |= value->text.data == NULL; /* it went out as a stream */
    else
        FUZZ_CHECK((value->text.data == NULL) == (value->kind == IMAP4_VALUE_NIL || value->kind == IMAP4_VALUE_LIST));
    fuzz_add(sum, value->number);
    fuzz_add_str(sum, value->text);
}

/* Down to the children, then on, then up to where the list of the parent goes on. */
void fuzz_read_values(fuzz_sum *sum, const imap4_value *value)
{
    const imap4_value *above[1001];
    size_t depth = 0;

    for (;;) {
        while (value == NULL && depth > 0) {
            fuzz_add(sum, depth);
            value = above[--depth];
        }
        if (value == NULL)
            return;
        read_value(sum, value);
        if (value->children == NULL) {
            value = value->next;
            continue;
        }
        FUZZ_CHECK(depth < 1001);
        above[depth++] = value->next;
        value = value->children;
    }
}

void fuzz_read_named(fuzz_sum *sum, const imap4_named_value *named)
{
    for (; named != NULL; named = named->next) {
        FUZZ_CHECK(named->name.data != NULL);
        fuzz_add_str(sum, named->name);
        fuzz_add(sum, named->value != NULL);
        fuzz_read_values(sum, named->value);
    }
}

void fuzz_read_params(fuzz_sum *sum, const imap4_param *params)
{
    for (; params != NULL; params = params->next) {
        fuzz_add_str(sum, params->name);
        fuzz_add_str(sum, params->value);
    }
    fuzz_add(sum, 0);
}

void fuzz_read_objectid(fuzz_sum *sum, const imap4_objectid *ids)
{
    fuzz_add(sum, ids != NULL);
    if (ids == NULL)
        return;
    fuzz_add_str(sum, ids->mailboxid);
    fuzz_add_str(sum, ids->accountid);
    fuzz_add_str(sum, ids->emailid);
    fuzz_add_str(sum, ids->threadid);
}

void fuzz_read_text(fuzz_sum *sum, const imap4_resp_text *text)
{
    FUZZ_CHECK(text != NULL);
    FUZZ_CHECK(imap4_status_name(text->status) != NULL);
    FUZZ_CHECK((text->code == IMAP4_CODE_NONE) == (text->code_name.data == NULL));
    FUZZ_CHECK(text->code <= IMAP4_CODE_OTHER || imap4_code_name(text->code) != NULL);
    fuzz_add(sum, (uint64_t)text->status);
    fuzz_add(sum, (uint64_t)text->code);
    fuzz_add_str(sum, text->code_name);
    if (text->code == IMAP4_CODE_OTHER)
        fuzz_add_str(sum, text->argument);
    fuzz_rest_str(sum, text->argument);
    fuzz_add_str(sum, text->text);
    FUZZ_CHECK(text->text.data != NULL);
    fuzz_rest(sum, (uint64_t)text->trusted);
    fuzz_add(sum, text->details);
    fuzz_add(sum, text->number);
    read_names(sum, text->names);
    fuzz_read_flags(sum, text->flags);
    read_uids(sum, text->uids);
    read_uids(sum, text->source_uids);
    read_numbers(sum, text->numbers);
    fuzz_add(sum, text->second_number);
    fuzz_add_str(sum, text->value);
    fuzz_read_objectid(sum, text->objectid);
    fuzz_add(sum, text->backoff_ms);
}

static void read_namespace(fuzz_sum *sum, const imap4_namespace_descr *descr)
{
    for (; descr != NULL; descr = descr->next) {
        fuzz_add_str(sum, descr->prefix);
        fuzz_add_str(sum, descr->raw_prefix);
        fuzz_add_str(sum, descr->delimiter);
        fuzz_read_named(sum, descr->extensions);
        fuzz_add_str(sum, descr->translation);
    }
    fuzz_add(sum, 3);
}

static void read_list(fuzz_sum *sum, const imap4_mailbox_list *list)
{
    FUZZ_CHECK(list->kind >= IMAP4_LIST_LIST && list->kind <= IMAP4_LIST_XLIST);
    FUZZ_CHECK(list->name.data != NULL && list->raw.data != NULL);
    FUZZ_CHECK(!(list->attributes & IMAP4_MAILBOX_NONEXISTENT) || (list->attributes & IMAP4_MAILBOX_NOSELECT));
    fuzz_add(sum, (uint64_t)list->kind);
    fuzz_add(sum, list->attributes);
    fuzz_add_str(sum, list->delimiter);
    fuzz_add_str(sum, list->name);
    fuzz_add_str(sum, list->raw);
    fuzz_add_strs(sum, list->other_attributes, list->other_attribute_count);
    fuzz_read_named(sum, list->extended);
    fuzz_add(sum, list->childinfo);
    fuzz_add_str(sum, list->old_name);
    fuzz_add_str(sum, list->raw_old_name);
}

static void read_status(fuzz_sum *sum, const imap4_mailbox_status *status)
{
    FUZZ_CHECK(status->name.data != NULL && status->raw.data != NULL);
    fuzz_add_str(sum, status->name);
    fuzz_add_str(sum, status->raw);
    fuzz_add(sum, status->present);
    fuzz_add(sum, status->messages);
    fuzz_add(sum, status->recent);
    fuzz_add(sum, status->uidnext);
    fuzz_add(sum, status->uidvalidity);
    fuzz_add(sum, status->unseen);
    fuzz_add(sum, status->deleted);
    fuzz_add(sum, status->size);
    fuzz_add(sum, status->highestmodseq);
    fuzz_read_named(sum, status->other);
    fuzz_add(sum, status->deleted_storage);
    fuzz_add(sum, status->appendlimit);
    fuzz_add_str(sum, status->mailboxid);
    fuzz_read_objectid(sum, status->objectid);
}

static void read_search(fuzz_sum *sum, const imap4_search_data *search)
{
    FUZZ_CHECK(imap4_search_kind_name(search->kind) != NULL);
    read_uids(sum, search->uids);
    read_numbers(sum, search->numbers);
    fuzz_add(sum, search->modseq);
    fuzz_add(sum, (uint64_t)search->kind);
    fuzz_add(sum, search->present);
    fuzz_add(sum, (uint64_t)search->uid);
    fuzz_add(sum, search->min);
    fuzz_add(sum, search->max);
    fuzz_add(sum, search->uidvalidity);
    fuzz_add(sum, search->count);
    fuzz_add(sum, search->relevancy_count);
    if (search->relevancy_count > 0)
        fuzz_add(sum, fuzz_hash(0, search->relevancy, search->relevancy_count));
    fuzz_add(sum, search->partial != NULL);
    if (search->partial != NULL) {
        fuzz_add(sum, (uint64_t)search->partial->first);
        fuzz_add(sum, (uint64_t)search->partial->last);
        read_uids(sum, search->partial->uids);
        read_numbers(sum, search->partial->numbers);
    }
    for (const imap4_search_change *change = search->changes; change != NULL; change = change->next) {
        FUZZ_CHECK(change->item == IMAP4_FOUND_ADDTO || change->item == IMAP4_FOUND_REMOVEFROM);
        fuzz_add(sum, (uint64_t)change->item);
        fuzz_add(sum, change->position);
        read_uids(sum, change->uids);
        read_numbers(sum, change->numbers);
    }
    fuzz_add_str(sum, search->tag);
    fuzz_add_str(sum, search->mailbox);
    fuzz_add_str(sum, search->raw_mailbox);
    fuzz_read_named(sum, search->other);
}

/* found.h: "level 0: a thread begins; otherwise the parent is the last node before of level - 1" */
static void read_thread(fuzz_sum *sum, const imap4_threads *threads)
{
    imap4_set_cursor cursor = {0};
    imap4_thread_node node;
    uint32_t level = 0;
    size_t count = 0;

    while (imap4_threads_next(threads, &cursor, &node)) {
        FUZZ_CHECK(node.level <= (count > 0 ? level + 1 : 0));
        level = node.level;
        count++;
        fuzz_add(sum, (uint64_t)node.number << 32 | node.level);
    }
    FUZZ_CHECK(count == imap4_threads_count(threads));
}

static void read_quota(fuzz_sum *sum, const imap4_quota *quota)
{
    fuzz_add_str(sum, quota->root);
    for (const imap4_quota_resource *one = quota->resources; one != NULL; one = one->next) {
        FUZZ_CHECK((one->kind == IMAP4_QUOTA_OTHER) == (imap4_quota_kind_name(one->kind) == NULL));
        fuzz_add(sum, (uint64_t)one->kind);
        fuzz_add_str(sum, one->name);
        fuzz_add(sum, one->usage);
        fuzz_add(sum, one->limit);
    }
}

static void read_quota_root(fuzz_sum *sum, const imap4_quota_root *root)
{
    fuzz_add_str(sum, root->name);
    fuzz_add_str(sum, root->raw);
    fuzz_add_strs(sum, root->roots, root->root_count);
}

static void read_rights(fuzz_sum *sum, const imap4_rights *rights)
{
    fuzz_add(sum, rights->bits);
    fuzz_add_str(sum, rights->text);
}

static void read_acl(fuzz_sum *sum, const imap4_acl *acl)
{
    fuzz_add_str(sum, acl->name);
    fuzz_add_str(sum, acl->raw);
    for (const imap4_acl_entry *entry = acl->entries; entry != NULL; entry = entry->next) {
        FUZZ_CHECK(entry->negative == 0 || entry->negative == 1);
        fuzz_add_str(sum, entry->identifier);
        fuzz_add(sum, (uint64_t)entry->negative);
        read_rights(sum, &entry->rights);
    }
}

static void read_list_rights(fuzz_sum *sum, const imap4_list_rights *rights)
{
    fuzz_add_str(sum, rights->name);
    fuzz_add_str(sum, rights->raw);
    fuzz_add_str(sum, rights->identifier);
    read_rights(sum, &rights->required);
    fuzz_add(sum, rights->optional_count);
    for (size_t i = 0; i < rights->optional_count; i++)
        read_rights(sum, &rights->optional[i]);
}

static void read_my_rights(fuzz_sum *sum, const imap4_my_rights *rights)
{
    fuzz_add_str(sum, rights->name);
    fuzz_add_str(sum, rights->raw);
    read_rights(sum, &rights->rights);
}

static void read_metadata(fuzz_sum *sum, const imap4_metadata *metadata)
{
    fuzz_add_str(sum, metadata->name);
    fuzz_add_str(sum, metadata->raw);
    for (const imap4_metadata_entry *entry = metadata->entries; entry != NULL; entry = entry->next) {
        FUZZ_CHECK(!entry->only_named || entry->value.data == NULL);
        fuzz_add_str(sum, entry->entry);
        fuzz_add_str(sum, entry->value);
        fuzz_add(sum, (uint64_t)entry->only_named);
        fuzz_rest(sum, (uint64_t)entry->truncated);
        sum->lossy |= entry->truncated;
    }
}

static void read_urls(fuzz_sum *sum, const imap4_url_data *url)
{
    for (; url != NULL; url = url->next) {
        fuzz_add_str(sum, url->url);
        fuzz_add_str(sum, url->data);
        fuzz_add(sum, url->size);
        fuzz_add(sum, (uint64_t)url->binary);
        fuzz_rest(sum, (uint64_t)url->truncated);
        sum->lossy |= url->truncated;
        fuzz_read_body(sum, url->body);
        fuzz_read_named(sum, url->other);
    }
}

static void read_unknown(fuzz_sum *sum, const imap4_unknown *unknown)
{
    FUZZ_CHECK(unknown->name.data != NULL);
    FUZZ_CHECK(unknown->has_number || unknown->number == 0);
    fuzz_add_str(sum, unknown->name);
    fuzz_add(sum, (uint64_t)unknown->has_number);
    fuzz_add(sum, unknown->number);
    fuzz_read_values(sum, unknown->values);
}

void fuzz_read(fuzz_sum *sum, int kind, imap4_event_data data)
{
    fuzz_add(sum, (uint64_t)kind);
    FUZZ_CHECK(imap4_event_kind_name(kind) != NULL);
    switch (kind) {
    case IMAP4_EVENT_GREETING:
    case IMAP4_EVENT_TEXT:
        fuzz_read_text(sum, data.text);
        break;
    case IMAP4_EVENT_CAPABILITY:
    case IMAP4_EVENT_ENABLED:
    case IMAP4_EVENT_LANGUAGE:
    case IMAP4_EVENT_GENURLAUTH:
    case IMAP4_EVENT_JMAPACCESS:
        read_names(sum, data.names);
        break;
    case IMAP4_EVENT_ID:
    case IMAP4_EVENT_PUSH:
        fuzz_read_params(sum, data.params);
        break;
    case IMAP4_EVENT_NAMESPACE:
        read_namespace(sum, data.namespaces->personal);
        read_namespace(sum, data.namespaces->other_users);
        read_namespace(sum, data.namespaces->shared);
        break;
    case IMAP4_EVENT_LIST:
        read_list(sum, data.list);
        break;
    case IMAP4_EVENT_STATUS:
        read_status(sum, data.status);
        break;
    case IMAP4_EVENT_FLAGS:
        fuzz_read_flags(sum, data.flags);
        break;
    case IMAP4_EVENT_EXISTS:
    case IMAP4_EVENT_RECENT:
    case IMAP4_EVENT_EXPUNGE:
        fuzz_add(sum, data.number);
        break;
    case IMAP4_EVENT_FETCH:
        fuzz_read_message(sum, data.fetch);
        break;
    case IMAP4_EVENT_SEARCH:
        read_search(sum, data.search);
        break;
    case IMAP4_EVENT_UNKNOWN:
        read_unknown(sum, data.unknown);
        break;
    case IMAP4_EVENT_THREAD:
        read_thread(sum, data.thread->threads);
        break;
    case IMAP4_EVENT_VANISHED:
        read_uids(sum, data.vanished->uids);
        fuzz_add(sum, (uint64_t)data.vanished->earlier);
        break;
    case IMAP4_EVENT_QUOTA:
        read_quota(sum, data.quota);
        break;
    case IMAP4_EVENT_QUOTAROOT:
        read_quota_root(sum, data.quota_root);
        break;
    case IMAP4_EVENT_ACL:
        read_acl(sum, data.acl);
        break;
    case IMAP4_EVENT_LISTRIGHTS:
        read_list_rights(sum, data.list_rights);
        break;
    case IMAP4_EVENT_MYRIGHTS:
        read_my_rights(sum, data.my_rights);
        break;
    case IMAP4_EVENT_METADATA:
        read_metadata(sum, data.metadata);
        break;
    case IMAP4_EVENT_COMPARATOR:
        fuzz_add_str(sum, data.comparator->active);
        read_names(sum, data.comparator->matching);
        break;
    case IMAP4_EVENT_URLFETCH:
        read_urls(sum, data.url_data);
        break;
    case IMAP4_EVENT_UIDBATCHES:
        fuzz_add_str(sum, data.uid_batches->tag);
        read_uids(sum, data.uid_batches->batches);
        break;
    case IMAP4_EVENT_CONVERTED:
        fuzz_add_str(sum, data.converted->tag);
        fuzz_read_message(sum, data.converted->message);
        break;
    default:
        FUZZ_CHECK(0 && "no server says this");
    }
}

FUZZ_END
