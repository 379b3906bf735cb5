/* tokens.h -- the tests that il_semaphore and il_bounded_semaphore share: what
   they do as long as no bound is passed, and at IL_SEMAPHORE_MAX, which is
   both the limit of the one and the highest bound of the other.

   SPDX-License-Identifier: MIT */

#ifndef TOKENS_H
#define TOKENS_H

#include <interlock.h>

/* One of either type; an il_semaphore comes first in both.  */
union tokens {
    il_semaphore plain;
    il_bounded_semaphore bounded;
};

/* How an IL_WITH block is left.  */
enum way_out { AT_END, BY_BREAK, BY_CONTINUE, BY_RETURN, BY_GOTO };

/* The calls of one type.  */
struct tokens_calls {
    int (*init)(union tokens *s, uint32_t value, unsigned flags);
    int (*acquire)(union tokens *s);
    int (*try_acquire)(union tokens *s);
    int (*acquire_until)(union tokens *s, il_deadline until);
    int (*release)(union tokens *s);
    int (*release_n)(union tokens *s, uint32_t n);
    uint32_t (*value)(const union tokens *s);
    /* Enters and leaves IL_WITH; returns the value inside.  */
    uint32_t (*within)(union tokens *s, enum way_out way);
};

/* Adds the tests to the suite: of a type as programs call it, and of the
   functions that its library exports.  */
void tokens_add_tests(const struct tokens_calls *inlined,
                      const struct tokens_calls *exported);

/* How TOKENS_CALLS reaches a call: inlined, if it is an inline one, or the
   function in the library, which a compiler can't know behind the volatile.  */
#define INLINED(call) call
#define EXPORTED(call) (*(__typeof__(call) *volatile[]){call})

/* Defines a struct tokens_calls `name` of `type`, which is `member` of union
   tokens, with each call reached by `via`.  */
#define TOKENS_CALLS(name, type, member, via)                               \
    static int name##_init(union tokens *s, uint32_t value, unsigned flags) \
    {                                                                       \
        return via(type##_init)(&s->member, value, flags);                  \
    }                                                                       \
    static int name##_acquire(union tokens *s)                              \
    {                                                                       \
        return via(type##_acquire)(&s->member);                             \
    }                                                                       \
    static int name##_try_acquire(union tokens *s)                          \
    {                                                                       \
        return via(type##_try_acquire)(&s->member);                         \
    }                                                                       \
    static int name##_acquire_until(union tokens *s, il_deadline until)     \
    {                                                                       \
        return via(type##_acquire_until)(&s->member, until);                \
    }                                                                       \
    static int name##_release(union tokens *s)                              \
    {                                                                       \
        return via(type##_release)(&s->member);                             \
    }                                                                       \
    static int name##_release_n(union tokens *s, uint32_t n)                \
    {                                                                       \
        return via(type##_release_n)(&s->member, n);                        \
    }                                                                       \
    static uint32_t name##_value(const union tokens *s)                     \
    {                                                                       \
        return via(type##_value)(&s->member);                               \
    }                                                                       \
    static uint32_t name##_within(union tokens *s, enum way_out way)        \
    {                                                                       \
        uint32_t inside = UINT32_MAX;                                       \
        IL_WITH(&s->member) {                                               \
            inside = type##_value(&s->member);                              \
            if (way == BY_BREAK)                                            \
                break;                                                      \
            if (way == BY_CONTINUE)                                         \
                continue;                                                   \
            if (way == BY_RETURN)                                           \
                return inside;                                              \
            if (way == BY_GOTO)                                             \
                goto out;                                                   \
        }                                                                   \
    out:                                                                    \
        return inside;                                                      \
    }                                                                       \
    static const struct tokens_calls name = {                               \
        name##_init,          name##_acquire, name##_try_acquire,           \
        name##_acquire_until, name##_release, name##_release_n,             \
        name##_value,         name##_within,                                \
    }

#endif
