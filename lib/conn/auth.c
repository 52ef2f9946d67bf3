#include "conn/auth.h"

#include "base/base64.h"
#include "base/mem.h"
#include "conn/conn.h"

#include <string.h>

static imap4__credentials who(const imap4__request *request)
{
    imap4__credentials credentials = {request->args.third, request->args.name, request->args.second};

    return credentials;
}

/* One step of the mechanism; the response in base64 at the end of `out`. On an error the state is as before. */
static int step(imap4_conn *conn, imap4__request *request, const uint8_t *challenge, size_t len, imap4__buf *out)
{
    const imap4__mechanism *mechanism = request->mechanism;
    imap4__credentials credentials = who(request);
    imap4__buf response;
    size_t size;
    int result;

    if (mechanism->state_size)
        memcpy(request->sasl_backup, request->sasl_state, mechanism->state_size);
    imap4__buf_init(&response, &conn->mem, SIZE_MAX / 4);
    result = mechanism->step(request->sasl_state, request->sasl_step, &credentials, challenge, len, &response);
    size = imap4__base64_encoded_size(response.len);
    if (!result)
        result = imap4__buf_reserve(out, size + 2);
    if (!result) {
        imap4__base64_encode(response.data, response.len, (char *)out->data + out->len);
        out->len += size;
    } else if (mechanism->state_size) {
        memcpy(request->sasl_state, request->sasl_backup, mechanism->state_size);
    }
    imap4__buf_wipe(&response);
    return result;
}

void imap4__auth_begin(imap4_conn *conn, imap4__request *request, imap4__emit *emit)
{
    const imap4__mechanism *mechanism = request->mechanism;
    imap4__buf response;
    int result;

    imap4__emit_raw(emit, " ");
    imap4__emit_raw(emit, mechanism->name);
    request->sasl_step = 0;
    memset(request->sasl_state, 0, mechanism->state_size); /* it may have been begun before, without memory to send it */
    if (!mechanism->client_first || !imap4__option(conn, IMAP4_OPTION_USE_SASL_IR) || !imap4__has(conn, "SASL-IR"))
        return;
    imap4__buf_init(&response, &conn->mem, SIZE_MAX);
    result = step(conn, request, NULL, 0, &response);
    if (result) {
        emit->result = emit->result ? emit->result : result;
    } else {
        request->sasl_step = 1;
        imap4__emit_raw(emit, " ");
        imap4__emit_secret(emit, 1);
        /* RFC 4959 section 3: an empty initial response is a single `=`. */
        if (response.len)
            imap4__emit_bytes(emit, response.data, response.len);
        else
            imap4__emit_raw(emit, "=");
        imap4__emit_secret(emit, 0);
    }
    imap4__buf_wipe(&response);
}

/* Servers put text where base64 belongs; for a mechanism that does not look at the challenge it is as good as empty. */
static int decode(imap4_conn *conn, imap4_str challenge, imap4__buf *out)
{
    size_t len = 0;

    if (challenge.len > imap4__option(conn, IMAP4_OPTION_CHALLENGE_LIMIT))
        return IMAP4_ERROR_LIMIT;
    if (imap4__buf_reserve(out, challenge.len + 1))
        return IMAP4_ERROR_MEMORY;
    if (imap4__base64_decode(challenge.data, challenge.len, out->data, &len))
        return IMAP4_ERROR_SASL;
    out->len = len;
    return IMAP4_OK;
}

/* Gives the exchange up; the tagged BAD that follows ends the request (RFC 9051 section 6.2.2). */
static int give_up(imap4_conn *conn, imap4__request *request, int why)
{
    if (imap4__output_add(&conn->output, "*\r\n", 3, 0))
        return IMAP4_ERROR_MEMORY;
    request->sasl_result = why;
    request->out_end = conn->output.queued;
    return IMAP4_OK;
}

int imap4__auth_continue(imap4_conn *conn, imap4__request *request, imap4_str challenge)
{
    imap4__buf bytes;
    imap4__buf line;
    int result;

    if (request->sasl_result || request->phase != IMAP4__SENT)
        return IMAP4_OK; /* given up already: only the tagged answer counts */
    if (request->cancelled)
        return give_up(conn, request, IMAP4_ERROR_CANCELLED);
    imap4__buf_init(&bytes, &conn->mem, SIZE_MAX);
    imap4__buf_init(&line, &conn->mem, SIZE_MAX);
    result = decode(conn, challenge, &bytes);
    if (result == IMAP4_ERROR_SASL && request->mechanism->plaintext) {
        bytes.len = 0;
        result = IMAP4_OK;
    }
    if (!result)
        result = step(conn, request, bytes.data, bytes.len, &line);
    if (!result)
        result = imap4__buf_add(&line, "\r\n", 2);
    if (!result)
        result = imap4__output_add(&conn->output, line.data, line.len, 1);
    if (!result) {
        request->sasl_step++;
        request->out_end = conn->output.queued;
    } else if (result == IMAP4_ERROR_MEMORY && request->mechanism->state_size) {
        memcpy(request->sasl_state, request->sasl_backup, request->mechanism->state_size);
    }
    imap4__buf_wipe(&bytes);
    imap4__buf_wipe(&line);
    if (result && result != IMAP4_ERROR_MEMORY)
        return give_up(conn, request, result);
    return result;
}
