/* Events as JSON, one object a line. FORMAT describes it. */
#ifndef CORPUS_JSON_H
#define CORPUS_JSON_H

#include "../transcript/text.h"

#include <imap4/event.h>

/* Values. Text that is not UTF-8 is {"b64": "..."}, NIL is null. */
void json_bytes(text *to, const void *data, size_t len);
void json_str(text *to, imap4_str value);
void json_name(text *to, const char *name); /* NULL: null */

/* `"key": ` and its value, with a comma before it where something goes before. */
void json_key(text *to, const char *key);
void json_field(text *to, const char *key, imap4_str value);
void json_number(text *to, const char *key, uint64_t value);
void json_word(text *to, const char *key, const char *word);

/* Lists and objects: what json_key() needs to know of commas lies in the text. */
void json_next(text *to); /* a comma, unless a list or object begins here */

void json_strs(text *to, const imap4_str *strs, size_t count);
void json_params(text *to, const imap4_param *params); /* [[name, value], ...] */
void json_flags(text *to, const imap4_flags *flags);
void json_value(text *to, const imap4_value *value);
void json_named(text *to, const imap4_named_value *named); /* {name: value, ...} */
void json_uids(text *to, const imap4_uid_set *set);        /* {"set": "1:3,5"} */
void json_seqs(text *to, const imap4_seq_set *set);
void json_objectid(text *to, const imap4_objectid *ids);

void json_body(text *to, const imap4_body *body);
void json_section_name(text *to, const imap4_section *section);
void json_message(text *to, const imap4_msg_att *message); /* "attrs": {...} */
void json_resp_text(text *to, const imap4_resp_text *said);

/* Data of the responses of found.h, quota.h, acl.h, metadata.h, url.h; 0: the event is of another kind. */
int json_found(text *to, const imap4_event *event);
int json_extension(text *to, const imap4_event *event);

/* The whole event, without a line end. `tag`: of the request that is done, or NULL. */
void json_event(text *to, const imap4_event *event, const char *tag, uint64_t offset);

#endif
