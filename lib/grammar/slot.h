/* Text where the grammar has a place for it, between the parentheses of ENVELOPE, BODY and the like. */
#ifndef IMAP4_GRAMMAR_SLOT_H
#define IMAP4_GRAMMAR_SLOT_H

#include "wire/token.h"

/*
 * What may stand between two tokens: spaces in any number (RFC has one), and the line end that a short literal leaves.
 */
static inline void imap4__gap(imap4__cursor *cur)
{
    while (cur->at < cur->end && (*cur->at == ' ' || *cur->at == '\t' || *cur->at == '\r' || *cur->at == '\n'))
        cur->at++;
}

/* Takes NIL as a whole word; far the most frequent token of envelopes and body structures. */
static inline int imap4__slot_nil(imap4__cursor *cur)
{
    const uint8_t *at = cur->at;

    if (cur->end - at < 3 || (at[0] | 0x20) != 'n' || (at[1] | 0x20) != 'i' || (at[2] | 0x20) != 'l')
        return 0;
    if (cur->end - at > 3 && at[3] != ' ' && at[3] != ')' && at[3] != '(')
        return 0;
    cur->at = at + 3;
    return 1;
}

/* 1 if text of any form stands there: no parenthesis, no NIL, not the end. Consumes nothing. */
int imap4__slot_is_text(const imap4__cursor *cur);

/* Reads an nstring like imap4__ntext(), and also quoted strings that hold quotes which are not escaped. */
int imap4__slot(imap4__cursor *cur, imap4_str *out);

#endif
