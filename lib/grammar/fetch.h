/* FETCH (RFC 9051 section 7.5.2, msg-att). */
#ifndef IMAP4_GRAMMAR_FETCH_H
#define IMAP4_GRAMMAR_FETCH_H

#include "grammar/response.h"

/*
 * Reads "(" items ")" into response->data.fetch; damaged items are left out and counted in the response. 1, 0 if there
 * is no list, or an error.
 */
int imap4__fetch_read(imap4__cursor *cur, uint32_t seq, imap4__response *response);

/*
 * The same, into `att`. `converted`: it is CONVERTED (RFC 5259), where "(ERROR ...)" may stand for the data of a
 * section; such an item is kept in att->other.
 */
int imap4__fetch_items_read(imap4__cursor *cur, imap4__response *response, imap4_msg_att *att, int converted);

/* Reads an item name that is a section, "BODY[1.HEADER.FIELDS (A B)]<0>", into `out` (value fields untouched).
 * 1, 0 if it is no section, or an error. */
int imap4__section_read(imap4__cursor *cur, imap4_section *out);

#endif
