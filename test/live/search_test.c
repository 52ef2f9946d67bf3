/* SEARCH and UID SEARCH: every key, nesting, text beyond ASCII. */
#include "live/live.h"

#include <stdlib.h>
#include <string.h>

enum op { END, FLAG, TEXT_KEY, FIELD, WORD, DATE, SIZE, UIDS, NUMBERS, NOT, OR, OPEN, CLOSE, CHARSET };

typedef struct step {
    enum op op;
    int key;
    const char *text;
    const char *field;
    int number; /* a size, or a day of January 2025 */
} step;

typedef struct search_case {
    const char *found; /* the set, "" for nothing */
    step steps[10];
} search_case;

/* Over the sample mails 1 to 12, whose UIDs are their message numbers. */
static const search_case cases[] = {
    {"1:12", {{.op = END}}},
    {"1:12", {{FLAG, IMAP4_SEARCH_ALL, NULL, NULL, 0}}},
    {"6", {{FLAG, IMAP4_SEARCH_ANSWERED, NULL, NULL, 0}}},
    {"", {{FLAG, IMAP4_SEARCH_DELETED, NULL, NULL, 0}}},
    {"", {{FLAG, IMAP4_SEARCH_DRAFT, NULL, NULL, 0}}},
    {"4", {{FLAG, IMAP4_SEARCH_FLAGGED, NULL, NULL, 0}}},
    {"1,3:4,6:7", {{FLAG, IMAP4_SEARCH_SEEN, NULL, NULL, 0}}},
    {"1:5,7:12", {{FLAG, IMAP4_SEARCH_UNANSWERED, NULL, NULL, 0}}},
    {"1:12", {{FLAG, IMAP4_SEARCH_UNDELETED, NULL, NULL, 0}}},
    {"1:12", {{FLAG, IMAP4_SEARCH_UNDRAFT, NULL, NULL, 0}}},
    {"1:3,5:12", {{FLAG, IMAP4_SEARCH_UNFLAGGED, NULL, NULL, 0}}},
    {"2,5,8:12", {{FLAG, IMAP4_SEARCH_UNSEEN, NULL, NULL, 0}}},

    {"", {{TEXT_KEY, IMAP4_SEARCH_BCC, "carol", NULL, 0}}},
    {"6:7", {{TEXT_KEY, IMAP4_SEARCH_BODY, "sunflower seeds", NULL, 0}}},
    {"4", {{TEXT_KEY, IMAP4_SEARCH_CC, "carol", NULL, 0}}},
    {"1,5", {{TEXT_KEY, IMAP4_SEARCH_FROM, "CAROL", NULL, 0}}},
    {"6:7", {{TEXT_KEY, IMAP4_SEARCH_SUBJECT, "seeds", NULL, 0}}},
    {"6", {{TEXT_KEY, IMAP4_SEARCH_TEXT, "bob.home@example.com", NULL, 0}}},
    {"7,11", {{TEXT_KEY, IMAP4_SEARCH_TO, "bob@", NULL, 0}}},
    {"", {{TEXT_KEY, IMAP4_SEARCH_SUBJECT, "a \"quote\" and \\", NULL, 0}}},
    {"", {{TEXT_KEY, IMAP4_SEARCH_SUBJECT, "two\r\nlines", NULL, 0}}}, /* a literal */
    {"3", {{FIELD, 0, "weekly", "List-Id", 0}}},
    {"12", {{FIELD, 0, "", "X-Priority", 0}}},
    {"7", {{FIELD, 0, "<seeds.6@example.org>", "In-Reply-To", 0}}},

    /* The server decodes words and transfer encodings. */
    {"2", {{TEXT_KEY, IMAP4_SEARCH_SUBJECT, "Grüße aus", NULL, 0}}},
    {"2", {{TEXT_KEY, IMAP4_SEARCH_FROM, "jörg müller", NULL, 0}}},
    {"2", {{TEXT_KEY, IMAP4_SEARCH_BODY, "Grüße aus Zürich", NULL, 0}}},
    {"10", {{TEXT_KEY, IMAP4_SEARCH_SUBJECT, "🍵", NULL, 0}}},
    {"10", {{TEXT_KEY, IMAP4_SEARCH_BODY, "🍵", NULL, 0}}},
    {"", {{TEXT_KEY, IMAP4_SEARCH_SUBJECT, "日本語", NULL, 0}}},
    {"2", {{TEXT_KEY, IMAP4_SEARCH_SUBJECT, "Gr\374\337e", NULL, 0}, {CHARSET, 0, "ISO-8859-1", NULL, 0}}},
    {"6:7", {{TEXT_KEY, IMAP4_SEARCH_SUBJECT, "seeds", NULL, 0}, {CHARSET, 0, "US-ASCII", NULL, 0}}},

    {"", {{WORD, IMAP4_SEARCH_KEYWORD, "$Label", NULL, 0}}},
    {"1:12", {{WORD, IMAP4_SEARCH_UNKEYWORD, "$Label", NULL, 0}}},

    {"1:2", {{DATE, IMAP4_SEARCH_BEFORE, NULL, NULL, 9}}},
    {"3", {{DATE, IMAP4_SEARCH_ON, NULL, NULL, 9}}},
    {"9:12", {{DATE, IMAP4_SEARCH_SINCE, NULL, NULL, 15}}},
    {"1:2", {{DATE, IMAP4_SEARCH_SENTBEFORE, NULL, NULL, 10}}},
    {"6:7", {{DATE, IMAP4_SEARCH_SENTON, NULL, NULL, 15}}},
    {"10:12", {{DATE, IMAP4_SEARCH_SENTSINCE, NULL, NULL, 18}}},

    {"4", {{SIZE, IMAP4_SEARCH_LARGER, NULL, NULL, 873}}},
    {"8:9", {{SIZE, IMAP4_SEARCH_SMALLER, NULL, NULL, 372}}},

    {"3:5", {{UIDS, 0, "3:5,100", NULL, 0}}},
    {"1:2,12", {{NUMBERS, 0, "1:2,*", NULL, 0}}},

    {"2,5,8:12", {{.op = NOT}, {FLAG, IMAP4_SEARCH_SEEN, NULL, NULL, 0}}},
    {"4,6", {{.op = OR}, {FLAG, IMAP4_SEARCH_FLAGGED, NULL, NULL, 0}, {FLAG, IMAP4_SEARCH_ANSWERED, NULL, NULL, 0}}},
    {"4:6",
     {{.op = OR},
      {FLAG, IMAP4_SEARCH_FLAGGED, NULL, NULL, 0},
      {.op = OR},
      {FLAG, IMAP4_SEARCH_ANSWERED, NULL, NULL, 0},
      {UIDS, 0, "5", NULL, 0}}},
    {"5",
     {{TEXT_KEY, IMAP4_SEARCH_FROM, "carol", NULL, 0},
      {.op = OR},
      {FLAG, IMAP4_SEARCH_UNSEEN, NULL, NULL, 0},
      {.op = OPEN},
      {FLAG, IMAP4_SEARCH_FLAGGED, NULL, NULL, 0},
      {DATE, IMAP4_SEARCH_SINCE, NULL, NULL, 1},
      {.op = CLOSE}}},
    {"4:5",
     {{.op = OR},
      {FLAG, IMAP4_SEARCH_FLAGGED, NULL, NULL, 0},
      {.op = OPEN},
      {.op = NOT},
      {.op = OPEN},
      {FLAG, IMAP4_SEARCH_SEEN, NULL, NULL, 0},
      {.op = CLOSE},
      {SIZE, IMAP4_SEARCH_LARGER, NULL, NULL, 800},
      {.op = CLOSE}}},
    {"2", {{.op = NOT}, {.op = NOT}, {TEXT_KEY, IMAP4_SEARCH_SUBJECT, "Grüße", NULL, 0}}},
};

static int add(imap4_search_keys *keys, const step *what, uint64_t serial)
{
    imap4_uid_set *uids = NULL;
    imap4_seq_set *numbers = NULL;
    int result = IMAP4_OK;

    switch (what->op) {
    case FLAG:
        return imap4_search_keys_flag(keys, what->key);
    case TEXT_KEY:
        return imap4_search_keys_text(keys, what->key, what->text, strlen(what->text));
    case FIELD:
        return imap4_search_keys_header(keys, what->field, what->text, strlen(what->text));
    case WORD:
        return imap4_search_keys_keyword(keys, what->key, what->text);
    case DATE:
        return imap4_search_keys_date(keys, what->key, 2025, 1, what->number);
    case SIZE:
        return imap4_search_keys_size(keys, what->key, (uint64_t)what->number);
    case UIDS:
        uids = uids_of(what->text);
        result = imap4_search_keys_uids(keys, uids);
        imap4_uid_set_free(uids);
        return result;
    case NUMBERS:
        numbers = numbers_of(what->text);
        result = imap4_search_keys_numbers(keys, numbers, serial);
        imap4_seq_set_free(numbers);
        return result;
    case NOT:
        return imap4_search_keys_not(keys);
    case OR:
        return imap4_search_keys_or(keys);
    case OPEN:
        return imap4_search_keys_open(keys);
    case CLOSE:
        return imap4_search_keys_close(keys);
    case CHARSET:
        return imap4_search_keys_charset(keys, what->text);
    case END:
        break;
    }
    return result;
}

static imap4_search_keys *keys_of(session *by, const step *steps)
{
    imap4_search_keys *keys = NULL;

    ck_assert_int_eq(imap4_search_keys_new(&keys, NULL), IMAP4_OK);
    for (size_t i = 0; i < 10 && steps[i].op != END; i++)
        ck_assert_int_eq(add(keys, &steps[i], imap4_conn_view(by->conn)->serial), IMAP4_OK);
    return keys;
}

/* Everything found, as one set made of all answers. Both kinds of search fill a set of UIDs, to be compared as text. */
static const char *found_text(const answer *told)
{
    static char text[1000];
    imap4_uid_set *all = NULL;

    ck_assert_int_eq(imap4_uid_set_new(&all, NULL), IMAP4_OK);
    for (size_t i = 0; i < answer_count(told, IMAP4_EVENT_SEARCH); i++) {
        const imap4_event *event = answer_event(told, IMAP4_EVENT_SEARCH, i);
        imap4_set_cursor cursor = {0};
        uint32_t number;
        ck_assert_uint_eq(event->request, told->events[told->count - 1]->request);
        ck_assert(event->data.search->uids == NULL || event->data.search->numbers == NULL);
        while (event->data.search->uids ? imap4_uid_set_next(event->data.search->uids, &cursor, &number)
                                        : imap4_seq_set_next(event->data.search->numbers, &cursor, &number))
            ck_assert_int_eq(imap4_uid_set_add(all, number, number), IMAP4_OK);
    }
    strcpy(text, uids_text(all));
    imap4_uid_set_free(all);
    return text;
}

static void search_all(int (*how)(imap4_conn *, const imap4_search_keys *, uint64_t *), int by_uid)
{
    session *alice = session_sign_in(NULL);

    OK(alice, imap4_examine(alice->conn, "INBOX", &alice->request));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        imap4_search_keys *keys = keys_of(alice, cases[i].steps);
        const answer *told = OK(alice, how(alice->conn, keys, &alice->request));
        ck_assert_msg(strcmp(found_text(told), cases[i].found) == 0, "row %zu: found %s, not %s", i, found_text(told),
                      cases[i].found);
        for (size_t j = 0; j < answer_count(told, IMAP4_EVENT_SEARCH); j++) {
            const imap4_search_data *found = answer_event(told, IMAP4_EVENT_SEARCH, j)->data.search;

            if (*cases[i].found)
                ck_assert_int_eq(found->uids != NULL, by_uid);
            ck_assert_ptr_null(by_uid ? (const void *)found->numbers : (const void *)found->uids);
        }
        imap4_search_keys_free(keys);
    }
    session_free(alice);
}

START_TEST(every_key_for_uids)
{
    search_all(imap4_search, 1);
}
END_TEST

START_TEST(every_key_for_numbers)
{
    search_all(imap4_search_seq, 0);
}
END_TEST

START_TEST(no_keys_mean_all)
{
    session *alice = session_sign_in(NULL);

    OK(alice, imap4_examine(alice->conn, "INBOX", &alice->request));
    ck_assert_str_eq(found_text(OK(alice, imap4_search(alice->conn, NULL, &alice->request))), "1:12");
    session_free(alice);
}
END_TEST

static const char *found(session *by, const step *steps)
{
    imap4_search_keys *keys = keys_of(by, steps);
    const char *text = found_text(OK(by, imap4_search(by->conn, keys, &by->request)));

    imap4_search_keys_free(keys);
    return text;
}

/* rev1: messages are recent for the first session that selects the mailbox, and for no other. */
START_TEST(recent_new_and_old)
{
    static const step recent[] = {{FLAG, IMAP4_SEARCH_RECENT, NULL, NULL, 0}, {.op = END}};
    static const step fresh[] = {{FLAG, IMAP4_SEARCH_NEW, NULL, NULL, 0}, {.op = END}};
    static const step old[] = {{FLAG, IMAP4_SEARCH_OLD, NULL, NULL, 0}, {.op = END}};
    imap4_flags seen = {IMAP4_FLAG_SEEN, 0, NULL};
    imap4_uid_set *first = uids_of("1");
    session *alice = session_sign_in(NULL);
    session *other = session_sign_in(NULL);

    scratch_make(other, "scratch recent");
    scratch_fill(other, "scratch recent", "one two");
    OK(alice, imap4_select(alice->conn, "scratch recent", &alice->request));
    ck_assert_uint_eq(imap4_conn_view(alice->conn)->recent, 2);
    OK(alice, imap4_store(alice->conn, first, IMAP4_STORE_ADD, &seen, &alice->request));
    ck_assert_str_eq(found(alice, recent), "1:2");
    ck_assert_str_eq(found(alice, fresh), "2");
    ck_assert_str_eq(found(alice, old), "");
    OK(other, imap4_examine(other->conn, "scratch recent", &other->request));
    ck_assert_uint_eq(imap4_conn_view(other->conn)->recent, 0);
    ck_assert_str_eq(found(other, recent), "");
    ck_assert_str_eq(found(other, fresh), "");
    ck_assert_str_eq(found(other, old), "1:2");
    OK(alice, imap4_unselect(alice->conn, &alice->request));
    OK(other, imap4_unselect(other->conn, &other->request));
    scratch_drop(other, "scratch recent");
    imap4_uid_set_free(first);
    session_free(other);
    session_free(alice);
}
END_TEST

START_TEST(flags_and_keywords)
{
    static const step keyword[] = {{WORD, IMAP4_SEARCH_KEYWORD, "$label", NULL, 0}, {.op = END}};
    static const step unkeyword[] = {{WORD, IMAP4_SEARCH_UNKEYWORD, "$Label", NULL, 0}, {.op = END}};
    static const step deleted[] = {{FLAG, IMAP4_SEARCH_DELETED, NULL, NULL, 0}, {.op = END}};
    static const step draft[] = {{FLAG, IMAP4_SEARCH_DRAFT, NULL, NULL, 0}, {.op = END}};
    const imap4_str label = {"$Label", 6};
    imap4_flags flags = {IMAP4_FLAG_DELETED | IMAP4_FLAG_DRAFT, 1, &label};
    imap4_uid_set *second = uids_of("2");
    session *alice = session_sign_in(NULL);

    scratch_make(alice, "scratch keyword");
    scratch_fill(alice, "scratch keyword", "one two three");
    OK(alice, imap4_select(alice->conn, "scratch keyword", &alice->request));
    OK(alice, imap4_store(alice->conn, second, IMAP4_STORE_REPLACE, &flags, &alice->request));
    ck_assert_str_eq(found(alice, keyword), "2");
    ck_assert_str_eq(found(alice, unkeyword), "1,3");
    ck_assert_str_eq(found(alice, deleted), "2");
    ck_assert_str_eq(found(alice, draft), "2");
    OK(alice, imap4_unselect(alice->conn, &alice->request));
    scratch_drop(alice, "scratch keyword");
    imap4_uid_set_free(second);
    session_free(alice);
}
END_TEST

START_TEST(charset_unknown_to_the_server)
{
    static const step wish[] = {
        {TEXT_KEY, IMAP4_SEARCH_SUBJECT, "x", NULL, 0}, {CHARSET, 0, "X-UNKNOWN", NULL, 0}, {.op = END}};
    session *alice = session_sign_in(NULL);
    imap4_search_keys *keys = keys_of(alice, wish);
    const answer *told;

    OK(alice, imap4_examine(alice->conn, "INBOX", &alice->request));
    told = NO(alice, imap4_search(alice->conn, keys, &alice->request));
    ck_assert_int_eq(told->done->text->code, IMAP4_CODE_BADCHARSET);
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_SEARCH), 0);
    imap4_search_keys_free(keys);
    session_free(alice);
}
END_TEST

/* A set of two thousand ranges makes a long line, and is answered like any other. */
START_TEST(many_ranges)
{
    session *alice = session_sign_in(NULL);
    imap4_search_keys *keys = NULL;
    imap4_uid_set *odd = NULL;

    OK(alice, imap4_examine(alice->conn, "INBOX", &alice->request));
    ck_assert_int_eq(imap4_uid_set_new(&odd, NULL), IMAP4_OK);
    for (uint32_t uid = 1; uid < 4000; uid += 2)
        ck_assert_int_eq(imap4_uid_set_add(odd, uid, uid), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_new(&keys, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_search_keys_uids(keys, odd), IMAP4_OK);
    ck_assert_str_eq(found_text(OK(alice, imap4_search(alice->conn, keys, &alice->request))), "1,3,5,7,9,11");
    imap4_search_keys_free(keys);
    imap4_uid_set_free(odd);
    session_free(alice);
}
END_TEST

Suite *search_suite(void)
{
    const TTest *const tests[] = {
        every_key_for_uids, every_key_for_numbers,         no_keys_mean_all, recent_new_and_old,
        flags_and_keywords, charset_unknown_to_the_server, many_ranges,      NULL,
    };
    Suite *suite = suite_create("search");

    suite_tests(suite, "search", tests);
    return suite;
}
