/* The second half of read.c: what FETCH says of messages. */
#include "read.h"

FUZZ_BEGIN

static void read_date(fuzz_sum *sum, const imap4_date *date)
{
    fuzz_add(sum, date != NULL);
    if (date == NULL)
        return;
    FUZZ_CHECK(date->valid == 0 || date->valid == 1);
    sum->lossy |= !date->valid;
    fuzz_add(sum, (uint64_t)date->utc);
    fuzz_add(sum, (uint64_t)date->valid);
    fuzz_add(sum, (uint64_t)(uint32_t)date->year << 32 | (uint32_t)date->month);
    fuzz_add(sum, (uint64_t)(uint32_t)date->day << 32 | (uint32_t)date->hour);
    fuzz_add(sum, (uint64_t)(uint32_t)date->minute << 32 | (uint32_t)date->second);
    fuzz_add(sum, (uint32_t)date->zone);
}

static void read_addresses(fuzz_sum *sum, const imap4_address *address)
{
    for (; address != NULL; address = address->next) {
        FUZZ_CHECK(imap4_address_kind_name(address->kind) != NULL);
        fuzz_add(sum, (uint64_t)address->kind);
        fuzz_add_str(sum, address->name);
        fuzz_add_str(sum, address->adl);
        fuzz_add_str(sum, address->mailbox);
        fuzz_add_str(sum, address->host);
    }
    fuzz_add(sum, 5);
}

static void read_envelope(fuzz_sum *sum, const imap4_envelope *envelope)
{
    fuzz_add(sum, envelope != NULL);
    if (envelope == NULL)
        return;
    fuzz_add_str(sum, envelope->date);
    fuzz_add_str(sum, envelope->subject);
    read_addresses(sum, envelope->from);
    read_addresses(sum, envelope->sender);
    read_addresses(sum, envelope->reply_to);
    read_addresses(sum, envelope->to);
    read_addresses(sum, envelope->cc);
    read_addresses(sum, envelope->bcc);
    fuzz_add_str(sum, envelope->in_reply_to);
    fuzz_add_str(sum, envelope->message_id);
}

/* "2.1" below "2", "1" below "" */
static int part_within(imap4_str part, imap4_str above)
{
    return part.len >= above.len && memcmp(part.data, above.data, above.len) == 0 &&
           (part.len == above.len || above.len == 0 || part.data[above.len] == '.');
}

static void read_part(fuzz_sum *sum, const imap4_body *body)
{
    FUZZ_CHECK(imap4_body_kind_name(body->kind) != NULL);
    FUZZ_CHECK(body->part.data != NULL && (body->part.len > 0 || body->kind == IMAP4_BODY_MULTIPART));
    FUZZ_CHECK(body->parent == NULL || part_within(body->part, body->parent->part));
    FUZZ_CHECK(body->children == NULL || body->children->parent == body);
    FUZZ_CHECK(body->next == NULL || body->next->parent == body->parent);
    FUZZ_CHECK(body->children == NULL || body->kind == IMAP4_BODY_MULTIPART || body->kind == IMAP4_BODY_MESSAGE);
    FUZZ_CHECK(body->envelope == NULL || body->kind == IMAP4_BODY_MESSAGE);
    sum->lossy |= body->cut;
    fuzz_add(sum, (uint64_t)body->kind);
    fuzz_add(sum, (uint64_t)body->extended);
    fuzz_add(sum, (uint64_t)body->cut);
    fuzz_add_str(sum, body->part);
    fuzz_add_str(sum, body->media_type);
    fuzz_add_str(sum, body->subtype);
    fuzz_read_params(sum, body->params);
    fuzz_rest(sum, imap4_param_find(body->params, "charset") != NULL);
    fuzz_add_str(sum, body->id);
    fuzz_add_str(sum, body->description);
    fuzz_add_str(sum, body->encoding);
    fuzz_add(sum, body->size);
    fuzz_add(sum, body->lines);
    read_envelope(sum, body->envelope);
    fuzz_add_str(sum, body->md5);
    fuzz_add_str(sum, body->disposition);
    fuzz_read_params(sum, body->disposition_params);
    fuzz_add_strs(sum, body->languages, body->language_count);
    fuzz_add_str(sum, body->location);
    fuzz_read_values(sum, body->extensions);
    fuzz_add(sum, body->children != NULL);
    fuzz_add(sum, body->next != NULL);
}

void fuzz_read_body(fuzz_sum *sum, const imap4_body *body)
{
    FUZZ_CHECK(body == NULL || (body->parent == NULL && body->next == NULL));
    fuzz_add(sum, body != NULL);
    for (; body != NULL; body = imap4_body_next(body))
        read_part(sum, body);
}

void fuzz_read_section(fuzz_sum *sum, const imap4_section *section)
{
    FUZZ_CHECK(imap4_section_text_name(section->text) != NULL);
    FUZZ_CHECK(section->part.data != NULL);
    FUZZ_CHECK(!(section->nil || section->streamed) || section->data.data == NULL);
    FUZZ_CHECK(section->truncated || section->streamed || section->size == section->data.len);
    FUZZ_CHECK(section->size >= section->data.len);
    sum->lossy |= section->streamed || section->truncated;
    fuzz_add(sum, (uint64_t)section->text);
    fuzz_add(sum, (uint64_t)section->nil);
    fuzz_rest(sum, (uint64_t)section->streamed);
    fuzz_rest(sum, (uint64_t)section->truncated);
    fuzz_add(sum, (uint64_t)section->partial);
    fuzz_add(sum, (uint64_t)section->binary);
    fuzz_add_str(sum, section->part);
    fuzz_add_strs(sum, section->fields, section->field_count);
    fuzz_add(sum, section->origin);
    fuzz_add(sum, section->size);
    fuzz_add_str(sum, section->data);
}

static void read_annotations(fuzz_sum *sum, const imap4_annotation *annotation)
{
    for (; annotation != NULL; annotation = annotation->next) {
        fuzz_add_str(sum, annotation->entry);
        for (const imap4_annotation_att *att = annotation->attributes; att != NULL; att = att->next) {
            fuzz_add_str(sum, att->name);
            fuzz_add_str(sum, att->value);
        }
        fuzz_add(sum, 7);
    }
}

static void read_gmail(fuzz_sum *sum, const imap4_msg_att *message)
{
    fuzz_add(sum, message->gm_msgid);
    fuzz_add(sum, message->gm_thrid);
    for (const imap4_gm_label *label = message->gm_labels; label != NULL; label = label->next) {
        fuzz_add_str(sum, label->name);
        fuzz_add_str(sum, label->raw);
    }
}

void fuzz_read_message(fuzz_sum *sum, const imap4_msg_att *message)
{
    FUZZ_CHECK(message->present < 2 * IMAP4_FETCH_X_GM_LABELS);
    fuzz_add(sum, (uint64_t)message->seq << 32 | message->uid);
    fuzz_add(sum, message->present);
    fuzz_read_flags(sum, message->flags);
    read_date(sum, message->internaldate);
    fuzz_add(sum, message->rfc822_size);
    fuzz_add(sum, message->modseq);
    read_envelope(sum, message->envelope);
    fuzz_read_body(sum, message->body);
    for (const imap4_section *section = message->sections; section != NULL; section = section->next)
        fuzz_read_section(sum, section);
    fuzz_read_named(sum, message->other);
    fuzz_add_str(sum, message->emailid);
    fuzz_add_str(sum, message->threadid);
    fuzz_read_objectid(sum, message->objectid);
    read_date(sum, message->savedate);
    fuzz_add_str(sum, message->preview);
    read_annotations(sum, message->annotations);
    for (const imap4_binary_size *one = message->binary_sizes; one != NULL; one = one->next) {
        fuzz_add_str(sum, one->part);
        fuzz_add(sum, one->size);
    }
    read_gmail(sum, message);
}

FUZZ_END
