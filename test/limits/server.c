#include "server.h"

#include <check.h>
#include <string.h>

static void see(void *user, const imap4_event *event)
{
    server *s = user;
    size_t size = imap4_event_size(event);

    s->events++;
    if (size > s->largest)
        s->largest = size;
    switch (event->kind) {
    case IMAP4_EVENT_DONE:
        s->dones++;
        break;
    case IMAP4_EVENT_DAMAGE:
        s->damages++;
        if (event->data.damage->result == IMAP4_ERROR_LIMIT) {
            s->limits++;
            s->offset = event->data.damage->offset;
            s->size = event->data.damage->size;
        }
        break;
    case IMAP4_EVENT_FETCH:
        s->fetches++;
        for (const imap4_section *at = event->data.fetch->sections; at != NULL; at = at->next) {
            s->truncated += at->truncated != 0;
            s->kept = at->data.len;
        }
        break;
    case IMAP4_EVENT_BODY_CHUNK:
        s->streamed += event->data.chunk->len;
        break;
    default:
        break;
    }
}

void server_init(server *s, int preset)
{
    memset(s, 0, sizeof *s);
    meter_init(&s->memory);
    ck_assert_int_eq(imap4_options_new(&s->options, &s->memory.allocator), IMAP4_OK);
    ck_assert_int_eq(imap4_options_preset(s->options, preset), IMAP4_OK);
}

uint64_t server_option(const server *s, int option)
{
    uint64_t value = 0;

    ck_assert_int_eq(imap4_options_get(s->options, option, &value), IMAP4_OK);
    return value;
}

void server_open(server *s)
{
    s->room = (size_t)server_option(s, IMAP4_OPTION_INPUT_BUFFER);
    ck_assert_int_eq(dialogue_open(&s->talk, s->options), 1);
    s->talk.see = see;
    s->talk.user = s;
    server_forget(s);
}

void server_close(server *s)
{
    dialogue_close(&s->talk);
    imap4_options_free(s->options);
    ck_assert_uint_eq(s->memory.blocks, 0);
    ck_assert_uint_eq(s->memory.held, 0);
}

void server_forget(server *s)
{
    s->events = s->dones = s->damages = s->limits = s->fetches = s->truncated = s->largest = 0;
    s->offset = s->size = s->kept = s->streamed = 0;
}

/* Like a program that has given the space to the kernel. */
static void say_ahead(server *s, const char *data, size_t len)
{
    while (len > 0 && s->talk.result >= 0) {
        size_t some;

        if (s->space == NULL)
            ck_assert_int_eq(imap4_conn_input(s->talk.conn, s->room, &s->space, &s->space_len), IMAP4_OK);
        if (s->space_len == 0) {
            s->space = NULL;
            dialogue_pump(&s->talk);
            continue;
        }
        some = len < s->space_len ? len : s->space_len;
        memcpy(s->space, data, some);
        imap4_conn_input_done(s->talk.conn, some);
        s->talk.said += some;
        data += some;
        len -= some;
        if (imap4_conn_input(s->talk.conn, s->room, &s->space, &s->space_len) != IMAP4_OK || s->space_len == 0)
            s->space = NULL;
        dialogue_pump(&s->talk);
    }
}

void server_bytes(server *s, const void *data, size_t len)
{
    if (s->borrows_ahead)
        say_ahead(s, data, len);
    else
        dialogue_say(&s->talk, data, len, s->room);
}

void server_say(server *s, const char *text)
{
    server_bytes(s, text, strlen(text));
}

void server_repeat(server *s, const char *unit, uint64_t len)
{
    static char many[65536];
    const size_t size = strlen(unit);
    size_t filled = 0;

    while (size > 0 && filled + size <= sizeof many) {
        memcpy(many + filled, unit, size);
        filled += size;
    }
    while (len > 0 && size > 0 && s->talk.result >= 0) {
        size_t some = len < filled ? (size_t)len : filled;

        server_bytes(s, many, some);
        len -= some;
    }
}

void server_is_alive(server *s)
{
    size_t before = s->dones;

    if (s->space != NULL)
        imap4_conn_input_done(s->talk.conn, 0);
    s->space = NULL;
    ck_assert_msg(s->talk.result >= 0, "the connection has ended: %s", imap4_conn_error(s->talk.conn)->message.data);
    ck_assert_int_eq(imap4_noop(s->talk.conn, NULL), IMAP4_OK);
    dialogue_pump(&s->talk);
    dialogue_line(&s->talk, "$ OK done");
    ck_assert_uint_eq(s->dones, before + 1);
}

void server_fetch(server *s, const imap4_fetch_items *items)
{
    imap4_uid_set *uids;

    ck_assert_int_eq(imap4_uid_set_new(&uids, NULL), IMAP4_OK);
    imap4_uid_set_add(uids, 5, 5);
    ck_assert_int_eq(imap4_fetch(s->talk.conn, uids, items, &s->request), IMAP4_OK);
    imap4_uid_set_free(uids);
    dialogue_pump(&s->talk);
}

void server_fetch_section(server *s, const char *part, int mode, uint64_t prefix)
{
    imap4_fetch_items *items;

    ck_assert_int_eq(imap4_fetch_items_new(&items, NULL), IMAP4_OK);
    imap4_fetch_items_section(items, part, IMAP4_SECTION_ALL, mode);
    if (prefix > 0)
        imap4_fetch_items_prefix(items, prefix);
    server_fetch(s, items);
    imap4_fetch_items_free(items);
}
