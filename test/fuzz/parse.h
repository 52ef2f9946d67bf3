/* From bytes to an event and back, for the targets that read responses. */
#ifndef TEST_FUZZ_PARSE_H
#define TEST_FUZZ_PARSE_H

#include "fuzz.h"

#include "grammar/response.h"
#include "wire/frame.h"

#include <imap4/server.h>

typedef enum fuzz_holes {
    FUZZ_HOLES_NONE = 0,  /* literals stay where they are */
    FUZZ_HOLES_WHOLE = 1, /* their content is taken out, all of it */
    FUZZ_HOLES_CUT = 2    /* the same, but of sections only the beginning is there, or nothing */
} fuzz_holes;

/* How responses are read. */
typedef struct fuzz_way {
    int utf8;
    int server;
    int holes;       /* fuzz_holes */
    int walk;        /* 1: sections are looked for as well, while framing */
    size_t piece;    /* so many bytes arrive at a time; 0: all at once */
    size_t starve;   /* memory ends after so many bytes; 0: never */
    size_t line_limit;
    uint32_t nesting_limit;
    uint32_t list_limit;
} fuzz_way;

/* A response, read. The bytes lie in the arena too, and end where the response ends. */
typedef struct fuzz_parsed {
    size_t size;     /* bytes that it took; 0: it is not complete */
    int skipped;     /* 1: beyond the line limit */
    int result;      /* of imap4__response_read() */
    imap4__frame frame;
    imap4__cursor cursor;
    imap4__response response;
} fuzz_parsed;

extern const fuzz_way fuzz_plain_way;

/* Forgets everything that was read before. */
void fuzz_parse_reset(void);

/* The first response of the bytes. */
void fuzz_parse(fuzz_parsed *parsed, const fuzz_way *way, const uint8_t *data, size_t size);

/* Looks at all of it. The sum stands for what it means; *lossy_out: it cannot be written down again. */
uint64_t fuzz_parsed_sum(const fuzz_parsed *parsed, int *lossy_out);

/* 1 if long lists of numbers were read as they came, and then were not what they should be: they are nowhere. */
int fuzz_parsed_lost(const fuzz_parsed *parsed);

/* Shows what was read and what it is written as, for whoever has to find out what is wrong. */
void fuzz_parsed_print(const fuzz_parsed *parsed);

/* Writes it down, reads that, and compares. */
void fuzz_parsed_round(const fuzz_parsed *parsed, const fuzz_way *way);

#endif
