#include "grammar/section.h"

#include "base/str.h"
#include "grammar/fetch.h"
#include "grammar/item.h"
#include "grammar/slot.h"
#include "grammar/strs.h"

static const imap4__name texts[] = {
    {"", IMAP4_SECTION_ALL},
    {"HEADER", IMAP4_SECTION_HEADER},
    {"HEADER.FIELDS", IMAP4_SECTION_HEADER_FIELDS},
    {"HEADER.FIELDS.NOT", IMAP4_SECTION_HEADER_FIELDS_NOT},
    {"TEXT", IMAP4_SECTION_TEXT},
    {"MIME", IMAP4_SECTION_MIME},
    {NULL, 0},
};

const char *imap4_section_text_name(int text)
{
    return text >= 0 ? imap4__name_text(texts, (uint32_t)text) : NULL;
}

/* rev1's names for sections. */
static const imap4__name old_names[] = {
    {"RFC822", IMAP4_SECTION_ALL},
    {"RFC822.HEADER", IMAP4_SECTION_HEADER},
    {"RFC822.TEXT", IMAP4_SECTION_TEXT},
    {NULL, 0},
};

/* A section name, as slices of the response. */
typedef struct section_name {
    int text;
    int binary;
    int partial;
    uint64_t origin;
    imap4_str part;
    const uint8_t *fields; /* the "(" of the field list; NULL if there is none */
} section_name;

static int is_letter(uint8_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static int is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

/* A word of letters, digits and dots. */
static imap4_str read_word(imap4__cursor *cur)
{
    const uint8_t *begin = cur->at;

    while (cur->at < cur->end && (is_letter(*cur->at) || is_digit(*cur->at) || *cur->at == '.'))
        cur->at++;
    return imap4__str_n(begin, (size_t)(cur->at - begin));
}

/* section-part = nz-number *("." nz-number), and the dot before a section-text */
static void read_part(imap4__cursor *cur, section_name *name)
{
    const uint8_t *begin = cur->at;
    size_t len;

    while (cur->at < cur->end && (is_digit(*cur->at) || (*cur->at == '.' && cur->at > begin)))
        cur->at++;
    len = (size_t)(cur->at - begin);
    if (len > 0 && begin[len - 1] == '.')
        len--;
    name->part = imap4__str_n(begin, len);
}

/* Passes over "(" header-fld-name *(SP header-fld-name) ")" of atoms and quoted strings. */
static int skip_fields(imap4__cursor *cur)
{
    int quoted = 0;

    for (cur->at++; cur->at < cur->end; cur->at++) { /* behind the "(" */
        if (*cur->at == '"') {
            quoted = !quoted;
        } else if (*cur->at == '\\' && quoted && cur->at + 1 < cur->end) {
            cur->at++;
        } else if (*cur->at == ')' && !quoted) {
            cur->at++;
            return 1;
        } else if (*cur->at == '\n' || (*cur->at == '(' && !quoted)) {
            return 0; /* behind the size of a literal, or in no such list */
        }
    }
    return 0;
}

/* Field names may be literals: then the list is passed over as a value, which knows where literals are. */
static int skip_fields_with_literals(imap4__cursor *cur)
{
    imap4__cursor look = *cur;

    if (skip_fields(cur))
        return 1;
    if (cur->at >= cur->end || *cur->at != '\n')
        return 0;
    if (look.end - look.at > IMAP4__ITEM_NAME_MAX)
        look.end = look.at + IMAP4__ITEM_NAME_MAX;
    if (imap4__skip_value(&look) != 1)
        return 0;
    cur->at = look.at;
    return 1;
}

/* "<" number ">"; some servers echo the request's "<0.100>". */
static int read_origin(imap4__cursor *cur, section_name *name)
{
    uint64_t ignored;

    if (!imap4__take(cur, '<'))
        return 1;
    name->partial = 1;
    if (imap4__number(cur, &name->origin) != 1)
        return 0;
    if (imap4__take(cur, '.') && imap4__number(cur, &ignored) != 1)
        return 0;
    return imap4__take(cur, '>');
}

/*
 * section      = "[" [section-spec] "]"
 * section-spec = section-msgtext / (section-part ["." section-text])
 */
static int read_spec(imap4__cursor *cur, int literals, section_name *name)
{
    uint32_t text;

    (void)imap4__spaces(cur);
    read_part(cur, name);
    text = imap4__name_number(texts, read_word(cur), UINT32_MAX);
    if (text == UINT32_MAX)
        return 0;
    name->text = (int)text;
    (void)imap4__spaces(cur);
    if (imap4__peek(cur) == '(') {
        name->fields = cur->at;
        if (!(literals ? skip_fields_with_literals(cur) : skip_fields(cur)))
            return 0;
        (void)imap4__spaces(cur);
    }
    return imap4__take(cur, ']') && read_origin(cur, name);
}

/* 1, or 0 if this is not the name of a section. */
static int read_name(imap4__cursor *cur, int literals, section_name *name)
{
    imap4_str word = read_word(cur);
    uint32_t text;

    text = imap4__name_number(old_names, word, UINT32_MAX);
    if (text == UINT32_MAX && imap4__take(cur, '[')) {
        name->binary = imap4__str_eq_nocase(word, "BINARY");
        if (!name->binary && !imap4__str_eq_nocase(word, "BODY") && !imap4__str_eq_nocase(word, "BODY.PEEK"))
            return 0;
        return read_spec(cur, literals, name);
    }
    if (imap4__take(cur, '[') && !imap4__take(cur, ']')) /* RFC822[] occurs */
        return 0;
    name->text = (int)text;
    name->part = imap4__str("");
    return text != UINT32_MAX && read_origin(cur, name);
}

int imap4__section_skip(imap4__cursor *cur)
{
    imap4__cursor look = *cur;
    section_name name = {0};

    if (!read_name(&look, 0, &name))
        return 0;
    cur->at = look.at;
    return 1;
}

/* section-binary = "[" [section-part] "]" */
int imap4__section_part_read(imap4__cursor *cur, imap4_str *part)
{
    imap4__cursor look = *cur;
    section_name name = {0};

    (void)read_word(&look);
    if (!imap4__take(&look, '['))
        return 0;
    read_part(&look, &name);
    if (!imap4__take(&look, ']'))
        return 0;
    if (imap4__arena_str(cur->arena, name.part.data, name.part.len, part) != IMAP4_OK)
        return IMAP4_ERROR_MEMORY;
    cur->at = look.at;
    return 1;
}

/* header-list = "(" header-fld-name *(SP header-fld-name) ")", whose end was found before */
static int copy_fields(imap4__cursor cur, const uint8_t *begin, imap4_section *out)
{
    imap4__strs fields = {NULL, 0, 0};
    int result;

    cur.at = begin + 1;
    result = imap4__strs_read(&cur, &fields);
    if (result != 1)
        return result == 0 ? IMAP4_ERROR_PROTOCOL : result;
    out->fields = fields.items;
    out->field_count = fields.count;
    return IMAP4_OK;
}

int imap4__section_read(imap4__cursor *cur, imap4_section *out)
{
    imap4__cursor look = *cur;
    section_name name = {0};
    int result;

    if (!read_name(&look, 1, &name))
        return 0;
    out->text = name.text;
    out->binary = name.binary;
    out->partial = name.partial;
    out->origin = name.origin;
    out->fields = NULL;
    out->field_count = 0;
    result = imap4__arena_str(cur->arena, name.part.data, name.part.len, &out->part);
    if (result == IMAP4_OK && name.fields != NULL)
        result = copy_fields(*cur, name.fields, out);
    if (result != IMAP4_OK)
        return result;
    cur->at = look.at;
    return 1;
}
