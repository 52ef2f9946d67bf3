/* Events as lines of a transcript. */
#ifndef TRANSCRIPT_PRINT_H
#define TRANSCRIPT_PRINT_H

#include "text.h"

#include <imap4/event.h>

/* What numbers that the library chooses are called in transcripts; 0 stays 0. */
typedef struct print_numbers {
    uint64_t (*request)(void *user, uint64_t id);
    uint64_t (*view)(void *user, uint32_t id);
    uint64_t (*serial)(void *user, uint64_t serial);
    void *user;
    int views; /* print view and serial */
} print_numbers;

void print_event(text *to, const imap4_event *event, const print_numbers *numbers);

/* The beginning of such a line: kind, request, cookie. */
void print_head(text *to, const imap4_event *event, const print_numbers *numbers);

/* Parts; each begins with a space where something goes before it. */
void print_resp_text(text *to, const imap4_resp_text *resp);
void print_names(text *to, const imap4_names *names);
void print_result(text *to, int result); /* `eof` for IMAP4_ERROR_EOF */
void print_view(text *to, const imap4_view *view);
void print_flags(text *to, const imap4_flags *flags);
void print_field(text *to, const char *name, imap4_str value); /* ` name="value"`; nothing for NIL */
void print_value(text *to, const imap4_value *value);
void print_named_values(text *to, const imap4_named_value *named);
void print_params(text *to, const char *name, const imap4_param *params);
void print_message(text *to, const imap4_msg_att *message); /* print_message.c */
void print_section(text *to, const imap4_section *section);

#endif
