#include "wire/opening.h"

#include "base/str.h"
#include "wire/run.h"

#include <string.h>

#define UNDECIDED IMAP4__OPENING_UNDECIDED
#define PREFIX_SPACES 8 /* as many are taken behind `*` */
#define LONGEST_WORD 10 /* UIDBATCHES */
#define LONGEST_TAG 40  /* our own are shorter */

#define STATUS 0x100u
#define TAGGED 0x200u /* may stand behind a tag */

/* First words that matter, with their runs. */
static const imap4__name words[] = {
    {"OK", STATUS | TAGGED},
    {"NO", STATUS | TAGGED},
    {"BAD", STATUS | TAGGED},
    {"BYE", STATUS},
    {"PREAUTH", STATUS},
    {"SEARCH", IMAP4__RUN_LIST},
    {"SORT", IMAP4__RUN_LIST},
    {"THREAD", IMAP4__RUN_THREADS},
    {"ESEARCH", IMAP4__RUN_SET},
    {"VANISHED", IMAP4__RUN_SET},
    {"UIDBATCHES", IMAP4__RUN_SET},
    {NULL, 0},
};

static const imap4__name codes[] = {
    {"COPYUID", IMAP4__RUN_SET},
    {"APPENDUID", IMAP4__RUN_SET},
    {"MODIFIED", IMAP4__RUN_SET},
    {NULL, 0},
};

static int is_alnum(uint8_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The letters and digits at `at`, as many as the longest word may have and one more. UNDECIDED if they might go on. */
static int word_size(const uint8_t *at, size_t len)
{
    size_t size = 0;
    while (size < len && size <= LONGEST_WORD && is_alnum(at[size]))
        size++;
    return size == len && size <= LONGEST_WORD ? UNDECIDED : (int)size;
}

static size_t skip_spaces(const uint8_t *at, size_t len, size_t i)
{
    size_t end = i + PREFIX_SPACES;
    while (i < len && i < end && at[i] == ' ')
        i++;
    return i;
}

/* What `table` says of the word at `at`: a number, 0 if nothing, or UNDECIDED. Its size goes to *size_out. */
static int look_up(const imap4__name *table, const uint8_t *at, size_t len, size_t *size_out)
{
    int size = word_size(at, len);
    if (size == UNDECIDED)
        return UNDECIDED;
    *size_out = (size_t)size;
    return (int)imap4__name_number(table, imap4__str_n(at, (size_t)size), 0);
}

/*
 * resp-text = ["[" resp-text-code "]" SP] text
 * The run of the code that may stand at `at`, or UNDECIDED.
 */
static int code_run(const uint8_t *at, size_t len)
{
    size_t size;
    size_t i = skip_spaces(at, len, 0);
    if (i == len)
        return UNDECIDED;
    if (at[i++] != '[')
        return IMAP4__RUN_NONE;
    int run = look_up(codes, at + i, len - i, &size);
    return run > 0 && at[i + size] != ' ' ? IMAP4__RUN_NONE : run;
}

/* A response of one line, whose code may stand at `at`. */
static int read_status(const uint8_t *at, size_t len, imap4__opening *out)
{
    int run = code_run(at, len);
    if (run == UNDECIDED)
        return UNDECIDED;
    out->status = 1;
    out->run = run;
    return 1;
}

/*
 * response-data = "*" SP (resp-cond-state / resp-cond-bye / mailbox-data / message-data / capability-data) CRLF
 * Servers also send a code without its status: "* [COPYUID 55 31 6]".
 */
static int read_untagged(const uint8_t *at, size_t len, imap4__opening *out)
{
    size_t size;
    size_t i = skip_spaces(at, len, 1);
    if (i == len)
        return UNDECIDED;
    if (at[i] == '[')
        return read_status(at + i, len - i, out);
    int word = look_up(words, at + i, len - i, &size);
    if (word == UNDECIDED)
        return UNDECIDED;
    i += size;
    if ((unsigned)word & STATUS)
        return read_status(at + i, len - i, out);
    out->status = 0;
    /* In `* THREAD/ (1)(2)` the word is another, and nobody could say what its lists mean. */
    out->run = word == IMAP4__RUN_NONE || (at[i] > ' ' && at[i] != '(') ? IMAP4__RUN_NONE : word;
    return 1;
}

/* response-tagged = tag SP resp-cond-state CRLF */
static int read_tagged(const uint8_t *at, size_t len, imap4__opening *out)
{
    size_t size;
    size_t i = 0;
    if (at[0] == '[')
        return read_status(at, len, out);
    while (i < len && i <= LONGEST_TAG && at[i] > ' ')
        i++;
    if (i == len && i <= LONGEST_TAG)
        return UNDECIDED;
    out->status = 1;
    out->run = IMAP4__RUN_NONE;
    if (i > LONGEST_TAG || at[i] != ' ')
        return 1;
    i = skip_spaces(at, len, i);
    int word = look_up(words, at + i, len - i, &size);
    if (word == UNDECIDED)
        return UNDECIDED;
    return (unsigned)word & TAGGED ? read_status(at + i + size, len - i - size, out) : 1;
}

int imap4__opening_read(const uint8_t *at, size_t len, imap4__opening *out)
{
    if (at[0] == '*')
        return read_untagged(at, len, out);
    if (at[0] != '+')
        return read_tagged(at, len, out);
    out->status = 1;
    out->run = IMAP4__RUN_NONE;
    return 1;
}

/* Do the bytes begin with one of these texts, whatever its case? 1, 0, or UNDECIDED. */
static int begins_with(const uint8_t *at, size_t len, const char *const *texts)
{
    int answer = 0;
    for (; *texts != NULL; texts++) {
        size_t size = strlen(*texts);
        if (!imap4__nocase_n(at, *texts, len < size ? len : size))
            continue;
        if (len >= size)
            return 1;
        answer = UNDECIDED;
    }
    return answer;
}

int imap4__opening_begins(const uint8_t *at, size_t len)
{
    static const char *const states[] = {"OK ", "OK\r", "NO ", "NO\r", "BAD ", "BAD\r", NULL};
    size_t tag = 0;
    if (len == 0)
        return UNDECIDED;
    if (*at == '*' || *at == '+')
        return len < 2 ? UNDECIDED : at[1] == ' ';
    while (tag < len && tag <= LONGEST_TAG && is_alnum(at[tag]))
        tag++;
    if (tag == 0 || tag > LONGEST_TAG)
        return 0;
    if (tag == len)
        return UNDECIDED;
    if (at[tag] != ' ')
        return 0;
    return begins_with(at + tag + 1, len - tag - 1, states);
}
