/*
 * SASL mechanisms (RFC 4422) as step functions over bytes. Knows no connection and no base64.
 */
#ifndef IMAP4_SASL_MECHANISM_H
#define IMAP4_SASL_MECHANISM_H

#include "base/buf.h"

#include <imap4/types.h>

typedef struct imap4__credentials {
    imap4_str authorize; /* NIL: act as user */
    imap4_str user;
    imap4_str password;
} imap4__credentials;

typedef struct imap4__mechanism {
    const char *name;       /* "PLAIN" */
    int client_first;       /* 1: has an initial response */
    int plaintext;          /* 1: reveals the password to whoever reads along */
    size_t state_size;      /* bytes of state, zeroed before the first step, wiped after the last */
    /*
     * Takes a challenge and appends the response. `step` counts from 0; a client-first mechanism gets an empty
     * challenge at step 0. IMAP4_OK, IMAP4_ERROR_MEMORY, IMAP4_ERROR_ARGUMENT (the mechanism cannot carry such
     * credentials: NUL, or nothing, in a name or password, an identity where there is no room for one),
     * IMAP4_ERROR_SASL (the challenge is wrong, or one too many). On an error the response is as before.
     */
    int (*step)(void *state, unsigned step, const imap4__credentials *who, const uint8_t *challenge, size_t len,
                imap4__buf *response);
    /* 1 if the server has proved all it must: an OK before that is a failure. NULL: nothing to prove. */
    int (*finished)(const void *state);
    /* 0 if the TLS library was built without what the mechanism needs. NULL: always there. */
    int (*available)(void);
} imap4__mechanism;

/* 1 if the text can be a name or password of a mechanism: something, and without NUL. */
int imap4__credential_valid(imap4_str text);

extern const imap4__mechanism imap4__mechanism_plain;
#if IMAP4_HAVE_TLS
extern const imap4__mechanism imap4__mechanism_cram_md5;
#endif

/* The mechanism of this build with that name, compared without case; NULL if there is none. */
const imap4__mechanism *imap4__mechanism_find(imap4_str name);

#endif
