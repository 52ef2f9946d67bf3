/* Events of the engine: what servers say, and what it has to say itself. */
#include "read.h"

FUZZ_BEGIN

static void read_damage(fuzz_sum *sum, const imap4_damage *damage)
{
    FUZZ_CHECK(damage->result == IMAP4_ERROR_PROTOCOL || damage->result == IMAP4_ERROR_LIMIT);
    FUZZ_CHECK(damage->what.data != NULL);
    fuzz_rest(sum, (uint64_t)damage->result);
    fuzz_rest(sum, damage->offset);
    fuzz_rest(sum, damage->size);
    fuzz_rest(sum, fuzz_hash(0, damage->raw.data, damage->raw.len));
    fuzz_rest_str(sum, damage->what);
}

static void read_view(fuzz_sum *sum, const imap4_view *view)
{
    fuzz_rest(sum, view->id);
    fuzz_rest(sum, (uint64_t)view->read_only);
    fuzz_rest_str(sum, view->name);
    fuzz_rest_str(sum, view->raw);
    fuzz_rest(sum, view->serial);
    fuzz_rest(sum, (uint64_t)view->exists << 32 | view->recent);
    fuzz_rest(sum, (uint64_t)view->unseen << 32 | view->uidvalidity);
    fuzz_rest(sum, (uint64_t)view->uidnext << 32 | (uint32_t)view->uid_not_sticky);
    fuzz_rest(sum, view->highestmodseq);
    fuzz_read_flags(sum, &view->flags);
    fuzz_read_flags(sum, &view->permanent_flags);
}

static void read_done(fuzz_sum *sum, const imap4_done *done)
{
    FUZZ_CHECK(imap4_outcome_name(done->outcome) != NULL);
    FUZZ_CHECK((done->text != NULL) == (done->outcome == IMAP4_OUTCOME_ANSWERED));
    FUZZ_CHECK(imap4_move_step_name(done->move_step) != NULL);
    fuzz_rest(sum, (uint64_t)done->outcome);
    fuzz_rest(sum, (uint64_t)done->result);
    fuzz_rest(sum, (uint64_t)done->move_step);
    fuzz_rest_str(sum, done->capability);
    fuzz_rest_str(sum, done->command);
    if (done->text != NULL)
        fuzz_read_text(sum, done->text);
    if (done->copied != NULL)
        fuzz_read_text(sum, done->copied);
}

static void read_stream(fuzz_sum *sum, const imap4_stream *stream)
{
    fuzz_rest(sum, (uint64_t)stream->seq << 32 | stream->uid);
    fuzz_read_section(sum, stream->section);
}

static void read_chunk(fuzz_sum *sum, const imap4_chunk *chunk)
{
    FUZZ_CHECK(chunk->data != NULL && chunk->len > 0);
    fuzz_rest(sum, chunk->offset);
    fuzz_rest(sum, fuzz_hash(0, chunk->data, chunk->len));
}

void fuzz_read_event(fuzz_sum *sum, const imap4_event *event)
{
    fuzz_rest(sum, event->request);
    fuzz_rest(sum, event->cookie);
    fuzz_rest(sum, event->serial);
    fuzz_rest(sum, event->view);
    FUZZ_CHECK(imap4_event_kind_name(event->kind) != NULL);
    switch (event->kind) {
    case IMAP4_EVENT_IDLE:
        FUZZ_CHECK(event->data.number <= 1);
        break;
    case IMAP4_EVENT_BODY_BEGIN:
    case IMAP4_EVENT_BODY_END:
        read_stream(sum, event->data.stream);
        break;
    case IMAP4_EVENT_BODY_CHUNK:
        read_chunk(sum, event->data.chunk);
        break;
    case IMAP4_EVENT_WANTED:
        FUZZ_CHECK(imap4_wanted_kind_name(event->data.wanted->kind) != NULL);
        fuzz_rest(sum, event->data.wanted->amount);
        break;
    case IMAP4_EVENT_LAYER:
        FUZZ_CHECK(imap4_layer_kind_name(event->data.layer->kind) != NULL);
        break;
    case IMAP4_EVENT_VIEW:
        read_view(sum, event->data.view);
        break;
    case IMAP4_EVENT_DAMAGE:
        read_damage(sum, event->data.damage);
        break;
    case IMAP4_EVENT_DONE:
        read_done(sum, event->data.done);
        break;
    default:
        fuzz_read(sum, event->kind, event->data);
        break;
    }
}

FUZZ_END
