#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *must_realloc(void *memory, size_t size)
{
    void *moved = realloc(memory, size ? size : 1);

    if (moved == NULL) {
        fprintf(stderr, "out of memory\n");
        exit(EXIT_FAILURE);
    }
    return moved;
}

void *must_alloc(size_t size)
{
    return memset(must_realloc(NULL, size), 0, size);
}

void text_add(text *to, const void *data, size_t len)
{
    if (to->len + len + 1 > to->capacity) {
        to->capacity = 2 * to->capacity + len + 64;
        to->data = must_realloc(to->data, to->capacity);
    }
    if (len > 0)
        memcpy(to->data + to->len, data, len);
    to->len += len;
    to->data[to->len] = '\0';
}

void text_puts(text *to, const char *s)
{
    text_add(to, s, strlen(s));
}

void text_printf(text *to, const char *format, ...)
{
    char line[512];
    va_list args;
    int len;

    va_start(args, format);
    len = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (len > 0)
        text_add(to, line, (size_t)len < sizeof line ? (size_t)len : sizeof line - 1);
}

void text_quote(text *to, const void *data, size_t len)
{
    const unsigned char *bytes = data;

    if (data == NULL) {
        text_puts(to, "NIL");
        return;
    }
    text_puts(to, "\"");
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] == '"' || bytes[i] == '\\')
            text_printf(to, "\\%c", bytes[i]);
        else if (bytes[i] == '\r')
            text_puts(to, "\\r");
        else if (bytes[i] == '\n')
            text_puts(to, "\\n");
        else if (bytes[i] < ' ' || bytes[i] == 0x7f)
            text_printf(to, "\\x%02x", bytes[i]);
        else
            text_add(to, &bytes[i], 1);
    }
    text_puts(to, "\"");
}

void text_lower(text *to, const char *name)
{
    for (; *name != '\0'; name++) {
        char c = *name;

        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (c == '_' || c == ' ')
            c = '-';
        text_add(to, &c, 1);
    }
}

void text_clear(text *to)
{
    free(to->data);
    memset(to, 0, sizeof *to);
}

static int hex(char c)
{
    const char *digits = "0123456789abcdef";
    const char *found = c == '\0' ? NULL : strchr(digits, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c);

    return found == NULL ? -1 : (int)(found - digits);
}

int text_unquote(text *to, const char **at)
{
    const char *p = *at;

    if (*p++ != '"')
        return 0;
    text_add(to, "", 0);
    for (; *p != '"'; p++) {
        char c = *p;

        if (c == '\0')
            return 0;
        if (c == '\\') {
            c = *++p;
            if (c == 'x') {
                if (hex(p[1]) < 0 || hex(p[2]) < 0)
                    return 0;
                c = (char)(16 * hex(p[1]) + hex(p[2]));
                p += 2;
            } else if (c == 'r' || c == 'n' || c == 't') {
                c = c == 'r' ? '\r' : c == 'n' ? '\n' : '\t';
            } else if (c != '"' && c != '\\') {
                return 0;
            }
        }
        text_add(to, &c, 1);
    }
    *at = p + 1;
    return 1;
}

int text_holds(const text *in, const void *needle, size_t len)
{
    for (size_t i = 0; len > 0 && i + len <= in->len; i++) {
        if (memcmp(in->data + i, needle, len) == 0)
            return 1;
    }
    return 0;
}
