/*
 * An allocator that measures: how much is held, and how much was at most.
 *
 * A block that is made larger or smaller counts once, as where realloc can do it in place; `peak_moving` is what it
 * takes where both must be there for a moment.
 */
#ifndef TEST_METER_H
#define TEST_METER_H

#include <imap4/types.h>

typedef struct meter {
    imap4_allocator allocator; /* hand this one out; it points back here */
    size_t held;
    size_t peak;
    size_t peak_moving;
    size_t blocks;
    size_t calls;   /* allocations and reallocations so far */
    size_t largest; /* request so far */
} meter;

void meter_init(meter *m);

#endif
