/*
 * What a response was understood to be, as one line of text: so that tests are tables of bytes and the line expected.
 *
 * Text stands in single quotes, absent things are left out or NIL. See the tables for the rest.
 */
#ifndef TEST_GRAMMAR_DESCRIBE_H
#define TEST_GRAMMAR_DESCRIBE_H

#include "base/str.h"
#include "grammar/response.h"

#include <imap4/server.h>

#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define UNUSED __attribute__((unused))

/* Room for the description of any response in the tables; what does not fit is cut off. */
typedef struct line {
    char text[16384];
    size_t len;
} line;

/* One response being read: the bytes lie in a block of exactly their size, so that ASan sees any step beyond. */
typedef struct reply {
    uint8_t *bytes;
    size_t len;
    imap4__arena arena;
    imap4__cursor cursor;
    imap4__response response;
    int result;
} reply;

__attribute__((format(printf, 2, 3))) UNUSED static void put(line *out, const char *format, ...)
{
    va_list arguments;
    int len;

    va_start(arguments, format);
    len = vsnprintf(out->text + out->len, sizeof out->text - out->len, format, arguments);
    va_end(arguments);
    if (len > 0)
        out->len += (size_t)len;
    if (out->len >= sizeof out->text)
        out->len = sizeof out->text - 1;
}

UNUSED static void put_str(line *out, imap4_str text)
{
    if (text.data == NULL) {
        put(out, "NIL");
        return;
    }
    ck_assert_int_eq(text.data[text.len], '\0');
    put(out, "'");
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        put(out, c < ' ' || c == 0x7f ? "<%02x>" : "%c", c);
    }
    put(out, "'");
}

/* " name='text'" unless it is NIL. */
UNUSED static void put_named(line *out, const char *name, imap4_str text)
{
    if (text.data == NULL)
        return;
    put(out, " %s=", name);
    put_str(out, text);
}

UNUSED static void put_strs(line *out, const imap4_str *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        put(out, i > 0 ? " " : "");
        put_str(out, items[i]);
    }
}

UNUSED static void put_names(line *out, const imap4_names *names)
{
    put(out, "[");
    put_strs(out, names->names, names->count);
    put(out, "]");
}

UNUSED static void put_flags(line *out, const imap4_flags *flags)
{
    put(out, "(");
    for (int bit = 1; bit <= IMAP4_FLAG_WILDCARD; bit <<= 1) {
        if (flags->system & (uint32_t)bit)
            put(out, "%s ", imap4_flag_name(bit));
    }
    put_strs(out, flags->keywords, flags->keyword_count);
    put(out, ")");
}

UNUSED static void put_params(line *out, const imap4_param *params)
{
    put(out, "(");
    for (; params != NULL; params = params->next) {
        put_str(out, params->name);
        put(out, "=");
        put_str(out, params->value);
        put(out, params->next != NULL ? " " : "");
    }
    put(out, ")");
}

/* Values of a test are shallow, recursion is fine here. */
UNUSED static void put_values(line *out, const imap4_value *value)
{
    for (; value != NULL; value = value->next) {
        switch (value->kind) {
        case IMAP4_VALUE_NIL:
            put(out, "NIL");
            break;
        case IMAP4_VALUE_ATOM:
            put(out, "%s", value->text.data);
            break;
        case IMAP4_VALUE_NUMBER:
            put(out, "#%llu", (unsigned long long)value->number);
            break;
        case IMAP4_VALUE_STRING:
            put_str(out, value->text);
            break;
        default:
            put(out, "(");
            put_values(out, value->children);
            put(out, ")");
            break;
        }
        put(out, value->next != NULL ? " " : "");
    }
}

UNUSED static void put_named_values(line *out, const imap4_named_value *named)
{
    for (; named != NULL; named = named->next) {
        put(out, " %s:", named->name.data);
        if (named->value == NULL)
            put(out, "-");
        put_values(out, named->value);
    }
}

UNUSED static void put_set(line *out, const imap4_uid_set *set)
{
    const char *separator = "";
    uint32_t first;
    uint32_t last;

    if (set == NULL) {
        put(out, "none");
        return;
    }
    for (imap4_set_cursor at = {0}; imap4_uid_set_next_range(set, &at, &first, &last);) {
        put(out, "%s", separator);
        separator = ",";
        put(out, first == last ? "%u" : "%u:%u", first, last);
    }
}

/* What few codes have. */
UNUSED static void put_code_rest(line *out, const imap4_resp_text *text)
{
    if (text->second_number != 0)
        put(out, " second=%llu", (unsigned long long)text->second_number);
    for (int bit = 1; bit <= IMAP4_CODE_DETAIL_READ_ONLY; bit <<= 1) {
        if (text->details & (uint32_t)bit)
            put(out, " %s", imap4_code_detail_name(bit));
    }
    put_named(out, "value", text->value);
    if (text->objectid != NULL) {
        put_named(out, "mailboxid", text->objectid->mailboxid);
        put_named(out, "accountid", text->objectid->accountid);
    }
    if (text->backoff_ms != 0)
        put(out, " backoff=%llu", (unsigned long long)text->backoff_ms);
}

UNUSED static void put_text(line *out, const imap4_resp_text *text)
{
    put(out, "%s", imap4_status_name(text->status));
    if (text->code != IMAP4_CODE_NONE)
        put(out, " [%s %s", imap4_code_name(text->code) != NULL ? imap4_code_name(text->code) : "OTHER",
            text->code_name.data);
    if (text->argument.data != NULL)
        put(out, " arg='%s'", text->argument.data);
    if (text->number != 0)
        put(out, " number=%llu", (unsigned long long)text->number);
    if (text->names != NULL)
        put_names(out, text->names);
    if (text->flags != NULL)
        put_flags(out, text->flags);
    if (text->source_uids != NULL) {
        put(out, " source=");
        put_set(out, text->source_uids);
    }
    if (text->uids != NULL) {
        put(out, text->numbers != NULL ? " either=" : " uids=");
        put_set(out, text->uids);
    }
    if (text->numbers != NULL) /* not known to be UIDs, nor not to be */
        ck_assert_ptr_eq(text->numbers, text->uids);
    put_code_rest(out, text);
    put(out, text->code != IMAP4_CODE_NONE ? "] " : " ");
    put_str(out, text->text);
}

UNUSED static void put_addresses(line *out, const imap4_address *address)
{
    put(out, address == NULL ? " -" : " ");
    for (; address != NULL; address = address->next) {
        put(out, "<");
        put_str(out, address->name);
        if (address->adl.data != NULL) {
            put(out, " via ");
            put_str(out, address->adl);
        }
        put(out, " ");
        put_str(out, address->mailbox);
        put(out, " ");
        put_str(out, address->host);
        put(out, address->kind == IMAP4_ADDRESS_MAILBOX ? ">" : " %s>", imap4_address_kind_name(address->kind));
    }
}

UNUSED static void put_envelope(line *out, const imap4_envelope *envelope)
{
    put(out, "{");
    put_str(out, envelope->date);
    put(out, " ");
    put_str(out, envelope->subject);
    put_addresses(out, envelope->from);
    put_addresses(out, envelope->sender);
    put_addresses(out, envelope->reply_to);
    put_addresses(out, envelope->to);
    put_addresses(out, envelope->cc);
    put_addresses(out, envelope->bcc);
    put(out, " ");
    put_str(out, envelope->in_reply_to);
    put(out, " ");
    put_str(out, envelope->message_id);
    put(out, "}");
}

UNUSED static void put_part(line *out, const imap4_body *body)
{
    put(out, "[%s %s ", body->part.data, imap4_body_kind_name(body->kind));
    put(out, "%s/%s", body->media_type.data, body->subtype.data);
    if (body->params != NULL)
        put_params(out, body->params);
    put_named(out, "id", body->id);
    put_named(out, "desc", body->description);
    put_named(out, "enc", body->encoding);
    if (body->size != 0 || body->lines != 0)
        put(out, " %llu/%llu", (unsigned long long)body->size, (unsigned long long)body->lines);
    if (body->envelope != NULL)
        put_envelope(out, body->envelope);
    if (body->extended)
        put(out, " +");
    put_named(out, "md5", body->md5);
    put_named(out, "dsp", body->disposition);
    if (body->disposition_params != NULL)
        put_params(out, body->disposition_params);
    if (body->language_count > 0) {
        put(out, " lang=");
        put_strs(out, body->languages, body->language_count);
    }
    put_named(out, "loc", body->location);
    if (body->extensions != NULL) {
        put(out, " ext=");
        put_values(out, body->extensions);
    }
    put(out, body->cut ? " cut]" : "]");
}

UNUSED static void put_body(line *out, const imap4_body *body)
{
    for (; body != NULL; body = imap4_body_next(body)) {
        put_part(out, body);
        for (const imap4_body *child = body->children; child != NULL; child = child->next)
            ck_assert_ptr_eq(child->parent, body);
    }
}

UNUSED static void put_section(line *out, const imap4_section *section)
{
    put(out, " %s[%s", section->binary ? "BINARY" : "BODY", section->part.data);
    put(out, section->part.len > 0 && section->text != 0 ? ".%s" : "%s", imap4_section_text_name(section->text));
    if (section->field_count > 0) {
        put(out, " (");
        put_strs(out, section->fields, section->field_count);
        put(out, ")");
    }
    put(out, "]");
    if (section->partial)
        put(out, "<%llu>", (unsigned long long)section->origin);
    put(out, "=");
    put_str(out, section->data);
    ck_assert_int_eq(section->nil, section->data.data == NULL && !section->streamed);
    if (section->size != section->data.len)
        put(out, "/%llu", (unsigned long long)section->size);
    if (section->streamed)
        put(out, " streamed");
    if (section->truncated)
        put(out, " truncated");
}

#include "describe_item.h"

UNUSED static void put_fetch(line *out, const imap4_msg_att *att)
{
    put(out, "FETCH %u", att->seq);
    if (att->present & IMAP4_FETCH_UID)
        put(out, " UID=%u", att->uid);
    if (att->present & IMAP4_FETCH_FLAGS) {
        put(out, " FLAGS=");
        put_flags(out, att->flags);
    }
    if (att->present & IMAP4_FETCH_INTERNALDATE)
        put(out, att->internaldate->valid ? " DATE=%04d-%02d-%02d %02d:%02d:%02d%+d" : " DATE=?",
            att->internaldate->year, att->internaldate->month, att->internaldate->day, att->internaldate->hour,
            att->internaldate->minute, att->internaldate->second, att->internaldate->zone);
    if (att->present & IMAP4_FETCH_RFC822_SIZE)
        put(out, " SIZE=%llu", (unsigned long long)att->rfc822_size);
    if (att->present & IMAP4_FETCH_MODSEQ)
        put(out, " MODSEQ=%llu", (unsigned long long)att->modseq);
    if (att->present & (IMAP4_FETCH_RFC822 | IMAP4_FETCH_RFC822_HEADER | IMAP4_FETCH_RFC822_TEXT))
        put(out, " rev1=%x", att->present & 0x700);
    if (att->present & IMAP4_FETCH_ENVELOPE) {
        put(out, " ENVELOPE=");
        put_envelope(out, att->envelope);
    }
    if (att->present & (IMAP4_FETCH_BODY | IMAP4_FETCH_BODYSTRUCTURE)) {
        put(out, att->present & IMAP4_FETCH_BODYSTRUCTURE ? " BODYSTRUCTURE=" : " BODY=");
        put_body(out, att->body);
    }
    for (const imap4_section *section = att->sections; section != NULL; section = section->next)
        put_section(out, section);
    put_items(out, att);
    put_named_values(out, att->other);
}

UNUSED static void put_list(line *out, const imap4_mailbox_list *list)
{
    static const char *const kinds[] = {"", "LIST", "LSUB", "XLIST"};

    put(out, "%s (", kinds[list->kind]);
    for (int bit = 1; bit <= IMAP4_MAILBOX_SNOOZED; bit <<= 1) {
        if (list->attributes & (uint32_t)bit)
            put(out, "%s ", imap4_mailbox_attribute_name(bit) != NULL ? imap4_mailbox_attribute_name(bit) : "?");
    }
    put_strs(out, list->other_attributes, list->other_attribute_count);
    put(out, ") ");
    put_str(out, list->delimiter);
    put(out, " ");
    put_str(out, list->name);
    if (!imap4__str_eq(list->name, list->raw)) {
        put(out, " raw=");
        put_str(out, list->raw);
    }
    put_list_extensions(out, list);
    put_named_values(out, list->extended);
}

UNUSED static void put_status(line *out, const imap4_mailbox_status *status)
{
    const uint64_t values[] = {status->messages, status->recent,  status->uidnext, status->uidvalidity,
                               status->unseen,   status->deleted, status->size,    status->highestmodseq};

    put(out, "STATUS ");
    put_str(out, status->name);
    if (!imap4__str_eq(status->name, status->raw)) {
        put(out, " raw=");
        put_str(out, status->raw);
    }
    for (int i = 0; i < 8; i++) {
        if (status->present & (1u << i))
            put(out, " %s=%llu", imap4_status_att_name(1 << i), (unsigned long long)values[i]);
        else
            ck_assert_uint_eq(values[i], 0);
    }
    put_status_extensions(out, status);
    put_named_values(out, status->other);
}

UNUSED static void put_namespace(line *out, const imap4_namespace_descr *descr)
{
    put(out, descr == NULL ? " -" : " ");
    for (; descr != NULL; descr = descr->next) {
        put(out, "(");
        put_str(out, descr->prefix);
        put(out, " ");
        put_str(out, descr->delimiter);
        put_named(out, "translation", descr->translation);
        put_named_values(out, descr->extensions);
        put(out, ")");
    }
}

/* One set under two names, or UIDs alone. */
UNUSED static void put_sets(line *out, const imap4_search_data *search, const imap4_uid_set *uids,
                            const imap4_seq_set *numbers)
{
    if (search->uid)
        ck_assert_ptr_null(numbers);
    else
        ck_assert_ptr_eq(uids, numbers);
    ck_assert(uids == NULL || imap4_uid_set_ranges(uids) > 0);
    put_set(out, uids);
}

UNUSED static void put_search_change(line *out, const imap4_search_data *search, const imap4_search_change *change)
{
    put(out, " %s(%llu ", imap4_search_item_name(change->item), (unsigned long long)change->position);
    put_sets(out, search, change->uids, change->numbers);
    put(out, ")");
}

UNUSED static void put_search(line *out, const imap4_search_data *search)
{
    put(out, "%s", imap4_search_kind_name(search->kind));
    put_named(out, "tag", search->tag);
    put_named(out, "mailbox", search->mailbox);
    if (!imap4__str_eq(search->mailbox, search->raw_mailbox))
        put_named(out, "raw", search->raw_mailbox);
    if (search->uidvalidity != 0)
        put(out, " uidvalidity=%u", search->uidvalidity);
    if (search->uid)
        put(out, " UID");
    if (search->present & IMAP4_FOUND_ALL) {
        put(out, search->kind == IMAP4_SEARCH_ESEARCH ? " ALL=" : " ");
        put_sets(out, search, search->uids, search->numbers);
    } else {
        ck_assert_ptr_null(search->uids);
    }
    if (search->present & IMAP4_FOUND_MIN)
        put(out, " MIN=%u", search->min);
    if (search->present & IMAP4_FOUND_MAX)
        put(out, " MAX=%u", search->max);
    if (search->present & IMAP4_FOUND_COUNT)
        put(out, " COUNT=%llu", (unsigned long long)search->count);
    ck_assert_int_eq((search->present & IMAP4_FOUND_MODSEQ) != 0, search->modseq != 0);
    if (search->present & IMAP4_FOUND_MODSEQ)
        put(out, " MODSEQ=%llu", (unsigned long long)search->modseq);
    if (search->present & IMAP4_FOUND_RELEVANCY)
        put(out, " RELEVANCY=");
    for (size_t i = 0; i < search->relevancy_count; i++)
        put(out, i > 0 ? ",%u" : "%u", search->relevancy[i]);
    ck_assert_int_eq((search->present & IMAP4_FOUND_PARTIAL) != 0, search->partial != NULL);
    if (search->partial != NULL) {
        put(out, " PARTIAL=%lld:%lld ", (long long)search->partial->first, (long long)search->partial->last);
        put_sets(out, search, search->partial->uids, search->partial->numbers);
    }
    for (const imap4_search_change *change = search->changes; change != NULL; change = change->next) {
        put_search_change(out, search, change);
        ck_assert_uint_ne(search->present & (uint32_t)change->item, 0);
    }
    put_named_values(out, search->other);
}

/* As the wire could have said it, with `?` for missing messages and the level before each but the first. */
UNUSED static void put_threads(line *out, const imap4_threads *threads)
{
    imap4_set_cursor cursor = {0};
    imap4_thread_node node;
    size_t count = 0;

    put(out, "THREAD");
    while (imap4_threads_next(threads, &cursor, &node)) {
        put(out, " %u:", node.level);
        put(out, node.number != 0 ? "%u" : "?", node.number);
        count++;
    }
    ck_assert_uint_eq(count, imap4_threads_count(threads));
    ck_assert(threads == NULL || count > 0);
}

UNUSED static void put_data(line *out, const imap4__response *r)
{
    switch (r->event) {
    case IMAP4_EVENT_TEXT:
        put_text(out, r->data.text);
        break;
    case IMAP4_EVENT_CAPABILITY:
    case IMAP4_EVENT_ENABLED:
        put(out, "%s ", imap4_event_kind_name(r->event));
        put_names(out, r->data.names);
        break;
    case IMAP4_EVENT_ID:
        put(out, "ID ");
        put_params(out, r->data.params);
        break;
    case IMAP4_EVENT_NAMESPACE:
        put(out, "NAMESPACE");
        put_namespace(out, r->data.namespaces->personal);
        put_namespace(out, r->data.namespaces->other_users);
        put_namespace(out, r->data.namespaces->shared);
        break;
    case IMAP4_EVENT_LIST:
        put_list(out, r->data.list);
        break;
    case IMAP4_EVENT_STATUS:
        put_status(out, r->data.status);
        break;
    case IMAP4_EVENT_FLAGS:
        put(out, "FLAGS ");
        put_flags(out, r->data.flags);
        break;
    case IMAP4_EVENT_EXISTS:
    case IMAP4_EVENT_RECENT:
    case IMAP4_EVENT_EXPUNGE:
        ck_assert_uint_eq(r->number, r->data.number);
        put(out, "%s %llu", imap4_event_kind_name(r->event), (unsigned long long)r->number);
        break;
    case IMAP4_EVENT_FETCH:
        put_fetch(out, r->data.fetch);
        break;
    case IMAP4_EVENT_SEARCH:
        put_search(out, r->data.search);
        break;
    case IMAP4_EVENT_THREAD:
        put_threads(out, r->data.thread->threads);
        break;
    case IMAP4_EVENT_VANISHED:
        put(out, r->data.vanished->earlier ? "VANISHED EARLIER " : "VANISHED ");
        put_set(out, r->data.vanished->uids);
        break;
    case IMAP4_EVENT_UIDBATCHES:
        put(out, "UIDBATCHES");
        put_named(out, "tag", r->data.uid_batches->tag);
        put(out, " ");
        put_set(out, r->data.uid_batches->batches);
        break;
    case IMAP4_EVENT_UNKNOWN:
        put(out, r->data.unknown->has_number ? "UNKNOWN %llu " : "UNKNOWN ", (unsigned long long)r->number);
        put_str(out, r->data.unknown->name);
        put(out, r->data.unknown->values != NULL ? " " : "");
        put_values(out, r->data.unknown->values);
        break;
    default:
        if (!put_extension(out, r))
            put(out, "event %d", r->event);
        break;
    }
}

UNUSED static void describe(line *out, const reply *r)
{
    const imap4__response *response = &r->response;

    out->len = 0;
    out->text[0] = '\0';
    if (r->result != IMAP4_OK) {
        put(out, "%s %s", imap4_result_name(r->result), imap4_event_kind_name(response->event));
    } else if (response->kind == IMAP4__RESPONSE_TAGGED) {
        put(out, "<%.*s> ", (int)response->tag.len, response->tag.data);
        put_text(out, response->data.text);
    } else if (response->kind == IMAP4__RESPONSE_CONTINUE) {
        put(out, "+'%.*s'", (int)response->rest.len, response->rest.data);
    } else {
        put_data(out, response);
    }
    if (response->damaged > 0)
        put(out, " !%u %s @%d", response->damaged, response->damage_what, (int)(response->damage_at - r->bytes));
}

UNUSED static void reply_init(reply *r, const void *bytes, size_t len, const imap4_allocator *mem)
{
    memset(r, 0, sizeof *r);
    r->bytes = malloc(len > 0 ? len : 1);
    ck_assert_ptr_nonnull(r->bytes);
    memcpy(r->bytes, bytes, len);
    r->len = len;
    imap4__arena_init(&r->arena, mem);
    r->cursor.base = r->bytes;
    r->cursor.start = r->bytes;
    r->cursor.at = r->bytes;
    r->cursor.end = r->bytes + len;
    r->cursor.arena = &r->arena;
    r->cursor.nesting_limit = 100;
    r->cursor.list_limit = 1000;
}

UNUSED static void reply_read(reply *r)
{
    r->result = imap4__response_read(&r->cursor, &r->response);
}

UNUSED static void reply_clear(reply *r)
{
    imap4__arena_clear(&r->arena);
    free(r->bytes);
}

/* A row of a table: what the server says, what is understood. */
typedef struct row {
    const char *bytes;
    const char *expected;
} row;

UNUSED static void check_row_of(const row *expected, int server)
{
    static line found;
    reply r;

    reply_init(&r, expected->bytes, strlen(expected->bytes), NULL);
    r.cursor.server = server;
    reply_read(&r);
    describe(&found, &r);
    if (strcmp(found.text, expected->expected) != 0)
        ck_abort_msg("\n  bytes    %s\n  found    %s\n  expected %s", expected->bytes, found.text, expected->expected);
    reply_clear(&r);
}

UNUSED static void check_row(const row *expected)
{
    check_row_of(expected, IMAP4_SERVER_UNKNOWN);
}

UNUSED static void check_rows(const row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_row(&rows[i]);
}

#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof(rows)[0])

/* The same from a server that was recognised. */
UNUSED static void check_rows_of(const row *rows, size_t count, int server)
{
    for (size_t i = 0; i < count; i++)
        check_row_of(&rows[i], server);
}

#define CHECK_ROWS_OF(rows, server) check_rows_of(rows, sizeof(rows) / sizeof(rows)[0], server)

/* An allocator that fails at its n-th allocation. */
typedef struct scarcity {
    size_t left;
    size_t live;
} scarcity;

UNUSED static void *scarce_allocate(void *user, size_t size)
{
    scarcity *s = user;

    if (s->left == 0)
        return NULL;
    s->left--;
    s->live++;
    return malloc(size);
}

UNUSED static void *scarce_reallocate(void *user, void *memory, size_t size)
{
    scarcity *s = user;

    if (memory == NULL)
        return scarce_allocate(user, size);
    if (s->left == 0)
        return NULL;
    s->left--;
    return realloc(memory, size);
}

UNUSED static void scarce_release(void *user, void *memory)
{
    scarcity *s = user;

    if (memory != NULL)
        s->live--;
    free(memory);
}

#endif
