/* System flags as they are spelled (RFC 9051 section 2.3.2). Reading and writing use the same table. */
#ifndef IMAP4_WIRE_FLAG_H
#define IMAP4_WIRE_FLAG_H

#include "base/str.h"

extern const imap4__name imap4__flag_names[]; /* ends with a NULL name */

#endif
