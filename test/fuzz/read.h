/* Reading of everything that an event holds, so that no field is left unseen, and checks of what the headers promise. */
#ifndef TEST_FUZZ_READ_H
#define TEST_FUZZ_READ_H

#include "fuzz.h"

#include <imap4/event.h>

typedef struct fuzz_sum {
    uint64_t meaning; /* of all that comes back when the event is written and read again */
    uint64_t rest;    /* of everything else */
    int lossy;        /* 1: something was cut, or could not be understood: it cannot be written again */
} fuzz_sum;

void fuzz_sum_init(fuzz_sum *sum);

/* What a server said. */
void fuzz_read(fuzz_sum *sum, int kind, imap4_event_data data);

/* read_event.c: any event of the engine. */
void fuzz_read_event(fuzz_sum *sum, const imap4_event *event);

/* Of read.c, for its other parts. */
void fuzz_add(fuzz_sum *sum, uint64_t value);
void fuzz_add_str(fuzz_sum *sum, imap4_str text);
void fuzz_add_strs(fuzz_sum *sum, const imap4_str *strs, size_t count);
void fuzz_rest(fuzz_sum *sum, uint64_t value);
void fuzz_rest_str(fuzz_sum *sum, imap4_str text);
void fuzz_read_flags(fuzz_sum *sum, const imap4_flags *flags);
void fuzz_read_values(fuzz_sum *sum, const imap4_value *value);
void fuzz_read_named(fuzz_sum *sum, const imap4_named_value *named);
void fuzz_read_params(fuzz_sum *sum, const imap4_param *params);
void fuzz_read_objectid(fuzz_sum *sum, const imap4_objectid *ids);

void fuzz_read_text(fuzz_sum *sum, const imap4_resp_text *text);

/* read_message.c */
void fuzz_read_body(fuzz_sum *sum, const imap4_body *body);
void fuzz_read_section(fuzz_sum *sum, const imap4_section *section);
void fuzz_read_message(fuzz_sum *sum, const imap4_msg_att *message);

#endif
