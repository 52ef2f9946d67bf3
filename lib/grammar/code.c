#include "grammar/code.h"

#include "base/str.h"
#include "grammar/capability.h"
#include "grammar/flag.h"
#include "grammar/found.h"
#include "grammar/objectid.h"
#include "grammar/slot.h"
#include "grammar/strs.h"

#include <string.h>

/* Reads the argument of a code, from behind its name. 1 if it is good, 0 if not, or an error. */
typedef int (*argument_reader)(imap4__cursor *cur, imap4_resp_text *text);

/* "UIDNEXT" SP nz-number and the like. Zero comes too and means unknown. */
static int read_number(imap4__cursor *cur, imap4_resp_text *text)
{
    imap4__gap(cur);
    return imap4__number(cur, &text->number);
}

/* A set without anything odd in it; NULL if there is none. 1, 0, or IMAP4_ERROR_MEMORY. */
static int read_set(imap4__found *found, imap4__set **out)
{
    uint32_t bad = 0;
    int result;

    *out = NULL;
    result = imap4__found_set(found, out, &bad);
    if (result < 0)
        return result;
    return bad == 0;
}

/* 1 if no further set follows, 0 if one does, or IMAP4_ERROR_MEMORY. */
static int ends_sets(imap4__found *found)
{
    imap4__set *set;
    int result = read_set(found, &set);

    return result == 1 ? set == NULL : result;
}

/* resp-code-apnd = "APPENDUID" SP nz-number SP append-uid */
static int read_appenduid(imap4__cursor *cur, imap4_resp_text *text)
{
    imap4__found found = imap4__found_begin(cur, IMAP4__RUN_SET);
    imap4__set *set = NULL;
    int result = read_number(cur, text);

    if (result == 1)
        result = read_set(&found, &set);
    if (result == 1)
        result = ends_sets(&found);
    text->uids = imap4__found_uids(set);
    return result == 1 && text->uids == NULL ? 0 : result;
}

/*
 * resp-code-copy = "COPYUID" SP nz-number SP uid-set SP uid-set
 *
 * Outlook.com leaves both sets out. Sets of different size cannot be paired, and pairing is what they are for.
 */
static int read_copyuid(imap4__cursor *cur, imap4_resp_text *text)
{
    imap4__found found = imap4__found_begin(cur, IMAP4__RUN_SET);
    imap4__set *source = NULL;
    imap4__set *set = NULL;
    int result = read_number(cur, text);

    if (result == 1)
        result = read_set(&found, &source);
    if (result == 1)
        result = read_set(&found, &set);
    if (result == 1)
        result = ends_sets(&found);
    text->source_uids = imap4__found_uids(source);
    text->uids = imap4__found_uids(set);
    if (result == 1 && imap4_uid_set_count(text->source_uids) != imap4_uid_set_count(text->uids))
        return 0;
    return result;
}

/* "MODIFIED" SP sequence-set (RFC 7162 section 7). Whether these are UIDs is known to who asked. */
static int read_modified(imap4__cursor *cur, imap4_resp_text *text)
{
    imap4__found found = imap4__found_begin(cur, IMAP4__RUN_SET);
    imap4__set *set;
    int result = read_set(&found, &set);

    if (result == 1)
        result = ends_sets(&found);
    text->uids = imap4__found_uids(set);
    text->numbers = imap4__found_numbers(set);
    return result == 1 && text->uids == NULL ? 0 : result;
}

/* "CAPABILITY" *(SP capability) */
static int read_names(imap4__cursor *cur, imap4_resp_text *text)
{
    imap4_names *names;
    int result = imap4__names_read(cur, ']', &names);

    if (result == 1)
        text->names = names;
    return result;
}

/* "URLMECH" SP "INTERNAL" *(SP mechanism ["=" base64]) (RFC 4467 section 9) */
static int read_some_names(imap4__cursor *cur, imap4_resp_text *text)
{
    int result = read_names(cur, text);

    return result == 1 && text->names->count == 0 ? 0 : result;
}

/* "BADEVENT" SP "(" event-name *(SP event-name) ")" (RFC 5465 section 8) */
static int read_list(imap4__cursor *cur, imap4_resp_text *text)
{
    imap4_names *names;
    int result;

    imap4__gap(cur);
    result = imap4__names_read_list(cur, &names);
    if (result == 1)
        text->names = names;
    return result;
}

/* "BADCHARSET" [SP "(" charset *(SP charset) ")" ] */
static int read_badcharset(imap4__cursor *cur, imap4_resp_text *text)
{
    imap4__gap(cur);
    return imap4__peek(cur) == ']' ? 1 : read_list(cur, text);
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

/*
 * The next word or quoted string. A word ends at a space or at the bracket that ends the code, brackets of its own not
 * counted: URLs may hold them, as in imap://[::1]/. 1, 0, or an error.
 */
static int read_word(imap4__cursor *cur, imap4_str *out)
{
    const uint8_t *begin;
    uint32_t open = 0;

    imap4__gap(cur);
    if (imap4__peek(cur) == '"')
        return imap4__ntext(cur, out);
    begin = cur->at;
    for (; cur->at < cur->end && *cur->at != ' ' && (*cur->at != ']' || open > 0); cur->at++) {
        open += *cur->at == '[';
        open -= *cur->at == ']';
    }
    if (cur->at == begin)
        return 0;
    return imap4__arena_str(cur->arena, begin, (size_t)(cur->at - begin), out) == IMAP4_OK ? 1 : IMAP4_ERROR_MEMORY;
}

/* "BADURL" SP url-resp-text (RFC 4469 section 5), "UNDEFINED-FILTER" SP filter-name (RFC 5466 section 4) */
static int read_value(imap4__cursor *cur, imap4_resp_text *text)
{
    return read_word(cur, &text->value);
}

static int make_names(imap4__cursor *cur, const imap4__strs *list, imap4_resp_text *text)
{
    imap4_names *names = imap4__arena_alloc(cur->arena, sizeof *names);

    if (names == NULL)
        return IMAP4_ERROR_MEMORY;
    names->names = list->items;
    names->count = list->count;
    text->names = names;
    return 1;
}

/* referral_response_code = "[" "REFERRAL" 1*(SPACE <url>) "]" (RFC 2193 section 6) */
static int read_words(imap4__cursor *cur, imap4_resp_text *text)
{
    imap4__strs list = {NULL, 0, 0};

    do {
        imap4_str word;
        int result = read_word(cur, &word);
        if (result != 1)
            return result;
        result = imap4__strs_add(cur, &list, word);
        if (result != IMAP4_OK)
            return result;
        imap4__gap(cur);
    } while (cur->at < cur->end && *cur->at != ']');
    return make_names(cur, &list, text);
}

/* "NEWNAME" SP string SP string (RFC 2060 section 7.1) */
static int read_newname(imap4__cursor *cur, imap4_resp_text *text)
{
    int result = read_words(cur, text);

    return result == 1 && text->names->count != 2 ? 0 : result;
}

/* number / NIL; which leaves zero */
static int read_number_or_nil(imap4__cursor *cur, uint64_t *out)
{
    imap4__gap(cur);
    return imap4__slot_nil(cur) || imap4__number(cur, out) == 1;
}

/* "INPROGRESS" [SP "(" (quoted / NIL) SP (number / NIL) SP (nz-number / NIL) ")"] (RFC 9585 section 5) */
static int read_inprogress(imap4__cursor *cur, imap4_resp_text *text)
{
    int result;

    imap4__gap(cur);
    if (imap4__peek(cur) == ']')
        return 1;
    if (!imap4__take(cur, '('))
        return 0;
    imap4__gap(cur);
    result = imap4__ntext(cur, &text->value);
    if (result != 1)
        return result;
    if (!read_number_or_nil(cur, &text->number) || !read_number_or_nil(cur, &text->second_number))
        return 0;
    imap4__gap(cur);
    return imap4__take(cur, ')');
}

/* "MAILBOXID" SP "(" objectid ")" (RFC 8474 section 7) */
static int read_mailboxid(imap4__cursor *cur, imap4_resp_text *text)
{
    int result;

    imap4__gap(cur);
    result = imap4__objectid_read_one(cur, &text->value);
    return result == 1 && text->value.data == NULL ? 0 : result;
}

static int read_objectid(imap4__cursor *cur, imap4_resp_text *text)
{
    imap4__gap(cur);
    return imap4__objectid_read(cur, &text->objectid);
}

/* "MESSAGELIMIT" SP message-limit [SP uniqueid] (RFC 9738 section 6) */
static int read_messagelimit(imap4__cursor *cur, imap4_resp_text *text)
{
    int result = read_number(cur, text);

    imap4__gap(cur);
    if (result != 1 || imap4__peek(cur) == ']')
        return result;
    return imap4__number(cur, &text->second_number);
}

static const imap4__name details[] = {
    {"TOOBIG", IMAP4_CODE_DETAIL_TOOBIG},       {"TOOMANY", IMAP4_CODE_DETAIL_TOOMANY},
    {"NOPRIVATE", IMAP4_CODE_DETAIL_NOPRIVATE}, {"LONGENTRIES", IMAP4_CODE_DETAIL_LONGENTRIES},
    {"MAXSIZE", IMAP4_CODE_DETAIL_MAXSIZE},     {"NONE", IMAP4_CODE_DETAIL_NONE},
    {"READ-ONLY", IMAP4_CODE_DETAIL_READ_ONLY}, {NULL, 0},
};

const char *imap4_code_detail_name(int detail)
{
    return detail > 0 ? imap4__name_text(details, (uint32_t)detail) : NULL;
}

/* A word that is one of `mask`, or 0 with nothing consumed. */
static uint32_t read_detail(imap4__cursor *cur, uint32_t mask)
{
    const uint8_t *begin;
    const uint8_t *at;
    uint32_t bit;

    imap4__gap(cur);
    begin = at = cur->at;
    while (at < cur->end && *at != ' ' && *at != ']')
        at++;
    bit = imap4__name_number(details, imap4__str_n(begin, (size_t)(at - begin)), 0) & mask;
    if (bit != 0)
        cur->at = at;
    return bit;
}

/* "ANNOTATE" SP "TOOBIG" / "ANNOTATE" SP "TOOMANY" (RFC 5257 section 5) */
static int read_annotate(imap4__cursor *cur, imap4_resp_text *text)
{
    text->details = read_detail(cur, IMAP4_CODE_DETAIL_TOOBIG | IMAP4_CODE_DETAIL_TOOMANY);
    return text->details != 0;
}

/* "ANNOTATIONS" SP ("NONE" / (("READ-ONLY" / nz-number) [SP "NOPRIVATE"])) (RFC 5257 section 5, ann-size) */
static int read_annotations(imap4__cursor *cur, imap4_resp_text *text)
{
    text->details = read_detail(cur, IMAP4_CODE_DETAIL_NONE | IMAP4_CODE_DETAIL_READ_ONLY);
    if (text->details == 0 && imap4__number(cur, &text->number) != 1)
        return 0;
    text->details |= read_detail(cur, IMAP4_CODE_DETAIL_NOPRIVATE);
    return 1;
}

/*
 * "METADATA" SP "LONGENTRIES" SP number
 * "METADATA" SP ("MAXSIZE" SP number / "TOOMANY" / "NOPRIVATE") (RFC 5464 section 5)
 */
static int read_metadata(imap4__cursor *cur, imap4_resp_text *text)
{
    const uint32_t numbered = IMAP4_CODE_DETAIL_LONGENTRIES | IMAP4_CODE_DETAIL_MAXSIZE;

    text->details = read_detail(cur, numbered | IMAP4_CODE_DETAIL_TOOMANY | IMAP4_CODE_DETAIL_NOPRIVATE);
    if (text->details & numbered)
        return read_number(cur, text);
    return text->details != 0;
}

typedef struct code_row {
    const char *name;
    int code;
    argument_reader read; /* NULL: no argument, or one that is only handed on */
} code_row;

static const code_row codes[] = {
    {"ALERT", IMAP4_CODE_ALERT, NULL},
    {"ALREADYEXISTS", IMAP4_CODE_ALREADYEXISTS, NULL},
    {"ANNOTATE", IMAP4_CODE_ANNOTATE, read_annotate},
    {"ANNOTATIONS", IMAP4_CODE_ANNOTATIONS, read_annotations},
    {"APPENDUID", IMAP4_CODE_APPENDUID, read_appenduid},
    {"AUTHENTICATIONFAILED", IMAP4_CODE_AUTHENTICATIONFAILED, NULL},
    {"AUTHORIZATIONFAILED", IMAP4_CODE_AUTHORIZATIONFAILED, NULL},
    {"BADCHARSET", IMAP4_CODE_BADCHARSET, read_badcharset},
    {"BADCOMPARATOR", IMAP4_CODE_BADCOMPARATOR, NULL},
    {"BADEVENT", IMAP4_CODE_BADEVENT, read_list},
    {"BADURL", IMAP4_CODE_BADURL, read_value},
    {"CANNOT", IMAP4_CODE_CANNOT, NULL},
    {"CAPABILITY", IMAP4_CODE_CAPABILITY, read_names},
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
    {"INPROGRESS", IMAP4_CODE_INPROGRESS, read_inprogress},
    {"INUSE", IMAP4_CODE_INUSE, NULL},
    {"LIMIT", IMAP4_CODE_LIMIT, NULL},
    {"MAILBOXID", IMAP4_CODE_MAILBOXID, read_mailboxid},
    {"MAXCONVERTMESSAGES", IMAP4_CODE_MAXCONVERTMESSAGES, read_number},
    {"MAXCONVERTPARTS", IMAP4_CODE_MAXCONVERTPARTS, read_number},
    {"MESSAGELIMIT", IMAP4_CODE_MESSAGELIMIT, read_messagelimit},
    {"METADATA", IMAP4_CODE_METADATA, read_metadata},
    {"MODIFIED", IMAP4_CODE_MODIFIED, read_modified},
    {"NEWNAME", IMAP4_CODE_NEWNAME, read_newname},
    {"NOMODSEQ", IMAP4_CODE_NOMODSEQ, NULL},
    {"NONEXISTENT", IMAP4_CODE_NONEXISTENT, NULL},
    {"NOPERM", IMAP4_CODE_NOPERM, NULL},
    {"NOTIFICATIONOVERFLOW", IMAP4_CODE_NOTIFICATIONOVERFLOW, NULL},
    {"NOTSAVED", IMAP4_CODE_NOTSAVED, NULL},
    {"NOUPDATE", IMAP4_CODE_NOUPDATE, read_value},
    {"OBJECTID", IMAP4_CODE_OBJECTID, read_objectid},
    {"OVERQUOTA", IMAP4_CODE_OVERQUOTA, NULL},
    {"PARSE", IMAP4_CODE_PARSE, NULL},
    {"PERMANENTFLAGS", IMAP4_CODE_PERMANENTFLAGS, read_permanentflags},
    {"PRIVACYREQUIRED", IMAP4_CODE_PRIVACYREQUIRED, NULL},
    {"READ-ONLY", IMAP4_CODE_READ_ONLY, NULL},
    {"READ-WRITE", IMAP4_CODE_READ_WRITE, NULL},
    {"REFERRAL", IMAP4_CODE_REFERRAL, read_words},
    {"SERVERBUG", IMAP4_CODE_SERVERBUG, NULL},
    {"TEMPFAIL", IMAP4_CODE_TEMPFAIL, NULL},
    {"THROTTLED", IMAP4_CODE_THROTTLED, NULL},
    {"TOOBIG", IMAP4_CODE_TOOBIG, NULL},
    {"TOOFEW", IMAP4_CODE_TOOFEW, NULL},
    {"TOOMANY", IMAP4_CODE_TOOMANY, NULL},
    {"TRYCREATE", IMAP4_CODE_TRYCREATE, NULL},
    {"UIDNEXT", IMAP4_CODE_UIDNEXT, read_number},
    {"UIDNOTSTICKY", IMAP4_CODE_UIDNOTSTICKY, NULL},
    {"UIDREQUIRED", IMAP4_CODE_UIDREQUIRED, NULL},
    {"UIDVALIDITY", IMAP4_CODE_UIDVALIDITY, read_number},
    {"UNAVAILABLE", IMAP4_CODE_UNAVAILABLE, NULL},
    {"UNDEFINED-FILTER", IMAP4_CODE_UNDEFINED_FILTER, read_value},
    {"UNKNOWN-CTE", IMAP4_CODE_UNKNOWN_CTE, NULL},
    {"UNSEEN", IMAP4_CODE_UNSEEN, read_number},
    {"URLMECH", IMAP4_CODE_URLMECH, read_some_names},
    {"USEATTR", IMAP4_CODE_USEATTR, NULL},
    {"WEBALERT", IMAP4_CODE_WEBALERT, read_value},
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

/* Copies the bytes but for those of long lists, of which only some may still be there. Returns how many. */
static size_t copy_raw(const imap4__cursor *cur, const uint8_t *at, const uint8_t *end, char *copy)
{
    size_t hole = 0;
    size_t len = 0;

    while (at < end) {
        const uint8_t *stop = end;

        while (hole < cur->hole_count && cur->base + cur->holes[hole].at < at)
            hole++;
        if (hole < cur->hole_count && cur->base + cur->holes[hole].at < end)
            stop = cur->base + cur->holes[hole].at;
        memcpy(copy + len, at, (size_t)(stop - at));
        len += (size_t)(stop - at);
        at = stop < end ? stop + cur->holes[hole].present + cur->holes[hole].junk : end;
    }
    return len;
}

/* The raw argument between the name and the bracket, without the spaces around it. NIL if there is none. */
static int keep_argument(imap4__cursor *cur, const uint8_t *begin, const uint8_t *end, imap4_resp_text *text)
{
    char *copy;
    size_t len;

    if (begin == end)
        return IMAP4_OK;
    copy = imap4__arena_bytes(cur->arena, (size_t)(end - begin) + 1);
    if (copy == NULL)
        return IMAP4_ERROR_MEMORY;
    len = copy_raw(cur, begin, end, copy);
    while (len > 0 && copy[len - 1] == ' ')
        len--;
    copy[len] = '\0';
    for (; *copy == ' '; copy++)
        len--;
    if (len > 0)
        text->argument = imap4__str_n(copy, len);
    return IMAP4_OK;
}

/* 1, 0 if they are no values or too many, or IMAP4_ERROR_MEMORY. */
static int read_all_values(imap4__cursor *cur, const imap4_value **tail)
{
    for (uint32_t count = 0;; count++) {
        imap4_value *value = NULL;
        int result;

        imap4__gap(cur);
        if (cur->at == cur->end)
            return 1;
        result = count < cur->list_limit ? imap4__value(cur, &value) : 0;
        if (result != 1)
            return result == IMAP4_ERROR_MEMORY ? result : 0;
        *tail = value;
        tail = &value->next;
    }
}

/*
 * The argument of a code that is not known, as values. Where it cannot be read so, or where that takes more memory than the
 * response may, it is there as sent only.
 */
static int read_values(const imap4__cursor *cur, const uint8_t *begin, const uint8_t *end, const imap4_value **out)
{
    const imap4__arena_mark mark = imap4__arena_here(cur->arena);
    imap4__cursor inner = *cur;
    int result;

    inner.at = begin;
    inner.end = end;
    result = read_all_values(&inner, out);
    if (result == 1 || (result == IMAP4_ERROR_MEMORY && !cur->arena->over))
        return result == 1 ? IMAP4_OK : result;
    imap4__arena_back(cur->arena, &mark);
    cur->arena->over = 0;
    *out = NULL;
    return IMAP4_OK;
}

int imap4__code_read(imap4__cursor *cur, imap4_resp_text *text)
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
    if (result == IMAP4_OK && text->code == IMAP4_CODE_OTHER)
        result = read_values(cur, begin, cur->at, &text->values);
    if (result == IMAP4_OK)
        result = imap4__arena_str(cur->arena, name.data, name.len, &text->code_name);
    cur->at++;
    return result == IMAP4_OK ? 1 : result;
}
