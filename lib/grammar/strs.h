/* A list of texts that grows in an arena. */
#ifndef IMAP4_GRAMMAR_STRS_H
#define IMAP4_GRAMMAR_STRS_H

#include "wire/token.h"

typedef struct imap4__strs {
    imap4_str *items;
    size_t count;
    size_t capacity;
} imap4__strs;

/* Adds a text that lives in the arena already, or is static. IMAP4_OK, IMAP4_ERROR_MEMORY, IMAP4_ERROR_LIMIT. */
int imap4__strs_add(imap4__cursor *cur, imap4__strs *list, imap4_str item);

/* Adds a copy. */
int imap4__strs_copy(imap4__cursor *cur, imap4__strs *list, imap4_str item);

/* Adds the astrings up to a ")" (which stays) or the end. 1; 0 before what is none; IMAP4_ERROR_MEMORY or _LIMIT. */
int imap4__strs_read(imap4__cursor *cur, imap4__strs *list);

#endif
