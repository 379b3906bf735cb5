/* check_lock.c -- il_lock keeps what lock.h promises.

   SPDX-License-Identifier: MIT */

#include <interlock.h>

#include "support/suite.h"
#include "support/thread.h"

static void *acquire(void *arg)
{
    return (void *)(intptr_t)il_lock_acquire(arg);
}

START_TEST(release_wakes_a_parked_waiter)
{
    il_lock l = IL_LOCK_INIT;
    struct thread waiter;

    ck_assert_int_eq(il_lock_acquire(&l), 0);
    thread_start(&waiter, acquire, &l);
    thread_await_parked(&waiter);
    ck_assert_int_eq(il_lock_release(&l), 0);
    ck_assert_ptr_null(thread_join(&waiter));
    ck_assert(il_lock_locked(&l));
}
END_TEST

int main(void)
{
    suite_begin("lock");
    suite_add(release_wakes_a_parked_waiter);
    return suite_end();
}
