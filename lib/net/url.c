#include "net/url.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"

static const struct {
    const char *prefix;
    int implicit_tls;
    const char *port;
} schemes[] = {
    {"imaps://", 1, "993"}, /* RFC 8314 section 3.2 */
    {"imap://", 0, "143"},
};

static int is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)imap4__lower((uint8_t)c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/*
 *   enc-user = 1*achar
 *   achar    = uchar / "&" / "="
 *   uchar    = unreserved / sub-delims-sh / pct-encoded           (RFC 5092 section 11)
 * A colon, and so a password, is not among them; "@" has to be written %40.
 */
static int read_user(const char *text, size_t len, const imap4_allocator *mem, char **out)
{
    char *user;
    size_t made = 0;

    if (len == 0)
        return IMAP4_ERROR_ARGUMENT;
    user = imap4__alloc(mem, len + 1);
    if (user == NULL)
        return IMAP4_ERROR_MEMORY;
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (c == '%' && len - i > 2 && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
            c = (char)(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            i += 2;
            if ((unsigned char)c < 0x20 || c == 0x7f)
                break;
        } else if (!is_alnum(c) && !is_one_of(c, "-._~!$'()*+,&=")) {
            break;
        }
        user[made++] = c;
        if (i + 1 == len && imap4__utf8_valid(user, made)) {
            user[made] = '\0';
            *out = user;
            return IMAP4_OK;
        }
    }
    imap4__free(mem, user);
    return IMAP4_ERROR_ARGUMENT;
}

/* 1 to 65535, without sign or white space. `fallback` where there is none: "host:" is allowed (RFC 3986). */
static int read_port(const char *text, size_t len, const char *fallback, char port[6])
{
    unsigned value = 0;
    size_t made = 0;

    if (len == 0) {
        memcpy(port, fallback, strlen(fallback) + 1);
        return 1;
    }
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9')
            return 0;
        value = value * 10 + (unsigned)(text[i] - '0');
        if (value > 65535)
            return 0;
        if (value > 0)
            port[made++] = text[i];
    }
    port[made] = '\0';
    return value > 0;
}

/* Splits [host]:port or host:port. Whether the host makes sense is the business of TLS and of the resolver. */
static int read_host(const char *text, size_t len, const char *fallback, const imap4_allocator *mem, imap4__url *url)
{
    const char *host = text;
    const char *extra = "-._";
    const char *end;
    size_t host_len;

    if (len > 0 && text[0] == '[') {
        end = memchr(text, ']', len);
        if (end == NULL)
            return IMAP4_ERROR_ARGUMENT;
        host = text + 1;
        extra = ":.";
        host_len = (size_t)(end++ - host);
        if (memchr(host, ':', host_len) == NULL)
            return IMAP4_ERROR_ARGUMENT;
    } else {
        end = memchr(text, ':', len);
        if (end == NULL)
            end = text + len;
        host_len = (size_t)(end - host);
    }
    if (host_len == 0 || host_len > 254)
        return IMAP4_ERROR_ARGUMENT;
    for (size_t i = 0; i < host_len; i++) {
        if (!is_alnum(host[i]) && !is_one_of(host[i], extra))
            return IMAP4_ERROR_ARGUMENT;
    }
    len -= (size_t)(end - text);
    if (len > 0 && *end++ != ':')
        return IMAP4_ERROR_ARGUMENT;
    if (!read_port(end, len > 0 ? len - 1 : 0, fallback, url->port))
        return IMAP4_ERROR_ARGUMENT;
    url->host = imap4__copy(mem, host, host_len);
    return url->host == NULL ? IMAP4_ERROR_MEMORY : IMAP4_OK;
}

int imap4__url_read(imap4__url *url, const imap4_allocator *mem, const char *text)
{
    imap4__url made = {0, NULL, "", NULL};
    const char *fallback = NULL;
    const char *at;
    size_t len;
    int result = IMAP4_OK;

    for (size_t i = 0; text != NULL && fallback == NULL && i < sizeof schemes / sizeof schemes[0]; i++) {
        size_t prefix_len = strlen(schemes[i].prefix);
        if (strlen(text) < prefix_len || !imap4__nocase_n(text, schemes[i].prefix, prefix_len))
            continue;
        text += prefix_len;
        made.implicit_tls = schemes[i].implicit_tls;
        fallback = schemes[i].port;
    }
    if (fallback == NULL)
        return IMAP4_ERROR_ARGUMENT;
    len = strlen(text);
    if (len > 0 && text[len - 1] == '/')
        len--;
    at = memchr(text, '@', len);
    if (at != NULL) {
        result = read_user(text, (size_t)(at - text), mem, &made.user);
        len -= (size_t)(at + 1 - text);
        text = at + 1;
    }
    if (result == IMAP4_OK)
        result = read_host(text, len, fallback, mem, &made);
    if (result < 0) {
        imap4__url_clear(&made, mem);
        return result;
    }
    *url = made;
    return IMAP4_OK;
}

void imap4__url_clear(imap4__url *url, const imap4_allocator *mem)
{
    imap4__free(mem, url->host);
    imap4__free(mem, url->user);
    url->host = NULL;
    url->user = NULL;
}
