#include "wire/threads.h"

#include "wire/numbers.h"

#define MISSING (UINT32_C(1) << 31)

/* Words of an entry that begins with 0. */
#define MISSING_WORDS 2u
#define LEVEL_WORDS 3u

int imap4__threads_add(imap4_threads *threads, imap4__arena *arena, uint32_t level, uint32_t number)
{
    uint32_t count = number == 0 ? MISSING_WORDS : level == threads->below ? 1 : LEVEL_WORDS;
    uint32_t *words = imap4__numbers_room(&threads->first, &threads->last, &threads->bytes, arena, count);
    if (words == NULL)
        return IMAP4_ERROR_MEMORY;
    words[0] = 0;
    if (count > 1)
        words[1] = number == 0 ? level | MISSING : level;
    if (number != 0)
        words[count - 1] = number;
    threads->count++;
    threads->below = level + 1;
    return IMAP4_OK;
}

/* cursor->within is the level below the last message. */
int imap4_threads_next(const imap4_threads *threads, imap4_set_cursor *cursor, imap4_thread_node *node_out)
{
    uint32_t left;
    const uint32_t *words = threads != NULL ? imap4__numbers_words(threads->first, threads->last, cursor, &left) : NULL;
    if (words == NULL)
        return 0;
    uint32_t size = 1;
    node_out->level = (uint32_t)cursor->within;
    node_out->number = words[0];
    if (words[0] == 0) {
        int missing = (words[1] & MISSING) != 0;
        size = missing ? MISSING_WORDS : LEVEL_WORDS;
        node_out->level = words[1] & ~MISSING;
        node_out->number = missing ? 0 : words[2];
    }
    cursor->at += size;
    cursor->within = node_out->level + UINT64_C(1);
    return 1;
}

size_t imap4_threads_count(const imap4_threads *threads)
{
    return threads != NULL ? threads->count : 0;
}
