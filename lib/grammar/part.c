#include "grammar/part.h"

#include "base/str.h"
#include "grammar/envelope.h"
#include "grammar/extension.h"
#include "grammar/param.h"
#include "grammar/slot.h"

/* Subtypes and types that say what is meant when the other word is missing. */
static const imap4__name text_subtypes[] = {
    {"PLAIN", 1}, {"HTML", 1},  {"ENRICHED", 1}, {"RICHTEXT", 1}, {"CALENDAR", 1}, {"CSV", 1},
    {"CSS", 1},   {"XML", 1}, {"VCARD", 1},    {"X-VCARD", 1},  {"RFC822-HEADERS", 1}, {"MARKDOWN", 1}, {NULL, 0},
};

static const imap4__name types[] = {
    {"TEXT", 1},  {"APPLICATION", 1}, {"IMAGE", 1}, {"AUDIO", 1},     {"VIDEO", 1},
    {"MODEL", 1}, {"FONT", 1},        {"MESSAGE", 1}, {"MULTIPART", 1}, {NULL, 0},
};

/* A value is passed over in a copy of the cursor. */
static int look_over(imap4__cursor *look)
{
    imap4__gap(look);
    return imap4__skip_value(look) == 1;
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
static int fields_follow(const imap4__cursor *cur)
{
    imap4__cursor look = *cur;

    for (int i = 0; i < 3; i++) {
        if (!look_over(&look))
            return 0;
    }
    imap4__gap(&look);
    return imap4__peek(&look) != '(' && look_over(&look) && look_number(&look);
}

/* 1 if 8 or more values stand in the list that begins here: an envelope, even when the last ones are missing. */
static int envelope_follows(const imap4__cursor *cur)
{
    imap4__cursor look = *cur;

    if (!imap4__take(&look, '('))
        return 0;
    for (int i = 0; i < 8; i++) {
        imap4__gap(&look);
        if (imap4__peek(&look) == ')' || imap4__skip_value(&look) != 1)
            return 0;
    }
    return 1;
}

/* 1 if a body begins here: "((", or "(" with two words. A disposition has one. */
static int body_follows(const imap4__cursor *cur)
{
    imap4__cursor look = *cur;

    imap4__gap(&look);
    if (!imap4__take(&look, '('))
        return 0;
    imap4__gap(&look);
    if (imap4__peek(&look) == '(')
        return 1;
    if (!imap4__slot_is_text(&look) || !look_over(&look))
        return 0;
    imap4__gap(&look);
    return imap4__slot_is_text(&look);
}

/* NIL where an envelope is due may as well be the MD5 of the basic form. With NIL, NIL it takes lines to tell. */
static int nil_envelope_follows(const imap4__cursor *cur)
{
    imap4__cursor look = *cur;

    if (!imap4__slot_nil(&look))
        return 0;
    imap4__gap(&look);
    return body_follows(&look) || (imap4__slot_nil(&look) && look_number(&look));
}

/* A number that may be missing, NIL, negative or quoted: then it is 0. 1 or an error. */
static int read_number(imap4__cursor *cur, uint64_t *out)
{
    imap4_str ignored;
    int result;

    imap4__gap(cur);
    result = imap4__number(cur, out);
    if (result != 0 || imap4__peek(cur) == '(' || imap4__peek(cur) == ')')
        return result < 0 ? result : 1;
    result = imap4__slot(cur, &ignored);
    return result == 0 ? IMAP4_ERROR_PROTOCOL : result;
}

/* An nstring that may be missing. Anything else in its place is passed over. 1 or an error. */
static int read_text(imap4__cursor *cur, imap4_str *out)
{
    int result;

    imap4__gap(cur);
    if (imap4__peek(cur) == ')')
        return 1;
    result = imap4__slot(cur, out);
    if (result == 0)
        result = imap4__skip_value(cur);
    return result == 0 ? IMAP4_ERROR_PROTOCOL : result;
}

/* Office 365 sends "BASE64 "; NIL and "" are what has no encoding. */
static void tidy_encoding(imap4_str *encoding)
{
    size_t len = encoding->len;

    while (len > 0 && encoding->data[len - 1] == ' ')
        len--;
    if (len == 0)
        *encoding = imap4__str("7BIT");
    else if (len < encoding->len)
        encoding->len = len;
}

/* The spaces cut off above need a NUL of their own. */
static int read_encoding(imap4__cursor *cur, imap4_str *out)
{
    size_t len;
    int result = read_text(cur, out);

    if (result != 1)
        return result;
    len = out->len;
    tidy_encoding(out);
    if (out->len < len && imap4__arena_str(cur->arena, out->data, out->len, out) != IMAP4_OK)
        return IMAP4_ERROR_MEMORY;
    return 1;
}

static int read_params(imap4__cursor *cur, imap4__response *response, const imap4_param **out)
{
    imap4_str ignored;
    int result;

    imap4__gap(cur);
    if (imap4__peek(cur) == ')')
        return 1;
    result = imap4__params_read(cur, response, imap4__str(""), out);
    return result == 0 ? read_text(cur, &ignored) : result;
}

static int read_fields(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    int result = read_params(cur, response, &body->params);

    if (result == 1)
        result = read_text(cur, &body->id);
    if (result == 1)
        result = read_text(cur, &body->description);
    if (result == 1)
        result = read_encoding(cur, &body->encoding);
    if (result == 1)
        result = read_number(cur, &body->size);
    return result;
}

/* [SP body-ext-1part], before it the lines of text; some servers count lines of anything. 1 or an error. */
static int finish_single(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    int result;

    imap4__gap(cur);
    result = imap4__number(cur, &body->lines);
    if (result < 0)
        return result;
    imap4__gap(cur);
    if (imap4__peek(cur) == ')')
        return imap4__extension_read(cur, response, body);
    body->extended = 1;
    if (imap4__peek(cur) != '(') {
        result = read_text(cur, &body->md5);
        if (result != 1)
            return result;
    }
    return imap4__extension_read(cur, response, body);
}

/* SP media-subtype [SP body-ext-mpart]: from behind the subtype. 1 or an error. */
static int finish_multipart(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    int result;

    imap4__gap(cur);
    body->extended = imap4__peek(cur) != ')';
    result = read_params(cur, response, &body->params);
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
static int settle_type(imap4__cursor *cur, imap4_body *body)
{
    imap4__cursor look = *cur;
    imap4_str word = {NULL, 0};
    int result;

    if (body->media_type.data == NULL) {
        result = imap4__slot_is_text(cur) ? imap4__slot(cur, &word) : imap4__slot_nil(cur);
        if (result < 0)
            return result;
        body->media_type = word;
        imap4__gap(cur);
        if (word.data == NULL || fields_follow(cur)) {
            guess_type(body);
            return 1;
        }
    } else {
        if (!fields_follow(cur) && imap4__slot_nil(&look) && fields_follow(&look))
            cur->at = look.at;
        if (fields_follow(cur)) {
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
static int read_type(imap4__cursor *cur, imap4_body *body)
{
    int result = imap4__slot(cur, &body->media_type);

    if (result != 1)
        return result == 0 ? IMAP4_ERROR_PROTOCOL : result;
    imap4__gap(cur);
    if (body->media_type.data == NULL || !imap4__slot_is_text(cur))
        return settle_type(cur, body);
    result = imap4__slot(cur, &body->subtype);
    return result == 0 ? IMAP4_ERROR_PROTOCOL : result;
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
    if (envelope_follows(cur))
        result = imap4__envelope_read(cur, response, &body->envelope);
    else if (nil_envelope_follows(cur))
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
    result = read_type(cur, body);
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
    result = read_text(cur, &body->subtype);
    if (result != 1)
        return result;
    if (body->subtype.len == 0)
        body->subtype = imap4__str("MIXED");
    return finish_multipart(cur, response, body);
}
