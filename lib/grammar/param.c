#include "grammar/param.h"

#include "base/str.h"
#include "grammar/slot.h"

static int make_param(imap4__cursor *cur, imap4__response *response, imap4_param **out)
{
    int result = imap4__response_count(response, cur);

    if (result != IMAP4_OK)
        return result;
    *out = imap4__arena_zalloc(cur->arena, sizeof **out);
    return *out == NULL ? IMAP4_ERROR_MEMORY : IMAP4_OK;
}

/* A name and its value. 1, 0 if a name stands alone before the ")" or has no name, or an error. */
static int read_pair(imap4__cursor *cur, imap4__response *response, imap4_str *name, imap4_str *value)
{
    int result = imap4__slot_text(cur, response, IMAP4__FOLLOW_TEXT, name);

    if (result != 1)
        return result;
    imap4__gap(cur);
    if (imap4__peek(cur) == ')')
        return 0;
    result = imap4__slot_text(cur, response, IMAP4__FOLLOW_TEXT | IMAP4__FOLLOW_CLOSE, value);
    return result == 1 ? name->data != NULL : result;
}

/* body-fld-param = "(" string SP string *(SP string SP string) ")" / nil */
int imap4__params_read(imap4__cursor *cur, imap4__response *response, imap4_str missing, const imap4_param **out)
{
    const imap4_param **tail = out;

    *out = NULL;
    if (imap4__slot_nil(cur))
        return 1;
    if (!imap4__take(cur, '('))
        return 0;
    for (;;) {
        imap4_str name = {NULL, 0};
        imap4_str value = {NULL, 0};
        imap4_param *param;
        int result;

        imap4__gap(cur);
        if (imap4__take(cur, ')'))
            return 1;
        result = read_pair(cur, response, &name, &value);
        if (result < 0)
            return result;
        if (result == 0)
            continue;
        result = make_param(cur, response, &param);
        if (result != IMAP4_OK)
            return result;
        param->name = name;
        param->value = value.data == NULL ? missing : value;
        *tail = param;
        tail = &param->next;
    }
}

const imap4_str *imap4_param_find(const imap4_param *params, const char *name)
{
    if (name == NULL)
        return NULL;
    for (; params != NULL; params = params->next) {
        if (imap4__str_eq_nocase(params->name, name))
            return &params->value;
    }
    return NULL;
}
