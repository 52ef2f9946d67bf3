/* Received bytes: the buffer that the transport reads into, and the framing of what lies in it. */
#ifndef IMAP4_CONN_INPUT_H
#define IMAP4_CONN_INPUT_H

#include "grammar/walk.h"
#include "wire/frame.h"

#include <imap4/conn.h>

struct imap4__event;
struct imap4__request;

/* What happens to the literal whose content is arriving. */
typedef enum imap4__literal_mode {
    IMAP4__LITERAL_NONE = 0,
    IMAP4__LITERAL_STREAM = 1, /* handed out as chunks */
    IMAP4__LITERAL_DROP = 2    /* thrown away */
} imap4__literal_mode;

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
    size_t leftover;    /* bytes of streamed or cut literals that still lie in the buffer */
    size_t hole_clean;  /* holes before this one hold no leftovers */
    size_t literals;    /* in this response */
    int stop;           /* the framer's last answer, while it is being dealt with */
    int counted;        /* a literal: it is one of `literals` */
    int looked;         /* a literal: it was found not to be asked for as a stream */
    uint64_t removed;   /* bytes of this response cut out of the buffer */
    uint64_t thrown;    /* bytes of its literals that were dropped */
    size_t skip_begin;  /* when it is skipped: where it began, */
    uint64_t skip_from; /* and how far it was read before */
    size_t first_literal; /* where the content of its first literal began, from `start`; 0: none so far */
    size_t sample;      /* bytes of its beginning kept in `head` when it is skipped: up to the first literal */
    int sample_over;    /* the first literal was reached */
    size_t sample_at;   /* where they go on, from `start` */
    uint8_t head[256];

    /* the literal that is arriving piece by piece */
    int mode;           /* imap4__literal_mode */
    uint64_t left;      /* bytes of it still to come */
    uint64_t done;      /* bytes of it handed out */
    size_t gap_at;      /* offset from `start` where its next bytes arrive but for ... */
    size_t gap;         /* ... so many bytes before them that are done with and still lie in the buffer */

    /* sections asked for as streams */
    imap4__walk walk;
    int walking;        /* 0: not tried, 1: yes, -1: this response is not to be walked */
    size_t deferred;    /* a section whose owner only the UID behind it tells: where its name begins; 0: none */
    uint32_t uid;       /* once it is known and the walk is made again: the UID; 0: first walk */
    struct imap4__event *body_end; /* made with the begin, shown at the end */
} imap4__input;

void imap4__input_init(imap4_conn *conn);
void imap4__input_clear(imap4_conn *conn);

/* Bytes behind the last response that was read. */
size_t imap4__input_unread(const imap4_conn *conn);
void imap4__input_forget(imap4_conn *conn);

/* A cursor over the current response up to the offset `end`, writing into the event's arena. */
imap4__cursor imap4__input_cursor(const imap4_conn *conn, size_t end, imap4__arena *arena);

/* Notes that the literal at the framer's position has a hole. IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__input_hole(imap4_conn *conn, size_t present, uint64_t size, int streamed);
/* Its content, but for the first `keep` bytes, arrives in this mode. */
void imap4__input_literal(imap4_conn *conn, int mode, size_t keep, uint64_t size);

/*
 * Reads on until there is an event to show: 1; or more bytes are needed: 0; or IMAP4_ERROR_MEMORY, after which the same
 * call can be made again. Fatal trouble goes to imap4__fail() and gives 0.
 */
int imap4__input_read(imap4_conn *conn);

#endif
