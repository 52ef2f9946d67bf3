#include <imap4/types.h>

#include <stddef.h>

static const struct row {
    int result;
    const char *name;
    const char *message;
} rows[] = {
    {IMAP4_OK, "OK", "no error"},
    {IMAP4_EVENT, "EVENT", "an event was returned"},
    {IMAP4_DONE, "DONE", "the request has ended"},
    {IMAP4_DRAIN, "DRAIN", "events of other requests must be read first"},
    {IMAP4_WOKEN, "WOKEN", "the wait was ended by a wake-up"},
    {IMAP4_ERROR_MEMORY, "ERROR_MEMORY", "out of memory"},
    {IMAP4_ERROR_ARGUMENT, "ERROR_ARGUMENT", "an argument is invalid"},
    {IMAP4_ERROR_STATE, "ERROR_STATE", "the call makes no sense now"},
    {IMAP4_ERROR_LIMIT, "ERROR_LIMIT", "a limit was passed"},
    {IMAP4_ERROR_CLOSED, "ERROR_CLOSED", "the connection has ended"},
    {IMAP4_ERROR_EOF, "ERROR_EOF", "the server closed the connection without a word"},
    {IMAP4_ERROR_BYE, "ERROR_BYE", "the server ended the session"},
    {IMAP4_ERROR_PROTOCOL, "ERROR_PROTOCOL", "the server broke the protocol"},
    {IMAP4_ERROR_GREETING, "ERROR_GREETING", "the server did not greet as an IMAP server, or refused service"},
    {IMAP4_ERROR_SECURITY, "ERROR_SECURITY", "going on would not be safe"},
    {IMAP4_ERROR_UNSUPPORTED, "ERROR_UNSUPPORTED", "this server or this build cannot do it"},
    {IMAP4_ERROR_TIMEOUT, "ERROR_TIMEOUT", "a deadline passed"},
    {IMAP4_ERROR_CANCELLED, "ERROR_CANCELLED", "the request was cancelled"},
    {IMAP4_ERROR_STALE, "ERROR_STALE", "message numbers have changed in the meantime"},
    {IMAP4_ERROR_RESOLVE, "ERROR_RESOLVE", "the host name has no address"},
    {IMAP4_ERROR_CONNECT, "ERROR_CONNECT", "no address of the host accepted a connection"},
    {IMAP4_ERROR_NETWORK, "ERROR_NETWORK", "reading from or writing to the network failed"},
    {IMAP4_ERROR_TLS, "ERROR_TLS", "TLS failed"},
    {IMAP4_ERROR_CERTIFICATE, "ERROR_CERTIFICATE", "the server's certificate is not acceptable"},
    {IMAP4_ERROR_VERSION, "ERROR_VERSION", "header and library do not fit together"},
    {IMAP4_ERROR_SASL, "ERROR_SASL", "the authentication exchange failed on this side"},
};

static const struct row *find(int result)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].result == result)
            return &rows[i];
    return NULL;
}

const char *imap4_result_name(int result)
{
    const struct row *row = find(result);
    return row != NULL ? row->name : NULL;
}

const char *imap4_result_message(int result)
{
    const struct row *row = find(result);
    return row != NULL ? row->message : "unknown result";
}
