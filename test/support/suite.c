#include "suite.h"

#include <stdio.h>
#include <stdlib.h>

static int skipped;

TCase *suite_tests(Suite *suite, const char *name, const TTest *const *tests)
{
    TCase *tcase = tcase_create(name);

    for (; *tests != NULL; tests++)
        tcase_add_test(tcase, *tests);
    suite_add_tcase(suite, tcase);
    return tcase;
}

void suite_skip(const char *test, const char *reason)
{
    printf("skipped: %s: %s\n", test, reason);
    /* Tests run in child processes, which would print an unfinished buffer again. */
    fflush(stdout);
    skipped++;
}

int suite_main(int argc, char **argv, Suite *(*const makers[])(void), size_t count)
{
    SRunner *runner = srunner_create(NULL);
    TestResult **failures;
    int failed;
    int passed;

    /* The default of 4 seconds is too short under valgrind and sanitizers on a busy machine. */
    setenv("CK_DEFAULT_TIMEOUT", "60", 0);
    for (size_t i = 0; i < count; i++) {
        Suite *suite = makers[i]();
        srunner_add_suite(runner, suite);
    }
    if (argc < 2) {
        srunner_run_all(runner, CK_SILENT);
    } else {
        for (int i = 1; i < argc; i++)
            srunner_run(runner, argv[i], NULL, CK_SILENT);
    }
    failed = srunner_ntests_failed(runner);
    passed = srunner_ntests_run(runner) - failed;
    failures = srunner_failures(runner);
    for (int i = 0; i < failed; i++) {
        printf("FAILED: %s (%s:%d): %s\n", tr_tcname(failures[i]), tr_lfile(failures[i]), tr_lno(failures[i]),
               tr_msg(failures[i]));
    }
    free(failures);
    srunner_free(runner);

    printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped);
    return failed > 0 || passed + skipped == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
