#include "print.h"

#include <imap4/conn.h>

#include <inttypes.h>
#include <string.h>

void print_result(text *to, int result)
{
    const char *name = imap4_result_name(result);

    if (name != NULL && strncmp(name, "ERROR_", 6) == 0)
        name += 6;
    text_lower(to, name != NULL ? name : "RESULT?");
}

void print_field(text *to, const char *name, imap4_str value)
{
    if (value.data == NULL)
        return;
    text_printf(to, " %s=", name);
    text_quote(to, value.data, value.len);
}

static void number_field(text *to, const char *name, uint64_t value)
{
    if (value != 0)
        text_printf(to, " %s=%" PRIu64, name, value);
}

void print_value(text *to, const imap4_value *value)
{
    switch (value->kind) {
    case IMAP4_VALUE_NIL:
        text_puts(to, "NIL");
        break;
    case IMAP4_VALUE_STRING:
        text_quote(to, value->text.data, value->text.len);
        break;
    case IMAP4_VALUE_NUMBER:
        text_printf(to, "%" PRIu64, value->number);
        break;
    case IMAP4_VALUE_LIST:
        text_puts(to, "(");
        for (const imap4_value *child = value->children; child != NULL; child = child->next) {
            if (child != value->children)
                text_puts(to, " ");
            print_value(to, child);
        }
        text_puts(to, ")");
        break;
    default:
        text_add(to, value->text.data, value->text.len);
    }
}

void print_named_values(text *to, const imap4_named_value *named)
{
    for (; named != NULL; named = named->next) {
        text_puts(to, " ");
        text_add(to, named->name.data, named->name.len);
        if (named->value != NULL) {
            text_puts(to, "=");
            print_value(to, named->value);
        }
    }
}

void print_params(text *to, const char *name, const imap4_param *params)
{
    if (params == NULL)
        return;
    text_printf(to, " %s=(", name);
    for (const imap4_param *param = params; param != NULL; param = param->next) {
        if (param != params)
            text_puts(to, " ");
        text_quote(to, param->name.data, param->name.len);
        text_puts(to, " ");
        text_quote(to, param->value.data, param->value.len);
    }
    text_puts(to, ")");
}

void print_flags(text *to, const imap4_flags *flags)
{
    const char *before = "";

    text_puts(to, "(");
    for (int bit = 1; bit <= IMAP4_FLAG_WILDCARD; bit *= 2) {
        if ((flags->system & (uint32_t)bit) != 0) {
            text_printf(to, "%s%s", before, imap4_flag_name(bit));
            before = " ";
        }
    }
    for (uint32_t i = 0; i < flags->keyword_count; i++) {
        text_puts(to, before);
        text_add(to, flags->keywords[i].data, flags->keywords[i].len);
        before = " ";
    }
    text_puts(to, ")");
}

void print_names(text *to, const imap4_names *names)
{
    text_puts(to, "(");
    for (size_t i = 0; i < names->count; i++) {
        text_puts(to, i == 0 ? "" : " ");
        text_add(to, names->names[i].data, names->names[i].len);
    }
    text_puts(to, ")");
}

static void range(text *to, const char **before, uint32_t first, uint32_t last)
{
    const uint32_t ends[2] = {first, last};

    for (int i = 0; i < (first == last ? 1 : 2); i++) {
        text_puts(to, i == 0 ? *before : ":");
        if (ends[i] == IMAP4_SET_STAR)
            text_puts(to, "*");
        else
            text_printf(to, "%" PRIu32, ends[i]);
    }
    *before = ",";
}

static void uids_field(text *to, const char *name, const imap4_uid_set *set)
{
    const char *before = "";
    uint32_t first;
    uint32_t last;

    if (set == NULL)
        return;
    text_printf(to, " %s=%s", name, imap4_uid_set_ranges(set) == 0 ? "()" : "");
    for (size_t i = 0; imap4_uid_set_range(set, i, &first, &last); i++)
        range(to, &before, first, last);
}

static void numbers_field(text *to, const char *name, const imap4_seq_set *set)
{
    const char *before = "";
    uint32_t first;
    uint32_t last;

    if (set == NULL)
        return;
    text_printf(to, " %s=%s", name, imap4_seq_set_ranges(set) == 0 ? "()" : "");
    for (size_t i = 0; imap4_seq_set_range(set, i, &first, &last); i++)
        range(to, &before, first, last);
}

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
    number_field(to, "number", resp->number);
    if (resp->names != NULL) {
        text_puts(to, " names=");
        print_names(to, resp->names);
    }
    if (resp->flags != NULL) {
        text_puts(to, " flags=");
        print_flags(to, resp->flags);
    }
    uids_field(to, "uids", resp->uids);
    uids_field(to, "source", resp->source_uids);
}

/* ` "name"`, with the form on the wire behind it where that is another. */
static void mailbox(text *to, imap4_str name, imap4_str raw)
{
    text_puts(to, " ");
    text_quote(to, name.data, name.len);
    if (name.len != raw.len || (raw.len > 0 && memcmp(name.data, raw.data, raw.len) != 0))
        print_field(to, "raw", raw);
}

static void list(text *to, const imap4_mailbox_list *entry)
{
    const char *before = "";

    if (entry->kind != IMAP4_LIST_LIST)
        text_puts(to, entry->kind == IMAP4_LIST_LSUB ? " LSUB" : " XLIST");
    text_puts(to, " (");
    for (uint32_t bit = 1; bit <= IMAP4_MAILBOX_IMPORTANT; bit *= 2) {
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
    print_named_values(to, entry->extended);
}

static void status(text *to, const imap4_mailbox_status *said)
{
    const uint64_t values[] = {said->messages, said->recent,  said->uidnext, said->uidvalidity,
                               said->unseen,   said->deleted, said->size,    said->highestmodseq};

    mailbox(to, said->name, said->raw);
    for (int i = 0; i < 8; i++) {
        if ((said->present & (1u << i)) != 0) {
            text_puts(to, " ");
            text_lower(to, imap4_status_att_name(1 << i));
            text_printf(to, "=%" PRIu64, values[i]);
        }
    }
    print_named_values(to, said->other);
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
        print_named_values(to, descr->extensions);
        text_puts(to, ")");
    }
    text_puts(to, ")");
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
    number_field(to, "recent", view->recent);
    number_field(to, "unseen", view->unseen);
    number_field(to, "uidvalidity", view->uidvalidity);
    number_field(to, "uidnext", view->uidnext);
    if (view->uid_not_sticky)
        text_puts(to, " uid-not-sticky");
    number_field(to, "highestmodseq", view->highestmodseq);
    text_puts(to, " flags=");
    print_flags(to, &view->flags);
    text_puts(to, " permanent=");
    print_flags(to, &view->permanent_flags);
}

static void stream(text *to, const imap4_stream *said)
{
    number_field(to, "seq", said->seq);
    number_field(to, "uid", said->uid);
    print_section(to, said->section);
}

static void unknown(text *to, const imap4_unknown *said)
{
    text_puts(to, " ");
    text_add(to, said->name.data, said->name.len);
    if (said->has_number)
        text_printf(to, " number=%" PRIu64, said->number);
    for (const imap4_value *value = said->values; value != NULL; value = value->next) {
        text_puts(to, value == said->values ? " values=" : " ");
        print_value(to, value);
    }
}

static void damage(text *to, const imap4_damage *said)
{
    text_puts(to, " ");
    print_result(to, said->result);
    text_printf(to, " offset=%" PRIu64 " size=%" PRIu64, said->offset, said->size);
    print_field(to, "what", said->what);
    text_puts(to, " raw=");
    text_quote(to, said->raw.data, said->raw.len);
}

static void done(text *to, const imap4_done *said)
{
    const char *outcome = imap4_outcome_name(said->outcome);

    text_puts(to, " ");
    text_add(to, said->command.data, said->command.len);
    text_puts(to, ":");
    if (said->outcome != IMAP4_OUTCOME_ANSWERED) {
        text_puts(to, " ");
        text_lower(to, outcome != NULL ? outcome : "OUTCOME?");
    }
    if (said->result != IMAP4_OK) {
        text_puts(to, " result=");
        print_result(to, said->result);
    }
    if (said->text != NULL)
        print_resp_text(to, said->text);
    print_field(to, "capability", said->capability);
    if (said->move_step != IMAP4_MOVE_DIRECT) {
        text_puts(to, " step=");
        text_lower(to, imap4_move_step_name(said->move_step));
    }
    if (said->copied != NULL) {
        text_puts(to, " copied={");
        print_resp_text(to, said->copied);
        text_puts(to, " }");
    }
}

void print_head(text *to, const imap4_event *event, const print_numbers *numbers)
{
    const char *kind = imap4_event_kind_name(event->kind);

    text_lower(to, kind != NULL ? kind : "KIND?");
    if (event->request != 0)
        text_printf(to, " req=%" PRIu64, numbers->request(numbers->user, event->request));
    number_field(to, "cookie", event->cookie);
    if (numbers->views) {
        number_field(to, "view", numbers->view(numbers->user, event->view));
        number_field(to, "serial", numbers->serial(numbers->user, event->serial));
    }
}

/* Whether the data must be there: ID may be NULL, and a number may be 0. */
static int has_pointer(int kind)
{
    return kind != IMAP4_EVENT_ID && kind != IMAP4_EVENT_EXISTS && kind != IMAP4_EVENT_RECENT &&
           kind != IMAP4_EVENT_EXPUNGE && kind != IMAP4_EVENT_IDLE;
}

void print_event(text *to, const imap4_event *event, const print_numbers *numbers)
{
    const imap4_event_data *data = &event->data;

    print_head(to, event, numbers);
    if (data->any == NULL && has_pointer(event->kind)) {
        text_puts(to, " without data");
        return;
    }
    switch (event->kind) {
    case IMAP4_EVENT_GREETING:
    case IMAP4_EVENT_TEXT:
        print_resp_text(to, data->text);
        break;
    case IMAP4_EVENT_CAPABILITY:
    case IMAP4_EVENT_ENABLED:
        text_puts(to, " ");
        print_names(to, data->names);
        break;
    case IMAP4_EVENT_ID:
        if (data->params == NULL)
            text_puts(to, " NIL");
        print_params(to, "params", data->params);
        break;
    case IMAP4_EVENT_NAMESPACE:
        namespace_class(to, "personal", data->namespaces->personal);
        namespace_class(to, "other", data->namespaces->other_users);
        namespace_class(to, "shared", data->namespaces->shared);
        break;
    case IMAP4_EVENT_LIST:
        list(to, data->list);
        break;
    case IMAP4_EVENT_STATUS:
        status(to, data->status);
        break;
    case IMAP4_EVENT_FLAGS:
        text_puts(to, " ");
        print_flags(to, data->flags);
        break;
    case IMAP4_EVENT_EXISTS:
    case IMAP4_EVENT_RECENT:
    case IMAP4_EVENT_EXPUNGE:
    case IMAP4_EVENT_IDLE:
        text_printf(to, " %" PRIu64, data->number);
        break;
    case IMAP4_EVENT_FETCH:
        print_message(to, data->fetch);
        break;
    case IMAP4_EVENT_SEARCH:
        uids_field(to, "uids", data->search->uids);
        numbers_field(to, "numbers", data->search->numbers);
        number_field(to, "modseq", data->search->modseq);
        break;
    case IMAP4_EVENT_BODY_BEGIN:
    case IMAP4_EVENT_BODY_END:
        stream(to, data->stream);
        break;
    case IMAP4_EVENT_WANTED:
        text_puts(to, " ");
        text_lower(to, imap4_wanted_kind_name(data->wanted->kind));
        number_field(to, "amount", data->wanted->amount);
        break;
    case IMAP4_EVENT_LAYER:
        text_puts(to, " ");
        text_lower(to, imap4_layer_kind_name(data->layer->kind));
        break;
    case IMAP4_EVENT_VIEW:
        print_view(to, data->view);
        break;
    case IMAP4_EVENT_UNKNOWN:
        unknown(to, data->unknown);
        break;
    case IMAP4_EVENT_DAMAGE:
        damage(to, data->damage);
        break;
    case IMAP4_EVENT_DONE:
        done(to, data->done);
        break;
    default:
        break;
    }
}
