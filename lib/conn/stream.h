/* Sections that requests asked for, as streams above all (streaming is chosen by the request, not by size). */
#ifndef IMAP4_CONN_STREAM_H
#define IMAP4_CONN_STREAM_H

#include <imap4/conn.h>

/* 1 if a request in flight wants a stream, so that every response has to be looked through. */
int imap4__stream_any(imap4_conn *conn);

/*
 * Looks through the current response up to `end` (a literal's content, or the response's end) for sections that a request
 * in flight asked for, and says in input.owner whose the literal is that begins there. 1: events were made, or a stream
 * was begun: look again. 0: nothing more. Or IMAP4_ERROR_MEMORY.
 */
int imap4__stream_look(imap4_conn *conn, size_t end);

/* Bytes of the literal that is being streamed. IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__stream_chunk(imap4_conn *conn, const uint8_t *data, size_t len);

/* Section items of a response that went out as streams are marked so; of others what is too much, and what is behind the
 * prefix that was asked for, is cut off. */
void imap4__stream_mark(imap4_conn *conn, imap4_msg_att *message);

#endif
