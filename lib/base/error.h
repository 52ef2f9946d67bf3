/* An imap4_error with the memory for its texts; embedded in the objects that can fail. */
#ifndef IMAP4_BASE_ERROR_H
#define IMAP4_BASE_ERROR_H

#include <imap4/types.h>

typedef struct imap4__error {
    imap4_error shown;
    char message[256];
    char text[512];
} imap4__error;

void imap4__error_init(imap4__error *error);

/*
 * Sets result and message: `what` and, when not NULL, `detail` behind ": ". Allocates nothing; long texts are cut at a
 * character's end, control characters become '?'. Returns `result`, so that callers can write
 * `return imap4__error_set(...)`.
 */
int imap4__error_set(imap4__error *error, int result, const char *what, const char *detail);
void imap4__error_set_text(imap4__error *error, imap4_str text); /* what the server said */

#endif
