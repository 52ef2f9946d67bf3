#include "wire/scan.h"

#include "wire/announce.h"

/* What ends an atom. `{` does only where it announces a literal. */
static int ends_atom(uint8_t c)
{
    return c <= ' ' || c == 0x7f || c == '(' || c == ')' || c == '"';
}

static const imap4__hole *find_hole(const imap4__cursor *cur, size_t at)
{
    size_t low = 0;
    size_t high = cur->hole_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cur->holes[middle].at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < cur->hole_count && cur->holes[low].at == at ? &cur->holes[low] : NULL;
}

/* Servers that count a literal two bytes short leave its last CRLF behind. */
static const uint8_t *behind_literal(const uint8_t *at, const uint8_t *end)
{
    const uint8_t *next = imap4__announce_line_end(at, end);
    return next != NULL && next < end && (*next == ')' || *next == ' ') ? next : at;
}

static int scan_literal(const imap4__cursor *cur, imap4__span *out)
{
    const uint8_t *content = imap4__announce_at(cur->at, cur->end, &out->size);
    if (content == NULL)
        return 0;
    const imap4__hole *hole = find_hole(cur, (size_t)(content - cur->base));
    uint64_t present = hole != NULL ? hole->present : out->size;
    size_t junk = hole != NULL ? hole->junk : 0;
    uint64_t room = (uint64_t)(cur->end - content);
    if (present > room || junk > room - present)
        return IMAP4_ERROR_PROTOCOL;
    out->text = content;
    out->len = (size_t)present;
    out->after = behind_literal(content + out->len + junk, cur->end);
    out->escapes = 0;
    out->streamed = hole != NULL && hole->streamed;
    out->gathered = hole != NULL && hole->text.data != NULL;
    if (out->gathered) {
        out->text = (const uint8_t *)hole->text.data;
        out->len = hole->text.len;
    }
    return 1;
}

static int scan_quoted(const imap4__cursor *cur, imap4__span *out)
{
    const uint8_t *at = cur->at + 1;
    out->text = at;
    out->escapes = 0;
    out->streamed = 0;
    out->gathered = 0;
    while (at < cur->end) {
        if (*at == '\\' && at + 1 < cur->end) {
            out->escapes = 1;
            at++;
        } else if (*at == '"') {
            out->len = (size_t)(at - out->text);
            out->size = out->len;
            out->after = at + 1;
            return 1;
        }
        at++;
    }
    return IMAP4_ERROR_PROTOCOL;
}

int imap4__scan_string(const imap4__cursor *cur, imap4__span *out)
{
    if (cur->at == cur->end)
        return 0;
    return *cur->at == '"' ? scan_quoted(cur, out) : scan_literal(cur, out);
}

const uint8_t *imap4__scan_atom(const imap4__cursor *cur)
{
    const uint8_t *at = cur->at;
    uint64_t size;
    if (at < cur->end && *at == '~' && imap4__announce_at(at, cur->end, &size) != NULL)
        return at;
    while (at < cur->end && !ends_atom(*at)) {
        if (*at == '{' && imap4__announce_at(at, cur->end, &size) != NULL)
            break;
        at++;
    }
    return at;
}

const imap4__hole *imap4__scan_hole(const imap4__cursor *cur)
{
    if (cur->hole_count == 0)
        return NULL;
    const imap4__hole *hole = find_hole(cur, (size_t)(cur->at - cur->base));
    return hole != NULL && hole->run != IMAP4__RUN_NONE ? hole : NULL;
}

const imap4__hole *imap4__scan_run(const imap4__cursor *cur)
{
    const imap4__hole *hole = imap4__scan_hole(cur);
    return hole != NULL && imap4__scan_behind(cur, hole) > cur->at ? hole : NULL;
}

const uint8_t *imap4__scan_behind(const imap4__cursor *cur, const imap4__hole *run)
{
    size_t room = (size_t)(cur->end - cur->at);
    return run->present < room && run->junk < room - run->present ? cur->at + run->present + run->junk : cur->end;
}

void imap4__scan_step(imap4__cursor *cur, int *quotes)
{
    imap4__span span;
    const imap4__hole *run = imap4__scan_run(cur);
    if (run != NULL) {
        cur->at = imap4__scan_behind(cur, run);
        return;
    }
    const uint8_t *atom = imap4__scan_atom(cur);
    if (atom > cur->at) {
        cur->at = atom;
        return;
    }
    int quote = *cur->at == '"';
    if ((!quote || *quotes) && imap4__scan_string(cur, &span) == 1) {
        cur->at = span.after;
        return;
    }
    if (quote)
        *quotes = 0;
    cur->at++;
}
