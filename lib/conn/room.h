/* The memory of the input buffer: room for what is received, and none for what is done with. */
#ifndef IMAP4_CONN_ROOM_H
#define IMAP4_CONN_ROOM_H

#include <imap4/conn.h>

/*
 * Makes room for `want` bytes behind those received, if bytes may move now. `grow`: the program has read all events;
 * before that it is to read, not to receive. IMAP4_OK, or IMAP4_ERROR_MEMORY.
 */
int imap4__room_make(imap4_conn *conn, size_t want, int grow);

/* How many bytes it is good to receive at once, where the program wishes for so many. */
size_t imap4__room_wish(const imap4_conn *conn, size_t want);

#endif
