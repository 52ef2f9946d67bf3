/*
 * A thin frame around libcheck for test programs: runs suites and closes with the line that test/run adds up,
 * "N passed, N failed, N skipped".
 */
#ifndef TEST_SUITE_H
#define TEST_SUITE_H

#include <check.h>
#include <stddef.h>

/* Adds tests to the case `name` of a suite, making the case. `tests` ends with NULL:
 *     const TTest *const tests[] = {empty_is_empty, grows, NULL};
 *     suite_tests(suite, "arena", tests);
 * Returns the case, for fixtures, loops and time-outs. */
TCase *suite_tests(Suite *suite, const char *name, const TTest *const *tests);

/* Counts one test as skipped and says why. Call it while suites are made, not inside a test: tests run in child
 * processes, and what they count is lost. */
void suite_skip(const char *test, const char *reason);

/* Runs all suites, or with arguments the suites named there, and returns the status for main(). Tests run in child
 * processes, one each; CK_FORK=no in the environment keeps them in this one, for valgrind and debuggers. */
int suite_main(int argc, char **argv, Suite *(*const makers[])(void), size_t count);

#endif
