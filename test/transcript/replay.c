#include "replay.h"

#include "call.h"

#include <imap4/command.h>
#include <imap4/options.h>

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const char *const replay_mode_names[REPLAY_MODES] = {"whole", "bytes", "cut", "starved", "kept", "pinned", "frozen"};

size_t replay_block_of(const script *s, size_t line)
{
    size_t block = line;

    while (block > 0 && !script_is_step(s->lines[block].kind))
        block--;
    while (block > 0 && s->lines[block].kind == LINE_SERVER && s->lines[block - 1].kind == LINE_SERVER)
        block--;
    return block;
}

static const char *option_rest(const script_line *line, const char *word)
{
    const size_t len = strlen(word);

    if (line->kind != LINE_OPTION || strncmp(line->bytes.data, word, len) != 0 || line->bytes.data[len] != ' ')
        return NULL;
    return line->bytes.data + len + 1;
}

const char *replay_unavailable(const script *s)
{
    for (size_t i = 0; i < s->count; i++) {
        const char *mechanism = option_rest(&s->lines[i], "needs");

        if (mechanism != NULL && !imap4_mechanism_available(mechanism))
            return mechanism;
    }
    return NULL;
}

int replay_only_whole(const script *s)
{
    for (size_t i = 0; i < s->count; i++) {
        if (option_rest(&s->lines[i], "only") != NULL)
            return 1;
    }
    return 0;
}

/* Options. */

static void trace(void *user, int direction, const char *data, size_t len)
{
    replay *r = user;

    text_add(direction == IMAP4_TRACE_RECEIVED ? &r->in_trace : &r->out_trace, data, len);
}

static int security_by_name(const char *name)
{
    for (int security = 0; security <= IMAP4_SECURITY_VERIFIED; security++) {
        text lower = {0};
        int same;

        text_lower(&lower, imap4_security_name(security));
        same = strcmp(lower.data, name) == 0;
        text_clear(&lower);
        if (same)
            return security;
    }
    return -1;
}

static int numeric_option(const script_line *line, imap4_options *options)
{
    const char *line_text = line->bytes.data;
    const size_t len = strcspn(line_text, " ");

    for (int option = 1; option < 100; option++) {
        const char *name = imap4_option_name(option);
        text lower = {0};
        int same;

        if (name == NULL)
            continue;
        text_lower(&lower, name);
        same = lower.len == len && memcmp(lower.data, line_text, len) == 0;
        text_clear(&lower);
        if (same)
            return imap4_options_set(options, option, strtoull(line_text + len, NULL, 10)) == IMAP4_OK;
    }
    return 0;
}

static void read_option(replay *r, const script_line *line, imap4_options *options)
{
    const char *rest;

    if (option_rest(line, "show") != NULL) {
        r->views = 1;
    } else if ((rest = option_rest(line, "security")) != NULL) {
        r->security = security_by_name(rest);
        if (r->security < 0)
            replay_fail(r, "line %d: no such security", line->number);
    } else if ((rest = option_rest(line, "secret")) != NULL) {
        text_add(&r->secrets, rest, strlen(rest) + 1);
    } else if (option_rest(line, "only") == NULL && option_rest(line, "needs") == NULL &&
               !numeric_option(line, options)) {
        replay_fail(r, "line %d: no such option", line->number);
    }
}

static void begin(replay *r)
{
    imap4_options *options = NULL;
    int result;

    while (imap4_options_new(&options, &r->memory.allocator) == IMAP4_ERROR_MEMORY)
        continue;
    for (size_t i = 0; i < r->script->count; i++) {
        if (r->script->lines[i].kind == LINE_OPTION)
            read_option(r, &r->script->lines[i], options);
        if (r->script->lines[i].kind == LINE_REQUEST)
            call_secrets(r->script->lines[i].bytes.data, &r->secrets);
    }
    imap4_options_set_trace(options, trace, r);
    do {
        result = imap4_conn_new(&r->conn, options);
    } while (result == IMAP4_ERROR_MEMORY);
    imap4_options_free(options);
    if (result != IMAP4_OK) {
        replay_fail(r, "imap4_conn_new gave %d", result);
        return;
    }
    if (r->security > IMAP4_SECURITY_NONE && imap4_conn_layer_done(r->conn, r->security) != IMAP4_OK)
        replay_fail(r, "the security cannot be stated");
    replay_pump(r);
}

/* Tags. `$` with digits, 1 and its number; *at moves behind it. */
static int read_tag(const char **at, size_t *number)
{
    char *end;
    unsigned long read;

    if (**at != '$' || !isdigit((unsigned char)(*at)[1]))
        return 0;
    read = strtoul(*at + 1, &end, 10);
    if (read >= REPLAY_TAGS)
        return 0;
    *number = (size_t)read;
    *at = end;
    return 1;
}

/* Replaces tags by what they stand for. Ones that are unknown yet take the word in what was sent, if that is given. */
static void resolve(replay *r, const text *from, text *to, const char *sent)
{
    const char *end = from->data + from->len;

    for (const char *at = from->data; at < end;) {
        size_t number;

        if (read_tag(&at, &number)) {
            text *tag = &r->tags[number];
            if (tag->len == 0 && sent != NULL)
                text_add(tag, sent + to->len, strcspn(sent + to->len, " \r\n"));
            text_add(to, tag->data, tag->len);
        } else {
            text_add(to, at++, 1);
        }
    }
    text_add(to, "", 0);
}

/* For showing: lines that begin with a tag of their own get the next number. */
static void guess_tags(replay *r)
{
    const char *at = r->out.data;
    size_t number = 1;

    while (number < REPLAY_TAGS && r->tags[number].len > 0)
        number++;
    for (; at != NULL && *at != '\0'; at = strchr(at, '\n') != NULL ? strchr(at, '\n') + 1 : NULL) {
        size_t len = strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

        if (len > 1 && at[len] == ' ' && isdigit((unsigned char)at[len - 1]) && number < REPLAY_TAGS)
            text_add(&r->tags[number++], at, len);
    }
    r->out.len = 0;
    text_add(&r->out, "", 0);
}

static void expect_sent(replay *r, const script_line *line)
{
    text expected = {0};
    text quoted = {0};

    if (r->show) {
        guess_tags(r);
        return;
    }
    text_add(&r->out, "", 0);
    resolve(r, &line->bytes, &expected, r->out.data);
    if (r->out.len < expected.len || memcmp(r->out.data, expected.data, expected.len) != 0) {
        text_quote(&quoted, r->out.data, r->out.len < 300 ? r->out.len : 300);
        replay_fail(r, "line %d:\n    expected C: %s\n    sent     C: %s", line->number, line->bytes.data, quoted.data);
    } else {
        memmove(r->out.data, r->out.data + expected.len, r->out.len - expected.len + 1);
        r->out.len -= expected.len;
    }
    text_clear(&expected);
    text_clear(&quoted);
}

static void nothing_left(replay *r, int number)
{
    text quoted = {0};

    if (r->show)
        guess_tags(r);
    if (r->out.len > 0) {
        text_quote(&quoted, r->out.data, r->out.len < 300 ? r->out.len : 300);
        replay_fail(r, "line %d: sent before and not told of: C: %s", number, quoted.data);
    }
    text_clear(&quoted);
}

/* Steps. */

static int result_by_name(const char *name)
{
    for (int result = 0; result > -100; result--) {
        const char *known = imap4_result_name(result);

        if (known != NULL && strcmp(known + (strncmp(known, "ERROR_", 6) == 0 ? 6 : 0), name) == 0)
            return result;
    }
    return 1;
}

static void step_request(replay *r, const script_line *line)
{
    const call_context context = {r->conn, replay_request_id, replay_serial_of, r};
    const char *arrow = strstr(line->bytes.data, " -> ");
    call_answer answer;
    text call = {0};

    text_add(&call, line->bytes.data, arrow != NULL ? (size_t)(arrow - line->bytes.data) : line->bytes.len);
    if (!call_make(&context, call.data, &answer)) {
        replay_fail(r, "line %d: not understood: %s", line->number, call.data);
    } else if (arrow != NULL && isdigit((unsigned char)arrow[4])) {
        if (answer.result != IMAP4_OK || answer.taken != strtoll(arrow + 4, NULL, 10))
            replay_fail(r, "line %d: result %d, %" PRId64 " bytes taken", line->number, answer.result, answer.taken);
    } else if (answer.result != (arrow != NULL ? result_by_name(arrow + 4) : IMAP4_OK)) {
        replay_fail(r, "line %d: the call gave %d", line->number, answer.result);
    }
    if (answer.result == IMAP4_OK && answer.request != 0 && r->request_count < REPLAY_REQUESTS)
        r->requests[r->request_count++] = answer.request;
    text_clear(&call);
}

static void step_layer(replay *r, const script_line *line)
{
    const char *what = line->bytes.data;
    text expected = {0};
    text got = {0};
    size_t len = 0;
    const uint8_t *unread;

    if (strncmp(what, "unread ", 7) == 0) {
        unread = imap4_conn_unread(r->conn, &len);
        text_add(&got, unread, unread != NULL ? len : 0);
        text_add(&got, r->unread.data, r->unread.len);
        what += 7;
        if (!text_unquote(&expected, &what) || got.len != expected.len ||
            (got.len > 0 && memcmp(got.data, expected.data, got.len) != 0))
            replay_fail(r, "line %d: unread is %s", line->number, got.data);
    } else if (strncmp(what, "done ", 5) == 0 && security_by_name(what + 5) >= 0) {
        int result;
        replay_abandon(r);
        r->layer = 0;
        r->unread.len = 0;
        do {
            result = imap4_conn_layer_done(r->conn, security_by_name(what + 5));
        } while (result == IMAP4_ERROR_MEMORY);
        if (result != IMAP4_OK)
            replay_fail(r, "line %d: the layer is refused with %d", line->number, result);
    } else {
        replay_fail(r, "line %d: not understood", line->number);
    }
    text_clear(&expected);
    text_clear(&got);
}

static void step_end(replay *r, const script_line *line)
{
    const char *what = line->bytes.data;
    int reason = strcmp(what, "eof") == 0 ? IMAP4_ERROR_EOF : strcmp(what, "tls") == 0 ? IMAP4_ERROR_TLS
                                                                                      : IMAP4_ERROR_NETWORK;

    replay_abandon(r);
    if (imap4_conn_input_eof(r->conn, reason) != IMAP4_OK)
        replay_fail(r, "line %d: the end is refused", line->number);
}

static void step_write(replay *r, const script_line *line)
{
    const char *what = line->bytes.data;

    r->held = 1;
    if (strcmp(what, "go") == 0)
        r->hold = -1;
    else if (strcmp(what, "hold") == 0)
        r->hold = 0;
    else
        r->hold = strtoll(what, NULL, 10);
}

/* A step; the line after it that is still part of it is returned. */
static size_t step(replay *r, size_t at)
{
    const script *s = r->script;
    const script_line *line = &s->lines[at];
    text bytes = {0};

    nothing_left(r, line->number);
    replay_close_chunk(r);
    r->block = at;
    switch (line->kind) {
    case LINE_SERVER:
        for (; at < s->count && s->lines[at].kind == LINE_SERVER; at++)
            resolve(r, &s->lines[at].bytes, &bytes, NULL);
        at--;
        replay_feed(r, &bytes);
        break;
    case LINE_REQUEST:
        step_request(r, line);
        break;
    case LINE_TIME:
        r->now += strtoull(line->bytes.data + (line->bytes.data[0] == '+'), NULL, 10);
        imap4_conn_tick(r->conn, r->now);
        break;
    case LINE_LAYER:
        step_layer(r, line);
        break;
    case LINE_END:
        step_end(r, line);
        break;
    default:
        step_write(r, line);
        break;
    }
    replay_pump(r);
    text_clear(&bytes);
    return at + 1;
}

static void play(replay *r)
{
    const script *s = r->script;

    for (size_t i = 0; i < s->count && r->failure.len == 0;) {
        const script_line *line = &s->lines[i];

        if (script_is_step(line->kind)) {
            i = step(r, i);
            continue;
        }
        if (line->kind == LINE_CLIENT)
            expect_sent(r, line);
        else if (line->kind == LINE_QUESTION && !r->show)
            replay_ask(r, line);
        i++;
    }
    nothing_left(r, s->count > 0 ? s->lines[s->count - 1].number : 0);
    replay_close_chunk(r);
}

/* The end, if it has not come; what it brings about is not part of the transcript. */
static void finish(replay *r)
{
    r->block = r->script->count;
    if (!r->closed && r->mode == REPLAY_BYTES)
        return; /* freed in the middle of whatever goes on */
    if (!r->closed) {
        replay_abandon(r);
        imap4_conn_input_eof(r->conn, IMAP4_ERROR_EOF);
        replay_pump(r);
        if (!r->closed)
            replay_fail(r, "the end of input does not end the connection");
    }
    for (size_t i = 0; i < r->request_count; i++) {
        if (r->dones[i] != 1)
            replay_fail(r, "request %zu has %d done events", i + 1, r->dones[i]);
    }
    if (imap4_conn_pending(r->conn) != 0)
        replay_fail(r, "requests are pending at the end");
}

int replay_run(replay *r, const script *s, replay_mode mode, size_t parameter, int show)
{
    memset(r, 0, sizeof *r);
    r->script = s;
    r->mode = mode;
    r->parameter = parameter;
    r->show = show;
    r->hold = -1;
    r->now = 1000;
    r->security = IMAP4_SECURITY_LOCAL;
    r->blocks = must_alloc((s->count + 1) * sizeof *r->blocks);
    r->sent = must_alloc((s->count + 1) * sizeof *r->sent);
    test_memory_init(&r->memory, mode == REPLAY_STARVED ? parameter : 0);
    begin(r);
    if (r->failure.len == 0)
        play(r);
    if (r->failure.len == 0)
        finish(r);
    imap4_conn_free(r->conn);
    r->conn = NULL;
    r->block = 0;
    if (mode == REPLAY_KEPT)
        replay_print_kept(r);
    if (!show) {
        replay_compare(r);
        if (r->failure.len == 0)
            replay_check_trace(r);
    }
    if (r->memory.live != 0)
        replay_fail(r, "%zu blocks of memory are lost", r->memory.live);
    return r->failure.len == 0;
}

void replay_clear(replay *r)
{
    for (size_t i = 0; i <= r->script->count; i++) {
        text_clear(&r->blocks[i]);
        text_clear(&r->sent[i]);
    }
    free(r->blocks);
    free(r->sent);
    free(r->entries);
    text_clear(&r->chunk);
    text_clear(&r->chunk_head);
    text_clear(&r->out);
    text_clear(&r->out_all);
    text_clear(&r->in_all);
    text_clear(&r->in_trace);
    text_clear(&r->out_trace);
    text_clear(&r->unread);
    text_clear(&r->secrets);
    text_clear(&r->failure);
    for (size_t i = 0; i < REPLAY_TAGS; i++)
        text_clear(&r->tags[i]);
}
