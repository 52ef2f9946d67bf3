/* A caller of the framer, for its tests: what it does with literals, runs and responses that it throws away. */
#ifndef TEST_UNIT_WIRE_FRAMING_H
#define TEST_UNIT_WIRE_FRAMING_H

#include "support/suite.h"
#include "wire/frame.h"
#include "wire/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum mode {
    COLLECT,  /* literals stay in the buffer */
    HOLE,     /* two bytes of each stay */
    SKIP,     /* every response is thrown away from its first byte on */
    SKIP_LATE /* it is when the line limit is passed */
};

/* What a caller of the framer does, with memory of exactly the right size so that reading beyond shows. */
typedef struct driver {
    imap4__frame frame;
    enum mode mode;
    uint8_t *data;
    size_t len;
    size_t fed;
    size_t most;   /* the most bytes held while skipping */
    uint64_t drop; /* bytes of a literal still to be removed at frame.at */
    size_t present;
    int stopped;          /* a limit was passed, and nothing is skipped */
    int running;          /* a run is being passed, */
    size_t run_len;       /* of which so many bytes were seen */
    char text[8192];      /* what came out */
    char positions[4096]; /* where in the stream */
} driver;

static inline void note(char *log, size_t size, const char *text, size_t len)
{
    size_t used = strlen(log);

    if (used + len >= size)
        ck_abort_msg("too much text");
    memcpy(log + used, text, len);
    log[used + len] = '\0';
}

static inline void note_number(driver *d, const char *what, uint64_t number)
{
    char text[64];

    snprintf(text, sizeof text, "%s%llu|", what, (unsigned long long)number);
    note(d->positions, sizeof d->positions, text, strlen(text));
}

static inline void start(driver *d, enum mode mode, size_t limit)
{
    memset(d, 0, sizeof *d);
    d->mode = mode;
    d->data = malloc(1);
    imap4__frame_init(&d->frame, limit);
    if (mode == SKIP)
        imap4__frame_skip(&d->frame);
}

static inline void resize(driver *d, const uint8_t *data, size_t len)
{
    uint8_t *copy = malloc(len > 0 ? len : 1);

    memcpy(copy, data, len);
    free(d->data);
    d->data = copy;
    d->len = len;
}

static inline void remove_bytes(driver *d, size_t at, size_t count)
{
    memmove(d->data + at, d->data + at + count, d->len - at - count);
    resize(d, d->data, d->len - count);
}

static inline void take_response(driver *d)
{
    const imap4__frame *frame = &d->frame;
    size_t size = frame->size;

    if (d->mode == SKIP || d->frame.skipping) {
        note(d->text, sizeof d->text, "x|", 2);
    } else {
        note(d->text, sizeof d->text, frame->status ? "s:" : "d:", 2);
        note(d->text, sizeof d->text, (char *)d->data + frame->begin, frame->end - frame->begin);
        note(d->text, sizeof d->text, "|", 1);
    }
    note_number(d, "R", d->fed - (d->len - size));
    remove_bytes(d, 0, size);
    imap4__frame_reset(&d->frame);
    if (d->mode == SKIP)
        imap4__frame_skip(&d->frame);
}

static inline void take_literal(driver *d)
{
    note_number(d, "L", d->frame.literal);
    note_number(d, "at", d->fed - (d->len - d->frame.at));
    if (d->mode == COLLECT) {
        imap4__frame_collect(&d->frame);
        return;
    }
    d->drop = d->frame.literal;
    d->present = d->frame.skipping || d->drop < 2 ? 0 : 2;
    d->drop -= d->present;
}

/* Removes what has arrived of a literal that is not collected. 1 when it is all gone. */
static inline int drop_literal(driver *d)
{
    size_t from = d->frame.at + d->present;

    if (d->len > from) {
        size_t count = d->len - from < d->drop ? d->len - from : (size_t)d->drop;

        remove_bytes(d, from, count);
        d->drop -= count;
    }
    if (d->drop > 0 || d->len < from)
        return 0;
    imap4__frame_hole(&d->frame, d->present);
    d->present = 0;
    return 1;
}

static inline void take_run(driver *d)
{
    note_number(d, "N", (uint64_t)d->frame.run);
    note_number(d, "at", d->fed - (d->len - d->frame.at));
    d->running = 1;
    d->run_len = 0;
}

/* Passes what has arrived of a run; of one that is not collected the first byte stays. 1 when it is over. */
static inline int pass_run(driver *d)
{
    size_t kept = d->mode == COLLECT ? d->run_len : d->run_len > 0;
    size_t at = d->frame.at + kept;

    while (at < d->len && imap4__run_byte(d->frame.run, d->data[at])) {
        if (d->mode == COLLECT || d->run_len == 0)
            at++;
        else
            remove_bytes(d, at, 1);
        d->run_len++;
    }
    if (at == d->len)
        return 0;
    imap4__frame_run(&d->frame, at - d->frame.at);
    note_number(d, "len", d->run_len);
    d->running = 0;
    return 1;
}

/* Cuts as a caller does that throws away. */
static inline void cut(driver *d)
{
    size_t needed = imap4__frame_needed(&d->frame);

    if (d->frame.skipping && needed > 0) {
        remove_bytes(d, 0, needed);
        imap4__frame_cut(&d->frame, 0, needed);
    }
    if (d->frame.skipping && d->len > d->most)
        d->most = d->len;
}

static inline void run(driver *d)
{
    while (!d->stopped) {
        int result;

        if ((d->drop > 0 || d->present > 0) && !drop_literal(d))
            return;
        if (d->running && !pass_run(d))
            return;
        result = imap4__frame_next(&d->frame, d->data, d->len);
        if (result != IMAP4_ERROR_PROTOCOL && imap4__frame_next(&d->frame, d->data, d->len) != result)
            ck_abort_msg("asking twice changes the answer");
        if (result == IMAP4__FRAME_MORE) {
            cut(d);
            return;
        }
        if (result == IMAP4__FRAME_RESPONSE) {
            take_response(d);
        } else if (result == IMAP4__FRAME_LITERAL) {
            take_literal(d);
            if (d->mode != COLLECT && d->drop == 0 && d->present == 0)
                imap4__frame_hole(&d->frame, 0);
        } else if (result == IMAP4__FRAME_RUN) {
            take_run(d);
        } else if (result == IMAP4_ERROR_PROTOCOL) {
            note(d->text, sizeof d->text, "LOST|", 5);
        } else {
            ck_assert_int_eq(result, IMAP4_ERROR_LIMIT);
            note(d->text, sizeof d->text, "LIMIT|", 6);
            note(d->positions, sizeof d->positions, "LIMIT|", 6);
            d->stopped = d->mode != SKIP_LATE;
            if (d->stopped)
                return;
            imap4__frame_skip(&d->frame);
            cut(d);
        }
    }
}

static inline void feed(driver *d, const char *bytes, size_t len)
{
    uint8_t *joined = malloc(d->len + len + 1);

    memcpy(joined, d->data, d->len);
    memcpy(joined + d->len, bytes, len);
    resize(d, joined, d->len + len);
    free(joined);
    d->fed += len;
    run(d);
}

static inline void finish(driver *d)
{
    free(d->data);
}

typedef void feed_fn(driver *d, const char *in, size_t len, size_t how);

static inline void in_two(driver *d, const char *in, size_t len, size_t how)
{
    feed(d, in, how);
    feed(d, in + how, len - how);
}

static inline void in_steps(driver *d, const char *in, size_t len, size_t how)
{
    for (size_t at = 0; at < len; at += how)
        feed(d, in + at, len - at < how ? len - at : how);
}

#endif
