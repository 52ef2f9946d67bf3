/* Gmail's labels. */
#ifndef IMAP4_GRAMMAR_LABEL_H
#define IMAP4_GRAMMAR_LABEL_H

#include "grammar/response.h"

/* Reads "(" labels ")" or NIL. 1, 0 if something else stands there, or an error. */
int imap4__labels_read(imap4__cursor *cur, imap4__response *response, const imap4_gm_label **out);

#endif
