#include "script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int script_is_step(int kind)
{
    return kind != '\0' && strchr("SRTLEW", kind) != NULL;
}

static int read_file(const char *path, text *out)
{
    FILE *file = fopen(path, "rb");
    char part[4096];
    size_t len;

    if (file == NULL)
        return 0;
    while ((len = fread(part, 1, sizeof part, file)) > 0)
        text_add(out, part, len);
    fclose(file);
    text_add(out, "", 0);
    return 1;
}

/* What stands behind the letter says how the rest of the line is meant. */
static int read_line(script *s, const char *line, int number)
{
    script_line read = {0};
    const char *rest = line + 1;
    int form;

    read.kind = line[0];
    read.number = number;
    if (strchr("SCRTLEWO>?", read.kind) == NULL)
        return 0;
    form = read.kind == '>' || read.kind == '?' ? ':' : *rest++;
    if (form == '\0' || (*rest != ' ' && *rest != '\0'))
        return 0;
    rest += *rest == ' ';
    if (form == ':') {
        text_puts(&read.bytes, rest);
        if (read.kind == LINE_SERVER || read.kind == LINE_CLIENT)
            text_puts(&read.bytes, "\r\n");
    } else if (read.kind != LINE_SERVER && read.kind != LINE_CLIENT) {
        return 0;
    } else if (form == '|') {
        text_puts(&read.bytes, rest);
    } else if (form != '\\' || !text_unquote(&read.bytes, &rest) || *rest != '\0') {
        text_clear(&read.bytes);
        return 0;
    }
    s->lines = must_realloc(s->lines, (s->count + 1) * sizeof *s->lines);
    s->lines[s->count++] = read;
    return 1;
}

int script_read(script *out, const char *path)
{
    const char *slash = strrchr(path, '/');
    text all = {0};
    int number = 0;
    int good;

    memset(out, 0, sizeof *out);
    out->name = slash != NULL ? slash + 1 : path;
    good = read_file(path, &all);
    if (!good)
        printf("FAILED: %s: cannot be read\n", path);
    for (char *line = all.data, *end; good && *line != '\0'; line = end) {
        end = line + strcspn(line, "\n");
        if (*end == '\n')
            *end++ = '\0';
        number++;
        if (*line != '\0' && *line != '#' && !read_line(out, line, number)) {
            printf("FAILED: %s:%d: not a line of a transcript: %s\n", out->name, number, line);
            good = 0;
        }
    }
    text_clear(&all);
    if (!good)
        script_clear(out);
    return good;
}

void script_clear(script *s)
{
    for (size_t i = 0; i < s->count; i++)
        text_clear(&s->lines[i].bytes);
    free(s->lines);
    s->lines = NULL;
    s->count = 0;
}
