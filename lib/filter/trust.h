/* The certificates that the program or the system trusts. */
#ifndef IMAP4_FILTER_TRUST_H
#define IMAP4_FILTER_TRUST_H

#include <mbedtls/x509_crt.h>

#include <imap4/options.h>

/*
 * Reads the trusted certificates into an initialized chain: those of the options if set, else the first bundle of the
 * system that can be read. IMAP4_OK, IMAP4_ERROR_MEMORY, or IMAP4_ERROR_TLS when there is not one certificate.
 */
int imap4__trust_load(mbedtls_x509_crt *chain, const imap4_options *options);

#endif
