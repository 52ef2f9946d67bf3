#include "json.h"

#include <inttypes.h>
#include <string.h>

/* How many bytes the UTF-8 character here has; 0: it is none (RFC 3629). */
static size_t utf8_length(const uint8_t *at, size_t left)
{
    static const struct {
        uint8_t from;
        uint8_t to;
        uint8_t second_from;
        uint8_t second_to;
        uint8_t length;
    } rows[] = {
        {0x00, 0x7f, 0, 0, 1},       {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
        {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
        {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (at[0] < rows[i].from || at[0] > rows[i].to)
            continue;
        if (rows[i].length > left)
            return 0;
        if (rows[i].length > 1 && (at[1] < rows[i].second_from || at[1] > rows[i].second_to))
            return 0;
        for (size_t j = 2; j < rows[i].length; j++) {
            if ((at[j] & 0xc0) != 0x80)
                return 0;
        }
        return rows[i].length;
    }
    return 0;
}

static int is_utf8(const uint8_t *data, size_t len)
{
    size_t length;

    for (size_t at = 0; at < len; at += length) {
        length = utf8_length(data + at, len - at);
        if (length == 0)
            return 0;
    }
    return 1;
}

static void base64(text *to, const uint8_t *data, size_t len)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char quad[4];

    for (size_t at = 0; at < len; at += 3) {
        uint32_t bits = (uint32_t)data[at] << 16;

        bits |= at + 1 < len ? (uint32_t)data[at + 1] << 8 : 0;
        bits |= at + 2 < len ? data[at + 2] : 0;
        for (int i = 0; i < 4; i++)
            quad[i] = digits[(bits >> (18 - 6 * i)) & 63];
        quad[2] = at + 1 < len ? quad[2] : '=';
        quad[3] = at + 2 < len ? quad[3] : '=';
        text_add(to, quad, 4);
    }
}

void json_bytes(text *to, const void *data, size_t len)
{
    const uint8_t *bytes = data;
    size_t plain = 0;

    if (!is_utf8(bytes, len)) {
        text_puts(to, "{\"b64\": \"");
        base64(to, bytes, len);
        text_puts(to, "\"}");
        return;
    }
    text_puts(to, "\"");
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] >= ' ' && bytes[i] != '"' && bytes[i] != '\\' && bytes[i] != 0x7f)
            continue;
        text_add(to, bytes + plain, i - plain);
        text_printf(to, "\\u%04x", (unsigned)bytes[i]);
        plain = i + 1;
    }
    text_add(to, bytes + plain, len - plain);
    text_puts(to, "\"");
}

void json_str(text *to, imap4_str value)
{
    if (value.data == NULL)
        text_puts(to, "null");
    else
        json_bytes(to, value.data, value.len);
}

void json_name(text *to, const char *name)
{
    if (name == NULL)
        text_puts(to, "null");
    else
        json_bytes(to, name, strlen(name));
}

void json_next(text *to)
{
    char last = to->len > 0 ? to->data[to->len - 1] : '{';

    if (last != '{' && last != '[')
        text_puts(to, ", ");
}

void json_key(text *to, const char *key)
{
    json_next(to);
    json_name(to, key);
    text_puts(to, ": ");
}

void json_field(text *to, const char *key, imap4_str value)
{
    json_key(to, key);
    json_str(to, value);
}

void json_number(text *to, const char *key, uint64_t value)
{
    json_key(to, key);
    text_printf(to, "%" PRIu64, value);
}

void json_word(text *to, const char *key, const char *word)
{
    json_key(to, key);
    json_name(to, word);
}

void json_strs(text *to, const imap4_str *strs, size_t count)
{
    text_puts(to, "[");
    for (size_t i = 0; i < count; i++) {
        json_next(to);
        json_str(to, strs[i]);
    }
    text_puts(to, "]");
}

void json_params(text *to, const imap4_param *params)
{
    if (params == NULL) {
        text_puts(to, "null");
        return;
    }
    text_puts(to, "[");
    for (; params != NULL; params = params->next) {
        json_next(to);
        text_puts(to, "[");
        json_str(to, params->name);
        json_next(to);
        json_str(to, params->value);
        text_puts(to, "]");
    }
    text_puts(to, "]");
}

void json_flags(text *to, const imap4_flags *flags)
{
    text_puts(to, "[");
    for (int bit = 1; bit <= IMAP4_FLAG_WILDCARD; bit *= 2) {
        if ((flags->system & (uint32_t)bit) != 0) {
            json_next(to);
            json_name(to, imap4_flag_name(bit));
        }
    }
    for (uint32_t i = 0; i < flags->keyword_count; i++) {
        json_next(to);
        json_str(to, flags->keywords[i]);
    }
    text_puts(to, "]");
}

/* Nesting is bounded by IMAP4_OPTION_NESTING_LIMIT. */
void json_value(text *to, const imap4_value *value)
{
    switch (value->kind) {
    case IMAP4_VALUE_NIL:
        text_puts(to, "null");
        break;
    case IMAP4_VALUE_NUMBER:
        text_printf(to, "%" PRIu64, value->number);
        break;
    case IMAP4_VALUE_LIST:
        text_puts(to, "[");
        for (const imap4_value *child = value->children; child != NULL; child = child->next) {
            json_next(to);
            json_value(to, child);
        }
        text_puts(to, "]");
        break;
    default:
        json_str(to, value->text);
    }
}

void json_named(text *to, const imap4_named_value *named)
{
    text_puts(to, "{");
    for (; named != NULL; named = named->next) {
        json_next(to);
        if (is_utf8((const uint8_t *)named->name.data, named->name.len))
            json_str(to, named->name);
        else
            text_puts(to, "\"(not UTF-8)\"");
        text_puts(to, ": ");
        if (named->value != NULL)
            json_value(to, named->value);
        else
            text_puts(to, "null");
    }
    text_puts(to, "}");
}

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

void json_uids(text *to, const imap4_uid_set *set)
{
    const char *before = "";
    uint32_t first;
    uint32_t last;

    if (set == NULL) {
        text_puts(to, "null");
        return;
    }
    text_puts(to, "{\"set\": \"");
    for (imap4_set_cursor at = {0}; imap4_uid_set_next_range(set, &at, &first, &last);)
        range(to, &before, first, last);
    text_puts(to, "\"}");
}

void json_seqs(text *to, const imap4_seq_set *set)
{
    const char *before = "";
    uint32_t first;
    uint32_t last;

    if (set == NULL) {
        text_puts(to, "null");
        return;
    }
    text_puts(to, "{\"set\": \"");
    for (imap4_set_cursor at = {0}; imap4_seq_set_next_range(set, &at, &first, &last);)
        range(to, &before, first, last);
    text_puts(to, "\"}");
}

void json_objectid(text *to, const imap4_objectid *ids)
{
    text_puts(to, "{");
    json_field(to, "MAILBOXID", ids->mailboxid);
    json_field(to, "ACCOUNTID", ids->accountid);
    json_field(to, "EMAILID", ids->emailid);
    json_field(to, "THREADID", ids->threadid);
    text_puts(to, "}");
}
