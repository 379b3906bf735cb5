/* explore.h -- what a program may tell the explorer; see il-explore(1).

   None of it is needed: any program with threads can be explored as it is.
   Where a program is built without the explorer, these do what their names say
   without it, or nothing.

   SPDX-License-Identifier: MIT */

#ifndef INTERLOCK_EXPLORE_H
#define INTERLOCK_EXPLORE_H

#include <interlock/base.h>

#include <assert.h>

IL__BEGIN_DECLS

#ifdef IL_EXPLORE
/* Ends the execution as a failure unless `condition` holds.  */
#define il_explore_assert(condition) \
    ((condition) ? (void)0 : il__explore_failed(#condition, __FILE__, __LINE__))
IL__API _Noreturn void il__explore_failed(const char *condition,
                                          const char *file, int line);

/* Shows the `size` bytes at `at` as `name` in tables.  */
IL__API void il_explore_name(const void *at, size_t size, const char *name);

/* Calls right(arg) when main has returned and no thread runs: false is a
   failure.  */
IL__API void il_explore_oracle(bool (*right)(void *), void *arg);

/* Returns 0 .. n - 1: each is explored.  Without the explorer, 0.  */
IL__API unsigned il_explore_choose(unsigned n);
#else
#define il_explore_assert(condition) assert(condition)
#define il_explore_name(at, size, name) ((void)(at))
#define il_explore_oracle(right, arg) ((void)(right), (void)(arg))
#define il_explore_choose(n) ((void)(n), 0U)
#endif

IL__END_DECLS

#endif
