#include "grammar/fetch.h"

#include "base/str.h"
#include "grammar/body.h"
#include "grammar/envelope.h"
#include "grammar/flag.h"
#include "grammar/item.h"
#include "grammar/named.h"
#include "grammar/section.h"
#include "grammar/slot.h"
#include "wire/date.h"

/* What is being put together. */
typedef struct reading {
    imap4__cursor *cur;
    imap4__response *response;
    imap4_msg_att *att;
    const imap4_section **sections; /* where the next one goes */
    const imap4_named_value **other;
} reading;

/*
 * Reads the value of an item and says in *present whether it was there, since NIL and some numbers mean that it was
 * not. 1, 0 if it cannot be read, or an error.
 */
typedef int (*value_reader)(reading *r, int *present);

/* "UID" SP uniqueid. Zero is no UID. */
static int read_uid(reading *r, int *present)
{
    uint64_t number;
    int result = imap4__number(r->cur, &number);

    if (result != 1)
        return result;
    if (number > UINT32_MAX)
        return 0;
    r->att->uid = (uint32_t)number;
    *present = number != 0;
    return 1;
}

/* "FLAGS" SP "(" [flag-fetch *(SP flag-fetch)] ")" */
static int read_flags(reading *r, int *present)
{
    imap4_flags *flags;
    int result = imap4__flags_read(r->cur, &flags);

    if (result == 1) {
        r->att->flags = flags;
        *present = 1;
    }
    return result;
}

/* The date's text without quotes; a slice where it is quoted. NIL for NIL. */
static int date_text(imap4__cursor *cur, imap4_str *out)
{
    const uint8_t *begin = cur->at + 1;
    const uint8_t *at = begin;

    if (imap4__peek(cur) != '"')
        return imap4__ntext(cur, out);
    while (at < cur->end && *at != '"' && *at != '\\')
        at++;
    if (at == cur->end || *at != '"')
        return 0;
    *out = imap4__str_n(begin, (size_t)(at - begin));
    cur->at = at + 1;
    return 1;
}

/* "INTERNALDATE" SP date-time. A date that is none (Domino: 00-Jan-0000) is there but not valid. */
static int read_internaldate(reading *r, int *present)
{
    imap4_str text = {NULL, 0};
    imap4_date *date;
    int result = date_text(r->cur, &text);

    if (result != 1 || text.data == NULL)
        return result;
    date = imap4__arena_zalloc(r->cur->arena, sizeof *date);
    if (date == NULL)
        return IMAP4_ERROR_MEMORY;
    imap4__date_read(text.data, text.len, date);
    r->att->internaldate = date;
    *present = 1;
    return 1;
}

/* "RFC822.SIZE" SP number64 */
static int read_size(reading *r, int *present)
{
    int result = imap4__number(r->cur, &r->att->rfc822_size);

    *present = result == 1;
    return result;
}

static int read_envelope(reading *r, int *present)
{
    int result = imap4__envelope_read(r->cur, r->response, &r->att->envelope);

    *present = result == 1;
    return result;
}

static int read_bodystructure(reading *r, int *present)
{
    int result = imap4__body_read(r->cur, r->response, &r->att->body);

    *present = result == 1;
    return result;
}

/* "BODY" SP body: says less than a BODYSTRUCTURE that came before it. */
static int read_body(reading *r, int *present)
{
    const imap4_body *before = r->att->body;
    int result = read_bodystructure(r, present);

    if (result == 1 && (r->att->present & IMAP4_FETCH_BODYSTRUCTURE))
        r->att->body = before;
    return result;
}

/* "MODSEQ" SP "(" permsg-modsequence ")"; a bare number occurs, and Zoho's (0) and (-1) mean none. */
static int read_modseq(reading *r, int *present)
{
    int list = imap4__take(r->cur, '(');
    uint64_t number;
    int result;

    imap4__gap(r->cur);
    result = imap4__number(r->cur, &number);
    if (result != 1)
        return result;
    imap4__gap(r->cur);
    if (list && !imap4__take(r->cur, ')'))
        return 0;
    r->att->modseq = number;
    *present = number != 0;
    return 1;
}

typedef struct item_row {
    const char *name;
    uint32_t len;
    uint32_t bit;
    value_reader read; /* NULL: a section under rev1's name */
    const char *what;
} item_row;

#define ROW(name, bit, read) {name, sizeof(name) - 1, bit, read, "FETCH " name}

static const item_row rows[] = {
    ROW("UID", IMAP4_FETCH_UID, read_uid),
    ROW("FLAGS", IMAP4_FETCH_FLAGS, read_flags),
    ROW("INTERNALDATE", IMAP4_FETCH_INTERNALDATE, read_internaldate),
    ROW("RFC822.SIZE", IMAP4_FETCH_RFC822_SIZE, read_size),
    ROW("ENVELOPE", IMAP4_FETCH_ENVELOPE, read_envelope),
    ROW("BODYSTRUCTURE", IMAP4_FETCH_BODYSTRUCTURE, read_bodystructure),
    ROW("BODY", IMAP4_FETCH_BODY, read_body),
    ROW("MODSEQ", IMAP4_FETCH_MODSEQ, read_modseq),
    ROW("RFC822", IMAP4_FETCH_RFC822, NULL),
    ROW("RFC822.HEADER", IMAP4_FETCH_RFC822_HEADER, NULL),
    ROW("RFC822.TEXT", IMAP4_FETCH_RFC822_TEXT, NULL),
};

#undef ROW

static const item_row *find_row(imap4_str name)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].len == name.len && imap4__nocase_n(rows[i].name, name.data, name.len))
            return &rows[i];
    }
    return NULL;
}

const char *imap4_fetch_item_name(int item)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (item > 0 && rows[i].bit == (uint32_t)item)
            return rows[i].name;
    }
    return NULL;
}

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

/* "BODY" section ["<" number ">"] SP nstring, "BINARY" section-binary SP (nstring / literal8), RFC822 and its kin */
static int read_section(reading *r)
{
    imap4_section *section = imap4__arena_zalloc(r->cur->arena, sizeof *section);
    int result;

    if (section == NULL)
        return IMAP4_ERROR_MEMORY;
    result = imap4__section_read(r->cur, section);
    if (result == 0)
        return read_other(r);
    if (result == 1)
        result = read_section_value(r->cur, section);
    if (result == 1) {
        *r->sections = section;
        r->sections = &section->next;
    }
    return result;
}

/* NIL in place of anything but flags is an item that was not said. */
static int read_known(reading *r, const item_row *row)
{
    int present = 0;
    int result;

    imap4__gap(r->cur);
    if (row->bit != IMAP4_FETCH_FLAGS && imap4__slot_nil(r->cur))
        return 1;
    result = row->read(r, &present);
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
    if (imap4__peek(cur) != ')' && imap4__skip_value(cur) != 1)
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

/* msg-att-dynamic / msg-att-static. 1 or IMAP4_ERROR_MEMORY: what cannot be read is left out. */
static int read_item(reading *r)
{
    const uint8_t *begin = r->cur->at;
    imap4_str word = peek_word(r->cur);
    const uint8_t *value = begin + word.len;
    int bracket = value < r->cur->end && *value == '[';
    const item_row *row = bracket ? NULL : find_row(word);
    int result;

    r->response->reading = row != NULL ? row->what : bracket ? "FETCH BODY[]" : "FETCH item";
    if (word.len == 0) {
        pass_stray(r);
        return 1;
    }
    if (row != NULL && row->read != NULL) {
        r->cur->at = value;
        result = read_known(r, row);
    } else if (row != NULL || bracket) {
        result = read_section(r);
        value = r->cur->at; /* only the value can have failed, or nothing was consumed */
        if (result == 1 && row != NULL)
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
        int result = 1;

        imap4__gap(cur);
        if (imap4__take(cur, ')')) {
            depth--;
        } else if (imap4__take(cur, '(')) {
            if (++depth > cur->nesting_limit)
                return IMAP4_ERROR_LIMIT;
        } else if (cur->at == cur->end || imap4__response_count(r->response, cur) != IMAP4_OK) {
            r->response->reading = "FETCH"; /* cut off, or too much: what came before counts */
            imap4__response_damage(r->response, cur->at);
            cur->at = cur->end;
            return 1;
        } else {
            result = read_item(r);
        }
        if (result != 1)
            return result;
    }
    return 1;
}

/* msg-att = "(" (msg-att-dynamic / msg-att-static) *(SP (msg-att-dynamic / msg-att-static)) ")"; "()" comes too */
int imap4__fetch_read(imap4__cursor *cur, uint32_t seq, imap4__response *response)
{
    reading r = {cur, response, NULL, NULL, NULL};
    int result;

    imap4__gap(cur);
    if (!imap4__take(cur, '('))
        return 0;
    r.att = imap4__arena_zalloc(cur->arena, sizeof *r.att);
    if (r.att == NULL)
        return IMAP4_ERROR_MEMORY;
    r.att->seq = seq;
    r.sections = &r.att->sections;
    r.other = &r.att->other;
    result = read_items(&r);
    if (result != 1)
        return result;
    imap4__gap(cur);
    if (cur->at < cur->end) { /* one ")" too many, and items behind it */
        response->reading = "FETCH";
        imap4__response_damage(response, cur->at);
    }
    response->data.fetch = r.att;
    return 1;
}
