/* STORE and UID STORE: add, remove, replace, silently or not, keywords. */
#include "live/live.h"

#include <stdlib.h>
#include <string.h>

static session *alice;
static session *other;

static void begin(void)
{
    alice = session_sign_in(NULL);
    other = session_sign_in(NULL);
    scratch_make(alice, "scratch store");
    scratch_fill(alice, "scratch store", "one two three");
    OK(alice, imap4_select(alice->conn, "scratch store", &alice->request));
}

static void end(void)
{
    OK(alice, imap4_unselect(alice->conn, &alice->request));
    OK(other, imap4_unselect(other->conn, &other->request));
    scratch_drop(alice, "scratch store");
    session_free(other);
    session_free(alice);
}

static const answer *store(const char *uids, int mode, uint32_t system, const char *keyword)
{
    imap4_uid_set *set = uids_of(uids);
    imap4_str keywords = {keyword, keyword ? strlen(keyword) : 0};
    imap4_flags flags = {system, keyword ? 1 : 0, keyword ? &keywords : NULL};
    const answer *told = OK(alice, imap4_store(alice->conn, set, mode, &flags, &alice->request));

    imap4_uid_set_free(set);
    return told;
}

static void echoes(const answer *told, uint32_t uid, uint32_t system)
{
    const imap4_msg_att *message = answer_fetch(told, uid);

    ck_assert_ptr_nonnull(message->flags);
    ck_assert_uint_eq(message->flags->system & ~(uint32_t)IMAP4_FLAG_RECENT, system);
}

START_TEST(add_remove_replace)
{
    const answer *told = store("1:2", IMAP4_STORE_ADD, IMAP4_FLAG_SEEN | IMAP4_FLAG_FLAGGED, NULL);

    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_FETCH), 2);
    echoes(told, 1, IMAP4_FLAG_SEEN | IMAP4_FLAG_FLAGGED);
    echoes(told, 2, IMAP4_FLAG_SEEN | IMAP4_FLAG_FLAGGED);
    ck_assert_uint_eq(answer_event(told, IMAP4_EVENT_FETCH, 0)->request, alice->request);
    ck_assert_str_eq(mailbox_text(other, "scratch store"), "1 one SF; 2 two SF; 3 three");

    told = store("2:3", IMAP4_STORE_REMOVE, IMAP4_FLAG_SEEN, NULL);
    echoes(told, 2, IMAP4_FLAG_FLAGGED);
    ck_assert_str_eq(mailbox_text(other, "scratch store"), "1 one SF; 2 two F; 3 three");

    told = store("1:*", IMAP4_STORE_REPLACE, IMAP4_FLAG_ANSWERED | IMAP4_FLAG_DRAFT, NULL);
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_FETCH), 3);
    echoes(told, 3, IMAP4_FLAG_ANSWERED | IMAP4_FLAG_DRAFT);
    ck_assert_str_eq(mailbox_text(other, "scratch store"), "1 one AT; 2 two AT; 3 three AT");

    told = store("2", IMAP4_STORE_REPLACE, 0, NULL);
    echoes(told, 2, 0);
    ck_assert_str_eq(mailbox_text(other, "scratch store"), "1 one AT; 2 two; 3 three AT");
}
END_TEST

START_TEST(silent)
{
    static const int modes[] = {IMAP4_STORE_ADD, IMAP4_STORE_REMOVE, IMAP4_STORE_REPLACE};
    static const char *const after[] = {"1 one F; 2 two F; 3 three F", "1 one; 2 two; 3 three",
                                        "1 one F; 2 two F; 3 three F"};

    for (size_t i = 0; i < 3; i++) {
        const answer *told = store("1:3", modes[i] | IMAP4_STORE_SILENT, IMAP4_FLAG_FLAGGED, NULL);
        ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_FETCH), 0);
        ck_assert_str_eq(mailbox_text(other, "scratch store"), after[i]);
    }
}
END_TEST

START_TEST(keywords)
{
    const answer *told = store("1", IMAP4_STORE_ADD, IMAP4_FLAG_SEEN, "$Forwarded");

    ck_assert_uint_eq(answer_fetch(told, 1)->flags->keyword_count, 1);
    TEXT(answer_fetch(told, 1)->flags->keywords[0], "$Forwarded");
    ck_assert_str_eq(mailbox_text(other, "scratch store"), "1 one S $Forwarded; 2 two; 3 three");
    /* The view learns of the new keyword. */
    OK(alice, imap4_noop(alice->conn, &alice->request));
    ck_assert_uint_eq(imap4_conn_view(alice->conn)->flags.keyword_count, 1);
    TEXT(imap4_conn_view(alice->conn)->flags.keywords[0], "$Forwarded");

    store("1:2", IMAP4_STORE_ADD, 0, "second");
    store("1", IMAP4_STORE_REMOVE, 0, "$Forwarded");
    ck_assert_str_eq(mailbox_text(other, "scratch store"), "1 one S second; 2 two second; 3 three");
    store("1:3", IMAP4_STORE_REPLACE | IMAP4_STORE_SILENT, 0, NULL);
    ck_assert_str_eq(mailbox_text(other, "scratch store"), "1 one; 2 two; 3 three");
}
END_TEST

START_TEST(by_number)
{
    imap4_flags flagged = {IMAP4_FLAG_FLAGGED, 0, NULL};
    imap4_seq_set *last = numbers_of("3:*");
    const imap4_view *view = imap4_conn_view(alice->conn);
    const answer *told =
        OK(alice, imap4_store_seq(alice->conn, last, view->serial, IMAP4_STORE_ADD, &flagged, &alice->request));

    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_FETCH), 1);
    ck_assert_uint_eq(answer_event(told, IMAP4_EVENT_FETCH, 0)->data.fetch->seq, 3);
    ck_assert_str_eq(mailbox_text(other, "scratch store"), "1 one; 2 two; 3 three F");
    imap4_seq_set_free(last);
}
END_TEST

START_TEST(uid_that_is_not_there)
{
    ck_assert_uint_eq(answer_count(store("77", IMAP4_STORE_ADD, IMAP4_FLAG_SEEN, NULL), IMAP4_EVENT_FETCH), 0);
    ck_assert_str_eq(mailbox_text(other, "scratch store"), "1 one; 2 two; 3 three");
}
END_TEST

/* In a mailbox opened with EXAMINE nothing changes. Dovecot says OK all the same. */
START_TEST(read_only)
{
    imap4_flags flagged = {IMAP4_FLAG_FLAGGED, 0, NULL};
    imap4_uid_set *first = uids_of("1");

    OK(alice, imap4_examine(alice->conn, "scratch store", &alice->request));
    OK(alice, imap4_store(alice->conn, first, IMAP4_STORE_ADD, &flagged, &alice->request));
    ck_assert_str_eq(mailbox_text(other, "scratch store"), "1 one; 2 two; 3 three");
    imap4_uid_set_free(first);
}
END_TEST

/* What another session stores arrives unasked with the next answer. */
START_TEST(told_of_what_others_store)
{
    imap4_flags flagged = {IMAP4_FLAG_FLAGGED, 0, NULL};
    imap4_uid_set *second = uids_of("2");
    const answer *told;

    OK(other, imap4_select(other->conn, "scratch store", &other->request));
    OK(other, imap4_store(other->conn, second, IMAP4_STORE_ADD, &flagged, &other->request));
    told = OK(alice, imap4_noop(alice->conn, &alice->request));
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_FETCH), 1);
    ck_assert_uint_eq(answer_event(told, IMAP4_EVENT_FETCH, 0)->request, 0);
    ck_assert_uint_eq(answer_event(told, IMAP4_EVENT_FETCH, 0)->data.fetch->seq, 2);
    ck_assert(answer_event(told, IMAP4_EVENT_FETCH, 0)->data.fetch->flags->system & IMAP4_FLAG_FLAGGED);
    imap4_uid_set_free(second);
}
END_TEST

Suite *store_suite(void)
{
    const TTest *const tests[] = {
        add_remove_replace,        silent, keywords, by_number, uid_that_is_not_there, read_only,
        told_of_what_others_store, NULL,
    };
    Suite *suite = suite_create("store");

    tcase_add_checked_fixture(suite_tests(suite, "store", tests), begin, end);
    return suite;
}
