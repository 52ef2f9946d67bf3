/*
 * Responses whose long lists of numbers were read as they arrived: what was <between these> has left its first byte, or
 * more that are done with, and lies in a hole.
 */
#ifndef TEST_GRAMMAR_RUNS_H
#define TEST_GRAMMAR_RUNS_H

#include "describe.h"
#include "wire/run.h"

typedef struct run_row {
    const char *bytes;
    const char *expected;
} run_row;

#define RUNS_MAX 8

/* The text between `begin` and `end` becomes what it was when it arrived. */
UNUSED static void read_run_text(imap4__hole *hole, imap4__arena *arena, int kind, const char *begin, const char *end)
{
    imap4__run run;
    size_t taken;

    ck_assert_int_eq(imap4__run_begin(&run, kind, arena), IMAP4_OK);
    ck_assert_int_eq(imap4__run_feed(&run, (const uint8_t *)begin, (size_t)(end - begin), &taken), IMAP4_OK);
    ck_assert_uint_eq(taken, (size_t)(end - begin));
    ck_assert_int_eq(imap4__run_end(&run), IMAP4_OK);
    hole->run = kind;
    hole->bad = run.bad;
    hole->set = run.set;
    hole->threads = run.threads;
}

/* Reads the row and describes it; `left`: each run has as many bytes as it had, else it has the first alone. */
UNUSED static void describe_runs(line *out, const char *text, int kind, int left)
{
    static char bytes[4096];
    imap4__hole holes[RUNS_MAX];
    imap4__arena arena;
    size_t count = 0;
    size_t len = 0;
    reply r;

    memset(holes, 0, sizeof holes);
    imap4__arena_init(&arena, NULL);
    for (; *text != '\0'; text++) {
        const char *end = *text == '<' ? strchr(text, '>') : NULL;
        if (end == NULL) {
            bytes[len++] = *text;
            continue;
        }
        ck_assert_uint_lt(count, RUNS_MAX);
        read_run_text(&holes[count], &arena, kind, text + 1, end);
        holes[count].at = len;
        holes[count].present = 1;
        holes[count].junk = left ? (size_t)(end - text - 2) : 0;
        bytes[len++] = text[1];
        memset(bytes + len, '7', holes[count].junk);
        len += holes[count].junk;
        count++;
        text = end;
    }
    reply_init(&r, bytes, len, NULL);
    r.cursor.holes = holes;
    r.cursor.hole_count = count;
    reply_read(&r);
    describe(out, &r);
    reply_clear(&r);
    imap4__arena_clear(&arena);
}

/* Up to where an offset is told: it is not the same where bytes are gone. */
UNUSED static size_t comparable(const char *text)
{
    const char *at = strchr(text, '@');

    return at != NULL ? (size_t)(at - text) : strlen(text);
}

/* What is found must be as expected, whether the bytes of the lists are still there or not. */
UNUSED static void check_runs_of(const char *bytes, const char *expected, int kind)
{
    static line found;

    for (int left = 0; left < 2; left++) {
        describe_runs(&found, bytes, kind, left);
        if (comparable(found.text) != comparable(expected) || memcmp(found.text, expected, comparable(expected)) != 0)
            ck_abort_msg("\n  bytes    %s (%d)\n  found    %s\n  expected %s", bytes, left, found.text, expected);
    }
}

UNUSED static void check_run_rows(const run_row *rows, size_t count, int kind)
{
    for (size_t i = 0; i < count; i++)
        check_runs_of(rows[i].bytes, rows[i].expected, kind);
}

#define CHECK_RUN_ROWS(rows, kind) check_run_rows(rows, sizeof(rows) / sizeof(rows)[0], kind)

/*
 * Marks every list of the text, behind a space or parenthesis, that is no shorter than `least`: but no mod-sequence,
 * which none is.
 */
UNUSED static void mark_runs(const char *text, int kind, size_t least, char *out)
{
    char before = '\0';
    int depth = 0;

    while (*text != '\0') {
        size_t len = 0;
        depth += (before == '(') - (before == ')');
        while ((before == ' ' || before == '(') && (kind != IMAP4__RUN_LIST || depth == 0) && text[len] != '\0' &&
               (len > 0 ? imap4__run_byte(kind, (uint8_t)text[len]) : imap4__run_begins(kind, (uint8_t)text[0])))
            len++;
        if (len >= least && len > 0) {
            *out++ = '<';
            memcpy(out, text, len);
            out += len;
            *out++ = '>';
        } else {
            len = 1;
            *out++ = *text;
        }
        before = text[len - 1];
        text += len;
    }
    *out = '\0';
}

/* However its lists came, a response means the same. */
UNUSED static void check_same_as_runs(const row *rows, size_t count, int kind, size_t least)
{
    static char marked[8192];

    for (size_t i = 0; i < count; i++) {
        mark_runs(rows[i].bytes, kind, least, marked);
        check_runs_of(marked, rows[i].expected, kind);
    }
}

#define CHECK_SAME_AS_RUNS(rows, kind, least) check_same_as_runs(rows, sizeof(rows) / sizeof(rows)[0], kind, least)

#endif
