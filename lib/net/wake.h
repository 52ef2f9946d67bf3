/* A descriptor that another thread or a signal handler makes readable. */
#ifndef IMAP4_NET_WAKE_H
#define IMAP4_NET_WAKE_H

typedef struct imap4__wake {
    int read_fd; /* -1: none */
    int write_fd;
} imap4__wake;

int imap4__wake_init(imap4__wake *wake, int *errno_out); /* IMAP4_OK or IMAP4_ERROR_NETWORK */
void imap4__wake_clear(imap4__wake *wake);

void imap4__wake_post(const imap4__wake *wake); /* async-signal-safe; any number counts as one */
int imap4__wake_take(const imap4__wake *wake);  /* 1 if it was posted since */

#endif
