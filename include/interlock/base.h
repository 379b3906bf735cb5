/* base.h -- what every header of interlock shares: linkage, attributes and
   the compare-exchange of the inline fast paths.

   Names that begin with il__ or IL__, and every field of every struct, are
   the library's own: visible because C needs them to be, not for use.

   SPDX-License-Identifier: MIT */

#ifndef INTERLOCK_BASE_H
#define INTERLOCK_BASE_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if !defined(__GNUC__)
#error "interlock needs gcc or clang: it uses their __atomic builtins."
#endif
#if !defined(__cplusplus) && defined(__GNUC_GNU_INLINE__)
#error "interlock needs C99's inline functions: compile as C11, not gnu89."
#endif

#ifdef __cplusplus
#define IL__BEGIN_DECLS extern "C" {
#define IL__END_DECLS }
#else
#define IL__BEGIN_DECLS
#define IL__END_DECLS
#endif

#define IL__API __attribute__((visibility("default")))

/* Every pointer argument, or the one numbered, must not be NULL.  */
#define IL__NONNULL __attribute__((nonnull))
#define IL__NONNULL_ARG(n) __attribute__((nonnull(n)))

/* The answer of a call that may well fail has to be looked at.  */
#define IL__CHECK __attribute__((warn_unused_result))

/* Clang's thread-safety analysis (Hutchins, Ballman and Sutherland, "C/C++
   Thread Safety Analysis", 2014).  A call that answers 0 has acquired.  */
#if defined(__clang__)
#define IL__CAPABILITY(name) __attribute__((capability(name)))
#define IL__ACQUIRES(x) __attribute__((acquire_capability(x)))
#define IL__TRIES(x) __attribute__((try_acquire_capability(0, x)))
#define IL__RELEASES(x) __attribute__((release_capability(x)))
#define IL__UNANALYZED __attribute__((no_thread_safety_analysis))
#else
#define IL__CAPABILITY(name)
#define IL__ACQUIRES(x)
#define IL__TRIES(x)
#define IL__RELEASES(x)
#define IL__UNANALYZED
#endif

/* An inline function that is also an exported one: the library holds its
   external definition.  It is inlined without optimization too, so that
   ThreadSanitizer sees its atomics in every program that is built with it.
   (The library tells it of the slow paths, see lib/tsan.h.)  */
#ifndef IL_EXPLORE
#define IL__CALL IL__API IL__UNANALYZED inline __attribute__((always_inline))
#else
/* For the explorer it is just a call, of a function of that name in its own
   library (see interlock/explore.h): no header defines it.  */
#define IL__CALL IL__API
#endif

/* Makes *word `to` if it is *expected, with memory order `order`; else loads
   it into *expected, relaxed: what was seen is only tried again.  */
#define IL__CAS(word, expected, to, order)                                \
    __atomic_compare_exchange_n((word), (expected), (to), false, (order), \
                                __ATOMIC_RELAXED)

#define IL__LIKELY(x) __builtin_expect(!!(x), 1)
#define IL__UNLIKELY(x) __builtin_expect(!!(x), 0)

#endif
