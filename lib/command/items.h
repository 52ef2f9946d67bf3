/* FETCH items: the inside of imap4_fetch_items (public functions in items.c). */
#ifndef IMAP4_COMMAND_ITEMS_H
#define IMAP4_COMMAND_ITEMS_H

#include "base/arena.h"

#include <imap4/command.h>

typedef struct imap4__section_spec {
    struct imap4__section_spec *next; /* in the order they were added */
    imap4_str part;                   /* "" for the whole message */
    int text;                         /* imap4_section_text */
    int mode;                         /* imap4_section_mode bits */
    imap4_str *fields;
    size_t field_count;
    size_t field_capacity;
    int partial;
    uint64_t origin;
    uint64_t count;
    uint64_t prefix;                  /* keep only so many bytes; 0: all */
} imap4__section_spec;

typedef struct imap4__items {
    uint32_t mask; /* IMAP4_FETCH_* */
    imap4__section_spec *sections;
    int streams;   /* 1 if any section is asked for as a stream */
} imap4__items;

struct imap4_fetch_items {
    imap4__arena arena;
    imap4__items items;
    imap4__section_spec *last;
    int result; /* first error, given again by imap4_fetch() */
};

/* A deep copy in the arena, checked: something is asked for, header sections have fields, MIME has a part.
 * IMAP4_OK, IMAP4_ERROR_ARGUMENT, IMAP4_ERROR_MEMORY. */
int imap4__items_copy(imap4__arena *arena, const imap4_fetch_items *items, imap4__items **out);

#endif
