/* cleanup.c -- pthread_cleanup_push and its like: what pthread_exit calls.

   In glibc the macro sets a jump and registers it here; to unwind is to jump to
   the one that was registered last, which calls the handler and comes back for
   the next.  With -fexceptions, as in C++, a compiler has another way, and
   nothing of it comes here.

   SPDX-License-Identifier: MIT */

/* A checked longjmp takes another stack for a mistake.  */
#undef _FORTIFY_SOURCE

#include <config.h>

#include "posix.h"
#include "program.h"

#include <setjmp.h>

struct cleanup {
    __pthread_unwind_buf_t *last; /* or NULL */
    void *result;                 /* of a thread that unwinds */
};

static struct cleanup cleanups[THREADS_MOST];

static void forget(void)
{
    for (int t = 0; t < THREADS_MOST; t++)
        cleanups[t] = (struct cleanup){NULL, NULL};
}

__attribute__((constructor)) static void begin(void)
{
    engine_at_start(forget);
}

/* Where one that is registered remembers the one before.  */
static void **before(__pthread_unwind_buf_t *buf)
{
    return &buf->__pad[0];
}

IL__API void __pthread_register_cancel(__pthread_unwind_buf_t *buf)
{
    struct cleanup *mine = &cleanups[engine_self()];

    if (!engine_is_on()) {
        PROGRAM_REAL(__pthread_register_cancel)(buf);
        return;
    }
    *before(buf) = mine->last;
    mine->last = buf;
}

IL__API void __pthread_unregister_cancel(__pthread_unwind_buf_t *buf)
{
    if (engine_is_on())
        cleanups[engine_self()].last = *before(buf);
    else
        PROGRAM_REAL(__pthread_unregister_cancel)(buf);
}

static _Noreturn void go_on(struct cleanup *mine)
{
    __pthread_unwind_buf_t *buf = mine->last;
    union {
        __pthread_unwind_buf_t *buf;
        jmp_buf *jump; /* what the macro has set is its beginning */
    } to;

    if (!buf) {
        program_thread_ends();
        engine_exit(mine->result);
    }
    mine->last = *before(buf);
    to.buf = buf;
    longjmp(*to.jump, 1);
}

IL__API void __pthread_unwind_next(__pthread_unwind_buf_t *buf)
{
    if (!engine_is_on())
        PROGRAM_REAL(__pthread_unwind_next)(buf);
    go_on(&cleanups[engine_self()]);
}

void posix_exit(void *result)
{
    struct cleanup *mine = &cleanups[engine_self()];

    mine->result = result;
    go_on(mine);
}
