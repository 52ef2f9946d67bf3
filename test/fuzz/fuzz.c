#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

uint64_t fuzz_round_mask = 7;

void fuzz_fail(const char *what, const char *file, int line)
{
    fprintf(stderr, "%s:%d: not so: %s\n", file, line, what);
    abort();
}
