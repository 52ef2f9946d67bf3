/* Sections asked for as streams (design: streaming is chosen by the request, not by size). */
#ifndef IMAP4_CONN_STREAM_H
#define IMAP4_CONN_STREAM_H

#include <imap4/conn.h>

/*
 * Looks through the current response up to `end` (a literal's content, or the response's end) for sections that a request
 * in flight wants as a stream. 1: events were made, or a stream was begun: look again. 0: nothing more. Or
 * IMAP4_ERROR_MEMORY.
 */
int imap4__stream_look(imap4_conn *conn, size_t end);

/* Bytes of the literal that is being streamed. IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__stream_chunk(imap4_conn *conn, const uint8_t *data, size_t len);

/* Section items of a response that went out as streams are marked so; NIL and inline values lose their bytes. */
void imap4__stream_mark(imap4_conn *conn, imap4_msg_att *message);

#endif
