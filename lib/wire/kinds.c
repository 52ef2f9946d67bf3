/* The two public kinds of set. Both are an imap4__set; that they are two is for the compiler to check, in programs. */
#include "wire/set.h"

static imap4__set *uids(imap4_uid_set *set)
{
    return (imap4__set *)set;
}

static const imap4__set *const_uids(const imap4_uid_set *set)
{
    return (const imap4__set *)set;
}

static imap4__set *numbers(imap4_seq_set *set)
{
    return (imap4__set *)set;
}

static const imap4__set *const_numbers(const imap4_seq_set *set)
{
    return (const imap4__set *)set;
}

int imap4_uid_set_new(imap4_uid_set **out, const imap4_allocator *allocator)
{
    imap4__set *set = NULL;
    int result = imap4__set_new(out != NULL ? &set : NULL, allocator);
    if (result == IMAP4_OK)
        *out = (imap4_uid_set *)set;
    return result;
}

int imap4_seq_set_new(imap4_seq_set **out, const imap4_allocator *allocator)
{
    imap4__set *set = NULL;
    int result = imap4__set_new(out != NULL ? &set : NULL, allocator);
    if (result == IMAP4_OK)
        *out = (imap4_seq_set *)set;
    return result;
}

void imap4_uid_set_free(imap4_uid_set *set)
{
    imap4__set_free(uids(set));
}

void imap4_seq_set_free(imap4_seq_set *set)
{
    imap4__set_free(numbers(set));
}

int imap4_uid_set_add(imap4_uid_set *set, uint32_t first, uint32_t last)
{
    /* Zero is what a program has that never learned the UID: `*` would be the newest message instead. */
    return first ? imap4__set_add(uids(set), first, last) : IMAP4_ERROR_ARGUMENT;
}

int imap4_seq_set_add(imap4_seq_set *set, uint32_t first, uint32_t last)
{
    return first ? imap4__set_add(numbers(set), first, last) : IMAP4_ERROR_ARGUMENT;
}

int imap4_uid_set_add_newest(imap4_uid_set *set)
{
    return imap4__set_add(uids(set), IMAP4_SET_STAR, IMAP4_SET_STAR);
}

int imap4_seq_set_add_newest(imap4_seq_set *set)
{
    return imap4__set_add(numbers(set), IMAP4_SET_STAR, IMAP4_SET_STAR);
}

int imap4_uid_set_parse(imap4_uid_set *set, const char *text, size_t len)
{
    return imap4__set_parse(uids(set), text, len);
}

int imap4_seq_set_parse(imap4_seq_set *set, const char *text, size_t len)
{
    return imap4__set_parse(numbers(set), text, len);
}

size_t imap4_uid_set_ranges(const imap4_uid_set *set)
{
    return imap4__set_ranges(const_uids(set));
}

size_t imap4_seq_set_ranges(const imap4_seq_set *set)
{
    return imap4__set_ranges(const_numbers(set));
}

int imap4_uid_set_next_range(const imap4_uid_set *set, imap4_set_cursor *cursor, uint32_t *first_out,
                             uint32_t *last_out)
{
    return imap4__set_next_range(const_uids(set), cursor, first_out, last_out);
}

int imap4_seq_set_next_range(const imap4_seq_set *set, imap4_set_cursor *cursor, uint32_t *first_out,
                             uint32_t *last_out)
{
    return imap4__set_next_range(const_numbers(set), cursor, first_out, last_out);
}

uint64_t imap4_uid_set_count(const imap4_uid_set *set)
{
    return imap4__set_count(const_uids(set));
}

uint64_t imap4_seq_set_count(const imap4_seq_set *set)
{
    return imap4__set_count(const_numbers(set));
}

int imap4_uid_set_contains(const imap4_uid_set *set, uint32_t uid)
{
    return imap4__set_contains(const_uids(set), uid);
}

int imap4_seq_set_contains(const imap4_seq_set *set, uint32_t number)
{
    return imap4__set_contains(const_numbers(set), number);
}

int imap4_uid_set_next(const imap4_uid_set *set, imap4_set_cursor *cursor, uint32_t *uid_out)
{
    return imap4__set_next(const_uids(set), cursor, uid_out);
}

int imap4_seq_set_next(const imap4_seq_set *set, imap4_set_cursor *cursor, uint32_t *number_out)
{
    return imap4__set_next(const_numbers(set), cursor, number_out);
}
