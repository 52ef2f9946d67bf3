/*
 * growth N SMALL [WORD]: feeds the engine with every kind of adversarial input, of n, 2n and 4n bytes: whole (n is half
 * of N), in pieces of 4096 bytes (n is N), and byte by byte (n is SMALL, since a piece costs more than a byte). Under
 * callgrind the instructions of each are dumped under its name. What the program prints says whether reading went on
 * behind the input, and whether what should come of it came. WORD: only the inputs whose name has it.
 */
#include "generator.h"
#include "support/dialogue.h"

#include <imap4/command.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <valgrind/callgrind.h>

enum {
    DOUBLINGS = 2
};

/* How input is cut. */
static const size_t pieces[] = {0, 4096, 1};

typedef struct seen {
    int wanted; /* an imap4_event_kind */
    size_t events;
    size_t found; /* of that kind */
    size_t sentinel;
    uint64_t sum;     /* of all that was read, so that reading cannot be left out */
    imap4_conn *conn; /* every tenth event is kept; NULL: none */
    imap4_event **kept;
    size_t kept_count;
} seen;

/* Reading what an event has: walks whose steps could cost more than they should. */

static void walk_uids(seen *to, const imap4_uid_set *set)
{
    uint32_t first;
    uint32_t last;

    for (imap4_set_cursor at = {0}; imap4_uid_set_next_range(set, &at, &first, &last);)
        to->sum += last - first;
    to->sum += imap4_uid_set_count(set) + imap4_uid_set_ranges(set);
}

static void walk_numbers(seen *to, const imap4_seq_set *set)
{
    uint32_t first;
    uint32_t last;

    for (imap4_set_cursor at = {0}; imap4_seq_set_next_range(set, &at, &first, &last);)
        to->sum += last - first;
    to->sum += imap4_seq_set_count(set) + imap4_seq_set_ranges(set);
}

static void walk_text(seen *to, const imap4_resp_text *said)
{
    walk_uids(to, said->uids);
    walk_uids(to, said->source_uids);
    walk_numbers(to, said->numbers);
    if (said->names != NULL)
        to->sum += (uint64_t)imap4_names_contain(said->names, "NOT-THERE");
    to->sentinel += said->code_name.len == 5 && memcmp(said->code_name.data, "XSYNC", 5) == 0;
}

static void walk_fetch(seen *to, const imap4_msg_att *said)
{
    for (const imap4_body *body = said->body; body != NULL; body = imap4_body_next(body)) {
        to->sum += body->part.len;
        to->sum += imap4_param_find(body->params, "NOT-THERE") != NULL;
    }
    for (const imap4_section *section = said->sections; section != NULL; section = section->next)
        to->sum += section->data.len;
}

static void walk_threads(seen *to, const imap4_threads *threads)
{
    imap4_thread_node node;

    for (imap4_set_cursor at = {0}; imap4_threads_next(threads, &at, &node);)
        to->sum += node.number + node.level;
    to->sum += imap4_threads_count(threads);
}

static void keep_some(seen *to)
{
    if (to->conn == NULL || to->events % 10 != 0)
        return;
    to->kept = must_realloc(to->kept, (to->kept_count + 1) * sizeof(imap4_event *));
    to->kept[to->kept_count++] = imap4_event_keep(to->conn);
}

static void see(void *user, const imap4_event *event)
{
    seen *to = user;
    const imap4_event_data *data = &event->data;

    to->events++;
    to->found += event->kind == to->wanted;
    switch (event->kind) {
    case IMAP4_EVENT_TEXT:
        walk_text(to, data->text);
        break;
    case IMAP4_EVENT_DONE:
        if (data->done->text != NULL)
            walk_text(to, data->done->text);
        break;
    case IMAP4_EVENT_FETCH:
        walk_fetch(to, data->fetch);
        break;
    case IMAP4_EVENT_SEARCH:
        walk_uids(to, data->search->uids);
        walk_numbers(to, data->search->numbers);
        break;
    case IMAP4_EVENT_THREAD:
        walk_threads(to, data->thread->threads);
        break;
    case IMAP4_EVENT_VANISHED:
        walk_uids(to, data->vanished->uids);
        break;
    case IMAP4_EVENT_UIDBATCHES:
        walk_uids(to, data->uid_batches->batches);
        break;
    default:
        break;
    }
    keep_some(to);
}

static void need(int result)
{
    if (result == IMAP4_OK)
        return;
    fprintf(stderr, "growth: %s\n", imap4_result_message(result));
    exit(2);
}

static void set_limits(imap4_options *options, room limits)
{
    enum {
        ROOMS = ROOM_TINY + 1,
        WIDE = 1 << 30,
        USUAL = 0
    };
    static const struct {
        int option;
        uint64_t values[ROOMS]; /* WIDE, DEEP, NARROW, TINY */
    } rows[] = {
        {IMAP4_OPTION_LINE_LIMIT, {WIDE, WIDE, WIDE, 256}},
        {IMAP4_OPTION_RESPONSE_LIMIT, {WIDE, WIDE, 8192, 512}},
        {IMAP4_OPTION_LIST_LIMIT, {WIDE, WIDE, WIDE, 16}},
        {IMAP4_OPTION_NUMBERS_LIMIT, {WIDE, WIDE, WIDE, 64}},
        {IMAP4_OPTION_NESTING_LIMIT, {USUAL, 1000, USUAL, USUAL}},
        {IMAP4_OPTION_INPUT_BUFFER, {USUAL, USUAL, USUAL, 512}},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].values[limits] != USUAL)
            need(imap4_options_set(options, rows[i].option, rows[i].values[limits]));
    }
}

static void ask_fetch(dialogue *talk, ask asked)
{
    imap4_fetch_items *items;
    imap4_seq_set *all;

    need(imap4_fetch_items_new(&items, NULL));
    need(imap4_seq_set_new(&all, NULL));
    need(imap4_seq_set_add(all, 1, IMAP4_SET_STAR));
    need(imap4_fetch_items_add(items, IMAP4_FETCH_FULL | IMAP4_FETCH_UID));
    need(imap4_fetch_items_section(items, "", IMAP4_SECTION_ALL,
                                   asked == ASK_STREAM ? IMAP4_SECTION_STREAM : IMAP4_SECTION_COLLECT));
    if (asked == ASK_PREFIX)
        need(imap4_fetch_items_prefix(items, 1000));
    need(imap4_fetch_seq(talk->conn, all, imap4_conn_view(talk->conn)->serial, items, NULL));
    imap4_seq_set_free(all);
    imap4_fetch_items_free(items);
}

static void ask_sparse(dialogue *talk)
{
    imap4_fetch_items *items;
    imap4_uid_set *set;

    need(imap4_fetch_items_new(&items, NULL));
    need(imap4_uid_set_new(&set, NULL));
    for (uint32_t i = 0; i < 2000; i++)
        need(imap4_uid_set_add(set, i * 1000000 + 1, i * 1000000 + 1));
    need(imap4_fetch_items_add(items, IMAP4_FETCH_FLAGS));
    need(imap4_fetch(talk->conn, set, items, NULL));
    imap4_uid_set_free(set);
    imap4_fetch_items_free(items);
}

static void ask_copy(dialogue *talk)
{
    imap4_uid_set *set;

    need(imap4_uid_set_new(&set, NULL));
    need(imap4_uid_set_add(set, 1, IMAP4_SET_STAR));
    need(imap4_copy(talk->conn, set, "Archive", NULL));
    imap4_uid_set_free(set);
}

static void make_requests(dialogue *talk, ask asked)
{
    switch (asked) {
    case ASK_NOTHING:
        break;
    case ASK_COLLECT:
    case ASK_STREAM:
    case ASK_PREFIX:
    case ASK_KEPT:
        ask_fetch(talk, asked);
        break;
    case ASK_SPARSE:
        ask_sparse(talk);
        break;
    case ASK_SEARCH:
        need(imap4_search(talk->conn, NULL, NULL));
        break;
    case ASK_COPY:
        ask_copy(talk);
        break;
    }
    dialogue_pump(talk);
}

static void measure(const generator *of, size_t index, size_t n, size_t step, size_t piece)
{
    static const char sentinel[] = "\r\n* OK [XSYNC] sentinel\r\n* OK end\r\n";
    imap4_options *options;
    dialogue talk;
    seen said = {.wanted = of->event};
    text input = {0};
    char label[64];

    need(imap4_options_new(&options, NULL));
    set_limits(options, of->limits);
    if (!dialogue_open(&talk, options))
        need(IMAP4_ERROR_STATE);
    make_requests(&talk, of->asked);
    generate(&input, of, n << step, talk.tag);
    text_puts(&input, sentinel);
    said.conn = of->asked == ASK_KEPT ? talk.conn : NULL;
    talk.see = see;
    talk.user = &said;
    snprintf(label, sizeof label, "%zu/%zu/%zu", index, piece, step);
    CALLGRIND_ZERO_STATS;
    dialogue_say(&talk, input.data, input.len, piece);
    CALLGRIND_DUMP_STATS_AT(label);
    printf("%s\t%zu\t%d\t%d\t%zu\t%s\n", label, input.len, said.sentinel == 1, said.found > 0, said.events, of->name);
    dialogue_close(&talk);
    for (size_t i = 0; i < said.kept_count; i++)
        imap4_event_free(said.kept[i]);
    free(said.kept);
    imap4_options_free(options);
    text_clear(&input);
}

int main(int argc, char **argv)
{
    size_t n = argc > 2 ? (size_t)strtoul(argv[1], NULL, 10) : 0;
    size_t small = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : 0;
    const size_t sizes[] = {n / 2, n, small};
    const char *only = argc > 3 ? argv[3] : "";

    for (size_t i = 0; i < generator_count && small > 0; i++) {
        for (size_t p = 0; p < sizeof pieces / sizeof *pieces && strstr(generators[i].name, only) != NULL; p++) {
            for (size_t step = 0; step <= DOUBLINGS; step++)
                measure(&generators[i], i, sizes[p], step, pieces[p]);
        }
    }
    return small > 0 ? 0 : 2;
}
