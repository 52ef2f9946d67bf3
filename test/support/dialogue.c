#include "support/dialogue.h"

#include <imap4/command.h>

#include <stdint.h>
#include <string.h>

/* The first word of the last line. */
static void learn_tag(dialogue *talk, const uint8_t *data, size_t len)
{
    size_t at = len;
    size_t size = 0;

    while (at > 0 && data[at - 1] == '\n')
        at--;
    while (at > 0 && data[at - 1] != '\n')
        at--;
    while (at + size < len && size + 1 < sizeof talk->tag && data[at + size] > ' ')
        size++;
    memcpy(talk->tag, data + at, size);
    talk->tag[size] = '\0';
}

void dialogue_pump(dialogue *talk)
{
    const imap4_event *event;
    const uint8_t *output;
    size_t len;

    do {
        while ((output = imap4_conn_output(talk->conn, &len)) != NULL && len > 0) {
            learn_tag(talk, output, len);
            imap4_conn_output_done(talk->conn, len);
        }
        while ((talk->result = imap4_conn_next(talk->conn, &event)) == IMAP4_EVENT) {
            if (talk->see != NULL)
                talk->see(talk->user, event);
        }
    } while (imap4_conn_output(talk->conn, &len) != NULL && len > 0);
}

void dialogue_say(dialogue *talk, const void *data, size_t len, size_t piece)
{
    const uint8_t *from = data;
    uint8_t *space;
    size_t room;

    while (len > 0) {
        size_t want = piece > 0 && piece < len ? piece : len;

        if (imap4_conn_input(talk->conn, want, &space, &room) != IMAP4_OK || room == 0)
            return;
        if (room > want)
            room = want;
        memcpy(space, from, room);
        if (imap4_conn_input_done(talk->conn, room) != IMAP4_OK)
            return;
        talk->said += room;
        from += room;
        len -= room;
        dialogue_pump(talk);
        if (talk->result < 0)
            return;
    }
}

void dialogue_line(dialogue *talk, const char *line)
{
    char bytes[1000];
    size_t tag_len = strlen(talk->tag);
    size_t len = 0;

    for (; *line != '\0' && len + tag_len + 2 < sizeof bytes; line++) {
        if (*line == '$') {
            memcpy(bytes + len, talk->tag, tag_len);
            len += tag_len;
        } else {
            bytes[len++] = *line;
        }
    }
    memcpy(bytes + len, "\r\n", 2);
    dialogue_say(talk, bytes, len + 2, 0);
}

int dialogue_start(dialogue *talk, const imap4_options *options, int security)
{
    memset(talk, 0, sizeof *talk);
    if (imap4_conn_new(&talk->conn, options) != IMAP4_OK)
        return 0;
    imap4_conn_layer_done(talk->conn, security);
    imap4_conn_tick(talk->conn, 0);
    return 1;
}

int dialogue_select(dialogue *talk)
{
    if (imap4_select(talk->conn, "INBOX", NULL) != IMAP4_OK)
        return 0;
    dialogue_pump(talk);
    dialogue_line(talk, "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)");
    dialogue_line(talk, "* 100000 EXISTS");
    dialogue_line(talk, "* OK [UIDVALIDITY 1] valid");
    dialogue_line(talk, "$ OK [READ-WRITE] selected");
    return imap4_conn_state(talk->conn) == IMAP4_STATE_SELECTED;
}

int dialogue_open(dialogue *talk, const imap4_options *options)
{
    if (!dialogue_start(talk, options, IMAP4_SECURITY_LOCAL))
        return 0;
    dialogue_line(talk, "* PREAUTH [CAPABILITY " DIALOGUE_CAPABILITIES "] ready");
    return dialogue_select(talk);
}

void dialogue_close(dialogue *talk)
{
    imap4_conn_free(talk->conn);
    talk->conn = NULL;
}
