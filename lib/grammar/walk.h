/*
 * Walking through a FETCH response while its bytes arrive, to find the sections that are to be streamed.
 *
 * The walk goes over complete segments only: all bytes up to a literal's content, or up to the response's end. It
 * remembers where it stopped, so many literals cost no more than one pass. It builds nothing.
 */
#ifndef IMAP4_GRAMMAR_WALK_H
#define IMAP4_GRAMMAR_WALK_H

#include "wire/token.h"

typedef struct imap4__walk {
    size_t at; /* offset reached, from cursor->base */
    int state;
    uint32_t depth; /* open parentheses inside the current item's value */
    uint32_t seq;
    uint32_t uid;   /* 0 until the UID item was passed */
    size_t item;    /* offset of the current item's name */
    int whole;      /* set by the caller: the segment is the whole response, so no literal is still to come */
    uint64_t again; /* bytes that were read a second time because of stray quotes */
} imap4__walk;

typedef enum imap4__walk_result {
    IMAP4__WALK_NOT = -1000, /* this is no FETCH response, or it cannot be followed: collect everything */
    IMAP4__WALK_END = 0,     /* end of what is there */
    IMAP4__WALK_INLINE = 1,  /* a section item whose value is all there, see imap4__walk_item */
    IMAP4__WALK_LITERAL = 2  /* the segment ends in a literal that is the value of a section item */
} imap4__walk_result;

typedef struct imap4__walk_item {
    size_t name;  /* offset of "BODY[...]..." (or RFC822, RFC822.HEADER, RFC822.TEXT, BINARY[...]) */
    int nil;      /* INLINE: the value is NIL */
    int quoted;   /* INLINE: value bytes are those between the quotes, still escaped */
    int streamed; /* INLINE: a literal whose content went out as chunks */
    size_t value; /* INLINE: offset of the value's bytes, if they lie in the buffer */
    size_t value_len;
    const uint8_t *text; /* INLINE: the value's bytes, wherever they lie */
} imap4__walk_item;

void imap4__walk_init(imap4__walk *walk);

/*
 * Goes on to the next section item. cursor->base is the response's buffer start, cursor->start its first byte,
 * cursor->end the end of the segment (offset of a literal's content, or of the response's end); cursor->holes are those
 * made so far. Call again after each INLINE. A literal that was collected (no hole) is passed as a value like any
 * other, so the walk reports LITERAL for it only when the segment ends there.
 */
int imap4__walk_next(imap4__walk *walk, const imap4__cursor *cursor, imap4__walk_item *out);

#endif
