/* suite.h -- one Check suite a program, each test in a process of its own.

   SPDX-License-Identifier: MIT */

#ifndef SUITE_H
#define SUITE_H

#include <check.h>

/* Begins the suite `name`.  */
void suite_begin(const char *name);

/* Adds a test; it has a minute, or three times test_bound() if that is
   more.  */
void suite_add(const TTest *test);

/* Runs the tests.  Returns what main has to.  */
int suite_end(void);

#endif
