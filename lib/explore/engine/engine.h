/* engine.h -- one execution: threads that run one at a time, and stop before
   each step for the search to choose.

   What a program calls (lib/explore/calls/tsan.c, posix.c, interlock.c ...)
   says what it is about to do with engine_point, does it when that returns, at
   once and without another point, and fills in the answer.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_ENGINE_H
#define EXPLORE_ENGINE_H

#include "explore/step.h"
#include "fair.h"

/* What the calling thread is about to do.  Set op, kind, object, touches and
   pc of `step`; the engine adds who.  It lives on the caller's stack until the
   point returns, so that is_enabled may look at what embeds it.  */
struct intent {
    struct step step;
    bool (*is_enabled)(const struct intent *i); /* NULL: always.  Looks at the
                               model's state, changes nothing, and depends on
                               nothing but the objects of the touches.  */
    bool may_time_out; /* as a choice, while it is not enabled or is */
    bool may_be_spurious;
    bool is_local; /* commutes with all that others can do, and nobody can
                      disable it: taken at once, without a choice */
    bool yields;   /* as the program says; `yield` is the engine's */
    enum yield yield;
    bool drains;     /* not before the thread's store buffer is empty */
    bool drains_all; /* ... all of them */
};

/* Waits until the calling thread is chosen.  Returns what became of it.  */
enum chance engine_point(struct intent *i);

/* Returns the step that the calling thread takes, to fill in value, result,
   other.  Valid until its next point.  */
struct step *engine_step(void);

/* The step that the calling thread takes is one whose answer is to be hidden
   from it: the call answers that all went well.  */
bool engine_hides_answer(void);

/* Whether the caller is a thread of an execution: else what the program calls
   goes to the C library (before main, after the end, in the explorer).  */
bool engine_is_on(void);

/* The calling thread's number.  */
int engine_self(void);

/* How many processors the program is told that there are.  */
unsigned engine_processors(void);

/* Makes a thread, which begins when it is chosen first.  Returns its number.
   Is a local step of the caller.  */
int engine_create(void *(*body)(void *), void *arg, uintptr_t pc);
_Noreturn void engine_exit(void *result);
bool engine_is_finished(int thread);
void *engine_result(int thread);

/* Ends the execution with a verdict and a sentence.  */
_Noreturn void engine_fail(enum verdict v, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* ... with what the program answered: exit, return from main.  */
_Noreturn void engine_end(int status);

/* Virtual time, ns: it goes on by time-outs and sleeps only.  */
int64_t engine_now(void);
/* A time-out or a sleep: at least until `ns`.  */
void engine_time_passes(int64_t until);

/* An access that is no step.  One that is repeated for long is a wait for
   another thread, and becomes a yield.  */
void engine_tick(const void *at, bool writes, uintptr_t pc);

/* The caller has changed what is its own, but not on its stack.  */
void engine_changed(void);

/* Memory of the program; see share.h for what of it is a step.  */

/* Registers what to do before each execution: the model forgets its objects.
   Called in the order of registration.  */
void engine_at_start(void (*reset)(void));

/* Calls right(arg) when the execution ends with status 0: false is wrong.  */
void engine_at_end(bool (*right)(void *), void *arg);

/* Whether the address is that of a stack of the calling thread, of the
   program's thread-local memory, or freed memory of the program.  */
bool engine_is_private(const void *at, size_t size);
bool engine_is_freed(const void *at, size_t size);

#endif
