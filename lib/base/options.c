#include "base/options.h"

#include "base/mem.h"

#include <string.h>

#define KIB UINT64_C(1024)
#define MIB (1024 * KIB)
#define GIB (1024 * MIB)
#define SECOND UINT64_C(1000)
#define MINUTE (60 * SECOND)

#define MANY UINT64_C(0xffffffff) /* counts are 32-bit numbers inside */
#define MEMORY (2 * GIB - 1)      /* in one piece, on 32-bit systems too */
#define LONG (7 * 24 * 60 * MINUTE)

static const struct row {
    const char *name; /* NULL: no such option */
    uint64_t usual;
    uint64_t min;
    uint64_t max;
    uint64_t small; /* in IMAP4_PRESET_SMALL; 0: the preset leaves it as it is */
} rows[IMAP4__OPTION_MAX] = {
    [IMAP4_OPTION_LINE_LIMIT] = {"LINE_LIMIT", MIB, 64, MEMORY, 20 * KIB},
    [IMAP4_OPTION_RESPONSE_LIMIT] = {"RESPONSE_LIMIT", 2 * MIB, 64, MEMORY, 36 * KIB},
    [IMAP4_OPTION_SECTION_LIMIT] = {"SECTION_LIMIT", 64 * MIB, 0, MEMORY, 16 * KIB},
    [IMAP4_OPTION_SKIP_LIMIT] = {"SKIP_LIMIT", GIB, 0, INT64_MAX, 16 * MIB},
    [IMAP4_OPTION_NESTING_LIMIT] = {"NESTING_LIMIT", 100, 1, 1000, 50},
    [IMAP4_OPTION_LIST_LIMIT] = {"LIST_LIMIT", 100000, 1, MANY, 500},
    [IMAP4_OPTION_QUEUE_LIMIT] = {"QUEUE_LIMIT", 100000, 1, MANY, 100},
    [IMAP4_OPTION_INPUT_BUFFER] = {"INPUT_BUFFER", 64 * KIB, 512, MEMORY, 4 * KIB},
    [IMAP4_OPTION_SUPPLY_BUFFER] = {"SUPPLY_BUFFER", 64 * KIB, 1, MEMORY, 4 * KIB},
    [IMAP4_OPTION_CHALLENGE_LIMIT] = {"CHALLENGE_LIMIT", 64 * KIB, 64, MEMORY, 4 * KIB},
    [IMAP4_OPTION_NUMBERS_LIMIT] = {"NUMBERS_LIMIT", 64 * MIB, 64, MEMORY, 64 * KIB},

    [IMAP4_OPTION_PIPELINE_DEPTH] = {"PIPELINE_DEPTH", 25, 1, MANY, 4},
    [IMAP4_OPTION_PIPELINE_BYTES] = {"PIPELINE_BYTES", 64 * KIB, 1, MEMORY, 4 * KIB},
    [IMAP4_OPTION_IDLE_RESUME] = {"IDLE_RESUME", 100, 0, LONG, 0},

    [IMAP4_OPTION_ALLOW_CLEAR] = {"ALLOW_CLEAR", 0, 0, 1, 0},
    [IMAP4_OPTION_ALLOW_CLEAR_PASSWORD] = {"ALLOW_CLEAR_PASSWORD", 0, 0, 1, 0},
    [IMAP4_OPTION_USE_LITERAL_PLUS] = {"USE_LITERAL_PLUS", 1, 0, 1, 0},
    [IMAP4_OPTION_USE_SASL_IR] = {"USE_SASL_IR", 1, 0, 1, 0},
    [IMAP4_OPTION_MOVE_FALLBACK] = {"MOVE_FALLBACK", 1, 0, 1, 0},

    [IMAP4_OPTION_GREETING_TIMEOUT] = {"GREETING_TIMEOUT", 60 * SECOND, 0, LONG, 0},
    [IMAP4_OPTION_COMMAND_TIMEOUT] = {"COMMAND_TIMEOUT", 120 * SECOND, 0, LONG, 0},
    [IMAP4_OPTION_DONE_TIMEOUT] = {"DONE_TIMEOUT", 30 * SECOND, 0, LONG, 0},
    [IMAP4_OPTION_LOGOUT_TIMEOUT] = {"LOGOUT_TIMEOUT", 10 * SECOND, 0, LONG, 0},
    /* RFC 2177: "advised to terminate the IDLE and re-issue it at least every 29 minutes". */
    [IMAP4_OPTION_IDLE_RENEW] = {"IDLE_RENEW", 9 * MINUTE, 0, 29 * MINUTE - 1, 0},

    [IMAP4_OPTION_CONNECT_TIMEOUT] = {"CONNECT_TIMEOUT", 60 * SECOND, 0, LONG, 0},
    [IMAP4_OPTION_TLS_TIMEOUT] = {"TLS_TIMEOUT", 30 * SECOND, 0, LONG, 0},
    [IMAP4_OPTION_KEPT_EVENTS] = {"KEPT_EVENTS", 1000, 1, MANY, 16},
    [IMAP4_OPTION_KEPT_BYTES] = {"KEPT_BYTES", 16 * MIB, 1, MEMORY, 64 * KIB},
};

static const struct row *find(int option)
{
    if (option < 0 || option >= IMAP4__OPTION_MAX || rows[option].name == NULL)
        return NULL;
    return &rows[option];
}

const char *imap4_option_name(int option)
{
    const struct row *row = find(option);
    return row != NULL ? row->name : NULL;
}

int imap4_options_new(imap4_options **out, const imap4_allocator *allocator)
{
    if (out == NULL)
        return IMAP4_ERROR_ARGUMENT;
    imap4_options *options = imap4__zalloc(allocator, sizeof *options);
    if (options == NULL)
        return IMAP4_ERROR_MEMORY;
    options->mem = *imap4__mem_or_default(allocator);
    for (size_t i = 0; i < IMAP4__OPTION_MAX; i++)
        options->numbers[i] = rows[i].usual;
    *out = options;
    return IMAP4_OK;
}

void imap4_options_free(imap4_options *options)
{
    if (options == NULL)
        return;
    imap4_allocator mem = options->mem;
    imap4__free(&mem, options->ca_file);
    imap4__free(&mem, options->ca);
    imap4__free(&mem, options);
}

int imap4_options_set(imap4_options *options, int option, uint64_t value)
{
    const struct row *row = find(option);
    if (options == NULL || row == NULL || value < row->min || value > row->max)
        return IMAP4_ERROR_ARGUMENT;
    options->numbers[option] = value;
    return IMAP4_OK;
}

int imap4_options_preset(imap4_options *options, int preset)
{
    if (options == NULL || (preset != IMAP4_PRESET_DEFAULT && preset != IMAP4_PRESET_SMALL))
        return IMAP4_ERROR_ARGUMENT;
    for (size_t i = 0; i < IMAP4__OPTION_MAX; i++) {
        if (rows[i].small != 0)
            options->numbers[i] = preset == IMAP4_PRESET_SMALL ? rows[i].small : rows[i].usual;
    }
    return IMAP4_OK;
}

int imap4_options_get(const imap4_options *options, int option, uint64_t *value_out)
{
    const struct row *row = find(option);
    if (row == NULL || value_out == NULL)
        return IMAP4_ERROR_ARGUMENT;
    *value_out = options != NULL ? options->numbers[option] : row->usual;
    return IMAP4_OK;
}

void imap4_options_set_trace(imap4_options *options,
                             void (*trace)(void *user, int direction, const char *data, size_t len), void *user)
{
    if (options != NULL) {
        options->trace = trace;
        options->trace_user = user;
    }
}

/* File and memory are two ways to say the same thing, so the last one said counts. Takes over both. */
static void trust(imap4_options *options, char *file, char *ca, size_t ca_len)
{
    imap4__free(&options->mem, options->ca_file);
    imap4__free(&options->mem, options->ca);
    options->ca_file = file;
    options->ca = (uint8_t *)ca;
    options->ca_len = ca_len;
}

int imap4_options_set_ca_file(imap4_options *options, const char *path)
{
    if (options == NULL || (path != NULL && *path == '\0'))
        return IMAP4_ERROR_ARGUMENT;
    char *copy = NULL;
    if (path != NULL) {
        copy = imap4__copy(&options->mem, path, strlen(path));
        if (copy == NULL)
            return IMAP4_ERROR_MEMORY;
    }
    trust(options, copy, NULL, 0);
    return IMAP4_OK;
}

int imap4_options_set_ca(imap4_options *options, const void *data, size_t len)
{
    if (options == NULL || (data == NULL) != (len == 0))
        return IMAP4_ERROR_ARGUMENT;
    char *copy = NULL;
    if (data != NULL) {
        /* The NUL behind the copy is what PEM readers want. */
        copy = imap4__copy(&options->mem, data, len);
        if (copy == NULL)
            return IMAP4_ERROR_MEMORY;
    }
    trust(options, NULL, copy, len);
    return IMAP4_OK;
}

int imap4__options_copy(imap4_options **out, const imap4_options *options)
{
    imap4_options *copy = NULL;
    int result = imap4_options_new(&copy, options != NULL ? &options->mem : NULL);
    if (result != IMAP4_OK || options == NULL) {
        *out = copy;
        return result;
    }
    memcpy(copy->numbers, options->numbers, sizeof copy->numbers);
    imap4_options_set_trace(copy, options->trace, options->trace_user);
    if (options->ca_file != NULL)
        result = imap4_options_set_ca_file(copy, options->ca_file);
    else if (options->ca != NULL)
        result = imap4_options_set_ca(copy, options->ca, options->ca_len);
    if (result != IMAP4_OK) {
        imap4_options_free(copy);
        return result;
    }
    *out = copy;
    return IMAP4_OK;
}
