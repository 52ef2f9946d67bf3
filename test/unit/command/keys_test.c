#include "written.h"

#include "support/memory.h"

Suite *keys_suite(void);

static imap4_search_keys *keys;
static imap4__arena arena;
static imap4__keys *copy;

static void setup(void)
{
    ck_assert_int_eq(imap4_search_keys_new(&keys, NULL), IMAP4_OK);
    imap4__arena_init(&arena, NULL);
    copy = NULL;
}

static void teardown(void)
{
    imap4_search_keys_free(keys);
    imap4__arena_clear(&arena);
}

static void again(void)
{
    imap4_search_keys_free(keys);
    ck_assert_int_eq(imap4_search_keys_new(&keys, NULL), IMAP4_OK);
}

/*
 * A program of keys in short: k key, n NOT, o OR, ( ). The first call that is refused, counted from 1, or 0; and what
 * the copy says.
 */
START_TEST(structure_is_checked)
{
    static const struct {
        const char *program;
        size_t refused;
        int result;
    } rows[] = {
        {"", 0, IMAP4_OK},
        {"k", 0, IMAP4_OK},
        {"kkk", 0, IMAP4_OK},
        {"nk", 0, IMAP4_OK},
        {"nnnk", 0, IMAP4_OK},
        {"okk", 0, IMAP4_OK},
        {"ookkk", 0, IMAP4_OK},
        {"okokk", 0, IMAP4_OK},
        {"onknk", 0, IMAP4_OK},
        {"(k)", 0, IMAP4_OK},
        {"((k)k)k", 0, IMAP4_OK},
        {"n(k)", 0, IMAP4_OK},
        {"o(kk)(okk)", 0, IMAP4_OK},
        {"((((k))))", 0, IMAP4_OK},
        {"okkk", 0, IMAP4_OK},
        {"n", 0, IMAP4_ERROR_ARGUMENT},
        {"kn", 0, IMAP4_ERROR_ARGUMENT},
        {"o", 0, IMAP4_ERROR_ARGUMENT},
        {"ok", 0, IMAP4_ERROR_ARGUMENT},
        {"ookk", 0, IMAP4_ERROR_ARGUMENT},
        {"o(k)", 0, IMAP4_ERROR_ARGUMENT},
        {"(k", 0, IMAP4_ERROR_ARGUMENT},
        {"(", 0, IMAP4_ERROR_ARGUMENT},
        {"()", 2, IMAP4_ERROR_ARGUMENT},
        {")", 1, IMAP4_ERROR_ARGUMENT},
        {"k)", 2, IMAP4_ERROR_ARGUMENT},
        {"(k))", 4, IMAP4_ERROR_ARGUMENT},
        {"(n)", 3, IMAP4_ERROR_ARGUMENT},
        {"(ok)k", 4, IMAP4_ERROR_ARGUMENT},
        {"(k()", 4, IMAP4_ERROR_ARGUMENT},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t refused = 0;

        again();
        for (size_t j = 0; rows[i].program[j] != '\0' && refused == 0; j++) {
            const char c = rows[i].program[j];
            const int result = c == 'k'   ? imap4_search_keys_flag(keys, IMAP4_SEARCH_SEEN)
                               : c == 'n' ? imap4_search_keys_not(keys)
                               : c == 'o' ? imap4_search_keys_or(keys)
                               : c == '(' ? imap4_search_keys_open(keys)
                                          : imap4_search_keys_close(keys);

            if (result != IMAP4_OK) {
                ck_assert_int_eq(result, IMAP4_ERROR_ARGUMENT);
                refused = j + 1;
            }
        }
        ck_assert_msg(refused == rows[i].refused, "%s: refused at %zu", rows[i].program, refused);
        ck_assert_msg(imap4__keys_copy(&arena, keys, &copy) == rows[i].result, "%s", rows[i].program);
    }
}
END_TEST

START_TEST(depth_has_no_end)
{
    const size_t depth = 100000;

    for (size_t i = 0; i < depth; i++)
        ck_assert_int_eq(imap4_search_keys_open(keys), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_flag(keys, IMAP4_SEARCH_SEEN), IMAP4_OK);
    for (size_t i = 0; i < depth; i++)
        ck_assert_int_eq(imap4_search_keys_close(keys), IMAP4_OK);
    ck_assert_int_eq(imap4__keys_copy(&arena, keys, &copy), IMAP4_OK);
    ck_assert_uint_eq(copy->count, 2 * depth + 1);
}
END_TEST

START_TEST(keys_take_what_is_theirs)
{
    static const int all[] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14,   15,   19,   20,
                              21, 22, 23, 24, 25, 26, 27, 30, 31, 32, 40, 41, 42, 43, 44,   45,   46,   50,
                              51, 52, -1, 1001, 1002, 1003, 1004, 1005, 1006, 1007};

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        const int key = all[i];
        const int want_flag = key >= 1 && key <= 14;
        const int want_text = key >= 20 && key <= 26;
        const int want_keyword = key == 30 || key == 31;
        const int want_date = key >= 40 && key <= 45;
        const int want_size = key == 50 || key == 51;

        again();
        ck_assert_int_eq(imap4_search_keys_flag(keys, key), want_flag ? IMAP4_OK : IMAP4_ERROR_ARGUMENT);
        again();
        ck_assert_int_eq(imap4_search_keys_text(keys, key, "x", 1), want_text ? IMAP4_OK : IMAP4_ERROR_ARGUMENT);
        again();
        ck_assert_int_eq(imap4_search_keys_keyword(keys, key, "x"), want_keyword ? IMAP4_OK : IMAP4_ERROR_ARGUMENT);
        again();
        ck_assert_int_eq(imap4_search_keys_date(keys, key, 2026, 2, 1), want_date ? IMAP4_OK : IMAP4_ERROR_ARGUMENT);
        again();
        ck_assert_int_eq(imap4_search_keys_size(keys, key, 1), want_size ? IMAP4_OK : IMAP4_ERROR_ARGUMENT);
        ck_assert_int_eq(imap4_search_key_name(key) != NULL,
                         want_flag || want_text || want_keyword || want_date || want_size);
    }
    ck_assert_str_eq(imap4_search_key_name(IMAP4_SEARCH_UNKEYWORD), "UNKEYWORD");
    ck_assert_str_eq(imap4_search_key_name(IMAP4_SEARCH_SENTSINCE), "SENTSINCE");
}
END_TEST

START_TEST(texts_are_checked)
{
    ck_assert_int_eq(imap4_search_keys_text(keys, IMAP4_SEARCH_BODY, NULL, 0), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_text(keys, IMAP4_SEARCH_BODY, "a\r\nb", 4), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_header(keys, "List-Id", NULL, 0), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_text(keys, IMAP4_SEARCH_BODY, "a\0b", 3), IMAP4_ERROR_ARGUMENT);
    again();
    ck_assert_int_eq(imap4_search_keys_text(keys, IMAP4_SEARCH_BODY, NULL, 1), IMAP4_ERROR_ARGUMENT);
    again();
    ck_assert_int_eq(imap4_search_keys_header(keys, "List-Id:", "x", 1), IMAP4_ERROR_ARGUMENT);
    again();
    ck_assert_int_eq(imap4_search_keys_header(keys, NULL, "x", 1), IMAP4_ERROR_ARGUMENT);
    again();
    ck_assert_int_eq(imap4_search_keys_header(keys, "X", "\0", 1), IMAP4_ERROR_ARGUMENT);
    again();
    ck_assert_int_eq(imap4_search_keys_keyword(keys, IMAP4_SEARCH_KEYWORD, "\\Seen"), IMAP4_ERROR_ARGUMENT);
    again();
    ck_assert_int_eq(imap4_search_keys_keyword(keys, IMAP4_SEARCH_KEYWORD, NULL), IMAP4_ERROR_ARGUMENT);
}
END_TEST

START_TEST(numbers_are_checked)
{
    static const struct {
        int year, month, day, result;
    } rows[] = {
        {1, 1, 1, IMAP4_OK},
        {9999, 12, 31, IMAP4_OK},
        {0, 1, 1, IMAP4_ERROR_ARGUMENT},
        {10000, 1, 1, IMAP4_ERROR_ARGUMENT},
        {2026, 0, 1, IMAP4_ERROR_ARGUMENT},
        {2026, 13, 1, IMAP4_ERROR_ARGUMENT},
        {2026, 1, 0, IMAP4_ERROR_ARGUMENT},
        {2026, 1, 32, IMAP4_ERROR_ARGUMENT},
        {2026, 2, 29, IMAP4_ERROR_ARGUMENT},
        {2024, 2, 29, IMAP4_OK},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        again();
        ck_assert_int_eq(imap4_search_keys_date(keys, IMAP4_SEARCH_ON, rows[i].year, rows[i].month, rows[i].day),
                         rows[i].result);
    }
    again();
    ck_assert_int_eq(imap4_search_keys_size(keys, IMAP4_SEARCH_LARGER, INT64_MAX), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_size(keys, IMAP4_SEARCH_LARGER, (uint64_t)INT64_MAX + 1), IMAP4_ERROR_ARGUMENT);
}
END_TEST

/* Texts are UTF-8, unless another charset is named, before or after. */
START_TEST(texts_fit_the_charset)
{
    static const struct {
        const char *charset; /* NULL: none */
        const char *text;
        int result;
    } rows[] = {
        {NULL, "\xc3\xa4", IMAP4_OK},
        {NULL, "\xe4", IMAP4_ERROR_ARGUMENT},
        {"utf-8", "\xe4", IMAP4_ERROR_ARGUMENT},
        {"ISO-8859-1", "\xe4", IMAP4_OK},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (int first = 0; first < 2; first++) {
            again();
            if (first && rows[i].charset != NULL)
                ck_assert_int_eq(imap4_search_keys_charset(keys, rows[i].charset), IMAP4_OK);
            ck_assert_int_eq(imap4_search_keys_text(keys, IMAP4_SEARCH_TO, rows[i].text, strlen(rows[i].text)),
                             IMAP4_OK);
            if (!first && rows[i].charset != NULL)
                ck_assert_int_eq(imap4_search_keys_charset(keys, rows[i].charset), IMAP4_OK);
            ck_assert_int_eq(imap4__keys_copy(&arena, keys, &copy), rows[i].result);
        }
    }
    again();
    ck_assert_int_eq(imap4_search_keys_charset(keys, "UTF-8\r\n"), IMAP4_ERROR_ARGUMENT);
    again();
    ck_assert_int_eq(imap4_search_keys_charset(keys, NULL), IMAP4_ERROR_ARGUMENT);
}
END_TEST

START_TEST(sets_are_copied)
{
    imap4_uid_set *uids;
    imap4_seq_set *numbers;

    ck_assert_int_eq(imap4_uid_set_new(&uids, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_seq_set_new(&numbers, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_uids(keys, uids), IMAP4_ERROR_ARGUMENT);
    again();
    ck_assert_int_eq(imap4_search_keys_uids(keys, NULL), IMAP4_ERROR_ARGUMENT);
    again();
    ck_assert_int_eq(imap4_search_keys_numbers(keys, numbers, 1), IMAP4_ERROR_ARGUMENT);
    again();
    ck_assert_int_eq(imap4_search_keys_numbers(keys, NULL, 1), IMAP4_ERROR_ARGUMENT);
    again();

    ck_assert_int_eq(imap4_uid_set_add(uids, 5, 9), IMAP4_OK);
    ck_assert_int_eq(imap4_seq_set_add(numbers, 2, 2), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_uids(keys, uids), IMAP4_OK);
    ck_assert_int_eq(imap4__keys_copy(&arena, keys, &copy), IMAP4_OK);
    ck_assert_int_eq(copy->uses_numbers, 0);
    ck_assert_int_eq(imap4_search_keys_numbers(keys, numbers, 7), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_numbers(keys, numbers, 3), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_numbers(keys, numbers, 9), IMAP4_OK);
    imap4_uid_set_free(uids);
    imap4_seq_set_free(numbers);
    ck_assert_int_eq(imap4__keys_copy(&arena, keys, &copy), IMAP4_OK);
    imap4_search_keys_free(keys);
    keys = NULL;

    ck_assert_int_eq(copy->uses_numbers, 1);
    ck_assert_uint_eq(copy->serial, 3);
    ck_assert_uint_eq(copy->count, 4);
    ck_assert_uint_eq(copy->keys[0].set->ranges[0].first, 5);
    ck_assert_uint_eq(copy->keys[0].set->ranges[0].last, 9);
    ck_assert_uint_eq(copy->keys[3].set->ranges[0].first, 2);
}
END_TEST

START_TEST(no_keys_are_fine)
{
    ck_assert_int_eq(imap4__keys_copy(&arena, NULL, &copy), IMAP4_OK);
    ck_assert_uint_eq(copy->count, 0);
    ck_assert_ptr_null(copy->charset.data);
    ck_assert_int_eq(copy->uses_numbers, 0);
    imap4_search_keys_free(NULL);
}
END_TEST

START_TEST(first_error_is_remembered)
{
    imap4_uid_set *uids;
    imap4_seq_set *numbers;

    ck_assert_int_eq(imap4_uid_set_new(&uids, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_seq_set_new(&numbers, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_uid_set_add(uids, 1, 1), IMAP4_OK);
    ck_assert_int_eq(imap4_seq_set_add(numbers, 1, 1), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_flag(keys, 0), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_search_keys_flag(keys, IMAP4_SEARCH_SEEN), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_search_keys_text(keys, IMAP4_SEARCH_TO, "x", 1), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_search_keys_header(keys, "X", "x", 1), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_search_keys_keyword(keys, IMAP4_SEARCH_KEYWORD, "x"), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_search_keys_date(keys, IMAP4_SEARCH_ON, 2026, 1, 1), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_search_keys_size(keys, IMAP4_SEARCH_LARGER, 1), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_search_keys_uids(keys, uids), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_search_keys_numbers(keys, numbers, 1), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_search_keys_not(keys), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_search_keys_or(keys), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_search_keys_open(keys), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_search_keys_close(keys), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_search_keys_charset(keys, "UTF-8"), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4__keys_copy(&arena, keys, &copy), IMAP4_ERROR_ARGUMENT);
    imap4_uid_set_free(uids);
    imap4_seq_set_free(numbers);
}
END_TEST

/* As a program would that looks at the result only once, at the end. */
static int build(const imap4_allocator *mem, const imap4_uid_set *uids, imap4__arena *into, imap4__keys **out)
{
    static const char text[] = "some text that takes its space in the arena, so that blocks are used up";
    imap4_search_keys *made;
    int result = imap4_search_keys_new(&made, mem);

    if (result != IMAP4_OK)
        return result;
    imap4_search_keys_charset(made, "UTF-8");
    for (int i = 0; i < 100; i++) {
        imap4_search_keys_not(made);
        imap4_search_keys_open(made);
        imap4_search_keys_text(made, IMAP4_SEARCH_SUBJECT, text, sizeof text - 1);
        imap4_search_keys_header(made, "A-Field", text, sizeof text - 1);
        imap4_search_keys_uids(made, uids);
    }
    for (int i = 0; i < 100; i++)
        imap4_search_keys_close(made);
    result = imap4__keys_copy(into, made, out);
    imap4_search_keys_free(made);
    return result;
}

START_TEST(every_allocation_may_fail)
{
    imap4_uid_set *uids;

    ck_assert_int_eq(imap4_uid_set_new(&uids, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_uid_set_add(uids, 1, 7), IMAP4_OK);
    for (size_t n = 1;; n++) {
        test_memory memory;
        imap4__arena into;
        imap4__keys *made = NULL;

        test_memory_init(&memory, n);
        imap4__arena_init(&into, &memory.allocator);
        if (build(&memory.allocator, uids, &into, &made) == IMAP4_OK) {
            ck_assert_uint_eq(memory.failed, 0);
            ck_assert_uint_eq(made->count, 600);
        } else {
            ck_assert_uint_eq(memory.failed, 1);
            ck_assert_ptr_null(made);
        }
        imap4__arena_clear(&into);
        ck_assert_uint_eq(memory.live, 0);
        if (memory.failed == 0) {
            ck_assert_uint_gt(n, 4);
            break;
        }
    }
    imap4_uid_set_free(uids);
}
END_TEST

Suite *keys_suite(void)
{
    const TTest *const tests[] = {
        structure_is_checked,
        depth_has_no_end,
        keys_take_what_is_theirs,
        texts_are_checked,
        numbers_are_checked,
        texts_fit_the_charset,
        sets_are_copied,
        no_keys_are_fine,
        first_error_is_remembered,
        every_allocation_may_fail,
        NULL,
    };
    Suite *suite = suite_create("keys");

    tcase_add_checked_fixture(suite_tests(suite, "keys", tests), setup, teardown);
    return suite;
}
