#include "describe.h"
#include "grammar/attempt.h"
#include "grammar/quote.h"
#include "support/suite.h"

Suite *attempt_suite(void);

/* A reader that is told what to do: how a reading by the rules goes, and how the second. */
typedef struct plan {
    int result;
    unsigned stray;
    unsigned damage;
    int len;
} plan;

static plan plans[2];
static int readings;

static const char items[] = "0123456789";

static int read_planned(imap4__cursor *cur, imap4__response *response, const void **out)
{
    const plan *now = &plans[response->loose];

    ck_assert_int_eq(*cur->at, '(');
    readings++;
    response->stray += now->stray;
    response->elements += 10;
    for (unsigned i = 0; i < now->damage; i++)
        imap4__response_damage(response, cur->at + response->loose);
    if (imap4__arena_zalloc(cur->arena, 100) == NULL)
        return IMAP4_ERROR_MEMORY;
    cur->at += now->len;
    *out = &items[response->loose];
    return now->result;
}

typedef struct attempt_row {
    plan strict;
    plan loose;
    int readings;
    int result;
    int taken; /* 0: the reading by the rules; 1: the second */
} attempt_row;

static void check_attempt(const attempt_row *expected)
{
    static const char bytes[] = "(abcdefgh) x";
    const plan *taken = expected->taken ? &expected->loose : &expected->strict;
    const void *item = NULL;
    int result;
    reply r;

    plans[0] = expected->strict;
    plans[1] = expected->loose;
    readings = 0;
    reply_init(&r, bytes, sizeof bytes - 1, NULL);
    r.response.reading = "item";
    r.response.elements = 5;
    r.response.stray = 3; /* of items before */
    result = imap4__attempt(&r.cursor, &r.response, read_planned, &item);
    ck_assert_int_eq(result, expected->result);
    ck_assert_int_eq(readings, expected->readings);
    ck_assert_ptr_eq(item, result == 1 ? &items[expected->taken] : NULL);
    ck_assert_int_eq(r.cursor.at - r.bytes, taken->len);
    ck_assert_uint_eq(r.response.damaged, result == 1 ? taken->damage : 0);
    if (r.response.damaged > 0)
        ck_assert_int_eq(r.response.damage_at - r.bytes, expected->taken);
    ck_assert_uint_eq(r.response.elements, result == 1 ? 15 : 5);
    ck_assert_int_eq(r.response.loose, 0);
    ck_assert_uint_eq(r.response.stray,
                      3 + expected->strict.stray + (expected->readings > 1 ? expected->loose.stray : 0));
    if (result != 1 && expected->strict.result != 1) /* and what was put into the arena is gone */
        ck_assert_uint_eq(r.arena.used, 0);
    reply_clear(&r);
}

START_TEST(the_better_reading_counts)
{
    static const attempt_row rows[] = {
        /* no reason to read again */
        {{1, 0, 0, 10}, {1, 0, 0, 10}, 1, 1, 0},
        {{1, 2, 0, 10}, {1, 0, 0, 10}, 1, 1, 0},
        {{1, 0, 2, 10}, {1, 0, 0, 10}, 1, 1, 0},
        {{IMAP4_ERROR_PROTOCOL, 0, 1, 5}, {1, 0, 0, 10}, 1, IMAP4_ERROR_PROTOCOL, 0},
        {{IMAP4_ERROR_LIMIT, 0, 0, 5}, {1, 0, 0, 10}, 1, IMAP4_ERROR_LIMIT, 0},
        {{IMAP4_ERROR_MEMORY, 1, 1, 5}, {1, 0, 0, 10}, 1, IMAP4_ERROR_MEMORY, 0},
        /* the second is better */
        {{1, 1, 2, 10}, {1, 0, 1, 10}, 2, 1, 1},
        {{1, 1, 1, 5}, {1, 1, 0, 10}, 2, 1, 1},
        {{IMAP4_ERROR_PROTOCOL, 1, 0, 5}, {1, 0, 3, 10}, 2, 1, 1},
        {{IMAP4_ERROR_PROTOCOL, 1, 0, 5}, {1, 0, 3, 12}, 2, 1, 1},
        {{1, 1, 1, 10}, {IMAP4_ERROR_MEMORY, 0, 0, 10}, 2, IMAP4_ERROR_MEMORY, 1},
        /* it is not */
        {{1, 1, 1, 10}, {1, 0, 1, 12}, 2, 1, 0},
        {{1, 1, 1, 10}, {1, 0, 0, 5}, 2, 1, 0},
        {{1, 1, 1, 10}, {IMAP4_ERROR_PROTOCOL, 0, 0, 10}, 2, 1, 0},
        {{IMAP4_ERROR_PROTOCOL, 1, 1, 10}, {IMAP4_ERROR_PROTOCOL, 0, 0, 10}, 2, IMAP4_ERROR_PROTOCOL, 0},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_attempt(&rows[i]);
}
END_TEST

/* What belongs to something that is read again is read once. */
START_TEST(nested)
{
    static const char bytes[] = "(abcdefgh) x";
    const void *item = NULL;
    reply r;

    plans[1] = (plan){1, 1, 1, 10};
    readings = 0;
    reply_init(&r, bytes, sizeof bytes - 1, NULL);
    r.response.loose = 1;
    ck_assert_int_eq(imap4__attempt(&r.cursor, &r.response, read_planned, &item), 1);
    ck_assert_int_eq(readings, 1);
    ck_assert_int_eq(r.response.loose, 1);
    ck_assert_ptr_eq(item, &items[1]);
    reply_clear(&r);
}
END_TEST

/* Readings that come to nothing are paid from what the response allows to be read again, and so end some time. */
START_TEST(work_is_bounded)
{
    static char bytes[100000] = "(";
    int before = 0;
    int count = 0;
    reply r;

    plans[0] = plans[1] = (plan){IMAP4_ERROR_PROTOCOL, 1, 0, (int)sizeof bytes};
    readings = 0;
    reply_init(&r, bytes, sizeof bytes, NULL);
    do {
        const void *item = NULL;

        before = readings;
        r.cursor.at = r.bytes;
        ck_assert_int_eq(imap4__attempt(&r.cursor, &r.response, read_planned, &item), IMAP4_ERROR_PROTOCOL);
        ck_assert_int_lt(++count, 10);
    } while (readings > before);
    ck_assert_int_eq(readings, 5); /* 404096 bytes are allowed: the third time the second reading is too much */
    reply_clear(&r);
}
END_TEST

Suite *attempt_suite(void)
{
    const TTest *const tests[] = {the_better_reading_counts, nested, work_is_bounded, NULL};
    Suite *suite = suite_create("attempt");

    suite_tests(suite, "attempt", tests);
    return suite;
}
