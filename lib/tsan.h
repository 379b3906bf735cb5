/* tsan.h -- telling a program's ThreadSanitizer what it cannot see.

   The library is not built with the sanitizer, a program that links it may
   be.  The inline paths are compiled into that program, so it sees their
   atomics; what a slow path orders has to be said.  The two functions are the
   sanitizer's own (sanitizer/tsan_interface.h); they are weak, so without it
   they are null and nothing is called.

   SPDX-License-Identifier: MIT */

#ifndef TSAN_H
#define TSAN_H

#include <stdint.h>

extern void __tsan_acquire(void *address) __attribute__((weak));
extern void __tsan_release(void *address) __attribute__((weak));

/* What went before release_seen of an object in any thread happens before
   what follows an acquire_seen of it.  Only the address is used.  */
static inline void acquire_seen(const void *object)
{
    if (__tsan_acquire)
        __tsan_acquire((void *)(uintptr_t)object);
}

/* acquire_seen if `answer` is 0, the answer of a call that then has acquired.
   Returns it.  */
static inline int seen_to_acquire(const void *object, int answer)
{
    if (answer == 0)
        acquire_seen(object);
    return answer;
}

static inline void release_seen(const void *object)
{
    if (__tsan_release)
        __tsan_release((void *)(uintptr_t)object);
}

#endif
