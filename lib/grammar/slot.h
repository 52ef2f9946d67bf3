/*
 * Places of the grammar between the parentheses of ENVELOPE, BODY and the like: what stands there, whether it belongs
 * there or not.
 */
#ifndef IMAP4_GRAMMAR_SLOT_H
#define IMAP4_GRAMMAR_SLOT_H

#include "grammar/quote.h"

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

/*
 * Reads an nstring like imap4__ntext(), and also quoted strings that hold quotes which are not escaped (quote.h). 1, 0
 * if something else stands there, or an error.
 */
int imap4__slot(imap4__cursor *cur, imap4__response *response, int follow, imap4_str *out);

/*
 * The same where a text is due: before a ")" it is missing, and *out stays; what is no text is left out, with damage. 1
 * or an error.
 */
int imap4__slot_text(imap4__cursor *cur, imap4__response *response, int follow, imap4_str *out);

/*
 * Passes over whatever stands there, a list with all that is in it. Strings end where imap4__slot() ends them. 1, 0
 * before a ")" and at the end, or IMAP4_ERROR_PROTOCOL if there is no end to it.
 */
int imap4__slot_pass(imap4__cursor *cur, imap4__response *response);

/* The same, with damage. 1 or an error. */
int imap4__slot_leave_out(imap4__cursor *cur, imap4__response *response);

/* To behind the ")" of the list that we are in. 1 or an error. */
int imap4__slot_close(imap4__cursor *cur, imap4__response *response);

#endif
