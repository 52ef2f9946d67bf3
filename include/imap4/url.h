/*
 * libimap4 - what servers say about URLs of messages (RFC 4467, RFC 5524).
 */
#ifndef IMAP4_URL_H
#define IMAP4_URL_H

#include <imap4/message.h>
#include <imap4/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is behind one URL. */
typedef struct imap4_url_data {
    const struct imap4_url_data *next;
    imap4_str url;
    imap4_str data;         /**< NIL: the URL is not valid, has expired, or may not be read */
    uint64_t size;          /**< of the data, also where it was cut */
    int32_t truncated;      /**< 1: longer than limits allow */
    int32_t binary;         /**< 1: BINARY, the transfer encoding is removed (RFC 5524) */
    const imap4_body *body; /**< BODYPARTSTRUCTURE (RFC 5524); NULL: not said */
    const imap4_named_value *other; /**< data this version does not know; NULL if none */
} imap4_url_data;

#ifdef __cplusplus
}
#endif

#endif
