#include "wire/run.h"

#include <string.h>

#define TOO_LARGE (UINT64_C(1) << 32) /* any number of more than 32 bits */
#define LARGEST_LEVEL 0x7fffffffu

/* Which kinds a byte may belong to, as bits. */
#define LIST_BYTE (1u << IMAP4__RUN_LIST)
#define SET_BYTE (1u << IMAP4__RUN_SET)
#define THREADS_BYTE (1u << IMAP4__RUN_THREADS)
#define DIGIT_BYTE (LIST_BYTE | SET_BYTE | THREADS_BYTE)

static const uint8_t byte_kinds[256] = {
    [' '] = LIST_BYTE | THREADS_BYTE,
    ['('] = THREADS_BYTE,
    [')'] = THREADS_BYTE,
    ['*'] = SET_BYTE,
    [','] = SET_BYTE,
    [':'] = SET_BYTE,
    ['0'] = DIGIT_BYTE,
    ['1'] = DIGIT_BYTE,
    ['2'] = DIGIT_BYTE,
    ['3'] = DIGIT_BYTE,
    ['4'] = DIGIT_BYTE,
    ['5'] = DIGIT_BYTE,
    ['6'] = DIGIT_BYTE,
    ['7'] = DIGIT_BYTE,
    ['8'] = DIGIT_BYTE,
    ['9'] = DIGIT_BYTE,
};

int imap4__run_byte(int kind, uint8_t c)
{
    return byte_kinds[c] >> kind & 1;
}

int imap4__run_begins(int kind, uint8_t c)
{
    if (kind == IMAP4__RUN_THREADS)
        return c == '(';
    return c != ' ' && imap4__run_byte(kind, c);
}

int imap4__run_begin(imap4__run *run, int kind, imap4__arena *arena)
{
    memset(run, 0, sizeof *run);
    run->kind = kind;
    run->arena = arena;
    if (kind == IMAP4__RUN_THREADS)
        run->threads = imap4__arena_zalloc(arena, sizeof *run->threads);
    else
        run->set = imap4__set_of_wire(arena);
    return run->threads != NULL || run->set != NULL ? IMAP4_OK : IMAP4_ERROR_MEMORY;
}

static void digit(imap4__run *run, uint8_t c)
{
    run->number = run->number * 10 + (uint64_t)(c - '0');
    if (run->number >= TOO_LARGE)
        run->number = TOO_LARGE;
    run->digits = 1;
}

static void forget_number(imap4__run *run)
{
    run->number = 0;
    run->digits = 0;
}

/* A number has been read that is one? */
static int good(const imap4__run *run)
{
    return run->digits && run->number != 0 && run->number != TOO_LARGE;
}

/*
 * mailbox-data =/ "SEARCH" [1*(SP nz-number) [SP search-sort-mod-seq]]
 * The number before this byte, if there is one, is complete.
 */
static int end_list_number(imap4__run *run)
{
    if (!run->digits)
        return IMAP4_OK;
    uint32_t number = (uint32_t)run->number;
    if (!good(run))
        run->bad++;
    else if (imap4__numbers_add(run->set->numbers, run->arena, number, number) != IMAP4_OK)
        return IMAP4_ERROR_MEMORY;
    forget_number(run);
    return IMAP4_OK;
}

enum set_state {
    EMPTY = 0,  /* nothing of the range so far; the set's first */
    COMMA = 1,  /* nothing of the range behind a comma */
    FIRST = 2,  /* its first number, or `*` */
    SECOND = 3, /* behind the colon */
    BROKEN = 4  /* it is none: up to the comma */
};

/* seq-number = nz-number / "*"; a star counts as the digit 0 and nothing else. */
#define STAR_DIGITS 2

/* Is there a number, or a star, before this byte? */
static int set_number(const imap4__run *run)
{
    return run->digits == STAR_DIGITS || good(run);
}

/* sequence-set = (seq-number / seq-range) ["," sequence-set] */
static int end_range(imap4__run *run, int next)
{
    if ((run->state == FIRST || run->state == SECOND) && set_number(run)) {
        uint32_t last = (uint32_t)run->number;
        uint32_t first = run->state == SECOND ? run->before_colon : last;
        if (imap4__numbers_add(run->set->numbers, run->arena, first, last) != IMAP4_OK)
            return IMAP4_ERROR_MEMORY;
    } else if (run->state != EMPTY || next == COMMA) {
        run->bad++;
    }
    forget_number(run);
    run->state = next;
    return IMAP4_OK;
}

/* seq-range = seq-number ":" seq-number */
static int set_byte(imap4__run *run, uint8_t c)
{
    switch (c) {
    case ',':
        return end_range(run, COMMA);
    case ':':
        run->before_colon = (uint32_t)run->number;
        run->state = run->state == FIRST && set_number(run) ? SECOND : BROKEN;
        forget_number(run);
        return IMAP4_OK;
    default: /* * */
        run->state = run->digits ? BROKEN : run->state == EMPTY || run->state == COMMA ? FIRST : run->state;
        run->digits = STAR_DIGITS;
        return IMAP4_OK;
    }
}

/* A digit of a set: it begins a number, or there must not be one. */
static void set_digit(imap4__run *run)
{
    if (run->digits == STAR_DIGITS)
        run->state = BROKEN;
    else if (run->state == EMPTY || run->state == COMMA)
        run->state = FIRST;
}

/* Where the next message of the innermost list belongs. */
static uint32_t *level_at(imap4__run *run, size_t depth)
{
    return &run->levels[depth - 1];
}

static int add_message(imap4__run *run, uint32_t *level, uint32_t number)
{
    int result = imap4__threads_add(run->threads, run->arena, *level, number);
    if (result == IMAP4_OK && *level < LARGEST_LEVEL)
        ++*level;
    return result;
}

/* Lists that hold only lists so far: their messages are missing, and come before what is in them. */
static int add_missing(imap4__run *run)
{
    while (run->level + 1 < run->depth) {
        if (add_message(run, level_at(run, run->level + 1), 0) != IMAP4_OK)
            return IMAP4_ERROR_MEMORY;
        run->level++;
    }
    return IMAP4_OK;
}

enum threads_state {
    MEMBERS = 0, /* a list goes on */
    NESTED = 1   /* a list in it was closed */
};

/* thread-members = nz-number *(SP nz-number) [SP thread-nested] */
static int end_thread_number(imap4__run *run)
{
    uint32_t root = 0;
    if (!run->digits)
        return IMAP4_OK;
    if (good(run)) {
        uint32_t *level = run->depth > 0 ? level_at(run, run->depth) : &root;
        if (add_missing(run) != IMAP4_OK || add_message(run, level, (uint32_t)run->number) != IMAP4_OK)
            return IMAP4_ERROR_MEMORY;
        run->level = run->depth;
    }
    run->bad += !good(run) || run->depth == 0 || run->state == NESTED;
    run->state = MEMBERS;
    forget_number(run);
    return IMAP4_OK;
}

/* Room for one more open parenthesis. The arena keeps the old ones; together they are as large as the new one. */
static int grow_levels(imap4__run *run)
{
    size_t capacity = run->depth_capacity > 0 ? run->depth_capacity * 2 : 16;
    if (capacity > SIZE_MAX / 2 / sizeof *run->levels)
        return IMAP4_ERROR_MEMORY;
    uint32_t *levels = imap4__arena_alloc(run->arena, capacity * sizeof *levels);
    if (levels == NULL)
        return IMAP4_ERROR_MEMORY;
    if (run->depth > 0)
        memcpy(levels, run->levels, run->depth * sizeof *levels);
    run->levels = levels;
    run->depth_capacity = capacity;
    run->levels_bytes += capacity * sizeof *levels;
    return IMAP4_OK;
}

/* thread-list = "(" (thread-members / thread-nested) ")" */
static int open_list(imap4__run *run)
{
    uint32_t level = 0;
    if (run->depth == run->depth_capacity && grow_levels(run) != IMAP4_OK)
        return IMAP4_ERROR_MEMORY;
    if (run->depth > 0) {
        int missing = run->level < run->depth; /* the outer list's own message, or it would have come by now */
        level = *level_at(run, run->depth);
        level += missing && level < LARGEST_LEVEL;
    }
    run->depth++;
    *level_at(run, run->depth) = level;
    run->state = MEMBERS;
    return IMAP4_OK;
}

static void close_list(imap4__run *run)
{
    if (run->depth == 0) {
        run->bad++;
        return;
    }
    run->depth--;
    run->bad += run->level <= run->depth;
    if (run->level > run->depth)
        run->level = run->depth;
    run->state = NESTED;
}

static int thread_byte(imap4__run *run, uint8_t c)
{
    int result = end_thread_number(run);
    if (result == IMAP4_OK && c == '(')
        result = open_list(run);
    else if (result == IMAP4_OK && c == ')')
        close_list(run);
    return result;
}

/* A byte that is no digit. */
static int other_byte(imap4__run *run, uint8_t c)
{
    switch (run->kind) {
    case IMAP4__RUN_LIST:
        return end_list_number(run);
    case IMAP4__RUN_SET:
        return set_byte(run, c);
    default:
        return thread_byte(run, c);
    }
}

static void count_bytes(imap4__run *run)
{
    run->bytes = run->set != NULL ? run->set->numbers->bytes : run->threads->bytes + run->levels_bytes;
}

int imap4__run_feed(imap4__run *run, const uint8_t *data, size_t len, size_t *taken_out)
{
    int result = IMAP4_OK;
    size_t at = 0;
    while (at < len && imap4__run_byte(run->kind, data[at])) {
        if (data[at] >= '0' && data[at] <= '9') {
            if (run->kind == IMAP4__RUN_SET)
                set_digit(run);
            do
                digit(run, data[at++]);
            while (at < len && data[at] >= '0' && data[at] <= '9');
            continue;
        }
        result = other_byte(run, data[at]);
        if (result != IMAP4_OK)
            break;
        at++;
    }
    *taken_out = at;
    count_bytes(run);
    return result;
}

static int end_threads(imap4__run *run)
{
    int result = end_thread_number(run);
    while (result == IMAP4_OK && run->depth > 0) {
        run->bad++;
        run->depth--;
    }
    return result;
}

int imap4__run_end(imap4__run *run)
{
    int result;
    if (run->kind == IMAP4__RUN_THREADS)
        result = end_threads(run);
    else
        result = run->kind == IMAP4__RUN_LIST ? end_list_number(run) : end_range(run, EMPTY);
    if (result == IMAP4_OK && run->set != NULL)
        result = imap4__numbers_finish(run->set->numbers, run->arena);
    count_bytes(run);
    return result;
}
