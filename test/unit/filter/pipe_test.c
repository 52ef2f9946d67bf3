#include "filter/pipe.h"

#include "base/mem.h"
#include "support/memory.h"
#include "support/suite.h"

#include <string.h>

Suite *pipe_suite(void);

static imap4__pipe pipe_of(size_t capacity)
{
    imap4__pipe it;

    ck_assert_int_eq(imap4__pipe_init(&it, imap4__mem_or_default(NULL), capacity), IMAP4_OK);
    return it;
}

static void add(imap4__pipe *it, const char *text)
{
    size_t room;
    uint8_t *space = imap4__pipe_space(it, 0, &room);

    ck_assert_uint_ge(room, strlen(text));
    memcpy(space, text, strlen(text));
    imap4__pipe_commit(it, strlen(text));
}

START_TEST(bytes_come_out_in_order)
{
    imap4__pipe it = pipe_of(8);
    size_t len;

    ck_assert_ptr_null(imap4__pipe_show(&it, 1, &len));
    ck_assert_uint_eq(len, 0);
    for (int i = 0; i < 20; i++) {
        add(&it, "abc");
        add(&it, "def");
        ck_assert_mem_eq(imap4__pipe_show(&it, 0, &len), "abcdef", 6);
        imap4__pipe_drop(&it, 4);
        ck_assert_mem_eq(imap4__pipe_show(&it, 0, &len), "ef", 2);
        ck_assert_uint_eq(len, 2);
        imap4__pipe_drop(&it, 2);
    }
    imap4__pipe_clear(&it, imap4__mem_or_default(NULL));
    imap4__pipe_clear(&it, imap4__mem_or_default(NULL));
}
END_TEST

START_TEST(what_is_looked_at_stays)
{
    imap4__pipe it = pipe_of(8);
    const uint8_t *shown;
    size_t len;
    size_t room;

    add(&it, "abcdef");
    imap4__pipe_drop(&it, 3);
    shown = imap4__pipe_show(&it, 1, &len);
    ck_assert_uint_eq(len, 3);
    (void)imap4__pipe_space(&it, 0, &room);
    ck_assert_uint_eq(room, 2); /* no moving together */
    add(&it, "gh");
    ck_assert_ptr_eq(imap4__pipe_show(&it, 1, &len), shown);
    ck_assert_uint_eq(len, 3);
    ck_assert_mem_eq(shown, "def", 3);
    imap4__pipe_drop(&it, 1);
    (void)imap4__pipe_space(&it, 0, &room);
    ck_assert_uint_eq(room, 4);
    ck_assert_mem_eq(imap4__pipe_show(&it, 1, &len), "efgh", 4);
    imap4__pipe_clear(&it, imap4__mem_or_default(NULL));
}
END_TEST

START_TEST(borrowed_room_stays)
{
    imap4__pipe it = pipe_of(8);
    uint8_t *space;
    size_t room;
    size_t len;

    add(&it, "abcd");
    space = imap4__pipe_space(&it, 1, &room);
    ck_assert_uint_eq(room, 4);
    imap4__pipe_drop(&it, 4);
    memcpy(space, "efgh", 4);
    imap4__pipe_commit(&it, 4);
    ck_assert_mem_eq(imap4__pipe_show(&it, 0, &len), "efgh", 4);
    ck_assert_uint_eq(len, 4);
    imap4__pipe_clear(&it, imap4__mem_or_default(NULL));
}
END_TEST

START_TEST(no_memory_is_an_answer)
{
    test_memory memory;
    imap4__pipe it;

    test_memory_init(&memory, 1);
    ck_assert_int_eq(imap4__pipe_init(&it, &memory.allocator, 8), IMAP4_ERROR_MEMORY);
    imap4__pipe_clear(&it, &memory.allocator);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

Suite *pipe_suite(void)
{
    const TTest *const tests[] = {bytes_come_out_in_order, what_is_looked_at_stays, borrowed_room_stays,
                                  no_memory_is_an_answer, NULL};
    Suite *suite = suite_create("pipe");

    suite_tests(suite, "pipe", tests);
    return suite;
}
