#include "conn/owner.h"

#include "base/str.h"
#include "conn/conn.h"

#include <string.h>

/* Whether the set that a request was made for holds the message; a lone `*` is the last message. */
static int set_holds(const imap4_conn *conn, const imap4__request *request, uint32_t seq, uint32_t uid,
                     int uid_may_come)
{
    const imap4__set *set = request->args.set;
    int star;

    if (!imap4__set_ranges(set))
        return 0;
    star = imap4__set_has_star(set);
    if (request->row->rules & IMAP4__NUMBERS)
        return imap4__set_contains(set, seq) || (star && seq >= conn->view.shown.exists);
    if (!uid)
        return uid_may_come; /* an answer to a UID command always has the UID (RFC 9051 section 6.4.9) */
    return imap4__set_contains(set, uid) || star;
}

static int part_matches(imap4_str asked, imap4_str got)
{
    return asked.len == got.len && (!asked.len || !memcmp(asked.data, got.data, asked.len));
}

/* Field names come back in any order, case and quoting; the set of names is what was asked for. */
static int fields_match(const imap4__section_spec *spec, const imap4_section *section)
{
    if (spec->field_count != section->field_count)
        return 0;
    for (size_t i = 0; i < spec->field_count; i++) {
        size_t j = 0;
        while (j < section->field_count && !(spec->fields[i].len == section->fields[j].len &&
                                             imap4__nocase_n(spec->fields[i].data, section->fields[j].data,
                                                             spec->fields[i].len)))
            j++;
        if (j == section->field_count)
            return 0;
    }
    return 1;
}

static const imap4__section_spec *spec_for(const imap4__items *items, const imap4_section *section)
{
    const imap4__section_spec *spec = items->sections;

    for (; spec; spec = spec->next) {
        if (spec->text == section->text && part_matches(spec->part, section->part) && !section->binary &&
            fields_match(spec, section) && (!spec->partial || !section->partial || spec->origin == section->origin))
            return spec;
    }
    return NULL;
}

imap4__request *imap4__owner_section(const imap4_conn *conn, uint32_t seq, uint32_t uid, const imap4_section *section,
                                     const imap4__section_spec **spec_out)
{
    for (imap4__request *request = conn->flying.first; request; request = request->next) {
        if (request->args.fetch && set_holds(conn, request, seq, uid, 1)) {
            *spec_out = spec_for(request->args.fetch, section);
            if (*spec_out)
                return request;
        }
    }
    return NULL;
}

/* RFC822, RFC822.HEADER and RFC822.TEXT come as the sections that they mean. */
static uint32_t old_name(const imap4_section *section)
{
    if (section->part.len || section->binary)
        return 0;
    switch (section->text) {
    case IMAP4_SECTION_ALL:
        return IMAP4_FETCH_RFC822;
    case IMAP4_SECTION_HEADER:
        return IMAP4_FETCH_RFC822_HEADER;
    case IMAP4_SECTION_TEXT:
        return IMAP4_FETCH_RFC822_TEXT;
    default:
        return 0;
    }
}

int imap4__owner_collects(const imap4_conn *conn, uint32_t seq, uint32_t uid, const imap4_section *section)
{
    for (const imap4__request *request = conn->flying.first; request; request = request->next) {
        if (request->command == IMAP4__RAW)
            return 1;
        if (request->args.fetch && (request->args.fetch->mask & old_name(section)) &&
            set_holds(conn, request, seq, uid, 1))
            return 1;
    }
    return 0;
}

int imap4__owner_section_shared(const imap4_conn *conn, uint32_t seq, const imap4_section *section)
{
    int count = 0;

    for (const imap4__request *request = conn->flying.first; request; request = request->next) {
        count += request->args.fetch && set_holds(conn, request, seq, 0, 1) &&
                 spec_for(request->args.fetch, section) != NULL;
    }
    return count > 1;
}

/* Whether a FETCH response has something that the request asked for. A change of flags that nobody asked for has not. */
static int asked_for(const imap4__request *request, const imap4_msg_att *message)
{
    const imap4__items *items = request->args.fetch;
    uint32_t told = message->present & ~(uint32_t)(IMAP4_FETCH_UID | IMAP4_FETCH_MODSEQ);

    if (!items) /* STORE */
        return (message->present & IMAP4_FETCH_FLAGS) != 0;
    if (items->mask & told)
        return 1;
    for (const imap4_section *section = message->sections; section; section = section->next) {
        if (spec_for(items, section))
            return 1;
        /* The rev1 names of sections. */
        if (items->mask & (IMAP4_FETCH_RFC822 | IMAP4_FETCH_RFC822_HEADER | IMAP4_FETCH_RFC822_TEXT))
            return 1;
    }
    /* Nothing but the UID: what else was asked for there is none, or it could not be read. */
    return !told && !message->sections && !message->other &&
           (!(message->present & IMAP4_FETCH_MODSEQ) || (items->mask & IMAP4_FETCH_MODSEQ) ||
            !(items->mask & ~(uint32_t)IMAP4_FETCH_UID));
}

imap4__request *imap4__owner_fetch(const imap4_conn *conn, const imap4_msg_att *message)
{
    for (imap4__request *request = conn->flying.first; request; request = request->next) {
        if ((request->row->owns & IMAP4__OWNS_FETCH) && set_holds(conn, request, message->seq, message->uid, 0) &&
            asked_for(request, message))
            return request;
    }
    return NULL;
}

static int same_mailbox(const imap4__request *request, const imap4_mailbox_status *status)
{
    imap4_str name = request->args.name;

    if (name.len && name.data[0] == '\001')
        return imap4__str_eq((imap4_str){name.data + 1, name.len - 1}, status->raw);
    if (imap4__str_eq_nocase(name, "INBOX"))
        return imap4__str_eq_nocase(status->name, "INBOX");
    return imap4__str_eq(name, status->name);
}

imap4__request *imap4__owner(const imap4_conn *conn, uint32_t kind)
{
    imap4__request *request = conn->flying.first;

    while (request && !(request->row->owns & kind))
        request = request->next;
    return request;
}

imap4__request *imap4__owner_status(const imap4_conn *conn, const imap4_mailbox_status *status)
{
    for (imap4__request *request = conn->flying.first; request; request = request->next) {
        if ((request->row->owns & IMAP4__OWNS_STATUS) && same_mailbox(request, status))
            return request;
    }
    return NULL;
}

imap4__request *imap4__owner_search(const imap4_conn *conn, const imap4_search_data *search)
{
    if (!search->tag.data)
        return imap4__owner(conn, IMAP4__OWNS_SEARCH);
    for (imap4__request *request = conn->flying.first; request; request = request->next) {
        if ((request->row->owns & IMAP4__OWNS_SEARCH) && request->tag_len == search->tag.len &&
            imap4__nocase_n(request->tag, search->tag.data, search->tag.len))
            return request;
    }
    return NULL; /* an update of a search that is long over */
}

static int sets_overlap(const imap4__request *a, const imap4__request *b)
{
    if ((a->row->rules ^ b->row->rules) & IMAP4__NUMBERS)
        return 1; /* UIDs and numbers cannot be compared */
    return imap4__set_overlaps(a->args.set, b->args.set);
}

static int uses_numbers(const imap4__request *request)
{
    return (request->row->rules & IMAP4__NUMBERS) || (request->args.keys && request->args.keys->uses_numbers);
}

int imap4__owner_ambiguous(const imap4__request *flying, const imap4__request *next)
{
    uint32_t both = flying->row->owns & next->row->owns;

    /* RFC 9051 section 5.5: no message numbers while an EXPUNGE may come. */
    if (uses_numbers(next) && (!(flying->row->rules & IMAP4__NO_EXPUNGE)))
        return 1;
    if (both & IMAP4__OWNS_STATUS)
        return imap4__str_eq(flying->args.name, next->args.name) ||
               (imap4__str_eq_nocase(flying->args.name, "INBOX") && imap4__str_eq_nocase(next->args.name, "INBOX"));
    if (both & IMAP4__OWNS_FETCH)
        return sets_overlap(flying, next);
    return both != 0;
}
