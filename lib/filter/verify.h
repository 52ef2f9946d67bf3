/* Words for a refused certificate. */
#ifndef IMAP4_FILTER_VERIFY_H
#define IMAP4_FILTER_VERIFY_H

#include <imap4/filter.h>

#define IMAP4__VERIFY_TEXT_MAX 240

/* What is wrong, by the bits, worst first, as a list for people. `text` has room for IMAP4__VERIFY_TEXT_MAX bytes. */
void imap4__verify_text(uint32_t bits, char *text);

#endif
