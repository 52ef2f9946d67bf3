#include "grammar/thread.h"

#include "grammar/found.h"

/* The trees at the cursor or behind the spaces there. They may have left no bytes, so each space is looked before. */
static int read_trees(imap4__cursor *cur, imap4_threads **out, uint32_t *bad_out, const uint8_t **begin_out)
{
    for (;;) {
        int result;

        *begin_out = cur->at;
        result = imap4__threads(cur, out, bad_out);
        if (result != 0 || !imap4__take(cur, ' '))
            return result;
    }
}

/*
 * thread-data = "THREAD" [SP 1*thread-list]
 *
 * Of trees that something else interrupts, what came before it counts: whose answers the messages behind it are cannot
 * be told any more.
 */
int imap4__thread_read(imap4__cursor *cur, imap4__response *response)
{
    imap4_thread_data *data = imap4__arena_zalloc(cur->arena, sizeof *data);
    imap4_threads *threads = NULL;
    const uint8_t *begin;
    uint32_t bad = 0;
    int result;

    if (data == NULL)
        return IMAP4_ERROR_MEMORY;
    result = read_trees(cur, &threads, &bad, &begin);
    if (result < 0)
        return result;
    imap4__found_damage(response, begin, bad);
    if (!imap4__at_end(cur)) {
        imap4__response_damage(response, cur->at);
        cur->at = cur->end;
    }
    data->threads = imap4_threads_count(threads) > 0 ? threads : NULL;
    response->data.thread = data;
    return 1;
}
