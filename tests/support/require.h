/* require.h -- an assertion for inner loops.

   Check's own assertions report each success to the runner through a file;
   this one does nothing but look.

   SPDX-License-Identifier: MIT */

#ifndef REQUIRE_H
#define REQUIRE_H

#include <check.h>

#define require(condition)                       \
    do {                                         \
        if (!(condition))                        \
            ck_abort_msg("not: %s", #condition); \
    } while (0)

#endif
