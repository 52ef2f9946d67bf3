/*
 * What a server can make a connection cost. Peaks are printed as
 *
 *     limits: CASE default BYTES small BYTES
 *
 * for default options and IMAP4_PRESET_SMALL.
 */
#include "support/suite.h"

#include <stdlib.h>

Suite *hostile_suite(void);
Suite *exact_suite(void);
Suite *length_suite(void);
Suite *keep_suite(void);

int main(int argc, char **argv)
{
    Suite *(*const makers[])(void) = {hostile_suite, exact_suite, length_suite, keep_suite};

    setenv("CK_DEFAULT_TIMEOUT", "600", 0);
    return suite_main(argc, argv, makers, sizeof makers / sizeof *makers);
}
