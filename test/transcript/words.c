#include "words.h"

#include <string.h>

int words_read(words *out, const char *line)
{
    memset(out, 0, sizeof *out);
    for (;;) {
        const char *from;

        line += strspn(line, " ");
        if (*line == '\0')
            return 1;
        if (out->count == WORDS_MAX)
            return 0;
        from = line;
        out->at[out->count] = out->bytes.len;
        out->quoted[out->count] = *line == '"';
        if (*line == '"') {
            if (!text_unquote(&out->bytes, &line))
                return 0;
        } else {
            line += strcspn(line, " ");
            text_add(&out->bytes, from, (size_t)(line - from));
        }
        out->len[out->count] = out->bytes.len - out->at[out->count];
        text_add(&out->bytes, "", 1);
        out->count++;
    }
}

void words_clear(words *w)
{
    text_clear(&w->bytes);
}

const char *words_at(const words *w, size_t index)
{
    return index < w->count ? w->bytes.data + w->at[index] : NULL;
}

int words_left(const words *w)
{
    return w->next < w->count;
}

const char *words_take(words *w)
{
    return words_left(w) ? words_at(w, w->next++) : "";
}

const char *words_take_or_null(words *w)
{
    return words_take_if(w, "-") ? NULL : words_take(w);
}

int words_take_if(words *w, const char *word)
{
    const char *next = words_at(w, w->next);

    if (next == NULL || w->quoted[w->next] || strcmp(next, word) != 0)
        return 0;
    w->next++;
    return 1;
}
