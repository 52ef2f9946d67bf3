#include "json.h"

#include <inttypes.h>
#include <string.h>

static void date(text *to, const imap4_date *said)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    int zone;

    if (said == NULL || !said->valid) {
        text_puts(to, said == NULL ? "null" : "{\"invalid\": true}");
        return;
    }
    zone = said->zone < 0 ? -said->zone : said->zone;
    text_printf(to, "\"%02d-%.3s-%04d %02d:%02d:%02d %c%02d%02d\"", said->day, months + 3 * (said->month - 1),
                said->year, said->hour, said->minute, said->second, said->zone < 0 ? '-' : '+', zone / 60, zone % 60);
}

static void addresses(text *to, const char *key, const imap4_address *list)
{
    json_key(to, key);
    if (list == NULL) {
        text_puts(to, "null");
        return;
    }
    text_puts(to, "[");
    for (; list != NULL; list = list->next) {
        json_next(to);
        text_puts(to, "{");
        json_field(to, "name", list->name);
        json_field(to, "route", list->adl);
        json_field(to, "mailbox", list->mailbox);
        json_field(to, "host", list->host);
        json_word(to, "kind", imap4_address_kind_name(list->kind));
        text_puts(to, "}");
    }
    text_puts(to, "]");
}

static void envelope(text *to, const imap4_envelope *said)
{
    if (said == NULL) {
        text_puts(to, "null");
        return;
    }
    text_puts(to, "{");
    json_field(to, "date", said->date);
    json_field(to, "subject", said->subject);
    addresses(to, "from", said->from);
    addresses(to, "sender", said->sender);
    addresses(to, "reply_to", said->reply_to);
    addresses(to, "to", said->to);
    addresses(to, "cc", said->cc);
    addresses(to, "bcc", said->bcc);
    json_field(to, "in_reply_to", said->in_reply_to);
    json_field(to, "message_id", said->message_id);
    text_puts(to, "}");
}

static void body_fields(text *to, const imap4_body *body)
{
    json_field(to, "content_id", body->id);
    json_field(to, "description", body->description);
    json_field(to, "encoding", body->encoding);
    json_number(to, "size", body->size);
    if (body->kind != IMAP4_BODY_BASIC)
        json_number(to, "lines", body->lines);
    json_field(to, "md5", body->md5);
    if (body->kind == IMAP4_BODY_MESSAGE) {
        json_key(to, "envelope");
        envelope(to, body->envelope);
    }
}

static void body_head(text *to, const imap4_body *body)
{
    text_puts(to, "{");
    json_key(to, "kind");
    text_puts(to, "\"");
    text_lower(to, imap4_body_kind_name(body->kind));
    text_puts(to, "\"");
    json_field(to, "part", body->part);
    json_field(to, "media_type", body->media_type);
    json_field(to, "subtype", body->subtype);
    json_key(to, "param");
    json_params(to, body->params);
    if (body->kind != IMAP4_BODY_MULTIPART)
        body_fields(to, body);
    json_key(to, "disposition");
    if (body->disposition.data == NULL && body->disposition_params == NULL) {
        text_puts(to, "null");
    } else {
        text_puts(to, "{");
        json_field(to, "dsp_type", body->disposition);
        json_key(to, "param");
        json_params(to, body->disposition_params);
        text_puts(to, "}");
    }
    json_key(to, "language");
    if (body->language_count == 0)
        text_puts(to, "null");
    else
        json_strs(to, body->languages, body->language_count);
    json_field(to, "location", body->location);
    json_key(to, "extension");
    text_puts(to, body->extensions == NULL ? "null" : "[");
    for (const imap4_value *value = body->extensions; value != NULL; value = value->next) {
        json_next(to);
        json_value(to, value);
    }
    text_puts(to, body->extensions == NULL ? "" : "]");
    json_number(to, "extended", (uint64_t)body->extended);
    json_number(to, "cut", (uint64_t)body->cut);
}

/* Children are written as they are met; the stack is the tree itself. */
void json_body(text *to, const imap4_body *top)
{
    const imap4_body *body = top;

    while (body != NULL) {
        body_head(to, body);
        if (body->children != NULL || body->kind == IMAP4_BODY_MULTIPART) {
            json_key(to, "parts");
            text_puts(to, "[");
        }
        if (body->children != NULL) {
            body = body->children;
            continue;
        }
        text_puts(to, body->kind == IMAP4_BODY_MULTIPART ? "]}" : "}");
        while (body != top && body->next == NULL) {
            body = body->parent;
            text_puts(to, "]}");
        }
        if (body == top)
            return;
        body = body->next;
        text_puts(to, ", ");
    }
}

void json_section_name(text *to, const imap4_section *section)
{
    text_puts(to, section->binary ? "BINARY[" : "BODY[");
    text_add(to, section->part.data, section->part.len);
    if (section->part.len > 0 && section->text != IMAP4_SECTION_ALL)
        text_puts(to, ".");
    text_puts(to, imap4_section_text_name(section->text));
    if (section->text == IMAP4_SECTION_HEADER_FIELDS || section->text == IMAP4_SECTION_HEADER_FIELDS_NOT) {
        text_puts(to, " (");
        for (size_t i = 0; i < section->field_count; i++) {
            text_puts(to, i == 0 ? "" : " ");
            text_add(to, section->fields[i].data, section->fields[i].len);
        }
        text_puts(to, ")");
    }
    text_puts(to, "]");
    if (section->partial)
        text_printf(to, "<%" PRIu64 ">", section->origin);
}

static void section_key(text *to, const imap4_section *section)
{
    text name = {0};

    json_section_name(&name, section);
    json_next(to);
    json_bytes(to, name.data, name.len);
    text_puts(to, ": ");
    text_clear(&name);
}

static void sections(text *to, const imap4_msg_att *message)
{
    for (const imap4_section *section = message->sections; section != NULL; section = section->next) {
        section_key(to, section);
        json_str(to, section->data);
    }
}

/* What the attributes do not show: how the bytes came. */
static void section_facts(text *to, const imap4_msg_att *message)
{
    text_puts(to, "[");
    for (const imap4_section *section = message->sections; section != NULL; section = section->next) {
        json_next(to);
        text_puts(to, "{");
        json_number(to, "size", section->size);
        json_number(to, "nil", (uint64_t)section->nil);
        json_number(to, "streamed", (uint64_t)section->streamed);
        json_number(to, "truncated", (uint64_t)section->truncated);
        text_puts(to, "}");
    }
    text_puts(to, "]");
}

static void annotations(text *to, const imap4_annotation *entry)
{
    json_key(to, "ANNOTATION");
    text_puts(to, "[");
    for (; entry != NULL; entry = entry->next) {
        json_next(to);
        text_puts(to, "{");
        json_field(to, "entry", entry->entry);
        json_key(to, "attributes");
        text_puts(to, "[");
        for (const imap4_annotation_att *att = entry->attributes; att != NULL; att = att->next) {
            json_next(to);
            text_puts(to, "[");
            json_str(to, att->name);
            json_next(to);
            json_str(to, att->value);
            text_puts(to, "]");
        }
        text_puts(to, "]}");
    }
    text_puts(to, "]");
}

static void labels(text *to, const imap4_gm_label *label)
{
    json_key(to, "X-GM-LABELS");
    text_puts(to, "[");
    for (; label != NULL; label = label->next) {
        json_next(to);
        json_str(to, label->name);
    }
    text_puts(to, "]");
}

static void binary_sizes(text *to, const imap4_binary_size *entry)
{
    for (; entry != NULL; entry = entry->next) {
        json_next(to);
        text_printf(to, "\"BINARY.SIZE[%.*s]\": %" PRIu64, (int)entry->part.len, entry->part.data, entry->size);
    }
}

static void identifiers(text *to, const imap4_msg_att *message)
{
    if ((message->present & IMAP4_FETCH_EMAILID) != 0)
        json_field(to, "EMAILID", message->emailid);
    if ((message->present & IMAP4_FETCH_THREADID) != 0)
        json_field(to, "THREADID", message->threadid);
    if ((message->present & IMAP4_FETCH_OBJECTID) != 0 && message->objectid != NULL) {
        json_key(to, "OBJECTID");
        json_objectid(to, message->objectid);
    }
    if ((message->present & IMAP4_FETCH_X_GM_MSGID) != 0)
        json_number(to, "X-GM-MSGID", message->gm_msgid);
    if ((message->present & IMAP4_FETCH_X_GM_THRID) != 0)
        json_number(to, "X-GM-THRID", message->gm_thrid);
    if ((message->present & IMAP4_FETCH_X_GM_LABELS) != 0)
        labels(to, message->gm_labels);
}

static void basics(text *to, const imap4_msg_att *message)
{
    if ((message->present & IMAP4_FETCH_UID) != 0)
        json_number(to, "UID", message->uid);
    if (message->flags != NULL) {
        json_key(to, "FLAGS");
        json_flags(to, message->flags);
    }
    if ((message->present & IMAP4_FETCH_INTERNALDATE) != 0) {
        json_key(to, "INTERNALDATE");
        date(to, message->internaldate);
    }
    if ((message->present & IMAP4_FETCH_SAVEDATE) != 0) {
        json_key(to, "SAVEDATE");
        date(to, message->savedate);
    }
    if ((message->present & IMAP4_FETCH_RFC822_SIZE) != 0)
        json_number(to, "RFC822.SIZE", message->rfc822_size);
    if ((message->present & IMAP4_FETCH_MODSEQ) != 0)
        json_number(to, "MODSEQ", message->modseq);
    if ((message->present & IMAP4_FETCH_PREVIEW) != 0)
        json_field(to, "PREVIEW", message->preview);
    if ((message->present & IMAP4_FETCH_ENVELOPE) != 0) {
        json_key(to, "ENVELOPE");
        envelope(to, message->envelope);
    }
}

void json_message(text *to, const imap4_msg_att *message)
{
    json_key(to, "attrs");
    text_puts(to, "{");
    basics(to, message);
    if (message->body != NULL) {
        json_key(to, (message->present & IMAP4_FETCH_BODYSTRUCTURE) != 0 ? "BODYSTRUCTURE" : "BODY");
        json_body(to, message->body);
    }
    identifiers(to, message);
    if ((message->present & IMAP4_FETCH_ANNOTATION) != 0)
        annotations(to, message->annotations);
    binary_sizes(to, message->binary_sizes);
    sections(to, message);
    text_puts(to, "}");
    json_key(to, "sections");
    section_facts(to, message);
    if (message->other != NULL) {
        json_key(to, "generic");
        json_named(to, message->other);
    }
}
