/* waiting.c -- see waiting.h.

   SPDX-License-Identifier: MIT */

#include "waiting.h"

static void *wait_as_told(void *arg)
{
    enum { MARK = 12345 };
    struct waiting *w = arg;
    int64_t begin = test_now();

    errno = MARK;
    if (w->ns < 0)
        w->answer = w->how->wait(w->object);
    else
        w->answer = w->how->wait_until(w->object, il_after(w->ns));
    w->kept_errno = errno == MARK;
    w->took = test_now() - begin;
    /* ThreadSanitizer may have kept signals back until a call like this.  */
    test_pause();
    return NULL;
}

void waiting_start_for(struct waiting *w, const struct wait *how,
                       struct object *o, int64_t ns)
{
    *w = (struct waiting){.how = how, .object = o, .ns = ns};
    thread_start(&w->thread, wait_as_told, w);
}

void waiting_start(struct waiting *w, const struct wait *how, struct object *o)
{
    waiting_start_for(w, how, o, -1);
    thread_await_parked(&w->thread);
}

void waiting_end(struct waiting *w, int answer)
{
    thread_join(&w->thread);
    ck_assert_msg(w->answer == answer, "%s: answered %d, not %d", w->how->name,
                  w->answer, answer);
    ck_assert_msg(w->kept_errno, "%s: errno was touched", w->how->name);
}
