/* suite.c -- see suite.h.

   SPDX-License-Identifier: MIT */

#include "suite.h"

#include <interlock.h>
#include <stdlib.h>

#include "thread.h"

/* Far more than any test takes, under valgrind and the sanitizers too: a test
   that hangs fails by it, with its name.  A wait of its own that fails does so
   before.  */
static double timeout_s(void)
{
    enum { LEAST_S = 60 };
    int64_t s = 3 * test_bound() / IL_SEC(1);
    return s > LEAST_S ? (double)s : LEAST_S;
}

static Suite *suite;
static TCase *tcase;

void suite_begin(const char *name)
{
    suite = suite_create(name);
    tcase = tcase_create(name);
    tcase_set_timeout(tcase, timeout_s());
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
