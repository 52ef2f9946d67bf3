#include "replay.h"

#include "json.h"
#include "support/dialogue.h"

#include <imap4/command.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROUNDS = 1000000 /* events after the end: something turns in circles */
};

typedef struct run {
    const replay_case *of;
    dialogue talk;
    text *to;
    uint64_t offset; /* bytes said before those of the case */
    uint64_t requests[REPLAY_TAGS];
    char tags[REPLAY_TAGS][24]; /* of the library */
    char *names[REPLAY_TAGS];   /* in the file */
    size_t made;                /* requests in all */
    size_t ended;
    text chunk;
    uint64_t chunk_offset;
} run;

static void close_chunk(run *r)
{
    if (r->chunk.len == 0)
        return;
    text_printf(r->to, "{\"type\": \"chunk\", \"offset\": %" PRIu64 ", \"data\": ", r->chunk_offset);
    json_bytes(r->to, r->chunk.data, r->chunk.len);
    text_puts(r->to, "}\n");
    r->chunk.len = 0;
}

static const char *tag_of(const run *r, uint64_t request)
{
    for (size_t i = 0; i < r->of->tag_count; i++) {
        if (r->requests[i] == request)
            return r->names[i];
    }
    return NULL;
}

static void see(void *user, const imap4_event *event)
{
    run *r = user;

    r->ended += event->kind == IMAP4_EVENT_DONE;
    if (event->kind == IMAP4_EVENT_BODY_CHUNK) {
        const imap4_chunk *chunk = event->data.chunk;

        if (r->chunk.len > 0 && chunk->offset != r->chunk_offset + r->chunk.len)
            close_chunk(r);
        if (r->chunk.len == 0)
            r->chunk_offset = chunk->offset;
        text_add(&r->chunk, chunk->data, chunk->len);
        return;
    }
    close_chunk(r);
    json_event(r->to, event, tag_of(r, event->request), r->offset);
    text_puts(r->to, "\n");
}

/* Requests that take what comes. */

static int ask_sections(imap4_fetch_items *items, int mode)
{
    static const struct {
        const char *part;
        int text;
    } rows[] = {
        {"", IMAP4_SECTION_ALL},     {"", IMAP4_SECTION_HEADER},    {"", IMAP4_SECTION_TEXT},
        {"1", IMAP4_SECTION_ALL},    {"1", IMAP4_SECTION_MIME},     {"2", IMAP4_SECTION_ALL},
        {"3", IMAP4_SECTION_ALL},    {"1.1", IMAP4_SECTION_ALL},    {"4", IMAP4_SECTION_ALL},
        {"4.1", IMAP4_SECTION_MIME}, {"4.2", IMAP4_SECTION_HEADER},
    };
    int result = IMAP4_OK;

    for (size_t i = 0; i < sizeof rows / sizeof *rows && result == IMAP4_OK; i++)
        result = imap4_fetch_items_section(items, rows[i].part, rows[i].text, mode);
    return result;
}

static int ask_fetch(run *r, int mode)
{
    imap4_conn *conn = r->talk.conn;
    imap4_fetch_items *items = NULL;
    imap4_seq_set *all = NULL;
    int result = -1;

    if (imap4_fetch_items_new(&items, NULL) == IMAP4_OK && imap4_seq_set_new(&all, NULL) == IMAP4_OK &&
        imap4_seq_set_add(all, 1, IMAP4_SET_STAR) == IMAP4_OK &&
        imap4_fetch_items_add(items, IMAP4_FETCH_FULL | IMAP4_FETCH_BODYSTRUCTURE) == IMAP4_OK &&
        ask_sections(items, mode) == IMAP4_OK)
        result = imap4_fetch_seq(conn, all, imap4_conn_view(conn)->serial, items, NULL);
    imap4_seq_set_free(all);
    imap4_fetch_items_free(items);
    r->made++;
    return result == IMAP4_OK;
}

static int ask_tagged(run *r)
{
    for (size_t i = 0; i < r->of->tag_count; i++) {
        int result =
            r->of->starttls ? imap4_starttls(r->talk.conn, &r->requests[i]) : imap4_noop(r->talk.conn, &r->requests[i]);

        if (result != IMAP4_OK)
            return 0;
        r->made++;
        dialogue_pump(&r->talk);
        strcpy(r->tags[i], r->talk.tag);
        for (char *at = r->tags[i]; r->of->lower && *at != '\0'; at++)
            *at = *at >= 'A' && *at <= 'Z' ? (char)(*at + 'a' - 'A') : *at;
        r->names[i] = must_alloc(r->of->tag_len[i] + 1);
        memcpy(r->names[i], r->of->bytes.data + r->of->tag_at[i], r->of->tag_len[i]);
    }
    return 1;
}

static int enable_utf8(run *r)
{
    static const char *const names[] = {"UTF8=ACCEPT"};

    if (imap4_enable(r->talk.conn, names, 1, NULL) != IMAP4_OK)
        return 0;
    dialogue_pump(&r->talk);
    dialogue_line(&r->talk, "* ENABLED UTF8=ACCEPT");
    dialogue_line(&r->talk, "$ OK enabled");
    return 1;
}

static int set_up(run *r, const imap4_options *options, int stream)
{
    int result;

    if (!dialogue_start(&r->talk, options, r->of->starttls ? IMAP4_SECURITY_NONE : IMAP4_SECURITY_LOCAL))
        return 0;
    if (r->of->fresh)
        return 1;
    if (r->of->starttls) {
        dialogue_line(&r->talk, "* OK [CAPABILITY IMAP4rev1 STARTTLS] ready");
        return ask_tagged(r);
    }
    dialogue_line(&r->talk, "* PREAUTH [CAPABILITY " DIALOGUE_CAPABILITIES "] ready");
    if ((r->of->utf8 && !enable_utf8(r)) || !dialogue_select(&r->talk) ||
        !ask_fetch(r, stream ? IMAP4_SECTION_STREAM : IMAP4_SECTION_COLLECT))
        return 0;
    result = r->of->uid ? imap4_search(r->talk.conn, NULL, NULL) : imap4_search_seq(r->talk.conn, NULL, NULL);
    r->made++;
    dialogue_pump(&r->talk);
    return result == IMAP4_OK && ask_tagged(r);
}

/* The bytes of the file with the library's tags in place of its own. */
static text with_tags(const run *r)
{
    const text *bytes = &r->of->bytes;
    text out = {0};
    size_t at = 0;

    text_puts(&out, "");
    for (size_t i = 0; i < r->of->tag_count && !r->of->fresh; i++) {
        text_add(&out, bytes->data + at, r->of->tag_at[i] - at);
        text_puts(&out, r->tags[i]);
        at = r->of->tag_at[i] + r->of->tag_len[i];
    }
    text_add(&out, bytes->data + at, bytes->len - at);
    return out;
}

/* No more bytes will come: every request must end, and the connection say so for ever. */
static void end(run *r)
{
    const imap4_event *event;
    const imap4_error *error;
    int result = IMAP4_EVENT;

    imap4_conn_input_eof(r->talk.conn, IMAP4_ERROR_EOF);
    for (int i = 0; i < ROUNDS && (result = imap4_conn_next(r->talk.conn, &event)) == IMAP4_EVENT; i++)
        see(r, event);
    close_chunk(r);
    if (result == IMAP4_ERROR_CLOSED)
        result = imap4_conn_next(r->talk.conn, &event);
    error = imap4_conn_error(r->talk.conn);
    text_puts(r->to, "{\"type\": \"close\"");
    json_word(r->to, "result", imap4_result_name(error->result));
    json_field(r->to, "message", error->message);
    json_field(r->to, "text", error->text);
    json_key(r->to, "clean");
    text_puts(r->to, result == IMAP4_ERROR_CLOSED && r->ended == r->made ? "true" : "false");
    text_puts(r->to, "}\n");
}

int replay(text *to, const replay_case *of, replay_way way)
{
    static const char sentinel[] = "* OK [XEND] end\r\n";
    run r = {.of = of, .to = to};
    imap4_options *options = NULL;
    text bytes;
    int ok;

    ok = imap4_options_new(&options, NULL) == IMAP4_OK &&
         imap4_options_set(options, IMAP4_OPTION_PIPELINE_DEPTH, 2 * REPLAY_TAGS) == IMAP4_OK &&
         imap4_options_set(options, IMAP4_OPTION_ALLOW_CLEAR, 1) == IMAP4_OK && set_up(&r, options, way.stream);
    if (ok) {
        bytes = with_tags(&r);
        if (!of->truncated)
            text_puts(&bytes, sentinel);
        r.talk.see = see;
        r.talk.user = &r;
        r.offset = r.talk.said;
        if (way.cut >= bytes.len)
            way.cut = 0;
        dialogue_say(&r.talk, bytes.data, way.cut, way.piece);
        dialogue_say(&r.talk, bytes.data + way.cut, bytes.len - way.cut, way.piece);
        end(&r);
        text_clear(&bytes);
    }
    for (size_t i = 0; i < of->tag_count; i++)
        free(r.names[i]);
    text_clear(&r.chunk);
    dialogue_close(&r.talk);
    imap4_options_free(options);
    return ok;
}
