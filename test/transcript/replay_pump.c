/* Moves bytes and events between the transcript and the connection, in the manner of each mode. */
#include "print.h"
#include "replay.h"

#include <imap4/event.h>

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { PATIENCE = 200000 }; /* rounds after which something turns in circles */

void replay_fail(replay *r, const char *format, ...)
{
    char line[1000];
    va_list args;

    if (r->failure.len > 0)
        return;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    text_puts(&r->failure, line);
}

/* Numbers that the library chooses, and what the transcript calls them. */

static uint64_t request_number(void *user, uint64_t id)
{
    const replay *r = user;

    for (size_t i = 0; i < r->request_count; i++) {
        if (r->requests[i] == id)
            return i + 1;
    }
    return 0;
}

uint64_t replay_request_id(void *user, uint64_t number)
{
    const replay *r = user;

    return number > 0 && number <= r->request_count ? r->requests[number - 1] : UINT64_MAX;
}

uint64_t replay_serial_of(void *user, uint64_t number)
{
    const replay *r = user;

    return number > 0 && number <= r->serial_count ? r->serials[number - 1] : UINT64_MAX;
}

static uint64_t view_number(void *user, uint32_t id)
{
    replay *r = user;

    if (id == 0)
        return 0;
    for (size_t i = 0; i < r->view_count; i++) {
        if (r->view_ids[i] == id)
            return i + 1;
    }
    if (r->view_count < REPLAY_NUMBERS)
        r->view_ids[r->view_count++] = id;
    return r->view_count;
}

static uint64_t serial_number(void *user, uint64_t serial)
{
    replay *r = user;

    for (size_t i = 0; i < r->serial_count; i++) {
        if (r->serials[i] == serial)
            return i + 1;
    }
    if (r->serial_count > 0 && serial < r->serials[r->serial_count - 1])
        replay_fail(r, "a serial went back");
    if (r->serial_count < REPLAY_NUMBERS)
        r->serials[r->serial_count++] = serial;
    return r->serial_count;
}

static print_numbers numbers(replay *r)
{
    const print_numbers n = {request_number, view_number, serial_number, r, r->views};

    return n;
}

void replay_line(replay *r, size_t block, const text *line)
{
    text_add(&r->blocks[block], line->data, line->len);
    text_puts(&r->blocks[block], "\n");
}

/* Events as lines. Chunks of one section are joined, since where they are cut means nothing. */

void replay_close_chunk(replay *r)
{
    if (r->chunk_open) {
        text_printf(&r->chunk_head, " offset=%" PRIu64 " ", r->chunk_from);
        text_quote(&r->chunk_head, r->chunk.data, r->chunk.len);
        replay_line(r, r->block, &r->chunk_head);
        r->chunk_open = 0;
    }
    r->chunk.len = 0;
    r->chunk_head.len = 0;
}

static void add_chunk(replay *r, const imap4_event *event)
{
    const imap4_chunk *chunk = event->data.chunk;
    const print_numbers n = numbers(r);

    if (r->chunk_open && (event->request != r->chunk_request || chunk->offset != r->chunk_from + r->chunk.len))
        replay_close_chunk(r);
    if (!r->chunk_open) {
        print_head(&r->chunk_head, event, &n);
        r->chunk_request = event->request;
        r->chunk_from = chunk->offset;
        r->chunk_open = 1;
    }
    if (chunk->len == 0)
        replay_fail(r, "a chunk without bytes");
    text_add(&r->chunk, chunk->data, chunk->len);
}

static void show_event(replay *r, const imap4_event *event)
{
    const print_numbers n = numbers(r);
    text line = {0};

    if (event->kind == IMAP4_EVENT_BODY_CHUNK) {
        add_chunk(r, event);
        return;
    }
    replay_close_chunk(r);
    print_event(&line, event, &n);
    replay_line(r, r->block, &line);
    text_clear(&line);
}

static replay_entry *add_entry(replay *r)
{
    r->entries = must_realloc(r->entries, (r->entry_count + 1) * sizeof *r->entries);
    memset(&r->entries[r->entry_count], 0, sizeof *r->entries);
    r->entries[r->entry_count].block = r->block;
    return &r->entries[r->entry_count++];
}

void replay_print_kept(replay *r)
{
    for (size_t i = 0; i < r->entry_count; i++) {
        replay_entry *entry = &r->entries[i];

        if (entry->block != r->block)
            replay_close_chunk(r);
        r->block = entry->block;
        if (entry->event != NULL) {
            show_event(r, entry->event);
            if (imap4_event_size(entry->event) == 0)
                replay_fail(r, "a kept event of size 0");
        } else {
            replay_close_chunk(r);
            replay_line(r, r->block, &entry->line);
        }
        imap4_event_free(entry->event);
        entry->event = NULL;
        text_clear(&entry->line);
    }
    replay_close_chunk(r);
}

static void take_event(replay *r, const imap4_event *event)
{
    uint64_t number = request_number(r, event->request);
    imap4_event *kept;

    if (event->request != 0 && number == 0)
        replay_fail(r, "an event of request %" PRIu64 ", which was never made", event->request);
    if (number > 0 && r->dones[number - 1] > 0)
        replay_fail(r, "an event of request %" PRIu64 " behind its done event", number);
    if (event->kind == IMAP4_EVENT_DONE) {
        if (number == 0)
            replay_fail(r, "a done event of no request");
        else
            r->dones[number - 1]++;
    }
    if (event->kind == IMAP4_EVENT_LAYER)
        r->layer = 1;
    view_number(r, event->view);
    serial_number(r, event->serial);
    if (r->mode != REPLAY_KEPT) {
        show_event(r, event);
        return;
    }
    kept = imap4_event_keep(r->conn);
    if (kept == NULL)
        replay_fail(r, "an event cannot be kept");
    else
        add_entry(r)->event = kept;
}

static void take_end(replay *r)
{
    const imap4_error *error = imap4_conn_error(r->conn);
    text line = {0};

    if (r->closed)
        return;
    r->closed = 1;
    text_puts(&line, "closed ");
    print_result(&line, error->result);
    print_field(&line, "text", error->text);
    if (error->message.data == NULL || (error->result != IMAP4_OK && error->message.len == 0))
        replay_fail(r, "no message for an error");
    if (r->mode == REPLAY_KEPT) {
        add_entry(r)->line = line;
        return;
    }
    replay_close_chunk(r);
    replay_line(r, r->block, &line);
    text_clear(&line);
}

/* 1 if there was one at least. */
static int read_events(replay *r)
{
    int any = 0;

    for (int rounds = 0; r->failure.len == 0; rounds++) {
        const imap4_event *event = NULL;
        size_t failed = r->memory.failed;
        int result = imap4_conn_next(r->conn, &event);

        if (rounds > PATIENCE) {
            replay_fail(r, "events without end");
        } else if (result == IMAP4_EVENT) {
            take_event(r, event);
            any = 1;
        } else if (result == IMAP4_ERROR_CLOSED) {
            any |= !r->closed;
            take_end(r);
            return any;
        } else if (result == IMAP4_AGAIN) {
            if (r->closed)
                replay_fail(r, "IMAP4_AGAIN behind IMAP4_ERROR_CLOSED");
            return any;
        } else if (result != IMAP4_ERROR_MEMORY || r->memory.failed == failed) {
            replay_fail(r, "imap4_conn_next gave %d", result);
        }
    }
    return any;
}

/* What was shown must not move nor change while events are read and the time is told. */
static size_t look_again(replay *r, const uint8_t *data, size_t len)
{
    text copy = {0};
    size_t again;

    text_add(&copy, data, len);
    read_events(r);
    imap4_conn_tick(r->conn, r->now);
    if (imap4_conn_output(r->conn, &again) != data || again != len || memcmp(data, copy.data, len) != 0)
        replay_fail(r, "output moved or changed before it was acknowledged");
    text_clear(&copy);
    return 1;
}

static int take_output(replay *r)
{
    int any = 0;

    while (r->failure.len == 0) {
        size_t len = 0;
        const uint8_t *data;

        if (r->hold == 0)
            return any;
        data = imap4_conn_output(r->conn, &len);
        if (data == NULL || len == 0) {
            if (data != NULL || len != 0)
                replay_fail(r, "output without bytes must be NULL and 0");
            return any;
        }
        if (r->mode == REPLAY_FROZEN)
            len = look_again(r, data, len);
        if (r->hold > 0 && len > (uint64_t)r->hold)
            len = (size_t)r->hold;
        text_add(&r->out, data, len);
        text_add(&r->out_all, data, len);
        if (r->show)
            text_add(&r->sent[r->block], data, len);
        imap4_conn_output_done(r->conn, len);
        if (r->hold > 0)
            r->hold -= (int64_t)len;
        any = 1;
    }
    return any;
}

/* Input space. Where it is borrowed all the time, nobody may touch it meanwhile. */

enum { PATTERN = 0xa5 };

static int borrow(replay *r)
{
    int result;

    if (r->space != NULL)
        return IMAP4_OK;
    r->room = 0;
    do {
        result = imap4_conn_input(r->conn, 0, &r->space, &r->room);
    } while (result == IMAP4_ERROR_MEMORY && r->mode == REPLAY_STARVED);
    if (result != IMAP4_OK || r->room == 0) {
        r->space = NULL;
        if (result != IMAP4_OK && result != IMAP4_ERROR_CLOSED)
            replay_fail(r, "imap4_conn_input gave %d", result);
        return result;
    }
    memset(r->space, PATTERN, r->room);
    return IMAP4_OK;
}

static void check_pattern(replay *r)
{
    for (size_t i = 0; i < r->room; i++) {
        if (r->space[i] != PATTERN) {
            replay_fail(r, "borrowed input space was written to");
            return;
        }
    }
}

void replay_abandon(replay *r)
{
    if (r->space != NULL)
        imap4_conn_input_done(r->conn, 0);
    r->space = NULL;
}

void replay_pump(replay *r)
{
    int rounds = 0;
    int any;

    do {
        do {
            any = read_events(r);
            any |= take_output(r);
        } while (any && r->failure.len == 0 && rounds++ < PATIENCE);
        imap4_conn_tick(r->conn, r->now);
        any = read_events(r);
        any |= take_output(r);
    } while (any && r->failure.len == 0 && rounds++ < PATIENCE);
    if (rounds >= PATIENCE)
        replay_fail(r, "the connection turns in circles");
}

static void feed_piece(replay *r, const char *data, size_t len)
{
    while (len > 0 && r->failure.len == 0) {
        size_t some;
        int result = borrow(r);

        if (r->space == NULL && result == IMAP4_OK && !r->layer) {
            replay_pump(r);
            result = borrow(r);
            if (r->space == NULL && result == IMAP4_OK && !r->layer)
                replay_fail(r, "no room for input, and no events that must be read first");
        }
        if (r->space == NULL) {
            if (r->layer)
                text_add(&r->unread, data, len);
            return;
        }
        if (r->mode == REPLAY_PINNED)
            check_pattern(r);
        some = len < r->room ? len : r->room;
        memcpy(r->space, data, some);
        r->space = NULL;
        result = imap4_conn_input_done(r->conn, some);
        if (result < 0 && imap4_conn_error(r->conn)->result == IMAP4_OK)
            replay_fail(r, "imap4_conn_input_done gave %d", result);
        text_add(&r->in_all, data, some);
        data += some;
        len -= some;
        if (r->mode == REPLAY_PINNED)
            borrow(r);
        replay_pump(r);
    }
}

void replay_feed(replay *r, const text *bytes)
{
    size_t at = 0;

    while (at < bytes->len && r->failure.len == 0) {
        size_t fed = r->in_all.len + r->unread.len;
        size_t len = bytes->len - at;

        if (r->mode == REPLAY_BYTES)
            len = 1;
        else if (r->mode == REPLAY_CUT && fed < r->parameter && fed + len > r->parameter)
            len = r->parameter - fed;
        feed_piece(r, bytes->data + at, len);
        at += len;
    }
}
