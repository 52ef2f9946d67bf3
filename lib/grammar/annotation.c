#include "grammar/annotation.h"

#include "grammar/slot.h"

/* att-value = attrib SP value     value = nstring / literal8 */
static int read_attribute(imap4__cursor *cur, imap4__response *response, const imap4_annotation_att ***tail)
{
    imap4_annotation_att *att;
    int result = imap4__response_count(response, cur);

    if (result != IMAP4_OK)
        return result;
    att = imap4__arena_zalloc(cur->arena, sizeof *att);
    if (att == NULL)
        return IMAP4_ERROR_MEMORY;
    result = imap4__astring(cur, &att->name);
    imap4__gap(cur);
    if (result == 1)
        result = imap4__ntext(cur, &att->value);
    if (result != 1)
        return result;
    **tail = att;
    *tail = &att->next;
    return 1;
}

/* "(" att-value *(SP att-value) ")" from behind its parenthesis */
static int read_attributes(imap4__cursor *cur, imap4__response *response, imap4_annotation *annotation)
{
    const imap4_annotation_att **tail = &annotation->attributes;

    for (;;) {
        int result;

        imap4__gap(cur);
        if (imap4__take(cur, ')'))
            return 1;
        result = read_attribute(cur, response, &tail);
        if (result != 1)
            return result;
    }
}

/* entry-att = entry SP "(" att-value *(SP att-value) ")"; an unasked FETCH names entries only (section 4.4) */
static int read_entry(imap4__cursor *cur, imap4__response *response, const imap4_annotation ***tail)
{
    imap4_annotation *annotation;
    int result = imap4__response_count(response, cur);

    if (result != IMAP4_OK)
        return result;
    annotation = imap4__arena_zalloc(cur->arena, sizeof *annotation);
    if (annotation == NULL)
        return IMAP4_ERROR_MEMORY;
    result = imap4__astring(cur, &annotation->entry);
    imap4__gap(cur);
    if (result == 1 && imap4__take(cur, '('))
        result = read_attributes(cur, response, annotation);
    if (result != 1)
        return result;
    **tail = annotation;
    *tail = &annotation->next;
    return 1;
}

/* "ANNOTATION" SP ( "(" entry-att *(SP entry-att) ")" / "(" entry *(SP entry) ")" ) */
int imap4__annotations_read(imap4__cursor *cur, imap4__response *response, const imap4_annotation **out)
{
    const imap4_annotation *first = NULL;
    const imap4_annotation **tail = &first;

    if (!imap4__slot_nil(cur)) {
        if (!imap4__take(cur, '('))
            return 0;
        for (;;) {
            int result;

            imap4__gap(cur);
            if (imap4__take(cur, ')'))
                break;
            result = read_entry(cur, response, &tail);
            if (result != 1)
                return result;
        }
    }
    *out = first;
    return 1;
}
