/* What becomes of a literal: it stays in the buffer, is gathered, handed out, or thrown away. */
#ifndef IMAP4_CONN_LITERAL_H
#define IMAP4_CONN_LITERAL_H

#include <imap4/conn.h>

/* One begins at the framer's position. 1: its content is dealt with from now on, 0: more must come, or
 * IMAP4_ERROR_MEMORY. */
int imap4__literal_begin(imap4_conn *conn);

/* Some bytes of one that does not stay in the buffer. 1: went on, 0: more must come, or IMAP4_ERROR_MEMORY. */
int imap4__literal_step(imap4_conn *conn);

/* Notes that the content which begins at the framer's position will not lie there. IMAP4_OK or IMAP4_ERROR_MEMORY. */
int imap4__literal_hole(imap4_conn *conn, uint64_t size, int streamed);

/* 1 if the response has as many holes as it may have. */
int imap4__literal_holes_full(const imap4_conn *conn);

/* Content of `size` bytes begins to arrive at the framer's position, to be treated so (imap4__literal_mode). */
void imap4__literal_arrive(imap4_conn *conn, int mode, uint64_t size);

/* What the current response has cost so far that counts against IMAP4_OPTION_RESPONSE_LIMIT. */
uint64_t imap4__literal_cost(const imap4_conn *conn);

#endif
