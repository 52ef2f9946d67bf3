/* The inside of imap4_options. */
#ifndef IMAP4_BASE_OPTIONS_H
#define IMAP4_BASE_OPTIONS_H

#include <imap4/options.h>

#define IMAP4__OPTION_MAX 64 /* numbers of imap4_option are below this */

struct imap4_options {
    imap4_allocator mem;
    uint64_t numbers[IMAP4__OPTION_MAX]; /* by imap4_option */
    void (*trace)(void *user, int direction, const char *data, size_t len);
    void *trace_user;
    char *ca_file; /* NULL: not set */
    uint8_t *ca;   /* NULL: not set */
    size_t ca_len;
};

/* A copy on the same allocator; NULL options give defaults. */
int imap4__options_copy(imap4_options **out, const imap4_options *options);

#endif
