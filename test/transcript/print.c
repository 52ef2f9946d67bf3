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

void print_number(text *to, const char *name, uint64_t value)
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

static void stream(text *to, const imap4_stream *said)
{
    print_number(to, "seq", said->seq);
    print_number(to, "uid", said->uid);
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
    print_number(to, "cookie", event->cookie);
    if (numbers->views) {
        print_number(to, "view", numbers->view(numbers->user, event->view));
        print_number(to, "serial", numbers->serial(numbers->user, event->serial));
    }
}

/* Whether the data must be there: ID, PUSH and URLFETCH may be NULL, and a number may be 0. */
static int has_pointer(int kind)
{
    return kind != IMAP4_EVENT_ID && kind != IMAP4_EVENT_PUSH && kind != IMAP4_EVENT_URLFETCH &&
           kind != IMAP4_EVENT_EXISTS && kind != IMAP4_EVENT_RECENT && kind != IMAP4_EVENT_EXPUNGE &&
           kind != IMAP4_EVENT_IDLE;
}

static void comparator(text *to, const imap4_comparator *said)
{
    print_field(to, "active", said->active);
    if (said->matching != NULL) {
        text_puts(to, " matching=");
        print_names(to, said->matching);
    }
}

/* Events of extensions. */
static void print_extension(text *to, const imap4_event *event)
{
    const imap4_event_data *data = &event->data;

    switch (event->kind) {
    case IMAP4_EVENT_THREAD:
        print_threads(to, data->thread->threads);
        break;
    case IMAP4_EVENT_VANISHED:
        print_vanished(to, data->vanished);
        break;
    case IMAP4_EVENT_UIDBATCHES:
        print_uid_batches(to, data->uid_batches);
        break;
    case IMAP4_EVENT_QUOTA:
        print_quota(to, data->quota);
        break;
    case IMAP4_EVENT_QUOTAROOT:
        print_quota_root(to, data->quota_root);
        break;
    case IMAP4_EVENT_ACL:
        print_acl(to, data->acl);
        break;
    case IMAP4_EVENT_LISTRIGHTS:
        print_list_rights(to, data->list_rights);
        break;
    case IMAP4_EVENT_MYRIGHTS:
        print_my_rights(to, data->my_rights);
        break;
    case IMAP4_EVENT_METADATA:
        print_metadata(to, data->metadata);
        break;
    case IMAP4_EVENT_COMPARATOR:
        comparator(to, data->comparator);
        break;
    case IMAP4_EVENT_URLFETCH:
        print_url_data(to, data->url_data);
        break;
    case IMAP4_EVENT_CONVERTED:
        print_converted(to, data->converted);
        break;
    default:
        break;
    }
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
    case IMAP4_EVENT_LANGUAGE:
    case IMAP4_EVENT_GENURLAUTH:
    case IMAP4_EVENT_JMAPACCESS:
        text_puts(to, " ");
        print_names(to, data->names);
        break;
    case IMAP4_EVENT_ID:
    case IMAP4_EVENT_PUSH:
        if (data->params == NULL)
            text_puts(to, " NIL");
        print_params(to, "params", data->params);
        break;
    case IMAP4_EVENT_NAMESPACE:
        print_namespaces(to, data->namespaces);
        break;
    case IMAP4_EVENT_LIST:
        print_list(to, data->list);
        break;
    case IMAP4_EVENT_STATUS:
        print_status(to, data->status);
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
        print_search(to, data->search);
        break;
    case IMAP4_EVENT_BODY_BEGIN:
    case IMAP4_EVENT_BODY_END:
        stream(to, data->stream);
        break;
    case IMAP4_EVENT_WANTED:
        text_puts(to, " ");
        text_lower(to, imap4_wanted_kind_name(data->wanted->kind));
        print_number(to, "amount", data->wanted->amount);
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
        print_extension(to, event);
        break;
    }
}
