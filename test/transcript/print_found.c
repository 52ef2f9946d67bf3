#include "print.h"

#include <inttypes.h>

static void range(text *to, const char **before, uint32_t first, uint32_t last)
{
    const uint32_t ends[2] = {first, last};

    for (int i = 0; i < (first == last ? 1 : 2); i++) {
        text_puts(to, i == 0 ? *before : ":");
        if (ends[i] == IMAP4_SET_STAR)
            text_puts(to, "*");
        else
            text_printf(to, "%" PRIu32, ends[i]);
    }
    *before = ",";
}

void print_uids(text *to, const char *name, const imap4_uid_set *set)
{
    const char *before = "";
    uint32_t first;
    uint32_t last;

    if (set == NULL)
        return;
    text_printf(to, " %s=%s", name, imap4_uid_set_ranges(set) == 0 ? "()" : "");
    for (imap4_set_cursor at = {0}; imap4_uid_set_next_range(set, &at, &first, &last);)
        range(to, &before, first, last);
}

void print_seqs(text *to, const char *name, const imap4_seq_set *set)
{
    const char *before = "";
    uint32_t first;
    uint32_t last;

    if (set == NULL)
        return;
    text_printf(to, " %s=%s", name, imap4_seq_set_ranges(set) == 0 ? "()" : "");
    for (imap4_set_cursor at = {0}; imap4_seq_set_next_range(set, &at, &first, &last);)
        range(to, &before, first, last);
}

static void relevancy(text *to, const imap4_search_data *said)
{
    if ((said->present & IMAP4_FOUND_RELEVANCY) == 0)
        return;
    text_puts(to, " relevancy=(");
    for (size_t i = 0; i < said->relevancy_count; i++)
        text_printf(to, i == 0 ? "%d" : " %d", said->relevancy[i]);
    text_puts(to, ")");
}

static void partial(text *to, const imap4_search_partial *said)
{
    if (said == NULL)
        return;
    text_printf(to, " partial={%" PRId64 ":%" PRId64, said->first, said->last);
    print_uids(to, "uids", said->uids);
    print_seqs(to, "numbers", said->numbers);
    text_puts(to, "}");
}

static void changes(text *to, const imap4_search_change *said)
{
    for (; said != NULL; said = said->next) {
        const char *name = imap4_search_item_name(said->item);

        text_puts(to, " ");
        text_lower(to, name != NULL ? name : "ITEM?");
        text_printf(to, "={%" PRIu64, said->position);
        print_uids(to, "uids", said->uids);
        print_seqs(to, "numbers", said->numbers);
        text_puts(to, "}");
    }
}

static uint32_t change_bits(const imap4_search_change *said)
{
    uint32_t bits = 0;

    for (; said != NULL; said = said->next)
        bits |= (uint32_t)said->item;
    return bits;
}

/* What `present` says must agree with what there is. ALL is always said by SEARCH and SORT, also of nothing. */
static void check_present(text *to, const imap4_search_data *said)
{
    const uint32_t changed = IMAP4_FOUND_ADDTO | IMAP4_FOUND_REMOVEFROM;
    const struct {
        uint32_t item;
        int there;
    } rows[] = {
        {IMAP4_FOUND_ALL, said->kind != IMAP4_SEARCH_ESEARCH || said->uids != NULL || said->numbers != NULL},
        {IMAP4_FOUND_MODSEQ, said->modseq != 0},
        {IMAP4_FOUND_PARTIAL, said->partial != NULL},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (((said->present & rows[i].item) != 0) != rows[i].there)
            text_printf(to, " present-disagrees=%#" PRIx32, rows[i].item);
    }
    if ((said->present & changed) != change_bits(said->changes))
        text_printf(to, " present-disagrees=%#" PRIx32, changed);
}

void print_search(text *to, const imap4_search_data *said)
{
    const char *kind = imap4_search_kind_name(said->kind);

    if (said->kind != IMAP4_SEARCH_SEARCH)
        text_printf(to, " %s", kind != NULL ? kind : "KIND?");
    print_field(to, "tag", said->tag);
    if (said->mailbox.data != NULL) {
        text_puts(to, " mailbox=");
        print_mailbox_name(to, said->mailbox, said->raw_mailbox);
    }
    print_number(to, "uidvalidity", said->uidvalidity);
    if (said->uid)
        text_puts(to, " uid");
    print_uids(to, "uids", said->uids);
    print_seqs(to, "numbers", said->numbers);
    if ((said->present & IMAP4_FOUND_MIN) != 0)
        text_printf(to, " min=%" PRIu32, said->min);
    if ((said->present & IMAP4_FOUND_MAX) != 0)
        text_printf(to, " max=%" PRIu32, said->max);
    if ((said->present & IMAP4_FOUND_COUNT) != 0)
        text_printf(to, " count=%" PRIu64, said->count);
    print_number(to, "modseq", said->modseq);
    relevancy(to, said);
    partial(to, said->partial);
    changes(to, said->changes);
    print_named_values(to, said->other);
    check_present(to, said);
}

void print_threads(text *to, const imap4_threads *threads)
{
    const char *before = "";
    imap4_thread_node node;

    if (threads == NULL)
        return;
    text_puts(to, " threads=(");
    for (imap4_set_cursor at = {0}; imap4_threads_next(threads, &at, &node);) {
        text_printf(to, "%s%" PRIu32 ":%" PRIu32, before, node.level, node.number);
        before = " ";
    }
    text_puts(to, ")");
}

void print_vanished(text *to, const imap4_vanished *said)
{
    if (said->earlier)
        text_puts(to, " earlier");
    print_uids(to, "uids", said->uids);
}

void print_uid_batches(text *to, const imap4_uid_batches *said)
{
    print_field(to, "tag", said->tag);
    print_uids(to, "batches", said->batches);
}
