#include "grammar/esearch.h"

#include "base/str.h"
#include "grammar/found.h"
#include "grammar/named.h"
#include "grammar/slot.h"
#include "wire/utf7.h"

#include <string.h>

/* What is being put together. */
typedef struct reading {
    imap4__cursor *cur;
    imap4__response *response;
    imap4_search_data *search;
    imap4__found found;
    imap4__set *all;
    imap4_search_partial *partial;
    imap4_search_change *changes; /* the first, and where the next one goes */
    const imap4_search_change **last_change;
    const imap4_named_value **other;
    int unclosed; /* 1: a value had no end, and to look for one in others would cost the square */
} reading;

/* Reads the value of a datum, whose bit is `item`. 1, 0 if it cannot be read, or an error. */
typedef int (*value_reader)(reading *r, int item);

/* nz-number */
static int read_nz_number(imap4__cursor *cur, uint32_t *out)
{
    uint64_t number;

    imap4__gap(cur);
    if (imap4__number(cur, &number) != 1 || number == 0 || number > UINT32_MAX)
        return 0;
    *out = (uint32_t)number;
    return 1;
}

/* "MIN" SP nz-number / "MAX" SP nz-number */
static int read_bound(reading *r, int item)
{
    return read_nz_number(r->cur, item == IMAP4_FOUND_MIN ? &r->search->min : &r->search->max);
}

/* "COUNT" SP number / "MODSEQ" SP mod-sequence-value */
static int read_count(reading *r, int item)
{
    imap4__gap(r->cur);
    return imap4__number(r->cur, item == IMAP4_FOUND_COUNT ? &r->search->count : &r->search->modseq);
}

static int value_is_missing(imap4__cursor *cur);

/* A set of a datum; what is no number in it is damage. 1, 0, or IMAP4_ERROR_MEMORY. */
static int read_set(reading *r, imap4__set **out)
{
    uint32_t bad = 0;
    int result = imap4__found_set(&r->found, out, &bad);

    if (result != 1)
        return result;
    imap4__found_damage(r->response, r->found.at, bad);
    return imap4__response_count(r->response, r->cur) == IMAP4_OK ? 1 : IMAP4_ERROR_LIMIT;
}

/* "ALL" SP sequence-set. Without a set there is none to tell. */
static int read_all(reading *r, int item)
{
    const uint8_t *begin = r->cur->at;
    imap4__set *set = NULL;
    int result = read_set(r, &set);

    (void)item;
    if (result == 1)
        r->all = set;
    if (result != 0)
        return result;
    if (imap4__slot_nil(r->cur))
        return 1;
    r->cur->at = begin;
    return value_is_missing(r->cur);
}

/* Scores, each a byte. Those beyond their range say what is the most or least there is. */
typedef struct scores {
    uint8_t *items;
    size_t count;
    size_t capacity;
} scores;

static int add_score(imap4__cursor *cur, scores *list, uint64_t score)
{
    if (list->count >= cur->list_limit)
        return IMAP4_ERROR_LIMIT;
    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? 16 : list->capacity * 2;
        uint8_t *items = (uint8_t *)imap4__arena_bytes(cur->arena, capacity);
        if (items == NULL)
            return IMAP4_ERROR_MEMORY;
        if (list->count > 0)
            memcpy(items, list->items, list->count);
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = (uint8_t)(score < 1 ? 1 : score > 100 ? 100 : score);
    return IMAP4_OK;
}

/* score-list = "(" [score *(SP score)] ")" (RFC 6203 section 6). With one missing, none belongs to its message. */
static int read_relevancy(reading *r, int item)
{
    scores list = {NULL, 0, 0};

    (void)item;
    imap4__gap(r->cur);
    if (!imap4__take(r->cur, '('))
        return 0;
    for (;;) {
        uint64_t score;
        int result;

        imap4__gap(r->cur);
        if (imap4__take(r->cur, ')'))
            break;
        if (imap4__number(r->cur, &score) != 1)
            return 0;
        result = add_score(r->cur, &list, score);
        if (result != IMAP4_OK)
            return result;
    }
    r->search->relevancy = list.items;
    r->search->relevancy_count = list.count;
    return 1;
}

/* partial-range-first = nz-number, partial-range-last = MINUS nz-number (RFC 9394 section 4) */
static int read_place(imap4__cursor *cur, int64_t *out)
{
    int negative = imap4__take(cur, '-');
    uint32_t number;

    if (imap4__peek(cur) < '0' || imap4__peek(cur) > '9' || !read_nz_number(cur, &number))
        return 0;
    *out = negative ? -(int64_t)number : (int64_t)number;
    return 1;
}

/* ret-data-partial = "PARTIAL" SP "(" partial-range SP partial-results ")" (RFC 5267 section 5, RFC 9394 section 4) */
static int read_partial(reading *r, int item)
{
    imap4_search_partial *partial = imap4__arena_zalloc(r->cur->arena, sizeof *partial);
    imap4__set *set = NULL;
    int result;

    (void)item;
    if (partial == NULL)
        return IMAP4_ERROR_MEMORY;
    imap4__gap(r->cur);
    if (!imap4__take(r->cur, '('))
        return 0;
    imap4__gap(r->cur);
    if (!read_place(r->cur, &partial->first) || !imap4__take(r->cur, ':') || !read_place(r->cur, &partial->last))
        return 0;
    result = read_set(r, &set);
    if (result < 0)
        return result;
    if (result == 0)
        (void)imap4__slot_nil(r->cur);
    imap4__gap(r->cur);
    if (!imap4__take(r->cur, ')'))
        return 0;
    partial->uids = imap4__found_uids(set);
    partial->numbers = imap4__found_numbers(set);
    r->partial = partial;
    return 1;
}

/* context-position SP sequence-set */
static int read_change(reading *r, int item)
{
    uint64_t position;
    imap4__set *set = NULL;
    imap4_search_change *change;
    int result;

    if (imap4__number(r->cur, &position) != 1)
        return 0;
    result = read_set(r, &set);
    if (result != 1)
        return result;
    change = imap4__arena_zalloc(r->cur->arena, sizeof *change);
    if (change == NULL)
        return IMAP4_ERROR_MEMORY;
    change->item = item;
    change->position = position;
    change->uids = imap4__found_uids(set);
    change->numbers = imap4__found_numbers(set);
    if (r->changes == NULL)
        r->changes = change;
    else
        *r->last_change = change;
    r->last_change = &change->next;
    return 1;
}

/*
 * ret-data-addto = "ADDTO" SP "(" context-position SP sequence-set *(SP context-position SP sequence-set) ")"
 *
 * REMOVEFROM likewise (RFC 5267 section 5). Those before one that cannot be read count.
 */
static int read_changes(reading *r, int item)
{
    imap4__gap(r->cur);
    if (!imap4__take(r->cur, '('))
        return 0;
    for (;;) {
        int result;

        imap4__gap(r->cur);
        if (imap4__take(r->cur, ')'))
            return 1;
        result = read_change(r, item);
        if (result != 1)
            return result;
    }
}

typedef struct datum_row {
    const char *name;
    int item;
    value_reader read;
    const char *what;
} datum_row;

#define ROW(name, read)                                                                                                \
    {                                                                                                                  \
#name, IMAP4_FOUND_##name, read, "ESEARCH " #name                                                              \
    }

static const datum_row rows[] = {
    ROW(ALL, read_all),         ROW(MIN, read_bound),     ROW(MAX, read_bound),
    ROW(COUNT, read_count),     ROW(MODSEQ, read_count),  ROW(RELEVANCY, read_relevancy),
    ROW(PARTIAL, read_partial), ROW(ADDTO, read_changes), ROW(REMOVEFROM, read_changes),
};

#undef ROW

const char *imap4_search_item_name(int item)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].item == item)
            return rows[i].name;
    }
    return NULL;
}

static const datum_row *find_row(imap4_str name)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (imap4__str_eq_nocase(name, rows[i].name))
            return &rows[i];
    }
    return NULL;
}

/* The next datum, or the end, where a value is due. */
static int value_is_missing(imap4__cursor *cur)
{
    imap4__cursor look = *cur;
    imap4_str word;

    imap4__gap(&look);
    return look.at == look.end || (imap4__atom(&look, &word) == 1 && find_row(word) != NULL);
}

static int opens(int c)
{
    return c == '(' || c == '"';
}

/* The value of something that is not known, as a tree. 1, 0 if it cannot be read, or an error. */
static int read_tree(reading *r, imap4__cursor *cur, imap4_str label)
{
    int result;

    imap4__gap(cur);
    if (r->unclosed && opens(imap4__peek(cur)))
        return 0;
    result = imap4__named_read(cur, r->response, label, &r->other);
    r->unclosed |= result != 1;
    return result;
}

/* label SP tagged-ext-val (RFC 9051 section 9) of a label that is not known */
static int read_other(reading *r, imap4_str label)
{
    imap4__cursor nothing = *r->cur;

    nothing.end = nothing.at;
    return read_tree(r, value_is_missing(r->cur) ? &nothing : r->cur, label);
}

static int read_tag(reading *r)
{
    return imap4__ntext(r->cur, &r->search->tag);
}

/* The mailbox that was searched (RFC 7377 section 2.1). */
static int read_mailbox(reading *r)
{
    imap4_search_data *search = r->search;
    int result = imap4__astring(r->cur, &search->raw_mailbox);

    if (result != 1)
        return result;
    result = imap4__mailbox_name(r->cur->arena, search->raw_mailbox, r->cur->utf8, &search->mailbox);
    return result == IMAP4_OK ? 1 : result;
}

static int read_uidvalidity(reading *r)
{
    return read_nz_number(r->cur, &r->search->uidvalidity);
}

static const struct {
    const char *name;
    int (*read)(reading *r);
} correlators[] = {
    {"TAG", read_tag},
    {"MAILBOX", read_mailbox},
    {"UIDVALIDITY", read_uidvalidity},
};

/* one-correlator = ("TAG" SP tag-string) / ("MAILBOX" SP astring) / ("UIDVALIDITY" SP nz-number), by its name */
static int read_correlator(reading *r, imap4_str name)
{
    for (size_t i = 0; i < sizeof correlators / sizeof correlators[0]; i++) {
        if (imap4__str_eq_nocase(name, correlators[i].name)) {
            imap4__gap(r->cur);
            return correlators[i].read(r);
        }
    }
    return read_tree(r, r->cur, name);
}

/* What cannot be read between `begin` and here is left out. With too much of everything, so is the rest. */
static void leave_out(reading *r, const uint8_t *begin)
{
    imap4__cursor *cur = r->cur;

    imap4__response_damage(r->response, begin);
    if (r->response->elements > cur->list_limit)
        cur->at = cur->end;
}

/* search-correlator = SP "(" one-correlator *(SP one-correlator) ")" (RFC 7377 section 2.1), in any order */
static int read_correlators(reading *r)
{
    imap4__cursor *cur = r->cur;

    for (;;) {
        const uint8_t *begin;
        imap4_str name;
        int result;

        imap4__gap(cur);
        begin = cur->at;
        if (imap4__take(cur, ')'))
            return 1;
        if (cur->at == cur->end) {
            imap4__response_damage(r->response, begin);
            return 1;
        }
        result = imap4__atom(cur, &name);
        if (result == 1) {
            begin = cur->at;
            result = read_correlator(r, name);
        }
        if (result == 1)
            continue;
        if (result == IMAP4_ERROR_MEMORY)
            return result;
        cur->at = begin;
        leave_out(r, begin);
        imap4__gap(cur);
        if (cur->at < cur->end && *cur->at != ')')
            imap4__found_skip(&r->found);
    }
}

/* "UID" / search-return-data, from behind its label. */
static int read_datum(reading *r, imap4_str label)
{
    const datum_row *row = find_row(label);
    int result;

    if (imap4__str_eq_nocase(label, "UID")) {
        r->search->uid = 1;
        return 1;
    }
    if (row == NULL)
        return read_other(r, label);
    r->response->reading = row->what;
    result = row->read(r, row->item);
    if (result == 1)
        r->search->present |= (uint32_t)row->item;
    return result;
}

static int is_separator(const imap4__cursor *cur)
{
    return cur->at == cur->end || *cur->at <= ' ' || *cur->at == '(' || *cur->at == ')';
}

/* A label and its value, or correlators. 1 or IMAP4_ERROR_MEMORY: what cannot be read is left out. */
static int read_labelled(reading *r)
{
    imap4__cursor *cur = r->cur;
    const uint8_t *begin = cur->at;
    const uint8_t *value;
    imap4_str label;
    int result;

    if (imap4__take(cur, '('))
        return read_correlators(r);
    if (imap4__atom(cur, &label) != 1) {
        imap4__found_pass(&r->found, r->response);
        return 1;
    }
    value = cur->at;
    result = read_datum(r, label);
    if (result == 1 && !is_separator(cur))
        imap4__found_pass(&r->found, r->response);
    if (result == 1 || result == IMAP4_ERROR_MEMORY)
        return result;
    cur->at = value;
    leave_out(r, begin);
    if (!value_is_missing(cur)) {
        imap4__gap(cur);
        imap4__found_skip(&r->found);
    }
    return 1;
}

/* A bit for what is there in the end: what is empty is left out by most (RFC 4731 section 3.1), so it is for all. */
static uint32_t finish_present(const reading *r)
{
    const uint32_t told = IMAP4_FOUND_ADDTO | IMAP4_FOUND_REMOVEFROM | IMAP4_FOUND_MODSEQ | IMAP4_FOUND_ALL;
    uint32_t present = r->search->present & ~told;

    for (const imap4_search_change *change = r->changes; change != NULL; change = change->next)
        present |= (uint32_t)change->item;
    if (r->search->modseq != 0)
        present |= IMAP4_FOUND_MODSEQ;
    if (r->search->uids != NULL)
        present |= IMAP4_FOUND_ALL;
    return present;
}

/* Sets are UIDs where the response says so; otherwise they are what the command asked for. */
static void finish(reading *r)
{
    imap4_search_data *search = r->search;

    search->uids = imap4__found_uids(r->all);
    search->numbers = imap4__found_numbers(r->all);
    search->partial = r->partial;
    search->changes = r->changes;
    search->present = finish_present(r);
    r->response->data.search = search;
    if (!search->uid)
        return;
    search->numbers = NULL;
    if (r->partial != NULL)
        r->partial->numbers = NULL;
    for (imap4_search_change *change = r->changes; change != NULL;) {
        change->numbers = NULL;
        change = (imap4_search_change *)(uintptr_t)change->next; /* all of them were made here */
    }
}

/*
 * esearch-response = "ESEARCH" [search-correlator] [SP "UID"] *(SP search-return-data)
 *
 * Cyrus leaves UID out where nothing was found. A list where a label is due belongs to nothing.
 */
int imap4__esearch_read(imap4__cursor *cur, imap4__response *response)
{
    reading r = {cur, response, NULL, imap4__found_begin(cur, IMAP4__RUN_SET), NULL, NULL, NULL, NULL, NULL, 0};
    int result;

    r.search = imap4__arena_zalloc(cur->arena, sizeof *r.search);
    if (r.search == NULL)
        return IMAP4_ERROR_MEMORY;
    r.search->kind = IMAP4_SEARCH_ESEARCH;
    r.other = &r.search->other;
    do {
        imap4__set *stray;
        uint32_t bad;

        response->reading = "ESEARCH";
        result = imap4__found_set(&r.found, &stray, &bad);
        if (result == 1) {
            (void)imap4__response_count(response, cur);
            leave_out(&r, r.found.at);
        } else if (result == 0 && cur->at < cur->end) {
            result = read_labelled(&r);
        }
    } while (result == 1);
    if (result < 0)
        return result;
    finish(&r);
    return 1;
}
