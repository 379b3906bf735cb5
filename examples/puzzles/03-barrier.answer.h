/* 03-barrier.answer.h -- two turnstiles, one after the other.  The last who
   comes opens the first for all and the last who leaves it opens the second, so
   that nobody is still at the first when somebody comes to it again.

   The mistake: one turnstile, which the last who leaves it closes.  Who is fast
   goes through it twice.

   SPDX-License-Identifier: MIT */

static il_lock lock = IL_LOCK_INIT;
static int came; /* under the lock */
static il_semaphore in = IL_SEMAPHORE_INIT(0);

#ifdef MISTAKE
static void meet(void)
{
    IL_WITH(&lock) {
        came++;
        if (came == THREADS)
            il_semaphore_release(&in);
    }
    il_semaphore_acquire(&in);
    il_semaphore_release(&in);
    IL_WITH(&lock) {
        came--;
        if (came == 0)
            il_semaphore_acquire(&in);
    }
}
#else
static il_semaphore out = IL_SEMAPHORE_INIT(0);

static void meet(void)
{
    IL_WITH(&lock) {
        came++;
        if (came == THREADS)
            il_semaphore_release_n(&in, THREADS);
    }
    il_semaphore_acquire(&in);
    IL_WITH(&lock) {
        came--;
        if (came == 0)
            il_semaphore_release_n(&out, THREADS);
    }
    il_semaphore_acquire(&out);
}
#endif
