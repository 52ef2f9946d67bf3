#include "conn/skip.h"

#include "conn/conn.h"
#include "conn/run.h"

#include <string.h>

void imap4__skip_sample(imap4_conn *conn, size_t until)
{
    imap4__input *in = &conn->input;
    size_t room = sizeof in->head - in->sample;
    size_t count;

    if (in->sample_over)
        return;
    if (in->first_literal && until >= in->first_literal) {
        until = in->first_literal;
        in->sample_over = 1;
    }
    count = until > in->sample_at ? until - in->sample_at : 0;
    if (count > room)
        count = room;
    memcpy(in->head + in->sample, in->data + in->start + in->sample_at, count);
    in->sample += count;
    in->sample_at += count;
}

void imap4__skip(imap4_conn *conn)
{
    imap4__input *in = &conn->input;

    if (in->frame.skipping)
        return;
    in->sample = 0;
    in->sample_over = 0;
    in->sample_at = in->skip_begin = in->frame.begin;
    in->skip_from = in->removed + in->frame.line;
    imap4__skip_sample(conn, in->frame.at);
    if (in->mode == IMAP4__LITERAL_LIST)
        imap4__conn_run_drop(conn);
    in->hole_count = in->hole_clean = in->leftover = 0;
    in->walking = -1;
    imap4__event_give(&conn->events, in->event);
    in->event = NULL;
    imap4__frame_skip(&in->frame);
}

int imap4__skip_too_much(imap4_conn *conn)
{
    const imap4__input *in = &conn->input;
    uint64_t passed = in->removed + (in->mode ? in->gap_at + in->gap : in->frame.at);
    uint64_t thrown = in->frame.skipping ? passed - in->skip_from : in->thrown;

    if (thrown <= imap4__option(conn, IMAP4_OPTION_SKIP_LIMIT))
        return 0;
    imap4__fail(conn, IMAP4_ERROR_LIMIT, "a response is longer than can be skipped", NULL);
    return 1;
}
