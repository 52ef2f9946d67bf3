/* Replays files: main() for targets that are not linked with a fuzzer. Arguments are files and folders of files. */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static size_t passed;
static size_t failed;

/* From a block of exactly its size, so that ASan sees any step beyond. */
static int run_file(const char *path, size_t size)
{
    uint8_t *bytes = malloc(size > 0 ? size : 1);
    FILE *file = fopen(path, "rb");
    int whole = bytes != NULL && file != NULL && fread(bytes, 1, size, file) == size;

    if (file != NULL)
        fclose(file);
    if (whole)
        LLVMFuzzerTestOneInput(bytes, size);
    free(bytes);
    return whole;
}

static void run(const char *path);

static int run_folder(const char *path)
{
    struct dirent **entries;
    int count = scandir(path, &entries, NULL, alphasort);

    for (int i = 0; i < count; i++) {
        char name[4096];

        if (entries[i]->d_name[0] != '.' &&
            snprintf(name, sizeof name, "%s/%s", path, entries[i]->d_name) < (int)sizeof name)
            run(name);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    return count >= 0;
}

static void run(const char *path)
{
    struct stat status;
    int known = stat(path, &status) == 0;

    if (known && S_ISDIR(status.st_mode) && run_folder(path))
        return;
    if (known && S_ISREG(status.st_mode) && run_file(path, (size_t)status.st_size)) {
        passed++;
        return;
    }
    fprintf(stderr, "FAILED: %s cannot be read\n", path);
    failed++;
}

int main(int argc, char **argv)
{
    fuzz_round_mask = 0;
    for (int i = 1; i < argc; i++)
        run(argv[i]);
    if (passed == 0) {
        fprintf(stderr, "FAILED: nothing to replay\n");
        failed++;
    }
    printf("%zu passed, %zu failed, 0 skipped\n", passed, failed);
    return failed > 0;
}
