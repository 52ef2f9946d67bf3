/*
 * replay: feeds files of a corpus to connections, in pieces of every kind, and prints the events.
 *
 * Reads cases from standard input, one a line: path, words, tags, separated by tabs. Words: fresh, starttls, utf8, uid,
 * lower, truncated (replay.h), or -. Tags: AT:LEN with commas, or -. For each case it prints the events of the file fed
 * whole, one JSON object a line, then `same N` when N other ways gave the same events, or `differs WAY`, followed by the
 * first line that does.
 */
#include "replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LINE = 16384,
    EVERY_CUT = 2048,      /* shorter files are cut at every byte, */
    EVERY_CUT_STREAM = 600 /* and while streaming, these */
};

static int read_file(text *to, const char *path)
{
    char buffer[65536];
    size_t got;
    FILE *file = fopen(path, "rb");

    if (file == NULL)
        return 0;
    while ((got = fread(buffer, 1, sizeof buffer, file)) > 0)
        text_add(to, buffer, got);
    fclose(file);
    return 1;
}

static int read_words(replay_case *of, char *words)
{
    const struct {
        const char *name;
        int *flag;
    } rows[] = {
        {"fresh", &of->fresh}, {"starttls", &of->starttls}, {"utf8", &of->utf8},
        {"uid", &of->uid},     {"lower", &of->lower},       {"truncated", &of->truncated},
    };

    for (char *word = strtok(words, ","); word != NULL; word = strtok(NULL, ",")) {
        size_t i = 0;

        while (i < sizeof rows / sizeof *rows && strcmp(rows[i].name, word) != 0)
            i++;
        if (i < sizeof rows / sizeof *rows)
            *rows[i].flag = 1;
        else if (strcmp(word, "-") != 0)
            return 0;
    }
    return 1;
}

static int read_tags(replay_case *of, char *tags)
{
    char *next;

    for (char *tag = strtok(tags, ","); tag != NULL && strcmp(tag, "-") != 0; tag = strtok(NULL, ",")) {
        size_t n = of->tag_count;

        if (n == REPLAY_TAGS)
            return 1;
        of->tag_at[n] = (size_t)strtoul(tag, &next, 10);
        if (*next != ':')
            return 0;
        of->tag_len[n] = (size_t)strtoul(next + 1, NULL, 10);
        if (of->tag_at[n] + of->tag_len[n] > of->bytes.len)
            return 0;
        of->tag_count++;
    }
    return 1;
}

/* The first line in which they differ. */
static void show_difference(const text *a, const text *b)
{
    size_t at = 0;
    size_t line = 0;

    while (at < a->len && at < b->len && a->data[at] == b->data[at]) {
        if (a->data[at++] == '\n')
            line = at;
    }
    printf("whole: %.*s\n", (int)strcspn(a->data + line, "\n"), a->data + line);
    printf("other: %.*s\n", (int)strcspn(b->data + line, "\n"), b->data + line);
}

/* 1 if this way gives the same as the first of its kind, `like`. */
static int same(const replay_case *of, replay_way way, const text *like, size_t *count)
{
    text events = {0};
    int equal;

    text_puts(&events, "");
    if (!replay(&events, of, way))
        return 0;
    equal = events.len == like->len && memcmp(events.data, like->data, like->len) == 0;
    if (!equal) {
        printf("differs %s, piece %zu, cut %zu\n", way.stream ? "streamed" : "collected", way.piece, way.cut);
        show_difference(like, &events);
    }
    text_clear(&events);
    ++*count;
    return equal;
}

static int all_ways(const replay_case *of, int stream, const text *like, size_t *count)
{
    static const size_t pieces[] = {1, 7, 64, 1000};
    size_t limit = stream ? EVERY_CUT_STREAM : EVERY_CUT;

    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        if (!same(of, (replay_way){.piece = pieces[i], .stream = stream}, like, count))
            return 0;
    }
    for (size_t cut = 1; of->bytes.len < limit && cut < of->bytes.len; cut++) {
        if (!same(of, (replay_way){.cut = cut, .stream = stream}, like, count))
            return 0;
    }
    return 1;
}

static void one(const replay_case *of)
{
    text whole = {0};
    text streamed = {0};
    size_t count = 0;

    if (!replay(&whole, of, (replay_way){0}) || !replay(&streamed, of, (replay_way){.stream = 1})) {
        printf("not set up\n");
    } else {
        printf("%s", whole.data);
        fflush(stdout);
        if (of->starttls || (all_ways(of, 0, &whole, &count) && all_ways(of, 1, &streamed, &count)))
            printf("same %zu\n", count);
    }
    text_clear(&whole);
    text_clear(&streamed);
}

int main(void)
{
    char line[LINE];

    while (fgets(line, sizeof line, stdin) != NULL) {
        replay_case of = {0};
        char *words = strchr(line, '\t');
        char *tags = words != NULL ? strchr(words + 1, '\t') : NULL;

        line[strcspn(line, "\n")] = '\0';
        if (tags == NULL)
            return 2;
        *words++ = '\0';
        *tags++ = '\0';
        printf("case %s\n", line);
        fflush(stdout);
        if (!read_file(&of.bytes, line) || !read_words(&of, words) || !read_tags(&of, tags))
            printf("cannot be read\n");
        else
            one(&of);
        text_clear(&of.bytes);
        printf("end\n");
        fflush(stdout);
    }
    return 0;
}
