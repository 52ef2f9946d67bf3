#include "wire/set.h"

#include "base/mem.h"
#include "base/str.h"

#include <string.h>

/*
 * A range as the program sees it has `*` as 0. To compare, `*` counts as one more than the largest number there is:
 * then n:* reaches from n over all numbers, a lone `*` lies behind them all, and merging needs no special cases.
 */
#define STAR (UINT64_C(1) << 32)

typedef struct span {
    uint64_t low;
    uint64_t high;
} span;

static uint64_t place(uint32_t number)
{
    return number == IMAP4_SET_STAR ? STAR : number;
}

/* RFC 9051 section 9: "seq-range: 2:4 and 4:2 are equivalent" */
static span span_of(uint32_t first, uint32_t last)
{
    uint64_t a = place(first);
    uint64_t b = place(last);
    span result = {a < b ? a : b, a < b ? b : a};
    return result;
}

static span range_span(const imap4__range *range)
{
    return span_of(range->first, range->last);
}

static imap4__range span_range(span s)
{
    imap4__range range = {(uint32_t)(s.low & UINT32_MAX), (uint32_t)(s.high & UINT32_MAX)};
    return range;
}

int imap4__set_new(imap4__set **out, const imap4_allocator *allocator)
{
    if (out == NULL)
        return IMAP4_ERROR_ARGUMENT;
    imap4__set *set = imap4__zalloc(allocator, sizeof *set);
    if (set == NULL)
        return IMAP4_ERROR_MEMORY;
    set->mem = *imap4__mem_or_default(allocator);
    *out = set;
    return IMAP4_OK;
}

void imap4__set_free(imap4__set *set)
{
    if (set == NULL)
        return;
    imap4_allocator mem = set->mem;
    imap4__free(&mem, set->ranges);
    imap4__free(&mem, set);
}

/* A capacity of at least `needed` ranges by doubling, or 0 if that cannot be. */
static size_t grown(const imap4__set *set, size_t needed)
{
    size_t capacity = set->capacity < 8 ? 8 : set->capacity;
    size_t most = SIZE_MAX / sizeof *set->ranges;
    while (capacity < needed) {
        if (capacity > most / 2)
            return 0;
        capacity *= 2;
    }
    return capacity;
}

/* Room for `more` ranges, each of which may need one. */
static int reserve(imap4__set *set, size_t more)
{
    if (more <= set->capacity - set->count)
        return IMAP4_OK;
    size_t capacity = more <= SIZE_MAX - set->count ? grown(set, set->count + more) : 0;
    imap4__range *ranges = NULL;
    if (capacity > 0)
        ranges = imap4__realloc(&set->mem, set->ranges, capacity * sizeof *ranges);
    if (ranges == NULL)
        return IMAP4_ERROR_MEMORY;
    set->ranges = ranges;
    set->capacity = capacity;
    return IMAP4_OK;
}

/* Of an ascending set: the first range that reaches `number` or lies behind it; `count` if none does. */
static size_t find(const imap4__set *set, uint64_t number)
{
    size_t low = 0;
    size_t high = set->count;
    if (high > 0 && range_span(&set->ranges[high - 1]).high < number)
        return high; /* where most numbers go: to the end */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (range_span(&set->ranges[middle]).high < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Puts `added` in place of all ranges it meets or touches. Room for one range is there. */
static void insert(imap4__set *set, span added)
{
    size_t from = find(set, added.low - 1);
    size_t to = from;
    while (to < set->count && range_span(&set->ranges[to]).low <= added.high + 1) {
        span met = range_span(&set->ranges[to]);
        added.low = met.low < added.low ? met.low : added.low;
        added.high = met.high > added.high ? met.high : added.high;
        to++;
    }
    memmove(set->ranges + from + 1, set->ranges + to, (set->count - to) * sizeof *set->ranges);
    set->ranges[from] = span_range(added);
    set->count = set->count - (to - from) + 1;
}

int imap4__set_add(imap4__set *set, uint32_t first, uint32_t last)
{
    if (set == NULL)
        return IMAP4_ERROR_ARGUMENT;
    int result = reserve(set, 1);
    if (result == IMAP4_OK)
        insert(set, span_of(first, last));
    return result;
}

/* seq-number = nz-number / "*"; returns behind it, or NULL. */
static const char *read_number(const char *at, const char *end, uint32_t *out)
{
    uint64_t number = 0;
    if (at < end && *at == '*') {
        *out = IMAP4_SET_STAR;
        return at + 1;
    }
    if (at == end || *at == '0')
        return NULL;
    while (at < end && *at >= '0' && *at <= '9') {
        number = number * 10 + (uint64_t)(*at - '0');
        if (number > UINT32_MAX)
            return NULL;
        at++;
    }
    if (number == 0)
        return NULL;
    *out = (uint32_t)number;
    return at;
}

/*
 * sequence-set = (seq-number / seq-range) ["," sequence-set]
 * seq-range    = seq-number ":" seq-number
 * Reads one range and the comma behind it; NULL if none is there. A comma at the end is an error.
 */
static const char *read_range(const char *at, const char *end, imap4__range *out)
{
    at = read_number(at, end, &out->first);
    if (at == NULL)
        return NULL;
    out->last = out->first;
    if (at < end && *at == ':') {
        at = read_number(at + 1, end, &out->last);
        if (at == NULL)
            return NULL;
    }
    if (at == end)
        return at;
    return *at == ',' && at + 1 < end ? at + 1 : NULL;
}

/* How many ranges a text names; 0 if it is not a set. */
static size_t count_ranges(const char *text, size_t len)
{
    const char *end = text + len;
    const char *at = text;
    size_t count = 0;
    imap4__range range;
    while (len > 0 && at != end) {
        at = read_range(at, end, &range);
        if (at == NULL)
            return 0;
        count++;
    }
    return count;
}

int imap4__set_parse(imap4__set *set, const char *text, size_t len)
{
    if (set == NULL || text == NULL)
        return IMAP4_ERROR_ARGUMENT;
    size_t count = count_ranges(text, len);
    if (count == 0)
        return IMAP4_ERROR_ARGUMENT;
    int result = reserve(set, count);
    if (result != IMAP4_OK)
        return result;
    const char *end = text + len;
    while (text != end) {
        imap4__range range;
        text = read_range(text, end, &range);
        insert(set, range_span(&range));
    }
    return IMAP4_OK;
}

size_t imap4__set_ranges(const imap4__set *set)
{
    if (set == NULL)
        return 0;
    return set->numbers != NULL ? set->numbers->ranges : set->count;
}

int imap4__set_next_range(const imap4__set *set, imap4_set_cursor *cursor, uint32_t *first_out, uint32_t *last_out)
{
    if (set != NULL && set->numbers != NULL)
        return imap4__numbers_next_range(set->numbers, cursor, first_out, last_out);
    if (cursor->at >= imap4__set_ranges(set))
        return 0;
    cursor->within = 0;
    const imap4__range range = span_range(range_span(&set->ranges[cursor->at++]));
    *first_out = range.first;
    *last_out = range.last;
    return 1;
}

static uint64_t span_count(span s)
{
    return imap4__numbers_between((uint32_t)(s.low & UINT32_MAX), (uint32_t)(s.high & UINT32_MAX));
}

uint64_t imap4__set_count(const imap4__set *set)
{
    uint64_t count = 0;
    if (set != NULL && set->numbers != NULL)
        return set->numbers->count;
    for (size_t i = 0; i < imap4__set_ranges(set); i++)
        count += span_count(range_span(&set->ranges[i]));
    return count;
}

int imap4__set_next(const imap4__set *set, imap4_set_cursor *cursor, uint32_t *number_out)
{
    if (set != NULL && set->numbers != NULL)
        return imap4__numbers_next(set->numbers, cursor, number_out);
    if (cursor->at >= imap4__set_ranges(set))
        return 0;
    /* RFC 4315 section 3: a reversed range in COPYUID means the numbers in ascending order all the same. */
    span s = range_span(&set->ranges[cursor->at]);
    uint64_t last = span_count(s) - 1;
    uint64_t number = s.high == STAR && cursor->within == last ? STAR : s.low + cursor->within;
    *number_out = (uint32_t)(number & UINT32_MAX);
    if (cursor->within++ == last) {
        cursor->at++;
        cursor->within = 0;
    }
    return 1;
}

int imap4__set_contains(const imap4__set *set, uint32_t number)
{
    if (set == NULL || number == IMAP4_SET_STAR)
        return 0;
    if (set->numbers != NULL)
        return imap4__numbers_contain(set->numbers, number);
    size_t i = find(set, number);
    return i < set->count && range_span(&set->ranges[i]).low <= number;
}

/* The next range as places. */
static int next_span(const imap4__set *set, imap4_set_cursor *cursor, span *out)
{
    uint32_t first;
    uint32_t last;
    int found = imap4__set_next_range(set, cursor, &first, &last);
    if (found)
        *out = span_of(first, last);
    return found;
}

/* Does the last range end in `*`? An ascending set has it nowhere else. */
static int has_star(const imap4__set *set)
{
    uint32_t last = set->numbers != NULL ? set->numbers->open_last : set->ranges[set->count - 1].last;
    return last == IMAP4_SET_STAR;
}

static int is_ordered(const imap4__set *set)
{
    return set->numbers == NULL || !set->numbers->unordered;
}

static int spans_meet(span x, span y)
{
    return x.low <= y.high && y.low <= x.high;
}

/* Neither is empty. */
static int ordered_overlap(const imap4__set *a, const imap4__set *b)
{
    imap4_set_cursor at_a = {0};
    imap4_set_cursor at_b = {0};
    span x = {0, 0};
    span y = {0, 0};
    next_span(a, &at_a, &x);
    next_span(b, &at_b, &y);
    while (!spans_meet(x, y))
        if (!(x.high < y.low ? next_span(a, &at_a, &x) : next_span(b, &at_b, &y)))
            return 0;
    return 1;
}

/* Costs the product, for sets from the wire, which nobody compares. */
static int any_overlap(const imap4__set *a, const imap4__set *b)
{
    imap4_set_cursor at_a = {0};
    span x;
    span y;
    while (next_span(a, &at_a, &x)) {
        imap4_set_cursor at_b = {0};
        while (next_span(b, &at_b, &y))
            if (spans_meet(x, y) || x.high == STAR || y.high == STAR)
                return 1;
    }
    return 0;
}

int imap4__set_overlaps(const imap4__set *a, const imap4__set *b)
{
    if (imap4__set_ranges(a) == 0 || imap4__set_ranges(b) == 0)
        return 0;
    if (!is_ordered(a) || !is_ordered(b))
        return any_overlap(a, b);
    if (has_star(a) || has_star(b))
        return 1; /* whichever number is the largest */
    return ordered_overlap(a, b);
}

/* A set and its numbers in one piece. */
typedef struct wire_set {
    imap4__set set;
    imap4__numbers numbers;
} wire_set;

imap4__set *imap4__set_of_wire(imap4__arena *arena)
{
    wire_set *both = imap4__arena_zalloc(arena, sizeof *both);
    if (both == NULL)
        return NULL;
    both->set.numbers = &both->numbers;
    return &both->set;
}

imap4__set *imap4__set_share(imap4__arena *arena, const imap4__set *set)
{
    imap4__set *shared = imap4__set_of_wire(arena);
    if (shared != NULL)
        *shared->numbers = *set->numbers;
    return shared;
}

void imap4__set_join(imap4__set *set, const imap4__set *more)
{
    imap4__numbers_join(set->numbers, more->numbers);
}

/* Its own blocks, since the others go with their event. */
imap4__set *imap4__set_copy(imap4__arena *arena, const imap4__set *set)
{
    imap4__set *copy = imap4__set_of_wire(arena);
    imap4_set_cursor cursor = {0};
    uint32_t first;
    uint32_t last;
    if (copy == NULL)
        return NULL;
    while (imap4__numbers_next_range(set->numbers, &cursor, &first, &last))
        if (imap4__numbers_add(copy->numbers, arena, first, last) != IMAP4_OK)
            return NULL;
    return imap4__numbers_finish(copy->numbers, arena) == IMAP4_OK ? copy : NULL;
}

/* seq-number as text; returns behind it. */
static char *write_number(char *at, uint32_t number)
{
    char digits[10];
    size_t count = 0;
    if (number == IMAP4_SET_STAR) {
        *at++ = '*';
        return at;
    }
    for (; number > 0; number /= 10)
        digits[count++] = (char)('0' + number % 10);
    while (count > 0)
        *at++ = digits[--count];
    return at;
}

/* The next range and a comma; returns behind it, or NULL at the end. */
static char *write_range(char *at, const imap4__set *set, imap4_set_cursor *cursor)
{
    uint32_t first;
    uint32_t last;
    if (!imap4__set_next_range(set, cursor, &first, &last))
        return NULL;
    at = write_number(at, first);
    if (last != first) {
        *at++ = ':';
        at = write_number(at, last);
    }
    *at++ = ',';
    return at;
}

int imap4__set_text(imap4__arena *arena, const imap4__set *set, imap4_str *out)
{
    char range[24];
    imap4_set_cursor cursor = {0};
    size_t len = 0;
    for (char *end = write_range(range, set, &cursor); end != NULL; end = write_range(range, set, &cursor))
        len += (size_t)(end - range);
    char *text = imap4__arena_bytes(arena, len + 1);
    if (text == NULL)
        return IMAP4_ERROR_MEMORY;
    char *at = text;
    memset(&cursor, 0, sizeof cursor);
    for (char *end = at; end != NULL; end = write_range(at, set, &cursor))
        at = end;
    len -= len > 0; /* the comma behind the last */
    text[len] = '\0';
    *out = imap4__str_n(text, len);
    return IMAP4_OK;
}
