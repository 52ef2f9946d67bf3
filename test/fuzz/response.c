/*
 * The response stream: what a server says, response by response. Three bytes say how it is read, the rest is said.
 */
#include "parse.h"

FUZZ_BEGIN

enum mode {
    UTF8 = 0x01,
    SHALLOW = 0x02, /* a low limit of nesting */
    SHORT = 0x04,   /* a low limit of lists */
    HOLES = 0x08,
    CUT = 0x10,
    PIECES = 0x20,
    STARVED = 0x40,
    NARROW = 0x80 /* a low limit of lines */
};

/* A response means the same, in whatever pieces it comes and whatever was taken out of it. */
static void compare_ways(const fuzz_way *way, const uint8_t *data, const fuzz_parsed *parsed)
{
    fuzz_way other = *way;
    fuzz_parsed again;
    int lossy;

    other.piece = way->piece > 0 ? 0 : 1 + parsed->size % 7;
    other.holes = way->holes == FUZZ_HOLES_NONE ? FUZZ_HOLES_WHOLE : FUZZ_HOLES_NONE;
    fuzz_parse(&again, &other, data, parsed->size);
    /* Where the framer waited for what comes behind the line end. */
    if (again.size == 0)
        return;
    FUZZ_CHECK(again.size == parsed->size && again.frame.begin == parsed->frame.begin);
    FUZZ_CHECK(again.frame.end == parsed->frame.end);
    if (way->holes == FUZZ_HOLES_CUT || fuzz_parsed_lost(parsed) || fuzz_parsed_lost(&again))
        return;
    if (fuzz_parsed_sum(&again, &lossy) == fuzz_parsed_sum(parsed, &lossy))
        return;
    fuzz_parsed_print(parsed);
    fuzz_parsed_print(&again);
    FUZZ_CHECK(0 && "the way of reading makes no difference");
}

static void read_stream(const fuzz_way *way, const uint8_t *data, size_t size, int compare)
{
    fuzz_parsed parsed;
    int lossy;

    for (int i = 0; i < 64 && size > 0; i++) {
        fuzz_parse(&parsed, way, data, size);
        (void)fuzz_parsed_sum(&parsed, &lossy);
        if (parsed.size == 0)
            return;
        if (compare && !parsed.skipped) {
            compare_ways(way, data, &parsed);
            fuzz_parsed_round(&parsed, way);
        }
        data += parsed.size;
        size -= parsed.size;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_way way = fuzz_plain_way;
    size_t amount;
    int mode;
    int compare;

    if (size < 3)
        return 0;
    mode = data[0];
    amount = (size_t)data[2] + 1;
    way.server = data[1] % (IMAP4_SERVER_JAMES + 1);
    way.utf8 = (mode & UTF8) != 0;
    way.walk = (data[1] & 0x80) == 0;
    way.holes = mode & CUT ? FUZZ_HOLES_CUT : mode & HOLES ? FUZZ_HOLES_WHOLE : FUZZ_HOLES_NONE;
    way.piece = mode & PIECES ? amount : 0;
    way.starve = mode & STARVED ? amount * 8 : 0;
    way.line_limit = mode & NARROW ? amount : way.line_limit;
    way.nesting_limit = mode & SHALLOW ? (uint32_t)amount % 8 : way.nesting_limit;
    way.list_limit = mode & SHORT ? (uint32_t)amount % 8 : way.list_limit;
    compare = (mode & (SHALLOW | SHORT | STARVED | NARROW)) == 0 &&
              (fuzz_hash(0, data, size < 64 ? size : 64) & fuzz_round_mask) == 0;
    fuzz_parse_reset();
    read_stream(&way, data + 3, size - 3, compare);
    return 0;
}

FUZZ_END
