#include "grammar/id.h"

#include "base/str.h"
#include "grammar/param.h"
#include "grammar/rest.h"

/* id-response = "ID" SP id-params-list */
int imap4__id_read(imap4__cursor *cur, imap4__response *response)
{
    const imap4_param *params = NULL;
    int result = 1;

    if (!imap4__rest_is_empty(cur))
        result = imap4__params_read(cur, response, imap4__str(NULL), &params);
    if (result != 1)
        return result;
    response->data.params = params;
    return imap4__rest(cur, response);
}
