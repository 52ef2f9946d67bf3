/* What searching found, written down. */
#include "emit.h"

#include "base/str.h"

FUZZ_BEGIN

static void put_seq(fuzz_out *out, uint32_t number)
{
    if (number == IMAP4_SET_STAR)
        fuzz_put(out, "*");
    else
        fuzz_put_number(out, number);
}

/* sequence-set, or with `separator` " " the single numbers of SEARCH. */
static void put_range(fuzz_out *out, uint32_t first, uint32_t last, int list)
{
    if (!list) {
        put_seq(out, first);
        if (first != last) {
            fuzz_put(out, ":");
            put_seq(out, last);
        }
        return;
    }
    for (uint64_t number = first; number <= last && !out->over; number++) {
        fuzz_put_gap(out);
        fuzz_put_number(out, number);
    }
}

void fuzz_put_uids(fuzz_out *out, const imap4_uid_set *set, int list)
{
    imap4_set_cursor cursor = {0};
    uint32_t first;
    uint32_t last;

    fuzz_put_gap(out);
    if (set == NULL || imap4_uid_set_ranges(set) == 0)
        out->never = 1;
    for (int some = 0; !out->over && imap4_uid_set_next_range(set, &cursor, &first, &last); some = 1) {
        fuzz_put(out, some && !list ? "," : "");
        put_range(out, first, last, list);
    }
}

void fuzz_put_tag(fuzz_out *out, imap4_str tag)
{
    if (tag.data == NULL)
        return;
    fuzz_put_gap(out);
    fuzz_put(out, "TAG ");
    fuzz_put_string(out, tag);
}

/* esearch-response = "ESEARCH" [search-correlator] [SP "UID"] *(SP search-return-data) */
static void put_correlator(fuzz_out *out, const imap4_search_data *search)
{
    if (search->tag.data == NULL && search->raw_mailbox.data == NULL && search->uidvalidity == 0)
        return;
    fuzz_put(out, " (");
    fuzz_put_tag(out, search->tag);
    if (search->raw_mailbox.data != NULL) {
        fuzz_put_gap(out);
        fuzz_put(out, "MAILBOX ");
        fuzz_put_string(out, search->raw_mailbox);
    }
    if (search->uidvalidity != 0) {
        fuzz_put_gap(out);
        fuzz_put(out, "UIDVALIDITY ");
        fuzz_put_number(out, search->uidvalidity);
    }
    fuzz_put(out, ")");
}

static void put_signed(fuzz_out *out, int64_t number)
{
    if (number < 0)
        fuzz_put(out, "-");
    fuzz_put_number(out, number < 0 ? 0 - (uint64_t)number : (uint64_t)number);
}

static void put_either(fuzz_out *out, const imap4_uid_set *uids, const imap4_seq_set *numbers)
{
    imap4_set_cursor cursor = {0};
    uint32_t first;
    uint32_t last;

    if (uids != NULL) {
        fuzz_put_uids(out, uids, 0);
        return;
    }
    fuzz_put_gap(out);
    if (imap4_seq_set_ranges(numbers) == 0)
        out->never = 1;
    for (int some = 0; imap4_seq_set_next_range(numbers, &cursor, &first, &last); some = 1) {
        fuzz_put(out, some ? "," : "");
        put_range(out, first, last, 0);
    }
}

static void put_partial(fuzz_out *out, const imap4_search_partial *partial)
{
    fuzz_put(out, " PARTIAL (");
    put_signed(out, partial->first);
    fuzz_put(out, ":");
    put_signed(out, partial->last);
    if (partial->uids == NULL && partial->numbers == NULL)
        fuzz_put(out, " NIL");
    else
        put_either(out, partial->uids, partial->numbers);
    fuzz_put(out, ")");
}

/* What stands in the wrong place is kept as if it were unknown. */
static int is_misplaced(imap4_str name)
{
    int found = imap4__str_eq_nocase(name, "UID");

    for (int bit = 1; bit <= IMAP4_FOUND_REMOVEFROM; bit <<= 1)
        found |= imap4__str_eq_nocase(name, imap4_search_item_name(bit));
    return found;
}

/* tagged-ext-val = tagged-ext-simple / "(" [tagged-ext-comp] ")"; a long list of numbers comes back in its shortest form */
static int is_simple(const imap4_value *value)
{
    return value != NULL && (value->kind == IMAP4_VALUE_NUMBER || value->kind == IMAP4_VALUE_LIST);
}

static void put_esearch(fuzz_out *out, const imap4_search_data *search)
{
    const struct {
        uint32_t bit;
        const char *name;
        uint64_t value;
    } rows[] = {{IMAP4_FOUND_MIN, " MIN ", search->min},
                {IMAP4_FOUND_MAX, " MAX ", search->max},
                {IMAP4_FOUND_COUNT, " COUNT ", search->count},
                {IMAP4_FOUND_MODSEQ, " MODSEQ ", search->modseq}};

    fuzz_put(out, "ESEARCH");
    put_correlator(out, search);
    fuzz_put(out, search->uid ? " UID" : "");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if ((search->present & rows[i].bit) == 0)
            continue;
        fuzz_put(out, rows[i].name);
        fuzz_put_number(out, rows[i].value);
    }
    if (search->present & IMAP4_FOUND_ALL) {
        fuzz_put(out, " ALL");
        put_either(out, search->uids, search->numbers);
    }
    if (search->present & IMAP4_FOUND_RELEVANCY) {
        fuzz_put(out, " RELEVANCY (");
        for (size_t i = 0; i < search->relevancy_count; i++) {
            fuzz_put_gap(out);
            fuzz_put_number(out, search->relevancy[i]);
        }
        fuzz_put(out, ")");
    }
    if (search->partial != NULL)
        put_partial(out, search->partial);
    for (const imap4_search_change *change = search->changes; change != NULL; change = change->next) {
        fuzz_put(out, change->item == IMAP4_FOUND_ADDTO ? " ADDTO (" : " REMOVEFROM (");
        fuzz_put_number(out, change->position);
        put_either(out, change->uids, change->numbers);
        fuzz_put(out, ")");
    }
    for (const imap4_named_value *one = search->other; one != NULL; one = one->next)
        out->never |= is_misplaced(one->name) || !is_simple(one->value);
    fuzz_put_named(out, search->other, 0);
}

void fuzz_put_search(fuzz_out *out, const imap4_search_data *search)
{
    if (search->kind == IMAP4_SEARCH_ESEARCH) {
        put_esearch(out, search);
        return;
    }
    fuzz_put(out, imap4_search_kind_name(search->kind));
    if (search->uids != NULL)
        fuzz_put_uids(out, search->uids, 1);
    if (search->present & IMAP4_FOUND_MODSEQ) {
        fuzz_put(out, " (MODSEQ ");
        fuzz_put_number(out, search->modseq);
        fuzz_put(out, ")");
    }
}

/*
 * thread-list = "(" (thread-members / thread-nested) ")", each message in parentheses of its own: (3 (6 (4 (23))(44))).
 * A parent that is missing is just the parentheses.
 */
void fuzz_put_threads(fuzz_out *out, const imap4_threads *threads)
{
    imap4_set_cursor cursor = {0};
    imap4_thread_node node;
    uint32_t open = 0;

    fuzz_put(out, "THREAD ");
    while (!out->over && imap4_threads_next(threads, &cursor, &node)) {
        for (; open > node.level; open--)
            fuzz_put(out, ")");
        open++;
        fuzz_put(out, "(");
        if (node.number != 0)
            fuzz_put_number(out, node.number);
    }
    for (; open > 0; open--)
        fuzz_put(out, ")");
}

FUZZ_END
