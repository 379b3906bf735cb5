/* instructions.c -- each fast path in a function of its own, to be counted by
   instructions.sh, which says how.

     instructions      prints the table: a line for each path
     instructions N    runs each path N times, and fails if one answers
                       anything else than it should

   SPDX-License-Identifier: MIT */

#include <errno.h>
#include <interlock.h>
#include <interlock/presence.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* What a program calls that has no use for the headers' inline functions, as
   a binding from another language.  */
#define EXPORTED(name, type) extern int exported_##name(type *) __asm__(#name)
EXPORTED(il_lock_acquire, il_lock);
EXPORTED(il_lock_release, il_lock);
EXPORTED(il_semaphore_acquire, il_semaphore);
EXPORTED(il_semaphore_release, il_semaphore);

static il_lock free_lock = IL_LOCK_INIT;
static il_lock held_lock = IL_LOCK_INIT;    /* by this thread */
static il_rlock free_rlock = IL_RLOCK_INIT; /* the others too: */
static il_rlock my_rlock = IL_RLOCK_INIT;
static il_rlock shared_rlock = IL_RLOCK_INIT; /* had by another thread */
static il_rlock my_shared_rlock = IL_RLOCK_INIT;
static il_rlock their_rlock = IL_RLOCK_INIT; /* by the other thread */
static il_semaphore tokens = IL_SEMAPHORE_INIT(1);
static il_semaphore no_tokens = IL_SEMAPHORE_INIT(0);
static il_bounded_semaphore bounded = IL_BOUNDED_SEMAPHORE_INIT(1);
static il_bounded_semaphore none_bounded = IL_BOUNDED_SEMAPHORE_INIT(1);
static il_event event_set = IL_EVENT_INIT;
static il_event event_clear = IL_EVENT_INIT;
static il_condition condition = IL_CONDITION_INIT(&held_lock);
static il_condition rcondition = IL_CONDITION_INIT_RLOCK(&my_rlock);
static il_barrier barrier = IL_BARRIER_INIT(1);

/* The table.  A path is a function that executes LIMIT instructions at most,
   its return among them, and exactly RMW atomic read-modify-writes; both count
   what it calls.  instructions.sh says how to set each LIMIT to what it is.

     X(name, LIMIT, RMW, where, when, object, answer, path on object x)

   where  LIBRARY if a part of it is in the library, INLINE if not
   when   ALONE if there is no other thread, TOGETHER if there is one

   `calibration` is for the counting itself: LIMIT is what it is.  */
/* clang-format off */
#define PATHS(X)                                                             \
    X(calibration,   5, 1, INLINE, TOGETHER, free_lock, 0,                   \
      int answer; (void)x;                                                   \
      __asm__ volatile("nop\n\tnop\n\tlock; orl $0, (%%rsp)\n\t"             \
                       "movl $0, %0" : "=r"(answer) : : "memory", "cc");     \
      return answer)                                                         \
    X(lock_pair_alone,  27, 0, INLINE, ALONE, free_lock, 0,                  \
      il_lock_acquire(x); return il_lock_release(x))                         \
    X(lock_try_pair_alone,  29, 0, INLINE, ALONE, free_lock, 0,              \
      return il_lock_try_acquire(x) ? EBUSY : il_lock_release(x))            \
    X(rlock_pair_alone,  39, 0, INLINE, ALONE, free_rlock, 0,                \
      il_rlock_acquire(x); return il_rlock_release(x))                       \
    X(lock_pair,  26, 1, INLINE, TOGETHER, free_lock, 0,                     \
      il_lock_acquire(x); return il_lock_release(x))                         \
    X(lock_pair_until,  26, 1, INLINE, TOGETHER, free_lock, 0,               \
      return il_lock_acquire_until(x, il_never()) ? ETIMEDOUT                \
                                                  : il_lock_release(x))      \
    X(lock_try_pair,  27, 1, INLINE, TOGETHER, free_lock, 0,                 \
      return il_lock_try_acquire(x) ? EBUSY : il_lock_release(x))            \
    X(lock_try_fails,   5, 0, INLINE, TOGETHER, held_lock, EBUSY,            \
      return il_lock_try_acquire(x))                                         \
    X(lock_locked,   3, 0, INLINE, TOGETHER, held_lock, true,                \
      return il_lock_locked(x))                                              \
    X(lock_with,  25, 1, INLINE, TOGETHER, free_lock, 0,                     \
      il_lock *l = x; IL_WITH(l) ; return 0)                                 \
    X(lock_pair_exported,  34, 1, LIBRARY, TOGETHER, free_lock, 0,           \
      exported_il_lock_acquire(x); return exported_il_lock_release(x))       \
    X(rlock_pair,  39, 0, INLINE, TOGETHER, free_rlock, 0,                   \
      il_rlock_acquire(x); return il_rlock_release(x))                       \
    X(rlock_pair_until,  39, 0, INLINE, TOGETHER, free_rlock, 0,             \
      return il_rlock_acquire_until(x, il_never()) ? ETIMEDOUT               \
                                                   : il_rlock_release(x))    \
    X(rlock_reentry,  29, 0, INLINE, TOGETHER, my_rlock, 0,                  \
      il_rlock_acquire(x); return il_rlock_release(x))                       \
    X(rlock_try_pair,  42, 0, INLINE, TOGETHER, free_rlock, 0,               \
      return il_rlock_try_acquire(x) ? EBUSY : il_rlock_release(x))          \
    X(rlock_pair_shared,  48, 1, INLINE, TOGETHER, shared_rlock, 0,          \
      il_rlock_acquire(x); return il_rlock_release(x))                       \
    X(rlock_reentry_shared,  31, 0, INLINE, TOGETHER, my_shared_rlock, 0,    \
      il_rlock_acquire(x); return il_rlock_release(x))                       \
    X(rlock_try_fails,  10, 0, INLINE, TOGETHER, their_rlock, EBUSY,         \
      return il_rlock_try_acquire(x))                                        \
    X(rlock_owned,  15, 0, INLINE, TOGETHER, my_rlock, true,                 \
      return il_rlock_owned(x))                                              \
    X(rlock_locked,   14, 0, INLINE, TOGETHER, my_rlock, true,                 \
      return il_rlock_locked(x))                                             \
    X(rlock_locked_not,   14, 0, INLINE, TOGETHER, free_rlock, false,          \
      return il_rlock_locked(x))                                             \
    X(rlock_locked_shared,   5, 0, INLINE, TOGETHER, my_shared_rlock, true,   \
      return il_rlock_locked(x))                                             \
    X(semaphore_pair,  18, 2, INLINE, TOGETHER, tokens, 0,                   \
      il_semaphore_acquire(x); return il_semaphore_release(x))               \
    X(semaphore_pair_until,  18, 2, INLINE, TOGETHER, tokens, 0,             \
      return il_semaphore_acquire_until(x, il_never())                       \
                 ? ETIMEDOUT : il_semaphore_release(x))                      \
    X(semaphore_try_fails,   5, 0, INLINE, TOGETHER, no_tokens, EBUSY,       \
      return il_semaphore_try_acquire(x))                                    \
    X(semaphore_pair_exported,  26, 2, LIBRARY, TOGETHER, tokens, 0,         \
      exported_il_semaphore_acquire(x);                                      \
      return exported_il_semaphore_release(x))                               \
    X(bounded_pair,  22, 2, INLINE, TOGETHER, bounded, 0,                    \
      il_bounded_semaphore_acquire(x);                                       \
      return il_bounded_semaphore_release(x))                                \
    X(bounded_try_fails,   5, 0, INLINE, TOGETHER, none_bounded, EBUSY,      \
      return il_bounded_semaphore_try_acquire(x))                            \
    X(event_set_clear,  15, 2, INLINE, TOGETHER, event_clear, 0,             \
      il_event_set(x); il_event_clear(x); return 0)                          \
    X(event_is_set,   3, 0, INLINE, TOGETHER, event_set, true,               \
      return il_event_is_set(x))                                             \
    X(event_wait,   5, 0, INLINE, TOGETHER, event_set, 0,                    \
      return il_event_wait(x))                                               \
    X(event_wait_until,   5, 0, INLINE, TOGETHER, event_set, 0,              \
      return il_event_wait_until(x, il_never()))                             \
    X(condition_notify,  11, 0, INLINE, TOGETHER, condition, 0,              \
      return il_condition_notify(x))                                         \
    X(condition_notify_all,  11, 0, INLINE, TOGETHER, condition, 0,          \
      return il_condition_notify_all(x))                                     \
    X(condition_notify_rlock,  21, 0, INLINE, TOGETHER, rcondition, 0,       \
      return il_condition_notify(x))                                         \
    X(barrier_of_one, 162, 1, LIBRARY, TOGETHER, barrier, 0,                 \
      return il_barrier_wait(x, NULL))
/* clang-format on */

/* No other function may share its code, or know what it does.  */
#if defined(__clang__)
#define APART __attribute__((noinline))
#else
#define APART __attribute__((noipa))
#endif
#define FUNCTION(name, limit, rmw, where, when, object, answer, ...) \
    static APART int path_##name(void *x)                            \
    {                                                                \
        __VA_ARGS__;                                                 \
    }
PATHS(FUNCTION)

enum when { ALONE, TOGETHER };
static const struct path {
    const char *name;
    int limit, rmw;
    const char *where;
    enum when when;
    void *object;
    int answer;
    int (*run)(void *);
} paths[] = {
#define ENTRY(name, limit, rmw, where, when, object, answer, ...) \
    {#name, limit, rmw, #where, when, &object, answer, path_##name},
    PATHS(ENTRY)};

enum { HOW_MANY = sizeof paths / sizeof *paths };

/* Where the C library does not tell whether there is another thread, nobody
   is ever alone.  */
static void print_table(void)
{
    for (int i = 0; i < HOW_MANY; i++)
        if (paths[i].when == TOGETHER || il__is_alone())
            printf("%s %d %d %s\n", paths[i].name, paths[i].limit, paths[i].rmw,
                   paths[i].where);
}

/* Where the kernel refuses membarrier a release goes the long way.  Nobody
   parks on these objects, so they need no fence.  */
static void release_without_fence(void)
{
    for (int i = 0; i < HOW_MANY; i++)
        *il__presence_of(paths[i].object) = IL__NOBODY;
}

static void run(const struct path *path, long times)
{
    for (long i = 0; i < times; i++) {
        int answer = path->run(path->object);
        if (answer != path->answer) {
            printf("%s answers %d, not %d\n", path->name, answer, path->answer);
            exit(1);
        }
    }
}

static void run_all(enum when when, long times)
{
    for (int i = 0; i < HOW_MANY; i++)
        if (paths[i].when == when)
            run(&paths[i], times);
}

/* Has *r biased to the caller (lib/rlock.c).  */
static void bias(il_rlock *r)
{
    for (int i = 0; i < 5000; i++) {
        il_rlock_acquire(r);
        il_rlock_release(r);
    }
}

/* The other thread is there, and holds their_rlock, from the first meeting to
   the second.  */
static void *hold(void *meeting)
{
    il_rlock_acquire(&their_rlock);
    il_rlock_acquire(&shared_rlock);
    il_rlock_release(&shared_rlock);
    il_rlock_acquire(&my_shared_rlock);
    il_rlock_release(&my_shared_rlock);
    pthread_barrier_wait(meeting);
    pthread_barrier_wait(meeting);
    il_rlock_release(&their_rlock);
    return NULL;
}

static void run_together(long times)
{
    pthread_barrier_t meeting;
    pthread_t other;
    if (pthread_barrier_init(&meeting, NULL, 2) != 0
        || pthread_create(&other, NULL, hold, &meeting) != 0)
        exit(1);
    pthread_barrier_wait(&meeting);
    il_rlock_acquire(&my_shared_rlock);
    run_all(TOGETHER, times);
    pthread_barrier_wait(&meeting);
    pthread_join(other, NULL);
}

int main(int argc, char **argv)
{
    long times = argc > 1 ? atol(argv[1]) : 0;
    if (times <= 0) {
        print_table();
        return 0;
    }
    release_without_fence();
    il_lock_acquire(&held_lock);
    bias(&free_rlock);
    bias(&my_rlock);
    il_rlock_acquire(&my_rlock);
    bias(&shared_rlock);
    bias(&my_shared_rlock);
    il_bounded_semaphore_acquire(&none_bounded);
    il_event_set(&event_set);
    run_all(ALONE, times);
    run_together(times);
    return 0;
}
