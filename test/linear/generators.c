#include "generator.h"

#include <imap4/event.h>

/* One response with many units in it. */
#define LONG(name, asked, event, head, unit, tail)                                                                     \
    {                                                                                                                  \
        name, asked, ROOM_WIDE, event, 0, head, unit, "", "", tail "\r\n"                                              \
    }
/* Many responses. */
#define MANY(name, asked, event, line)                                                                                 \
    {                                                                                                                  \
        name, asked, ROOM_WIDE, event, 1, "", line "\r\n", "", "", ""                                                  \
    }
/* Many responses, each with something nested in it. */
#define NEST(name, limits, depth, event, head, unit, middle, close, tail)                                              \
    {                                                                                                                  \
        name, ASK_NOTHING, limits, event, depth, head, unit, middle, close, tail "\r\n"                                \
    }
/* One response, nested ever deeper. */
#define DEEP(name, event, head, unit, middle, close, tail)                                                             \
    {                                                                                                                  \
        name, ASK_NOTHING, ROOM_WIDE, event, 0, head, unit, middle, close, tail "\r\n"                                 \
    }
/* One that passes a limit. */
#define OVER(name, limits, head, unit, tail)                                                                           \
    {                                                                                                                  \
        name, ASK_NOTHING, limits, IMAP4_EVENT_DAMAGE, 0, head, unit, "", "", tail "\r\n"                              \
    }

#define FETCH(item) "* 1 FETCH (UID 1 " item
#define TEXT_PART "(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\") NIL NIL \"7BIT\" 12 1)"
#define MESSAGE_PART "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 12 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) "
#define ENVELOPE(subject, from) "ENVELOPE (NIL " subject " " from " NIL NIL NIL NIL NIL NIL NIL)"
#define ENVELOPE_BEFORE_FROM "ENVELOPE (NIL NIL ("
#define ENVELOPE_BEHIND_FROM ") NIL NIL NIL NIL NIL NIL NIL))"

const generator generators[] = {
    /* Many small things. */
    MANY("responses", ASK_NOTHING, IMAP4_EVENT_EXISTS, "* " UP " EXISTS"),
    MANY("expunges", ASK_NOTHING, IMAP4_EVENT_EXPUNGE, "* 1 EXPUNGE"),
    MANY("fetches", ASK_COLLECT, IMAP4_EVENT_FETCH,
         "* " UP " FETCH (UID " UP " FLAGS (\\Seen $Junk) MODSEQ (" RANDOM "))"),
    MANY("fetches of a sparse set", ASK_SPARSE, IMAP4_EVENT_FETCH, "* " UP " FETCH (UID " RANDOM " FLAGS (\\Seen))"),
    MANY("unknown responses", ASK_NOTHING, IMAP4_EVENT_UNKNOWN, "* XYZZY foo (bar \"baz\" 12) {1}\r\nx"),
    MANY("damaged responses", ASK_NOTHING, IMAP4_EVENT_DAMAGE, "* STATUS ) ("),
    MANY("tagged lines of nobody", ASK_NOTHING, IMAP4_EVENT_TEXT, "X" UP " OK done"),
    MANY("continuations of nobody", ASK_NOTHING, IMAP4_EVENT_TEXT, "+ go on"),
    MANY("response codes", ASK_NOTHING, IMAP4_EVENT_TEXT, "* OK [UNSEEN " UP "] first"),
    MANY("unknown codes", ASK_NOTHING, IMAP4_EVENT_TEXT, "* NO [X-CODE-" UP " (a \"b ] c\") d] text"),
    MANY("capability lists", ASK_NOTHING, IMAP4_EVENT_CAPABILITY, "* CAPABILITY IMAP4rev1 IDLE X-" UP),
    MANY("empty lines", ASK_NOTHING, IMAP4_EVENT_TEXT, ""),
    LONG("NUL, spaces and line ends before a response", ASK_NOTHING, IMAP4_EVENT_TEXT, "", " \r\n\n", "* OK late"),

    /* Nesting. */
    NEST("parentheses within the limit", ROOM_WIDE, 90, IMAP4_EVENT_UNKNOWN, "* XYZZY ", "(", "a", ")", ""),
    DEEP("parentheses beyond the limit", IMAP4_EVENT_DAMAGE, "* XYZZY ", "(", "a", ")", ""),
    DEEP("parentheses never closed", IMAP4_EVENT_DAMAGE, FETCH("FLAGS "), "(", "", "", ""),
    DEEP("parentheses never opened", IMAP4_EVENT_DAMAGE, FETCH("FLAGS "), ")", "", "", ""),
    LONG("pairs of parentheses", ASK_NOTHING, IMAP4_EVENT_UNKNOWN, "* XYZZY ", "()", ""),
    LONG("pairs of parentheses in an unknown item", ASK_NOTHING, IMAP4_EVENT_FETCH, FETCH("X-ITEM ("), "()", "))"),
    NEST("nested multiparts", ROOM_WIDE, 60, IMAP4_EVENT_FETCH, FETCH("BODYSTRUCTURE "), "(", TEXT_PART,
         " \"MIXED\" (\"BOUNDARY\" \"x\") NIL NIL NIL)", ")"),
    NEST("multiparts nested 900 deep", ROOM_DEEP, 900, IMAP4_EVENT_FETCH, FETCH("BODYSTRUCTURE "), "(", TEXT_PART,
         " \"MIXED\")", ")"),
    DEEP("multiparts beyond the limit", IMAP4_EVENT_FETCH, FETCH("BODYSTRUCTURE "), "(", TEXT_PART, " \"MIXED\")", ")"),
    NEST("nested messages", ROOM_WIDE, 40, IMAP4_EVENT_FETCH, FETCH("BODYSTRUCTURE "), MESSAGE_PART, TEXT_PART, " 1)",
         ")"),
    DEEP("messages beyond the limit", IMAP4_EVENT_FETCH, FETCH("BODYSTRUCTURE "), MESSAGE_PART, TEXT_PART, " 1)", ")"),
    LONG("a wide multipart", ASK_NOTHING, IMAP4_EVENT_FETCH, FETCH("BODYSTRUCTURE ("), TEXT_PART, " \"MIXED\"))"),

    /* Literals. */
    LONG("literals unasked", ASK_NOTHING, IMAP4_EVENT_UNKNOWN, "* XYZZY", " {1}\r\nx", ""),
    LONG("empty literals unasked", ASK_NOTHING, IMAP4_EVENT_UNKNOWN, "* XYZZY", " {0}\r\n", ""),
    LONG("sections collected", ASK_COLLECT, IMAP4_EVENT_FETCH, FETCH("FLAGS ()"), " BODY[] {1}\r\nx", ")"),
    LONG("sections unasked", ASK_NOTHING, IMAP4_EVENT_FETCH, FETCH("FLAGS ()"), " BODY[" UP "] {3}\r\nxyz", ")"),
    LONG("sections streamed", ASK_STREAM, IMAP4_EVENT_BODY_END, FETCH("FLAGS ()"), " BODY[] {1}\r\nx", ")"),
    LONG("empty sections streamed", ASK_STREAM, IMAP4_EVENT_BODY_END, FETCH("FLAGS ()"), " BODY[] {0}\r\n", ")"),
    LONG("sections streamed, number last", ASK_STREAM, IMAP4_EVENT_FETCH, "* 1 FETCH (FLAGS ()", " BODY[] {2}\r\nxy",
         " UID 1)"),
    MANY("messages collected", ASK_COLLECT, IMAP4_EVENT_FETCH, "* " UP " FETCH (BODY[] {4}\r\nbody UID " UP ")"),
    MANY("messages streamed", ASK_STREAM, IMAP4_EVENT_BODY_END, "* " UP " FETCH (UID " UP " BODY[] {4}\r\nbody)"),
    MANY("messages streamed, number last", ASK_STREAM, IMAP4_EVENT_BODY_END,
         "* " UP " FETCH (BODY[] {4}\r\nbody UID " UP ")"),
    MANY("messages kept", ASK_KEPT, IMAP4_EVENT_FETCH, "* " UP " FETCH (BODY[] {4}\r\nbody UID " UP ")"),
    LONG("a message collected", ASK_COLLECT, IMAP4_EVENT_FETCH, FETCH("BODY[] {" SIZE "}\r\n"), "0123456789abcd\r\n",
         ")"),
    LONG("a message streamed", ASK_STREAM, IMAP4_EVENT_BODY_END, FETCH("BODY[] {" SIZE "}\r\n"), "0123456789abcd\r\n",
         ")"),
    LONG("a message unasked", ASK_NOTHING, IMAP4_EVENT_FETCH, FETCH("BODY[] {" SIZE "}\r\n"), "0123456789abcd\r\n",
         ")"),
    LONG("the beginning of a message", ASK_PREFIX, IMAP4_EVENT_FETCH, FETCH("BODY[] {" SIZE "}\r\n"),
         "0123456789abcd\r\n", ")"),
    LONG("a long literal unasked", ASK_NOTHING, IMAP4_EVENT_UNKNOWN, "* XYZZY {" SIZE "}\r\n", "0123456789abcd\r\n",
         ""),
    MANY("literals too short", ASK_COLLECT, IMAP4_EVENT_FETCH, FETCH("BODY[] {4}\r\nbody\r\n)")),
    LONG("announcements in text", ASK_NOTHING, IMAP4_EVENT_TEXT, "* OK", " {5}", ""),
    LONG("announcements that are none", ASK_NOTHING, IMAP4_EVENT_UNKNOWN, "* XYZZY", " {1{2} {x} {", ""),

    /* Long tokens. */
    LONG("a long atom", ASK_NOTHING, IMAP4_EVENT_UNKNOWN, "* XYZZY ", "atom", ""),
    LONG("a long first word", ASK_NOTHING, IMAP4_EVENT_UNKNOWN, "* ", "WORD", ""),
    LONG("a long tag", ASK_NOTHING, IMAP4_EVENT_TEXT, "", "tag", " OK done"),
    LONG("a long number", ASK_NOTHING, IMAP4_EVENT_TEXT, "* ", "1234567890", " EXISTS"),
    LONG("a long text", ASK_NOTHING, IMAP4_EVENT_TEXT, "* OK ", "what a long text ", ""),
    LONG("lone CR", ASK_NOTHING, IMAP4_EVENT_TEXT, "* OK ", "\r\r\ra", ""),
    LONG("spaces", ASK_NOTHING, IMAP4_EVENT_UNKNOWN, "* XYZZY", "        ", "x"),
    LONG("spaces in a list", ASK_NOTHING, IMAP4_EVENT_UNKNOWN, "* XYZZY ( ", "    a   ", ")"),
    LONG("a quoted string full of escapes", ASK_NOTHING, IMAP4_EVENT_UNKNOWN, "* XYZZY \"", "\\\"\\\\", "\""),
    LONG("a subject full of escapes", ASK_NOTHING, IMAP4_EVENT_FETCH, FETCH("ENVELOPE (NIL \""), "\\\"\\\\",
         "\" NIL NIL NIL NIL NIL NIL NIL NIL))"),
    LONG("unescaped quotes in a subject", ASK_NOTHING, IMAP4_EVENT_FETCH, FETCH("ENVELOPE (NIL \""), "a\"b",
         "\" NIL NIL NIL NIL NIL NIL NIL NIL))"),
    LONG("unescaped quotes before spaces", ASK_NOTHING, IMAP4_EVENT_FETCH, FETCH("ENVELOPE (NIL \""), "a\" b\"",
         "\" NIL NIL NIL NIL NIL NIL NIL NIL))"),
    LONG("quotes and nothing else", ASK_NOTHING, IMAP4_EVENT_TEXT, "* XYZZY ", "\"", ""),
    LONG("an open quote over many lines", ASK_NOTHING, IMAP4_EVENT_TEXT, "* XYZZY \"", "so on\r\n", ""),
    MANY("open quotes", ASK_NOTHING, IMAP4_EVENT_TEXT, "* XYZZY \"open"),
    MANY("open quotes with backslashes at the end", ASK_NOTHING, IMAP4_EVENT_TEXT, "* XYZZY \"open\\"),

    /* Mailboxes. */
    LONG("a name in UTF-7", ASK_NOTHING, IMAP4_EVENT_LIST, "* LIST () \"/\" ", "&AOQA9g-", ""),
    LONG("a name in broken UTF-7", ASK_NOTHING, IMAP4_EVENT_LIST, "* LIST () \"/\" ", "&&AOQ", ""),
    MANY("names in UTF-7", ASK_NOTHING, IMAP4_EVENT_LIST, "* LIST (\\HasNoChildren) \"/\" &ZeVnLIqe-/" UP),
    MANY("names in literals", ASK_NOTHING, IMAP4_EVENT_LIST, "* LIST (\\HasNoChildren) \"/\" {5}\r\nINBOX"),
    LONG("a name with spaces", ASK_NOTHING, IMAP4_EVENT_LIST, "* LIST () \"/\" ", "word ", ""),
    LONG("attributes of a name", ASK_NOTHING, IMAP4_EVENT_LIST, "* LIST (\\Marked", " \\X" UP, ") \"/\" INBOX"),
    LONG("extended data of a name", ASK_NOTHING, IMAP4_EVENT_LIST, "* LIST () \"/\" INBOX (\"A\" 1",
         " \"CHILDINFO\" (\"SUBSCRIBED\") X" UP " 1:5", ")"),
    LONG("STATUS attributes", ASK_NOTHING, IMAP4_EVENT_STATUS, "* STATUS INBOX (MESSAGES 1", " UNSEEN 5 X" UP " (a b)",
         ")"),
    LONG("STATUS of a name with spaces and parentheses", ASK_NOTHING, IMAP4_EVENT_STATUS, "* STATUS ", "a (b ",
         "(MESSAGES 1)"),
    LONG("namespaces", ASK_NOTHING, IMAP4_EVENT_NAMESPACE, "* NAMESPACE (", "(\"a/\" \"/\" \"X\" (\"b\"))",
         ") NIL NIL"),
    LONG("flags", ASK_NOTHING, IMAP4_EVENT_FLAGS, "* FLAGS (\\Seen", " keyword" UP, ")"),
    LONG("flags nested in flags", ASK_NOTHING, IMAP4_EVENT_TEXT, FETCH("FLAGS (\\Seen"), " (keyword" UP ")", "))"),
    LONG("permanent flags with brackets", ASK_NOTHING, IMAP4_EVENT_TEXT, "* OK [PERMANENTFLAGS (\\*", " a]" UP,
         ")] kept"),
    LONG("a capability list", ASK_NOTHING, IMAP4_EVENT_CAPABILITY, "* CAPABILITY IMAP4rev1", " X-" UP, ""),
    LONG("an ID list", ASK_NOTHING, IMAP4_EVENT_ID, "* ID (\"name\" \"x\"", " \"k" UP "\" \"v\"", ")"),
    LONG("METADATA entries", ASK_NOTHING, IMAP4_EVENT_METADATA, "* METADATA INBOX (/a x", " /private/x" UP " {1}\r\nv",
         ")"),
    LONG("an access control list", ASK_NOTHING, IMAP4_EVENT_ACL, "* ACL INBOX", " user" UP " lrswi", ""),
    LONG("optional rights", ASK_NOTHING, IMAP4_EVENT_LISTRIGHTS, "* LISTRIGHTS INBOX ada l", " r w", ""),
    LONG("quota resources", ASK_NOTHING, IMAP4_EVENT_QUOTA, "* QUOTA \"\" (STORAGE 1 2", " X" UP " 10 512", ")"),
    LONG("quota roots", ASK_NOTHING, IMAP4_EVENT_QUOTAROOT, "* QUOTAROOT INBOX", " root" UP, ""),

    /* Numbers. */
    LONG("SEARCH ascending", ASK_SEARCH, IMAP4_EVENT_SEARCH, "* SEARCH", " " STEP, ""),
    LONG("SEARCH with runs", ASK_SEARCH, IMAP4_EVENT_SEARCH, "* SEARCH", " " UP, ""),
    LONG("SEARCH descending", ASK_SEARCH, IMAP4_EVENT_SEARCH, "* SEARCH", " " DOWN, ""),
    LONG("SEARCH with junk", ASK_SEARCH, IMAP4_EVENT_SEARCH, "* SEARCH", " " UP " x " DOWN " 0", ""),
    MANY("SEARCH in pieces", ASK_SEARCH, IMAP4_EVENT_SEARCH, "* SEARCH " STEP " " STEP),
    LONG("SORT in random order", ASK_NOTHING, IMAP4_EVENT_SEARCH, "* SORT", " " RANDOM, ""),
    LONG("ESEARCH", ASK_SEARCH, IMAP4_EVENT_SEARCH, "* ESEARCH (TAG \"" TAG "\") UID COUNT 5 ALL 1", "," STEP, ""),
    LONG("ESEARCH in random order", ASK_SEARCH, IMAP4_EVENT_SEARCH, "* ESEARCH (TAG \"" TAG "\") UID ALL 1",
         "," RANDOM ":" RANDOM, ""),
    LONG("ESEARCH with many items", ASK_SEARCH, IMAP4_EVENT_SEARCH, "* ESEARCH (TAG \"" TAG "\") UID",
         " MIN 5 X" UP " (1 2)", ""),
    LONG("ESEARCH with changes", ASK_SEARCH, IMAP4_EVENT_SEARCH, "* ESEARCH (TAG \"" TAG "\") UID", " ADDTO (1 32:38)",
         ""),
    LONG("ESEARCH with scores", ASK_SEARCH, IMAP4_EVENT_SEARCH, "* ESEARCH (TAG \"" TAG "\") UID RELEVANCY (1", " 42",
         ")"),
    LONG("VANISHED", ASK_NOTHING, IMAP4_EVENT_VANISHED, "* VANISHED (EARLIER) 1", "," STEP, ""),
    LONG("VANISHED in random order", ASK_NOTHING, IMAP4_EVENT_VANISHED, "* VANISHED (EARLIER) 1", "," RANDOM ":" RANDOM,
         ""),
    LONG("VANISHED now", ASK_NOTHING, IMAP4_EVENT_VANISHED, "* VANISHED 1", "," STEP, ""),
    LONG("COPYUID in a tagged line", ASK_COPY, IMAP4_EVENT_DONE, TAG " OK [COPYUID 7 1", "," STEP, " 1:5] copied"),
    LONG("COPYUID in an untagged line", ASK_NOTHING, IMAP4_EVENT_TEXT, "* OK [COPYUID 7 1", "," RANDOM, " 1:5] copied"),
    LONG("MODIFIED", ASK_NOTHING, IMAP4_EVENT_TEXT, "* OK [MODIFIED 1", "," STEP, "] conflict"),
    LONG("UIDBATCHES", ASK_NOTHING, IMAP4_EVENT_UIDBATCHES, "* UIDBATCHES (TAG \"" TAG "\") 1", "," DOWN ":" DOWN, ""),
    LONG("a long chain of THREAD", ASK_NOTHING, IMAP4_EVENT_THREAD, "* THREAD (1", " " RANDOM, ")"),
    LONG("single threads", ASK_NOTHING, IMAP4_EVENT_THREAD, "* THREAD ", "(" UP ")", ""),
    DEEP("threads nested ever deeper", IMAP4_EVENT_THREAD, "* THREAD ", "(" UP " (" UP ")", "", ")", ""),
    DEEP("parentheses of THREAD", IMAP4_EVENT_THREAD, "* THREAD ", "(", "1", ")", ""),
    LONG("parentheses of THREAD that do not match", ASK_NOTHING, IMAP4_EVENT_TEXT, "* THREAD ", "(1(", ""),

    /* Messages. */
    LONG("addresses", ASK_NOTHING, IMAP4_EVENT_FETCH, FETCH(ENVELOPE_BEFORE_FROM), "(NIL NIL \"ada\" \"example.org\")",
         ENVELOPE_BEHIND_FROM),
    LONG("groups", ASK_NOTHING, IMAP4_EVENT_FETCH, FETCH(ENVELOPE_BEFORE_FROM), "(NIL NIL \"group\" NIL)",
         ENVELOPE_BEHIND_FROM),
    LONG("addresses that are none", ASK_NOTHING, IMAP4_EVENT_FETCH, FETCH(ENVELOPE_BEFORE_FROM), "NIL () x (NIL NIL)",
         ENVELOPE_BEHIND_FROM),
    LONG("encoded headers", ASK_NOTHING, IMAP4_EVENT_FETCH, FETCH("ENVELOPE (NIL \""),
         "=?utf-8?Q?=C3=A4?= ", "\" NIL NIL NIL NIL NIL NIL NIL NIL))"),
    MANY("envelopes", ASK_COLLECT, IMAP4_EVENT_FETCH,
         FETCH(ENVELOPE("{4}\r\ntext", "((\"A\" NIL \"a\" \"b\")(NIL NIL \"c\" \"d\"))")) ")"),
    LONG("parameters", ASK_NOTHING, IMAP4_EVENT_FETCH, FETCH("BODYSTRUCTURE (\"TEXT\" \"PLAIN\" (\"A\" \"b\""),
         " \"name*" UP "\" \"v\"", ") NIL NIL \"7BIT\" 1 1))"),
    LONG("languages", ASK_NOTHING, IMAP4_EVENT_FETCH,
         FETCH("BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1 NIL NIL (\"de\""), " \"en\"", ") NIL))"),
    LONG("extensions of a part", ASK_NOTHING, IMAP4_EVENT_FETCH,
         FETCH("BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1 NIL NIL NIL NIL"), " (1 \"x\")", "))"),
    LONG("unescaped quotes in a parameter", ASK_NOTHING, IMAP4_EVENT_FETCH,
         FETCH("BODYSTRUCTURE (\"TEXT\" \"PLAIN\" (\"NAME\" \""), "a\"b", "\") NIL NIL \"7BIT\" 1 1))"),
    LONG("unknown items", ASK_COLLECT, IMAP4_EVENT_FETCH, FETCH("FLAGS ()"), " X-ITEM-" UP " (1 (a \"b\"))", ")"),
    LONG("damaged items", ASK_COLLECT, IMAP4_EVENT_DAMAGE, FETCH("FLAGS ()"),
         " ENVELOPE 5 UID x BODYSTRUCTURE 7 FLAGS 1", ")"),
    LONG("damaged structures", ASK_COLLECT, IMAP4_EVENT_DAMAGE, FETCH("FLAGS ()"), " BODYSTRUCTURE 7 BODY (7 7)", ")"),
    LONG("damaged envelopes", ASK_COLLECT, IMAP4_EVENT_DAMAGE, FETCH("FLAGS ()"), " ENVELOPE (\"a\" x (\"b))", ")"),
    LONG("the same items again", ASK_COLLECT, IMAP4_EVENT_FETCH, FETCH("FLAGS ()"),
         " FLAGS (\\Seen) UID 1 RFC822.SIZE 9", ")"),
    LONG("header field names", ASK_NOTHING, IMAP4_EVENT_FETCH, FETCH("BODY[HEADER.FIELDS (A"), " X" UP,
         ")] {2}\r\n\r\n)"),
    LONG("a long part number", ASK_NOTHING, IMAP4_EVENT_TEXT, FETCH("BODY[1"), ".1", "] NIL)"),
    LONG("labels", ASK_NOTHING, IMAP4_EVENT_FETCH, FETCH("X-GM-LABELS (\\Important"), " \"&AOQ-" UP "\"", "))"),
    LONG("annotations", ASK_NOTHING, IMAP4_EVENT_FETCH, FETCH("ANNOTATION (/comment (value.priv \"x\")"),
         " /x" UP " (value.priv \"a\" size.priv \"1\")", "))"),
    LONG("sizes of parts", ASK_NOTHING, IMAP4_EVENT_FETCH, FETCH("FLAGS ()"), " BINARY.SIZE[" UP "] 12", ")"),
    LONG("authorized URLs", ASK_NOTHING, IMAP4_EVENT_GENURLAUTH, "* GENURLAUTH \"imap://a\"", " \"imap://b/" UP "\"",
         ""),
    LONG("URLs and what is behind them", ASK_NOTHING, IMAP4_EVENT_URLFETCH, "* URLFETCH \"imap://a\" NIL",
         " \"imap://b/" UP "\" {3}\r\nabc", ""),

    /* Beyond limits: what is skipped. */
    OVER("a line beyond the limit", ROOM_TINY, "* XYZZY ", "0123456789 ", ""),
    OVER("literals beyond the limit", ROOM_TINY, "* XYZZY", " {3}\r\nabc", ""),
    OVER("a list beyond the limit", ROOM_TINY, "* XYZZY (", "a ", ")"),
    OVER("flags beyond the limit", ROOM_TINY, "* 1 FETCH (FLAGS (", "a ", "))"),
    OVER("a literal beyond the limit", ROOM_TINY, "* LIST () \"/\" {" SIZE "}\r\n", "0123456789abcd\r\n", ""),
    OVER("quoted lines beyond the limit", ROOM_TINY, "* XYZZY \"", "more\r\n", "\""),
    OVER("numbers beyond the limit", ROOM_TINY, "* SEARCH", " " DOWN, ""),
    OVER("threads beyond the limit", ROOM_TINY, "* THREAD ", "(" DOWN ")", ""),
    OVER("addresses beyond the limit", ROOM_TINY, FETCH(ENVELOPE_BEFORE_FROM), "(NIL NIL \"a\" \"b\")",
         ENVELOPE_BEHIND_FROM),
    {"values that take more memory than they may", ASK_NOTHING, ROOM_NARROW, IMAP4_EVENT_DAMAGE, 400, "* XYZZY (", "()",
     "", "", ")\r\n"},
};

const size_t generator_count = sizeof generators / sizeof *generators;
