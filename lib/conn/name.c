/* Names of the engine's enumerations. */
#include "base/str.h"

#include <imap4/conn.h>

const char *imap4_wanted_kind_name(int kind)
{
    static const imap4__name names[] = {
        {"LITERAL", IMAP4_WANTED_LITERAL}, {"PASSWORD", IMAP4_WANTED_PASSWORD}, {NULL, 0}};

    return imap4__name_text(names, (uint32_t)kind);
}

const char *imap4_layer_kind_name(int kind)
{
    static const imap4__name names[] = {{"TLS", IMAP4_LAYER_TLS}, {"DEFLATE", IMAP4_LAYER_DEFLATE}, {NULL, 0}};

    return imap4__name_text(names, (uint32_t)kind);
}

const char *imap4_outcome_name(int outcome)
{
    static const imap4__name names[] = {
        {"ANSWERED", IMAP4_OUTCOME_ANSWERED},       {"NOT_SENT", IMAP4_OUTCOME_NOT_SENT},
        {"UNKNOWN", IMAP4_OUTCOME_UNKNOWN},         {"CANCELLED", IMAP4_OUTCOME_CANCELLED},
        {"UNSUPPORTED", IMAP4_OUTCOME_UNSUPPORTED}, {"STALE", IMAP4_OUTCOME_STALE},
        {NULL, 0},
    };

    return imap4__name_text(names, (uint32_t)outcome);
}

const char *imap4_move_step_name(int step)
{
    static const imap4__name names[] = {
        {"DIRECT", IMAP4_MOVE_DIRECT}, {"NONE", IMAP4_MOVE_NONE},         {"COPIED", IMAP4_MOVE_COPIED},
        {"MARKED", IMAP4_MOVE_MARKED}, {"EXPUNGED", IMAP4_MOVE_EXPUNGED}, {NULL, 0},
    };

    return imap4__name_text(names, (uint32_t)step);
}

const char *imap4_state_name(int state)
{
    static const imap4__name names[] = {
        {"GREETING", IMAP4_STATE_GREETING},
        {"NOT_AUTHENTICATED", IMAP4_STATE_NOT_AUTHENTICATED},
        {"AUTHENTICATED", IMAP4_STATE_AUTHENTICATED},
        {"SELECTED", IMAP4_STATE_SELECTED},
        {"LOGOUT", IMAP4_STATE_LOGOUT},
        {"CLOSED", IMAP4_STATE_CLOSED},
        {NULL, 0},
    };

    return imap4__name_text(names, (uint32_t)state);
}
