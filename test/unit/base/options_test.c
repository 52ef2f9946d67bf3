#include "base/options.h"

#include "support/memory.h"
#include "support/suite.h"

#include <stdint.h>
#include <string.h>

Suite *options_suite(void);

#define ROW(option, usual, min, max)                                                                                   \
    {                                                                                                                  \
        IMAP4_OPTION_##option, #option, usual, min, max                                                                \
    }

/* The defaults that options.h promises. */
static const struct row {
    int option;
    const char *name;
    uint64_t usual;
    uint64_t min;
    uint64_t max;
} rows[] = {
    ROW(LINE_LIMIT, 1048576, 64, 2147483647),
    ROW(RESPONSE_LIMIT, 2097152, 64, 2147483647),
    ROW(SECTION_LIMIT, 67108864, 0, 2147483647),
    ROW(SKIP_LIMIT, 1073741824, 0, INT64_MAX),
    ROW(NESTING_LIMIT, 100, 1, 1000),
    ROW(LIST_LIMIT, 100000, 1, UINT32_MAX),
    ROW(QUEUE_LIMIT, 100000, 1, UINT32_MAX),
    ROW(INPUT_BUFFER, 65536, 512, 2147483647),
    ROW(SUPPLY_BUFFER, 65536, 1, 2147483647),
    ROW(CHALLENGE_LIMIT, 65536, 64, 2147483647),
    ROW(NUMBERS_LIMIT, 67108864, 64, 2147483647),
    ROW(PIPELINE_DEPTH, 25, 1, UINT32_MAX),
    ROW(PIPELINE_BYTES, 65536, 1, 2147483647),
    ROW(IDLE_RESUME, 100, 0, 604800000),
    ROW(ALLOW_CLEAR, 0, 0, 1),
    ROW(ALLOW_CLEAR_PASSWORD, 0, 0, 1),
    ROW(USE_LITERAL_PLUS, 1, 0, 1),
    ROW(USE_SASL_IR, 1, 0, 1),
    ROW(MOVE_FALLBACK, 1, 0, 1),
    ROW(GREETING_TIMEOUT, 60000, 0, 604800000),
    ROW(COMMAND_TIMEOUT, 120000, 0, 604800000),
    ROW(DONE_TIMEOUT, 30000, 0, 604800000),
    ROW(LOGOUT_TIMEOUT, 10000, 0, 604800000),
    ROW(IDLE_RENEW, 540000, 0, 1739999),
    ROW(CONNECT_TIMEOUT, 60000, 0, 604800000),
    ROW(TLS_TIMEOUT, 30000, 0, 604800000),
    ROW(KEPT_EVENTS, 1000, 1, UINT32_MAX),
    ROW(KEPT_BYTES, 16777216, 1, 2147483647),
};

#define ROWS (sizeof rows / sizeof *rows)

static uint64_t get(const imap4_options *options, int option)
{
    uint64_t value = 424242;

    ck_assert_int_eq(imap4_options_get(options, option, &value), IMAP4_OK);
    return value;
}

START_TEST(defaults_are_as_promised)
{
    imap4_options *options = NULL;

    ck_assert_int_eq(imap4_options_new(&options, NULL), IMAP4_OK);
    for (size_t i = 0; i < ROWS; i++) {
        ck_assert_msg(get(options, rows[i].option) == rows[i].usual, "%s", rows[i].name);
        ck_assert_msg(get(NULL, rows[i].option) == rows[i].usual, "%s", rows[i].name);
    }
    imap4_options_free(options);
    imap4_options_free(NULL);
}
END_TEST

START_TEST(ranges_are_kept)
{
    imap4_options *options = NULL;

    imap4_options_new(&options, NULL);
    for (size_t i = 0; i < ROWS; i++) {
        const struct row *row = &rows[i];

        ck_assert_int_eq(imap4_options_set(options, row->option, row->min), IMAP4_OK);
        ck_assert_uint_eq(get(options, row->option), row->min);
        ck_assert_int_eq(imap4_options_set(options, row->option, row->max), IMAP4_OK);
        ck_assert_uint_eq(get(options, row->option), row->max);
        ck_assert_int_eq(imap4_options_set(options, row->option, row->max + 1), IMAP4_ERROR_ARGUMENT);
        if (row->min > 0)
            ck_assert_int_eq(imap4_options_set(options, row->option, row->min - 1), IMAP4_ERROR_ARGUMENT);
        ck_assert_int_eq(imap4_options_set(options, row->option, UINT64_MAX), IMAP4_ERROR_ARGUMENT);
        ck_assert_uint_eq(get(options, row->option), row->max);
    }
    imap4_options_free(options);
}
END_TEST

START_TEST(names_are_those_of_the_header)
{
    size_t named = 0;

    for (size_t i = 0; i < ROWS; i++)
        ck_assert_str_eq(imap4_option_name(rows[i].option), rows[i].name);
    for (int option = -70; option < 1000; option++)
        named += imap4_option_name(option) != NULL;
    ck_assert_uint_eq(named, ROWS);
}
END_TEST

START_TEST(unknown_options_are_refused)
{
    static const int unknown[] = {INT32_MIN, -1, 0, 12, 19, 23, 35, 45, 55, 63, 64, 1000, INT32_MAX};
    imap4_options *options = NULL;
    uint64_t value = 7;

    imap4_options_new(&options, NULL);
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        ck_assert_int_eq(imap4_options_set(options, unknown[i], 0), IMAP4_ERROR_ARGUMENT);
        ck_assert_int_eq(imap4_options_get(options, unknown[i], &value), IMAP4_ERROR_ARGUMENT);
        ck_assert_ptr_null(imap4_option_name(unknown[i]));
    }
    ck_assert_uint_eq(value, 7);
    ck_assert_int_eq(imap4_options_set(NULL, IMAP4_OPTION_LINE_LIMIT, 100), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_options_get(options, IMAP4_OPTION_LINE_LIMIT, NULL), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_options_new(NULL, NULL), IMAP4_ERROR_ARGUMENT);
    imap4_options_free(options);
}
END_TEST

/* What options.h says of the presets. */
START_TEST(presets_set_what_belongs_together)
{
    static const struct {
        int option;
        uint64_t small;
    } lowered[] = {
        {IMAP4_OPTION_LINE_LIMIT, 20480},     {IMAP4_OPTION_RESPONSE_LIMIT, 36864}, {IMAP4_OPTION_SECTION_LIMIT, 16384},
        {IMAP4_OPTION_SKIP_LIMIT, 16777216},  {IMAP4_OPTION_NESTING_LIMIT, 50},     {IMAP4_OPTION_LIST_LIMIT, 500},
        {IMAP4_OPTION_QUEUE_LIMIT, 100},      {IMAP4_OPTION_INPUT_BUFFER, 4096},    {IMAP4_OPTION_SUPPLY_BUFFER, 4096},
        {IMAP4_OPTION_CHALLENGE_LIMIT, 4096}, {IMAP4_OPTION_NUMBERS_LIMIT, 65536},  {IMAP4_OPTION_PIPELINE_DEPTH, 4},
        {IMAP4_OPTION_PIPELINE_BYTES, 4096},  {IMAP4_OPTION_KEPT_EVENTS, 16},       {IMAP4_OPTION_KEPT_BYTES, 65536},
    };
    imap4_options *options = NULL;

    imap4_options_new(&options, NULL);
    imap4_options_set(options, IMAP4_OPTION_ALLOW_CLEAR, 1);
    imap4_options_set(options, IMAP4_OPTION_COMMAND_TIMEOUT, 7);
    ck_assert_int_eq(imap4_options_preset(options, IMAP4_PRESET_SMALL), IMAP4_OK);
    for (size_t i = 0; i < sizeof lowered / sizeof *lowered; i++)
        ck_assert_msg(get(options, lowered[i].option) == lowered[i].small, "%s", imap4_option_name(lowered[i].option));
    for (size_t i = 0; i < ROWS; i++)
        ck_assert_msg(get(options, rows[i].option) >= rows[i].min, "%s", rows[i].name);
    ck_assert_int_eq(imap4_options_preset(options, IMAP4_PRESET_DEFAULT), IMAP4_OK);
    for (size_t i = 0; i < sizeof lowered / sizeof *lowered; i++)
        ck_assert_uint_eq(get(options, lowered[i].option), get(NULL, lowered[i].option));
    ck_assert_uint_eq(get(options, IMAP4_OPTION_ALLOW_CLEAR), 1);
    ck_assert_uint_eq(get(options, IMAP4_OPTION_COMMAND_TIMEOUT), 7);
    ck_assert_int_eq(imap4_options_preset(options, 0), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_options_preset(options, 3), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_options_preset(NULL, IMAP4_PRESET_SMALL), IMAP4_ERROR_ARGUMENT);
    imap4_options_free(options);
}
END_TEST

START_TEST(the_last_trust_counts)
{
    imap4_options *options = NULL;
    char pem[] = "PEM";

    imap4_options_new(&options, NULL);
    ck_assert_int_eq(imap4_options_set_ca_file(options, "/etc/ca.pem"), IMAP4_OK);
    ck_assert_str_eq(options->ca_file, "/etc/ca.pem");
    ck_assert_int_eq(imap4_options_set_ca(options, pem, 3), IMAP4_OK);
    pem[0] = '-';
    ck_assert_ptr_null(options->ca_file);
    ck_assert_uint_eq(options->ca_len, 3);
    ck_assert_mem_eq(options->ca, "PEM\0", 4);
    ck_assert_int_eq(imap4_options_set_ca_file(options, ""), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_options_set_ca(options, pem, 0), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_options_set_ca(options, NULL, 3), IMAP4_ERROR_ARGUMENT);
    ck_assert_uint_eq(options->ca_len, 3);
    ck_assert_int_eq(imap4_options_set_ca_file(options, NULL), IMAP4_OK);
    ck_assert_ptr_null(options->ca);
    ck_assert_uint_eq(options->ca_len, 0);
    ck_assert_int_eq(imap4_options_set_ca_file(NULL, "x"), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_options_set_ca(NULL, "x", 1), IMAP4_ERROR_ARGUMENT);
    imap4_options_free(options);
}
END_TEST

static void watch(void *user, int direction, const char *data, size_t len)
{
    (void)user;
    (void)direction;
    (void)data;
    (void)len;
}

START_TEST(copies_are_independent)
{
    test_memory memory;
    imap4_options *options = NULL;
    imap4_options *copy = NULL;

    test_memory_init(&memory, 0);
    imap4_options_new(&options, &memory.allocator);
    imap4_options_set(options, IMAP4_OPTION_PIPELINE_DEPTH, 3);
    imap4_options_set_trace(options, watch, &memory);
    imap4_options_set_trace(NULL, watch, &memory);
    imap4_options_set_ca_file(options, "/ca");
    ck_assert_int_eq(imap4__options_copy(&copy, options), IMAP4_OK);
    imap4_options_free(options);
    ck_assert_uint_eq(get(copy, IMAP4_OPTION_PIPELINE_DEPTH), 3);
    ck_assert_ptr_eq(copy->trace_user, &memory);
    ck_assert(copy->trace == watch);
    ck_assert_str_eq(copy->ca_file, "/ca");
    ck_assert_ptr_eq(copy->mem.user, &memory);
    imap4_options_free(copy);
    ck_assert_uint_eq(memory.live, 0);

    ck_assert_int_eq(imap4__options_copy(&copy, NULL), IMAP4_OK);
    ck_assert_uint_eq(get(copy, IMAP4_OPTION_PIPELINE_DEPTH), 25);
    imap4_options_free(copy);
}
END_TEST

/* Makes, fills, changes and copies; returns the first error. */
static int use_all(const imap4_allocator *mem)
{
    imap4_options *options = NULL;
    imap4_options *copy = NULL;
    imap4_options *second = NULL;
    int result = imap4_options_new(&options, mem);

    if (result == IMAP4_OK)
        result = imap4_options_set_ca_file(options, "/ca");
    if (result == IMAP4_OK)
        result = imap4__options_copy(&copy, options);
    if (result == IMAP4_OK) {
        result = imap4_options_set_ca(options, "DER", 3);
        if (result != IMAP4_OK)
            ck_assert_str_eq(options->ca_file, "/ca"); /* as before */
    }
    if (result == IMAP4_OK)
        result = imap4__options_copy(&second, options);
    if (result == IMAP4_OK)
        ck_assert_mem_eq(second->ca, "DER", 3);
    imap4_options_free(second);
    imap4_options_free(copy);
    imap4_options_free(options);
    return result;
}

START_TEST(every_allocation_may_fail)
{
    test_memory memory;
    size_t n = 0;

    do {
        test_memory_init(&memory, ++n);
        ck_assert_int_eq(use_all(&memory.allocator), memory.failed ? IMAP4_ERROR_MEMORY : IMAP4_OK);
        ck_assert_uint_eq(memory.live, 0);
    } while (memory.failed > 0);
    ck_assert_uint_eq(n, 8);
}
END_TEST

Suite *options_suite(void)
{
    const TTest *const tests[] = {
        defaults_are_as_promised,
        ranges_are_kept,
        names_are_those_of_the_header,
        unknown_options_are_refused,
        presets_set_what_belongs_together,
        the_last_trust_counts,
        copies_are_independent,
        every_allocation_may_fail,
        NULL,
    };
    Suite *suite = suite_create("options");

    suite_tests(suite, "options", tests);
    return suite;
}
