/* presence.h -- who else is there: whether the process has other threads, and
   whether one of them may be parked on an object, told outside the object.

   A release that has let somebody through may not look at its object any
   more, and yet it has to know whether to wake.  So what it looks at is a
   fixed table, indexed by a hash of the object's address.  The algorithm is
   in lib/presence.c.  The hash and the number of entries are compiled into
   programs, and so is the table where they are linked to the shared library:
   they belong to its ABI.  For the other headers, not for use.

   SPDX-License-Identifier: MIT */

#ifndef INTERLOCK_PRESENCE_H
#define INTERLOCK_PRESENCE_H

#include <interlock/base.h>

#if defined(__GLIBC__) && defined(__has_include)
#if __has_include(<sys/single_threaded.h>)
#include <sys/single_threaded.h>
#define IL__SINGLE_THREADED __libc_single_threaded
#endif
#endif
#ifndef IL__SINGLE_THREADED
#define IL__SINGLE_THREADED 0
#endif

IL__BEGIN_DECLS

#define IL__PRESENCE_BITS 10

/* An entry that says that nobody is present; all others, and 0, have a meaning
   in lib/presence.c only.  Atomic.  */
#define IL__NOBODY UINT32_C(1)

IL__API extern uint32_t il__presence[1 << IL__PRESENCE_BITS];

/* Returns whether the process has one thread only, by what its C library
   knows: one made behind its back, by clone or by another C library (dlmopen),
   does not count.  */
IL__CALL bool il__is_alone(void);

/* Returns a number of `bits` bits, spread well over nearby addresses:
   Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4).  */
IL__CALL unsigned il__hash(const void *address, unsigned bits);

/* Returns the entry of the object.  Only its address is used.  */
IL__CALL uint32_t *il__presence_of(const void *object);

#ifndef IL_EXPLORE
IL__CALL bool il__is_alone(void)
{
    return IL__SINGLE_THREADED != 0;
}

IL__CALL unsigned il__hash(const void *address, unsigned bits)
{
    uint64_t product =
        (uint64_t)(uintptr_t)address * UINT64_C(0x9e3779b97f4a7c15);
    return (unsigned)(product >> (64 - bits));
}

IL__CALL uint32_t *il__presence_of(const void *object)
{
    return &il__presence[il__hash(object, IL__PRESENCE_BITS)];
}
#endif

IL__END_DECLS

#endif
