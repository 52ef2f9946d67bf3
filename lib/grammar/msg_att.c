#include "grammar/msg_att.h"

#include "base/str.h"
#include "grammar/annotation.h"
#include "grammar/body.h"
#include "grammar/envelope.h"
#include "grammar/flag.h"
#include "grammar/label.h"
#include "grammar/objectid.h"
#include "grammar/slot.h"
#include "wire/date.h"

/* "UID" SP uniqueid. Zero is no UID. */
static int read_uid(imap4__cursor *cur, imap4__response *response, imap4_msg_att *att, int *present)
{
    uint64_t number;
    int result = imap4__number(cur, &number);

    (void)response;
    if (result != 1)
        return result;
    if (number > UINT32_MAX)
        return 0;
    att->uid = (uint32_t)number;
    *present = number != 0;
    return 1;
}

/* "FLAGS" SP "(" [flag-fetch *(SP flag-fetch)] ")" */
static int read_flags(imap4__cursor *cur, imap4__response *response, imap4_msg_att *att, int *present)
{
    imap4_flags *flags;
    int result = imap4__flags_read(cur, &flags);

    (void)response;
    if (result == 1) {
        att->flags = flags;
        *present = 1;
    }
    return result;
}

/* The date's text without quotes; a slice where it is quoted. NIL for NIL. */
static int date_text(imap4__cursor *cur, imap4_str *out)
{
    const uint8_t *begin = cur->at + 1;
    const uint8_t *at = begin;

    if (imap4__peek(cur) != '"')
        return imap4__ntext(cur, out);
    while (at < cur->end && *at != '"' && *at != '\\')
        at++;
    if (at == cur->end || *at != '"')
        return 0;
    *out = imap4__str_n(begin, (size_t)(at - begin));
    cur->at = at + 1;
    return 1;
}

/* date-time / nil. A date that is none (Domino: 00-Jan-0000) is there but not valid. */
static int read_date(imap4__cursor *cur, const imap4_date **out)
{
    imap4_str text = {NULL, 0};
    imap4_date *date;
    int result = date_text(cur, &text);

    if (result != 1 || text.data == NULL)
        return result;
    date = imap4__arena_zalloc(cur->arena, sizeof *date);
    if (date == NULL)
        return IMAP4_ERROR_MEMORY;
    imap4__date_read(text.data, text.len, date);
    *out = date;
    return 1;
}

/* "INTERNALDATE" SP date-time */
static int read_internaldate(imap4__cursor *cur, imap4__response *response, imap4_msg_att *att, int *present)
{
    int result = read_date(cur, &att->internaldate);

    (void)response;
    *present = result == 1 && att->internaldate != NULL;
    return result;
}

/* "SAVEDATE" SP (date-time / nil) (RFC 8514 section 6) */
static int read_savedate(imap4__cursor *cur, imap4__response *response, imap4_msg_att *att, int *present)
{
    int result = read_date(cur, &att->savedate);

    (void)response;
    *present = result == 1;
    return result;
}

/* "RFC822.SIZE" SP number64 */
static int read_size(imap4__cursor *cur, imap4__response *response, imap4_msg_att *att, int *present)
{
    int result = imap4__number(cur, &att->rfc822_size);

    (void)response;
    *present = result == 1;
    return result;
}

static int read_envelope(imap4__cursor *cur, imap4__response *response, imap4_msg_att *att, int *present)
{
    int result = imap4__envelope_read(cur, response, &att->envelope);

    *present = result == 1 && att->envelope != NULL;
    return result;
}

static int read_bodystructure(imap4__cursor *cur, imap4__response *response, imap4_msg_att *att, int *present)
{
    int result = imap4__body_read(cur, response, &att->body);

    *present = result == 1;
    return result;
}

/* "BODY" SP body: says less than a BODYSTRUCTURE that came before it. */
static int read_body(imap4__cursor *cur, imap4__response *response, imap4_msg_att *att, int *present)
{
    const imap4_body *before = att->body;
    int result = read_bodystructure(cur, response, att, present);

    if (result == 1 && (att->present & IMAP4_FETCH_BODYSTRUCTURE))
        att->body = before;
    return result;
}

/* permsg-modsequence ")", from behind the parenthesis; there may be none. */
static int read_modseq_list(imap4__cursor *cur, uint64_t *number)
{
    int result = 1;

    imap4__gap(cur);
    if (imap4__peek(cur) != ')')
        result = imap4__number(cur, number);
    imap4__gap(cur);
    return result == 1 ? imap4__take(cur, ')') : result;
}

/* "MODSEQ" SP "(" permsg-modsequence ")"; a bare number occurs, and Zoho's (0) and (-1) mean none. */
static int read_modseq(imap4__cursor *cur, imap4__response *response, imap4_msg_att *att, int *present)
{
    uint64_t number = 0;
    int result = imap4__take(cur, '(') ? read_modseq_list(cur, &number) : imap4__number(cur, &number);

    (void)response;
    if (result == 1)
        att->modseq = number;
    *present = result == 1 && number != 0;
    return result;
}

/* "EMAILID" SP "(" objectid ")" (RFC 8474 section 7) */
static int read_emailid(imap4__cursor *cur, imap4__response *response, imap4_msg_att *att, int *present)
{
    int result = imap4__objectid_read_one(cur, &att->emailid);

    (void)response;
    *present = result == 1 && att->emailid.data != NULL;
    return result;
}

/* "THREADID" SP ( "(" objectid ")" / nil ) */
static int read_threadid(imap4__cursor *cur, imap4__response *response, imap4_msg_att *att, int *present)
{
    int result = imap4__objectid_read_one(cur, &att->threadid);

    (void)response;
    *present = result == 1;
    return result;
}

static int read_objectid(imap4__cursor *cur, imap4__response *response, imap4_msg_att *att, int *present)
{
    int result = imap4__objectid_read(cur, &att->objectid);

    (void)response;
    *present = result == 1;
    return result;
}

/* "(" "FUZZY" SP nstring ")" as in the drafts of RFC 8970, from behind its parenthesis */
static int read_old_preview(imap4__cursor *cur, imap4_str *out)
{
    imap4_str algorithm;
    int result;

    imap4__gap(cur);
    (void)imap4__atom(cur, &algorithm);
    imap4__gap(cur);
    if (imap4__take(cur, ')'))
        return 1;
    result = imap4__ntext(cur, out);
    imap4__gap(cur);
    return result == 1 ? imap4__take(cur, ')') : result;
}

/* "PREVIEW" SP nstring (RFC 8970 section 5) */
static int read_preview(imap4__cursor *cur, imap4__response *response, imap4_msg_att *att, int *present)
{
    imap4_str text = {NULL, 0};
    int result = imap4__take(cur, '(') ? read_old_preview(cur, &text) : imap4__ntext(cur, &text);

    (void)response;
    if (result == 1)
        att->preview = text;
    *present = result == 1;
    return result;
}

static int read_annotation(imap4__cursor *cur, imap4__response *response, imap4_msg_att *att, int *present)
{
    int result = imap4__annotations_read(cur, response, &att->annotations);

    *present = result == 1;
    return result;
}

/* "X-GM-MSGID" SP number64, all 64 bits of it */
static int read_gm_msgid(imap4__cursor *cur, imap4__response *response, imap4_msg_att *att, int *present)
{
    int result = imap4__number(cur, &att->gm_msgid);

    (void)response;
    *present = result == 1 && att->gm_msgid != 0;
    return result;
}

static int read_gm_thrid(imap4__cursor *cur, imap4__response *response, imap4_msg_att *att, int *present)
{
    int result = imap4__number(cur, &att->gm_thrid);

    (void)response;
    *present = result == 1 && att->gm_thrid != 0;
    return result;
}

static int read_gm_labels(imap4__cursor *cur, imap4__response *response, imap4_msg_att *att, int *present)
{
    int result = imap4__labels_read(cur, response, &att->gm_labels);

    *present = result == 1;
    return result;
}

#define ROW(name, bit, read)                                                                                           \
    {                                                                                                                  \
        name, sizeof(name) - 1, bit, read, 0, "FETCH " name                                                            \
    }
#define NIL_ROW(name, bit, read)                                                                                       \
    {                                                                                                                  \
        name, sizeof(name) - 1, bit, read, 1, "FETCH " name                                                            \
    }

static const imap4__msg_att_row rows[] = {
    ROW("UID", IMAP4_FETCH_UID, read_uid),
    NIL_ROW("FLAGS", IMAP4_FETCH_FLAGS, read_flags),
    ROW("INTERNALDATE", IMAP4_FETCH_INTERNALDATE, read_internaldate),
    ROW("RFC822.SIZE", IMAP4_FETCH_RFC822_SIZE, read_size),
    ROW("ENVELOPE", IMAP4_FETCH_ENVELOPE, read_envelope),
    ROW("BODYSTRUCTURE", IMAP4_FETCH_BODYSTRUCTURE, read_bodystructure),
    ROW("BODY", IMAP4_FETCH_BODY, read_body),
    ROW("MODSEQ", IMAP4_FETCH_MODSEQ, read_modseq),
    ROW("RFC822", IMAP4_FETCH_RFC822, NULL),
    ROW("RFC822.HEADER", IMAP4_FETCH_RFC822_HEADER, NULL),
    ROW("RFC822.TEXT", IMAP4_FETCH_RFC822_TEXT, NULL),
    ROW("EMAILID", IMAP4_FETCH_EMAILID, read_emailid),
    NIL_ROW("THREADID", IMAP4_FETCH_THREADID, read_threadid),
    ROW("OBJECTID", IMAP4_FETCH_OBJECTID, read_objectid),
    NIL_ROW("SAVEDATE", IMAP4_FETCH_SAVEDATE, read_savedate),
    NIL_ROW("PREVIEW", IMAP4_FETCH_PREVIEW, read_preview),
    NIL_ROW("SNIPPET", IMAP4_FETCH_PREVIEW, read_preview),
    NIL_ROW("ANNOTATION", IMAP4_FETCH_ANNOTATION, read_annotation),
    ROW("X-GM-MSGID", IMAP4_FETCH_X_GM_MSGID, read_gm_msgid),
    ROW("X-GM-THRID", IMAP4_FETCH_X_GM_THRID, read_gm_thrid),
    NIL_ROW("X-GM-LABELS", IMAP4_FETCH_X_GM_LABELS, read_gm_labels),
};

#undef ROW
#undef NIL_ROW

const imap4__msg_att_row *imap4__msg_att_find(imap4_str name)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].len == name.len && imap4__nocase_n(rows[i].name, name.data, name.len))
            return &rows[i];
    }
    return NULL;
}

const char *imap4_fetch_item_name(int item)
{
    if (item == IMAP4_FETCH_BINARY_SIZE) /* is read with its part (fetch.c) */
        return "BINARY.SIZE";
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (item > 0 && rows[i].bit == (uint32_t)item)
            return rows[i].name;
    }
    return NULL;
}
