#include "grammar/text.h"

#include "base/str.h"
#include "grammar/capability.h"
#include "grammar/flag.h"
#include "grammar/slot.h"
#include "wire/set.h"

static const imap4__name statuses[] = {
    {"OK", IMAP4_STATUS_OK},           {"NO", IMAP4_STATUS_NO},   {"BAD", IMAP4_STATUS_BAD},
    {"PREAUTH", IMAP4_STATUS_PREAUTH}, {"BYE", IMAP4_STATUS_BYE}, {NULL, 0},
};

const char *imap4_status_name(int status)
{
    return status > 0 ? imap4__name_text(statuses, (uint32_t)status) : NULL;
}

int imap4__status_number(imap4_str word)
{
    return (int)imap4__name_number(statuses, word, IMAP4_STATUS_NONE);
}

/* Reads the argument of a code, from behind its name. 1 if it is good, 0 if not, or IMAP4_ERROR_MEMORY. */
typedef int (*argument_reader)(imap4__cursor *cur, imap4_resp_text *text);

/* "UIDNEXT" SP nz-number and the like. Zero comes too and means unknown. */
static int read_number(imap4__cursor *cur, imap4_resp_text *text)
{
    imap4__gap(cur);
    return imap4__number(cur, &text->number);
}

/* A set up to a space or the bracket; NULL if there is none. 1, 0, or IMAP4_ERROR_MEMORY. */
static int read_set(imap4__cursor *cur, const imap4_uid_set **out)
{
    const uint8_t *begin;
    imap4__set *set;
    int result;

    imap4__gap(cur);
    begin = cur->at;
    while (cur->at < cur->end && *cur->at != ' ' && *cur->at != ']')
        cur->at++;
    if (cur->at == begin)
        return 1;
    result = imap4__set_read(cur->arena, (const char *)begin, (size_t)(cur->at - begin), &set);
    if (result != IMAP4_OK)
        return result == IMAP4_ERROR_MEMORY ? result : 0;
    *out = (const imap4_uid_set *)(const void *)set;
    return 1;
}

/* resp-code-apnd = "APPENDUID" SP nz-number SP append-uid */
static int read_appenduid(imap4__cursor *cur, imap4_resp_text *text)
{
    int result = read_number(cur, text);

    if (result == 1)
        result = read_set(cur, &text->uids);
    return result == 1 && text->uids == NULL ? 0 : result;
}

/*
 * resp-code-copy = "COPYUID" SP nz-number SP uid-set SP uid-set
 *
 * Outlook.com leaves both sets out. Sets of different size cannot be paired, and pairing is what they are for.
 */
static int read_copyuid(imap4__cursor *cur, imap4_resp_text *text)
{
    int result = read_number(cur, text);

    if (result == 1)
        result = read_set(cur, &text->source_uids);
    if (result == 1)
        result = read_set(cur, &text->uids);
    if (result == 1 && imap4_uid_set_count(text->source_uids) != imap4_uid_set_count(text->uids))
        return 0;
    return result;
}

/* "CAPABILITY" *(SP capability) */
static int read_capability(imap4__cursor *cur, imap4_resp_text *text)
{
    imap4_names *names;
    int result = imap4__names_read(cur, ']', &names);

    if (result == 1)
        text->names = names;
    return result;
}

/* "BADCHARSET" [SP "(" charset *(SP charset) ")" ] */
static int read_badcharset(imap4__cursor *cur, imap4_resp_text *text)
{
    imap4_names *names;
    int result;

    imap4__gap(cur);
    if (imap4__peek(cur) == ']')
        return 1;
    result = imap4__names_read_list(cur, &names);
    if (result == 1)
        text->names = names;
    return result;
}

/* "PERMANENTFLAGS" SP "(" [flag-perm *(SP flag-perm)] ")" */
static int read_permanentflags(imap4__cursor *cur, imap4_resp_text *text)
{
    imap4_flags *flags;
    int result;

    imap4__gap(cur);
    result = imap4__flags_read(cur, &flags);
    if (result == 1)
        text->flags = flags;
    return result;
}

typedef struct code_row {
    const char *name;
    int code;
    argument_reader read; /* NULL: no argument, or one that is only handed on */
} code_row;

static const code_row codes[] = {
    {"ALERT", IMAP4_CODE_ALERT, NULL},
    {"ALREADYEXISTS", IMAP4_CODE_ALREADYEXISTS, NULL},
    {"APPENDUID", IMAP4_CODE_APPENDUID, read_appenduid},
    {"AUTHENTICATIONFAILED", IMAP4_CODE_AUTHENTICATIONFAILED, NULL},
    {"AUTHORIZATIONFAILED", IMAP4_CODE_AUTHORIZATIONFAILED, NULL},
    {"BADCHARSET", IMAP4_CODE_BADCHARSET, read_badcharset},
    {"CANNOT", IMAP4_CODE_CANNOT, NULL},
    {"CAPABILITY", IMAP4_CODE_CAPABILITY, read_capability},
    {"CLIENTBUG", IMAP4_CODE_CLIENTBUG, NULL},
    {"CLOSED", IMAP4_CODE_CLOSED, NULL},
    {"COMPRESSIONACTIVE", IMAP4_CODE_COMPRESSIONACTIVE, NULL},
    {"CONTACTADMIN", IMAP4_CODE_CONTACTADMIN, NULL},
    {"COPYUID", IMAP4_CODE_COPYUID, read_copyuid},
    {"CORRUPTION", IMAP4_CODE_CORRUPTION, NULL},
    {"EXPIRED", IMAP4_CODE_EXPIRED, NULL},
    {"EXPUNGEISSUED", IMAP4_CODE_EXPUNGEISSUED, NULL},
    {"HASCHILDREN", IMAP4_CODE_HASCHILDREN, NULL},
    {"HIGHESTMODSEQ", IMAP4_CODE_HIGHESTMODSEQ, read_number},
    {"INUSE", IMAP4_CODE_INUSE, NULL},
    {"LIMIT", IMAP4_CODE_LIMIT, NULL},
    {"NOMODSEQ", IMAP4_CODE_NOMODSEQ, NULL},
    {"NONEXISTENT", IMAP4_CODE_NONEXISTENT, NULL},
    {"NOPERM", IMAP4_CODE_NOPERM, NULL},
    {"OVERQUOTA", IMAP4_CODE_OVERQUOTA, NULL},
    {"PARSE", IMAP4_CODE_PARSE, NULL},
    {"PERMANENTFLAGS", IMAP4_CODE_PERMANENTFLAGS, read_permanentflags},
    {"PRIVACYREQUIRED", IMAP4_CODE_PRIVACYREQUIRED, NULL},
    {"READ-ONLY", IMAP4_CODE_READ_ONLY, NULL},
    {"READ-WRITE", IMAP4_CODE_READ_WRITE, NULL},
    {"REFERRAL", IMAP4_CODE_REFERRAL, NULL},
    {"SERVERBUG", IMAP4_CODE_SERVERBUG, NULL},
    {"TOOBIG", IMAP4_CODE_TOOBIG, NULL},
    {"TRYCREATE", IMAP4_CODE_TRYCREATE, NULL},
    {"UIDNEXT", IMAP4_CODE_UIDNEXT, read_number},
    {"UIDNOTSTICKY", IMAP4_CODE_UIDNOTSTICKY, NULL},
    {"UIDVALIDITY", IMAP4_CODE_UIDVALIDITY, read_number},
    {"UNAVAILABLE", IMAP4_CODE_UNAVAILABLE, NULL},
    {"UNKNOWN-CTE", IMAP4_CODE_UNKNOWN_CTE, NULL},
    {"UNSEEN", IMAP4_CODE_UNSEEN, read_number},
};

const char *imap4_code_name(int code)
{
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (codes[i].code == code)
            return codes[i].name;
    }
    return NULL;
}

static const code_row *find_code(imap4_str name)
{
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (imap4__str_eq_nocase(name, codes[i].name))
            return &codes[i];
    }
    return NULL;
}

static int is_name_byte(uint8_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '/';
}

/* The name of a code, from behind the "["; nothing if this is no code but text, as Exchange's `[Error="..."]`. */
static imap4_str read_name(imap4__cursor *cur)
{
    const uint8_t *begin = cur->at;
    imap4_str none = {NULL, 0};

    while (cur->at < cur->end && is_name_byte(*cur->at))
        cur->at++;
    if (cur->at == begin || cur->at == cur->end)
        return none;
    if (*cur->at != ' ' && *cur->at != ']' && *cur->at != '(')
        return none;
    return imap4__str_n(begin, (size_t)(cur->at - begin));
}

/* The first "]" outside of quotes, or else the first of all; NULL if there is none. */
static const uint8_t *find_bracket(const uint8_t *at, const uint8_t *end)
{
    const uint8_t *first = NULL;
    int quoted = 0;

    for (; at < end; at++) {
        if (*at == '"') {
            quoted = !quoted;
        } else if (*at == '\\' && quoted && at + 1 < end) {
            at++;
        } else if (*at == ']') {
            if (!quoted)
                return at;
            if (first == NULL)
                first = at;
        }
    }
    return first;
}

/* Reads the argument of a known code up to its bracket. 1, 0 with nothing changed, or IMAP4_ERROR_MEMORY. */
static int read_argument(imap4__cursor *cur, const code_row *row, imap4_resp_text *text)
{
    const uint8_t *begin = cur->at;
    imap4_resp_text read = *text;
    int result = row->read(cur, &read);

    if (result == IMAP4_ERROR_MEMORY)
        return result;
    imap4__gap(cur);
    if (result == 1 && imap4__peek(cur) == ']') {
        *text = read;
        text->code = row->code;
        return 1;
    }
    cur->at = begin;
    return 0;
}

/* The raw argument between the name and the bracket, without the spaces around it. */
static int keep_argument(imap4__cursor *cur, const uint8_t *begin, const uint8_t *end, imap4_resp_text *text)
{
    while (begin < end && *begin == ' ')
        begin++;
    while (end > begin && end[-1] == ' ')
        end--;
    if (begin == end)
        return IMAP4_OK;
    return imap4__arena_str(cur->arena, begin, (size_t)(end - begin), &text->argument);
}

/*
 * "[" resp-text-code "]". Codes are advisory: one that is not understood is IMAP4_CODE_OTHER, and one that has no end
 * is text. 1 if a code was read, 0 with nothing consumed, or IMAP4_ERROR_MEMORY.
 */
static int read_code(imap4__cursor *cur, imap4_resp_text *text)
{
    const uint8_t *bracket = cur->at;
    const uint8_t *begin;
    const code_row *row;
    imap4_str name;
    int result = 0;

    if (!imap4__take(cur, '['))
        return 0;
    name = read_name(cur);
    begin = cur->at;
    if (name.data == NULL || find_bracket(begin, cur->end) == NULL) {
        cur->at = bracket;
        return 0;
    }
    row = find_code(name);
    text->code = row != NULL && row->read == NULL ? row->code : IMAP4_CODE_OTHER;
    if (row != NULL && row->read != NULL)
        result = read_argument(cur, row, text);
    if (result < 0)
        return result;
    if (result == 0)
        cur->at = find_bracket(begin, cur->end);
    result = keep_argument(cur, begin, cur->at, text);
    if (result == IMAP4_OK)
        result = imap4__arena_str(cur->arena, name.data, name.len, &text->code_name);
    cur->at++;
    return result == IMAP4_OK ? 1 : result;
}

/* resp-text = ["[" resp-text-code "]" SP] [text]; the spaces and the text are often missing */
int imap4__resp_text_read(imap4__cursor *cur, int status, imap4_resp_text **out)
{
    imap4_resp_text *text = imap4__arena_zalloc(cur->arena, sizeof *text);
    int result;

    if (text == NULL)
        return IMAP4_ERROR_MEMORY;
    text->status = status;
    (void)imap4__spaces(cur);
    result = read_code(cur, text);
    if (result < 0)
        return result;
    if (result == 1)
        (void)imap4__spaces(cur);
    result = imap4__arena_str(cur->arena, cur->at, (size_t)(cur->end - cur->at), &text->text);
    if (result != IMAP4_OK)
        return result;
    cur->at = cur->end;
    *out = text;
    return 1;
}
