/* Sections of messages: parts, headers, fields, pieces; each collected and as a stream, with the same bytes. */
#include "live/live.h"

#include <stdlib.h>
#include <string.h>

typedef struct section_case {
    uint32_t uid;
    const char *part;
    int text;
    const char *fields[3];
    uint64_t origin;
    uint64_t count; /* 0: all of it */
    const char *expected;
} section_case;

#define PNG "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCB2kUIOwAA\r\nAABJRU5ErkJggg=="

/* From the sample mails, by the rules of RFC 9051 section 6.4.5. */
static const section_case cases[] = {
    {1,
     "1",
     IMAP4_SECTION_ALL,
     {NULL},
     0,
     0,
     "Hello Alice,\r\n\r\nthe account is ready. Your first day starts at nine; coffee is on the second\r\n"
     "floor, left of the lift.\r\n\r\nCarol\r\n"},
    {4, "1", IMAP4_SECTION_ALL, {NULL}, 0, 0, "Attached are the minutes and the table of January.\r\n"},
    {4, "2", IMAP4_SECTION_ALL, {NULL}, 0, 0, "day,visitors\r\n1,112\r\n2,98\r\n3,134"},
    {4, "3", IMAP4_SECTION_ALL, {NULL}, 0, 0, PNG},
    {4,
     "2",
     IMAP4_SECTION_MIME,
     {NULL},
     0,
     0,
     "Content-Type: text/csv; charset=utf-8; name=\"table.csv\"\r\n"
     "Content-Disposition: attachment; filename=\"table.csv\"\r\nContent-Description: January, by day\r\n\r\n"},
    {5, "2.1", IMAP4_SECTION_ALL, {NULL}, 0, 0, "The key lies under the second flower pot."},
    {5, "2.2", IMAP4_SECTION_ALL, {NULL}, 0, 0, "<p>The key lies under the <i>second</i> flower pot.</p>"},
    {5, "2.2", IMAP4_SECTION_MIME, {NULL}, 0, 0, "Content-Type: text/html; charset=us-ascii\r\n\r\n"},
    {5,
     "2",
     IMAP4_SECTION_HEADER,
     {NULL},
     0,
     0,
     "From: Erin Example <erin@example.com>\r\nTo: carol@example.org\r\nSubject: The key\r\n"
     "Date: Mon, 13 Jan 2025 21:30:00 +0100\r\nMessage-ID: <key.5@example.com>\r\nMIME-Version: 1.0\r\n"
     "Content-Type: multipart/alternative; boundary=\"inner-5\"\r\n\r\n"},
    {5, "2", IMAP4_SECTION_TEXT, {NULL}, 0, 9, "--inner-5"},
    {5, "2", IMAP4_SECTION_HEADER_FIELDS, {"subject", NULL}, 0, 0, "Subject: The key\r\n\r\n"},
    {11, "1.2", IMAP4_SECTION_ALL, {NULL}, 0, 0, "<p>A dot: <img src=\"cid:dot.11@example.com\"></p>"},
    {11, "2", IMAP4_SECTION_ALL, {NULL}, 0, 0, PNG},
    {1,
     "",
     IMAP4_SECTION_HEADER_FIELDS,
     {"Subject", "DATE", NULL},
     0,
     0,
     "Subject: Welcome aboard\r\nDate: Mon, 6 Jan 2025 09:15:00 +0100\r\n\r\n"},
    {1, "", IMAP4_SECTION_HEADER_FIELDS, {"X-Nothing", NULL}, 0, 0, "\r\n"},
    {6,
     "",
     IMAP4_SECTION_HEADER_FIELDS_NOT,
     {"To", "Cc", NULL},
     0,
     0,
     "From: Bob Example <bob@example.org>\r\nSender: Office <office@example.org>\r\n"
     "Reply-To: Bob at home <bob.home@example.com>\r\nSubject: Seeds\r\nDate: Wed, 15 Jan 2025 12:00:00 +0000\r\n"
     "Message-ID: <seeds.6@example.org>\r\n\r\n"},
    {6, "", IMAP4_SECTION_TEXT, {NULL}, 0, 0, "Who wants sunflower seeds? I have far too many.\r\n"},
    {6, "", IMAP4_SECTION_TEXT, {NULL}, 4, 5, "wants"},
    {6, "", IMAP4_SECTION_ALL, {NULL}, 6, 11, "Bob Example"},
    {6, "", IMAP4_SECTION_TEXT, {NULL}, 43, 1000, "any.\r\n"},
    {6, "", IMAP4_SECTION_ALL, {NULL}, 100000, 10, ""},
    {4, "3", IMAP4_SECTION_ALL, {NULL}, 0, 4, "iVBO"},
    {8, "", IMAP4_SECTION_TEXT, {NULL}, 0, 0, "\r\n"},
};

static imap4_fetch_items *items_of(const section_case *wish, int mode)
{
    imap4_fetch_items *items = NULL;

    ck_assert_int_eq(imap4_fetch_items_new(&items, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_section(items, wish->part, wish->text, mode), IMAP4_OK);
    for (size_t i = 0; wish->fields[i] != NULL; i++)
        ck_assert_int_eq(imap4_fetch_items_field(items, wish->fields[i]), IMAP4_OK);
    if (wish->count > 0)
        ck_assert_int_eq(imap4_fetch_items_partial(items, wish->origin, wish->count), IMAP4_OK);
    return items;
}

static const answer *fetch_case(session *by, const section_case *wish, int mode)
{
    imap4_fetch_items *items = items_of(wish, mode);
    imap4_uid_set *set = NULL;
    const answer *told;

    ck_assert_int_eq(imap4_uid_set_new(&set, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_uid_set_add(set, wish->uid, wish->uid), IMAP4_OK);
    told = OK(by, imap4_fetch(by->conn, set, items, &by->request));
    imap4_fetch_items_free(items);
    imap4_uid_set_free(set);
    return told;
}

static void is_the_section(const imap4_section *section, const section_case *wish)
{
    size_t fields = 0;

    ck_assert_ptr_nonnull(section);
    ck_assert_int_eq(section->text, wish->text);
    TEXT(section->part, wish->part);
    ck_assert_int_eq(section->nil, 0);
    ck_assert_int_eq(section->truncated, 0);
    ck_assert_int_eq(section->binary, 0);
    ck_assert_int_eq(section->partial, wish->count > 0);
    ck_assert_uint_eq(section->origin, wish->count > 0 ? wish->origin : 0);
    ck_assert_uint_eq(section->size, strlen(wish->expected));
    while (wish->fields[fields] != NULL)
        fields++;
    ck_assert_uint_eq(section->field_count, fields);
}

START_TEST(collected)
{
    session *alice = session_sign_in(NULL);

    OK(alice, imap4_examine(alice->conn, "INBOX", &alice->request));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const answer *told = fetch_case(alice, &cases[i], IMAP4_SECTION_COLLECT);
        const imap4_section *section = answer_fetch(told, cases[i].uid)->sections;
        is_the_section(section, &cases[i]);
        ck_assert_ptr_null(section->next);
        ck_assert_int_eq(section->streamed, 0);
        TEXT(section->data, cases[i].expected);
    }
    session_free(alice);
}
END_TEST

START_TEST(streamed)
{
    session *alice = session_sign_in(NULL);

    OK(alice, imap4_examine(alice->conn, "INBOX", &alice->request));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const answer *told = fetch_case(alice, &cases[i], IMAP4_SECTION_STREAM);
        const imap4_section *section = answer_fetch(told, cases[i].uid)->sections;
        const imap4_stream *begin = answer_event(told, IMAP4_EVENT_BODY_BEGIN, 0)->data.stream;
        char got[2000];
        size_t len = 0;
        is_the_section(begin->section, &cases[i]);
        is_the_section(section, &cases[i]);
        ck_assert_int_eq(section->streamed, 1);
        ck_assert_ptr_null(section->data.data);
        ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_BODY_BEGIN), 1);
        ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_BODY_END), 1);
        for (size_t j = 0; j < answer_count(told, IMAP4_EVENT_BODY_CHUNK); j++) {
            const imap4_chunk *chunk = answer_event(told, IMAP4_EVENT_BODY_CHUNK, j)->data.chunk;
            ck_assert_uint_eq(chunk->offset, len);
            ck_assert_uint_lt(len + chunk->len, sizeof got);
            memcpy(got + len, chunk->data, chunk->len);
            len += chunk->len;
        }
        got[len] = 0;
        ck_assert_str_eq(got, cases[i].expected);
    }
    session_free(alice);
}
END_TEST

/* BODY[] is the message; HEADER and TEXT are its two halves. */
START_TEST(whole_messages)
{
    session *alice = session_sign_in(NULL);
    imap4_fetch_items *items = NULL;
    imap4_uid_set *all = uids_of("1:*");
    const answer *told;

    OK(alice, imap4_examine(alice->conn, "INBOX", &alice->request));
    ck_assert_int_eq(imap4_fetch_items_new(&items, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_section(items, "", IMAP4_SECTION_ALL, 0), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_section(items, NULL, IMAP4_SECTION_HEADER, 0), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_section(items, NULL, IMAP4_SECTION_TEXT, 0), IMAP4_OK);
    told = OK(alice, imap4_fetch(alice->conn, all, items, &alice->request));
    for (uint32_t uid = 1; uid <= SAMPLE_MAILS; uid++) {
        const imap4_section *section = answer_fetch(told, uid)->sections;
        size_t len;
        char *mail = sample_mail(uid, &len);
        size_t header = (size_t)(strstr(mail, "\r\n\r\n") - mail) + 4;
        ck_assert_int_eq(section->text, IMAP4_SECTION_ALL);
        TEXT(section->data, mail);
        section = section->next;
        ck_assert_int_eq(section->text, IMAP4_SECTION_HEADER);
        ck_assert(section->data.len == header && memcmp(section->data.data, mail, header) == 0);
        section = section->next;
        ck_assert_int_eq(section->text, IMAP4_SECTION_TEXT);
        TEXT(section->data, mail + header);
        ck_assert_ptr_null(section->next);
        free(mail);
    }
    imap4_fetch_items_free(items);
    imap4_uid_set_free(all);
    session_free(alice);
}
END_TEST

/* Some sections as streams, some collected, in one request for all messages. */
START_TEST(mixed)
{
    session *alice = session_sign_in(NULL);
    imap4_fetch_items *items = NULL;
    imap4_uid_set *all = uids_of("1:*");
    const answer *told;
    uint64_t streamed_bytes = 0;
    uint64_t expected = 0;

    OK(alice, imap4_examine(alice->conn, "INBOX", &alice->request));
    ck_assert_int_eq(imap4_fetch_items_new(&items, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_add(items, IMAP4_FETCH_RFC822_SIZE), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_section(items, NULL, IMAP4_SECTION_ALL, IMAP4_SECTION_STREAM), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_section(items, NULL, IMAP4_SECTION_HEADER_FIELDS, 0), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_field(items, "Message-ID"), IMAP4_OK);
    told = OK(alice, imap4_fetch(alice->conn, all, items, &alice->request));
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_BODY_BEGIN), SAMPLE_MAILS);
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_BODY_END), SAMPLE_MAILS);
    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_FETCH), SAMPLE_MAILS);
    for (size_t i = 0; i < told->count; i++) {
        if (told->events[i]->kind == IMAP4_EVENT_BODY_CHUNK)
            streamed_bytes += told->events[i]->data.chunk->len;
    }
    for (uint32_t uid = 1; uid <= SAMPLE_MAILS; uid++) {
        const imap4_msg_att *message = answer_fetch(told, uid);
        const imap4_section *fields = NULL;
        for (const imap4_section *section = message->sections; section != NULL; section = section->next) {
            ck_assert_int_eq(section->streamed, section->text == IMAP4_SECTION_ALL);
            if (section->text == IMAP4_SECTION_HEADER_FIELDS)
                fields = section;
        }
        ck_assert_ptr_nonnull(fields);
        TEXT(fields->fields[0], "MESSAGE-ID");
        expected += message->rfc822_size;
    }
    ck_assert_uint_eq(streamed_bytes, expected);
    TEXT(answer_fetch(told, 12)->sections->next->data, "Message-ID: <invoice.12@example.com>\r\n\r\n");
    imap4_fetch_items_free(items);
    imap4_uid_set_free(all);
    session_free(alice);
}
END_TEST

/* Looking leaves a message unseen, reading it marks it. */
START_TEST(peek_and_seen)
{
    static const section_case text = {1, "", IMAP4_SECTION_TEXT, {NULL}, 0, 0, "This is one.\r\n"};
    session *alice = session_sign_in(NULL);
    session *other = session_sign_in(NULL);

    for (int streamed_too = 0; streamed_too < 2; streamed_too++) {
        scratch_make(alice, "scratch seen");
        scratch_fill(alice, "scratch seen", "one");
        OK(alice, imap4_select(alice->conn, "scratch seen", &alice->request));
        fetch_case(alice, &text, streamed_too);
        ck_assert_str_eq(mailbox_text(other, "scratch seen"), "1 one");
        fetch_case(alice, &text, streamed_too | IMAP4_SECTION_SET_SEEN);
        ck_assert_str_eq(mailbox_text(other, "scratch seen"), "1 one S");
        OK(alice, imap4_unselect(alice->conn, &alice->request));
        OK(other, imap4_unselect(other->conn, &other->request));
    }
    scratch_drop(alice, "scratch seen");
    session_free(other);
    session_free(alice);
}
END_TEST

/* Beyond the limit the rest is cut off, the section says so, and the next response is whole. */
START_TEST(literal_limit)
{
    imap4_options *options = live_options();
    session *alice;
    const imap4_section *section;
    static const section_case whole = {1, "", IMAP4_SECTION_ALL, {NULL}, 0, 0, ""};

    ck_assert_int_eq(imap4_options_set(options, IMAP4_OPTION_SECTION_LIMIT, 100), IMAP4_OK);
    alice = session_sign_in_with(NULL, options);
    imap4_options_free(options);
    OK(alice, imap4_examine(alice->conn, "INBOX", &alice->request));
    section = answer_fetch(fetch_case(alice, &whole, 0), 1)->sections;
    ck_assert_int_eq(section->truncated, 1);
    ck_assert_uint_eq(section->data.len, 100);
    ck_assert_uint_eq(section->size, 408);
    ck_assert_int_eq(strncmp(section->data.data, "Return-Path: <carol@example.org>\r\nFrom: ", 40), 0);
    OK(alice, imap4_noop(alice->conn, &alice->request));
    session_free(alice);
}
END_TEST

Suite *section_suite(void)
{
    const TTest *const tests[] = {collected, streamed, whole_messages, mixed, peek_and_seen, literal_limit, NULL};
    Suite *suite = suite_create("section");

    suite_tests(suite, "section", tests);
    return suite;
}
