/* Dates of the wire (RFC 9051 section 9, date-time) and the calendar. */
#ifndef IMAP4_WIRE_DATE_H
#define IMAP4_WIRE_DATE_H

#include <imap4/types.h>

/*
 * Reads ` 7-Feb-1994 21:52:25 -0800` without quotes, leniently (one-digit day, second 60, missing zone, GMT, two-digit
 * year). Fields are set as far as they could be read; `valid` says whether they make a date.
 */
void imap4__date_read(const char *text, size_t len, imap4_date *out);
int imap4__date_valid(const imap4_date *date);    /* fields within the calendar */
const char *imap4__month_name(int month);         /* "Jan"; NULL out of 1..12 */

#endif
