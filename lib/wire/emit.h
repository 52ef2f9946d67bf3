/*
 * Writing a command (RFC 9051 section 9; security: exactly one well-formed command, or a refusal).
 *
 * Nothing returns an error: the first one is remembered in `result` and makes everything later a no-op.
 */
#ifndef IMAP4_WIRE_EMIT_H
#define IMAP4_WIRE_EMIT_H

#include "base/buf.h"
#include "wire/set.h"

#include <imap4/types.h>

typedef enum imap4__mark_kind {
    IMAP4__MARK_WAIT = 1,         /* what follows must wait for the server's continuation */
    IMAP4__MARK_REFERENCE = 2,    /* here `size` bytes at `data` go out, which the request owns */
    IMAP4__MARK_SUPPLY = 3,       /* here `size` bytes go out that the program supplies */
    IMAP4__MARK_SECRET = 4,       /* from here on hidden in traces, wiped after sending */
    IMAP4__MARK_PUBLIC = 5        /* no longer */
} imap4__mark_kind;

typedef struct imap4__mark {
    size_t at; /* offset in buf */
    int kind;
    const void *data;
    uint64_t size;
} imap4__mark;

typedef enum imap4__literals {
    IMAP4__LITERALS_SYNC = 0,  /* wait for `+` each time */
    IMAP4__LITERALS_MINUS = 1, /* no wait up to 4096 bytes (RFC 7888) */
    IMAP4__LITERALS_PLUS = 2   /* never wait */
} imap4__literals;

typedef struct imap4__emit {
    imap4__buf buf;
    imap4__mark *marks;
    size_t mark_count;
    size_t mark_capacity;
    int literals;  /* imap4__literals */
    int utf8;      /* 1: quoted strings and mailbox names may be UTF-8 (rev2 or UTF8=ACCEPT enabled) */
    int rev2_only; /* 1: the server speaks IMAP4rev2 only */
    int result;    /* first error */
} imap4__emit;

void imap4__emit_init(imap4__emit *emit, const imap4_allocator *mem);
void imap4__emit_clear(imap4__emit *emit); /* wipes */

void imap4__emit_raw(imap4__emit *emit, const char *text);                 /* constants only */
void imap4__emit_bytes(imap4__emit *emit, const void *data, size_t len);   /* already valid protocol text */
void imap4__emit_number(imap4__emit *emit, uint64_t number);
void imap4__emit_string(imap4__emit *emit, imap4_str text);   /* quoted if it can be, else a literal; NUL is refused */
void imap4__emit_nstring(imap4__emit *emit, imap4_str text);  /* NIL too */
void imap4__emit_literal(imap4__emit *emit, const void *data, size_t len);        /* copied */
void imap4__emit_literal_reference(imap4__emit *emit, const void *data, size_t len);
void imap4__emit_literal_supply(imap4__emit *emit, uint64_t size);
void imap4__emit_atom(imap4__emit *emit, imap4_str text);     /* refused unless 1*ATOM-CHAR and not NIL */
void imap4__emit_flags(imap4__emit *emit, uint32_t system, const imap4_str *keywords, size_t count); /* "(\Seen x)" */
void imap4__emit_mailbox(imap4__emit *emit, imap4_str name);  /* UTF-8 or \001 + raw name; mUTF-7 unless utf8; INBOX */
void imap4__emit_set(imap4__emit *emit, const imap4__set *set); /* refused when empty */
void imap4__emit_date(imap4__emit *emit, int year, int month, int day); /* 1-Feb-1994 */
void imap4__emit_date_time(imap4__emit *emit, const imap4_date *date);  /* "17-Jul-1996 02:44:25 -0700" */
void imap4__emit_secret(imap4__emit *emit, int on);

#endif
