/* The inside of imap4_filter: what TLS and DEFLATE have in common, and what each brings. */
#ifndef IMAP4_FILTER_FILTER_H
#define IMAP4_FILTER_FILTER_H

#include <imap4/event.h>
#include <imap4/filter.h>

#include "base/error.h"
#include "filter/pipe.h"

/*
 * A kind of filter. The functions are called only while the filter has not failed; a negative result is kept as its
 * failure, except IMAP4_ERROR_EOF of `read`, which ends reading alone. After the network's end `read` must not answer
 * that it needs more bytes.
 */
typedef struct imap4__filter_kind {
    void (*clear)(imap4_filter *filter);                /* frees what is its own, not the filter */
    int (*advance)(imap4_filter *filter);               /* IMAP4_EVENT: ready; 0: needs the network. NULL: ready */
    int (*read)(imap4_filter *filter, uint8_t *space, size_t room, size_t *len_out);
    int (*pending)(const imap4_filter *filter);         /* decoded bytes inside, beside what is in the pipe `in` */
    int (*write)(imap4_filter *filter, const uint8_t *data, size_t len, size_t *taken_out);
    int (*flush)(imap4_filter *filter);                 /* before output is shown. May be NULL */
    int (*close)(imap4_filter *filter);                 /* May be NULL */
} imap4__filter_kind;

/* First member of each kind's own struct. */
struct imap4_filter {
    const imap4__filter_kind *kind;
    imap4_allocator mem;
    imap4__error error;
    imap4__pipe in;  /* from the network */
    imap4__pipe out; /* to the network */
    int failed;      /* the result that ended it, or IMAP4_OK */
    int ended;       /* the near side has read the end */
    int eof;         /* the network has ended */
    int closed;      /* goodbye was said */
};

/* Makes a filter of `size` bytes, its pipes with them. Zeroed behind the common part. */
imap4_filter *imap4__filter_new(const imap4_allocator *mem, const imap4__filter_kind *kind, size_t size, size_t in_size,
                                size_t out_size);

#endif
