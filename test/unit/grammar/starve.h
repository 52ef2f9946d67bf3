/* Reading a response again and again, each time with another allocation failing. */
#ifndef TEST_GRAMMAR_STARVE_H
#define TEST_GRAMMAR_STARVE_H

#include "describe.h"

/*
 * Memory comes by the block, so that an allocator that fails is not asked every time. The limit of the arena is: it
 * ends after each number of bytes, and so each request fails once. What is read then, if anything, must be the same.
 */
UNUSED static void check_starved_of(const char *bytes, int server)
{
    static line whole;
    static line found;
    reply r;
    size_t most;

    reply_init(&r, bytes, strlen(bytes), NULL);
    r.cursor.server = server;
    reply_read(&r);
    ck_assert_msg(r.result == IMAP4_OK, "%s", bytes);
    describe(&whole, &r);
    most = r.arena.used;
    reply_clear(&r);
    for (size_t limit = 1; limit < most; limit++) {
        reply_init(&r, bytes, strlen(bytes), NULL);
        r.cursor.server = server;
        r.arena.limit = limit;
        reply_read(&r);
        if (r.result == IMAP4_OK) {
            describe(&found, &r);
            ck_assert_str_eq(found.text, whole.text);
        } else {
            ck_assert_int_eq(r.result, IMAP4_ERROR_MEMORY);
        }
        reply_clear(&r);
    }
}

UNUSED static void check_starved(const char *bytes)
{
    check_starved_of(bytes, IMAP4_SERVER_UNKNOWN);
}

/* With at most so many elements, the response is refused as a whole, or what came before counts. */
UNUSED static void check_limited(const char *bytes, uint32_t limit, const char *expected)
{
    static line found;
    reply r;

    reply_init(&r, bytes, strlen(bytes), NULL);
    r.cursor.list_limit = limit;
    reply_read(&r);
    describe(&found, &r);
    ck_assert_str_eq(found.text, expected);
    reply_clear(&r);
}

#endif
