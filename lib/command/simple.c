/* Commands whose arguments need no type of their own. */
#include "command/argument.h"
#include "command/command.h"

#include "base/str.h"

/* RFC 2971 section 3.3: at most 30 pairs, names of at most 30 octets, values of at most 1024. */
#define ID_PAIRS_MAX 30
#define ID_NAME_MAX 30
#define ID_VALUE_MAX 1024

void imap4__encode_nothing(imap4__emit *emit, const imap4__args *args)
{
    (void)emit;
    (void)args;
}

/* "Implementations MUST NOT send the same field name more than once." (RFC 2971 section 3.3; names have no case) */
static int id_repeats(const imap4__args *args, size_t index)
{
    const imap4_str name = args->list[index];

    for (size_t i = 0; i < index; i += 2) {
        if (args->list[i].len == name.len && imap4__nocase_n(args->list[i].data, name.data, name.len))
            return 1;
    }
    return 0;
}

static int id_fits(const imap4__args *args)
{
    if (args->list_count % 2 != 0 || args->list_count / 2 > ID_PAIRS_MAX)
        return 0;
    for (size_t i = 0; i < args->list_count; i += 2) {
        const imap4_str name = args->list[i];

        if (name.data == NULL || name.len == 0 || name.len > ID_NAME_MAX || id_repeats(args, i))
            return 0;
        if (args->list[i + 1].len > ID_VALUE_MAX)
            return 0;
    }
    return 1;
}

/*
 * id             = "ID" SPACE id_params_list
 * id_params_list = "(" #(string SPACE nstring) ")" / nil     (RFC 2971 section 4; names are never atoms)
 */
void imap4__encode_id(imap4__emit *emit, const imap4__args *args)
{
    if (!id_fits(args)) {
        imap4__emit_refuse(emit, IMAP4_ERROR_ARGUMENT);
        return;
    }
    if (args->list_count == 0) {
        imap4__emit_raw(emit, " NIL");
        return;
    }
    for (size_t i = 0; i < args->list_count; i += 2) {
        imap4__emit_raw(emit, i == 0 ? " (" : " ");
        imap4__emit_string(emit, args->list[i]);
        imap4__emit_raw(emit, " ");
        imap4__emit_nstring(emit, args->list[i + 1]);
    }
    imap4__emit_raw(emit, ")");
}

/* login = "LOGIN" SP userid SP password     userid, password = astring */
void imap4__encode_login(imap4__emit *emit, const imap4__args *args)
{
    if (args->name.data == NULL || args->second.data == NULL) {
        imap4__emit_refuse(emit, IMAP4_ERROR_ARGUMENT);
        return;
    }
    imap4__emit_raw(emit, " ");
    imap4__emit_secret(emit, 1);
    imap4__emit_string(emit, args->name);
    imap4__emit_raw(emit, " ");
    imap4__emit_string(emit, args->second);
    imap4__emit_secret(emit, 0);
}

/* enable = "ENABLE" 1*(SP capability)     capability = ... / atom */
void imap4__encode_enable(imap4__emit *emit, const imap4__args *args)
{
    if (args->list_count == 0)
        imap4__emit_refuse(emit, IMAP4_ERROR_ARGUMENT);
    for (size_t i = 0; i < args->list_count; i++) {
        if (!imap4__valid_atom(args->list[i])) {
            imap4__emit_refuse(emit, IMAP4_ERROR_ARGUMENT);
            return;
        }
        imap4__emit_raw(emit, " ");
        imap4__emit_bytes(emit, args->list[i].data, args->list[i].len);
    }
}

/* uid-expunge = "UID" SP "EXPUNGE" SP sequence-set */
void imap4__encode_set(imap4__emit *emit, const imap4__args *args)
{
    if (args->set == NULL) {
        imap4__emit_refuse(emit, IMAP4_ERROR_ARGUMENT);
        return;
    }
    imap4__emit_raw(emit, " ");
    imap4__emit_set(emit, args->set);
}
