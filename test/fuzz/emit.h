/*
 * Events written down as a server would: the reverse of the grammar. It is written from the RFCs, in the plainest form
 * that they allow, so that reading it again must give the same event.
 */
#ifndef TEST_FUZZ_EMIT_H
#define TEST_FUZZ_EMIT_H

#include "fuzz.h"

#include <imap4/event.h>

typedef struct fuzz_out {
    uint8_t *bytes;
    size_t capacity;
    size_t len;
    int over;  /* 1: there was no room */
    int never; /* 1: it has no wire form */
} fuzz_out;

/*
 * An untagged response with its line end; `number` stood before its name. 1, or 0 if there was no room or this has no wire
 * form.
 */
int fuzz_emit(fuzz_out *out, int kind, uint64_t number, imap4_event_data data);

/* A status response behind "* " or a tag. */
void fuzz_emit_text(fuzz_out *out, const imap4_resp_text *text);

/* emit.c: what all are made of. */
void fuzz_put(fuzz_out *out, const char *text);
void fuzz_put_bytes(fuzz_out *out, const void *data, size_t len);
void fuzz_put_text(fuzz_out *out, imap4_str text); /* as it is */
void fuzz_put_number(fuzz_out *out, uint64_t number);
void fuzz_put_string(fuzz_out *out, imap4_str text);  /* quoted, or a literal where that cannot be */
void fuzz_put_nstring(fuzz_out *out, imap4_str text); /* NIL too */
void fuzz_put_astring(fuzz_out *out, imap4_str text);
int fuzz_is_name(imap4_str text); /* 1: a word that can be nothing else, wherever it stands */
void fuzz_put_strings(fuzz_out *out, const imap4_str *strs, size_t count);
void fuzz_put_words(fuzz_out *out, const imap4_str *strs, size_t count);
void fuzz_put_params(fuzz_out *out, const imap4_param *param);
void fuzz_put_named(fuzz_out *out, const imap4_named_value *named, int strings);
void fuzz_put_flags(fuzz_out *out, const imap4_flags *flags);
void fuzz_put_values(fuzz_out *out, const imap4_value *value); /* with spaces between */
void fuzz_put_value(fuzz_out *out, const imap4_value *value);  /* one */
void fuzz_put_objectid(fuzz_out *out, const imap4_objectid *ids);
/* A space, but not behind an opening parenthesis. */
void fuzz_put_gap(fuzz_out *out);

/* emit_found.c */
void fuzz_put_uids(fuzz_out *out, const imap4_uid_set *set, int list); /* `list`: number by number, with spaces */
void fuzz_put_tag(fuzz_out *out, imap4_str tag);
void fuzz_put_search(fuzz_out *out, const imap4_search_data *search);
void fuzz_put_threads(fuzz_out *out, const imap4_threads *threads);

/* emit_message.c */
void fuzz_put_body(fuzz_out *out, const imap4_body *body);
void fuzz_put_items(fuzz_out *out, const imap4_msg_att *message); /* in parentheses */

#endif
