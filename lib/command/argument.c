/*
 * Tests of a program's text against the grammar. Nothing is repaired: what does not fit is refused, because a server
 * would read something else than the program meant.
 */
#include "command/argument.h"

#include "base/str.h"

#include <string.h>

/* No registered charset has a name of more than 40 characters (RFC 2978 section 2.3). */
#define CHARSET_MAX 40

/*
 * ATOM-CHAR       = <any CHAR except atom-specials>
 * atom-specials   = "(" / ")" / "{" / SP / CTL / list-wildcards / quoted-specials / resp-specials
 * list-wildcards  = "%" / "*"
 * quoted-specials = DQUOTE / "\"
 * resp-specials   = "]"
 */
static int atom_char(char c)
{
    const unsigned char byte = (unsigned char)c;

    return byte > 0x20 && byte < 0x7f && memchr("(){%*\"\\]", c, 8) == NULL;
}

int imap4__valid_atom(imap4_str text)
{
    if (text.data == NULL || text.len == 0)
        return 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!atom_char(text.data[i]))
            return 0;
    }
    /* The grammar allows the atom NIL; readers take it for the absence of a value. */
    return !imap4__str_eq_nocase(text, "NIL");
}

/* field-name = 1*ftext     ftext = %d33-57 / %d59-126     (RFC 5322 section 3.6.8) */
int imap4__valid_field(imap4_str text)
{
    if (text.data == NULL || text.len == 0)
        return 0;
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char byte = (unsigned char)text.data[i];

        if (byte <= 0x20 || byte >= 0x7f || byte == ':')
            return 0;
    }
    return 1;
}

/* charset = atom / quoted */
int imap4__valid_charset(imap4_str text)
{
    if (text.data == NULL || text.len == 0 || text.len > CHARSET_MAX)
        return 0;
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char byte = (unsigned char)text.data[i];

        if (byte < 0x20 || byte >= 0x7f)
            return 0;
    }
    return 1;
}

/*
 * section-part = nz-number *("." nz-number)
 * nz-number    = digit-nz *DIGIT     ; 0 < n < 4,294,967,296
 */
int imap4__valid_part(imap4_str text)
{
    uint64_t number = 0; /* 0: a number must begin here */

    if (text.len == 0)
        return 1;
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.data[i];

        if (c == '.' && number > 0) {
            number = 0;
        } else if (c >= '0' && c <= '9') {
            number = number * 10 + (uint64_t)(c - '0');
            if (number == 0 || number > UINT32_MAX)
                return 0;
        } else {
            return 0;
        }
    }
    return number > 0;
}

void imap4__emit_refuse(imap4__emit *emit, int result)
{
    if (emit->result == IMAP4_OK)
        emit->result = result;
}

void imap4__emit_word(imap4__emit *emit, imap4_str text)
{
    if (imap4__valid_atom(text))
        imap4__emit_bytes(emit, text.data, text.len);
    else
        imap4__emit_string(emit, text);
}
