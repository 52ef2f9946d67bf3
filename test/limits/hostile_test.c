/* No server can make a connection take more than was promised. */
#include "hostile.h"
#include "server.h"
#include "support/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *hostile_suite(void);

#define DEFAULT_BOUND ((size_t)4 * 1024 * 1024)
#define SMALL_BOUND ((size_t)128 * 1024)

static void ask(server *s, const hostile *h)
{
    imap4_fetch_items *items;

    if (h->asked == ASKED_NOTHING)
        return;
    ck_assert_int_eq(imap4_fetch_items_new(&items, NULL), IMAP4_OK);
    imap4_fetch_items_add(items, IMAP4_FETCH_FLAGS);
    if (h->asked == ASKED_STREAMS) {
        imap4_fetch_items_section(items, "", IMAP4_SECTION_ALL, IMAP4_SECTION_STREAM);
        imap4_fetch_items_section(items, "1", IMAP4_SECTION_ALL, IMAP4_SECTION_STREAM);
    } else if (h->asked == ASKED_PREFIX) {
        imap4_fetch_items_section(items, "", IMAP4_SECTION_ALL, IMAP4_SECTION_COLLECT);
        imap4_fetch_items_prefix(items, 100);
    }
    server_fetch(s, items);
    imap4_fetch_items_free(items);
}

/* So many bytes the middle takes. */
static uint64_t middle(const server *s, const hostile *h)
{
    const uint64_t response = server_option(s, IMAP4_OPTION_RESPONSE_LIMIT);
    const uint64_t list = server_option(s, IMAP4_OPTION_LIST_LIMIT);
    const uint64_t ends = strlen(h->head) + strlen(h->tail);
    const uint64_t unit = strlen(h->unit);
    uint64_t all = 0;

    switch (h->length) {
    case FILLS_LINE:
        all = server_option(s, IMAP4_OPTION_LINE_LIMIT) - ends;
        break;
    case FILLS_RESPONSE:
        all = response - ends;
        break;
    case FILLS_TWO:
        all = 2 * response;
        break;
    case FILLS_LIST:
        all = (list - 1) * unit;
        break;
    case WITHOUT_END:
        return 3 * server_option(s, IMAP4_OPTION_SKIP_LIMIT);
    default:
        break;
    }
    return unit > 0 ? all / unit * unit : 0;
}

static void check_outcome(server *s, const hostile *h, int outcome, uint64_t begin, uint64_t length)
{
    switch (outcome) {
    case READ:
        ck_assert_msg(s->limits == 0 || s->size < length, "%s: skipped", h->name);
        break;
    case LEFT:
        ck_assert_int_eq(imap4_conn_state(s->talk.conn), IMAP4_STATE_LOGOUT);
        return;
    case SKIPPED:
        ck_assert_msg(s->limits == (size_t)h->rounds, "%s: not skipped", h->name);
        ck_assert_uint_eq(s->offset, begin);
        ck_assert_uint_eq(s->size, length);
        break;
    default:
        ck_assert_msg(s->talk.result == IMAP4_ERROR_CLOSED, "%s: goes on", h->name);
        ck_assert_int_eq(imap4_conn_error(s->talk.conn)->result, IMAP4_ERROR_LIMIT);
        ck_assert_uint_eq(imap4_conn_error(s->talk.conn)->offset, begin);
        return;
    }
    server_say(s, "* 1 EXISTS\r\n"); /* the line end behind a literal may be part of its response */
    if (h->asked != ASKED_NOTHING)
        dialogue_line(&s->talk, "$ OK done");
    server_is_alive(s);
}

/* The most that the connection took. */
static size_t suffer(const hostile *h, int preset, size_t piece)
{
    uint64_t begin = 0;
    uint64_t length;
    size_t peak;
    server s;

    server_init(&s, preset);
    if (h->length == WITHOUT_END && !getenv("IMAP4_TEST_LONG"))
        imap4_options_set(s.options, IMAP4_OPTION_SKIP_LIMIT, 2 * server_option(&s, IMAP4_OPTION_RESPONSE_LIMIT));
    server_open(&s);
    if (piece > 0)
        s.room = piece;
    ask(&s, h);
    length = strlen(h->head) + middle(&s, h) + strlen(h->tail) - 2;
    for (int round = 0; round < h->rounds; round++) {
        begin = s.talk.said;
        server_say(&s, h->head);
        server_repeat(&s, h->unit, middle(&s, h));
        server_say(&s, h->tail);
    }
    check_outcome(&s, h, preset == IMAP4_PRESET_SMALL ? h->small_outcome : h->outcome, begin, length);
    peak = s.memory.peak_moving;
    server_close(&s);
    return peak;
}

START_TEST(peaks_are_bounded)
{
    const hostile *h = &hostiles[_i];
    size_t usual = suffer(h, IMAP4_PRESET_DEFAULT, 0);
    size_t small = suffer(h, IMAP4_PRESET_SMALL, 0);
    size_t usual_slow = suffer(h, IMAP4_PRESET_DEFAULT, 4093);
    size_t small_slow = suffer(h, IMAP4_PRESET_SMALL, 97);

    usual = usual > usual_slow ? usual : usual_slow;
    small = small > small_slow ? small : small_slow;
    printf("limits: %-28s default %8zu small %8zu\n", h->name, usual, small);
    fflush(stdout);
    ck_assert_msg(usual <= DEFAULT_BOUND, "%s: %zu bytes", h->name, usual);
    ck_assert_msg(small <= SMALL_BOUND, "%s: %zu bytes with the small preset", h->name, small);
}
END_TEST

/* As much as the connection will remember: of capabilities, flags and permanent flags. */
static void fill_memory(server *s)
{
    static const char *const heads[] = {"* CAPABILITY IMAP4rev1", "* FLAGS (a", "* OK [PERMANENTFLAGS (a"};
    static const char *const tails[] = {"\r\n", ")\r\n", ")] x\r\n"};

    for (size_t i = 0; i < 3; i++) {
        server_say(s, heads[i]);
        server_repeat(s, " 0123456789", server_option(s, IMAP4_OPTION_LINE_LIMIT) / 8 / 11 * 11);
        server_say(s, tails[i]);
    }
}

/* Behind a response as long as one may be, one whose meaning takes all the memory that it may. */
static void long_then_dear(server *s, size_t dear)
{
    const size_t line = (size_t)server_option(s, IMAP4_OPTION_LINE_LIMIT);
    const size_t part = (size_t)server_option(s, IMAP4_OPTION_RESPONSE_LIMIT) / 3;

    server_say(s, "* X a");
    for (int i = 0; i < 2; i++) {
        server_repeat(s, "a", part < line ? part : line - 100);
        server_say(s, " {1}\r\nb ");
    }
    server_repeat(s, "a", part - 1000);
    server_say(s, "\r\n* X (");
    server_repeat(s, "()", dear);
    server_say(s, ")\r\n");
}

static size_t remember_and_suffer(int preset, int borrows_ahead)
{
    size_t peak;
    server s;

    server_init(&s, preset);
    server_open(&s);
    s.borrows_ahead = borrows_ahead;
    fill_memory(&s);
    ck_assert_uint_gt(s.damages, 0); /* part of it was left out */
    for (size_t dear = 16; dear < server_option(&s, IMAP4_OPTION_RESPONSE_LIMIT); dear = dear / 2 * 3) {
        long_then_dear(&s, dear / 2 * 2);
        fill_memory(&s);
    }
    server_is_alive(&s);
    peak = s.memory.peak_moving;
    server_close(&s);
    return peak;
}

START_TEST(all_at_once_is_bounded)
{
    size_t usual = remember_and_suffer(IMAP4_PRESET_DEFAULT, _i);
    size_t small = remember_and_suffer(IMAP4_PRESET_SMALL, _i);

    printf("limits: %-28s default %8zu small %8zu\n", _i ? "all at once, borrowed ahead" : "all at once", usual, small);
    fflush(stdout);
    ck_assert_uint_le(usual, DEFAULT_BOUND);
    ck_assert_uint_le(small, SMALL_BOUND);
}
END_TEST

Suite *hostile_suite(void)
{
    Suite *suite = suite_create("hostile");
    TCase *tcase = tcase_create("hostile");

    tcase_add_loop_test(tcase, peaks_are_bounded, 0, (int)hostile_count);
    tcase_add_loop_test(tcase, all_at_once_is_bounded, 0, 2);
    suite_add_tcase(suite, tcase);
    return suite;
}
