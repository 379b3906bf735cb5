/* child.h -- running something in a forked child.

   SPDX-License-Identifier: MIT */

#ifndef CHILD_H
#define CHILD_H

/* Forks, runs body(arg) in the child and waits for it.  Fails if an assertion
   of the child did, or if it did not come to its end.  `what` names it then.

   The child's waits last half of test_bound() at most and the child three
   quarters of it, so that who fails first is who knows most: a wait of the
   child, then child_run, then a wait for the thread that called it.

   No other thread may be in an assertion of Check meanwhile.  Each, also one
   that holds, takes a mutex of Check's; who had it in the parent is not in the
   child, whose own first assertion then waits for ever.  */
void child_run(const char *what, void (*body)(void *), void *arg);

#endif
