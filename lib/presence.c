/* presence.c -- the expensive half of a cheap release.

   A release stores and then has to know whether somebody parks; who parks
   announces it and then has to see whether it was released.  Each writes one
   thing and reads the other, so without a full fence between write and read
   in both, both can miss (Dekker).  A fence is an atomic read-modify-write's
   price, for each release, nearly all of which meet nobody.  So the release
   has none, and who parks pays for both: membarrier makes every thread of
   the process execute a full fence (Dice, Huang and Yang, "Asymmetric Dekker
   Synchronization", 2001; Desnoyers, Linux 4.14, 2017).

   An entry of il__presence, for all objects whose addresses have its hash:

   il__presence[i]   bit 0       ASYMMETRIC: releases may go without a fence
                     bits 1..31  PRESENT: how many threads are announced

   ASYMMETRIC              IL__NOBODY: a release is a plain store, and a look
                           at the entry after it
   ASYMMETRIC + n PRESENT  some release may still not know; it will be told
   n PRESENT               a release is a read-modify-write that sees in its
                           object whether somebody waits
   0                       the same, with nobody there

   ASYMMETRIC -> + PRESENT       begin; then fence_all
   ASYMMETRIC + n -> n           begin, after its fence_all
   n -> n + 1 -> n               begin, end
   0 -> ASYMMETRIC               unneeded, the UNNEEDED-th time

   P1  The fence is cheap per sleep because it is for many: the first thread
       that parks pays it, and the releases pay their own fences until
       UNNEEDED of them met nobody.
   P2  Let R be a release that stored without a fence, then read the entry as
       IL__NOBODY, and W a thread that returned from begin.  Then R's read
       came before the entry was changed, so R's store was before it in its
       program order, and the fence that W, or the thread that W saw to have
       removed ASYMMETRIC, ran everywhere after the change makes that store
       visible to W.
   P3  A release that reads the entry as anything else, after its store, wakes
       its address.  It wakes in vain when the other is there for another
       object.

   An il_rlock's bias (rlock.c) stands on the same fence, and on the table.

   Where the kernel refuses membarrier the table keeps its first value, 0, for
   ever.  That is also what it has before the library's constructor runs; and
   since another constructor may have threads, or another copy of the library
   may share the table, that changes only entries that nobody is present in.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "clock.h"
#include "fork.h"
#include "park.h"
#include "presence.h"

#if HAVE_DECL_MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED
#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

extern inline bool il__is_alone(void);
extern inline unsigned il__hash(const void *address, unsigned bits);
extern inline uint32_t *il__presence_of(const void *object);

#define ASYMMETRIC IL__NOBODY
#define ONE_PRESENT UINT32_C(2)

enum { ENTRIES = 1 << IL__PRESENCE_BITS };

/* So many releases with a read-modify-write more than needed cost about what
   fence_all does, 9 us where the other processor is busy: who pays for either
   never pays more than twice the least (Karlin, Manasse, Rudolph and Sleator,
   "Competitive snoopy caching", 1988).  Sweep, the lock's contended workloads
   with 2 threads: 64 and 16384 are flat (0.99).  */
#ifndef IL_UNNEEDED
#define IL_UNNEEDED 1024
#endif
enum { UNNEEDED = IL_UNNEEDED };

uint32_t il__presence[ENTRIES];

/* How many releases met nobody.  Lost counts do no harm.  */
static uint32_t unneeded[ENTRIES];

static bool is_asymmetric; /* atomic; whether the kernel fences for us */

/* What this thread is announced for: a signal handler that interrupts it may
   fork.  */
static __thread const void *announced;

#if HAVE_DECL_MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED \
    && defined(SYS_membarrier)
static bool membarrier(int command)
{
    int saved = errno;
    long r = syscall(SYS_membarrier, command, 0);
    errno = saved;
    return r == 0;
}

static bool ask_for_fences(void)
{
    return membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED);
}

static bool fence_all(void)
{
    return membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED);
}
#else
static bool ask_for_fences(void)
{
    return false;
}

static bool fence_all(void)
{
    return false;
}
#endif

/* The kernel has stopped to fence for us, as it does for a program that locks
   itself into a sandbox.  From now on every release is on its own; those
   that just now stored without a fence are visible when their processor's
   store buffer is written out, which takes no millisecond.  Who announces
   itself meanwhile still sees ASYMMETRIC, and comes here too.  */
static void do_without(void)
{
    static const park_word nobody_wakes;
    il_deadline end = il_after(IL_MS(1));

    /* Relaxed: the time that passes orders it.  */
    __atomic_store_n(&is_asymmetric, false, __ATOMIC_RELAXED);
    for (int i = 0; i < ENTRIES; i++)
        __atomic_fetch_add(&il__presence[i], ONE_PRESENT, __ATOMIC_RELAXED);
    while (!il__deadline_passed(end))
        (void)il__park_wait(&nobody_wakes, 0, end);
    for (int i = 0; i < ENTRIES; i++) {
        __atomic_fetch_and(&il__presence[i], ~ASYMMETRIC, __ATOMIC_RELAXED);
        __atomic_fetch_sub(&il__presence[i], ONE_PRESENT, __ATOMIC_RELAXED);
    }
}

void il__presence_fence(void)
{
    if (!fence_all())
        do_without();
}

void il__presence_begin(const void *object)
{
    uint32_t *entry = il__presence_of(object);
    /* Acquire: pairs with the release below in the thread that fenced.  */
    uint32_t now = __atomic_add_fetch(entry, ONE_PRESENT, __ATOMIC_ACQUIRE);

    announced = object;
    if (!(now & ASYMMETRIC))
        return;
    il__presence_fence();
    /* Release: pairs with the acquire above.  */
    __atomic_fetch_and(entry, ~ASYMMETRIC, __ATOMIC_RELEASE);
}

void il__presence_end(const void *object)
{
    announced = NULL;
    /* Relaxed: from now on nothing is asked of releases.  */
    __atomic_fetch_sub(il__presence_of(object), ONE_PRESENT, __ATOMIC_RELAXED);
}

/* Makes an entry that is 0 ASYMMETRIC.  */
static void allow(uint32_t *entry)
{
    uint32_t nobody = 0;
    /* Relaxed: who comes after it sees it.  */
    IL__CAS(entry, &nobody, ASYMMETRIC, __ATOMIC_RELAXED);
}

void il__presence_unneeded(const void *object)
{
    uint32_t *entry = il__presence_of(object);
    uint32_t *count = &unneeded[entry - il__presence];
    uint32_t n;

    /* Relaxed: a guess at when, and is_asymmetric only ever ends.  Nothing is
       written where that can't help: other objects have counts beside it.  */
    if (!__atomic_load_n(&is_asymmetric, __ATOMIC_RELAXED)
        || __atomic_load_n(entry, __ATOMIC_RELAXED) != 0)
        return;
    n = __atomic_load_n(count, __ATOMIC_RELAXED) + 1;
    if (n >= UNNEEDED) {
        allow(entry);
        n = 0;
    }
    __atomic_store_n(count, n, __ATOMIC_RELAXED);
}

/* In a forked child nobody is present but, maybe, the thread that forked.
   Relaxed: there is no other thread.  */
static void begin_again(void)
{
    __atomic_store_n(&is_asymmetric, ask_for_fences(), __ATOMIC_RELAXED);
    for (int i = 0; i < ENTRIES; i++)
        __atomic_store_n(&il__presence[i], is_asymmetric ? ASYMMETRIC : 0,
                         __ATOMIC_RELAXED);
    if (announced)
        __atomic_store_n(il__presence_of(announced), ONE_PRESENT,
                         __ATOMIC_RELAXED);
}

__attribute__((constructor(FORK_WATCH))) static void begin(void)
{
    if (ask_for_fences()) {
        /* Relaxed: until an entry says so nothing depends on it.  */
        __atomic_store_n(&is_asymmetric, true, __ATOMIC_RELAXED);
        for (int i = 0; i < ENTRIES; i++)
            allow(&il__presence[i]);
    }
    il__fork_watch(begin_again);
}
