/* Answers of extensions that a real server has: each arrives typed, and nothing of them is unknown or damaged. */
#include "live/live.h"

#include <stdio.h>
#include <string.h>

/* A set as text, whichever kind of numbers it holds. */
static const char *numbers_text(const imap4_seq_set *set)
{
    static char text[1000];
    uint32_t first;
    uint32_t last;
    size_t len = 0;

    text[0] = 0;
    for (imap4_set_cursor at = {0}; imap4_seq_set_next_range(set, &at, &first, &last) && len < sizeof text - 30;) {
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%u", len ? "," : "", (unsigned)first);
        if (last != first)
            len += (size_t)snprintf(text + len, sizeof text - len, ":%u", (unsigned)last);
    }
    return text;
}

static session *selected(void)
{
    session *alice = session_sign_in(NULL);

    OK(alice, imap4_examine(alice->conn, "INBOX", &alice->request));
    return alice;
}

/* Nothing that came was left out or not understood. */
static void finish(session *by)
{
    const imap4_counters *counters = imap4_conn_counters(by->conn);

    ck_assert_uint_eq(counters->damaged, 0);
    ck_assert_uint_eq(counters->unknown, 0);
    ck_assert_uint_eq(counters->skipped, 0);
    ck_assert_uint_eq(counters->codes, 0);
    ck_assert_uint_gt(counters->responses, 1);
    ck_assert_uint_gt(counters->bytes, 100);
    session_free(by);
}

/* The one event of a kind that a command brings. */
static const imap4_event_data *only(session *by, const char *line, int kind)
{
    const answer *told = OK(by, imap4_raw(by->conn, line, &by->request));

    ck_assert_uint_eq(answer_count(told, kind), 1);
    return &answer_event(told, kind, 0)->data;
}

START_TEST(who_it_is)
{
    session *alice = session_sign_in(NULL);

    ck_assert_int_eq(imap4_conn_server(alice->conn), IMAP4_SERVER_DOVECOT);
    finish(alice);
}
END_TEST

START_TEST(quota)
{
    session *alice = session_sign_in(NULL);
    const answer *told = OK(alice, imap4_raw(alice->conn, "GETQUOTAROOT INBOX", &alice->request));
    const imap4_quota_root *root = answer_event(told, IMAP4_EVENT_QUOTAROOT, 0)->data.quota_root;
    const imap4_quota *limits = answer_event(told, IMAP4_EVENT_QUOTA, 0)->data.quota;

    TEXT(root->name, "INBOX");
    ck_assert_uint_eq(root->root_count, 1);
    TEXT(root->roots[0], "User quota");
    TEXT(limits->root, "User quota");
    ck_assert_int_eq(limits->resources->kind, IMAP4_QUOTA_STORAGE);
    ck_assert_uint_eq(limits->resources->limit, 100 * 1024);
    ck_assert_uint_gt(limits->resources->usage, 0);
    ck_assert_int_eq(limits->resources->next->kind, IMAP4_QUOTA_MESSAGE);
    ck_assert_uint_eq(limits->resources->next->limit, 1000);
    ck_assert_ptr_null(limits->resources->next->next);
    finish(alice);
}
END_TEST

START_TEST(rights)
{
    const uint32_t all = IMAP4_RIGHT_LOOKUP | IMAP4_RIGHT_READ | IMAP4_RIGHT_WRITE | IMAP4_RIGHT_SEEN |
                         IMAP4_RIGHT_DELETE_MESSAGES | IMAP4_RIGHT_INSERT | IMAP4_RIGHT_POST | IMAP4_RIGHT_EXPUNGE |
                         IMAP4_RIGHT_CREATE | IMAP4_RIGHT_DELETE_MAILBOX | IMAP4_RIGHT_ADMINISTER |
                         IMAP4_RIGHT_OLD_CREATE | IMAP4_RIGHT_OLD_DELETE;
    session *alice = session_sign_in(NULL);
    const imap4_acl *list = only(alice, "GETACL INBOX", IMAP4_EVENT_ACL)->acl;
    const imap4_my_rights *mine;
    const imap4_list_rights *possible;

    TEXT(list->name, "INBOX");
    TEXT(list->entries->identifier, "alice");
    ck_assert_uint_eq(list->entries->rights.bits, all);
    ck_assert_ptr_null(list->entries->next);
    mine = only(alice, "MYRIGHTS INBOX", IMAP4_EVENT_MYRIGHTS)->my_rights;
    ck_assert_uint_eq(mine->rights.bits, all);
    possible = only(alice, "LISTRIGHTS INBOX bob", IMAP4_EVENT_LISTRIGHTS)->list_rights;
    TEXT(possible->identifier, "bob");
    TEXT(possible->required.text, "");
    ck_assert_uint_eq(possible->optional_count, 13);
    finish(alice);
}
END_TEST

START_TEST(metadata)
{
    session *alice = session_sign_in(NULL);
    const imap4_metadata *notes;

    OK(alice, imap4_raw(alice->conn, "SETMETADATA INBOX (/private/comment \"A note\")", &alice->request));
    notes = only(alice, "GETMETADATA INBOX (/private/comment /shared/comment)", IMAP4_EVENT_METADATA)->metadata;
    TEXT(notes->name, "INBOX");
    TEXT(notes->entries->entry, "/private/comment");
    TEXT(notes->entries->value, "A note");
    TEXT(notes->entries->next->entry, "/shared/comment");
    TEXT(notes->entries->next->value, NULL);
    OK(alice, imap4_raw(alice->conn, "SETMETADATA INBOX (/private/comment NIL)", &alice->request));
    finish(alice);
}
END_TEST

START_TEST(extended_search)
{
    session *alice = selected();
    const imap4_search_data *found =
        only(alice, "UID SEARCH RETURN (MIN MAX COUNT ALL) 3:8", IMAP4_EVENT_SEARCH)->search;

    ck_assert_int_eq(found->kind, IMAP4_SEARCH_ESEARCH);
    ck_assert_uint_eq(found->present, IMAP4_FOUND_MIN | IMAP4_FOUND_MAX | IMAP4_FOUND_COUNT | IMAP4_FOUND_ALL);
    ck_assert_str_eq(uids_text(found->uids), "3:8");
    ck_assert_ptr_null(found->numbers);
    ck_assert_uint_eq(found->min, 3);
    ck_assert_uint_eq(found->max, 8);
    ck_assert_uint_eq(found->count, 6);

    found = only(alice, "SEARCH RETURN (ALL) MODSEQ 1", IMAP4_EVENT_SEARCH)->search;
    ck_assert_str_eq(numbers_text(found->numbers), "1:12");
    ck_assert_uint_gt(found->modseq, 0);

    found = only(alice, "UID SEARCH RETURN (RELEVANCY) 1:3", IMAP4_EVENT_SEARCH)->search;
    ck_assert_uint_eq(found->relevancy_count, 3);
    ck_assert_uint_ge(found->relevancy[2], 1);
    finish(alice);
}
END_TEST

START_TEST(sorted)
{
    session *alice = selected();
    const imap4_search_data *found = only(alice, "SORT (REVERSE DATE) UTF-8 2:6", IMAP4_EVENT_SEARCH)->search;

    ck_assert_int_eq(found->kind, IMAP4_SEARCH_SORT);
    ck_assert_str_eq(numbers_text(found->numbers), "6,5,4,3,2");
    found = only(alice, "SORT RETURN (PARTIAL 2:3 COUNT) (REVERSE DATE) UTF-8 ALL", IMAP4_EVENT_SEARCH)->search;
    ck_assert_uint_eq(found->count, 12);
    ck_assert_int_eq(found->partial->first, 2);
    ck_assert_int_eq(found->partial->last, 3);
    ck_assert_str_eq(numbers_text(found->partial->numbers), "11,10");
    finish(alice);
}
END_TEST

START_TEST(threads)
{
    /* Messages 2 and 7 are answers. */
    static const imap4_thread_node expected[] = {{1, 0}, {2, 1}, {3, 0}, {4, 0},  {5, 0},  {6, 0},
                                                 {7, 1}, {8, 0}, {9, 0}, {10, 0}, {11, 0}, {12, 0}};
    session *alice = selected();
    const imap4_threads *trees =
        only(alice, "THREAD REFERENCES UTF-8 ALL", IMAP4_EVENT_THREAD)->thread->threads;
    imap4_set_cursor cursor = {0};
    imap4_thread_node node;

    ck_assert_uint_eq(imap4_threads_count(trees), 12);
    for (size_t i = 0; i < 12; i++) {
        ck_assert_int_eq(imap4_threads_next(trees, &cursor, &node), 1);
        ck_assert_uint_eq(node.number, expected[i].number);
        ck_assert_uint_eq(node.level, expected[i].level);
    }
    ck_assert_int_eq(imap4_threads_next(trees, &cursor, &node), 0);
    finish(alice);
}
END_TEST

START_TEST(items)
{
    session *alice = selected();
    const answer *told = OK(alice, imap4_raw(alice->conn, "UID FETCH 2 (MODSEQ SAVEDATE PREVIEW BINARY.SIZE[1])",
                                             &alice->request));
    const imap4_msg_att *message = answer_fetch(told, 2);

    ck_assert_uint_eq(message->present & (IMAP4_FETCH_MODSEQ | IMAP4_FETCH_SAVEDATE | IMAP4_FETCH_PREVIEW |
                                          IMAP4_FETCH_BINARY_SIZE),
                      IMAP4_FETCH_MODSEQ | IMAP4_FETCH_SAVEDATE | IMAP4_FETCH_PREVIEW | IMAP4_FETCH_BINARY_SIZE);
    ck_assert_int_eq(message->savedate->valid, 1);
    ck_assert_int_eq(strncmp(message->preview.data, "Liebe Alice, viele Grüße", 26), 0);
    TEXT(message->binary_sizes->part, "1");
    ck_assert_uint_eq(message->binary_sizes->size, 92);

    told = OK(alice, imap4_raw(alice->conn, "UID FETCH 2 (BINARY.PEEK[1] X-GUID)", &alice->request));
    message = answer_fetch(told, 2);
    ck_assert_int_eq(message->sections->binary, 1);
    TEXT(message->sections->part, "1");
    ck_assert_uint_eq(message->sections->data.len, 92);
    ck_assert_int_eq(strncmp(message->sections->data.data, "Liebe Alice,\r\n", 14), 0);
    TEXT(message->other->name, "X-GUID"); /* Dovecot's own */
    finish(alice);
}
END_TEST

START_TEST(list_and_status)
{
    session *alice = session_sign_in(NULL);
    const answer *told = OK(alice, imap4_raw(alice->conn, "LIST (SUBSCRIBED RECURSIVEMATCH) \"\" \"%\"",
                                             &alice->request));
    const imap4_mailbox_list *archive = answer_event(told, IMAP4_EVENT_LIST, 0)->data.list;
    const imap4_mailbox_status *status;

    TEXT(archive->name, "Archive");
    ck_assert_uint_eq(archive->attributes & IMAP4_MAILBOX_SUBSCRIBED, IMAP4_MAILBOX_SUBSCRIBED);
    ck_assert_uint_eq(archive->childinfo, IMAP4_CHILDINFO_SUBSCRIBED);

    told = OK(alice, imap4_raw(alice->conn, "LIST \"\" INBOX RETURN (STATUS (MESSAGES SIZE HIGHESTMODSEQ))",
                               &alice->request));
    status = answer_event(told, IMAP4_EVENT_STATUS, 0)->data.status;
    TEXT(status->name, "INBOX");
    ck_assert_uint_eq(status->messages, 12);
    ck_assert_uint_eq(status->size, 6215);
    finish(alice);
}
END_TEST

START_TEST(vanished)
{
    session *alice = session_sign_in(NULL);
    static const char *const qresync[] = {"QRESYNC"};
    const imap4_vanished *gone;

    scratch_make(alice, "Gone");
    scratch_fill(alice, "Gone", "one two three four");
    OK(alice, imap4_enable(alice->conn, qresync, 1, &alice->request));
    OK(alice, imap4_select(alice->conn, "Gone", &alice->request));
    OK(alice, imap4_raw(alice->conn, "UID STORE 2:3 +FLAGS.SILENT (\\Deleted)", &alice->request));
    gone = answer_event(OK(alice, imap4_expunge(alice->conn, &alice->request)), IMAP4_EVENT_VANISHED, 0)->data.vanished;
    ck_assert_int_eq(gone->earlier, 0);
    ck_assert_str_eq(uids_text(gone->uids), "2:3");
    ck_assert_uint_eq(imap4_conn_view(alice->conn)->exists, 2);

    gone = only(alice, "UID FETCH 1:* (FLAGS) (CHANGEDSINCE 1 VANISHED)", IMAP4_EVENT_VANISHED)->vanished;
    ck_assert_int_eq(gone->earlier, 1);
    ck_assert_str_eq(uids_text(gone->uids), "2:3");
    ck_assert_uint_eq(imap4_conn_view(alice->conn)->exists, 2);
    scratch_drop(alice, "Gone");
    finish(alice);
}
END_TEST

Suite *extension_suite(void);

Suite *extension_suite(void)
{
    Suite *suite = suite_create("extension");
    TCase *tests = tcase_create("extension");

    tcase_add_test(tests, who_it_is);
    tcase_add_test(tests, quota);
    tcase_add_test(tests, rights);
    tcase_add_test(tests, metadata);
    tcase_add_test(tests, extended_search);
    tcase_add_test(tests, sorted);
    tcase_add_test(tests, threads);
    tcase_add_test(tests, items);
    tcase_add_test(tests, list_and_status);
    tcase_add_test(tests, vanished);
    suite_add_tcase(suite, tests);
    return suite;
}
