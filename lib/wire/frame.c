#include "wire/frame.h"

#include "wire/announce.h"
#include "wire/opening.h"
#include "wire/run.h"

#include <string.h>

enum state {
    BEGIN = 0,   /* looking for the first byte, then for what kind of response this is */
    LINE = 1,    /* within a line */
    LITERAL = 2, /* a literal was announced and not yet answered */
    COLLECT = 3, /* its content is awaited */
    RUN = 4,     /* a run was announced and not yet answered */
    DONE = 5
};

#define UNDECIDED IMAP4__OPENING_UNDECIDED /* the bytes end too early to tell */
#define GO_ON 4                            /* no imap4__frame_result: the response continues */

void imap4__frame_init(imap4__frame *frame, size_t line_limit)
{
    memset(frame, 0, sizeof *frame);
    frame->line_limit = line_limit;
}

void imap4__frame_reset(imap4__frame *frame)
{
    imap4__frame_init(frame, frame->line_limit);
}

static int is_junk(uint8_t c)
{
    return c == '\r' || c == '\n' || c == '\0' || c == ' ';
}

/* message-data = nz-number SP ("EXPUNGE" / ("FETCH" SP msg-att)): literals stand in its parentheses. */
static int is_message(const uint8_t *at, size_t len)
{
    size_t i = 1;
    while (i < len && at[i] == ' ')
        i++;
    return at[0] == '*' && i < len && at[i] >= '0' && at[i] <= '9';
}

/* Finds the first byte and the kind of the response. 1: known, 0: more bytes are needed. */
static int begin(imap4__frame *frame, const uint8_t *data, size_t len)
{
    imap4__opening opening;
    while (frame->begin < len && is_junk(data[frame->begin]))
        frame->begin++;
    frame->at = frame->begin;
    frame->line = frame->begin;
    if (frame->begin == len || imap4__opening_read(data + frame->begin, len - frame->begin, &opening) == UNDECIDED)
        return 0;
    frame->status = opening.status;
    frame->run = opening.run;
    frame->message = is_message(data + frame->begin, len - frame->begin);
    frame->hunting = opening.run != IMAP4__RUN_NONE;
    frame->state = LINE;
    return 1;
}

/* Behind a literal or a run a new line begins. */
static void new_line(imap4__frame *frame, size_t at, int after_literal)
{
    frame->at = at;
    frame->line = at;
    frame->after_literal = after_literal;
    frame->unchecked = after_literal;
    frame->passing = 0;
    frame->state = LINE;
}

/* Walks a quoted string from `at` on. Returns behind its closing quote, or `end` if that lies further on. */
static const uint8_t *pass_quoted(imap4__frame *frame, const uint8_t *at, const uint8_t *end)
{
    const uint8_t *quote = NULL;
    at += frame->escaped;
    frame->escaped = 0;
    while (at < end) {
        if (quote == NULL || quote < at) {
            quote = memchr(at, '"', (size_t)(end - at));
            quote = quote != NULL ? quote : end;
        }
        const uint8_t *escape = memchr(at, '\\', (size_t)(quote - at));
        if (escape == NULL) {
            frame->quoted = quote == end;
            return quote == end ? end : quote + 1;
        }
        if (escape + 1 == end) {
            frame->escaped = 1;
            return end;
        }
        at = escape + 2;
    }
    return end;
}

/* May a string begin at `at`? A quote elsewhere is one that the server forgot to escape. */
static int is_token_begin(const imap4__frame *frame, const uint8_t *data, size_t at)
{
    if (at == frame->line)
        return 1;
    switch (data[at - 1]) {
    case ' ':
    case '\t':
    case '(':
    case ')':
    case '[':
    case ']':
    case '>':
        return 1;
    default:
        return 0;
    }
}

/* Follows the quotes of a line from frame->at up to `to`. */
static void track_quotes(imap4__frame *frame, const uint8_t *data, size_t to)
{
    const uint8_t *at = data + frame->at;
    const uint8_t *end = data + to;
    while (at < end) {
        if (frame->quoted) {
            at = pass_quoted(frame, at, end);
            continue;
        }
        at = memchr(at, '"', (size_t)(end - at));
        if (at == NULL)
            break;
        frame->quoted = is_token_begin(frame, data, (size_t)(at - data));
        at++;
    }
    frame->at = to;
}

/* A byte outside of quotes and runs. */
static void hunt(imap4__frame *frame, const uint8_t *data, size_t at)
{
    uint8_t c = data[at];
    if (imap4__run_begins(frame->run, c))
        frame->candidate = at > frame->line && (data[at - 1] == ' ' || data[at - 1] == '(');
    else if (frame->status)
        frame->hunting = c != ']'; /* behind the code there is text */
    else if (c == '"')
        frame->quoted = is_token_begin(frame, data, at);
}

/* A byte that may belong to a run. 1 if with it there is one, and it is to be announced. */
static int extend(imap4__frame *frame)
{
    if (++frame->candidate < IMAP4__RUN_MIN)
        return 0;
    frame->candidate = 0;
    frame->passing = frame->skipping; /* nobody reads what is thrown away */
    return !frame->skipping;
}

/* The same in a response that may hold runs. 1 if one was found: frame->at is where it begins. */
static int track_runs(imap4__frame *frame, const uint8_t *data, size_t to)
{
    size_t at = frame->at;
    while (at < to && frame->hunting) {
        int byte = imap4__run_byte(frame->run, data[at]);
        if (frame->quoted) {
            at = (size_t)(pass_quoted(frame, data + at, data + to) - data);
        } else if (frame->candidate > 0 && byte) {
            at++;
            if (extend(frame)) {
                frame->at = at - IMAP4__RUN_MIN;
                return 1;
            }
        } else if (frame->passing && byte) {
            at++;
        } else if (frame->passing) {
            new_line(frame, at, 0);
        } else {
            frame->candidate = 0;
            hunt(frame, data, at++);
        }
    }
    frame->at = to;
    return 0;
}

/* Follows a line up to `to`. 1 if a run begins before that, at frame->at. */
static int track(imap4__frame *frame, const uint8_t *data, size_t to)
{
    if (frame->hunting)
        return track_runs(frame, data, to);
    if (!frame->status)
        track_quotes(frame, data, to);
    frame->at = to;
    return 0;
}

/* Where the text of a line ends whose LF stands at `lf`, or whose bytes so far end there. */
static size_t text_end(const imap4__frame *frame, const uint8_t *data, size_t lf)
{
    return lf > frame->line && data[lf - 1] == '\r' ? lf - 1 : lf;
}

/* What cannot be followed is said once, and then passed over as text. */
static int lose(imap4__frame *frame, int otherwise)
{
    if (frame->lost)
        return otherwise;
    frame->lost = 1;
    return IMAP4_ERROR_PROTOCOL;
}

/*
 * Does a data response end with the line end at frame->at? 1, UNDECIDED, IMAP4_ERROR_PROTOCOL, or 0, maybe because a
 * literal follows.
 */
static int ends_response(imap4__frame *frame, const uint8_t *data, size_t len, size_t end)
{
    size_t next = frame->at + 1;
    int announced = imap4__announce_before(data + frame->line, data + end, frame->quoted, &frame->literal);
    if (announced == IMAP4__ANNOUNCE_LITERAL) {
        frame->state = LITERAL;
        frame->quoted = 0;
        return 0;
    }
    if (frame->quoted)
        return imap4__opening_begins(data + next, len - next);
    if (announced == IMAP4__ANNOUNCE_UNREADABLE) {
        int ends = imap4__opening_begins(data + next, len - next);
        return ends == 0 ? lose(frame, 1) : ends;
    }
    if (frame->after_literal && end == frame->line) {
        /* A literal announced two bytes short leaves its last CRLF behind, and the response goes on with SP or `)`. */
        if (next == len)
            return UNDECIDED;
        if (data[next] == ' ' || data[next] == ')')
            return 0;
        /* Or shorter still: then what comes is the rest of a mail, and its sender could write answers for us to read. */
        return frame->message ? lose(frame, 1) : 1;
    }
    return 1;
}

/* frame->at is at the LF. An imap4__frame_result, GO_ON or IMAP4_ERROR_PROTOCOL. */
static int line_end(imap4__frame *frame, const uint8_t *data, size_t len)
{
    size_t end = text_end(frame, data, frame->at);
    int ends = frame->status ? 1 : ends_response(frame, data, len, end);
    if (ends == IMAP4_ERROR_PROTOCOL)
        return ends;
    if (ends == UNDECIDED)
        return IMAP4__FRAME_MORE;
    if (ends) {
        frame->end = end;
        frame->size = frame->at + 1;
        frame->state = DONE;
        return IMAP4__FRAME_RESPONSE;
    }
    frame->at++;
    frame->escaped = 0;
    return frame->state == LITERAL ? IMAP4__FRAME_LITERAL : GO_ON;
}

static int too_long(const imap4__frame *frame, const uint8_t *data, size_t to)
{
    return !frame->skipping && text_end(frame, data, to) - frame->line > frame->line_limit;
}

/* What follows a literal: SP, `)`, a line end, or what some servers put there without a space. 1, 0, or UNDECIDED. */
static int may_follow(const uint8_t *at, size_t len)
{
    if (len == 0)
        return UNDECIDED;
    switch (*at) {
    case ' ':
    case ')':
    case '(':
    case '"':
    case '\n':
        return 1;
    case '\r':
        return len < 2 ? UNDECIDED : at[1] == '\n';
    default:
        return 0;
    }
}

static int look_on(imap4__frame *frame, const uint8_t *data, size_t len)
{
    while (frame->at <= len) {
        const uint8_t *lf = memchr(data + frame->at, '\n', len - frame->at);
        size_t to = lf != NULL ? (size_t)(lf - data) : len;
        int run = track(frame, data, to);
        if (too_long(frame, data, frame->at - frame->candidate))
            return IMAP4_ERROR_LIMIT;
        if (run) {
            frame->state = RUN;
            return IMAP4__FRAME_RUN;
        }
        if (lf == NULL)
            break;
        int result = line_end(frame, data, len);
        if (result != GO_ON)
            return result;
    }
    return IMAP4__FRAME_MORE;
}

/* The bytes behind a literal tell whether its size was right. 1, 0 (more are needed), or IMAP4_ERROR_PROTOCOL. */
static int check(imap4__frame *frame, const uint8_t *data, size_t len)
{
    int follows = frame->at <= len ? may_follow(data + frame->at, len - frame->at) : UNDECIDED;
    if (follows == UNDECIDED)
        return 0;
    frame->unchecked = 0;
    return follows ? 1 : lose(frame, 1);
}

int imap4__frame_next(imap4__frame *frame, const uint8_t *data, size_t len)
{
    if (frame->state == DONE)
        return IMAP4__FRAME_RESPONSE;
    if (frame->state == LITERAL)
        return IMAP4__FRAME_LITERAL;
    if (frame->state == RUN)
        return IMAP4__FRAME_RUN;
    if (frame->state == BEGIN && !begin(frame, data, len))
        return too_long(frame, data, len) ? IMAP4_ERROR_LIMIT : IMAP4__FRAME_MORE;
    if (frame->state == COLLECT) {
        if (len < frame->at || frame->literal > len - frame->at)
            return IMAP4__FRAME_MORE;
        new_line(frame, frame->at + (size_t)frame->literal, 1);
    }
    if (frame->unchecked) {
        int result = check(frame, data, len);
        if (result <= 0)
            return result;
    }
    return look_on(frame, data, len);
}

void imap4__frame_collect(imap4__frame *frame)
{
    frame->state = COLLECT;
}

void imap4__frame_hole(imap4__frame *frame, size_t present)
{
    new_line(frame, frame->at + present, 1);
}

void imap4__frame_run(imap4__frame *frame, size_t passed)
{
    new_line(frame, frame->at + passed, 0);
    frame->passing = 1; /* if it was not all of it, in order to skip the rest */
}

static size_t moved(size_t x, size_t offset, size_t count)
{
    if (x <= offset)
        return x;
    return x - offset < count ? offset : x - count;
}

void imap4__frame_cut(imap4__frame *frame, size_t offset, size_t count)
{
    size_t *const places[] = {&frame->begin, &frame->end, &frame->size, &frame->at, &frame->line};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        *places[i] = moved(*places[i], offset, count);
}

void imap4__frame_skip(imap4__frame *frame)
{
    frame->skipping = 1;
}

size_t imap4__frame_needed(const imap4__frame *frame)
{
    if (frame->state == BEGIN || !frame->skipping)
        return frame->begin;
    if (frame->state == LINE && frame->at - frame->line > IMAP4__ANNOUNCE_TAIL)
        return frame->at - IMAP4__ANNOUNCE_TAIL;
    return frame->state == LINE ? frame->line : frame->at;
}
