#include "emit.h"

FUZZ_BEGIN

void fuzz_put_bytes(fuzz_out *out, const void *data, size_t len)
{
    if (len > out->capacity - out->len) {
        out->over = 1;
        return;
    }
    if (len > 0)
        memcpy(out->bytes + out->len, data, len);
    out->len += len;
}

void fuzz_put(fuzz_out *out, const char *text)
{
    fuzz_put_bytes(out, text, strlen(text));
}

void fuzz_put_text(fuzz_out *out, imap4_str text)
{
    fuzz_put_bytes(out, text.data, text.len);
}

void fuzz_put_number(fuzz_out *out, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;

    do
        digits[--at] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    fuzz_put_bytes(out, digits + at, sizeof digits - at);
}

void fuzz_put_gap(fuzz_out *out)
{
    if (out->len == 0 || (out->bytes[out->len - 1] != '(' && out->bytes[out->len - 1] != ' '))
        fuzz_put(out, " ");
}

/* QUOTED-CHAR = <any TEXT-CHAR except quoted-specials> / "\" quoted-specials */
static int can_be_quoted(imap4_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = (uint8_t)text.data[i];

        if (c < ' ' || c >= 0x7f)
            return 0;
    }
    return text.len < 1000;
}

void fuzz_put_string(fuzz_out *out, imap4_str text)
{
    if (!can_be_quoted(text)) {
        fuzz_put(out, "{");
        fuzz_put_number(out, text.len);
        fuzz_put(out, "}\r\n");
        fuzz_put_text(out, text);
        return;
    }
    fuzz_put(out, "\"");
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '"' || text.data[i] == '\\')
            fuzz_put(out, "\\");
        fuzz_put_bytes(out, text.data + i, 1);
    }
    fuzz_put(out, "\"");
}

void fuzz_put_nstring(fuzz_out *out, imap4_str text)
{
    if (text.data == NULL)
        fuzz_put(out, "NIL");
    else
        fuzz_put_string(out, text);
}

static int is_plain(imap4_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];

        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '/'))
            return 0;
    }
    return text.len > 0;
}

/* Both forms, since both must be read. */
void fuzz_put_astring(fuzz_out *out, imap4_str text)
{
    if (is_plain(text) && (text.len & 1) != 0)
        fuzz_put_text(out, text);
    else
        fuzz_put_string(out, text);
}

void fuzz_put_strings(fuzz_out *out, const imap4_str *strs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        fuzz_put_gap(out);
        fuzz_put_string(out, strs[i]);
    }
}

/* Words that need not be atoms, since servers put much into what should be one. */
static void put_word(fuzz_out *out, imap4_str word)
{
    int plain = word.len > 0;

    /* A control character is a word of its own, unless it is passed over. */
    for (size_t i = 0; i < word.len; i++) {
        uint8_t c = (uint8_t)word.data[i];
        int alone = word.len == 1 && c < ' ' && c != '\t' && c != '\r' && c != '\n';

        plain &= (c > ' ' && c != 0x7f && strchr("()\"{", c) == NULL) || alone;
    }
    if (plain && !(word.len == 3 && (word.data[0] | 32) == 'n' && (word.data[1] | 32) == 'i'))
        fuzz_put_text(out, word);
    else
        fuzz_put_string(out, word);
}

void fuzz_put_words(fuzz_out *out, const imap4_str *strs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        fuzz_put_gap(out);
        put_word(out, strs[i]);
    }
}

void fuzz_put_flags(fuzz_out *out, const imap4_flags *flags)
{
    fuzz_put(out, "(");
    for (uint32_t bit = 1; bit <= IMAP4_FLAG_WILDCARD; bit <<= 1) {
        if ((flags->system & bit) == 0)
            continue;
        fuzz_put_gap(out);
        fuzz_put(out, imap4_flag_name((int)bit));
    }
    fuzz_put_words(out, flags->keywords, flags->keyword_count);
    fuzz_put(out, ")");
}

/* A word that can be nothing else at the beginning of a response. */
int fuzz_is_name(imap4_str text)
{
    static const char other[] = "!#$&'+,-./:;<=>?@^_`|~";

    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = (uint8_t)text.data[i];
        int plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

        if (i == 0 && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z'))
            return 0;
        if (!plain && (c == '\0' || strchr(other, c) == NULL))
            return 0;
    }
    return text.len > 0;
}

static void put_one(fuzz_out *out, const imap4_value *value)
{
    fuzz_put_gap(out);
    switch ((imap4_value_kind)value->kind) {
    case IMAP4_VALUE_NIL:
        fuzz_put(out, "NIL");
        break;
    case IMAP4_VALUE_ATOM:
    case IMAP4_VALUE_NUMBER:
        /* At the end of a line, `{1}` would be something else. */
        out->never |= memchr(value->text.data, '{', value->text.len) != NULL;
        fuzz_put_text(out, value->text);
        break;
    case IMAP4_VALUE_STRING:
        fuzz_put_string(out, value->text);
        break;
    case IMAP4_VALUE_LIST:
        fuzz_put(out, "(");
        break;
    }
}

/* `alone`: without those that come behind the first. */
static void put_tree(fuzz_out *out, const imap4_value *value, int alone)
{
    const imap4_value *above[1001];
    size_t depth = 0;

    for (;;) {
        while (value == NULL && depth > 0) {
            fuzz_put(out, ")");
            value = above[--depth];
        }
        if (value == NULL)
            return;
        put_one(out, value);
        if (value->kind == IMAP4_VALUE_LIST) {
            above[depth] = depth == 0 && alone ? NULL : value->next;
            depth++;
            value = value->children;
        } else {
            value = depth == 0 && alone ? NULL : value->next;
        }
    }
}

void fuzz_put_values(fuzz_out *out, const imap4_value *value)
{
    put_tree(out, value, 0);
}

void fuzz_put_value(fuzz_out *out, const imap4_value *value)
{
    if (value == NULL)
        out->never = 1; /* a name without a value can only stand last, and there only by mistake */
    else
        put_tree(out, value, 1);
}

/* `strings`: names are strings here; elsewhere they are atoms. */
void fuzz_put_named(fuzz_out *out, const imap4_named_value *named, int strings)
{
    for (; named != NULL; named = named->next) {
        fuzz_put_gap(out);
        if (strings)
            fuzz_put_string(out, named->name);
        else
            fuzz_put_text(out, named->name);
        out->never |= !strings && !fuzz_is_name(named->name);
        fuzz_put_value(out, named->value);
    }
}

void fuzz_put_objectid(fuzz_out *out, const imap4_objectid *ids)
{
    const struct {
        const char *name;
        imap4_str value;
    } rows[] = {{"MAILBOXID", ids->mailboxid},
                {"ACCOUNTID", ids->accountid},
                {"EMAILID", ids->emailid},
                {"THREADID", ids->threadid}};

    fuzz_put(out, "(");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].value.data == NULL)
            continue;
        fuzz_put_gap(out);
        fuzz_put(out, rows[i].name);
        fuzz_put_gap(out);
        fuzz_put_astring(out, rows[i].value);
    }
    fuzz_put(out, ")");
}

void fuzz_put_params(fuzz_out *out, const imap4_param *param)
{
    for (; param != NULL; param = param->next) {
        fuzz_put_gap(out);
        fuzz_put_string(out, param->name);
        fuzz_put_gap(out);
        fuzz_put_nstring(out, param->value);
    }
}

FUZZ_END
