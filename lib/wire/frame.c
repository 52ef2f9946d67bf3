#include "wire/frame.h"

#include "base/str.h"

#include <string.h>

enum state {
    BEGIN = 0,   /* looking for the first byte, then for what kind of response this is */
    LINE = 1,    /* within a line */
    LITERAL = 2, /* a literal was announced and not yet answered */
    COLLECT = 3, /* its content is awaited */
    DONE = 4
};

#define PREFIX_SPACES 8 /* as many are taken behind `*` */
#define LONGEST_WORD 8  /* longer than any that says what a response is */
#define LONGEST_TAG 40  /* our own are shorter */
#define SIZE_DIGITS 19  /* of 2^63-1 */
#define LINE_TAIL 26    /* "{" 19DIGIT "+}" CR, and some */

#define UNDECIDED (-1) /* the bytes end too early to tell */
#define GO_ON 3        /* no imap4__frame_result: the response continues */

void imap4__frame_init(imap4__frame *frame, size_t line_limit)
{
    memset(frame, 0, sizeof *frame);
    frame->line_limit = line_limit;
}

void imap4__frame_reset(imap4__frame *frame)
{
    imap4__frame_init(frame, frame->line_limit);
}

static int is_alnum(uint8_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Is the first word one of these? 1, 0, or UNDECIDED. */
static int is_word_of(const uint8_t *at, size_t len, const char *const *words)
{
    size_t size = 0;
    while (size < len && size < LONGEST_WORD && is_alnum(at[size]))
        size++;
    if (size == len && size < LONGEST_WORD)
        return UNDECIDED;
    for (; *words != NULL; words++) {
        if (strlen(*words) == size && imap4__nocase_n(at, *words, size))
            return 1;
    }
    return 0;
}

/*
 * Is this response one line? 1, 0, or UNDECIDED.
 *   response-data = "*" SP (resp-cond-state / resp-cond-bye / mailbox-data / message-data / capability-data) CRLF
 * Servers also send a code without its status: "* [COPYUID 55 31 6]".
 */
static int is_status(const uint8_t *at, size_t len)
{
    static const char *const words[] = {"OK", "NO", "BAD", "BYE", "PREAUTH", NULL};
    size_t i = 1;
    if (at[0] != '*')
        return 1;
    while (i < len && i <= PREFIX_SPACES && at[i] == ' ')
        i++;
    if (i == len)
        return UNDECIDED;
    return at[i] == '[' ? 1 : is_word_of(at + i, len - i, words);
}

/* Do the bytes begin with one of these texts, whatever its case? 1, 0, or UNDECIDED. */
static int begins_with(const uint8_t *at, size_t len, const char *const *texts)
{
    int answer = 0;
    for (; *texts != NULL; texts++) {
        size_t size = strlen(*texts);
        if (!imap4__nocase_n(at, *texts, len < size ? len : size))
            continue;
        if (len >= size)
            return 1;
        answer = UNDECIDED;
    }
    return answer;
}

/* Does a line begin like a response of its own? 1, 0, or UNDECIDED. */
static int begins_response(const uint8_t *at, size_t len)
{
    static const char *const states[] = {"OK ", "OK\r", "NO ", "NO\r", "BAD ", "BAD\r", NULL};
    size_t tag = 0;
    if (len == 0)
        return UNDECIDED;
    if (*at == '*' || *at == '+')
        return len < 2 ? UNDECIDED : at[1] == ' ';
    while (tag < len && tag <= LONGEST_TAG && is_alnum(at[tag]))
        tag++;
    if (tag == 0 || tag > LONGEST_TAG)
        return 0;
    if (tag == len)
        return UNDECIDED;
    if (at[tag] != ' ')
        return 0;
    return begins_with(at + tag + 1, len - tag - 1, states);
}

static int is_junk(uint8_t c)
{
    return c == '\r' || c == '\n' || c == '\0' || c == ' ';
}

/* Finds the first byte and the kind of the response. 1: known, 0: more bytes are needed. */
static int begin(imap4__frame *frame, const uint8_t *data, size_t len)
{
    while (frame->begin < len && is_junk(data[frame->begin]))
        frame->begin++;
    frame->at = frame->begin;
    frame->line = frame->begin;
    int status = frame->begin < len ? is_status(data + frame->begin, len - frame->begin) : UNDECIDED;
    if (status == UNDECIDED)
        return 0;
    frame->status = status;
    frame->state = LINE;
    return 1;
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

/* Follows the quotes of the next bytes of a line. */
static void track_quotes(imap4__frame *frame, const uint8_t *at, const uint8_t *end)
{
    while (at < end) {
        if (!frame->quoted) {
            at = memchr(at, '"', (size_t)(end - at));
            if (at == NULL)
                return;
            at++;
            frame->quoted = 1;
        }
        at = pass_quoted(frame, at, end);
    }
}

/*
 * literal  = "{" number64 ["+"] "}" CRLF *CHAR8
 * literal8 = "~{" number64 "}" CRLF *OCTET
 * Read backwards from the end of the line. 1 and the size, or 0.
 */
static int announces(const uint8_t *line, const uint8_t *end, uint64_t *size_out)
{
    uint64_t size = 0;
    if (end == line || *--end != '}')
        return 0;
    if (end > line && end[-1] == '+')
        end--;
    const uint8_t *digits = end;
    while (digits > line && end - digits < SIZE_DIGITS && digits[-1] >= '0' && digits[-1] <= '9')
        digits--;
    if (digits == end || digits == line || digits[-1] != '{')
        return 0;
    while (digits < end)
        size = size * 10 + (uint64_t)(*digits++ - '0');
    *size_out = size;
    return size <= INT64_MAX;
}

/* Where the text of a line ends whose LF stands at `lf`, or whose bytes so far end there. */
static size_t text_end(const imap4__frame *frame, const uint8_t *data, size_t lf)
{
    return lf > frame->line && data[lf - 1] == '\r' ? lf - 1 : lf;
}

/* Does a data response end with the line end at frame->at? 1, UNDECIDED, or 0, maybe because a literal follows. */
static int ends_response(imap4__frame *frame, const uint8_t *data, size_t len, size_t end)
{
    size_t next = frame->at + 1;
    if (frame->quoted)
        return begins_response(data + next, len - next);
    if (announces(data + frame->line, data + end, &frame->literal)) {
        frame->state = LITERAL;
        return 0;
    }
    if (frame->after_literal && end == frame->line) {
        /* A literal announced two bytes short leaves its last CRLF behind, and the response goes on with SP or `)`. */
        return next == len ? UNDECIDED : data[next] != ' ' && data[next] != ')';
    }
    return 1;
}

/* frame->at is at the LF. An imap4__frame_result or GO_ON. */
static int line_end(imap4__frame *frame, const uint8_t *data, size_t len)
{
    size_t end = text_end(frame, data, frame->at);
    int ends = frame->status ? 1 : ends_response(frame, data, len, end);
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

static int look_on(imap4__frame *frame, const uint8_t *data, size_t len)
{
    while (frame->at <= len) {
        const uint8_t *lf = memchr(data + frame->at, '\n', len - frame->at);
        size_t to = lf != NULL ? (size_t)(lf - data) : len;
        if (!frame->status)
            track_quotes(frame, data + frame->at, data + to);
        frame->at = to;
        if (too_long(frame, data, to))
            return IMAP4_ERROR_LIMIT;
        if (lf == NULL)
            break;
        int result = line_end(frame, data, len);
        if (result != GO_ON)
            return result;
    }
    return IMAP4__FRAME_MORE;
}

/* Behind a literal a new line begins. */
static void pass_literal(imap4__frame *frame, size_t present)
{
    frame->at += present;
    frame->line = frame->at;
    frame->after_literal = 1;
    frame->state = LINE;
}

int imap4__frame_next(imap4__frame *frame, const uint8_t *data, size_t len)
{
    if (frame->state == DONE)
        return IMAP4__FRAME_RESPONSE;
    if (frame->state == LITERAL)
        return IMAP4__FRAME_LITERAL;
    if (frame->state == BEGIN && !begin(frame, data, len))
        return too_long(frame, data, len) ? IMAP4_ERROR_LIMIT : IMAP4__FRAME_MORE;
    if (frame->state == COLLECT) {
        if (len < frame->at || frame->literal > len - frame->at)
            return IMAP4__FRAME_MORE;
        pass_literal(frame, (size_t)frame->literal);
    }
    return look_on(frame, data, len);
}

void imap4__frame_collect(imap4__frame *frame)
{
    frame->state = COLLECT;
}

void imap4__frame_hole(imap4__frame *frame, size_t present)
{
    pass_literal(frame, present);
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
    if (frame->state == LINE && frame->at - frame->line > LINE_TAIL)
        return frame->at - LINE_TAIL;
    return frame->state == LINE ? frame->line : frame->at;
}
