/* FETCH: what is wanted of which messages (RFC 9051 section 6.4.5). */
#include "command/argument.h"
#include "command/command.h"

#include "base/str.h"

/* "ALL" / "FULL" / "FAST": only alone, never among other items. */
static const imap4__name macros[] = {
    {"ALL", IMAP4_FETCH_ALL},
    {"FULL", IMAP4_FETCH_FULL},
    {"FAST", IMAP4_FETCH_FAST},
    {NULL, 0},
};

/*
 * Items in the order they are written. IMAP4rev2 has no RFC822, RFC822.HEADER and RFC822.TEXT (RFC 9051 appendix E,
 * 18); a server without rev1 is asked for what they stand for (RFC 3501 section 6.4.5).
 */
static const struct {
    uint32_t item;
    const char *name;
    const char *rev2_name;
} items[] = {
    {IMAP4_FETCH_UID, "UID", "UID"},
    {IMAP4_FETCH_FLAGS, "FLAGS", "FLAGS"},
    {IMAP4_FETCH_INTERNALDATE, "INTERNALDATE", "INTERNALDATE"},
    {IMAP4_FETCH_RFC822_SIZE, "RFC822.SIZE", "RFC822.SIZE"},
    {IMAP4_FETCH_ENVELOPE, "ENVELOPE", "ENVELOPE"},
    {IMAP4_FETCH_BODY, "BODY", "BODY"},
    {IMAP4_FETCH_BODYSTRUCTURE, "BODYSTRUCTURE", "BODYSTRUCTURE"},
    {IMAP4_FETCH_RFC822, "RFC822", "BODY[]"},
    {IMAP4_FETCH_RFC822_HEADER, "RFC822.HEADER", "BODY.PEEK[HEADER]"},
    {IMAP4_FETCH_RFC822_TEXT, "RFC822.TEXT", "BODY[TEXT]"},
};

/* section-msgtext and "MIME", by imap4_section_text */
static const char *const section_texts[] = {
    "", "HEADER", "HEADER.FIELDS", "HEADER.FIELDS.NOT", "TEXT", "MIME",
};

/* header-list = "(" header-fld-name *(SP header-fld-name) ")" */
static void emit_fields(imap4__emit *emit, const imap4__section_spec *section)
{
    for (size_t i = 0; i < section->field_count; i++) {
        imap4__emit_raw(emit, i == 0 ? " (" : " ");
        imap4__emit_word(emit, section->fields[i]);
    }
    if (section->field_count > 0)
        imap4__emit_raw(emit, ")");
}

/* "BODY" [".PEEK"] "[" [section-part] ["." section-text] "]" ["<" number "." nz-number ">"] */
static void emit_section(imap4__emit *emit, const imap4__section_spec *section)
{
    imap4__emit_raw(emit, (section->mode & IMAP4_SECTION_SET_SEEN) != 0 ? "BODY[" : "BODY.PEEK[");
    imap4__emit_bytes(emit, section->part.data, section->part.len);
    if (section->part.len > 0 && section->text != IMAP4_SECTION_ALL)
        imap4__emit_raw(emit, ".");
    imap4__emit_raw(emit, section_texts[section->text]);
    emit_fields(emit, section);
    imap4__emit_raw(emit, "]");
    if (section->partial) {
        imap4__emit_raw(emit, "<");
        imap4__emit_number(emit, section->origin);
        imap4__emit_raw(emit, ".");
        imap4__emit_number(emit, section->count);
        imap4__emit_raw(emit, ">");
    }
}

/* "(" fetch-att *(SP fetch-att) ")": in parentheses also when it is one, as servers are used to. */
static void emit_list(imap4__emit *emit, const imap4__items *fetch)
{
    const char *before = " (";

    for (size_t i = 0; i < sizeof items / sizeof items[0]; i++) {
        if ((fetch->mask & items[i].item) == 0)
            continue;
        imap4__emit_raw(emit, before);
        imap4__emit_raw(emit, emit->rev2_only ? items[i].rev2_name : items[i].name);
        before = " ";
    }
    for (const imap4__section_spec *section = fetch->sections; section != NULL; section = section->next) {
        imap4__emit_raw(emit, before);
        emit_section(emit, section);
        before = " ";
    }
    imap4__emit_raw(emit, ")");
}

/* fetch = "FETCH" SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")") */
void imap4__encode_fetch(imap4__emit *emit, const imap4__args *args)
{
    const imap4__items *fetch = args->fetch;
    const char *macro;

    if (fetch == NULL || (fetch->mask == 0 && fetch->sections == NULL)) {
        imap4__emit_refuse(emit, IMAP4_ERROR_ARGUMENT);
        return;
    }
    imap4__encode_set(emit, args);
    macro = fetch->sections == NULL ? imap4__name_text(macros, fetch->mask) : NULL;
    if (macro != NULL) {
        imap4__emit_raw(emit, " ");
        imap4__emit_raw(emit, macro);
    } else {
        emit_list(emit, fetch);
    }
}
