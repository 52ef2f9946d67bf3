#include "wire/numbers.h"

#include <string.h>

#define FIRST_WORDS 64u
#define LARGEST_WORDS 16384u
#define GROWTH 16 /* a block is a 16th of all before it: what is left empty at the end stays small */

struct imap4__numbers_block {
    struct imap4__numbers_block *next;
    uint32_t used;
    uint32_t capacity;
    uint32_t words[];
};

typedef struct imap4__numbers_block block;

/* Of an entry that is not one number: 0, first, last. */
#define RANGE_WORDS 3u

/* "*" alone, which could not be told from n:* otherwise. */
#define LONE_STAR_FIRST 2u
#define LONE_STAR_LAST 1u

uint32_t *imap4__numbers_room(struct imap4__numbers_block **first, struct imap4__numbers_block **last, size_t *bytes,
                              imap4__arena *arena, uint32_t count)
{
    block *b = *last;
    if (b == NULL || b->capacity - b->used < count) {
        size_t words = *bytes / GROWTH / sizeof b->words[0];
        words = words < FIRST_WORDS ? FIRST_WORDS : words < LARGEST_WORDS ? words : LARGEST_WORDS;
        size_t size = sizeof *b + words * sizeof b->words[0];
        b = imap4__arena_alloc(arena, size);
        if (b == NULL)
            return NULL;
        b->next = NULL;
        b->used = 0;
        b->capacity = (uint32_t)words;
        if (*last != NULL)
            (*last)->next = b;
        else
            *first = b;
        *last = b;
        *bytes += size;
    }
    b->used += count;
    return b->words + b->used - count;
}

const uint32_t *imap4__numbers_words(const struct imap4__numbers_block *first, const struct imap4__numbers_block *last,
                                     imap4_set_cursor *cursor, uint32_t *count_out)
{
    const block *b = cursor->block != NULL ? cursor->block : first;
    if (b == NULL)
        return NULL;
    if (cursor->at == b->used) {
        if (b == last)
            return NULL;
        b = b->next;
        cursor->at = 0;
    }
    cursor->block = b;
    *count_out = b->used - (uint32_t)cursor->at;
    return b->words + cursor->at;
}

/* Where a number stands among others: `*` behind all. */
static uint64_t place(uint32_t number)
{
    return number == IMAP4_SET_STAR ? UINT64_C(1) << 32 : number;
}

/* The entry at `words`; returns how many words it has. A pair is two entries here. */
static uint32_t read_entry(const uint32_t *words, uint32_t *first_out, uint32_t *last_out)
{
    *first_out = words[0];
    *last_out = words[0];
    if (words[0] != 0)
        return 1;
    *first_out = words[1] > words[2] ? IMAP4_SET_STAR : words[1];
    *last_out = words[1] >= words[2] ? IMAP4_SET_STAR : words[2];
    return RANGE_WORDS;
}

uint64_t imap4__numbers_between(uint32_t first, uint32_t last)
{
    if (last == IMAP4_SET_STAR)
        return first == IMAP4_SET_STAR ? 1 : 2;
    return (uint64_t)last - first + 1;
}

/* Writes the open range. A pair becomes two numbers, which always lie in one block: the walk joins them again. */
static int flush(imap4__numbers *numbers, imap4__arena *arena)
{
    uint32_t first = numbers->open_first;
    uint32_t last = numbers->open_last;
    if (!numbers->open)
        return IMAP4_OK;
    int single = last != IMAP4_SET_STAR && last - first < 2;
    uint32_t count = single ? last - first + 1 : RANGE_WORDS;
    uint32_t *words = imap4__numbers_room(&numbers->first, &numbers->last, &numbers->bytes, arena, count);
    if (words == NULL)
        return IMAP4_ERROR_MEMORY;
    if (single) {
        words[0] = first;
        words[count - 1] = last;
    } else {
        words[0] = 0;
        words[1] = first == IMAP4_SET_STAR ? LONE_STAR_FIRST : first;
        words[2] = first == IMAP4_SET_STAR ? LONE_STAR_LAST : last == IMAP4_SET_STAR ? first : last;
    }
    numbers->count += imap4__numbers_between(first, last);
    numbers->ranges++;
    numbers->open = 0;
    return IMAP4_OK;
}

int imap4__numbers_add(imap4__numbers *numbers, imap4__arena *arena, uint32_t first, uint32_t last)
{
    /* RFC 9051 section 9: "seq-range: 2:4 and 4:2 are equivalent" */
    if (place(first) > place(last)) {
        uint32_t low = last;
        last = first;
        first = low;
    }
    uint64_t before = place(numbers->open_last);
    if (numbers->open && last != IMAP4_SET_STAR && first == before + 1) {
        numbers->open_last = last;
        return IMAP4_OK;
    }
    int unordered = numbers->unordered;
    if (numbers->open || numbers->first != NULL)
        unordered |= place(first) <= before;
    if (flush(numbers, arena) != IMAP4_OK)
        return IMAP4_ERROR_MEMORY;
    numbers->unordered = unordered;
    numbers->open = 1;
    numbers->open_first = first;
    numbers->open_last = last;
    return IMAP4_OK;
}

int imap4__numbers_finish(imap4__numbers *numbers, imap4__arena *arena)
{
    return flush(numbers, arena);
}

void imap4__numbers_join(imap4__numbers *numbers, const imap4__numbers *more)
{
    if (more->first == NULL)
        return;
    if (numbers->first == NULL) {
        *numbers = *more;
        return;
    }
    uint32_t first;
    uint32_t last;
    read_entry(more->first->words, &first, &last);
    numbers->unordered |= more->unordered || place(first) <= place(numbers->open_last);
    numbers->last->next = more->first;
    numbers->last = more->last;
    numbers->count += more->count;
    numbers->ranges += more->ranges;
    numbers->bytes += more->bytes;
    numbers->open_last = more->open_last;
}

int imap4__numbers_next_range(const imap4__numbers *numbers, imap4_set_cursor *cursor, uint32_t *first_out,
                              uint32_t *last_out)
{
    uint32_t left;
    const uint32_t *words = imap4__numbers_words(numbers->first, numbers->last, cursor, &left);
    if (words == NULL)
        return 0;
    uint32_t size = read_entry(words, first_out, last_out);
    if (size == 1 && left > 1 && words[1] == words[0] + 1 && words[1] != 0) {
        *last_out = words[1];
        size = 2;
    }
    cursor->at += size;
    cursor->within = 0;
    return 1;
}

int imap4__numbers_next(const imap4__numbers *numbers, imap4_set_cursor *cursor, uint32_t *number_out)
{
    uint32_t left;
    uint32_t first;
    uint32_t last;
    const uint32_t *words = imap4__numbers_words(numbers->first, numbers->last, cursor, &left);
    if (words == NULL)
        return 0;
    uint32_t size = read_entry(words, &first, &last);
    uint64_t final = imap4__numbers_between(first, last) - 1;
    *number_out = cursor->within == final ? last : (uint32_t)(first + cursor->within);
    if (cursor->within++ == final) {
        cursor->at += size;
        cursor->within = 0;
    }
    return 1;
}

/* Is the number among these words? The first entry that lies behind it ends the search of an ascending list. */
static int block_contains(const block *b, uint32_t number, int unordered)
{
    uint32_t first;
    uint32_t last;
    for (uint32_t at = 0; at < b->used;) {
        at += read_entry(b->words + at, &first, &last);
        if (first != IMAP4_SET_STAR && first <= number && number <= place(last))
            return 1;
        if (!unordered && place(first) > number)
            return 0;
    }
    return 0;
}

/* Does a block of an ascending list end before the number? */
static int lies_before(const block *next, uint32_t number)
{
    uint32_t first;
    uint32_t last;
    read_entry(next->words, &first, &last);
    return place(first) <= number;
}

int imap4__numbers_contain(const imap4__numbers *numbers, uint32_t number)
{
    if (number == IMAP4_SET_STAR)
        return 0;
    for (const block *b = numbers->first; b != NULL; b = b != numbers->last ? b->next : NULL) {
        if (!numbers->unordered && b != numbers->last && lies_before(b->next, number))
            continue;
        if (block_contains(b, number, numbers->unordered))
            return 1;
    }
    return 0;
}
