/*
 * What commands are made of and how they are written (RFC 9051 section 6). Knows no connection: an encoder gets its
 * arguments and writes them behind the tag and the command's name, beginning with a space.
 *
 * Arguments live in the arena of their request. The names of encoders are those of the commands.
 */
#ifndef IMAP4_COMMAND_COMMAND_H
#define IMAP4_COMMAND_COMMAND_H

#include "base/arena.h"
#include "command/items.h"
#include "command/keys.h"
#include "wire/emit.h"

#include <imap4/mailbox.h>

typedef struct imap4__args {
    imap4_str name;         /* mailbox, user, reference, raw line, mechanism */
    imap4_str second;       /* target, password, pattern */
    imap4_str third;        /* authorization identity */
    imap4_str *list;        /* ENABLE names; ID fields (name, value, ...; value may be NIL) */
    size_t list_count;
    const imap4__set *set;  /* messages */
    uint32_t items;         /* STATUS items */
    int mode;               /* imap4_store_mode */
    imap4_flags flags;      /* STORE, APPEND */
    int has_flags;
    imap4_date date;        /* APPEND */
    int has_date;
    const void *message;    /* APPEND from memory; NULL: supplied */
    uint64_t size;          /* of the message */
    const imap4__items *fetch;
    const imap4__keys *keys;
} imap4__args;

typedef void (*imap4__encoder)(imap4__emit *emit, const imap4__args *args);

void imap4__encode_nothing(imap4__emit *emit, const imap4__args *args);   /* commands without arguments */
void imap4__encode_id(imap4__emit *emit, const imap4__args *args);
void imap4__encode_login(imap4__emit *emit, const imap4__args *args);     /* user, password; secret */
void imap4__encode_enable(imap4__emit *emit, const imap4__args *args);
void imap4__encode_mailbox(imap4__emit *emit, const imap4__args *args);   /* SELECT, CREATE, ...: one name */
void imap4__encode_rename(imap4__emit *emit, const imap4__args *args);
void imap4__encode_list(imap4__emit *emit, const imap4__args *args);      /* LIST, LSUB: reference, pattern */
void imap4__encode_status(imap4__emit *emit, const imap4__args *args);
void imap4__encode_append(imap4__emit *emit, const imap4__args *args);
void imap4__encode_fetch(imap4__emit *emit, const imap4__args *args);     /* set, items */
void imap4__encode_search(imap4__emit *emit, const imap4__args *args);
void imap4__encode_store(imap4__emit *emit, const imap4__args *args);
void imap4__encode_copy(imap4__emit *emit, const imap4__args *args);      /* COPY, MOVE: set, mailbox */
void imap4__encode_set(imap4__emit *emit, const imap4__args *args);       /* UID EXPUNGE */

#endif
