#include "grammar/part.h"

#include "base/str.h"
#include "grammar/envelope.h"
#include "grammar/extension.h"
#include "grammar/param.h"
#include "grammar/slot.h"

/* Subtypes and types that say what is meant when the other word is missing. */
static const imap4__name text_subtypes[] = {
    {"PLAIN", 1}, {"HTML", 1},  {"ENRICHED", 1}, {"RICHTEXT", 1},       {"CALENDAR", 1}, {"CSV", 1}, {"CSS", 1},
    {"XML", 1},   {"VCARD", 1}, {"X-VCARD", 1},  {"RFC822-HEADERS", 1}, {"MARKDOWN", 1}, {NULL, 0},
};

static const imap4__name types[] = {
    {"TEXT", 1},  {"APPLICATION", 1}, {"IMAGE", 1},   {"AUDIO", 1},     {"VIDEO", 1},
    {"MODEL", 1}, {"FONT", 1},        {"MESSAGE", 1}, {"MULTIPART", 1}, {NULL, 0},
};

/* A value is passed over in a copy of the cursor. */
static int look_over(imap4__cursor *look, imap4__response *response)
{
    imap4__gap(look);
    return imap4__slot_pass(look, response) == 1;
}

static int look_number(imap4__cursor *look)
{
    uint64_t number;

    imap4__gap(look);
    return imap4__number(look, &number) == 1;
}

/*
 * body-fields = body-fld-param SP body-fld-id SP body-fld-desc SP body-fld-enc SP body-fld-octets
 *
 * 1 if they follow: of the five the number at the end is what extension data cannot have.
 */
static int fields_follow(const imap4__cursor *cur, imap4__response *response)
{
    imap4__cursor look = *cur;

    for (int i = 0; i < 3; i++) {
        if (!look_over(&look, response))
            return 0;
    }
    imap4__gap(&look);
    return imap4__peek(&look) != '(' && look_over(&look, response) && look_number(&look);
}

/* 1 if the list has two texts and then a list, or NIL for any of them: more than a disposition. From behind its "(". */
static int envelope_begins(imap4__cursor look, imap4__response *response)
{
    for (int i = 0; i < 2; i++) {
        imap4__gap(&look);
        if (imap4__peek(&look) == '(' || imap4__slot_pass(&look, response) != 1)
            return 0;
    }
    imap4__gap(&look);
    return imap4__peek(&look) == '(' || imap4__slot_nil(&look);
}

/* 1 if an envelope begins here. One whose beginning is damaged is known by its length, 8 values at least. */
static int envelope_follows(const imap4__cursor *cur, imap4__response *response)
{
    imap4__cursor look = *cur;

    if (!imap4__take(&look, '('))
        return 0;
    if (envelope_begins(look, response))
        return 1;
    for (int i = 0; i < 8; i++) {
        if (!look_over(&look, response))
            return 0;
    }
    return 1;
}

/* 1 if a body begins here: "((", or "(" with two words. A disposition has one. */
static int body_follows(const imap4__cursor *cur, imap4__response *response)
{
    imap4__cursor look = *cur;

    imap4__gap(&look);
    if (!imap4__take(&look, '('))
        return 0;
    imap4__gap(&look);
    if (imap4__peek(&look) == '(')
        return 1;
    if (!imap4__slot_is_text(&look) || !look_over(&look, response))
        return 0;
    imap4__gap(&look);
    return imap4__slot_is_text(&look);
}

/* NIL where an envelope is due may as well be the MD5 of the basic form. With NIL, NIL it takes lines to tell. */
static int nil_envelope_follows(const imap4__cursor *cur, imap4__response *response)
{
    imap4__cursor look = *cur;

    if (!imap4__slot_nil(&look))
        return 0;
    imap4__gap(&look);
    return body_follows(&look, response) || (imap4__slot_nil(&look) && look_number(&look));
}

/* A number that may be missing, NIL, negative (then it is 0) or quoted. 1 or an error. */
static int read_number(imap4__cursor *cur, imap4__response *response, uint64_t *out)
{
    imap4_str text = {NULL, 0};
    imap4__cursor quoted = *cur;
    int result;

    imap4__gap(cur);
    result = imap4__number(cur, out);
    if (result != 0 || imap4__peek(cur) == '(')
        return 1;
    result = imap4__slot_text(cur, response, IMAP4__FOLLOW_ANY, &text);
    if (result == 1 && text.len > 0) {
        quoted.at = (const uint8_t *)text.data;
        quoted.end = quoted.at + text.len;
        (void)imap4__number(&quoted, out);
    }
    return result;
}

/* Office 365 sends "BASE64 "; NIL and "" are what has no encoding. */
static int read_encoding(imap4__cursor *cur, imap4__response *response, imap4_str *out)
{
    int result = imap4__slot_text(cur, response, IMAP4__FOLLOW_NUMBER | IMAP4__FOLLOW_TEXT, out);
    size_t len = out->len;

    if (result != 1)
        return result;
    while (len > 0 && out->data[len - 1] == ' ')
        len--;
    if (len == 0)
        *out = imap4__str("7BIT");
    if (len == 0 || len == out->len)
        return 1;
    result = imap4__arena_str(cur->arena, out->data, len, out); /* for the NUL behind it */
    return result == IMAP4_OK ? 1 : result;
}

static int read_fields(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    int result = imap4__extension_params(cur, response, &body->params);

    if (result == 1)
        result = imap4__slot_text(cur, response, IMAP4__FOLLOW_TEXT, &body->id);
    if (result == 1)
        result = imap4__slot_text(cur, response, IMAP4__FOLLOW_TEXT, &body->description);
    if (result == 1)
        result = read_encoding(cur, response, &body->encoding);
    if (result == 1)
        result = read_number(cur, response, &body->size);
    return result;
}

/* SP media-subtype [SP body-ext-mpart]: from behind the subtype. 1 or an error. */
static int finish_multipart(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    int result;

    imap4__gap(cur);
    body->extended = imap4__peek(cur) != ')';
    result = imap4__extension_params(cur, response, &body->params);
    return result == 1 ? imap4__extension_read(cur, response, body) : result;
}

/*
 * A multipart in the form of a basic part, its own parts untold (Exchange, GMX): the boundary may stand where a
 * multipart has it. 1 if parameters follow.
 */
static int late_params_follow(const imap4__cursor *cur, imap4__response *response, const imap4_body *body)
{
    return body->kind == IMAP4_BODY_MULTIPART && !imap4__extension_is_disposition(cur, response);
}

/* [SP body-ext-1part], before it the lines of text; some servers count lines of anything. 1 or an error. */
static int finish_single(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    const imap4_param *params = NULL;
    int result = 1;

    imap4__gap(cur);
    (void)imap4__number(cur, &body->lines);
    imap4__gap(cur);
    body->extended = imap4__peek(cur) != ')';
    if (imap4__peek(cur) != '(')
        result = imap4__slot_text(cur, response, IMAP4__FOLLOW_ANY, &body->md5);
    else if (late_params_follow(cur, response, body))
        result = imap4__extension_params(cur, response, &params);
    if (body->params == NULL)
        body->params = params;
    return result == 1 ? imap4__extension_read(cur, response, body) : result;
}

static void set_type(imap4_body *body, const char *type, const char *subtype)
{
    body->media_type = imap4__str(type);
    body->subtype = imap4__str(subtype);
}

/* One word of type "/" subtype came; it is in media_type. */
static void guess_type(imap4_body *body)
{
    imap4_str word = body->media_type;

    if (word.data == NULL) {
        set_type(body, "APPLICATION", "OCTET-STREAM");
    } else if (imap4__name_number(types, word, 0) != 0) {
        body->subtype = imap4__str(imap4__str_eq_nocase(word, "TEXT") ? "PLAIN" : "OCTET-STREAM");
    } else {
        body->media_type = imap4__str(imap4__name_number(text_subtypes, word, 0) != 0 ? "TEXT" : "APPLICATION");
        body->subtype = word;
    }
}

/*
 * A word of type "/" subtype is missing or NIL. Gmail, Dovecot, Yandex and QQ send a multipart without parts as
 * `("ALTERNATIVE" ("BOUNDARY" "x") NIL NIL)` or `(NIL "ALTERNATIVE" ...)`, others lose a word of a basic part.
 * 1: body-fields follow; 0: this was a multipart; or an error.
 */
static int settle_type(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    imap4__cursor look = *cur;
    imap4_str word = {NULL, 0};
    int result;

    if (body->media_type.data == NULL) {
        result = imap4__slot_text(cur, response, IMAP4__FOLLOW_ANY, &word);
        if (result < 0)
            return result;
        body->media_type = word;
        imap4__gap(cur);
        if (word.data == NULL || fields_follow(cur, response)) {
            guess_type(body);
            return 1;
        }
    } else {
        if (!fields_follow(cur, response) && imap4__slot_nil(&look) && fields_follow(&look, response))
            cur->at = look.at;
        if (fields_follow(cur, response)) {
            guess_type(body);
            return 1;
        }
        word = body->media_type;
    }
    body->kind = IMAP4_BODY_MULTIPART;
    body->media_type = imap4__str("MULTIPART");
    body->subtype = word;
    return 0;
}

/* 1 with both words read, 0 for a multipart without parts, or an error. */
static int read_type(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    int result = imap4__slot_text(cur, response, IMAP4__FOLLOW_ANY, &body->media_type);

    if (result != 1)
        return result;
    imap4__gap(cur);
    if (body->media_type.data == NULL || !imap4__slot_is_text(cur))
        return settle_type(cur, response, body);
    result = imap4__slot_text(cur, response, IMAP4__FOLLOW_ANY, &body->subtype);
    if (body->subtype.data == NULL) /* left out */
        guess_type(body);
    return result;
}

static int is_message(const imap4_body *body)
{
    return imap4__str_eq_nocase(body->media_type, "MESSAGE") &&
           (imap4__str_eq_nocase(body->subtype, "RFC822") || imap4__str_eq_nocase(body->subtype, "GLOBAL"));
}

/*
 * body-type-msg = media-message SP body-fields SP envelope SP body SP body-fld-lines
 *
 * Gmail sends encoded and attached messages as basic parts. 2: the body follows; 1: it is missing or this is a basic
 * part; or an error.
 */
static int read_message(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    int result = 1;

    imap4__gap(cur);
    if (envelope_follows(cur, response))
        result = imap4__envelope_read(cur, response, &body->envelope);
    else if (nil_envelope_follows(cur, response))
        (void)imap4__slot_nil(cur);
    else
        return 1;
    if (result != 1)
        return result;
    body->kind = IMAP4_BODY_MESSAGE;
    imap4__gap(cur);
    if (imap4__peek(cur) == '(')
        return 2;
    (void)imap4__slot_nil(cur);
    return 1;
}

static int kind_of(const imap4_body *body)
{
    if (imap4__str_eq_nocase(body->media_type, "TEXT"))
        return IMAP4_BODY_TEXT;
    /* Exchange: a multipart whose parts it does not tell, in the form of a basic part. */
    return imap4__str_eq_nocase(body->media_type, "MULTIPART") ? IMAP4_BODY_MULTIPART : IMAP4_BODY_BASIC;
}

/* body-type-1part = (body-type-basic / body-type-msg / body-type-text) [SP body-ext-1part] */
int imap4__part_read(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    int result;

    imap4__gap(cur);
    if (imap4__take(cur, ')')) {
        body->kind = IMAP4_BODY_BASIC;
        set_type(body, "APPLICATION", "OCTET-STREAM");
        body->encoding = imap4__str("7BIT");
        return 1;
    }
    result = read_type(cur, response, body);
    if (result == 0)
        return finish_multipart(cur, response, body);
    if (result == 1)
        result = read_fields(cur, response, body);
    if (result != 1)
        return result;
    body->kind = kind_of(body);
    if (is_message(body))
        result = read_message(cur, response, body);
    return result == 1 ? finish_single(cur, response, body) : result;
}

int imap4__part_finish(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    int result;

    if (body->kind == IMAP4_BODY_MESSAGE)
        return finish_single(cur, response, body);
    body->media_type = imap4__str("MULTIPART");
    result = imap4__slot_text(cur, response, IMAP4__FOLLOW_ANY, &body->subtype);
    if (result != 1)
        return result;
    if (body->subtype.len == 0)
        body->subtype = imap4__str("MIXED");
    return finish_multipart(cur, response, body);
}
