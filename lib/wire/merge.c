/* Sets as arguments of commands: ascending and merged, which every server understands and is the shortest to send. */
#include "wire/set.h"

static uint64_t place(uint32_t number)
{
    return number == IMAP4_SET_STAR ? UINT64_C(1) << 32 : number;
}

static int before(const imap4__range *a, const imap4__range *b)
{
    return place(a->first) < place(b->first);
}

/* Moves the range at `root` down to its place in a heap of `count`. */
static void sift(imap4__range *ranges, size_t root, size_t count)
{
    const imap4__range moved = ranges[root];

    for (size_t child = 2 * root + 1; child < count; child = 2 * root + 1) {
        child += child + 1 < count && before(&ranges[child], &ranges[child + 1]);
        if (!before(&moved, &ranges[child]))
            break;
        ranges[root] = ranges[child];
        root = child;
    }
    ranges[root] = moved;
}

/* A heap sort: no memory, and no input makes it slow. */
static void sort(imap4__range *ranges, size_t count)
{
    for (size_t i = count / 2; i-- > 0;)
        sift(ranges, i, count);
    for (size_t end = count; end-- > 1;) {
        const imap4__range largest = ranges[0];

        ranges[0] = ranges[end];
        ranges[end] = largest;
        sift(ranges, 0, end);
    }
}

/* Joins what overlaps or touches; how many ranges are left. */
static size_t join(imap4__range *ranges, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        imap4__range *last = kept > 0 ? &ranges[kept - 1] : NULL;

        if (last == NULL || place(ranges[i].first) > place(last->last) + 1)
            ranges[kept++] = ranges[i];
        else if (place(ranges[i].last) > place(last->last))
            last->last = ranges[i].last;
    }
    return kept;
}

imap4__set *imap4__set_merged(imap4__arena *arena, const imap4__set *set)
{
    const size_t most = imap4__set_ranges(set);
    imap4__set *merged = imap4__arena_zalloc(arena, sizeof *merged);
    imap4_set_cursor cursor = {0};

    if (merged == NULL || most > SIZE_MAX / sizeof *merged->ranges)
        return NULL;
    merged->ranges = imap4__arena_alloc(arena, most > 0 ? most * sizeof *merged->ranges : 1);
    if (merged->ranges == NULL)
        return NULL;
    for (imap4__range range; imap4__set_next_range(set, &cursor, &range.first, &range.last);)
        merged->ranges[merged->count++] = range;
    if (set->numbers != NULL) {
        sort(merged->ranges, merged->count);
        merged->count = join(merged->ranges, merged->count);
    }
    merged->capacity = merged->count;
    return merged;
}

int imap4__set_has_star(const imap4__set *merged)
{
    return merged->count > 0 && merged->ranges[merged->count - 1].last == IMAP4_SET_STAR;
}

uint32_t imap4__set_largest(const imap4__set *merged)
{
    return merged->count > 0 ? merged->ranges[merged->count - 1].last : 0;
}

int imap4__set_covers(const imap4__set *merged, uint32_t first, uint32_t last)
{
    size_t low = 0;
    size_t high = merged->count;

    while (low < high) { /* the first range that reaches `first` */
        const size_t middle = low + (high - low) / 2;

        if (place(merged->ranges[middle].last) < place(first))
            low = middle + 1;
        else
            high = middle;
    }
    return low < merged->count && place(merged->ranges[low].first) <= place(first) &&
           place(merged->ranges[low].last) >= place(last);
}
