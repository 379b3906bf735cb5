/* check_presence.c -- who parks is seen by who releases without a fence.

   SPDX-License-Identifier: MIT */

#include <interlock/lock.h>
#include <interlock/rlock.h>

#include "park.h"
#include "presence.h"
#include "support/child.h"
#include "support/pace.h"
#include "support/require.h"
#include "support/step.h"
#include "support/suite.h"
#include "support/thread.h"

#include <stddef.h>
#if defined(__linux__) && __has_include(<linux/seccomp.h>)
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

static uint32_t entry(const void *object)
{
    return __atomic_load_n(il__presence_of(object), __ATOMIC_ACQUIRE);
}

/* Makes the entry say that nobody is present, as many releases would.
   Returns false where the kernel has no fences to give.  */
static bool forget(const void *object)
{
    enum { MANY = 100000 };

    for (int i = 0; i < MANY && entry(object) != IL__NOBODY; i++)
        il__presence_unneeded(object);
    return entry(object) == IL__NOBODY;
}

START_TEST(an_announced_thread_is_seen_until_long_after_it_has_gone)
{
    int object = 0;

    forget(&object);
    il__presence_begin(&object);
    ck_assert_uint_ne(entry(&object), IL__NOBODY);
    forget(&object);
    ck_assert_uint_ne(entry(&object), IL__NOBODY);
    il__presence_end(&object);
    ck_assert_uint_ne(entry(&object), IL__NOBODY);
}
END_TEST

START_TEST(of_two_announced_threads_the_second_is_seen_alone)
{
    int object = 0;

    il__presence_begin(&object);
    il__presence_begin(&object);
    il__presence_end(&object);
    forget(&object);
    ck_assert_uint_ne(entry(&object), IL__NOBODY);
    il__presence_end(&object);
}
END_TEST

START_TEST(releases_that_meet_nobody_make_an_entry_nobodys_again)
{
    int object = 0;

    if (!forget(&object))
        return; /* a kernel without membarrier: every release is fenced */
    il__presence_begin(&object);
    il__presence_end(&object);
    ck_assert(forget(&object));
}
END_TEST

START_TEST(locks_come_back_to_the_plain_release)
{
    il_lock lock = IL_LOCK_INIT;
    enum { MANY = 100000 };

    if (!forget(&lock))
        return;
    il__presence_begin(&lock);
    il__presence_end(&lock);
    for (int i = 0; i < MANY && entry(&lock) != IL__NOBODY; i++) {
        ck_assert_int_eq(il_lock_acquire(&lock), 0);
        ck_assert_int_eq(il_lock_release(&lock), 0);
    }
    ck_assert_uint_eq(entry(&lock), IL__NOBODY);
}
END_TEST

static void *acquire_and_release(void *arg)
{
    il_lock *lock = arg;
    ck_assert_int_eq(il_lock_acquire(lock), 0);
    ck_assert_int_eq(il_lock_release(lock), 0);
    return NULL;
}

/* A release that had read the word before a waiter came to write into it.  */
START_TEST(a_plain_release_that_wipes_out_who_waits_wakes_it)
{
    il_lock lock = IL_LOCK_INIT;
    struct thread waiter;

    ck_assert_int_eq(il_lock_acquire(&lock), 0);
    thread_start(&waiter, acquire_and_release, &lock);
    thread_await_parked(&waiter);
    ck_assert_uint_ne(__atomic_load_n(&lock.il_word, __ATOMIC_ACQUIRE),
                      IL__LOCK_HELD);
    __atomic_store_n(&lock.il_word, 0, __ATOMIC_RELEASE);
    ck_assert_uint_ne(entry(&lock), IL__NOBODY);
    il__lock_wake(&lock);
    thread_join(&waiter);
    ck_assert(!il_lock_locked(&lock));
}
END_TEST

/* A release that somebody is announced to just after it has stored.  */

static il_lock stepped;
static bool announced;

static void announce_after_the_store(void)
{
    uint32_t *presence = il__presence_of(&stepped);
    if (!announced
        && __atomic_load_n(&stepped.il_word, __ATOMIC_RELAXED) == 0) {
        announced = true;
        __atomic_store_n(presence, ~IL__NOBODY, __ATOMIC_RELAXED);
    }
}

static void *park_on_it(void *unused)
{
    (void)unused;
    (void)il__park_wait(&stepped.il_word, IL__LOCK_HELD, il_never());
    return NULL;
}

START_TEST(a_plain_release_looks_again_after_its_store)
{
    struct thread waiter;

    if (!forget(&stepped) || !step_possible())
        return;
    ck_assert_int_eq(il_lock_acquire(&stepped), 0);
    thread_start(&waiter, park_on_it, NULL);
    thread_await_parked(&waiter);
    step_begin(announce_after_the_store);
    (void)il_lock_release(&stepped);
    step_end();
    ck_assert(announced);
    thread_join(&waiter);
}
END_TEST

/* The same of an RLock that is biased, and of its acquire: the bias is revoked
   just after that has stored.  */

static il_rlock biased;

static bool bias(il_rlock *r)
{
    if (!forget(r))
        return false;
    for (int i = 0; i < 5000; i++) {
        ck_assert_int_eq(il_rlock_acquire(r), 0);
        ck_assert_int_eq(il_rlock_release(r), 0);
    }
    ck_assert_uint_eq(r->il_owner, il__thread_id);
    return true;
}

static void announce_after_the_biased_store(void)
{
    if (!announced
        && __atomic_load_n(&biased.il_levels, __ATOMIC_RELAXED) == 0) {
        announced = true;
        __atomic_store_n(il__presence_of(&biased), ~IL__NOBODY,
                         __ATOMIC_RELAXED);
    }
}

static void *park_on_its_levels(void *unused)
{
    (void)unused;
    (void)il__park_wait(&biased.il_levels, 1, il_never());
    return NULL;
}

START_TEST(a_biased_release_looks_again_after_its_store)
{
    struct thread waiter;

    if (!step_possible() || !bias(&biased))
        return;
    ck_assert_int_eq(il_rlock_acquire(&biased), 0);
    thread_start(&waiter, park_on_its_levels, NULL);
    thread_await_parked(&waiter);
    step_begin(announce_after_the_biased_store);
    (void)il_rlock_release(&biased);
    step_end();
    ck_assert(announced);
    thread_join(&waiter);
}
END_TEST

static void revoke_after_the_biased_store(void)
{
    if (!announced
        && __atomic_load_n(&biased.il_levels, __ATOMIC_RELAXED) == 1) {
        announced = true;
        __atomic_fetch_or(&biased.il_owner, IL__RLOCK_SHARED, __ATOMIC_RELAXED);
    }
}

START_TEST(a_biased_acquire_looks_again_after_its_store)
{
    if (!step_possible() || !bias(&biased))
        return;
    step_begin(revoke_after_the_biased_store);
    (void)il_rlock_acquire(&biased);
    step_end();
    ck_assert(announced);
    ck_assert_uint_eq(biased.il_owner, il__thread_id + 1);
    ck_assert_uint_eq(biased.il_levels, 0);
    ck_assert_int_eq(il_rlock_release(&biased), 0);
}
END_TEST

/* A waiter that is wiped out, with the lock taken again before the wake-up
   comes.  */
START_TEST(who_finds_itself_wiped_out_waits_again)
{
    il_lock lock = IL_LOCK_INIT;
    struct thread waiter;

    ck_assert_int_eq(il_lock_acquire(&lock), 0);
    thread_start(&waiter, acquire_and_release, &lock);
    thread_await_parked(&waiter);
    __atomic_store_n(&lock.il_word, IL__LOCK_HELD, __ATOMIC_RELEASE);
    il__lock_wake(&lock);
    await(__atomic_load_n(&lock.il_word, __ATOMIC_ACQUIRE) != IL__LOCK_HELD);
    thread_await_parked(&waiter);
    ck_assert_int_eq(il_lock_release(&lock), 0);
    thread_join(&waiter);
    ck_assert(!il_lock_locked(&lock));
}
END_TEST

struct presence {
    const void *object;
    bool begun, end; /* atomic */
};

static void *be_present(void *arg)
{
    struct presence *p = arg;
    il__presence_begin(p->object);
    __atomic_store_n(&p->begun, true, __ATOMIC_RELEASE);
    await(__atomic_load_n(&p->end, __ATOMIC_ACQUIRE));
    il__presence_end(p->object);
    return NULL;
}

static void find_as_before(void *arg)
{
    uint32_t *before = arg;
    ck_assert_uint_eq(entry(before), *before);
}

START_TEST(nobody_is_present_in_a_forked_child)
{
    uint32_t before = forget(&before) ? IL__NOBODY : 0;
    struct presence p = {.object = &before};
    struct thread other;

    thread_start(&other, be_present, &p);
    await(__atomic_load_n(&p.begun, __ATOMIC_ACQUIRE));
    child_run("find_as_before", find_as_before, &before);
    __atomic_store_n(&p.end, true, __ATOMIC_RELEASE);
    thread_join(&other);
}
END_TEST

static void go_on(void *object)
{
    ck_assert_uint_ne(entry(object), IL__NOBODY);
    (void)forget(object);
    ck_assert_uint_ne(entry(object), IL__NOBODY);
    il__presence_end(object);
    ck_assert_uint_eq(entry(object), 0);
}

/* As in a signal handler that interrupts a wait.  */
START_TEST(who_forks_while_present_is_so_in_the_child)
{
    int object = 0;

    il__presence_begin(&object);
    child_run("go_on", go_on, &object);
    il__presence_end(&object);
}
END_TEST

#if defined(__linux__) && __has_include(<linux/seccomp.h>)
/* From now on the kernel refuses membarrier, as in a sandbox.  Returns whether
   it does.  */
static bool refuse_membarrier(void)
{
    struct sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_membarrier, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog filter = {sizeof steps / sizeof *steps, steps};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
           && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

static void *acquire_and_release_biased(void *r)
{
    ck_assert_int_eq(il_rlock_acquire(r), 0);
    ck_assert_int_eq(il_rlock_release(r), 0);
    return NULL;
}

START_TEST(a_bias_is_revoked_without_fences_of_the_kernel)
{
    il_rlock free_one = IL_RLOCK_INIT, held_one = IL_RLOCK_INIT;
    struct thread other, waiter;

    if (!bias(&free_one) || !bias(&held_one) || !refuse_membarrier())
        return;
    ck_assert_int_eq(il_rlock_acquire(&held_one), 0);
    thread_start(&waiter, acquire_and_release_biased, &held_one);
    thread_start(&other, acquire_and_release_biased, &free_one);
    thread_join(&other);
    ck_assert_uint_eq(free_one.il_owner, IL__RLOCK_SHARED);
    thread_await_parked(&waiter);
    ck_assert_int_eq(il_rlock_release(&held_one), 0);
    thread_join(&waiter);
    ck_assert_uint_eq(held_one.il_owner, IL__RLOCK_SHARED);
}
END_TEST

START_TEST(a_kernel_that_stops_to_fence_is_done_without)
{
    il_lock lock = IL_LOCK_INIT;
    struct thread waiter;
    int other = 0;

    if (!forget(&lock) || !refuse_membarrier())
        return;
    ck_assert_int_eq(il_lock_acquire(&lock), 0);
    thread_start(&waiter, acquire_and_release, &lock);
    thread_await_parked(&waiter);
    ck_assert_int_eq(il_lock_release(&lock), 0);
    thread_join(&waiter);
    ck_assert(!forget(&lock));
    ck_assert_uint_eq(entry(&lock), 0);
    ck_assert_uint_eq(entry(&other), 0);
}
END_TEST
#define ADD_REFUSED()                                              \
    do {                                                           \
        suite_add(a_kernel_that_stops_to_fence_is_done_without);   \
        suite_add(a_bias_is_revoked_without_fences_of_the_kernel); \
    } while (0)
#else
#define ADD_REFUSED() ((void)0)
#endif

int main(void)
{
    suite_begin("presence");
    suite_add(an_announced_thread_is_seen_until_long_after_it_has_gone);
    suite_add(of_two_announced_threads_the_second_is_seen_alone);
    suite_add(releases_that_meet_nobody_make_an_entry_nobodys_again);
    suite_add(locks_come_back_to_the_plain_release);
    suite_add(a_plain_release_that_wipes_out_who_waits_wakes_it);
    suite_add(a_plain_release_looks_again_after_its_store);
    suite_add(a_biased_release_looks_again_after_its_store);
    suite_add(a_biased_acquire_looks_again_after_its_store);
    suite_add(who_finds_itself_wiped_out_waits_again);
    suite_add(nobody_is_present_in_a_forked_child);
    suite_add(who_forks_while_present_is_so_in_the_child);
    ADD_REFUSED();
    return suite_end();
}
