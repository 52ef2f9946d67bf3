#include "base/base64.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

size_t imap4__base64_encoded_size(size_t len)
{
    size_t groups = len / 3 + (len % 3 != 0);
    return groups <= SIZE_MAX / 4 ? groups * 4 : SIZE_MAX;
}

void imap4__base64_encode(const void *data, size_t len, char *out)
{
    const uint8_t *in = data;
    while (len > 0) {
        uint32_t second = len > 1 ? in[1] : 0u;
        uint32_t third = len > 2 ? in[2] : 0u;
        uint32_t bits = (uint32_t)in[0] << 16 | second << 8 | third;
        out[0] = alphabet[bits >> 18];
        out[1] = alphabet[bits >> 12 & 63];
        out[2] = '=';
        out[3] = '=';
        if (len > 1)
            out[2] = alphabet[bits >> 6 & 63];
        if (len > 2)
            out[3] = alphabet[bits & 63];
        size_t taken = len < 3 ? len : 3;
        in += taken;
        len -= taken;
        out += 4;
    }
}

/* The six bits of a character, or 64. */
static uint32_t sextet(char c)
{
    uint32_t value = 64;
    if (c >= 'A' && c <= 'Z')
        value = (uint32_t)(c - 'A');
    else if (c >= 'a' && c <= 'z')
        value = (uint32_t)(c - 'a') + 26;
    else if (c >= '0' && c <= '9')
        value = (uint32_t)(c - '0') + 52;
    else if (c == '+')
        value = 62;
    else if (c == '/')
        value = 63;
    return value;
}

int imap4__base64_decode(const char *text, size_t len, uint8_t *out, size_t *len_out)
{
    size_t done = 0;
    if (len % 4 != 0)
        return IMAP4_ERROR_PROTOCOL;
    for (size_t at = 0; at < len; at += 4) {
        size_t padding = 0;
        if (at + 4 == len && text[at + 3] == '=')
            padding = text[at + 2] == '=' ? 2 : 1;
        uint32_t bits = 0;
        for (size_t i = 0; i < 4; i++) {
            uint32_t value = i < 4 - padding ? sextet(text[at + i]) : 0;
            if (value > 63)
                return IMAP4_ERROR_PROTOCOL;
            bits = bits << 6 | value;
        }
        for (size_t i = 0; i < 3 - padding; i++)
            out[done++] = (uint8_t)(bits >> (16 - 8 * i) & 0xff);
    }
    *len_out = done;
    return IMAP4_OK;
}
