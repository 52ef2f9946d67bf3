/* The verbs that all filters share. */
#include "filter/filter.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"

imap4_filter *imap4__filter_new(const imap4_allocator *mem, const imap4__filter_kind *kind, size_t size, size_t in_size,
                                size_t out_size)
{
    imap4_filter *filter = imap4__zalloc(mem, size);

    if (filter == NULL)
        return NULL;
    filter->mem = *mem;
    imap4__error_init(&filter->error);
    /* Both are tried before either counts, so that freeing finds them in a known state. */
    if (imap4__pipe_init(&filter->in, mem, in_size) < 0 || imap4__pipe_init(&filter->out, mem, out_size) < 0) {
        imap4__pipe_clear(&filter->in, mem);
        imap4__free(mem, filter);
        return NULL;
    }
    filter->kind = kind;
    return filter;
}

void imap4_filter_free(imap4_filter *filter)
{
    imap4_allocator mem;

    if (filter == NULL)
        return;
    mem = filter->mem;
    filter->kind->clear(filter);
    imap4__pipe_clear(&filter->in, &mem);
    imap4__pipe_clear(&filter->out, &mem);
    imap4__free(&mem, filter);
}

/* The one place where a filter fails. */
static int keep_failure(imap4_filter *filter, int result)
{
    if (result < 0)
        filter->failed = result;
    return result;
}

static int misuse(imap4_filter *filter, int result, const char *what)
{
    /* A failure that ended the filter is worth more than a wrong call after it. */
    if (filter->failed < 0)
        return result;
    return imap4__error_set(&filter->error, result, what, NULL);
}

static int advance(imap4_filter *filter)
{
    if (filter->failed < 0)
        return filter->failed;
    if (filter->kind->advance == NULL)
        return IMAP4_EVENT;
    return keep_failure(filter, filter->kind->advance(filter));
}

int imap4_filter_input(imap4_filter *filter, uint8_t **space_out, size_t *room_out)
{
    if (filter->failed < 0)
        return filter->failed;
    if (filter->eof || filter->ended)
        return IMAP4_ERROR_CLOSED;
    if (filter->in.room > 0)
        return misuse(filter, IMAP4_ERROR_STATE, "the space is borrowed already");
    *space_out = imap4__pipe_space(&filter->in, 1, room_out);
    return IMAP4_OK;
}

int imap4_filter_input_done(imap4_filter *filter, size_t len)
{
    if (len > filter->in.room)
        return misuse(filter, IMAP4_ERROR_ARGUMENT, "more bytes than there was room for");
    imap4__pipe_commit(&filter->in, len);
    return IMAP4_OK;
}

int imap4_filter_input_eof(imap4_filter *filter)
{
    if (filter->in.room > 0)
        return misuse(filter, IMAP4_ERROR_STATE, "the space is borrowed");
    filter->eof = 1;
    return IMAP4_OK;
}

const uint8_t *imap4_filter_output(imap4_filter *filter, size_t *len_out)
{
    if (filter->out.view == 0 && filter->failed == IMAP4_OK) {
        /* A handshake has something to say first; whoever asks here only must not wait for ever. */
        if (advance(filter) == IMAP4_EVENT && filter->kind->flush != NULL)
            (void)keep_failure(filter, filter->kind->flush(filter));
    }
    /* Shown also after a failure: the alert that tells the peer why. */
    return imap4__pipe_show(&filter->out, 1, len_out);
}

void imap4_filter_output_done(imap4_filter *filter, size_t len)
{
    imap4__pipe_drop(&filter->out, len < filter->out.view ? len : filter->out.view);
}

int imap4_filter_ready(imap4_filter *filter)
{
    return advance(filter);
}

int imap4_filter_read(imap4_filter *filter, uint8_t *space, size_t room, size_t *len_out)
{
    int result = advance(filter);

    *len_out = 0;
    if (filter->ended)
        return IMAP4_ERROR_EOF;
    if (result <= 0 || room == 0)
        return result < 0 ? result : IMAP4_OK;
    result = filter->kind->read(filter, space, room, len_out);
    if (result == IMAP4_ERROR_EOF) {
        filter->ended = 1;
        return result;
    }
    return keep_failure(filter, result);
}

int imap4_filter_pending(const imap4_filter *filter)
{
    if (filter->failed < 0 || filter->ended)
        return 0;
    return filter->eof || imap4__pipe_len(&filter->in) > 0 || filter->kind->pending(filter);
}

int imap4_filter_write(imap4_filter *filter, const uint8_t *data, size_t len, size_t *taken_out)
{
    int result = advance(filter);

    *taken_out = 0;
    if (filter->closed)
        return misuse(filter, IMAP4_ERROR_CLOSED, "goodbye was said already");
    if (result <= 0 || len == 0)
        return result < 0 ? result : IMAP4_OK;
    return keep_failure(filter, filter->kind->write(filter, data, len, taken_out));
}

int imap4_filter_close(imap4_filter *filter)
{
    if (filter->failed < 0)
        return filter->failed;
    if (filter->closed || filter->kind->close == NULL) {
        filter->closed = 1;
        return IMAP4_OK;
    }
    filter->closed = 1;
    return keep_failure(filter, filter->kind->close(filter));
}

const imap4_error *imap4_filter_error(const imap4_filter *filter)
{
    return &filter->error.shown;
}

int imap4_filter_available(int layer)
{
    switch (layer) {
    case IMAP4_LAYER_TLS:
        return IMAP4_HAVE_TLS;
    case IMAP4_LAYER_DEFLATE:
        return IMAP4_HAVE_COMPRESS;
    default:
        return 0;
    }
}

#if !IMAP4_HAVE_TLS
int imap4_tls_new(imap4_filter **out, const imap4_options *options, const char *host)
{
    (void)out;
    (void)options;
    (void)host;
    return IMAP4_ERROR_UNSUPPORTED;
}
#endif

#if !IMAP4_HAVE_COMPRESS
int imap4_deflate_new(imap4_filter **out, const imap4_options *options)
{
    (void)out;
    (void)options;
    return IMAP4_ERROR_UNSUPPORTED;
}
#endif
