/* locking.h -- the tests that il_lock and il_rlock share: all that is so
   without knowing whether a thread may come back.  A condition passes the calls
   on to its lock, so each test is run on one of those as well.

   SPDX-License-Identifier: MIT */

#ifndef LOCKING_H
#define LOCKING_H

#include <interlock.h>

#include "kinds.h"

/* How an IL_WITH block is left.  */
enum exit_from_with { AT_END, BY_BREAK, BY_CONTINUE, BY_RETURN, BY_GOTO };

/* What is particular to one type.  */
struct locking {
    const char *name;      /* of the exclusion that is the type itself, */
    const char *forwarded; /* and of the one that is a condition on it */
    uint32_t levels;       /* how often the tests acquire it in one thread */
    int (*init)(struct object *o, unsigned flags);
    bool (*locked)(const struct object *o);
    /* Returns whether the caller has it `times` times, as far as the type
       knows: it never says that a caller has it who may not.  */
    bool (*has)(const struct object *o, uint32_t times);
    /* Returns the il_lock that is waited for.  */
    il_lock *(*base)(struct object *o);
    /* Returns the word of a base that is free and that nobody waits for.  */
    uint32_t (*at_rest)(const struct object *o);
    /* LOCKING_WITHIN defines it.  */
    bool (*within)(struct object *o, enum exit_from_with way, int *rounds);
};

/* Adds the tests to the suite.  */
void locking_add_tests(const struct locking *type);

/* For the tests of one type: makes *o, and what follows is about, a free lock
   of the type itself.  */
void locking_begin(struct object *o);

/* Acquires *o n times, in all of the ways if n is 3 or more.  */
void acquire_times(struct object *o, uint32_t n);

/* Releases *o, which the caller has n times, as often.  */
void release_times(struct object *o, uint32_t n);

/* Assert that *o is free, remembers no waiter, and works; what every call says
   to a caller that has it `times` times; and to one that does not, while
   another thread has it.  */
void assert_free(struct object *o);
void assert_mine(struct object *o, uint32_t times);
void assert_busy(struct object *o);

/* Asserts what a call returned, and that errno is still what it was set to;
   sets it for the next call.  mark_errno sets it for the first.  */
void mark_errno(void);
void assert_call(int answer, int expected);

/* Runs action(o) in another thread, to its end.  */
void elsewhere(void (*action)(struct object *), struct object *o);

/* Returns whether the word says that a thread has waited too long.  */
bool has_heir(struct object *o);

/* In a forked child whose parent has an heir of *o, which is held: waits in
   vain, and sees that the word is rid of that heir.  */
void assert_no_heir_in_child(struct object *o);

/* A thread that acquires all levels, stays until it is told to leave, and
   releases.  */
struct visitor {
    struct thread thread;
    struct object *object;
    bool inside; /* atomic */
    bool leave;  /* atomic */
};

void visitor_start(struct visitor *v, struct object *o);

/* The same for *o that is held: returns when the visitor starves.  */
void visitor_start_starving(struct visitor *v, struct object *o);

void visitor_await_inside(const struct visitor *v);
void visitor_leave(struct visitor *v);

/* Defines bool `name`(o, way, rounds), which three times enters IL_WITH of
   o->member and leaves it that way, counting the blocks that it enters.  It
   returns whether the loop around was left too, inside the block and with the
   lock held.  */
#define LOCKING_WITHIN(name, member, locked)                                 \
    static bool name(struct object *o, enum exit_from_with way, int *rounds) \
    {                                                                        \
        bool held = false;                                                   \
        for (int i = 0; i < 3; i++) {                                        \
            bool ended = false;                                              \
            IL_WITH(&o->member) {                                            \
                ++*rounds;                                                   \
                held = locked(o);                                            \
                if (way == BY_BREAK)                                         \
                    break;                                                   \
                if (way == BY_CONTINUE)                                      \
                    continue;                                                \
                if (way == BY_RETURN)                                        \
                    return locked(o);                                        \
                if (way == BY_GOTO)                                          \
                    goto out;                                                \
                ended = true;                                                \
            }                                                                \
            ck_assert(held && !locked(o));                                   \
            ck_assert_int_eq(ended, way == AT_END);                          \
        }                                                                    \
        return false;                                                        \
    out:                                                                     \
        return held;                                                         \
    }

#endif
