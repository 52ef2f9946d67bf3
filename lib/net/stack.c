#include "net/stack.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "net/fd.h"

/* After so many bytes sent at one go it is the turn of receiving, however fast the peer takes them. */
#define HELPING (256U * 1024U)

void imap4__stack_init(imap4__stack *stack, const imap4_allocator *mem)
{
    memset(stack, 0, sizeof *stack);
    stack->mem = *mem;
    stack->in_fd = stack->out_fd = -1;
}

static void drop_early(imap4__stack *stack)
{
    if (stack->early == NULL)
        return;
    imap4__wipe(stack->early, stack->early_len);
    imap4__free(&stack->mem, stack->early);
    stack->early = NULL;
}

int imap4__stack_push(imap4__stack *stack, imap4_filter *filter, const uint8_t *early, size_t len)
{
    if (len > 0) {
        stack->early = imap4__alloc(&stack->mem, len);
        if (stack->early == NULL)
            return IMAP4_ERROR_MEMORY;
        memcpy(stack->early, early, len);
        stack->early_len = len;
        stack->early_at = 0;
    }
    stack->filters[stack->count++] = filter;
    return IMAP4_OK;
}

void imap4__stack_close(imap4__stack *stack)
{
    const imap4_allocator mem = stack->mem;

    if (stack->out_fd >= 0) {
        for (size_t i = stack->count; i-- > 0;)
            (void)imap4_filter_close(stack->filters[i]);
        (void)imap4__stack_send(stack, NULL);
    }
    while (stack->count > 0)
        imap4_filter_free(stack->filters[--stack->count]);
    if (stack->out_fd >= 0 && stack->out_fd != stack->in_fd)
        (void)close(stack->out_fd);
    if (stack->in_fd >= 0)
        (void)close(stack->in_fd);
    drop_early(stack);
    imap4__stack_init(stack, &mem);
}

static size_t put_network(imap4__stack *stack, const uint8_t *data, size_t len)
{
    size_t moved = 0;

    if (stack->write_errno != 0 || stack->blocked)
        return 0;
    switch (imap4__fd_write(stack->out_fd, data, len, &moved)) {
    case IMAP4__IO_MOVED:
        return moved;
    case IMAP4__IO_FAILED:
        stack->write_errno = errno;
        return 0;
    case IMAP4__IO_EOF:
    case IMAP4__IO_BLOCKED:
        break;
    }
    stack->blocked = 1;
    return 0;
}

/* Hands bytes to what lies below `level` (0: the network). */
static int put(imap4__stack *stack, size_t level, const uint8_t *data, size_t len, size_t *moved_out)
{
    int result;

    if (level == 0) {
        *moved_out = put_network(stack, data, len);
        return IMAP4_OK;
    }
    result = imap4_filter_write(stack->filters[level - 1], data, len, moved_out);
    if (result < 0)
        stack->culprit = stack->filters[level - 1];
    return result < 0 ? result : IMAP4_OK;
}

/* The engine's output, all that is taken: a filter works best with much at once. */
static int send_engine(imap4__stack *stack, imap4_conn *conn, size_t *total)
{
    for (;;) {
        size_t len;
        size_t moved = 0;
        const uint8_t *data = imap4_conn_output(conn, &len);
        int result;
        if (data == NULL || len == 0)
            return IMAP4_OK;
        result = put(stack, stack->count, data, len, &moved);
        imap4_conn_output_done(conn, moved);
        *total += moved;
        if (result < 0 || moved == 0 || *total >= HELPING)
            return result;
    }
}

/* The output of a filter, one level down. */
static int send_filter(imap4__stack *stack, size_t level, size_t *total)
{
    for (;;) {
        size_t len;
        size_t moved = 0;
        const uint8_t *data = imap4_filter_output(stack->filters[level], &len);
        int result;
        if (data == NULL || len == 0)
            return IMAP4_OK;
        result = put(stack, level, data, len, &moved);
        imap4_filter_output_done(stack->filters[level], moved);
        *total += moved;
        if (result < 0 || moved == 0)
            return result;
    }
}

int imap4__stack_send(imap4__stack *stack, imap4_conn *conn)
{
    size_t total = 0;
    size_t before;

    stack->blocked = 0;
    do {
        int result = IMAP4_OK;
        before = total;
        if (conn != NULL)
            result = send_engine(stack, conn, &total);
        for (size_t i = stack->count; i-- > 0 && result >= 0;)
            result = send_filter(stack, i, &total);
        if (result < 0)
            return result;
    } while (total > before && total < HELPING);
    return total > 0;
}

/* Gets bytes from `level` (0: the network). IMAP4_OK with 0 bytes: none there yet. */
static int get(imap4__stack *stack, size_t level, uint8_t *space, size_t room, size_t *got_out);

static int get_network(imap4__stack *stack, uint8_t *space, size_t room, size_t *got_out)
{
    switch (imap4__fd_read(stack->in_fd, space, room, got_out)) {
    case IMAP4__IO_EOF:
        return IMAP4_ERROR_EOF;
    case IMAP4__IO_FAILED:
        stack->read_errno = errno;
        return IMAP4_ERROR_NETWORK;
    case IMAP4__IO_MOVED:
    case IMAP4__IO_BLOCKED:
        break;
    }
    return IMAP4_OK;
}

static size_t get_early(imap4__stack *stack, uint8_t *space, size_t room)
{
    size_t left = stack->early_len - stack->early_at;
    size_t len = left < room ? left : room;

    memcpy(space, stack->early + stack->early_at, len);
    stack->early_at += len;
    if (len == left)
        drop_early(stack);
    return len;
}

/* Fills a filter with bytes from below it. 1 if there were any, or their end; 0 if not. */
static int feed(imap4__stack *stack, size_t level)
{
    imap4_filter *filter = stack->filters[level - 1];
    uint8_t *space;
    size_t room;
    size_t got = 0;
    int result = imap4_filter_input(filter, &space, &room);

    if (result < 0 || room == 0)
        return result;
    if (stack->early != NULL && level == stack->count)
        got = get_early(stack, space, room);
    else
        result = get(stack, level - 1, space, room, &got);
    (void)imap4_filter_input_done(filter, got);
    if (result == IMAP4_ERROR_EOF) {
        (void)imap4_filter_input_eof(filter);
        return 1;
    }
    return result < 0 ? result : got > 0;
}

static int get(imap4__stack *stack, size_t level, uint8_t *space, size_t room, size_t *got_out)
{
    int result;

    *got_out = 0;
    if (level == 0)
        return get_network(stack, space, room, got_out);
    do {
        result = imap4_filter_read(stack->filters[level - 1], space, room, got_out);
        if (result < 0 && result != IMAP4_ERROR_EOF)
            stack->culprit = stack->filters[level - 1];
        if (result < 0 || *got_out > 0)
            return result;
        result = feed(stack, level);
    } while (result > 0);
    return result;
}

int imap4__stack_receive(imap4__stack *stack, imap4_conn *conn)
{
    uint8_t *space;
    size_t room;
    size_t total = 0;
    size_t got;
    int result = stack->ending;

    if (result < 0)
        return result;
    result = imap4_conn_input(conn, 0, &space, &room);
    if (result < 0)
        return result == IMAP4_ERROR_CLOSED ? 0 : result;
    stack->full = room == 0;
    do {
        got = 0;
        if (total < room)
            result = get(stack, stack->count, space + total, room - total, &got);
        total += got;
        /* A short read from the network says that there is no more; asking again would cost a call for nothing. */
    } while (result >= 0 && got > 0 && stack->count > 0);
    if (result < 0 && total > 0)
        stack->ending = result;
    if (total == 0 && result < 0) {
        (void)imap4_conn_input_done(conn, 0);
        return result;
    }
    result = imap4_conn_input_done(conn, total);
    return result < 0 ? result : total > 0;
}

int imap4__stack_handshake(imap4__stack *stack)
{
    imap4_filter *top = stack->filters[stack->count - 1];
    int result;

    for (;;) {
        int sent;
        result = imap4_filter_ready(top);
        if (result < 0)
            stack->culprit = top;
        /* Also after a failure: the alert tells the server why. */
        sent = imap4__stack_send(stack, NULL);
        if (result != 0 || sent < 0)
            return result != 0 ? result : sent;
        result = feed(stack, stack->count);
        if (result <= 0)
            return result;
    }
}

int imap4__stack_pending(const imap4__stack *stack)
{
    if (stack->ending < 0 || stack->early != NULL)
        return 1;
    for (size_t i = 0; i < stack->count; i++) {
        if (imap4_filter_pending(stack->filters[i]))
            return 1;
    }
    return 0;
}
