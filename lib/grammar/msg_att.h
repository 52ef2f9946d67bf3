/* The items of FETCH that are known by name (RFC 9051 section 7.5.2, msg-att, and extensions). */
#ifndef IMAP4_GRAMMAR_MSG_ATT_H
#define IMAP4_GRAMMAR_MSG_ATT_H

#include "grammar/response.h"

/*
 * Reads the value of an item and says in *present whether it was there, since NIL and some numbers mean that it was
 * not. 1, 0 if it cannot be read, or an error.
 */
typedef int (*imap4__msg_att_reader)(imap4__cursor *cur, imap4__response *response, imap4_msg_att *att, int *present);

typedef struct imap4__msg_att_row {
    const char *name;
    uint32_t len;
    uint32_t bit;
    imap4__msg_att_reader read; /* NULL: a section under rev1's name */
    int reads_nil;              /* 1: NIL says something; 0: it says that the item is not there */
    const char *what;           /* "FETCH UID" */
} imap4__msg_att_row;

/* The row of a name, compared without case; NULL if it is not known. */
const imap4__msg_att_row *imap4__msg_att_find(imap4_str name);

#endif
