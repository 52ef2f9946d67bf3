#include "grammar/walk.h"

#include "base/str.h"
#include "grammar/item.h"
#include "grammar/section.h"
#include "grammar/slot.h"
#include "wire/announce.h"
#include "wire/scan.h"

#include <string.h>

enum {
    STATE_BEGIN = 0, /* before "* n FETCH (" */
    STATE_NAME,      /* where the name of an item is due */
    STATE_VALUE,     /* in the value of an item that does not matter, or of a section that was reported */
    STATE_SECTION,   /* before the value of a section */
    STATE_LOST
};

void imap4__walk_init(imap4__walk *walk)
{
    memset(walk, 0, sizeof *walk);
    walk->state = STATE_BEGIN;
}

static int lose(imap4__walk *walk)
{
    walk->state = STATE_LOST;
    return IMAP4__WALK_NOT;
}

/*
 * 1 if the segment ends with the announcement of a literal that stands at the cursor, and the literal is still to come:
 * there is no hole for it, nor is the response complete.
 */
static int ends_in_literal(const imap4__walk *walk, const imap4__cursor *cur)
{
    size_t end = (size_t)(cur->end - cur->base);
    uint64_t size;

    if (walk->whole || imap4__announce_at(cur->at, cur->end, &size) != cur->end)
        return 0;
    return cur->hole_count == 0 || cur->holes[cur->hole_count - 1].at != end;
}

/* "* " number " FETCH (", or " UIDFETCH (" with the UID for a number (RFC 9586) */
static int begin(imap4__walk *walk, imap4__cursor *cur)
{
    uint64_t number;
    int by_uid;

    cur->at = cur->start;
    if (!imap4__take(cur, '*'))
        return 0;
    imap4__gap(cur);
    if (imap4__number(cur, &number) != 1 || number == 0 || number > UINT32_MAX || !imap4__spaces(cur))
        return 0;
    by_uid = imap4__word(cur, "UIDFETCH");
    if (!by_uid && imap4__word(cur, "FETCH") != 1)
        return 0;
    imap4__gap(cur);
    if (!imap4__take(cur, '('))
        return 0;
    walk->seq = by_uid ? 0 : (uint32_t)number;
    walk->uid = by_uid ? (uint32_t)number : 0;
    walk->state = STATE_NAME;
    return 1;
}

static void read_uid(imap4__walk *walk, const imap4__cursor *cur)
{
    imap4__cursor look = *cur;
    uint64_t number;

    imap4__gap(&look);
    if (imap4__number(&look, &number) == 1 && number <= UINT32_MAX)
        walk->uid = (uint32_t)number;
}

/*
 * Takes the name of an item; parentheses in its place open and close lists of items, and strings are passed as values.
 * 1, 0 at the end, or IMAP4__WALK_NOT: a literal in the name.
 */
static int pass_name(imap4__walk *walk, imap4__cursor *cur)
{
    imap4_str name;

    imap4__gap(cur);
    while (imap4__take(cur, '(') || imap4__take(cur, ')'))
        imap4__gap(cur);
    if (cur->at == cur->end)
        return 0;
    walk->item = (size_t)(cur->at - cur->base);
    walk->depth = 0;
    walk->state = STATE_VALUE;
    if (imap4__section_skip(cur)) {
        walk->state = STATE_SECTION;
    } else if (imap4__item_name(cur, &name)) {
        if (imap4__str_eq_nocase(name, "UID"))
            read_uid(walk, cur);
    } else if (*cur->at != '"') {
        return IMAP4__WALK_NOT;
    }
    return 1;
}

/* A quoted string, or one that holds quotes which are not escaped. 1 or IMAP4__WALK_NOT. */
static int pass_quoted(imap4__walk *walk, imap4__cursor *cur)
{
    imap4__response response = {0};
    const uint8_t *quote;
    imap4__span span;

    if (imap4__scan_string(cur, &span) == 1 && imap4__quote_separator(span.after, cur->end)) {
        cur->at = span.after;
        return 1;
    }
    response.again = walk->again;
    quote = imap4__quote_end(cur, &response, IMAP4__FOLLOW_ANY);
    walk->again = response.again;
    if (quote == NULL)
        return IMAP4__WALK_NOT;
    cur->at = quote + 1;
    return 1;
}

/* One token of a value. 1, 0 if the segment ends in a literal here, or IMAP4__WALK_NOT. */
static int pass_token(imap4__walk *walk, imap4__cursor *cur)
{
    const uint8_t *atom = imap4__scan_atom(cur);
    imap4__span span;

    if (atom > cur->at) {
        cur->at = atom;
    } else if (*cur->at == '(') {
        cur->at++;
        walk->depth++;
    } else if (*cur->at == ')') {
        cur->at++;
        walk->depth--;
    } else if (*cur->at == '"') {
        return pass_quoted(walk, cur);
    } else if (ends_in_literal(walk, cur)) {
        return 0;
    } else {
        int found = imap4__scan_string(cur, &span);
        if (found < 0)
            return IMAP4__WALK_NOT;
        cur->at = found == 1 ? span.after : cur->at + 1;
    }
    return 1;
}

/* The rest of a value, to its end or that of the segment. 1, 0 at the end, or IMAP4__WALK_NOT. */
static int pass_value(imap4__walk *walk, imap4__cursor *cur)
{
    do {
        int result;

        imap4__gap(cur);
        if (cur->at == cur->end)
            return 0;
        if (walk->depth == 0 && *cur->at == ')') /* there is no value */
            break;
        result = pass_token(walk, cur);
        if (result != 1)
            return result;
    } while (walk->depth > 0);
    walk->state = STATE_NAME;
    return 1;
}

/* NIL, what counts as NIL, or nothing at all. */
static int takes_nil(imap4__cursor *cur)
{
    imap4__cursor look = *cur;

    if (cur->at == cur->end || *cur->at == ')' || imap4__slot_nil(cur))
        return 1;
    if (!imap4__take(&look, '('))
        return 0;
    imap4__gap(&look);
    if (!imap4__take(&look, ')'))
        return 0;
    cur->at = look.at;
    return 1;
}

/* A value that is there: between quotes, after a size, or an atom. What is no text is passed over like any value. */
static int report_inline(imap4__cursor *cur, imap4__walk_item *out)
{
    const uint8_t *atom = imap4__scan_atom(cur);
    imap4__span span;
    int found;

    out->value = (size_t)(cur->at - cur->base);
    out->text = cur->at;
    if (takes_nil(cur)) {
        out->nil = 1;
        return 1;
    }
    if (atom > cur->at && *cur->at != '{') {
        out->value_len = (size_t)(atom - cur->at);
        cur->at = atom;
        return 1;
    }
    out->quoted = *cur->at == '"';
    found = imap4__scan_string(cur, &span);
    if (found != 1)
        return found;
    out->value = span.gathered ? 0 : (size_t)(span.text - cur->base); /* what was gathered lies elsewhere */
    out->value_len = span.len;
    out->text = span.text;
    out->streamed = span.streamed;
    cur->at = span.after;
    return 1;
}

/* At the value of a section. An imap4__walk_result. */
static int report(imap4__walk *walk, imap4__cursor *cur, imap4__walk_item *out)
{
    int result;

    imap4__gap(cur);
    memset(out, 0, sizeof *out);
    out->name = walk->item;
    if (ends_in_literal(walk, cur)) {
        walk->state = STATE_VALUE;
        return IMAP4__WALK_LITERAL;
    }
    result = report_inline(cur, out);
    if (result < 0)
        return IMAP4__WALK_NOT;
    walk->state = result == 1 ? STATE_NAME : STATE_VALUE;
    return result == 1 ? IMAP4__WALK_INLINE : IMAP4__WALK_END;
}

static int go_on(imap4__walk *walk, imap4__cursor *cur, imap4__walk_item *out)
{
    for (;;) {
        int result;

        if (walk->state == STATE_SECTION) {
            result = report(walk, cur, out);
            if (result != IMAP4__WALK_END)
                return result;
        }
        result = walk->state == STATE_NAME ? pass_name(walk, cur) : pass_value(walk, cur);
        if (result != 1)
            return result == 0 ? IMAP4__WALK_END : result;
    }
}

int imap4__walk_next(imap4__walk *walk, const imap4__cursor *cursor, imap4__walk_item *out)
{
    imap4__cursor cur = *cursor;
    int result;

    if (walk->state == STATE_LOST)
        return IMAP4__WALK_NOT;
    cur.at = cur.base + walk->at;
    if (walk->state == STATE_BEGIN && !begin(walk, &cur))
        return lose(walk);
    result = go_on(walk, &cur, out);
    if (result == IMAP4__WALK_NOT)
        return lose(walk);
    walk->at = (size_t)(cur.at - cur.base);
    return result;
}
