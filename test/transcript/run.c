/*
 * Replays transcripts; FORMAT describes them and the replays.
 *
 *     transcript FILE|FOLDER...         each in a process of its own
 *     transcript --show FILE            prints it with what really comes of it
 *
 * In the environment: IMAP4_TEST_SHORT for fewer cuts and fewer failing allocations, IMAP4_TEST_NAME for only those
 * transcripts of a folder whose name holds this.
 */
#include "replay.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CUTS_MAX = 6000, STARVED_MAX = 20000, SECONDS_MAX = 600 };

typedef struct counts {
    unsigned long passed;
    unsigned long failed;
    unsigned long skipped;
} counts;

/* One replay is one test. Returns 1 if it passed. */
static int try(const script *s, replay_mode mode, size_t parameter, counts *sum, size_t *bytes_out, size_t *failed_out)
{
    replay *r = must_alloc(sizeof *r);
    int good = replay_run(r, s, mode, parameter, 0);

    if (good) {
        sum->passed++;
    } else {
        sum->failed++;
        printf("FAILED: %s (%s", s->name, replay_mode_names[mode]);
        if (mode == REPLAY_CUT || mode == REPLAY_STARVED)
            printf(" %zu", parameter);
        printf("): %s\n", r->failure.data);
    }
    if (bytes_out != NULL)
        *bytes_out = r->in_all.len;
    if (failed_out != NULL)
        *failed_out = r->memory.failed;
    replay_clear(r);
    free(r);
    return good;
}

static void cut_everywhere(const script *s, size_t bytes, int brief, counts *sum)
{
    size_t stride = 1 + bytes / CUTS_MAX + (brief ? bytes / 20 : 0);

    for (size_t at = 1; at < bytes; at += stride) {
        if (!try(s, REPLAY_CUT, at, sum, NULL, NULL))
            return; /* one message is enough */
    }
}

static void starve_everywhere(const script *s, int brief, counts *sum)
{
    size_t failed = 1;

    for (size_t n = 1; failed > 0 && n < STARVED_MAX; n += brief ? 13 : 1) {
        if (!try(s, REPLAY_STARVED, n, sum, NULL, &failed))
            return;
    }
}

static void run_script(const script *s, counts *sum)
{
    static const replay_mode simple[] = {REPLAY_KEPT, REPLAY_PINNED, REPLAY_FROZEN};
    const int brief = getenv("IMAP4_TEST_SHORT") != NULL;
    const char *lacking = replay_unavailable(s);
    size_t bytes = 0;

    if (s->count == 0) {
        printf("FAILED: %s: says nothing\n", s->name);
        sum->failed++;
        return;
    }
    if (lacking != NULL) {
        printf("skipped: %s: needs %s\n", s->name, lacking);
        sum->skipped++;
        return;
    }
    if (!try(s, REPLAY_WHOLE, 0, sum, &bytes, NULL))
        return;
    for (size_t i = 0; i < sizeof simple / sizeof *simple; i++)
        try(s, simple[i], 0, sum, NULL, NULL);
    if (!replay_only_whole(s)) {
        try(s, REPLAY_BYTES, 0, sum, NULL, NULL);
        cut_everywhere(s, bytes, brief, sum);
    }
    starve_everywhere(s, brief, sum);
}

/* In a process of its own, so that one that crashes or hangs takes no other along. */
static void run_file(const char *path, counts *sum)
{
    counts got = {0, 0, 0};
    int ends[2];
    int status = 0;
    pid_t child;

    fflush(stdout);
    if (pipe(ends) != 0 || (child = fork()) < 0) {
        printf("FAILED: %s: no process\n", path);
        sum->failed++;
        return;
    }
    if (child == 0) {
        script s;

        close(ends[0]);
        alarm(SECONDS_MAX);
        if (script_read(&s, path)) {
            run_script(&s, &got);
            script_clear(&s);
        } else {
            got.failed++;
        }
        fflush(stdout);
        if (write(ends[1], &got, sizeof got) != (ssize_t)sizeof got)
            exit(EXIT_FAILURE);
        exit(EXIT_SUCCESS);
    }
    close(ends[1]);
    if (read(ends[0], &got, sizeof got) != (ssize_t)sizeof got)
        memset(&got, 0, sizeof got);
    close(ends[0]);
    waitpid(child, &status, 0);
    if (status != 0) {
        printf("FAILED: %s: the process ended with status %#x\n", path, (unsigned)status);
        got.failed++;
    }
    sum->passed += got.passed;
    sum->failed += got.failed;
    sum->skipped += got.skipped;
}

static int is_transcript(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    const char *only = getenv("IMAP4_TEST_NAME");

    return dot != NULL && strcmp(dot, ".txt") == 0 && (only == NULL || strstr(entry->d_name, only) != NULL);
}

static void run_path(const char *path, counts *sum, unsigned long *files)
{
    struct dirent **entries;
    struct stat about;
    int count;

    if (stat(path, &about) == 0 && !S_ISDIR(about.st_mode)) {
        run_file(path, sum);
        ++*files;
        return;
    }
    count = scandir(path, &entries, is_transcript, alphasort);
    if (count < 0) {
        printf("FAILED: %s: cannot be read\n", path);
        sum->failed++;
        return;
    }
    for (int i = 0; i < count; i++) {
        text file = {0};

        text_puts(&file, path);
        text_puts(&file, "/");
        text_puts(&file, entries[i]->d_name);
        run_file(file.data, sum);
        ++*files;
        text_clear(&file);
        free(entries[i]);
    }
    free(entries);
}

/* Lines of what was sent, with the tags as $1, $2, ... */
static void show_sent(const replay *r, const text *sent)
{
    const char *at = sent->data;

    while (at != NULL && *at != '\0') {
        size_t len = strcspn(at, "\n");
        size_t word = strcspn(at, " \r\n");
        const int whole = at[len] == '\n' && len > 0 && at[len - 1] == '\r';

        printf(whole ? "C: " : "C| ");
        for (size_t i = 1; i < REPLAY_TAGS; i++) {
            if (r->tags[i].len == word && word > 0 && memcmp(r->tags[i].data, at, word) == 0) {
                printf("$%zu", i);
                at += word;
                len -= word;
            }
        }
        printf("%.*s\n", (int)(whole ? len - 1 : len), at);
        at += len + (at[len] == '\n');
    }
}

static void show_block(const replay *r, size_t block)
{
    const char *at = r->blocks[block].data;

    show_sent(r, &r->sent[block]);
    while (at != NULL && *at != '\0') {
        size_t len = strcspn(at, "\n");

        printf("> %.*s\n", (int)len, at);
        at += len + (at[len] == '\n');
    }
}

static int show(const char *path)
{
    replay *r = must_alloc(sizeof *r);
    script s;

    if (!script_read(&s, path))
        return EXIT_FAILURE;
    replay_run(r, &s, REPLAY_WHOLE, 0, 1);
    for (size_t i = 0; i < s.count; i++) {
        const script_line *line = &s.lines[i];
        const int last = i + 1 == s.count || replay_block_of(&s, i + 1) != replay_block_of(&s, i) ||
                         s.lines[i + 1].kind != LINE_SERVER;

        if (script_is_step(line->kind) || line->kind == LINE_OPTION)
            printf("%c: %.*s\n", line->kind, (int)strcspn(line->bytes.data, "\r"), line->bytes.data);
        if (script_is_step(line->kind) && last)
            show_block(r, replay_block_of(&s, i));
    }
    if (r->failure.len > 0)
        printf("FAILED: %s\n", r->failure.data);
    replay_clear(r);
    free(r);
    script_clear(&s);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    counts sum = {0, 0, 0};
    unsigned long files = 0;

    if (argc == 3 && strcmp(argv[1], "--show") == 0)
        return show(argv[2]);
    for (int i = 1; i < argc; i++)
        run_path(argv[i], &sum, &files);
    printf("%lu transcripts\n", files);
    printf("%lu passed, %lu failed, %lu skipped\n", sum.passed, sum.failed, sum.skipped);
    return sum.failed > 0 || sum.passed == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
