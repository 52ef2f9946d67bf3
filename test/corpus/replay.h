/* One file of a corpus, fed to a connection. */
#ifndef CORPUS_REPLAY_H
#define CORPUS_REPLAY_H

#include "../transcript/text.h"

enum {
    REPLAY_TAGS = 500
};

/* What is known of a file. */
typedef struct replay_case {
    text bytes;
    int fresh;                  /* it begins with the greeting */
    int starttls;               /* STARTTLS is in flight over a clear connection */
    int utf8;                   /* ENABLE UTF8=ACCEPT was answered */
    int uid;                    /* the search in flight is UID SEARCH */
    int lower;                  /* the server writes tags in lower case */
    int truncated;              /* it ends in the middle of a response: nothing follows but the end of the connection */
    size_t tag_at[REPLAY_TAGS]; /* tags within the bytes, each of a command in flight */
    size_t tag_len[REPLAY_TAGS];
    size_t tag_count;
} replay_case;

/* How it is fed. */
typedef struct replay_way {
    size_t piece; /* so many bytes at a time; 0: all */
    size_t cut;   /* in two pieces, the first of so many bytes; 0: not cut */
    int stream;   /* sections are asked for as streams */
} replay_way;

/* Appends the events, one line each, and at the end how the connection ended. 1, or 0 if it could not be set up. */
int replay(text *to, const replay_case *of, replay_way way);

#endif
