/* Search keys as a program writes them down. */
#include "command/keys.h"

#include "base/mem.h"
#include "base/str.h"
#include "command/argument.h"
#include "wire/date.h"

#include <string.h>

/*
 * Keys are a prefix notation: NOT and OR stand before their operands. `needed` counts operands that are still to come;
 * a group begins a count of its own, and the outer one waits on the stack meanwhile.
 */
struct imap4_search_keys {
    imap4__arena arena;
    imap4__keys keys;
    size_t capacity;
    size_t needed;
    size_t *outer; /* for each open group, what was needed around it */
    size_t outer_count;
    size_t outer_capacity;
    int result; /* the first error */
};

static const imap4__key_row rows[] = {
    {IMAP4_SEARCH_ALL, IMAP4__FORM_ALONE, "ALL"},
    {IMAP4_SEARCH_ANSWERED, IMAP4__FORM_ALONE, "ANSWERED"},
    {IMAP4_SEARCH_DELETED, IMAP4__FORM_ALONE, "DELETED"},
    {IMAP4_SEARCH_DRAFT, IMAP4__FORM_ALONE, "DRAFT"},
    {IMAP4_SEARCH_FLAGGED, IMAP4__FORM_ALONE, "FLAGGED"},
    {IMAP4_SEARCH_NEW, IMAP4__FORM_ALONE, "NEW"},
    {IMAP4_SEARCH_OLD, IMAP4__FORM_ALONE, "OLD"},
    {IMAP4_SEARCH_RECENT, IMAP4__FORM_ALONE, "RECENT"},
    {IMAP4_SEARCH_SEEN, IMAP4__FORM_ALONE, "SEEN"},
    {IMAP4_SEARCH_UNANSWERED, IMAP4__FORM_ALONE, "UNANSWERED"},
    {IMAP4_SEARCH_UNDELETED, IMAP4__FORM_ALONE, "UNDELETED"},
    {IMAP4_SEARCH_UNDRAFT, IMAP4__FORM_ALONE, "UNDRAFT"},
    {IMAP4_SEARCH_UNFLAGGED, IMAP4__FORM_ALONE, "UNFLAGGED"},
    {IMAP4_SEARCH_UNSEEN, IMAP4__FORM_ALONE, "UNSEEN"},
    {IMAP4_SEARCH_BCC, IMAP4__FORM_TEXT, "BCC"},
    {IMAP4_SEARCH_BODY, IMAP4__FORM_TEXT, "BODY"},
    {IMAP4_SEARCH_CC, IMAP4__FORM_TEXT, "CC"},
    {IMAP4_SEARCH_FROM, IMAP4__FORM_TEXT, "FROM"},
    {IMAP4_SEARCH_SUBJECT, IMAP4__FORM_TEXT, "SUBJECT"},
    {IMAP4_SEARCH_TEXT, IMAP4__FORM_TEXT, "TEXT"},
    {IMAP4_SEARCH_TO, IMAP4__FORM_TEXT, "TO"},
    {IMAP4_SEARCH_KEYWORD, IMAP4__FORM_KEYWORD, "KEYWORD"},
    {IMAP4_SEARCH_UNKEYWORD, IMAP4__FORM_KEYWORD, "UNKEYWORD"},
    {IMAP4_SEARCH_BEFORE, IMAP4__FORM_DATE, "BEFORE"},
    {IMAP4_SEARCH_ON, IMAP4__FORM_DATE, "ON"},
    {IMAP4_SEARCH_SINCE, IMAP4__FORM_DATE, "SINCE"},
    {IMAP4_SEARCH_SENTBEFORE, IMAP4__FORM_DATE, "SENTBEFORE"},
    {IMAP4_SEARCH_SENTON, IMAP4__FORM_DATE, "SENTON"},
    {IMAP4_SEARCH_SENTSINCE, IMAP4__FORM_DATE, "SENTSINCE"},
    {IMAP4_SEARCH_LARGER, IMAP4__FORM_SIZE, "LARGER"},
    {IMAP4_SEARCH_SMALLER, IMAP4__FORM_SIZE, "SMALLER"},
    {IMAP4__KEY_HEADER, IMAP4__FORM_HEADER, "HEADER"},
    {IMAP4__KEY_UIDS, IMAP4__FORM_SET, "UID "},
    {IMAP4__KEY_NUMBERS, IMAP4__FORM_SET, ""},
    {IMAP4__KEY_NOT, IMAP4__FORM_ALONE, "NOT"},
    {IMAP4__KEY_OR, IMAP4__FORM_ALONE, "OR"},
    {IMAP4__KEY_OPEN, IMAP4__FORM_ALONE, "("},
    {IMAP4__KEY_CLOSE, IMAP4__FORM_ALONE, ")"},
};

const imap4__key_row *imap4__key_row_find(int key)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].key == key)
            return &rows[i];
    }
    return NULL;
}

static int is_public(int key)
{
    return key < IMAP4__KEY_HEADER;
}

const char *imap4_search_key_name(int key)
{
    const imap4__key_row *row = is_public(key) ? imap4__key_row_find(key) : NULL;

    return row == NULL ? NULL : row->name;
}

static int takes(int key, int form)
{
    const imap4__key_row *row = is_public(key) ? imap4__key_row_find(key) : NULL;

    return row != NULL && row->form == form;
}

int imap4_search_keys_new(imap4_search_keys **out, const imap4_allocator *allocator)
{
    const imap4_allocator *mem = imap4__mem_or_default(allocator);
    imap4_search_keys *keys = imap4__zalloc(mem, sizeof *keys);

    if (keys == NULL)
        return IMAP4_ERROR_MEMORY;
    imap4__arena_init(&keys->arena, mem);
    *out = keys;
    return IMAP4_OK;
}

void imap4_search_keys_free(imap4_search_keys *keys)
{
    imap4_allocator mem;

    if (keys == NULL)
        return;
    mem = keys->arena.mem;
    imap4__arena_clear(&keys->arena);
    imap4__free(&mem, keys);
}

/* A key that is lost changes what the others mean (think of NOT), so nothing is added after an error. */
static int fail(imap4_search_keys *keys, int result)
{
    keys->result = result;
    return result;
}

/* Room for one element more in an array of the arena: the array, moved when it was full, or NULL. */
static void *grown(imap4__arena *arena, void *array, size_t count, size_t *capacity, size_t size)
{
    const size_t more = *capacity == 0 ? 8 : *capacity * 2;
    void *bigger;

    if (count < *capacity)
        return array;
    if (more > SIZE_MAX / 2 / size)
        return NULL;
    bigger = imap4__arena_alloc(arena, more * size);
    if (bigger == NULL)
        return NULL;
    if (count > 0)
        memcpy(bigger, array, count * size);
    *capacity = more;
    return bigger;
}

/* Appends a key, which takes the place of one operand and needs `operands` of its own. */
static int add(imap4_search_keys *keys, const imap4__key *key, size_t operands)
{
    imap4__key *list = grown(&keys->arena, keys->keys.keys, keys->keys.count, &keys->capacity, sizeof *list);

    if (list == NULL)
        return fail(keys, IMAP4_ERROR_MEMORY);
    list[keys->keys.count++] = *key;
    keys->keys.keys = list;
    if (keys->needed > 0)
        keys->needed--;
    keys->needed += operands;
    return IMAP4_OK;
}

int imap4_search_keys_flag(imap4_search_keys *keys, int key)
{
    const imap4__key added = {.key = key};

    if (keys->result != IMAP4_OK)
        return keys->result;
    if (!takes(key, IMAP4__FORM_ALONE))
        return fail(keys, IMAP4_ERROR_ARGUMENT);
    return add(keys, &added, 0);
}

/* No string of IMAP holds NUL (RFC 9051 section 9, CHAR8). Whether it is UTF-8 matters once the charset is settled. */
static int text_fits(const char *text, size_t len)
{
    return len == 0 || (text != NULL && memchr(text, '\0', len) == NULL);
}

static int add_text(imap4_search_keys *keys, imap4__key *key, const char *text, size_t len)
{
    if (imap4__arena_str(&keys->arena, len > 0 ? text : "", len, &key->text) != IMAP4_OK)
        return fail(keys, IMAP4_ERROR_MEMORY);
    return add(keys, key, 0);
}

int imap4_search_keys_text(imap4_search_keys *keys, int key, const char *text, size_t len)
{
    imap4__key added = {.key = key};

    if (keys->result != IMAP4_OK)
        return keys->result;
    if (!takes(key, IMAP4__FORM_TEXT) || !text_fits(text, len))
        return fail(keys, IMAP4_ERROR_ARGUMENT);
    return add_text(keys, &added, text, len);
}

int imap4_search_keys_header(imap4_search_keys *keys, const char *field, const char *text, size_t len)
{
    const imap4_str given = imap4__str(field);
    imap4__key added = {.key = IMAP4__KEY_HEADER};

    if (keys->result != IMAP4_OK)
        return keys->result;
    if (!imap4__valid_field(given) || !text_fits(text, len))
        return fail(keys, IMAP4_ERROR_ARGUMENT);
    if (imap4__arena_str(&keys->arena, given.data, given.len, &added.field) != IMAP4_OK)
        return fail(keys, IMAP4_ERROR_MEMORY);
    return add_text(keys, &added, text, len);
}

int imap4_search_keys_keyword(imap4_search_keys *keys, int key, const char *keyword)
{
    const imap4_str given = imap4__str(keyword);
    imap4__key added = {.key = key};

    if (keys->result != IMAP4_OK)
        return keys->result;
    if (!takes(key, IMAP4__FORM_KEYWORD) || !imap4__valid_atom(given))
        return fail(keys, IMAP4_ERROR_ARGUMENT);
    return add_text(keys, &added, given.data, given.len);
}

int imap4_search_keys_date(imap4_search_keys *keys, int key, int year, int month, int day)
{
    const imap4__key added = {.key = key, .year = year, .month = month, .day = day};
    const imap4_date date = {.year = year, .month = month, .day = day};

    if (keys->result != IMAP4_OK)
        return keys->result;
    if (!takes(key, IMAP4__FORM_DATE) || year < 1 || !imap4__date_valid(&date))
        return fail(keys, IMAP4_ERROR_ARGUMENT);
    return add(keys, &added, 0);
}

int imap4_search_keys_size(imap4_search_keys *keys, int key, uint64_t size)
{
    const imap4__key added = {.key = key, .size = size};

    if (keys->result != IMAP4_OK)
        return keys->result;
    /* number64 = 1*DIGIT     ; 0 <= n <= 9,223,372,036,854,775,807 */
    if (!takes(key, IMAP4__FORM_SIZE) || size > INT64_MAX)
        return fail(keys, IMAP4_ERROR_ARGUMENT);
    return add(keys, &added, 0);
}

static int add_set(imap4_search_keys *keys, int key, const imap4__set *set)
{
    imap4__key added = {.key = key};

    if (imap4__set_ranges(set) == 0)
        return fail(keys, IMAP4_ERROR_ARGUMENT);
    added.set = imap4__set_merged(&keys->arena, set);
    if (added.set == NULL)
        return fail(keys, IMAP4_ERROR_MEMORY);
    return add(keys, &added, 0);
}

int imap4_search_keys_uids(imap4_search_keys *keys, const imap4_uid_set *uids)
{
    if (keys->result != IMAP4_OK)
        return keys->result;
    return add_set(keys, IMAP4__KEY_UIDS, (const imap4__set *)(const void *)uids);
}

int imap4_search_keys_numbers(imap4_search_keys *keys, const imap4_seq_set *numbers, uint64_t serial)
{
    int result = keys->result;

    if (result == IMAP4_OK)
        result = add_set(keys, IMAP4__KEY_NUMBERS, (const imap4__set *)(const void *)numbers);
    if (result != IMAP4_OK)
        return result;
    /* The oldest look at the numbers decides: what was true then may not be true now. */
    if (!keys->keys.uses_numbers || serial < keys->keys.serial)
        keys->keys.serial = serial;
    keys->keys.uses_numbers = 1;
    return IMAP4_OK;
}

int imap4_search_keys_not(imap4_search_keys *keys)
{
    const imap4__key added = {.key = IMAP4__KEY_NOT};

    return keys->result != IMAP4_OK ? keys->result : add(keys, &added, 1);
}

int imap4_search_keys_or(imap4_search_keys *keys)
{
    const imap4__key added = {.key = IMAP4__KEY_OR};

    return keys->result != IMAP4_OK ? keys->result : add(keys, &added, 2);
}

int imap4_search_keys_open(imap4_search_keys *keys)
{
    const imap4__key added = {.key = IMAP4__KEY_OPEN};
    size_t *outer;

    if (keys->result != IMAP4_OK)
        return keys->result;
    outer = grown(&keys->arena, keys->outer, keys->outer_count, &keys->outer_capacity, sizeof *outer);
    if (outer == NULL)
        return fail(keys, IMAP4_ERROR_MEMORY);
    keys->outer = outer;
    if (add(keys, &added, 0) != IMAP4_OK)
        return keys->result;
    outer[keys->outer_count++] = keys->needed;
    keys->needed = 0;
    return IMAP4_OK;
}

int imap4_search_keys_close(imap4_search_keys *keys)
{
    const imap4__key added = {.key = IMAP4__KEY_CLOSE};

    if (keys->result != IMAP4_OK)
        return keys->result;
    if (keys->outer_count == 0 || keys->needed > 0 || keys->keys.keys[keys->keys.count - 1].key == IMAP4__KEY_OPEN)
        return fail(keys, IMAP4_ERROR_ARGUMENT);
    if (add(keys, &added, 0) != IMAP4_OK)
        return keys->result;
    keys->needed = keys->outer[--keys->outer_count];
    return IMAP4_OK;
}

int imap4_search_keys_charset(imap4_search_keys *keys, const char *charset)
{
    const imap4_str given = imap4__str(charset);

    if (keys->result != IMAP4_OK)
        return keys->result;
    if (!imap4__valid_charset(given))
        return fail(keys, IMAP4_ERROR_ARGUMENT);
    if (imap4__arena_str(&keys->arena, given.data, given.len, &keys->keys.charset) != IMAP4_OK)
        return fail(keys, IMAP4_ERROR_MEMORY);
    return IMAP4_OK;
}

static int key_copy(imap4__arena *arena, const imap4__key *from, int utf8, imap4__key *to)
{
    int result;

    *to = *from;
    if (utf8 && !imap4__utf8_valid(from->text.data, from->text.len))
        return IMAP4_ERROR_ARGUMENT;
    result = imap4__arena_str(arena, from->text.data, from->text.len, &to->text);
    if (result == IMAP4_OK)
        result = imap4__arena_str(arena, from->field.data, from->field.len, &to->field);
    if (result == IMAP4_OK && from->set != NULL) {
        to->set = imap4__set_merged(arena, from->set);
        if (to->set == NULL)
            result = IMAP4_ERROR_MEMORY;
    }
    return result;
}

static int keys_copy(imap4__arena *arena, const imap4__keys *from, imap4__keys *to)
{
    const int utf8 = from->charset.data == NULL || imap4__str_eq_nocase(from->charset, "UTF-8");
    int result = imap4__arena_str(arena, from->charset.data, from->charset.len, &to->charset);

    to->uses_numbers = from->uses_numbers;
    to->serial = from->serial;
    if (result != IMAP4_OK || from->count == 0)
        return result;
    to->keys = imap4__arena_zalloc(arena, from->count * sizeof *to->keys);
    if (to->keys == NULL)
        return IMAP4_ERROR_MEMORY;
    for (size_t i = 0; result == IMAP4_OK && i < from->count; i++)
        result = key_copy(arena, &from->keys[i], utf8, &to->keys[i]);
    to->count = from->count;
    return result;
}

int imap4__keys_copy(imap4__arena *arena, const imap4_search_keys *keys, imap4__keys **out)
{
    imap4__keys *copy;
    int result;

    if (keys != NULL && keys->result != IMAP4_OK)
        return keys->result;
    if (keys != NULL && (keys->needed > 0 || keys->outer_count > 0))
        return IMAP4_ERROR_ARGUMENT;
    copy = imap4__arena_zalloc(arena, sizeof *copy);
    if (copy == NULL)
        return IMAP4_ERROR_MEMORY;
    result = keys == NULL ? IMAP4_OK : keys_copy(arena, &keys->keys, copy);
    if (result == IMAP4_OK)
        *out = copy;
    return result;
}
