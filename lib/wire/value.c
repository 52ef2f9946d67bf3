#include <imap4/value.h>

#include "base/str.h"
#include "wire/scan.h"

static const imap4__name kind_names[] = {
    {"NIL", IMAP4_VALUE_NIL},       {"ATOM", IMAP4_VALUE_ATOM}, {"NUMBER", IMAP4_VALUE_NUMBER},
    {"STRING", IMAP4_VALUE_STRING}, {"LIST", IMAP4_VALUE_LIST}, {NULL, 0},
};

const char *imap4_value_kind_name(int kind)
{
    return imap4__name_text(kind_names, (uint32_t)kind);
}

/* A list that is being filled. `value` comes first: a pointer to it is a pointer to this. */
typedef struct list {
    imap4_value value;
    struct list *outer;
    imap4_value *last;
    uint32_t count;
} list;

typedef struct builder {
    imap4__cursor *cur;
    imap4_value *root;
    list *open; /* the innermost list that has not been closed */
    uint32_t depth;
} builder;

/* Hangs a value into the open list, or makes it the root. */
static int put(builder *b, imap4_value *value)
{
    list *open = b->open;
    if (open == NULL) {
        b->root = value;
        return IMAP4_OK;
    }
    if (open->count >= b->cur->list_limit)
        return IMAP4_ERROR_LIMIT;
    open->count++;
    if (open->last != NULL)
        open->last->next = value;
    else
        open->value.children = value;
    open->last = value;
    return IMAP4_OK;
}

static int open_list(builder *b)
{
    if (b->depth >= b->cur->nesting_limit)
        return IMAP4_ERROR_LIMIT;
    list *opened = imap4__arena_zalloc(b->cur->arena, sizeof *opened);
    if (opened == NULL)
        return IMAP4_ERROR_MEMORY;
    opened->value.kind = IMAP4_VALUE_LIST;
    int result = put(b, &opened->value);
    opened->outer = b->open;
    b->open = opened;
    b->depth++;
    return result;
}

static void close_list(builder *b)
{
    b->open = b->open->outer;
    b->depth--;
}

static int is_number(imap4_str atom)
{
    for (size_t i = 0; i < atom.len; i++)
        if (atom.data[i] < '0' || atom.data[i] > '9')
            return 0;
    return 1;
}

/* An atom is a number if it is all digits, and NIL if it says so. */
static int read_atom(imap4__cursor *cur, imap4_value *value)
{
    imap4__cursor start = *cur;
    imap4_str slice;
    if (!imap4__atom(cur, &slice))
        return IMAP4_ERROR_PROTOCOL;
    if (imap4__str_eq_nocase(slice, "NIL")) {
        value->kind = IMAP4_VALUE_NIL;
        return IMAP4_OK;
    }
    value->kind = IMAP4_VALUE_ATOM;
    if (is_number(slice)) {
        value->kind = IMAP4_VALUE_NUMBER;
        imap4__number(&start, &value->number);
    }
    return imap4__arena_str(cur->arena, slice.data, slice.len, &value->text);
}

/*
 * tagged-ext-simple = sequence-set / number / number64: what was read as a run is written out again. Trees of threads
 * stand where a value does only in responses that nobody knows (`* THREAD~ (1)(2)...`), and are not kept.
 */
static int read_run(imap4__cursor *cur, const imap4__hole *run, imap4_value *value)
{
    value->kind = run->set != NULL ? IMAP4_VALUE_ATOM : IMAP4_VALUE_NIL;
    cur->at = imap4__scan_behind(cur, run);
    return run->set != NULL ? imap4__set_text(cur->arena, run->set, &value->text) : IMAP4_OK;
}

static int read_leaf(imap4__cursor *cur, imap4_value *value)
{
    const imap4__hole *run = imap4__scan_run(cur);
    imap4__text text;
    if (run != NULL)
        return read_run(cur, run, value);
    int found = imap4__string(cur, &text);
    if (found != 1)
        return found < 0 ? found : read_atom(cur, value);
    value->kind = IMAP4_VALUE_STRING;
    value->text = text.str;
    return IMAP4_OK;
}

static int put_leaf(builder *b)
{
    imap4_value *value = imap4__arena_zalloc(b->cur->arena, sizeof *value);
    if (value == NULL)
        return IMAP4_ERROR_MEMORY;
    int result = read_leaf(b->cur, value);
    return result == IMAP4_OK ? put(b, value) : result;
}

/* One token more. IMAP4_OK, or why there is no tree. */
static int step(builder *b)
{
    imap4__spaces(b->cur);
    if (imap4__scan_run(b->cur) != NULL)
        return put_leaf(b);
    if (imap4__take(b->cur, '('))
        return open_list(b);
    if (b->open != NULL && imap4__take(b->cur, ')')) {
        close_list(b);
        return IMAP4_OK;
    }
    return put_leaf(b);
}

/* Can a value begin here? */
static int value_begins(const imap4__cursor *cur)
{
    int c = imap4__peek(cur);
    return c == '(' || c == '"' || c == '{' || c == '~' || (c >= 0 && imap4__scan_atom(cur) > cur->at);
}

int imap4__value(imap4__cursor *cur, imap4_value **out)
{
    if (!value_begins(cur))
        return 0;
    const uint8_t *start = cur->at;
    builder b = {cur, NULL, NULL, 0};
    do {
        int result = step(&b);
        if (result != IMAP4_OK) {
            cur->at = start;
            return result;
        }
    } while (b.open != NULL);
    *out = b.root;
    return 1;
}

/* Skips until `depth` lists are closed. 1, or IMAP4_ERROR_PROTOCOL with the cursor where it was. */
static int skip_lists(imap4__cursor *cur, size_t depth)
{
    const uint8_t *start = cur->at;
    int quotes = 1;
    while (depth > 0 && cur->at < cur->end)
        if (imap4__scan_run(cur) != NULL)
            imap4__scan_step(cur, &quotes);
        else if (imap4__take(cur, '('))
            depth++;
        else if (imap4__take(cur, ')'))
            depth--;
        else
            imap4__scan_step(cur, &quotes);
    if (depth > 0) {
        cur->at = start;
        return IMAP4_ERROR_PROTOCOL;
    }
    return 1;
}

int imap4__skip_value(imap4__cursor *cur)
{
    const uint8_t *start = cur->at;
    imap4__span span;
    const imap4__hole *run = imap4__scan_run(cur);
    if (run != NULL) {
        cur->at = imap4__scan_behind(cur, run);
        return 1;
    }
    if (!value_begins(cur))
        return 0;
    if (imap4__take(cur, '(')) {
        int result = skip_lists(cur, 1);
        if (result != 1)
            cur->at = start;
        return result;
    }
    int found = imap4__scan_string(cur, &span);
    if (found == 1)
        cur->at = span.after;
    else if (found == 0)
        cur->at = imap4__scan_atom(cur);
    return found < 0 ? found : 1;
}

int imap4__skip_list(imap4__cursor *cur)
{
    return skip_lists(cur, 1);
}
