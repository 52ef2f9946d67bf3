#include "parse.h"

#include "emit.h"
#include "grammar/walk.h"
#include "read.h"

#include <stdio.h>

FUZZ_BEGIN

#define MOST_HOLES 4096u /* more than inputs of a few KiB can have */

const fuzz_way fuzz_plain_way = {
    .line_limit = 1024 * 1024, .nesting_limit = 100, .list_limit = 100000, .server = IMAP4_SERVER_UNKNOWN};

static imap4__arena arena;
static imap4__hole holes[MOST_HOLES];
static uint8_t written[256 * 1024];

/* The state of one response being framed. */
typedef struct framing {
    const fuzz_way *way;
    const uint8_t *data;
    size_t size; /* all there will be */
    size_t len;  /* what has arrived */
    size_t hole_count;
    int walking;
    imap4__walk walk;
    imap4__frame *frame;
} framing;

void fuzz_parse_reset(void)
{
    if (arena.mem.allocate == NULL)
        imap4__arena_init(&arena, NULL);
    arena.limit = 0;
    imap4__arena_reset(&arena, SIZE_MAX);
}

static imap4__cursor cursor_over(const framing *f, const uint8_t *base, size_t end)
{
    imap4__cursor cursor = {0};

    cursor.base = base;
    cursor.start = cursor.at = base + f->frame->begin;
    cursor.end = base + end;
    cursor.arena = &arena;
    cursor.holes = holes;
    cursor.hole_count = f->hole_count;
    cursor.nesting_limit = f->way->nesting_limit;
    cursor.list_limit = f->way->list_limit;
    cursor.utf8 = f->way->utf8;
    cursor.server = f->way->server;
    return cursor;
}

/*
 * Looks for sections in what lies before `end`, as an engine does that has some to stream. 1 if a literal that begins there
 * is the content of one.
 */
static int walk(framing *f, size_t end)
{
    imap4__cursor cursor = cursor_over(f, f->data, end);
    imap4__walk_item item;
    int result;

    if (!f->walking || f->frame->status)
        return 0;
    do {
        memset(&item, 0, sizeof item);
        result = imap4__walk_next(&f->walk, &cursor, &item);
        FUZZ_CHECK(result == IMAP4__WALK_NOT || result == IMAP4__WALK_END || result == IMAP4__WALK_INLINE ||
                   result == IMAP4__WALK_LITERAL);
        if (result == IMAP4__WALK_INLINE || result == IMAP4__WALK_LITERAL)
            FUZZ_CHECK(item.name >= f->frame->begin && item.name < end);
        if (result == IMAP4__WALK_INLINE && !item.nil)
            FUZZ_CHECK(item.value > item.name && item.value <= end && item.value_len <= end - item.value);
        FUZZ_CHECK(result == IMAP4__WALK_NOT || (f->walk.at >= f->frame->begin && f->walk.at <= end));
    } while (result == IMAP4__WALK_INLINE);
    f->walking = result != IMAP4__WALK_NOT;
    return result == IMAP4__WALK_LITERAL;
}

static imap4__hole *new_hole(framing *f)
{
    imap4__hole *hole = &holes[f->hole_count++];

    FUZZ_CHECK(f->hole_count <= MOST_HOLES);
    memset(hole, 0, sizeof *hole);
    hole->at = f->frame->at;
    return hole;
}

/* A literal begins. 0: it will never be complete. */
static int literal(framing *f)
{
    imap4__frame *frame = f->frame;
    size_t left = f->size - frame->at;
    imap4__hole *hole;
    int section;

    FUZZ_CHECK(frame->at <= f->len);
    if (frame->literal > left)
        return 0;
    section = walk(f, frame->at);
    if (f->way->holes == FUZZ_HOLES_NONE || frame->skipping) {
        imap4__frame_collect(frame);
        return 1;
    }
    hole = new_hole(f);
    hole->size = frame->literal;
    hole->junk = (size_t)frame->literal;
    if (f->way->holes == FUZZ_HOLES_WHOLE || !section) {
        FUZZ_CHECK(imap4__arena_str(&arena, f->data + frame->at, hole->junk, &hole->text) == IMAP4_OK);
    } else if (frame->literal % 3 == 0) {
        hole->streamed = 1;
    } else if (frame->literal % 3 == 1) {
        hole->present = hole->junk / 2;
        hole->junk -= hole->present;
    } else {
        FUZZ_CHECK(imap4__arena_str(&arena, f->data + frame->at, hole->junk / 2, &hole->text) == IMAP4_OK);
    }
    f->len = f->len > frame->at + (size_t)frame->literal ? f->len : frame->at + (size_t)frame->literal;
    imap4__frame_hole(frame, (size_t)frame->literal);
    return 1;
}

/* A long list of numbers begins, which always is taken out. 0: it will never be complete. */
static int run(framing *f)
{
    size_t begin = f->frame->at;
    size_t end = begin;
    int kind = f->frame->run;
    imap4__hole *hole;
    imap4__run reader;

    while (end < f->size && imap4__run_byte(kind, f->data[end]))
        end++;
    FUZZ_CHECK(end - begin >= IMAP4__RUN_MIN || end == f->size);
    if (end == f->size)
        return 0;
    f->len = f->len > end ? f->len : end;
    if (f->frame->skipping) {
        imap4__frame_run(f->frame, end - begin);
        return 1;
    }
    FUZZ_CHECK(imap4__run_begin(&reader, kind, &arena) == IMAP4_OK);
    for (size_t at = begin; at < end;) {
        size_t give = f->way->piece > 0 && f->way->piece < end - at ? f->way->piece : end - at;
        size_t taken = 0;

        FUZZ_CHECK(imap4__run_feed(&reader, f->data + at, give, &taken) == IMAP4_OK && taken == give);
        at += taken;
    }
    FUZZ_CHECK(imap4__run_end(&reader) == IMAP4_OK);
    hole = new_hole(f);
    hole->run = kind;
    hole->junk = end - begin;
    hole->set = reader.set;
    hole->threads = reader.threads;
    hole->bad = reader.bad;
    imap4__frame_run(f->frame, end - begin);
    return 1;
}

/* 1 when the response is complete. */
static int frame_response(framing *f)
{
    int result;

    f->len = f->way->piece > 0 && f->way->piece < f->size ? f->way->piece : f->size;
    for (;;) {
        result = imap4__frame_next(f->frame, f->data, f->len);
        FUZZ_CHECK(f->frame->begin <= f->len);
        if (result == IMAP4__FRAME_RESPONSE)
            return 1;
        if (result == IMAP4__FRAME_LITERAL && !literal(f))
            return 0;
        if (result == IMAP4__FRAME_RUN && !run(f))
            return 0;
        if (result == IMAP4_ERROR_LIMIT) {
            FUZZ_CHECK(!f->frame->skipping);
            f->hole_count = 0;
            f->walking = 0;
            imap4__frame_skip(f->frame);
        }
        if (result == IMAP4__FRAME_MORE) {
            if (f->len == f->size)
                return 0;
            f->len = f->way->piece < f->size - f->len ? f->len + f->way->piece : f->size;
        }
    }
}

void fuzz_parse(fuzz_parsed *parsed, const fuzz_way *way, const uint8_t *data, size_t size)
{
    framing f = {.way = way, .data = data, .size = size, .frame = &parsed->frame, .walking = way->walk || way->holes == FUZZ_HOLES_CUT};
    uint8_t *copy;

    memset(parsed, 0, sizeof *parsed);
    imap4__frame_init(&parsed->frame, way->line_limit);
    imap4__walk_init(&f.walk);
    if (!frame_response(&f))
        return;
    parsed->size = parsed->frame.size;
    parsed->skipped = parsed->frame.skipping;
    FUZZ_CHECK(parsed->frame.begin < parsed->frame.end && parsed->frame.end < parsed->size && parsed->size <= size);
    FUZZ_CHECK(data[parsed->size - 1] == '\n');
    if (parsed->skipped)
        return;
    (void)walk(&f, parsed->frame.end);
    copy = imap4__arena_alloc(&arena, parsed->frame.end);
    FUZZ_CHECK(copy != NULL);
    memcpy(copy, data, parsed->frame.end);
    parsed->cursor = cursor_over(&f, copy, parsed->frame.end);
    arena.limit = way->starve > 0 ? arena.used + way->starve : 0;
    memset(&parsed->response, 0x55, sizeof parsed->response);
    parsed->result = imap4__response_read(&parsed->cursor, &parsed->response);
    arena.limit = 0;
    FUZZ_CHECK(parsed->result != IMAP4_ERROR_MEMORY || arena.over);
    arena.over = 0;
}

static int inside(const imap4__cursor *cursor, const void *data, size_t len)
{
    const uint8_t *at = data;

    return at >= cursor->start && at <= cursor->end && len <= (size_t)(cursor->end - at);
}

/* response.h, of imap4__response_read() */
static void check_response(const fuzz_parsed *parsed)
{
    const imap4__response *response = &parsed->response;
    const imap4__cursor *cursor = &parsed->cursor;

    FUZZ_CHECK(parsed->result == IMAP4_OK || parsed->result == IMAP4_ERROR_PROTOCOL ||
               parsed->result == IMAP4_ERROR_LIMIT);
    FUZZ_CHECK(response->kind == IMAP4__RESPONSE_UNTAGGED || response->kind == IMAP4__RESPONSE_TAGGED ||
               response->kind == IMAP4__RESPONSE_CONTINUE);
    if (response->damaged > 0 || parsed->result != IMAP4_OK) {
        FUZZ_CHECK(response->damaged > 0 && response->damage_what != NULL);
        FUZZ_CHECK(inside(cursor, response->damage_at, 0));
    }
    if (response->kind == IMAP4__RESPONSE_TAGGED) {
        FUZZ_CHECK(inside(cursor, response->tag.data, response->tag.len) && response->tag.len > 0);
        FUZZ_CHECK(response->data.text != NULL && response->data.text->status != IMAP4_STATUS_NONE);
    }
    if (response->kind == IMAP4__RESPONSE_CONTINUE)
        FUZZ_CHECK(inside(cursor, response->rest.data, response->rest.len));
    if (response->kind == IMAP4__RESPONSE_UNTAGGED)
        FUZZ_CHECK(imap4_event_kind_name(response->event) != NULL);
}

uint64_t fuzz_parsed_sum(const fuzz_parsed *parsed, int *lossy_out)
{
    const imap4__response *response = &parsed->response;
    fuzz_sum sum;

    fuzz_sum_init(&sum);
    *lossy_out = 1;
    if (parsed->size == 0 || parsed->skipped || parsed->result == IMAP4_ERROR_MEMORY)
        return 0;
    check_response(parsed);
    fuzz_add(&sum, (uint64_t)response->kind);
    fuzz_add(&sum, (uint64_t)parsed->result);
    fuzz_add(&sum, response->number);
    if (response->kind == IMAP4__RESPONSE_CONTINUE) {
        fuzz_add(&sum, fuzz_hash(0, response->rest.data, response->rest.len));
    } else if (response->kind == IMAP4__RESPONSE_TAGGED) {
        fuzz_add(&sum, fuzz_hash(0, response->tag.data, response->tag.len));
        fuzz_read(&sum, IMAP4_EVENT_TEXT, response->data);
    } else if (parsed->result == IMAP4_OK) {
        fuzz_read(&sum, response->event, response->data);
    }
    *lossy_out = sum.lossy || parsed->result != IMAP4_OK || response->damaged > 0;
    return sum.meaning;
}

/* text.h: the argument of a code is "as sent but for long lists of numbers", and what could not be read is all argument. */
int fuzz_parsed_lost(const fuzz_parsed *parsed)
{
    const imap4__response *response = &parsed->response;
    int text = response->kind == IMAP4__RESPONSE_TAGGED || response->event == IMAP4_EVENT_TEXT;

    return parsed->cursor.hole_count > 0 && text && parsed->result == IMAP4_OK &&
           response->data.text->code == IMAP4_CODE_OTHER;
}

static int write_again(fuzz_out *out, const imap4__response *response)
{
    if (response->kind == IMAP4__RESPONSE_UNTAGGED)
        return fuzz_emit(out, response->event, response->number, response->data);
    if (response->kind == IMAP4__RESPONSE_CONTINUE) {
        fuzz_put(out, "+ ");
        fuzz_put_bytes(out, response->rest.data, response->rest.len);
    } else {
        fuzz_put_bytes(out, response->tag.data, response->tag.len);
        fuzz_put(out, " ");
        fuzz_emit_text(out, response->data.text);
    }
    fuzz_put(out, "\r\n");
    return !out->over && !out->never;
}

static void print_bytes(const char *what, const uint8_t *data, size_t size)
{
    fprintf(stderr, "%s: ", what);
    for (size_t i = 0; i < size && i < 4096; i++)
        fprintf(stderr, data[i] >= ' ' && data[i] < 0x7f ? "%c" : "\\x%02x", data[i]);
    fprintf(stderr, "\n");
}

void fuzz_parsed_print(const fuzz_parsed *parsed)
{
    static uint8_t bytes[sizeof written];
    fuzz_out out = {.bytes = bytes, .capacity = sizeof bytes};
    int lossy;

    if (parsed->size == 0 || parsed->skipped) {
        fprintf(stderr, parsed->size == 0 ? "not complete\n" : "skipped\n");
        return;
    }
    print_bytes("read", parsed->cursor.start, (size_t)(parsed->cursor.end - parsed->cursor.start));
    fprintf(stderr, "result %d, %u damaged: %s, %zu holes\n", parsed->result, parsed->response.damaged,
            parsed->response.damage_what != NULL ? parsed->response.damage_what : "nothing", parsed->cursor.hole_count);
    if (fuzz_parsed_sum(parsed, &lossy) == 0 || parsed->result != IMAP4_OK)
        return;
    if (!write_again(&out, &parsed->response))
        fprintf(stderr, "this has no wire form, but about:\n");
    print_bytes("written", out.bytes, out.len);
}

void fuzz_parsed_round(const fuzz_parsed *parsed, const fuzz_way *way)
{
    fuzz_out out = {.bytes = written, .capacity = sizeof written};
    fuzz_way plain = fuzz_plain_way;
    fuzz_parsed again;
    size_t len;
    int lossy;
    uint64_t sum = fuzz_parsed_sum(parsed, &lossy);

    if (lossy || fuzz_parsed_lost(parsed) || !write_again(&out, &parsed->response))
        return;
    plain.utf8 = way->utf8;
    plain.server = way->server;
    /* Behind a literal, the next byte tells whether the response is over. */
    len = out.len;
    fuzz_put(&out, "* OK\r\n");
    fuzz_parse(&again, &plain, out.bytes, out.len);
    out.len = len;
    if (again.size == len && again.result == IMAP4_OK && again.response.damaged == 0 &&
        fuzz_parsed_sum(&again, &lossy) == sum)
        return;
    fuzz_parsed_print(parsed);
    fuzz_parsed_print(&again);
    FUZZ_CHECK(0 && "what was written is read as it was");
}

FUZZ_END
