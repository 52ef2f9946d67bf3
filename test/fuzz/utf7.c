/* Modified UTF-7: names of the wire become UTF-8 and go back to the same bytes; text of people survives both ways. */
#include "fuzz.h"

#include "base/str.h"
#include "wire/emit.h"
#include "wire/utf7.h"

FUZZ_BEGIN

static imap4__arena arena;
static imap4__buf wire;
static imap4__emit emit;

static void check_text(imap4_str text)
{
    FUZZ_CHECK(text.data != NULL && text.data[text.len] == '\0');
}

/* The buffer is never without memory: an empty name is not NIL. */
static int encode(const char *text, size_t len)
{
    FUZZ_CHECK(imap4__buf_reserve(&wire, 1) == IMAP4_OK);
    wire.len = 0;
    return imap4__utf7_encode(&wire, text, len);
}

/* As a server sends it. */
static void check_wire(imap4_str raw)
{
    imap4_str name;
    imap4_str people;

    FUZZ_CHECK(imap4__utf7_decode(&arena, raw.data, raw.len, &name) == IMAP4_OK);
    check_text(name);
    FUZZ_CHECK(name.len <= raw.len * 3);
    /* What changed was valid, and there is one way only to write a name. */
    if (!imap4__str_eq(raw, name)) {
        FUZZ_CHECK(imap4__utf8_valid(name.data, name.len));
        FUZZ_CHECK(encode(name.data, name.len) == IMAP4_OK);
        FUZZ_CHECK(wire.len == raw.len && memcmp(wire.data, raw.data, raw.len) == 0);
    }
    for (int utf8 = 0; utf8 < 2; utf8++) {
        FUZZ_CHECK(imap4__mailbox_name(&arena, raw, utf8, &people) == IMAP4_OK);
        check_text(people);
        if (!imap4__str_eq_nocase(raw, "INBOX"))
            FUZZ_CHECK(imap4__str_eq(people, utf8 ? raw : name));
    }
}

/* As a person writes it. */
static void check_name(imap4_str name)
{
    imap4_str again;
    int result = encode(name.data, name.len);
    int valid = imap4__utf8_valid(name.data, name.len) && memchr(name.data, '\0', name.len) == NULL;

    FUZZ_CHECK(result == (valid ? IMAP4_OK : IMAP4_ERROR_ARGUMENT));
    if (!valid) {
        FUZZ_CHECK(wire.len == 0);
        return;
    }
    for (size_t i = 0; i < wire.len; i++)
        FUZZ_CHECK(wire.data[i] >= 0x20 && wire.data[i] < 0x7f);
    FUZZ_CHECK(imap4__utf7_decode(&arena, (const char *)wire.data, wire.len, &again) == IMAP4_OK);
    check_text(again);
    FUZZ_CHECK(imap4__str_eq(again, name));
}

/* As a command carries it. */
static void check_command(imap4_str name)
{
    for (int utf8 = 0; utf8 < 2; utf8++) {
        emit.buf.len = emit.mark_count = 0;
        emit.result = IMAP4_OK;
        emit.utf8 = utf8;
        imap4__emit_mailbox(&emit, name);
        for (size_t i = 0; emit.result == IMAP4_OK && i < emit.buf.len; i++)
            FUZZ_CHECK(emit.buf.data[i] != '\0');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    imap4_str copy;

    if (wire.max == 0) {
        imap4__arena_init(&arena, NULL);
        imap4__buf_init(&wire, NULL, SIZE_MAX / 2);
        imap4__emit_init(&emit, NULL);
    }
    imap4__arena_reset(&arena, SIZE_MAX);
    copy = imap4__str_n(size > 0 ? (const void *)data : "", size);
    check_wire(copy);
    check_name(copy);
    check_command(copy);
    return 0;
}

FUZZ_END
