/* Growing text for the runner. Running out of memory ends the program. */
#ifndef TRANSCRIPT_TEXT_H
#define TRANSCRIPT_TEXT_H

#include <stddef.h>

typedef struct text {
    char *data; /* a NUL follows, never NULL after the first addition */
    size_t len;
    size_t capacity;
} text;

void *must_alloc(size_t size); /* zeroed */
void *must_realloc(void *memory, size_t size);

void text_add(text *to, const void *data, size_t len);
void text_puts(text *to, const char *s);
void text_printf(text *to, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;
void text_quote(text *to, const void *data, size_t len); /* "..." with escapes; NULL data: NIL */
void text_lower(text *to, const char *name);             /* NOT_SENT as not-sent */
void text_clear(text *to);

/* Takes one quoted string, with its escapes, from *at; appends its bytes. 0: it is not one. */
int text_unquote(text *to, const char **at);

/* 1 if the bytes hold the needle. */
int text_holds(const text *in, const void *needle, size_t len);

#endif
