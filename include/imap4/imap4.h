/*
 * libimap4 - an IMAP client library (RFC 9051, RFC 3501 and extensions). This header includes all others:
 *
 *     types.h     results, text, dates, memory         client.h   sockets, TLS, waiting: start here
 *     options.h   limits, policy, tracing              conn.h     the engine without I/O
 *     command.h   what a program can ask               event.h    what it is told
 *     search.h    search keys                          text.h     OK, NO, BAD and response codes
 *     set.h       sets of messages                     mailbox.h  mailboxes
 *     filter.h    TLS and DEFLATE as byte filters      message.h  messages
 *     server.h    who the server seems to be           found.h    search results and threads
 *                                                      quota.h, acl.h, metadata.h, url.h   extensions
 *                                                      value.h    what is not known by name
 *
 * Lifetimes. What _new() made, _free() frees; both accept NULL where that makes sense. Arguments are copied. What an
 * event shows lives until the next call of imap4_conn_next() or imap4_client_next(), or for as long as the program
 * likes with imap4_event_keep().
 *
 * Threads. One thread at a time per object, any number of objects. Only imap4_client_wake() may be called from
 * elsewhere.
 *
 * Errors. A negative result: the library could not go on, details on the object. NO and BAD: complete answers, in the
 * done event. The library never prints, exits, aborts, or touches signals and locale.
 *
 * Secrets. Passwords are wiped after use and never traced.
 */
#ifndef IMAP4_IMAP4_H
#define IMAP4_IMAP4_H

#include <imap4/acl.h>
#include <imap4/client.h>
#include <imap4/command.h>
#include <imap4/conn.h>
#include <imap4/event.h>
#include <imap4/filter.h>
#include <imap4/found.h>
#include <imap4/mailbox.h>
#include <imap4/message.h>
#include <imap4/metadata.h>
#include <imap4/options.h>
#include <imap4/quota.h>
#include <imap4/search.h>
#include <imap4/server.h>
#include <imap4/set.h>
#include <imap4/text.h>
#include <imap4/types.h>
#include <imap4/url.h>
#include <imap4/value.h>
#include <imap4/version.h>

#endif
