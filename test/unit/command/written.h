/*
 * Runs an encoder and shows what it wrote as text: what is not in the buffer stands in angle brackets, where it would
 * go out. The text is the test's to free.
 */
#ifndef TEST_COMMAND_WRITTEN_H
#define TEST_COMMAND_WRITTEN_H

#include "support/suite.h"

#include "command/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STR(text) ((imap4_str){(text), sizeof(text) - 1})
#define NIL_STR ((imap4_str){NULL, 0})

/* What the server is, as far as encoders care. */
typedef struct server {
    int literals;
    int utf8;
    int rev2_only;
} server;

static const server rev1 = {IMAP4__LITERALS_SYNC, 0, 0};
static const server rev1_plus = {IMAP4__LITERALS_PLUS, 0, 0};
static const server rev2 = {IMAP4__LITERALS_MINUS, 1, 1};

static inline void emit_start(imap4__emit *emit, const imap4_allocator *mem, server to)
{
    imap4__emit_init(emit, mem);
    emit->literals = to.literals;
    emit->utf8 = to.utf8;
    emit->rev2_only = to.rev2_only;
}

static inline char *shown(const imap4__emit *emit)
{
    const size_t room = emit->buf.len + emit->mark_count * 64 + 1;
    char *text = malloc(room);
    size_t len = 0;
    size_t from = 0;

    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i <= emit->mark_count; i++) {
        const imap4__mark *mark = i < emit->mark_count ? &emit->marks[i] : NULL;
        const size_t to = mark != NULL ? mark->at : emit->buf.len;

        ck_assert_uint_le(from, to);
        if (to > from)
            memcpy(text + len, emit->buf.data + from, to - from);
        len += to - from;
        from = to;
        if (mark == NULL)
            break;
        if (mark->kind == IMAP4__MARK_REFERENCE || mark->kind == IMAP4__MARK_SUPPLY)
            len += (size_t)snprintf(text + len, room - len, "<%s %llu>",
                                    mark->kind == IMAP4__MARK_SUPPLY ? "supply" : "reference",
                                    (unsigned long long)mark->size);
        else
            len += (size_t)snprintf(text + len, room - len, "<%s>",
                                    mark->kind == IMAP4__MARK_WAIT     ? "wait"
                                    : mark->kind == IMAP4__MARK_SECRET ? "secret"
                                                                       : "public");
    }
    text[len] = '\0';
    return text;
}

/* The encoder must write exactly `expected`, or be refused with IMAP4_ERROR_ARGUMENT when that is NULL. */
static inline void expect(imap4__encoder encoder, const imap4__args *args, server to, const char *expected)
{
    imap4__emit emit;

    emit_start(&emit, NULL, to);
    encoder(&emit, args);
    if (expected == NULL) {
        ck_assert_int_eq(emit.result, IMAP4_ERROR_ARGUMENT);
    } else {
        char *text;

        ck_assert_msg(emit.result == IMAP4_OK, "refused with %d: %s", emit.result, expected);
        text = shown(&emit);
        ck_assert_str_eq(text, expected);
        free(text);
    }
    imap4__emit_clear(&emit);
}

#endif
