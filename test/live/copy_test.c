/* COPY, MOVE, EXPUNGE and UID EXPUNGE: what goes where, what is told, what is left. */
#include "live/live.h"

#include <stdlib.h>
#include <string.h>

static session *alice;
static session *other;

static void begin(void)
{
    alice = session_sign_in(NULL);
    other = session_sign_in(NULL);
    scratch_make(alice, "scratch from");
    scratch_make(alice, "scratch to");
    scratch_fill(alice, "scratch from", "one two three four");
    OK(alice, imap4_select(alice->conn, "scratch from", &alice->request));
}

static void end(void)
{
    OK(alice, imap4_unselect(alice->conn, &alice->request));
    OK(other, imap4_unselect(other->conn, &other->request));
    scratch_drop(alice, "scratch from");
    scratch_drop(alice, "scratch to");
    session_free(other);
    session_free(alice);
}

static void mark(const char *uids, uint32_t system)
{
    imap4_uid_set *set = uids_of(uids);
    imap4_flags flags = {system, 0, NULL};

    OK(alice, imap4_store(alice->conn, set, IMAP4_STORE_ADD, &flags, &alice->request));
    imap4_uid_set_free(set);
}

/* COPYUID: the destination's UIDVALIDITY, and both sets paired by position. */
static void copied(const imap4_resp_text *text, const char *from, const char *to)
{
    const answer *told =
        OK(other, imap4_status_of(other->conn, "scratch to", IMAP4_STATUS_ATT_UIDVALIDITY, &other->request));

    ck_assert_ptr_nonnull(text);
    ck_assert_int_eq(text->code, IMAP4_CODE_COPYUID);
    ck_assert_str_eq(uids_text(text->source_uids), from);
    ck_assert_str_eq(uids_text(text->uids), to);
    ck_assert_uint_eq(text->number, answer_event(told, IMAP4_EVENT_STATUS, 0)->data.status->uidvalidity);
}

START_TEST(copy)
{
    imap4_uid_set *set = uids_of("2,4");
    const answer *told;

    mark("2", IMAP4_FLAG_FLAGGED);
    told = OK(alice, imap4_copy(alice->conn, set, "scratch to", &alice->request));
    copied(told->done->text, "2,4", "1:2");
    ck_assert_str_eq(mailbox_text(other, "scratch from"), "1 one; 2 two F; 3 three; 4 four");
    ck_assert_str_eq(mailbox_text(other, "scratch to"), "1 two F; 2 four");
    imap4_uid_set_free(set);
}
END_TEST

START_TEST(copy_by_number)
{
    imap4_seq_set *set = numbers_of("1:2");
    const answer *told = OK(
        alice, imap4_copy_seq(alice->conn, set, imap4_conn_view(alice->conn)->serial, "scratch to", &alice->request));

    copied(told->done->text, "1:2", "1:2");
    ck_assert_str_eq(mailbox_text(other, "scratch to"), "1 one; 2 two");
    imap4_seq_set_free(set);
}
END_TEST

START_TEST(copy_within_the_mailbox)
{
    imap4_uid_set *set = uids_of("1");
    const answer *told = OK(alice, imap4_copy(alice->conn, set, "scratch from", &alice->request));

    ck_assert_str_eq(uids_text(told->done->text->uids), "5");
    OK(alice, imap4_noop(alice->conn, &alice->request));
    ck_assert_uint_eq(imap4_conn_view(alice->conn)->exists, 5);
    ck_assert_str_eq(mailbox_text(other, "scratch from"), "1 one; 2 two; 3 three; 4 four; 5 one");
    imap4_uid_set_free(set);
}
END_TEST

START_TEST(destination_missing)
{
    imap4_uid_set *set = uids_of("1");

    ck_assert_int_eq(NO(alice, imap4_copy(alice->conn, set, "nowhere", &alice->request))->done->text->code,
                     IMAP4_CODE_TRYCREATE);
    ck_assert_int_eq(NO(alice, imap4_move(alice->conn, set, "nowhere", &alice->request))->done->text->code,
                     IMAP4_CODE_TRYCREATE);
    ck_assert_str_eq(mailbox_text(other, "scratch from"), "1 one; 2 two; 3 three; 4 four");
    imap4_uid_set_free(set);
}
END_TEST

START_TEST(move)
{
    imap4_uid_set *set = uids_of("1,3");
    uint64_t serial = imap4_conn_view(alice->conn)->serial;
    const answer *told;

    mark("4", IMAP4_FLAG_DELETED); /* not ours: must stay */
    told = OK(alice, imap4_move(alice->conn, set, "scratch to", &alice->request));
    ck_assert_int_eq(told->done->move_step, IMAP4_MOVE_DIRECT);
    copied(told->done->copied, "1,3", "1:2");
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_EXPUNGE), 2);
    ck_assert_uint_eq(imap4_conn_view(alice->conn)->exists, 2);
    ck_assert_uint_gt(imap4_conn_view(alice->conn)->serial, serial);
    ck_assert_str_eq(mailbox_text(other, "scratch from"), "2 two; 4 four D");
    ck_assert_str_eq(mailbox_text(other, "scratch to"), "1 one; 2 three");
    imap4_uid_set_free(set);
}
END_TEST

START_TEST(move_by_number)
{
    imap4_seq_set *set = numbers_of("*");
    const answer *told = OK(
        alice, imap4_move_seq(alice->conn, set, imap4_conn_view(alice->conn)->serial, "scratch to", &alice->request));

    copied(told->done->copied, "4", "1");
    ck_assert_uint_eq(answer_event(told, IMAP4_EVENT_EXPUNGE, 0)->data.number, 4);
    ck_assert_str_eq(mailbox_text(other, "scratch from"), "1 one; 2 two; 3 three");
    ck_assert_str_eq(mailbox_text(other, "scratch to"), "1 four");
    imap4_seq_set_free(set);
}
END_TEST

START_TEST(expunge)
{
    uint64_t serial = imap4_conn_view(alice->conn)->serial;
    const answer *told;

    mark("1,3", IMAP4_FLAG_DELETED);
    told = OK(alice, imap4_expunge(alice->conn, &alice->request));
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_EXPUNGE), 2);
    ck_assert_uint_eq(answer_event(told, IMAP4_EVENT_EXPUNGE, 0)->request, alice->request);
    ck_assert_uint_gt(answer_event(told, IMAP4_EVENT_EXPUNGE, 1)->serial, serial);
    ck_assert_uint_eq(imap4_conn_view(alice->conn)->exists, 2);
    ck_assert_str_eq(mailbox_text(other, "scratch from"), "2 two; 4 four");
    told = OK(alice, imap4_expunge(alice->conn, &alice->request));
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_EXPUNGE), 0);
}
END_TEST

START_TEST(expunge_only_some)
{
    imap4_uid_set *set = uids_of("1:2");
    const answer *told;

    mark("2:3", IMAP4_FLAG_DELETED);
    told = OK(alice, imap4_expunge_uids(alice->conn, set, &alice->request));
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_EXPUNGE), 1);
    ck_assert_uint_eq(answer_event(told, IMAP4_EVENT_EXPUNGE, 0)->data.number, 2);
    ck_assert_str_eq(mailbox_text(other, "scratch from"), "1 one; 3 three D; 4 four");
    imap4_uid_set_free(set);
}
END_TEST

Suite *copy_suite(void)
{
    const TTest *const tests[] = {
        copy,
        copy_by_number,
        copy_within_the_mailbox,
        destination_missing,
        move,
        move_by_number,
        expunge,
        expunge_only_some,
        NULL,
    };
    Suite *suite = suite_create("copy");

    tcase_add_checked_fixture(suite_tests(suite, "copy", tests), begin, end);
    return suite;
}
