/*
 * The trees of a THREAD response (RFC 5256 section 4), compactly and flat: the inside of imap4_threads.
 *
 * A chain of blocks of 32-bit words. A word that is not 0 is a message one level below the one before it (the first:
 * level 0). 0 comes before a message of any other level and is followed by the level, with the highest bit set where
 * the message itself is missing (then no number follows).
 */
#ifndef IMAP4_WIRE_THREADS_H
#define IMAP4_WIRE_THREADS_H

#include "base/arena.h"

#include <imap4/found.h>

struct imap4__numbers_block;

struct imap4_threads {
    struct imap4__numbers_block *first;
    struct imap4__numbers_block *last;
    size_t count;
    size_t bytes;
    uint32_t below; /* the level below the last message */
};

/* Adds a message (0: a missing one). IMAP4_OK or IMAP4_ERROR_MEMORY, with nothing added. */
int imap4__threads_add(imap4_threads *threads, imap4__arena *arena, uint32_t level, uint32_t number);

#endif
