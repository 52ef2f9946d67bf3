/*
 * Responses whose long lists of numbers were read as they arrived: what was <between these> has left no bytes, or bytes
 * that are done with, and lies in a hole instead.
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

/* Reads the row and describes it; `left`: the bytes of the runs are still there, to be passed over. */
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
        holes[count].junk = left ? (size_t)(end - text - 1) : 0;
        if (left) {
            memset(bytes + len, '7', holes[count].junk);
            len += holes[count].junk;
        }
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

UNUSED static void check_run_rows(const run_row *rows, size_t count, int kind)
{
    static line found;

    for (size_t i = 0; i < count; i++) {
        describe_runs(&found, rows[i].bytes, kind, 0);
        if (strcmp(found.text, rows[i].expected) != 0)
            ck_abort_msg("\n  bytes    %s\n  found    %s\n  expected %s", rows[i].bytes, found.text, rows[i].expected);
    }
}

#define CHECK_RUN_ROWS(rows, kind) check_run_rows(rows, sizeof(rows) / sizeof(rows)[0], kind)

/* Up to where an offset or an argument is told: these are not the same where bytes are gone. */
UNUSED static size_t comparable(const char *text)
{
    const char *at = strchr(text, '@');

    return at != NULL ? (size_t)(at - text) : strlen(text);
}

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
    static line found;
    static char marked[8192];

    for (size_t i = 0; i < count; i++) {
        mark_runs(rows[i].bytes, kind, least, marked);
        for (int left = 0; left < 2; left++) {
            describe_runs(&found, marked, kind, left);
            if (comparable(found.text) != comparable(rows[i].expected) ||
                memcmp(found.text, rows[i].expected, comparable(found.text)) != 0)
                ck_abort_msg("\n  bytes    %s (%d)\n  found    %s\n  expected %s", marked, left, found.text,
                             rows[i].expected);
        }
    }
}

#define CHECK_SAME_AS_RUNS(rows, kind, least) check_same_as_runs(rows, sizeof(rows) / sizeof(rows)[0], kind, least)

#endif
