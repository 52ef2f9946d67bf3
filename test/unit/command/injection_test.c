/*
 * Whatever bytes a program passes: they come out as exactly one well-formed command that says just that, or the
 * command is refused. And it is refused only if there is a reason.
 */
#include "tree.h"

#include "command/command.h"

Suite *injection_suite(void);

#define CALLS 200000

static imap4__arena arena;
static reader r;

/*
 * Commands: each draws its arguments and notes what is to be read.
 */

typedef struct call {
    imap4__args args;
    imap4__encoder encoder;
    int utf8;
    imap4_str list[80];
    imap4__range ranges[8];
    imap4__set set;
} call;

static void draw_set(call *c)
{
    imap4_str text;
    size_t len = 0;

    c->set = (imap4__set){.ranges = c->ranges, .count = chance(30) ? 0 : 1 + below(7)};
    text = pooled(8 * 22);
    for (size_t i = 0; i < c->set.count; i++) {
        char *out = pool + (text.data - pool) + len;
        char first[12], last[12];

        c->ranges[i].first = chance(5) ? IMAP4_SET_STAR : (uint32_t)draw();
        c->ranges[i].last = chance(3) ? c->ranges[i].first : (uint32_t)draw();
        /* Sets have the smaller number first, and `*` counts as larger than any. */
        if (c->ranges[i].last != IMAP4_SET_STAR &&
            (c->ranges[i].first == IMAP4_SET_STAR || c->ranges[i].first > c->ranges[i].last)) {
            uint32_t larger = c->ranges[i].first;

            c->ranges[i].first = c->ranges[i].last;
            c->ranges[i].last = larger;
        }
        snprintf(first, sizeof first, c->ranges[i].first ? "%u" : "*", (unsigned)c->ranges[i].first);
        snprintf(last, sizeof last, c->ranges[i].last ? "%u" : "*", (unsigned)c->ranges[i].last);
        len += (size_t)(c->ranges[i].first == c->ranges[i].last
                            ? snprintf(out, 24, "%s%s", i ? "," : "", first)
                            : snprintf(out, 24, "%s%s:%s", i ? "," : "", first, last));
    }
    refused |= c->set.count == 0;
    c->args.set = &c->set;
    want(READ_ATOM, (imap4_str){text.data, len});
}

static int is_same_name(imap4_str a, imap4_str b)
{
    return a.len == b.len && imap4__nocase_n(a.data, b.data, a.len);
}

static void draw_id(call *c)
{
    const size_t pairs = chance(20) ? 25 + below(10) : below(5);

    c->encoder = imap4__encode_id;
    c->args.list = c->list;
    c->args.list_count = 2 * pairs;
    if (pairs == 0)
        want_atom("NIL");
    else
        want(READ_OPEN, (imap4_str){NULL, 0});
    for (size_t i = 0; i < pairs; i++) {
        imap4_str *pair = &c->list[2 * i];

        pair[0] = string_argument();
        refused |= pair[0].len == 0 || pair[0].len > 30;
        for (size_t j = 0; j < i; j++)
            refused |= is_same_name(c->list[2 * j], pair[0]);
        if (chance(4)) {
            pair[1] = (imap4_str){NULL, 0};
            want_atom("NIL");
        } else {
            pair[1] = string_argument();
            refused |= pair[1].len > 1024;
        }
    }
    refused |= pairs > 30;
    if (pairs > 0)
        want(READ_CLOSE, (imap4_str){NULL, 0});
}

static void draw_login(call *c)
{
    c->encoder = imap4__encode_login;
    c->args.name = string_argument();
    c->args.second = string_argument();
}

static void draw_enable(call *c)
{
    c->encoder = imap4__encode_enable;
    c->args.list = c->list;
    c->args.list_count = below(4);
    refused |= c->args.list_count == 0;
    for (size_t i = 0; i < c->args.list_count; i++) {
        c->list[i] = any_text();
        refused |= !is_atom(c->list[i]);
        want(READ_ATOM, c->list[i]);
    }
}

static void draw_mailbox(call *c)
{
    c->encoder = imap4__encode_mailbox;
    c->args.name = mailbox_argument(c->utf8, 0);
}

static void draw_rename(call *c)
{
    c->encoder = imap4__encode_rename;
    c->args.name = mailbox_argument(c->utf8, 0);
    c->args.second = mailbox_argument(c->utf8, 0);
}

static void draw_list(call *c)
{
    c->encoder = imap4__encode_list;
    c->args.name = mailbox_argument(c->utf8, 1);
    c->args.second = mailbox_argument(c->utf8, 1);
}

static void draw_status(call *c)
{
    static const char *const names[] = {"MESSAGES",        "RECENT",      "UIDNEXT",   "UIDVALIDITY",
                                        "UNSEEN",          "DELETED",     "SIZE",      "HIGHESTMODSEQ",
                                        "DELETED-STORAGE", "APPENDLIMIT", "MAILBOXID", "OBJECTID"};

    c->encoder = imap4__encode_status;
    c->args.name = mailbox_argument(c->utf8, 0);
    c->args.items = (uint32_t)below(chance(10) ? 16384 : 4096);
    refused |= c->args.items == 0 || c->args.items > 4095;
    want(READ_OPEN, (imap4_str){NULL, 0});
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (c->args.items >> i & 1)
            want_atom(names[i]);
    }
    want(READ_CLOSE, (imap4_str){NULL, 0});
}

static void draw_flags(call *c)
{
    static const char *const names[] = {"\\Seen", "\\Answered", "\\Flagged", "\\Deleted", "\\Draft"};

    c->args.flags.system = (uint32_t)below(chance(10) ? 256 : 32);
    c->args.flags.keyword_count = (uint32_t)below(4);
    c->args.flags.keywords = c->list;
    refused |= c->args.flags.system > 31;
    want(READ_OPEN, (imap4_str){NULL, 0});
    for (size_t i = 0; i < 5; i++) {
        if (c->args.flags.system >> i & 1)
            want_atom(names[i]);
    }
    for (size_t i = 0; i < c->args.flags.keyword_count; i++) {
        imap4_str flag = chance(8) ? pooled_text("\\Recent") : any_text();
        imap4_str atom = flag;

        if (chance(5) && flag.data != pool) { /* behind a backslash; text is preceded by a NUL that ends another */
            flag = (imap4_str){flag.data - 1, flag.len + 1};
            pool[flag.data - pool] = '\\';
        }
        if (flag.len > 0 && flag.data[0] == '\\')
            atom = (imap4_str){flag.data + 1, flag.len - 1};
        refused |= !is_atom(atom) || (atom.data != flag.data && imap4__str_eq_nocase(atom, "recent"));
        c->list[i] = flag;
        want(READ_ATOM, flag);
    }
    want(READ_CLOSE, (imap4_str){NULL, 0});
}

static void draw_append(call *c)
{
    imap4_str text;

    c->encoder = imap4__encode_append;
    c->args.name = mailbox_argument(c->utf8, 0);
    if (chance(2)) {
        c->args.has_flags = 1;
        draw_flags(c);
        if (wanted[wanted_count - 2].kind == READ_OPEN) /* an empty list is left out */
            wanted_count -= 2;
    }
    if (chance(2)) {
        REQUIRE(imap4_date_from_utc((int64_t)below(2000000000), (int)below(1440) - 720, &c->args.date) == IMAP4_OK);
        c->args.has_date = 1;
        text = pooled(96);
        snprintf(pool + (text.data - pool), 96, "%2d-%s-%04d %02d:%02d:%02d %c%02d%02d", c->args.date.day,
                 &"Jan\0Feb\0Mar\0Apr\0May\0Jun\0Jul\0Aug\0Sep\0Oct\0Nov\0Dec"[4 * (c->args.date.month - 1)],
                 c->args.date.year, c->args.date.hour, c->args.date.minute, c->args.date.second,
                 c->args.date.zone < 0 ? '-' : '+', abs(c->args.date.zone) / 60, abs(c->args.date.zone) % 60);
        want(READ_STRING, imap4__str(text.data));
    }
    if (chance(2)) {
        text = string_argument();
        c->args.message = text.data;
        c->args.size = text.len;
    } else {
        text = pooled(below(6000));
        memset(pool + (text.data - pool), 's', text.len);
        c->args.size = text.len;
        want(READ_STRING, text);
    }
}

static void draw_store(call *c)
{
    static const char *const names[] = {"FLAGS",        "+FLAGS",        "-FLAGS",        "",
                                        "FLAGS.SILENT", "+FLAGS.SILENT", "-FLAGS.SILENT", ""};

    c->encoder = imap4__encode_store;
    draw_set(c);
    c->args.mode = (int)below(8);
    refused |= names[c->args.mode][0] == '\0';
    want_atom(names[c->args.mode]);
    draw_flags(c);
}

static void draw_copy(call *c)
{
    c->encoder = imap4__encode_copy;
    draw_set(c);
    c->args.name = mailbox_argument(c->utf8, 0);
}

/* A part, right or nearly so. */
static imap4_str draw_part(int *right)
{
    static const char *const parts[] = {"", "1", "12.3", "4.2.2.1", "4294967295"};
    static const char *const wrong[] = {"0",  "1.",         ".1", "1..2",         "01", "1 2",
                                        "1]", "4294967296", "x",  "1.TEXT\r\n", "*"};

    *right = !chance(15);
    return imap4__str(*right ? parts[below(5)] : wrong[below(sizeof wrong / sizeof wrong[0])]);
}

static void draw_section(imap4_fetch_items *items)
{
    static const char *const texts[] = {"", "HEADER", "HEADER.FIELDS", "HEADER.FIELDS.NOT", "TEXT", "MIME"};
    const int text = (int)below(6);
    const int mode = (int)below(4);
    const int partial = chance(3);
    const size_t fields = text == 2 || text == 3 ? below(10) > 0 ? 1 + below(10) : 0 : 0;
    int right;
    const imap4_str part = draw_part(&right);
    imap4_str begin = pooled(64), end;

    refused |= !right || (text == 5 && part.len == 0) || ((text == 2 || text == 3) && fields == 0);
    imap4_fetch_items_section(items, part.data, text, mode);
    snprintf(pool + (begin.data - pool), 64, "BODY%s[%s%s%s", (mode & 2) != 0 ? "" : ".PEEK", part.data,
             part.len > 0 && text > 0 ? "." : "", texts[text]);
    begin.len = strlen(begin.data);
    end = pooled(64);
    memcpy(pool + (end.data - pool), "]", 2);
    if (partial) {
        const uint64_t origin = draw() >> (chance(9) ? 30 : 32), count = draw() >> (chance(9) ? 30 : 32);

        imap4_fetch_items_partial(items, origin, count);
        refused |= origin > UINT32_MAX || count == 0 || count > UINT32_MAX;
        snprintf(pool + (end.data - pool), 64, "]<%llu.%llu>", (unsigned long long)origin, (unsigned long long)count);
    }
    end.len = strlen(end.data);
    if (fields == 0) { /* one piece */
        const imap4_str whole = pooled(begin.len + end.len);

        snprintf(pool + (whole.data - pool), whole.len + 1, "%s%s", begin.data, end.data);
        want(READ_ATOM, whole);
        return;
    }
    want(READ_ATOM, begin);
    want(READ_OPEN, (imap4_str){NULL, 0});
    for (size_t i = 0; i < fields; i++) {
        const imap4_str field = any_text();
        const imap4_str seen = imap4__str(field.data); /* the builder takes text up to NUL */

        imap4_fetch_items_field(items, field.data);
        refused |= !is_field(seen);
        want(READ_WORD, seen);
    }
    want(READ_CLOSE, (imap4_str){NULL, 0});
    want(READ_ATOM, end);
}

static void draw_fetch(call *c)
{
    static const char *const names[] = {"UID",  "FLAGS",         "INTERNALDATE", "RFC822.SIZE",   "ENVELOPE",
                                        "BODY", "BODYSTRUCTURE", NULL,           "RFC822", "RFC822.HEADER",
                                        "RFC822.TEXT"};
    const uint32_t mask = chance(3) ? 0 : (uint32_t)below(2048) & (chance(8) ? 2047u : 0x77fu);
    const size_t sections = below(4);
    imap4_fetch_items *items;
    imap4__items *copy = NULL;
    int result;

    c->encoder = imap4__encode_fetch;
    draw_set(c);
    REQUIRE(imap4_fetch_items_new(&items, NULL) == IMAP4_OK);
    imap4_fetch_items_add(items, mask);
    refused |= (mask & IMAP4_FETCH_MODSEQ) != 0 || (mask == 0 && sections == 0);
    if (sections == 0 && mask == IMAP4_FETCH_ALL) {
        want_atom("ALL");
    } else if (sections == 0 && mask == IMAP4_FETCH_FAST) {
        want_atom("FAST");
    } else if (sections == 0 && mask == IMAP4_FETCH_FULL) {
        want_atom("FULL");
    } else {
        want(READ_OPEN, (imap4_str){NULL, 0});
        for (size_t i = 0; i < 11; i++) {
            if ((mask >> i & 1) && names[i] != NULL)
                want_atom(names[i]);
        }
        for (size_t i = 0; i < sections; i++)
            draw_section(items);
        want(READ_CLOSE, (imap4_str){NULL, 0});
    }
    result = imap4__items_copy(&arena, items, &copy);
    REQUIRE(result == IMAP4_OK || result == IMAP4_ERROR_ARGUMENT);
    imap4_fetch_items_free(items);
    c->args.fetch = copy;
    REQUIRE_MSG(result == IMAP4_OK || refused, "a good FETCH was refused");
}

static void draw_search(call *c)
{
    tree t = {0};
    imap4__keys *copy = NULL;
    const int finish = !chance(20);
    const size_t steps = below(12);
    int result;

    c->encoder = imap4__encode_search;
    REQUIRE(imap4_search_keys_new(&t.keys, NULL) == IMAP4_OK);
    for (size_t i = 0; i < steps; i++)
        draw_search_step(&t);
    while (finish && !refused && (t.needed[t.depth] > 0 || t.depth > 0 || t.just_opened)) {
        if (t.needed[t.depth] > 0 || t.just_opened) {
            draw_search_key(&t);
        } else {
            want(READ_CLOSE, (imap4_str){NULL, 0});
            imap4_search_keys_close(t.keys);
            t.depth--;
        }
    }
    refused |= t.needed[t.depth] > 0 || t.depth > 0 || t.just_opened;
    if (wanted_count == 0)
        want_atom("ALL");
    else
        draw_search_charset(&t, c->utf8);
    result = imap4__keys_copy(&arena, t.keys, &copy);
    REQUIRE(result == IMAP4_OK || result == IMAP4_ERROR_ARGUMENT);
    REQUIRE(result == (refused ? IMAP4_ERROR_ARGUMENT : IMAP4_OK));
    imap4_search_keys_free(t.keys);
    c->args.keys = copy;
}

/* Modified UTF-7 back to UTF-8, for reading only what is right in every detail. */
static size_t decoded(const char *wire, size_t len, char *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";
    size_t made = 0;

    for (size_t at = 0; at < len; at++) {
        uint32_t bits = 0, high = 0;
        int count = 0;

        REQUIRE_MSG(wire[at] >= ' ' && wire[at] <= '~', "not printable in modified UTF-7");
        if (wire[at] != '&') {
            out[made++] = wire[at];
            continue;
        }
        if (wire[++at] == '-') {
            out[made++] = '&';
            continue;
        }
        for (; wire[at] != '-'; at++) {
            const char *digit = strchr(digits, wire[at]);

            REQUIRE_MSG(at < len && digit != NULL && *digit != '\0', "not base64 in modified UTF-7");
            bits = bits << 6 | (uint32_t)(digit - digits);
            count += 6;
            if (count >= 16) {
                uint32_t c = bits >> (count - 16) & 0xffff;

                count -= 16;
                bits &= (1u << count) - 1;
                if (c >= 0xd800 && c < 0xdc00) {
                    high = c;
                    continue;
                }
                if (c >= 0xdc00 && c < 0xe000)
                    c = 0x10000 + ((high - 0xd800) << 10) + (c - 0xdc00);
                if (c >= 0x10000) {
                    out[made++] = (char)(0xf0 | c >> 18);
                    out[made++] = (char)(0x80 | (c >> 12 & 63));
                } else if (c >= 0x800) {
                    out[made++] = (char)(0xe0 | c >> 12);
                }
                if (c >= 0x800)
                    out[made++] = (char)(0x80 | (c >> 6 & 63));
                else if (c >= 0x80)
                    out[made++] = (char)(0xc0 | c >> 6);
                out[made++] = (char)(c < 0x80 ? c : 0x80 | (c & 63));
            }
        }
        REQUIRE_MSG(count < 6 && bits == 0, "padding of modified UTF-7");
    }
    return made;
}

/*
 * The comparison.
 */

static int same_mailbox(const token *want_this, const token *got)
{
    static char utf8[ROOM];
    size_t len;

    if (is_inbox((imap4_str){want_this->data, want_this->len}))
        return (got->kind == READ_ATOM || got->kind == READ_STRING) && is_inbox((imap4_str){got->data, got->len});
    if (got->kind != READ_STRING)
        return 0;
    if (r.utf8)
        return got->len == want_this->len && memcmp(got->data, want_this->data, got->len) == 0;
    len = decoded(got->data, got->len, utf8);
    return len == want_this->len && memcmp(utf8, want_this->data, len) == 0;
}

static int same(const token *want_this, const token *got)
{
    if (want_this->kind == READ_MAILBOX)
        return same_mailbox(want_this, got);
    if (want_this->kind == READ_WORD) {
        if (got->kind != READ_STRING && !(got->kind == READ_ATOM && is_atom((imap4_str){got->data, got->len})))
            return 0;
    } else if (want_this->kind != got->kind) {
        return 0;
    }
    if (got->kind == READ_OPEN || got->kind == READ_CLOSE)
        return 1;
    return got->len == want_this->len && memcmp(got->data, want_this->data, got->len) == 0;
}

static void (*const drawers[])(call *c) = {
    draw_id,     draw_login,  draw_enable, draw_mailbox, draw_rename, draw_list,   draw_status,
    draw_append, draw_append, draw_store,  draw_copy,    draw_fetch,  draw_fetch,  draw_search, draw_search,
};

static int one_call(size_t number)
{
    static call c;
    imap4__emit emit;
    const size_t which = below(sizeof drawers / sizeof drawers[0]);

    c.args = (imap4__args){0};
    c.utf8 = chance(2);
    pool_len = wanted_count = 0;
    refused = 0;
    drawers[which](&c);
    if ((c.encoder == imap4__encode_fetch && c.args.fetch == NULL) ||
        (c.encoder == imap4__encode_search && c.args.keys == NULL)) {
        imap4__arena_reset(&arena, SIZE_MAX);
        return 0;
    }
    imap4__emit_init(&emit, NULL);
    emit.literals = (int)below(3);
    emit.utf8 = c.utf8;
    c.encoder(&emit, &c.args);
    REQUIRE_MSG(emit.result == (refused ? IMAP4_ERROR_ARGUMENT : IMAP4_OK), "call %zu, kind %zu: %d", number, which,
                  emit.result);
    if (emit.result == IMAP4_OK) {
        reader_load(&r, &emit);
        reader_frame(&r);
        reader_tokens(&r);
        REQUIRE_MSG(r.count == wanted_count, "call %zu, kind %zu: %zu of %zu tokens", number, which, r.count,
                    wanted_count);
        for (size_t i = 0; i < wanted_count; i++)
            REQUIRE_MSG(same(&wanted[i], &r.tokens[i]), "call %zu, kind %zu, token %zu", number, which, i);
    }
    imap4__emit_clear(&emit);
    imap4__arena_reset(&arena, SIZE_MAX);
    return !refused;
}

START_TEST(any_bytes_give_one_command_or_none)
{
    size_t good = 0;

    seed = UINT64_C(0x9e3779b97f4a7c15);
    pool = malloc(ROOM);
    r.bytes = malloc(2 * ROOM);
    r.text = malloc(2 * ROOM);
    REQUIRE(pool != NULL && r.bytes != NULL && r.text != NULL);
    imap4__arena_init(&arena, NULL);
    for (size_t i = 0; i < CALLS; i++)
        good += (size_t)one_call(i);
    /* Both ways must have been gone often, or the test says little. */
    ck_assert_uint_gt(good, CALLS / 4);
    REQUIRE(good < CALLS - CALLS / 4);
    imap4__arena_clear(&arena);
    free(r.bytes);
    free(r.text);
    free(pool);
}
END_TEST

Suite *injection_suite(void)
{
    const TTest *const tests[] = {
        any_bytes_give_one_command_or_none,
        NULL,
    };
    Suite *suite = suite_create("injection");

    suite_tests(suite, "injection", tests);
    return suite;
}
