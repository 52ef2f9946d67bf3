/* Requests about messages: sets, FETCH items, search keys, flags. */
#ifndef TRANSCRIPT_CALL_MESSAGE_H
#define TRANSCRIPT_CALL_MESSAGE_H

#include "call.h"
#include "words.h"

#include <imap4/mailbox.h>

/* 0: the words are not understood. */
int call_message(const call_context *context, const char *verb, words *w, call_answer *answer);

/* Flags from a word such as `\Seen,$Junk`; `keywords` has room for WORDS_MAX and points into the word. */
void call_flag_words(const char *word, imap4_flags *flags, imap4_str *keywords);

#endif
