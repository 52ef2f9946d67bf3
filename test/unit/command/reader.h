/*
 * Reads a command line as a server does, strictly, and independently of the library: lines with literals, then atoms,
 * strings and parentheses with one space between them. What is not well-formed fails the test.
 */
#ifndef TEST_COMMAND_READER_H
#define TEST_COMMAND_READER_H

#include "support/suite.h"

#include "wire/emit.h"

#include <stdint.h>
#include <string.h>

#define READER_TOKENS 512

/* libcheck reports each assertion to its parent, which is slow where there are millions of them. */
#define REQUIRE(condition)                                                                                             \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            ck_abort_msg("not so: %s", #condition);                                                                    \
    } while (0)

#define REQUIRE_MSG(condition, ...)                                                                                    \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            ck_abort_msg(__VA_ARGS__);                                                                                 \
    } while (0)

enum {
    READ_ATOM = 'a',
    READ_STRING = 's', /* quoted or literal */
    READ_OPEN = '(',
    READ_CLOSE = ')',
    READ_WORD = 'w',   /* expected only: atom or string */
    READ_MAILBOX = 'm' /* expected only: an INBOX atom, or a string in modified UTF-7 where it applies */
};

typedef struct token {
    int kind;
    const char *data;
    size_t len;
} token;

typedef struct reader {
    uint8_t *bytes; /* as they go over the wire, without tag and name, with the final CRLF */
    size_t len;
    int utf8;
    size_t literals[READER_TOKENS]; /* where contents begin that must wait */
    size_t literal_count;
    size_t waits[READER_TOKENS]; /* where the encoder said so */
    size_t wait_count;
    token tokens[READER_TOKENS];
    size_t count;
    char *text; /* room for unescaped texts, as much as `bytes` */
    size_t text_len;
} reader;

/* What the engine sends for this: the buffer with what belongs at the marks. */
static inline void reader_load(reader *r, const imap4__emit *emit)
{
    size_t from = 0;

    r->len = r->literal_count = r->wait_count = r->count = r->text_len = 0;
    r->utf8 = emit->utf8;
    for (size_t i = 0; i <= emit->mark_count; i++) {
        const imap4__mark *mark = i < emit->mark_count ? &emit->marks[i] : NULL;
        const size_t to = mark != NULL ? mark->at : emit->buf.len;

        if (to > from)
            memcpy(r->bytes + r->len, emit->buf.data + from, to - from);
        r->len += to - from;
        from = to;
        if (mark == NULL)
            break;
        if (mark->kind == IMAP4__MARK_WAIT)
            r->waits[r->wait_count++] = r->len;
        if (mark->kind == IMAP4__MARK_REFERENCE)
            memcpy(r->bytes + r->len, mark->data, (size_t)mark->size);
        if (mark->kind == IMAP4__MARK_SUPPLY)
            memset(r->bytes + r->len, 's', (size_t)mark->size);
        if (mark->kind == IMAP4__MARK_REFERENCE || mark->kind == IMAP4__MARK_SUPPLY)
            r->len += (size_t)mark->size;
    }
    memcpy(r->bytes + r->len, "\r\n", 2);
    r->len += 2;
}

/* "{n}" or "{n+}" at the end of a line, which is all that many servers look at: the size, and if it waits. 0: none. */
static inline int reader_announcement(const uint8_t *line, size_t len, uint64_t *size, int *waits)
{
    size_t at = len;
    uint64_t unit = 1;

    *size = 0;
    *waits = 1;
    if (at < 3 || line[--at] != '}')
        return 0;
    if (line[at - 1] == '+') {
        *waits = 0;
        at--;
    }
    for (; at > 0 && line[at - 1] >= '0' && line[at - 1] <= '9'; at--, unit *= 10)
        *size += unit * (uint64_t)(line[at - 1] - '0');
    return unit > 1 && at > 0 && line[at - 1] == '{';
}

/* Exactly one command, whoever looks at lines only. */
static inline void reader_frame(reader *r)
{
    size_t at = 0;

    for (;;) {
        size_t end = at;
        uint64_t size;
        int waits;

        while (end < r->len && r->bytes[end] != '\r' && r->bytes[end] != '\n') {
            REQUIRE_MSG(r->bytes[end] != '\0', "NUL in a line");
            end++;
        }
        REQUIRE_MSG(end + 1 < r->len && r->bytes[end] == '\r' && r->bytes[end + 1] == '\n', "stray CR or LF");
        if (!reader_announcement(r->bytes + at, end - at, &size, &waits)) {
            REQUIRE_MSG(end + 2 == r->len, "the command ends too early");
            break;
        }
        at = end + 2;
        if (waits)
            r->literals[r->literal_count++] = at;
        REQUIRE(size <= r->len - at);
        at += (size_t)size;
    }
    REQUIRE(r->literal_count == r->wait_count);
    for (size_t i = 0; i < r->wait_count; i++)
        REQUIRE(r->literals[i] == r->waits[i]);
}

static inline size_t reader_quoted(reader *r, size_t at)
{
    for (at++; r->bytes[at] != '"'; at++) {
        if (r->bytes[at] == '\\') {
            at++;
            REQUIRE_MSG(r->bytes[at] == '\\' || r->bytes[at] == '"', "a needless escape");
        }
        REQUIRE_MSG(r->bytes[at] != '\r' && r->bytes[at] != '\n', "a line end in a quoted string");
        REQUIRE_MSG(r->bytes[at] < 0x80 || r->utf8, "8 bits in a quoted string");
        r->text[r->text_len++] = (char)r->bytes[at];
    }
    return at + 1;
}

static inline size_t reader_literal(reader *r, size_t at)
{
    uint64_t size = 0;

    for (at++; r->bytes[at] >= '0' && r->bytes[at] <= '9'; at++)
        size = size * 10 + (uint64_t)(r->bytes[at] - '0');
    at += r->bytes[at] == '+';
    REQUIRE_MSG(memcmp(r->bytes + at, "}\r\n", 3) == 0, "a brace that is no literal");
    at += 3;
    REQUIRE(size <= r->len - at);
    REQUIRE_MSG(memchr(r->bytes + at, '\0', (size_t)size) == NULL, "NUL in a literal");
    memcpy(r->text + r->text_len, r->bytes + at, (size_t)size);
    r->text_len += (size_t)size;
    return at + (size_t)size;
}

static inline size_t reader_atom(reader *r, size_t at)
{
    for (; strchr(" ()\"{\r", r->bytes[at]) == NULL; at++) {
        REQUIRE_MSG(r->bytes[at] > ' ' && r->bytes[at] < 0x7f, "byte %d in an atom", r->bytes[at]);
        r->text[r->text_len++] = (char)r->bytes[at];
    }
    return at;
}

static inline void reader_tokens(reader *r)
{
    const size_t end = r->len - 2;
    size_t at = 0;
    int depth = 0;
    int before = 0; /* kind of the token before, 0 at the beginning */

    while (at < end) {
        token *made = &r->tokens[r->count];
        const int close = r->bytes[at] == ')';
        const int tail = before == READ_CLOSE && r->bytes[at] == ']'; /* BODY[HEADER.FIELDS (...)]<0.1> */

        REQUIRE(r->count < READER_TOKENS);
        if (before != READ_OPEN && !close && !tail) {
            REQUIRE_MSG(r->bytes[at] == ' ', "no space between arguments");
            at++;
        }
        REQUIRE_MSG(at < end && r->bytes[at] != ' ', "a space too many");
        *made = (token){.data = r->text + r->text_len};
        made->kind = strchr("()", r->bytes[at]) != NULL    ? r->bytes[at]
                     : strchr("\"{", r->bytes[at]) != NULL ? READ_STRING
                                                           : READ_ATOM;
        if (made->kind == READ_OPEN || made->kind == READ_CLOSE)
            depth += r->bytes[at++] == '(' ? 1 : -1;
        else if (made->kind == READ_ATOM)
            at = reader_atom(r, at);
        else
            at = r->bytes[at] == '"' ? reader_quoted(r, at) : reader_literal(r, at);
        REQUIRE(depth >= 0);
        made->len = (size_t)(r->text + r->text_len - made->data);
        before = made->kind;
        r->count++;
    }
    REQUIRE(at == end);
    REQUIRE(depth == 0);
}

#endif
