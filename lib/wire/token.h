/*
 * Reading the tokens of one framed response (RFC 9051 section 4 and 9), leniently.
 *
 * The cursor reads the response where it lies and never writes to it, so any reader may go back by restoring `at`. Text
 * that is kept is copied into the arena, unescaped, with a NUL behind it.
 *
 * Readers return 1 when they read something, 0 when something else stands there (and then nothing was consumed), or
 * IMAP4_ERROR_MEMORY, IMAP4_ERROR_LIMIT, IMAP4_ERROR_PROTOCOL.
 */
#ifndef IMAP4_WIRE_TOKEN_H
#define IMAP4_WIRE_TOKEN_H

#include "base/arena.h"
#include "wire/frame.h"
#include "wire/run.h"

#include <imap4/value.h>

typedef struct imap4__cursor {
    const uint8_t *start;      /* the response's first byte */
    const uint8_t *at;
    const uint8_t *end;        /* line end not included */
    imap4__arena *arena;
    const imap4__hole *holes;  /* ascending by `at`, offsets from `base` */
    size_t hole_count;
    const uint8_t *base;       /* what hole offsets and imap4__frame offsets count from */
    uint32_t nesting_limit;
    uint32_t list_limit;
    int utf8;                  /* 1: mailbox names are UTF-8 on the wire (rev2 or UTF8=ACCEPT enabled) */
    int server;                /* imap4_server: who seems to speak; for the few readings that fit one server only */
} imap4__cursor;

/* A string as it was found. */
typedef struct imap4__text {
    imap4_str str;       /* copied into the arena; NIL for NIL */
    uint64_t size;       /* announced size; differs from str.len when cut or streamed */
    int streamed;        /* content went out as a stream: str is NIL */
    int truncated;       /* content was cut */
} imap4__text;

int imap4__peek(const imap4__cursor *cur);              /* next byte, or -1 at the end */
int imap4__take(imap4__cursor *cur, char c);            /* that very byte */
int imap4__spaces(imap4__cursor *cur);                  /* one or more spaces */
int imap4__at_end(imap4__cursor *cur);                  /* 1 if only spaces are left (they are consumed) */
int imap4__word(imap4__cursor *cur, const char *word);  /* whatever its case, and a non-atom byte or the end behind */

/* 1*ATOM-CHAR plus what servers put into atoms (bytes >= 0x80, `]`, `\`, `*`, `%`, but never `"`): ends at SP, CTL,
 * `(`, `)`, `"`, `{` when it announces a literal, or the end. A slice of the response, not copied. */
int imap4__atom(imap4__cursor *cur, imap4_str *slice_out);

int imap4__number(imap4__cursor *cur, uint64_t *out);   /* digits; saturates; tolerates -1 (0) and 9.37e+06 */
int imap4__nil(imap4__cursor *cur);                     /* NIL as a whole word */
int imap4__string(imap4__cursor *cur, imap4__text *out);  /* quoted or literal, literal8 too */
int imap4__nstring(imap4__cursor *cur, imap4__text *out); /* string, NIL, or () as NIL, or an atom */
int imap4__astring(imap4__cursor *cur, imap4_str *out);   /* atom (copied) or string; a bare NIL is the text NIL */

/* Like imap4__nstring for plain text slots: the string, cut or not. */
int imap4__ntext(imap4__cursor *cur, imap4_str *out);

int imap4__value(imap4__cursor *cur, imap4_value **out); /* any value as a tree, without recursion; nesting_limit */
int imap4__skip_value(imap4__cursor *cur);               /* any value, building nothing; balanced */
/* Skips to behind the `)` that closes the list we are in, honouring quotes, literals and nesting. */
int imap4__skip_list(imap4__cursor *cur);

/*
 * Lists of numbers, whether they lie there as text, which is read up to the first byte that cannot belong to them, or
 * were read as they arrived (a hole of that kind at the cursor). The set or the trees live in the arena; *bad_out is
 * imap4__run's `bad`. 1, 0 if nothing of that kind begins there, or IMAP4_ERROR_MEMORY.
 */
int imap4__sets(imap4__cursor *cur, int run_kind, imap4__set **out, uint32_t *bad_out);
int imap4__threads(imap4__cursor *cur, imap4_threads **out, uint32_t *bad_out);

#endif
