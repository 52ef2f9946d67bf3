/*
 * Adversarial input of any size, as a table.
 *
 * The input of a generator is   head unit*K middle close*K tail   where K is `depth`, and the whole is repeated until
 * it has n bytes; with a depth of 0 it comes once, with as many units as make n bytes. Within these texts the
 * characters below stand for numbers.
 */
#ifndef LINEAR_GENERATOR_H
#define LINEAR_GENERATOR_H

#include "../transcript/text.h"

#define UP "\x01"     /* 1, 2, 3, ... */
#define DOWN "\x02"   /* 3999999999, 3999999997, ... */
#define RANDOM "\x03" /* from 1 to 2^31, in no order */
#define STEP "\x04"   /* 2, 4, 6, ... : no two make a range */
#define TAG "\x05"    /* of the command in flight */
#define SIZE "\x06"   /* how many bytes the units have */

/* What is in flight while it comes. */
typedef enum ask {
    ASK_NOTHING,
    ASK_COLLECT, /* FETCH 1:* with all items, sections collected */
    ASK_STREAM,  /* ... streamed */
    ASK_PREFIX,  /* ... the first thousand bytes of each */
    ASK_KEPT,    /* ... collected, and every tenth event kept */
    ASK_SPARSE,  /* UID FETCH of 2000 single UIDs */
    ASK_SEARCH,  /* UID SEARCH ALL */
    ASK_COPY     /* UID COPY */
} ask;

/* Limits. */
typedef enum room {
    ROOM_WIDE,   /* out of the way, but for the nesting depth */
    ROOM_DEEP,   /* the nesting depth out of the way too */
    ROOM_NARROW, /* little memory for what a response means */
    ROOM_TINY    /* so small that most of the input is skipped */
} room;

typedef struct generator {
    const char *name;
    ask asked;
    room limits;
    int event; /* imap4_event_kind: one of these must come of it */
    size_t depth;
    const char *head;
    const char *unit;
    const char *middle;
    const char *close;
    const char *tail;
} generator;

extern const generator generators[];
extern const size_t generator_count;

/* Appends about n bytes. */
void generate(text *to, const generator *of, size_t n, const char *tag);

#endif
