/* The object: made, opened, asked, freed. */
#include "net/client.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include <imap4/command.h>

#include "base/mem.h"
#include "base/options.h"
#include "net/clock.h"
#include "net/fd.h"

uint64_t imap4__client_option(const imap4_client *client, int option)
{
    uint64_t value = 0;

    (void)imap4_options_get(client->options, option, &value);
    return value;
}

int imap4_client_new(imap4_client **out, const imap4_options *options)
{
    const imap4_allocator *mem = imap4__mem_or_default(options == NULL ? NULL : &options->mem);
    imap4_client *client = imap4__zalloc(mem, sizeof *client);
    int system;
    int result;

    if (client == NULL)
        return IMAP4_ERROR_MEMORY;
    client->mem = *mem;
    client->timeout = -1;
    client->wake.read_fd = client->wake.write_fd = -1;
    imap4__error_init(&client->error);
    imap4__dial_init(&client->dial);
    imap4__stack_init(&client->stack, mem);
    imap4__keep_init(&client->keep, mem, 0, 0);
    result = imap4__options_copy(&client->options, options);
    if (result == IMAP4_OK)
        result = imap4_conn_new(&client->conn, client->options);
    if (result == IMAP4_OK)
        result = imap4__wake_init(&client->wake, &system);
    if (result < 0) {
        imap4_client_free(client);
        return result;
    }
    client->keep.max_count = (size_t)imap4__client_option(client, IMAP4_OPTION_KEPT_EVENTS);
    client->keep.max_bytes = (size_t)imap4__client_option(client, IMAP4_OPTION_KEPT_BYTES);
    *out = client;
    return IMAP4_OK;
}

void imap4_client_free(imap4_client *client)
{
    imap4_allocator mem;

    if (client == NULL)
        return;
    mem = client->mem;
    imap4__dial_clear(&client->dial, &mem);
    imap4__stack_close(&client->stack);
    imap4_filter_free(client->tls);
    imap4_event_free(client->held);
    imap4_event_free(client->done);
    imap4__keep_clear(&client->keep);
    imap4_conn_free(client->conn);
    imap4__wake_clear(&client->wake);
    imap4__url_clear(&client->url, &mem);
    imap4_options_free(client->options);
    imap4__free(&mem, client);
}

static int refuse(imap4_client *client, int result, const char *what)
{
    /* What ended a connection is worth more than a wrong call after it. */
    if (client->phase != IMAP4__PHASE_NEW)
        return result;
    return imap4__error_set(&client->error, result, what, NULL);
}

/* Everything that can fail for want of something on this side, before the network is touched. */
static int prepare(imap4_client *client, const char *url)
{
    int result = imap4__url_read(&client->url, &client->mem, url);

    if (result == IMAP4_ERROR_ARGUMENT)
        return refuse(client, result, "not a URL of the form imaps://host or imap://host");
    if (result < 0)
        return refuse(client, result, "no memory");
    result = imap4_tls_new(&client->tls, client->options, client->url.host);
    if (result == IMAP4_ERROR_ARGUMENT)
        (void)refuse(client, result, "the host in the URL is not a name or an address");
    else if (result == IMAP4_ERROR_UNSUPPORTED)
        (void)refuse(client, result, "this build has no TLS");
    else if (result == IMAP4_ERROR_TLS)
        (void)imap4__error_set(&client->error, result, "no trusted certificates were found", client->options->ca_file);
    else if (result < 0)
        (void)refuse(client, result, "no memory");
    /* STARTTLS must be what the connection begins with. */
    if (result == IMAP4_OK && !client->url.implicit_tls)
        result = imap4_starttls(client->conn, &client->starttls);
    if (result < 0) {
        imap4_filter_free(client->tls);
        client->tls = NULL;
        imap4__url_clear(&client->url, &client->mem);
    }
    return result;
}

int imap4_client_open(imap4_client *client, const char *url)
{
    int code;
    int result;

    if (client->phase != IMAP4__PHASE_NEW)
        return IMAP4_ERROR_STATE;
    if (imap4_conn_pending(client->conn) > 0)
        return refuse(client, IMAP4_ERROR_STATE, "requests were made before the connection was opened");
    result = prepare(client, url);
    if (result < 0)
        return result;
    client->phase = IMAP4__PHASE_DIAL;
    imap4__error_init(&client->error);
    result = imap4__dial_resolve(&client->dial, &client->mem, client->url.host, client->url.port, &code);
    if (result == IMAP4_ERROR_MEMORY)
        return imap4__client_fail(client, result, "no memory", NULL);
    if (result < 0) {
        int system = client->dial.last_errno;
        (void)imap4__client_fail(client, result, "no address was found for the host", client->url.host);
        client->error.shown.system = system;
        return result;
    }
    imap4__dial_start(&client->dial, imap4__clock_ms(), imap4__client_option(client, IMAP4_OPTION_CONNECT_TIMEOUT));
    return IMAP4_OK;
}

int imap4_client_open_fds(imap4_client *client, int64_t in_fd, int64_t out_fd, int security)
{
    int result;

    if (client->phase != IMAP4__PHASE_NEW)
        return IMAP4_ERROR_STATE;
    if (in_fd < 0 || in_fd > INT_MAX || out_fd < 0 || out_fd > INT_MAX || imap4_security_name(security) == NULL)
        return refuse(client, IMAP4_ERROR_ARGUMENT, "not a descriptor, or not a security");
    if (imap4__fd_prepare((int)in_fd) < 0 || imap4__fd_prepare((int)out_fd) < 0) {
        int system = errno;
        (void)refuse(client, IMAP4_ERROR_ARGUMENT, "not a descriptor that can be used");
        client->error.shown.system = system;
        return IMAP4_ERROR_ARGUMENT;
    }
    if (security != IMAP4_SECURITY_NONE) {
        result = imap4_conn_layer_done(client->conn, security);
        if (result < 0)
            return refuse(client, result, "the connection was used before it was opened");
    }
    client->stack.in_fd = (int)in_fd;
    client->stack.out_fd = (int)out_fd;
    client->phase = IMAP4__PHASE_OPEN;
    imap4__error_init(&client->error);
    return IMAP4_OK;
}

const char *imap4_client_user(const imap4_client *client)
{
    return client->url.user;
}

imap4_conn *imap4_client_conn(imap4_client *client)
{
    return client->conn;
}

void imap4_client_set_timeout(imap4_client *client, int64_t ms)
{
    client->timeout = ms < 0 ? -1 : ms;
}

void imap4_client_wake(imap4_client *client)
{
    imap4__wake_post(&client->wake);
}

const imap4_error *imap4_client_error(const imap4_client *client)
{
    if (client->error.shown.result != IMAP4_OK)
        return &client->error.shown;
    return imap4_conn_error(client->conn);
}
