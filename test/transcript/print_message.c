#include "print.h"

#include <inttypes.h>

static void addresses(text *to, const char *name, const imap4_address *address)
{
    const imap4_str *parts[4];

    if (address == NULL)
        return;
    text_printf(to, " %s=(", name);
    for (; address != NULL; address = address->next) {
        if (address->kind != IMAP4_ADDRESS_MAILBOX)
            text_lower(to, imap4_address_kind_name(address->kind));
        parts[0] = &address->name;
        parts[1] = &address->adl;
        parts[2] = &address->mailbox;
        parts[3] = &address->host;
        for (int i = 0; i < 4; i++) {
            text_puts(to, i == 0 ? "(" : " ");
            text_quote(to, parts[i]->data, parts[i]->len);
        }
        text_puts(to, ")");
    }
    text_puts(to, ")");
}

static void envelope(text *to, const imap4_envelope *said)
{
    text_puts(to, " envelope={");
    print_field(to, "date", said->date);
    print_field(to, "subject", said->subject);
    addresses(to, "from", said->from);
    addresses(to, "sender", said->sender);
    addresses(to, "reply-to", said->reply_to);
    addresses(to, "to", said->to);
    addresses(to, "cc", said->cc);
    addresses(to, "bcc", said->bcc);
    print_field(to, "in-reply-to", said->in_reply_to);
    print_field(to, "message-id", said->message_id);
    text_puts(to, " }");
}

static void part(text *to, const imap4_body *body)
{
    text_puts(to, " {");
    text_add(to, body->part.data, body->part.len);
    text_puts(to, body->part.len > 0 ? " " : "");
    text_lower(to, imap4_body_kind_name(body->kind));
    text_puts(to, " ");
    text_add(to, body->media_type.data, body->media_type.len);
    text_puts(to, "/");
    text_add(to, body->subtype.data, body->subtype.len);
    print_params(to, "params", body->params);
    print_field(to, "id", body->id);
    print_field(to, "description", body->description);
    print_field(to, "encoding", body->encoding);
    if (body->kind != IMAP4_BODY_MULTIPART)
        text_printf(to, " size=%" PRIu64, body->size);
    if (body->kind == IMAP4_BODY_TEXT || body->kind == IMAP4_BODY_MESSAGE)
        text_printf(to, " lines=%" PRIu64, body->lines);
    if (body->envelope != NULL)
        envelope(to, body->envelope);
    if (body->extended)
        text_puts(to, " extended");
    print_field(to, "md5", body->md5);
    print_field(to, "disposition", body->disposition);
    print_params(to, "disposition-params", body->disposition_params);
    for (size_t i = 0; i < body->language_count; i++)
        print_field(to, "language", body->languages[i]);
    print_field(to, "location", body->location);
    for (const imap4_value *value = body->extensions; value != NULL; value = value->next) {
        text_puts(to, value == body->extensions ? " extensions=" : " ");
        print_value(to, value);
    }
    text_puts(to, body->cut ? " cut}" : "}");
}

static void parts(text *to, const imap4_body *body)
{
    for (; body != NULL; body = imap4_body_next(body))
        part(to, body);
}

static void date(text *to, const char *name, const imap4_date *said)
{
    const int zone = said->zone < 0 ? -said->zone : said->zone;

    if (!said->valid) {
        text_printf(to, " %s=invalid", name);
        return;
    }
    text_printf(to, " %s=%04d-%02d-%02dT%02d:%02d:%02d%c%02d%02d utc=%" PRId64, name, said->year, said->month,
                said->day, said->hour, said->minute, said->second, said->zone < 0 ? '-' : '+', zone / 60, zone % 60,
                said->utc);
}

void print_section(text *to, const imap4_section *section)
{
    const char *name = imap4_section_text_name(section->text);

    text_puts(to, section->binary ? " BINARY[" : " BODY[");
    text_add(to, section->part.data, section->part.len);
    if (section->part.len > 0 && section->text != IMAP4_SECTION_ALL)
        text_puts(to, ".");
    text_puts(to, name != NULL ? name : "TEXT?");
    for (size_t i = 0; i < section->field_count; i++) {
        text_puts(to, i == 0 ? " (" : " ");
        text_add(to, section->fields[i].data, section->fields[i].len);
    }
    text_puts(to, section->field_count > 0 ? ")]" : "]");
    if (section->partial)
        text_printf(to, "<%" PRIu64 ">", section->origin);
    text_printf(to, " size=%" PRIu64 "%s%s%s", section->size, section->nil ? " nil" : "",
                section->streamed ? " streamed" : "", section->truncated ? " truncated" : "");
    if (section->data.data != NULL) {
        text_puts(to, " ");
        text_quote(to, section->data.data, section->data.len);
    }
}

/* What `present` says must agree with what there is. */
static void check_present(text *to, const imap4_msg_att *message)
{
    const struct {
        uint32_t item;
        int there;
    } rows[] = {
        {IMAP4_FETCH_UID, message->uid != 0},
        {IMAP4_FETCH_FLAGS, message->flags != NULL},
        {IMAP4_FETCH_INTERNALDATE, message->internaldate != NULL},
        {IMAP4_FETCH_ENVELOPE, message->envelope != NULL},
        {IMAP4_FETCH_BODY | IMAP4_FETCH_BODYSTRUCTURE, message->body != NULL},
        {IMAP4_FETCH_MODSEQ, message->modseq != 0},
        {IMAP4_FETCH_EMAILID, message->emailid.data != NULL},
        {IMAP4_FETCH_OBJECTID, message->objectid != NULL},
        {IMAP4_FETCH_BINARY_SIZE, message->binary_sizes != NULL},
        {IMAP4_FETCH_X_GM_MSGID, message->gm_msgid != 0},
        {IMAP4_FETCH_X_GM_THRID, message->gm_thrid != 0},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (((message->present & rows[i].item) != 0) != rows[i].there)
            text_printf(to, " present-disagrees=%#" PRIx32, rows[i].item);
    }
}

void print_objectid(text *to, const imap4_objectid *said)
{
    if (said == NULL)
        return;
    text_puts(to, " objectid={");
    print_field(to, "mailboxid", said->mailboxid);
    print_field(to, "accountid", said->accountid);
    print_field(to, "emailid", said->emailid);
    print_field(to, "threadid", said->threadid);
    text_puts(to, " }");
}

/* A field that may have been said to be NIL. */
static void nfield(text *to, const char *name, uint32_t present, imap4_str value)
{
    if (present != 0 || value.data != NULL) {
        text_printf(to, present != 0 ? " %s=" : " %s-not-present=", name);
        text_quote(to, value.data, value.len);
    }
}

static void savedate(text *to, const imap4_msg_att *message)
{
    if (message->savedate != NULL)
        date(to, "savedate", message->savedate);
    else if ((message->present & IMAP4_FETCH_SAVEDATE) != 0)
        text_puts(to, " savedate=NIL");
}

static void annotations(text *to, const imap4_msg_att *message)
{
    if ((message->present & IMAP4_FETCH_ANNOTATION) == 0 && message->annotations == NULL)
        return;
    text_puts(to, " annotation=(");
    for (const imap4_annotation *entry = message->annotations; entry != NULL; entry = entry->next) {
        text_puts(to, entry == message->annotations ? "" : " ");
        text_add(to, entry->entry.data, entry->entry.len);
        text_puts(to, " {");
        for (const imap4_annotation_att *att = entry->attributes; att != NULL; att = att->next) {
            text_puts(to, " ");
            text_add(to, att->name.data, att->name.len);
            text_puts(to, "=");
            text_quote(to, att->value.data, att->value.len);
        }
        text_puts(to, " }");
    }
    text_puts(to, ")");
}

static void labels(text *to, const imap4_msg_att *message)
{
    if ((message->present & IMAP4_FETCH_X_GM_LABELS) == 0 && message->gm_labels == NULL)
        return;
    text_puts(to, " gm-labels=(");
    for (const imap4_gm_label *label = message->gm_labels; label != NULL; label = label->next) {
        text_puts(to, label == message->gm_labels ? "" : " ");
        print_mailbox_name(to, label->name, label->raw);
    }
    text_puts(to, ")");
}

/* Items of extensions. */
static void extensions(text *to, const imap4_msg_att *message)
{
    print_field(to, "emailid", message->emailid);
    nfield(to, "threadid", message->present & IMAP4_FETCH_THREADID, message->threadid);
    print_objectid(to, message->objectid);
    savedate(to, message);
    nfield(to, "preview", message->present & IMAP4_FETCH_PREVIEW, message->preview);
    annotations(to, message);
    for (const imap4_binary_size *size = message->binary_sizes; size != NULL; size = size->next) {
        text_puts(to, " binary-size[");
        text_add(to, size->part.data, size->part.len);
        text_printf(to, "]=%" PRIu64, size->size);
    }
    print_number(to, "gm-msgid", message->gm_msgid);
    print_number(to, "gm-thrid", message->gm_thrid);
    labels(to, message);
}

void print_message(text *to, const imap4_msg_att *message)
{
    static const uint32_t old_names[] = {IMAP4_FETCH_RFC822, IMAP4_FETCH_RFC822_HEADER, IMAP4_FETCH_RFC822_TEXT};

    text_printf(to, " seq=%" PRIu32, message->seq);
    if (message->uid != 0)
        text_printf(to, " uid=%" PRIu32, message->uid);
    if (message->flags != NULL) {
        text_puts(to, " flags=");
        print_flags(to, message->flags);
    }
    if (message->internaldate != NULL)
        date(to, "date", message->internaldate);
    if ((message->present & IMAP4_FETCH_RFC822_SIZE) != 0)
        text_printf(to, " size=%" PRIu64, message->rfc822_size);
    if (message->modseq != 0)
        text_printf(to, " modseq=%" PRIu64, message->modseq);
    if (message->envelope != NULL)
        envelope(to, message->envelope);
    if (message->body != NULL) {
        text_puts(to, (message->present & IMAP4_FETCH_BODYSTRUCTURE) != 0 ? " bodystructure=" : " body=");
        parts(to, message->body);
    }
    for (size_t i = 0; i < sizeof old_names / sizeof *old_names; i++) {
        if ((message->present & old_names[i]) != 0) {
            text_puts(to, " ");
            text_lower(to, imap4_fetch_item_name((int)old_names[i]));
        }
    }
    for (const imap4_section *section = message->sections; section != NULL; section = section->next)
        print_section(to, section);
    extensions(to, message);
    print_named_values(to, message->other);
    check_present(to, message);
}

void print_converted(text *to, const imap4_converted *said)
{
    print_field(to, "tag", said->tag);
    if (said->message == NULL)
        text_puts(to, " without message");
    else
        print_message(to, said->message);
}

void print_url_data(text *to, const imap4_url_data *said)
{
    for (; said != NULL; said = said->next) {
        text_puts(to, " ");
        text_quote(to, said->url.data, said->url.len);
        text_printf(to, "={size=%" PRIu64 "%s%s ", said->size, said->truncated ? " truncated" : "",
                    said->binary ? " binary" : "");
        text_quote(to, said->data.data, said->data.len);
        if (said->body != NULL) {
            text_puts(to, " bodypartstructure=");
            parts(to, said->body);
        }
        print_named_values(to, said->other);
        text_puts(to, "}");
    }
}
