/*
 * Runs: long lists of numbers, read as their bytes arrive. The same reader serves short ones that lie in the buffer.
 *
 * What is not as it should be costs as little as can be, and is counted in `bad`:
 *  - a number that is none (0, more than 32 bits), a piece of a set that is none (`1::2`, `5:`, a lone comma): left out
 *  - in threads, `()`: left out; a number behind a nested list of its own list, `(3 (4)(5) 6)`: a child of the same
 *    message as the nested ones; a number outside of all parentheses: a thread of its own; `)` too many: left out; `)`
 *    too few: closed at the end
 */
#ifndef IMAP4_WIRE_RUN_H
#define IMAP4_WIRE_RUN_H

#include "wire/set.h"
#include "wire/threads.h"

typedef enum imap4__run_kind {
    IMAP4__RUN_NONE = 0,
    IMAP4__RUN_LIST = 1,    /* SEARCH, SORT: digits and spaces */
    IMAP4__RUN_SET = 2,     /* ESEARCH, VANISHED, codes: digits and , : * */
    IMAP4__RUN_THREADS = 3  /* THREAD: digits, spaces and parentheses */
} imap4__run_kind;

/* What is being read. Everything that it makes lives in the arena. */
typedef struct imap4__run {
    int kind;
    imap4__arena *arena;
    imap4__set *set;          /* LIST, SET: made at the begin */
    imap4_threads *threads;   /* THREADS */
    uint32_t bad;             /* see above */
    size_t bytes;             /* of memory so far, for the limit */
    /* its own */
    uint64_t number;
    uint32_t before_colon;
    int digits;
    int state;
    uint32_t *levels;         /* THREADS: one for each open parenthesis; grows with what arrives */
    size_t depth;
    size_t depth_capacity;
    size_t level;             /* so many of these, from the outermost on, have a message already */
    size_t levels_bytes;
} imap4__run;

/* IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__run_begin(imap4__run *run, int kind, imap4__arena *arena);

/*
 * Reads on, up to the first byte that cannot belong to this kind of run; *taken_out tells how many bytes were. In
 * whatever pieces the bytes come, the outcome is the same. IMAP4_OK, or IMAP4_ERROR_MEMORY: then *taken_out were read
 * all the same, and the call can be made again with the rest.
 */
int imap4__run_feed(imap4__run *run, const uint8_t *data, size_t len, size_t *taken_out);

/* The run is over. IMAP4_OK or IMAP4_ERROR_MEMORY (may be called again). */
int imap4__run_end(imap4__run *run);

/* 1 if the byte can belong to a run of this kind, and if one can begin with it. */
int imap4__run_byte(int kind, uint8_t c);
int imap4__run_begins(int kind, uint8_t c);

#endif
