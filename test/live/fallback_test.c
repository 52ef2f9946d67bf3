/* A server that lacks MOVE, and one that lacks nearly everything: the same Dovecot, announcing less. */
#include "live/live.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static session *alice;
static session *other;

/* A server of its own for a whole case. The variables of the environment are then those of this server. */
static void start_server(const char *capabilities)
{
    char line[500];
    FILE *said;
    int variables = 0;

    setenv("IMAP4_TEST_CAPABILITY", capabilities, 1);
    said = popen(LIVE_DOVECOT " start", "r");
    unsetenv("IMAP4_TEST_CAPABILITY");
    ck_assert_ptr_nonnull(said);
    while (fgets(line, sizeof line, said) != NULL) {
        char *value = strchr(line, '=');
        if (strncmp(line, "IMAP4_TEST_", 11) != 0 || value == NULL)
            continue;
        *value++ = 0;
        value[strcspn(value, "\n")] = 0;
        setenv(line, value, 1);
        variables++;
    }
    ck_assert_int_eq(pclose(said), 0);
    ck_assert_int_gt(variables, 0);
}

static void start_without_move(void)
{
    start_server("IMAP4rev1 IDLE UIDPLUS LITERAL+ NAMESPACE UNSELECT");
}

static void start_without_anything(void)
{
    start_server("IMAP4rev1");
}

static void stop_server(void)
{
    char command[500];

    snprintf(command, sizeof command, LIVE_DOVECOT " stop '%s'", live_variable("IMAP4_TEST_DIR"));
    ck_assert_int_eq(system(command), 0);
}

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
    session_free(other);
    session_free(alice);
}

static void mark_deleted(const char *uids)
{
    imap4_uid_set *set = uids_of(uids);
    imap4_flags deleted = {IMAP4_FLAG_DELETED, 0, NULL};

    OK(alice, imap4_store(alice->conn, set, IMAP4_STORE_ADD, &deleted, &alice->request));
    imap4_uid_set_free(set);
}

static const answer *move(session *by, const char *uids, const char *to, int status)
{
    imap4_uid_set *set = uids_of(uids);
    const answer *told =
        session_answer(by, imap4_move(by->conn, set, to, &by->request), status, "move", __FILE__, __LINE__);

    imap4_uid_set_free(set);
    return told;
}

/* The messages and no others are moved; what somebody else marked \Deleted stays. */
START_TEST(move_by_copy_and_expunge)
{
    const answer *told;

    ck_assert_int_eq(imap4_conn_has(alice->conn, "MOVE"), 0);
    mark_deleted("4");
    told = move(alice, "1,3", "scratch to", IMAP4_STATUS_OK);
    ck_assert_int_eq(told->done->outcome, IMAP4_OUTCOME_ANSWERED);
    ck_assert_int_eq(told->done->move_step, IMAP4_MOVE_EXPUNGED);
    ck_assert_ptr_nonnull(told->done->copied);
    ck_assert_int_eq(told->done->copied->code, IMAP4_CODE_COPYUID);
    ck_assert_str_eq(uids_text(told->done->copied->source_uids), "1,3");
    ck_assert_str_eq(uids_text(told->done->copied->uids), "1:2");
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_EXPUNGE), 2);
    ck_assert_uint_eq(imap4_conn_view(alice->conn)->exists, 2);
    ck_assert_str_eq(mailbox_text(other, "scratch from"), "2 two; 4 four D");
    ck_assert_str_eq(mailbox_text(other, "scratch to"), "1 one; 2 three");
}
END_TEST

/* Other requests around it keep their order and their answers. */
START_TEST(move_among_other_requests)
{
    imap4_uid_set *set = uids_of("2:3");
    uint64_t before;
    uint64_t moved;
    uint64_t behind;

    ck_assert_int_eq(imap4_search(alice->conn, NULL, &before), IMAP4_OK);
    ck_assert_int_eq(imap4_move(alice->conn, set, "scratch to", &moved), IMAP4_OK);
    ck_assert_int_eq(imap4_search(alice->conn, NULL, &behind), IMAP4_OK);
    ck_assert_int_eq(REST(alice, moved)->done->move_step, IMAP4_MOVE_EXPUNGED);
    ck_assert_str_eq(uids_text(answer_event(REST(alice, before), IMAP4_EVENT_SEARCH, 0)->data.search->uids), "1:4");
    REST(alice, behind);
    ck_assert_str_eq(mailbox_text(other, "scratch from"), "1 one; 4 four");
    ck_assert_str_eq(mailbox_text(other, "scratch to"), "1 two; 2 three");
    imap4_uid_set_free(set);
}
END_TEST

START_TEST(move_to_a_missing_mailbox)
{
    const answer *told = move(alice, "1", "nowhere", IMAP4_STATUS_NO);

    ck_assert_int_eq(told->done->move_step, IMAP4_MOVE_NONE);
    ck_assert_int_eq(told->done->text->code, IMAP4_CODE_TRYCREATE);
    ck_assert_str_eq(mailbox_text(other, "scratch from"), "1 one; 2 two; 3 three; 4 four");
}
END_TEST

START_TEST(move_refused_by_the_program)
{
    imap4_options *options = live_options();
    session *strict;
    const answer *told;

    ck_assert_int_eq(imap4_options_set(options, IMAP4_OPTION_MOVE_FALLBACK, 0), IMAP4_OK);
    strict = session_sign_in_with(NULL, options);
    imap4_options_free(options);
    OK(strict, imap4_select(strict->conn, "scratch from", &strict->request));
    told = move(strict, "1", "scratch to", -1);
    ck_assert_int_eq(told->done->outcome, IMAP4_OUTCOME_UNSUPPORTED);
    TEXT(told->done->capability, "MOVE");
    ck_assert_str_eq(mailbox_text(other, "scratch from"), "1 one; 2 two; 3 three; 4 four");
    ck_assert_str_eq(mailbox_text(other, "scratch to"), "");
    session_free(strict);
}
END_TEST

START_TEST(move_by_number_has_no_fallback)
{
    imap4_seq_set *set = numbers_of("1");
    const answer *told = ANSWER(
        alice, imap4_move_seq(alice->conn, set, imap4_conn_view(alice->conn)->serial, "scratch to", &alice->request));

    ck_assert_int_eq(told->done->outcome, IMAP4_OUTCOME_UNSUPPORTED);
    TEXT(told->done->capability, "MOVE");
    ck_assert_str_eq(mailbox_text(other, "scratch to"), "");
    imap4_seq_set_free(set);
}
END_TEST

/* Without UIDPLUS an EXPUNGE would take message 4 along, so the originals stay, marked. */
START_TEST(move_without_uidplus)
{
    const answer *told;

    mark_deleted("4");
    told = move(alice, "1,3", "scratch to", IMAP4_STATUS_OK);
    ck_assert_int_eq(told->done->move_step, IMAP4_MOVE_MARKED);
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_EXPUNGE), 0);
    ck_assert_str_eq(mailbox_text(other, "scratch from"), "1 one D; 2 two; 3 three D; 4 four D");
    ck_assert_str_eq(mailbox_text(other, "scratch to"), "1 one; 2 three");
}
END_TEST

static void lacks(const answer *told, const char *capability)
{
    ck_assert_int_eq(told->done->outcome, IMAP4_OUTCOME_UNSUPPORTED);
    ck_assert_int_eq(told->done->result, IMAP4_ERROR_UNSUPPORTED);
    TEXT(told->done->capability, capability);
}

/* Each says what is missing, nothing is sent, and the plain commands of IMAP4rev1 all work. */
START_TEST(what_is_not_announced_is_not_sent)
{
    static const char *const condstore[] = {"CONDSTORE"};
    imap4_uid_set *set = uids_of("1");

    lacks(ANSWER(alice, imap4_id(alice->conn, NULL, 0, &alice->request)), "ID");
    lacks(ANSWER(alice, imap4_idle(alice->conn, &alice->request)), "IDLE");
    lacks(ANSWER(alice, imap4_namespace(alice->conn, &alice->request)), "NAMESPACE");
    lacks(ANSWER(alice, imap4_compress(alice->conn, &alice->request)), "COMPRESS=DEFLATE");
    lacks(ANSWER(alice, imap4_unselect(alice->conn, &alice->request)), "UNSELECT");
    lacks(ANSWER(alice, imap4_expunge_uids(alice->conn, set, &alice->request)), "UIDPLUS");
    OK(alice, imap4_close(alice->conn, &alice->request));
    lacks(ANSWER(alice, imap4_enable(alice->conn, condstore, 1, &alice->request)), "ENABLE");
    ck_assert_str_eq(mailbox_text(other, "scratch from"), "1 one; 2 two; 3 three; 4 four");
    imap4_uid_set_free(set);
}
END_TEST

Suite *fallback_suite(void)
{
    const TTest *const without_move[] = {
        move_by_copy_and_expunge,    move_among_other_requests,      move_to_a_missing_mailbox,
        move_refused_by_the_program, move_by_number_has_no_fallback, NULL,
    };
    const TTest *const without_anything[] = {move_without_uidplus, what_is_not_announced_is_not_sent, NULL};
    Suite *suite = suite_create("fallback");
    TCase *tcase = suite_tests(suite, "without MOVE", without_move);

    tcase_add_unchecked_fixture(tcase, start_without_move, stop_server);
    tcase_add_checked_fixture(tcase, begin, end);
    tcase = suite_tests(suite, "without anything", without_anything);
    tcase_add_unchecked_fixture(tcase, start_without_anything, stop_server);
    tcase_add_checked_fixture(tcase, begin, end);
    return suite;
}
