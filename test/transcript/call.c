#include "call.h"

#include "call_message.h"
#include "words.h"

#include <imap4/command.h>

#include <stdlib.h>
#include <string.h>

/* Requests with nothing, with one name and with two. */
static const struct {
    const char *word;
    int (*call)(imap4_conn *, uint64_t *);
} plain[] = {
    {"capability", imap4_capability}, {"noop", imap4_noop},           {"logout", imap4_logout},
    {"starttls", imap4_starttls},     {"compress", imap4_compress},   {"namespace", imap4_namespace},
    {"idle", imap4_idle},             {"check", imap4_check},         {"close", imap4_close},
    {"unselect", imap4_unselect},     {"expunge", imap4_expunge},
};

static const struct {
    const char *word;
    int (*call)(imap4_conn *, const char *, uint64_t *);
} named[] = {
    {"select", imap4_select}, {"examine", imap4_examine},     {"create", imap4_create},
    {"delete", imap4_delete}, {"subscribe", imap4_subscribe}, {"unsubscribe", imap4_unsubscribe},
    {"raw", imap4_raw},
};

static const struct {
    const char *word;
    int (*call)(imap4_conn *, const char *, const char *, uint64_t *);
} paired[] = {
    {"rename", imap4_rename},
    {"list", imap4_list},
    {"lsub", imap4_lsub},
    {"login", imap4_login},
};

static int from_tables(const char *verb, imap4_conn *conn, words *w, call_answer *answer)
{
    const char *first;

    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        if (strcmp(verb, plain[i].word) == 0) {
            answer->result = plain[i].call(conn, &answer->request);
            return 1;
        }
    }
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (strcmp(verb, named[i].word) == 0) {
            answer->result = named[i].call(conn, words_take_or_null(w), &answer->request);
            return 1;
        }
    }
    for (size_t i = 0; i < sizeof paired / sizeof *paired; i++) {
        if (strcmp(verb, paired[i].word) == 0) {
            first = words_take_or_null(w);
            answer->result = paired[i].call(conn, first, words_take_or_null(w), &answer->request);
            return 1;
        }
    }
    return 0;
}

/* The rest of the words, NULL for an unquoted - or NIL. */
static size_t rest(words *w, const char **out)
{
    size_t count = 0;

    while (words_left(w)) {
        out[count++] = words_take_if(w, "NIL") ? NULL : words_take_or_null(w);
    }
    return count;
}

static int call_id(imap4_conn *conn, words *w, call_answer *answer)
{
    const char *fields[WORDS_MAX];
    size_t count = rest(w, fields);

    answer->result = imap4_id(conn, fields, count / 2, &answer->request);
    return count % 2 == 0;
}

static int call_enable(imap4_conn *conn, words *w, call_answer *answer)
{
    const char *names[WORDS_MAX];
    size_t count = rest(w, names);

    answer->result = imap4_enable(conn, names, count, &answer->request);
    return 1;
}

static int call_authenticate(imap4_conn *conn, words *w, call_answer *answer)
{
    const char *mechanism = words_take_or_null(w);
    const char *authorize = words_take_or_null(w);
    const char *user = words_take_or_null(w);

    answer->result = imap4_authenticate(conn, mechanism, authorize, user, words_take_or_null(w), &answer->request);
    return 1;
}

static int call_status(imap4_conn *conn, words *w, call_answer *answer)
{
    const char *mailbox = words_take_or_null(w);
    uint32_t items = 0;

    while (words_left(w)) {
        const char *word = words_take(w);
        uint32_t before = items;

        for (int bit = 1; bit <= IMAP4_STATUS_ATT_OBJECTID; bit *= 2) {
            text name = {0};
            text_lower(&name, imap4_status_att_name(bit));
            if (strcmp(name.data, word) == 0)
                items |= (uint32_t)bit;
            text_clear(&name);
        }
        if (items == before)
            return 0;
    }
    answer->result = imap4_status_of(conn, mailbox, items, &answer->request);
    return 1;
}

static int call_append(imap4_conn *conn, words *w, call_answer *answer, int streamed)
{
    const char *mailbox = words_take_or_null(w);
    imap4_str keywords[WORDS_MAX];
    imap4_flags flags = {0, 0, keywords};
    int has_flags = words_take_if(w, "flags");
    imap4_date date;
    int has_date;

    if (has_flags)
        call_flag_words(words_take(w), &flags, keywords);
    has_date = words_take_if(w, "date");
    if (has_date) {
        int64_t utc = strtoll(words_take(w), NULL, 10);
        if (imap4_date_from_utc(utc, (int)strtol(words_take(w), NULL, 10), &date) != IMAP4_OK)
            return 0;
    }
    if (!words_left(w))
        return 0;
    if (streamed) {
        uint64_t size = strtoull(words_take(w), NULL, 10);
        answer->result = imap4_append_stream(conn, mailbox, has_flags ? &flags : NULL, has_date ? &date : NULL, size,
                                             &answer->request);
    } else {
        size_t index = w->next;
        const char *message = words_take(w);
        answer->result = imap4_append(conn, mailbox, has_flags ? &flags : NULL, has_date ? &date : NULL, message,
                                      w->len[index], &answer->request);
    }
    return 1;
}

static int call_supply(const call_context *context, words *w, call_answer *answer)
{
    uint64_t request = context->request_id(context->user, strtoull(words_take(w), NULL, 10));
    size_t index = w->next;
    const char *data = words_take(w);
    size_t taken = 0;

    if (index >= w->count)
        return 0;
    answer->result = imap4_supply(context->conn, request, data, w->len[index], &taken);
    answer->taken = (int64_t)taken;
    return 1;
}

static int call_cookie(const call_context *context, words *w, call_answer *answer)
{
    uint64_t request = context->request_id(context->user, strtoull(words_take(w), NULL, 10));

    answer->result = imap4_request_set_cookie(context->conn, request, strtoull(words_take(w), NULL, 10));
    return 1;
}

static int make(const call_context *context, words *w, call_answer *answer)
{
    const char *verb = words_take(w);

    if (from_tables(verb, context->conn, w, answer))
        return 1;
    if (strcmp(verb, "id") == 0)
        return call_id(context->conn, w, answer);
    if (strcmp(verb, "enable") == 0)
        return call_enable(context->conn, w, answer);
    if (strcmp(verb, "authenticate") == 0)
        return call_authenticate(context->conn, w, answer);
    if (strcmp(verb, "status") == 0)
        return call_status(context->conn, w, answer);
    if (strcmp(verb, "append") == 0)
        return call_append(context->conn, w, answer, 0);
    if (strcmp(verb, "append-stream") == 0)
        return call_append(context->conn, w, answer, 1);
    if (strcmp(verb, "supply") == 0)
        return call_supply(context, w, answer);
    if (strcmp(verb, "cookie") == 0)
        return call_cookie(context, w, answer);
    if (strcmp(verb, "cancel") == 0) {
        answer->result =
            imap4_cancel(context->conn, context->request_id(context->user, strtoull(words_take(w), NULL, 10)));
        return 1;
    }
    return call_message(context, verb, w, answer);
}

int call_make(const call_context *context, const char *line, call_answer *answer)
{
    int understood;

    do {
        words w;

        answer->request = 0;
        answer->taken = -1;
        answer->result = IMAP4_OK;
        understood = words_read(&w, line) && make(context, &w, answer) && !words_left(&w);
        words_clear(&w);
    } while (understood && answer->result == IMAP4_ERROR_MEMORY);
    return understood;
}

void call_secrets(const char *line, text *secrets)
{
    words w;
    size_t at = WORDS_MAX;

    if (words_read(&w, line) && w.count > 0) {
        if (strcmp(words_at(&w, 0), "login") == 0)
            at = 2;
        else if (strcmp(words_at(&w, 0), "authenticate") == 0)
            at = 4;
        /* An unquoted - is no password, and what is supplied may be a message. */
        if (at < w.count && (w.quoted[at] || strcmp(words_at(&w, at), "-") != 0))
            text_add(secrets, words_at(&w, at), w.len[at] + 1);
    }
    words_clear(&w);
}
