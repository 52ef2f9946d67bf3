#include "written.h"

#include "support/memory.h"

Suite *items_suite(void);

static imap4_fetch_items *items;
static imap4__arena arena;
static imap4__items *copy;

static void setup(void)
{
    ck_assert_int_eq(imap4_fetch_items_new(&items, NULL), IMAP4_OK);
    imap4__arena_init(&arena, NULL);
    copy = NULL;
}

static void teardown(void)
{
    imap4_fetch_items_free(items);
    imap4__arena_clear(&arena);
}

START_TEST(masks_add_up)
{
    ck_assert_int_eq(imap4_fetch_items_add(items, IMAP4_FETCH_UID), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_add(items, IMAP4_FETCH_FAST | IMAP4_FETCH_RFC822), IMAP4_OK);
    ck_assert_int_eq(imap4__items_copy(&arena, items, &copy), IMAP4_OK);
    ck_assert_uint_eq(copy->mask, IMAP4_FETCH_UID | IMAP4_FETCH_FLAGS | IMAP4_FETCH_INTERNALDATE |
                                      IMAP4_FETCH_RFC822_SIZE | IMAP4_FETCH_RFC822);
    ck_assert_ptr_null(copy->sections);
    ck_assert_int_eq(copy->streams, 0);
}
END_TEST

START_TEST(copies_are_deep)
{
    char part[] = "1.2";
    char field[] = "Subject";
    const imap4__section_spec *section;

    ck_assert_int_eq(imap4_fetch_items_section(items, part, IMAP4_SECTION_HEADER_FIELDS, 0), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_field(items, field), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_partial(items, 0, UINT32_MAX), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_section(items, NULL, IMAP4_SECTION_ALL, IMAP4_SECTION_STREAM), IMAP4_OK);
    memset(part, 'x', sizeof part - 1);
    memset(field, 'x', sizeof field - 1);
    ck_assert_int_eq(imap4__items_copy(&arena, items, &copy), IMAP4_OK);
    imap4_fetch_items_free(items);
    items = NULL;

    ck_assert_int_eq(copy->streams, 1);
    section = copy->sections;
    ck_assert_str_eq(section->part.data, "1.2");
    ck_assert_int_eq(section->text, IMAP4_SECTION_HEADER_FIELDS);
    ck_assert_uint_eq(section->field_count, 1);
    ck_assert_str_eq(section->fields[0].data, "Subject");
    ck_assert_int_eq(section->partial, 1);
    ck_assert_uint_eq(section->origin, 0);
    ck_assert_uint_eq(section->count, UINT32_MAX);
    section = section->next;
    ck_assert_str_eq(section->part.data, "");
    ck_assert_int_eq(section->mode, IMAP4_SECTION_STREAM);
    ck_assert_int_eq(section->partial, 0);
    ck_assert_ptr_null(section->next);
}
END_TEST

START_TEST(many_fields_stay_in_order)
{
    char name[16];

    ck_assert_int_eq(imap4_fetch_items_section(items, "", IMAP4_SECTION_HEADER_FIELDS_NOT, 0), IMAP4_OK);
    for (unsigned i = 0; i < 100; i++) {
        snprintf(name, sizeof name, "X-%u", i);
        ck_assert_int_eq(imap4_fetch_items_field(items, name), IMAP4_OK);
    }
    ck_assert_int_eq(imap4__items_copy(&arena, items, &copy), IMAP4_OK);
    ck_assert_uint_eq(copy->sections->field_count, 100);
    for (unsigned i = 0; i < 100; i++) {
        snprintf(name, sizeof name, "X-%u", i);
        ck_assert_str_eq(copy->sections->fields[i].data, name);
    }
}
END_TEST

START_TEST(sections_are_checked)
{
    static const struct {
        const char *part;
        int text;
        int mode;
        int result;
    } rows[] = {
        {NULL, IMAP4_SECTION_ALL, 0, IMAP4_OK},
        {"", IMAP4_SECTION_TEXT, IMAP4_SECTION_SET_SEEN | IMAP4_SECTION_STREAM, IMAP4_OK},
        {"1", IMAP4_SECTION_MIME, 0, IMAP4_OK},
        {"4.2.2.1", IMAP4_SECTION_HEADER, 0, IMAP4_OK},
        {"", IMAP4_SECTION_MIME, 0, IMAP4_ERROR_ARGUMENT},
        {NULL, IMAP4_SECTION_MIME, 0, IMAP4_ERROR_ARGUMENT},
        {"0", IMAP4_SECTION_ALL, 0, IMAP4_ERROR_ARGUMENT},
        {"1.", IMAP4_SECTION_ALL, 0, IMAP4_ERROR_ARGUMENT},
        {"1]", IMAP4_SECTION_ALL, 0, IMAP4_ERROR_ARGUMENT},
        {"TEXT", IMAP4_SECTION_ALL, 0, IMAP4_ERROR_ARGUMENT},
        {"", -1, 0, IMAP4_ERROR_ARGUMENT},
        {"", 6, 0, IMAP4_ERROR_ARGUMENT},
        {"", IMAP4_SECTION_ALL, 4, IMAP4_ERROR_ARGUMENT},
        {"", IMAP4_SECTION_ALL, -1, IMAP4_ERROR_ARGUMENT},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        imap4_fetch_items *one;

        ck_assert_int_eq(imap4_fetch_items_new(&one, NULL), IMAP4_OK);
        ck_assert_msg(imap4_fetch_items_section(one, rows[i].part, rows[i].text, rows[i].mode) == rows[i].result,
                      "row %zu", i);
        ck_assert_msg(imap4__items_copy(&arena, one, &copy) == rows[i].result, "copy of row %zu", i);
        imap4_fetch_items_free(one);
    }
}
END_TEST

START_TEST(fields_are_checked)
{
    static const struct {
        int text; /* -1: no section before */
        const char *field;
        int result;
    } rows[] = {
        {IMAP4_SECTION_HEADER_FIELDS, "Subject", IMAP4_OK},
        {IMAP4_SECTION_HEADER_FIELDS_NOT, "X(!)", IMAP4_OK},
        {IMAP4_SECTION_HEADER_FIELDS, "Subject:", IMAP4_ERROR_ARGUMENT},
        {IMAP4_SECTION_HEADER_FIELDS, "", IMAP4_ERROR_ARGUMENT},
        {IMAP4_SECTION_HEADER_FIELDS, NULL, IMAP4_ERROR_ARGUMENT},
        {IMAP4_SECTION_HEADER_FIELDS, "a b", IMAP4_ERROR_ARGUMENT},
        {IMAP4_SECTION_HEADER_FIELDS, "\xc3\xa4", IMAP4_ERROR_ARGUMENT},
        {IMAP4_SECTION_HEADER_FIELDS, "a\r\n", IMAP4_ERROR_ARGUMENT},
        {IMAP4_SECTION_HEADER, "Subject", IMAP4_ERROR_ARGUMENT},
        {-1, "Subject", IMAP4_ERROR_ARGUMENT},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        imap4_fetch_items *one;

        ck_assert_int_eq(imap4_fetch_items_new(&one, NULL), IMAP4_OK);
        if (rows[i].text >= 0)
            ck_assert_int_eq(imap4_fetch_items_section(one, "", rows[i].text, 0), IMAP4_OK);
        ck_assert_msg(imap4_fetch_items_field(one, rows[i].field) == rows[i].result, "row %zu", i);
        imap4_fetch_items_free(one);
    }
}
END_TEST

START_TEST(header_fields_need_fields)
{
    ck_assert_int_eq(imap4_fetch_items_section(items, "", IMAP4_SECTION_HEADER_FIELDS, 0), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_section(items, "", IMAP4_SECTION_ALL, 0), IMAP4_OK);
    ck_assert_int_eq(imap4__items_copy(&arena, items, &copy), IMAP4_ERROR_ARGUMENT);
    ck_assert_ptr_null(copy);
}
END_TEST

START_TEST(partials_are_checked)
{
    static const struct {
        uint64_t origin;
        uint64_t count;
        int result;
    } rows[] = {
        {0, 1, IMAP4_OK},
        {UINT32_MAX, UINT32_MAX, IMAP4_OK},
        {0, 0, IMAP4_ERROR_ARGUMENT},
        {UINT64_C(4294967296), 1, IMAP4_ERROR_ARGUMENT},
        {0, UINT64_C(4294967296), IMAP4_ERROR_ARGUMENT},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        imap4_fetch_items *one;

        ck_assert_int_eq(imap4_fetch_items_new(&one, NULL), IMAP4_OK);
        ck_assert_int_eq(imap4_fetch_items_section(one, "", IMAP4_SECTION_ALL, 0), IMAP4_OK);
        ck_assert_msg(imap4_fetch_items_partial(one, rows[i].origin, rows[i].count) == rows[i].result, "row %zu", i);
        imap4_fetch_items_free(one);
    }
    ck_assert_int_eq(imap4_fetch_items_partial(items, 0, 1), IMAP4_ERROR_ARGUMENT);
}
END_TEST

START_TEST(nothing_is_no_list)
{
    ck_assert_int_eq(imap4__items_copy(&arena, NULL, &copy), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4__items_copy(&arena, items, &copy), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_fetch_items_add(items, 0), IMAP4_OK);
    ck_assert_int_eq(imap4__items_copy(&arena, items, &copy), IMAP4_ERROR_ARGUMENT);
    imap4_fetch_items_free(NULL);
}
END_TEST

START_TEST(first_error_is_remembered)
{
    ck_assert_int_eq(imap4_fetch_items_add(items, IMAP4_FETCH_MODSEQ), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_fetch_items_add(items, IMAP4_FETCH_UID), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_fetch_items_section(items, "", IMAP4_SECTION_ALL, 0), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_fetch_items_field(items, "Subject"), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4_fetch_items_partial(items, 0, 1), IMAP4_ERROR_ARGUMENT);
    ck_assert_int_eq(imap4__items_copy(&arena, items, &copy), IMAP4_ERROR_ARGUMENT);
}
END_TEST

START_TEST(unknown_items_are_refused)
{
    static const uint32_t bad[] = {IMAP4_FETCH_MODSEQ, 0x800, 0x80000000, IMAP4_FETCH_UID | 0x1000};

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        imap4_fetch_items *one;

        ck_assert_int_eq(imap4_fetch_items_new(&one, NULL), IMAP4_OK);
        ck_assert_int_eq(imap4_fetch_items_add(one, bad[i]), IMAP4_ERROR_ARGUMENT);
        imap4_fetch_items_free(one);
    }
}
END_TEST

/* As a program would that looks at the result only once, at the end. */
static int build(const imap4_allocator *mem, imap4__arena *into, imap4__items **out)
{
    imap4_fetch_items *made;
    int result = imap4_fetch_items_new(&made, mem);

    if (result != IMAP4_OK)
        return result;
    imap4_fetch_items_add(made, IMAP4_FETCH_ALL);
    for (int i = 0; i < 40; i++) {
        imap4_fetch_items_section(made, "1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17", IMAP4_SECTION_HEADER_FIELDS, 0);
        for (int j = 0; j < 20; j++)
            imap4_fetch_items_field(made, "X-A-Field-With-A-Rather-Long-Name");
    }
    result = imap4__items_copy(into, made, out);
    imap4_fetch_items_free(made);
    return result;
}

START_TEST(every_allocation_may_fail)
{
    for (size_t n = 1;; n++) {
        test_memory memory;
        imap4__arena into;
        imap4__items *made = NULL;

        test_memory_init(&memory, n);
        imap4__arena_init(&into, &memory.allocator);
        if (build(&memory.allocator, &into, &made) == IMAP4_OK) {
            size_t count = 0;

            ck_assert_uint_eq(memory.failed, 0);
            for (const imap4__section_spec *section = made->sections; section != NULL; section = section->next)
                count += section->field_count;
            ck_assert_uint_eq(count, 800);
        } else {
            ck_assert_uint_eq(memory.failed, 1);
        }
        imap4__arena_clear(&into);
        ck_assert_uint_eq(memory.live, 0);
        if (memory.failed == 0) {
            ck_assert_uint_gt(n, 4);
            break;
        }
    }
}
END_TEST

Suite *items_suite(void)
{
    const TTest *const tests[] = {
        masks_add_up,
        copies_are_deep,
        many_fields_stay_in_order,
        sections_are_checked,
        fields_are_checked,
        header_fields_need_fields,
        partials_are_checked,
        nothing_is_no_list,
        first_error_is_remembered,
        unknown_items_are_refused,
        every_allocation_may_fail,
        NULL,
    };
    Suite *suite = suite_create("items");

    tcase_add_checked_fixture(suite_tests(suite, "items", tests), setup, teardown);
    return suite;
}
