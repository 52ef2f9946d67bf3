#include "json.h"

#include <inttypes.h>

/* The argument of a response code, typed where its fields say so. */
static void code_argument(text *to, const imap4_resp_text *said)
{
    switch (said->code) {
    case IMAP4_CODE_APPENDUID:
    case IMAP4_CODE_COPYUID:
        text_puts(to, "{");
        json_number(to, "uidvalidity", said->number);
        if (said->code == IMAP4_CODE_COPYUID) {
            json_key(to, "source_uids");
            json_uids(to, said->source_uids);
        }
        json_key(to, "assigned_uids");
        json_uids(to, said->uids);
        text_puts(to, "}");
        break;
    case IMAP4_CODE_MODIFIED:
        if (said->uids != NULL)
            json_uids(to, said->uids);
        else
            json_seqs(to, said->numbers);
        break;
    case IMAP4_CODE_PERMANENTFLAGS:
        json_flags(to, said->flags);
        break;
    case IMAP4_CODE_OBJECTID:
        json_objectid(to, said->objectid);
        break;
    case IMAP4_CODE_INPROGRESS:
        text_puts(to, "{");
        json_field(to, "tag", said->value);
        json_number(to, "done", said->number);
        json_number(to, "total", said->second_number);
        text_puts(to, "}");
        break;
    case IMAP4_CODE_MESSAGELIMIT:
        text_printf(to, "[%" PRIu64 ", %" PRIu64 "]", said->number, said->second_number);
        break;
    case IMAP4_CODE_HIGHESTMODSEQ:
    case IMAP4_CODE_UIDNEXT:
    case IMAP4_CODE_UIDVALIDITY:
    case IMAP4_CODE_UNSEEN:
    case IMAP4_CODE_MAXCONVERTMESSAGES:
    case IMAP4_CODE_MAXCONVERTPARTS:
        text_printf(to, "%" PRIu64, said->number);
        break;
    default:
        if (said->details != 0) {
            text_puts(to, "{");
            for (int bit = 1; bit <= IMAP4_CODE_DETAIL_READ_ONLY; bit *= 2) {
                if ((said->details & (uint32_t)bit) != 0)
                    json_number(to, imap4_code_detail_name(bit), said->number);
            }
            text_puts(to, "}");
        } else if (said->names != NULL) {
            json_strs(to, said->names->names, said->names->count);
        } else {
            json_str(to, said->value);
        }
    }
}

void json_resp_text(text *to, const imap4_resp_text *said)
{
    json_word(to, "name", imap4_status_name(said->status));
    json_key(to, "code");
    if (said->code == IMAP4_CODE_NONE) {
        text_puts(to, "null");
    } else {
        text_puts(to, "{");
        json_field(to, "name", said->code_name);
        json_word(to, "known", imap4_code_name(said->code));
        json_key(to, "arg");
        code_argument(to, said);
        json_field(to, "raw", said->argument);
        text_puts(to, "}");
    }
    json_field(to, "text", said->text);
    if (said->backoff_ms != 0)
        json_number(to, "backoff", said->backoff_ms);
}

static void list(text *to, const imap4_mailbox_list *said)
{
    static const char *const names[] = {NULL, "LIST", "LSUB", "XLIST"};

    json_word(to, "name", names[said->kind]);
    json_key(to, "data");
    text_puts(to, "{\"attr\": [");
    for (uint32_t bit = 1; bit <= IMAP4_MAILBOX_SNOOZED; bit *= 2) {
        if ((said->attributes & bit) != 0) {
            json_next(to);
            json_name(to, imap4_mailbox_attribute_name((int)bit));
        }
    }
    for (size_t i = 0; i < said->other_attribute_count; i++) {
        json_next(to);
        json_str(to, said->other_attributes[i]);
    }
    text_puts(to, "]");
    json_field(to, "delim", said->delimiter);
    json_field(to, "name", said->name);
    json_field(to, "raw", said->raw);
    if (said->childinfo != 0) {
        json_key(to, "childinfo");
        text_puts(to, "[");
        for (int bit = 1; bit <= IMAP4_CHILDINFO_OTHER; bit *= 2) {
            if ((said->childinfo & (uint32_t)bit) != 0) {
                json_next(to);
                json_name(to, imap4_childinfo_name(bit));
            }
        }
        text_puts(to, "]");
    }
    if (said->raw_old_name.data != NULL)
        json_field(to, "oldname", said->old_name);
    text_puts(to, "}");
    if (said->extended != NULL) {
        json_key(to, "generic");
        json_named(to, said->extended);
    }
}

static void status(text *to, const imap4_mailbox_status *said)
{
    const uint64_t values[] = {said->messages, said->recent, said->uidnext,       said->uidvalidity,    said->unseen,
                               said->deleted,  said->size,   said->highestmodseq, said->deleted_storage};

    json_word(to, "name", "STATUS");
    json_key(to, "data");
    text_puts(to, "{");
    json_field(to, "mailbox", said->name);
    json_key(to, "attr");
    text_puts(to, "{");
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        if ((said->present & (1u << i)) != 0)
            json_number(to, imap4_status_att_name(1 << i), values[i]);
    }
    if ((said->present & IMAP4_STATUS_ATT_APPENDLIMIT) != 0) {
        if (said->appendlimit == UINT64_MAX)
            json_word(to, "APPENDLIMIT", NULL);
        else
            json_number(to, "APPENDLIMIT", said->appendlimit);
    }
    if ((said->present & IMAP4_STATUS_ATT_MAILBOXID) != 0)
        json_field(to, "MAILBOXID", said->mailboxid);
    if ((said->present & IMAP4_STATUS_ATT_OBJECTID) != 0 && said->objectid != NULL) {
        json_key(to, "OBJECTID");
        json_objectid(to, said->objectid);
    }
    text_puts(to, "}}");
    if (said->other != NULL) {
        json_key(to, "generic");
        json_named(to, said->other);
    }
}

static void namespace_class(text *to, const char *key, const imap4_namespace_descr *descr)
{
    json_key(to, key);
    text_puts(to, "[");
    for (; descr != NULL; descr = descr->next) {
        json_next(to);
        text_puts(to, "{");
        json_field(to, "prefix", descr->prefix);
        json_field(to, "delim", descr->delimiter);
        json_key(to, "extensions");
        json_named(to, descr->extensions);
        if (descr->translation.data != NULL)
            json_field(to, "translation", descr->translation);
        text_puts(to, "}");
    }
    text_puts(to, "]");
}

static void fetch(text *to, const imap4_msg_att *said)
{
    json_word(to, "name", said->seq != 0 ? "FETCH" : "UIDFETCH");
    json_number(to, said->seq != 0 ? "seq" : "uid", said->seq != 0 ? said->seq : said->uid);
    json_message(to, said);
}

static void unknown(text *to, const imap4_unknown *said)
{
    json_field(to, "name", said->name);
    if (said->has_number)
        json_number(to, "number", said->number);
    json_key(to, "values");
    text_puts(to, "[");
    for (const imap4_value *value = said->values; value != NULL; value = value->next) {
        json_next(to);
        json_value(to, value);
    }
    text_puts(to, "]");
    json_number(to, "unknown", 1);
}

static void damage(text *to, const imap4_damage *said, uint64_t offset)
{
    json_word(to, "result", imap4_result_name(said->result));
    json_field(to, "what", said->what);
    json_number(to, "offset", said->offset - offset);
    json_number(to, "size", said->size);
    json_key(to, "raw");
    json_bytes(to, said->raw.data, said->raw.len);
}

static void done(text *to, const imap4_done *said, const char *tag)
{
    json_word(to, "outcome", imap4_outcome_name(said->outcome));
    json_word(to, "result", imap4_result_name(said->result));
    if (tag != NULL)
        json_word(to, "tag", tag);
    else
        json_field(to, "command", said->command);
    if (said->text != NULL)
        json_resp_text(to, said->text);
}

static void stream(text *to, const imap4_stream *said)
{
    text name = {0};

    json_section_name(&name, said->section);
    json_key(to, "section");
    json_bytes(to, name.data, name.len);
    text_clear(&name);
    json_number(to, "seq", said->seq);
    json_number(to, "size", said->section->size);
    json_number(to, "nil", (uint64_t)said->section->nil);
}

static void number(text *to, const imap4_event *event)
{
    json_word(to, "name", imap4_event_kind_name(event->kind));
    json_number(to, "num", event->data.number);
}

static void names(text *to, const imap4_event *event)
{
    json_word(to, "name", imap4_event_kind_name(event->kind));
    json_key(to, "data");
    json_strs(to, event->data.names->names, event->data.names->count);
}

static void untagged(text *to, const imap4_event *event)
{
    const imap4_event_data *data = &event->data;

    switch (event->kind) {
    case IMAP4_EVENT_GREETING:
    case IMAP4_EVENT_TEXT:
        json_resp_text(to, data->text);
        break;
    case IMAP4_EVENT_CAPABILITY:
    case IMAP4_EVENT_ENABLED:
        names(to, event);
        break;
    case IMAP4_EVENT_ID:
        json_word(to, "name", "ID");
        json_key(to, "data");
        json_params(to, data->params);
        break;
    case IMAP4_EVENT_NAMESPACE:
        json_word(to, "name", "NAMESPACE");
        json_key(to, "data");
        text_puts(to, "{");
        namespace_class(to, "personal", data->namespaces->personal);
        namespace_class(to, "other", data->namespaces->other_users);
        namespace_class(to, "shared", data->namespaces->shared);
        text_puts(to, "}");
        break;
    case IMAP4_EVENT_LIST:
        list(to, data->list);
        break;
    case IMAP4_EVENT_STATUS:
        status(to, data->status);
        break;
    case IMAP4_EVENT_FLAGS:
        json_word(to, "name", "FLAGS");
        json_key(to, "data");
        json_flags(to, data->flags);
        break;
    case IMAP4_EVENT_EXISTS:
    case IMAP4_EVENT_RECENT:
    case IMAP4_EVENT_EXPUNGE:
        number(to, event);
        break;
    case IMAP4_EVENT_FETCH:
        fetch(to, data->fetch);
        break;
    case IMAP4_EVENT_UNKNOWN:
        unknown(to, data->unknown);
        break;
    default:
        if (!json_found(to, event) && !json_extension(to, event))
            json_word(to, "name", imap4_event_kind_name(event->kind));
        break;
    }
}

void json_event(text *to, const imap4_event *event, const char *tag, uint64_t offset)
{
    text_puts(to, "{");
    switch (event->kind) {
    case IMAP4_EVENT_DAMAGE:
        json_word(to, "type", "damage");
        damage(to, event->data.damage, offset);
        break;
    case IMAP4_EVENT_DONE:
        json_word(to, "type", event->data.done->text != NULL ? "tagged" : "ended");
        done(to, event->data.done, tag);
        break;
    case IMAP4_EVENT_BODY_BEGIN:
    case IMAP4_EVENT_BODY_END:
        json_word(to, "type", event->kind == IMAP4_EVENT_BODY_BEGIN ? "begin" : "end");
        stream(to, event->data.stream);
        break;
    case IMAP4_EVENT_VIEW:
    case IMAP4_EVENT_IDLE:
    case IMAP4_EVENT_WANTED:
    case IMAP4_EVENT_LAYER:
        json_word(to, "type", "engine");
        json_word(to, "name", imap4_event_kind_name(event->kind));
        break;
    default:
        json_word(to, "type", "untagged");
        json_number(to, "asked", event->request != 0);
        untagged(to, event);
    }
    text_puts(to, "}");
}
