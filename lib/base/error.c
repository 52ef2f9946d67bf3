#include "base/error.h"

#include "base/str.h"

#include <string.h>

void imap4__error_init(imap4__error *error)
{
    memset(error, 0, sizeof *error);
    error->shown.message = imap4__str_n(error->message, 0);
}

/* Cuts at the end of the last whole UTF-8 character. */
static size_t cut(const char *text, size_t len, size_t room)
{
    if (len <= room)
        return len;
    while (room > 0 && ((uint8_t)text[room] & 0xc0) == 0x80)
        room--;
    return room;
}

/* U+0080..U+009F are control characters too, and some terminals obey them. */
static int is_c1(const char *text, size_t at, size_t len)
{
    return (uint8_t)text[at] == 0xc2 && at + 1 < len && (uint8_t)text[at + 1] < 0xa0;
}

/* Appends what is safe to print: on one line, valid UTF-8, without control characters. */
static size_t append(char *out, size_t used, size_t size, const char *text, size_t len)
{
    len = cut(text, len, size - 1 - used);
    int utf8 = imap4__utf8_valid(text, len);
    for (size_t i = 0; i < len; i++) {
        uint8_t c = (uint8_t)text[i];
        if (utf8 && is_c1(text, i, len)) {
            out[used++] = '?';
            i++;
        } else {
            out[used++] = c < 0x20 || c == 0x7f || (c >= 0x80 && !utf8) ? '?' : text[i];
        }
    }
    out[used] = '\0';
    return used;
}

int imap4__error_set(imap4__error *error, int result, const char *what, const char *detail)
{
    size_t used = append(error->message, 0, sizeof error->message, what, strlen(what));
    if (detail != NULL) {
        used = append(error->message, used, sizeof error->message, ": ", 2);
        used = append(error->message, used, sizeof error->message, detail, strlen(detail));
    }
    error->shown.result = result;
    error->shown.message = imap4__str_n(error->message, used);
    return result;
}

void imap4__error_set_text(imap4__error *error, imap4_str text)
{
    if (text.data == NULL) {
        error->shown.text = text;
        return;
    }
    size_t used = append(error->text, 0, sizeof error->text, text.data, text.len);
    error->shown.text = imap4__str_n(error->text, used);
}
