/* How long a literal is does not matter, unless it was asked for as a whole. */
#include "server.h"
#include "support/suite.h"

#include <inttypes.h>
#include <stdio.h>

Suite *length_suite(void);

#define MIB (UINT64_C(1024) * 1024)
#define GIB (1024 * MIB)

typedef enum way {
    STREAMED,
    PREFIX,
    UNASKED,
    CUT,
    WAYS
} way;

static const char *const way_names[] = {"streamed", "prefix", "unasked", "cut"};

/* A section of that length. The most that the connection took. */
static size_t fetch(way how, int preset, uint64_t len)
{
    char head[100];
    size_t peak;
    server s;

    server_init(&s, preset);
    imap4_options_set(s.options, IMAP4_OPTION_SKIP_LIMIT, GIB);
    imap4_options_set(s.options, IMAP4_OPTION_SECTION_LIMIT, 10000);
    server_open(&s);
    server_fetch_section(&s, how == UNASKED ? "1" : "", how == STREAMED ? IMAP4_SECTION_STREAM : IMAP4_SECTION_COLLECT,
                         how == PREFIX ? 1000 : 0);
    snprintf(head, sizeof head, "* 1 FETCH (UID 5 BODY[] {%" PRIu64 "}\r\n", len);
    server_say(&s, head);
    server_repeat(&s, "0123456789abcdef", len);
    server_say(&s, " FLAGS ())\r\n");
    ck_assert_uint_eq(s.fetches, 1);
    ck_assert_uint_eq(s.damages, 0);
    ck_assert_uint_eq(s.streamed, how == STREAMED ? len : 0);
    ck_assert_uint_eq(s.truncated, how != STREAMED);
    if (how == PREFIX)
        ck_assert_uint_eq(s.kept, 1000);
    else if (how == CUT)
        ck_assert_uint_eq(s.kept, 10000);
    dialogue_line(&s.talk, "$ OK done");
    server_is_alive(&s);
    peak = s.memory.peak_moving;
    server_close(&s);
    return peak;
}

START_TEST(length_does_not_matter)
{
    for (int preset = IMAP4_PRESET_DEFAULT; preset <= IMAP4_PRESET_SMALL; preset++) {
        /* Up to RESPONSE_LIMIT a section that nobody asked for is kept. */
        unsigned mibs = _i == UNASKED ? 3 : 1;
        size_t mib = fetch((way)_i, preset, mibs * MIB);
        size_t gib = fetch((way)_i, preset, GIB);

        printf("limits: %s literal, preset %d: %u MiB %zu, 1 GiB %zu\n", way_names[_i], preset, mibs, mib, gib);
        fflush(stdout);
        ck_assert_uint_le(gib, mib + 10); /* the size itself has more digits */
    }
}
END_TEST

/* Nobody needs more than twice what has arrived, nor in the end more than what there is. */
START_TEST(memory_grows_with_what_arrives)
{
    size_t before;
    server s;

    server_init(&s, IMAP4_PRESET_DEFAULT);
    server_open(&s);
    server_fetch_section(&s, "", IMAP4_SECTION_COLLECT, 0);
    before = s.memory.held;
    server_say(&s, "* 1 FETCH (UID 5 BODY[] {67108864}\r\n");
    ck_assert_uint_le(s.memory.peak, before + 100000);
    for (uint64_t sent = 0; sent < 64 * MIB; sent += MIB) {
        server_repeat(&s, "0123456789abcdef", MIB);
        ck_assert_uint_le(s.memory.held, before + 2 * sent + 2 * MIB + 100000);
    }
    ck_assert_uint_le(s.memory.peak, before + 64 * MIB + 200000);
    server_say(&s, ")\r\n");
    ck_assert_uint_eq(s.fetches, 1);
    ck_assert_uint_eq(s.truncated, 0);
    ck_assert_uint_eq(s.kept, 64 * MIB);
    ck_assert_uint_le(s.largest, 64 * MIB + 10000);
    ck_assert_uint_le(s.memory.peak, before + 64 * MIB + 200000);
    ck_assert_uint_le(s.memory.held, before + 200000);
    server_close(&s);
}
END_TEST

Suite *length_suite(void)
{
    const TTest *const tests[] = {memory_grows_with_what_arrives, NULL};
    Suite *suite = suite_create("length");
    TCase *tcase = suite_tests(suite, "length", tests);

    tcase_add_loop_test(tcase, length_does_not_matter, 0, WAYS);
    return suite;
}
