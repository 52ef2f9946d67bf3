/* Text: ASCII rules only, never the locale's. */
#ifndef IMAP4_BASE_STR_H
#define IMAP4_BASE_STR_H

#include <imap4/types.h>

imap4_str imap4__str(const char *text);                       /* NULL gives NIL */
imap4_str imap4__str_n(const void *data, size_t len);
int imap4__str_eq(imap4_str a, imap4_str b);                  /* bytes; NIL equals only NIL */
int imap4__str_eq_nocase(imap4_str a, const char *b);         /* ASCII case folded */
int imap4__nocase_n(const void *a, const void *b, size_t len); /* 1 if equal but for ASCII case */

/* The 7-bit lower case of a byte. */
uint8_t imap4__lower(uint8_t c);

int imap4__utf8_valid(const void *data, size_t len);          /* RFC 3629: no surrogates, no overlong forms */

/* How many of the strings, from the first on, can be copied with their list into `limit` bytes. */
size_t imap4__strs_within(const imap4_str *strs, size_t count, size_t limit);

/* Names with numbers: one table serves reading and printing. */
typedef struct imap4__name {
    const char *name;
    uint32_t number;
} imap4__name;

/* The number of a name, compared without case, or `missing`. `table` ends with a NULL name. */
uint32_t imap4__name_number(const imap4__name *table, imap4_str name, uint32_t missing);
const char *imap4__name_text(const imap4__name *table, uint32_t number); /* NULL if not there */

#endif
