/*
 * The version of the library, and whether it fits a program's header.
 */
#include <imap4/version.h>

uint32_t imap4_version(void)
{
    return IMAP4_VERSION_NUMBER;
}

const char *imap4_version_string(void)
{
    return IMAP4_VERSION_STRING;
}

int imap4_version_check(uint32_t header_version)
{
    const uint32_t library_version = IMAP4_VERSION_NUMBER;
    /* Before 1.0 a new minor version may break programs, as a new major version does later. */
    const unsigned compatible_bits = IMAP4_VERSION_MAJOR == 0 ? 8 : 16;

    if (header_version >> compatible_bits != library_version >> compatible_bits)
        return IMAP4_ERROR_VERSION;
    if (header_version > library_version)
        return IMAP4_ERROR_VERSION;
    return IMAP4_OK;
}
