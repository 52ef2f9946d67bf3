/* Compares what came of a replay with what the transcript says. */
#include "print.h"
#include "replay.h"

#include <imap4/event.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Takes the next line from *at; 0 at the end. */
static int next_line(const char **at, const char **line, size_t *len)
{
    if (*at == NULL || **at == '\0')
        return 0;
    *line = *at;
    *len = strcspn(*at, "\n");
    *at += *len + ((*at)[*len] == '\n');
    return 1;
}

void replay_compare(replay *r)
{
    const script *s = r->script;
    const char *got = r->blocks[0].data;
    size_t block = 0;
    const char *line;
    size_t len;

    for (size_t i = 0; i <= s->count && r->failure.len == 0; i++) {
        const script_line *expected = i < s->count ? &s->lines[i] : NULL;
        size_t here = expected != NULL ? replay_block_of(s, i) : SIZE_MAX;

        if (here != block) {
            if (next_line(&got, &line, &len))
                replay_fail(r, "line %d: not told of: > %.*s", s->lines[block].number, (int)len, line);
            block = here;
            got = expected != NULL ? r->blocks[block].data : NULL;
        }
        if (expected == NULL || expected->kind != LINE_EVENT)
            continue;
        if (!next_line(&got, &line, &len))
            replay_fail(r, "line %d: never came: > %s", expected->number, expected->bytes.data);
        else if (len != expected->bytes.len || memcmp(line, expected->bytes.data, len) != 0)
            replay_fail(r, "line %d:\n    expected > %s\n    came     > %.*s", expected->number, expected->bytes.data,
                        (int)len, line);
    }
}

/* Base64 of the secret wherever it stands in what is encoded: only the characters that are its own. */
static int shows_base64(const text *in, const char *secret, size_t shift)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const size_t len = strlen(secret);
    text encoded = {0};
    int found;

    for (size_t bit = (shift * 8 + 5) / 6 * 6; bit + 6 <= (shift + len) * 8; bit += 6) {
        unsigned value = 0;

        for (size_t i = bit; i < bit + 6; i++) {
            unsigned byte = (unsigned char)secret[i / 8 - shift];
            value = value << 1 | ((byte >> (7 - i % 8)) & 1);
        }
        text_add(&encoded, &digits[value], 1);
    }
    found = encoded.len >= 4 && text_holds(in, encoded.data, encoded.len);
    text_clear(&encoded);
    return found;
}

void replay_check_trace(replay *r)
{
    const char *secret = r->secrets.data;

    if (r->in_trace.len != r->in_all.len ||
        (r->in_all.len > 0 && memcmp(r->in_trace.data, r->in_all.data, r->in_all.len) != 0))
        replay_fail(r, "the trace does not show what was received");
    if (r->secrets.len == 0 && !r->held &&
        (r->out_trace.len != r->out_all.len ||
         (r->out_all.len > 0 && memcmp(r->out_trace.data, r->out_all.data, r->out_all.len) != 0)))
        replay_fail(r, "the trace does not show what was sent");
    for (size_t at = 0; at < r->secrets.len; at += strlen(secret + at) + 1) {
        if (text_holds(&r->out_trace, secret + at, strlen(secret + at)))
            replay_fail(r, "the trace shows the secret %s", secret + at);
        for (size_t shift = 0; shift < 3; shift++) {
            if (shows_base64(&r->out_trace, secret + at, shift))
                replay_fail(r, "the trace shows the secret %s in base64", secret + at);
        }
    }
}

static void answer(replay *r, const char *question, text *to)
{
    const imap4_conn *conn = r->conn;
    const imap4_error *error = imap4_conn_error(conn);
    const imap4_names *names;
    uint64_t deadline;

    if (strcmp(question, "state") == 0) {
        text_puts(to, imap4_state_name(imap4_conn_state(conn)));
    } else if (strcmp(question, "security") == 0) {
        text_lower(to, imap4_security_name(imap4_conn_security(conn)));
    } else if (strcmp(question, "pending") == 0) {
        text_printf(to, "%zu", imap4_conn_pending(conn));
    } else if (strcmp(question, "capabilities") == 0) {
        names = imap4_conn_capabilities(conn);
        if (names == NULL)
            text_puts(to, "unknown");
        else
            print_names(to, names);
    } else if (strcmp(question, "deadline") == 0) {
        deadline = imap4_conn_deadline(conn);
        if (deadline == UINT64_MAX)
            text_puts(to, "none");
        else if (deadline < r->now)
            text_puts(to, "past");
        else
            text_printf(to, "+%" PRIu64, deadline - r->now);
    } else if (strcmp(question, "view") == 0) {
        print_view(to, imap4_conn_view(conn));
    } else if (strcmp(question, "error") == 0) {
        print_result(to, error->result);
        if (error->status != 0)
            text_printf(to, " status=%s", imap4_status_name(error->status));
        if (error->code != 0)
            text_printf(to, " code=%s", imap4_code_name(error->code));
        print_field(to, "text", error->text);
    } else if (strncmp(question, "has ", 4) == 0) {
        text_printf(to, "%d", imap4_conn_has(conn, question + 4));
    } else {
        text_puts(to, "a question that is not understood");
    }
}

/* The question is the first word; `has` takes one more. */
void replay_ask(replay *r, const script_line *line)
{
    const char *all = line->bytes.data;
    size_t words = strncmp(all, "has ", 4) == 0 ? 4 : 0;
    size_t len = words + strcspn(all + words, " ");
    const char *rest = all + len + strspn(all + len, " ");
    text question = {0};
    text got = {0};
    size_t skip;

    text_add(&question, all, len);
    answer(r, question.data, &got);
    text_add(&got, "", 0);
    skip = strspn(got.data, " ");
    if (strcmp(got.data + skip, rest) != 0)
        replay_fail(r, "line %d:\n    expected ? %s\n    is       ? %s %s", line->number, all, question.data,
                    got.data + skip);
    text_clear(&question);
    text_clear(&got);
}
