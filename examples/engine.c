/*
 * The engine without a network: bytes from memory go in, events come out.
 *
 * This is the whole contract between an imap4_conn and its surroundings; whatever moves bytes can take the place of the
 * two arrays: a socket, an io_uring, a test, a recording.
 */
#include <imap4/imap4.h>

#include <stdio.h>
#include <string.h>

/* What a server would say, one piece for each time the engine waits for input. */
static const char *const server[] = {
    "* PREAUTH [CAPABILITY IMAP4rev1] here are your three messages\r\n",
    "* FLAGS (\\Seen \\Flagged)\r\n* 3 EXISTS\r\n* OK [UIDVALIDITY 7]\r\nA1 OK [READ-ONLY] selected\r\n",
    "* 1 FETCH (UID 11 FLAGS (\\Seen) RFC822.SIZE 4286)\r\n"
    "* 2 FETCH (UID 12 FLAGS () RFC822.SIZE 812)\r\n"
    "* 3 FETCH (UID 15 FLAGS (\\Flagged) RFC822.SIZE 90211)\r\nA2 OK fetched\r\n",
};

static void show(const imap4_event *event)
{
    switch (event->kind) {
    case IMAP4_EVENT_GREETING:
        printf("greeting  %s\n", event->data.text->text.data);
        break;
    case IMAP4_EVENT_VIEW:
        printf("selected  %s, %u messages\n", event->data.view->name.data, (unsigned)event->data.view->exists);
        break;
    case IMAP4_EVENT_FETCH:
        printf("message   UID %u, %lu bytes%s\n", (unsigned)event->data.fetch->uid,
               (unsigned long)event->data.fetch->rfc822_size,
               event->data.fetch->flags && (event->data.fetch->flags->system & IMAP4_FLAG_FLAGGED) ? ", flagged" : "");
        break;
    case IMAP4_EVENT_DONE:
        printf("done      request %u: %s\n", (unsigned)event->request,
               event->data.done->text ? imap4_status_name(event->data.done->text->status)
                                      : imap4_outcome_name(event->data.done->outcome));
        break;
    default:
        break;
    }
}

int main(void)
{
    const imap4_event *event;
    imap4_conn *conn = NULL;
    imap4_fetch_items *items = NULL;
    imap4_uid_set *all = NULL;
    int failed = 1;

    if (imap4_conn_new(&conn, NULL) || imap4_fetch_items_new(&items, NULL) || imap4_uid_set_new(&all, NULL) ||
        imap4_fetch_items_add(items, IMAP4_FETCH_UID | IMAP4_FETCH_FLAGS | IMAP4_FETCH_RFC822_SIZE) ||
        imap4_uid_set_add(all, 1, IMAP4_SET_STAR))
        goto done;

    /* The bytes come from this very program. Over a network the engine would ask for TLS first. */
    imap4_conn_layer_done(conn, IMAP4_SECURITY_LOCAL);

    /* Requests may be made at any time; they wait for their turn. */
    if (imap4_examine(conn, "INBOX", NULL) || imap4_fetch(conn, all, items, NULL))
        goto done;

    for (size_t i = 0; i < sizeof server / sizeof *server; i++) {
        const uint8_t *output;
        uint8_t *space;
        size_t len = strlen(server[i]);
        size_t room;

        if (imap4_conn_input(conn, len, &space, &room) || room < len)
            goto done;
        memcpy(space, server[i], len);
        imap4_conn_input_done(conn, len);

        while (imap4_conn_next(conn, &event) == IMAP4_EVENT)
            show(event);

        while ((output = imap4_conn_output(conn, &len)) != NULL) {
            printf("          > %.*s", (int)len, (const char *)output);
            imap4_conn_output_done(conn, len);
        }
    }
    failed = imap4_conn_pending(conn) != 0;
done:
    imap4_uid_set_free(all);
    imap4_fetch_items_free(items);
    imap4_conn_free(conn);
    return failed;
}
