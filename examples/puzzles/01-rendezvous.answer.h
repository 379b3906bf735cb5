/* 01-rendezvous.answer.h -- say that you are here, then wait for the other.

   The mistake: first wait, then say.  Both wait.

   SPDX-License-Identifier: MIT */

static il_semaphore here[THREADS]; /* one token when that thread has come */

static void meet(int me)
{
#ifdef MISTAKE
    il_semaphore_acquire(&here[1 - me]);
    il_semaphore_release(&here[me]);
#else
    il_semaphore_release(&here[me]);
    il_semaphore_acquire(&here[1 - me]);
#endif
}
