/* SEARCH: which messages have what (RFC 9051 section 6.4.4). */
#include "command/argument.h"
#include "command/command.h"

#include "base/str.h"

static int is_ascii(imap4_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.data[i] >= 0x80)
            return 0;
    }
    return 1;
}

static int all_ascii(const imap4__keys *keys)
{
    for (size_t i = 0; i < keys->count; i++) {
        if (!is_ascii(keys->keys[i].text))
            return 0;
    }
    return 1;
}

static int is_utf8_name(imap4_str charset)
{
    return charset.data == NULL || imap4__str_eq_nocase(charset, "UTF-8");
}

/*
 * ["CHARSET" SP charset SP]
 *
 * Text is UTF-8 unless named otherwise, and then naming it is needless in IMAP4rev2 (RFC 9051 section 6.4.4) and
 * forbidden with UTF8=ACCEPT (RFC 6855 section 3). Before that, US-ASCII is what every server takes.
 */
static void emit_charset(imap4__emit *emit, const imap4__keys *keys)
{
    if (is_utf8_name(keys->charset) && (emit->utf8 || (keys->charset.data == NULL && all_ascii(keys))))
        return;
    imap4__emit_raw(emit, " CHARSET ");
    imap4__emit_word(emit, keys->charset.data == NULL ? imap4__str("UTF-8") : keys->charset);
}

/*
 * Text in another charset may look like UTF-8 by chance and must not stand between quotes, which would make it UTF-8
 * (RFC 9051 section 4.3).
 */
static void emit_text(imap4__emit *emit, const imap4__keys *keys, imap4_str text)
{
    imap4__emit_raw(emit, " ");
    if (is_utf8_name(keys->charset) || is_ascii(text))
        imap4__emit_string(emit, text);
    else
        imap4__emit_literal(emit, text.data, text.len);
}

static void emit_key_alone(imap4__emit *emit, const imap4__keys *keys, const imap4__key *key)
{
    (void)emit;
    (void)keys;
    (void)key;
}

/* ("BCC" / "BODY" / "CC" / "FROM" / "SUBJECT" / "TEXT" / "TO") SP astring */
static void emit_key_text(imap4__emit *emit, const imap4__keys *keys, const imap4__key *key)
{
    emit_text(emit, keys, key->text);
}

/* "HEADER" SP header-fld-name SP astring */
static void emit_key_header(imap4__emit *emit, const imap4__keys *keys, const imap4__key *key)
{
    imap4__emit_raw(emit, " ");
    imap4__emit_word(emit, key->field);
    emit_text(emit, keys, key->text);
}

/* ("KEYWORD" / "UNKEYWORD") SP flag-keyword */
static void emit_key_keyword(imap4__emit *emit, const imap4__keys *keys, const imap4__key *key)
{
    (void)keys;
    imap4__emit_raw(emit, " ");
    imap4__emit_atom(emit, key->text);
}

/* ("BEFORE" / "ON" / "SINCE" / "SENTBEFORE" / "SENTON" / "SENTSINCE") SP date */
static void emit_key_date(imap4__emit *emit, const imap4__keys *keys, const imap4__key *key)
{
    (void)keys;
    imap4__emit_raw(emit, " ");
    imap4__emit_date(emit, key->year, key->month, key->day);
}

/* ("LARGER" / "SMALLER") SP number64 */
static void emit_key_size(imap4__emit *emit, const imap4__keys *keys, const imap4__key *key)
{
    (void)keys;
    imap4__emit_raw(emit, " ");
    imap4__emit_number(emit, key->size);
}

/* ["UID" SP] sequence-set; what stands before the set is in the name */
static void emit_key_set(imap4__emit *emit, const imap4__keys *keys, const imap4__key *key)
{
    (void)keys;
    imap4__emit_set(emit, key->set);
}

static void (*const forms[])(imap4__emit *emit, const imap4__keys *keys, const imap4__key *key) = {
    [IMAP4__FORM_ALONE] = emit_key_alone,   [IMAP4__FORM_TEXT] = emit_key_text,
    [IMAP4__FORM_HEADER] = emit_key_header, [IMAP4__FORM_KEYWORD] = emit_key_keyword,
    [IMAP4__FORM_DATE] = emit_key_date,     [IMAP4__FORM_SIZE] = emit_key_size,
    [IMAP4__FORM_SET] = emit_key_set,
};

static void emit_key(imap4__emit *emit, const imap4__keys *keys, const imap4__key *key)
{
    const imap4__key_row *row = imap4__key_row_find(key->key);

    if (row == NULL) {
        imap4__emit_refuse(emit, IMAP4_ERROR_ARGUMENT);
        return;
    }
    imap4__emit_raw(emit, row->name);
    forms[row->form](emit, keys, key);
}

/* search-program = ["CHARSET" SP charset SP] search-key *(SP search-key)     search-key = ... / "(" ... ")" */
void imap4__encode_search(imap4__emit *emit, const imap4__args *args)
{
    const imap4__keys *keys = args->keys;
    int before = 0;

    if (keys == NULL || keys->count == 0) {
        imap4__emit_raw(emit, " ALL");
        return;
    }
    emit_charset(emit, keys);
    for (size_t i = 0; i < keys->count; i++) {
        if (before != IMAP4__KEY_OPEN && keys->keys[i].key != IMAP4__KEY_CLOSE)
            imap4__emit_raw(emit, " ");
        emit_key(emit, keys, &keys->keys[i]);
        before = keys->keys[i].key;
    }
}
