#include "json.h"

#include <inttypes.h>

static void either(text *to, const imap4_uid_set *uids, const imap4_seq_set *numbers)
{
    if (uids != NULL)
        json_uids(to, uids);
    else
        json_seqs(to, numbers);
}

static void pair_begin(text *to, const char *name)
{
    json_next(to);
    text_puts(to, "[");
    json_name(to, name);
    text_puts(to, ", ");
}

static void number_pair(text *to, const imap4_search_data *said, int item, uint64_t value)
{
    if ((said->present & (uint32_t)item) == 0)
        return;
    pair_begin(to, imap4_search_item_name(item));
    text_printf(to, "%" PRIu64 "]", value);
}

static void partial_pair(text *to, const imap4_search_partial *partial)
{
    pair_begin(to, "PARTIAL");
    text_printf(to, "{\"range\": [%" PRId64 ", %" PRId64 "]", partial->first, partial->last);
    json_key(to, "results");
    either(to, partial->uids, partial->numbers);
    text_puts(to, "}]");
}

static void change_pair(text *to, const imap4_search_change *change)
{
    pair_begin(to, imap4_search_item_name(change->item));
    text_printf(to, "[%" PRIu64 ", ", change->position);
    either(to, change->uids, change->numbers);
    text_puts(to, "]]");
}

static void result_pairs(text *to, const imap4_search_data *said)
{
    json_key(to, "data");
    text_puts(to, "[");
    number_pair(to, said, IMAP4_FOUND_MIN, said->min);
    number_pair(to, said, IMAP4_FOUND_MAX, said->max);
    number_pair(to, said, IMAP4_FOUND_COUNT, said->count);
    number_pair(to, said, IMAP4_FOUND_MODSEQ, said->modseq);
    if ((said->present & IMAP4_FOUND_ALL) != 0) {
        pair_begin(to, "ALL");
        either(to, said->uids, said->numbers);
        text_puts(to, "]");
    }
    if (said->partial != NULL)
        partial_pair(to, said->partial);
    for (const imap4_search_change *change = said->changes; change != NULL; change = change->next)
        change_pair(to, change);
    if ((said->present & IMAP4_FOUND_RELEVANCY) != 0) {
        pair_begin(to, "RELEVANCY");
        text_puts(to, "[");
        for (size_t i = 0; i < said->relevancy_count; i++) {
            json_next(to);
            text_printf(to, "%d", said->relevancy[i]);
        }
        text_puts(to, "]]");
    }
    text_puts(to, "]");
}

static void search(text *to, const imap4_search_data *said)
{
    json_word(to, "name", imap4_search_kind_name(said->kind));
    json_key(to, "data");
    text_puts(to, "{");
    if (said->kind == IMAP4_SEARCH_ESEARCH) {
        json_field(to, "tag", said->tag);
        json_key(to, "uid");
        text_puts(to, said->uid ? "true" : "false");
        if (said->raw_mailbox.data != NULL) {
            json_field(to, "mailbox", said->mailbox);
            json_number(to, "uidvalidity", said->uidvalidity);
        }
        result_pairs(to, said);
    } else {
        json_key(to, "ids");
        either(to, said->uids, said->numbers);
        if (said->modseq != 0)
            json_number(to, "modseq", said->modseq);
    }
    text_puts(to, "}");
    if (said->other != NULL) {
        json_key(to, "generic");
        json_named(to, said->other);
    }
}

static void threads(text *to, const imap4_threads *threads)
{
    imap4_thread_node node;

    json_word(to, "name", "THREAD");
    json_key(to, "nodes");
    text_puts(to, "[");
    for (imap4_set_cursor at = {0}; imap4_threads_next(threads, &at, &node);) {
        json_next(to);
        text_printf(to, "[%" PRIu32 ", %" PRIu32 "]", node.level, node.number);
    }
    text_puts(to, "]");
    json_number(to, "count", imap4_threads_count(threads));
}

int json_found(text *to, const imap4_event *event)
{
    const imap4_event_data *data = &event->data;

    switch (event->kind) {
    case IMAP4_EVENT_SEARCH:
        search(to, data->search);
        return 1;
    case IMAP4_EVENT_THREAD:
        threads(to, data->thread->threads);
        return 1;
    case IMAP4_EVENT_VANISHED:
        json_word(to, "name", "VANISHED");
        json_key(to, "data");
        text_puts(to, "{");
        json_key(to, "uids");
        json_uids(to, data->vanished->uids);
        json_key(to, "earlier");
        text_puts(to, data->vanished->earlier ? "true}" : "false}");
        return 1;
    case IMAP4_EVENT_UIDBATCHES:
        json_word(to, "name", "UIDBATCHES");
        json_key(to, "data");
        text_puts(to, "{");
        json_field(to, "tag", data->uid_batches->tag);
        json_key(to, "batches");
        json_uids(to, data->uid_batches->batches);
        text_puts(to, "}");
        return 1;
    default:
        return 0;
    }
}
