/* What events cost, and when they cost nothing. */
#include "server.h"
#include "support/suite.h"

#include <stdio.h>
#include <string.h>

Suite *keep_suite(void);

#define TEXT_PART                                                                                                      \
    "(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\" \"FORMAT\" \"flowed\") NIL NIL \"QUOTED-PRINTABLE\" 1234 40 NIL NIL "  \
    "NIL NIL)"
#define HTML_PART "(\"TEXT\" \"HTML\" (\"CHARSET\" \"utf-8\") NIL NIL \"QUOTED-PRINTABLE\" 5678 90 NIL NIL NIL NIL)"
#define FILE_PART                                                                                                      \
    "(\"APPLICATION\" \"PDF\" (\"NAME\" \"report.pdf\") \"<part3@example.com>\" NIL \"BASE64\" 204800 NIL "            \
    "(\"ATTACHMENT\" (\"FILENAME\" \"report.pdf\")) NIL NIL)"
#define ALTERNATIVE "(" TEXT_PART HTML_PART " \"ALTERNATIVE\" (\"BOUNDARY\" \"=-abcdefghijkl\") NIL NIL NIL)"

/* What mail programs ask for to show a list of messages. */
static size_t list_line(char *line, size_t room, unsigned number)
{
    return (size_t)snprintf(
        line, room,
        "* %u FETCH (UID %u FLAGS (\\Seen $Forwarded) INTERNALDATE \"01-Feb-2026 10:00:00 +0100\" RFC822.SIZE 212345 "
        "ENVELOPE (\"Sun, 1 Feb 2026 10:00:00 +0100\" \"Re: [list] What was said about the %u reports of last week\" "
        "((\"Ada Example\" NIL \"ada\" \"example.com\")) ((\"Ada Example\" NIL \"ada\" \"example.com\")) "
        "((\"Ada Example\" NIL \"ada\" \"example.com\")) ((\"A list of people\" NIL \"list\" \"example.org\")) "
        "((NIL NIL \"bob\" \"example.net\")(NIL NIL \"eve\" \"example.net\")) NIL \"<%u.before@example.com>\" "
        "\"<%u@example.com>\") BODYSTRUCTURE (" ALTERNATIVE FILE_PART
        " \"MIXED\" (\"BOUNDARY\" \"=-mnopqrstuvwx\") NIL NIL NIL))\r\n",
        number, number + 1000, number, number, number);
}

typedef struct keeper {
    imap4_conn *conn;
    imap4_event **kept;
    size_t count;
    size_t every; /* keep each of so many */
    size_t seen;
} keeper;

static void keep_some(void *user, const imap4_event *event)
{
    keeper *k = user;

    if (event->kind == IMAP4_EVENT_FETCH && k->seen++ % k->every == 0)
        k->kept[k->count++] = imap4_event_keep(k->conn);
}

/* Messages of a list; sometimes one is far larger than the others. */
static void say_list(server *s, unsigned count, unsigned large)
{
    char line[4096];

    for (unsigned number = 1; number <= count; number++) {
        server_bytes(s, line, list_line(line, sizeof line, number));
        if (large && number % large == 0) {
            server_say(s, "* 1 FETCH (UID 1 ENVELOPE (NIL \"");
            server_repeat(s, "a", 40000);
            server_say(s, "\" NIL NIL NIL NIL NIL NIL NIL NIL))\r\n");
        }
    }
}

static void keep_list(unsigned every, unsigned large, size_t most)
{
    enum {
        COUNT = 10000
    };
    static imap4_event *kept[COUNT + COUNT];
    keeper k = {NULL, kept, 0, every, 0};
    size_t before;
    size_t each;
    server s;

    server_init(&s, IMAP4_PRESET_DEFAULT);
    server_open(&s);
    say_list(&s, 200, 0);
    k.conn = s.talk.conn;
    s.talk.see = keep_some;
    s.talk.user = &k;
    before = s.memory.held;
    say_list(&s, COUNT, large);
    ck_assert_uint_ge(k.count, COUNT / every);
    each = (s.memory.held - before) / k.count;
    printf("limits: one message in %u of a list kept: %zu bytes each\n", every, each);
    fflush(stdout);
    ck_assert_uint_le(each, most);
    s.talk.see = NULL;
    for (size_t i = 0; i < k.count; i++)
        imap4_event_free(kept[i]);
    server_close(&s);
}

START_TEST(one_in_a_hundred_costs_little)
{
    keep_list(100, 0, 4096);
    keep_list(100, 30, 4096 + 2 * 40000 / 30 + 500); /* those of 40000 bytes cost what they are, and the next ones */
    keep_list(1, 0, 4096);
}
END_TEST

START_TEST(events_of_two_connections_are_freed_in_any_order)
{
    enum {
        COUNT = 60
    };
    imap4_event *kept[2 * COUNT];
    size_t order[2 * COUNT];
    unsigned random = 1;
    keeper k = {NULL, kept, 0, 1, 0};
    server s[2];

    for (int i = 0; i < 2; i++) {
        server_init(&s[i], IMAP4_PRESET_DEFAULT);
        server_open(&s[i]);
    }
    for (int i = 0; i < 2 * COUNT; i++) {
        k.conn = s[i % 2].talk.conn;
        s[i % 2].talk.see = keep_some;
        s[i % 2].talk.user = &k;
        say_list(&s[i % 2], 1, 0);
        order[i] = (size_t)i;
    }
    ck_assert_uint_eq(k.count, 2 * COUNT);
    for (size_t i = 2 * COUNT - 1; i > 0; i--) {
        size_t other = (random = random * 1103515245u + 12345u) / 65536 % (i + 1);
        size_t swap = order[i];

        order[i] = order[other];
        order[other] = swap;
    }
    for (size_t i = 0; i < 2 * COUNT; i++) {
        const imap4_event *event = kept[order[i]];

        ck_assert_str_eq(event->data.fetch->envelope->from->mailbox.data, "ada");
        imap4_event_free(kept[order[i]]);
        if (i == COUNT / 2)
            dialogue_close(&s[0].talk); /* what is kept of it lives on */
        if (i == COUNT)
            dialogue_close(&s[1].talk);
    }
    for (int i = 0; i < 2; i++)
        server_close(&s[i]);
}
END_TEST

/* What comes again and again, with what was asked for. */
static const struct steady {
    const char *name;
    const char *part; /* NULL: nothing was asked for */
    int mode;
    uint64_t prefix;
    const char *line;
    size_t literal; /* bytes where the line has a $ */
} steadies[] = {
    {"flags", NULL, 0, 0, "* 1 FETCH (UID 5 FLAGS (\\Seen $Forwarded))\r\n", 0},
    {"list", NULL, 0, 0, NULL, 0},
    {"text", NULL, 0, 0, "* OK [ALERT] still here\r\n", 0},
    {"exists", NULL, 0, 0, "* 5 EXISTS\r\n", 0},
    {"mailbox", NULL, 0, 0, "* LIST (\\HasNoChildren) \"/\" \"INBOX/one/two\"\r\n", 0},
    {"numbers", NULL, 0, 0, "* SEARCH 1 3 5 7 9 11 13 15 17 19 21 23 25 27 29 31 33 35 37 39 41 43 45 47 49 51\r\n", 0},
    {"section", "", IMAP4_SECTION_COLLECT, 0, "* 1 FETCH (UID 5 BODY[] {3000}\r\n$)\r\n", 3000},
    {"gathered", "", IMAP4_SECTION_COLLECT, 0, "* 1 FETCH (UID 5 BODY[] {20000}\r\n$)\r\n", 20000},
    {"prefix", "", IMAP4_SECTION_COLLECT, 100, "* 1 FETCH (UID 5 BODY[] {20000}\r\n$)\r\n", 20000},
    {"stream", "", IMAP4_SECTION_STREAM, 0, "* 1 FETCH (UID 5 BODY[] {100000}\r\n$)\r\n", 100000},
    {"inline", "", IMAP4_SECTION_STREAM, 0, "* 1 FETCH (UID 5 BODY[] \"some words\")\r\n", 0},
    {"unknown", NULL, 0, 0, "* XYZZY (a 1 (b \"c\") NIL)\r\n", 0},
    {"damage", NULL, 0, 0, "* LIST damaged\r\n", 0},
};

static void say_steady(server *s, const struct steady *what)
{
    char line[4096];
    const char *dollar;

    if (!what->line) {
        server_bytes(s, line, list_line(line, sizeof line, 7));
        return;
    }
    dollar = strchr(what->line, '$');
    if (!what->literal || !dollar) {
        server_say(s, what->line);
        return;
    }
    server_bytes(s, what->line, (size_t)(dollar - what->line));
    server_repeat(s, "0123456789", what->literal);
    server_say(s, dollar + 1);
}

START_TEST(steady_use_allocates_nothing)
{
    const struct steady *what = &steadies[_i];
    size_t before;
    server s;

    server_init(&s, IMAP4_PRESET_DEFAULT);
    server_open(&s);
    if (what->part)
        server_fetch_section(&s, what->part, what->mode, what->prefix);
    for (int i = 0; i < 100; i++)
        say_steady(&s, what);
    server_forget(&s);
    before = s.memory.calls;
    for (int i = 0; i < 1000; i++)
        say_steady(&s, what);
    ck_assert_uint_ge(s.events, 1000);
    ck_assert_msg(s.memory.calls == before, "%s: %zu allocations", what->name, s.memory.calls - before);
    if (what->part)
        dialogue_line(&s.talk, "$ OK done");
    server_is_alive(&s);
    server_close(&s);
}
END_TEST

/* A long response leaves nothing behind. */
START_TEST(memory_is_given_back)
{
    size_t before;
    server s;

    server_init(&s, IMAP4_PRESET_DEFAULT);
    server_open(&s);
    say_list(&s, 10, 0);
    before = s.memory.held;
    server_say(&s, "* X {1000000}\r\n");
    server_repeat(&s, "a", 1000000);
    server_say(&s, " ");
    server_repeat(&s, "b", 900000);
    server_say(&s, "\r\n* 7 EXISTS\r\n* 8 EXI");
    say_list(&s, 1, 0);
    server_say(&s, "STS\r\n");
    ck_assert_uint_gt(s.memory.peak, before + 1900000);
    ck_assert_uint_le(s.memory.held, before + 200000);
    server_close(&s);
}
END_TEST

Suite *keep_suite(void)
{
    const TTest *const tests[] = {
        one_in_a_hundred_costs_little,
        events_of_two_connections_are_freed_in_any_order,
        memory_is_given_back,
        NULL,
    };
    Suite *suite = suite_create("keep");
    TCase *tcase = suite_tests(suite, "keep", tests);

    tcase_add_loop_test(tcase, steady_use_allocates_nothing, 0, (int)(sizeof steadies / sizeof *steadies));
    return suite;
}
