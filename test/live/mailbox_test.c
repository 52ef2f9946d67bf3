/* Mailboxes: LIST, LSUB, STATUS, CREATE, DELETE, RENAME, SUBSCRIBE, SELECT and what leaves the selected state. */
#include "live/live.h"

#include <stdlib.h>
#include <string.h>

/* How often a name is in the answer to LIST or LSUB. */
static int listed(const answer *told, const char *name)
{
    int count = 0;

    for (size_t i = 0; i < told->count; i++)
        count += told->events[i]->kind == IMAP4_EVENT_LIST && strcmp(told->events[i]->data.list->name.data, name) == 0;
    return count;
}

/* Its entry there. */
static const imap4_mailbox_list *entry_of(const answer *told, const char *name)
{
    for (size_t i = 0; i < told->count; i++) {
        if (told->events[i]->kind == IMAP4_EVENT_LIST && strcmp(told->events[i]->data.list->name.data, name) == 0)
            return told->events[i]->data.list;
    }
    ck_abort_msg("%s is not listed", name);
}

static const imap4_mailbox_status *status_of(session *by, const char *name, uint32_t items)
{
    const answer *told = OK(by, imap4_status_of(by->conn, name, items, &by->request));
    const imap4_event *event = answer_event(told, IMAP4_EVENT_STATUS, 0);

    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_STATUS), 1);
    ck_assert_uint_eq(event->request, by->request);
    return event->data.status;
}

static int exists(session *by, const char *name)
{
    return answer_count(OK(by, imap4_list(by->conn, "", name, &by->request)), IMAP4_EVENT_LIST) == 1;
}

static int subscribed(session *by, const char *name)
{
    return answer_count(OK(by, imap4_lsub(by->conn, "", name, &by->request)), IMAP4_EVENT_LIST) == 1;
}

/* The sample mailboxes as the server has them: name for people, name on the wire, attributes that must be there. */
static const struct {
    const char *name;
    const char *raw;
    uint32_t attributes;
} samples[] = {
    {"INBOX", "INBOX", IMAP4_MAILBOX_HASNOCHILDREN},
    {"Archive", "Archive", IMAP4_MAILBOX_HASCHILDREN},
    {"Archive/2025", "Archive/2025", IMAP4_MAILBOX_HASNOCHILDREN},
    {"Travel", "Travel", IMAP4_MAILBOX_HASCHILDREN | IMAP4_MAILBOX_NOSELECT},
    {"Travel/Zürich", "Travel/Z&APw-rich", IMAP4_MAILBOX_HASNOCHILDREN},
    {"Entwürfe & Büro", "Entw&APw-rfe &- B&APw-ro", IMAP4_MAILBOX_HASNOCHILDREN},
    {"日本語", "&ZeVnLIqe-", IMAP4_MAILBOX_HASNOCHILDREN},
    {"Drafts", "Drafts", IMAP4_MAILBOX_HASNOCHILDREN | IMAP4_MAILBOX_DRAFTS},
    {"Sent", "Sent", IMAP4_MAILBOX_HASNOCHILDREN | IMAP4_MAILBOX_SENT},
    {"Trash", "Trash", IMAP4_MAILBOX_HASNOCHILDREN | IMAP4_MAILBOX_TRASH},
};

START_TEST(list)
{
    session *alice = session_sign_in(NULL);
    const answer *told = OK(alice, imap4_list(alice->conn, "", "*", &alice->request));

    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        const imap4_mailbox_list *entry = entry_of(told, samples[i].name);
        ck_assert_int_eq(listed(told, samples[i].name), 1);
        ck_assert_int_eq(entry->kind, IMAP4_LIST_LIST);
        TEXT(entry->raw, samples[i].raw);
        TEXT(entry->delimiter, "/");
        /* \Marked and \Unmarked are moods. */
        ck_assert_uint_eq(entry->attributes & ~(uint32_t)(IMAP4_MAILBOX_MARKED | IMAP4_MAILBOX_UNMARKED),
                          samples[i].attributes);
    }
    session_free(alice);
}
END_TEST

START_TEST(list_patterns)
{
    static const struct {
        const char *reference;
        const char *pattern;
        size_t count;
        const char *first;
    } cases[] = {
        {"", "Archive*", 2, "Archive"},
        {"", "Archive%", 1, "Archive"},
        {"", "Archive/%", 1, "Archive/2025"},
        {"Archive/", "%", 1, "Archive/2025"},
        {"", "inbox", 1, "INBOX"},
        {"", "Travel/Zürich", 1, "Travel/Zürich"},
        {"", "日*", 1, "日本語"},
        {"", "Entwürfe & %", 1, "Entwürfe & Büro"},
        {"", "nowhere", 0, NULL},
        {"", "", 1, ""},
    };
    session *alice = session_sign_in(NULL);

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const answer *told = OK(alice, imap4_list(alice->conn, cases[i].reference, cases[i].pattern, &alice->request));
        ck_assert_msg(answer_count(told, IMAP4_EVENT_LIST) == cases[i].count, "%s%s gives %zu", cases[i].reference,
                      cases[i].pattern, answer_count(told, IMAP4_EVENT_LIST));
        ck_assert(cases[i].count == 0 || listed(told, cases[i].first) == 1);
    }
    session_free(alice);
}
END_TEST

START_TEST(lsub)
{
    session *alice = session_sign_in(NULL);
    const answer *told = OK(alice, imap4_lsub(alice->conn, "", "*", &alice->request));
    static const char *const names[] = {"Archive", "Archive/2025", "Travel/Zürich", "Drafts", "Sent"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        ck_assert_int_eq(entry_of(told, names[i])->kind, IMAP4_LIST_LSUB);
    }
    TEXT(entry_of(told, "Travel/Zürich")->raw, "Travel/Z&APw-rich");
    ck_assert_int_eq(listed(told, "日本語"), 0);
    session_free(alice);
}
END_TEST

START_TEST(status)
{
    session *alice = session_sign_in(NULL);
    uint32_t all = IMAP4_STATUS_ATT_MESSAGES | IMAP4_STATUS_ATT_RECENT | IMAP4_STATUS_ATT_UIDNEXT |
                   IMAP4_STATUS_ATT_UIDVALIDITY | IMAP4_STATUS_ATT_UNSEEN;
    const imap4_mailbox_status *said = status_of(alice, "inbox", all);

    TEXT(said->name, "INBOX");
    ck_assert_uint_eq(said->present, all);
    ck_assert_uint_eq(said->messages, SAMPLE_MAILS);
    ck_assert_uint_eq(said->uidnext, SAMPLE_MAILS + 1);
    ck_assert_uint_gt(said->uidvalidity, 0);
    ck_assert_uint_eq(said->unseen, 7); /* 1, 3, 4, 6 and 7 are \Seen */
    ck_assert_ptr_null(said->other);

    /* RFC 8438 and RFC 7162: the sum of the sizes with CRLF line ends. */
    said = status_of(alice, "Archive", IMAP4_STATUS_ATT_SIZE | IMAP4_STATUS_ATT_HIGHESTMODSEQ);
    ck_assert_uint_eq(said->present, IMAP4_STATUS_ATT_SIZE | IMAP4_STATUS_ATT_HIGHESTMODSEQ);
    ck_assert_uint_eq(said->size, 408);
    ck_assert_uint_gt(said->highestmodseq, 0);

    said = status_of(alice, "Entwürfe & Büro", IMAP4_STATUS_ATT_MESSAGES);
    TEXT(said->name, "Entwürfe & Büro");
    TEXT(said->raw, "Entw&APw-rfe &- B&APw-ro");
    ck_assert_uint_eq(said->messages, 1);
    session_free(alice);
}
END_TEST

START_TEST(status_of_what_is_not_there)
{
    session *alice = session_sign_in(NULL);
    const answer *told = NO(alice, imap4_status_of(alice->conn, "nowhere", IMAP4_STATUS_ATT_MESSAGES, &alice->request));

    ck_assert_int_eq(told->done->outcome, IMAP4_OUTCOME_ANSWERED);
    ck_assert_int_eq(told->done->result, IMAP4_OK);
    /* Dovecot gives no code here, only words. */
    ck_assert_int_eq(told->done->text->code, IMAP4_CODE_NONE);
    TEXT(told->done->text->code_name, NULL);
    ck_assert_ptr_nonnull(strstr(told->done->text->text.data, "nowhere"));
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_STATUS), 0);
    ck_assert_int_eq(imap4_status_of(alice->conn, "INBOX", 0, &alice->request), IMAP4_ERROR_ARGUMENT);
    session_free(alice);
}
END_TEST

START_TEST(create_rename_delete)
{
    session *alice = session_sign_in(NULL);
    session *other = session_sign_in(NULL);
    const answer *told;

    ANSWER(alice, imap4_delete(alice->conn, "scratch new", &alice->request));
    scratch_make(alice, "scratch box");
    ck_assert(exists(other, "scratch box"));
    told = NO(alice, imap4_create(alice->conn, "scratch box", &alice->request));
    ck_assert_int_eq(told->done->text->code, IMAP4_CODE_ALREADYEXISTS);
    scratch_fill(alice, "scratch box", "one");
    OK(alice, imap4_rename(alice->conn, "scratch box", "scratch new", &alice->request));
    ck_assert(!exists(other, "scratch box"));
    ck_assert_str_eq(mailbox_text(other, "scratch new"), "1 one");
    OK(other, imap4_unselect(other->conn, &other->request));
    OK(alice, imap4_delete(alice->conn, "scratch new", &alice->request));
    ck_assert(!exists(other, "scratch new"));
    told = NO(alice, imap4_delete(alice->conn, "scratch new", &alice->request));
    ck_assert_int_eq(told->done->text->code, IMAP4_CODE_NONEXISTENT);
    NO(alice, imap4_rename(alice->conn, "scratch new", "scratch box", &alice->request));
    session_free(other);
    session_free(alice);
}
END_TEST

/* RFC 3501 section 6.3.3: a trailing delimiter says that names below will follow. */
START_TEST(create_a_folder)
{
    session *alice = session_sign_in(NULL);
    session *other = session_sign_in(NULL);
    const answer *told;

    ANSWER(alice, imap4_delete(alice->conn, "scratch folder/below", &alice->request));
    ANSWER(alice, imap4_delete(alice->conn, "scratch folder", &alice->request));
    OK(alice, imap4_create(alice->conn, "scratch folder/", &alice->request));
    OK(alice, imap4_create(alice->conn, "scratch folder/below", &alice->request));
    told = OK(other, imap4_list(other->conn, "", "scratch folder*", &other->request));
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_LIST), 2);
    ck_assert(entry_of(told, "scratch folder")->attributes & IMAP4_MAILBOX_HASCHILDREN);
    ck_assert_int_eq(listed(told, "scratch folder/below"), 1);
    OK(alice, imap4_delete(alice->conn, "scratch folder/below", &alice->request));
    ANSWER(alice, imap4_delete(alice->conn, "scratch folder", &alice->request));
    session_free(other);
    session_free(alice);
}
END_TEST

START_TEST(subscribe)
{
    session *alice = session_sign_in(NULL);
    session *other = session_sign_in(NULL);

    ck_assert(!subscribed(other, "日本語"));
    OK(alice, imap4_subscribe(alice->conn, "日本語", &alice->request));
    ck_assert(subscribed(other, "日本語"));
    OK(alice, imap4_unsubscribe(alice->conn, "日本語", &alice->request));
    ck_assert(!subscribed(other, "日本語"));
    NO(alice, imap4_subscribe(alice->conn, "nowhere", &alice->request));
    session_free(other);
    session_free(alice);
}
END_TEST

/* Names of any script are made, listed, used and removed; the raw name from LIST opens the same mailbox. */
START_TEST(names_in_utf8)
{
    static const struct {
        const char *name;
        const char *raw;
    } names[] = {
        {"scratch Entwürfe & Büro", "scratch Entw&APw-rfe &- B&APw-ro"},
        {"scratch 日本語", "scratch &ZeVnLIqe-"},
        {"scratch 台北/日本語", "scratch &U,BTFw-/&ZeVnLIqe-"}, /* RFC 3501 section 5.1.3 */
        {"scratch \"quoted\" ~peter", "scratch \"quoted\" ~peter"},
        {"scratch 🍵", "scratch &2DzfdQ-"}, /* the surrogates D83C DF75 */
    };
    session *alice = session_sign_in(NULL);
    session *other = session_sign_in(NULL);

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char raw[200] = IMAP4_RAW_NAME;
        const answer *told;
        scratch_make(alice, names[i].name);
        told = OK(other, imap4_list(other->conn, "", names[i].name, &other->request));
        TEXT(entry_of(told, names[i].name)->raw, names[i].raw);
        scratch_fill(alice, names[i].name, "one");
        strcat(raw, entry_of(told, names[i].name)->raw.data);
        ck_assert_str_eq(mailbox_text(other, raw), "1 one");
        TEXT(imap4_conn_view(other->conn)->name, names[i].name);
        ck_assert_uint_eq(status_of(alice, raw, IMAP4_STATUS_ATT_MESSAGES)->messages, 1);
        OK(other, imap4_unselect(other->conn, &other->request));
        OK(alice, imap4_delete(alice->conn, raw, &alice->request));
        ck_assert(!exists(other, names[i].name));
    }
    ANSWER(alice, imap4_delete(alice->conn, "scratch 台北", &alice->request));
    session_free(other);
    session_free(alice);
}
END_TEST

START_TEST(select_tells_all)
{
    static const char *const condstore[] = {"CONDSTORE"};
    session *alice = session_sign_in(NULL);
    const imap4_view *view;
    const answer *told;
    uint32_t first;

    scratch_make(alice, "scratch select");
    scratch_fill(alice, "scratch select", "one two three");
    OK(alice, imap4_enable(alice->conn, condstore, 1, &alice->request)); /* for HIGHESTMODSEQ */
    told = OK(alice, imap4_select(alice->conn, "scratch select", &alice->request));
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_VIEW), 1);
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_FLAGS), 1);
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_EXISTS), 1);
    ck_assert_int_eq(told->done->text->code, IMAP4_CODE_READ_WRITE);
    ck_assert_int_eq(imap4_conn_state(alice->conn), IMAP4_STATE_SELECTED);
    view = imap4_conn_view(alice->conn);
    TEXT(view->name, "scratch select");
    ck_assert_int_eq(view->read_only, 0);
    ck_assert_uint_eq(view->exists, 3);
    ck_assert_uint_eq(view->unseen, 1);
    ck_assert_uint_eq(view->uidnext, 4);
    ck_assert_uint_gt(view->uidvalidity, 0);
    ck_assert_uint_gt(view->highestmodseq, 0);
    ck_assert_int_eq(view->uid_not_sticky, 0);
    ck_assert_uint_eq(view->flags.system, IMAP4_FLAG_SEEN | IMAP4_FLAG_ANSWERED | IMAP4_FLAG_FLAGGED |
                                              IMAP4_FLAG_DELETED | IMAP4_FLAG_DRAFT);
    ck_assert_uint_eq(view->permanent_flags.system, view->flags.system | IMAP4_FLAG_WILDCARD);
    ck_assert_uint_gt(view->id, 0);
    first = view->id;

    OK(alice, imap4_examine(alice->conn, "INBOX", &alice->request));
    view = imap4_conn_view(alice->conn);
    ck_assert_uint_gt(view->id, first);
    TEXT(view->name, "INBOX");
    ck_assert_int_eq(view->read_only, 1);
    ck_assert_uint_eq(view->exists, SAMPLE_MAILS);
    ck_assert_uint_eq(view->unseen, 2);
    ck_assert_uint_eq(view->permanent_flags.system, 0);
    scratch_drop(alice, "scratch select");
    session_free(alice);
}
END_TEST

/* RFC 9051 section 6.3.2: a refused SELECT leaves nothing selected. */
START_TEST(select_refused)
{
    session *alice = session_sign_in(NULL);
    const answer *told;

    OK(alice, imap4_select(alice->conn, "Archive", &alice->request));
    told = NO(alice, imap4_select(alice->conn, "nowhere", &alice->request));
    ck_assert_ptr_nonnull(strstr(told->done->text->text.data, "nowhere"));
    TEXT(told->done->command, "SELECT");
    ck_assert_int_eq(imap4_conn_state(alice->conn), IMAP4_STATE_AUTHENTICATED);
    ck_assert_uint_eq(imap4_conn_view(alice->conn)->id, 0);
    NO(alice, imap4_examine(alice->conn, "Travel", &alice->request)); /* \Noselect */
    OK(alice, imap4_select(alice->conn, "Archive", &alice->request));
    session_free(alice);
}
END_TEST

START_TEST(check)
{
    session *alice = session_sign_in(NULL);

    OK(alice, imap4_select(alice->conn, "Archive", &alice->request));
    TEXT(OK(alice, imap4_check(alice->conn, &alice->request))->done->command, "CHECK");
    session_free(alice);
}
END_TEST

/* Marks the first of two messages \Deleted, leaves, and says what is still there. */
static void leave(session *by, session *other, int (*how)(imap4_conn *, uint64_t *), const char *left)
{
    imap4_flags deleted = {IMAP4_FLAG_DELETED, 0, NULL};
    imap4_uid_set *first = uids_of("1");
    const answer *told;

    scratch_make(by, "scratch leave");
    scratch_fill(by, "scratch leave", "one two");
    OK(by, imap4_select(by->conn, "scratch leave", &by->request));
    OK(by, imap4_store(by->conn, first, IMAP4_STORE_ADD, &deleted, &by->request));
    told = OK(by, how(by->conn, &by->request));
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_EXPUNGE), 0);
    ck_assert_int_eq(imap4_conn_state(by->conn), IMAP4_STATE_AUTHENTICATED);
    ck_assert_uint_eq(imap4_conn_view(by->conn)->id, 0);
    ck_assert_str_eq(mailbox_text(other, "scratch leave"), left);
    OK(other, imap4_unselect(other->conn, &other->request));
    scratch_drop(by, "scratch leave");
    imap4_uid_set_free(first);
}

START_TEST(close_expunges_and_unselect_does_not)
{
    session *alice = session_sign_in(NULL);
    session *other = session_sign_in(NULL);

    leave(alice, other, imap4_close, "2 two");
    leave(alice, other, imap4_unselect, "1 one D; 2 two");
    session_free(other);
    session_free(alice);
}
END_TEST

Suite *mailbox_suite(void)
{
    const TTest *const tests[] = {
        list,
        list_patterns,
        lsub,
        status,
        status_of_what_is_not_there,
        create_rename_delete,
        create_a_folder,
        subscribe,
        names_in_utf8,
        select_tells_all,
        select_refused,
        check,
        close_expunges_and_unselect_does_not,
        NULL,
    };
    Suite *suite = suite_create("mailbox");

    suite_tests(suite, "mailbox", tests);
    return suite;
}
