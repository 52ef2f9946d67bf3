/* COMPRESS=DEFLATE (RFC 4978): raw deflate streams without header or checksum, one each way, that never end. */
#include <stddef.h>
#include <zlib.h>

#include "base/mem.h"
#include "base/options.h"
#include "filter/filter.h"

enum {
    IN_SIZE = 32 * 1024,
    OUT_SIZE = 64 * 1024,
    /* RFC 4978 section 4: both sides use 15 bits of window; negative means raw. */
    WINDOW = -15,
    /* A sync flush needs six bytes; with fewer, zlib asks to be called again and would write the marker twice. */
    FLUSH_ROOM = 16
};

typedef struct deflate_filter {
    imap4_filter filter;
    z_stream inflate;
    z_stream deflate;
    int inflate_ready; /* the streams that have to be ended */
    int deflate_ready;
    int more;     /* inflate has something to say without further input: bytes, its end, or an error */
    int dirty;    /* written since the last flush */
    int flushing; /* a flush did not fit: it must be finished before anything else is written */
} deflate_filter;

/* In front of each piece of zlib's memory: its size, so that the mail in the windows can be wiped. */
typedef union piece {
    size_t size;
    max_align_t align;
} piece;

static voidpf take(voidpf opaque, uInt items, uInt size)
{
    piece *made;
    size_t whole;

    if (size != 0 && items > (SIZE_MAX - sizeof *made) / size)
        return Z_NULL;
    whole = sizeof *made + (size_t)items * size;
    made = imap4__alloc(opaque, whole);
    if (made == NULL)
        return Z_NULL;
    made->size = whole;
    return made + 1;
}

static void give(voidpf opaque, voidpf memory)
{
    piece *made = (piece *)memory - 1;

    imap4__wipe(made, made->size);
    imap4__free(opaque, made);
}

static void clear(imap4_filter *filter)
{
    deflate_filter *self = (deflate_filter *)filter;

    if (self->inflate_ready)
        (void)inflateEnd(&self->inflate);
    if (self->deflate_ready)
        (void)deflateEnd(&self->deflate);
}

/* zlib's pointers are not const, but it only reads from next_in. */
static Bytef *input_of(const uint8_t *data)
{
    union {
        const uint8_t *in;
        Bytef *out;
    } both;

    both.in = data;
    return both.out;
}

static uInt bounded(size_t len)
{
    const size_t most = 1U << 30;

    return (uInt)(len < most ? len : most);
}

static int read_bytes(imap4_filter *filter, uint8_t *space, size_t room, size_t *len_out)
{
    deflate_filter *self = (deflate_filter *)filter;
    uInt offered = bounded(room);
    size_t waiting;
    const uint8_t *data = imap4__pipe_show(&filter->in, 0, &waiting);
    int status;

    if (waiting == 0 && !self->more)
        return filter->eof ? IMAP4_ERROR_EOF : IMAP4_OK;
    self->inflate.next_in = input_of(data);
    self->inflate.avail_in = (uInt)waiting;
    self->inflate.next_out = space;
    self->inflate.avail_out = offered;
    status = inflate(&self->inflate, Z_SYNC_FLUSH);
    imap4__pipe_drop(&filter->in, waiting - self->inflate.avail_in);
    *len_out = offered - self->inflate.avail_out;
    self->more = self->inflate.avail_out == 0 || (status != Z_OK && status != Z_BUF_ERROR);
    if (*len_out > 0)
        return IMAP4_OK; /* the bytes first; what is wrong behind them shows again at the next call */
    if (status == Z_STREAM_END)
        return IMAP4_ERROR_EOF;
    if (status == Z_MEM_ERROR)
        return imap4__error_set(&filter->error, IMAP4_ERROR_MEMORY, "no memory to decompress", NULL);
    if (status != Z_OK && status != Z_BUF_ERROR)
        return imap4__error_set(&filter->error, IMAP4_ERROR_PROTOCOL, "the server's compressed data is damaged",
                                self->inflate.msg);
    return filter->eof && imap4__pipe_len(&filter->in) == 0 ? IMAP4_ERROR_EOF : IMAP4_OK;
}

static int pending(const imap4_filter *filter)
{
    return ((const deflate_filter *)filter)->more;
}

/* Runs deflate into the output pipe; gives the bytes taken from `data`. */
static int run(deflate_filter *self, const uint8_t *data, size_t len, int mode, size_t *taken_out)
{
    imap4_filter *filter = &self->filter;
    size_t room;
    uint8_t *space = imap4__pipe_space(&filter->out, 0, &room);
    uInt offered = bounded(len);
    int status;

    *taken_out = 0;
    if (room < FLUSH_ROOM)
        return IMAP4_OK;
    self->deflate.next_in = input_of(data);
    self->deflate.avail_in = offered;
    self->deflate.next_out = space;
    self->deflate.avail_out = (uInt)room;
    status = deflate(&self->deflate, mode);
    if (status != Z_OK && status != Z_BUF_ERROR)
        return imap4__error_set(&filter->error, IMAP4_ERROR_STATE, "compressing failed", self->deflate.msg);
    imap4__pipe_commit(&filter->out, room - self->deflate.avail_out);
    *taken_out = offered - self->deflate.avail_in;
    if (mode == Z_SYNC_FLUSH)
        self->flushing = self->deflate.avail_out == 0;
    return IMAP4_OK;
}

static int write_bytes(imap4_filter *filter, const uint8_t *data, size_t len, size_t *taken_out)
{
    deflate_filter *self = (deflate_filter *)filter;
    int result;

    if (self->flushing)
        return IMAP4_OK;
    result = run(self, data, len, Z_NO_FLUSH, taken_out);
    if (*taken_out > 0)
        self->dirty = 1;
    return result;
}

/* The peer sees nothing of what was written until a flush; so everything written goes out when output is asked for. */
static int flush(imap4_filter *filter)
{
    deflate_filter *self = (deflate_filter *)filter;
    size_t taken;
    size_t room;

    if (!self->dirty && !self->flushing)
        return IMAP4_OK;
    (void)imap4__pipe_space(&filter->out, 0, &room);
    if (room < FLUSH_ROOM)
        return IMAP4_OK; /* the bytes already there go first */
    self->dirty = 0;
    return run(self, NULL, 0, Z_SYNC_FLUSH, &taken);
}

static const imap4__filter_kind deflate_kind = {
    .clear = clear,
    .read = read_bytes,
    .pending = pending,
    .write = write_bytes,
    .flush = flush,
};

int imap4_deflate_new(imap4_filter **out, const imap4_options *options)
{
    const imap4_allocator *mem = imap4__mem_or_default(options == NULL ? NULL : &options->mem);
    imap4_filter *filter = imap4__filter_new(mem, &deflate_kind, sizeof(deflate_filter), IN_SIZE, OUT_SIZE);
    deflate_filter *self = (deflate_filter *)filter;

    if (filter == NULL)
        return IMAP4_ERROR_MEMORY;
    self->inflate.zalloc = self->deflate.zalloc = take;
    self->inflate.zfree = self->deflate.zfree = give;
    self->inflate.opaque = self->deflate.opaque = &filter->mem;
    self->inflate_ready = inflateInit2(&self->inflate, WINDOW) == Z_OK;
    self->deflate_ready = self->inflate_ready &&
        deflateInit2(&self->deflate, Z_DEFAULT_COMPRESSION, Z_DEFLATED, WINDOW, 8, Z_DEFAULT_STRATEGY) == Z_OK;
    if (!self->deflate_ready) {
        imap4_filter_free(filter);
        return IMAP4_ERROR_MEMORY;
    }
    *out = filter;
    return IMAP4_OK;
}
