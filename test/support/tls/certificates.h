/* Made by test/support/tls/make; not to be edited. Certificates and keys for the tests, PEM. */
#ifndef TEST_TLS_CERTIFICATES_H
#define TEST_TLS_CERTIFICATES_H

static const char ca_pem[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBeTCCAR6gAwIBAgICEAAwCgYIKoZIzj0EAwIwIjEgMB4GA1UEAwwXbGliaW1h\n"
    "cDQgdGVzdCBhdXRob3JpdHkwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAw\n"
    "MDBaMCIxIDAeBgNVBAMMF2xpYmltYXA0IHRlc3QgYXV0aG9yaXR5MFkwEwYHKoZI\n"
    "zj0CAQYIKoZIzj0DAQcDQgAEJ4n5TU49rg4ArE1GT/MkxSKdumHe5vJppV2kQB9K\n"
    "GYxc4tNR4gHTE+OwnFfcsHgHCJEheBZW4xeyXpFnB06E+6NCMEAwDwYDVR0TAQH/\n"
    "BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAQYwHQYDVR0OBBYEFCpcOovWuDCphNEohrcr\n"
    "MbaX+o2vMAoGCCqGSM49BAMCA0kAMEYCIQDpJy6xYEpJrcyti1rnmd5NhHnMRyUu\n"
    "gxYQMms95RhWJgIhAKW+8urMrH6ithCSSYr4NBnQt4DW8gwm+kMm//Y16A/n\n"
    "-----END CERTIFICATE-----\n";

static const char good_pem[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBxjCCAWugAwIBAgICEAMwCgYIKoZIzj0EAwIwIjEgMB4GA1UEAwwXbGliaW1h\n"
    "cDQgdGVzdCBhdXRob3JpdHkwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAw\n"
    "MDBaMBgxFjAUBgNVBAMMDW5vdCBsb29rZWQgYXQwWTATBgcqhkjOPQIBBggqhkjO\n"
    "PQMBBwNCAARZfEw/DM3SICAbmmHUgPPp8QE2/kYjU+ErA5P4prwZTEC6dQVgey3Q\n"
    "kOF5BUA8aYwBZmKohIeB5wZNj6lmOM6So4GYMIGVMBMGA1UdJQQMMAoGCCsGAQUF\n"
    "BwMBMD4GA1UdEQQ3MDWCEG1haWwuZXhhbXBsZS5vcmeCCWxvY2FsaG9zdIcEfwAA\n"
    "AYcQIAENuAAAAAAAAAAAAAAAATAdBgNVHQ4EFgQUX4awp5Ysu6zM8mQQey3oOG1I\n"
    "eFowHwYDVR0jBBgwFoAUKlw6i9a4MKmE0SiGtysxtpf6ja8wCgYIKoZIzj0EAwID\n"
    "SQAwRgIhAOwm2ldA3UJPtbCPzMSDM89gmU9CTAxa6JnP9iN3CZ6VAiEAgo2rSyzY\n"
    "apKMUjeQkBWlVolloPu6wBUyb6RcghOltGw=\n"
    "-----END CERTIFICATE-----\n";

static const char good_key[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgiDOgBTxE235r3vyf\n"
    "m2c95tg+oEWxs3YhnXAdZm0taJqhRANCAARZfEw/DM3SICAbmmHUgPPp8QE2/kYj\n"
    "U+ErA5P4prwZTEC6dQVgey3QkOF5BUA8aYwBZmKohIeB5wZNj6lmOM6S\n"
    "-----END PRIVATE KEY-----\n";

static const char wildcard_pem[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBnjCCAUOgAwIBAgICEAQwCgYIKoZIzj0EAwIwIjEgMB4GA1UEAwwXbGliaW1h\n"
    "cDQgdGVzdCBhdXRob3JpdHkwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAw\n"
    "MDBaMBgxFjAUBgNVBAMMDW5vdCBsb29rZWQgYXQwWTATBgcqhkjOPQIBBggqhkjO\n"
    "PQMBBwNCAASVKJSiMij4u3xjOzCVT5maD/H0Nld95hVqKqHXbLwToHm9hx+sDY0+\n"
    "gIi/jVzA9JBsPb4Vji9cIHwBpZZftruxo3EwbzATBgNVHSUEDDAKBggrBgEFBQcD\n"
    "ATAYBgNVHREEETAPgg0qLmV4YW1wbGUub3JnMB0GA1UdDgQWBBRIyn202iEqrZ2V\n"
    "ls6oyvQg0WLBOTAfBgNVHSMEGDAWgBQqXDqL1rgwqYTRKIa3KzG2l/qNrzAKBggq\n"
    "hkjOPQQDAgNJADBGAiEAjcJKqT6ct0bO2i7sRgAPzuWDhvJkSxvaRbrL+Iilb8sC\n"
    "IQDXQ1iIXmO6q39Ag5kGlnuMFT0waeec/aqwTvb4TqDmvA==\n"
    "-----END CERTIFICATE-----\n";

static const char wildcard_key[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgkv1WIZPUAWuUvRcP\n"
    "VbjhuMT52KRiU+yTid5Hcdm7/6uhRANCAASVKJSiMij4u3xjOzCVT5maD/H0Nld9\n"
    "5hVqKqHXbLwToHm9hx+sDY0+gIi/jVzA9JBsPb4Vji9cIHwBpZZftrux\n"
    "-----END PRIVATE KEY-----\n";

static const char partial_pem[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBrzCCAVSgAwIBAgICEAUwCgYIKoZIzj0EAwIwIjEgMB4GA1UEAwwXbGliaW1h\n"
    "cDQgdGVzdCBhdXRob3JpdHkwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAw\n"
    "MDBaMBgxFjAUBgNVBAMMDW5vdCBsb29rZWQgYXQwWTATBgcqhkjOPQIBBggqhkjO\n"
    "PQMBBwNCAAQrQQqhoJfGuv9+a60tpe8mz42xW0XK7sAF4yoDQ7AV/Y+ojS9ld8NS\n"
    "R3pRpnFUk7AUCQYy59hbqjayPQyd/a6Po4GBMH8wEwYDVR0lBAwwCgYIKwYBBQUH\n"
    "AwEwKAYDVR0RBCEwH4IObSouZXhhbXBsZS5vcmeCCm1haWwuKi5vcmeCASowHQYD\n"
    "VR0OBBYEFF/RDjnBoEP8vNWnj6Z0OOy+xWCFMB8GA1UdIwQYMBaAFCpcOovWuDCp\n"
    "hNEohrcrMbaX+o2vMAoGCCqGSM49BAMCA0kAMEYCIQCUkPrTFCcpqhHY13R0S1rt\n"
    "2Jf1HAocrjgZSV2UrbMBkAIhAJ8BC67oKRsyjSIo72FLE2EpVwe+7fU66pSRgxQU\n"
    "MxPP\n"
    "-----END CERTIFICATE-----\n";

static const char partial_key[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgZqsF4cu/JRZODSxO\n"
    "r7r/RyVm764b653Dq42sc1eSJqGhRANCAAQrQQqhoJfGuv9+a60tpe8mz42xW0XK\n"
    "7sAF4yoDQ7AV/Y+ojS9ld8NSR3pRpnFUk7AUCQYy59hbqjayPQyd/a6P\n"
    "-----END PRIVATE KEY-----\n";

static const char below_pem[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBpTCCAUugAwIBAgICEAYwCgYIKoZIzj0EAwIwJzElMCMGA1UEAwwcbGliaW1h\n"
    "cDQgdGVzdCwgaW4gdGhlIG1pZGRsZTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEw\n"
    "MTAwMDAwMFowGDEWMBQGA1UEAwwNbm90IGxvb2tlZCBhdDBZMBMGByqGSM49AgEG\n"
    "CCqGSM49AwEHA0IABDvIFXghFBOIODbkO8sj/S23J5027hHNG7P6DCpVq3CxqvV6\n"
    "QO8VWAObYHY0B/IIlBgv8KDTmZHL1ulNu0HBEMGjdDByMBMGA1UdJQQMMAoGCCsG\n"
    "AQUFBwMBMBsGA1UdEQQUMBKCEG1haWwuZXhhbXBsZS5vcmcwHQYDVR0OBBYEFEl7\n"
    "IHFPzfPiYO7FRTo0CFRdudZWMB8GA1UdIwQYMBaAFGI4zMNvjqSqrvKMHUGIPdgS\n"
    "ghAAMAoGCCqGSM49BAMCA0gAMEUCIQC87Tq//apP//d+Gcl27zlKWnlHPW0mYJPM\n"
    "01iCtACKVgIgb+QbFJwwKlfjTRwIuO03N60T1DiF/SsxCoZougasegA=\n"
    "-----END CERTIFICATE-----\n"
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBnjCCAUSgAwIBAgICEAIwCgYIKoZIzj0EAwIwIjEgMB4GA1UEAwwXbGliaW1h\n"
    "cDQgdGVzdCBhdXRob3JpdHkwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAw\n"
    "MDBaMCcxJTAjBgNVBAMMHGxpYmltYXA0IHRlc3QsIGluIHRoZSBtaWRkbGUwWTAT\n"
    "BgcqhkjOPQIBBggqhkjOPQMBBwNCAASisALaFUIgUDPMsmKdru5SDEir3H+NulAI\n"
    "nc0K9k5/9neHG++ndQZ5awOIX/bscpc0UK/bQLtKAmDgd+URSHHpo2MwYTAPBgNV\n"
    "HRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwIBBjAdBgNVHQ4EFgQUYjjMw2+OpKqu\n"
    "8owdQYg92BKCEAAwHwYDVR0jBBgwFoAUKlw6i9a4MKmE0SiGtysxtpf6ja8wCgYI\n"
    "KoZIzj0EAwIDSAAwRQIgCgpQFXLFSrB+OzchzUoObZdl6sqK66+QVTcGu9AQ4nsC\n"
    "IQDMpTS6s+EAlw5KajCh3b3LhzNI9HFknaV5Kt00I6vQQQ==\n"
    "-----END CERTIFICATE-----\n";

static const char below_key[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg8/Kd6KofV08/YruG\n"
    "f2PN2jmuGBXxR704hLzKi+1VRqihRANCAAQ7yBV4IRQTiDg25DvLI/0ttyedNu4R\n"
    "zRuz+gwqVatwsar1ekDvFVgDm2B2NAfyCJQYL/Cg05mRy9bpTbtBwRDB\n"
    "-----END PRIVATE KEY-----\n";

static const char expired_pem[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBnjCCAUSgAwIBAgICEAcwCgYIKoZIzj0EAwIwIjEgMB4GA1UEAwwXbGliaW1h\n"
    "cDQgdGVzdCBhdXRob3JpdHkwHhcNMDEwMTAxMDAwMDAwWhcNMDIwMTAxMDAwMDAw\n"
    "WjAYMRYwFAYDVQQDDA1ub3QgbG9va2VkIGF0MFkwEwYHKoZIzj0CAQYIKoZIzj0D\n"
    "AQcDQgAELfzmMVAvyOM3Jo9V9AYklkBx7/r3bgjifl3LI4MsCTh48wULyciqzDsG\n"
    "JvnlcgLVbo2/FdJE0SdGSad2593rUqN0MHIwEwYDVR0lBAwwCgYIKwYBBQUHAwEw\n"
    "GwYDVR0RBBQwEoIQbWFpbC5leGFtcGxlLm9yZzAdBgNVHQ4EFgQUX9iJ+WXJ6INw\n"
    "TCyDqGcJs+hJdx8wHwYDVR0jBBgwFoAUKlw6i9a4MKmE0SiGtysxtpf6ja8wCgYI\n"
    "KoZIzj0EAwIDSAAwRQIga7rXUwgVBg+HXd58JUTeq6rUOxfBdz7JlUJ9a0xVCJYC\n"
    "IQDjhG5BQ75Y9C4akNMTCIEHL5vOagd1FbMfQizR6XBD5w==\n"
    "-----END CERTIFICATE-----\n";

static const char expired_key[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg7IMD3Vudm4zIRuL4\n"
    "ufYVADWTcFQRZ5JKm3myM8QWsJ2hRANCAAQt/OYxUC/I4zcmj1X0BiSWQHHv+vdu\n"
    "COJ+XcsjgywJOHjzBQvJyKrMOwYm+eVyAtVujb8V0kTRJ0ZJp3bn3etS\n"
    "-----END PRIVATE KEY-----\n";

static const char future_pem[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBozCCAUigAwIBAgICEAgwCgYIKoZIzj0EAwIwIjEgMB4GA1UEAwwXbGliaW1h\n"
    "cDQgdGVzdCBhdXRob3JpdHkwIhgPMjEwMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAw\n"
    "MDAwMFowGDEWMBQGA1UEAwwNbm90IGxvb2tlZCBhdDBZMBMGByqGSM49AgEGCCqG\n"
    "SM49AwEHA0IABGiPzjs2dqnE7SP9SX6RsN+MRKY9lWrHB8La7XFDNo2CRuUVsEBu\n"
    "E+Tjh480EG6OcKz0eMCZOiqKAoYzUkuS2ayjdDByMBMGA1UdJQQMMAoGCCsGAQUF\n"
    "BwMBMBsGA1UdEQQUMBKCEG1haWwuZXhhbXBsZS5vcmcwHQYDVR0OBBYEFA7+yXWS\n"
    "EDI/xb0oVwNdSIsn9QDQMB8GA1UdIwQYMBaAFCpcOovWuDCphNEohrcrMbaX+o2v\n"
    "MAoGCCqGSM49BAMCA0kAMEYCIQCFltK6P2fPNS6QMocKaA7OnEj1rAboxf1ahixZ\n"
    "gOtvlgIhAKmqbkGnsSFtkt9VFTjUYEtRarAatpOvkiaRhj1AZBS3\n"
    "-----END CERTIFICATE-----\n";

static const char future_key[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgxt3azcgUtRZOTmuR\n"
    "4rhFgscxRkPZYpXjJ9GG+eGUwCyhRANCAARoj847NnapxO0j/Ul+kbDfjESmPZVq\n"
    "xwfC2u1xQzaNgkblFbBAbhPk44ePNBBujnCs9HjAmToqigKGM1JLktms\n"
    "-----END PRIVATE KEY-----\n";

static const char common_name_pem[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBhTCCASygAwIBAgICEAkwCgYIKoZIzj0EAwIwIjEgMB4GA1UEAwwXbGliaW1h\n"
    "cDQgdGVzdCBhdXRob3JpdHkwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAw\n"
    "MDBaMBsxGTAXBgNVBAMMEG1haWwuZXhhbXBsZS5vcmcwWTATBgcqhkjOPQIBBggq\n"
    "hkjOPQMBBwNCAATaPe4otwvj9gQUXcxqMuGQP6w6QF8NN7n3OJJfo9xv93AFvtXO\n"
    "IwZXR+WhMtPnq5WnPGF+iUjqYlbkSgcPB8bZo1cwVTATBgNVHSUEDDAKBggrBgEF\n"
    "BQcDATAdBgNVHQ4EFgQUmq1mPJ3cDKi/ycWQt0h9/hHzbUIwHwYDVR0jBBgwFoAU\n"
    "Klw6i9a4MKmE0SiGtysxtpf6ja8wCgYIKoZIzj0EAwIDRwAwRAIgPbOZag/qvNKJ\n"
    "gljJmOfJdRca3OD6Jn2W/gDknAXrDukCIGIweZRsamvvIxMFSkWFrY6bTo4tHXfQ\n"
    "ivB6fVSggOPU\n"
    "-----END CERTIFICATE-----\n";

static const char common_name_key[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgN0CSviMKqO6kHS7p\n"
    "o3mA4tQnlsOCFc6LGTcCfyDY0c2hRANCAATaPe4otwvj9gQUXcxqMuGQP6w6QF8N\n"
    "N7n3OJJfo9xv93AFvtXOIwZXR+WhMtPnq5WnPGF+iUjqYlbkSgcPB8bZ\n"
    "-----END PRIVATE KEY-----\n";

static const char common_name_ip_pem[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBmDCCAT2gAwIBAgICEAowCgYIKoZIzj0EAwIwIjEgMB4GA1UEAwwXbGliaW1h\n"
    "cDQgdGVzdCBhdXRob3JpdHkwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAw\n"
    "MDBaMBsxGTAXBgNVBAMMEG1haWwuZXhhbXBsZS5vcmcwWTATBgcqhkjOPQIBBggq\n"
    "hkjOPQMBBwNCAATmt+xme4xHuIsXTFXdrggBuP49I0QpxsBc+JT8VLu3+1jEeKXo\n"
    "yZ3GirOTSw5tCjRczeenDifu7DulmwCZNdoJo2gwZjATBgNVHSUEDDAKBggrBgEF\n"
    "BQcDATAPBgNVHREECDAGhwR/AAABMB0GA1UdDgQWBBSJFJEEKocYcod5mwsuapP5\n"
    "PnKyfTAfBgNVHSMEGDAWgBQqXDqL1rgwqYTRKIa3KzG2l/qNrzAKBggqhkjOPQQD\n"
    "AgNJADBGAiEAu91jttDFQRmGDlGAoN/mZ0tPz7w23kvbZsJ2iuiPYeoCIQDTj7yM\n"
    "NS2p+J+Ln8irMQeB8olBR4t9ntMXrUqdvuh7Nw==\n"
    "-----END CERTIFICATE-----\n";

static const char common_name_ip_key[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgWh2JYZImDY3hTFCJ\n"
    "+UlU0vjmIRB6K5jEO64TNOE5VrWhRANCAATmt+xme4xHuIsXTFXdrggBuP49I0Qp\n"
    "xsBc+JT8VLu3+1jEeKXoyZ3GirOTSw5tCjRczeenDifu7DulmwCZNdoJ\n"
    "-----END PRIVATE KEY-----\n";

static const char stranger_pem[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBozCCAUmgAwIBAgICEAswCgYIKoZIzj0EAwIwJTEjMCEGA1UEAwwaYW4gYXV0\n"
    "aG9yaXR5IG5vYm9keSB0cnVzdHMwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEw\n"
    "MDAwMDBaMBgxFjAUBgNVBAMMDW5vdCBsb29rZWQgYXQwWTATBgcqhkjOPQIBBggq\n"
    "hkjOPQMBBwNCAAQ5hbXOVwJIoCP+Po52UodRUeemV9W5duDM1ZwKDFQ1y8z0O+hK\n"
    "atROckOwYGUnu+Xik05wlZXRG6UV/aofDKduo3QwcjATBgNVHSUEDDAKBggrBgEF\n"
    "BQcDATAbBgNVHREEFDASghBtYWlsLmV4YW1wbGUub3JnMB0GA1UdDgQWBBRhJGcR\n"
    "szKwBPjL2Gw3azksL+fzkTAfBgNVHSMEGDAWgBTUFjrYSqxuLlrAbTgJuKeVEFFr\n"
    "vDAKBggqhkjOPQQDAgNIADBFAiEAkBQFk7yVi0lDgUvUAUdWB9zYiz+KfmesXvKd\n"
    "RsnuJ70CIGZz6dRH5O0l68bAfw3hf4esaNhVowzHGm5KJmMBlEqd\n"
    "-----END CERTIFICATE-----\n";

static const char stranger_key[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgLTlmiyGbCzYcZga1\n"
    "8ijoFaca93bkdfTloEV7H6Z13+mhRANCAAQ5hbXOVwJIoCP+Po52UodRUeemV9W5\n"
    "duDM1ZwKDFQ1y8z0O+hKatROckOwYGUnu+Xik05wlZXRG6UV/aofDKdu\n"
    "-----END PRIVATE KEY-----\n";

static const char weak_pem[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIB5zCCAY2gAwIBAgICEAwwCgYIKoZIzj0EAwIwIjEgMB4GA1UEAwwXbGliaW1h\n"
    "cDQgdGVzdCBhdXRob3JpdHkwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAw\n"
    "MDBaMBgxFjAUBgNVBAMMDW5vdCBsb29rZWQgYXQwgZ8wDQYJKoZIhvcNAQEBBQAD\n"
    "gY0AMIGJAoGBALPUfHKG2IUdd0UTMuNrGzESEqoQ08LzN+5VvRWoumhTTZhQ3kXw\n"
    "fSONo2r3OM/hTOzYDWSuBOkWSr3gI/U06vn5hRs8IoMT7y87IFNSD+jexiCMPhtq\n"
    "X6i5/39ME7LhnyVaIjwYZjbj73JGrlYhqStKQKH/kcoco8V6/oP317dlAgMBAAGj\n"
    "dDByMBMGA1UdJQQMMAoGCCsGAQUFBwMBMBsGA1UdEQQUMBKCEG1haWwuZXhhbXBs\n"
    "ZS5vcmcwHQYDVR0OBBYEFDM6OdfcGcvbAxiaxihRBytdNp04MB8GA1UdIwQYMBaA\n"
    "FCpcOovWuDCphNEohrcrMbaX+o2vMAoGCCqGSM49BAMCA0gAMEUCIFV8ZDD+fvST\n"
    "kBgMAQMEj8R+WSkGmy9x92rmuQQWnSTCAiEAvakixbOwu1KsfRE40GjMazu1fDMK\n"
    "Yfry0Rp+wimSP0Y=\n"
    "-----END CERTIFICATE-----\n";

static const char weak_key[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIICdwIBADANBgkqhkiG9w0BAQEFAASCAmEwggJdAgEAAoGBALPUfHKG2IUdd0UT\n"
    "MuNrGzESEqoQ08LzN+5VvRWoumhTTZhQ3kXwfSONo2r3OM/hTOzYDWSuBOkWSr3g\n"
    "I/U06vn5hRs8IoMT7y87IFNSD+jexiCMPhtqX6i5/39ME7LhnyVaIjwYZjbj73JG\n"
    "rlYhqStKQKH/kcoco8V6/oP317dlAgMBAAECgYEAsTv31yw9k5yB40tTuT3jk85b\n"
    "JM/m1Vm+wyAvdnxQE+geLsNs/gNSYksDR7YWgRNtLHSXZqX34v38dfzFk7Mu7bz9\n"
    "LrzRtQgsFbU2GKPn+aLVlXB33ayEnrkicqy/DG5crETA6Ki2K7HUeHzXh3dH9B/J\n"
    "qEMb0LIEKrDBpEcZcAECQQDr8TipVD3rPwr0Iav2dBLhiCr48M4zCU/gACS3Bxlc\n"
    "pzAc/b01MFZLMDBMi1S84cFC6E6YG4vqvgNE5LYOqeNlAkEAwx4aD6GbcE1h1e+A\n"
    "k3JXRasYKe4GXm1ZhbgTqQ24eth8bsWE4LPJ+0PCyEwCctz8QF8NLnnOi+07FmFh\n"
    "FrtEAQJBAK1lpiKriqXsuvwYEu0Y+RdOn2Y8cw4G9fDFqjXovbbeF/n2cKs6TvEL\n"
    "BTP74da+gu3NFJWtCPMHmhdzjmjQahECQB6u4yZGIa19Xb9I1I1bU8IO79PYLIQ4\n"
    "6fUPR3g0Qih/VsIMqaK0YzTyKPVajqAFhF2TFP2UBhkXC02vrpbmiAECQDT+x/lr\n"
    "hwMn15pbNKvT7m2WGBk+2fo4sMUAiuGuX9qU5yaCLtYfvrVj9rtb6ElyTHXezK5f\n"
    "HAJFT2LaAiNUm+Q=\n"
    "-----END PRIVATE KEY-----\n";

static const char all_wrong_pem[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBozCCAUigAwIBAgICEA0wCgYIKoZIzj0EAwIwJTEjMCEGA1UEAwwaYW4gYXV0\n"
    "aG9yaXR5IG5vYm9keSB0cnVzdHMwHhcNMDEwMTAxMDAwMDAwWhcNMDIwMTAxMDAw\n"
    "MDAwWjAYMRYwFAYDVQQDDA1ub3QgbG9va2VkIGF0MFkwEwYHKoZIzj0CAQYIKoZI\n"
    "zj0DAQcDQgAEyr2aQXM3UgZs6YXwDnZuULjUQE+aho7PI/mDtTBoKIzZDWlHkAN4\n"
    "lNlMlz4gQZmql1COZ1JXjh+axiwZHgEAMaN1MHMwEwYDVR0lBAwwCgYIKwYBBQUH\n"
    "AwEwHAYDVR0RBBUwE4IRb3RoZXIuZXhhbXBsZS5uZXQwHQYDVR0OBBYEFPlBdUEc\n"
    "JXdmnpfJ0wxpbrm+iX+MMB8GA1UdIwQYMBaAFNQWOthKrG4uWsBtOAm4p5UQUWu8\n"
    "MAoGCCqGSM49BAMCA0kAMEYCIQDqaaF/kaWuytEC8hPEAnV7YYaVTbZdoUqgdDR4\n"
    "zf/n1gIhAPY85Xmk6z+NmmYGBHAkVvDYdbMwmBcMnOHokMn2nAJH\n"
    "-----END CERTIFICATE-----\n";

static const char all_wrong_key[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg69yOXJarZrSMQ5Gy\n"
    "WQ5sJDR1/rQJaNgaLE5acY4kov2hRANCAATKvZpBczdSBmzphfAOdm5QuNRAT5qG\n"
    "js8j+YO1MGgojNkNaUeQA3iU2UyXPiBBmaqXUI5nUleOH5rGLBkeAQAx\n"
    "-----END PRIVATE KEY-----\n";

static const char self_pem[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBXzCCAQagAwIBAgICEA4wCgYIKoZIzj0EAwIwGDEWMBQGA1UEAwwNbm90IGxv\n"
    "b2tlZCBhdDAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowGDEWMBQG\n"
    "A1UEAwwNbm90IGxvb2tlZCBhdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABIJY\n"
    "ekxmuHYUjye9BDTTjAAMi1h1LDBDZU+cPWZOdKKOQ4ATb4jZFJhX3J8e/ALu22zE\n"
    "MeAnkwrnS1Qqz1kLZBWjPjA8MBsGA1UdEQQUMBKCEG1haWwuZXhhbXBsZS5vcmcw\n"
    "HQYDVR0OBBYEFBScBjPbZ1Nbd/OFqfxVfJIOTsJoMAoGCCqGSM49BAMCA0cAMEQC\n"
    "IAdo0cAiwOeLCAuVJXwbox81zWx/w/7QcFDmuElBgmBNAiAx0vJrFaptCqIejIx8\n"
    "wxrtGb0feI8L1qSUG+ETjgZ8UA==\n"
    "-----END CERTIFICATE-----\n";

static const char self_key[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg111BkT+WIEbbiKEx\n"
    "hdGcsFMUVj3To2UbjCBU7IyO6qehRANCAASCWHpMZrh2FI8nvQQ004wADItYdSww\n"
    "Q2VPnD1mTnSijkOAE2+I2RSYV9yfHvwC7ttsxDHgJ5MK50tUKs9ZC2QV\n"
    "-----END PRIVATE KEY-----\n";

#endif
