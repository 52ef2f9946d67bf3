#include "hostile.h"

/* One response that goes on until a limit is reached. */
#define ONE(name, asked, head, unit, length, tail, outcome, small_outcome)                                             \
    {                                                                                                                  \
        name, asked, head, unit, length, tail "\r\n", 1, outcome, small_outcome                                        \
    }
/* One that has no end. */
#define NEVER(name, asked, head, unit)                                                                                 \
    {                                                                                                                  \
        name, asked, head, unit, WITHOUT_END, "", 1, GIVEN_UP, GIVEN_UP                                                \
    }
/* Many of them. */
#define MANY(name, asked, rounds, head, unit, length, tail, outcome, small_outcome)                                    \
    {                                                                                                                  \
        name, asked, head, unit, length, tail "\r\n", rounds, outcome, small_outcome                                   \
    }

#define FETCH "* 1 FETCH (UID 5 "
#define ENVELOPE FETCH "ENVELOPE (NIL NIL ("
#define BEHIND_ENVELOPE ") NIL NIL NIL NIL NIL NIL NIL))"
#define PART "(\"\" \"\" NIL NIL NIL \"\" 0)"
#define MANY_TINY 20000

const hostile hostiles[] = {
    NEVER("line", ASKED_NOTHING, "* X ", "aaaaaaaaaaaaaaaa"),
    NEVER("status line", ASKED_NOTHING, "* OK ", "aaaaaaaaaaaaaaaa"),
    NEVER("tagged line", ASKED_NOTHING, "A7 OK ", "aaaaaaaaaaaaaaaa"),
    NEVER("continuation", ASKED_NOTHING, "+ ", "aaaaaaaaaaaaaaaa"),
    NEVER("quoted string", ASKED_NOTHING, "* X \"", "a\r\naaaaaaaaaaaaaa"),
    NEVER("escapes", ASKED_NOTHING, "* LIST () \"/\" \"", "\\\\\\\""),
    NEVER("list", ASKED_NOTHING, "* X (", "a b (c) "),
    NEVER("flags", ASKED_NOTHING, "* FLAGS (", "a b cc "),
    NEVER("SEARCH unasked", ASKED_NOTHING, "* SEARCH", " 4294967295"),
    NEVER("SEARCH unasked, junk", ASKED_NOTHING, "* SEARCH",
          " 11111111 22222222 33333333 44444444 55555555 66666666 77777777 x"),
    NEVER("VANISHED unasked", ASKED_NOTHING, "* VANISHED 1", ",4294967293"),
    NEVER("ESEARCH unasked", ASKED_NOTHING, "* ESEARCH UID ALL 1", ",7:9,4294967293"),
    NEVER("THREAD unasked", ASKED_NOTHING, "* THREAD ", "(1 2 (3)(4))"),
    NEVER("THREAD, deep", ASKED_NOTHING, "* THREAD ", "(((((((((((((((("),
    NEVER("COPYUID unasked", ASKED_NOTHING, "* OK [COPYUID 1 1:*", ",4294967293"),
    NEVER("literals without end", ASKED_NOTHING, "* X {1}\r\n", "a {1}\r\n"),
    NEVER(
        "literals of 100 bytes", ASKED_NOTHING, "* X {0}\r\n",
        " {100}\r\n012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678"
        "9"),
    NEVER("literal of 4 GiB", ASKED_NOTHING, "* X {4294967296}\r\n", "aaaaaaaaaaaaaaaa"),
    NEVER("literal of 4 GiB, LIST", ASKED_FLAGS, "* LIST () \"/\" {4294967296}\r\n", "aaaaaaaaaaaaaaaa"),
    NEVER("section of 4 GiB", ASKED_NOTHING, FETCH "BODY[] {4294967296}\r\n", "aaaaaaaaaaaaaaaa"),
    NEVER("section of 4 GiB, FETCH", ASKED_FLAGS, FETCH "BODY[] {4294967296}\r\n", "aaaaaaaaaaaaaaaa"),
    NEVER("quoted section", ASKED_FLAGS, FETCH "BODY[] \"", "aaaaaaaaaaaaaaaa"),
    NEVER("sections, streamed", ASKED_STREAMS, FETCH, "BODY[1] {1}\r\nx "),
    NEVER("sections, unasked", ASKED_FLAGS, FETCH, "BODY[1] {1}\r\nx "),
    NEVER("sections of 100 bytes", ASKED_FLAGS, FETCH,
          "BODY[1] {100}\r\n"
          "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789 "),
    NEVER("line, asked for streams", ASKED_STREAMS, FETCH "BODY[1] \"", "aaaaaaaaaaaaaaaa"),

    /* As long as they may be: what they mean takes more memory than their bytes. */
    ONE("text", ASKED_NOTHING, "* OK ", "a", FILLS_LINE, "", READ, READ),
    ONE("BYE", ASKED_NOTHING, "* BYE ", "a", FILLS_LINE, "", LEFT, LEFT),
    ONE("unknown code", ASKED_NOTHING, "* OK [X ", "()", FILLS_LINE, "] x", READ, READ),
    ONE("value tree", ASKED_NOTHING, "* X ", "()", FILLS_LINE, "", SKIPPED, SKIPPED),
    ONE("value tree, one list", ASKED_NOTHING, "* X (", "()", FILLS_LINE, ")", SKIPPED, SKIPPED),
    ONE("values", ASKED_NOTHING, "* X ", "1 ", FILLS_LINE, "", SKIPPED, SKIPPED),
    ONE("nesting", ASKED_NOTHING, "* X ", "(", FILLS_LINE, "", SKIPPED, SKIPPED),
    ONE("nesting, FETCH item", ASKED_NOTHING, FETCH "X ", "(", FILLS_LINE, "", READ, READ),
    ONE("FETCH items", ASKED_NOTHING, "* 1 FETCH (", "X 1 ", FILLS_LINE, "UID 5)", SKIPPED, READ),
    ONE("flags as long as may be", ASKED_NOTHING, "* FLAGS (", "a ", FILLS_LINE, ")", SKIPPED, SKIPPED),
    ONE("flags of a message", ASKED_NOTHING, FETCH "FLAGS (", "a ", FILLS_LINE, "))", SKIPPED, READ),
    ONE("addresses", ASKED_NOTHING, ENVELOPE, "(NIL NIL NIL NIL)", FILLS_LINE, BEHIND_ENVELOPE, SKIPPED, SKIPPED),
    ONE("addresses with text", ASKED_NOTHING, ENVELOPE, "(\"a\" NIL \"b\" \"c\")", FILLS_LINE, BEHIND_ENVELOPE, SKIPPED,
        SKIPPED),
    ONE("groups", ASKED_NOTHING, ENVELOPE, "(NIL NIL NIL NIL)", FILLS_LINE, BEHIND_ENVELOPE, SKIPPED, SKIPPED),
    ONE("parts", ASKED_NOTHING, FETCH "BODYSTRUCTURE (", PART, FILLS_LINE, " \"MIXED\"))", SKIPPED, SKIPPED),
    ONE("parts in parts", ASKED_NOTHING, FETCH "BODYSTRUCTURE ", "(", FILLS_LINE, "))", READ, READ),
    ONE("parameters", ASKED_NOTHING, FETCH "BODYSTRUCTURE (\"\" \"\" (", "\"\" \"\" ", FILLS_LINE, ") NIL NIL \"\" 0))",
        SKIPPED, READ),
    ONE("languages", ASKED_NOTHING, FETCH "BODYSTRUCTURE (\"\" \"\" NIL NIL NIL \"\" 0 NIL NIL (", "\"\" ", FILLS_LINE,
        ")))", READ, READ),
    ONE("extensions", ASKED_NOTHING, FETCH "BODYSTRUCTURE (\"\" \"\" NIL NIL NIL \"\" 0 NIL NIL NIL NIL ", "() ",
        FILLS_LINE, "))", SKIPPED, SKIPPED),
    ONE("header field names", ASKED_NOTHING, FETCH "BODY[HEADER.FIELDS (", "a ", FILLS_LINE, ")] \"\")", SKIPPED, READ),
    ONE("ID", ASKED_NOTHING, "* ID (", "\"a\" \"b\" ", FILLS_LINE, ")", SKIPPED, SKIPPED),
    ONE("NAMESPACE", ASKED_NOTHING, "* NAMESPACE (", "(\"\" NIL)", FILLS_LINE, ") NIL NIL", SKIPPED, SKIPPED),
    ONE("LIST attributes", ASKED_NOTHING, "* LIST (", "\\a ", FILLS_LINE, ") \"/\" a", SKIPPED, SKIPPED),
    ONE("LIST extended", ASKED_NOTHING, "* LIST () \"/\" a (", "a () ", FILLS_LINE, ")", SKIPPED, SKIPPED),
    ONE("STATUS", ASKED_NOTHING, "* STATUS a (", "a 1 ", FILLS_LINE, ")", SKIPPED, SKIPPED),
    ONE("METADATA", ASKED_NOTHING, "* METADATA a (", "/a \"\" ", FILLS_LINE, ")", SKIPPED, SKIPPED),
    ONE("QUOTA", ASKED_NOTHING, "* QUOTA a (", "a 1 1 ", FILLS_LINE, ")", SKIPPED, SKIPPED),
    ONE("QUOTAROOT", ASKED_NOTHING, "* QUOTAROOT a ", "a ", FILLS_LINE, "", SKIPPED, SKIPPED),
    ONE("ACL", ASKED_NOTHING, "* ACL a ", "a r ", FILLS_LINE, "", SKIPPED, SKIPPED),
    ONE("SEARCH with junk", ASKED_NOTHING, "* SEARCH ", "1 x ", FILLS_LINE, "", SKIPPED, SKIPPED),
    ONE("SEARCH", ASKED_NOTHING, "* SEARCH", " 1", FILLS_TWO, "", SKIPPED, SKIPPED),
    ONE("THREAD", ASKED_NOTHING, "* THREAD ", "((1)(2))", FILLS_TWO, "", SKIPPED, SKIPPED),
    ONE("damage", ASKED_NOTHING, "* LIST ", "a", FILLS_LINE, "", READ, READ),
    ONE("many lines", ASKED_NOTHING, "* X ", "0123456789012345678901234567890123456789 {1}\r\na ", FILLS_RESPONSE, "",
        SKIPPED, SKIPPED),
    ONE("many literals", ASKED_NOTHING, "* X", " {1}\r\na", FILLS_LIST, "", READ, READ),
    ONE("many sections", ASKED_FLAGS, FETCH, "BODY[] {0}\r\n ", FILLS_RESPONSE, ")", SKIPPED, SKIPPED),
    ONE("many streams", ASKED_STREAMS, FETCH, "BODY[1] {1}\r\nx ", FILLS_RESPONSE, ")", SKIPPED, SKIPPED),
    ONE("inline streams", ASKED_STREAMS, FETCH, "BODY[1] \"x\" ", FILLS_LINE, ")", SKIPPED, SKIPPED),
    ONE("one inline stream", ASKED_STREAMS, FETCH "BODY[1] \"", "\\\\", FILLS_LINE, "\")", READ, READ),
    ONE("prefix of an inline", ASKED_PREFIX, FETCH "BODY[] \"", "a", FILLS_LINE, "\")", READ, READ),

    /* What stays must not grow. */
    MANY("capabilities", ASKED_NOTHING, 3, "* CAPABILITY IMAP4rev1", " A", FILLS_LINE, "", SKIPPED, SKIPPED),
    MANY("capability code", ASKED_NOTHING, 3, "* OK [CAPABILITY IMAP4rev1", " AA", FILLS_LINE, "] x", SKIPPED, SKIPPED),
    MANY("flags again", ASKED_NOTHING, 3, "* FLAGS (", "aa ", FILLS_LINE, ")", SKIPPED, SKIPPED),
    MANY("permanent flags", ASKED_NOTHING, 3, "* OK [PERMANENTFLAGS (", "aa ", FILLS_LINE, ")] x", SKIPPED, SKIPPED),

    /* Unasked responses without end. */
    MANY("EXISTS", ASKED_NOTHING, MANY_TINY, "* 12 EXISTS", "", NOT_AT_ALL, "", READ, READ),
    MANY("FETCH unasked", ASKED_NOTHING, MANY_TINY, "* 4294967295 FETCH (FLAGS (a b c))", "", NOT_AT_ALL, "", READ,
         READ),
    MANY("tags of nobody", ASKED_NOTHING, MANY_TINY, "Z9 OK x", "", NOT_AT_ALL, "", READ, READ),
    MANY("continuations of nobody", ASKED_NOTHING, MANY_TINY, "+ x", "", NOT_AT_ALL, "", READ, READ),
    MANY("line ends", ASKED_NOTHING, MANY_TINY, "\r\n\r\n\r\n\r\n\r\n", "", NOT_AT_ALL, "", READ, READ),
    MANY("sections that nobody asked for", ASKED_FLAGS, MANY_TINY, FETCH "BODY[] {3}\r\nabc)", "", NOT_AT_ALL, "", READ,
         READ),
    MANY("long lines", ASKED_NOTHING, 20, "* OK ", "a", FILLS_LINE, "", READ, READ),
};

const size_t hostile_count = sizeof hostiles / sizeof *hostiles;
