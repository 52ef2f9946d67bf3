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

/* Parts; each begins with a space where something goes before it. What is absent prints nothing. */
void print_result(text *to, int result);                         /* `eof` for IMAP4_ERROR_EOF */
void print_field(text *to, const char *name, imap4_str value);   /* ` name="value"` */
void print_number(text *to, const char *name, uint64_t value);   /* ` name=1`; nothing for 0 */
void print_mailbox_name(text *to, imap4_str name, imap4_str raw); /* `"name"`, and ` raw="..."` where it differs */
void print_names(text *to, const imap4_names *names);
void print_flags(text *to, const imap4_flags *flags);
void print_value(text *to, const imap4_value *value);
void print_named_values(text *to, const imap4_named_value *named);
void print_params(text *to, const char *name, const imap4_param *params);

/* print_text.c */
void print_resp_text(text *to, const imap4_resp_text *resp);

/* print_mailbox.c */
void print_list(text *to, const imap4_mailbox_list *entry);
void print_status(text *to, const imap4_mailbox_status *said);
void print_namespaces(text *to, const imap4_namespaces *said);
void print_view(text *to, const imap4_view *view);

/* print_access.c */
void print_quota(text *to, const imap4_quota *said);
void print_quota_root(text *to, const imap4_quota_root *said);
void print_acl(text *to, const imap4_acl *said);
void print_list_rights(text *to, const imap4_list_rights *said);
void print_my_rights(text *to, const imap4_my_rights *said);
void print_metadata(text *to, const imap4_metadata *said);

/* print_found.c */
void print_uids(text *to, const char *name, const imap4_uid_set *set); /* ` name=1:5,7`, ` name=()` */
void print_seqs(text *to, const char *name, const imap4_seq_set *set);
void print_search(text *to, const imap4_search_data *said);
void print_threads(text *to, const imap4_threads *threads);
void print_vanished(text *to, const imap4_vanished *said);
void print_uid_batches(text *to, const imap4_uid_batches *said);

/* print_message.c */
void print_message(text *to, const imap4_msg_att *message);
void print_section(text *to, const imap4_section *section);
void print_objectid(text *to, const imap4_objectid *said);
void print_converted(text *to, const imap4_converted *said);
void print_url_data(text *to, const imap4_url_data *said);

#endif
