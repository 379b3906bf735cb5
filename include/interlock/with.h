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
   C++ by an exception.  Not by longjmp, though; nor, unless it is compiled
   with -fexceptions, by pthread_exit or a cancellation.

   It is a loop of one round: break and continue leave the block, not a loop
   around it.  The block is skipped if x cannot be acquired, which only an
   RLock at its largest depth refuses.

   Clang's thread-safety analysis does not see through it.  */
#define IL_WITH(x) IL__WITH(x, IL__PASTE(il__scope_, __COUNTER__))
#define IL__PASTE(a, b) IL__PASTE_(a, b)
#define IL__PASTE_(a, b) a##b
#define IL__WITH(x, scope)                                               \
    for (il__scope scope                                                 \
         __attribute__((cleanup(il__scope_leave))) = IL__SCOPE_ENTER(x); \
         scope.il_type != IL__NOTHING; il__scope_leave(&scope))

/* X for each type that IL_WITH knows.  */
#define IL__SCOPED(X)       \
    X(il_lock)              \
    X(il_rlock)             \
    X(il_semaphore)         \
    X(il_bounded_semaphore) \
    X(il_condition)

/* What a block holds.  A type, rather than the function that releases it, so
   that the compiler sees through to the inline paths.  */
#define IL__NAME(type) IL__A_##type,
enum il__scoped_type { IL__NOTHING, IL__SCOPED(IL__NAME) };
#undef IL__NAME
typedef struct il__scope {
    void *il_object;
    enum il__scoped_type il_type;
} il__scope;

/* Inlined, it has the line of IL_WITH, which the explorer shows.  For others
   the compiler decides: with gcc -O2 -fsanitize=thread a race is reported that
   is none if it must (tests/tsan_user.sh).  */
#ifdef IL_EXPLORE
#define IL__ENTERS __attribute__((always_inline))
#else
#define IL__ENTERS
#endif

#define IL__ENTER(type)                                                       \
    static inline IL__UNANALYZED IL__ENTERS il__scope il__scope_enter_##type( \
        type *x)                                                              \
    {                                                                         \
        il__scope scope = {x, IL__NOTHING};                                   \
        if (type##_acquire(x) == 0)                                           \
            scope.il_type = IL__A_##type;                                     \
        return scope;                                                         \
    }
#define IL__LEAVE(type)                       \
    case IL__A_##type:                        \
        (void)type##_release((type *)object); \
        break;

IL__SCOPED(IL__ENTER)

static inline IL__UNANALYZED __attribute__((always_inline)) void
il__scope_leave(il__scope *scope)
{
    /* The compiler is not to know where it points: it would warn of the cases
       that are not this object's.  */
    void *object = scope->il_object;
    __asm__("" : "+r"(object));
    switch (scope->il_type) {
        IL__SCOPED(IL__LEAVE)
    case IL__NOTHING:
        break;
    }
    scope->il_type = IL__NOTHING;
}
#undef IL__ENTER
#undef IL__LEAVE

#ifdef __cplusplus
#define IL__SCOPE_ENTER(x) il__scope_enter(x)
#define IL__OVERLOAD(type)                           \
    static inline il__scope il__scope_enter(type *x) \
    {                                                \
        return il__scope_enter_##type(x);            \
    }
extern "C++" { /* also where the program includes us in an extern "C" */
IL__SCOPED(IL__OVERLOAD)
}
#undef IL__OVERLOAD
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
