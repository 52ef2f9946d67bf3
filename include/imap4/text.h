/*
 * libimap4 - status responses: OK, NO, BAD, PREAUTH and BYE, their response codes and text (RFC 9051 section 7.1).
 */
#ifndef IMAP4_TEXT_H
#define IMAP4_TEXT_H

#include <imap4/mailbox.h>
#include <imap4/message.h>
#include <imap4/set.h>
#include <imap4/types.h>
#include <imap4/value.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The status word of a response (RFC 9051 section 7.1). */
typedef enum imap4_status {
    IMAP4_STATUS_NONE = 0,
    IMAP4_STATUS_OK = 1,
    IMAP4_STATUS_NO = 2,
    IMAP4_STATUS_BAD = 3,
    IMAP4_STATUS_PREAUTH = 4,
    IMAP4_STATUS_BYE = 5
} imap4_status;

/** The name of an imap4_status as on the wire, as static text; NULL if unknown. */
IMAP4_API const char *imap4_status_name(int status);

/**
 * Response codes (RFC 9051 section 7.1, RFC 5530, and the extensions named). The comment tells which fields of
 * imap4_resp_text hold the argument. What is not named here, and what has an argument that cannot be read, is CODE_OTHER
 * with its raw argument; no code is ever an error.
 */
typedef enum imap4_code {
    IMAP4_CODE_NONE = 0,
    IMAP4_CODE_OTHER = 1, /**< see imap4_resp_text::code_name */
    IMAP4_CODE_ALERT = 2,
    IMAP4_CODE_ALREADYEXISTS = 3,
    IMAP4_CODE_APPENDUID = 4, /**< number: UIDVALIDITY; uids */
    IMAP4_CODE_AUTHENTICATIONFAILED = 5,
    IMAP4_CODE_AUTHORIZATIONFAILED = 6,
    IMAP4_CODE_BADCHARSET = 7, /**< names: what the server supports */
    IMAP4_CODE_CANNOT = 8,
    IMAP4_CODE_CAPABILITY = 9, /**< names */
    IMAP4_CODE_CLIENTBUG = 10,
    IMAP4_CODE_CLOSED = 11,
    IMAP4_CODE_COMPRESSIONACTIVE = 12,
    IMAP4_CODE_CONTACTADMIN = 13,
    IMAP4_CODE_COPYUID = 14, /**< number: UIDVALIDITY; source_uids, uids */
    IMAP4_CODE_CORRUPTION = 15,
    IMAP4_CODE_EXPIRED = 16,
    IMAP4_CODE_EXPUNGEISSUED = 17,
    IMAP4_CODE_HASCHILDREN = 18,
    IMAP4_CODE_HIGHESTMODSEQ = 19, /**< number */
    IMAP4_CODE_INUSE = 20,
    IMAP4_CODE_LIMIT = 21,
    IMAP4_CODE_NOMODSEQ = 22,
    IMAP4_CODE_NONEXISTENT = 23,
    IMAP4_CODE_NOPERM = 24,
    IMAP4_CODE_OVERQUOTA = 25,
    IMAP4_CODE_PARSE = 26,
    IMAP4_CODE_PERMANENTFLAGS = 27, /**< flags */
    IMAP4_CODE_PRIVACYREQUIRED = 28,
    IMAP4_CODE_READ_ONLY = 29,
    IMAP4_CODE_READ_WRITE = 30,
    IMAP4_CODE_REFERRAL = 31, /**< names: URLs (RFC 2221, RFC 2193); never followed by the library */
    IMAP4_CODE_SERVERBUG = 32,
    IMAP4_CODE_TOOBIG = 33,
    IMAP4_CODE_TRYCREATE = 34,
    IMAP4_CODE_UIDNEXT = 35, /**< number */
    IMAP4_CODE_UIDNOTSTICKY = 36,
    IMAP4_CODE_UIDVALIDITY = 37, /**< number */
    IMAP4_CODE_UNAVAILABLE = 38,
    IMAP4_CODE_UNKNOWN_CTE = 39,
    IMAP4_CODE_UNSEEN = 40,              /**< number */
    IMAP4_CODE_ANNOTATE = 41,            /**< RFC 5257; details: TOOBIG or TOOMANY */
    IMAP4_CODE_ANNOTATIONS = 42,         /**< RFC 5257; number: largest size; details: NONE, READ_ONLY, NOPRIVATE */
    IMAP4_CODE_BADCOMPARATOR = 43,       /**< RFC 5255 */
    IMAP4_CODE_BADEVENT = 44,            /**< RFC 5465; names: events the server has */
    IMAP4_CODE_BADURL = 45,              /**< RFC 4469; value: the URL */
    IMAP4_CODE_INPROGRESS = 46,          /**< RFC 9585; value: tag; number of second_number are done; 0: not said */
    IMAP4_CODE_MAILBOXID = 47,           /**< RFC 8474; value */
    IMAP4_CODE_MAXCONVERTMESSAGES = 48,  /**< RFC 5259; number */
    IMAP4_CODE_MAXCONVERTPARTS = 49,     /**< RFC 5259; number */
    IMAP4_CODE_MESSAGELIMIT = 50,        /**< RFC 9738; number: the limit; second_number: lowest UID done, 0: not said */
    IMAP4_CODE_METADATA = 51,            /**< RFC 5464; details, and number with LONGENTRIES and MAXSIZE */
    IMAP4_CODE_MODIFIED = 52,            /**< RFC 7162; uids or numbers: messages that were not changed */
    IMAP4_CODE_NEWNAME = 53,             /**< RFC 2060; names: the old and the new one */
    IMAP4_CODE_NOTIFICATIONOVERFLOW = 54, /**< RFC 5465 */
    IMAP4_CODE_NOTSAVED = 55,            /**< RFC 5182 */
    IMAP4_CODE_NOUPDATE = 56,            /**< RFC 5267; value: tag */
    IMAP4_CODE_OBJECTID = 57,            /**< objectid */
    IMAP4_CODE_TEMPFAIL = 58,            /**< RFC 5259 */
    IMAP4_CODE_THROTTLED = 59,           /**< Gmail */
    IMAP4_CODE_TOOFEW = 60,              /**< RFC 10022 */
    IMAP4_CODE_TOOMANY = 61,             /**< RFC 10022 */
    IMAP4_CODE_UIDREQUIRED = 62,         /**< RFC 9586 */
    IMAP4_CODE_UNDEFINED_FILTER = 63,    /**< RFC 5466; value: its name */
    IMAP4_CODE_URLMECH = 64,             /**< RFC 4467; names: "INTERNAL" and others, each perhaps with "=" and data */
    IMAP4_CODE_USEATTR = 65,             /**< RFC 6154 */
    IMAP4_CODE_WEBALERT = 66             /**< Gmail; value: a URL */
} imap4_code;

/** The name of an imap4_code as on the wire ("READ-ONLY"), as static text; NULL for NONE, OTHER and unknown. */
IMAP4_API const char *imap4_code_name(int code);

/** What the words behind METADATA, ANNOTATE and ANNOTATIONS say, as a mask (RFC 5464, RFC 5257). */
typedef enum imap4_code_detail {
    IMAP4_CODE_DETAIL_TOOBIG = 1,
    IMAP4_CODE_DETAIL_TOOMANY = 2,
    IMAP4_CODE_DETAIL_NOPRIVATE = 4,
    IMAP4_CODE_DETAIL_LONGENTRIES = 8, /**< entries longer than asked for were left out; number: the longest */
    IMAP4_CODE_DETAIL_MAXSIZE = 16,    /**< number: the most the server takes */
    IMAP4_CODE_DETAIL_NONE = 32,
    IMAP4_CODE_DETAIL_READ_ONLY = 64
} imap4_code_detail;

/** The name of one imap4_code_detail bit as on the wire, as static text; NULL if unknown or several. */
IMAP4_API const char *imap4_code_detail_name(int detail);

/** Names in a list: capabilities, charsets, events, URLs. */
typedef struct imap4_names {
    const imap4_str *names;
    size_t count;
} imap4_names;

/** Status, response code and text of a status response (RFC 9051 section 7.1, resp-text). */
typedef struct imap4_resp_text {
    int32_t status;      /**< imap4_status */
    int32_t code;        /**< imap4_code */
    imap4_str code_name; /**< as sent; NIL if there is no code */
    imap4_str argument;  /**< what followed the name inside the brackets, as sent but for long lists of numbers; NIL if
                              nothing */
    imap4_str text;      /**< for people; may be empty */
    int32_t trusted;     /**< 1: said over a connection whose peer is verified or local */
    uint32_t details;    /**< IMAP4_CODE_DETAIL_* bits */
    uint64_t number;     /**< see imap4_code */
    const imap4_names *names;         /**< see imap4_code; NULL if not said */
    const imap4_flags *flags;         /**< PERMANENTFLAGS; NULL otherwise */
    const imap4_uid_set *uids;        /**< APPENDUID, COPYUID: UIDs in the destination; MODIFIED; NULL otherwise */
    const imap4_uid_set *source_uids; /**< COPYUID: UIDs in the source, paired with `uids` by position */
    const imap4_seq_set *numbers;     /**< MODIFIED for a command by message number; NULL otherwise */
    uint64_t second_number;           /**< INPROGRESS: of how many; MESSAGELIMIT: the lowest UID done; 0: not said */
    imap4_str value;                  /**< see imap4_code; NIL if not said */
    const imap4_objectid *objectid;   /**< OBJECTID; NULL otherwise */
    const imap4_value *values;        /**< OTHER: the argument as values, where it can be read so; NULL otherwise */
    uint64_t backoff_ms;              /**< wait so long before asking again, where the text says it; 0: not said */
} imap4_resp_text;

/** 1 if the list holds the name, compared without case; names may be NULL. */
IMAP4_API int imap4_names_contain(const imap4_names *names, const char *name);

#ifdef __cplusplus
}
#endif

#endif
