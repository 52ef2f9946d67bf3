/* The framer where long lists of numbers are: runs. */
#include "framing.h"

#include <stdint.h>

Suite *frame_run_suite(void);

/* 64 bytes that each kind of run may hold, and 63. */
#define D64 "1234567890123456789012345678901234567890123456789012345678901234"
#define D63 "123456789012345678901234567890123456789012345678901234567890123"
#define L64 "1 34 6 8 12345 789 1 34 6 8 12345 789 1 34 6 8 12345 789 1 34 6 "
#define S64 "1,34:6,8,12345,*89,1,34:6,8,12345,789,1,34:6,8,12345,789,1,34:6,"
#define T64 "(1)(2 3 (4)(5 6))(1)(2 3 (4)(5 6))(1)(2 3 (4)(5 6))(1)(2 3 (4)(5"
#define T63 "(1)(2 3 (4)(5 6))(1)(2 3 (4)(5 6))(1)(2 3 (4)(5 6))(1)(2 3 (4)("

static const struct run_row {
    const char *in;
    const char *positions; /* N: the kind of a run, and len: how long it is */
} run_rows[] = {
    {"* SEARCH " L64 "\r\n", "N1|at9|len64|R75|"},
    {"* SEARCH " L64 "7 8 9 (MODSEQ 12)\r\n", "N1|at9|len70|R92|"},
    {"* sort " D64 "\n", "N1|at7|len64|R72|"},
    {"*  Search  " D64 "\n", "N1|at11|len64|R76|"},
    {"* SEARCH " D63 "\r\n", "R74|"},
    {"* SEARCH 1 2 3\r\n", "R16|"},
    {"* SEARCH (MODSEQ " D64 ")\r\n", "N1|at17|len64|R84|"},
    {"* SEARCH (" D64 ")\r\n", "N1|at10|len64|R77|"},
    {"* SEARCH " D63 "x" D64 " " D64 "x\r\n", "N1|at138|len64|R205|"},
    {"* SEARCH " D64 "x " D64 "\r\n", "N1|at9|len64|N1|at75|len64|R141|"},
    {"* SEARCH \"" D64 "\"\r\n", "R77|"},
    {"* SEARCH \" " D64 "\" " D64 " \"x\r\n{3}\" {1}\r\nz)\r\n", "N1|at77|len65|L1|at156|R160|"},
    {"* SEARCH {2}\r\n 5 " D64 "\r\n", "L2|at14|N1|at17|len64|R83|"},
    {"* SEARCH {66}\r\n" L64 "99 " D64 "\r\n", "L66|at15|N1|at82|len64|R148|"},
    {"* SEARCHES " D64 "\r\n", "R77|"},
    {"* 1 SEARCH " D64 "\r\n", "R77|"},
    {"* SEARCH\t" D64 "\r\n", "R75|"},
    {"* SEARCH      " L64 "\r\n", "N1|at14|len64|R80|"}, /* the spaces before do not count */

    {"* VANISHED " S64 "7\r\n", "N2|at11|len65|R78|"},
    {"* VANISHED (EARLIER) " S64 "7\r\n", "N2|at21|len65|R88|"},
    {"* VANISHED " D63 " " D63 "\r\n", "R140|"},
    {"* UIDBATCHES (TAG \"" D64 "\") " S64 "7 \r\n", "N2|at86|len65|R154|"},
    {"* UIDBATCHE " D64 "\r\n", "R78|"},
    {"* UIDBATCHESS " D64 "\r\n", "R80|"},
    {"* ESEARCH (TAG \"x\") UID ALL " S64 "7 COUNT 12\r\n", "N2|at28|len65|R104|"},
    {"* ESEARCH PARTIAL (1:2 " S64 "7) ALL " S64 "8\r\n", "N2|at23|len65|N2|at94|len65|R161|"},
    {"* ESEARCH {2}\r\nab ALL " S64 "7\r\n", "L2|at15|N2|at22|len65|R89|"},

    {"* THREAD " T64 ")(3)\r\n", "N3|at9|len68|R79|"},
    {"* THREAD " T63 "\r\n", "R74|"},
    {"* THREAD " D64 "\r\n", "R75|"},
    {"* THREAD x" T64 "\r\n", "R76|"},
    {"* THREAD " D64 " " T64 "\r\n", "N3|at74|len64|R140|"},
    {"* THREAD " T64 "NIL " T64 "\r\n", "N3|at9|len64|N3|at77|len64|R143|"},

    {"* OK [COPYUID 38505 " S64 "7 " S64 "8] Done\r\n", "N2|at20|len65|N2|at86|len65|R159|"},
    {"A1 OK [COPYUID 38505 " S64 "7 1] Done\r\n", "N2|at21|len65|R96|"},
    {"A1 ok [copyuid 1 2 3] " D64 "\r\n", "R88|"},
    {"A1 OK [COPYUID 1 2 3] text " D64 "]\r\n", "R94|"},
    {"A1 OK [COPYUID 1 " S64 "7 2]] " D64 "\r\n", "N2|at17|len65|R153|"},
    {"A1 OK Done [COPYUID 1 " S64 "]\r\n", "R89|"},
    {"* [COPYUID 1 " S64 "7 2]\r\n", "N2|at13|len65|R83|"},
    {"[COPYUID 1 " S64 "7 2]\r\n", "N2|at11|len65|R81|"},
    {"* OK[COPYUID 1 " S64 "7 2]\r\n", "N2|at15|len65|R85|"},
    {"A1 OK  [APPENDUID 1 " S64 "7]\r\n", "N2|at20|len65|R88|"},
    {"A1 NO [MODIFIED " S64 "7] failed\r\n", "N2|at16|len65|R91|"},
    {"A1 BAD [MODIFIED " S64 "7]\r\n", "N2|at17|len65|R85|"},
    {"A1 BYE [MODIFIED " S64 "7]\r\n", "R85|"},
    {"* BYE [COPYUID 1 " S64 "7]\r\n", "N2|at17|len65|R85|"},
    {"A1 OK [COPYUID-X 1 " S64 "7]\r\n", "R87|"},
    {"A1 OK [COPYUIDS 1 " S64 "7]\r\n", "R86|"},
    {"A1 OK [UIDNEXT " D64 "]\r\n", "R82|"},
    {"A1 OK [APPENDUIDAPPENDUID 1 " S64 "7]\r\n", "R96|"},
    {"A1 OK [] " D64 "\r\n", "R75|"},
    {"A1\r\nA2 OK\r\nA3 OK [\r\nA4 \r\n", "R4|R11|R20|R25|"},
    {"A12345678901234567890123456789012345678901 OK [COPYUID 1 " S64 "7]\r\n", "R125|"},
    {"A1 OK [COPYUID 1 \"" D64 "\" " S64 "7]\r\n", "N2|at84|len65|R152|"},
    {"+ OK [COPYUID 1 " S64 "7]\r\n", "R84|"},
};

#define RUN_ROWS ((int)(sizeof run_rows / sizeof *run_rows))

/* The bytes decide, not their pieces, nor what is done with them. */
START_TEST(runs_are_found)
{
    const struct run_row *row = &run_rows[_i];
    size_t len = strlen(row->in);

    for (int mode = COLLECT; mode <= HOLE; mode++) {
        for (size_t at = 0; at <= len + 3; at++) {
            driver d;

            start(&d, (enum mode)mode, 1000);
            if (at <= len)
                in_two(&d, row->in, len, at);
            else
                in_steps(&d, row->in, len, at - len);
            ck_assert_msg(strcmp(d.positions, row->positions) == 0, "%s, mode %d, %zu: %s", row->in, mode, at,
                          d.positions);
            finish(&d);
        }
    }
}
END_TEST

/* What is thrown away has no runs: there is nothing to be read. */
START_TEST(skipped_responses_have_no_runs)
{
    const struct run_row *row = &run_rows[_i];
    size_t len = strlen(row->in);
    driver d;

    for (size_t step = 1; step < len; step++) {
        start(&d, SKIP, 10);
        in_steps(&d, row->in, len, step);
        ck_assert_ptr_null(strchr(d.positions, 'N'));
        ck_assert_str_eq(strrchr(d.positions, 'R'), strrchr(row->positions, 'R'));
        ck_assert_uint_eq(d.len, 0);
        finish(&d);
    }
}
END_TEST

/* Lines are counted from behind the run; what may become one does not count before it is known. */
START_TEST(line_limit_begins_anew_behind_a_run)
{
    static const struct limit_row {
        const char *in;
        size_t limit;
        const char *out;
    } limits[] = {
        {"* SEARCH " L64 L64 L64 "(MODSEQ 1)\r\n* 2 X\r\n", 10, "N1|at9|len192|R213|R220|"},
        {"* SEARCH " L64 L64 L64 "(MODSEQ 1)\r\n* 2 X\r\n", 9, "N1|at9|len192|LIMIT|"},
        {"* SEARCH " L64 L64 L64 "(MODSEQ 1)\r\n* 2 X\r\n", 8, "LIMIT|"},
        {"* SEARCH 1 2 3\r\n", 14, "R16|"},
        {"* SEARCH 1 2 3\r\n", 13, "LIMIT|"},
        {"A1 OK [COPYUID 1 " S64 "7 " S64 "8] D\r\n", 17, "N2|at17|len65|N2|at83|len65|R153|"},
        {"A1 OK [COPYUID 1 " S64 "7 " S64 "8] D\r\n", 16, "LIMIT|"},
    };

    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        size_t len = strlen(limits[i].in);

        for (size_t step = 1; step <= len; step++) {
            driver d;

            start(&d, COLLECT, limits[i].limit);
            in_steps(&d, limits[i].in, len, step);
            ck_assert_msg(strcmp(d.positions, limits[i].out) == 0, "%s by %zu: %s", limits[i].in, step, d.positions);
            finish(&d);
        }
    }
}
END_TEST

/* Pieces of protocol, right and wrong, in any order. */
static const char *const scraps[] = {
    "* ",
    "* SEARCH ",
    "* ESEARCH ",
    "* THREAD ",
    "* VANISHED ",
    "* OK [COPYUID 1 ",
    "A1 OK [MODIFIED ",
    "A1 OK ",
    "* 1 FETCH (",
    "+ ",
    "\r\n",
    "\r\n",
    "\r\n",
    "\n",
    "\r",
    "\"",
    "\"",
    " \"",
    "\" ",
    "\\",
    "\\\"",
    "(",
    ")",
    ")",
    " ",
    " ",
    "{1}\r\n",
    " {2}\r\n",
    " {3}\n",
    " ~{1}\r\n",
    " {0}\r\n",
    " {-1}\r\n",
    " {x}\r\n",
    "{9",
    "}",
    " {2} \r\n",
    "NIL",
    "see",
    "a",
    "1",
    "] ",
    "BODY[]",
    D63,
    D64,
    D64,
    L64,
    L64,
    S64,
    S64,
    T64,
    T64,
    " " D64,
    " " S64,
    "(" T64,
    "*",
    ",",
    ":",
    "\t",
    "A1 NO x\r\n",
    "* 2 EXISTS\r\n",
};

static size_t random_stream(char *out, size_t size, uint32_t *seed)
{
    size_t len = 0;

    for (;;) {
        const char *scrap;

        *seed = *seed * 1664525u + 1013904223u;
        scrap = scraps[(*seed >> 8) % (sizeof scraps / sizeof *scraps)];
        if (len + strlen(scrap) >= size)
            return len;
        memcpy(out + len, scrap, strlen(scrap) + 1);
        len += strlen(scrap);
    }
}

/* Where responses end is the same if they are thrown away, from the first byte on or from somewhere. */
static void only_ends(char *positions)
{
    char *to = positions;

    for (char *from = positions; *from != '\0';) {
        size_t size = strcspn(from, "|") + 1;

        if (*from == 'R' || strncmp(from, "LIMIT", 5) == 0)
            memmove(to, from, size);
        to += *from == 'R' ? size : 0;
        from += size;
    }
    *to = '\0';
}

START_TEST(random_streams_do_not_depend_on_the_pieces)
{
    char in[600];
    uint32_t seed = 77u + (uint32_t)_i;

    for (int round = 0; round < 100; round++) {
        size_t len = random_stream(in, sizeof in, &seed);
        driver expected;

        start(&expected, COLLECT, 10000);
        feed(&expected, in, len);
        for (int mode = COLLECT; mode <= SKIP_LATE; mode++) {
            for (size_t step = 1; step < 130; step += 1 + step / 3) {
                driver d;

                start(&d, (enum mode)mode, mode == SKIP_LATE ? step * 2 : 10000);
                in_steps(&d, in, len, step);
                if (mode == SKIP || mode == SKIP_LATE) {
                    char ends[sizeof expected.positions];

                    memcpy(ends, expected.positions, sizeof ends);
                    only_ends(ends);
                    only_ends(d.positions);
                    if (strcmp(d.positions, ends) != 0)
                        ck_abort_msg("%s\nmode %d by %zu: %s\nnot %s", in, mode, step, d.positions, ends);
                } else if (strcmp(d.positions, expected.positions) != 0 ||
                           (mode == COLLECT && strcmp(d.text, expected.text) != 0)) {
                    ck_abort_msg("%s\nmode %d by %zu: %s\nnot %s", in, mode, step, d.positions, expected.positions);
                }
                finish(&d);
            }
        }
        finish(&expected);
    }
}
END_TEST

/* Behind what the caller says was passed there may be nothing yet. */
START_TEST(passed_bytes_need_not_be_there)
{
    const char *in = "* SEARCH " D64 "\r\n";
    const uint8_t *data = (const uint8_t *)in;
    imap4__frame frame;

    imap4__frame_init(&frame, 100);
    ck_assert_int_eq(imap4__frame_next(&frame, data, 73), IMAP4__FRAME_RUN);
    imap4__frame_run(&frame, 64);
    ck_assert_int_eq(imap4__frame_next(&frame, data, 72), IMAP4__FRAME_MORE);
    ck_assert_int_eq(imap4__frame_next(&frame, data, 75), IMAP4__FRAME_RESPONSE);
    imap4__frame_init(&frame, 100);
    ck_assert_int_eq(imap4__frame_next(&frame, (const uint8_t *)"* X {1}\r\n", 9), IMAP4__FRAME_LITERAL);
    imap4__frame_collect(&frame);
    ck_assert_int_eq(imap4__frame_next(&frame, (const uint8_t *)"* X {1}\r\n", 8), IMAP4__FRAME_MORE);
}
END_TEST

/* A caller that throws away may ask at any time; while a literal or a run waits all before it is done with. */
START_TEST(needed_while_something_waits)
{
    const char *in = "* SEARCH (" D64 ") {5}\r\nabcde\r\n";
    imap4__frame frame;

    imap4__frame_init(&frame, 100);
    ck_assert_int_eq(imap4__frame_next(&frame, (const uint8_t *)in, strlen(in)), IMAP4__FRAME_RUN);
    ck_assert_uint_eq(imap4__frame_needed(&frame), 0);
    imap4__frame_skip(&frame);
    ck_assert_uint_eq(imap4__frame_needed(&frame), 10);
    imap4__frame_run(&frame, 64);
    ck_assert_int_eq(imap4__frame_next(&frame, (const uint8_t *)in, strlen(in)), IMAP4__FRAME_LITERAL);
    ck_assert_uint_eq(imap4__frame_needed(&frame), 81);
    imap4__frame_collect(&frame);
    ck_assert_uint_eq(imap4__frame_needed(&frame), 81);
    ck_assert_int_eq(imap4__frame_next(&frame, (const uint8_t *)in, 84), IMAP4__FRAME_MORE);
}
END_TEST

/* The end of a response is the same if it is thrown away from the middle of a run on. */
START_TEST(runs_may_be_given_up)
{
    const char *in = "* SEARCH " D64 "\"x\r\ny\" z\r\n";

    for (size_t passed = 0; passed <= 64; passed++) {
        imap4__frame frame;

        imap4__frame_init(&frame, 100);
        ck_assert_int_eq(imap4__frame_next(&frame, (const uint8_t *)in, strlen(in)), IMAP4__FRAME_RUN);
        imap4__frame_run(&frame, passed);
        if (passed < 64)
            imap4__frame_skip(&frame);
        ck_assert_int_eq(imap4__frame_next(&frame, (const uint8_t *)in, strlen(in)), IMAP4__FRAME_RESPONSE);
        ck_assert_uint_eq(frame.size, strlen(in));
    }
}
END_TEST

Suite *frame_run_suite(void)
{
    const TTest *const tests[] = {
        line_limit_begins_anew_behind_a_run,
        passed_bytes_need_not_be_there,
        needed_while_something_waits,
        runs_may_be_given_up,
        NULL,
    };
    Suite *suite = suite_create("frame_run");
    TCase *tcase = suite_tests(suite, "frame_run", tests);

    tcase_add_loop_test(tcase, runs_are_found, 0, RUN_ROWS);
    tcase_add_loop_test(tcase, skipped_responses_have_no_runs, 0, RUN_ROWS);
    tcase_add_loop_test(tcase, random_streams_do_not_depend_on_the_pieces, 0, 10);
    return suite;
}
