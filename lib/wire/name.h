/* Names of the wire that are both read and written: one table serves both, since grammar and command do not meet. */
#ifndef IMAP4_WIRE_NAME_H
#define IMAP4_WIRE_NAME_H

#include "base/str.h"

/* Both end with a NULL name. */
extern const imap4__name imap4__flag_names[];       /* system flags (RFC 9051 section 2.3.2) */
extern const imap4__name imap4__status_att_names[]; /* status-att (RFC 9051 section 9), in the order of asking */

#endif
