/* The phases of a connection, and who moves the bytes in each. */
#include <string.h>

#include "net/client.h"
#include "net/clock.h"
#include "net/fd.h"

static void close_way(imap4_client *client)
{
    imap4__dial_clear(&client->dial, &client->mem);
    imap4__stack_close(&client->stack);
    imap4_filter_free(client->tls);
    client->tls = NULL;
    client->phase = IMAP4__PHASE_ENDED;
}

void imap4__client_end(imap4_client *client, int reason)
{
    if (client->phase == IMAP4__PHASE_ENDED)
        return;
    close_way(client);
    (void)imap4_conn_input_eof(client->conn, reason);
}

int imap4__client_fail(imap4_client *client, int result, const char *what, const char *detail)
{
    if (client->phase == IMAP4__PHASE_ENDED)
        return result;
    /* After the goodbyes it does not matter how the peer hangs up. */
    if (imap4_conn_state(client->conn) != IMAP4_STATE_LOGOUT)
        (void)imap4__error_set(&client->error, result, what, detail);
    imap4__client_end(client, result);
    return result;
}

int imap4__client_fail_system(imap4_client *client, int result, const char *what, int system)
{
    (void)imap4__client_fail(client, result, what, NULL);
    if (client->error.shown.result == result)
        client->error.shown.system = system;
    return result;
}

int imap4__client_fail_filter(imap4_client *client, const imap4_error *error)
{
    const imap4_error cause = *error;
    char message[sizeof client->error.message];
    size_t len = cause.message.len < sizeof message - 1 ? cause.message.len : sizeof message - 1;

    /* The filter and its error go away with the connection. */
    memcpy(message, cause.message.data, len);
    message[len] = '\0';
    (void)imap4__client_fail(client, cause.result, message, NULL);
    if (client->error.shown.result == cause.result) {
        client->error.shown.tls = cause.tls;
        client->error.shown.verify = cause.verify;
    }
    return cause.result;
}

/* What receiving or sending came to, when it came to an end. */
static void end_by(imap4_client *client, int result)
{
    const imap4__stack *stack = &client->stack;

    if (stack->culprit != NULL)
        (void)imap4__client_fail_filter(client, imap4_filter_error(stack->culprit));
    else if (result == IMAP4_ERROR_NETWORK)
        (void)imap4__client_fail_system(client, result, "receiving failed", stack->read_errno);
    else if (result == IMAP4_ERROR_EOF && stack->write_errno != 0)
        (void)imap4__client_fail_system(client, IMAP4_ERROR_NETWORK, "sending failed", stack->write_errno);
    else
        imap4__client_end(client, result);
}

static void begin_handshake(imap4_client *client)
{
    uint64_t timeout = imap4__client_option(client, IMAP4_OPTION_TLS_TIMEOUT);

    (void)imap4__stack_push(&client->stack, client->tls, NULL, 0);
    client->tls = NULL;
    client->phase_deadline = timeout == 0 ? UINT64_MAX : imap4__clock_after(imap4__clock_ms(), timeout);
    client->phase = IMAP4__PHASE_HANDSHAKE;
}

static int move_dial(imap4_client *client)
{
    int fd;
    int result = imap4__dial_step(&client->dial, imap4__clock_ms(), &fd);

    if (result == 0)
        return 0;
    if (result == IMAP4_ERROR_TIMEOUT) {
        (void)imap4__client_fail_system(client, result, "connecting took too long", client->dial.last_errno);
    } else if (result < 0) {
        (void)imap4__client_fail_system(client, result, "no address of the server accepted a connection",
                                        client->dial.last_errno);
    } else {
        imap4__fd_tune(fd);
        client->stack.in_fd = client->stack.out_fd = fd;
        imap4__dial_clear(&client->dial, &client->mem);
        if (client->url.implicit_tls)
            begin_handshake(client);
        else
            client->phase = IMAP4__PHASE_OPEN;
    }
    return 1;
}

static int move_handshake(imap4_client *client)
{
    int result = imap4__stack_handshake(&client->stack);

    if (result == 0 && imap4__clock_ms() < client->phase_deadline)
        return 0;
    if (result == 0) {
        (void)imap4__client_fail(client, IMAP4_ERROR_TIMEOUT, "the TLS handshake took too long", NULL);
    } else if (result < 0) {
        end_by(client, result);
    } else {
        client->phase = IMAP4__PHASE_OPEN;
        result = imap4_conn_layer_done(client->conn, IMAP4_SECURITY_VERIFIED);
        if (result < 0)
            imap4__client_end(client, result);
    }
    return 1;
}

/* The time is told only after what has come was handed in, else a late caller makes the server look dead. */
static int move_open(imap4_client *client)
{
    uint64_t before;
    int received = client->unread ? 0 : imap4__stack_receive(&client->stack, client->conn);
    int sent = 0;

    if (received == IMAP4_ERROR_MEMORY && client->stack.culprit == NULL)
        return received;
    if (received < 0) {
        end_by(client, received);
        return 1;
    }
    if (received > 0) {
        client->unread = 1;
        client->hold_output = client->starttls != 0;
    }
    before = imap4_conn_deadline(client->conn);
    imap4_conn_tick(client->conn, imap4__clock_ms());
    if (!client->hold_output)
        sent = imap4__stack_send(&client->stack, client->conn);
    if (sent < 0) {
        end_by(client, sent);
        return 1;
    }
    return received > 0 || sent > 0 || imap4_conn_deadline(client->conn) != before;
}

int imap4__client_move(imap4_client *client)
{
    switch (client->phase) {
    case IMAP4__PHASE_DIAL:
        return move_dial(client);
    case IMAP4__PHASE_HANDSHAKE:
        return move_handshake(client);
    case IMAP4__PHASE_OPEN:
        return move_open(client);
    case IMAP4__PHASE_NEW:
    case IMAP4__PHASE_ENDED:
        break;
    }
    return 0;
}

uint64_t imap4__client_deadline(const imap4_client *client)
{
    switch (client->phase) {
    case IMAP4__PHASE_DIAL:
        return imap4__dial_deadline(&client->dial);
    case IMAP4__PHASE_HANDSHAKE:
        return client->phase_deadline;
    case IMAP4__PHASE_OPEN:
        return imap4_conn_deadline(client->conn);
    case IMAP4__PHASE_NEW:
    case IMAP4__PHASE_ENDED:
        break;
    }
    return UINT64_MAX;
}

static int begin_deflate(imap4_client *client)
{
    imap4_filter *filter;
    size_t len;
    const uint8_t *unread;
    int result = imap4_deflate_new(&filter, client->options);

    if (result < 0)
        return imap4__client_fail(client, result, "compression could not begin", NULL);
    /* What came behind the OK is compressed already. */
    unread = imap4_conn_unread(client->conn, &len);
    result = imap4__stack_push(&client->stack, filter, unread, len);
    if (result < 0) {
        imap4_filter_free(filter);
        return imap4__client_fail(client, result, "no memory", NULL);
    }
    result = imap4_conn_layer_done(client->conn, imap4_conn_security(client->conn));
    if (result < 0)
        imap4__client_end(client, result);
    return result;
}

static void change_layer(imap4_client *client, int kind)
{
    if (client->phase != IMAP4__PHASE_OPEN)
        return;
    if (client->stack.count == IMAP4__STACK_FILTERS)
        (void)imap4__client_fail(client, IMAP4_ERROR_PROTOCOL, "a layer too many", NULL);
    else if (kind == IMAP4_LAYER_DEFLATE)
        (void)begin_deflate(client);
    else if (kind == IMAP4_LAYER_TLS && client->tls != NULL)
        begin_handshake(client);
    else
        (void)imap4__client_fail(client, IMAP4_ERROR_UNSUPPORTED, "no host name to compare the certificate with", NULL);
}

/* The end of the client's own STARTTLS. Without TLS there is no going on, whatever the reason. */
static void end_starttls(imap4_client *client, const imap4_done *done)
{
    client->starttls = 0;
    if (done->outcome == IMAP4_OUTCOME_ANSWERED && done->text != NULL && done->text->status == IMAP4_STATUS_OK)
        return;
    switch (done->outcome) {
    case IMAP4_OUTCOME_ANSWERED:
        (void)imap4__client_fail(client, IMAP4_ERROR_SECURITY, "the server refused STARTTLS", NULL);
        if (done->text != NULL && client->error.shown.result == IMAP4_ERROR_SECURITY) {
            client->error.shown.status = done->text->status;
            client->error.shown.code = done->text->code;
            imap4__error_set_text(&client->error, done->text->text);
        }
        break;
    case IMAP4_OUTCOME_UNSUPPORTED:
        (void)imap4__client_fail(client, IMAP4_ERROR_SECURITY, "the server does not offer STARTTLS", NULL);
        break;
    default:
        if (done->result == IMAP4_ERROR_STATE || done->outcome == IMAP4_OUTCOME_CANCELLED)
            (void)imap4__client_fail(client, IMAP4_ERROR_SECURITY, "STARTTLS was not possible", NULL);
        else
            imap4__client_end(client, done->result < 0 ? done->result : IMAP4_ERROR_SECURITY);
        break;
    }
}

int imap4__client_peek(imap4_client *client)
{
    int result;

    /* The program may still be looking at the engine's current event. */
    if (client->ahead != NULL || (client->shown != NULL && client->held == NULL))
        return 1;
    result = imap4__client_read(client, &client->ahead);
    if (result != IMAP4_EVENT)
        client->ahead = NULL;
    return result;
}

int imap4__client_read(imap4_client *client, const imap4_event **out)
{
    int result;

    if (client->ahead != NULL) {
        *out = client->ahead;
        client->ahead = NULL;
        return IMAP4_EVENT;
    }
    while ((result = imap4_conn_next(client->conn, out)) == IMAP4_EVENT) {
        const imap4_event *event = *out;
        if (event->kind == IMAP4_EVENT_LAYER)
            change_layer(client, event->data.layer->kind);
        else if (client->starttls == 0 || event->request != client->starttls)
            return result;
        else if (event->kind == IMAP4_EVENT_DONE)
            end_starttls(client, event->data.done);
    }
    if (result == IMAP4_AGAIN)
        client->hold_output = client->unread = 0;
    if (result == IMAP4_ERROR_CLOSED && client->phase != IMAP4__PHASE_ENDED)
        close_way(client);
    return result;
}
