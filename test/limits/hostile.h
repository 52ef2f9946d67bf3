/* What hostile servers say: something short before, something short over and over again, something short behind. */
#ifndef TEST_HOSTILE_H
#define TEST_HOSTILE_H

#include <stddef.h>

/* How often the middle is said. */
typedef enum hostile_length {
    NOT_AT_ALL = 0,
    FILLS_LINE = 1,     /* until the line is as long as a line may be */
    FILLS_RESPONSE = 2, /* until the response is as long as one may be */
    FILLS_TWO = 3,      /* until it would be twice as long as one may be */
    FILLS_LIST = 4,     /* as often as a list may have elements */
    WITHOUT_END = 5     /* ... the connection has to be given up */
} hostile_length;

/* What the program has asked for meanwhile. */
typedef enum hostile_asked {
    ASKED_NOTHING = 0,
    ASKED_FLAGS = 1,   /* FETCH, nothing that is long */
    ASKED_STREAMS = 2, /* FETCH of all sections that are talked about, as streams */
    ASKED_PREFIX = 3   /* the first 100 bytes of BODY[] */
} hostile_asked;

/* What must come of it. */
typedef enum hostile_outcome {
    READ = 1,    /* it is understood, or the smallest thing in it is not */
    SKIPPED = 2, /* it is reported as beyond a limit, with its place and its length */
    GIVEN_UP = 3, /* the connection ends with IMAP4_ERROR_LIMIT */
    LEFT = 4     /* the server says goodbye */
} hostile_outcome;

typedef struct hostile {
    const char *name;
    int asked;
    const char *head;
    const char *unit;
    int length;
    const char *tail;
    int rounds;        /* how many such responses */
    int outcome;       /* with default options, and */
    int small_outcome; /* with IMAP4_PRESET_SMALL */
} hostile;

extern const hostile hostiles[];
extern const size_t hostile_count;

#endif
