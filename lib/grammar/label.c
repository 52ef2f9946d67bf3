#include "grammar/label.h"

#include "grammar/flag.h"
#include "grammar/slot.h"
#include "wire/utf7.h"

static int add_label(imap4__cursor *cur, imap4__response *response, imap4_str word, const imap4_gm_label ***tail)
{
    imap4_gm_label *label;
    int result = imap4__response_count(response, cur);

    if (result != IMAP4_OK)
        return result;
    label = imap4__arena_zalloc(cur->arena, sizeof *label);
    if (label == NULL || imap4__arena_str(cur->arena, word.data, word.len, &label->raw) != IMAP4_OK ||
        imap4__mailbox_name(cur->arena, label->raw, cur->utf8, &label->name) != IMAP4_OK)
        return IMAP4_ERROR_MEMORY;
    **tail = label;
    *tail = &label->next;
    return 1;
}

/* The next label; NIL occurs among them and is none. 1, 0 at the end, or an error. */
static int next_label(imap4__cursor *cur, uint32_t *depth, imap4_str *out)
{
    do {
        imap4__gap(cur);
    } while (imap4__slot_nil(cur));
    return imap4__flag_next(cur, depth, out);
}

/* "X-GM-LABELS" SP "(" [astring *(SP astring)] ")" */
int imap4__labels_read(imap4__cursor *cur, imap4__response *response, const imap4_gm_label **out)
{
    const imap4_gm_label *first = NULL;
    const imap4_gm_label **tail = &first;
    uint32_t depth = 1;
    imap4_str word;
    int result = 0;

    if (!imap4__slot_nil(cur)) {
        if (!imap4__take(cur, '('))
            return 0;
        while ((result = next_label(cur, &depth, &word)) == 1) {
            result = add_label(cur, response, word, &tail);
            if (result != 1)
                return result;
        }
    }
    if (result < 0)
        return result;
    *out = first;
    return 1;
}
