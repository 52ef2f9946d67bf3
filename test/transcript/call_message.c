#include "call_message.h"

#include <imap4/command.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const system_flags[] = {"\\Seen",  "\\Answered", "\\Flagged", "\\Deleted",
                                           "\\Draft", "\\Recent",   "\\*"};

static void add_flag(const char *name, size_t len, imap4_flags *flags, imap4_str *keywords)
{
    for (size_t i = 0; i < sizeof system_flags / sizeof *system_flags; i++) {
        if (strlen(system_flags[i]) == len && memcmp(system_flags[i], name, len) == 0) {
            flags->system |= 1u << i;
            return;
        }
    }
    keywords[flags->keyword_count].data = name;
    keywords[flags->keyword_count].len = len;
    flags->keyword_count++;
}

void call_flag_words(const char *word, imap4_flags *flags, imap4_str *keywords)
{
    while (*word != '\0' && flags->keyword_count < WORDS_MAX) {
        size_t len = strcspn(word, ",");

        add_flag(word, len, flags, keywords);
        word += len + (word[len] == ',');
    }
}

/* Sets. Numbers and UIDs are given by the same words. */

typedef struct sets {
    imap4_uid_set *uids;
    imap4_seq_set *numbers;
    uint64_t serial;
} sets;

static int sets_read(const call_context *context, words *w, sets *out, int numbers)
{
    const char *word = words_take(w);
    int result;

    memset(out, 0, sizeof *out);
    if (numbers) {
        result = imap4_seq_set_new(&out->numbers, NULL);
        if (result == IMAP4_OK)
            result = imap4_seq_set_parse(out->numbers, word, strlen(word));
        out->serial = imap4_conn_view(context->conn)->serial;
        if (words_take_if(w, "serial"))
            out->serial = context->serial_of(context->user, strtoull(words_take(w), NULL, 10));
        return result;
    }
    result = imap4_uid_set_new(&out->uids, NULL);
    return result != IMAP4_OK ? result : imap4_uid_set_parse(out->uids, word, strlen(word));
}

static void sets_free(sets *s)
{
    imap4_uid_set_free(s->uids);
    imap4_seq_set_free(s->numbers);
}

/* FETCH items. */

static const struct {
    const char *word;
    uint32_t item;
} items[] = {
    {"uid", IMAP4_FETCH_UID},
    {"flags", IMAP4_FETCH_FLAGS},
    {"internaldate", IMAP4_FETCH_INTERNALDATE},
    {"rfc822.size", IMAP4_FETCH_RFC822_SIZE},
    {"envelope", IMAP4_FETCH_ENVELOPE},
    {"body", IMAP4_FETCH_BODY},
    {"bodystructure", IMAP4_FETCH_BODYSTRUCTURE},
    {"modseq", IMAP4_FETCH_MODSEQ},
    {"rfc822", IMAP4_FETCH_RFC822},
    {"rfc822.header", IMAP4_FETCH_RFC822_HEADER},
    {"rfc822.text", IMAP4_FETCH_RFC822_TEXT},
    {"fast", IMAP4_FETCH_FAST},
    {"all", IMAP4_FETCH_ALL},
    {"full", IMAP4_FETCH_FULL},
};

static const char *const section_texts[] = {NULL, "header", "header.fields", "header.fields.not", "text", "mime"};

static int section_text(words *w)
{
    for (int i = 1; i < 6; i++) {
        if (words_take_if(w, section_texts[i]))
            return i;
    }
    return IMAP4_SECTION_ALL;
}

static int first_error(int result, int next)
{
    return result != IMAP4_OK ? result : next;
}

static int add_section(words *w, imap4_fetch_items *to)
{
    const char *part = words_take_or_null(w);
    int what = section_text(w);
    int mode = words_take_if(w, "stream") ? IMAP4_SECTION_STREAM : IMAP4_SECTION_COLLECT;
    int result;

    if (words_take_if(w, "seen"))
        mode |= IMAP4_SECTION_SET_SEEN;
    result = imap4_fetch_items_section(to, part, what, mode);
    if (words_take_if(w, "partial")) {
        uint64_t origin = strtoull(words_take(w), NULL, 10);
        result = first_error(result, imap4_fetch_items_partial(to, origin, strtoull(words_take(w), NULL, 10)));
    }
    if (words_take_if(w, "prefix"))
        result = first_error(result, imap4_fetch_items_prefix(to, strtoull(words_take(w), NULL, 10)));
    if (words_take_if(w, "fields")) {
        const char *word = words_take(w);
        while (*word != '\0') {
            text field = {0};
            size_t len = strcspn(word, ",");
            text_add(&field, word, len);
            result = first_error(result, imap4_fetch_items_field(to, field.data));
            text_clear(&field);
            word += len + (word[len] == ',');
        }
    }
    return result;
}

/* 1, or 0 for a word that is no item; the result of building goes to *result. */
static int read_items(words *w, imap4_fetch_items *to, int *result)
{
    while (words_left(w)) {
        int found = words_take_if(w, "section");

        if (found)
            *result = first_error(*result, add_section(w, to));
        for (size_t i = 0; !found && i < sizeof items / sizeof *items; i++) {
            found = words_take_if(w, items[i].word);
            if (found)
                *result = first_error(*result, imap4_fetch_items_add(to, items[i].item));
        }
        if (!found)
            return 0;
    }
    return 1;
}

static int call_fetch(const call_context *context, words *w, call_answer *answer, int numbers)
{
    imap4_fetch_items *list = NULL;
    sets s;
    int understood;

    answer->result = sets_read(context, w, &s, numbers);
    answer->result = first_error(answer->result, imap4_fetch_items_new(&list, NULL));
    understood = read_items(w, list, &answer->result);
    if (understood && answer->result == IMAP4_OK) {
        answer->result = numbers ? imap4_fetch_seq(context->conn, s.numbers, s.serial, list, &answer->request)
                                 : imap4_fetch(context->conn, s.uids, list, &answer->request);
    }
    imap4_fetch_items_free(list);
    sets_free(&s);
    return understood;
}

/* Search keys. */

static int key_by_name(const char *word)
{
    for (int key = 1; key <= IMAP4_SEARCH_SMALLER; key++) {
        const char *name = imap4_search_key_name(key);
        text lower = {0};
        int same;

        if (name == NULL)
            continue;
        text_lower(&lower, name);
        same = strcmp(lower.data, word) == 0;
        text_clear(&lower);
        if (same)
            return key;
    }
    return 0;
}

static int set_key(const call_context *context, words *w, imap4_search_keys *keys, int numbers)
{
    sets s;
    int result = sets_read(context, w, &s, numbers);

    if (result == IMAP4_OK)
        result = numbers ? imap4_search_keys_numbers(keys, s.numbers, s.serial) : imap4_search_keys_uids(keys, s.uids);
    sets_free(&s);
    return result;
}

static int date_key(imap4_search_keys *keys, int key, const char *word)
{
    int year = 0;
    int month = 0;
    int day = 0;

    if (sscanf(word, "%d-%d-%d", &year, &month, &day) != 3)
        return IMAP4_ERROR_ARGUMENT;
    return imap4_search_keys_date(keys, key, year, month, day);
}

static int header_key(words *w, imap4_search_keys *keys)
{
    const char *field = words_take(w);
    size_t index = w->next;
    const char *what = words_take(w);

    return imap4_search_keys_header(keys, field, what, index < w->count ? w->len[index] : 0);
}

/* A key with its argument; IMAP4_ERROR_VERSION for a word that is no key. */
static int read_key(const call_context *context, words *w, imap4_search_keys *keys)
{
    const char *word;
    size_t index;
    int key;

    if (words_take_if(w, "not"))
        return imap4_search_keys_not(keys);
    if (words_take_if(w, "or"))
        return imap4_search_keys_or(keys);
    if (words_take_if(w, "("))
        return imap4_search_keys_open(keys);
    if (words_take_if(w, ")"))
        return imap4_search_keys_close(keys);
    if (words_take_if(w, "charset"))
        return imap4_search_keys_charset(keys, words_take(w));
    if (words_take_if(w, "uid"))
        return set_key(context, w, keys, 0);
    if (words_take_if(w, "numbers"))
        return set_key(context, w, keys, 1);
    if (words_take_if(w, "header"))
        return header_key(w, keys);
    key = key_by_name(words_take(w));
    if (key == 0)
        return IMAP4_ERROR_VERSION;
    if (key < IMAP4_SEARCH_BCC)
        return imap4_search_keys_flag(keys, key);
    index = w->next;
    word = words_take(w);
    if (key < IMAP4_SEARCH_KEYWORD)
        return imap4_search_keys_text(keys, key, word, index < w->count ? w->len[index] : 0);
    if (key < IMAP4_SEARCH_BEFORE)
        return imap4_search_keys_keyword(keys, key, word);
    if (key < IMAP4_SEARCH_LARGER)
        return date_key(keys, key, word);
    return imap4_search_keys_size(keys, key, strtoull(word, NULL, 10));
}

static int call_search(const call_context *context, words *w, call_answer *answer, int numbers)
{
    imap4_search_keys *keys = NULL;
    int none = words_take_if(w, "-");
    int result = none ? IMAP4_OK : imap4_search_keys_new(&keys, NULL);
    int understood = 1;

    while (words_left(w) && understood) {
        int next = read_key(context, w, keys);

        understood = next != IMAP4_ERROR_VERSION;
        result = first_error(result, next);
    }
    if (understood) {
        answer->result = numbers ? imap4_search_seq(context->conn, keys, &answer->request)
                                 : imap4_search(context->conn, keys, &answer->request);
    }
    imap4_search_keys_free(keys);
    /* The first error of the builder is given again by the request. */
    return understood && (result == IMAP4_OK || result == answer->result || answer->result == IMAP4_ERROR_MEMORY);
}

/* STORE, COPY, MOVE. */

static const struct {
    const char *word;
    int mode;
} modes[] = {
    {"=", IMAP4_STORE_REPLACE},
    {"+", IMAP4_STORE_ADD},
    {"-", IMAP4_STORE_REMOVE},
    {"=silent", IMAP4_STORE_REPLACE | IMAP4_STORE_SILENT},
    {"+silent", IMAP4_STORE_ADD | IMAP4_STORE_SILENT},
    {"-silent", IMAP4_STORE_REMOVE | IMAP4_STORE_SILENT},
};

static int call_store(const call_context *context, words *w, call_answer *answer, int numbers)
{
    imap4_str keywords[WORDS_MAX];
    imap4_flags flags = {0, 0, keywords};
    const char *word;
    sets s;
    int mode = -1;

    answer->result = sets_read(context, w, &s, numbers);
    word = words_take(w);
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        if (strcmp(word, modes[i].word) == 0)
            mode = modes[i].mode;
    }
    while (words_left(w)) {
        word = words_take(w);
        add_flag(word, strlen(word), &flags, keywords);
    }
    if (answer->result == IMAP4_OK) {
        answer->result = numbers
                             ? imap4_store_seq(context->conn, s.numbers, s.serial, mode, &flags, &answer->request)
                             : imap4_store(context->conn, s.uids, mode, &flags, &answer->request);
    }
    sets_free(&s);
    return mode >= 0;
}

static int call_copy(const call_context *context, words *w, call_answer *answer, int numbers, int moves)
{
    const char *mailbox;
    sets s;

    answer->result = sets_read(context, w, &s, numbers);
    mailbox = words_take_or_null(w);
    if (answer->result == IMAP4_OK && numbers) {
        answer->result = (moves ? imap4_move_seq : imap4_copy_seq)(context->conn, s.numbers, s.serial, mailbox,
                                                                   &answer->request);
    } else if (answer->result == IMAP4_OK) {
        answer->result = (moves ? imap4_move : imap4_copy)(context->conn, s.uids, mailbox, &answer->request);
    }
    sets_free(&s);
    return 1;
}

static int call_expunge(const call_context *context, words *w, call_answer *answer)
{
    sets s;

    answer->result = sets_read(context, w, &s, 0);
    if (answer->result == IMAP4_OK)
        answer->result = imap4_expunge_uids(context->conn, s.uids, &answer->request);
    sets_free(&s);
    return 1;
}

int call_message(const call_context *context, const char *verb, words *w, call_answer *answer)
{
    const size_t len = strlen(verb);
    const int numbers = len > 4 && strcmp(verb + len - 4, "-seq") == 0;
    const size_t stem = numbers ? len - 4 : len;

    if (strncmp(verb, "fetch", stem) == 0 && stem == 5)
        return call_fetch(context, w, answer, numbers);
    if (strncmp(verb, "search", stem) == 0 && stem == 6)
        return call_search(context, w, answer, numbers);
    if (strncmp(verb, "store", stem) == 0 && stem == 5)
        return call_store(context, w, answer, numbers);
    if (strncmp(verb, "copy", stem) == 0 && stem == 4)
        return call_copy(context, w, answer, numbers, 0);
    if (strncmp(verb, "move", stem) == 0 && stem == 4)
        return call_copy(context, w, answer, numbers, 1);
    if (strcmp(verb, "expunge-uids") == 0)
        return call_expunge(context, w, answer);
    return 0;
}
