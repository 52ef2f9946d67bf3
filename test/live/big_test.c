/* A message of 20 MiB there and back as a stream, in the memory of a small one. */
#include "live/live.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { MIB = 1024 * 1024, BIG = 20 * MIB, LINE = 78, ROOM = 8 * MIB };

/* The message is a function of the position: a header, then lines of letters that never repeat in step. */
static const char header[] =
    "From: a@example.org\r\nSubject: big\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n";

static char letter(uint64_t at)
{
    uint64_t mixed = (at + 1) * UINT64_C(0x9E3779B97F4A7C15);

    return (char)('a' + (mixed ^ mixed >> 29 ^ mixed >> 51) % 26);
}

static char byte_at(uint64_t at)
{
    uint64_t in_body = at - (sizeof header - 1);

    if (at < sizeof header - 1)
        return header[at];
    if (in_body % LINE == LINE - 2)
        return '\r';
    return in_body % LINE == LINE - 1 ? '\n' : letter(in_body);
}

/* FNV-1a, 64 bits. */
static uint64_t hash(uint64_t so_far, const uint8_t *data, size_t len)
{
    for (size_t i = 0; i < len; i++)
        so_far = (so_far ^ data[i]) * UINT64_C(0x100000001B3);
    return so_far;
}
static const uint64_t hash_start = UINT64_C(0xCBF29CE484222325);

/* Whole lines only. */
static uint64_t size_of(uint64_t wish)
{
    return sizeof header - 1 + (wish - sizeof header) / LINE * LINE;
}

/* Memory that the library holds, and the most it ever held: sizes stand before the blocks. */
typedef struct meter {
    imap4_allocator allocator;
    size_t now;
    size_t most;
} meter;

enum { BEFORE = 16 };

static void *take(void *user, size_t size)
{
    meter *of = user;
    char *block = malloc(size + BEFORE);

    if (block == NULL)
        return NULL;
    memcpy(block, &size, sizeof size);
    of->now += size;
    if (of->now > of->most)
        of->most = of->now;
    return block + BEFORE;
}

static void give(void *user, void *memory)
{
    meter *of = user;
    size_t size;

    if (memory == NULL)
        return;
    memcpy(&size, (char *)memory - BEFORE, sizeof size);
    of->now -= size;
    free((char *)memory - BEFORE);
}

static void *retake(void *user, void *memory, size_t size)
{
    size_t old = 0;
    void *taken = take(user, size);

    if (memory == NULL || taken == NULL)
        return taken;
    memcpy(&old, (char *)memory - BEFORE, sizeof old);
    memcpy(taken, memory, old < size ? old : size);
    give(user, memory);
    return taken;
}

static session *metered(meter *of)
{
    imap4_options *options = NULL;
    session *made;

    memset(of, 0, sizeof *of);
    of->allocator = (imap4_allocator){take, retake, give, of};
    ck_assert_int_eq(imap4_options_new(&options, &of->allocator), IMAP4_OK);
    ck_assert_int_eq(imap4_options_set_ca_file(options, live_variable("IMAP4_TEST_CA")), IMAP4_OK);
    made = session_sign_in_with(NULL, options);
    imap4_options_free(options);
    return made;
}

static uint64_t append(session *by, uint64_t size)
{
    static uint8_t piece[32 * 1024];
    uint64_t sum = hash_start;
    uint64_t at = 0;

    ck_assert_int_eq(imap4_append_stream(by->conn, "scratch big", NULL, NULL, size, &by->request), IMAP4_OK);
    while (at < size) {
        const imap4_event *event = session_await(by, IMAP4_EVENT_WANTED);
        size_t len = size - at < sizeof piece ? (size_t)(size - at) : sizeof piece;
        size_t taken = 0;
        ck_assert_uint_eq(event->data.wanted->amount, size - at);
        for (size_t i = 0; i < len; i++)
            piece[i] = (uint8_t)byte_at(at + i);
        ck_assert_int_eq(imap4_supply(by->conn, by->request, piece, len, &taken), IMAP4_OK);
        sum = hash(sum, piece, taken);
        at += taken;
    }
    REST(by, by->request);
    return sum;
}

static uint64_t fetch(session *by, uint32_t uid, uint64_t size)
{
    imap4_fetch_items *items = NULL;
    imap4_uid_set *set = NULL;
    const imap4_event *event;
    uint64_t sum = hash_start;
    uint64_t at = 0;

    ck_assert_int_eq(imap4_fetch_items_new(&items, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_section(items, NULL, IMAP4_SECTION_ALL, IMAP4_SECTION_STREAM), IMAP4_OK);
    ck_assert_int_eq(imap4_uid_set_new(&set, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_uid_set_add(set, uid, uid), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch(by->conn, set, items, &by->request), IMAP4_OK);
    while ((event = session_next(by))->kind != IMAP4_EVENT_DONE) {
        if (event->kind == IMAP4_EVENT_BODY_BEGIN)
            ck_assert_uint_eq(event->data.stream->section->size, size);
        if (event->kind != IMAP4_EVENT_BODY_CHUNK)
            continue;
        ck_assert_uint_eq(event->data.chunk->offset, at);
        sum = hash(sum, event->data.chunk->data, event->data.chunk->len);
        at += event->data.chunk->len;
    }
    ck_assert_int_eq(event->data.done->text->status, IMAP4_STATUS_OK);
    ck_assert_uint_eq(at, size);
    imap4_fetch_items_free(items);
    imap4_uid_set_free(set);
    return sum;
}

/* The address sanitizer holds freed memory back, which would look like growth; it asks for its options here. */
const char *__asan_default_options(void)
{
    return "quarantine_size_mb=1";
}

static long peak_kib(void)
{
    struct rusage usage;

    ck_assert_int_eq(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_maxrss;
}

/* Once with a small message, so that the process has all it needs; then the big one must not need more. */
static void there_and_back(int compressed)
{
    meter held;
    session *alice = metered(&held);
    long before = 0;
    size_t held_before = 0;

    scratch_make(alice, "scratch big");
    if (compressed)
        OK(alice, imap4_compress(alice->conn, &alice->request));
    OK(alice, imap4_select(alice->conn, "scratch big", &alice->request));
    for (uint32_t uid = 1; uid <= 2; uid++) {
        uint64_t size = size_of(uid == 1 ? MIB : BIG);
        uint64_t sum = append(alice, size);
        OK(alice, imap4_noop(alice->conn, &alice->request));
        ck_assert_uint_eq(fetch(alice, uid, size), sum);
        if (uid == 1) {
            before = peak_kib();
            held_before = held.most;
        }
    }
    ck_assert_msg(held.most < held_before + MIB / 4, "the library held %zu bytes, %zu before", held.most, held_before);
    ck_assert_uint_lt(held.most, ROOM);
    ck_assert_msg(peak_kib() - before < ROOM / 1024, "the process grew by %ld KiB", peak_kib() - before);
    OK(alice, imap4_unselect(alice->conn, &alice->request));
    scratch_drop(alice, "scratch big");
    session_free(alice);
    ck_assert_uint_eq(held.now, 0);
}

START_TEST(over_tls)
{
    there_and_back(0);
}
END_TEST

START_TEST(over_tls_and_compressed)
{
    there_and_back(1);
}
END_TEST

Suite *big_suite(void)
{
    const TTest *const tests[] = {over_tls, NULL};
    const TTest *const compressed[] = {over_tls_and_compressed, NULL};
    Suite *suite = suite_create("big");

    suite_tests(suite, "big", tests);
    if (imap4_filter_available(IMAP4_LAYER_DEFLATE))
        suite_tests(suite, "compressed", compressed);
    else
        suite_skip("big: compressed", "this build has no zlib");
    return suite;
}
