/*
 * An allocator for tests: counts, and fails where it is told to.
 *
 *     test_memory memory;
 *     test_memory_init(&memory, 3);                    the third allocation fails, and all that follow do not
 *     ... imap4_options_new(&options, &memory.allocator) ...
 *     ck_assert_uint_eq(memory.live, 0);               nothing was lost
 *
 * To starve a function everywhere, repeat with 1, 2, 3 ... until `failed` stays 0.
 */
#ifndef TEST_MEMORY_H
#define TEST_MEMORY_H

#include <imap4/types.h>

typedef struct test_memory {
    imap4_allocator allocator; /* hand this one out; it points back here */
    size_t fail_at;            /* which allocation fails, counted from 1; 0: none */
    size_t calls;              /* allocations and reallocations so far */
    size_t failed;             /* of these, refused */
    size_t live;               /* blocks that are still held */
} test_memory;

void test_memory_init(test_memory *memory, size_t fail_at);

#endif
