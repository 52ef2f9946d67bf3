/*
 * Sets. The first byte chooses: a set made from text, a set made by additions, with a plain table to compare it with, or
 * lists of numbers as the wire has them, whole and in pieces.
 */
#include "fuzz.h"

#include "wire/emit.h"
#include "wire/run.h"

FUZZ_BEGIN

#define TABLE 256u /* numbers below this are compared one by one */

static imap4__arena arena;
static imap4__emit emit;

/* Room for what one program-made set needs, so that no run allocates. */
static imap4__set *fresh(int which)
{
    static imap4__set *sets[2];

    if (sets[which] == NULL)
        FUZZ_CHECK(imap4__set_new(&sets[which], NULL) == IMAP4_OK);
    sets[which]->count = 0;
    return sets[which];
}

static uint64_t place(uint32_t number)
{
    return number == IMAP4_SET_STAR ? UINT64_C(1) << 32 : number;
}

/* Reads all there is to read of a set; the sum stands for the ranges in their order. */
static uint64_t check_set(const imap4__set *set, int ordered)
{
    imap4_set_cursor cursor = {0};
    imap4_set_cursor walk = {0};
    uint64_t count = 0;
    uint64_t before = 0;
    uint64_t sum = 0;
    size_t ranges = 0;
    uint32_t first;
    uint32_t last;

    while (imap4__set_next_range(set, &cursor, &first, &last)) {
        uint64_t low = place(first);
        uint64_t high = place(last);
        uint32_t number;

        FUZZ_CHECK(low <= high && low > 0);
        FUZZ_CHECK(!ordered || ranges == 0 || low > before + 1);
        FUZZ_CHECK(first == IMAP4_SET_STAR || ranges > 8 || imap4__set_contains(set, first));
        FUZZ_CHECK(last == IMAP4_SET_STAR || ranges > 8 || imap4__set_contains(set, last));
        count += high < place(0) ? high - low + 1 : low == high ? 1 : 2;
        /* As long as ranges are short, the walk over the numbers goes along. */
        if (walk.at != UINT64_MAX && (high - low < 64 || high == place(0))) {
            for (uint64_t n = low; n <= high; n = high == place(0) ? (n == high ? n + 1 : high) : n + 1)
                FUZZ_CHECK(imap4__set_next(set, &walk, &number) == 1 && place(number) == n);
        } else {
            walk.at = UINT64_MAX;
        }
        before = high;
        ranges++;
        sum = fuzz_mix(fuzz_mix(sum, low), high);
    }
    FUZZ_CHECK(imap4__set_next_range(set, &cursor, &first, &last) == 0);
    FUZZ_CHECK(walk.at == UINT64_MAX || imap4__set_next(set, &walk, &first) == 0);
    FUZZ_CHECK(ranges == imap4__set_ranges(set));
    FUZZ_CHECK(count == imap4__set_count(set));
    FUZZ_CHECK(!imap4__set_contains(set, IMAP4_SET_STAR));
    return sum;
}

static void write_set(const imap4__set *set)
{
    emit.buf.len = emit.mark_count = 0;
    emit.result = IMAP4_OK;
    imap4__emit_set(&emit, set);
    FUZZ_CHECK(emit.result == (imap4__set_ranges(set) > 0 ? IMAP4_OK : IMAP4_ERROR_ARGUMENT));
}

static int has_star(const imap4__set *set)
{
    imap4_set_cursor cursor = {0};
    uint32_t first;
    uint32_t last = 1;

    while (imap4__set_next_range(set, &cursor, &first, &last)) {
    }
    return last == IMAP4_SET_STAR;
}

/* What only arguments of commands are asked. */
static void check_merged(const imap4__set *set)
{
    imap4_set_cursor cursor = {0};
    uint32_t first;
    uint32_t last;
    int star = has_star(set);

    FUZZ_CHECK(imap4__set_has_star(set) == star);
    for (int i = 0; i < 8 && imap4__set_next_range(set, &cursor, &first, &last); i++) {
        if (first == IMAP4_SET_STAR)
            continue;
        FUZZ_CHECK(imap4__set_covers(set, first, last == IMAP4_SET_STAR ? UINT32_MAX : last));
        FUZZ_CHECK(imap4__set_covers(set, first, first));
        if (first > 1 && last != IMAP4_SET_STAR)
            FUZZ_CHECK(!imap4__set_covers(set, first - 1, last));
        FUZZ_CHECK(star || imap4__set_largest(set) >= last);
    }
}

/* What a program-made set says on the wire makes the same set. */
static void check_round(const imap4__set *set)
{
    imap4__set *again = fresh(1);
    imap4__set *copy;

    write_set(set);
    if (imap4__set_ranges(set) == 0)
        return;
    FUZZ_CHECK(imap4__set_parse(again, (const char *)emit.buf.data, emit.buf.len) == IMAP4_OK);
    FUZZ_CHECK(check_set(again, 1) == check_set(set, 1));
    FUZZ_CHECK(imap4__set_overlaps(set, again) == 1);
    copy = imap4__set_merged(&arena, set);
    FUZZ_CHECK(copy != NULL && check_set(copy, 1) == check_set(set, 1));
    check_merged(copy);
}

static void from_text(const char *text, size_t len)
{
    imap4__set *set = fresh(0);
    int result = imap4__set_parse(set, text, len);

    FUZZ_CHECK(result == IMAP4_OK || result == IMAP4_ERROR_ARGUMENT);
    FUZZ_CHECK((result == IMAP4_OK) == (imap4__set_ranges(set) > 0));
    check_set(set, 1);
    check_round(set);
    if (result == IMAP4_OK) {
        size_t ranges = imap4__set_ranges(set);

        FUZZ_CHECK(imap4__set_parse(set, text, len) == IMAP4_OK);
        FUZZ_CHECK(imap4__set_ranges(set) == ranges);
    }
}

/* Small numbers are the low bytes of what the input says, for sets that touch and overlap. */
static uint32_t operand(const uint8_t *data, int small)
{
    uint32_t number;

    memcpy(&number, data, sizeof number);
    return small ? number % TABLE : number;
}

static void note(uint8_t *table, uint32_t first, uint32_t last)
{
    uint64_t low = place(first) < place(last) ? place(first) : place(last);
    uint64_t high = place(first) < place(last) ? place(last) : place(first);

    for (uint64_t n = low; n <= high && n < TABLE; n++)
        table[n] = 1;
}

static int tables_meet(const uint8_t *a, const uint8_t *b)
{
    for (uint32_t n = 1; n < TABLE; n++) {
        if (a[n] && b[n])
            return 1;
    }
    return 0;
}

/* Each nine bytes add a range, to one set or the other. */
static void from_additions(const uint8_t *data, size_t size, int small)
{
    imap4__set *sets[2] = {fresh(0), fresh(1)};
    uint8_t tables[2][TABLE];
    int meet;

    memset(tables, 0, sizeof tables);
    for (; size >= 9; data += 9, size -= 9) {
        int which = data[0] & 1;
        uint32_t first = operand(data + 1, small);
        uint32_t last = data[0] & 2 ? operand(data + 5, small) : first;

        FUZZ_CHECK(imap4__set_add(sets[which], first, last) == IMAP4_OK);
        note(tables[which], first, last);
        if (first != IMAP4_SET_STAR)
            FUZZ_CHECK(imap4__set_contains(sets[which], first));
    }
    for (int i = 0; i < 2; i++) {
        check_set(sets[i], 1);
        for (uint32_t n = 1; n < TABLE; n++)
            FUZZ_CHECK(imap4__set_contains(sets[i], n) == tables[i][n]);
    }
    meet = imap4__set_overlaps(sets[0], sets[1]);
    FUZZ_CHECK(meet == imap4__set_overlaps(sets[1], sets[0]));
    if (imap4__set_ranges(sets[0]) > 0 && imap4__set_ranges(sets[1]) > 0) {
        int star = has_star(sets[0]) || has_star(sets[1]);

        FUZZ_CHECK(meet || (!star && !tables_meet(tables[0], tables[1])));
        FUZZ_CHECK(!meet || star || !small || tables_meet(tables[0], tables[1]));
    }
    check_round(sets[0]);
}

/* What a run gave, as one number. */
static uint64_t run_sum(const imap4__run *run)
{
    imap4_set_cursor cursor = {0};
    imap4_thread_node node;
    uint64_t sum = 0;
    uint32_t level = 0;
    size_t count = 0;

    if (run->kind != IMAP4__RUN_THREADS)
        return fuzz_mix(check_set(run->set, 0), run->bad);
    while (imap4_threads_next(run->threads, &cursor, &node)) {
        FUZZ_CHECK(node.level <= (count == 0 ? 0 : level + 1));
        level = node.level;
        count++;
        sum = fuzz_mix(fuzz_mix(sum, node.number), node.level);
    }
    FUZZ_CHECK(imap4_threads_next(run->threads, &cursor, &node) == 0);
    FUZZ_CHECK(count == imap4_threads_count(run->threads));
    return fuzz_mix(fuzz_mix(sum, count), run->bad);
}

/*
 * Reads a run in pieces of `piece` bytes. From memory that ends at `limit` bytes on, 0: it does not; then what failed is
 * done again once there is more.
 */
static size_t read_run(imap4__run *run, int kind, const uint8_t *data, size_t size, size_t piece, size_t limit)
{
    size_t at = 0;
    int result;

    arena.limit = limit != 0 ? arena.used + limit : 0;
    result = imap4__run_begin(run, kind, &arena);
    if (result == IMAP4_ERROR_MEMORY && limit != 0) {
        arena.limit = 0;
        result = imap4__run_begin(run, kind, &arena);
    }
    FUZZ_CHECK(result == IMAP4_OK);
    while (at < size) {
        size_t give = piece < size - at ? piece : size - at;
        size_t taken = SIZE_MAX;

        result = imap4__run_feed(run, data + at, give, &taken);
        FUZZ_CHECK(taken <= give);
        at += taken;
        if (result == IMAP4_ERROR_MEMORY) {
            FUZZ_CHECK(arena.limit != 0);
            arena.limit = 0;
            continue;
        }
        FUZZ_CHECK(result == IMAP4_OK);
        if (taken < give)
            break;
    }
    result = imap4__run_end(run);
    if (result == IMAP4_ERROR_MEMORY && arena.limit != 0) {
        arena.limit = 0;
        result = imap4__run_end(run);
    }
    FUZZ_CHECK(result == IMAP4_OK);
    arena.limit = 0;
    return at;
}

/* SEARCH and SORT: the numbers one by one, as a plain reader finds them. */
static void check_list(const imap4__run *run, const uint8_t *data, size_t size)
{
    imap4_set_cursor cursor = {0};
    uint32_t number;

    for (size_t at = 0; at < size;) {
        uint64_t value = 0;

        if (data[at] == ' ') {
            at++;
            continue;
        }
        for (; at < size && data[at] != ' '; at++)
            value = value > UINT32_MAX ? value : value * 10 + (uint64_t)(data[at] - '0');
        if (value == 0 || value > UINT32_MAX)
            continue;
        FUZZ_CHECK(imap4__set_next(run->set, &cursor, &number) == 1 && number == value);
    }
    FUZZ_CHECK(imap4__set_next(run->set, &cursor, &number) == 0);
}

/* A program may use what the server said: made a set of its own it is ascending and merged, with the same numbers. */
static void check_use(const imap4__set *said)
{
    imap4__set *set = fresh(0);
    imap4__set *again = fresh(1);
    imap4_set_cursor cursor = {0};
    imap4_str text;
    uint32_t first;
    uint32_t last;

    while (imap4__set_next_range(said, &cursor, &first, &last))
        FUZZ_CHECK(imap4__set_add(set, first, last) == IMAP4_OK);
    check_set(set, 1);
    for (uint32_t n = 1; n < 16 && imap4__set_ranges(said) < 64; n++)
        FUZZ_CHECK(imap4__set_contains(set, n) == imap4__set_contains(said, n));
    FUZZ_CHECK(imap4__set_overlaps(said, set) == 1 && imap4__set_overlaps(set, said) == 1);
    FUZZ_CHECK(check_set(imap4__set_copy(&arena, said), 0) == check_set(said, 0));
    write_set(imap4__set_merged(&arena, said));
    FUZZ_CHECK(imap4__set_parse(again, (const char *)emit.buf.data, emit.buf.len) == IMAP4_OK);
    FUZZ_CHECK(check_set(again, 1) == check_set(set, 1));
    FUZZ_CHECK(imap4__set_text(&arena, said, &text) == IMAP4_OK && text.data[text.len] == '\0');
    again->count = 0;
    FUZZ_CHECK(imap4__set_parse(again, text.data, text.len) == IMAP4_OK);
    FUZZ_CHECK(check_set(again, 1) == check_set(set, 1));
}

/* Several lists make one, in their order. */
static void check_join(const imap4__set *one, const imap4__set *other)
{
    imap4__set *joined = imap4__set_of_wire(&arena);
    imap4__set *shared = imap4__set_share(&arena, one);

    FUZZ_CHECK(joined != NULL && shared != NULL && check_set(shared, 0) == check_set(one, 0));
    imap4__set_join(joined, one);
    FUZZ_CHECK(check_set(joined, 0) == check_set(one, 0));
    imap4__set_join(joined, other);
    check_set(joined, 0);
    FUZZ_CHECK(imap4__set_count(joined) == imap4__set_count(one) + imap4__set_count(other));
    FUZZ_CHECK(check_set(shared, 0) == check_set(one, 0));
}

typedef struct plain_thread {
    imap4_thread_node nodes[64];
    size_t count;
} plain_thread;

static int put_node(plain_thread *thread, uint32_t number, uint32_t level)
{
    if (thread->count == sizeof thread->nodes / sizeof thread->nodes[0])
        return 0;
    thread->nodes[thread->count++] = (imap4_thread_node){number, level};
    return 1;
}

/*
 * thread-list    = "(" (thread-members / thread-nested) ")"
 * thread-members = nz-number *(SP nz-number) [SP thread-nested]
 * thread-nested  = 2*thread-list
 * Reads one list as the ABNF says it. Returns behind it, or NULL if it is not so, or too large for the table.
 */
static const uint8_t *plain_list(plain_thread *thread, const uint8_t *at, const uint8_t *end, uint32_t level, int depth)
{
    int lists = 0;
    int numbers = 0;

    if (depth == 16 || at == end || *at++ != '(')
        return NULL;
    while (at < end && *at >= '1' && *at <= '9') {
        uint64_t number = 0;

        for (; at < end && *at >= '0' && *at <= '9'; at++)
            number = number > UINT32_MAX ? number : number * 10 + (uint64_t)(*at - '0');
        if (number > UINT32_MAX || !put_node(thread, (uint32_t)number, level++))
            return NULL;
        numbers++;
        if (at == end || *at != ' ')
            break;
        at++;
    }
    if (numbers == 0 && !put_node(thread, 0, level++))
        return NULL;
    while (at != NULL && at < end && *at == '(') {
        lists++;
        at = plain_list(thread, at, end, level, depth + 1);
    }
    if (at == NULL || at == end || *at != ')' || lists == 1 || (numbers == 0 && lists == 0) || at[-1] == ' ')
        return NULL;
    return at + 1;
}

/* THREAD: what is well formed has one meaning. */
static void check_threads(const imap4__run *run, const uint8_t *data, size_t size)
{
    const uint8_t *at = data;
    plain_thread thread;
    imap4_set_cursor cursor = {0};
    imap4_thread_node node;

    thread.count = 0;
    while (at != NULL && at < data + size)
        at = plain_list(&thread, at, data + size, 0, 0);
    if (at == NULL)
        return;
    FUZZ_CHECK(run->bad == 0 && imap4_threads_count(run->threads) == thread.count);
    for (size_t i = 0; i < thread.count; i++) {
        FUZZ_CHECK(imap4_threads_next(run->threads, &cursor, &node) == 1);
        FUZZ_CHECK(node.number == thread.nodes[i].number && node.level == thread.nodes[i].level);
    }
}

static void from_wire(const uint8_t *data, size_t size, int kind, size_t piece, size_t limit)
{
    imap4__run whole;
    imap4__run pieces;
    size_t end = read_run(&whole, kind, data, size, size, 0);
    uint64_t sum = run_sum(&whole);

    FUZZ_CHECK(end == size || !imap4__run_byte(kind, data[end]));
    for (size_t i = 0; i < end; i++)
        FUZZ_CHECK(imap4__run_byte(kind, data[i]));
    FUZZ_CHECK(read_run(&pieces, kind, data, size, piece, limit) == end);
    FUZZ_CHECK(run_sum(&pieces) == sum);
    if (kind == IMAP4__RUN_THREADS)
        check_threads(&whole, data, end);
    if (kind == IMAP4__RUN_LIST)
        check_list(&whole, data, end);
    if (kind == IMAP4__RUN_THREADS || imap4__set_ranges(whole.set) == 0)
        return;
    check_use(whole.set);
    check_join(whole.set, pieces.set);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (emit.buf.max == 0) {
        imap4__arena_init(&arena, NULL);
        imap4__emit_init(&emit, NULL);
    }
    if (size < 2)
        return 0;
    imap4__arena_reset(&arena, SIZE_MAX);
    switch (data[0] % 6) {
    case 0:
        from_text((const char *)data + 1, size - 1);
        break;
    case 1:
    case 2:
        from_additions(data + 1, size - 1, data[0] % 6 == 1);
        break;
    default:
        from_wire(data + 2, size - 2, data[0] % 6 - 2, (size_t)(data[1] & 15) + 1,
                  data[1] & 128 ? (size_t)(data[1] & 112) * 4 + 1 : 0);
        break;
    }
    return 0;
}

FUZZ_END
