/* One replay of a transcript against a connection of its own. */
#ifndef TRANSCRIPT_REPLAY_H
#define TRANSCRIPT_REPLAY_H

#include "script.h"
#include "support/memory.h"

#include <imap4/conn.h>

typedef enum replay_mode {
    REPLAY_WHOLE,
    REPLAY_BYTES,
    REPLAY_CUT,
    REPLAY_STARVED,
    REPLAY_KEPT,
    REPLAY_PINNED,
    REPLAY_FROZEN,
    REPLAY_MODES
} replay_mode;

extern const char *const replay_mode_names[REPLAY_MODES];

enum { REPLAY_TAGS = 64, REPLAY_REQUESTS = 256, REPLAY_NUMBERS = 256 };

/* An event that was kept, or a line that is no event. */
typedef struct replay_entry {
    imap4_event *event; /* NULL: `line` */
    text line;
    size_t block;
} replay_entry;

typedef struct replay {
    const script *script;
    replay_mode mode;
    size_t parameter; /* of the mode: where to cut, which allocation fails */
    int show;         /* do not compare, but remember what was sent, per block */
    text failure;     /* why it went wrong; empty: it did not */

    test_memory memory;
    imap4_conn *conn;
    uint64_t now;
    int views;        /* option: show views */
    int closed;
    int layer;        /* a layer must be built */
    int security;
    int failed_before; /* allocations that had failed when the last call was made */

    text *blocks;     /* what was read, line by line, by the line of the script that brought it about */
    text *sent;       /* show: what was sent */
    size_t block;
    replay_entry *entries; /* kept */
    size_t entry_count;
    text chunk;       /* a streamed section, joined */
    text chunk_head;
    uint64_t chunk_request;
    uint64_t chunk_from;
    int chunk_open;

    text out;         /* taken and not yet compared */
    text out_all;
    text in_all;
    text in_trace;
    text out_trace;
    text unread;      /* what could not be fed because a layer must be built first */
    text secrets;
    int64_t hold;     /* bytes the transport takes; -1: all */
    int held;

    uint8_t *space;   /* borrowed all the time */
    size_t room;

    text tags[REPLAY_TAGS];
    uint64_t requests[REPLAY_REQUESTS];
    int dones[REPLAY_REQUESTS];
    size_t request_count;
    uint32_t view_ids[REPLAY_NUMBERS];
    size_t view_count;
    uint64_t serials[REPLAY_NUMBERS];
    size_t serial_count;
} replay;

/* Runs it all. 1: it went as the transcript says; else `failure` tells. Ended by replay_clear() in either case. */
int replay_run(replay *r, const script *s, replay_mode mode, size_t parameter, int show);
void replay_clear(replay *r);

/* The line of the script whose step a line belongs to: that line itself for steps, the first of several S lines. */
size_t replay_block_of(const script *s, size_t line);

/* Why this build cannot run the transcript; NULL: it can. */
const char *replay_unavailable(const script *s);

/* 1 if what the server sends must not be cut. */
int replay_only_whole(const script *s);

/* replay_pump.c: reads events, takes output and tells the time until nothing more comes. */
void replay_pump(replay *r);
void replay_feed(replay *r, const text *bytes);
void replay_abandon(replay *r);      /* gives borrowed space back */
void replay_print_kept(replay *r);
void replay_close_chunk(replay *r);
void replay_line(replay *r, size_t block, const text *line);
void replay_fail(replay *r, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;
uint64_t replay_request_id(void *user, uint64_t number);
uint64_t replay_serial_of(void *user, uint64_t number);

/* replay_check.c: at the end. */
void replay_compare(replay *r);
void replay_check_trace(replay *r);
void replay_ask(replay *r, const script_line *line);

#endif
