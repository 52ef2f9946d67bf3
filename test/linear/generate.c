#include "generator.h"

#include <stdint.h>
#include <string.h>

typedef struct state {
    uint64_t up;
    uint64_t down;
    uint64_t random;
    const char *tag;
    size_t size;
} state;

static void put_number(text *to, uint64_t value)
{
    char digits[20];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    text_add(to, digits + at, sizeof digits - at);
}

/* All numbers below 2^31, each once, in an order without order (Hull and Dobell: full period). */
static uint64_t next_random(state *s)
{
    s->random = (s->random * 1103515245 + 12345) & 0x7fffffff;
    return s->random + 1;
}

static void put(text *to, const char *template, state *s)
{
    size_t plain;

    while (*template != '\0') {
        plain = strcspn(template, UP DOWN RANDOM STEP TAG SIZE);
        text_add(to, template, plain);
        template += plain;
        switch (*template) {
        case '\0':
            return;
        case 1: /* UP */
            put_number(to, ++s->up);
            break;
        case 2: /* DOWN */
            put_number(to, 4000000001u - 2 * ++s->down);
            break;
        case 3: /* RANDOM */
            put_number(to, next_random(s));
            break;
        case 4: /* STEP */
            put_number(to, 2 * ++s->up);
            break;
        case 5: /* TAG */
            text_puts(to, s->tag);
            break;
        default: /* SIZE */
            put_number(to, s->size);
        }
        template ++;
    }
}

static void once(text *to, const generator *of, size_t n, state *s)
{
    text units = {0};
    size_t count = of->depth;

    if (of->depth > 0) {
        for (size_t i = 0; i < of->depth; i++)
            put(&units, of->unit, s);
    } else {
        for (count = 0; units.len + count * strlen(of->close) < n; count++)
            put(&units, of->unit, s);
    }
    s->size = units.len;
    put(to, of->head, s);
    text_add(to, units.data, units.len);
    put(to, of->middle, s);
    for (size_t i = 0; i < count && *of->close != '\0'; i++)
        put(to, of->close, s);
    put(to, of->tail, s);
    text_clear(&units);
}

void generate(text *to, const generator *of, size_t n, const char *tag)
{
    state s = {.random = 42, .tag = tag};
    size_t begin = to->len;

    do {
        once(to, of, n, &s);
    } while (of->depth > 0 && to->len - begin < n);
}
