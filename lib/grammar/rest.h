/* What is left of a response when all that it should hold has been read. */
#ifndef IMAP4_GRAMMAR_REST_H
#define IMAP4_GRAMMAR_REST_H

#include "grammar/response.h"
#include "grammar/slot.h"

/* 1 if nothing but space is left. */
static inline int imap4__rest_is_empty(imap4__cursor *cur)
{
    imap4__gap(cur);
    return cur->at == cur->end;
}

/* Anything that is left is damage, which costs nothing that was read before. Always 1. */
static inline int imap4__rest(imap4__cursor *cur, imap4__response *response)
{
    if (!imap4__rest_is_empty(cur))
        imap4__response_damage(response, cur->at);
    return 1;
}

#endif
