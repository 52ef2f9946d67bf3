#include "grammar/response.h"

#include "base/str.h"
#include "grammar/acl.h"
#include "grammar/batches.h"
#include "grammar/capability.h"
#include "grammar/converted.h"
#include "grammar/esearch.h"
#include "grammar/fetch.h"
#include "grammar/flag.h"
#include "grammar/id.h"
#include "grammar/language.h"
#include "grammar/list.h"
#include "grammar/metadata.h"
#include "grammar/named.h"
#include "grammar/namespace.h"
#include "grammar/push.h"
#include "grammar/quota.h"
#include "grammar/search.h"
#include "grammar/slot.h"
#include "grammar/status.h"
#include "grammar/text.h"
#include "grammar/thread.h"
#include "grammar/url.h"
#include "grammar/vanished.h"

#include <imap4/server.h>

#include <string.h>

static const imap4__name kinds[] = {
    {"GREETING", IMAP4_EVENT_GREETING},
    {"TEXT", IMAP4_EVENT_TEXT},
    {"CAPABILITY", IMAP4_EVENT_CAPABILITY},
    {"ENABLED", IMAP4_EVENT_ENABLED},
    {"ID", IMAP4_EVENT_ID},
    {"NAMESPACE", IMAP4_EVENT_NAMESPACE},
    {"LIST", IMAP4_EVENT_LIST},
    {"STATUS", IMAP4_EVENT_STATUS},
    {"FLAGS", IMAP4_EVENT_FLAGS},
    {"EXISTS", IMAP4_EVENT_EXISTS},
    {"RECENT", IMAP4_EVENT_RECENT},
    {"EXPUNGE", IMAP4_EVENT_EXPUNGE},
    {"FETCH", IMAP4_EVENT_FETCH},
    {"SEARCH", IMAP4_EVENT_SEARCH},
    {"BODY_BEGIN", IMAP4_EVENT_BODY_BEGIN},
    {"BODY_CHUNK", IMAP4_EVENT_BODY_CHUNK},
    {"BODY_END", IMAP4_EVENT_BODY_END},
    {"WANTED", IMAP4_EVENT_WANTED},
    {"LAYER", IMAP4_EVENT_LAYER},
    {"IDLE", IMAP4_EVENT_IDLE},
    {"VIEW", IMAP4_EVENT_VIEW},
    {"UNKNOWN", IMAP4_EVENT_UNKNOWN},
    {"DAMAGE", IMAP4_EVENT_DAMAGE},
    {"DONE", IMAP4_EVENT_DONE},
    {"THREAD", IMAP4_EVENT_THREAD},
    {"VANISHED", IMAP4_EVENT_VANISHED},
    {"QUOTA", IMAP4_EVENT_QUOTA},
    {"QUOTAROOT", IMAP4_EVENT_QUOTAROOT},
    {"ACL", IMAP4_EVENT_ACL},
    {"LISTRIGHTS", IMAP4_EVENT_LISTRIGHTS},
    {"MYRIGHTS", IMAP4_EVENT_MYRIGHTS},
    {"METADATA", IMAP4_EVENT_METADATA},
    {"LANGUAGE", IMAP4_EVENT_LANGUAGE},
    {"COMPARATOR", IMAP4_EVENT_COMPARATOR},
    {"GENURLAUTH", IMAP4_EVENT_GENURLAUTH},
    {"URLFETCH", IMAP4_EVENT_URLFETCH},
    {"JMAPACCESS", IMAP4_EVENT_JMAPACCESS},
    {"UIDBATCHES", IMAP4_EVENT_UIDBATCHES},
    {"CONVERTED", IMAP4_EVENT_CONVERTED},
    {"PUSH", IMAP4_EVENT_PUSH},
    {NULL, 0},
};

const char *imap4_event_kind_name(int kind)
{
    return kind > 0 ? imap4__name_text(kinds, (uint32_t)kind) : NULL;
}

void imap4__response_damage(imap4__response *response, const uint8_t *at)
{
    int first = response->damaged == 0;

    response->damaged += response->damaged < UINT32_MAX;
    if (!first)
        return;
    response->damage_at = at;
    response->damage_what = response->reading;
}

int imap4__response_count(imap4__response *response, const imap4__cursor *cur)
{
    return ++response->elements > cur->list_limit ? IMAP4_ERROR_LIMIT : IMAP4_OK;
}

/* Readers of what follows the word: 1, 0 if it cannot be read, or an error. */
typedef int (*reader)(imap4__cursor *cur, imap4__response *response);

static int read_names(imap4__cursor *cur, imap4__response *response)
{
    imap4_names *names;
    int result = imap4__names_read(cur, -1, &names);

    if (result == 1)
        response->data.names = names;
    return result;
}

static int read_list(imap4__cursor *cur, imap4__response *response)
{
    return imap4__list_read(cur, IMAP4_LIST_LIST, response);
}

static int read_lsub(imap4__cursor *cur, imap4__response *response)
{
    return imap4__list_read(cur, IMAP4_LIST_LSUB, response);
}

static int read_xlist(imap4__cursor *cur, imap4__response *response)
{
    return imap4__list_read(cur, IMAP4_LIST_XLIST, response);
}

static int read_flags(imap4__cursor *cur, imap4__response *response)
{
    imap4_flags *flags;
    int result = imap4__flags_read(cur, &flags);

    if (result == 1)
        response->data.flags = flags;
    return result;
}

/* EXISTS, RECENT, EXPUNGE: the number before the word is all there is. */
static int read_nothing(imap4__cursor *cur, imap4__response *response)
{
    (void)cur;
    response->data.number = response->number;
    return 1;
}

static int read_fetch(imap4__cursor *cur, imap4__response *response)
{
    uint64_t number = response->number;

    return imap4__fetch_read(cur, number > UINT32_MAX ? UINT32_MAX : (uint32_t)number, response);
}

/*
 * message-data =/ uniqueid SP "UIDFETCH" SP msg-att-uidonly (RFC 9586 section 4)
 *
 * The number is the UID, whatever else the items say, and there is no message number.
 */
static int read_uidfetch(imap4__cursor *cur, imap4__response *response)
{
    uint64_t uid = response->number;
    imap4_msg_att *att;
    int result;

    if (uid == 0 || uid > UINT32_MAX)
        return 0;
    result = imap4__fetch_read(cur, 0, response);
    if (result != 1)
        return result;
    att = (imap4_msg_att *)(uintptr_t)response->data.fetch; /* ours until it is handed out */
    att->uid = (uint32_t)uid;
    att->present |= IMAP4_FETCH_UID;
    return 1;
}

typedef struct response_row {
    const char *word;
    size_t len;
    int event;
    int numbered; /* 1: a number stands before the word */
    reader read;
} response_row;

#define ROW(word, event, read) {word, sizeof(word) - 1, event, 0, read}
#define NUMBERED(word, event, read) {word, sizeof(word) - 1, event, 1, read}

/* response-data by first word. FETCH stands first: there are more of these than of all others. */
static const response_row rows[] = {
    NUMBERED("FETCH", IMAP4_EVENT_FETCH, read_fetch),
    NUMBERED("UIDFETCH", IMAP4_EVENT_FETCH, read_uidfetch),
    NUMBERED("EXISTS", IMAP4_EVENT_EXISTS, read_nothing),
    NUMBERED("RECENT", IMAP4_EVENT_RECENT, read_nothing),
    NUMBERED("EXPUNGE", IMAP4_EVENT_EXPUNGE, read_nothing),
    NUMBERED("CONVERTED", IMAP4_EVENT_CONVERTED, imap4__converted_read),
    ROW("LIST", IMAP4_EVENT_LIST, read_list),
    ROW("LSUB", IMAP4_EVENT_LIST, read_lsub),
    ROW("XLIST", IMAP4_EVENT_LIST, read_xlist),
    ROW("STATUS", IMAP4_EVENT_STATUS, imap4__status_read),
    ROW("SEARCH", IMAP4_EVENT_SEARCH, imap4__search_read),
    ROW("SORT", IMAP4_EVENT_SEARCH, imap4__sort_read),
    ROW("ESEARCH", IMAP4_EVENT_SEARCH, imap4__esearch_read),
    ROW("THREAD", IMAP4_EVENT_THREAD, imap4__thread_read),
    ROW("VANISHED", IMAP4_EVENT_VANISHED, imap4__vanished_read),
    ROW("UIDBATCHES", IMAP4_EVENT_UIDBATCHES, imap4__batches_read),
    ROW("FLAGS", IMAP4_EVENT_FLAGS, read_flags),
    ROW("CAPABILITY", IMAP4_EVENT_CAPABILITY, read_names),
    ROW("ENABLED", IMAP4_EVENT_ENABLED, read_names),
    ROW("NAMESPACE", IMAP4_EVENT_NAMESPACE, imap4__namespace_read),
    ROW("ID", IMAP4_EVENT_ID, imap4__id_read),
    ROW("QUOTA", IMAP4_EVENT_QUOTA, imap4__quota_read),
    ROW("QUOTAROOT", IMAP4_EVENT_QUOTAROOT, imap4__quota_root_read),
    ROW("ACL", IMAP4_EVENT_ACL, imap4__acl_read),
    ROW("LISTRIGHTS", IMAP4_EVENT_LISTRIGHTS, imap4__list_rights_read),
    ROW("MYRIGHTS", IMAP4_EVENT_MYRIGHTS, imap4__my_rights_read),
    ROW("METADATA", IMAP4_EVENT_METADATA, imap4__metadata_read),
    ROW("LANGUAGE", IMAP4_EVENT_LANGUAGE, imap4__language_read),
    ROW("COMPARATOR", IMAP4_EVENT_COMPARATOR, imap4__comparator_read),
    ROW("URLFETCH", IMAP4_EVENT_URLFETCH, imap4__urlfetch_read),
    ROW("GENURLAUTH", IMAP4_EVENT_GENURLAUTH, imap4__genurlauth_read),
    ROW("JMAPACCESS", IMAP4_EVENT_JMAPACCESS, imap4__jmapaccess_read),
    ROW("XAPPLEPUSHSERVICE", IMAP4_EVENT_PUSH, imap4__push_read),
};

#undef ROW
#undef NUMBERED

static const response_row *find_row(imap4_str word, int numbered)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].len == word.len && rows[i].numbered == numbered &&
            imap4__nocase_n(rows[i].word, word.data, word.len))
            return &rows[i];
    }
    return NULL;
}

/*
 * The status word at the cursor: `OK`, also in `OK[ALERT]` and `OK: done`, but not in `BYE-BYE`. IMAP4_STATUS_NONE,
 * with nothing consumed, if there is none.
 */
static int read_status(imap4__cursor *cur)
{
    const uint8_t *at = cur->at;
    int status;

    while (at < cur->end && imap4__lower(*at) >= 'a' && imap4__lower(*at) <= 'z')
        at++;
    if (at < cur->end && (*at == '-' || *at == '_' || (*at >= '0' && *at <= '9')))
        return IMAP4_STATUS_NONE;
    status = imap4__status_number(imap4__str_n(cur->at, (size_t)(at - cur->at)));
    if (status != IMAP4_STATUS_NONE)
        cur->at = at;
    return status;
}

static int read_text(imap4__cursor *cur, int status, imap4__response *out)
{
    imap4_resp_text *text;
    int result = imap4__resp_text_read(cur, status, &text);

    if (result == 1)
        out->data.text = text;
    return result;
}

/* 1 if it was a status response, 0 with nothing consumed, or an error. */
static int read_status_response(imap4__cursor *cur, imap4__response *out)
{
    int status = IMAP4_STATUS_OK; /* Exchange and home.pl: [COPYUID 55 31 6] without a status */

    if (imap4__peek(cur) != '[')
        status = read_status(cur);
    if (status == IMAP4_STATUS_NONE)
        return 0;
    out->event = IMAP4_EVENT_TEXT;
    out->reading = "status";
    return read_text(cur, status, out);
}

/* What this version does not know: the first word and the values behind it. */
static int read_unknown(imap4__cursor *cur, imap4_str word, int numbered, imap4__response *out)
{
    imap4_unknown *unknown = imap4__arena_zalloc(cur->arena, sizeof *unknown);
    const uint8_t *begin = cur->at;
    int result;

    if (unknown == NULL)
        return IMAP4_ERROR_MEMORY;
    out->event = IMAP4_EVENT_UNKNOWN;
    out->reading = "response";
    unknown->number = out->number;
    unknown->has_number = numbered;
    result = imap4__arena_str(cur->arena, word.data, word.len, &unknown->name);
    if (result != IMAP4_OK)
        return result;
    result = imap4__values_read(cur, out, &unknown->values);
    if (result == IMAP4_ERROR_MEMORY || result == IMAP4_ERROR_LIMIT)
        return result;
    if (result != 1 || !imap4__at_end(cur))
        imap4__response_damage(out, result != 1 ? begin : cur->at);
    out->data.unknown = unknown;
    return 1;
}

/* message-data = nz-number SP ("EXPUNGE" / ("FETCH" SP msg-att)); mailbox-data =/ number SP "EXISTS" */
static int read_leading_number(imap4__cursor *cur, imap4__response *out)
{
    const uint8_t *begin = cur->at;

    if (imap4__number(cur, &out->number) == 1 && imap4__spaces(cur))
        return 1;
    cur->at = begin;
    out->number = 0;
    return 0;
}

/* What a reader leaves over, and did not tell of, is damage; one that leaves the cursor where it was takes it all. */
static int read_row(imap4__cursor *cur, const response_row *row, imap4__response *out)
{
    const uint8_t *begin;
    int result;

    out->event = row->event;
    out->reading = row->word;
    imap4__gap(cur);
    begin = cur->at;
    result = row->read(cur, out);
    if (result != 1 || out->damaged > 0 || (cur->at == begin && !row->numbered))
        return result;
    imap4__gap(cur);
    if (cur->at < cur->end)
        imap4__response_damage(out, cur->at);
    return 1;
}

static int read_untagged(imap4__cursor *cur, imap4__response *out)
{
    const response_row *row;
    imap4_str word;
    int numbered;
    int result;

    out->kind = IMAP4__RESPONSE_UNTAGGED;
    imap4__gap(cur);
    result = read_status_response(cur, out);
    if (result != 0)
        return result;
    numbered = read_leading_number(cur, out);
    if (imap4__atom(cur, &word) != 1)
        return 0;
    row = find_row(word, numbered);
    if (row == NULL)
        return read_unknown(cur, word, numbered, out);
    return read_row(cur, row, out);
}

/* Exchange, without a tag and without a status: "Server Unavailable. 15" */
static int is_unavailable(const imap4__cursor *cur)
{
    static const char words[] = "Server Unavailable.";

    return cur->server == IMAP4_SERVER_EXCHANGE && (size_t)(cur->end - cur->at) >= sizeof words - 1 &&
           imap4__nocase_n(cur->at, words, sizeof words - 1);
}

/*
 * response-tagged = tag SP resp-cond-state CRLF
 *
 * A line without a status is no answer to anything; its first word is in `tag` all the same, for who may know it. 1, 0,
 * or an error.
 */
static int read_tagged(imap4__cursor *cur, imap4__response *out)
{
    int status;

    out->kind = IMAP4__RESPONSE_UNTAGGED;
    if (imap4__peek(cur) == '[')
        return read_status_response(cur, out);
    if (is_unavailable(cur)) {
        out->event = IMAP4_EVENT_TEXT;
        return read_text(cur, IMAP4_STATUS_BAD, out);
    }
    while (cur->at < cur->end && *cur->at != ' ')
        cur->at++;
    out->tag = imap4__str_n(cur->start, (size_t)(cur->at - cur->start));
    (void)imap4__spaces(cur);
    status = read_status(cur);
    if (status != IMAP4_STATUS_OK && status != IMAP4_STATUS_NO && status != IMAP4_STATUS_BAD)
        return 0;
    out->kind = IMAP4__RESPONSE_TAGGED;
    return read_text(cur, status, out);
}

/* continue-req = "+" SP (resp-text / base64) CRLF; the space and the rest are often missing */
static int read_continue(imap4__cursor *cur, imap4__response *out)
{
    out->kind = IMAP4__RESPONSE_CONTINUE;
    (void)imap4__take(cur, ' ');
    out->rest = imap4__str_n(cur->at, (size_t)(cur->end - cur->at));
    cur->at = cur->end;
    return 1;
}

static int read_response(imap4__cursor *cur, imap4__response *out)
{
    cur->at = cur->start;
    if (imap4__take(cur, '*'))
        return read_untagged(cur, out);
    if (imap4__take(cur, '+'))
        return read_continue(cur, out);
    return read_tagged(cur, out);
}

int imap4__response_read(imap4__cursor *cur, imap4__response *out)
{
    int result;

    memset(out, 0, sizeof *out);
    out->reading = "response";
    out->event = IMAP4_EVENT_DAMAGE;
    result = read_response(cur, out);
    if (result == 1) {
        if (out->kind != IMAP4__RESPONSE_UNTAGGED)
            out->event = 0;
        return IMAP4_OK;
    }
    if (result == IMAP4_ERROR_MEMORY)
        return result;
    imap4__response_damage(out, cur->start);
    return result == 0 ? IMAP4_ERROR_PROTOCOL : result;
}
