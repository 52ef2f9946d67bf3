#include "grammar/fetch.h"

#include "base/str.h"
#include "grammar/item.h"
#include "grammar/msg_att.h"
#include "grammar/named.h"
#include "grammar/section.h"
#include "grammar/slot.h"

/* What is being put together. */
typedef struct reading {
    imap4__cursor *cur;
    imap4__response *response;
    imap4_msg_att *att;
    int converted;                  /* 1: a list may stand for the data of a section, and says why there are none */
    const imap4_section **sections; /* where the next one goes */
    const imap4_binary_size **sizes;
    const imap4_named_value **other;
} reading;

/* nstring / literal8. Yandex leaves the value of an empty part out: that is NIL. */
static int read_section_value(imap4__cursor *cur, imap4_section *section)
{
    imap4__text text = {{NULL, 0}, 0, 0, 0};
    int result = 1;

    imap4__gap(cur);
    if (cur->at < cur->end && *cur->at != ')') {
        result = imap4__string(cur, &text);
        if (result == 0 && *cur->at != '{') /* Free: a literal of the size -1 */
            result = imap4__nstring(cur, &text);
    }
    if (result != 1)
        return result;
    section->data = text.str;
    section->size = text.size;
    section->streamed = text.streamed;
    section->truncated = text.truncated;
    section->nil = text.str.data == NULL && !text.streamed;
    return 1;
}

/* An item that is not known by name is kept as it is. */
static int read_other(reading *r)
{
    imap4_str name;
    int result = imap4__item_name(r->cur, &name);

    if (result != 1)
        return result;
    r->response->reading = "FETCH item";
    return imap4__named_read(r->cur, r->response, name, &r->other);
}

/* converterror-phrase = "(" "ERROR" SP ... ")" (RFC 5259 section 10): 1 if a list follows and this is CONVERTED */
static int is_convert_error(const reading *r)
{
    imap4__cursor look = *r->cur;

    imap4__gap(&look);
    return r->converted && imap4__peek(&look) == '(';
}

/* "BODY" section ["<" number ">"] SP nstring, "BINARY" section-binary SP (nstring / literal8), RFC822 and its kin */
static int read_section(reading *r)
{
    const uint8_t *begin = r->cur->at;
    imap4_section *section = imap4__arena_zalloc(r->cur->arena, sizeof *section);
    int result;

    if (section == NULL)
        return IMAP4_ERROR_MEMORY;
    result = imap4__section_read(r->cur, section);
    if (result == 0)
        return read_other(r);
    if (result == 1 && is_convert_error(r)) {
        r->cur->at = begin;
        return read_other(r);
    }
    if (result == 1)
        result = read_section_value(r->cur, section);
    if (result == 1) {
        *r->sections = section;
        r->sections = &section->next;
    }
    return result;
}

/* "BINARY.SIZE" section-binary SP number (RFC 3516 section 7) */
static int read_binary_size(reading *r)
{
    const uint8_t *begin = r->cur->at;
    imap4_binary_size *size = imap4__arena_zalloc(r->cur->arena, sizeof *size);
    int result;

    if (size == NULL)
        return IMAP4_ERROR_MEMORY;
    result = imap4__section_part_read(r->cur, &size->part);
    if (result == 1 && is_convert_error(r))
        result = 0;
    if (result == 0) {
        r->cur->at = begin;
        return read_other(r);
    }
    if (result != 1)
        return result;
    imap4__gap(r->cur);
    if (imap4__slot_nil(r->cur))
        return 1;
    result = imap4__number(r->cur, &size->size);
    if (result == 1) {
        r->att->present |= IMAP4_FETCH_BINARY_SIZE;
        *r->sizes = size;
        r->sizes = &size->next;
    }
    return result;
}

/* NIL in place of most values is an item that was not said. */
static int read_known(reading *r, const imap4__msg_att_row *row)
{
    int present = 0;
    int result;

    imap4__gap(r->cur);
    if (!row->reads_nil && imap4__slot_nil(r->cur))
        return 1;
    result = row->read(r->cur, r->response, r->att, &present);
    if (present)
        r->att->present |= row->bit;
    return result;
}

static int is_separator(const imap4__cursor *cur)
{
    return cur->at == cur->end || *cur->at <= ' ' || *cur->at == '(' || *cur->at == ')';
}

/* Something went wrong between `begin` and here; reading goes on behind the value at `value`, or else nowhere. */
static void resume(reading *r, const uint8_t *begin, const uint8_t *value)
{
    imap4__cursor *cur = r->cur;

    imap4__response_damage(r->response, begin);
    cur->at = value;
    imap4__gap(cur);
    if (imap4__peek(cur) == ')')
        return;
    value = cur->at;
    if (imap4__skip_value(cur) == 1)
        return;
    /* A quote that nobody closes. Where the grammar has strings it may have stood inside of one. */
    cur->at = value;
    if (!imap4__quote_again(cur, r->response, (size_t)(cur->end - value)) || imap4__slot_pass(cur, r->response) != 1)
        cur->at = cur->end;
}

/* Where a name is due stands something else: DavMail has empty strings there, to say that it is alive. */
static void pass_stray(reading *r)
{
    const uint8_t *begin = r->cur->at;

    if (*begin == '"' && imap4__skip_value(r->cur) == 1)
        return;
    r->cur->at = begin;
    imap4__response_damage(r->response, begin);
    if (imap4__skip_value(r->cur) != 1)
        r->cur->at = begin + 1;
}

/* The word that names an item, without brackets. */
static imap4_str peek_word(const imap4__cursor *cur)
{
    const uint8_t *at = cur->at;

    while (at < cur->end && *at > ' ' && *at != '(' && *at != ')' && *at != '[' && *at != '"' && *at != '{')
        at++;
    return imap4__str_n(cur->at, (size_t)(at - cur->at));
}

/*
 * Reads an item whose name has brackets or is one of rev1's for a section. *value is where its value begins, or the
 * item itself if the brackets have no end.
 */
static int read_bracketed(reading *r, imap4_str word, const uint8_t **value)
{
    int result;

    if (imap4__str_eq_nocase(word, "BINARY.SIZE")) {
        r->response->reading = "FETCH BINARY.SIZE";
        result = read_binary_size(r);
    } else {
        result = read_section(r);
    }
    *value = r->cur->at; /* only the value can have failed, or nothing was consumed */
    return result;
}

/* msg-att-dynamic / msg-att-static. 1 or IMAP4_ERROR_MEMORY: what cannot be read is left out. */
static int read_item(reading *r)
{
    const uint8_t *begin = r->cur->at;
    imap4_str word = peek_word(r->cur);
    const uint8_t *value = begin + word.len;
    int bracket = value < r->cur->end && *value == '[';
    const imap4__msg_att_row *row = imap4__msg_att_find(word);
    const imap4_section **sections = r->sections;
    int result;

    if (bracket && row != NULL && row->read != NULL) /* BODY[...] is no BODY */
        row = NULL;
    r->response->reading = row != NULL ? row->what : bracket ? "FETCH BODY[]" : "FETCH item";
    if (word.len == 0) {
        pass_stray(r);
        return 1;
    }
    if (row != NULL && row->read != NULL) {
        r->cur->at = value;
        result = read_known(r, row);
    } else if (row != NULL || bracket) {
        result = read_bracketed(r, word, &value);
        if (r->sections != sections && row != NULL)
            r->att->present |= row->bit;
    } else {
        result = read_other(r);
    }
    if (result == IMAP4_ERROR_MEMORY)
        return result;
    if (result != 1 && bracket && value == begin) { /* brackets without an end hide where anything else begins */
        imap4__response_damage(r->response, begin);
        r->cur->at = r->cur->end;
    } else if (result != 1 || !is_separator(r->cur)) {
        resume(r, begin, result != 1 ? value : r->cur->at);
    }
    return 1;
}

/*
 * Items up to the end of the list. Domino puts some in parentheses of their own: `(UID 7 (ENVELOPE (...)) FLAGS ())`.
 */
static int read_items(reading *r)
{
    imap4__cursor *cur = r->cur;
    uint32_t depth = 1;

    while (depth > 0) {
        imap4__gap(cur);
        if (imap4__take(cur, ')')) {
            depth--;
        } else if (cur->at == cur->end || depth > cur->nesting_limit ||
                   imap4__response_count(r->response, cur) != IMAP4_OK) {
            r->response->reading = "FETCH"; /* cut off, or too much: what came before counts */
            imap4__response_damage(r->response, cur->at);
            cur->at = cur->end;
            return 1;
        } else if (imap4__take(cur, '(')) {
            depth++;
        } else {
            const uint32_t items = r->response->elements;
            const int result = read_item(r);

            if (result != 1)
                return result;
            if (r->response->elements > cur->list_limit)
                r->response->elements = items; /* a list that is too long costs no other item */
        }
    }
    return 1;
}

/* msg-att = "(" (msg-att-dynamic / msg-att-static) *(SP (msg-att-dynamic / msg-att-static)) ")"; "()" comes too */
int imap4__fetch_items_read(imap4__cursor *cur, imap4__response *response, imap4_msg_att *att, int converted)
{
    reading r = {cur, response, att, converted, &att->sections, &att->binary_sizes, &att->other};
    int result;

    imap4__gap(cur);
    if (!imap4__take(cur, '('))
        return 0;
    result = read_items(&r);
    if (result != 1)
        return result;
    imap4__gap(cur);
    if (cur->at < cur->end) { /* one ")" too many, and items behind it */
        response->reading = "FETCH";
        imap4__response_damage(response, cur->at);
    }
    return 1;
}

int imap4__fetch_read(imap4__cursor *cur, uint32_t seq, imap4__response *response)
{
    imap4_msg_att *att = imap4__arena_zalloc(cur->arena, sizeof *att);
    int result;

    if (att == NULL)
        return IMAP4_ERROR_MEMORY;
    att->seq = seq;
    result = imap4__fetch_items_read(cur, response, att, 0);
    if (result == 1)
        response->data.fetch = att;
    return result;
}
