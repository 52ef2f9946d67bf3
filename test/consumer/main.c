/*
 * A program outside the tree that uses the installed library: it shows that headers, libimap4.pc and the library fit
 * together, shared and static, and as a meson subproject.
 */
#include <imap4/imap4.h>
#include <stdio.h>

int main(void)
{
    static const char greeting[] = "* PREAUTH [CAPABILITY IMAP4rev1] hello\r\n";
    imap4_conn *conn;
    const imap4_event *event;
    uint8_t *space;
    size_t room;
    size_t i;
    int result;

    if (imap4_version_check(IMAP4_VERSION_NUMBER) != IMAP4_OK) {
        fprintf(stderr, "header %s, library %s\n", IMAP4_VERSION_STRING, imap4_version_string());
        return 1;
    }
    if (imap4_conn_new(&conn, NULL) != IMAP4_OK)
        return 1;
    imap4_conn_layer_done(conn, IMAP4_SECURITY_LOCAL);
    result = imap4_conn_input(conn, sizeof greeting - 1, &space, &room);
    if (result != IMAP4_OK || room < sizeof greeting - 1) {
        imap4_conn_free(conn);
        return 1;
    }
    for (i = 0; i < sizeof greeting - 1; i++)
        space[i] = (uint8_t)greeting[i];
    result = imap4_conn_input_done(conn, sizeof greeting - 1);
    if (result >= 0)
        result = imap4_conn_next(conn, &event);
    if (result != IMAP4_EVENT)
        fprintf(stderr, "%s\n", imap4_result_message(result));
    else
        printf("libimap4 %s reads a greeting\n", imap4_version_string());
    imap4_conn_free(conn);
    return result != IMAP4_EVENT;
}
