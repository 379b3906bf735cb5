/* with.h -- IL_WITH, Python's `with` statement for a lock.

   SPDX-License-Identifier: MIT */

#ifndef INTERLOCK_WITH_H
#define INTERLOCK_WITH_H

#include <interlock/bounded_semaphore.h>
#include <interlock/condition.h>
#include <interlock/lock.h>
#include <interlock/rlock.h>
#include <interlock/semaphore.h>

/* IL_WITH(&x) { ... } acquires x, an il_lock, il_rlock, il_semaphore,
   il_bounded_semaphore or il_condition, runs the block and releases x however
   the block is left: at its end, by break, continue, return or goto, and in
   C++ by an exception.

   It is a loop of one round: break and continue leave the block, not a loop
   around it.  The block is skipped if x cannot be acquired, which only an
   RLock at its largest depth refuses.

   Clang's thread-safety analysis does not see through it.  */
#define IL_WITH(x) IL__WITH(x, IL__PASTE(il__scope_, __LINE__))
#define IL__PASTE(a, b) IL__PASTE_(a, b)
#define IL__PASTE_(a, b) a##b
#define IL__WITH(x, scope)                                               \
    for (il__scope scope                                                 \
         __attribute__((cleanup(il__scope_leave))) = IL__SCOPE_ENTER(x); \
         scope.il_release; il__scope_leave(&scope))

/* What a block holds, and how to let go of it; then NULL.  */
typedef struct il__scope {
    void *il_object;
    int (*il_release)(void *);
} il__scope;

static inline void il__scope_leave(il__scope *scope)
{
    if (scope->il_release)
        (void)scope->il_release(scope->il_object);
    scope->il_release = 0;
}

/* For each type the two functions that IL_WITH needs.  */
#define IL__SCOPE_OF(type)                                                  \
    static inline IL__UNANALYZED int il__scope_release_##type(void *object) \
    {                                                                       \
        return type##_release((type *)object);                              \
    }                                                                       \
    static inline IL__UNANALYZED il__scope il__scope_enter_##type(type *x)  \
    {                                                                       \
        il__scope scope = {x, 0};                                           \
        if (type##_acquire(x) == 0)                                         \
            scope.il_release = il__scope_release_##type;                    \
        return scope;                                                       \
    }
IL__SCOPE_OF(il_lock)
IL__SCOPE_OF(il_rlock)
IL__SCOPE_OF(il_semaphore)
IL__SCOPE_OF(il_bounded_semaphore)
IL__SCOPE_OF(il_condition)
#undef IL__SCOPE_OF

#ifdef __cplusplus
#define IL__SCOPE_ENTER(x) il__scope_enter(x)
#define IL__SCOPE_OVERLOAD(type)                     \
    static inline il__scope il__scope_enter(type *x) \
    {                                                \
        return il__scope_enter_##type(x);            \
    }
IL__SCOPE_OVERLOAD(il_lock)
IL__SCOPE_OVERLOAD(il_rlock)
IL__SCOPE_OVERLOAD(il_semaphore)
IL__SCOPE_OVERLOAD(il_bounded_semaphore)
IL__SCOPE_OVERLOAD(il_condition)
#undef IL__SCOPE_OVERLOAD
#else
/* clang-format off */
#define IL__SCOPE_ENTER(x)                                                     \
    _Generic((x),                                                              \
        il_lock *: il__scope_enter_il_lock,                                    \
        il_rlock *: il__scope_enter_il_rlock,                                  \
        il_semaphore *: il__scope_enter_il_semaphore,                          \
        il_bounded_semaphore *: il__scope_enter_il_bounded_semaphore,          \
        il_condition *: il__scope_enter_il_condition)(x)
/* clang-format on */
#endif

#endif
