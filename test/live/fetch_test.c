/* FETCH and UID FETCH: every item without argument, the macros, envelopes and structures of the sample mails. */
#include "live/live.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static session *examine_inbox(void)
{
    session *alice = session_sign_in(NULL);

    OK(alice, imap4_examine(alice->conn, "INBOX", &alice->request));
    return alice;
}

static const answer *fetch(session *by, const char *uids, uint32_t bits)
{
    imap4_fetch_items *items = NULL;
    imap4_uid_set *set = uids_of(uids);
    const answer *told;

    ck_assert_int_eq(imap4_fetch_items_new(&items, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_add(items, bits), IMAP4_OK);
    told = OK(by, imap4_fetch(by->conn, set, items, &by->request));
    imap4_fetch_items_free(items);
    imap4_uid_set_free(set);
    return told;
}

static const answer *fetch_seq(session *by, const char *numbers, uint32_t bits)
{
    imap4_fetch_items *items = NULL;
    imap4_seq_set *set = numbers_of(numbers);
    const answer *told;

    ck_assert_int_eq(imap4_fetch_items_new(&items, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_add(items, bits), IMAP4_OK);
    told = OK(by, imap4_fetch_seq(by->conn, set, imap4_conn_view(by->conn)->serial, items, &by->request));
    imap4_fetch_items_free(items);
    imap4_seq_set_free(set);
    return told;
}

/* Sizes count CRLF; flags and dates are those of the delivery: 6 January 2025, 08:00 UTC and `number` days. */
START_TEST(flags_date_and_size)
{
    static const uint32_t flags[SAMPLE_MAILS] = {
        IMAP4_FLAG_SEEN,
        0,
        IMAP4_FLAG_SEEN,
        IMAP4_FLAG_SEEN | IMAP4_FLAG_FLAGGED,
        0,
        IMAP4_FLAG_SEEN | IMAP4_FLAG_ANSWERED,
        IMAP4_FLAG_SEEN,
        0,
        0,
        0,
        0,
        0,
    };
    session *alice = examine_inbox();
    const answer *told = fetch(alice, "1:*", IMAP4_FETCH_FAST);

    ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_FETCH), SAMPLE_MAILS);
    for (uint32_t uid = 1; uid <= SAMPLE_MAILS; uid++) {
        const imap4_msg_att *message = answer_fetch(told, uid);
        size_t len;
        free(sample_mail(uid, &len));
        ck_assert_uint_eq(message->seq, uid);
        ck_assert_uint_eq(message->present, IMAP4_FETCH_FAST | IMAP4_FETCH_UID);
        ck_assert_uint_eq(message->rfc822_size, len);
        ck_assert_uint_eq(message->flags->system & ~(uint32_t)IMAP4_FLAG_RECENT, flags[uid - 1]);
        ck_assert_uint_eq(message->flags->keyword_count, 0);
        ck_assert_int_eq(message->internaldate->utc, 1736150400 + (int64_t)uid * 86400);
        ck_assert_int_eq(message->internaldate->year, 2025);
        ck_assert_int_eq(message->internaldate->day, 6 + (int32_t)uid);
        ck_assert_ptr_null(message->envelope);
        ck_assert_ptr_null(message->body);
        ck_assert_ptr_null(message->sections);
        ck_assert_ptr_null(message->other);
    }
    session_free(alice);
}
END_TEST

START_TEST(each_item_alone)
{
    static const uint32_t items[] = {
        IMAP4_FETCH_UID,      IMAP4_FETCH_FLAGS, IMAP4_FETCH_INTERNALDATE,  IMAP4_FETCH_RFC822_SIZE,
        IMAP4_FETCH_ENVELOPE, IMAP4_FETCH_BODY,  IMAP4_FETCH_BODYSTRUCTURE, IMAP4_FETCH_FAST,
        IMAP4_FETCH_ALL,      IMAP4_FETCH_FULL,
    };
    session *alice = examine_inbox();

    for (size_t i = 0; i < sizeof items / sizeof items[0]; i++) {
        const answer *told = fetch(alice, "4", items[i]);
        ck_assert_uint_eq(answer_count(told, IMAP4_EVENT_FETCH), 1);
        ck_assert_uint_eq(answer_fetch(told, 4)->present, items[i] | IMAP4_FETCH_UID);
        told = fetch_seq(alice, "4", items[i]);
        ck_assert_uint_eq(answer_event(told, IMAP4_EVENT_FETCH, 0)->data.fetch->seq, 4);
        ck_assert_uint_eq(answer_event(told, IMAP4_EVENT_FETCH, 0)->data.fetch->present, items[i]);
        ck_assert_uint_eq(answer_event(told, IMAP4_EVENT_FETCH, 0)->request, alice->request);
    }
    session_free(alice);
}
END_TEST

/* RFC 3501's older names: the same bytes as the sections of today. */
START_TEST(items_of_rfc822)
{
    session *alice = examine_inbox();
    const answer *told = fetch(alice, "1", IMAP4_FETCH_RFC822 | IMAP4_FETCH_RFC822_HEADER | IMAP4_FETCH_RFC822_TEXT);
    size_t len;
    char *mail = sample_mail(1, &len);
    size_t header = (size_t)(strstr(mail, "\r\n\r\n") - mail) + 4;
    int seen = 0;

    for (const imap4_section *section = answer_fetch(told, 1)->sections; section; section = section->next) {
        TEXT(section->part, "");
        seen |= 1 << section->text;
        if (section->text == IMAP4_SECTION_TEXT)
            TEXT(section->data, mail + header);
        else if (section->text == IMAP4_SECTION_ALL)
            TEXT(section->data, mail);
        else
            ck_assert(section->data.len == header && memcmp(section->data.data, mail, header) == 0);
    }
    ck_assert_int_eq(seen, 1 << IMAP4_SECTION_ALL | 1 << IMAP4_SECTION_HEADER | 1 << IMAP4_SECTION_TEXT);
    free(mail);
    session_free(alice);
}
END_TEST

START_TEST(sets)
{
    static const struct {
        const char *uids;
        size_t count;
    } cases[] = {{"1", 1}, {"2:4", 3}, {"1,3,12", 3}, {"*", 1}, {"10:*", 3}, {"100", 0}, {"12:20", 1}, {"100:*", 1}};
    session *alice = examine_inbox();

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_uint_eq(answer_count(fetch(alice, cases[i].uids, IMAP4_FETCH_UID), IMAP4_EVENT_FETCH),
                          cases[i].count);
    ck_assert_uint_eq(answer_count(fetch_seq(alice, "1:3,*", IMAP4_FETCH_UID), IMAP4_EVENT_FETCH), 4);
    session_free(alice);
}
END_TEST

START_TEST(number_beyond_the_last)
{
    session *alice = examine_inbox();
    imap4_fetch_items *items = NULL;
    imap4_seq_set *set = numbers_of("100");

    ck_assert_int_eq(imap4_fetch_items_new(&items, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_add(items, IMAP4_FETCH_FLAGS), IMAP4_OK);
    BAD(alice, imap4_fetch_seq(alice->conn, set, imap4_conn_view(alice->conn)->serial, items, &alice->request));
    OK(alice, imap4_noop(alice->conn, &alice->request));
    imap4_fetch_items_free(items);
    imap4_seq_set_free(set);
    session_free(alice);
}
END_TEST

static size_t put(char *out, size_t size, imap4_str text)
{
    return (size_t)snprintf(out, size, "%s", text.data ? text.data : "NIL");
}

/* name <mailbox@host>, a group as "name: members ;". */
static size_t put_addresses(char *out, size_t size, const imap4_address *address)
{
    size_t len = 0;

    if (address == NULL)
        return (size_t)snprintf(out, size, "NIL");
    for (; address != NULL && len < size; address = address->next) {
        const char *space = len > 0 ? " " : "";
        const char *name = address->name.data ? address->name.data : "";
        if (address->kind == IMAP4_ADDRESS_GROUP_BEGIN)
            len += (size_t)snprintf(out + len, size - len, "%s%s:", space, address->mailbox.data);
        else if (address->kind == IMAP4_ADDRESS_GROUP_END)
            len += (size_t)snprintf(out + len, size - len, "%s;", space);
        else
            len += (size_t)snprintf(out + len, size - len, "%s%s<%s@%s>", space, name, address->mailbox.data,
                                    address->host.data);
    }
    return len;
}

static const char *envelope_text(const imap4_envelope *envelope)
{
    static char text[4000];
    const imap4_address *const lists[] = {
        envelope->from, envelope->sender, envelope->reply_to, envelope->to, envelope->cc, envelope->bcc,
    };
    size_t len = put(text, sizeof text, envelope->date);

    len += (size_t)snprintf(text + len, sizeof text - len, "|");
    len += put(text + len, sizeof text - len, envelope->subject);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        len += (size_t)snprintf(text + len, sizeof text - len, "|");
        len += put_addresses(text + len, sizeof text - len, lists[i]);
    }
    len += (size_t)snprintf(text + len, sizeof text - len, "|");
    len += put(text + len, sizeof text - len, envelope->in_reply_to);
    len += (size_t)snprintf(text + len, sizeof text - len, "|");
    put(text + len, sizeof text - len, envelope->message_id);
    return text;
}

/* From the headers of the sample mails; sender and reply-to default to from (RFC 9051 section 7.5.2). */
static const char *const envelopes[SAMPLE_MAILS] = {
    "Mon, 6 Jan 2025 09:15:00 +0100|Welcome aboard|Carol Example<carol@example.org>|Carol Example<carol@example.org>|"
    "Carol Example<carol@example.org>|Alice Example<alice@example.org>|NIL|NIL|NIL|<welcome.1@example.org>",

    "Tue, 7 Jan 2025 18:02:11 +0100|=?utf-8?B?R3LDvMOfZSBhdXMgWsO8cmljaA==?=|"
    "=?utf-8?Q?J=C3=B6rg_M=C3=BCller?=<joerg@example.com>|=?utf-8?Q?J=C3=B6rg_M=C3=BCller?=<joerg@example.com>|"
    "=?utf-8?Q?J=C3=B6rg_M=C3=BCller?=<joerg@example.com>|=?iso-8859-1?Q?Alice_Ex=E4mple?=<alice@example.org>|NIL|NIL|"
    "<welcome.1@example.org>|<gruesse.2@example.com>",

    "Fri, 10 Jan 2025 06:00:00 +0000|Week 2: garden, kitchen, workshop|Newsletter, Weekly<news@example.com>|"
    "Newsletter, Weekly<news@example.com>|Newsletter, Weekly<news@example.com>|<alice@example.org>|NIL|NIL|NIL|"
    "<week2.3@example.com>",

    "Mon, 13 Jan 2025 16:45:30 -0500|Minutes and the table|Bob Example<bob@example.org>|Bob Example<bob@example.org>|"
    "Bob Example<bob@example.org>|Alice Example<alice@example.org>|"
    "Carol Example<carol@example.org> Dr. D. Example<d@example.com>|NIL|NIL|<minutes.4@example.org>",

    "Tue, 14 Jan 2025 08:00:00 +0100|Fwd: The key|Carol Example<carol@example.org>|Carol Example<carol@example.org>|"
    "Carol Example<carol@example.org>|<alice@example.org>|NIL|NIL|NIL|<forward.5@example.org>",

    "Wed, 15 Jan 2025 12:00:00 +0000|Seeds|Bob Example<bob@example.org>|Office<office@example.org>|"
    "Bob at home<bob.home@example.com>|"
    "Gardeners: <alice@example.org> Erin Example<erin@example.com> ; <carol@example.org>|undisclosed-recipients: ;|NIL|"
    "NIL|<seeds.6@example.org>",

    "Wed, 15 Jan 2025 12:20:00 +0000|Re: Seeds|Alice Example<alice@example.org>|Alice Example<alice@example.org>|"
    "Alice Example<alice@example.org>|Bob Example<bob@example.org>|NIL|NIL|<seeds.6@example.org>|<seeds.7@example.org>",

    "Thu, 16 Jan 2025 23:59:59 -0000|NIL|<erin@example.com>|<erin@example.com>|<erin@example.com>|<alice@example.org>|"
    "NIL|NIL|NIL|<nosubject.8@example.com>",

    /* Dovecot fills the sender "<>" with MISSING_MAILBOX and MISSING_DOMAIN, which are empty for us. */
    "Fri, 17 Jan 2025 10:00 GMT||<@>|<@>|<@>|quoted \"name\" \\ slash<alice@example.org>|NIL|NIL|NIL|NIL",

    "Sat, 18 Jan 2025 07:30:00 +0900|=?utf-8?Q?Your_table_=F0=9F=8D=B5?= =?utf-8?Q?_is_booked_for_Saturday?=|"
    "=?utf-8?Q?=E2=98=95_Caf=C3=A9?=<cafe@example.com>|=?utf-8?Q?=E2=98=95_Caf=C3=A9?=<cafe@example.com>|"
    "=?utf-8?Q?=E2=98=95_Caf=C3=A9?=<cafe@example.com>|<alice@example.org>|NIL|NIL|NIL|<table.10@example.com>",

    "Sun, 19 Jan 2025 20:15:00 +0100|Photo of the week|Dana<d@example.com>|Dana<d@example.com>|Dana<d@example.com>|"
    "<alice@example.org> <bob@example.org>|NIL|NIL|NIL|<photo.11@example.com>",

    "Mon, 20 Jan 2025 05:00:00 +0000|"
    "Invoice 2025-0112 for a subscription of the weekly letter about gardens, kitchens and workshops|"
    "Billing<billing@example.com>|Billing<billing@example.com>|Billing<billing@example.com>|<alice@example.org>|NIL|"
    "NIL|"
    "NIL|<invoice.12@example.com>",
};

START_TEST(envelopes_of_the_samples)
{
    session *alice = examine_inbox();
    const answer *told = fetch(alice, "1:*", IMAP4_FETCH_ENVELOPE);

    for (uint32_t uid = 1; uid <= SAMPLE_MAILS; uid++)
        ck_assert_str_eq(envelope_text(answer_fetch(told, uid)->envelope), envelopes[uid - 1]);
    session_free(alice);
}
END_TEST

/* Each part in reading order: "number type/subtype encoding size:lines". */
static const char *structure_text(const imap4_body *body)
{
    static char text[2000];
    size_t len = 0;

    text[0] = 0;
    for (; body != NULL && len < sizeof text; body = imap4_body_next(body)) {
        len += (size_t)snprintf(text + len, sizeof text - len, "%s[%s] %s/%s", len > 0 ? "; " : "", body->part.data,
                                body->media_type.data, body->subtype.data);
        if (body->kind != IMAP4_BODY_MULTIPART)
            len += (size_t)snprintf(text + len, sizeof text - len, " %s %u:%u", body->encoding.data,
                                    (unsigned)body->size, (unsigned)body->lines);
    }
    return text;
}

/* Sizes are the bytes between the boundaries, counted in the sample mails; a line is counted by its end. */
static const struct {
    uint32_t uid;
    const char *text;
} structures[] = {
    {1, "[1] text/plain 7bit 129:6"},
    {2, "[1] text/plain quoted-printable 119:6"},
    {3, "[] MULTIPART/alternative; [1] text/plain 7bit 81:1; [2] text/html 7bit 136:1"},
    {4, "[] MULTIPART/mixed; [1] text/plain 7bit 52:1; [2] text/csv 7bit 32:3; "
        "[3] application/octet-stream base64 94:0"},
    {5, "[] MULTIPART/mixed; [1] text/plain 7bit 36:0; [2] message/rfc822 7bit 456:17; "
        "[2] MULTIPART/alternative; [2.1] text/plain 7bit 41:0; [2.2] text/html 7bit 55:0"},
    {8, "[1] text/plain 7bit 2:1"},
    {11, "[] MULTIPART/related; [1] MULTIPART/alternative; [1.1] text/plain 7bit 26:0; [1.2] text/html 7bit 48:0; "
         "[2] image/png base64 94:0"},
};

START_TEST(structures_of_the_samples)
{
    session *alice = examine_inbox();
    const answer *with = fetch(alice, "1:*", IMAP4_FETCH_BODYSTRUCTURE);
    const answer *without = fetch(alice, "1:*", IMAP4_FETCH_BODY);

    for (size_t i = 0; i < sizeof structures / sizeof structures[0]; i++) {
        ck_assert_str_eq(structure_text(answer_fetch(with, structures[i].uid)->body), structures[i].text);
        ck_assert_str_eq(structure_text(answer_fetch(without, structures[i].uid)->body), structures[i].text);
        ck_assert_int_eq(answer_fetch(with, structures[i].uid)->body->extended, 1);
        ck_assert_int_eq(answer_fetch(without, structures[i].uid)->body->extended, 0);
    }
    session_free(alice);
}
END_TEST

static const imap4_body *part_of(const imap4_body *body, const char *part)
{
    for (; body != NULL; body = imap4_body_next(body)) {
        if (strcmp(body->part.data, part) == 0 && body->kind != IMAP4_BODY_MULTIPART)
            return body;
    }
    ck_abort_msg("no part %s", part);
}

START_TEST(structure_of_attachments)
{
    session *alice = examine_inbox();
    const imap4_body *whole = answer_fetch(fetch(alice, "4", IMAP4_FETCH_BODYSTRUCTURE), 4)->body;
    const imap4_body *part;

    TEXT(*imap4_param_find(whole->params, "BOUNDARY"), "mixed-4");
    part = part_of(whole, "1");
    TEXT(part->disposition, "inline");
    ck_assert_ptr_null(part->disposition_params);
    part = part_of(whole, "2");
    TEXT(part->description, "January, by day");
    TEXT(part->disposition, "attachment");
    TEXT(*imap4_param_find(part->disposition_params, "filename"), "table.csv");
    TEXT(*imap4_param_find(part->params, "charset"), "utf-8");
    part = part_of(whole, "3");
    TEXT(part->id, "<dot.4@example.org>");
    TEXT(part->md5, "VRVFxA6tbkThqtSGIRok2g==");
    TEXT(*imap4_param_find(part->disposition_params, "size"), "67");
    ck_assert_ptr_null(imap4_param_find(part->params, "charset"));
    session_free(alice);
}
END_TEST

START_TEST(structure_of_a_forwarded_message)
{
    session *alice = examine_inbox();
    const imap4_body *whole = answer_fetch(fetch(alice, "5", IMAP4_FETCH_BODYSTRUCTURE), 5)->body;
    const imap4_body *part = part_of(whole, "2");

    ck_assert_int_eq(part->kind, IMAP4_BODY_MESSAGE);
    ck_assert_ptr_eq(part->parent, whole);
    ck_assert_str_eq(envelope_text(part->envelope),
                     "Mon, 13 Jan 2025 21:30:00 +0100|The key|Erin Example<erin@example.com>|"
                     "Erin Example<erin@example.com>|Erin Example<erin@example.com>|<carol@example.org>|NIL|NIL|NIL|"
                     "<key.5@example.com>");
    ck_assert_int_eq(part->children->kind, IMAP4_BODY_MULTIPART);
    ck_assert_ptr_eq(part->children->parent, part);
    TEXT(*imap4_param_find(part->children->params, "boundary"), "inner-5");
    session_free(alice);
}
END_TEST

START_TEST(structure_with_language_and_location)
{
    session *alice = examine_inbox();
    const imap4_body *whole = answer_fetch(fetch(alice, "11", IMAP4_FETCH_BODYSTRUCTURE), 11)->body;

    ck_assert_uint_eq(whole->language_count, 2);
    TEXT(whole->languages[0], "en");
    TEXT(whole->languages[1], "de");
    TEXT(*imap4_param_find(whole->params, "type"), "multipart/alternative");
    TEXT(part_of(whole, "2")->location, "https://www.example.com/dot.png");
    TEXT(part_of(whole, "2")->id, "<dot.11@example.com>");
    session_free(alice);
}
END_TEST

/* A kept event outlives the connection. */
START_TEST(kept_beyond_the_connection)
{
    session *alice = examine_inbox();
    imap4_fetch_items *items = NULL;
    imap4_uid_set *set = uids_of("6");
    const imap4_event *event;
    imap4_event *kept;

    ck_assert_int_eq(imap4_fetch_items_new(&items, NULL), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch_items_add(items, IMAP4_FETCH_FULL), IMAP4_OK);
    ck_assert_int_eq(imap4_fetch(alice->conn, set, items, &alice->request), IMAP4_OK);
    ck_assert_int_eq(imap4_request_set_cookie(alice->conn, alice->request, 4711), IMAP4_OK);
    while ((event = session_await(alice, IMAP4_EVENT_FETCH))->request != alice->request)
        continue;
    kept = imap4_client_keep(alice->client);
    imap4_fetch_items_free(items);
    imap4_uid_set_free(set);
    session_free(alice);
    ck_assert_uint_eq(kept->cookie, 4711);
    ck_assert_str_eq(envelope_text(kept->data.fetch->envelope), envelopes[5]);
    ck_assert_uint_gt(imap4_event_size(kept), 0);
    imap4_event_free(kept);
}
END_TEST

Suite *fetch_suite(void)
{
    const TTest *const tests[] = {
        flags_date_and_size,
        each_item_alone,
        items_of_rfc822,
        sets,
        number_beyond_the_last,
        envelopes_of_the_samples,
        structures_of_the_samples,
        structure_of_attachments,
        structure_of_a_forwarded_message,
        structure_with_language_and_location,
        kept_beyond_the_connection,
        NULL,
    };
    Suite *suite = suite_create("fetch");

    suite_tests(suite, "fetch", tests);
    return suite;
}
