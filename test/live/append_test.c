/* APPEND: from memory and as a stream, with flags and a date, with every kind of literal. */
#include "live/live.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char message[] = "From: a@example.org\r\nSubject: one\r\n\r\nThis is one.\r\n";

/* What was sent, to see which literals were used. */
typedef struct wire {
    char sent[20000];
    size_t len;
} wire;

static void on_trace(void *user, int direction, const char *data, size_t len)
{
    wire *into = user;

    if (direction != IMAP4_TRACE_SENT || into->len + len >= sizeof into->sent)
        return;
    memcpy(into->sent + into->len, data, len);
    into->len += len;
    into->sent[into->len] = 0;
}

static session *signed_in(wire *seen, uint64_t literal_plus)
{
    imap4_options *options = live_options();
    session *made;

    memset(seen, 0, sizeof *seen);
    imap4_options_set_trace(options, on_trace, seen);
    ck_assert_int_eq(imap4_options_set(options, IMAP4_OPTION_USE_LITERAL_PLUS, literal_plus), IMAP4_OK);
    made = session_sign_in_with(NULL, options);
    imap4_options_free(options);
    return made;
}

/* The UID that the done event tells, which must be alone. */
static uint32_t appended(const answer *told)
{
    uint32_t first = 0;
    uint32_t last = 0;

    ck_assert_int_eq(told->done->text->code, IMAP4_CODE_APPENDUID);
    ck_assert_uint_gt(told->done->text->number, 0);
    ck_assert_uint_eq(imap4_uid_set_count(told->done->text->uids), 1);
    ck_assert_int_eq(imap4_uid_set_next_range(told->done->text->uids, &(imap4_set_cursor){0}, &first, &last), 1);
    ck_assert_uint_eq(first, last);
    return first;
}

/* The whole message, its flags and its date, as another session reads them. */
static const imap4_msg_att *read_back(session *other, const char *name, uint32_t uid)
{
    imap4_fetch_items *items = NULL;
    imap4_uid_set *all = uids_of("1:*");
    const answer *told;

    OK(other, imap4_examine(other->conn, name, &other->request));
    ck_assert_int_eq(imap4_fetch_items_new(&items, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_add(items, IMAP4_FETCH_FAST), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_section(items, NULL, IMAP4_SECTION_ALL, 0), IMAP4_OK);
    told = OK(other, imap4_fetch(other->conn, all, items, &other->request));
    imap4_fetch_items_free(items);
    imap4_uid_set_free(all);
    return answer_fetch(told, uid);
}

START_TEST(from_memory)
{
    for (uint64_t plus = 0; plus < 2; plus++) {
        wire seen;
        session *alice = signed_in(&seen, plus);
        session *other = session_sign_in(NULL);
        const imap4_msg_att *read;
        scratch_make(alice, "scratch append");
        ck_assert_uint_eq(appended(OK(alice, imap4_append(alice->conn, "scratch append", NULL, NULL, message,
                                                          sizeof message - 1, &alice->request))),
                          1);
        ck_assert_int_eq(strstr(seen.sent, "{51+}\r\n") != NULL, plus == 1);
        ck_assert_int_eq(strstr(seen.sent, "{51}\r\n") != NULL, plus == 0);
        read = read_back(other, "scratch append", 1);
        TEXT(read->sections->data, message);
        ck_assert_uint_eq(read->rfc822_size, sizeof message - 1);
        ck_assert_uint_eq(read->flags->system & ~(uint32_t)IMAP4_FLAG_RECENT, 0);
        ck_assert_uint_eq(read->flags->keyword_count, 0);
        OK(other, imap4_unselect(other->conn, &other->request));
        scratch_drop(alice, "scratch append");
        session_free(other);
        session_free(alice);
    }
}
END_TEST

START_TEST(flags_and_date)
{
    const imap4_str keywords[] = {{"$Label", 6}, {"project", 7}};
    const imap4_flags flags = {IMAP4_FLAG_SEEN | IMAP4_FLAG_FLAGGED | IMAP4_FLAG_DRAFT, 2, keywords};
    session *alice = session_sign_in(NULL);
    session *other = session_sign_in(NULL);
    const imap4_msg_att *read;
    imap4_date date;

    /* 17-Jul-1996 02:44:25 -0700 is an example of RFC 3501. */
    ck_assert_int_eq(imap4_date_from_utc(837596665, -420, &date), IMAP4_OK);
    scratch_make(alice, "scratch append");
    OK(alice, imap4_append(alice->conn, "scratch append", &flags, &date, message, sizeof message - 1, &alice->request));
    ck_assert_str_eq(mailbox_text(other, "scratch append"), "1 one SFT $Label project");
    read = read_back(other, "scratch append", 1);
    ck_assert_int_eq(read->internaldate->utc, 837596665);
    ck_assert_int_eq(read->internaldate->valid, 1);
    /* Flags alone, a date alone. */
    OK(alice, imap4_append(alice->conn, "scratch append", &flags, NULL, message, sizeof message - 1, &alice->request));
    OK(alice, imap4_append(alice->conn, "scratch append", NULL, &date, message, sizeof message - 1, &alice->request));
    ck_assert_str_eq(mailbox_text(other, "scratch append"),
                     "1 one SFT $Label project; 2 one SFT $Label project; 3 one");
    ck_assert_int_eq(read_back(other, "scratch append", 3)->internaldate->utc, 837596665);
    ck_assert_int_gt(read_back(other, "scratch append", 2)->internaldate->utc, 1700000000);
    OK(other, imap4_unselect(other->conn, &other->request));
    scratch_drop(alice, "scratch append");
    session_free(other);
    session_free(alice);
}
END_TEST

/* Gives a message in pieces of at most `piece` bytes as it is wanted, and returns how often it was. */
static int supply_all(session *by, const char *text, size_t size, size_t piece)
{
    const imap4_event *event;
    size_t at = 0;
    int asked = 0;

    while (at < size) {
        size_t taken = 0;
        ck_assert_int_eq(imap4_client_next(by->client, by->request, &event), IMAP4_EVENT);
        if (event->kind != IMAP4_EVENT_WANTED)
            continue;
        ck_assert_int_eq(event->data.wanted->kind, IMAP4_WANTED_LITERAL);
        ck_assert_uint_eq(event->request, by->request);
        ck_assert_uint_eq(event->data.wanted->amount, size - at);
        ck_assert_int_eq(imap4_supply(by->conn, by->request, text + at, size - at < piece ? size - at : piece, &taken),
                         IMAP4_OK);
        ck_assert_uint_ge(taken, 1);
        at += taken;
        asked++;
    }
    return asked;
}

START_TEST(streamed)
{
    for (uint64_t plus = 0; plus < 2; plus++) {
        const imap4_flags flags = {IMAP4_FLAG_ANSWERED, 0, NULL};
        wire seen;
        session *alice = signed_in(&seen, plus);
        session *other = session_sign_in(NULL);
        scratch_make(alice, "scratch append");
        ck_assert_int_eq(
            imap4_append_stream(alice->conn, "scratch append", &flags, NULL, sizeof message - 1, &alice->request),
            IMAP4_OK);
        ck_assert_int_ge(supply_all(alice, message, sizeof message - 1, 7), 7);
        ck_assert_uint_eq(appended(REST(alice, alice->request)), 1);
        TEXT(read_back(other, "scratch append", 1)->sections->data, message);
        ck_assert_str_eq(mailbox_text(other, "scratch append"), "1 one A");
        OK(other, imap4_unselect(other->conn, &other->request));
        scratch_drop(alice, "scratch append");
        session_free(other);
        session_free(alice);
    }
}
END_TEST

/* A streamed one between others: what follows waits for its last byte. */
START_TEST(streamed_between_others)
{
    session *alice = session_sign_in(NULL);
    session *other = session_sign_in(NULL);
    uint64_t before;
    uint64_t behind;

    scratch_make(alice, "scratch append");
    ck_assert_int_eq(imap4_append(alice->conn, "scratch append", NULL, NULL, message, sizeof message - 1, &before),
                     IMAP4_OK);
    ck_assert_int_eq(
        imap4_append_stream(alice->conn, "scratch append", NULL, NULL, sizeof message - 1, &alice->request), IMAP4_OK);
    ck_assert_int_eq(imap4_noop(alice->conn, &behind), IMAP4_OK);
    supply_all(alice, message, sizeof message - 1, 1000);
    ck_assert_uint_eq(appended(REST(alice, alice->request)), 2);
    ck_assert_uint_eq(appended(REST(alice, before)), 1);
    REST(alice, behind);
    ck_assert_str_eq(mailbox_text(other, "scratch append"), "1 one; 2 one");
    OK(other, imap4_unselect(other->conn, &other->request));
    scratch_drop(alice, "scratch append");
    session_free(other);
    session_free(alice);
}
END_TEST

/* RFC 9051 section 6.3.12: the server says TRYCREATE when creating the mailbox would help. */
START_TEST(mailbox_missing)
{
    for (uint64_t plus = 0; plus < 2; plus++) {
        wire seen;
        session *alice = signed_in(&seen, plus);
        const answer *told =
            NO(alice, imap4_append(alice->conn, "nowhere", NULL, NULL, message, sizeof message - 1, &alice->request));
        ck_assert_int_eq(told->done->text->code, IMAP4_CODE_TRYCREATE);
        ck_assert_int_eq(told->done->outcome, IMAP4_OUTCOME_ANSWERED);
        OK(alice, imap4_noop(alice->conn, &alice->request));
        session_free(alice);
    }
}
END_TEST

/* Refused while a synchronizing literal waits: nothing is asked of the program, and the connection goes on. */
START_TEST(streamed_to_a_missing_mailbox)
{
    wire seen;
    session *alice = signed_in(&seen, 0);
    const answer *told = NO(alice, imap4_append_stream(alice->conn, "nowhere", NULL, NULL, 1000, &alice->request));

    ck_assert_int_eq(told->done->text->code, IMAP4_CODE_TRYCREATE);
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_WANTED), 0);
    OK(alice, imap4_noop(alice->conn, &alice->request));
    session_free(alice);
}
END_TEST

START_TEST(into_the_selected_mailbox)
{
    session *alice = session_sign_in(NULL);
    const answer *told;

    scratch_make(alice, "scratch append");
    OK(alice, imap4_select(alice->conn, "scratch append", &alice->request));
    told = OK(alice,
              imap4_append(alice->conn, "scratch append", NULL, NULL, message, sizeof message - 1, &alice->request));
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_EXISTS), 1);
    ck_assert_uint_eq(imap4_conn_view(alice->conn)->exists, 1);
    ck_assert_uint_eq(imap4_conn_view(alice->conn)->uidvalidity, told->done->text->number);
    OK(alice, imap4_unselect(alice->conn, &alice->request));
    scratch_drop(alice, "scratch append");
    session_free(alice);
}
END_TEST

START_TEST(nul_is_refused)
{
    session *alice = session_sign_in(NULL);

    ck_assert_int_eq(imap4_append(alice->conn, "INBOX", NULL, NULL, "a\0b", 3, &alice->request), IMAP4_ERROR_ARGUMENT);
    session_free(alice);
}
END_TEST

Suite *append_suite(void)
{
    const TTest *const tests[] = {
        from_memory,
        flags_and_date,
        streamed,
        streamed_between_others,
        mailbox_missing,
        streamed_to_a_missing_mailbox,
        into_the_selected_mailbox,
        nul_is_refused,
        NULL,
    };
    Suite *suite = suite_create("append");

    suite_tests(suite, "append", tests);
    return suite;
}
