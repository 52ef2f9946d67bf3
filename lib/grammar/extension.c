#include "grammar/extension.h"

#include "base/str.h"
#include "grammar/named.h"
#include "grammar/param.h"
#include "grammar/slot.h"
#include "grammar/strs.h"

/* Text, or NIL; a list in its place is passed over. 1 or an error. */
static int read_text(imap4__cursor *cur, imap4_str *out)
{
    int result = imap4__slot(cur, out);

    if (result == 0)
        result = imap4__skip_value(cur);
    return result == 0 ? IMAP4_ERROR_PROTOCOL : result;
}

static int close_list(imap4__cursor *cur)
{
    int result;

    imap4__gap(cur);
    if (imap4__take(cur, ')'))
        return 1;
    result = imap4__skip_list(cur);
    return result == 0 ? IMAP4_ERROR_PROTOCOL : result;
}

/* A disposition is a token, descriptions have spaces and more. */
static int is_token(imap4_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = imap4__lower((uint8_t)text.data[i]);
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'))
            return 0;
    }
    return 1;
}

static void set_disposition(imap4_body *body, imap4_str word)
{
    if (word.len > 0)
        body->disposition = word;
}

/* body-fld-dsp = "(" string SP body-fld-param ")"; also (NIL NIL), ("attachment"), (). From the "(". */
static int read_disposition_list(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    imap4_str word = {NULL, 0};
    int result;

    cur->at++;
    imap4__gap(cur);
    if (imap4__take(cur, ')'))
        return 1;
    result = read_text(cur, &word);
    if (result != 1)
        return result;
    set_disposition(body, word);
    imap4__gap(cur);
    result = imap4__params_read(cur, response, imap4__str(""), &body->disposition_params);
    return result < 0 ? result : close_list(cur);
}

/* 1 if the list that begins here is a disposition in the place of languages: `("inline" ...` or `("x" (...`. */
static int is_disposition(const imap4__cursor *cur)
{
    imap4__cursor look = *cur;

    if (!imap4__take(&look, '('))
        return 0;
    imap4__gap(&look);
    if (look.end - look.at > 12 &&
        (imap4__nocase_n(look.at, "\"inline\"", 8) || imap4__nocase_n(look.at, "\"attachment\"", 12)))
        return 1;
    if (!imap4__slot_is_text(&look) || imap4__skip_value(&look) != 1)
        return 0;
    imap4__gap(&look);
    return imap4__peek(&look) == '(';
}

/*
 * Exchange sends a bare "inline", Citadel `"attachment" ("filename" "x")` without the outer parentheses, and Exchange
 * again a description in a multipart's place for it.
 */
static int read_bare_disposition(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    imap4_str word = {NULL, 0};
    int result = read_text(cur, &word);

    if (result != 1 || word.data == NULL)
        return result;
    if (!is_token(word)) {
        if (body->description.data == NULL)
            body->description = word;
        return 1;
    }
    set_disposition(body, word);
    imap4__gap(cur);
    if (imap4__peek(cur) != '(' || is_disposition(cur))
        return 1;
    return imap4__params_read(cur, response, imap4__str(""), &body->disposition_params);
}

static int read_disposition(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    if (imap4__peek(cur) == '(')
        return read_disposition_list(cur, response, body);
    return read_bare_disposition(cur, response, body);
}

static int add_language(imap4__cursor *cur, imap4__strs *languages)
{
    imap4_str language = {NULL, 0};
    int result = read_text(cur, &language);

    if (result != 1 || language.len == 0)
        return result;
    result = imap4__strs_add(cur, languages, language);
    return result == IMAP4_OK ? 1 : result;
}

/* body-fld-lang = nstring / "(" string *(SP string) ")" */
static int read_languages(imap4__cursor *cur, imap4__strs *languages)
{
    if (!imap4__take(cur, '('))
        return add_language(cur, languages);
    for (;;) {
        int result;

        imap4__gap(cur);
        if (imap4__take(cur, ')'))
            return 1;
        result = add_language(cur, languages);
        if (result != 1)
            return result;
    }
}

/* The other way round: what was taken for a disposition is the language. */
static int read_swapped(imap4__cursor *cur, imap4__response *response, imap4_body *body, imap4__strs *languages)
{
    int result;

    if (body->disposition.data != NULL && body->disposition_params == NULL) {
        result = imap4__strs_add(cur, languages, body->disposition);
        if (result != IMAP4_OK)
            return result;
    }
    body->disposition = imap4__str(NULL);
    return read_disposition_list(cur, response, body);
}

static int read_language(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    imap4__strs languages = {NULL, 0, 0};
    int result = is_disposition(cur) ? read_swapped(cur, response, body, &languages) : read_languages(cur, &languages);

    body->languages = languages.items;
    body->language_count = languages.count;
    return result;
}

static int read_location(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    (void)response;
    return read_text(cur, &body->location);
}

/* [SP body-fld-dsp [SP body-fld-lang [SP body-fld-loc *(SP body-extension)]]] ")" */
int imap4__extension_read(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    static int (*const readers[])(imap4__cursor *, imap4__response *, imap4_body *) = {read_disposition, read_language,
                                                                                      read_location};
    int result;

    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        imap4__gap(cur);
        if (imap4__take(cur, ')'))
            return 1;
        result = readers[i](cur, response, body);
        if (result != 1)
            return result;
    }
    result = imap4__values_read(cur, response, &body->extensions);
    return result == 1 ? close_list(cur) : result;
}
