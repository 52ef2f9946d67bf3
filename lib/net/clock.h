/* A clock that never goes back. */
#ifndef IMAP4_NET_CLOCK_H
#define IMAP4_NET_CLOCK_H

#include <stdint.h>

uint64_t imap4__clock_ms(void);

/* The milliseconds from `now` to `deadline`, for poll(): 0 when it has passed, -1 for UINT64_MAX (never). */
int imap4__clock_wait(uint64_t now, uint64_t deadline);

/* `now` and `ms` more, UINT64_MAX when that is beyond all time. */
uint64_t imap4__clock_after(uint64_t now, uint64_t ms);

#endif
