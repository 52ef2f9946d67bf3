/*
 * How a literal is announced (RFC 9051 section 4.3 and 9):
 *   literal  = "{" number64 ["+"] "}" CRLF *CHAR8
 *   literal8 = "~{" number64 "}" CRLF *OCTET
 * A size has 19 digits and 63 bits at most. A negative one (free.fr: `{-1}`) announces nothing, like `{0}`.
 */
#ifndef IMAP4_WIRE_ANNOUNCE_H
#define IMAP4_WIRE_ANNOUNCE_H

#include <imap4/types.h>

typedef enum imap4__announce {
    IMAP4__ANNOUNCE_NONE = 0,      /* this is no announcement */
    IMAP4__ANNOUNCE_LITERAL = 1,
    IMAP4__ANNOUNCE_UNREADABLE = 2 /* it looks like one, but of what size? */
} imap4__announce;

#define IMAP4__ANNOUNCE_TAIL 64 /* so many bytes before the end of a line decide */

/*
 * What stands at the end of a line's text? With `quoted` a quote before it is open; then only what cannot be prose
 * counts: behind `(`, or behind a space and `)`, `]`, `>`, `"`, or a word of capitals and digits (NIL, RFC822.TEXT).
 */
int imap4__announce_before(const uint8_t *line, const uint8_t *end, int quoted, uint64_t *size_out);

/* Where the content of a literal begins that is announced at `at`, its line end included; NULL if none is. */
const uint8_t *imap4__announce_at(const uint8_t *at, const uint8_t *end, uint64_t *size_out);

/* Behind the line end at `at`, or NULL if there is none. */
const uint8_t *imap4__announce_line_end(const uint8_t *at, const uint8_t *end);

#endif
