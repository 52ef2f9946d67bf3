/* The second half of emit.c: what FETCH says of messages. */
#include "emit.h"

#include "base/str.h"

#include <stdio.h>

FUZZ_BEGIN

static void put_date(fuzz_out *out, const imap4_date *date)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    int zone = date->zone < 0 ? -date->zone : date->zone;
    char text[64];

    if (!date->valid) {
        out->never = 1;
        return;
    }
    snprintf(text, sizeof text, "\"%2d-%.3s-%04d %02d:%02d:%02d %c%02d%02d\"", date->day, months + 3 * (date->month - 1),
             date->year, date->hour, date->minute, date->second, date->zone < 0 ? '-' : '+', zone / 60, zone % 60);
    fuzz_put(out, text);
}

static void put_addresses(fuzz_out *out, const imap4_address *address)
{
    fuzz_put_gap(out);
    if (address == NULL) {
        fuzz_put(out, "NIL");
        return;
    }
    fuzz_put(out, "(");
    for (; address != NULL; address = address->next) {
        fuzz_put(out, "(");
        fuzz_put_nstring(out, address->name);
        fuzz_put(out, " ");
        fuzz_put_nstring(out, address->adl);
        fuzz_put(out, " ");
        fuzz_put_nstring(out, address->mailbox);
        fuzz_put(out, " ");
        fuzz_put_nstring(out, address->host);
        fuzz_put(out, ")");
    }
    fuzz_put(out, ")");
}

/* envelope = "(" env-date SP env-subject SP env-from SP ... SP env-in-reply-to SP env-message-id ")" */
static void put_envelope(fuzz_out *out, const imap4_envelope *envelope)
{
    if (envelope == NULL) {
        fuzz_put(out, "NIL");
        return;
    }
    fuzz_put(out, "(");
    fuzz_put_nstring(out, envelope->date);
    fuzz_put(out, " ");
    fuzz_put_nstring(out, envelope->subject);
    put_addresses(out, envelope->from);
    put_addresses(out, envelope->sender);
    put_addresses(out, envelope->reply_to);
    put_addresses(out, envelope->to);
    put_addresses(out, envelope->cc);
    put_addresses(out, envelope->bcc);
    fuzz_put(out, " ");
    fuzz_put_nstring(out, envelope->in_reply_to);
    fuzz_put(out, " ");
    fuzz_put_nstring(out, envelope->message_id);
    fuzz_put(out, ")");
}

/* body-fld-param = "(" string SP string *(SP string SP string) ")" / nil */
static void put_params(fuzz_out *out, const imap4_param *param)
{
    fuzz_put_gap(out);
    if (param == NULL) {
        fuzz_put(out, "NIL");
        return;
    }
    fuzz_put(out, "(");
    fuzz_put_params(out, param);
    fuzz_put(out, ")");
}

/* body-fields = body-fld-param SP body-fld-id SP body-fld-desc SP body-fld-enc SP body-fld-octets */
static void put_fields(fuzz_out *out, const imap4_body *body)
{
    /* A missing word is guessed from what follows, and then there are two. */
    out->never |= body->media_type.data == NULL || body->subtype.data == NULL;
    fuzz_put_nstring(out, body->media_type);
    fuzz_put(out, " ");
    fuzz_put_nstring(out, body->subtype);
    put_params(out, body->params);
    fuzz_put(out, " ");
    fuzz_put_nstring(out, body->id);
    fuzz_put(out, " ");
    fuzz_put_nstring(out, body->description);
    fuzz_put(out, " ");
    fuzz_put_nstring(out, body->encoding);
    fuzz_put(out, " ");
    fuzz_put_number(out, body->size);
}

static void put_languages(fuzz_out *out, const imap4_body *body)
{
    if (body->language_count == 0) {
        fuzz_put(out, " NIL");
        return;
    }
    /* One of these is taken for a disposition, wherever it stands. */
    out->never |= body->disposition.data == NULL && (imap4__str_eq_nocase(body->languages[0], "inline") ||
                                                     imap4__str_eq_nocase(body->languages[0], "attachment"));
    fuzz_put(out, " (");
    for (size_t i = 0; i < body->language_count; i++) {
        fuzz_put_gap(out);
        fuzz_put_string(out, body->languages[i]);
    }
    fuzz_put(out, ")");
}

static void put_disposition(fuzz_out *out, const imap4_body *body)
{
    if (body->disposition.data == NULL && body->disposition_params == NULL) {
        fuzz_put(out, " NIL");
        return;
    }
    fuzz_put(out, " (");
    fuzz_put_nstring(out, body->disposition);
    put_params(out, body->disposition_params);
    fuzz_put(out, ")");
}

/* Some servers count the lines of parts that are no text. */
static void put_lines(fuzz_out *out, const imap4_body *body)
{
    if (body->kind == IMAP4_BODY_MULTIPART || (body->kind == IMAP4_BODY_BASIC && body->lines == 0))
        return;
    fuzz_put(out, " ");
    fuzz_put_number(out, body->lines);
}

/* What stands before the children. */
static void open_part(fuzz_out *out, const imap4_body *body)
{
    fuzz_put(out, "(");
    if (body->kind == IMAP4_BODY_MULTIPART) {
        if (body->children == NULL) /* as some servers write it when nothing is inside */
            fuzz_put(out, "NIL");
        /* With more behind it, that looks like another kind of part; and Exchange says things of multiparts that have no
           place in them. */
        out->never |= body->children == NULL && body->extensions != NULL;
        out->never |= body->id.data != NULL || body->description.data != NULL || body->encoding.data != NULL;
        return;
    }
    put_fields(out, body);
    if (body->kind != IMAP4_BODY_MESSAGE)
        return;
    fuzz_put(out, " ");
    put_envelope(out, body->envelope);
    fuzz_put(out, body->children != NULL ? " " : " NIL");
}

/* What stands behind them. */
static void close_part(fuzz_out *out, const imap4_body *body)
{
    int multipart = body->kind == IMAP4_BODY_MULTIPART;

    if (multipart) {
        fuzz_put(out, " ");
        fuzz_put_nstring(out, body->subtype);
    }
    put_lines(out, body);
    if (multipart && (body->extended || body->params != NULL))
        put_params(out, body->params);
    if (!multipart && body->extended) {
        fuzz_put(out, " ");
        fuzz_put_nstring(out, body->md5);
    }
    if (body->extended) {
        put_disposition(out, body);
        put_languages(out, body);
        fuzz_put(out, " ");
        fuzz_put_nstring(out, body->location);
        fuzz_put_values(out, body->extensions);
    }
    fuzz_put(out, ")");
}

void fuzz_put_body(fuzz_out *out, const imap4_body *body)
{
    const imap4_body *top = body;

    while (!out->over) {
        open_part(out, body);
        if (body->children != NULL) {
            body = body->children;
            continue;
        }
        close_part(out, body);
        while (body != top && body->next == NULL) {
            body = body->parent;
            close_part(out, body);
        }
        if (body == top)
            return;
        body = body->next;
    }
}

/* section = "[" [section-spec] "]" */
static void put_section_name(fuzz_out *out, const imap4_section *section, uint32_t present)
{
    static const struct {
        int text;
        uint32_t item;
        const char *name;
    } old[] = {{IMAP4_SECTION_ALL, IMAP4_FETCH_RFC822, "RFC822"},
               {IMAP4_SECTION_HEADER, IMAP4_FETCH_RFC822_HEADER, "RFC822.HEADER"},
               {IMAP4_SECTION_TEXT, IMAP4_FETCH_RFC822_TEXT, "RFC822.TEXT"}};
    const char *text = imap4_section_text_name(section->text);

    for (size_t i = 0; i < sizeof old / sizeof old[0] && section->part.len == 0; i++) {
        if (section->text != old[i].text || !(present & old[i].item) || section->binary || section->partial)
            continue;
        fuzz_put(out, old[i].name);
        return;
    }
    fuzz_put(out, section->binary ? "BINARY[" : "BODY[");
    fuzz_put_text(out, section->part);
    fuzz_put(out, section->part.len > 0 && text[0] != '\0' ? "." : "");
    fuzz_put(out, text);
    /* A list of fields behind anything else is a mistake that is survived. */
    if (section->text != IMAP4_SECTION_HEADER_FIELDS && section->text != IMAP4_SECTION_HEADER_FIELDS_NOT) {
        out->never |= section->field_count > 0;
    } else {
        fuzz_put(out, " (");
        for (size_t i = 0; i < section->field_count; i++) {
            fuzz_put_gap(out);
            fuzz_put_string(out, section->fields[i]);
        }
        fuzz_put(out, ")");
    }
    fuzz_put(out, "]");
    if (section->partial) {
        fuzz_put(out, "<");
        fuzz_put_number(out, section->origin);
        fuzz_put(out, ">");
    }
}

static void put_sections(fuzz_out *out, const imap4_section *section, uint32_t present)
{
    for (; section != NULL; section = section->next) {
        fuzz_put_gap(out);
        put_section_name(out, section, present);
        fuzz_put(out, section->binary && section->data.data != NULL && (section->data.len & 1) ? " ~" : " ");
        if (out->bytes[out->len - 1] == '~') {
            fuzz_put(out, "{");
            fuzz_put_number(out, section->data.len);
            fuzz_put(out, "}\r\n");
            fuzz_put_text(out, section->data);
        } else {
            fuzz_put_nstring(out, section->data);
        }
    }
}

static void put_annotations(fuzz_out *out, const imap4_annotation *annotation)
{
    fuzz_put(out, "(");
    for (; annotation != NULL; annotation = annotation->next) {
        fuzz_put_gap(out);
        fuzz_put_astring(out, annotation->entry);
        fuzz_put(out, " (");
        for (const imap4_annotation_att *att = annotation->attributes; att != NULL; att = att->next) {
            fuzz_put_gap(out);
            fuzz_put_astring(out, att->name);
            fuzz_put(out, " ");
            fuzz_put_nstring(out, att->value);
        }
        fuzz_put(out, ")");
    }
    fuzz_put(out, ")");
}

static void put_labels(fuzz_out *out, const imap4_gm_label *label)
{
    fuzz_put(out, "(");
    for (; label != NULL; label = label->next) {
        fuzz_put_gap(out);
        fuzz_put_string(out, label->raw);
    }
    fuzz_put(out, ")");
}

static void put_id(fuzz_out *out, imap4_str id)
{
    if (id.data == NULL) {
        fuzz_put(out, "NIL");
        return;
    }
    fuzz_put(out, "(");
    fuzz_put_astring(out, id);
    fuzz_put(out, ")");
}

static void put_value(fuzz_out *out, const imap4_msg_att *message, imap4_fetch_item item)
{
    switch ((int)item) {
    case IMAP4_FETCH_UID:
        fuzz_put_number(out, message->uid);
        break;
    case IMAP4_FETCH_FLAGS:
        fuzz_put_flags(out, message->flags);
        break;
    case IMAP4_FETCH_INTERNALDATE:
        put_date(out, message->internaldate);
        break;
    case IMAP4_FETCH_RFC822_SIZE:
        fuzz_put_number(out, message->rfc822_size);
        break;
    case IMAP4_FETCH_ENVELOPE:
        put_envelope(out, message->envelope);
        break;
    case IMAP4_FETCH_BODY:
    case IMAP4_FETCH_BODYSTRUCTURE:
        fuzz_put_body(out, message->body);
        break;
    case IMAP4_FETCH_MODSEQ:
        fuzz_put(out, "(");
        fuzz_put_number(out, message->modseq);
        fuzz_put(out, ")");
        break;
    case IMAP4_FETCH_EMAILID:
        put_id(out, message->emailid);
        break;
    case IMAP4_FETCH_THREADID:
        put_id(out, message->threadid);
        break;
    case IMAP4_FETCH_OBJECTID:
        fuzz_put_objectid(out, message->objectid);
        break;
    case IMAP4_FETCH_SAVEDATE:
        if (message->savedate != NULL)
            put_date(out, message->savedate);
        else
            fuzz_put(out, "NIL");
        break;
    case IMAP4_FETCH_PREVIEW:
        fuzz_put_nstring(out, message->preview);
        break;
    case IMAP4_FETCH_ANNOTATION:
        put_annotations(out, message->annotations);
        break;
    case IMAP4_FETCH_X_GM_MSGID:
        fuzz_put_number(out, message->gm_msgid);
        break;
    case IMAP4_FETCH_X_GM_THRID:
        fuzz_put_number(out, message->gm_thrid);
        break;
    case IMAP4_FETCH_X_GM_LABELS:
        put_labels(out, message->gm_labels);
        break;
    default:
        out->never = 1;
        break;
    }
}

/* Those whose values stand elsewhere: sections and sizes of parts. */
#define ELSEWHERE                                                                                                      \
    ((uint32_t)(IMAP4_FETCH_RFC822 | IMAP4_FETCH_RFC822_HEADER | IMAP4_FETCH_RFC822_TEXT | IMAP4_FETCH_BINARY_SIZE))

void fuzz_put_items(fuzz_out *out, const imap4_msg_att *message)
{
    fuzz_put(out, "(");
    for (uint32_t bit = 1; bit <= IMAP4_FETCH_X_GM_LABELS; bit <<= 1) {
        if ((message->present & bit & ~ELSEWHERE) == 0)
            continue;
        fuzz_put_gap(out);
        fuzz_put(out, imap4_fetch_item_name((int)bit));
        fuzz_put(out, " ");
        put_value(out, message, (imap4_fetch_item)bit);
    }
    put_sections(out, message->sections, message->present);
    for (const imap4_binary_size *one = message->binary_sizes; one != NULL; one = one->next) {
        fuzz_put(out, " BINARY.SIZE[");
        fuzz_put_text(out, one->part);
        fuzz_put(out, "] ");
        fuzz_put_number(out, one->size);
    }
    fuzz_put_named(out, message->other, 0);
    fuzz_put(out, ")");
}

FUZZ_END
