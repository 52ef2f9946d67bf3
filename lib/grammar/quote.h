/*
 * Quoted strings in envelopes and body structures, also those of servers that do not escape quotes: iCloud's
 * `"<"a.b"@y>"`, Coremail's `""""`, Domino's `"3D"Windows-1252""`, QQ's `"qq.com\"`.
 */
#ifndef IMAP4_GRAMMAR_QUOTE_H
#define IMAP4_GRAMMAR_QUOTE_H

#include "grammar/response.h"

/* What the grammar has behind a string. It tells the quote that ends it from those that stand in it. */
enum {
    IMAP4__FOLLOW_TEXT = 1, /* a string */
    IMAP4__FOLLOW_LIST = 2,
    IMAP4__FOLLOW_CLOSE = 4, /* the end of the list */
    IMAP4__FOLLOW_NUMBER = 8,
    IMAP4__FOLLOW_ANY = 15
};

/*
 * The closing quote of the string whose opening quote is at the cursor; NULL if it has none.
 *
 * That is the first quote without a backslash. Only if no separator stands behind it, or if response->loose is set, the
 * second reading applies: the first quote behind which stands what may `follow`, or else the first before a separator.
 */
const uint8_t *imap4__quote_end(const imap4__cursor *cur, imap4__response *response, int follow);

/* 1 if nothing stands at `at` that must not stand right behind a string or an atom. */
int imap4__quote_separator(const uint8_t *at, const uint8_t *end);

/*
 * Counts bytes that are read again because of quotes. 0 once they are too many for the size of the response: nothing is
 * to be tried a second time any more, so that the work stays linear whatever the bytes.
 */
int imap4__quote_again(const imap4__cursor *cur, imap4__response *response, size_t bytes);

#endif
