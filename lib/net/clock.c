#include "net/clock.h"

#include <limits.h>
#include <time.h>

uint64_t imap4__clock_ms(void)
{
    struct timespec now;

    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return 0;
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

int imap4__clock_wait(uint64_t now, uint64_t deadline)
{
    if (deadline == UINT64_MAX)
        return -1;
    if (deadline <= now)
        return 0;
    return deadline - now < INT_MAX ? (int)(deadline - now) : INT_MAX;
}

uint64_t imap4__clock_after(uint64_t now, uint64_t ms)
{
    return ms < UINT64_MAX - now ? now + ms : UINT64_MAX;
}
