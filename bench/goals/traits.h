/* traits.h -- what kind of peer each is, as far as goals depend on it.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_GOALS_TRAITS_H
#define BENCH_GOALS_TRAITS_H

enum traits {
    OURS = 1,        /* the library itself */
    REFERENCE = 2,   /* not of the kind: what the hardware does */
    SPINS = 4,       /* its waiters never give up their CPUs for good */
    INTERPRETED = 8, /* its calls are a language's, and cost what that does */
    WRAPS = 16,      /* another peer's, by another name: the same again */
    HAS_MUTEX = 32,  /* it is made of a mutex and a number or a flag */
    ONCE = 64,       /* it serves once, and costs less than what does again */
};

/* Returns the traits of the peer's answer to that primitive; 0 of one who is
   not known.  */
unsigned traits_of(const char *peer, const char *primitive);

#endif
