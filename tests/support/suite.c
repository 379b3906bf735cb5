/* suite.c -- see suite.h.

   SPDX-License-Identifier: MIT */

#include "suite.h"

#include <stdlib.h>

/* Far more than any test takes, under valgrind and the sanitizers too: a test
   that hangs fails by it, with its name.  */
enum { TIMEOUT_S = 60 };

static Suite *suite;
static TCase *tcase;

void suite_begin(const char *name)
{
    suite = suite_create(name);
    tcase = tcase_create(name);
    tcase_set_timeout(tcase, TIMEOUT_S);
    suite_add_tcase(suite, tcase);
}

void suite_add(const TTest *test)
{
    tcase_add_test(tcase, test);
}

int suite_end(void)
{
    SRunner *runner = srunner_create(suite);
    int failed;
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
