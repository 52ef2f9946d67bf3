/* The words of a request line. */
#ifndef TRANSCRIPT_WORDS_H
#define TRANSCRIPT_WORDS_H

#include "text.h"

enum { WORDS_MAX = 128 };

typedef struct words {
    text bytes;              /* all words, a NUL behind each */
    size_t at[WORDS_MAX];
    size_t len[WORDS_MAX];
    int quoted[WORDS_MAX];
    size_t count;
    size_t next;             /* the one that is read next */
} words;

/* Cuts a line into words. 0: it is malformed. */
int words_read(words *out, const char *line);
void words_clear(words *w);

const char *words_at(const words *w, size_t index);  /* NULL beyond the last */
const char *words_take(words *w);                    /* the next one; "" beyond the last */
const char *words_take_or_null(words *w);            /* NULL for an unquoted - */
int words_take_if(words *w, const char *word);       /* 1, and past it, if the next is this word, unquoted */
int words_left(const words *w);

#endif
