/*
 * libimap4 - requests: what a program can ask of a server (RFC 9051 section 6; CHECK, LSUB: RFC 3501).
 *
 * Every function here copies its arguments, puts the request into the queue of the connection and returns at once:
 * IMAP4_OK and the request's number, or IMAP4_ERROR_ARGUMENT, IMAP4_ERROR_MEMORY, IMAP4_ERROR_LIMIT (queue full) or
 * IMAP4_ERROR_CLOSED, in which case nothing was queued. `request_out` may be NULL.
 *
 * An accepted request gets events and then exactly one IMAP4_EVENT_DONE (event.h), whatever happens. Requests leave the
 * queue in the order they were made, several may be in flight at once, and the ordering rules of RFC 9051 section 5.5
 * are kept. A request that needs a state waits while an earlier one may still bring it about (LOGIN, SELECT), and ends
 * as *not sent* with IMAP4_ERROR_STATE when none can.
 *
 * "Needs X" below: where the server lacks X, nothing is sent and the request ends with IMAP4_OUTCOME_UNSUPPORTED.
 * "Stale": message numbers have changed since the program looked, nothing is sent, IMAP4_OUTCOME_STALE.
 *
 * Mailbox names are NUL-terminated: UTF-8, encoded for the server by the library; "INBOX" in any case. To use a name
 * exactly as it came from the server (imap4_mailbox_list::raw), put the prefix IMAP4_RAW_NAME before it.
 */
#ifndef IMAP4_COMMAND_H
#define IMAP4_COMMAND_H

#include <imap4/conn.h>
#include <imap4/mailbox.h>
#include <imap4/message.h>
#include <imap4/search.h>
#include <imap4/set.h>
#include <imap4/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A byte that no mailbox name holds: what follows is sent as it is, without encoding. CR, LF and NUL are refused. */
#define IMAP4_RAW_NAME "\001"

/*
 * Any state (RFC 9051 section 6.1).
 */

/** CAPABILITY (RFC 9051 section 6.1.1). Answer: IMAP4_EVENT_CAPABILITY. The engine asks by itself where it needs to
 * know. */
IMAP4_API int imap4_capability(imap4_conn *conn, uint64_t *request_out);

/** NOOP (RFC 9051 section 6.1.2): lets the server say what is new. */
IMAP4_API int imap4_noop(imap4_conn *conn, uint64_t *request_out);

/**
 * ID (RFC 2971). `fields` are `count` pairs name, value, name, value, ...; a NULL value is NIL; count 0 sends NIL.
 * At most 30 pairs, names of at most 30 bytes, values of at most 1024. Answer: IMAP4_EVENT_ID. Needs ID.
 */
IMAP4_API int imap4_id(imap4_conn *conn, const char *const *fields, size_t count, uint64_t *request_out);

/** LOGOUT (RFC 9051 section 6.1.3). Requests made before are answered first; nothing can be made after it. */
IMAP4_API int imap4_logout(imap4_conn *conn, uint64_t *request_out);

/*
 * Not authenticated state (RFC 9051 section 6.2).
 */

/**
 * STARTTLS (RFC 9051 section 6.2.1). When the server agrees, IMAP4_EVENT_LAYER comes and the program builds TLS
 * (conn.h). What was learned before is forgotten. Bytes that the server sent behind its OK in the clear end the
 * connection.
 */
IMAP4_API int imap4_starttls(imap4_conn *conn, uint64_t *request_out);

/**
 * LOGIN (RFC 9051 section 6.2.3). `password` may be NULL: IMAP4_EVENT_WANTED asks for it when it is needed. Both are
 * wiped after use and never traced. Not sent where the server says LOGINDISABLED (the request ends as not sent, with
 * IMAP4_ERROR_UNSUPPORTED), nor in the clear (options.h; IMAP4_ERROR_SECURITY).
 */
IMAP4_API int imap4_login(imap4_conn *conn, const char *user, const char *password, uint64_t *request_out);

/**
 * AUTHENTICATE (RFC 9051 section 6.2.2) with a SASL mechanism of this build: "PLAIN" (RFC 4616), and with TLS built in
 * also "CRAM-MD5" (RFC 2195). `authorize` may be NULL: act as `user`. The initial response goes along where SASL-IR
 * allows it (RFC 4959). Password, wiping, tracing and clear text as in imap4_login(). Needs AUTH=mechanism; an unknown
 * mechanism is IMAP4_ERROR_UNSUPPORTED.
 */
IMAP4_API int imap4_authenticate(imap4_conn *conn, const char *mechanism, const char *authorize, const char *user,
                                 const char *password, uint64_t *request_out);

/** 1 if this build has the SASL mechanism, its name compared without case. */
IMAP4_API int imap4_mechanism_available(const char *mechanism);

/*
 * Authenticated state (RFC 9051 section 6.3).
 */

/** ENABLE (RFC 5161) for `count` capability names. Answer: IMAP4_EVENT_ENABLED with what is now on. Needs ENABLE. */
IMAP4_API int imap4_enable(imap4_conn *conn, const char *const *capabilities, size_t count, uint64_t *request_out);

/** COMPRESS DEFLATE (RFC 4978). When the server agrees, IMAP4_EVENT_LAYER comes. Needs COMPRESS=DEFLATE. */
IMAP4_API int imap4_compress(imap4_conn *conn, uint64_t *request_out);

/**
 * SELECT (RFC 9051 section 6.3.2). Answer: IMAP4_EVENT_VIEW when the new view is known (imap4_conn_view() has it too),
 * IMAP4_EVENT_FLAGS, EXISTS and so on. A refused SELECT leaves no mailbox selected; IMAP4_EVENT_VIEW says so.
 */
IMAP4_API int imap4_select(imap4_conn *conn, const char *mailbox, uint64_t *request_out);

/** EXAMINE (RFC 9051 section 6.3.3): SELECT, read-only. */
IMAP4_API int imap4_examine(imap4_conn *conn, const char *mailbox, uint64_t *request_out);

/** CREATE (RFC 9051 section 6.3.4). A trailing hierarchy delimiter announces that names below it will be made. */
IMAP4_API int imap4_create(imap4_conn *conn, const char *mailbox, uint64_t *request_out);

/** DELETE (RFC 9051 section 6.3.5). */
IMAP4_API int imap4_delete(imap4_conn *conn, const char *mailbox, uint64_t *request_out);

/** RENAME (RFC 9051 section 6.3.6). Renaming INBOX moves its messages and leaves it empty. */
IMAP4_API int imap4_rename(imap4_conn *conn, const char *from, const char *to, uint64_t *request_out);

/** SUBSCRIBE (RFC 9051 section 6.3.7). */
IMAP4_API int imap4_subscribe(imap4_conn *conn, const char *mailbox, uint64_t *request_out);

/** UNSUBSCRIBE (RFC 9051 section 6.3.8). */
IMAP4_API int imap4_unsubscribe(imap4_conn *conn, const char *mailbox, uint64_t *request_out);

/**
 * LIST (RFC 9051 section 6.3.9). `reference` is usually ""; in `pattern` `*` stands for anything and `%` for anything
 * within one level; both are UTF-8 like names. An empty pattern asks for the delimiter. Answer: an IMAP4_EVENT_LIST
 * each.
 */
IMAP4_API int imap4_list(imap4_conn *conn, const char *reference, const char *pattern, uint64_t *request_out);

/** LSUB (RFC 3501 section 6.3.9): subscribed names. */
IMAP4_API int imap4_lsub(imap4_conn *conn, const char *reference, const char *pattern, uint64_t *request_out);

/** NAMESPACE (RFC 2342). Answer: IMAP4_EVENT_NAMESPACE. Needs NAMESPACE. */
IMAP4_API int imap4_namespace(imap4_conn *conn, uint64_t *request_out);

/** STATUS (RFC 9051 section 6.3.11) for IMAP4_STATUS_ATT_* bits (mailbox.h), at least one. Answer: IMAP4_EVENT_STATUS.
 */
IMAP4_API int imap4_status_of(imap4_conn *conn, const char *mailbox, uint32_t items, uint64_t *request_out);

/**
 * APPEND (RFC 9051 section 6.3.12) from memory. `flags` and `date` may be NULL. The message should have CRLF line ends;
 * it is sent as it is, and NUL bytes are refused. Servers with UIDPLUS (RFC 4315) tell the new UID in the done event
 * (code APPENDUID). Wait for it before naming that UID in another request: servers may look for it too early.
 */
IMAP4_API int imap4_append(imap4_conn *conn, const char *mailbox, const imap4_flags *flags, const imap4_date *date,
                           const void *message, size_t len, uint64_t *request_out);

/**
 * APPEND of `size` bytes that the program has not got in memory: IMAP4_EVENT_WANTED (LITERAL) asks for them piece by
 * piece, to be answered with imap4_supply().
 */
IMAP4_API int imap4_append_stream(imap4_conn *conn, const char *mailbox, const imap4_flags *flags,
                                  const imap4_date *date, uint64_t size, uint64_t *request_out);

/**
 * IDLE (RFC 2177; RFC 9051 section 6.3.13): waits for changes of the selected mailbox, if there is one. It lasts until
 * imap4_cancel(), or until another mailbox is selected. Requests made meanwhile interrupt it: the engine sends DONE,
 * then the requests, and waits again when they are answered. IMAP4_EVENT_IDLE tells when the server waits with us.
 * LOGOUT ends it. One at a time: another one ends as not sent. Needs IDLE.
 */
IMAP4_API int imap4_idle(imap4_conn *conn, uint64_t *request_out);

/*
 * Selected state (RFC 9051 section 6.4).
 */

/** CHECK (RFC 3501 section 6.4.1). Servers that are IMAP4rev2 only are sent NOOP instead. */
IMAP4_API int imap4_check(imap4_conn *conn, uint64_t *request_out);

/** CLOSE (RFC 9051 section 6.4.1): leaves the mailbox, expunging what is marked \Deleted, all of it and without
 * telling; behind EXAMINE nothing is expunged. */
IMAP4_API int imap4_close(imap4_conn *conn, uint64_t *request_out);

/** UNSELECT (RFC 3691): leaves the mailbox and expunges nothing. Needs UNSELECT. */
IMAP4_API int imap4_unselect(imap4_conn *conn, uint64_t *request_out);

/**
 * What a FETCH asks for (RFC 9051 section 6.4.5). Filled once, usable for any number of requests.
 *
 * The functions give IMAP4_OK, IMAP4_ERROR_ARGUMENT or IMAP4_ERROR_MEMORY. The first error is remembered and given
 * again by imap4_fetch(), so a program may check once, there. Nothing asked for is IMAP4_ERROR_ARGUMENT too.
 */
typedef struct imap4_fetch_items imap4_fetch_items; /**< opaque */

/** Makes an empty list. `allocator` may be NULL for malloc. */
IMAP4_API int imap4_fetch_items_new(imap4_fetch_items **out, const imap4_allocator *allocator);

/** Frees it. NULL is fine. */
IMAP4_API void imap4_fetch_items_free(imap4_fetch_items *items);

/** Adds items of IMAP4_FETCH_* (message.h), macros included. */
IMAP4_API int imap4_fetch_items_add(imap4_fetch_items *items, uint32_t fetch_items);

/** How a section is fetched. */
typedef enum imap4_section_mode {
    IMAP4_SECTION_COLLECT = 0, /**< collected into the FETCH event */
    IMAP4_SECTION_STREAM = 1,  /**< BODY_BEGIN, BODY_CHUNK ..., BODY_END, then the FETCH event without its bytes */
    IMAP4_SECTION_SET_SEEN = 2 /**< BODY[...] instead of BODY.PEEK[...]; may be added to the others */
} imap4_section_mode;

/**
 * Adds a section: `part` "" or NULL for the whole message, "1.2" for a part; `text` an imap4_section_text; `mode` of
 * imap4_section_mode. HEADER_FIELDS and HEADER_FIELDS_NOT need fields, which are added next.
 */
IMAP4_API int imap4_fetch_items_section(imap4_fetch_items *items, const char *part, int text, int mode);

/** Names a header field (printable ASCII without colon) for the section added last. */
IMAP4_API int imap4_fetch_items_field(imap4_fetch_items *items, const char *field);

/** Asks only for `count` bytes from `origin` on of the section added last; count >= 1, both below 2^32. */
IMAP4_API int imap4_fetch_items_partial(imap4_fetch_items *items, uint64_t origin, uint64_t count);

/**
 * Keeps only the first `count` bytes, at least 1, of the section added last, and drops the rest of what the server
 * sends for it: the section is marked as truncated. For sections that are collected; IMAP4_ERROR_ARGUMENT for one that is
 * streamed.
 */
IMAP4_API int imap4_fetch_items_prefix(imap4_fetch_items *items, uint64_t count);

/** UID FETCH (RFC 9051 section 6.4.9). Answer: an IMAP4_EVENT_FETCH for each message there is; UIDs that are not there
 * are no error. */
IMAP4_API int imap4_fetch(imap4_conn *conn, const imap4_uid_set *uids, const imap4_fetch_items *items,
                          uint64_t *request_out);

/**
 * FETCH by message sequence number. `serial` is the one of the event or view in which the program saw the numbers; the
 * request ends as *stale*, with nothing sent, when they have changed since.
 */
IMAP4_API int imap4_fetch_seq(imap4_conn *conn, const imap4_seq_set *numbers, uint64_t serial,
                              const imap4_fetch_items *items, uint64_t *request_out);

/** UID SEARCH (RFC 9051 section 6.4.4); NULL keys mean ALL. Answer: IMAP4_EVENT_SEARCH with UIDs, or none if nothing
 * was found. */
IMAP4_API int imap4_search(imap4_conn *conn, const imap4_search_keys *keys, uint64_t *request_out);

/** SEARCH: the same with message sequence numbers, true as of the event's serial. */
IMAP4_API int imap4_search_seq(imap4_conn *conn, const imap4_search_keys *keys, uint64_t *request_out);

/** How STORE changes flags. */
typedef enum imap4_store_mode {
    IMAP4_STORE_REPLACE = 0, /**< FLAGS: exactly these */
    IMAP4_STORE_ADD = 1,     /**< +FLAGS */
    IMAP4_STORE_REMOVE = 2,  /**< -FLAGS */
    IMAP4_STORE_SILENT = 4   /**< .SILENT, may be added to the others: the server need not echo */
} imap4_store_mode;

/** UID STORE (RFC 9051 section 6.4.6). Answer: an IMAP4_EVENT_FETCH with the new flags of each message, unless silent.
 */
IMAP4_API int imap4_store(imap4_conn *conn, const imap4_uid_set *uids, int mode, const imap4_flags *flags,
                          uint64_t *request_out);

/** STORE by message sequence number; `serial` as in imap4_fetch_seq(). */
IMAP4_API int imap4_store_seq(imap4_conn *conn, const imap4_seq_set *numbers, uint64_t serial, int mode,
                              const imap4_flags *flags, uint64_t *request_out);

/** UID COPY (RFC 9051 section 6.4.7). Servers with UIDPLUS (RFC 4315) tell the new UIDs in the done event (code
 * COPYUID). */
IMAP4_API int imap4_copy(imap4_conn *conn, const imap4_uid_set *uids, const char *mailbox, uint64_t *request_out);

/** COPY by message sequence number; `serial` as in imap4_fetch_seq(). */
IMAP4_API int imap4_copy_seq(imap4_conn *conn, const imap4_seq_set *numbers, uint64_t serial, const char *mailbox,
                             uint64_t *request_out);

/**
 * UID MOVE (RFC 6851). The new UIDs are in imap4_done::copied, where the server tells them.
 *
 * Where the server lacks MOVE: UID COPY, then UID STORE +FLAGS.SILENT (\Deleted) and UID EXPUNGE of the messages that
 * COPYUID says were copied, each only after the step before succeeded. Without UIDPLUS nothing is expunged, since a
 * bare EXPUNGE would remove other messages too, and nothing is even marked when new mail could be in the set (`5:*`, or
 * UIDs from UIDNEXT on). The done event names the step reached.
 */
IMAP4_API int imap4_move(imap4_conn *conn, const imap4_uid_set *uids, const char *mailbox, uint64_t *request_out);

/** MOVE by message sequence number; `serial` as in imap4_fetch_seq(). Needs MOVE. */
IMAP4_API int imap4_move_seq(imap4_conn *conn, const imap4_seq_set *numbers, uint64_t serial, const char *mailbox,
                             uint64_t *request_out);

/** EXPUNGE (RFC 9051 section 6.4.3): removes every message marked \Deleted, whoever marked it. Answer:
 * IMAP4_EVENT_EXPUNGE each. */
IMAP4_API int imap4_expunge(imap4_conn *conn, uint64_t *request_out);

/** UID EXPUNGE (RFC 4315): removes those of the set that are marked \Deleted. Needs UIDPLUS. */
IMAP4_API int imap4_expunge_uids(imap4_conn *conn, const imap4_uid_set *uids, uint64_t *request_out);

/*
 * Anything else.
 */

/**
 * Sends a command that this version does not know: `line` without tag and line end, as it is. CR, LF and NUL are
 * refused, and so is a line that ends like the announcement of a literal. Commands that change the state or the layers
 * of the connection must not be sent this way. Its data comes as events of their kind, or as IMAP4_EVENT_UNKNOWN,
 * unasked; the answer in the done event. Nothing else is in flight meanwhile.
 */
IMAP4_API int imap4_raw(imap4_conn *conn, const char *line, uint64_t *request_out);

/*
 * Requests in general.
 */

/** 1 while the request has not ended. Its done event may still have to be read when this is 0. */
IMAP4_API int imap4_request_pending(const imap4_conn *conn, uint64_t request);

/** Attaches a number or pointer of the program's own; events of the request carry it. IMAP4_ERROR_ARGUMENT if ended. */
IMAP4_API int imap4_request_set_cookie(imap4_conn *conn, uint64_t request, uint64_t cookie);

/**
 * Answers an IMAP4_EVENT_WANTED, once each. For a literal, `*taken_out` (it may be NULL) says how many bytes were
 * taken: at least one, at most the amount wanted; the event comes again while more is wanted and there is room. No
 * bytes at all, or a NUL among them, are IMAP4_ERROR_ARGUMENT. A password must come whole. IMAP4_ERROR_STATE if nothing
 * is wanted for the request.
 */
IMAP4_API int imap4_supply(imap4_conn *conn, uint64_t request, const void *data, size_t len, size_t *taken_out);

/**
 * Gives a request up. Unsent requests vanish; IDLE is ended in good order; reads (FETCH, SEARCH, LIST, STATUS ...) are
 * drained without further events; whatever may change something runs on and reports its outcome; a sign-in is
 * answered with `*`; a literal whose size was announced ends the connection. The done event comes in every case.
 * IMAP4_ERROR_ARGUMENT if the request has ended or never was.
 */
IMAP4_API int imap4_cancel(imap4_conn *conn, uint64_t request);

#ifdef __cplusplus
}
#endif

#endif
