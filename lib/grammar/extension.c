#include "grammar/extension.h"

#include "base/str.h"
#include "grammar/named.h"
#include "grammar/param.h"
#include "grammar/slot.h"
#include "grammar/strs.h"

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

static int is_known(imap4_str word)
{
    return imap4__str_eq_nocase(word, "inline") || imap4__str_eq_nocase(word, "attachment");
}

static void set_disposition(imap4_body *body, imap4_str word)
{
    if (word.len > 0)
        body->disposition = word;
}

int imap4__extension_params(imap4__cursor *cur, imap4__response *response, const imap4_param **out)
{
    const uint8_t *begin;
    int result;

    imap4__gap(cur);
    if (imap4__peek(cur) == ')')
        return 1;
    begin = cur->at;
    result = imap4__params_read(cur, response, imap4__str(""), out);
    if (result == 0)
        return imap4__slot_leave_out(cur, response);
    if (result != IMAP4_ERROR_LIMIT)
        return result;
    imap4__response_damage(response, begin); /* too many: the first ones are kept */
    return imap4__slot_close(cur, response);
}

/* body-fld-dsp = "(" string SP body-fld-param ")"; also (NIL NIL), ("attachment"), (). From the "(". */
static int read_disposition_list(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    imap4_str word = {NULL, 0};
    int result;

    cur->at++;
    result = imap4__slot_text(cur, response, IMAP4__FOLLOW_LIST | IMAP4__FOLLOW_CLOSE, &word);
    if (result != 1)
        return result;
    set_disposition(body, word);
    result = imap4__extension_params(cur, response, &body->disposition_params);
    return result == 1 ? imap4__slot_close(cur, response) : result;
}

int imap4__extension_is_disposition(const imap4__cursor *cur, imap4__response *response)
{
    imap4__cursor look = *cur;

    if (!imap4__take(&look, '('))
        return 0;
    imap4__gap(&look);
    if (look.end - look.at > 12 &&
        (imap4__nocase_n(look.at, "\"inline\"", 8) || imap4__nocase_n(look.at, "\"attachment\"", 12)))
        return 1;
    if (!imap4__slot_is_text(&look) || imap4__slot_pass(&look, response) != 1)
        return 0;
    imap4__gap(&look);
    return imap4__peek(&look) == '(';
}

/* 1 if the list that begins here has names with values: not a list of languages, which seldom has two. */
static int is_params(const imap4__cursor *cur, imap4__response *response)
{
    imap4__cursor look = *cur;
    size_t count = 0;

    if (!imap4__take(&look, '('))
        return 0;
    do {
        imap4__gap(&look);
        count++;
    } while (imap4__slot_pass(&look, response) == 1);
    return count > 1 && count % 2 == 1; /* one more for the end */
}

/*
 * Exchange sends a bare "inline", Citadel `"attachment" ("filename" "x")` without the outer parentheses, and Exchange
 * again a description in a multipart's place for it.
 */
static int read_bare_disposition(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    imap4_str word = {NULL, 0};
    int result = imap4__slot_text(cur, response, IMAP4__FOLLOW_ANY, &word);
    int swapped;

    if (result != 1 || word.data == NULL)
        return result;
    imap4__gap(cur);
    swapped = imap4__extension_is_disposition(cur, response);
    if (is_token(word) && !swapped && is_params(cur, response)) {
        set_disposition(body, word);
        return imap4__extension_params(cur, response, &body->disposition_params);
    }
    if (is_known(word) || (is_token(word) && (swapped || body->kind != IMAP4_BODY_MULTIPART)))
        set_disposition(body, word);
    else if (body->description.data == NULL)
        body->description = word;
    return 1;
}

static int read_disposition(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    if (imap4__peek(cur) == '(')
        return read_disposition_list(cur, response, body);
    return read_bare_disposition(cur, response, body);
}

/* Copies a language into the list. IMAP4_ERROR_LIMIT if it is full. */
static int add_language(imap4__cursor *cur, imap4__response *response, imap4__strs *languages)
{
    imap4_str language = {NULL, 0};
    int result = imap4__slot_text(cur, response, IMAP4__FOLLOW_TEXT | IMAP4__FOLLOW_CLOSE, &language);

    if (result != 1 || language.len == 0)
        return result;
    result = imap4__strs_add(cur, languages, language);
    return result == IMAP4_OK ? 1 : result;
}

/* body-fld-lang = nstring / "(" string *(SP string) ")" */
static int read_languages(imap4__cursor *cur, imap4__response *response, imap4__strs *languages)
{
    int result;

    if (!imap4__take(cur, '('))
        return add_language(cur, response, languages);
    do {
        imap4__gap(cur);
        if (imap4__take(cur, ')'))
            return 1;
        result = add_language(cur, response, languages);
    } while (result == 1);
    if (result != IMAP4_ERROR_LIMIT)
        return result;
    imap4__response_damage(response, cur->at);
    return imap4__slot_close(cur, response);
}

/* A disposition in place of the languages. What was taken for a disposition before is the language then. */
static int read_swapped(imap4__cursor *cur, imap4__response *response, imap4_body *body, imap4__strs *languages)
{
    if (is_known(body->disposition) || body->disposition_params != NULL)
        return imap4__slot_leave_out(cur, response);
    if (body->disposition.data != NULL && imap4__strs_add(cur, languages, body->disposition) != IMAP4_OK)
        return IMAP4_ERROR_MEMORY;
    body->disposition = imap4__str(NULL);
    return read_disposition_list(cur, response, body);
}

static int read_language(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    imap4__strs languages = {NULL, 0, 0};
    int result = imap4__extension_is_disposition(cur, response) ? read_swapped(cur, response, body, &languages)
                                                                : read_languages(cur, response, &languages);

    body->languages = languages.items;
    body->language_count = languages.count;
    return result;
}

/* body-fld-loc = nstring; lists come too, and their first text counts */
static int read_location(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    int list = imap4__take(cur, '(');
    int result = imap4__slot_text(cur, response, IMAP4__FOLLOW_ANY, &body->location);

    return list && result == 1 ? imap4__slot_close(cur, response) : result;
}

/* *(SP body-extension) ")": a value that cannot be read is left out with all behind it. */
static int read_others(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    int result = imap4__values_read(cur, response, &body->extensions);

    if (result == IMAP4_ERROR_MEMORY)
        return result;
    if (result != 1)
        imap4__response_damage(response, cur->at);
    return imap4__slot_close(cur, response);
}

/* [SP body-fld-dsp [SP body-fld-lang [SP body-fld-loc *(SP body-extension)]]] ")" */
int imap4__extension_read(imap4__cursor *cur, imap4__response *response, imap4_body *body)
{
    static int (*const readers[])(imap4__cursor *, imap4__response *, imap4_body *) = {read_disposition, read_language,
                                                                                       read_location};

    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        int result;

        imap4__gap(cur);
        if (imap4__take(cur, ')'))
            return 1;
        result = readers[i](cur, response, body);
        if (result != 1)
            return result;
    }
    return read_others(cur, response, body);
}
