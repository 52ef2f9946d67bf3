#include "grammar/body.h"

#include "base/str.h"
#include "grammar/attempt.h"
#include "grammar/part.h"
#include "grammar/slot.h"

#include <string.h>

static const imap4__name kinds[] = {
    {"BASIC", IMAP4_BODY_BASIC},
    {"TEXT", IMAP4_BODY_TEXT},
    {"MESSAGE", IMAP4_BODY_MESSAGE},
    {"MULTIPART", IMAP4_BODY_MULTIPART},
    {NULL, 0},
};

const char *imap4_body_kind_name(int kind)
{
    return kind > 0 ? imap4__name_text(kinds, (uint32_t)kind) : NULL;
}

const imap4_body *imap4_body_next(const imap4_body *body)
{
    if (body == NULL)
        return NULL;
    if (body->children != NULL)
        return body->children;
    while (body->next == NULL) {
        body = body->parent;
        if (body == NULL)
            return NULL;
    }
    return body->next;
}

/* A part whose inner parts are being read. */
typedef struct level {
    struct level *outer;
    imap4_body *body;
    const imap4_body **tail; /* where the next inner part goes */
    uint32_t count;          /* inner parts so far */
} level;

typedef struct tree {
    imap4__cursor *cur;
    imap4__response *response;
    imap4_body *root;
    level *top;   /* innermost open part; NULL outside */
    level *spare; /* closed levels, for use again */
    uint32_t depth;
} tree;

enum {
    COMPLETE = 1,
    CHILD_FOLLOWS = 2
};

/* A new level for the parts inside `body`. */
static int open_level(tree *t, imap4_body *body)
{
    level *l = t->spare;

    if (l != NULL)
        t->spare = l->outer;
    else
        l = imap4__arena_alloc(t->cur->arena, sizeof *l);
    if (l == NULL)
        return IMAP4_ERROR_MEMORY;
    l->outer = t->top;
    l->body = body;
    l->tail = &body->children;
    l->count = 0;
    t->top = l;
    t->depth++;
    return CHILD_FOLLOWS;
}

static void close_level(tree *t)
{
    level *l = t->top;

    t->top = l->outer;
    t->depth--;
    l->outer = t->spare;
    t->spare = l;
}

static size_t write_number(char *out, uint32_t number)
{
    char digits[10];
    size_t count = 0;

    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    for (size_t i = 0; i < count; i++)
        out[i] = digits[count - 1 - i];
    return count;
}

/* "prefix.number", or the number alone. */
static int join(imap4__arena *arena, imap4_str prefix, uint32_t number, imap4_str *out)
{
    char *text = imap4__arena_bytes(arena, prefix.len + 12);
    size_t len = prefix.len;

    if (text == NULL)
        return IMAP4_ERROR_MEMORY;
    if (len > 0) {
        memcpy(text, prefix.data, len);
        text[len++] = '.';
    }
    len += write_number(text + len, number);
    text[len] = '\0';
    out->data = text;
    out->len = len;
    return IMAP4_OK;
}

/*
 * RFC 9051 section 6.4.5.1: parts are numbered within their multipart; a message that is no multipart has one part, 1.
 * The multipart of a message has no number of its own: the message's stands for it, which is "" for the outermost.
 */
static int number_part(tree *t, imap4_body *body)
{
    const level *l = t->top;

    if (body->kind == IMAP4_BODY_MULTIPART && (l == NULL || l->body->kind == IMAP4_BODY_MESSAGE)) {
        body->part = l == NULL ? imap4__str("") : l->body->part;
        return IMAP4_OK;
    }
    if (l == NULL)
        return join(t->cur->arena, imap4__str(""), 1, &body->part);
    return join(t->cur->arena, l->body->part, l->count, &body->part);
}

static int make_part(tree *t, imap4_body **out)
{
    imap4_body *body;
    int result = imap4__response_count(t->response, t->cur);

    if (result != IMAP4_OK)
        return result;
    body = imap4__arena_zalloc(t->cur->arena, sizeof *body);
    if (body == NULL)
        return IMAP4_ERROR_MEMORY;
    if (t->top == NULL) {
        t->root = body;
    } else {
        body->parent = t->top->body;
        *t->top->tail = body;
        t->top->tail = &body->next;
        t->top->count++;
    }
    *out = body;
    return IMAP4_OK;
}

/* 1 if a part inside `body` begins here: a multipart may have many, a message has the one that was announced. */
static int child_follows(const tree *t, const imap4_body *body)
{
    imap4__gap(t->cur);
    return body->kind == IMAP4_BODY_MULTIPART && imap4__peek(t->cur) == '(';
}

/* Passes over the parts inside `body`, the first of which begins here. COMPLETE or an error. */
static int pass_parts(tree *t, const imap4_body *body)
{
    do {
        int result = imap4__slot_pass(t->cur, t->response);
        if (result != 1)
            return result;
    } while (child_follows(t, body));
    return COMPLETE;
}

/* The parts inside `body` are too deep. The rest of it is read all the same. */
static int cut(tree *t, imap4_body *body)
{
    int result = pass_parts(t, body);

    body->cut = 1;
    return result == COMPLETE ? imap4__part_finish(t->cur, t->response, body) : result;
}

/* body = "(" (body-type-1part / body-type-mpart) ")": from the "(", up to the first part inside it. */
static int begin_part(tree *t)
{
    imap4_body *body = NULL;
    int result = make_part(t, &body);
    int numbered;

    if (result == IMAP4_ERROR_LIMIT && t->top != NULL) { /* too many: what came before counts */
        imap4__response_damage(t->response, t->cur->at);
        return pass_parts(t, t->top->body);
    }
    if (result != IMAP4_OK)
        return result;
    t->cur->at++;
    imap4__gap(t->cur);
    if (imap4__peek(t->cur) == '(') {
        body->kind = IMAP4_BODY_MULTIPART;
        result = CHILD_FOLLOWS;
    } else {
        result = imap4__part_read(t->cur, t->response, body);
        if (result < 0)
            return result;
    }
    numbered = number_part(t, body);
    if (numbered != IMAP4_OK)
        return numbered;
    if (result != CHILD_FOLLOWS)
        return COMPLETE;
    return t->depth < t->cur->nesting_limit ? open_level(t, body) : cut(t, body);
}

/* A part inside the innermost open one is complete: the next one, or its end. */
static int go_on(tree *t)
{
    imap4_body *body = t->top->body;

    if (child_follows(t, body))
        return CHILD_FOLLOWS;
    close_level(t);
    return imap4__part_finish(t->cur, t->response, body);
}

/* body-type-mpart = 1*body SP media-subtype [SP body-ext-mpart] */
static int read_once(imap4__cursor *cur, imap4__response *response, const void **out)
{
    tree t = {cur, response, NULL, NULL, NULL, 0};
    int result = CHILD_FOLLOWS;

    while (result == CHILD_FOLLOWS) {
        result = begin_part(&t);
        while (result == COMPLETE && t.top != NULL)
            result = go_on(&t);
    }
    *out = t.root;
    return result;
}

int imap4__body_read(imap4__cursor *cur, imap4__response *response, const imap4_body **out)
{
    const void *root = NULL;
    int result;

    if (imap4__peek(cur) != '(')
        return 0;
    result = imap4__attempt(cur, response, read_once, &root);
    if (result == 1)
        *out = root;
    return result;
}
