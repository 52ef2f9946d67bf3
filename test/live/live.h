/*
 * What the live tests share: sessions on the private Dovecot of test/support/dovecot, whole answers to requests, and
 * mailboxes of their own to change. Everything goes through the public headers.
 *
 * A test opens one session to act and, where something changes, another one to look. No test waits for a fixed time:
 * they wait for answers and events, each at most LIVE_PATIENCE.
 */
#ifndef LIVE_LIVE_H
#define LIVE_LIVE_H

#include <imap4/imap4.h>

#include "support/suite.h"

enum { LIVE_PATIENCE = 20000 /* milliseconds */ };

/* Everything that came until a request ended, kept. */
typedef struct answer {
    struct answer *next;
    imap4_event **events; /* in order: its own, unasked ones, changes of the mailbox; the done event is the last */
    size_t count;
    const imap4_done *done;
} answer;

typedef struct session {
    imap4_client *client;
    imap4_conn *conn;
    uint64_t request; /* of the call made last: `&session->request` goes into calls */
    answer *answers;  /* freed with the session */
    int child;        /* of session_pipe(): the process */
} session;

/* A variable of test/support/dovecot; the test fails without it. */
const char *live_variable(const char *name);

/* "imaps://host:port" or "imap://host:port" with the port of that scheme, in one static buffer. */
const char *live_url(const char *scheme, const char *host);

/* Options that trust the private authority. */
imap4_options *live_options(void);

/* A session not yet open. `options` NULL: live_options(). */
session *session_new(const imap4_options *options);
/* Signed in over imaps. The user may be NULL: the one with the sample mail. */
session *session_sign_in(const char *user);
session *session_sign_in_with(const char *user, const imap4_options *options);
/* Over a Dovecot of its own as a child process, which greets with PREAUTH. */
session *session_pipe(const char *user, const imap4_options *options);
void session_free(session *session);

/* A connected TCP socket to a loopback address. */
int live_socket(const char *address, const char *port_variable);

/* Makes a request and waits for its end:
 *     const answer *listed = OK(alice, imap4_list(alice->conn, "", "*", &alice->request));
 * OK, NO and BAD also say what the server must have answered; ANSWER leaves it open. */
#define ANSWER(session, call) session_answer(session, call, -1, #call, __FILE__, __LINE__)
#define OK(session, call) session_answer(session, call, IMAP4_STATUS_OK, #call, __FILE__, __LINE__)
#define NO(session, call) session_answer(session, call, IMAP4_STATUS_NO, #call, __FILE__, __LINE__)
#define BAD(session, call) session_answer(session, call, IMAP4_STATUS_BAD, #call, __FILE__, __LINE__)
const answer *session_answer(session *session, int made, int status, const char *call, const char *file, int line);
/* The same for a request made before. */
const answer *session_rest(session *session, uint64_t request, int status, const char *call, const char *file,
                           int line);
#define REST(session, request) session_rest(session, request, IMAP4_STATUS_OK, #request, __FILE__, __LINE__)

/* Fails unless the next event of any request comes in time; done events too. Valid until the next call. */
const imap4_event *session_next(session *session);
/* The next event that has this kind, of any request; others are passed over. Valid until the next call. */
const imap4_event *session_await(session *session, int kind);

/* The event number `index`, from 0, of a kind within an answer; the test fails if there are not so many. */
const imap4_event *answer_event(const answer *answer, int kind, size_t index);
size_t answer_count(const answer *answer, int kind);
/* What FETCH said of a UID; the test fails if it said nothing. */
const imap4_msg_att *answer_fetch(const answer *answer, uint32_t uid);

/* Fails unless text is exactly this; expected NULL: NIL. */
#define TEXT(actual, expected) live_text(actual, expected, #actual, __FILE__, __LINE__)
void live_text(imap4_str actual, const char *expected, const char *what, const char *file, int line);

/* Sets from text: "1:3,7". To be freed. */
imap4_uid_set *uids_of(const char *text);
imap4_seq_set *numbers_of(const char *text);

/* A set as text, ranges as they stand in the set, in one static buffer. */
const char *uids_text(const imap4_uid_set *set);

/* A new mailbox of this name, whatever an earlier run left there. */
void scratch_make(session *session, const char *name);
/* Adds messages with the subjects of a text, "one two three"; in a new mailbox the UIDs count from 1. */
void scratch_fill(session *session, const char *name, const char *subjects);
void scratch_drop(session *session, const char *name);

/* A mailbox in one line, read with EXAMINE and UID FETCH by a session that then has it selected:
 *     "1 one; 2 two SF $Label; 3 three D"
 * UID, subject, then letters for \Seen \Answered \Flagged \Deleted \drafT, then keywords. In one static buffer. */
const char *mailbox_text(session *session, const char *name);

/* A sample mail of test/support/mail with CRLF line ends, to be freed; `number` 1..12 is its UID in the INBOX. */
char *sample_mail(uint32_t number, size_t *len_out);
enum { SAMPLE_MAILS = 12 };

#endif
