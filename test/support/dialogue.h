/*
 * A connection that a test program feeds with what a server says: signed in, its mailbox selected, requests in flight.
 *
 *     dialogue_open(&talk, options);          greeting and SELECT are done with
 *     imap4_fetch(talk.conn, ...);
 *     dialogue_pump(&talk);                   sends; talk.tag is the tag of what was sent last
 *     dialogue_say(&talk, bytes, len, 7);     seven bytes at a time, all events read in between
 *     dialogue_close(&talk);
 */
#ifndef TEST_DIALOGUE_H
#define TEST_DIALOGUE_H

#include <imap4/conn.h>

typedef struct dialogue {
    imap4_conn *conn;
    void (*see)(void *user, const imap4_event *event); /* set it after opening; NULL: events are dropped */
    void *user;
    char tag[24];  /* of the command sent last */
    uint64_t said; /* bytes that the server said */
    int result;    /* what imap4_conn_next() said last: negative at the end */
} dialogue;

/* What the server of a dialogue says it can do. */
#define DIALOGUE_CAPABILITIES                                                                                          \
    "IMAP4rev1 UIDPLUS MOVE ID ENABLE NAMESPACE IDLE UNSELECT ESEARCH CONDSTORE QRESYNC BINARY LITERAL+ SORT "         \
    "THREAD=REFERENCES UTF8=ACCEPT"

/* Without a greeting. 1, or 0 if there is no memory; close it in either case. `options` may be NULL. */
int dialogue_start(dialogue *talk, const imap4_options *options, int security);

/* Up to the selected state. 1, or 0 if it could not be brought so far; close it in either case. */
int dialogue_open(dialogue *talk, const imap4_options *options);
int dialogue_select(dialogue *talk);

/* Sends what is to be sent and reads all events. */
void dialogue_pump(dialogue *talk);

/* The server says this, in pieces of so many bytes; 0: all that fits. */
void dialogue_say(dialogue *talk, const void *data, size_t len, size_t piece);

/* The same for a line, with $ for the tag of the command sent last. */
void dialogue_line(dialogue *talk, const char *line);

void dialogue_close(dialogue *talk);

#endif
