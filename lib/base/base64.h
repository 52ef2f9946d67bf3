/* Base64 (RFC 4648 section 4). Modified base64 of mailbox names is wire/utf7's. */
#ifndef IMAP4_BASE_BASE64_H
#define IMAP4_BASE_BASE64_H

#include <imap4/types.h>

/* Characters needed, without NUL. */
size_t imap4__base64_encoded_size(size_t len);
/* Writes exactly that many characters. */
void imap4__base64_encode(const void *data, size_t len, char *out);

/*
 * Decodes strictly (padding required, no white space, zero pad bits not enforced) into `out`, which has room for
 * len / 4 * 3 bytes. IMAP4_OK or IMAP4_ERROR_PROTOCOL.
 */
int imap4__base64_decode(const char *text, size_t len, uint8_t *out, size_t *len_out);

#endif
