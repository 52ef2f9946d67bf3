/*
 * What the fuzz targets share. Each target is LLVMFuzzerTestOneInput(), for libFuzzer and AFL++; linked with main.c it
 * replays files instead.
 */
#ifndef TEST_FUZZ_FUZZ_H
#define TEST_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Says what went wrong and aborts, for the fuzzer to catch. */
_Noreturn void fuzz_fail(const char *what, const char *file, int line);

#define FUZZ_CHECK(condition) ((condition) ? (void)0 : fuzz_fail(#condition, __FILE__, __LINE__))

/*
 * Parsing again what was emitted takes longer than parsing, so it is done for one input in eight: those whose hash has
 * these bits clear. The replay sets it to 0, for all of them.
 */
extern uint64_t fuzz_round_mask;

/* The fuzzer shall look for new paths in the library, not in the tests. */
#if defined(__clang__)
#define FUZZ_BEGIN _Pragma("clang attribute push(__attribute__((no_sanitize(\"coverage\"))), apply_to = function)")
#define FUZZ_END _Pragma("clang attribute pop")
#else
#define FUZZ_BEGIN
#define FUZZ_END
#endif

static inline uint64_t fuzz_mix(uint64_t sum, uint64_t value)
{
    sum = (sum ^ value) * UINT64_C(0x9e3779b97f4a7c15);
    return sum ^ sum >> 29;
}

static inline uint64_t fuzz_hash(uint64_t sum, const void *data, size_t size)
{
    const uint8_t *at = data;
    uint64_t word = 0;

    sum = fuzz_mix(sum, size);
    for (; size >= sizeof word; size -= sizeof word, at += sizeof word) {
        memcpy(&word, at, sizeof word);
        sum = fuzz_mix(sum, word);
    }
    for (word = 0; size > 0; size--)
        word = word << 8 | *at++;
    return fuzz_mix(sum, word);
}

#endif
