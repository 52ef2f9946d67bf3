#include "grammar/thread.h"

#include "grammar/found.h"

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
    const uint8_t *begin = cur->at;
    uint32_t bad = 0;
    int result;

    if (data == NULL)
        return IMAP4_ERROR_MEMORY;
    result = imap4__threads(cur, &threads, &bad);
    if (result < 0)
        return result;
    imap4__found_damage(response, begin, bad);
    if (!imap4__at_end(cur))
        imap4__response_damage(response, cur->at);
    data->threads = imap4_threads_count(threads) > 0 ? threads : NULL;
    response->data.thread = data;
    return 1;
}
