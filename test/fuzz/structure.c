/* BODYSTRUCTURE and ENVELOPE: the first byte says which and how it is read, the rest is what follows the item's name. */
#include "parse.h"

FUZZ_BEGIN

#define LARGEST 65536u

static uint8_t response[LARGEST + 64];

static size_t put(size_t at, const void *data, size_t len)
{
    memcpy(response + at, data, len);
    return at + len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const heads[] = {"* 1 FETCH (ENVELOPE ", "* 1 FETCH (BODYSTRUCTURE ", "* 1 FETCH (BODY ",
                                        "* 1 FETCH (BODYSTRUCTURE "};
    fuzz_way way = fuzz_plain_way;
    fuzz_parsed parsed;
    size_t len;
    int mode;
    int lossy;

    if (size < 1 || size > LARGEST)
        return 0;
    mode = data[0];
    len = put(0, heads[mode & 3], strlen(heads[mode & 3]));
    len = put(len, data + 1, size - 1);
    len = put(len, " UID 7)\r\n", 9);
    /* Most inputs are read in the plain way. */
    if ((mode & 0xc0) == 0xc0) {
        way.holes = mode & 4 ? FUZZ_HOLES_CUT : FUZZ_HOLES_WHOLE;
        way.nesting_limit = mode & 8 ? 3 : way.nesting_limit;
        way.list_limit = mode & 16 ? 5 : way.list_limit;
        way.starve = mode & 32 ? (size % 64 + 1) * 32 : 0;
    }
    fuzz_parse_reset();
    fuzz_parse(&parsed, &way, response, len);
    (void)fuzz_parsed_sum(&parsed, &lossy);
    if (!lossy && (fuzz_hash(0, data, size < 64 ? size : 64) & fuzz_round_mask) == 0)
        fuzz_parsed_round(&parsed, &way);
    return 0;
}

FUZZ_END
