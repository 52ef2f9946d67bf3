/* Bytes on their way to the transport. What was shown neither moves nor changes until it is acknowledged. */
#ifndef IMAP4_CONN_OUTPUT_H
#define IMAP4_CONN_OUTPUT_H

#include <imap4/types.h>

typedef struct imap4__block {
    struct imap4__block *next;
    uint8_t *data;    /* behind the struct, or the request's own bytes */
    size_t len;
    size_t capacity;  /* 0: the bytes are the request's */
    size_t sent;
    int secret;       /* holds secrets: wiped when it goes */
} imap4__block;

/* A stretch of output that traces must not show, in absolute offsets. */
typedef struct imap4__span {
    struct imap4__span *next;
    uint64_t from;
    uint64_t to;
} imap4__span;

typedef struct imap4__output {
    imap4_allocator mem;
    imap4__block *first;
    imap4__block *last;
    imap4__span *spans;
    imap4__span *last_span;
    uint64_t queued; /* bytes ever added */
    uint64_t sent;   /* bytes ever acknowledged */
    size_t shown;    /* bytes shown and not acknowledged */
    uint64_t traced; /* bytes ever traced */
} imap4__output;

void imap4__output_init(imap4__output *output, const imap4_allocator *mem);
void imap4__output_clear(imap4__output *output);
/* Nothing will be sent any more: overwrites secrets that were not shown. What was shown must not change. */
void imap4__output_forget_secrets(imap4__output *output);

/* Copies bytes to the end. IMAP4_OK, or IMAP4_ERROR_MEMORY and nothing is added. */
int imap4__output_add(imap4__output *output, const void *data, size_t len, int secret);

/* Adds bytes that stay where they are, unchanged, until they are sent. */
int imap4__output_reference(imap4__output *output, const void *data, size_t len);

const uint8_t *imap4__output_show(imap4__output *output, size_t *len_out);
void imap4__output_done(imap4__output *output, size_t len);

/* Hands what is shown for the first time to the trace, secrets hidden. */
void imap4__output_trace(imap4__output *output, void (*trace)(void *, int, const char *, size_t), void *user);

#endif
