/*
 * Where does a response end? (RFC 9051 section 2.2.2 and 4.3, with what real servers do.)
 *
 * The framer looks at the bytes of one response as they lie in the input buffer, from the response's first byte on. It
 * remembers where it stopped, so the cost is linear whatever the pieces. It never copies.
 *
 * Rules:
 *  - CR, LF, NUL and spaces before the first byte of a response are skipped (frame->begin is the first real byte).
 *  - A line ends at LF; a CR before it belongs to the line end. A lone CR is data.
 *  - Status responses (`* OK|NO|BAD|BYE|PREAUTH` and anything of the form `* [`), continuations (`+`) and tagged lines
 *    (any first byte but `*` and `+`) are one line: no quotes, no literals.
 *  - In every other response a line that ends in `{n}`, `{n+}` or `~{n}` outside of a quoted string announces a literal
 *    of n bytes, with 19 digits and 63 bits at most; `{-n}` one of none.
 *  - A quote opens a string where a token may begin: at the begin of a line, behind a space, TAB, bracket or
 *    parenthesis. Elsewhere a server forgot to escape it, and it is a byte like others. Inside a quoted string `\`
 *    takes the next byte with it.
 *  - A line end inside an open quote belongs to the string, unless the next line begins like a response: `* `, `+ `, or
 *    letters and digits followed by ` OK`, ` NO` or ` BAD` and a space or CR. Then the quote is ignored and the
 *    response ends at that line end. (With a further line not yet received: MORE.)
 *  - A line end right behind `{n}` inside an open quote: RFC 9051 has no line ends in quoted strings, so either a
 *    server does not escape quotes, or one does not mind line ends. To take a literal for text would have the mail in
 *    it read as responses, which whoever wrote the mail could abuse; to take text for a literal swallows some bytes,
 *    and the next rule nearly always notices. So it counts as a literal where the bytes before it are such as stand
 *    before literals, and as text only behind what reads like words (announce.h).
 *  - Behind a literal stands a space, a parenthesis, a quote or a line end. Anything else shows that its size was wrong
 *    or that it was none. Nor can a line be followed that ends like an announcement whose size cannot be read (`{abc}`,
 *    `{99999999999999999999}`, `{3} `), unless the next line begins like a response: then it is text. Both are
 *    IMAP4_ERROR_PROTOCOL, once for each response: what comes from now on may be the inside of a mail. Who goes on all
 *    the same gets the response up to the next line end that could be its own.
 *  - A long list of numbers is announced as a run, so that it can be read as it arrives and need not be kept: at least
 *    IMAP4__RUN_MIN bytes that a run of this response's kind may hold (run.h), behind a space or `(`, outside of quoted
 *    strings. SEARCH and SORT have lists, THREAD has trees (from the first `(` on), ESEARCH, VANISHED and UIDBATCHES
 *    have sets, and so have the response codes COPYUID, APPENDUID and MODIFIED of status responses. Shorter ones stay
 *    text, and so do all that are thrown away. Whether there is a run depends on the bytes alone, never on the pieces
 *    they come in.
 *  - Short literal: if CR LF and then `)` or SP follow right behind a literal, that line end belongs to the response.
 *    (With nothing behind the CR LF yet: MORE.) In message data any other line end there is lost framing: the list that
 *    the literal stands in is open, so the rest of a mail follows, and must not be read as responses.
 */
#ifndef IMAP4_WIRE_FRAME_H
#define IMAP4_WIRE_FRAME_H

#include <imap4/types.h>

struct imap4__set;

/*
 * What lies between the bytes of a response: a literal whose content is not (all) there, or a long list of numbers that
 * was read as it arrived.
 */
typedef struct imap4__hole {
    size_t at;       /* offset where the content begins: right behind a literal's CRLF, or where a run began */
    size_t present;  /* how many bytes of the content lie there; of a run at least 1, so that readers see it */
    size_t junk;     /* how many bytes lie behind these that are to be passed over: content that is done with */
    uint64_t size;   /* literal: how many bytes the server announced */
    int streamed;    /* literal: 1: the content went out as chunks; 0: it was gathered or cut */
    imap4_str text;  /* literal: its content or its beginning, in the event's arena, NUL behind; NIL: it is present */
    int run;         /* imap4__run_kind (run.h); 0: this is a literal */
    uint32_t bad;    /* run: numbers left out */
    const struct imap4__set *set;             /* run: LIST and SET */
    const struct imap4_threads *threads;      /* run: THREADS */
} imap4__hole;

#define IMAP4__RUN_MIN 64

typedef enum imap4__frame_result {
    IMAP4__FRAME_MORE = 0,     /* more bytes are needed */
    IMAP4__FRAME_RESPONSE = 1, /* complete: bytes begin..end, and `size` bytes to remove from the buffer */
    IMAP4__FRAME_LITERAL = 2,  /* a literal of `literal` bytes begins at `at`: say _collect or _hole, then go on */
    IMAP4__FRAME_RUN = 3       /* a long run of numbers of the kind `run` begins at `at`: say _run, then go on */
} imap4__frame_result;

typedef struct imap4__frame {
    /* for the caller */
    size_t begin;       /* first byte of the response */
    size_t end;         /* RESPONSE: behind its last byte, line end not included */
    size_t size;        /* RESPONSE: line end included */
    size_t at;          /* LITERAL: where its content begins; otherwise how far the framer has looked */
    uint64_t literal;   /* LITERAL: announced size */
    size_t line;        /* where the current line began (behind the last literal or run, or the begin) */
    int run;            /* imap4__run_kind of the lists in this response; IMAP4__RUN_NONE: it has none */
    int status;         /* 1: one-line response (status, continuation, tagged) */
    int skipping;       /* set by imap4__frame_skip(): the response is being thrown away */
    /* the framer's own */
    int state;
    int quoted;         /* within a quoted string */
    int escaped;        /* behind a backslash in it */
    int message;        /* message data: a literal in it is never the last thing */
    int after_literal;  /* `line` is behind a literal */
    int unchecked;      /* and what follows that has not been looked at */
    int lost;           /* IMAP4_ERROR_PROTOCOL was said */
    int hunting;        /* runs are looked for */
    size_t candidate;   /* so many bytes before `at` may become a run */
    int passing;        /* within a run that was answered, or that is thrown away */
    /* limits */
    size_t line_limit;
} imap4__frame;

void imap4__frame_init(imap4__frame *frame, size_t line_limit);
void imap4__frame_reset(imap4__frame *frame); /* the next response begins */

/*
 * Looks on. `data` is the response's first byte (what was handed over before may have moved, not changed, except by
 * imap4__frame_cut). An imap4__frame_result; IMAP4_ERROR_LIMIT when the line passes line_limit (not while skipping); or
 * IMAP4_ERROR_PROTOCOL where the framing is lost (see above). At `eof` an unfinished line counts as MORE: the caller
 * reports what is left.
 */
int imap4__frame_next(imap4__frame *frame, const uint8_t *data, size_t len);

/* After LITERAL: the content stays in the buffer and is jumped over when it is all there (MORE until then). */
void imap4__frame_collect(imap4__frame *frame);

/* After LITERAL: only `present` bytes of the content lie in the buffer (0 if it was taken out); go on behind them. */
void imap4__frame_hole(imap4__frame *frame, size_t present);

/* After RUN: `passed` bytes from `at` on belong to the run and are read; the line goes on behind them. */
void imap4__frame_run(imap4__frame *frame, size_t passed);

/* The caller removed `count` bytes at `offset`, all of which the framer has passed. */
void imap4__frame_cut(imap4__frame *frame, size_t offset, size_t count);

/* Throw this response away: from now on the caller may cut everything before imap4__frame_needed(). */
void imap4__frame_skip(imap4__frame *frame);
size_t imap4__frame_needed(const imap4__frame *frame);

#endif
