#include "grammar/attempt.h"

#include "grammar/quote.h"

/* How a reading went. */
typedef struct outcome {
    int result;
    const uint8_t *at; /* where it ended */
    const void *item;
    imap4__response response;
    imap4__arena_mark before; /* the memory without it */
} outcome;

static void perform(outcome *o, imap4__cursor *cur, imap4__response *response, imap4__attempt_reader read)
{
    o->before = imap4__arena_here(cur->arena);
    o->item = NULL;
    o->result = read(cur, response, &o->item);
    o->at = cur->at;
    o->response = *response;
    if (o->result != 1)
        imap4__arena_back(cur->arena, &o->before);
}

/* Reads again from `begin`, as if nothing had been read before. */
static void perform_loosely(outcome *o, imap4__cursor *cur, const uint8_t *begin, imap4__response *response,
                            const imap4__response *before, imap4__attempt_reader read)
{
    imap4__response now = *before;

    now.stray = response->stray;
    now.again = response->again;
    now.loose = 1;
    *response = now;
    cur->at = begin;
    perform(o, cur, response, read);
    o->response.loose = 0;
}

/* A reading that failed leaves nothing behind but what is counted for the response as a whole. */
static int take(const outcome *o, imap4__cursor *cur, imap4__response *response, const imap4__response *before,
                const void **out)
{
    imap4__response now = o->result == 1 ? o->response : *before;

    now.stray = response->stray;
    now.again = response->again;
    *response = now;
    cur->at = o->at;
    if (o->result == 1)
        *out = o->item;
    return o->result;
}

/* 1 if nothing can be gained from a second reading. */
static int is_final(const outcome *strict, const imap4__response *before)
{
    if (strict->result == IMAP4_ERROR_MEMORY || strict->response.stray == before->stray)
        return 1;
    return strict->result == 1 && strict->response.damaged == before->damaged;
}

static int is_better(const imap4__cursor *cur, const outcome *loose, const outcome *strict)
{
    if (loose->result != 1 || !imap4__quote_separator(loose->at, cur->end))
        return 0;
    return strict->result != 1 || loose->response.damaged < strict->response.damaged;
}

/* A reading came to nothing: what stands behind the item, as others see it, may be read again because of it. */
static int count_again(const imap4__cursor *cur, imap4__response *response, const uint8_t *begin, const outcome *o)
{
    return imap4__quote_again(cur, response, (size_t)(o->at - begin));
}

int imap4__attempt(imap4__cursor *cur, imap4__response *response, imap4__attempt_reader read, const void **out)
{
    const imap4__response before = *response;
    const uint8_t *begin = cur->at;
    outcome strict;
    outcome loose;

    if (!imap4__quote_again(cur, response, 0))
        return IMAP4_ERROR_PROTOCOL;
    if (response->loose) /* part of something that is read again */
        return read(cur, response, out);
    perform(&strict, cur, response, read);
    if (is_final(&strict, &before) || !count_again(cur, response, begin, &strict))
        return take(&strict, cur, response, &before, out);
    perform_loosely(&loose, cur, begin, response, &before, read);
    if (loose.result == IMAP4_ERROR_MEMORY || is_better(cur, &loose, &strict))
        return take(&loose, cur, response, &before, out);
    (void)count_again(cur, response, begin, &loose);
    imap4__arena_back(cur->arena, &loose.before);
    return take(&strict, cur, response, &before, out);
}
