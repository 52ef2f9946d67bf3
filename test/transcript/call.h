/* Request lines of a transcript, as calls. */
#ifndef TRANSCRIPT_CALL_H
#define TRANSCRIPT_CALL_H

#include "text.h"

#include <imap4/conn.h>

typedef struct call_context {
    imap4_conn *conn;
    uint64_t (*request_id)(void *user, uint64_t number);  /* the library's number of a transcript's; 0: none */
    uint64_t (*serial_of)(void *user, uint64_t number);   /* likewise a serial */
    void *user;
} call_context;

typedef struct call_answer {
    int result;        /* what the call gave */
    uint64_t request;  /* the request it made; 0: none */
    int64_t taken;     /* bytes that imap4_supply() took; -1: it was no such call */
} call_answer;

/* Makes the call that the line tells. 0: the line is not understood. Calls that have no memory are made again. */
int call_make(const call_context *context, const char *line, call_answer *answer);

/* Adds the passwords in the line to `secrets`, each with a NUL behind it. */
void call_secrets(const char *line, text *secrets);

#endif
