#include "filter/peer.h"

#include <string.h>

#include "base/str.h"

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Letters, digits, hyphen (RFC 1123 section 2.1), and the underscore that private networks use. No `*`: a reference
 * name with a wildcard would equal a wildcard certificate to the letter. */
static int is_label_char(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

/* dec-octet, four of them (RFC 3986 section 3.2.2). No leading zeros: some systems read them as octal. */
static int read_ip4(const char *text, size_t len, uint8_t *out)
{
    size_t at = 0;

    for (int part = 0; part < 4; part++) {
        unsigned value = 0;
        size_t digits = 0;
        if (part > 0 && (at >= len || text[at++] != '.'))
            return 0;
        while (at < len && is_digit(text[at]) && digits < 3) {
            value = value * 10 + (unsigned)(text[at++] - '0');
            digits++;
        }
        if (digits == 0 || value > 255 || (digits > 1 && text[at - digits] == '0'))
            return 0;
        out[part] = (uint8_t)value;
    }
    return at == len;
}

static int hex_value(char c)
{
    if (is_digit(c))
        return c - '0';
    c = (char)imap4__lower((uint8_t)c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* IPv6address (RFC 3986 section 3.2.2): groups of hex digits, once "::" for zeros, maybe IPv4 at the end. */
static int read_ip6(const char *text, size_t len, uint8_t out[16])
{
    size_t at = 0;
    size_t filled = 0;
    size_t gap = 17; /* where "::" stood */

    if (len >= 2 && text[0] == ':' && text[1] == ':') {
        gap = 0;
        at = 2;
    }
    while (at < len) {
        unsigned value = 0;
        size_t start = at;
        if (filled + 2 > 16)
            return 0;
        while (at < len && at - start < 4 && hex_value(text[at]) >= 0)
            value = value * 16 + (unsigned)hex_value(text[at++]);
        if (at < len && text[at] == '.') {
            if (filled + 4 > 16 || !read_ip4(text + start, len - start, out + filled))
                return 0;
            filled += 4;
            at = len;
            break;
        }
        if (at == start)
            return 0;
        out[filled++] = (uint8_t)(value >> 8);
        out[filled++] = (uint8_t)(value & 0xff);
        if (at == len)
            break;
        if (text[at++] != ':' || at == len)
            return 0;
        if (text[at] == ':') {
            if (gap <= 16)
                return 0;
            gap = filled;
            at++;
        }
    }
    if (gap > 16)
        return filled == 16;
    if (filled > 14)
        return 0;
    memmove(out + 16 - (filled - gap), out + gap, filled - gap);
    memset(out + gap, 0, 16 - filled);
    return 1;
}

int imap4__peer_init(imap4__peer *peer, const char *host)
{
    size_t len = host == NULL ? 0 : strlen(host);
    size_t label = 0;

    memset(peer, 0, sizeof *peer);
    if (len > 1 && host[len - 1] == '.')
        len--;
    if (len == 0 || len > IMAP4__PEER_MAX)
        return IMAP4_ERROR_ARGUMENT;
    memcpy(peer->host, host, len);
    peer->host_len = len;
    if (read_ip4(host, len, peer->ip)) {
        peer->ip_len = 4;
        return IMAP4_OK;
    }
    if (read_ip6(host, len, peer->ip)) {
        peer->ip_len = 16;
        return IMAP4_OK;
    }
    for (size_t i = 0; i <= len; i++) {
        if (i < len && host[i] != '.') {
            if (!is_label_char(host[i]) || ++label > 63)
                return IMAP4_ERROR_ARGUMENT;
            continue;
        }
        if (label == 0)
            return IMAP4_ERROR_ARGUMENT;
        label = 0;
    }
    return IMAP4_OK;
}

/* RFC 9525 section 6.3: a wildcard is the whole left-most label and stands for exactly one label. */
static int name_matches(const imap4__peer *peer, const uint8_t *name, size_t len)
{
    const char *host = peer->host;
    size_t host_len = peer->host_len;

    if (len > 2 && name[0] == '*' && name[1] == '.') {
        const char *dot = memchr(host, '.', host_len);
        if (dot == NULL)
            return 0;
        host_len -= (size_t)(dot - host);
        host = dot;
        name++;
        len--;
    }
    return len == host_len && imap4__nocase_n(name, host, len);
}

/* DER: identifier octet, definite length, contents. Moves `*at` behind it. */
static int read_der(const uint8_t **at, const uint8_t *end, uint8_t *tag_out, const uint8_t **contents_out,
                    size_t *len_out)
{
    const uint8_t *p = *at;
    size_t len;

    if (end - p < 2)
        return 0;
    *tag_out = *p++;
    len = *p++;
    if (len >= 0x80) {
        size_t octets = len & 0x7f;
        if (octets == 0 || octets > 3 || (size_t)(end - p) < octets)
            return 0;
        for (len = 0; octets > 0; octets--)
            len = len << 8 | *p++;
    }
    if ((size_t)(end - p) < len)
        return 0;
    *contents_out = p;
    *len_out = len;
    *at = p + len;
    return 1;
}

enum {
    DER_BOOLEAN = 0x01,
    DER_OCTET_STRING = 0x04,
    DER_OID = 0x06,
    DER_SEQUENCE = 0x30,
    /* GeneralName ::= CHOICE { ... dNSName [2] IA5String, ... iPAddress [7] OCTET STRING, ... } (RFC 5280 4.2.1.6) */
    NAME_DNS = 0x82,
    NAME_IP = 0x87
};

static int names_match(const imap4__peer *peer, const uint8_t *at, const uint8_t *end)
{
    const uint8_t *name;
    size_t len;
    uint8_t tag;

    if (!read_der(&at, end, &tag, &name, &len) || tag != DER_SEQUENCE)
        return 0;
    end = name + len;
    at = name;
    while (read_der(&at, end, &tag, &name, &len)) {
        if (peer->ip_len > 0) {
            if (tag == NAME_IP && len == peer->ip_len && memcmp(name, peer->ip, len) == 0)
                return 1;
        } else if (tag == NAME_DNS && name_matches(peer, name, len)) {
            return 1;
        }
    }
    return 0;
}

int imap4__peer_matches(const imap4__peer *peer, const uint8_t *extensions, size_t len)
{
    static const uint8_t subject_alt_name[] = {0x55, 0x1d, 0x11}; /* 2.5.29.17 */
    const uint8_t *at = extensions;
    const uint8_t *end;
    const uint8_t *item;
    size_t item_len;
    uint8_t tag;

    if (extensions == NULL || !read_der(&at, extensions + len, &tag, &item, &item_len) || tag != DER_SEQUENCE)
        return 0;
    at = item;
    end = item + item_len;
    /* Extension ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING } */
    while (read_der(&at, end, &tag, &item, &item_len)) {
        const uint8_t *field = item;
        const uint8_t *field_end = item + item_len;
        if (tag != DER_SEQUENCE || !read_der(&field, field_end, &tag, &item, &item_len) || tag != DER_OID)
            return 0;
        if (item_len != sizeof subject_alt_name || memcmp(item, subject_alt_name, item_len) != 0)
            continue;
        if (!read_der(&field, field_end, &tag, &item, &item_len))
            return 0;
        if (tag == DER_BOOLEAN && !read_der(&field, field_end, &tag, &item, &item_len))
            return 0;
        return tag == DER_OCTET_STRING && names_match(peer, item, item + item_len);
    }
    return 0;
}
