/* A connection whose memory is measured, and what its server says. */
#ifndef TEST_LIMITS_SERVER_H
#define TEST_LIMITS_SERVER_H

#include "meter.h"
#include "support/dialogue.h"

#include <imap4/imap4.h>

typedef struct server {
    dialogue talk;
    meter memory;
    imap4_options *options;
    size_t room;         /* IMAP4_OPTION_INPUT_BUFFER: pieces are not larger */
    uint64_t request;    /* the last one */
    int borrows_ahead;   /* 1: input space is borrowed all the time, also while events are read */
    uint8_t *space;
    size_t space_len;

    /* what was seen since the last server_forget() */
    size_t events;
    size_t dones;
    size_t damages;
    size_t limits;       /* of these, beyond a limit; the last one: */
    uint64_t offset;
    uint64_t size;
    size_t fetches;
    size_t truncated;    /* sections, */
    uint64_t kept;       /* and what is kept of the last one */
    uint64_t streamed;   /* bytes of chunks */
    size_t largest;      /* event, in memory */
} server;

/* Options of a preset on the meter of the server; to be changed before server_open(). */
void server_init(server *s, int preset);
/* Signed in, INBOX selected, nothing in flight. */
void server_open(server *s);
void server_close(server *s); /* and all memory is back */

void server_say(server *s, const char *text);
void server_bytes(server *s, const void *data, size_t len);
/* The unit over and over, `len` bytes; stops when the connection has ended. */
void server_repeat(server *s, const char *unit, uint64_t len);
/* A request is answered with OK, so all is well. */
void server_is_alive(server *s);
void server_forget(server *s);

uint64_t server_option(const server *s, int option);

/* UID FETCH 5, not answered yet. */
void server_fetch(server *s, const imap4_fetch_items *items);
void server_fetch_section(server *s, const char *part, int mode, uint64_t prefix);

#endif
