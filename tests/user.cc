// user.cc -- interlock as C++ sees it: every initializer, and IL_WITH left in
// every way that C++ knows.  Exits with the line of what failed.
//
// SPDX-License-Identifier: MIT

#include <interlock.h>

#include <thread>

#define CHECK(x)             \
    do {                     \
        if (!(x))            \
            return __LINE__; \
    } while (0)

static il_lock lock = IL_LOCK_INIT;
static il_rlock rlock = IL_RLOCK_INIT;
static il_semaphore semaphore = IL_SEMAPHORE_INIT(1);
static il_bounded_semaphore bounded = IL_BOUNDED_SEMAPHORE_INIT(1);
static il_event event = IL_EVENT_INIT;
static il_condition condition = IL_CONDITION_INIT(&lock);
static il_condition recursive = IL_CONDITION_INIT_RLOCK(&rlock);
static il_barrier barrier = IL_BARRIER_INIT(2);

static int leave_by_return()
{
    IL_WITH(&lock) {
        return il_lock_locked(&lock) ? 0 : __LINE__;
    }
    return __LINE__;
}

static int leave_by_exception()
{
    try {
        IL_WITH (&bounded) {
            throw 1;
        }
    } catch (int) {
        return il_bounded_semaphore_value(&bounded) == 1 ? 0 : __LINE__;
    }
    return __LINE__;
}

static int leave_each()
{
    int entered = 0;
    IL_WITH (&lock)
        entered++;
    IL_WITH (&rlock)
        entered++;
    IL_WITH (&semaphore)
        entered++;
    IL_WITH (&bounded)
        entered++;
    IL_WITH (&condition)
        entered++;
    IL_WITH (&recursive)
        entered++;
    CHECK(entered == 6);
    CHECK(!il_lock_locked(&lock) && !il_rlock_locked(&rlock));
    CHECK(il_semaphore_value(&semaphore) == 1);
    return 0;
}

static int wait_for_another_thread()
{
    bool ready = false;
    auto is_ready = [](void *arg) { return *static_cast<bool *>(arg); };
    std::thread other([&ready] {
        il_event_wait(&event);
        il_condition_acquire(&condition);
        ready = true;
        il_condition_notify(&condition);
        il_condition_release(&condition);
        il_barrier_wait(&barrier, nullptr);
    });
    il_condition_acquire(&condition);
    il_event_set(&event);
    int r = il_condition_wait_for_until(&condition, is_ready, &ready,
                                        il_after(IL_SEC(20)));
    il_condition_release(&condition);
    r |= il_barrier_wait_until(&barrier, nullptr, il_after(IL_SEC(20)));
    other.join();
    return r ? __LINE__ : 0;
}

int main()
{
    CHECK(leave_by_return() == 0);
    CHECK(!il_lock_locked(&lock));
    CHECK(leave_by_exception() == 0);
    CHECK(leave_each() == 0);
    CHECK(wait_for_another_thread() == 0);
    return 0;
}
