/* Received bytes: the buffer that the transport reads into, and the framing of what lies in it. */
#ifndef IMAP4_CONN_INPUT_H
#define IMAP4_CONN_INPUT_H

#include "base/arena.h"
#include "grammar/walk.h"
#include "wire/frame.h"
#include "wire/run.h"

#include <imap4/conn.h>

struct imap4__event;
struct imap4__request;

/* What happens to the literal, or the long list of numbers, whose content is arriving. */
typedef enum imap4__literal_mode {
    IMAP4__LITERAL_NONE = 0,
    IMAP4__LITERAL_STREAM = 1, /* handed out as chunks */
    IMAP4__LITERAL_DROP = 2,   /* thrown away */
    IMAP4__LITERAL_GATHER = 3, /* its beginning, or all of it, goes into the memory of the pending event */
    IMAP4__LITERAL_LIST = 4    /* numbers, read as they arrive */
} imap4__literal_mode;

/* Whose a literal is. */
typedef enum imap4__literal_owner {
    IMAP4__LITERAL_DATA = 0,    /* no section: part of the response */
    IMAP4__LITERAL_UNASKED = 1, /* a section that nobody asked for */
    IMAP4__LITERAL_ASKED = 2    /* a section that a request asked for, to be collected */
} imap4__literal_owner;

typedef struct imap4__input {
    imap4_allocator mem;
    uint8_t *data;
    size_t capacity;
    size_t start;       /* first byte of the current response */
    size_t end;         /* behind the last byte received */
    size_t borrowed;    /* room handed out, 0: none */
    uint64_t offset;    /* bytes removed from before `start`: absolute position of `start` */
    int eof;            /* an imap4_result: no more will come */

    imap4__frame frame;
    imap4__hole *holes;
    size_t hole_count;
    size_t hole_capacity;
    size_t leftover;    /* bytes of the content of holes that still lie in the buffer */
    size_t hole_clean;  /* holes before this one hold no leftovers */
    int stop;           /* the framer's last answer, while it is being dealt with */
    int counted;        /* a literal: it is one of `literals` */
    int looked;         /* a literal: whose it is was found out */
    uint64_t removed;   /* bytes of this response cut out of the buffer */
    struct imap4__event *event; /* the one that will carry this response, taken early: it holds what was gathered */

    /* what this response has cost so far */
    size_t literals;
    uint64_t thrown;    /* bytes of its literals that were dropped though nobody wished it */
    uint64_t asked;     /* bytes of sections asked for that are kept, wherever; */
    uint64_t asked_here; /* of these in the buffer */
    uint64_t gathered;  /* memory of other literals, and of lists that nobody asked for, outside of the buffer */
    uint64_t listed;    /* memory of its lists of numbers */
    size_t granted;     /* of the event's memory that was asked for: sections, lists of numbers */

    /* a response that is thrown away (skip.h) */
    size_t skip_begin;  /* where it began, */
    uint64_t skip_from; /* and how far it was read before */
    size_t first_literal; /* where the content of its first literal or long list began, from `start`; 0: none so far */
    size_t sample;      /* bytes of its beginning kept in `head`: up to that first one */
    int sample_over;    /* it was reached */
    size_t sample_at;   /* where they go on, from `start` */
    uint8_t head[256];

    /* the literal or list that is arriving piece by piece */
    int mode;           /* imap4__literal_mode */
    uint64_t left;      /* bytes of it still to come */
    uint64_t done;      /* bytes of it handed out */
    uint64_t keep;      /* GATHER: bytes still to be kept */
    int drained;        /* GATHER: nobody wants the rest */
    size_t gap_at;      /* offset from `start` where its next bytes arrive but for ... */
    size_t gap;         /* ... so many bytes before them that are done with and still lie in the buffer */
    imap4__arena_text text;  /* GATHER */
    imap4__run run;          /* LIST */
    size_t used_before;      /* LIST: of the event's memory */
    int list_asked;          /* LIST: a request in flight gives such lists */

    /* sections */
    imap4__walk walk;
    int walking;        /* 0: not tried, 1: yes, -1: this response is not to be walked */
    int streams;        /* 0: not known, 1: a request in flight wants streams, -1: none does */
    int owner;          /* imap4__literal_owner of the literal that the walk has come to */
    uint64_t prefix;    /* ASKED: only so many bytes of it are wanted; UINT64_MAX: all */
    size_t deferred;    /* a section whose owner only the UID behind it tells: where its name begins; 0: none */
    uint32_t uid;       /* once it is known and the walk is made again: the UID; 0: first walk */
    struct imap4__event *body_end; /* made with the begin, shown at the end */
} imap4__input;

void imap4__input_init(imap4_conn *conn);
void imap4__input_clear(imap4_conn *conn);

/* Bytes behind the last response that was read. */
size_t imap4__input_unread(const imap4_conn *conn);
void imap4__input_forget(imap4_conn *conn);

/* Bytes of this response that lie in the buffer because they must, up to where the framer is. */
size_t imap4__input_text(const imap4__input *in);

/* The event for this response; it stays the input's until the response was applied. NULL: no memory. */
struct imap4__event *imap4__input_event(imap4_conn *conn);

/* Of the pending event's memory the meaning of this response may use so much, what was asked for included. */
size_t imap4__input_memory(const imap4_conn *conn);

/* A cursor over the current response up to the offset `end`, writing into the event's arena. */
imap4__cursor imap4__input_cursor(const imap4_conn *conn, size_t end, imap4__arena *arena);

/* The first bytes of the current response as they came, without those that are done with. NIL: no memory. */
imap4_str imap4__input_raw(const imap4_conn *conn, imap4__arena *arena, size_t most);

/*
 * Reads on until there is an event to show: 1; or more bytes are needed: 0; or IMAP4_ERROR_MEMORY, after which the same
 * call can be made again. Fatal trouble goes to imap4__fail() and gives 0.
 */
int imap4__input_read(imap4_conn *conn);

#endif
